"""How two curves over one step axis are drawn: colours, names at their ends, targets, theory, cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.curve_parts import (
    both_step_axes,
    cursor_line,
    drawable,
    height_of,
    power_of_ten,
    value_axis,
    value_span,
    wants_log,
)
from logreg.figures.labels import EndLabel, end_labels
from logreg.figures.numbers import format_number
from logreg.figures.picture import Trace, figure, scatter
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import StepAxis, check_kind, step_position
from logreg.figures.theme import FONT_SIZE, TITLE_SIZE, Theme, frame, note

_PARTS = ("run", "pinned")  # what the stage calls the first and the second run
_WIDTHS = (5.0, 4.0)  # where the curves coincide, the second lies inside the first
_MARGIN = {"l": 66, "t": 34, "b": 46}
_LABEL_ROOM = {"weight_norm": 136, "parameter_norm": 168, "loss": 164}  # pixels right of the plot


@dataclass(frozen=True)
class PairChart:
    """What `draw_pair` needs to know besides the curves."""

    label: str
    quantity: str
    kind: StepAxis
    hidden: int | None
    anonymous: bool
    flow_from: float | None
    height: int

    def shown(self, curves: Sequence[RunCurve]) -> list[RunCurve]:
        """Return the curves without the hidden one.

        Parameters
        ----------
        curves : sequence of RunCurve
            Both.

        Returns
        -------
        list of RunCurve
        """
        return [curve for i, curve in enumerate(curves) if i != self.hidden]


def draw_pair(curves: tuple[RunCurve, RunCurve], step: float, chart: PairChart, theme: Theme) -> go.Figure:
    """Draw two curves over the step axis.

    Parameters
    ----------
    curves : pair of RunCurve
        Run A and run B.
    step : float
        Where the cursor stands.
    chart : PairChart
        What to show.
    theme : Theme
        Colours.

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    ValueError
        If there is no such step, axis or run to hide.
    """
    _check(curves, step, chart)
    shown, kind = chart.shown(curves), chart.kind
    is_log = _has_log(shown, chart)
    span = value_span(_drawn(shown, chart), is_log, from_zero=chart.quantity != "loss", room_below=is_log)
    steps = _step_axes(shown, chart.flow_from, theme)
    layout = frame(theme, height=chart.height, title=_title(curves, step, chart), margin=_margin(chart))
    return figure(
        _traces(curves, step, chart, steps[kind]["xaxis"]["range"], span, is_log, theme),
        {
            **layout,
            **steps[kind],
            "yaxis": value_axis(theme, chart.label, span, is_log),
            "meta": {**steps, **_meta(step, chart)},
            "annotations": _annotations(curves, chart, span, is_log, theme),
        },
    )


def _has_log(shown: Sequence[RunCurve], chart: PairChart) -> bool:
    return chart.quantity == "loss" and wants_log(np.concatenate([curve.values for curve in shown]))


def _check(curves: tuple[RunCurve, RunCurve], step: float, chart: PairChart) -> None:
    check_kind(chart.kind)
    if len(curves) != 2:
        raise ValueError(f"curves: expected 2 runs, got {len(curves)}.")
    if chart.hidden not in (None, 0, 1):
        raise ValueError(f"hidden: expected 0, 1 or None, got {chart.hidden!r}.")
    last = max(float(curve.steps[-1]) for curve in chart.shown(curves))
    if not 0 <= step <= last:
        raise ValueError(f"step: expected a number from 0 to {last:g}, got {step!r}.")


def _drawn(shown: Sequence[RunCurve], chart: PairChart) -> list[FloatArray]:
    """Return every value that the value axis must hold."""
    parts = [curve.values for curve in shown]
    if not chart.anonymous:
        parts += [np.array([curve.target]) for curve in shown if curve.target is not None]
        parts += [np.asarray(curve.theory[1], dtype=np.float64) for curve in shown if curve.theory is not None]
    return parts


def _meta(step: float, chart: PairChart) -> dict[str, Any]:
    known = {"axis": chart.kind, "step": step, "quantity": chart.quantity, "label": chart.label}
    return {**known, "hidden": chart.hidden, "anonymous": chart.anonymous}


def _margin(chart: PairChart) -> dict[str, int]:
    return {**_MARGIN, "r": _LABEL_ROOM.get(chart.quantity, _LABEL_ROOM["weight_norm"])}


def _step_words(step: float) -> str:
    return format_number(int(step) if float(step).is_integer() else step)


def _title(curves: tuple[RunCurve, RunCurve], step: float, chart: PairChart) -> str:
    here = [(curve.short_name, curve.value_at(step)) for curve in chart.shown(curves)]
    if chart.anonymous:  # the larger first: their order would tell which is which
        values = sorted((value for _, value in here), reverse=True)
        return f"{chart.label} at step {_step_words(step)}: {' and '.join(format_number(v) for v in values)}"
    said = ", ".join(f"{name} {format_number(value)}" for name, value in here)
    return f"{chart.label} at step {_step_words(step)}: {said}"


def _step_axes(shown: Sequence[RunCurve], flow_from: float | None, theme: Theme) -> dict[str, dict[str, Any]]:
    last = max(float(curve.steps[-1]) for curve in shown)
    axes = both_step_axes(ceil(last), theme)
    if flow_from is not None:
        for kind in ("log", "linear"):
            low, high = axes[kind]["xaxis"]["range"]
            at = float(step_position(flow_from, kind))
            share = ((np.log10(at) if kind == "log" else at) - low) / (high - low)
            axes[kind]["shapes"] = [
                *axes[kind]["shapes"],
                _flow_line(at, share, "end" if kind == "log" else "middle", theme),
            ]
    return axes


def _flow_line(step: float, share: float, end: str, theme: Theme) -> dict[str, Any]:
    """Return the line at which gradient flow begins; its words stand on the side that has more room."""
    side = "left" if share < 0.5 else "right"
    words = {
        "text": "gradient flow<br>from here",
        **{"textangle": 0, "textposition": end, "xanchor": side, "yanchor": "top", "padding": 5},
        "font": {"size": FONT_SIZE, "color": theme.muted},
    }
    ends = {"x0": step, "x1": step, "y0": 0, "y1": 1, "xref": "x", "yref": "paper"}
    return {"type": "line", **ends, "layer": "below", "line": {"color": theme.muted, "width": 1.5}, "label": words}


def _traces(
    curves: tuple[RunCurve, RunCurve],
    step: float,
    chart: PairChart,
    across: list[float],
    span: list[float],
    is_log: bool,
    theme: Theme,
) -> list[Trace]:
    x_ends = [10.0**v for v in across] if chart.kind == "log" else across
    y_ends = [power_of_ten(v) for v in span] if is_log else span
    look = [_Look(i, chart, is_log, theme) for i in (0, 1)]
    first = 0 if chart.hidden != 0 else 1
    return [
        *(look[i].line(curves[i]) for i in (0, 1)),
        *(look[i].target(curves[i], x_ends) for i in (0, 1)),
        *(look[i].theory(curves[i]) for i in (0, 1)),
        look[first].start(curves[first]),
        cursor_line(float(step_position(step, chart.kind)), y_ends, theme.muted),
        *(look[i].marker(curves[i], step) for i in (0, 1)),
    ]


@dataclass(frozen=True)
class _Look:
    """Draw the traces of one of the two runs."""

    index: int
    chart: PairChart
    is_log: bool
    theme: Theme

    @property
    def is_hidden(self) -> bool:
        return self.index == self.chart.hidden

    @property
    def colour(self) -> str:
        return self.theme.text if self.chart.anonymous else (self.theme.run, self.theme.run_b)[self.index]

    @property
    def width(self) -> float:
        return _WIDTHS[1 if self.chart.anonymous else self.index]

    def _trace(self, role: str, part: str, x: Any, y: Any, **look: Any) -> Trace:
        if self.is_hidden:  # invisible too: the stage fills in curves and cursors from the runs
            x, y, look = [], [], {**look, "visible": False}
        if self.chart.anonymous or self.is_hidden:  # the stage's hover would name the run
            look = {name: value for name, value in look.items() if not name.startswith("hover")}
        silent = not any(name.startswith("hover") for name in look)
        hover = {"hoverinfo": "skip"} if silent else {}
        return scatter(x=x, y=y, name=part, meta={"role": role, "part": part}, **hover, **look)

    def line(self, curve: RunCurve) -> Trace:
        x = step_position(curve.steps, self.chart.kind)
        if self.chart.kind == "log":
            x = np.where(curve.steps == 0, np.nan, x)  # a gap: no line leads from the gutter to step 1
        y = drawable(curve.values, self.is_log)
        look = {"mode": "lines", "line": {"color": self.colour, "width": self.width}, "connectgaps": False}
        said = f"{curve.short_name}<br>step %{{x:,}}: %{{y:.4~g}}<extra></extra>"
        return self._trace("curve", _PARTS[self.index], x, y, **look, hovertemplate=said)

    def theory(self, curve: RunCurve) -> Trace:
        steps, values = (curve.theory if curve.theory and not self.chart.anonymous else None) or ([], [])
        y = drawable(np.asarray(values, dtype=np.float64), self.is_log)
        look = {"mode": "lines", "line": {"color": self.theme.text, "width": 2, "dash": "dot"}}
        return self._trace("curve", f"theory{self._suffix}", step_position(steps, self.chart.kind), y, **look)

    def target(self, curve: RunCurve, x_ends: Sequence[float]) -> Trace:
        usable = height_of(curve.target, self.is_log) is not None and not self.chart.anonymous
        x, y = (list(x_ends), [curve.target] * 2) if usable else ([], [])
        look = {"mode": "lines", "line": {"color": self.theme.certain, "width": 2, "dash": "dash"}}
        return self._trace("optimum", f"line{self._suffix}", x, y, **look)

    def start(self, curve: RunCurve) -> Trace:
        ring = {"symbol": "circle-open", "size": 9, "color": self.theme.text, "line": {"width": 2.5}}
        return self._dot("start", "start", curve, float(curve.steps[0]), ring)

    def marker(self, curve: RunCurve, step: float) -> Trace:
        dot = {"symbol": "circle", "size": 14, "color": self.colour, "line": {"width": 2, "color": self.theme.outline}}
        return self._dot("cursor", f"marker{self._suffix}", curve, min(step, float(curve.steps[-1])), dot)

    def _dot(self, role: str, part: str, curve: RunCurve, step: float, marker: dict[str, Any]) -> Trace:
        value = curve.value_at(step)
        y = drawable(np.array([value]), self.is_log)
        said = f"{curve.short_name}<br>step {_step_words(step)}: {format_number(value)}"
        look = {"mode": "markers", "marker": marker, "hoverinfo": "text", "hovertext": [said]}
        return self._trace(role, part, [float(step_position(step, self.chart.kind))], y, **look)

    @property
    def _suffix(self) -> str:
        return f" {self.index}" if self.index else ""


def _annotations(
    curves: tuple[RunCurve, RunCurve], chart: PairChart, span: list[float], is_log: bool, theme: Theme
) -> list[dict[str, Any]]:
    several = sum(curve.target is not None for curve in chart.shown(curves)) > 1
    labels: list[EndLabel] = []
    for i, curve in enumerate(curves):
        labels += _labels(curve, _Look(i, chart, is_log, theme), span, several)
    plot_height = max(chart.height - _MARGIN["t"] - _MARGIN["b"], 1)
    left_out = "" if chart.anonymous else _left_out(chart.shown(curves), is_log)
    corner = {"y": 0.02, "yanchor": "bottom"} if chart.quantity == "loss" else {"y": 0.98, "yanchor": "top"}
    quiet = {"x": 0.03, "xanchor": "left", "bgcolor": theme.background, "opacity": 0.9, **corner}
    return [
        *end_labels(labels, span, plot_height, theme),
        note(theme, left_out, **quiet, visible=bool(left_out)),
    ]


def _labels(curve: RunCurve, look: _Look, span: list[float], several: bool) -> list[EndLabel]:
    """Return a run's three names: its own, that of its theory, that of its target."""
    if look.is_hidden:
        return [EndLabel("", None, look.colour)] * 3
    name = "?" if look.chart.anonymous else curve.name
    text, height = ("", None) if look.chart.anonymous else _target_label(curve, look.is_log, span, several)
    end = _end(curve.values, look.is_log)
    theory = None if look.chart.anonymous else _theory_end(curve, end, look.is_log)
    return [
        EndLabel(f"<b>{name}</b>", end, look.colour, TITLE_SIZE),
        EndLabel("<b>····</b> theory", theory, look.theme.text),
        EndLabel(text, height, look.theme.certain),
    ]


