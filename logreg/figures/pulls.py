"""The pull of every point on w, head to tail: where the arrows close, the gradient is zero."""

from __future__ import annotations

from math import hypot, pi
from typing import Any

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.figures.numbers import all_of, counted, format_number
from logreg.figures.picture import Picture, Trace, picture, trace
from logreg.figures.theme import CLASS_DASHES, LIGHT, MARGIN, PICTURE_HEIGHT, Theme, axis, dot, frame, note, ring
from logreg.theory.landscape import point_pulls
from logreg.training.model import Model

_POWERS_BELOW = 2e-3  # sizes whose tick labels are powers of ten, and wide
_ROUNDING = 1e-14  # share of all pulls' lengths below which their sum is what adding them up has rounded


def pulls(dataset: Dataset, model: Model, *, is_optimum: bool = False, name: str = "", theme: Theme = LIGHT) -> Picture:
    """Draw the pull of every point on w head to tail, sorted by direction; where they close, the gradient is zero.

    Parameters
    ----------
    dataset : Dataset
        With two features.
    model : Model
        Where in weight space.
    is_optimum : bool
        Whether that is the minimum, as float64 has it. Elsewhere a sum may be small, and is not 0.
    name : str
        Whose picture it is, as "A".

    Returns
    -------
    Picture
        One arrow σ(−m_i)·s_i·x_i / n for every point, in the colour of its class. Their sum, a thick arrow, is −∇L;
        with a bias −∂L/∂w, since the pulls on b are not drawn.

    Raises
    ------
    ValueError
        If data or model do not lie in a plane.

    Examples
    --------
    >>> pulls(Dataset([[1.0, 0.0], [1.0, 0.0]], [1, 0]), Model([0.0, 0.0])).figure.layout.title.text
    'The pulls of both points close: ∇L = 0'
    """
    corners, order = _polygon(dataset, model)
    gradient = "∂L/∂w" if model.bias else "∇L"
    total = float(np.linalg.norm(np.diff(corners, axis=0), axis=1).sum())
    closed = is_optimum or hypot(*corners[-1]) <= _ROUNDING * total
    said = f"The pulls do not close: ‖{gradient}‖ = {format_number(hypot(*corners[-1]))}"
    if closed:
        said = f"The pulls of {all_of(dataset.n_samples)} close: {gradient} = 0"
    words = f"The pulls of {counted(dataset.n_samples)} on w, put head to tail, of total length {format_number(total)}."
    traces = [_arrows(corners, order, dataset, label, theme) for label in (0, 1)]
    traces += _closed_traces(corners, theme) if closed else _sum_traces(corners, theme)
    notes = [] if closed else [_sum_note(corners, gradient, theme)]
    layout = {**_layout(corners, said, name, theme), "annotations": notes, "meta": {"static": True}}
    return picture(traces, layout, f"{words} {said}.")


def _polygon(dataset: Dataset, model: Model) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return the corners of the pulls put head to tail by growing angle, and the order of the points."""
    check_features(2, dataset=dataset)
    arrows = point_pulls(dataset, model, fit_bias=False)
    angles = np.arctan2(arrows[:, 1], arrows[:, 0])
    order = np.argsort(angles, kind="stable")
    gaps = np.diff(angles[order], append=angles[order[0]] + 2 * pi)
    order = np.roll(order, -1 - int(np.argmax(gaps)))  # start behind the widest gap, so that a fan stays in one piece
    return np.concatenate([np.zeros((1, 2)), np.cumsum(arrows[order], axis=0)]), order


def _layout(corners: FloatArray, said: str, name: str, theme: Theme) -> dict[str, Any]:
    low, high = corners.min(axis=0), corners.max(axis=0)
    size = float((high - low).max())
    room = 0.12 * size or 1.0
    is_wide = size < _POWERS_BELOW
    margin = {**MARGIN, "l": 92} if is_wide else MARGIN
    few = {"nticks": 3, "tickangle": 0} if is_wide else {"nticks": 6}
    x, y = ([float(a - room), float(b + room)] for a, b in zip(low, high, strict=True))
    return {
        **frame(theme, height=PICTURE_HEIGHT, title=said, margin=margin, name=name),
        "xaxis": {**axis(theme, "along w₁"), "range": x, **few},
        "yaxis": {**axis(theme, "along w₂"), "range": y, "nticks": 5, "scaleanchor": "x", "scaleratio": 1},
    }


def _head(colour: str, size: Any) -> dict[str, Any]:
    """Return the marker of an arrow's head."""
    plain = {"symbol": "arrow", "angleref": "previous", "opacity": 1, "line": {"width": 0}}
    return {**plain, "size": size, "color": colour}


