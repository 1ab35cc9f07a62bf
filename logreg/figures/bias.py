"""The bias: a line that is tied to the origin without it, and what it is: one more feature, constant."""

from __future__ import annotations

from typing import Any

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.arrow_sum import arrow_lines, point_traces
from logreg.figures.board import Axis, Board
from logreg.figures.difference import unit_of
from logreg.figures.numbers import counted, format_number
from logreg.figures.picture import Picture, trace
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme, dot, ring
from logreg.figures.timeline import Timeline, bound
from logreg.figures.window import ASPECT, Window, line_in_window
from logreg.theory.constant_feature import best_angle, tie_of_limit, wrong_through_origin
from logreg.training.model import Model

_DEGREES = np.arange(0.0, 361.0, 3.0)
_ROOM = 0.1  # of the largest number, for a name below the least
_CONSTANTS = np.linspace(0.25, 4.0, 121)


# ------------------------------------------------------------------ tied to the origin


def turning_timeline(dataset: Dataset) -> Timeline:
    """Return a line through the origin that turns once, and the points that it has wrong.

    Parameters
    ----------
    dataset : Dataset
        Two features.

    Returns
    -------
    Timeline
        Of θ, the direction of w in degrees: the line ("line_x", "line_y"), w ("to_x", "to_y"), the wrong points
        ("ring_x", "ring_y") and their number "wrong".
    """
    degrees = np.union1d(_DEGREES, [best_angle(dataset)])
    window, turned = window_with_origin(dataset), np.radians(degrees)
    towards = np.column_stack([np.cos(turned), np.sin(turned)])
    lines = np.array([_left_first(line_in_window(w, 0.0, window), w) for w in towards])
    is_wrong = wrong_through_origin(dataset, degrees)
    length = (window[3] - window[2]) / 6
    arrows = arrow_lines(np.zeros((len(towards), 1, 2)), length * towards[:, None], length / 3)
    columns: dict[str, FloatArray] = {
        **{"line_x": lines[:, :, 0], "line_y": lines[:, :, 1], "wrong": is_wrong.sum(axis=1)},
        **{"to_x": arrows[:, :, 0], "to_y": arrows[:, :, 1]},
        **{f"ring_{axis}": np.where(is_wrong, dataset.X[:, k], np.nan) for k, axis in enumerate("xy")},
    }
    return Timeline("θ", degrees, columns)


def tied_line(timeline: Timeline, dataset: Dataset, free: Model | None, *, theme: Theme = LIGHT) -> Picture:
    """Draw the points, a line that can only turn about the origin, and rings round the points that it has wrong.

    Parameters
    ----------
    timeline : Timeline
        From `turning_timeline`.
    dataset : Dataset
        The points behind it.
    free : Model or None
        A model whose line, with a bias, separates the points: drawn at the end.
    """
    window = window_with_origin(dataset)
    board = Board(x=Axis(title="x₁", span=window[:2]), y=Axis(title="x₂", span=window[2:]), theme=theme, is_square=True)
    at = {name: column[0] for name, column in timeline.columns.items()}
    rings = board.dots("wrong", at["ring_x"], at["ring_y"], ring(theme.text, 20, 3))
    traces = [
        bound(board.line("line", at["line_x"], at["line_y"], theme.boundary, 4.5), "at", x="line_x", y="line_y"),
        bound(board.line("w", at["to_x"], at["to_y"], theme.run, 4.5), "at", x="to_x", y="to_y"),
        board.dots("origin", [0.0], [0.0], dot(theme, theme.boundary, 13), says="the origin"),
        *point_traces(board, dataset),
        bound(rings, "at", x="ring_x", y="ring_y"),
    ]
    words = f"{counted(dataset.n_samples)} and a line that turns about the origin; rings mark the points on its wrong "
    words += f"side, never fewer than {int(timeline.columns['wrong'].min())}."
    with_b = None if free is None else line_in_window(free.weights, free.bias, window)
    if with_b is not None:
        look = {"color": theme.certain, "width": 4, "dash": "dash"}
        says = "a line with b: it separates the points"
        traces.append(board.answer("with b", with_b[:, 0], with_b[:, 1], says, line=look))
        words += " Dashed: a line with a bias, which separates them."
    return board.picture(traces, title="Without b the line can only turn", alt=words)


