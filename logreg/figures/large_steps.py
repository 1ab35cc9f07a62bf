"""Large steps: a cycle that never ends, points that survive any rate, the perceptron, hinge, and steps that pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.lecture_sets import cycling_points, wus_toy
from logreg.figures.board import Axis, Board, coloured, decades
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace, trace
from logreg.figures.theme import LIGHT, Theme, dot, ring
from logreg.figures.timeline import Timeline, bound
from logreg.theory.step_size import (
    descend_at_rates,
    hinge_path,
    objective_at,
    perceptron_path,
    sharpness,
    steps_until,
    stops_at,
)
from logreg.training.config import TrainingConfig
from logreg.training.model import log_sigmoid
from logreg.training.objective import Objective, loss, smoothness
from logreg.training.trainer import train

THROUGH_0 = Objective(fit_bias=False)
SHARE_OF_LIMIT, SURVIVED = 0.9, 8.0
"""Rate of the cycle, in units of 2/λmax(H(w*)); rate on Wu's toy."""

PERIOD = 8
HINGE_SHARE, HINGE_STEPS = 0.1, 1000
"""Rate of hinge and logistic, in units of 1/L; steps."""

L2, NEAR = 1e-5, 1e-5
"""Penalty, and how near the optimum counts as there, of the steps that pay."""

_FOR_EVER = 80
_PERCEPTRON_STEPS = 15
_SMALL_STEPS = 20_000
_ROUNDING = 1e-15


@once
def for_ever_timeline() -> Timeline:
    """Return 80 steps on 34 points against one with 0.9 of the limit, and on Wu's toy with η = 8.

    Returns
    -------
    Timeline
        Of t, the step: "w" and "w_loss" of the first, "toy" the loss of the second.

    Examples
    --------
    >>> for_ever_timeline().columns["w"][[72, 80]].round(2).tolist()
    [0.08, 0.08]
    """
    limit = 2 / sharpness(cycling_points(), optimum(cycling_points(), THROUGH_0).weights, THROUGH_0)
    path = descend_at_rates(cycling_points(), [SHARE_OF_LIMIT * limit], _FOR_EVER, THROUGH_0)[0]
    toy = descend_at_rates(wus_toy(), [SURVIVED], _FOR_EVER, THROUGH_0)[0]
    columns = {
        "w": path[:, 0],
        "w_loss": objective_at(cycling_points(), path, THROUGH_0),
        "toy": objective_at(wus_toy(), toy, THROUGH_0),
    }
    return Timeline("t", np.arange(_FOR_EVER + 1.0), columns)


