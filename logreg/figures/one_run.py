"""One run over its steps, with a pinned one behind it: its loss, and the length of its weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.comparison import Quantity, norm_name, starred
from logreg.figures.labels import ANSWER
from logreg.figures.numbers import format_number
from logreg.figures.over_steps import StepChart, step_chart
from logreg.figures.picture import Picture
from logreg.figures.room import Box, Room, around, size_of
from logreg.figures.series import Series
from logreg.figures.steps import StepAxis, step_position
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, note
from logreg.figures.values import drawable, height_of, value_axis, value_span, wants_log
from logreg.training.trajectory import Trajectory

_APART = 0.02  # of the value axis, between a dashed line and its name
_MARGIN = {"l": 84, "r": 16, "t": 38, "b": 52}


def loss_curve(
    trajectory: Trajectory,
    *,
    optimum_loss: float | None = None,
    no_minimum: str | None = None,
    pinned: Trajectory | None = None,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw the loss at every record, on a log axis where it falls far; with a penalty, its cross-entropy beside it.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    optimum_loss : float or None
        Value of a dashed line.
    no_minimum : str or None
        Why there is no such line, as "no minimum": written into the figure as it is.
    pinned : Trajectory or None
        A second run, drawn faint.

    Returns
    -------
    Picture
        With a cursor at the last step; `layout.meta` holds the step axis in both forms under "log" and "linear".

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5))
    >>> loss_curve(run).figure.layout.title.text
    'Loss at step 5: 0.2752'
    """
    own = _series(trajectory, "loss", "this run", target=optimum_loss, target_name="minimum", colour=theme.run)
    series = [*_behind(pinned, "loss", theme), own]
    if trajectory.config.objective.l2:
        look: dict[str, Any] = {"part": "part", "colour": theme.run, "width": 2.5, "dash": "dot"}
        series.insert(-1, _series(trajectory, "data_loss", "cross-entropy", **look))
    about: dict[str, Any] = {"label": name_of_loss(trajectory, pinned), "quantity": "loss", "positive": True}
    is_log = wants_log(np.concatenate([one.y for one in series]))
    return _drawn(series, no_minimum, is_log, theme=theme, **about)


def name_of_loss(*runs: Trajectory | None) -> str:
    """Return what the loss of runs is called: with a penalty in one of them it is an objective."""
    return "Objective" if any(run is not None and run.config.objective.l2 for run in runs) else "Loss"


def norm_growth(
    trajectory: Trajectory,
    *,
    quantity: Quantity = "weight_norm",
    optimum_norm: float | None = None,
    is_unique: bool = True,
    no_minimum: str | None = None,
    pinned: Trajectory | None = None,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw ‖w‖ (or ‖(w, b)‖) at every record: a straight line over log steps, or a plateau.

    Parameters
    ----------
    trajectory, no_minimum, pinned, theme
        As for `loss_curve`.
    quantity : {"weight_norm", "parameter_norm"}
        Without or with b.
    optimum_norm : float or None
        ‖w*‖ (or ‖(w*, b*)‖), drawn as a dashed line.
    is_unique : bool
        Whether there is one minimiser only; otherwise the line is called the shortest.

    Returns
    -------
    Picture
        As for `loss_curve`.

    Raises
    ------
    ValueError
        If the quantity is unknown.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5))
    >>> norm_growth(run).figure.layout.title.text
    '‖w‖ at step 5: 2.359'
    """
    label = norm_name(quantity)
    target = f"{'' if is_unique else 'shortest minimiser: '}{starred(label)}"
    own = _series(trajectory, quantity, "this run", target=optimum_norm, target_name=target, colour=theme.run)
    series = [*_behind(pinned, quantity, theme), own]
    return _drawn(series, no_minimum, False, theme=theme, label=label, quantity=quantity)


def _behind(pinned: Trajectory | None, quantity: str, theme: Theme) -> list[Series]:
    if pinned is None:
        return []
    look: dict[str, Any] = {"part": "pinned", "colour": theme.muted, "width": 2, "dash": "longdash"}
    return [_series(pinned, quantity, "pinned run", **look)]


def _series(run: Trajectory, column: str, name: str, **about: Any) -> Series:
    return Series(name, run.steps.astype(np.float64), getattr(run, column), **about)


def _drawn(series: Sequence[Series], no_minimum: str | None, is_log: bool, **about: Any) -> Picture:
    """Return the picture; the target's name stands below its line, and needs room there."""
    own = series[-1]
    parts = [one.y for one in series] + ([] if own.target is None else [np.array([own.target])])
    span = value_span(parts, is_log, from_zero=not about.get("positive"), room_below=own.target is not None)
    y = value_axis(about["theme"], about["label"], span, is_log)
    chart = step_chart(series, marked=[own], y=y, **about)
    missing = f" Without a dashed line: {no_minimum}." if no_minimum else ""
    notes = _notes(chart, own, no_minimum or "")
    return chart.over_steps(notes=notes, margin=_MARGIN, height=CURVE_HEIGHT, also=missing)