def _target_label(curve: RunCurve, is_log: bool, span: list[float], several: bool) -> tuple[str, float | None]:
    if curve.target is None:
        return "", None
    whose = f"{curve.short_name}: " if several else ""
    words = f"{whose}{curve.target_name} = {format_number(curve.target)}"
    if is_log and curve.target == 0:
        return f"↓ {words}", span[0]  # below every log axis
    return words, height_of(curve.target, is_log)


def _theory_end(curve: RunCurve, curve_end: float | None, is_log: bool) -> float | None:
    """Return where the theory's name stands: at its own end, or with the curve's name if it ends earlier."""
    if curve.theory is None or not np.size(curve.theory[0]):
        return None
    return _end(curve.theory[1], is_log) if np.max(curve.theory[0]) >= curve.steps[-1] else curve_end


def _end(values: ArrayLike, is_log: bool) -> float | None:
    """Return the height of the last value that can be drawn."""
    shown = drawable(np.asarray(values, dtype=np.float64), is_log)
    shown = shown[np.isfinite(shown)]
    return height_of(float(shown[-1]), is_log) if len(shown) else None


def _left_out(shown: Sequence[RunCurve], is_log: bool) -> str:
    said = []
    for curve in shown:
        zeros, broken = int((curve.values == 0).sum()), int((~np.isfinite(curve.values)).sum())
        gaps = [f"{zeros:,} records are exactly 0"] if zeros and is_log else []
        gaps += [f"{broken:,} records are not finite"] if broken else []
        said += [f"{curve.short_name}: {' and '.join(gaps)}"] if gaps else []
    return f"not drawn: {'; '.join(said)}" if said else ""


