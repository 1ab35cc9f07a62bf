"""The directions of weight space on a circle: what each one costs, and which are free."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, sin
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.numbers import format_number
from logreg.figures.picture import NOWHERE, Picture, Trace, picture, trace
from logreg.figures.theme import FONT_SIZE, LIGHT, PICTURE_HEIGHT, Theme, dot, faint, frame, note, ring
from logreg.theory.arrows import off_origin
from logreg.theory.directions import LeastCost, direction_cost, least_cost

_MARGIN = {"l": 8, "r": 8, "t": 34, "b": 8}
_ROOM = 0.3  # round the cost curve, for the names of the axes; the circle has radius 1
_APART = 0.16  # of a note from the place that it names
_LETTER, _LINE = 0.1, 0.26  # of a note, where a plot is small
_WIDER = 0.4  # by how much more a plot reaches to either side, being wider than high
_THIN = 1e-11  # radians: what is told of a narrower cone is rounding

Cone = tuple[float, float]


def direction_circle(
    dataset: Dataset,
    *,
    cost_floor: LeastCost | None = None,
    run_index: int = 0,
    weights: ArrayLike | None = None,
    name: str = "",
    theme: Theme = LIGHT,
) -> Picture:
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
    name : str
        Whose circle it is, as "A".

    Returns
    -------
    Picture
        The cost curve has radius 1 + cost/largest cost.

    Raises
    ------
    ValueError
        If the data do not have two features.

    Examples
    --------
    >>> direction_circle(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1])).figure.layout.title.text
    'Free directions: a cone of 90°'
    """
    found = least_cost(dataset, fit_bias=False) if cost_floor is None else cost_floor
    angles = np.linspace(0.0, 2 * pi, 361)
    costs = direction_cost(dataset, angles, fit_bias=False)
    largest = float(costs.max())
    cone = free_cone(dataset, found)
    radii = 1.0 + costs / (largest or 1.0)
    outer = _at(angles, radii)
    traces = [
        *_cost_traces(angles, costs, outer, theme),
        *_free_traces(cone, theme),
        *_floor_traces(found, largest, theme),
        _heading(weights, run_index, theme),
    ]
    said = _circle_words(dataset, found, cone)
    layout = frame(theme, height=PICTURE_HEIGHT, title=said, margin=_MARGIN, name=name) | _axes(outer, theme)
    notes = [
        *_axis_notes(radii, theme),
        *_cost_notes(angles, costs, found, theme),
        *_free_notes(found, largest, cone, outer, theme),
    ]
    words = "All directions of w as a circle, with the cost of each outward of it, "
    words += f"at most about {format_number(largest, 3)}. {said}{_where(found, cone)}."
    return picture(traces, {**layout, "annotations": notes, "meta": {"static": True}}, words)


def _where(found: LeastCost, cone: Cone | None) -> str:
    if cone is not None:
        return f", from {_degrees(cone[0])} to {_degrees(cone[1])} against the w₁ axis"
    x, y = (format_number(float(v)) for v in found.direction)
    return f"; the cheapest direction is ({x}, {y})" if found.cost else ""


def free_cone(dataset: Dataset, found: LeastCost) -> Cone | None:
    """Return the angles in radians between which a direction costs nothing: equal for a ray.

    None where all cost something, or nothing is known to. Whether it is a ray is exact: where some direction separates
    the points, its neighbours do.

    Parameters
    ----------
    dataset : Dataset
        With two features; there is no bias here.
    found : LeastCost
        Its cheapest direction.

    Examples
    --------
    >>> touching = Dataset([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [0, 1, 1])
    >>> [round(degrees(angle), 6) for angle in free_cone(touching, least_cost(touching, fit_bias=False))]
    [90.0, 90.0]
    """
    rows = dataset.signed_samples(fit_bias=False)
    rows = rows[np.any(rows != 0, axis=1)]
    if found.cost > 0 or not len(rows):
        return None
    middle = atan2(found.direction[1], found.direction[0])
    off = np.arctan2(rows[:, 1], rows[:, 0]) - middle
    off = (off + pi) % (2 * pi) - pi
    low, high = min(float(off.max()) - pi / 2, 0.0), max(float(off.min()) + pi / 2, 0.0)
    if check_separability(off_origin(dataset), fit_bias=False).kind != "separable":
        return middle, middle
    return middle + min(low, -_THIN / 4), middle + max(high, _THIN / 4)


