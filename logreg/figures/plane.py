"""The plane: points, the line p = 1/2, and the proof that the classes separate or overlap."""

from __future__ import annotations

from typing import Any

import numpy as np

from logreg.certificates.exact import integer_points
from logreg.certificates.margin import MaxMargin
from logreg.certificates.plane import convex_hull
from logreg.certificates.separability import Separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.numbers import counted, format_number
from logreg.figures.picture import NOWHERE, Picture, Trace, picture, trace
from logreg.figures.theme import (
    CLASS_SIZES,
    CLASS_SYMBOLS,
    CLEAR,
    FONT_SIZE,
    LIGHT,
    LOW_HEIGHT,
    PLANE_HEIGHT,
    Theme,
    axis,
    frame,
    ring,
)
from logreg.figures.tick_labels import label_width
from logreg.figures.window import Window, data_window, line_in_window
from logreg.training.model import Model

_MARGIN = {"l": 62, "r": 12, "t": 84, "b": 52}
_COMPACT_MARGIN = {"l": 34, "r": 6, "t": 28, "b": 24}
_WIDE, _COMPACT_WIDE = 60.0, 40.0  # pixels of a label, of which two have room below the smallest plane
SHARED_SIZE = 19
_FIELD_OPACITY = 0.42
_GAP = np.full((1, 2), np.nan)
_FIELD_CELLS = 81  # a side


def decision_boundary(
    dataset: Dataset,
    model: Model,
    *,
    separability: Separability | None = None,
    max_margin: MaxMargin | None = None,
    step: int | None = None,
    theme: Theme = LIGHT,
    compact: bool = False,
    title: str | None = None,
    flipped: int | None = None,
    features: tuple[str, ...] = (),
) -> Picture:
    """Draw the points, the line p = 1/2, and the proof of the verdict.

    Parameters
    ----------
    dataset : Dataset
        Two features.
    model : Model
        Whose line w·x + b = 0 is drawn.
    separability : Separability or None
        Draws the common point of the hulls with its at most 4 points where the classes do not separate.
    max_margin : object with weights, bias and support, or None
        Draws the line of largest margin, its band and its support vectors.
    step : int or None
        The step of a run that the model belongs to, for the words.
    compact : bool
        For a small plane, about 300 × 250 pixels: no legend, no axis titles, narrow margins.
    title : str or None
        In place of the line's equation; a compact plane without it has none.
    flipped : int or None
        Index of the sample to ring: the one whose label is flipped.
    features : tuple of str
        What x₁ and x₂ are, for the axes; empty says nothing.

    Returns
    -------
    Picture
        The same traces in the same order for any data, empty where there is nothing to show. The probability is the
        stage's to draw, in the colours of `layout.meta["field"]`; so is a second, pinned line.

    Raises
    ------
    ValueError
        If data or model do not lie in a plane, or there is no sample `flipped`.

    Examples
    --------
    >>> plane = decision_boundary(Dataset([[0, 0], [1, 1]], [0, 1]), Model([1.0, 1.0], -1.0))
    >>> [trace.meta["role"] for trace in plane.figure.data][:2]
    ['proof', 'proof']
    >>> plane.alt.partition(", ")[2]
    '1·x₁ + 1·x₂ − 1 = 0, has 2 of 2 points on its right side.'
    """
    if model.n_features != 2:
        raise ValueError(f"model: expected 2 weights to draw a plane, got {model.n_features}.")
    shown = data_window(dataset)
    boundary = line_in_window(model.weights, model.bias, shown)
    traces = [*_hulls(dataset, separability, theme), *_band(dataset, max_margin, shown, theme)]
    traces += [*_common(dataset, separability, shown, theme), *_lines(boundary, theme)]
    traces += [*_points(dataset, theme), _flipped(dataset, flipped, theme)]
    said = title if title is not None else "" if compact else _title(model)
    words = _words(dataset, model, boundary is not None, step)
    return picture(traces, _layout(said, shown, theme, compact, features), f"{words}{_proof(separability, max_margin)}")


def with_field(plane: Picture, model: Model) -> Picture:
    """Return a plane with the model's probability under it, as a stage draws it: for a notebook, or a page of paper.

    Parameters
    ----------
    plane : Picture
        From `decision_boundary`.
    model : Model
        Of two weights.

    Returns
    -------
    Picture
        With a heat map of p as its first trace, in the plane's own colours; its window is the plane's.

    Examples
    --------
    >>> model = Model([1.0, 1.0], -1.0)
    >>> plane = with_field(decision_boundary(Dataset([[0, 0], [1, 1]], [0, 1]), model), model)
    >>> plane.figure.data[0].type, bool((plane.figure.data[0].z < 1).all())
    ('heatmap', True)
    """
    ranges = (plane.layout[name]["range"] for name in ("xaxis", "yaxis"))
    across, up = (np.linspace(low, high, _FIELD_CELLS) for low, high in ranges)
    grid = np.column_stack([part.ravel() for part in np.meshgrid(across, up)])
    z = model.predict_proba(grid).reshape(_FIELD_CELLS, -1)
    look = {"zmin": 0.0, "zmax": 1.0, "showscale": False, "hoverinfo": "skip", **plane.layout["meta"]["field"]}
    meta = {"role": "field", "part": "probability"}
    field = {"type": "heatmap", "x": across, "y": up, "z": z, "meta": meta, **look}
    return Picture((field, *plane.data), plane.layout, plane.alt)


