"""Curves over the steps of a run: its loss, and the length of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.figures.curve_parts import (
    both_step_axes,
    cursor_line,
    drawable,
    height_of,
    norm_name,
    power_of_ten,
    value_axis,
    value_span,
    wants_log,
)
from logreg.figures.graph import Trace, figure, scatter
from logreg.figures.numbers import format_number
from logreg.figures.steps import StepAxis, step_position
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, frame, note
from logreg.trajectory import Trajectory, measure

Quantity = Literal["weight_norm", "parameter_norm"]
Pair = tuple[ArrayLike, ArrayLike]

_NAME_ROOM = 0.18  # share of the value axis that a name takes
_MARGIN = {"l": 84, "r": 16, "t": 38, "b": 52}


@dataclass(frozen=True, eq=False)
class _Curve:
    """What `_draw` needs to know of one quantity."""

    name: str
    column: str
    log_values: bool
    target: float | None
    target_name: str
    no_minimum: str | None
    theory: Pair | None = None


def loss_curve(
    trajectory: Trajectory,
    step: int,
    *,
    axis: StepAxis = "log",
    optimum_loss: float | None = None,
    no_minimum: str | None = None,
    pinned: Trajectory | None = None,
    theme: Theme = LIGHT,
) -> go.Figure:
    """Draw the loss at every record, with a cursor at one step.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    step : int
        Where the cursor stands, from 0 to the last step.
    axis : {"log", "linear"}
        The step axis. The loss axis is logarithmic where the largest loss is over 10 times the smallest; its title
        says which.
    optimum_loss : float or None
        Value of a dashed line.
    no_minimum : str or None
        Why there is no such line, as "no minimum": written into the figure as it is.
    pinned : Trajectory or None
        A second run, drawn faint.
    theme : Theme
        Colours.

    Returns
    -------
    plotly.graph_objects.Figure
        `layout.meta` holds the step axis in both forms under "log" and "linear".

    Raises
    ------
    ValueError
        If the run has no such step, or axis is unknown.

    Examples
    --------
    >>> from logreg.dataset import Dataset
    >>> from logreg.trainer import TrainingConfig, train
    >>> run = train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5))
    >>> loss_curve(run, 0).layout.title.text
    'Loss at step 0: 0.6931'
    """
    runs = [trajectory.loss] if pinned is None else [trajectory.loss, pinned.loss]
    log_values = wants_log(np.concatenate(runs))
    curve = _Curve("Loss", "loss", log_values, optimum_loss, "minimum", no_minimum)
    return _draw(trajectory, step, axis, curve, pinned, theme)


def norm_growth(
    trajectory: Trajectory,
    step: int,
    *,
    axis: StepAxis = "log",
    optimum_norm: float | None = None,
    no_minimum: str | None = None,
    theory: Pair | None = None,
    quantity: Quantity = "weight_norm",
    pinned: Trajectory | None = None,
    theme: Theme = LIGHT,
) -> go.Figure:
    """Draw ‖w‖ (or ‖(w, b)‖) at every record: a straight line over log steps, or a plateau.

    Parameters
    ----------
    trajectory, step, axis, no_minimum, pinned, theme
        As for `loss_curve`.
    optimum_norm : float or None
        ‖w*‖ (or ‖(w*, b*)‖), drawn as a dashed line.
    theory : pair of array-like or None
        Steps and values of a predicted line, of the same quantity.
    quantity : {"weight_norm", "parameter_norm"}
        Without or with b.

    Returns
    -------
    plotly.graph_objects.Figure
        As for `loss_curve`; the value axis is linear.

    Raises
    ------
    ValueError
        If the run has no such step, or axis or quantity is unknown.

    Examples
    --------
    >>> from logreg.dataset import Dataset
    >>> from logreg.trainer import TrainingConfig, train
    >>> run = train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5))
    >>> norm_growth(run, 0).layout.title.text
    '‖w‖ at step 0: 0'
    """
    name = norm_name(quantity)
    target_name = "‖w*‖" if quantity == "weight_norm" else "‖(w*, b*)‖"
    curve = _Curve(name, quantity, False, optimum_norm, target_name, no_minimum, theory)
    return _draw(trajectory, step, axis, curve, pinned, theme)


def loss_curve_alt(
    trajectory: Trajectory, step: int, *, optimum_loss: float | None = None, no_minimum: str | None = None
) -> str:
    """Say in words what `loss_curve` shows.

    Parameters
    ----------
    trajectory, step, optimum_loss, no_minimum
        As for the figure.

    Returns
    -------
    str
    """
    return _alt(trajectory, step, _Curve("Loss", "loss", False, optimum_loss, "minimum", no_minimum))


def norm_growth_alt(
    trajectory: Trajectory,
    step: int,
    *,
    optimum_norm: float | None = None,
    no_minimum: str | None = None,
    quantity: Quantity = "weight_norm",
) -> str:
    """Say in words what `norm_growth` shows.

    Parameters
    ----------
    trajectory, step, optimum_norm, no_minimum, quantity
        As for the figure.

    Returns
    -------
    str
    """
    target_name = "‖w*‖" if quantity == "weight_norm" else "‖(w*, b*)‖"
    return _alt(trajectory, step, _Curve(norm_name(quantity), quantity, False, optimum_norm, target_name, no_minimum))


def _alt(trajectory: Trajectory, step: int, curve: _Curve) -> str:
    values = getattr(trajectory, curve.column)
    start, here, end = (format_number(v) for v in (values[0], value_at(trajectory, step, curve.column), values[-1]))
    said = f"{curve.name} over the steps of the run: {start} at step 0, {end} at step {trajectory.last_step:,}."
    said += "" if step == trajectory.last_step else f" At step {step:,} it is {here}."
    if curve.target is not None:
        said += f" A dashed line marks the {_target_words(curve)}."
    return said + (f" Without a dashed line: {curve.no_minimum}." if curve.no_minimum else "")


def _target_height(curve: _Curve) -> float | None:
    return height_of(curve.target, curve.log_values)


def _target_words(curve: _Curve) -> str:
    return f"{curve.target_name} = {format_number(float(curve.target or 0.0))}"


def value_at(trajectory: Trajectory, step: int, column: str) -> float:
    """Return a recorded quantity at any step, recorded or not.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    step : int
        From 0 to the last step.
    column : str
        Name of a recorded quantity, as "loss".

    Returns
    -------
    float
        The run's own number: between records the steps are taken again.

    Raises
    ------
    ValueError
        If the run has no such step.
    """
    index = trajectory.index_at(step)
    if int(trajectory.steps[index]) == step:
        return float(getattr(trajectory, column)[index])
    model, config = trajectory.model_at(step), trajectory.config
    row = np.append(model.weights, model.bias) if config.fit_bias else model.weights
    return float(getattr(measure(trajectory.dataset, config, row[None, :]), column)[0])


def _draw(
    run: Trajectory, step: int, kind: StepAxis, curve: _Curve, pinned: Trajectory | None, theme: Theme
) -> go.Figure:
    here, position = value_at(run, step, curve.column), float(step_position(step, kind))
    last = max(run.last_step, 0 if pinned is None else pinned.last_step)
    steps = both_step_axes(last, theme)
    shown, span = steps[kind], _span(run, curve, pinned)
    title = f"{curve.name} at step {step:,}: {format_number(here)}"
    layout = frame(theme, height=CURVE_HEIGHT, title=title, margin=_MARGIN)
    values = value_axis(theme, curve.name, span, curve.log_values)
    ends = [power_of_ten(v) for v in span] if curve.log_values else span
    traces = [
        _line(pinned, curve, kind, theme, pinned=True),
        _theory(curve, kind, theme),
        _target(curve, shown["xaxis"]["range"], kind, theme),
        _line(run, curve, kind, theme, pinned=False),
        _marker("start", "start", 0, float(getattr(run, curve.column)[0]), curve, kind, theme),
        cursor_line(position, ends, theme.run),
        _marker("cursor", "marker", step, here, curve, kind, theme),
    ]
    meta = {**steps, "axis": kind, "step": int(step), "quantity": curve.column}
    return figure(
        traces, {**layout, **shown, "yaxis": values, "meta": meta, "annotations": _notes(run, curve, span, theme)}
    )


def _span(run: Trajectory, curve: _Curve, pinned: Trajectory | None) -> list[float]:
    """Return the value axis' range; the target's name stands below its line, and needs room there."""
    parts = [getattr(r, curve.column) for r in (run, pinned) if r is not None]
    targets = [] if curve.target is None else [np.array([curve.target])]
    is_length = curve.column != "loss"
    return value_span([*parts, *targets], curve.log_values, from_zero=is_length, room_below=bool(targets))


def _line(run: Trajectory | None, curve: _Curve, kind: StepAxis, theme: Theme, *, pinned: bool) -> Trace:
    look = {"color": theme.muted, "width": 2, "dash": "longdash"} if pinned else {"color": theme.run, "width": 3}
    x, y = np.empty(0), np.empty(0)
    if run is not None:
        x, values = step_position(run.steps, kind), getattr(run, curve.column)
        if kind == "log":
            x = np.where(run.steps == 0, np.nan, x)  # a gap: no line leads from the gutter to step 1
        y = drawable(values, curve.log_values)
    return scatter(
        **{"x": x, "y": y, "mode": "lines", "line": look, "connectgaps": False},
        **{"hovertemplate": "step %{x:,}: %{y:.4~g}<extra></extra>", "name": "pinned" if pinned else curve.name},
        meta={"role": "curve", "part": "pinned" if pinned else "run"},
    )


def _theory(curve: _Curve, kind: StepAxis, theme: Theme) -> Trace:
    nothing: Pair = ([], [])
    steps, values = curve.theory or nothing
    return scatter(
        x=step_position(steps, kind),
        y=np.asarray(values, dtype=np.float64),
        mode="lines",
        line={"color": theme.text, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        name="theory",
        meta={"role": "curve", "part": "theory"},
    )


def _target(curve: _Curve, span: list[float], kind: StepAxis, theme: Theme) -> Trace:
    ends = [10**v for v in span] if kind == "log" else list(span)
    usable = _target_height(curve) is not None
    return scatter(
        x=ends if usable else [],
        y=[curve.target] * 2 if usable else [],
        mode="lines",
        line={"color": theme.certain, "width": 2.5, "dash": "dash"},
        hoverinfo="skip",
        name="optimum",
        meta={"role": "optimum", "part": "line"},
    )


def _marker(role: str, part: str, step: int, value: float, curve: _Curve, kind: StepAxis, theme: Theme) -> Trace:
    open_ring = {"symbol": "circle-open", "size": 9, "color": theme.run, "line": {"width": 2.5}}
    filled = {"symbol": "circle", "size": 12, "color": theme.run, "line": {"width": 2, "color": theme.outline}}
    return scatter(
        x=[float(step_position(step, kind))],
        y=drawable(np.array([value]), curve.log_values),
        mode="markers",
        marker=open_ring if role == "start" else filled,
        hoverinfo="text",
        hovertext=[f"step {step:,}: {format_number(value)}"],
        name=part,
        meta={"role": role, "part": part},
    )


def _notes(run: Trajectory, curve: _Curve, span: list[float], theme: Theme) -> list[dict[str, Any]]:
    """Return the sentences of a curve: why there is no target, what a log axis cannot show, the target's number."""
    values = getattr(run, curve.column)
    zeros, broken = int((values == 0).sum()), int((~np.isfinite(values)).sum())
    gaps = [f"{zeros:,} records are exactly 0"] if zeros and curve.log_values else []
    gaps += [f"{broken:,} records are not finite"] if broken else []
    left_out = f"not drawn: {' and '.join(gaps)}" if gaps else ""
    missing = curve.no_minimum or ""
    quiet = {"x": 0.95, "xanchor": "right", "bgcolor": theme.background, "borderpad": 0, "opacity": 0.9}
    top, bottom = {"y": 0.98, "yanchor": "top"}, {"y": 0.02, "yanchor": "bottom"}
    height = _target_height(curve)
    low, high = span
    above = height is not None and height < low + _NAME_ROOM * (high - low)  # no room for the name below its line
    side = {"yanchor": "bottom", "yshift": 2} if above else {"yanchor": "top", "yshift": -2}
    beside = {"x": 0.012, "xanchor": "left", "yref": "y", "y": height or 0.0, **side}
    green = {"size": FONT_SIZE, "color": theme.certain}
    name = "" if height is None else _target_words(curve)
    falls = curve.column == "loss"  # a falling curve leaves the top right free, a rising one the bottom right
    return [
        note(theme, missing, **quiet, **(top if falls else bottom), visible=bool(missing)),
        note(theme, left_out, **quiet, **(bottom if falls else top), visible=bool(left_out)),
        note(theme, name, **beside, font=green, visible=bool(name)),
    ]
