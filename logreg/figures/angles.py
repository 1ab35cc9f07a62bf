"""How far two runs still have to turn: the angle between w and its limit direction, over the steps."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10
from typing import Any

import numpy as np

from logreg.figures.curve_parts import both_step_axes, cursor_line, drawable, power_of_ten
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace, figure, scatter
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import StepAxis, step_position, value_ticks
from logreg.figures.theme import FONT_SIZE, LIGHT, PICTURE_HEIGHT, Theme, frame, note
from logreg.figures.theme import axis as plain_axis

_MARGIN = {"l": 74, "r": 18, "t": 34, "b": 46}
_LEAST, _MOST = 1e-3, 180.0  # degrees that are drawn

_SAID = {"label": "Angle to the limit", "unit": "°", "none": "–"}  # what the stage's title says


def turning(
    curves: tuple[RunCurve, RunCurve],
    step: float,
    *,
    axis: StepAxis = "log",
    theme: Theme = LIGHT,
    height: int = PICTURE_HEIGHT,
    title: str | None = None,
) -> Picture:
    """Draw the angle between w and its limit direction at every record of two runs, on a log axis.

    Parameters
    ----------
    curves : pair of RunCurve
        Their values are degrees, NaN where w = 0.
    step : int or float
        Where the cursor stands.
    axis : {"log", "linear"}
        The step axis.
    theme : Theme
        Colours.
    height : int
        Pixels.
    title : str or None
        None lets the figure give both angles.

    Returns
    -------
    Picture
        As `norm_growth`; angles below 0.001° are off the picture.

    Raises
    ------
    ValueError
        If there are not two runs, they have no such step, or axis is unknown.

    Examples
    --------
    >>> run = RunCurve("A", [0, 1, 10], [np.nan, 40.0, 4.0])
    >>> turning((run, run), 10).figure.layout.title.text
    'Angle at step 10: A 4°, A 4°'
    """
    steps = both_step_axes(_checked(curves, step), theme)
    if axis not in steps:
        raise ValueError(f'axis: expected "log" or "linear", got {axis!r}.')
    span, colours = _span(curves), (theme.run, theme.run_b)
    traces = [
        *(_line(curve, axis, colours[k], k) for k, curve in enumerate(curves)),
        cursor_line(float(step_position(step, axis)), [power_of_ten(v) for v in span], theme.muted),
        *(_marker(curve, step, axis, colours[k], k, theme) for k, curve in enumerate(curves)),
    ]
    layout = {
        **frame(theme, height=height, title=_words(curves, step) if title is None else title, margin=_MARGIN),
        **steps[axis],
        "yaxis": {**plain_axis(theme, "degrees (log)"), "range": span, **value_ticks(span)},
        "meta": {**steps, "axis": axis, "step": step, "quantity": "angle", **_SAID},
        "annotations": _names(curves, span, colours, theme),
    }
    return Picture(figure(traces, layout), _alt(curves, step))


def _alt(curves: tuple[RunCurve, RunCurve], step: float) -> str:
    said = "Angle between w and its limit direction, in degrees, over the steps of two runs."
    for curve in curves:
        known = curve.values[np.isfinite(curve.values)]
        if not len(known):
            said += f" {curve.name}: no direction."
            continue
        start, end = (format_number(float(v)) for v in known[[0, -1]])
        said += f" {curve.name}: {start}° at first, {_angle(curve, step)} at step {_step(step)}, {end}° at the end."
    return said


def _checked(curves: tuple[RunCurve, RunCurve], step: float) -> int:
    """Return the last step of both runs, after a look at the arguments."""
    if len(curves) != 2:
        raise ValueError(f"curves: expected 2 runs, got {len(curves)}.")
    last = float(max(curve.steps[-1] for curve in curves))
    if not 0 <= step <= last:
        raise ValueError(f"step: expected a number from 0 to {last:g}, got {step!r}.")
    return ceil(last)


def _span(curves: Sequence[RunCurve]) -> list[float]:
    """Return the range of the angles, as logarithms, cut off below a thousandth of a degree."""
    values = np.concatenate([curve.values for curve in curves])
    logs = np.log10(np.clip(values[np.isfinite(values) & (values > 0)], _LEAST, _MOST))
    low, high = (float(logs.min()), float(logs.max())) if len(logs) else (0.0, 2.0)
    room = 0.15 * (high - low) or 0.3
    return [low - 1.5 * room, high + room]


def _line(curve: RunCurve, kind: StepAxis, colour: str, index: int) -> Trace:
    x = step_position(curve.steps, kind)
    return scatter(
        x=np.where(curve.steps == 0, np.nan, x) if kind == "log" else x,  # no line leads from the gutter to step 1
        y=drawable(curve.values, True),
        mode="lines",
        line={"color": colour, "width": 3},
        connectgaps=False,
        hovertemplate=f"{curve.short_name}, step %{{x:,}}: %{{y:.3~g}}°<extra></extra>",
        name=curve.short_name,
        meta={"role": "curve", "part": ("run", "pinned")[index]},
    )


def _marker(curve: RunCurve, step: float, kind: StepAxis, colour: str, index: int, theme: Theme) -> Trace:
    record = [curve.record_at(step)]
    return scatter(
        x=step_position(curve.steps[record], kind),
        y=drawable(curve.values[record], True),
        mode="markers",
        marker={"size": 13, "color": colour, "line": {"width": 2, "color": theme.outline}},
        hoverinfo="text",
        hovertext=[f"{curve.short_name}, step {_step(step)}: {_angle(curve, step)}"],
        name=curve.short_name,
        meta={"role": "cursor", "part": ("marker", "marker 1")[index]},
    )


def _names(
    curves: Sequence[RunCurve], span: list[float], colours: tuple[str, str], theme: Theme
) -> list[dict[str, Any]]:
    """Name the curve that begins higher above its start, the other below its end: both fall, so neither is hit."""
    starts, ends = ([_log_value(curve, at, span[0]) for curve in curves] for at in (0, -1))
    higher = int(starts[1] > starts[0])
    notes = []
    for k, curve in enumerate(curves):
        place: dict[str, Any] = {"x": 0.14, "xanchor": "left", "y": starts[k], "yanchor": "bottom"}
        if k != higher or starts[k] <= span[0]:
            off = ends[k] <= max(log10(_LEAST), span[0])  # it has left the picture at the bottom
            place = {
                "x": 0.97,
                "xanchor": "right",
                "y": span[0] if off else ends[k],
                "yanchor": "bottom" if off else "top",
            }
        font = {"size": FONT_SIZE, "color": colours[k]}
        said = curve.name if np.isfinite(curve.values).any() else f"{curve.name}: no direction"
        notes.append(note(theme, f"<b>{said}</b>", xref="paper", yref="y", font=font, **place))
    return notes


def _log_value(curve: RunCurve, index: int, lowest: float) -> float:
    values = drawable(curve.values, True)
    values = values[np.isfinite(values)]
    return max(log10(float(values[index])), lowest) if len(values) else lowest


def _angle(curve: RunCurve, step: float) -> str:
    value = float(curve.values[curve.record_at(step)])
    if not np.isfinite(value):
        return "no angle that can be told (w = 0, or the angle is rounding)"
    return f"{format_number(value, 3)}°" if value == 0 or value >= _LEAST else f"below {format_number(_LEAST)}°"


def _step(step: float) -> str:
    return format_number(int(step) if float(step).is_integer() else step)


def _words(curves: Sequence[RunCurve], step: float) -> str:
    return f"Angle at step {_step(step)}: " + ", ".join(f"{c.short_name} {_angle(c, step)}" for c in curves)
