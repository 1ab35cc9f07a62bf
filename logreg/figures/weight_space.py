"""The loss over the two weights, with a run's path on it: a valley without end, or a bowl."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, hypot, log10

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number, format_positive
from logreg.figures.picture import NOWHERE, Picture, Trace, picture, trace
from logreg.figures.theme import FONT_SIZE, LIGHT, PICTURE_HEIGHT, Theme, axis, dot, frame, mixed, ring
from logreg.figures.window import Window
from logreg.theory.landscape import LossGrid
from logreg.training.model import Model

_MARGIN = {"l": 58, "r": 80, "t": 34, "b": 46}
_ASPECT = 1.1  # width to height of a landscape
_FINE_FROM = 1e-2  # losses from which levels stand at 1, 2 and 5, not at decades only
_ABOVE_BOTTOM = (1.05, 1.25)  # rings round a minimum, as multiples of it
_SHADES = ((0.0, 0.0), (0.45, 0.12), (1.0, 0.75))  # the lower half is a valley's: the bowl needs the contrast
_MOST_NAMED = 5  # levels that the colour bar names
_BOTTOM_FROM = 1e-2  # a lower bottom is a valley's, which decades show


def landscape(
    grid: LossGrid,
    path: ArrayLike,
    *,
    levels: Sequence[float] | FloatArray,
    title: str,
    run_index: int = 0,
    optimum: Model | None = None,
    ray: ArrayLike | None = None,
    resting: ArrayLike = (0.0, 0.0),
    theme: Theme = LIGHT,
) -> Picture:
    """Draw contours of the loss over (w₁, w₂), and the path of a run down them.

    Parameters
    ----------
    grid : LossGrid
        The loss over a window.
    path : array-like of shape (n_records, 2)
        The run's weights, record by record; a dot stands at the last.
    levels : sequence of float
        Above 0, growing: a contour each, spaced evenly in colour. See `landscape_levels`.
    title : str
        Whose landscape it is, and of what shape.
    run_index : int
        0 or 1: whose path it is, in that run's colour.
    optimum : Model or None
        Where the loss is least.
    ray : array-like of shape (2,) or None
        Direction of a valley without end.
    resting : array-like of shape (2,)
        Where that valley's line starts: the part of the weights that stays finite.

    Returns
    -------
    Picture
        Both axes to one scale.

    Raises
    ------
    ValueError
        If path or levels are not as said.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.landscape import loss_grid
    >>> grid = loss_grid(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1]), (-1.0, 3.0, -1.0, 3.0))
    >>> landscape(grid, [[0.0, 0.0], [0.5, 0.5]], levels=[0.1, 1.0], ray=[1.0, 1.0], title="A").alt[-63:]
    'A valley runs off in the direction (1, 1): there is no minimum.'
    """
    points, heights = _checked(path, levels)
    colour = theme.runs[run_index]
    least = NOWHERE if optimum is None else optimum.weights[None, :]
    dashed, plain = {"color": theme.certain, "width": 3, "dash": "dash"}, {"color": colour, "width": 4}
    traces = [
        _contours(grid, heights, theme),
        trace("proof", "valley", *_valley(grid, ray, resting).T, line=dashed),
        trace("path", str(run_index), *points.T, line=plain),
        trace("optimum", "point", *least.T, mode="markers", marker=ring(theme.certain, 20, 4)),
        trace("cursor", f"weights {run_index}", *points[-1:].T, mode="markers", marker=dot(theme, colour, 13)),
    ]
    x, y = ([float(w[0]), float(w[-1])] for w in (grid.w1, grid.w2))
    layout = {
        **frame(theme, height=PICTURE_HEIGHT, title=title, margin=_MARGIN),
        "xaxis": {**axis(theme, "w₁"), "range": x, "constrain": "domain", "nticks": 7},
        "yaxis": {**axis(theme, "w₂"), "range": y, "constrain": "domain", "nticks": 6},
        "meta": {"static": True},
    }
    layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1}
    return picture(traces, layout, f"{title}. {_words(grid, points, optimum, ray)}")


def _words(grid: LossGrid, points: FloatArray, optimum: Model | None, ray: ArrayLike | None) -> str:
    low, high = (format_positive(float(v)) for v in (grid.loss.min(), grid.loss.max()))
    said = f"Contours of the loss over w₁ and w₂, from {low} to {high} in this window. "
    said += f"The run's last record is at {_pair(points[-1])}."
    if optimum is not None:
        return f"{said} A minimum is at {_pair(optimum.weights)}."
    if ray is None:
        return said
    return f"{said} A valley runs off in the direction {_pair(ray)}: there is no minimum."


def _pair(point: ArrayLike) -> str:
    x, y = (format_number(float(v)) for v in np.asarray(point, dtype=np.float64)[:2])
    return f"({x}, {y})"


def landscape_window(paths: Sequence[ArrayLike], room: float = 0.25) -> Window:
    """Return one window of weight space that shows every path from the origin on, with room behind it.

    Parameters
    ----------
    paths : sequence of array-like of shape (n_records, 2)
        The weights of each run.
    room : float
        Share of the larger side that is left free on every side.

    Returns
    -------
    tuple of float
        w1 low, w1 high, w2 low, w2 high, as `loss_grid` takes it; its width is 1.1 times its height.

    Examples
    --------
    >>> [round(end, 6) for end in landscape_window([[[0.0, 0.0], [4.0, 4.0]]])]
    [-1.3, 5.3, -1.0, 5.0]
    """
    points = np.concatenate([np.zeros((1, 2)), *(np.asarray(path, dtype=np.float64).reshape(-1, 2) for path in paths)])
    low, high = points.min(axis=0), points.max(axis=0)
    (x, y), size = low / 2 + high / 2, float((high - low).max()) or 1.0
    half_x, half_y = high / 2 - low / 2 + room * size
    half = float(max(half_x / _ASPECT, half_y))
    return float(x - _ASPECT * half), float(x + _ASPECT * half), float(y - half), float(y + half)


def landscape_levels(grids: Sequence[LossGrid]) -> FloatArray:
    """Return levels of the loss, on a log scale, that show a valley and a bowl alike.

    Parameters
    ----------
    grids : sequence of LossGrid
        All that are to be drawn with the same levels.

    Returns
    -------
    ndarray of shape (n_levels,)
        Growing: decades, with 2 and 5 between them where there are few, and rings close round the lowest place of
        each grid that is not a valley's.

    Examples
    --------
    >>> landscape_levels([LossGrid(np.arange(2.0), np.arange(2.0), np.array([[0.001, 0.1], [1.0, 2.0]]))]).tolist()
    [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]
    """
    low = max(min(float(grid.loss.min()) for grid in grids), 1e-300)
    high = max(float(grid.loss.max()) for grid in grids)
    decades = range(floor(log10(low)), ceil(log10(high)) + 1)
    values = [float(f"{m}e{k}") for k in decades for m in (1, 2, 5) if m == 1 or 10.0**k >= _FINE_FROM * 0.999]
    bottoms = [float(grid.loss.min()) for grid in grids if grid.loss.min() >= _BOTTOM_FROM]
    rings = [bottom * factor for bottom in bottoms for factor in _ABOVE_BOTTOM]
    levels = np.unique([v for v in values + rings if low < v < high])
    return levels if len(levels) > 1 else np.array([low, high if high > low else 2 * low])


def _checked(path: ArrayLike, levels: ArrayLike) -> tuple[FloatArray, FloatArray]:
    points = np.asarray(path, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise ValueError(f"path: expected (n_records, 2) with a record at least, got shape {points.shape}.")
    heights = np.asarray(levels, dtype=np.float64)
    if not len(heights) or not (heights > 0).all() or not (np.diff(heights) > 0).all():
        raise ValueError(f"levels: expected growing numbers above 0, got {levels!r}.")
    return points, heights


def _contours(grid: LossGrid, levels: FloatArray, theme: Theme) -> Trace:
    """Return a contour at every level: Plotly wants them evenly spaced, so z is the level's number, log in between."""
    logs = np.log(np.concatenate([[levels[0] / 1e3], levels, [levels[-1] * 1e3]]))
    with np.errstate(divide="ignore"):
        z = np.interp(np.log(grid.loss), logs, np.arange(-1.0, len(levels) + 1.0))
    named = _named(levels)
    bar = {
        **{"thickness": 12, "len": 1.0, "lenmode": "fraction", "x": 1.02, "xpad": 0, "ypad": 0, "outlinewidth": 0},
        **{"tickmode": "array", "tickvals": named, "ticktext": [format_number(float(v), 2) for v in levels[named]]},
        **{"tickfont": {"size": FONT_SIZE - 1, "color": theme.text}, "ticks": ""},
        "title": {"text": "loss", "side": "top", "font": {"size": FONT_SIZE}},
    }
    return {
        "type": "contour",
        **{"x": grid.w1, "y": grid.w2, "z": z.astype(np.float32), "zmin": -1, "zmax": len(levels)},
        "autocontour": False,
        "contours": {"start": 0, "end": len(levels) - 1, "size": 1, "coloring": "fill"},
        "colorscale": [[at, mixed(theme.background, theme.muted, share)] for at, share in _SHADES],
        "line": {"color": theme.muted, "width": 1},
        "colorbar": bar,
        "hoverinfo": "skip",
        "name": "loss",
        "meta": {"role": "landscape", "part": "loss"},
    }


def _named(levels: FloatArray) -> list[int]:
    """Return which levels the colour bar names: decades, if there are two at least, from the top, not too close."""
    logs = np.log10(levels)
    decades = np.flatnonzero(np.abs(logs - np.round(logs)) < 1e-9)
    named: list[int] = []
    for i in (decades if len(decades) > 1 else np.arange(len(levels)))[::-1]:
        if not named or named[-1] - i >= len(levels) / _MOST_NAMED:
            named.append(int(i))
    return named


def _valley(grid: LossGrid, ray: ArrayLike | None, resting: ArrayLike) -> FloatArray:
    """Return the line of the valley, from where the weights rest to beyond the window."""
    if ray is None:
        return NOWHERE
    direction, start = np.asarray(ray, dtype=np.float64)[:2], np.asarray(resting, dtype=np.float64)[:2]
    beyond = hypot(grid.w1[-1] - grid.w1[0], grid.w2[-1] - grid.w2[0]) + hypot(*start)
    return np.stack([start, start + beyond * direction / hypot(*direction)])
