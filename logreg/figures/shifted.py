"""A penalty that reaches the bias: data that move away, what centring mends, and what it does not."""

from __future__ import annotations

import numpy as np

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.lecture_sets import rare_class
from logreg.data.registry import make_dataset
from logreg.data.transforms import centred
from logreg.figures.arrow_sum import line_columns, point_traces
from logreg.figures.board import Axis, Board, coloured, log_axis, steps_axis
from logreg.figures.difference import unit_of
from logreg.figures.numbers import counted, format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline, bound, log_spaced_steps
from logreg.figures.window import data_window
from logreg.theory.constant_feature import accuracy, penalised
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective, smoothness
from logreg.training.trainer import train

L2 = 0.01
"""Penalty of the scene in which it reaches b."""

_SHIFTS = np.concatenate([[0.0], np.logspace(-1, 2, 91)])
_PENALTIES = np.concatenate([[0.0], np.logspace(-4, 1, 101)])
_UNDER, _OVER = 8.5, 4.0  # widths of two lines that may lie on each other: both are seen
_RUN = 10_000  # steps of the two runs that centring tells apart


@once
def iris() -> Dataset:
    """Return the petals of versicolor and virginica."""
    return make_dataset("iris_versicolor_virginica")


def away_from_zero(dataset: Dataset) -> FloatArray:
    """Return the signs, one for each axis, along which the middle of the points moves away from the origin.

    Examples
    --------
    >>> away_from_zero(Dataset([[-5.0, 1.0], [-3.0, 2.0]], [0, 1])).tolist()
    [-1.0, 1.0]
    """
    return np.where(dataset.X.mean(axis=0) < 0, -1.0, 1.0)


def shift_timeline(dataset: Dataset, l2: float = L2) -> Timeline:
    """Return the lines of two penalties while the data move away from the origin, as seen from the data.

    They move along every axis by the shift, to the side on which their middle is.

    Parameters
    ----------
    dataset : Dataset
        Two features.
    l2 : float
        λ.

    Returns
    -------
    Timeline
        Of the shift, up to a hundred times the power of ten that fits the points: for "both", λ on w and b, and
        "free", λ on w alone, the line ("both_x", "both_y") and the accuracy ("both").

    Examples
    --------
    >>> dial = shift_timeline(iris())
    >>> [dial.columns[name][row].round(2).item() for row in (0, -1) for name in ("both", "free")]
    [0.91, 0.95, 0.67, 0.95]
    """
    columns: dict[str, FloatArray] = {}
    shifts, away = _SHIFTS / unit_of(dataset), away_from_zero(dataset)
    still = penalised(dataset, 0.0, l2, penalise_bias=False)  # a free bias moves along: w and the line stay
    for name in ("both", "free"):
        moved = [penalised(dataset, s * away, l2, penalise_bias=True) if name == "both" else still for s in shifts]
        back = shifts if name == "both" else np.zeros(len(shifts))
        weights = np.array([model.weights for model in moved])
        biases = np.array([model.bias for model in moved]) + back * (weights @ away)
        columns |= line_columns(name, weights, biases, data_window(dataset))
        seen = (Model(w, float(b)) for w, b in zip(weights, biases, strict=True))
        columns[name] = np.array([accuracy(model, dataset) for model in seen])
    return Timeline("shift", shifts, columns)