def _circle_words(dataset: Dataset, found: LeastCost, cone: Cone | None) -> str:
    if cone is not None and cone[0] < cone[1]:
        wide, least = cone[1] - cone[0], "less than " if cone[1] - cone[0] < _THIN else ""
        return f"Free directions: a cone of {least}{format_number(degrees(max(wide, _THIN)), 3)}°"
    if cone is not None:
        return "One free direction only"
    if found.cost == 0:
        return "All points at the origin: no direction changes L"
    which = "" if found.spans else " that changes L"
    return f"Every direction{which} costs at least c* = {format_number(found.cost)}"


def _degrees(angle: float) -> str:
    return f"{format_number(round(degrees(angle), 6))}°"


def _at(angles: FloatArray, radii: ArrayLike = 1.0) -> FloatArray:
    return np.asarray(np.column_stack([np.cos(angles), np.sin(angles)]) * np.reshape(radii, (-1, 1)))


def _cost_traces(angles: FloatArray, costs: FloatArray, outer: FloatArray, theme: Theme) -> list[Trace]:
    """Return the area between circle and cost curve, the curve, and the circle."""
    circle = _at(angles)
    area: dict[str, Any] = {"fill": "toself", "fillcolor": faint(theme.muted, 0.22), "line": {"width": 0}}
    said = "%{customdata[0]:.0f}°: cost %{customdata[1]:.3~g}<extra></extra>"
    hover: dict[str, Any] = {"customdata": np.column_stack([np.degrees(angles), costs]), "hovertemplate": said}
    muted, plain = ({"color": c, "width": w, "simplify": False} for c, w in ((theme.muted, 2.5), (theme.text, 1.5)))
    return [
        trace("cost", "area", *np.concatenate([outer, circle[::-1]]).T, **area),
        trace("cost", "curve", *outer.T, line=muted, **hover),
        trace("circle", "line", *circle.T, line=plain),
    ]


def _free_traces(cone: Cone | None, theme: Theme) -> list[Trace]:
    wedge = rim = NOWHERE
    if cone is not None:
        rim = _at(np.linspace(*cone, 91)) if cone[0] < cone[1] else _at(np.array(cone), [0.0, 1.0])
        wedge = np.concatenate([np.zeros((1, 2)), rim, np.zeros((1, 2))])
    area: dict[str, Any] = {"fill": "toself", "fillcolor": faint(theme.certain, 0.45), "line": {"width": 0}}
    return [
        trace("proof", "free cone", *wedge.T, **area),
        trace("proof", "free directions", *rim.T, line={"color": theme.certain, "width": 6, "simplify": False}),
    ]


def _floor_traces(found: LeastCost, largest: float, theme: Theme) -> list[Trace]:
    place = spoke = NOWHERE
    if found.cost > 0:
        place = (1.0 + found.cost / largest) * found.direction[None, :]
        spoke = np.concatenate([np.zeros((1, 2)), place])
    dashed = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    return [
        trace("proof", "cheapest line", *spoke.T, line=dashed),
        trace("proof", "cheapest", *place.T, mode="markers", marker=ring(theme.certain, 18, 3.5)),
    ]


def _heading(weights: ArrayLike | None, run_index: int, theme: Theme) -> Trace:
    w = np.zeros(2) if weights is None else np.asarray(weights, dtype=np.float64)
    unit = w[None, :] / hypot(*w) if np.any(w) else NOWHERE
    marker = dot(theme, theme.runs[run_index], 11)
    return trace("cursor", f"direction {run_index}", *unit.T, mode="markers", marker=marker)


def _axes(outer: FloatArray, theme: Theme) -> dict[str, Any]:
    """Return axes that are not drawn, to one scale with the origin in the middle, and a cross through it."""
    low, high = (outer.min(axis=0) - _ROOM).tolist(), (outer.max(axis=0) + _ROOM).tolist()
    side = float(np.abs(outer[:, 0]).max()) + _ROOM  # names stand on both sides
    line = {"type": "line", "layer": "below", "line": {"color": theme.grid, "width": 1.5}}
    across = {"x0": low[0], "x1": high[0] - _ROOM, "y0": 0, "y1": 0}
    up = {"x0": 0, "x1": 0, "y0": low[1], "y1": high[1] - _ROOM}
    return {
        "xaxis": {"visible": False, "range": [-side, side]},
        "yaxis": {"visible": False, "range": [low[1], high[1]], "scaleanchor": "x", "scaleratio": 1},
        "shapes": [{**line, **across}, {**line, **up}],
    }


