"""The value axis: what it can show, how far it reaches, where its labels stand."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, isfinite, log10
from typing import Any

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number, format_power
from logreg.figures.theme import Theme, axis

_LOG_FROM = 10.0  # values of which the largest is this many times the smallest get a log axis
_ROOM = 0.08  # share of the values' span above the highest of them
_FEW_DECADES = 1.6
_LONG = 8  # letters of a name
_HIGHEST = 308.0  # power of ten that float64 holds


def wants_log(values: FloatArray) -> bool:
    """Return whether the largest value is over 10 times the smallest one above 0.

    Examples
    --------
    >>> wants_log(np.array([0.0, 1.0, 11.0])), wants_log(np.array([1.0, 2.0]))
    (True, False)
    """
    usable = values[np.isfinite(values) & (values > 0)]
    return bool(len(usable)) and bool(usable.max() / _LOG_FROM > usable.min())


def drawable(values: FloatArray, is_log: bool) -> FloatArray:
    """Return values with NaN, which Plotly leaves out, where the axis has no place for them.

    Examples
    --------
    >>> drawable(np.array([0.0, 1.0, np.inf]), is_log=True)
    array([nan,  1., nan])
    """
    return np.where(np.isfinite(values) & ((values > 0) | (not is_log)), values, np.nan)


def height_of(value: float | None, is_log: bool) -> float | None:
    """Return where a value stands on the value axis, as its logarithm on a log axis; None if nowhere.

    Examples
    --------
    >>> height_of(100.0, is_log=True), height_of(0.0, is_log=True)
    (2.0, None)
    """
    if value is None or not isfinite(value) or (is_log and value <= 0):
        return None
    return log10(value) if is_log else float(value)


def value_span(parts: Iterable[FloatArray], is_log: bool, *, from_zero: bool, room_below: bool) -> list[float]:
    """Return the value axis' range: everything drawn, with room; as logarithms on a log axis.

    Parameters
    ----------
    parts : iterable of ndarray
        Everything drawn.
    is_log : bool
        Whether the axis is logarithmic.
    from_zero : bool
        Whether a linear axis holds 0 in any case; else where all values are above it.
    room_below : bool
        Whether a linear axis has as much room below as above.

    Returns
    -------
    list of two floats

    Examples
    --------
    >>> value_span([np.array([1.0, 2.0])], False, from_zero=True, room_below=True)
    [-0.16, 2.16]
    """
    values = drawable(np.concatenate(list(parts)), is_log)
    values = values[np.isfinite(values)]
    if is_log:
        values = np.log10(values) if len(values) else np.zeros(1)
    elif not len(values) or from_zero or values.min() > 0:
        values = np.append(values, 0.0)
    low, high = float(values.min()), float(values.max())
    room = (high / 2 - low / 2) * 2 * _ROOM or 0.5 * abs(high) or 0.5
    return [low - (room if is_log or room_below else 0.35 * room), high + room]


def value_axis(theme: Theme, name: str, span: list[float], is_log: bool) -> dict[str, Any]:
    """Return the value axis of a quantity with its range, as logarithms on a log axis; its title says which it is."""
    scale = f" (log{'' if len(name) > _LONG else ' scale'})" if is_log else ""  # as high as the lowest chart
    # by itself Plotly measures every label, to hide one that the chart cuts: the margins above and below hold them all
    values = {**axis(theme, name + scale), "range": span, "ticklabeloverflow": "allow"}
    return values | (log_ticks(span) if is_log else {"type": "linear"})


def ends_of(axis: dict[str, Any]) -> list[float]:
    """Return the values at both ends of an axis: at most 10³⁰⁸, since a range may reach past what float64 holds.

    Examples
    --------
    >>> ends_of({"type": "log", "range": [0, 2]}), ends_of({"type": "linear", "range": [0, 2]})
    ([1.0, 100.0], [0, 2])
    """
    if axis["type"] != "log":
        return list(axis["range"])
    return [float(10.0 ** min(power, _HIGHEST)) for power in axis["range"]]


def log_ticks(span: list[float], most: int = 6) -> dict[str, Any]:
    """Return a logarithmic axis' labels: decades, with 2 and 5 between them where there are few.

    Parameters
    ----------
    span : list of two floats
        The range, as logarithms to base 10.
    most : int
        How many decades are labelled at most.

    Returns
    -------
    dict
        Keywords of a Plotly axis.

    Examples
    --------
    >>> log_ticks([-2.1, -0.9])["ticktext"]
    ['0.01', '0.02', '0.05', '0.1']
    """
    first, last = floor(span[0]), ceil(min(span[1], _HIGHEST))
    stride = max(1, -(-(last - first) // most))
    mantissas = (1, 2, 5) if span[1] - span[0] < _FEW_DECADES else (1,)
    exponents = range(first - first % stride, last + 1, stride)
    ticks = [(m, k) for k in exponents for m in mantissas if span[0] <= k + log10(m) <= span[1]]
    labels = [format_power(k) if len(mantissas) == 1 else format_number(float(f"{m}e{k}")) for m, k in ticks]
    return {"type": "log", "tickmode": "array", "tickvals": [float(f"{m}e{k}") for m, k in ticks], "ticktext": labels}