def count_wrong(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw how many points the turning line has wrong.

    `timeline` comes from `turning_timeline`.
    """
    wrong, least = timeline.columns["wrong"], int(timeline.columns["wrong"].min())
    board = Board(
        x=Axis(
            title="θ, where w points (degrees)", span=(-6, 366), ticks={float(k): str(k) for k in range(0, 361, 90)}
        ),
        y=Axis(title="points wrong", span=(-0.4, 1.08 * float(wrong.max()) + 0.4), counts=True),
        theme=theme,
    )
    level = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    traces = [
        trace("optimum", "least", [-6, 366], [least, least], line=level),
        *board.grown(timeline, "wrong", theme.run, part="wrong"),
    ]
    x, look = _off_the_curve(timeline)
    name = board.name(f"least: {least}", x, float(least), theme.certain, name="answer", **look)
    words = f"The number of wrong points over the angle of w: from {least} to {int(wrong.max())}."
    return board.picture(traces, title="Points wrong: {wrong}", alt=words, notes=[name])


def _off_the_curve(timeline: Timeline) -> tuple[float, dict[str, Any]]:
    """Return where the level's name meets no curve: below it, if there is room, else above the longest stay there."""
    wrong = timeline.columns["wrong"]
    if wrong.min() > _ROOM * wrong.max():
        return 0.0, {"yshift": -14}
    rows = np.flatnonzero(wrong == wrong.min())
    stays = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    longest = timeline.values[max(stays, key=len)]
    return float(longest[0] + longest[-1]) / 2, {"xanchor": "center", "xshift": 0, "yshift": 14}


def _left_first(line: FloatArray | None, w: FloatArray) -> FloatArray:
    """Return the ends of a line with the one to the left of w first, so that it turns without a jump."""
    if line is None:
        return np.full((2, 2), np.nan)
    return line if float((line[0] - line[1]) @ [-w[1], w[0]]) >= 0 else line[::-1]


def window_with_origin(dataset: Dataset) -> Window:
    """Return a window that shows every point and the origin, of the planes' shape."""
    low, high = np.minimum(dataset.X.min(axis=0), 0.0), np.maximum(dataset.X.max(axis=0), 0.0)
    (x, y), (half_x, half_y) = (low + high) / 2, (high - low) / 2
    half = 1.2 * float(max(half_x / ASPECT, half_y)) or 1.0
    return float(x - ASPECT * half), float(x + ASPECT * half), float(y - half), float(y + half)


# ------------------------------------------------------------------ one more feature


def constant_timeline(line: Dataset) -> Timeline:
    """Return points on the line x₀ = K and where the widest line through the origin cuts it, for K from 0.25 to 4.

    Parameters
    ----------
    line : Dataset
        One feature, separable with a bias; K is in the power of ten that fits it.

    Returns
    -------
    Timeline
        Of K: "cut", the height of every point "height_0" and "height_1", and the boundary ("line_x", "line_y").

    Examples
    --------
    >>> from logreg.data.lecture_sets import around_zero
    >>> dial = constant_timeline(around_zero())
    >>> float(np.interp(1.0, dial.values, dial.columns["cut"]).round(3)), dial.columns["cut"][-1].round(9).item()
    (-0.333, -2.0)
    """
    constants = _CONSTANTS / unit_of(line)
    cut = np.array([tie_of_limit(line, constant) for constant in constants])
    top = 1.12 * constants[-1]
    columns = {
        "cut": cut,
        **{f"height_{label}": np.repeat(constants[:, None], (line.y == label).sum(), axis=1) for label in (0, 1)},
        "line_x": np.column_stack([np.zeros(len(cut)), cut * top / constants]),
        "line_y": np.column_stack([np.zeros(len(cut)), np.full(len(cut), top)]),
    }
    return Timeline("K", constants, columns)


def middle_of_gap(line: Dataset) -> float:
    """Return the middle between the two classes of separable points on a line.

    Examples
    --------
    >>> middle_of_gap(Dataset([[-7.0], [-9.0], [3.0]], [0, 0, 1]))
    -2.0
    """
    zeros, ones = (line.X[line.y == label, 0] for label in (0, 1))
    ends = (zeros.max(), ones.min()) if zeros.max() < ones.min() else (ones.max(), zeros.min())
    return float(ends[0] / 2 + ends[1] / 2)


def lifted_points(timeline: Timeline, line: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the points on the line x₀ = K of a plane, and a boundary through the origin that cuts it.

    `timeline` comes from `constant_timeline`.
    """
    top = float(timeline.values[-1])
    ends = np.append(line.X[:, 0], [0.0, *timeline.columns["cut"]])
    room = 0.1 * float(np.ptp(ends)) or 1.0
    across = Axis(title="x", span=(float(ends.min()) - room, float(ends.max()) + room))
    board = Board(x=across, y=Axis(title="x₀ = K", span=(-0.075 * top, 1.12 * top)), theme=theme)
    at = {name: column[0] for name, column in timeline.columns.items()}
    traces = [
        bound(board.level("x₀ = K", timeline.values[0], theme.muted, "dot"), "at", y="K"),
        bound(board.line("boundary", at["line_x"], at["line_y"], theme.boundary, 4.5), "at", x="line_x", y="line_y"),
        board.dots("origin", [0.0], [0.0], dot(theme, theme.boundary, 14), says="the origin"),
    ]
    for label, (colour, symbol, size) in enumerate(zip(theme.classes, CLASS_SYMBOLS, CLASS_SIZES, strict=True)):
        marker = {"symbol": symbol, "size": size + 4, "color": colour, "line": {"width": 1, "color": theme.outline}}
        own = line.X[line.y == label, 0]
        height = f"height_{label}"
        traces.append(bound(board.dots(f"class {label}", own, at[height], marker), "at", y=height))
    cut = board.dots("cut", timeline.columns["cut"][:1], timeline.values[:1], dot(theme, theme.run, 17))
    traces.append(bound(cut, "at", x="cut", y="K"))
    words = f"{counted(line.n_samples)} of a line, drawn in a plane at height K, their constant second feature. A "
    words += "boundary through the origin cuts the line x₀ = K: there is the tie, at −K·w₀/w."
    return board.picture(traces, title="The tie is at x = {cut}", alt=words)


def tie_over_constant(timeline: Timeline, line: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw where the tie is over K: where descent with a bias goes for K = 1, in the middle of the gap for K large.

    `timeline` comes from `constant_timeline`.
    """
    constants, cut, middle = timeline.values, timeline.columns["cut"], middle_of_gap(line)
    low, high = min(middle, float(cut.min())), max(middle, float(cut.max()))
    room = 0.14 * (high - low) or 0.1 * abs(high) or 1.0
    across = (0.0, 1.04 * float(constants[-1]))
    board = Board(x=Axis(title="K", span=across), y=Axis(title="tie", span=(low - room, high + room)), theme=theme)
    dashed = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    traces = [
        board.answer("middle", across, [middle, middle], "the middle of the gap", line=dashed),
        *board.grown(timeline, "cut", theme.run, 4.5, part="tie", size=16),
    ]
    said = f"classic SVM: the middle, {format_number(middle)}"
    after_one = 0.3 * float(constants[-1])  # the ring at K = 1 may stand at the same height
    notes = [board.name(said, after_one, middle, theme.certain, name="answer", yshift=-14)]
    words = f"Where the tie is over K: {format_number(cut[0])} at K = {format_number(constants[0])}, "
    if constants[0] < 1 < constants[-1]:
        at_one = tie_of_limit(line, 1.0)
        traces.insert(1, trace("optimum", "one", [1.0], [at_one], mode="markers", marker=ring(theme.certain, 20)))
        notes.append(
            board.name("K = 1: descent with b", 1.0, at_one, theme.certain, name="answer", xshift=16, yshift=14)
        )
        words += f"{format_number(at_one)} at K = 1, where descent with a bias goes, "
    words += f"and {format_number(cut[-1])} at K = {format_number(constants[-1])}. The middle of the gap, where the "
    words += f"classic SVM has it, is {format_number(middle)}."
    return board.picture(traces, title="Tie at {cut} for K = {K}", alt=words, notes=notes)
