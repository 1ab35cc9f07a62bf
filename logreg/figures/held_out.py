"""What points that training never saw say of growing weights."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.marks import layout_of, line, point
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace, figure
from logreg.figures.steps import StepAxis, step_axis, step_position, step_shapes, value_ticks
from logreg.figures.theme import FONT_SIZE, LIGHT, Theme, axis, note
from logreg.theory.held_out import HeldOut

HeldOutQuantity = Literal["loss", "confidence"]

_TITLES = {"loss": "Held-out cross-entropy", "confidence": "Held-out confidence"}


def held_out_curves(
    held_out: HeldOut,
    steps: ArrayLike,
    step: int,
    *,
    quantity: HeldOutQuantity = "loss",
    axis: StepAxis = "log",
    theme: Theme = LIGHT,
    height: int = 400,
) -> Picture:
    """Draw what a run's models say of held-out points, over the steps.

    Parameters
    ----------
    held_out : HeldOut
        One entry for every record.
    steps : array-like of shape (n_records,)
        The records' steps.
    step : int
        Where the cursor stands; between records it takes the numbers of the record before.
    quantity : {"loss", "confidence"}
        "loss": held-out cross-entropy, the training sample's faint beside it, the smallest marked. "confidence": mean
        confidence, that of the wrong points, and accuracy.
    axis : {"log", "linear"}
        The step axis.
    theme, height
        As for `penalty_dial`.

    Returns
    -------
    Picture
        `layout.meta` as for `norm_growth`; its quantity is "held_out_loss" or "held_out_confidence".

    Raises
    ------
    ValueError
        If steps are not one for each record, there is no such step, or quantity or axis is unknown.

    Examples
    --------
    >>> from logreg.data.lecture_sets import train_and_held_out
    >>> from logreg.theory.held_out import held_out
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> sample, fresh = train_and_held_out()
    >>> run = train(sample, TrainingConfig(n_steps=10, objective=Objective(fit_bias=False)))
    >>> held_out_curves(held_out(run, fresh), run.steps, 10).figure.layout.title.text
    'Held-out cross-entropy at step 10: 0.1438'
    """
    if quantity not in _TITLES:
        raise ValueError(f'quantity: expected "loss" or "confidence", got {quantity!r}.')
    records = _Records(held_out, np.asarray(steps, dtype=np.float64), axis)
    index, last = records.index_at(step), records.last_step
    parts = _loss_parts(records, theme) if quantity == "loss" else _confidence_parts(records, theme)
    main = held_out.loss if quantity == "loss" else held_out.confidence
    kinds: dict[str, dict[str, Any]] = {
        k: {"xaxis": step_axis(k, last, theme), "shapes": step_shapes(k, theme)} for k in ("log", "linear")
    }
    x, here = float(step_position(step, axis)), float(main[index])
    traces = [
        *parts.traces,
        line([x, x], list(parts.span), theme.run, "cursor", ("cursor", "line"), width=1.5),
        point(x, here, theme.run, ("cursor", "marker"), theme),
    ]
    name = _TITLES[quantity]
    layout = layout_of(theme, height, f"{name} at step {step:,}: {format_number(here)}", {}, parts.values)
    meta = {**kinds, "axis": axis, "step": int(step), "quantity": f"held_out_{quantity}", "label": name}
    layout |= {**kinds[axis], "annotations": parts.notes, "meta": meta}
    return Picture(figure(traces, layout), _alt(records, step, quantity))


def _alt(records: _Records, step: int, quantity: HeldOutQuantity) -> str:
    held_out = records.held_out
    index, best, last = records.index_at(step), held_out.best, f"{records.last_step:,}"
    at = [f"step {int(records.steps[i]):,}" for i in (best, index)]

    def said(values: FloatArray, i: int) -> str:
        return format_number(float(values[i]))

    if quantity == "loss":
        text = f"Held-out cross-entropy over the steps: smallest at {at[0]} with {said(held_out.loss, best)}, "
        text += f"{said(held_out.loss, -1)} at step {last}, while the training sample's falls to "
        return text + f"{said(held_out.training_loss, -1)}. At {at[1]} it is {said(held_out.loss, index)}."
    text = f"From {at[0]} to step {last} held-out accuracy goes from {said(held_out.accuracy, best)} to "
    text += f"{said(held_out.accuracy, -1)}, mean confidence from {said(held_out.confidence, best)} to "
    text += f"{said(held_out.confidence, -1)}. At {at[1]} it is {said(held_out.confidence, index)}"
    wrong = held_out.wrong_confidence[index]
    return text + (f", and {format_number(float(wrong))} on the points that are wrong." if wrong == wrong else ".")


@dataclass(frozen=True, eq=False)
class _Records:
    """Hold the held-out numbers with the steps they belong to."""

    held_out: HeldOut
    steps: FloatArray
    axis: StepAxis

    def __post_init__(self) -> None:
        if self.steps.shape != self.held_out.loss.shape:
            expected = f"steps: expected one for each of {len(self.held_out.loss)} records"
            raise ValueError(f"{expected}, got shape {self.steps.shape}.")

    @property
    def last_step(self) -> int:
        return int(self.steps[-1])

    def index_at(self, step: int) -> int:
        if not 0 <= step <= self.steps[-1]:
            raise ValueError(f"step: expected a whole number from 0 to {self.last_step}, got {step!r}.")
        return int(np.searchsorted(self.steps, step, side="right")) - 1

    def over_steps(self, values: FloatArray, colour: str, part: str, **look: Any) -> Trace:
        """Draw values over the steps; on the log axis no line leads from the gutter to step 1."""
        x = step_position(self.steps, self.axis)
        x = np.where(self.steps == 0, np.nan, x) if self.axis == "log" else x
        return line(x, values, colour, part, ("curve", part), **look)


@dataclass(frozen=True, eq=False)
class _Parts:
    """What the two held-out figures draw differently."""

    traces: list[Trace]
    span: tuple[float, float]
    values: dict[str, Any]
    notes: list[dict[str, Any]]


def _loss_parts(records: _Records, theme: Theme) -> _Parts:
    held = records.held_out
    both = np.concatenate([held.loss, held.training_loss])
    both = np.log10(both[np.isfinite(both) & (both > 0)])
    low, high = (float(both.min()), float(both.max())) if len(both) else (-1.0, 0.0)
    room = 0.1 * (high - low) or 0.5
    span = [low - room, high + 1.6 * room]
    best = held.best
    x, y = float(step_position(records.steps[best], records.axis)), float(held.loss[best])
    traces = [
        records.over_steps(_positive(held.training_loss), theme.muted, "training", dash="dash", width=2.5),
        records.over_steps(_positive(held.loss), theme.run, "run"),
        point(x, y, theme.run, ("best", "marker"), theme, "circle-open"),
    ]
    smallest = f"smallest: {format_number(y)} at step {int(records.steps[best]):,}"
    notes = [
        _end_note(_log_end(held.loss), "held out", theme.run, theme, yshift=10),
        _end_note((_log_end(held.loss) + _log_end(held.training_loss)) / 2, "training sample", theme.muted, theme),
        note(theme, smallest, xref="x", yref="y", x=log10(x) if records.axis == "log" else x, y=log10(y or 1.0))
        | {"yanchor": "bottom", "yshift": 24, "xanchor": "center"},
    ]
    ends = float(10.0 ** span[0]), float(10.0 ** span[1])
    values = {**axis(theme, "loss (log scale)"), "range": span, **value_ticks(span)}
    return _Parts(traces, ends, values, notes)


def _confidence_parts(records: _Records, theme: Theme) -> _Parts:
    held = records.held_out
    span = (0.45, 1.06)
    traces = [
        records.over_steps(held.wrong_confidence, theme.run, "wrong", dash="dot", width=2.5),
        records.over_steps(held.accuracy, theme.text, "accuracy", dash="dash", width=2.5),
        records.over_steps(held.confidence, theme.run, "run"),
    ]
    wanted = {"xanchor": "right", "x": 0.985, "bgcolor": theme.background, "opacity": 0.9, "borderpad": 0}
    names = [("confidence: the accuracy it expects", 0.36), ("– – accuracy", 0.2), ("··· confidence where wrong", 0.04)]
    colours = (theme.run, theme.text, theme.run)
    notes = [
        note(theme, text, y=y, yanchor="bottom", font={"size": FONT_SIZE, "color": colour}, **wanted)
        for (text, y), colour in zip(names, colours, strict=True)
    ]
    values = {**axis(theme, "share"), "range": list(span), "tickvals": [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]}
    return _Parts(traces, span, values, notes)


def _positive(values: FloatArray) -> FloatArray:
    """Return values with NaN where a log axis has no place for them."""
    return np.where(np.isfinite(values) & (values > 0), values, np.nan)


def _log_end(values: FloatArray) -> float:
    """Return the logarithm of a curve's last value that a log axis can hold."""
    usable = values[np.isfinite(values) & (values > 0)]
    return log10(float(usable[-1])) if len(usable) else 0.0


def _end_note(height: float, name: str, colour: str, theme: Theme, yshift: int = 0) -> dict[str, Any]:
    """Return a curve's name at the right, from this height of a log axis up."""
    where = {"x": 0.965, "xanchor": "right", "yref": "y", "y": height, "yanchor": "bottom", "yshift": yshift}
    return note(theme, name, **where, font={"size": FONT_SIZE, "color": colour})
