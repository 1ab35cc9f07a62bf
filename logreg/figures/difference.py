"""A gradient checked by differences, and a slope that dies: the chord, the V of its error, the bounds of s′."""

from __future__ import annotations

import numpy as np

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board, coloured, decades, log_axis
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, trace
from logreg.figures.theme import LIGHT, Theme, dot
from logreg.figures.timeline import Timeline, bound
from logreg.theory.differences import BEST_STEP, central_difference, difference_errors, sigmoid_slope, slope_bound
from logreg.training.model import Model, sigmoid
from logreg.training.objective import THROUGH_0, gradient, loss

_STEPS = np.logspace(0, -14, 113)
_REACH = 1.25  # of w₁ on both sides of the chord's middle
_FURTHEST = 20.0  # log-odds


def checked_at(dataset: Dataset) -> Model:
    """Return where the lesson checks the gradient: w = (0.6, −0.2), times a power of ten where the points ask for it.

    Parameters
    ----------
    dataset : Dataset
        Two features.

    Raises
    ------
    BeyondFloat64
        If the gradient there is 0.

    Examples
    --------
    >>> checked_at(Dataset([[100.0, 0.0]], [1])).weights.tolist()
    [0.006, -0.002]
    """
    model = Model(np.array([0.6, -0.2]) * unit_of(dataset))
    if not gradient(model, dataset, THROUGH_0).any():
        raise BeyondFloat64("These points have a gradient of 0 here: there is nothing to check.")
    return model


def unit_of(dataset: Dataset) -> float:
    """Return the power of ten nearest to one over the points' distance from the origin, at which w matters."""
    size = float(np.abs(dataset.X).max()) / 3
    return float(10.0 ** -round(np.log10(size))) if size > 0 else 1.0


def difference_timeline(dataset: Dataset, model: Model) -> Timeline:
    """Return the chord along w₁ and the error of the central difference while its step h falls.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        Where; no bias.

    Returns
    -------
    Timeline
        Of h, from 1 (times `unit_of` the data) to 10⁻¹⁴: "error" relative to ‖∇L‖ ("off" in words), "found" and
        "exact" ∂L/∂w₁, the chord's ends and its line.

    Examples
    --------
    >>> dial = difference_timeline(Dataset([[1.0], [3.0]], [0, 1]), Model([1.0]))
    >>> bool(dial.columns["error"].min() < 1e-9 < dial.columns["error"][-1])
    True
    """
    unit = unit_of(dataset)
    steps = unit * _STEPS
    errors = difference_errors(model, dataset, steps, THROUGH_0)
    found = np.array([central_difference(model, dataset, h, THROUGH_0)[0] for h in steps])
    ends = model.weights[0] + steps[:, None] * [-1.0, 1.0]
    heights = along_first(dataset, model, ends)
    middle = heights.mean(axis=1, keepdims=True)
    columns = {
        "error": np.where(errors > 0, errors, np.nan),
        "found": found,
        "exact": np.full(len(steps), gradient(model, dataset, THROUGH_0)[0]),
        "ends_x": ends,
        "ends_y": heights,
        "chord_y": middle + found[:, None] * [-unit * _REACH, unit * _REACH],
    }
    said = tuple("0, to rounding" if error == 0 else format_number(error) for error in errors)
    return Timeline("h", steps, columns, {"off": said})


def least_error(timeline: Timeline) -> tuple[float, float]:
    """Return the step h at which the error that can be told is least, and that error."""
    errors = timeline.columns["error"]
    row = int(np.nanargmin(errors))
    return float(timeline.values[row]), float(errors[row])


def along_first(dataset: Dataset, model: Model, first: FloatArray) -> FloatArray:
    """Return the loss at each value of w₁, the other weights as they are."""
    values = [loss(Model(np.append(w, model.weights[1:])), dataset, THROUGH_0) for w in first.ravel()]
    return np.array(values).reshape(first.shape)


def chord(timeline: Timeline, dataset: Dataset, model: Model, *, theme: Theme = LIGHT) -> Picture:
    """Draw the loss along w₁ with its tangent and the chord between w₁ − h and w₁ + h, which turns into it.

    Parameters
    ----------
    timeline : Timeline
        From `difference_timeline`.
    dataset, model
        As there.
    """
    at, reach = float(model.weights[0]), _REACH * unit_of(dataset)
    w = np.linspace(at - reach, at + reach, 81)
    losses = along_first(dataset, model, w)
    here, slope = losses[40], float(timeline.columns["exact"][0])
    low, high = float(losses.min()), float(losses.max())
    room = 0.18 * (high - low) or 1.0
    across, up = (float(w[0]), float(w[-1])), (low - room, high + room)
    board = Board(x=Axis(title="w₁", span=across), y=Axis(title="loss", span=up), theme=theme)
    ends = [at - reach, at + reach]
    line = board.line("chord", ends, timeline.columns["chord_y"][0], theme.run, 4)
    x, y = (timeline.columns[f"ends_{axis}"][0] for axis in "xy")
    points = board.dots("ends", x, y, dot(theme, theme.run, 13))
    sides = [here - reach * slope, here + reach * slope]
    traces = [
        board.line("loss", w, losses, theme.text, 3, says="loss along w₁"),
        board.line("tangent", ends, sides, theme.certain, 3, dash="dash", says="tangent, by the formula"),
        bound(line, "at", y="chord_y"),
        bound(points, "at", x="ends_x", y="ends_y"),
    ]
    words = f"The loss along w₁. Dashed: the tangent by the formula, of slope {format_number(slope)}. A chord between "
    words += "w₁ − h and w₁ + h turns into it while h falls."
    title = f"{coloured('Chord', theme.run)} {{found}}, {coloured('formula', theme.certain)} {format_number(slope)}"
    return board.picture(traces, title=title, alt=words)


