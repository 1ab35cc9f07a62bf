"""The pulls of all points, head to tail, while a training plays: they shrink, and their sum is what a step follows."""

from __future__ import annotations

from typing import Any

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.numbers import counted
from logreg.figures.picture import Picture, Trace
from logreg.figures.plane import SHARED_SIZE, shared_places
from logreg.figures.theme import CLASS_DASHES, CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme, ring
from logreg.figures.timeline import STEP, Timeline, bound
from logreg.figures.window import Window, data_window, line_in_window, origin_outside
from logreg.theory.arrows import arrow_sums
from logreg.training.model import sigmoid
from logreg.training.trajectory import Trajectory

MOST_ROWS = 110
"""Rows of a timeline: as many as an eye can tell apart in one playing."""

_HEAD, _SLENDER = 0.045, 0.4  # an arrow's head: share of the picture, and at most so much of the arrow itself
_ROOM, _MORE = 0.12, 0.1
_MOST_HEADS, _MOST_AT_POINTS = 60, 300  # points whose arrows have heads; that have an arrow of their own
_FEWEST_ROWS, _MOST_ARROWS = 24, 6600  # rows, and arrows in all of them, so that little is sent
_AT_POINT = 0.5  # length of the arrow at a point that is wholly wrong, times its distance from the origin


def shown_rows(run: Trajectory, most: int = MOST_ROWS) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the numbers of at most so many records of a run, evenly spaced in log(1 + step), both ends among them."""
    wanted = np.expm1(np.linspace(0.0, np.log1p(run.last_step), most))
    rows = np.searchsorted(run.steps, wanted, side="right") - 1
    return np.unique(np.append(rows, run.n_records - 1))


def arrow_timeline(run: Trajectory) -> Timeline:
    """Return what the arrows of a run's points are at its steps.

    Parameters
    ----------
    run : Trajectory
        Two features, no bias.

    Returns
    -------
    Timeline
        Of the step: the arrows of each class and of the sum as lines ("ones_x", "ones_y", "zeros_x", …, "sum_x",
        "sum_y"), the same at their points ("ones_at_x", …), the line p = 1/2, "total" and "length".

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> pair = Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 0])
    >>> dial = arrow_timeline(train(pair, TrainingConfig(n_steps=9, objective=Objective(fit_bias=False))))
    >>> dial.columns["total"][0].item(), round(dial.columns["length"][0].item(), 4)
    (0.5, 0.3536)
    """
    n = run.dataset.n_samples
    rows = shown_rows(run, max(_FEWEST_ROWS, min(MOST_ROWS, _MOST_ARROWS // n)))
    sums = arrow_sums(run.dataset, run.weights[rows])
    size = _HEAD * float(np.ptp(sums.corners, axis=(0, 1)).max()) if n <= _MOST_HEADS else 0.0
    columns: dict[str, FloatArray] = {"total": sums.total, "length": sums.length}
    for name, label in (("zeros", 0), ("ones", 1)):
        own = np.flatnonzero(run.dataset.y[sums.order] == label)
        columns |= _columns(name, sums.corners[:, own], sums.corners[:, own + 1], size)
        columns |= _at_points(name, run.dataset, run.weights[rows], label, size > 0)
    ends = sums.corners[:, -1:]
    columns |= _columns("sum", np.zeros_like(ends), ends, 2 * size or np.inf) | _line(run, rows)
    return Timeline(STEP, run.steps[rows].astype(np.float64), columns)


def arrow_sum(timeline: Timeline, dataset: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the arrows of all points head to tail, and the thick arrow of their sum.

    `timeline` comes from `arrow_timeline`.

    Returns
    -------
    Picture
        Static, but for its arrows.
    """
    parts = [timeline.columns[f"{name}_{axis}"] for axis in "xy" for name in ("zeros", "ones", "sum")]
    x, y = (_span(parts[k : k + 3]) for k in (0, 3))
    board = Board(x=Axis(title="along w₁", span=x), y=Axis(title="along w₂", span=y), theme=theme, is_square=True)
    traces = [
        _moving(board, timeline, name, colour, 2.5, dash)
        for name, colour, dash in zip(("zeros", "ones"), theme.classes, CLASS_DASHES, strict=True)
    ]
    traces.append(_moving(board, timeline, "sum", theme.text, 6.0))
    start = board.dots("start", [0.0], [0.0], ring(theme.text, 10, 2))
    first, last = ([float(timeline.columns[name][k]) for name in ("total", "length")] for k in (0, -1))
    words = (
        f"The pulls of {counted(dataset.n_samples)} on w, head to tail, and the arrow of their sum. At first they are "
    )
    words += f"{first[0]:.4g} long together and their sum {first[1]:.4g}; at step {timeline.values[-1]:,.0f} "
    words += f"{last[0]:.4g} and {last[1]:.4g}."
    title = "Head to tail: {total} long in all, <b>their sum</b> {length}"
    return board.picture([*traces, start], title=title, alt=words)