def _arrows(corners: FloatArray, order: NDArray[np.int64], dataset: Dataset, label: int, theme: Theme) -> Trace:
    own = np.flatnonzero(dataset.y[order] == label)
    ends = np.stack([corners[own], corners[own + 1], np.full((len(own), 2), np.nan)], axis=1).reshape(-1, 2)
    size = float(np.ptp(corners, axis=0).max()) or 1.0
    visible = np.linalg.norm(corners[own + 1] - corners[own], axis=1) > 0.03 * size
    heads = np.column_stack([np.zeros(len(own)), 11.0 * visible, np.zeros(len(own))]).ravel()
    colour = theme.classes[label]
    words = [f"pull of point {i + 1}, class {label}" for i in order[own] for _ in range(3)]
    look: dict[str, Any] = {
        "mode": "lines+markers",
        "marker": _head(colour, heads),
        "line": {"color": colour, "width": 2.5, "dash": CLASS_DASHES[label]},
    }
    return trace("pulls", f"class {label}", *ends.T, **look, hoverinfo="text", hovertext=words)


def _closed_traces(corners: FloatArray, theme: Theme) -> list[Trace]:
    return [trace("optimum", "closed", *corners[:1].T, mode="markers", marker=dot(theme, theme.certain, 13))]


def _sum_traces(corners: FloatArray, theme: Theme) -> list[Trace]:
    head = _head(theme.text, [0, 18 if _is_long(corners) else 0])  # a head must not hide its arrow
    line = {"color": theme.text, "width": 5}
    arrow = np.stack([np.zeros(2), corners[-1]])
    return [
        trace("gradient", "arrow", *arrow.T, mode="lines+markers", marker=head, line=line),
        trace("start", "start", *corners[:1].T, mode="markers", marker=ring(theme.text, 10, 2)),
    ]


def _sum_note(corners: FloatArray, gradient: str, theme: Theme) -> dict[str, Any]:
    """Name the thick arrow, on the side where no pulls are: growing angles turn left, so they pass on its right."""
    x, y = corners[-1] / hypot(*corners[-1])
    middle = {"xref": "x", "yref": "y", "x": corners[-1][0] / 2, "y": corners[-1][1] / 2}
    shift = {"xshift": -26 * y, "yshift": 18 * x} if _is_long(corners) else _free_side(corners)
    return note(theme, f"<b>−{gradient}</b>", **middle, **shift)


def _free_side(corners: FloatArray) -> dict[str, Any]:
    """Return where the name of a sum too short to be seen stands: on the side of its start that the fewest pulls pass.

    The sides lie 0.12 of the picture off the start: right, above, below.
    """
    share = np.linspace(0.0, 1.0, 41)[:, None, None]
    passed = (corners[:-1] + share * np.diff(corners, axis=0)).reshape(-1, 2) / np.ptp(corners, axis=0).max()

    def passing(side: dict[str, Any]) -> int:
        centre = np.array([0.12, 0.0]) if "xanchor" in side else np.array([0.0, 0.08 * np.sign(side["yshift"])])
        return int((np.abs(passed - centre) < (0.1, 0.06)).all(axis=1).sum())

    return min(({"xanchor": "left", "xshift": 12}, {"yshift": 20}, {"yshift": -20}), key=passing)


def _is_long(corners: FloatArray) -> bool:
    """Say whether the sum of the pulls is long enough in the picture to be seen as an arrow."""
    return bool(hypot(*corners[-1]) > 0.1 * np.ptp(corners, axis=0).max())
