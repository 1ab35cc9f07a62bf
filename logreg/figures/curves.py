"""Curves over the steps of a run: its loss, and the length of its weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
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
from logreg.figures.numbers import UNDERFLOW, format_number, format_positive
from logreg.figures.picture import Picture, Trace, figure, scatter
from logreg.figures.steps import StepAxis, step_position
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, frame, note
from logreg.training.trajectory import Trajectory, measure

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
    part: str | None = None  # another column, a part of this one, drawn dotted
    part_name: str = ""

    def written(self, value: float) -> str:
        """Write a value as its kind wants it."""
        return format_positive(value) if self.column == "loss" else format_number(value)


def loss_curve(
    trajectory: Trajectory,
    step: int,
    *,
    axis: StepAxis = "log",
    optimum_loss: float | None = None,
    no_minimum: str | None = None,
    pinned: Trajectory | None = None,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw the loss at every record, with a cursor at one step; with a penalty, its cross-entropy beside it.

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
    Picture
        `layout.meta` holds the step axis in both forms under "log" and "linear".

    Raises
    ------
    ValueError
        If the run has no such step, or axis is unknown.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5))
    >>> loss_curve(run, 0).figure.layout.title.text
    'Loss at step 0: 0.6931'
    """
    curve = _loss(trajectory, optimum_loss, no_minimum)
    if pinned is not None and pinned.config.objective.l2:
        curve = replace(curve, name="Objective")
    runs = [_values(trajectory, curve)] if pinned is None else [_values(trajectory, curve), pinned.loss]
    curve = replace(curve, log_values=wants_log(np.concatenate(runs)))
    return Picture(_draw(trajectory, step, axis, curve, pinned, theme), _alt(trajectory, step, curve))


def _loss(run: Trajectory, target: float | None, no_minimum: str | None) -> _Curve:
    if run.config.objective.l2 == 0:
        return _Curve("Loss", "loss", False, target, "minimum", no_minimum)
    part, name = "data_loss", "cross-entropy"
    return _Curve("Objective", "loss", False, target, "minimum", no_minimum, part=part, part_name=name)


def _values(run: Trajectory, curve: _Curve) -> FloatArray:
    """Return all that is drawn of a run."""
    columns = [curve.column] if curve.part is None else [curve.column, curve.part]
    return np.concatenate([np.asarray(getattr(run, column)) for column in columns])