def pulling_points(timeline: Timeline, dataset: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the points, each with its pull on w, and the line p = 1/2.

    `timeline` comes from `arrow_timeline`.

    Returns
    -------
    Picture
        An arrow at a point is half its distance from the origin long where the point is wholly wrong.
    """
    window = _window(dataset)
    board = Board(x=Axis(title="x₁", span=window[:2]), y=Axis(title="x₂", span=window[2:]), theme=theme, is_square=True)
    looks = (("line", theme.boundary, 4.0), ("zeros_at", theme.classes[0], 2.5), ("ones_at", theme.classes[1], 2.5))
    traces = [_moving(board, timeline, name, colour, width) for name, colour, width in looks]
    words = (
        f"{counted(dataset.n_samples)}, each with an arrow: its pull on w, away from the origin in class 1, towards it "
    )
    words += "in class 0, and the shorter the surer the point is. The line p = 1/2 turns while they pull."
    return board.picture([*traces, *point_traces(board, dataset)], title="Each point pulls: (y − p)·x", alt=words)


def where_its_line_goes(run: Trajectory) -> str:
    """Say where the line of `pulling_points` goes if its window need not show it; nothing of a run without a line."""
    return origin_outside(_window(run.dataset), "The line goes") if run.weights.any() else ""


def point_traces(board: Board, dataset: Dataset) -> list[Trace]:
    """Return the points of both classes, with a larger circle where a diamond would hide one."""
    traces, shared = [], shared_places(dataset)
    for label, (colour, symbol, size) in enumerate(zip(board.theme.classes, CLASS_SYMBOLS, CLASS_SIZES, strict=True)):
        rim = {"width": 1, "color": board.theme.outline}
        own = dataset.X[dataset.y == label]
        sizes = [SHARED_SIZE if label == 0 and tuple(place) in shared else size for place in own.tolist()]
        marker = {"symbol": symbol, "size": sizes if shared else size, "color": colour, "line": rim}
        traces.append(board.dots(f"class {label}", own[:, 0], own[:, 1], marker))
    return traces


def line_columns(name: str, weights: FloatArray, biases: FloatArray, window: Window) -> dict[str, FloatArray]:
    """Return the ends of the line w·x + b = 0 in a window, at each row of weights; NaN for none."""
    lines = [line_in_window(w, float(b), window) for w, b in zip(weights, biases, strict=True)]
    ends = np.array([np.full((2, 2), np.nan) if line is None else line for line in lines])
    return {f"{name}_x": ends[:, :, 0], f"{name}_y": ends[:, :, 1]}


def arrow_lines(starts: FloatArray, ends: FloatArray, size: float) -> FloatArray:
    """Return arrows as lines with open heads, each followed by a gap, on axes of one scale.

    Parameters
    ----------
    starts, ends : ndarray of shape (..., n_arrows, 2)
        Where they begin and point to.
    size : float
        Length of a head; a short arrow's is shorter. 0: no heads.

    Returns
    -------
    ndarray of shape (..., 6·n_arrows, 2), or 3·n_arrows without heads

    Examples
    --------
    >>> arrow_lines(np.zeros((1, 2)), np.array([[1.0, 0.0]]), 0.1).round(2).tolist()[:3]
    [[0.0, 0.0], [1.0, 0.0], [0.91, 0.05]]
    """
    gap = np.full_like(ends, np.nan)
    if size == 0:
        return np.stack([starts, ends, gap], axis=-2).reshape(*ends.shape[:-2], -1, 2)
    along = ends - starts
    length = np.linalg.norm(along, axis=-1, keepdims=True)
    unit = np.divide(along, length, out=np.zeros_like(along), where=length > 0)
    head = np.minimum(size, _SLENDER * length)
    across = np.stack([-unit[..., 1], unit[..., 0]], axis=-1)
    barbs = [ends - head * (0.866 * unit - side * 0.5 * across) for side in (1, -1)]
    lines = np.stack([starts, ends, barbs[0], ends, barbs[1], gap], axis=-2)
    return lines.reshape(*lines.shape[:-3], -1, 2)


def _window(dataset: Dataset) -> Window:
    """Return the window of the data with room for the arrows at its points."""
    left, right, bottom, top = data_window(dataset)
    x, y = _MORE * (right - left), _MORE * (top - bottom)
    return left - x, right + x, bottom - y, top + y


def _line(run: Trajectory, rows: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, FloatArray]:
    return line_columns("line", run.weights[rows], run.bias[rows], _window(run.dataset))


def _at_points(name: str, dataset: Dataset, weights: FloatArray, label: int, heads: bool) -> dict[str, FloatArray]:
    """Return each point's pull, drawn at the point; of very many points none."""
    own = dataset.X[dataset.y == label] if dataset.n_samples <= _MOST_AT_POINTS else dataset.X[:0]
    sign = 2.0 * label - 1.0
    pulls = _AT_POINT * sign * sigmoid(-sign * (weights @ own.T))[:, :, None] * own
    window = _window(dataset)
    starts = np.broadcast_to(own, pulls.shape)
    return _columns(f"{name}_at", starts, starts + pulls, _HEAD * (window[3] - window[2]) if heads else 0.0)


def _columns(name: str, starts: FloatArray, ends: FloatArray, size: float) -> dict[str, FloatArray]:
    lines = arrow_lines(starts, ends, size)
    return {f"{name}_x": lines[..., 0], f"{name}_y": lines[..., 1]}


def _moving(board: Board, timeline: Timeline, name: str, colour: str, width: float, dash: str = "solid") -> Trace:
    x, y = (timeline.columns[f"{name}_{axis}"][0] for axis in "xy")
    return bound(board.line(name, x, y, colour, width, dash=dash), "at", x=f"{name}_x", y=f"{name}_y")


def _span(parts: list[FloatArray]) -> tuple[float, float]:
    known = np.concatenate([part.ravel() for part in parts])
    known = np.append(known[np.isfinite(known)], 0.0)
    room = _ROOM * float(np.ptp(known)) or 1.0
    return float(known.min()) - room, float(known.max()) + room
