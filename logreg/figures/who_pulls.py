"""Who still pulls: the share of each point in all residuals, and how much of all pulling is left in the sum."""

from __future__ import annotations

import numpy as np

from logreg.data.dataset import Dataset
from logreg.figures.arrow_sum import shown_rows
from logreg.figures.board import Axis, Board, bar_rows, steps_axis
from logreg.figures.numbers import each_of, format_number
from logreg.figures.picture import Picture, Trace, trace
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline, bound
from logreg.theory.arrows import cancelling, pull_shares
from logreg.training.trajectory import Trajectory

MOST_BARS = 60
_FEW = 4
"""Points that are told apart; of more, those that pull most at the end."""
_MARKED = 40  # bars with a large mark of their class on top


def share_timeline(run: Trajectory) -> Timeline:
    """Return each point's share of the pulls, sorted by its share at the end, at the steps of a run.

    Parameters
    ----------
    run : Trajectory
        Without a bias.

    Returns
    -------
    Timeline
        Of the step: "zeros" and "ones" (heights of bars, NaN for the other class), "kept" (what is left in the sum),
        "few" (the share of the four points that pull most at the end).
    """
    rows = shown_rows(run)
    shares = pull_shares(run.dataset, run.weights[rows])
    order = np.argsort(-shares[-1], kind="stable")[:MOST_BARS]
    shares = shares[:, order]
    is_one = run.dataset.y[order] == 1
    columns = {
        "zeros": bar_rows(np.where(is_one, np.nan, shares)),
        "ones": bar_rows(np.where(is_one, shares, np.nan)),
        "kept": cancelling(run.dataset, run.weights[rows]),
        "few": shares[:, :_FEW].sum(axis=1) if run.dataset.n_samples > _FEW else np.ones(len(shares)),
    }
    return Timeline(STEP, run.steps[rows].astype(np.float64), columns)


def pull_bars(
    timeline: Timeline, dataset: Dataset, targets: np.ndarray | None = None, *, theme: Theme = LIGHT
) -> Picture:
    """Draw a bar a point: its share of all pulls.

    Parameters
    ----------
    timeline : Timeline
        From `share_timeline`.
    dataset : Dataset
        The points behind it.
    targets : ndarray of shape (n_samples,) or None
        The share that each point tends to, drawn at the end: on separable data the weights of the support vectors.
    """
    n = timeline.columns["ones"].shape[1] // 3
    last = np.nan_to_num(np.fmax(timeline.columns["zeros"][-1, 1::3], timeline.columns["ones"][-1, 1::3]))
    top = 1.15 * float(np.nanmax(np.fmax(timeline.columns["zeros"], timeline.columns["ones"])))
    names = Axis(title="points, by their share at the end", span=(0.3, n + 0.7), ticks={1.0: "1", float(n): str(n)})
    board = Board(x=names, y=Axis(title="share of all pulls", span=(0, top)), theme=theme)
    places, width = np.arange(1, n + 1), max(3.0, min(16.0, 220.0 / n))
    traces: list[Trace] = []
    for label, name in enumerate(("zeros", "ones")):
        bars = board.bars(f"class {label}", places, timeline.columns[name][0, 1::3], theme.classes[label], width)
        tops = np.tile([0, CLASS_SIZES[label] if n <= _MARKED else 6, 0], n)
        marker = {"symbol": CLASS_SYMBOLS[label], "color": theme.classes[label], "size": tops, "opacity": 1}
        traces.append(bound({**bars, "mode": "lines+markers", "marker": marker, "cliponaxis": False}, "at", y=name))
    if targets is not None:
        heights = np.sort(targets)[::-1][:n]
        traces.append(_targets(places[heights > 0], heights[heights > 0], theme))
    pulling = int((last > 0.01).sum())
    n = dataset.n_samples
    words = f"A bar for {each_of(n)}: its share of all pulls. "
    words += f"At step {timeline.values[-1]:,.0f} {pulling} of them {'has' if pulling == 1 else 'have'} more than a "
    words += f"hundredth; the largest has {format_number(last.max())}."
    return board.picture(traces, title=f"Who still pulls: {few_points(dataset)} {{few}} of it", alt=words)


def few_points(dataset: Dataset) -> str:
    """Return whose share is counted as "few", with its verb."""
    number = ("one point has", "two points have", "three points have", "four points have")
    return number[min(dataset.n_samples, _FEW) - 1]


def left_over(timeline: Timeline, floor: float | None, *, theme: Theme = LIGHT) -> Picture:
    """Draw how much of all pulling is left in the sum: ‖Σ pulls‖ / Σ ‖pull‖.

    Parameters
    ----------
    timeline : Timeline
        From `share_timeline`.
    floor : float or None
        γ/max‖a‖ of separable data, below which it never falls.
    """
    kept = timeline.columns["kept"]
    height = Axis(title="sum ÷ all pulls", span=(-0.03, 1.06))
    board = Board(x=steps_axis(timeline.values[-1]), y=height, theme=theme)
    traces = [
        *board.grown(timeline, "kept", theme.run, 4.5, part="kept"),
    ]
    notes = []
    words = f"What is left of all pulling in the sum: {format_number(kept[0])} at first, {format_number(kept[-1])} at "
    words += f"step {timeline.values[-1]:,.0f}."
    if floor is not None:
        traces.append(board.level("floor", floor, theme.certain, says="γ / max ‖a‖: it never falls below"))
        notes.append(board.name(f"γ / max ‖a‖ = {format_number(floor)}", 1.0, floor, theme.certain, yanchor="top"))
        words += f" Dashed: γ / max ‖a‖ = {format_number(floor)}, which it never goes below."
    return board.picture(traces, title="Left in the sum: {kept} of all pulling", alt=words, notes=notes)


def _targets(places: np.ndarray, heights: np.ndarray, theme: Theme) -> Trace:
    """Return a short line over each bar, at what it tends to; shown at the end."""
    x = np.column_stack([places - 0.42, places + 0.42, np.full(len(places), np.nan)]).ravel()
    y = np.column_stack([heights, heights, np.full(len(places), np.nan)]).ravel()
    look = {"hoverinfo": "text", "hovertext": "weight of a support vector"}
    return trace("optimum", "targets", x, y, line={"color": theme.certain, "width": 4}, **look)
