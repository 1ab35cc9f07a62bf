"""Curves over the steps of a run: its loss, and the length of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log10
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.dataset import FloatArray
from logreg.figures.numbers import format_number
from logreg.figures.steps import StepAxis, step_axis, step_position, step_shapes, value_ticks
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, axis, frame, note
from logreg.trajectory import Trajectory, measure

Quantity = Literal["weight_norm", "parameter_norm"]
Pair = tuple[ArrayLike, ArrayLike]

NORM_NAMES = {"weight_norm": "‖w‖", "parameter_norm": "‖(w, b)‖"}
_LOG_FROM = 10.0  # a loss whose largest value is this many times its smallest gets a log axis
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
    log_values = _wants_log(np.concatenate(runs))
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
    name = _norm_name(quantity)
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
    return _alt(trajectory, step, _Curve(_norm_name(quantity), quantity, False, optimum_norm, target_name, no_minimum))


def _norm_name(quantity: str) -> str:
    if quantity not in NORM_NAMES:
        raise ValueError(f'quantity: expected "weight_norm" or "parameter_norm", got {quantity!r}.')
    return NORM_NAMES[quantity]


def _alt(trajectory: Trajectory, step: int, curve: _Curve) -> str:
    values = getattr(trajectory, curve.column)
    start, here, end = (format_number(v) for v in (values[0], value_at(trajectory, step, curve.column), values[-1]))
    said = f"{curve.name} over the steps of the run: {start} at step 0, {end} at step {trajectory.last_step:,}; "
    said += f"the cursor is at step {step:,} with {here}."
    if curve.target is not None:
        said += f" A dashed line marks the {_target_words(curve)}."
    return said + (f" Without a dashed line: {curve.no_minimum}." if curve.no_minimum else "")


def _target_height(curve: _Curve) -> float | None:
    """Return where the target stands on the value axis, as its logarithm on a log axis; None if nowhere."""
    if curve.target is None or not isfinite(curve.target) or (curve.log_values and curve.target <= 0):
        return None
    return log10(curve.target) if curve.log_values else float(curve.target)


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


def _wants_log(values: FloatArray) -> bool:
    usable = values[np.isfinite(values) & (values > 0)]
    return bool(len(usable)) and bool(usable.max() / _LOG_FROM > usable.min())


def _draw(
    run: Trajectory, step: int, kind: StepAxis, curve: _Curve, pinned: Trajectory | None, theme: Theme
) -> go.Figure:
    here, position = value_at(run, step, curve.column), float(step_position(step, kind))
    last = max(run.last_step, 0 if pinned is None else pinned.last_step)
    steps: dict[str, dict[str, Any]] = {
        k: {"xaxis": step_axis(k, last, theme), "shapes": step_shapes(k, theme)} for k in ("log", "linear")
    }
    shown, span = steps[kind], _span(run, curve, pinned)
    title = f"{curve.name} at step {step:,}: {format_number(here)}"
    layout = frame(theme, height=CURVE_HEIGHT, title=title, margin=_MARGIN)
    values = {**axis(theme, curve.name + (" (log scale)" if curve.log_values else "")), "range": span}
    values |= value_ticks(span) if curve.log_values else {"type": "linear"}
    ends = [_power_of_ten(v) for v in span] if curve.log_values else span
    traces = [
        _line(pinned, curve, kind, theme, pinned=True),
        _theory(curve, kind, theme),
        _target(curve, shown["xaxis"]["range"], kind, theme),
        _line(run, curve, kind, theme, pinned=False),
        _marker("start", "start", 0, float(getattr(run, curve.column)[0]), curve, kind, theme),
        _cursor_line(position, ends, theme),
        _marker("cursor", "marker", step, here, curve, kind, theme),
    ]
    meta = {**steps, "axis": kind, "step": int(step), "quantity": curve.column}
    return go.Figure(
        traces, {**layout, **shown, "yaxis": values, "meta": meta, "annotations": _notes(run, curve, span, theme)}
    )


def _power_of_ten(exponent: float) -> float:
    """Return 10^exponent, held to the largest float64: a range may reach past it."""
    return float(10.0 ** min(exponent, 308.0))


def _drawable(values: FloatArray, log_values: bool) -> FloatArray:
    """Return values with NaN, which Plotly leaves out, where the axis has no place for them."""
    usable = np.isfinite(values) & ((values > 0) | (not log_values))
    return np.where(usable, values, np.nan)


def _span(run: Trajectory, curve: _Curve, pinned: Trajectory | None) -> list[float]:
    """Return the value axis' range: everything drawn, with room; as logarithms on a log axis."""
    parts = [getattr(r, curve.column) for r in (run, pinned) if r is not None]
    parts += [] if curve.target is None else [np.array([curve.target])]
    values = _drawable(np.concatenate(parts), curve.log_values)
    values = values[np.isfinite(values)]
    if curve.log_values:
        values = np.log10(values)
    elif not len(values) or curve.column != "loss" or values.min() > 0:
        values = np.append(values, 0.0)  # a length or a loss is read from zero
    low, high = float(values.min()), float(values.max())
    room = (high / 2 - low / 2) * 0.16 or 0.5 * abs(high) or 0.5
    below = room if curve.log_values or curve.target is not None else 0.35 * room  # the target's name stands below it
    return [low - below, high + room]


