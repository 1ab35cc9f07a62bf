"""How often labels from a true model are separable over the size of the sample, beside a few rows of a real table."""

from __future__ import annotations

import numpy as np

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.registry import make_dataset
from logreg.figures.board import Axis, Board
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme, faint
from logreg.figures.timeline import Timeline, bound
from logreg.figures.window import line_in_window
from logreg.theory.cover import separable_share
from logreg.theory.signal import draw_from_model, separable_draws, separable_subsamples
from logreg.theory.tosses import Proportion

SIZES = (4, 6, 8, 11, 15, 20, 28, 40, 56, 80, 113, 160)
"""Sizes of the samples, n."""
DRAWS = 250
"""Samples drawn for each strength and size."""
SHOWN = 20
"""Points of the sample that is shown."""

_REACH = 3.0
_TABLE = "iris_versicolor_virginica"


@once
def rows_of_the_table() -> tuple[tuple[int, Proportion], ...]:
    """Return how many random rows of Fisher's irises, versicolor and virginica, were taken, and how many are separable.

    Returns
    -------
    tuple of (int, Proportion)
        The sizes of `SIZES` up to the whole table, and the whole table.
    """
    table = make_dataset(_TABLE)
    sizes = [n for n in SIZES if n < table.n_samples]
    taken = [(n, separable_subsamples(table, n, n_draws=DRAWS)) for n in sizes]
    return (*taken, (table.n_samples, separable_subsamples(table, table.n_samples, n_draws=1)))


@once
def signal_timeline() -> Timeline:
    """Return what is separable of samples from true models, for stronger and stronger ones, the dial.

    Returns
    -------
    Timeline
        Of ‖w‖, called s: the share over n ("share"), a band of its 95 % intervals ("band"), the share at n = 20
        ("at20", "percent"), one sample of 20 points by class ("zeros_x", …), its line ("line_x", …); in words its
        verdict.
    """
    strengths = np.arange(0.0, 9.0)
    found = [[separable_draws(float(s), n, n_draws=DRAWS) for n in SIZES] for s in strengths]
    low, high = (np.array([[one.interval[side] for one in row] for row in found]) for side in (0, 1))
    share = np.array([[one.share for one in row] for row in found])
    samples = [_sample(float(s)) for s in strengths]
    columns = {"share": share, "band": np.hstack([high, low[:, ::-1]]), "at20": share[:, SIZES.index(SHOWN)]}
    columns["percent"] = 100 * columns["at20"]
    words = tuple(check_separability(one).kind for one in samples)
    return Timeline("s", strengths, columns | _sample_columns(samples), {"verdict": words})


def share_over_size(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the share of separable samples over n with its intervals; Cover's, dotted; a real table's."""
    ticks = {float(n): str(n) for n in (5, 10, 20, 50, 100, 150)}
    x = Axis(title="n points (log scale)", span=(3.7, 175.0), kind="log", ticks=ticks)
    board = Board(x=x, y=Axis(title="share that is separable", span=(-0.04, 1.09)), theme=theme)
    n, around = np.array(SIZES, dtype=np.float64), np.append(SIZES, SIZES[::-1]).astype(np.float64)
    cover = [float(separable_share(size, 2)) for size in SIZES]
    area = {"fill": "toself", "fillcolor": faint(theme.run, 0.25)}
    band = board.line("interval", around, timeline.columns["band"][0], faint(theme.run, 0.25), 0.5, **area)
    taken, found = zip(*rows_of_the_table(), strict=True)
    traces = [
        board.upright("shown", float(SHOWN), theme.muted, "dot"),
        board.line("table", taken, [one.share for one in found], theme.run_b, 3, dash="dash"),
        board.line("Cover", n, cover, theme.certain, 3, dash="dot"),
        bound(band, "at", y="band"),
        bound(board.line("share", n, timeline.columns["share"][0], theme.run, 4.5), "at", y="share"),
    ]
    notes = [board.name("coin<br>labels<br>(Cover)", 3.8, 0.125, theme.certain)]
    notes.append(board.name("iris rows", 80.0, 0.1, theme.run_b))
    first, last = (format_number(float(timeline.columns["at20"][i])) for i in (0, -1))
    words = f"The share of samples from a true model that a line separates, over their size n: at n = {SHOWN} {first} "
    words += f"without signal and {last} with ‖w‖ = {format_number(float(timeline.values[-1]))}. "
    words += f"Of {SHOWN} random rows of the irises {format_number(found[taken.index(SHOWN)].share)}."
    return board.picture(traces, title="True ‖w‖ = {s}: {percent} % are separable at n = 20", alt=words, notes=notes)


def one_sample(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw one sample of 20 points from the true model, with a line where one separates it."""
    board = Board(
        x=Axis(title="x₁", span=(-1.25 * _REACH, 1.25 * _REACH)),
        y=Axis(title="x₂", span=(-_REACH, _REACH)),
        theme=theme,
        is_square=True,
    )
    first = {name: column[0] for name, column in timeline.columns.items()}
    line = board.line("line", first["line_x"], first["line_y"], theme.certain, 4)
    traces = [board.upright("true boundary", 0.0, theme.muted, "dot"), bound(line, "at", x="line_x", y="line_y")]
    for label, name in enumerate(("zeros", "ones")):
        marker = {"symbol": CLASS_SYMBOLS[label], "size": CLASS_SIZES[label] + 3, "color": theme.classes[label]}
        drawn = board.dots(f"class {label}", first[f"{name}_x"], first[f"{name}_y"], marker)
        traces.append(bound(drawn, "at", x=f"{name}_x", y=f"{name}_y"))
    words = f"One sample of {SHOWN} points whose labels follow the true model, {timeline.words['verdict'][0]} without "
    words += f"signal and {timeline.words['verdict'][-1]} with the strongest."
    return board.picture(traces, title="One sample of 20: {verdict}", alt=words)


def _sample(strength: float) -> Dataset:
    """Return the same points and the same draws of chance for every strength: only the labels change."""
    return draw_from_model(strength, SHOWN, 2, np.random.default_rng(0))


def _sample_columns(samples: list[Dataset]) -> dict[str, FloatArray]:
    columns: dict[str, FloatArray] = {}
    for label, name in enumerate(("zeros", "ones")):
        for axis, letter in enumerate("xy"):
            columns[f"{name}_{letter}"] = np.array(
                [np.where(one.y == label, one.X[:, axis], np.nan) for one in samples]
            )
    lines = np.full((len(samples), 2, 2), np.nan)
    for row, one in enumerate(samples):
        verdict = check_separability(one)
        if verdict.kind != "overlapping" and verdict.weights is not None:
            window = (-1.25 * _REACH, 1.25 * _REACH, -_REACH, _REACH)
            ends = line_in_window(verdict.weights, float(verdict.bias or 0.0), window)
            lines[row] = np.nan if ends is None else ends
    return columns | {"line_x": lines[:, :, 0], "line_y": lines[:, :, 1]}
