"""Large steps pay: to the same nearness, thousands of small ones against tens."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Board, coloured, log_axis, steps_axis
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture
from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline, log_spaced_steps
from logreg.theory.step_size import sharpness, steps_until
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, loss, smoothness
from logreg.training.trainer import train
from logreg.training.trajectory import Trajectory

L2, NEAR = 1e-5, 1e-5
"""Penalty, and how near the optimum counts as there, of the steps that pay."""

SMALL_STEPS = 20_000

_ROUNDING = 1e-15


@dataclass(frozen=True, eq=False)
class Paying:
    """Hold two runs with λ = 10⁻⁵ from w = 0: by steps of 1/L, and of 1.9/λmax(H(w*)).

    Parameters
    ----------
    rates : pair of float
        η of both.
    reached : pair of int or None
        The step from which on each is within 10⁻⁵ of the least loss; None within 20,000 steps never.
    timeline : Timeline
        Of the step: "small" and "large", the loss above its least, NaN where rounding hides it; in words "small_gap"
        and "large_gap".
    """

    rates: tuple[float, float]
    reached: tuple[int | None, int | None]
    timeline: Timeline

    @property
    def is_in_vain(self) -> bool:
        """Whether the small steps are there, and the large ones not before them."""
        small, large = self.reached
        return small is not None and (large is None or large >= small)


def paying(dataset: Dataset) -> Paying:
    """Train with λ = 10⁻⁵ by small steps and by large ones.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; no bias.
    """
    objective = Objective(fit_bias=False, l2=L2)
    best = optimum(dataset, objective)
    least = loss(best, dataset, objective)
    rates = 1 / smoothness(dataset, objective), 1.9 / sharpness(dataset, best.weights, objective)
    steps = log_spaced_steps(SMALL_STEPS, 120)
    columns: dict[str, FloatArray] = {}
    words: dict[str, tuple[str, ...]] = {}
    reached: list[int | None] = []
    for name, rate in zip(("small", "large"), rates, strict=True):
        run = train(dataset, TrainingConfig(learning_rate=rate, n_steps=SMALL_STEPS, objective=objective))
        reached.append(_first_near(run, least))
        shown = (run.loss - least)[np.searchsorted(run.steps, steps, side="right") - 1]
        columns[name] = np.where(shown > _ROUNDING, shown, np.nan)
        words[f"{name}_gap"] = tuple(_said(float(gap)) for gap in shown)
    return Paying(rates, (reached[0], reached[1]), Timeline(STEP, steps.astype(np.float64), columns, words))


def paying_steps(runs: Paying, *, theme: Theme = LIGHT) -> Picture:
    """Draw the loss above its least over the steps, small and large.

    `runs` come from `paying`.
    """
    dial = runs.timeline
    top = 3 * max(float(np.nanmax(np.append(dial.columns[name], 0.0))) for name in ("small", "large"))
    span = (1e-10, max(top, 1.0))
    board = Board(x=steps_axis(SMALL_STEPS), y=log_axis("loss − least", span), theme=theme)
    traces = [board.level("near", NEAR, theme.certain, says="10⁻⁵ above the least")]
    words = "The loss above its least."
    for name, colour, rate, reached in zip(
        ("small", "large"), (theme.run, theme.run_b), runs.rates, runs.reached, strict=True
    ):
        traces += board.grown(dial, name, colour, part=name, now=f"{name} now")
        words += f" η = {format_number(rate)}: " + (
            f"within 10⁻⁵ of it from step {reached:,} on." if reached is not None else "not within 10⁻⁵ of it to stay."
        )
    small, large = coloured("small steps", theme.run), coloured("large", theme.run_b)
    title = f"Above the least: {small} {{small_gap}}, {large} {{large_gap}}"
    return board.picture(traces, title=title, alt=words)


def _first_near(run: Trajectory, least: float) -> int | None:
    """Return the first step from which on the loss stays near its least: a long run is taken up between two records."""
    record = steps_until(run.loss, least, NEAR)
    if not record:
        return record
    before, after = (int(step) for step in run.steps[[record - 1, record]])
    start = tuple(run.weights[record - 1].tolist())
    between = train(run.dataset, replace(run.config, initial_weights=start, n_steps=after - before))
    there = steps_until(between.loss, least, NEAR)
    return after if there is None else before + int(between.steps[there])


def _said(value: float) -> str:
    """Write a difference that may be below what float64 can tell."""
    return format_number(value) if value > _ROUNDING else "less than rounding"