def _axis_notes(radii: FloatArray, theme: Theme) -> list[dict[str, Any]]:
    """Name the axes just outside the cost curve."""
    right, up = float(radii[0]), float(radii[len(radii) // 4])
    first = {"x": right, "y": 0.0, "xanchor": "left", "yanchor": "middle", "xshift": 6}
    second = {"x": 0.0, "y": up, "xanchor": "center", "yanchor": "bottom", "yshift": 3}
    font = {"size": FONT_SIZE, "color": theme.muted}
    return [note(theme, name, xref="x", yref="y", font=font, **at) for name, at in (("w₁", first), ("w₂", second))]


def _cost_notes(angles: FloatArray, costs: FloatArray, found: LeastCost, theme: Theme) -> list[dict[str, Any]]:
    """Say what the area is, in its thickest part: of several such the one away from the cheapest direction's line."""
    if not costs.any():
        return []
    thickest = angles[costs >= (1 - 1e-9) * costs.max()]
    x, y = 1.5 * min(_at(thickest), key=lambda at: float(at @ found.direction) if found.cost > 0 else 0.0)
    place = {"x": float(x), "y": float(y), "xanchor": "center", "yanchor": "middle"}
    return [note(theme, "cost", xref="x", yref="y", **place)]


def _free_notes(
    found: LeastCost, largest: float, cone: Cone | None, outer: FloatArray, theme: Theme
) -> list[dict[str, Any]]:
    if cone is not None:
        middle = (cone[0] + cone[1]) / 2
        return [_beside(theme, "free", 1.0, (cos(middle), sin(middle)), outer)]
    if found.cost == 0:
        return []
    x, y = found.direction.tolist()
    return [_beside(theme, f"c* = {format_number(found.cost)}", 1.0 + found.cost / largest, (x, y), outer)]


def _beside(
    theme: Theme, text: str, radius: float, direction: tuple[float, float], outer: FloatArray
) -> dict[str, Any]:
    """Return a note beside a place of the circle: outward of it, or where less lies under it."""
    tip = radius * np.array(direction)
    x, y, across, up = min(_places(tip, direction), key=lambda place: _lies_over(place, text, tip, outer))
    anchors = {"xanchor": ("center", "left", "right")[int(across)], "yanchor": ("middle", "bottom", "top")[int(up)]}
    font = {"size": FONT_SIZE, "color": theme.certain}
    return note(theme, text, xref="x", yref="y", x=x, y=y, **anchors, font=font)


def _places(tip: FloatArray, direction: tuple[float, float]) -> list[tuple[float, ...]]:
    """Return where a note on a tip may stand, and to which side of that place: outward, round the tip, on the way."""

    def side(x: float, y: float) -> tuple[float, float]:
        return (x > 0.3) - (x < -0.3), (y > 0.3) - (y < -0.3)

    x, y = direction
    places = [(tip + _APART * np.array([x, y]), side(x, y))]
    round_it = [(across, up) for up in (1.0, -1.0, 0.0) for across in (-1.0, 1.0, 0.0) if across or up]
    places += [(tip + _APART * np.array(to), to) for to in round_it]
    places += [(0.5 * np.array([x, y]) + 0.5 * _APART * np.array(to), side(*to)) for to in ((-y, x), (y, -x))]
    return [(float(at[0]), float(at[1]), *to) for at, to in places]


def _lies_over(place: tuple[float, ...], text: str, tip: FloatArray, outer: FloatArray) -> int:
    """Return how much a note lies over: points of curves and spoke; an axis' name or the edge counts for more."""
    x, y, across, up = place
    half = np.array([0.5 * _LETTER * len(text), 0.5 * _LINE])
    middle = np.array([x, y]) + half * (across, up)
    lines = np.vstack([outer, outer / np.hypot(*outer.T)[:, None], np.linspace(0.0, 1.0, 50)[:, None] * tip])
    over = int((np.abs(lines - middle) < half).all(axis=1).sum())
    right, top = float(outer[0, 0]), float(outer[len(outer) // 4, 1])
    names = ((right + 0.2, 0.0), (0.0, top + 0.16))
    over += 1000 * sum(bool((np.abs(middle - name) < half + 0.14).all()) for name in names)
    return over + 100 * bool(abs(middle[0]) + half[0] > np.abs(outer[:, 0]).max() + _ROOM + _WIDER)
