"""The step axis that all curves share: linear, or logarithmic with a gutter of its own for step 0."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number, format_power
from logreg.figures.theme import LIGHT, Theme, axis

StepAxis = Literal["log", "linear"]

STEP_ZERO = 10**-0.5  # where step 0 stands on the log axis, left of step 1
_SEPARATOR = 10**-0.25
_MOST_LABELS = 8
_LONG = 10**7  # steps from here on are written with a power of ten
_MOST_DECADES, _FEW_DECADES = 6, 1.6


def step_position(step: ArrayLike, kind: StepAxis) -> FloatArray:
    """Return where steps stand on the axis.

    Parameters
    ----------
    step : int or array of int
        At least 0.
    kind : {"log", "linear"}
        The axis.

    Returns
    -------
    ndarray of the shape of step
        The step itself, except that step 0 stands at 10^−0.5 on the log axis. (Never log(1 + t): it bends straight
        lines.)

    Raises
    ------
    ValueError
        If kind is neither.

    Examples
    --------
    >>> step_position([0, 1, 100], "log").round(3).tolist()
    [0.316, 1.0, 100.0]
    """
    check_kind(kind)
    steps = np.asarray(step, dtype=np.float64)
    return np.where(steps == 0, STEP_ZERO, steps) if kind == "log" else steps


def step_axis(kind: StepAxis, last_step: int, theme: Theme = LIGHT) -> dict[str, Any]:
    """Return the step axis of a run.

    Parameters
    ----------
    kind : {"log", "linear"}
        The axis.
    last_step : int
        The run's last step, at least 0.
    theme : Theme
        Colours.

    Returns
    -------
    dict
        Keywords of a Plotly axis; on the log axis one label a decade (fewer for long runs), and "0" for the start.

    Raises
    ------
    ValueError
        If kind is neither.

    Examples
    --------
    >>> step_axis("log", 1000)["ticktext"]
    ['0', '1', '10', '10²', '10³']
    """
    check_kind(kind)
    last = max(int(last_step), 1)
    if kind == "linear":
        shown = {**axis(theme, "step"), "type": "linear", "range": [-0.02 * last, 1.02 * last]}
        return shown | (_long_ticks(last) if last >= _LONG else {"tickformat": ",~r"})
    top = log10(max(last, 10))
    stride = -(-int(top + 1) // _MOST_LABELS)
    decades = range(0, int(top + 1e-9) + 1, stride)
    return {
        **axis(theme, "step (log scale)"),
        "type": "log",
        "range": [-0.75, top + 0.03 * (top + 0.75)],
        "tickmode": "array",
        "tickvals": [STEP_ZERO, *(float(10**k) for k in decades)],
        "ticktext": ["0", *(format_power(k) for k in decades)],
    }


def step_shapes(kind: StepAxis, theme: Theme = LIGHT) -> list[dict[str, Any]]:
    """Return the faint line that keeps step 0 apart on the log axis; nothing on the linear one.

    Parameters
    ----------
    kind : {"log", "linear"}
        The axis.
    theme : Theme
        Colours.

    Returns
    -------
    list of dict
        Plotly shapes.
    """
    check_kind(kind)
    if kind == "linear":
        return []
    ends = {"x0": _SEPARATOR, "x1": _SEPARATOR, "y0": 0, "y1": 1, "xref": "x", "yref": "paper"}
    return [{"type": "line", **ends, "layer": "below", "line": {"color": theme.muted, "width": 1, "dash": "dot"}}]


def value_ticks(span: list[float]) -> dict[str, Any]:
    """Return a logarithmic value axis' labels: decades, with 2 and 5 between them where there are few.

    Parameters
    ----------
    span : list of two floats
        The range, as logarithms to base 10.

    Returns
    -------
    dict
        Keywords of a Plotly axis.

    Examples
    --------
    >>> value_ticks([-2.1, -0.9])["ticktext"]
    ['0.01', '0.02', '0.05', '0.1']
    """
    first, last = floor(span[0]), ceil(span[1])
    stride = max(1, -(-(last - first) // _MOST_DECADES))
    mantissas = (1, 2, 5) if span[1] - span[0] < _FEW_DECADES else (1,)
    exponents = range(first - first % stride, last + 1, stride)
    ticks = [(m, k) for k in exponents for m in mantissas if span[0] <= k + log10(m) <= span[1]]
    labels = [format_power(k) if len(mantissas) == 1 else format_number(float(f"{m}e{k}")) for m, k in ticks]
    return {"type": "log", "tickmode": "array", "tickvals": [float(f"{m}e{k}") for m, k in ticks], "ticktext": labels}


def _long_ticks(last: int) -> dict[str, Any]:
    """Return at most 6 round steps from 0 to a large last one."""
    unit = 10 ** (len(str(last)) - 1)
    stride = next(unit * share // 10 for share in (2, 5, 10, 20) if last * 10 < 6 * unit * share)
    ticks = range(0, last + 1, stride)
    return {"tickmode": "array", "tickvals": list(ticks), "ticktext": [format_number(t) for t in ticks]}


def check_kind(kind: str) -> None:
    """Refuse a step axis that is neither of the two.

    Parameters
    ----------
    kind : str
        "log" or "linear".

    Raises
    ------
    ValueError
        If kind is neither.
    """
    if kind not in ("log", "linear"):
        raise ValueError(f'axis: expected "log" or "linear", got {kind!r}.')