def cycle(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the loss over the single weight, and the place of the run, which jumps between eight places for ever.

    Parameters
    ----------
    timeline : Timeline
        From `for_ever_timeline`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    w = np.linspace(-0.15, 2.35, 101)
    board = Board(x=Axis(title="w", span=(-0.15, 2.35)), y=Axis(title="loss", span=(0.62, 1.02)), theme=theme)
    way = timeline.columns["w"], timeline.columns["w_loss"]
    orbit = way[0][-PERIOD:]
    places = objective_at(cycling_points(), orbit[:, None], THROUGH_0)
    look = {"mode": "markers", "marker": ring(theme.certain, 18)}
    rings = board.answer("orbit", orbit, places, "one of eight places, for ever", **look)
    traces = [
        board.line("loss", w, objective_at(cycling_points(), w[:, None], THROUGH_0), theme.text, 3.5),
        bound(board.line("way", way[0], way[1], theme.muted, 1.2), "along", x="w", y="w_loss"),
        rings,
        bound(board.dots("now", [0.0], way[1][:1], dot(theme, theme.run, 17)), "at", x="w", y="w_loss"),
    ]
    words = (
        "The loss of 34 points at 1 and one at −13.141 over the single weight. With 0.9 of the limit rate the run goes "
    )
    words += f"round in {PERIOD} places for ever: " + ", ".join(format_number(place) for place in orbit) + "."
    return board.picture(traces, title="34 points against one: w = {w}", alt=words)


def survival(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the loss on Wu's toy with η = 8: it rises ten times, and then falls for ever.

    Parameters
    ----------
    timeline : Timeline
        From `for_ever_timeline`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    values = timeline.columns["toy"]
    rises = 1 + np.flatnonzero(np.diff(values) > 0)
    board = Board(
        x=Axis(title="step", span=(-1.5, _FOR_EVER + 1.5)),
        y=Axis(title="loss (log scale)", span=(0.02, 4.0), kind="log", ticks=decades((0.005, 10.0))),
        theme=theme,
    )
    last = trace(
        "optimum", "last rise", [float(rises[-1])] * 2, [0.02, 4.0], line={"color": theme.certain, "width": 2.5}
    )
    name = board.name(f"last rise: {rises[-1]}", float(rises[-1]), 3.0, theme.certain, name="answer")
    traces = [
        bound(board.line("loss", timeline.values, values, theme.run, 3.5), "along", x="t", y="toy"),
        last,
        bound(board.dots("now", [0.0], values[:1], dot(theme, theme.run, 16)), "at", x="t", y="toy"),
    ]
    words = f"The loss on Wu's toy with η = 8, where 2/L is 3.19: it rises {len(rises)} times, the last time at step "
    words += f"{rises[-1]}, up to {format_number(values.max())}, and then falls at every step."
    return board.picture(traces, title="Separable (Wu’s toy, η = 8): loss {toy}", alt=words, notes=[name])


@once
def perceptron_timeline() -> Timeline:
    """Return the paths of w/η on Wu's toy for η from 1 to 10⁴, and how far they are from the batch perceptron's.

    Returns
    -------
    Timeline
        Of η: "w1" and "w2" (the first 15 steps), "end1" and "end2", and "apart", the largest difference
        ("off" in words).

    Examples
    --------
    >>> dial = perceptron_timeline()
    >>> bool(dial.columns["apart"][-1] < 5e-16), dial.columns["end2"][-1].round(4).item()
    (True, 1.3)
    """
    rates = np.logspace(0, 4, 97)
    paths = descend_at_rates(wus_toy(), rates, _PERCEPTRON_STEPS, THROUGH_0) / rates[:, None, None]
    apart = np.abs(paths - perceptron_path(wus_toy(), _PERCEPTRON_STEPS)).max(axis=(1, 2))
    columns = {"w1": paths[:, :, 0], "w2": paths[:, :, 1], "apart": np.where(apart > 0, apart, np.nan)}
    columns |= {"end1": paths[:, -1, 0], "end2": paths[:, -1, 1]}
    return Timeline("η", rates, columns, {"off": tuple(format_number(value) for value in apart)})


def perceptron(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the path of w/η, and the batch perceptron's, which it becomes.

    Parameters
    ----------
    timeline : Timeline
        From `perceptron_timeline`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    limit = perceptron_path(wus_toy(), _PERCEPTRON_STEPS)
    board = Board(x=Axis(title="w₁ / η", span=(-0.95, 0.95)), y=Axis(title="w₂ / η", span=(-0.15, 1.55)), theme=theme)
    w1, w2 = timeline.columns["w1"][0], timeline.columns["w2"][0]
    small = {"symbol": "circle", "size": 8, "color": theme.run}
    moving = [board.line("path", w1, w2, theme.run, 3), board.dots("steps", w1, w2, small)]
    end1, end2 = timeline.columns["end1"][:1], timeline.columns["end2"][:1]
    said = "the batch perceptron’s path"
    path = board.line("perceptron", limit[:, 0], limit[:, 1], theme.certain, 6, dash="dash", opacity=0.6, says=said)
    rest = board.dots("perceptron's end", limit[-1:, 0], limit[-1:, 1], ring(theme.certain, 24), says="where it ends")
    traces = [
        path,
        rest,
        *(bound(one, "at", x="w1", y="w2") for one in moving),
        bound(board.dots("end", end1, end2, dot(theme, theme.run, 15)), "at", x="end1", y="end2"),
    ]
    words = "The path of w/η over 15 steps on Wu's toy. Dashed: the batch perceptron's, which ends at "
    words += f"({format_number(limit[-1, 0])}, {format_number(limit[-1, 1])}); at η = 10⁴ both are the same."
    return board.picture(traces, title="<b>w/η</b> ends at ({end1}, {end2})", alt=words)


def perceptron_distance(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw how far w/η is from the perceptron's path, over η.

    Parameters
    ----------
    timeline : Timeline
        From `perceptron_timeline`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    values, span = timeline.columns["apart"], (1e-17, 10.0)
    board = Board(
        x=Axis(title="η (log scale)", span=(0.8, 1.25e4), kind="log", ticks=decades((0.8, 1.25e4))),
        y=Axis(title="largest difference (log scale)", span=span, kind="log", ticks=decades(span)),
        theme=theme,
    )
    line = bound(board.line("apart", timeline.values, values, theme.run, 4), "along", x="η", y="apart")
    now = bound(board.dots("now", [1.0], values[:1], dot(theme, theme.run, 15)), "at", x="η", y="apart")
    words = "The largest difference between w/η and the perceptron's weights within 15 steps: "
    words += f"{format_number(values[0])} at η = 1, {format_number(values[-1])} at η = 10⁴."
    return board.picture([line, now], title="Off the perceptron by {off}", alt=words)


def hinge_timeline(dataset: Dataset) -> Timeline:
    """Return norms and margins of logistic loss and hinge, trained with the same η = 0.1/L from w = 0.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; no bias.

    Returns
    -------
    Timeline
        Of the step: for "logistic" and "hinge" the norm, the margins "logistic_m" and the losses there "logistic_l".
    """
    rate = HINGE_SHARE / smoothness(dataset, THROUGH_0)
    steps = np.unique(np.round(np.expm1(np.linspace(0, np.log1p(HINGE_STEPS), 110)))).astype(np.int64)
    rows = dataset.signed_samples(fit_bias=False)
    columns: dict[str, FloatArray] = {}
    paths = {
        "logistic": descend_at_rates(dataset, [rate], HINGE_STEPS, THROUGH_0)[0],
        "hinge": hinge_path(dataset, rate, HINGE_STEPS),
    }
    for name, path in paths.items():
        margins = path[steps] @ rows.T
        losses = -log_sigmoid(margins) if name == "logistic" else np.maximum(0.0, 1.0 - margins)
        columns |= {name: np.linalg.norm(path[steps], axis=1), f"{name}_m": margins, f"{name}_l": losses}
    return Timeline("step", steps.astype(np.float64), columns)


@dataclass(frozen=True)
class Rest:
    """Hold where a run of hinge comes to rest.

    Parameters
    ----------
    step : int
        After which it moves no more.
    norm : float
        ‖w‖ there.
    is_beyond : bool
        Whether every margin is at least 1; if not, the pulls of the points inside it cancel.
    """

    step: int
    norm: float
    is_beyond: bool


def hinge_rest(dataset: Dataset) -> Rest | None:
    """Return where hinge stops for good; None where it does not within 1,000 steps."""
    path = hinge_path(dataset, HINGE_SHARE / smoothness(dataset, THROUGH_0), HINGE_STEPS)
    step = stops_at(path)
    if step is None:
        return None
    margins = dataset.signed_samples(fit_bias=False) @ path[step]
    return Rest(step, float(np.linalg.norm(path[step])), bool((margins >= 1.0).all()))


def hinge_norms(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw both norms over the steps.

    Parameters
    ----------
    timeline : Timeline
        From `hinge_timeline`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    top = 1.1 * max(float(timeline.columns[name].max()) for name in ("logistic", "hinge")) or 1.0
    span = (0.8, 1.25 * HINGE_STEPS)
    board = Board(
        x=Axis(title="step (log scale)", span=span, kind="log", ticks=decades(span)),
        y=Axis(title="‖w‖", span=(0, top)),
        theme=theme,
    )
    traces: list[Trace] = []
    words = "‖w‖ over the steps."
    for name, colour in (("logistic", theme.run), ("hinge", theme.run_b)):
        values = timeline.columns[name]
        line = board.line(name, timeline.values[1:], values[1:], colour, 4.5)
        traces.append(bound(line, "along", x="step", y=name))
        traces.append(
            bound(board.dots(f"{name} now", [0.0], values[:1], dot(theme, colour, 15)), "at", x="step", y=name)
        )
        words += f" {name.capitalize()}: {format_number(values[-1])} at step {HINGE_STEPS:,}."
    title = f"‖w‖: {coloured('logistic', theme.run)} {{logistic}}, {coloured('hinge', theme.run_b)} {{hinge}}"
    return board.picture(traces, title=title, alt=words)


def hinge_margins(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw both losses over the margin, with every point on its curve.

    Parameters
    ----------
    timeline : Timeline
        From `hinge_timeline`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    ends = [timeline.columns[f"{name}_m"] for name in ("logistic", "hinge")]
    low, high = min(-1.0, float(np.min(ends))), max(2.5, min(8.0, float(np.max(ends))))
    board = Board(
        x=Axis(title="margin", span=(low - 0.2, high + 0.2)),
        y=Axis(title="loss", span=(-0.06, 1.15 * (1 - low))),
        theme=theme,
    )
    m = np.linspace(low - 0.2, high + 0.2, 111)
    curves = (("logistic", -log_sigmoid(m), theme.run), ("hinge", np.maximum(0.0, 1.0 - m), theme.run_b))
    traces: list[Trace] = []
    for name, values, colour in curves:
        marker = {"symbol": "circle", "size": 11, "color": colour, "line": {"width": 1, "color": theme.outline}}
        x, y = timeline.columns[f"{name}_m"][0], timeline.columns[f"{name}_l"][0]
        traces.append(board.line(f"{name} loss", m, values, colour, 2.5))
        traces.append(bound(board.dots(f"{name} points", x, y, marker), "at", x=f"{name}_m", y=f"{name}_l"))
    words = "Both losses over the margin, with every point on its curve: hinge is flat, exactly, from margin 1 on; the "
    words += "logistic loss falls for ever."
    return board.picture(
        [board.upright("one", 1.0, theme.certain, "dash", says="margin 1: hinge is 0 from here on"), *traces],
        title="Each point on its loss",
        alt=words,
    )


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


def paying(dataset: Dataset) -> Paying:
    """Train with λ = 10⁻⁵ by small steps and by large ones.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; no bias.

    Returns
    -------
    Paying
    """
    objective = Objective(fit_bias=False, l2=L2)
    best = optimum(dataset, objective)
    rates = 1 / smoothness(dataset, objective), 1.9 / sharpness(dataset, best.weights, objective)
    steps = np.unique(np.round(np.expm1(np.linspace(0, np.log1p(_SMALL_STEPS), 120)))).astype(np.int64)
    columns: dict[str, FloatArray] = {}
    words: dict[str, tuple[str, ...]] = {}
    reached: list[int | None] = []
    for name, rate in zip(("small", "large"), rates, strict=True):
        run = train(dataset, TrainingConfig(learning_rate=rate, n_steps=_SMALL_STEPS, objective=objective))
        gaps = run.loss - loss(best, dataset, objective)
        first = steps_until(gaps, 0.0, NEAR)
        reached.append(None if first is None else int(run.steps[first]))
        shown = gaps[np.searchsorted(run.steps, steps, side="right") - 1]
        columns[name] = np.where(shown > _ROUNDING, shown, np.nan)
        words[f"{name}_gap"] = tuple(_said(float(gap)) for gap in shown)
    return Paying(rates, (reached[0], reached[1]), Timeline("step", steps.astype(np.float64), columns, words))


def paying_steps(runs: Paying, *, theme: Theme = LIGHT) -> Picture:
    """Draw the loss above its least over the steps, small and large.

    Parameters
    ----------
    runs : Paying
        From `paying`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    dial = runs.timeline
    top = 3 * max(float(np.nanmax(np.append(dial.columns[name], 0.0))) for name in ("small", "large"))
    across, span = (0.8, 1.25 * _SMALL_STEPS), (1e-10, max(top, 1.0))
    board = Board(
        x=Axis(title="step (log scale)", span=across, kind="log", ticks=decades(across)),
        y=Axis(title="loss − least (log scale)", span=span, kind="log", ticks=decades(span)),
        theme=theme,
    )
    traces = [board.level("near", NEAR, theme.certain, says="10⁻⁵ above the least")]
    words = "The loss above its least."
    for name, colour, rate, reached in zip(
        ("small", "large"), (theme.run, theme.run_b), runs.rates, runs.reached, strict=True
    ):
        values = dial.columns[name]
        traces.append(bound(board.line(name, dial.values[1:], values[1:], colour, 4), "along", x="step", y=name))
        traces.append(
            bound(board.dots(f"{name} now", [0.0], values[:1], dot(theme, colour, 15)), "at", x="step", y=name)
        )
        words += f" η = {format_number(rate)}: " + (
            f"within 10⁻⁵ of it from step {reached:,} on." if reached is not None else "not within 10⁻⁵ of it to stay."
        )
    small, large = coloured("small steps", theme.run), coloured("large", theme.run_b)
    title = f"Loss above its least: {small} {{small_gap}}, {large} {{large_gap}}"
    return board.picture(traces, title=title, alt=words)


def _said(value: float) -> str:
    """Write a difference that may be below what float64 can tell."""
    return format_number(value) if value > _ROUNDING else "less than rounding"
