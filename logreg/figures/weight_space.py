"""The loss over the two weights, with a run's path on it: a valley without end, or a bowl."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, hypot, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.graph import Trace, figure, scatter
from logreg.figures.numbers import format_number
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, axis, frame
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
    step_index: int,
    *,
    levels: Sequence[float] | FloatArray,
    run_index: int = 0,
    optimum: Model | None = None,
    ray: ArrayLike | None = None,
    resting: ArrayLike = (0.0, 0.0),
    theme: Theme = LIGHT,
    height: int = CURVE_HEIGHT,
    title: str | None = None,
) -> go.Figure:
    """Draw contours of the loss over (w₁, w₂), and the path of a run down them.

    Parameters
    ----------
    grid : LossGrid
        The loss over a window.
    path : array-like of shape (n_records, 2)
        The run's weights, record by record.
    step_index : int
        The record at which the cursor stands.
    levels : sequence of float
        Above 0, growing: a contour each, spaced evenly in colour. See `landscape_levels`.
    run_index : int
        0 or 1: whose path it is, in that run's colour.
    optimum : Model or None
        Where the loss is least.
    ray : array-like of shape (2,) or None
        Direction of a valley without end.
    resting : array-like of shape (2,)
        Where that valley's line starts: the part of the weights that stays finite.
    theme : Theme
        Colours.
    height : int
        Pixels.
    title : str or None
        None lets the figure say what it shows.

    Returns
    -------
    plotly.graph_objects.Figure
        Both axes to one scale.

    Raises
    ------
    ValueError
        If the path has no such record, or the levels are not as said.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.landscape import loss_grid
    >>> grid = loss_grid(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1]), (-1.0, 3.0, -1.0, 3.0))
    >>> landscape(grid, [[0.0, 0.0], [0.5, 0.5]], 1, levels=[0.1, 0.5, 1.0], ray=[1.0, 1.0]).layout.title.text
    'Loss over w: a valley without end'
    """
    points, heights = _checked(path, step_index, levels)
    colour = (theme.run, theme.run_b)[run_index]
    least = np.empty((0, 2)) if optimum is None else optimum.weights[None, :]
    valley = _valley(grid, ray, resting)
    traces = [
        _contours(grid, heights, theme),
        _trace("proof", "valley", valley, line={"color": theme.certain, "width": 3, "dash": "dash"}),
        _trace("path", str(run_index), points, line={"color": colour, "width": 4}),
        _trace(
            "optimum", "point", least, mode="markers", marker=_marker(theme.certain, "circle-open", 20, {"width": 4})
        ),
        _trace(
            "cursor",
            f"weights {run_index}",
            points[[step_index]],
            mode="markers",
            marker=_marker(colour, "circle", 13, {"width": 2, "color": theme.outline}),
        ),
    ]
    layout = frame(
        theme, height=height, title=_landscape_words(grid, optimum, ray) if title is None else title, margin=_MARGIN
    )
    span_x, span_y = [float(grid.w1[0]), float(grid.w1[-1])], [float(grid.w2[0]), float(grid.w2[-1])]
    axes = {
        "xaxis": {**axis(theme, "w₁"), "range": span_x, "constrain": "domain", "nticks": 7},
        "yaxis": {**axis(theme, "w₂"), "range": span_y, "constrain": "domain", "nticks": 6},
    }
    axes["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1}
    return figure(traces, {**layout, **axes, "meta": {"static": True}})


def landscape_alt(
    grid: LossGrid, path: ArrayLike, step_index: int, *, optimum: Model | None = None, ray: ArrayLike | None = None
) -> str:
    """Say in words what `landscape` shows.

    Parameters
    ----------
    grid, path, step_index, optimum, ray
        As for the figure.

    Returns
    -------
    str
    """
    points, _ = _checked(path, step_index, [1.0])
    low, high = (format_number(float(v)) for v in (grid.loss.min(), grid.loss.max()))
    x, y = (format_number(float(v)) for v in points[step_index])
    said = f"Contours of the loss over w₁ and w₂, from {low} to {high} in this window. "
    said += f"The run's last record is at ({x}, {y})."
    if optimum is not None:
        x, y = (format_number(float(v)) for v in optimum.weights)
        return f"{said} A minimum is at ({x}, {y})."
    if ray is None:
        return said
    x, y = (format_number(float(v)) for v in np.asarray(ray, dtype=np.float64))
    return f"{said} A valley runs off in the direction ({x}, {y}): there is no minimum."


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


def _checked(path: ArrayLike, step_index: int, levels: ArrayLike) -> tuple[FloatArray, FloatArray]:
    points = np.asarray(path, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not -len(points) <= step_index < len(points):
        raise ValueError(f"path: expected (n_records, 2) with a record {step_index}, got shape {points.shape}.")
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
        "colorscale": [[at, _mixed(theme.background, theme.muted, share)] for at, share in _SHADES],
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


def _mixed(first: str, second: str, share: float) -> str:
    """Return a colour between two, as #RRGGBB."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round((1 - share) * a + share * b):02X}" for a, b in pairs)


def _valley(grid: LossGrid, ray: ArrayLike | None, resting: ArrayLike) -> FloatArray:
    """Return the line of the valley, from where the weights rest to beyond the window."""
    if ray is None:
        return np.empty((0, 2))
    direction, start = np.asarray(ray, dtype=np.float64)[:2], np.asarray(resting, dtype=np.float64)[:2]
    beyond = hypot(grid.w1[-1] - grid.w1[0], grid.w2[-1] - grid.w2[0]) + hypot(*start)
    return np.stack([start, start + beyond * direction / hypot(*direction)])


def _landscape_words(grid: LossGrid, optimum: Model | None, ray: ArrayLike | None) -> str:
    if optimum is None:
        return "Loss over w: a valley without end" if ray is not None else "Loss over w"
    x, y = (format_number(float(w), 3) for w in optimum.weights)
    inside = grid.w1[0] <= optimum.weights[0] <= grid.w1[-1] and grid.w2[0] <= optimum.weights[1] <= grid.w2[-1]
    return f"Loss over w: a bowl, its minimum {'' if inside else 'outside, '}at ({x}, {y})"


def _marker(colour: str, symbol: str, size: int, rim: dict[str, Any]) -> dict[str, Any]:
    return {"symbol": symbol, "size": size, "color": colour, "line": rim}


def _trace(role: str, part: str, points: FloatArray, **look: Any) -> Trace:
    meta = {"role": role, "part": part}
    return scatter(
        x=points[:, 0], y=points[:, 1], name=part, meta=meta, **{"mode": "lines", "hoverinfo": "skip", **look}
    )
