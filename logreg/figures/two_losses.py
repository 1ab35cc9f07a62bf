"""One start, two losses: squared error waits on its plateau while cross-entropy is on its way."""

from __future__ import annotations

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.data.lecture_sets import nielsens_neuron
from logreg.figures.arrow_sum import arrow_lines, line_columns, point_traces
from logreg.figures.board import Axis, Board, coloured, steps_axis
from logreg.figures.numbers import counted, format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import LIGHT, Theme, dot
from logreg.figures.timeline import STEP, Timeline, bound, log_spaced_steps
from logreg.figures.window import data_window, origin_outside
from logreg.theory.two_losses import LossName, descend_on, loss_slopes
from logreg.training.model import sigmoid

LOSSES: tuple[tuple[str, LossName], ...] = (("se", "squared error"), ("ce", "cross-entropy"))
"""Short names of the columns, and the losses behind them."""

NIELSENS_RATE, NIELSENS_EPOCHS = 0.15, 300
_BADNESS = 6.0  # mean size of the margins at a bad start in the plane
_OFF = np.radians(150.0)
_CANCELLED = 1e-13  # of the longest sample: what adding them up may round
_PLANE_STEPS = 1000


@once
def neuron_timeline(start: tuple[float, float], learning_rate: float = NIELSENS_RATE) -> Timeline:
    """Return what one neuron learns of x = 1, y = 0, with both losses.

    Parameters
    ----------
    start : pair of float
        w and b.
    learning_rate : float
        η.

    Returns
    -------
    Timeline
        Of the epoch: for "se" and "ce" the output ("se_a"), its log-odds ("se_z") and the pull on w ("se_pull").

    Examples
    --------
    >>> dial = neuron_timeline((2.0, 2.0))
    >>> [round(dial.columns["se_a"][row].item(), 4) for row in (0, 75, 150)], dial.values[75].item()
    ([0.982, 0.9334, 0.2028], 150.0)
    """
    epochs = np.arange(0, NIELSENS_EPOCHS + 1, 2)
    columns: dict[str, FloatArray] = {}
    for short, kind in LOSSES:
        z = descend_on(kind, nielsens_neuron(), start, learning_rate, NIELSENS_EPOCHS).sum(axis=1)[epochs]
        columns |= {f"{short}_a": sigmoid(z), f"{short}_z": z, f"{short}_pull": loss_slopes(kind, z, 0)}
    return Timeline("epoch", epochs.astype(np.float64), columns)


