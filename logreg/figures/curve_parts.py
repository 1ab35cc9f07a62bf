"""What figures of curves share: what an axis can show, its range, both step axes, the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite, log10
from typing import Any

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.picture import Trace, scatter
from logreg.figures.steps import step_axis, step_shapes, value_ticks
from logreg.figures.theme import Theme, axis

NORM_NAMES = {"weight_norm": "‖w‖", "parameter_norm": "‖(w, b)‖"}
_LOG_FROM = 10.0  # values of which the largest is this many times the smallest get a log axis


def norm_name(quantity: str) -> str:
    """Return how a length is written, as ‖w‖.

    Parameters
    ----------
    quantity : {"weight_norm", "parameter_norm"}
        Without or with b.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the quantity is neither.

    Examples
    --------
    >>> norm_name("parameter_norm")
    '‖(w, b)‖'
    """
    if quantity not in NORM_NAMES:
        raise ValueError(f'quantity: expected "weight_norm" or "parameter_norm", got {quantity!r}.')
    return NORM_NAMES[quantity]


def wants_log(values: FloatArray) -> bool:
    """Return whether the largest value is over 10 times the smallest one above 0.

    Parameters
    ----------
    values : ndarray
        Any numbers.

    Returns
    -------
    bool

    Examples
    --------
    >>> wants_log(np.array([0.0, 1.0, 11.0])), wants_log(np.array([1.0, 2.0]))
    (True, False)
    """
    usable = values[np.isfinite(values) & (values > 0)]
    return bool(len(usable)) and bool(usable.max() / _LOG_FROM > usable.min())


def drawable(values: FloatArray, log_values: bool) -> FloatArray:
    """Return values with NaN, which Plotly leaves out, where the axis has no place for them.

    Parameters
    ----------
    values : ndarray
        Any numbers.
    log_values : bool
        Whether the axis is logarithmic.

    Returns
    -------
    ndarray

    Examples
    --------
    >>> drawable(np.array([0.0, 1.0, np.inf]), True)
    array([nan,  1., nan])
    """
    usable = np.isfinite(values) & ((values > 0) | (not log_values))
    return np.where(usable, values, np.nan)


def height_of(value: float | None, log_values: bool) -> float | None:
    """Return where a value stands on the value axis, as its logarithm on a log axis.

    Parameters
    ----------
    value : float or None
        Any number, or none.
    log_values : bool
        Whether the axis is logarithmic.

    Returns
    -------
    float or None
        None if nowhere.

    Examples
    --------
    >>> height_of(100.0, True), height_of(0.0, True)
    (2.0, None)
    """
    if value is None or not isfinite(value) or (log_values and value <= 0):
        return None
    return log10(value) if log_values else float(value)


def value_span(parts: Iterable[FloatArray], log_values: bool, *, from_zero: bool, room_below: bool) -> list[float]:
    """Return the value axis' range: everything drawn, with room; as logarithms on a log axis.

    Parameters
    ----------
    parts : iterable of ndarray
        Everything drawn.
    log_values : bool
        Whether the axis is logarithmic.
    from_zero : bool
        Whether a linear axis holds 0 in any case; else where all values are above it.
    room_below : bool
        Whether there is as much room below as above.

    Returns
    -------
    list of two floats

    Examples
    --------
    >>> value_span([np.array([1.0, 2.0])], False, from_zero=True, room_below=True)
    [-0.16, 2.16]
    """
    values = drawable(np.concatenate(list(parts)), log_values)
    values = values[np.isfinite(values)]
    if log_values:
        values = np.log10(values) if len(values) else np.zeros(1)
    elif not len(values) or from_zero or values.min() > 0:
        values = np.append(values, 0.0)
    low, high = float(values.min()), float(values.max())
    room = (high / 2 - low / 2) * 0.16 or 0.5 * abs(high) or 0.5
    below = room if log_values or room_below else 0.35 * room
    return [low - below, high + room]


def value_axis(theme: Theme, name: str, span: list[float], log_values: bool) -> dict[str, Any]:
    """Return the value axis; its title says if it is logarithmic.

    Parameters
    ----------
    theme : Theme
        Colours.
    name : str
        The quantity.
    span : list of two floats
        Its range, as logarithms on a log axis.
    log_values : bool
        Whether the axis is logarithmic.

    Returns
    -------
    dict
        Keywords of a Plotly axis.
    """
    values = {**axis(theme, name + (" (log scale)" if log_values else "")), "range": span}
    return values | (value_ticks(span) if log_values else {"type": "linear"})


def power_of_ten(exponent: float) -> float:
    """Return 10^exponent, held to the largest float64: a range may reach past it.

    Parameters
    ----------
    exponent : float
        Any number.

    Returns
    -------
    float

    Examples
    --------
    >>> power_of_ten(2), power_of_ten(1000)
    (100.0, 1e+308)
    """
    return float(10.0 ** min(exponent, 308.0))


def both_step_axes(last: int, theme: Theme) -> dict[str, dict[str, Any]]:
    """Return the step axis and its shapes under "log" and "linear": what travels with a figure.

    Parameters
    ----------
    last : int
        The last step.
    theme : Theme
        Colours.

    Returns
    -------
    dict
    """
    return {k: {"xaxis": step_axis(k, last, theme), "shapes": step_shapes(k, theme)} for k in ("log", "linear")}


def cursor_line(position: float, ends: Sequence[float], colour: str) -> Trace:
    """Return the vertical line at the step.

    Parameters
    ----------
    position : float
        On the step axis.
    ends : sequence of two floats
        On the value axis.
    colour : str
        Its colour.

    Returns
    -------
    plotly.graph_objects.Scatter
    """
    return scatter(
        x=[position] * 2,
        y=list(ends),
        mode="lines",
        line={"color": colour, "width": 1.5},
        hoverinfo="skip",
        name="cursor",
        meta={"role": "cursor", "part": "line"},
    )
