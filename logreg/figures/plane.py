"""The plane: points, probability, the line p = 1/2, and the proof that the classes separate or overlap."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from logreg.certificates.exact import integer_rows
from logreg.certificates.margin import MaxMargin
from logreg.certificates.plane import convex_hull
from logreg.certificates.separability import Separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.graph import Trace, figure, scatter
from logreg.figures.numbers import format_number
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, FONT_SIZE, LIGHT, PLANE_HEIGHT, Theme, axis, frame, note
from logreg.figures.window import Window, data_window, line_in_window
from logreg.training.model import Model

_CELLS = (75, 60)  # of the field, across and up: square cells in a window of 1.25 to 1
_MARGIN = {"l": 62, "r": 12, "t": 84, "b": 52}
_COMPACT_MARGIN = {"l": 34, "r": 6, "t": 28, "b": 24}
_COMPACT_HEIGHT = 195
_SMALLER = 2  # pixels, of a point in a compact plane


def decision_boundary(
    dataset: Dataset,
    model: Model,
    *,
    separability: Separability | None = None,
    max_margin: MaxMargin | None = None,
    pinned_model: Model | None = None,
    theme: Theme = LIGHT,
    window: Window | None = None,
    field: bool = True,
    compact: bool = False,
    title: str | None = None,
    flipped: int | None = None,
) -> go.Figure:
    """Draw the points, p over the plane, the line p = 1/2, and the proof of the verdict.

    Parameters
    ----------
    dataset : Dataset
        Two features.
    model : Model
        Whose p = σ(w·x + b) is drawn.
    separability : Separability or None
        Draws the common point of the hulls with its at most 4 points where the classes do not separate.
    max_margin : object with weights, bias and support, or None
        Draws the line of largest margin, its band and its support vectors.
    pinned_model : Model or None
        A second line, drawn faint.
    theme : Theme
        Colours.
    window : tuple of float or None
        xmin, xmax, ymin, ymax; None takes `data_window`.
    field : bool
        Whether to draw the probability and to say it at each point; without it both are left to the stage.
    compact : bool
        For a small plane, about 300 × 195 pixels: no legend, no axis titles, narrow margins, smaller points.
    title : str or None
        In place of the line's equation; a compact plane without it has none.
    flipped : int or None
        Index of the sample to ring: the one whose label is flipped.

    Returns
    -------
    plotly.graph_objects.Figure
        The same traces in the same order for any data, empty where there is nothing to show; each says what it is
        in `meta["role"]` and `meta["part"]`.

    Raises
    ------
    ValueError
        If data or model do not lie in a plane, or there is no sample `flipped`.

    Notes
    -----
    The field is float32 on 75 × 60 cells: it is for colour only. Hover takes p from float64.

    Examples
    --------
    >>> figure = decision_boundary(Dataset([[0, 0], [1, 1]], [0, 1]), Model([1.0, 1.0], -1.0))
    >>> [trace.meta["role"] for trace in figure.data][:2]
    ['field', 'proof']
    """
    if model.n_features != 2:
        raise ValueError(f"model: expected 2 weights to draw a plane, got {model.n_features}.")
    shown = data_window(dataset) if window is None else window
    traces = [_field(model, shown, theme, field), *_hulls(dataset, separability, theme)]
    traces += [*_band(dataset, max_margin, shown, theme), *_common(dataset, separability, shown, theme)]
    traces += [_line(pinned_model, shown, theme, pinned=True), _line(model, shown, theme, pinned=False)]
    traces += [*_points(dataset, model, theme, say=field, smaller=_SMALLER if compact else 0)]
    traces += [_flipped(dataset, flipped, theme)]
    return figure(traces, _layout(model, shown, theme, compact, title))


def decision_boundary_alt(
    dataset: Dataset,
    model: Model,
    *,
    separability: Separability | None = None,
    max_margin: MaxMargin | None = None,
    step: int | None = None,
) -> str:
    """Say in words what `decision_boundary` shows.

    Parameters
    ----------
    dataset, model, separability, max_margin
        As for the figure.
    step : int or None
        The step of a run that the model belongs to.

    Returns
    -------
    str

    Examples
    --------
    >>> decision_boundary_alt(Dataset([[0, 0], [1, 1]], [0, 1]), Model([0.0, 0.0]))
    'The plane with 1 point of class 0 and 1 of class 1. w = 0: no boundary, p = 0.5 everywhere.'
    """
    ones = int(dataset.y.sum())
    zeros = dataset.n_samples - ones
    said = [f"The plane with {zeros} point{'' if zeros == 1 else 's'} of class 0 and {ones} of class 1."]
    line = "The line" if step is None else f"At step {step:,} the line"
    if np.any(model.weights):
        right = int((model.predict(dataset.X) == dataset.y).sum())
        said.append(f"{line} p = 1/2, {_equation(model)}, has {right} of {dataset.n_samples} points on its right side.")
        if line_in_window(model.weights, model.bias, data_window(dataset)) is None:
            said.append("It lies outside the window.")
    else:
        said.append(f"{_no_boundary(model)}.")
    return " ".join([*said, *_proof_words(dataset, separability, max_margin)])


def _proof_words(dataset: Dataset, separability: Separability | None, max_margin: MaxMargin | None) -> list[str]:
    if max_margin is not None and np.any(max_margin.weights):
        words = f"The band of largest margin reaches {format_number(max_margin.margin)} to each side of its line"
        return [f"{words} and touches {len(max_margin.support)} support vectors."]
    if separability is not None and separability.common_point is not None:
        x, y = (format_number(v) for v in separability.common_point)
        return [f"The convex hulls of the classes share the point ({x}, {y}): no line separates them."]
    return []


def _field(model: Model, window: Window, theme: Theme, show: bool) -> Trace:
    x, y = (
        low + (high - low) * (np.arange(cells) + 0.5) / cells
        for (low, high), cells in zip((window[:2], window[2:]), _CELLS, strict=True)
    )
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    p = model.predict_proba(grid).reshape(len(y), len(x))
    with np.errstate(under="ignore"):
        z = p.astype(np.float32)
    shown = {"x": x, "y": y, "z": z, "zmin": 0, "zmax": 1, "zsmooth": "fast"} if show else {}
    return {
        "type": "heatmap",
        **shown,
        "colorscale": theme.field_scale,
        "opacity": 0.42,
        "showscale": False,
        "hoverinfo": "skip",
        "name": "p",
        "meta": {"role": "field", "part": "probability"},
    }


def _trace(role: str, part: str, points: FloatArray, name: str = "", **look: Any) -> Trace:
    """Return one scatter trace; it is in the legend if it has a name and something to show."""
    shown = {"mode": "lines", "hoverinfo": "skip", "showlegend": bool(name) and len(points) > 0, "cliponaxis": True}
    return scatter(x=points[:, 0], y=points[:, 1], name=name, meta={"role": role, "part": part}, **{**shown, **look})


_NOTHING = np.empty((0, 2))
_GAP = np.full((1, 2), np.nan)


def _hulls(dataset: Dataset, separability: Separability | None, theme: Theme) -> list[Trace]:
    traces = []
    rows = [] if separability is None else [(int(a), int(b)) for a, b in integer_rows(dataset.X)[0]]
    for label in (0, 1):
        outline = _NOTHING
        members = np.flatnonzero(dataset.y == label).tolist()
        if rows and members:
            corners = [source[0] for source in convex_hull(rows, members).sources]
            outline = dataset.X[[*corners, corners[0]]]
        look: dict[str, Any] = {"line": {"color": theme.classes[label], "width": 1.5, "dash": "dot"}, "opacity": 0.7}
        traces.append(_trace("proof", f"hull {label}", outline, **look))
    return traces


def _band(dataset: Dataset, line: MaxMargin | None, window: Window, theme: Theme) -> list[Trace]:
    middle, rims, support = _NOTHING, _NOTHING, _NOTHING
    if line is not None and np.any(line.weights):
        # the support vectors lie where w·x + b is -1 and 1
        cuts = [line_in_window(line.weights, line.bias, window, at) for at in (0.0, -1.0, 1.0)]
        middle = _NOTHING if cuts[0] is None else cuts[0]
        rims = np.concatenate([_NOTHING, *(part for cut in cuts[1:] if cut is not None for part in (cut, _GAP))])
        support = dataset.X[np.asarray(line.support, dtype=np.int64)]
    thin = {"color": theme.certain, "width": 2}
    ring = {"symbol": "circle-open", "size": 20, "color": theme.certain, "line": {"width": 2.5}}
    return [
        _trace("margin", "line", middle, "margin", legendrank=4, line={**thin, "dash": "dash"}),
        _trace("margin", "band", rims, line={**thin, "width": 1.5, "dash": "dot"}),
        _trace("margin", "support", support, mode="markers", marker=ring),
    ]


def _common(dataset: Dataset, verdict: Separability | None, window: Window, theme: Theme) -> list[Trace]:
    joined, ringed, point, touching = _NOTHING, _NOTHING, _NOTHING, _NOTHING
    if verdict is not None and verdict.common_indices:
        members = np.array(verdict.common_indices)
        ringed = dataset.X[members]
        if verdict.common_point is not None:
            point = np.array([verdict.common_point])
            groups = [dataset.X[members[dataset.y[members] == label]] for label in (0, 1)]
            joined = np.concatenate([part for group in groups for part in (group, group[:1], _GAP)])
    if verdict is not None and verdict.kind == "quasi-separable" and verdict.weights is not None:
        cut = line_in_window(verdict.weights, float(verdict.bias or 0.0), window)
        touching = _NOTHING if cut is None else cut
    ring = {"symbol": "circle-open", "size": 20, "color": theme.certain, "line": {"width": 2.5}}
    cross = {"symbol": "x", "size": 13, "color": theme.certain, "line": {"width": 1.5, "color": theme.outline}}
    look = {"hoverinfo": "text", "hovertext": "common point of the two convex hulls", "legendrank": 4}
    return [
        _trace("proof", "touching line", touching, line={"color": theme.certain, "width": 2, "dash": "dash"}),
        _trace("proof", "joined", joined, line={"color": theme.certain, "width": 2.5}),
        _trace("proof", "points", ringed, mode="markers", marker=ring),
        _trace("proof", "common point", point, "common point", mode="markers", marker=cross, **look),
    ]


def _line(model: Model | None, window: Window, theme: Theme, *, pinned: bool) -> Trace:
    cut = None if model is None else line_in_window(model.weights, model.bias, window)
    ends = _NOTHING if cut is None else cut
    if pinned:
        look = {"line": {"color": theme.muted, "width": 2, "dash": "longdash"}}
        return _trace("boundary", "pinned", ends, "pinned", legendrank=5, **look)
    return _trace("boundary", "line", ends, "p = 1/2", legendrank=3, line={"color": theme.boundary, "width": 3.5})


def _points(dataset: Dataset, model: Model, theme: Theme, say: bool, smaller: int) -> list[Trace]:
    said = np.array(_sentences(dataset, model) if say else [""] * dataset.n_samples)
    traces = []
    for label in (0, 1):
        members = np.flatnonzero(dataset.y == label)
        marker = {
            "symbol": CLASS_SYMBOLS[label],
            "size": CLASS_SIZES[label] - smaller,
            "color": theme.classes[label],
            "line": {"width": 1.2, "color": theme.outline},
        }
        look = {"mode": "markers", "marker": marker, "hoverinfo": "text", "hovertext": said[members].tolist()}
        name = f"class {label}"
        traces.append(
            _trace("points", name, dataset.X[members], name, customdata=members, legendrank=1 + label, **look)
        )
    return traces


def _flipped(dataset: Dataset, index: int | None, theme: Theme) -> Trace:
    if index is not None and not 0 <= index < dataset.n_samples:
        raise ValueError(f"flipped: expected an index below {dataset.n_samples}, got {index!r}.")
    ring = {"symbol": "circle-open", "size": 19, "color": theme.text, "line": {"width": 2.5}}
    return _trace("flipped", "point", _NOTHING if index is None else dataset.X[[index]], mode="markers", marker=ring)


def _sentences(dataset: Dataset, model: Model) -> list[str]:
    p = model.predict_proba(dataset.X)
    return [
        f"point {i + 1}: ({format_number(x)}, {format_number(y)})<br>class {label}<br>p = {format_number(chance)}"
        for i, ((x, y), label, chance) in enumerate(zip(dataset.X, dataset.y, p, strict=True))
    ]


def _legend(theme: Theme) -> dict[str, Any]:
    return {
        "orientation": "h",
        **{"x": 0.0, "xanchor": "left", "xref": "paper"},
        **{"y": 1.0, "yanchor": "bottom", "yref": "paper"},
        "font": {"size": FONT_SIZE, "color": theme.text},
        "bgcolor": "rgba(0,0,0,0)",
        "itemsizing": "trace",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _layout(model: Model, shown: Window, theme: Theme, compact: bool, title: str | None) -> dict[str, Any]:
    """Return it in one piece: Plotly's update methods would take twice as long as all the rest."""
    text = title if title is not None else "" if compact else _title(model)
    margin, few = (_COMPACT_MARGIN, {"nticks": 5}) if compact else (_MARGIN, {})
    names = ("", "") if compact else ("x₁", "x₂")
    x, y = ({**axis(theme, name), **few, "constrain": "domain"} for name in names)
    return {
        **frame(theme, height=_COMPACT_HEIGHT if compact else PLANE_HEIGHT, title=text, margin=margin),
        **{"showlegend": not compact, "legend": _legend(theme), "annotations": _status(model, shown, theme)},
        "xaxis": {**x, "range": shown[:2]},
        "yaxis": {**y, "range": shown[2:], "scaleanchor": "x", "scaleratio": 1},
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


def _status(model: Model, window: Window, theme: Theme) -> list[dict[str, Any]]:
    outside = np.any(model.weights) and line_in_window(model.weights, model.bias, window) is None
    text = "The line p = 1/2 lies outside this window" if outside else ""
    where = {"x": 0.5, "xanchor": "center", "y": 0.02, "yanchor": "bottom", "visible": bool(outside)}
    return [note(theme, text, bgcolor=theme.background, borderpad=4, **where)]