def pair_words(curves: tuple[RunCurve, RunCurve], step: float, chart: PairChart) -> str:
    """Say in words what `draw_pair` shows.

    Parameters
    ----------
    curves, step, chart
        As for the figure.

    Returns
    -------
    str
    """
    _check(curves, step, chart)
    said = f"{chart.label} over the steps."
    if chart.anonymous:
        said = f"Two runs without their names. {_title(curves, step, chart)}."
    else:
        shown = chart.shown(curves)
        said = " ".join([said, *(_curve_words(curve, step, _has_log(shown, chart)) for curve in shown)])
    if chart.flow_from is not None:
        said += f" From step {_step_words(chart.flow_from)} on gradient flow continues the runs."
    return said


def _curve_words(curve: RunCurve, step: float, is_log: bool) -> str:
    ends = [f"{format_number(curve.values[i])} at step {_step_words(curve.steps[i])}" for i in (0, -1)]
    said = f"{curve.short_name}: {', '.join(ends)}."
    if step < curve.steps[-1]:
        said += f" At step {_step_words(step)} it is {format_number(curve.value_at(step))}."
    if curve.target is not None:
        said += f" {curve.target_name} = {format_number(curve.target)}"
        said += ", the dashed line." if height_of(curve.target, is_log) is not None else "."
    predicted = np.ravel([] if curve.theory is None else np.asarray(curve.theory[1], dtype=np.float64))
    return said + (f" Theory, dotted, ends at {format_number(float(predicted[-1]))}." if len(predicted) else "")
