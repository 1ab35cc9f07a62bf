"""Pictures of the sigmoid lesson, each with the timeline that moves it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board, bar_rows, steps_axis
from logreg.figures.numbers import counted, format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace
from logreg.figures.steps import STEP_ZERO
from logreg.figures.theme import CLASS_DASHES, CLASS_SYMBOLS, LIGHT, Theme, dot, faint, ring
from logreg.figures.timeline import STEP, Timeline, bound, log_spaced_records, rows_for
from logreg.theory.scores import (
    SLOPE,
    distances_over_steps,
    losses_of_both_label_sets,
    scores_over_steps,
    slope_at_tie,
    two_clouds,
    width,
)
from logreg.training.model import sigmoid
from logreg.training.trajectory import Trajectory

_P = Axis(title="probability h", span=(-0.06, 1.06))
_REACH = 5.0  # of x and of scores
_CELLS = 121
_ROUNDING = 1e-11  # per cent
_SAMPLES = ((-3.0, 0), (-1.8, 0), (-0.6, 1), (0.4, 0), (1.6, 1), (2.8, 1))


# ------------------------------------------------------------------ from a score to a probability


def along_x(w: float, b: float) -> Timeline:
    """Return f(x) = w·x + b and h(x) = s(f(x)) over x, the dial."""
    x = np.linspace(-4.0, 4.0, 81)
    f = w * x + b
    return Timeline("x", x, {"f": f, "p": sigmoid(f)})


def score_and_probability(w: float, b: float, *, theme: Theme = LIGHT) -> tuple[Picture, Picture]:
    """Draw f(x) above and h(x) below, with one cursor, bound to `along_x`, and the tie at x = −b/w."""
    dial = along_x(w, b)
    x, f, p = dial.values, dial.columns["f"], dial.columns["p"]
    across = Axis(title="x", span=(-4.2, 4.2))
    most = max(float(np.abs(f).max()), 1.0) * 1.1
    tie = -b / w if w else None
    said = "there is no tie" if tie is None else f"the tie, h = 1/2, is at x = {format_number(tie)}"
    pictures = []
    for values, name, up, level, colour in (
        (f, "f", Axis(title="score f", span=(-most, most)), 0.0, theme.run),
        (p, "p", Axis(title="h", span=_P.span), 0.5, theme.run),
    ):
        board = Board(x=across, y=up, theme=theme)
        traces = [board.level("tie level", level, theme.muted)]
        if tie is not None and abs(tie) < across.span[1]:
            traces.append(board.upright("tie", tie, theme.boundary, "dash"))
        traces.append(board.line(name, x, values, colour))
        if name == "p":
            traces += [_row(board, label, theme) for label in (0, 1)]
        cursor = board.dots("cursor", x[:1], values[:1], dot(theme, theme.run_b, 15))
        traces.append(bound(cursor, "at", x="x", y=name))
        title = "f(x) = w·x + b: {f}" if name == "f" else "h(x) = 1/(1 + e^−f): {p}"
        pictures.append(board.picture(traces, title=title, alt=f"{name} over x from −4 to 4; {said}."))
    return pictures[0], pictures[1]


def _row(board: Board, label: int, theme: Theme) -> dict[str, object]:
    """Return the samples of a class, at the height of their label."""
    places = [x for x, y in _SAMPLES if y == label]
    marker = {**dot(theme, theme.classes[label], 11), "symbol": CLASS_SYMBOLS[label]}
    return board.dots(f"class {label}", places, [float(label)] * len(places), marker)


# ------------------------------------------------------------------ s(c·a)


def steepness() -> Timeline:
    """Return s(c·a) for c from 0.1 to 1000: the curve, its slope at the tie and its width from 10 to 90 %."""
    c = np.logspace(-1.0, 3.0, 97)
    a = _dense_at_the_tie()
    widths = np.array([width(value) for value in c])
    slopes = np.array([slope_at_tie(value) for value in c])
    half = widths / 2.0
    ends = np.column_stack([-half, half])
    return Timeline("c", c, {"curve": sigmoid(c[:, None] * a), "slope": slopes, "width": widths, "ends": ends})


def steep_sigmoid(*, theme: Theme = LIGHT) -> Picture:
    """Draw s(c·a), bound to `steepness`, with s(a) faint behind it."""
    a = _dense_at_the_tie()
    dial = steepness()
    board = Board(x=Axis(title="a", span=(-_REACH, _REACH)), y=_P, theme=theme)
    wide = board.line("width", dial.columns["ends"][0], [0.5, 0.5], theme.certain, 9)
    traces = [
        board.line("c = 1", a, sigmoid(a), theme.muted, 2, dash="dot"),
        bound(wide, "at", x="ends"),
        bound(board.line("curve", a, dial.columns["curve"][0], theme.run), "at", y="curve"),
    ]
    notes = [board.name("c = 1", 3.2, float(sigmoid(2.6)), theme.muted, yanchor="top")]
    alt = "s(c·a) over a, from c = 0.1, almost a level line, to c = 1000, a step; green: from 10 to 90 %."
    return board.picture(traces, title="s(c·a), c = {c}", alt=alt, notes=notes)


def _dense_at_the_tie() -> FloatArray:
    """Return places of a, so near each other at 0 that s(1000·a) is no ramp."""
    right = np.geomspace(1e-4, _REACH, 90)
    return np.concatenate([-right[::-1], [0.0], right])


# ------------------------------------------------------------------ points on the curve


def on_the_curve(runs: Sequence[Trajectory]) -> Timeline:
    """Return every sample's score and probability over the steps of runs A, B, …, and the largest |f| of each.

    Columns are f0, p0 and far0 for the first run, f1, … for the second, their samples as `_worst_last` has them.
    """
    steps = log_spaced_records(max(run.last_step for run in runs), rows_for(2 * sum(map(_n_samples, runs))))
    columns: dict[str, FloatArray] = {}
    for k, run in enumerate(runs):
        f = scores_over_steps(run, steps)[:, _worst_last(run)]
        columns |= {f"f{k}": f, f"p{k}": sigmoid(f), f"far{k}": np.abs(f).max(axis=1)}
    return Timeline(STEP, steps, columns)


def _n_samples(run: Trajectory) -> int:
    return run.dataset.n_samples


def _worst_last(run: Trajectory) -> NDArray[np.intp]:
    """Return the samples in an order in which the one that is most wrong in the end is drawn over the others."""
    return np.argsort(-run.dataset.signs * scores_over_steps(run, [run.last_step])[0], kind="stable")


def points_on_the_curve(dial: Timeline, index: int, run: Trajectory, *, name: str, theme: Theme = LIGHT) -> Picture:
    """Draw the sigmoid with the samples of a run, of which the dial has the number, on it, bound to `on_the_curve`."""
    f, p = dial.columns[f"f{index}"], dial.columns[f"p{index}"]
    reach = max(float(ceil(np.abs([dial.columns[k] for k in dial.columns if k.startswith("far")]).max())), 1.0)
    a = np.linspace(-reach, reach, 2 * _CELLS)
    board = Board(x=Axis(title="score f(x)", span=(-1.04 * reach, 1.04 * reach)), y=_P, theme=theme)
    labels = run.dataset.y[_worst_last(run)]
    symbols = [CLASS_SYMBOLS[label] for label in labels]
    colours = [theme.classes[label] for label in labels]
    marker = {**dot(theme, theme.run, 13), "symbol": symbols, "color": colours}
    points = board.dots("points", f[0], p[0], marker)
    traces = [
        board.line("sigmoid", a, sigmoid(a), theme.muted, 2.5),
        board.upright("tie", 0.0, theme.boundary, "dash"),
        bound(points, "at", x=f"f{index}", y=f"p{index}"),
    ]
    last = format_number(float(np.abs(f[-1]).max()))
    alt = f"{name}: the sigmoid with {counted(_n_samples(run))}; at the last step the largest |f| is {last}."
    return board.picture(traces, title=f"{name}: largest |f| = {{far{index}}}", alt=alt)


# ------------------------------------------------------------------ confidence or distance


def growing_scores(run: Trajectory) -> Timeline:
    """Return ‖w‖ and the largest |f| over the steps of a run, as "norm0" and "far0"."""
    steps = log_spaced_records(run.last_step, rows_for(4 * _n_samples(run)))  # two charts, x and y of every sample
    norms = run.weight_norm[np.searchsorted(run.steps, steps, side="right") - 1]
    return Timeline(STEP, steps, {"norm0": norms, "far0": np.abs(scores_over_steps(run, steps)).max(axis=1)})


def confidence_and_distance(dial: Timeline, run: Trajectory, *, theme: Theme = LIGHT) -> tuple[Picture, Picture]:
    """Draw |f| of every sample over the steps, and |f|/‖w‖, both growing with `growing_scores`."""
    sizes, lengths = (np.abs(over(run, dial.values)) for over in (scores_over_steps, distances_over_steps))
    return (
        _over_steps(dial, sizes, run.dataset, "confidence |f|", "|f(x)|, at most {far0}", theme),
        _over_steps(dial, lengths, run.dataset, "distance |f|/‖w‖", "distance to the line p = 1/2", theme),
    )


def last_tenfold(run: Trajectory) -> str:
    """Say what the last tenfold steps of a run without a minimum changed: ‖w‖, and the distances to its line.

    Parameters
    ----------
    run : Trajectory
        Of points that do not overlap, without a bias: from its first step on ‖w‖ is above 0.
    """
    last, first = run.last_step, int(run.steps[run.index_at(max(run.last_step // 10, 1))])
    before, after = np.abs(distances_over_steps(run, [first, last]))
    norms = run.weight_norm[[run.index_at(first), run.index_at(last)]]
    grown = 100 * float(norms[1] / norms[0] - 1)
    growth = f"{_percent(grown)} %" if grown > _ROUNDING else "less than rounding"
    moved = 100 * float(np.abs(after - before).max() / after.max())
    far = f"up to {_percent(moved)} % of the longest" if moved > _ROUNDING else "no more than rounding"
    return f"From step {first:,} to {last:,} ‖w‖ grows by {growth}, and the distances to the line change by {far}."


def _percent(value: float) -> str:
    return format_number(value, 2 if value < 100 else 4)


def _over_steps(dial: Timeline, values: FloatArray, dataset: Dataset, label: str, title: str, theme: Theme) -> Picture:
    last = int(dial.values[-1])
    top = float(np.nanmax(values, initial=0.0)) * 1.08 or 1.0
    board = Board(x=steps_axis(last), y=Axis(title=label, span=(0.0, top)), theme=theme)
    place = np.where(dial.values == 0, np.nan, dial.values)  # no line leads from the gutter to step 1
    traces = []
    for label_of in (0, 1):
        members = np.flatnonzero(dataset.y == label_of)
        rows = [np.append(values[:, i], np.nan) for i in members]
        if rows:
            x_all = np.tile(np.append(place, np.nan), len(rows))
            drawn = _growing(board, f"class {label_of}", x_all, np.concatenate(rows), theme.classes[label_of])
            traces.append({**drawn, "line": {**drawn["line"], "dash": CLASS_DASHES[label_of]}})
    upright = board.upright("cursor", STEP_ZERO, theme.run)
    traces.append(bound(upright, "at", x=STEP))
    known = values[-1][np.isfinite(values[-1])]
    ends = [format_number(float(end)) for end in (known.min(), known.max())] if len(known) else []
    said = f"at the last step from {' to '.join(ends)}" if ends else "there is none: w = 0"
    alt = f"{label} of {counted(dataset.n_samples)} over log steps; {said}."
    return board.picture(traces, title=title, alt=alt)


def _growing(board: Board, part: str, x: ArrayLike, y: ArrayLike, colour: str) -> Trace:
    """Return lines over the dial that a stage uncovers as it plays."""
    return bound(board.line(part, x, y, faint(colour, 0.8), 2.5), "along")


# ------------------------------------------------------------------ P(Y | X) and P(X)


@once
def more_samples() -> Timeline:
    """Return the two clouds for more and more samples, the dial n: histograms, and the share of + in each bin."""
    n = np.unique(np.rint(np.logspace(1.0, 5.0, 41)))
    clouds = [two_clouds(int(size)) for size in n]
    columns: dict[str, FloatArray] = {}
    for k in (0, 1):
        columns[f"bars{k}"] = bar_rows(np.array([one.counts[k] / size for one, size in zip(clouds, n, strict=True)]))
        columns[f"share{k}"] = np.array([one.shares[k] for one in clouds])
    apart = [np.abs(one.counts[0] - one.counts[1]).sum() / (2 * size) for one, size in zip(clouds, n, strict=True)]
    inner = slice(3, 9)
    shares = [float(np.nanmax(np.abs(one.shares[0] - one.shares[1])[inner], initial=0.0)) for one in clouds]
    return Timeline("n", n, {**columns, "apart": np.array(apart), "differ": np.array(shares)})


def two_histograms(dial: Timeline, *, theme: Theme = LIGHT) -> tuple[Picture, Picture]:
    """Draw the histograms of two clouds, which differ, and their shares of +, which do not, bound to `more_samples`."""
    edges = two_clouds(1).edges
    middle = (edges[1:] + edges[:-1]) / 2.0
    top = float(np.nanmax([dial.columns["bars0"][-1], dial.columns["bars1"][-1]])) * 1.35
    across = Axis(title="x", span=(-4.1, 4.1))
    left = Board(x=across, y=Axis(title="share of the samples", span=(0.0, top)), theme=theme)
    right = Board(x=across, y=Axis(title="share of +", span=(-0.05, 1.05)), theme=theme)
    x = np.linspace(-4.0, 4.0, _CELLS)
    bars, rings = [], [right.line("h", x, sigmoid(SLOPE * x), theme.muted, 2.5)]
    for k, colour in enumerate(theme.runs):
        shift = (k - 0.5) * 0.24
        heights = dial.columns[f"bars{k}"][0]
        drawn = left.line(f"cloud {k + 1}", np.repeat(middle + shift, 3), heights, colour, 11)
        bars.append(bound(drawn, "at", y=f"bars{k}"))
        dots = right.dots(
            f"cloud {k + 1}", middle + shift / 4, dial.columns[f"share{k}"][0], ring(colour, 15 - 3 * k, 3)
        )
        rings.append(bound(dots, "at", y=f"share{k}"))
    names = [left.name(f"cloud {k + 1}", at, 0.93 * top, theme.runs[k], xshift=0) for k, at in ((0, -3.8), (1, 2.4))]
    curve = right.name(f"h(x) = s({SLOPE:g}·x)", -3.9, 0.93, theme.muted, xshift=0)
    return (
        left.picture(bars, title="P(X): how often each x comes", alt="Two histograms that differ.", notes=names),
        right.picture(
            rings, title="P(Y = 1 | X): the share of + at each x", alt="Rings near one curve.", notes=[curve]
        ),
    )


# ------------------------------------------------------------------ two label sets


def along_scores() -> Timeline:
    """Return the loss of a positive and a negative sample over the score, the dial, by both label sets."""
    f = np.linspace(-6.0, 6.0, 97)
    signs, bits = losses_of_both_label_sets(f)
    words = tuple("tie" if value == 0 else "+1 and 1" if value > 0 else "−1 and 0" for value in f)
    columns = {"plus": signs[0], "minus": signs[1], "one": bits[0], "zero": bits[1], "p": sigmoid(f)}
    return Timeline("f", f, {**columns, "gap": np.abs(signs - bits).max(axis=0)}, {"decision": words})


def two_label_sets(*, theme: Theme = LIGHT) -> Picture:
    """Draw both losses over the score, bound to `along_scores`: dots by one formula, rings by the other."""
    dial = along_scores()
    f = dial.values
    board = Board(x=Axis(title="score f", span=(-6.6, 6.6)), y=Axis(title="loss", span=(-0.5, 6.7)), theme=theme)
    traces = [board.upright("tie", 0.0, theme.boundary, "dash")]
    for label, name, other in ((1, "plus", "one"), (0, "minus", "zero")):
        colour = theme.classes[label]
        traces.append(board.line(f"loss of {name}", f, dial.columns[name], colour))
        point = board.dots(
            name, f[:1], dial.columns[name][:1], {**dot(theme, colour, 13), "symbol": CLASS_SYMBOLS[label]}
        )
        circle = board.dots(other, f[:1], dial.columns[other][:1], ring(theme.text, 22))
        traces += [bound(point, "at", x="f", y=name), bound(circle, "at", x="f", y=other)]
    notes = [
        board.name("y = +1, ȳ = 1", -4.4, 5.4, theme.classes[1], xshift=0),
        board.name("y = −1, ȳ = 0", 4.4, 5.4, theme.classes[0], xanchor="right", xshift=0),
    ]
    alt = "The loss over the score, falling for a positive sample and rising for a negative one; both cross at f = 0."
    return board.picture(traces, title="the sign of f, and h against 1/2, say: {decision}", alt=alt, notes=notes)
