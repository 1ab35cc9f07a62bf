"""Rates beyond the limit: a cycle that never ends, points that survive any rate, and the perceptron."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from logreg.certificates.optimum import optimum
from logreg.data.arrays import ReadOnly, freeze
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.lecture_sets import cycling_points, wus_toy
from logreg.figures.board import Axis, Board, decades, log_axis
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, trace
from logreg.figures.theme import LIGHT, Theme, dot, ring
from logreg.figures.timeline import Timeline, bound
from logreg.theory.step_size import (
    descend_at_rates,
    objective_at,
    perceptron_path,
    sharpness,
    stops_at,
)
from logreg.training.objective import THROUGH_0

SHARE_OF_LIMIT, SURVIVED = 0.9, 8.0
"""Rate of the cycle, in units of 2/λmax(H(w*)); rate on Wu's toy."""

PERIOD = 8

_FOR_EVER = 80

_PERCEPTRON_STEPS, _MOST_STEPS = 15, 60
_SMALLEST = 1e-17  # of the weights: a difference that is drawn at least


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

    `timeline` comes from `for_ever_timeline`.
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

    `timeline` comes from `for_ever_timeline`.
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


@dataclass(frozen=True, eq=False)
class Limit(ReadOnly):
    """Hold the batch perceptron's path, which that of w/η becomes for η → ∞.

    Parameters
    ----------
    path : ndarray of shape (n_steps + 1, 2)
        From w = 0.
    rest : int or None
        The step from which on it stays; None where it still moves.
    """

    path: FloatArray
    rest: int | None

    def __post_init__(self) -> None:
        freeze(self, "path")


def perceptron_limit(dataset: Dataset) -> Limit:
    """Return the batch perceptron's path until it rests, 15 steps at least and 60 at most.

    Parameters
    ----------
    dataset : Dataset
        Two features; no bias.

    Examples
    --------
    >>> perceptron_limit(wus_toy()).path[-1].round(4).tolist()
    [-0.25, 1.3]
    """
    path = perceptron_path(dataset, _MOST_STEPS + 1)
    rest = stops_at(path)
    n_steps = _MOST_STEPS if rest is None else min(max(rest, _PERCEPTRON_STEPS), _MOST_STEPS)
    return Limit(path[: n_steps + 1], rest)


def perceptron_timeline(dataset: Dataset, unit: float = 1.0) -> Timeline:
    """Return the paths of w/η for η from 1 to 10⁴, and how far they are from the batch perceptron's.

    Parameters
    ----------
    dataset : Dataset
        Two features; no bias.
    unit : float
        That of η.

    Returns
    -------
    Timeline
        Of η: "w1" and "w2" (as many steps as `perceptron_limit` has), "end1" and "end2", and "apart", the largest
        difference ("off" in words).

    Examples
    --------
    >>> dial = perceptron_timeline(wus_toy())
    >>> bool(dial.columns["apart"][-1] < 5e-16), dial.columns["end2"][-1].round(4).item()
    (True, 1.3)
    """
    rates, limit = unit * np.logspace(0, 4, 97), perceptron_limit(dataset).path
    paths = descend_at_rates(dataset, rates, len(limit) - 1, THROUGH_0) / rates[:, None, None]
    apart = np.abs(paths - limit).max(axis=(1, 2))
    columns = {"w1": paths[:, :, 0], "w2": paths[:, :, 1], "apart": np.where(apart > 0, apart, np.nan)}
    columns |= {"end1": paths[:, -1, 0], "end2": paths[:, -1, 1]}
    return Timeline("η", rates, columns, {"off": tuple(format_number(value) for value in apart)})


def perceptron(timeline: Timeline, dataset: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the path of w/η, and the batch perceptron's, which it becomes.

    `timeline` comes from `perceptron_timeline`.
    """
    limit = perceptron_limit(dataset).path
    spans = [_with_room(timeline.columns[f"w{k + 1}"], limit[:, k]) for k in (0, 1)]
    board = Board(x=Axis(title="w₁ / η", span=spans[0]), y=Axis(title="w₂ / η", span=spans[1]), theme=theme)
    w1, w2 = timeline.columns["w1"][0], timeline.columns["w2"][0]
    small = {"symbol": "circle", "size": 8, "color": theme.run}
    moving = [board.line("path", w1, w2, theme.run, 3), board.dots("steps", w1, w2, small)]
    end1, end2 = timeline.columns["end1"][:1], timeline.columns["end2"][:1]
    said = "the batch perceptron’s path"
    path = board.line("perceptron", limit[:, 0], limit[:, 1], theme.certain, 6, dash="dash", opacity=0.6, says=said)
    rest = board.dots(
        "perceptron's end", limit[-1:, 0], limit[-1:, 1], ring(theme.certain, 24), says="where it is then"
    )
    traces = [
        path,
        rest,
        *(bound(one, "at", x="w1", y="w2") for one in moving),
        bound(board.dots("end", end1, end2, dot(theme, theme.run, 15)), "at", x="end1", y="end2"),
    ]
    words = f"The path of w/η over {len(limit) - 1} steps. Dashed: the batch perceptron's, which is then at "
    words += f"({format_number(limit[-1, 0])}, {format_number(limit[-1, 1])}). The largest difference: "
    words += f"{timeline.words['off'][0]} at the smallest η, {timeline.words['off'][-1]} at the largest."
    title = f"<b>w/η</b> after {len(limit) - 1} steps: ({{end1}}, {{end2}})"
    return board.picture(traces, title=title, alt=words)


def perceptron_distance(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw how far w/η is from the perceptron's path, over η.

    `timeline` comes from `perceptron_timeline`.
    """
    rates, values = timeline.values, timeline.columns["apart"]
    known = np.append(values[np.isfinite(values)], _SMALLEST * float(np.abs(timeline.columns["w1"]).max() or 1.0))
    span = (float(known.min()) / 10, 10 * float(known.max()))
    across = (0.8 * float(rates[0]), 1.25 * float(rates[-1]))
    board = Board(x=log_axis("η", across), y=log_axis("largest difference", span), theme=theme)
    traces = board.grown(timeline, "apart", theme.run, part="apart")
    off = timeline.words["off"]
    words = "The largest difference between w/η and the perceptron's weights on the way: "
    words += f"{off[0]} at η = {format_number(rates[0])}, {off[-1]} at η = {format_number(rates[-1])}."
    return board.picture(traces, title="Off the perceptron by {off}", alt=words)


def _with_room(*parts: FloatArray) -> tuple[float, float]:
    """Return a span that shows 0 and all of these."""
    values = np.concatenate([np.zeros(1), *(part.ravel() for part in parts)])
    low, high = float(values.min()), float(values.max())
    room = 0.12 * (high - low) or 1.0
    return low - room, high + room
