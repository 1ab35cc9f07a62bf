"""Rates beyond the limit: a cycle that never ends, points that survive any rate, and the perceptron."""

from __future__ import annotations

import numpy as np

from logreg.certificates.optimum import optimum
from logreg.data.lecture_sets import cycling_points, wus_toy
from logreg.figures.board import Axis, Board, decades
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
)
from logreg.training.objective import THROUGH_0

SHARE_OF_LIMIT, SURVIVED = 0.9, 8.0
"""Rate of the cycle, in units of 2/λmax(H(w*)); rate on Wu's toy."""

PERIOD = 8

_FOR_EVER = 80

_PERCEPTRON_STEPS = 15


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