def _words(dataset: Dataset, model: Model, in_window: bool, step: int | None) -> str:
    ones = int(dataset.y.sum())
    zeros = dataset.n_samples - ones
    said = f"The plane with {counted(zeros)} of class 0 and {ones:,} of class 1."
    if not np.any(model.weights):
        return f"{said} {_no_boundary(model)}."
    line = f"{'The line' if step is None else f'At step {step:,} the line'} p = 1/2, {_equation(model)},"
    sides = dataset.signs * model.decision_function(dataset.X)
    right, on = int((sides > 0).sum()), int((sides == 0).sum())
    said += f" {line} has {right} of {counted(dataset.n_samples)} on its right side"
    said += f" and goes through {on}." if on else "."
    return said if in_window else f"{said} It lies outside the window."


def _proof(separability: Separability | None, max_margin: MaxMargin | None) -> str:
    if max_margin is not None and np.any(max_margin.weights):
        words = f"The band of largest margin reaches {format_number(max_margin.margin)} to each side of its line"
        return f" {words} and touches {counted(len(max_margin.support), 'support vector')}."
    if separability is not None and separability.common_point is not None:
        x, y = (format_number(v) for v in separability.common_point)
        return f" The convex hulls of the classes share the point ({x}, {y}): no line separates them."
    return ""


def _part(role: str, part: str, points: FloatArray, name: str = "", **look: Any) -> Trace:
    """Return one trace; it is in the legend if it has a name and something to show."""
    return trace(role, part, *points.T, **{"name": name, "showlegend": bool(name) and len(points) > 0, **look})


def _hulls(dataset: Dataset, separability: Separability | None, theme: Theme) -> list[Trace]:
    traces = []
    rows = [] if separability is None else [(a, b) for a, b in integer_points(dataset)[0]]
    for label in (0, 1):
        outline = NOWHERE
        members = np.flatnonzero(dataset.y == label).tolist()
        if rows and members:
            corners = convex_hull(rows, members)
            outline = dataset.X[[*corners, corners[0]]]
        look: dict[str, Any] = {"line": {"color": theme.classes[label], "width": 1.5, "dash": "dot"}, "opacity": 0.7}
        traces.append(_part("proof", f"hull {label}", outline, **look))
    return traces


def _band(dataset: Dataset, line: MaxMargin | None, window: Window, theme: Theme) -> list[Trace]:
    middle, rims, support = NOWHERE, NOWHERE, NOWHERE
    if line is not None and np.any(line.weights):
        # the support vectors lie where w·x + b is -1 and 1
        slices = [line_in_window(line.weights, line.bias, _beyond(window), at) for at in (0.0, -1.0, 1.0)]
        middle = NOWHERE if slices[0] is None else slices[0]
        rims = np.concatenate([NOWHERE, *(part for ends in slices[1:] if ends is not None for part in (ends, _GAP))])
        support = dataset.X[np.asarray(line.support, dtype=np.int64)]
    dashed, dotted = ({"color": theme.certain, "width": w, "dash": dash} for w, dash in ((2, "dash"), (1.5, "dot")))
    return [
        _part("margin", "line", middle, "margin", legendrank=4, line=dashed),
        _part("margin", "band", rims, line=dotted),
        _part("margin", "support", support, mode="markers", marker=ring(theme.certain, 20)),
    ]


def _beyond(window: Window) -> Window:
    """Return a window that is three times as wide and high: an edit, or a hand, may have moved the one that is seen."""
    left, right, low, high = window
    wide, tall = right - left, high - low
    return left - wide, right + wide, low - tall, high + tall


def _common(dataset: Dataset, verdict: Separability | None, window: Window, theme: Theme) -> list[Trace]:
    joined, ringed, point, touching = NOWHERE, NOWHERE, NOWHERE, NOWHERE
    if verdict is not None and verdict.common_indices:
        members = np.array(verdict.common_indices)
        ringed = dataset.X[members]
        if verdict.common_point is not None:
            point = np.array([verdict.common_point])
            groups = [dataset.X[members[dataset.y[members] == label]] for label in (0, 1)]
            joined = np.concatenate([part for group in groups for part in (group, group[:1], _GAP)])
    if verdict is not None and verdict.kind == "quasi-separable" and verdict.weights is not None:
        ends = line_in_window(verdict.weights, float(verdict.bias or 0.0), _beyond(window))
        touching = NOWHERE if ends is None else ends
    cross = {"symbol": "x", "size": 13, "color": theme.certain, "line": {"width": 1.5, "color": theme.outline}}
    look = {"hoverinfo": "text", "hovertext": "common point of the two convex hulls", "legendrank": 4}
    return [
        _part("proof", "touching line", touching, line={"color": theme.certain, "width": 2, "dash": "dash"}),
        _part("proof", "joined", joined, line={"color": theme.certain, "width": 2.5}),
        _part("proof", "points", ringed, mode="markers", marker=ring(theme.certain, 20)),
        _part("proof", "common point", point, "common point", mode="markers", marker=cross, **look),
    ]


