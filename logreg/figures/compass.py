"""Directions of weight space: what each one costs, and which way every point pulls."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, sin
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.graph import Trace, figure, scatter
from logreg.figures.numbers import format_number
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, axis, frame, note
from logreg.theory.asymptotics import row_space
from logreg.theory.directions import LeastCost, direction_cost, least_cost
from logreg.theory.landscape import point_pulls
from logreg.training.model import Model

_CIRCLE_MARGIN = {"l": 8, "r": 8, "t": 34, "b": 8}
_MARGIN = {"l": 66, "r": 18, "t": 34, "b": 46}
_ROOM = 0.3  # round the cost curve, for the names of the axes; the circle has radius 1
_POWERS_BELOW = 2e-3  # sizes whose tick labels are powers of ten, and wide
_CLOSED = 1e-9  # share of all pulls' lengths below which their sum counts as zero
_THIN = 1e-9  # radians below which a cone of free directions is a ray


def direction_circle(
    dataset: Dataset,
    *,
    cost_floor: LeastCost | None = None,
    run_index: int = 0,
    weights: ArrayLike | None = None,
    theme: Theme = LIGHT,
    height: int = CURVE_HEIGHT,
    title: str | None = None,
) -> go.Figure:
    """Draw the circle of all directions of w, with what each costs outward of it: a free cone, a free ray, or none.

    Parameters
    ----------
    dataset : Dataset
        With two features; there is no bias here.
    cost_floor : LeastCost or None
        The cheapest direction; None finds it.
    run_index : int
        0 or 1: whose direction is shown, in that run's colour.
    weights : array-like of shape (2,) or None
        Where that run is; only the direction is shown.
    theme : Theme
        Colours.
    height : int
        Pixels.
    title : str or None
        None lets the figure say what it shows.

    Returns
    -------
    plotly.graph_objects.Figure
        The cost curve has radius 1 + cost/largest cost.

    Raises
    ------
    ValueError
        If the data do not have two features.

    Examples
    --------
    >>> direction_circle(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1])).layout.title.text
    'Free directions: a cone of 90°'
    """
    found = least_cost(dataset, fit_bias=False) if cost_floor is None else cost_floor
    angles = np.linspace(0.0, 2 * pi, 361)
    costs = direction_cost(dataset, angles, fit_bias=False)
    largest = float(costs.max())
    cone = _free_cone(dataset, found)
    radii = 1.0 + costs / (largest or 1.0)
    circle, outer = _at(angles), _at(angles, radii)
    costly = np.concatenate([outer, circle[::-1]])
    traces = [
        _trace("cost", "area", costly, fill="toself", fillcolor=_faint(theme.muted, 0.22), line={"width": 0}),
        _trace(
            "cost", "curve", outer, line={"color": theme.muted, "width": 2.5, "simplify": False}, **_said(angles, costs)
        ),
        _trace("circle", "line", circle, line={"color": theme.text, "width": 1.5, "simplify": False}),
        *_free_traces(cone, theme),
        *_floor_traces(found, largest, theme),
        _heading(weights, run_index, theme),
    ]
    said = _circle_words(dataset, found, cone) if title is None else title
    layout = frame(theme, height=height, title=said, margin=_CIRCLE_MARGIN)
    low, high = outer.min(axis=0) - _ROOM, outer.max(axis=0) + _ROOM
    side = float(np.abs(outer[:, 0]).max()) + _ROOM  # the origin stays in the middle: names stand on both sides
    axes = {
        "xaxis": {"visible": False, "range": [-side, side]},
        "yaxis": {"visible": False, "range": [low[1], high[1]], "scaleanchor": "x", "scaleratio": 1},
        "shapes": _cross(low.tolist(), high.tolist(), theme),
    }
    notes = [*_axis_notes(radii, theme), *_cost_notes(angles, costs, theme), *_free_notes(found, largest, cone, theme)]
    return figure(traces, {**layout, **axes, "annotations": notes, "meta": {"static": True}})


def direction_circle_alt(dataset: Dataset, *, cost_floor: LeastCost | None = None) -> str:
    """Say in words what `direction_circle` shows.

    Parameters
    ----------
    dataset, cost_floor
        As for the figure.

    Returns
    -------
    str
    """
    found = least_cost(dataset, fit_bias=False) if cost_floor is None else cost_floor
    cone = _free_cone(dataset, found)
    largest = float(direction_cost(dataset, np.linspace(0.0, 2 * pi, 361), fit_bias=False).max())
    said = "All directions of w as a circle, with the cost of each outward of it, "
    said += f"at most about {format_number(largest, 3)}. {_circle_words(dataset, found, cone)}"
    if cone is not None:
        return f"{said}, from {_degrees(cone[0])} to {_degrees(cone[1])} against the w₁ axis."
    x, y = (format_number(float(v)) for v in found.direction)
    return f"{said}; the cheapest direction is ({x}, {y})."


def pulls(
    dataset: Dataset, model: Model, *, theme: Theme = LIGHT, height: int = CURVE_HEIGHT, title: str | None = None
) -> go.Figure:
    """Draw the pull of every point on w head to tail, sorted by direction; where they close, the gradient is zero.

    Parameters
    ----------
    dataset : Dataset
        With two features.
    model : Model
        Where in weight space.
    theme, height, title
        As for `direction_circle`.

    Returns
    -------
    plotly.graph_objects.Figure
        One arrow σ(−m_i)·s_i·x_i / n for every point, in the colour of its class. Their sum is −∇L, a thick arrow.

    Raises
    ------
    ValueError
        If data or model do not lie in a plane.

    Examples
    --------
    >>> pulls(Dataset([[1.0, 0.0], [1.0, 0.0]], [1, 0]), Model([0.0, 0.0])).layout.title.text
    'The pulls of all 2 points close: ∇L = 0'
    """
    corners, order = _polygon(dataset, model)
    low, high = corners.min(axis=0), corners.max(axis=0)
    room = 0.12 * float((high - low).max()) or 1.0
    said = _pull_words(dataset, corners, bool(model.bias)) if title is None else title
    margin = {**_MARGIN, "l": 92} if (high - low).max() < _POWERS_BELOW else _MARGIN
    layout = {
        **frame(theme, height=height, title=said, margin=margin),
        "xaxis": {**axis(theme, "along w₁"), "range": [low[0] - room, high[0] + room], "nticks": 6},
        "yaxis": {**axis(theme, "along w₂"), "range": [low[1] - room, high[1] + room], "nticks": 5},
    }
    layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1}
    traces = [
        *(_arrows(corners, order, dataset, label, theme) for label in (0, 1)),
        *_sum_traces(corners, theme),
    ]
    return figure(traces, {**layout, "annotations": _sum_notes(corners, theme), "meta": {"static": True}})


def pulls_alt(dataset: Dataset, model: Model) -> str:
    """Say in words what `pulls` shows.

    Parameters
    ----------
    dataset, model
        As for the figure.

    Returns
    -------
    str
    """
    corners, _ = _polygon(dataset, model)
    total = format_number(float(np.linalg.norm(np.diff(corners, axis=0), axis=1).sum()))
    said = f"The pulls of {dataset.n_samples} points on w, put head to tail, of total length {total}. "
    return f"{said}{_pull_words(dataset, corners, bool(model.bias))}."


def _free_cone(dataset: Dataset, found: LeastCost) -> tuple[float, float] | None:
    """Return the angles between which a direction costs nothing; equal for a ray, None where all cost something."""
    rows = dataset.signed_samples(fit_bias=False)
    rows = rows[np.any(rows != 0, axis=1)]
    if found.cost > 0 or not len(rows):
        return None
    middle = atan2(found.direction[1], found.direction[0])
    off = np.arctan2(rows[:, 1], rows[:, 0]) - middle
    off = (off + pi) % (2 * pi) - pi
    low, high = min(float(off.max()) - pi / 2, 0.0), max(float(off.min()) + pi / 2, 0.0)
    return (middle + low, middle + high) if high - low > _THIN else (middle, middle)


def _circle_words(dataset: Dataset, found: LeastCost, cone: tuple[float, float] | None) -> str:
    if cone is not None:
        width = degrees(cone[1] - cone[0])
        return (
            f"Free directions: a cone of {format_number(round(width, 6), 3)}°" if width else "One free direction only"
        )
    if found.cost == 0:
        return "All points at the origin: no direction changes L"
    which = "" if len(row_space(dataset.signed_samples(fit_bias=False))) == 2 else " that changes L"
    return f"Every direction{which} costs at least c* = {format_number(found.cost)}"


def _degrees(angle: float) -> str:
    return f"{format_number(round(degrees(angle), 6))}°"


def _at(angles: FloatArray, radii: ArrayLike = 1.0) -> FloatArray:
    return np.asarray(np.column_stack([np.cos(angles), np.sin(angles)]) * np.reshape(radii, (-1, 1)))


def _said(angles: FloatArray, costs: FloatArray) -> dict[str, Any]:
    said = "%{customdata[0]:.0f}°: cost %{customdata[1]:.3~g}<extra></extra>"
    return {"hoverinfo": None, "customdata": np.column_stack([np.degrees(angles), costs]), "hovertemplate": said}


def _free_traces(cone: tuple[float, float] | None, theme: Theme) -> list[Trace]:
    wedge = rim = _NOTHING
    if cone is not None:
        rim = _at(np.linspace(*cone, 91)) if cone[0] < cone[1] else _at(np.array(cone), [0.0, 1.0])
        wedge = np.concatenate([np.zeros((1, 2)), rim, np.zeros((1, 2))])
    return [
        _trace("proof", "free cone", wedge, fill="toself", fillcolor=_faint(theme.certain, 0.45), line={"width": 0}),
        _trace("proof", "free directions", rim, line={"color": theme.certain, "width": 6, "simplify": False}),
    ]


def _floor_traces(found: LeastCost, largest: float, theme: Theme) -> list[Trace]:
    place, spoke = _NOTHING, _NOTHING
    if found.cost > 0:
        place = (1.0 + found.cost / largest) * found.direction[None, :]
        spoke = np.concatenate([np.zeros((1, 2)), place])
    ring = {"symbol": "circle-open", "size": 18, "color": theme.certain, "line": {"width": 3.5}}
    return [
        _trace("proof", "cheapest line", spoke, line={"color": theme.certain, "width": 2.5, "dash": "dash"}),
        _trace("proof", "cheapest", place, mode="markers", marker=ring),
    ]


def _heading(weights: ArrayLike | None, run_index: int, theme: Theme) -> Trace:
    w = np.zeros(2) if weights is None else np.asarray(weights, dtype=np.float64)
    unit = w[None, :] / hypot(*w) if np.any(w) else _NOTHING
    marker = {"size": 11, "color": (theme.run, theme.run_b)[run_index], "line": {"width": 2, "color": theme.outline}}
    return _trace("cursor", f"direction {run_index}", unit, mode="markers", marker=marker)


def _cross(low: list[float], high: list[float], theme: Theme) -> list[dict[str, Any]]:
    """Return the two axes through the origin."""
    line = {"type": "line", "layer": "below", "line": {"color": theme.grid, "width": 1.5}}
    across = {"x0": low[0], "x1": high[0] - _ROOM, "y0": 0, "y1": 0}
    return [{**line, **across}, {**line, "x0": 0, "x1": 0, "y0": low[1], "y1": high[1] - _ROOM}]


def _axis_notes(radii: FloatArray, theme: Theme) -> list[dict[str, Any]]:
    """Name the axes just outside the cost curve."""
    right, up = float(radii[0]), float(radii[len(radii) // 4])
    first = {"x": right, "y": 0.0, "xanchor": "left", "yanchor": "middle", "xshift": 6}
    second = {"x": 0.0, "y": up, "xanchor": "center", "yanchor": "bottom", "yshift": 3}
    font = {"size": FONT_SIZE, "color": theme.muted}
    return [note(theme, name, xref="x", yref="y", font=font, **at) for name, at in (("w₁", first), ("w₂", second))]


def _cost_notes(angles: FloatArray, costs: FloatArray, theme: Theme) -> list[dict[str, Any]]:
    """Say what the area is, in its thickest part."""
    if not costs.any():
        return []
    x, y = _at(angles[[int(np.argmax(costs))]], 1.5)[0]
    place = {"x": float(x), "y": float(y), "xanchor": "center", "yanchor": "middle"}
    return [note(theme, "cost", xref="x", yref="y", **place)]


def _free_notes(
    found: LeastCost, largest: float, cone: tuple[float, float] | None, theme: Theme
) -> list[dict[str, Any]]:
    green = {"size": FONT_SIZE, "color": theme.certain}
    if cone is not None:
        middle = (cone[0] + cone[1]) / 2
        return [_beside(theme, "free", 1.2, cos(middle), sin(middle), green)]
    if found.cost == 0:
        return []
    text, radius = f"c* = {format_number(found.cost)}", 1.16 + found.cost / largest
    return [_beside(theme, text, radius, float(found.direction[0]), float(found.direction[1]), green)]


def _beside(theme: Theme, text: str, radius: float, x: float, y: float, font: dict[str, Any]) -> dict[str, Any]:
    """Return a note outward of a point of the circle."""
    across = "left" if x > 0.3 else "right" if x < -0.3 else "center"
    up = "bottom" if y > 0.3 else "top" if y < -0.3 else "middle"
    return note(theme, text, xref="x", yref="y", x=radius * x, y=radius * y, xanchor=across, yanchor=up, font=font)


def _polygon(dataset: Dataset, model: Model) -> tuple[FloatArray, Any]:
    """Return the corners of the pulls put head to tail by growing angle, and the order of the points."""
    if dataset.n_features != 2:
        raise ValueError(f"dataset: expected 2 features to draw a plane, got {dataset.n_features}.")
    arrows = point_pulls(dataset, model, fit_bias=False)
    angles = np.arctan2(arrows[:, 1], arrows[:, 0])
    order = np.argsort(angles, kind="stable")
    gaps = np.diff(angles[order], append=angles[order[0]] + 2 * pi)
    order = np.roll(order, -1 - int(np.argmax(gaps)))  # start behind the widest gap, so that a fan stays in one piece
    return np.concatenate([np.zeros((1, 2)), np.cumsum(arrows[order], axis=0)]), order


def _closes(corners: FloatArray) -> bool:
    return bool(hypot(*corners[-1]) <= _CLOSED * np.linalg.norm(np.diff(corners, axis=0), axis=1).sum())


def _pull_words(dataset: Dataset, corners: FloatArray, with_bias: bool) -> str:
    gradient = "∂L/∂w" if with_bias else "∇L"  # the pulls on b are not drawn
    if _closes(corners):
        return f"The pulls of all {dataset.n_samples} points close: {gradient} = 0"
    return f"The pulls do not close: ‖{gradient}‖ = {format_number(hypot(*corners[-1]))}"


def _arrows(corners: FloatArray, order: Any, dataset: Dataset, label: int, theme: Theme) -> Trace:
    own = np.flatnonzero(dataset.y[order] == label)
    gap = np.full((len(own), 2), np.nan)
    ends = np.stack([corners[own], corners[own + 1], gap], axis=1).reshape(-1, 2)
    size = float(np.ptp(corners, axis=0).max()) or 1.0
    visible = np.linalg.norm(corners[own + 1] - corners[own], axis=1) > 0.03 * size
    heads = np.column_stack([np.zeros(len(own)), 11.0 * visible, np.zeros(len(own))]).ravel()
    colour = theme.classes[label]
    marker = {
        "symbol": "arrow",
        "angleref": "previous",
        "size": heads,
        "color": colour,
        "opacity": 1,
        "line": {"width": 0},
    }
    words = [f"pull of point {i + 1}, class {label}" for i in order[own] for _ in range(3)]
    look = {"mode": "lines+markers", "marker": marker, "line": {"color": colour, "width": 2.5}}
    return _trace("pulls", f"class {label}", ends, **look, hoverinfo="text", hovertext=words)


def _sum_traces(corners: FloatArray, theme: Theme) -> list[Trace]:
    closed = _closes(corners)
    arrow = _NOTHING if closed else np.stack([np.zeros(2), corners[-1]])
    size = 18 if _long(corners) else 0  # a head must not hide its arrow
    head = {
        "symbol": "arrow",
        "angleref": "previous",
        "size": [0, size],
        "color": theme.text,
        "opacity": 1,
        "line": {"width": 0},
    }
    dot = {"size": 13, "color": theme.certain, "line": {"width": 2, "color": theme.outline}}
    start = {"symbol": "circle-open", "size": 10, "color": theme.text, "line": {"width": 2}}
    return [
        _trace("gradient", "arrow", arrow, mode="lines+markers", marker=head, line={"color": theme.text, "width": 5}),
        _trace("start", "start", _NOTHING if closed else corners[:1], mode="markers", marker=start),
        _trace("optimum", "closed", corners[:1] if closed else _NOTHING, mode="markers", marker=dot),
    ]


def _sum_notes(corners: FloatArray, theme: Theme) -> list[dict[str, Any]]:
    """Name the thick arrow, on the side where no pulls are: growing angles turn left, so they pass on its right."""
    if _closes(corners):
        return []
    x, y = corners[-1] / hypot(*corners[-1])
    middle = {"xref": "x", "yref": "y", "x": corners[-1][0] / 2, "y": corners[-1][1] / 2}
    shift = {"xshift": -26 * y, "yshift": 18 * x} if _long(corners) else {"xanchor": "left", "xshift": 12}
    return [note(theme, "<b>−∇L</b>", **middle, **shift)]


def _long(corners: FloatArray) -> bool:
    """Say whether the sum of the pulls is long enough in the picture to be seen as an arrow."""
    return bool(hypot(*corners[-1]) > 0.1 * np.ptp(corners, axis=0).max())


_NOTHING = np.empty((0, 2))


def _faint(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def _trace(role: str, part: str, points: FloatArray, **look: Any) -> Trace:
    meta = {"role": role, "part": part}
    return scatter(
        x=points[:, 0], y=points[:, 1], name=part, meta=meta, **{"mode": "lines", "hoverinfo": "skip", **look}
    )