def shifted_lines(timeline: Timeline, dataset: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the points with the lines of both penalties; the window moves with the points.

    `timeline` comes from `shift_timeline`.
    """
    window = data_window(dataset)
    back = ["−" if sign > 0 else "+" for sign in away_from_zero(dataset)]
    board = Board(
        x=Axis(title=f"x₁ {back[0]} shift", span=window[:2]),
        y=Axis(title=f"x₂ {back[1]} shift", span=window[2:]),
        theme=theme,
        is_square=True,
    )
    traces = []
    for name, colour, width in (("both", theme.run_b, _UNDER), ("free", theme.run, _OVER)):
        x, y = (timeline.columns[f"{name}_{axis}"][0] for axis in "xy")
        traces.append(bound(board.line(name, x, y, colour, width), "at", x=f"{name}_x", y=f"{name}_y"))
    words = (
        f"{counted(dataset.n_samples)} and two lines, as seen from the points while they move away from the origin: "
    )
    words += "violet, penalised on w alone, stays; pink, penalised on w and b, does not."
    return board.picture([*traces, *point_traces(board, dataset)], title="The points move away by {shift}", alt=words)


def shifted_accuracy(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the accuracy of both penalties over the shift.

    `timeline` comes from `shift_timeline`.
    """
    furthest = float(timeline.values[-1])
    across = (0.0008 * furthest, 1.25 * furthest)
    least = min(float(timeline.columns[name].min()) for name in ("both", "free"))
    board = Board(
        x=log_axis("shift", across), y=Axis(title="accuracy", span=(min(0.4, least - 0.03), 1.02)), theme=theme
    )
    traces: list[Trace] = []
    words = "The accuracy over the shift."
    looks = (("both", theme.run_b, _UNDER, 19, "λ on w and b"), ("free", theme.run, _OVER, 13, "λ on w alone"))
    for name, colour, width, size, said in looks:
        values = timeline.columns[name]
        traces += board.grown(timeline, name, colour, width, part=name, now=f"{name} now", size=size)
        words += f" {said}: {format_number(values[0])} unmoved, "
        words += f"{format_number(values[-1])} moved by {format_number(furthest)}."
    title = f"Accuracy: {coloured('λ on w, b', theme.run_b)} {{both}}, {coloured('on w', theme.run)} {{free}}"
    return board.picture(traces, title=title, alt=words)


# ------------------------------------------------------------------ centring


def centring_timeline(dataset: Dataset) -> Timeline:
    """Return the losses of two runs with a bias, each by steps of its own 1/L: on the points, and on them centred.

    Returns
    -------
    Timeline
        Of the step: "raw" and "centred".
    """
    ways = {"raw": dataset, "centred": centred(dataset)}
    runs = {name: train(data, TrainingConfig(n_steps=_RUN)) for name, data in ways.items()}
    steps = log_spaced_steps(_RUN, 110)
    columns = {name: run.loss[np.searchsorted(run.steps, steps, side="right") - 1] for name, run in runs.items()}
    return Timeline(STEP, steps.astype(np.float64), columns)


def centring_bounds(dataset: Dataset) -> tuple[float, float]:
    """Return 2/L of the points as they are, and centred: below it the loss falls at every step."""
    return 2 / smoothness(dataset), 2 / smoothness(centred(dataset))


def centred_losses(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the losses of both runs over the steps.

    `timeline` comes from `centring_timeline`.
    """
    top = 1.08 * max(float(timeline.columns[name].max()) for name in ("raw", "centred"))
    board = Board(x=steps_axis(timeline.values[-1]), y=Axis(title="loss", span=(0.0, top)), theme=theme)
    traces: list[Trace] = []
    words = "The loss over the steps, each run by steps of its own 1/L."
    for name, colour in (("raw", theme.run_b), ("centred", theme.run)):
        values = timeline.columns[name]
        traces += board.grown(timeline, name, colour, 4.5, part=name, now=f"{name} now")
        words += f" {name.capitalize()}: {format_number(values[-1])} at step {timeline.values[-1]:,.0f}."
    title = f"Loss: {coloured('as they are', theme.run_b)} {{raw}}, {coloured('centred', theme.run)} {{centred}}"
    return board.picture(traces, title=title, alt=words)


@once
def rare_timeline() -> Timeline:
    """Return the mean probability of a rare class, centred, while λ on w and b grows.

    Returns
    -------
    Timeline
        Of λ: "mean_p", "rate", the true share, and "b".

    Examples
    --------
    >>> dial = rare_timeline()
    >>> float(np.interp(0.1, dial.values, dial.columns["mean_p"]).round(2)), dial.columns["rate"][0].round(3).item()
    (0.19, 0.047)
    """
    data = rare_class()
    rate = float(data.y.mean())
    models = [penalised(data, 0.0, l2, penalise_bias=True) if l2 else _unpenalised(data) for l2 in _PENALTIES]
    columns = {
        "mean_p": np.array([model.predict_proba(data.X).mean() for model in models]),
        "b": np.array([model.bias for model in models]),
        "rate": np.full(len(models), rate),
    }
    return Timeline("λ", _PENALTIES, columns)


def rare_share(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the mean probability of the rare class over λ, above its true share.

    `timeline` comes from `rare_timeline`.
    """
    values, rate = timeline.columns["mean_p"], float(timeline.columns["rate"][0])
    across = (8e-5, 12.5)
    board = Board(x=log_axis("λ on w and b", across), y=Axis(title="mean p", span=(0.0, 0.55)), theme=theme)
    traces = [
        board.level("rate", rate, theme.certain, says="the true share"),
        *board.grown(timeline, "mean_p", theme.run, 4.5, part="mean p", size=16),
    ]
    notes = [board.name(f"true share {format_number(rate)}", 10.0, rate, theme.certain, yshift=11, xanchor="right")]
    words = f"The mean probability of class 1 over λ, on centred points of which {format_number(rate)} are of class 1: "
    some = format_number(float(np.interp(0.1, timeline.values, values)))
    words += f"{format_number(values[0])} without a penalty, {some} at λ = 0.1, {format_number(values[-1])} at λ = 10."
    return board.picture(traces, title="Mean p: {mean_p}, true share {rate}", alt=words, notes=notes)


def _unpenalised(data: Dataset) -> Model:
    return optimum(data, Objective())
