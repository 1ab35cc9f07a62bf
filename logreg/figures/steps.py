"""The step axis that all curves share: linear, or logarithmic with a gutter of its own for step 0."""

from __future__ import annotations

from math import ceil, log10
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number, format_power
from logreg.figures.theme import LIGHT, Theme, axis

StepAxis = Literal["log", "linear"]
KINDS: tuple[StepAxis, ...] = ("log", "linear")

STEP_ZERO = 10**-0.5  # where step 0 stands on the log axis, left of step 1
_SEPARATOR = 10**-0.25
_MOST_LABELS = 8
_LONG = 10**7  # steps from here on are written with a power of ten


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

    Examples
    --------
    >>> step_position([0, 1, 100], "log").round(3).tolist()
    [0.316, 1.0, 100.0]
    """
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

    Returns
    -------
    dict
        Keywords of a Plotly axis; on the log axis one label a decade (fewer for long runs), and "0" for the start.

    Examples
    --------
    >>> step_axis("log", 1000)["ticktext"]
    ['0', '1', '10', '10²', '10³']
    """
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
        "ticklabeloverflow": "allow",  # its labels are short, and need not be measured
        "tickmode": "array",
        "tickvals": [STEP_ZERO, *(float(10**k) for k in decades)],
        "ticktext": ["0", *(format_power(k) for k in decades)],
    }


def step_axes(last: float, theme: Theme, flow_from: float | None = None) -> dict[str, dict[str, Any]]:
    """Return the step axis in both forms, with the lines that belong to it: what travels with a figure.

    Parameters
    ----------
    last : float
        The last step; that of a flow need not be whole.
    flow_from : float or None
        The step from which on gradient flow continues the runs.

    Returns
    -------
    dict
        Under "log" and "linear" the keywords "xaxis" and "shapes" of a Plotly layout.

    Examples
    --------
    >>> len(step_axes(100, LIGHT, flow_from=10)["log"]["shapes"])
    2
    """
    axes: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        across = step_axis(kind, ceil(last), theme)
        shapes = [gutter(theme)] if kind == "log" else []
        if flow_from is not None:
            shapes.append(_upright("flow", float(step_position(flow_from, kind)), theme, width=1.5))
            across["title"]["text"] += f", flow from {_short(flow_from)} on"
        axes[kind] = {"xaxis": across, "shapes": shapes}
    return axes


def gutter(theme: Theme) -> dict[str, Any]:
    """Return the line between step 0 and step 1 of the log axis, as a shape of a Plotly layout."""
    return _upright("gutter", _SEPARATOR, theme, width=1, dash="dot")


def _upright(name: str, x: float, theme: Theme, width: float, dash: str = "solid") -> dict[str, Any]:
    ends = {"x0": x, "x1": x, "y0": 0, "y1": 1, "xref": "x", "yref": "paper"}
    return {
        "type": "line",
        "name": name,
        **ends,
        "layer": "below",
        "line": {"color": theme.muted, "width": width, "dash": dash},
    }


def _short(step: float) -> str:
    """Write a step, a power of ten as such."""
    power = round(log10(step)) if step > 0 else 0
    return format_power(power) if step == 10.0**power else format_number(step)


def _long_ticks(last: int) -> dict[str, Any]:
    """Return at most 6 round steps from 0 to a large last one."""
    unit = 10 ** (len(str(last)) - 1)
    stride = next(unit * share // 10 for share in (2, 5, 10, 20) if last * 10 < 6 * unit * share)
    ticks = range(0, last + 1, stride)
    return {"tickmode": "array", "tickvals": list(ticks), "ticktext": [format_number(t) for t in ticks]}