def _notes(chart: StepChart, own: Series, no_minimum: str) -> list[dict[str, Any]]:
    """Return the sentences of a curve: the target's name, why there is none or what is dotted, what is not shown."""
    room = _room(chart, own)
    named = _target_note(chart, own, room)
    dotted = "".join(f"dotted: {one.name}" for one in chart.series if one.part == "part")
    quiet = {"bgcolor": chart.theme.background, "borderpad": 0, "opacity": 0.9}
    return named + [
        note(chart.theme, text, **quiet, **_at(room.take(_corners(text))))
        for text in (no_minimum or dotted, chart.left_out())
        if text
    ]


def _room(chart: StepChart, own: Series) -> Room:
    """Return the room between the curves: on the logarithmic step axis first, on the linear one if it can be."""
    return Room(_lines(chart, own, "log"), _lines(chart, own, "linear"))


def _lines(chart: StepChart, own: Series, kind: StepAxis) -> list[FloatArray]:
    """Return the curves and the ring at the start, in shares of the plot."""
    (low, high), (left, right) = chart.y["range"], chart.steps[kind]["xaxis"]["range"]
    lines = []
    for one in chart.series:
        x, y = step_position(one.x, kind), drawable(one.y, chart.is_log)
        across, up = np.log10(x) if kind == "log" else x, np.log10(y) if chart.is_log else y
        line = np.column_stack([(across - left) / (right - left), (up - low) / (high - low)])
        lines += [line[1:], around(*line[0])] if one is own and kind == "log" else [line]
    return lines


def _corners(text: str) -> list[Box]:
    wide, high = size_of(text)
    rows = ((0.98 - high, 0.98), (0.02, 0.02 + high))
    columns = ((0.95 - wide, 0.95), (0.5 - wide / 2, 0.5 + wide / 2), (0.1, 0.1 + wide))
    return [(*column, *row) for column in columns for row in rows]


def _target_note(chart: StepChart, own: Series, room: Room) -> list[dict[str, Any]]:
    """Name the dashed line, below it or above it."""
    height, (low, high) = height_of(own.target, chart.is_log), chart.y["range"]
    if height is None or own.target is None:
        return []
    said = f"{own.target_name} = {format_number(own.target)}"
    (wide, tall), at = size_of(said), (height - low) / (high - low)
    rows = ((at - _APART - tall, at - _APART), (at + _APART, at + _APART + tall))
    columns = ((0.012, 0.012 + wide), (0.94 - wide, 0.94), (0.5 - wide / 2, 0.5 + wide / 2))
    if at - _APART < tall:
        rows = rows[::-1]
    box = room.take([(*column, *row) for column in columns for row in rows])
    side = {"yanchor": "top", "yshift": -2} if box[3] <= at else {"yanchor": "bottom", "yshift": 2}
    place = {**_at(box), "yref": "y", "y": height, **side}
    green = {"size": FONT_SIZE, "color": chart.theme.certain}
    return [note(chart.theme, said, **place, name=ANSWER, font=green, bgcolor=chart.theme.background, opacity=0.9)]


def _at(box: Box) -> dict[str, Any]:
    """Return where a sentence stands, from the sides of its place that are nearest to the plot's."""
    left, right, bottom, top = box
    middle = (left + right) / 2
    side = "center" if abs(middle - 0.5) < 0.01 else "left" if middle < 0.5 else "right"
    across = {"x": {"left": left, "center": middle, "right": right}[side], "xanchor": side}
    up = {"y": top, "yanchor": "top"} if top + bottom > 1 else {"y": bottom, "yanchor": "bottom"}
    return {**across, **up}