def _line(run: Trajectory | None, curve: _Curve, kind: StepAxis, theme: Theme, *, pinned: bool) -> go.Scatter:
    look = {"color": theme.muted, "width": 2, "dash": "longdash"} if pinned else {"color": theme.run, "width": 3}
    x, y = np.empty(0), np.empty(0)
    if run is not None:
        x, values = step_position(run.steps, kind), getattr(run, curve.column)
        if kind == "log":
            x = np.where(run.steps == 0, np.nan, x)  # a gap: no line leads from the gutter to step 1
        y = _drawable(values, curve.log_values)
    return go.Scatter(
        **{"x": x, "y": y, "mode": "lines", "line": look, "connectgaps": False},
        **{"hovertemplate": "step %{x:,}: %{y:.4~g}<extra></extra>", "name": "pinned" if pinned else curve.name},
        meta={"role": "curve", "part": "pinned" if pinned else "run"},
    )


def _theory(curve: _Curve, kind: StepAxis, theme: Theme) -> go.Scatter:
    nothing: Pair = ([], [])
    steps, values = curve.theory or nothing
    return go.Scatter(
        x=step_position(steps, kind),
        y=np.asarray(values, dtype=np.float64),
        mode="lines",
        line={"color": theme.text, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        name="theory",
        meta={"role": "curve", "part": "theory"},
    )


def _target(curve: _Curve, span: list[float], kind: StepAxis, theme: Theme) -> go.Scatter:
    ends = [10**v for v in span] if kind == "log" else list(span)
    usable = _target_height(curve) is not None
    return go.Scatter(
        x=ends if usable else [],
        y=[curve.target] * 2 if usable else [],
        mode="lines",
        line={"color": theme.certain, "width": 2.5, "dash": "dash"},
        hoverinfo="skip",
        name="optimum",
        meta={"role": "optimum", "part": "line"},
    )


def _marker(role: str, part: str, step: int, value: float, curve: _Curve, kind: StepAxis, theme: Theme) -> go.Scatter:
    open_ring = {"symbol": "circle-open", "size": 9, "color": theme.run, "line": {"width": 2.5}}
    filled = {"symbol": "circle", "size": 12, "color": theme.run, "line": {"width": 2, "color": theme.outline}}
    return go.Scatter(
        x=[float(step_position(step, kind))],
        y=_drawable(np.array([value]), curve.log_values),
        mode="markers",
        marker=open_ring if role == "start" else filled,
        hoverinfo="text",
        hovertext=[f"step {step:,}: {format_number(value)}"],
        name=part,
        meta={"role": role, "part": part},
    )


def _cursor_line(position: float, ends: list[float], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[position] * 2,
        y=ends,
        mode="lines",
        line={"color": theme.run, "width": 1.5},
        hoverinfo="skip",
        name="cursor",
        meta={"role": "cursor", "part": "line"},
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