def difference_error(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw how far the central difference is from the formula, over its step: a V.

    `timeline` comes from `difference_timeline`.

    Returns
    -------
    Picture
        Its curve grows from the right.
    """
    h, errors = timeline.values, timeline.columns["error"]
    span = (
        float(10.0 ** np.floor(np.log10(np.nanmin(errors)) - 0.5)),
        float(10.0 ** np.ceil(np.log10(np.nanmax(errors)))),
    )
    board = Board(
        x=Axis(title="h (log scale)", span=(h[-1] / 2, 2 * h[0]), kind="log", ticks=decades((h[-1], h[0]))),
        y=log_axis("relative error", span),
        theme=theme,
    )
    grown = board.grown(timeline, "error", theme.run, part="error", size=14)
    at = BEST_STEP * h[0]
    best = trace("optimum", "best", [at] * 2, span, line={"color": theme.certain, "width": 2.5, "dash": "dash"})
    name = board.name("ε<sup>1/3</sup>", at, span[1], theme.certain, name="answer", yanchor="top")
    bottom, least = least_error(timeline)
    words = "A V on log axes: the relative error of the central difference falls like h², is least, "
    words += f"{format_number(least)}, at h = {format_number(bottom)}, and rises again like 1/h, by rounding. "
    words += f"Dashed: the cube root of float64's ε, in the unit of w, {format_number(at)}."
    best = {**best, "hoverinfo": "text", "hovertext": "the cube root of float64’s ε"}
    return board.picture([*grown, best], title="Relative error: {off} at h = {h}", alt=words, notes=[name])


@once
def slope_timeline() -> Timeline:
    """Return sigmoid, slope, the notes' bound and the tangent, for log-odds a from −20 to 20.

    Examples
    --------
    >>> dial = slope_timeline()
    >>> dial.columns["slope"][dial.values == 0].item()
    0.25
    """
    a = np.linspace(-_FURTHEST, _FURTHEST, 161)
    slope, height = sigmoid_slope(a), sigmoid(a)
    reach = np.array([-4.0, 4.0])
    columns = {
        "p": height,
        "slope": slope,
        "bound": slope_bound(a),
        "tangent_x": a[:, None] + reach,
        "tangent_y": height[:, None] + slope[:, None] * reach,
    }
    return Timeline("a", a, columns)


def sigmoid_tangent(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the sigmoid with a tangent that lies flat at both ends.

    `timeline` comes from `slope_timeline`.
    """
    a, p = timeline.values, timeline.columns["p"]
    board = Board(x=Axis(title="a", span=(-21, 21)), y=Axis(title="s(a)", span=(-0.15, 1.15)), theme=theme)
    x, y = (timeline.columns[f"tangent_{axis}"][0] for axis in "xy")
    tangent = bound(board.line("tangent", x, y, theme.run, 5), "at", x="tangent_x", y="tangent_y")
    here = bound(board.dots("now", a[:1], p[:1], dot(theme, theme.run, 14)), "at", x="a", y="p")
    words = (
        "The sigmoid from a = −20 to 20 with a tangent: steepest in the middle, where its slope is 0.25, flat beyond."
    )
    return board.picture([board.line("sigmoid", a, p, theme.text), tangent, here], title="s({a}) = {p}", alt=words)


def slope_bounds(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw s′ on a log axis below the notes' two bounds.

    `timeline` comes from `slope_timeline`.
    """
    a, slope = timeline.values, timeline.columns["slope"]
    span = (1e-10, 30.0)
    board = Board(x=Axis(title="a", span=(-21, 21)), y=log_axis("slope", span), theme=theme)
    left, right = a < 0, a >= 0
    limits = timeline.columns["bound"]
    traces = [
        board.line("bound left", a[left], limits[left], theme.certain, 2.5, dash="dash", says="bound: s(a)"),
        board.line("bound right", a[right], limits[right], theme.certain, 2.5, dash="dash", says="bound: e^−a"),
        *board.grown(timeline, "slope", theme.run, part="slope", size=14),
    ]
    notes = [
        board.name("s(a)", -11.0, 1e-3, theme.certain, xanchor="right"),
        board.name("e<sup>−a</sup>", 11.0, 1e-3, theme.certain),
    ]
    words = "s′(a) on a log axis: a tent with its top 0.25 at a = 0 and straight sides; at a = 20 it is "
    words += f"{format_number(slope[-1])}. Dashed: the notes' bounds, s(a) on the left and e^−a on the right."
    return board.picture(traces, title="s′({a}) = {slope}", alt=words, notes=notes)
