"""Three classes: their boundaries while softmax is trained, and ‖W‖ over log steps."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np

from logreg.certificates.kesler import check_classes
from logreg.certificates.separability import Separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.multiclass import MulticlassDataset, three_blobs
from logreg.figures.board import Axis, Board, log_axis
from logreg.figures.numbers import counted, format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme
from logreg.figures.timeline import Timeline, bound, log_spaced_records
from logreg.figures.window import Window, data_window
from logreg.training.config import TrainingConfig
from logreg.training.softmax import SoftmaxRun, train_softmax

Case = Literal["apart", "one label", "mixed"]
STEPS = 10_000
"""Steps of a run."""

_DISTANCES: dict[Case, float] = {"apart": 2.0, "one label": 2.0, "mixed": 0.4}
_RELABELLED = 4  # which point of class 0 gets the label 1


def classes_of(case: Case) -> MulticlassDataset:
    """Return three clouds: apart, with one label that is wrong, or mixed."""
    data = three_blobs(_DISTANCES[case])
    if case != "one label":
        return data
    labels = data.y.copy()
    labels[_RELABELLED] = 1
    return MulticlassDataset(data.X, labels)


@once
def verdict_of(case: Case) -> Separability:
    """Return the exact verdict, by Kesler's construction."""
    return check_classes(classes_of(case))


@once
def run_of(case: Case) -> SoftmaxRun:
    """Train softmax on the three clouds."""
    return train_softmax(classes_of(case), TrainingConfig(n_steps=STEPS))


@once
def classes_timeline(case: Case) -> Timeline:
    """Return the boundaries and ‖W‖ over the steps of a run, the dial t.

    Returns
    -------
    Timeline
        Of t: the boundaries as lines ("edges_x", "edges_y"), "norm" and "loss".
    """
    run, window = run_of(case), data_window(_as_dataset(classes_of(case)))
    wanted = log_spaced_records(STEPS, 102)[1:]
    rows = np.searchsorted(run.steps, wanted, side="right") - 1
    # a run that no step moves any more stays where it is
    steps, first = np.unique(np.where(wanted > run.last_step, wanted, run.steps[rows]), return_index=True)
    rows = rows[first]
    edges = np.array([_edges(run.weights[row], window) for row in rows])
    columns = {"edges_x": edges[:, :, 0], "edges_y": edges[:, :, 1]}
    columns |= {"norm": run.weight_norm[rows], "loss": run.loss[rows]}
    return Timeline("t", steps.astype(np.float64), columns)


def three_boundaries(timeline: Timeline, case: Case, *, theme: Theme = LIGHT) -> Picture:
    """Draw the points of three classes and where two of them are equally and most probable."""
    data = classes_of(case)
    window = data_window(_as_dataset(data))
    board = Board(x=Axis(title="x₁", span=window[:2]), y=Axis(title="x₂", span=window[2:]), theme=theme, is_square=True)
    x, y = (timeline.columns[f"edges_{axis}"][0] for axis in "xy")
    traces = [bound(board.line("boundaries", x, y, theme.boundary, 4), "at", x="edges_x", y="edges_y")]
    looks = [*zip(theme.classes, CLASS_SYMBOLS, CLASS_SIZES, strict=True), (theme.muted, "square", CLASS_SIZES[0])]
    for label, (colour, symbol, size) in enumerate(looks):
        own = data.X[data.y == label]
        rim = {"width": 1, "color": theme.outline}
        marker = {"symbol": symbol, "size": size + 2, "color": colour, "line": rim}
        traces.append(board.dots(f"class {label}", own[:, 0], own[:, 1], marker))
    kind = verdict_of(case).kind
    words = (
        f"{counted(data.n_samples)} of three classes, {kind}, and the boundaries between the classes, which turn while "
    )
    words += "softmax is trained."
    return board.picture(traces, title="Three classes, three boundaries", alt=words)


def norm_of_classes(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw ‖W‖ over log steps."""
    span = (0.9, 1.25 * STEPS)
    norm = timeline.columns["norm"]
    board = Board(
        x=log_axis("step", span),
        y=Axis(title="‖W‖", span=(0.0, 1.15 * float(norm.max()))),
        theme=theme,
    )
    traces: list[Trace] = [
        *board.grown(timeline, "norm", theme.run, 4.5, part="norm"),
    ]
    at = {int(step): float(norm[np.searchsorted(timeline.values, step)]) for step in (100, 1000, STEPS)}
    said = ", ".join(f"{format_number(value)} at step {step:,}" for step, value in at.items())
    return board.picture(traces, title="‖W‖ = {norm}", alt=f"‖W‖ over the steps (log scale): {said}.")


def _edges(weights: FloatArray, window: Window) -> FloatArray:
    """Return the boundaries as lines with gaps: where two classes are equal and the third is below them."""
    lines = []
    for i, j in combinations(range(len(weights)), 2):
        (k,) = {0, 1, 2} - {i, j}
        ends = _cut(weights[i] - weights[j], weights[i] - weights[k], window)
        lines += [ends, np.full((1, 2), np.nan)]
    return np.concatenate(lines)


def _cut(zero: FloatArray, positive: FloatArray, window: Window) -> FloatArray:
    """Return the part of the line zero·(x, 1) = 0 in the window on which positive·(x, 1) ≥ 0; NaN if there is none."""
    along = np.array([-zero[1], zero[0]])
    square = float(zero[:2] @ zero[:2])
    if square == 0:
        return np.full((2, 2), np.nan)
    foot = -zero[2] * zero[:2] / square
    sides = np.array([[1, 0, -window[0]], [-1, 0, window[1]], [0, 1, -window[2]], [0, -1, window[3]], positive])
    slopes, levels = sides[:, :2] @ along, sides[:, :2] @ foot + sides[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        cuts = -levels / slopes
    if ((slopes == 0) & (levels < 0)).any():
        return np.full((2, 2), np.nan)
    low, high = cuts[slopes > 0].max(initial=-np.inf), cuts[slopes < 0].min(initial=np.inf)
    return foot + np.outer([low, high], along) if low < high else np.full((2, 2), np.nan)


def _as_dataset(data: MulticlassDataset) -> Dataset:
    return Dataset(data.X, np.minimum(data.y, 1))