def norm_growth(
    trajectory: Trajectory,
    step: int,
    *,
    axis: StepAxis = "log",
    optimum_norm: float | None = None,
    no_minimum: str | None = None,
    theory: Pair | None = None,
    quantity: Quantity = "weight_norm",
    is_unique: bool = True,
    pinned: Trajectory | None = None,
    theme: Theme = LIGHT,
) -> Picture:
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
    is_unique : bool
        Whether there is one minimiser only; otherwise the line is called the shortest.

    Returns
    -------
    Picture
        As for `loss_curve`; the value axis is linear.

    Raises
    ------
    ValueError
        If the run has no such step, or axis or quantity is unknown.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5))
    >>> norm_growth(run, 0).figure.layout.title.text
    '‖w‖ at step 0: 0'
    """
    name = norm_name(quantity)
    curve = _Curve(name, quantity, False, optimum_norm, _norm_target(quantity, is_unique), no_minimum, theory)
    return Picture(_draw(trajectory, step, axis, curve, pinned, theme), _alt(trajectory, step, curve))


def _norm_target(quantity: Quantity, is_unique: bool) -> str:
    name = "‖w*‖" if quantity == "weight_norm" else "‖(w*, b*)‖"
    return name if is_unique else f"shortest minimiser: {name}"


def _alt(trajectory: Trajectory, step: int, curve: _Curve) -> str:
    values = getattr(trajectory, curve.column)
    start, here, end = (curve.written(v) for v in (values[0], value_at(trajectory, step, curve.column), values[-1]))
    said = f"{curve.name} over the steps of the run: {start} at step 0, {end} at step {trajectory.last_step:,}."
    said += "" if step == trajectory.last_step else f" At step {step:,} it is {here}."
    if curve.part is not None:
        last = curve.written(float(getattr(trajectory, curve.part)[-1]))
        said += f" A dotted line shows the {curve.part_name} alone, {last} in the end."
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
    row = model.parameters if config.objective.fit_bias else model.weights
    return float(getattr(measure(trajectory.dataset, config.objective, row[None, :]), column)[0])


def _draw(
    run: Trajectory, step: int, kind: StepAxis, curve: _Curve, pinned: Trajectory | None, theme: Theme
) -> go.Figure:
    here, position = value_at(run, step, curve.column), float(step_position(step, kind))
    last = max(run.last_step, 0 if pinned is None else pinned.last_step)
    steps = both_step_axes(last, theme)
    shown, span = steps[kind], _span(run, curve, pinned)
    title = f"{curve.name} at step {step:,}: {curve.written(here)}"
    layout = frame(theme, height=CURVE_HEIGHT, title=title, margin=_MARGIN)
    values = value_axis(theme, curve.name, span, curve.log_values)
    ends = [power_of_ten(v) for v in span] if curve.log_values else span
    traces = [
        _line(pinned, curve, kind, theme, pinned=True),
        _theory(curve, kind, theme),
        _part(run, curve, kind, theme),
        _target(curve, shown["xaxis"]["range"], kind, theme),
        _line(run, curve, kind, theme, pinned=False),
        _marker("start", "start", 0, float(getattr(run, curve.column)[0]), curve, kind, theme),
        cursor_line(position, ends, theme.run),
        _marker("cursor", "marker", step, here, curve, kind, theme),
    ]
    meta = {**steps, "axis": kind, "step": int(step), "quantity": curve.column, "label": curve.name}
    return figure(
        traces, {**layout, **shown, "yaxis": values, "meta": meta, "annotations": _notes(run, curve, span, theme)}
    )


def _span(run: Trajectory, curve: _Curve, pinned: Trajectory | None) -> list[float]:
    """Return the value axis' range; the target's name stands below its line, and needs room there."""
    parts = [_values(run, curve)] + ([getattr(pinned, curve.column)] if pinned is not None else [])
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


def _part(run: Trajectory, curve: _Curve, kind: StepAxis, theme: Theme) -> Trace:
    x, y = np.empty(0), np.empty(0)
    if curve.part is not None:
        x = np.where(run.steps == 0, np.nan, step_position(run.steps, kind))
        y = drawable(getattr(run, curve.part), curve.log_values)
    return scatter(
        **{"x": x, "y": y, "mode": "lines", "line": {"color": theme.run, "width": 2.5, "dash": "dot"}},
        **{"connectgaps": False, "name": curve.part_name},
        hovertemplate=f"{curve.part_name}, step %{{x:,}}: %{{y:.4~g}}<extra></extra>",
        meta={"role": "curve", "part": "part"},
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
        hovertext=[f"step {step:,}: {curve.written(value)}"],
        name=part,
        meta={"role": role, "part": part},
    )


def _notes(run: Trajectory, curve: _Curve, span: list[float], theme: Theme) -> list[dict[str, Any]]:
    """Return the sentences of a curve: why there is no target, what a log axis cannot show, the target's number."""
    values = getattr(run, curve.column)
    zeros, broken = int((values == 0).sum()), int((~np.isfinite(values)).sum())
    gaps = [f"{_records(zeros)} {UNDERFLOW}"] if zeros and curve.log_values else []
    gaps += [f"{_records(broken)} not finite"] if broken else []
    left_out = f"not drawn: {' and '.join(gaps)}" if gaps else ""
    dotted = f"dotted: {curve.part_name}" if curve.part else ""
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
    ends = values[np.isfinite(values)][
        -1:
    ]  # where the curve ends high, the bottom right is free, and the other way round
    end = height_of(float(ends[0]), curve.log_values) if ends.size else None
    falls = end is None or end < (low + high) / 2
    return [
        note(theme, missing, **quiet, **(top if falls else bottom), visible=bool(missing)),
        note(theme, left_out, **quiet, **(bottom if falls else top), visible=bool(left_out)),
        note(theme, name, **beside, font=green, visible=bool(name)),
        note(theme, dotted, **quiet, **(top if falls else bottom), visible=bool(dotted) and not missing),
    ]


def _records(count: int) -> str:
    return f"{count:,} record is" if count == 1 else f"{count:,} records are"