def _lines(boundary: FloatArray | None, theme: Theme) -> list[Trace]:
    """Return the place of a pinned run's line, which the stage fills in, and the line p = 1/2."""
    ends = NOWHERE if boundary is None else boundary
    pinned, own = {"color": theme.muted, "width": 2, "dash": "longdash"}, {"color": theme.boundary, "width": 3.5}
    return [
        _part("boundary", "pinned", NOWHERE, "pinned", legendrank=5, line=pinned),
        _part("boundary", "line", ends, "p = 1/2", legendrank=3, line=own),
    ]


def _points(dataset: Dataset, theme: Theme) -> list[Trace]:
    traces = []
    for label, (symbol, size) in enumerate(zip(CLASS_SYMBOLS, CLASS_SIZES, strict=True)):
        rim = {"width": 1.2, "color": theme.outline}
        marker = {"symbol": symbol, "size": size, "color": theme.classes[label], "line": rim}
        look = {"mode": "markers", "marker": marker, "hoverinfo": "text", "legendrank": 1 + label}
        name = f"class {label}"
        traces.append(_part("points", name, dataset.X[dataset.y == label], name, **look))
    return [traces[0], _shared(dataset, theme), traces[1]]


def shared_places(dataset: Dataset) -> set[tuple[float, float]]:
    """Return where points of both classes lie: a diamond would hide a circle, so the circle is of `SHARED_SIZE`."""
    zeros, ones = ({(float(x), float(y)) for x, y in dataset.X[dataset.y == label]} for label in (0, 1))
    return zeros & ones


def _shared(dataset: Dataset, theme: Theme) -> Trace:
    """Return a disc of class 0 under each diamond of class 1 that would hide a circle."""
    shared = shared_places(dataset)
    places = np.array(sorted(shared)) if shared else NOWHERE
    disc = {"size": SHARED_SIZE, "color": theme.classes[0], "line": {"width": 1.2, "color": theme.outline}}
    return _part("shared", "place", places, mode="markers", marker={"symbol": "circle", **disc})


def _flipped(dataset: Dataset, index: int | None, theme: Theme) -> Trace:
    if index is not None and not 0 <= index < dataset.n_samples:
        raise ValueError(f"flipped: expected an index below {dataset.n_samples}, got {index!r}.")
    place = NOWHERE if index is None else dataset.X[[index]]
    return _part("flipped", "point", place, mode="markers", marker=ring(theme.text, 19))


def _legend(theme: Theme) -> dict[str, Any]:
    return {
        "orientation": "h",
        **{"x": 0.0, "xanchor": "left", "xref": "paper"},
        **{"y": 1.0, "yanchor": "bottom", "yref": "paper"},
        "font": {"size": FONT_SIZE, "color": theme.text},
        "bgcolor": CLEAR,
        "itemsizing": "trace",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _layout(title: str, shown: Window, theme: Theme, compact: bool, features: tuple[str, ...]) -> dict[str, Any]:
    """Return it in one piece: Plotly's update methods would take twice as long as all the rest."""
    margin, few = (_COMPACT_MARGIN, {"nticks": 5}) if compact else (_MARGIN, {})
    said = [f", {feature}" for feature in features] or ["", ""]
    names = ("", "") if compact else tuple(f"{name}{what}" for name, what in zip(("x₁", "x₂"), said, strict=True))
    x, y = ({**axis(theme, name), **few, "constrain": "domain"} for name in names)
    if label_width(*shown[:2], few.get("nticks", 10)) > (_COMPACT_WIDE if compact else _WIDE):
        x |= {"nticks": 2, "tickangle": 0}  # more would lie on their side, and be cut off
    return {
        **frame(theme, height=LOW_HEIGHT if compact else PLANE_HEIGHT, title=title, margin=margin),
        **{"showlegend": not compact, "legend": _legend(theme)},
        "xaxis": {**x, "range": shown[:2]},
        "yaxis": {**y, "range": shown[2:], "scaleanchor": "x", "scaleratio": 1},
        "meta": {"field": {"colorscale": theme.field_scale, "opacity": _FIELD_OPACITY}},
    }


def _title(model: Model) -> str:
    return _equation(model) if np.any(model.weights) else _no_boundary(model)


def _equation(model: Model) -> str:
    """Return w₁·x₁ + w₂·x₂ + b = 0 with its numbers."""
    first, second = (float(w) for w in model.weights)
    terms = f"{format_number(first)}·x₁ {_signed(second)}·x₂"
    return f"{terms} {_signed(model.bias)} = 0" if model.bias else f"{terms} = 0"


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'} {format_number(abs(value))}"


def _no_boundary(model: Model) -> str:
    p = float(model.predict_proba([[0.0, 0.0]])[0])
    return f"w = 0: no boundary, p = {format_number(p)} everywhere"