def neuron_outputs(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the neuron's output over the epochs with both losses, and its target 0.

    `timeline` comes from `neuron_timeline`.
    """
    board = Board(
        x=Axis(title="epoch", span=(-4, 1.02 * NIELSENS_EPOCHS)), y=Axis(title="output a", span=(0, 1.06)), theme=theme
    )
    traces = [board.level("target", 0.0, theme.certain, width=4, says="the target, y = 0")]
    for (short, kind), colour in zip(LOSSES, loss_colours(theme), strict=True):
        traces += board.grown(timeline, f"{short}_a", colour, 4.5, part=kind, now=f"{short} now")
    ends = {kind: timeline.columns[f"{short}_a"][[0, -1]] for short, kind in LOSSES}
    words = "The output of one neuron over 300 epochs; its target is 0. " + " ".join(
        f"With {kind}: from {format_number(a)} to {format_number(b)}." for kind, (a, b) in ends.items()
    )
    title = f"{_both(theme, '{se_a}', '{ce_a}')}"
    return board.picture(traces, title=title, alt=words)


def neuron_pulls(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the pull on w over the neuron's log-odds with both losses: one dies where the neuron is sure and wrong.

    `timeline` comes from `neuron_timeline`.
    """
    board = Board(x=Axis(title="log-odds z = w + b", span=(-6, 6)), y=Axis(title="pull", span=(0, 1.06)), theme=theme)
    z = np.linspace(-6, 6, 97)
    traces: list[Trace] = []
    for (short, kind), colour in zip(LOSSES, loss_colours(theme), strict=True):
        traces.append(board.line(f"{kind} curve", z, loss_slopes(kind, z, 0), colour, 3))
        z_now, pull_now = (timeline.columns[f"{short}_{name}"][:1] for name in ("z", "pull"))
        here = board.dots(f"{short} now", z_now, pull_now, dot(theme, colour, 15))
        traces.append(bound(here, "at", x=f"{short}_z", y=f"{short}_pull"))
    first = {kind: float(timeline.columns[f"{short}_pull"][0]) for short, kind in LOSSES}
    words = (
        "The pull of the sample on w, by the neuron’s log-odds: with cross-entropy it is a, near 1 where the neuron "
    )
    words += "is sure and wrong; with squared error a·a·(1 − a), a hill that is flat on both sides. At the start: "
    words += f"{format_number(first['cross-entropy'])} and {format_number(first['squared error'])}."
    return board.picture(traces, title=f"Pull: {_numbers(theme, '{se_pull}', '{ce_pull}')}", alt=words)


def bad_start(dataset: Dataset) -> FloatArray:
    """Return weights 150° off the mean of the label-signed samples: margins of size 6 on average, most negative."""
    rows = dataset.signed_samples(fit_bias=False)
    towards = rows.mean(axis=0)
    towards = np.eye(len(towards))[0] if _cancel(rows) else towards
    cos, sin = np.cos(_OFF), np.sin(_OFF)
    start = np.array([[cos, -sin], [sin, cos]]) @ towards
    return np.asarray(_BADNESS / (float(np.abs(rows @ start).mean()) or 1.0) * start)


def start_margin(dataset: Dataset) -> float:
    """Return the mean margin at the bad start: below 0, or 0 where the label-signed samples cancel.

    Examples
    --------
    >>> round(start_margin(Dataset([[1.0, 0.0], [-1.0, 0.0]], [1, 0])), 6)
    -6.0
    """
    rows = dataset.signed_samples(fit_bias=False)
    return 0.0 if _cancel(rows) else float((rows @ bad_start(dataset)).mean())


def _cancel(rows: FloatArray) -> bool:
    return bool(np.linalg.norm(rows.mean(axis=0)) <= _CANCELLED * np.abs(rows).max())


def plane_timeline(dataset: Dataset, learning_rate: float) -> Timeline:
    """Return the lines of both losses in the plane, from one bad start without a bias, at the same η.

    Parameters
    ----------
    dataset : Dataset
        Two features.
    learning_rate : float
        η of both.

    Returns
    -------
    Timeline
        Of the step: for "se" and "ce" the line's ends ("se_x", "se_y"), the way to class 1 ("se_to_x", "se_to_y") and
        the mean probability of the right label ("se_right").
    """
    steps = log_spaced_steps(_PLANE_STEPS, 110)
    rows, window = dataset.signed_samples(fit_bias=False), data_window(dataset)
    size = (window[3] - window[2]) / 4
    columns: dict[str, FloatArray] = {}
    for short, kind in LOSSES:
        path = descend_on(kind, dataset, bad_start(dataset), learning_rate, _PLANE_STEPS, fit_bias=False)[steps]
        columns |= line_columns(short, path, np.zeros(len(path)), window)
        length = np.linalg.norm(path, axis=1, keepdims=True)
        towards = size * path / np.where(length > 0, length, 1.0)
        arrow = arrow_lines(np.zeros((len(path), 1, 2)), towards[:, None], size / 4)
        columns |= {f"{short}_to_x": arrow[:, :, 0], f"{short}_to_y": arrow[:, :, 1]}
        columns[f"{short}_right"] = sigmoid(path @ rows.T).mean(axis=1)
    return Timeline(STEP, steps.astype(np.float64), columns)


def plane_of_two_losses(timeline: Timeline, dataset: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the points and the lines p = 1/2 of both losses.

    `timeline` comes from `plane_timeline`.
    """
    window = data_window(dataset)
    board = Board(x=Axis(title="x₁", span=window[:2]), y=Axis(title="x₂", span=window[2:]), theme=theme, is_square=True)
    traces = point_traces(board, dataset)
    for (short, _), colour in zip(LOSSES, loss_colours(theme), strict=True):
        for part in (short, f"{short}_to"):
            x, y = (timeline.columns[f"{part}_{axis}"][0] for axis in "xy")
            traces.append(bound(board.line(part, x, y, colour, 4.5), "at", x=f"{part}_x", y=f"{part}_y"))
    words = f"{counted(dataset.n_samples)} and two lines that start in the same bad place: violet, trained with "
    words += "cross-entropy, and pink, with squared error. An arrow points from each to its side of class 1."
    return board.picture(traces, title="Two lines from one start; arrows point to class 1", alt=words)


def where_both_lines_go(dataset: Dataset) -> str:
    """Say where the lines of `plane_of_two_losses` go if their window need not show them; else nothing."""
    return origin_outside(data_window(dataset), "Both lines go")


def right_labels(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the mean probability of the right label over the steps, with both losses.

    `timeline` comes from `plane_timeline`.
    """
    height = Axis(title="p of the right label, mean", span=(0, 1.06))
    board = Board(x=steps_axis(timeline.values[-1]), y=height, theme=theme)
    traces: list[Trace] = []
    words = "The mean probability of the right label over the steps. "
    for (short, kind), colour in zip(LOSSES, loss_colours(theme), strict=True):
        values = timeline.columns[f"{short}_right"]
        traces += board.grown(timeline, f"{short}_right", colour, 4.5, part=kind, now=f"{short} now")
        words += f"With {kind}: from {format_number(values[0])} to {format_number(values[-1])}. "
    title = f"{_both(theme, '{se_right}', '{ce_right}')}"
    return board.picture(traces, title=title, alt=words.strip())


def loss_colours(theme: Theme) -> tuple[str, str]:
    """Return pink for squared error and violet for cross-entropy."""
    return theme.run_b, theme.run


def _both(theme: Theme, error: str, entropy: str) -> str:
    """Return both losses in their colours, with a number each."""
    pink, violet = loss_colours(theme)
    return f"{coloured('squared error', pink)} {error}, {coloured('cross-entropy', violet)} {entropy}"


def _numbers(theme: Theme, error: str, entropy: str) -> str:
    pink, violet = loss_colours(theme)
    return f"{coloured(error, pink)} and {coloured(entropy, violet)}"
