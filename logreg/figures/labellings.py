"""Random labels on n points: how many a line separates, counted and tossed, beside Cover's number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme, dot, faint, note
from logreg.figures.timeline import Timeline, bound
from logreg.figures.window import data_window, line_in_window
from logreg.theory.cover import line_labellings, separable_labellings, separable_share
from logreg.theory.tosses import Proportion, random_labels, toss_labels, which_separate

MOST_POINTS, MOST_TOSSES = 12, 100_000
"""Labels of so many points are tossed, so many times."""
_TOSSES = 1_000  # at each place beyond the plane
_DIMENSIONS = (2, 10, 50)
_PLACES = (0.5, 1.0, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0)  # n/(d + 1) of the tosses beyond the plane
_RATIOS = np.linspace(0.5, 3.5, 61)
_FEW_TOSSES = 200  # at d = 50, where one takes ten times as long


def shown_points(dataset: Dataset) -> Dataset:
    """Return the first points, as many as labels are tossed for."""
    return Dataset(dataset.X[:MOST_POINTS], dataset.y[:MOST_POINTS], dataset.name)


def toss_timeline(dataset: Dataset, tosses: int, seed: int = 1) -> Timeline:
    """Return what is counted and tossed on the first n points, the dial.

    Parameters
    ----------
    dataset : Dataset
        Two features; of more than 12 points the first 12.
    tosses : int
        From 1 to 100,000: how many times each of these points got a coin. The last toss is shown on the points.
    seed : int
        Of the coins.

    Returns
    -------
    Timeline
        Of n: Cover's share ("cover") and number ("number"), the share of labellings that were counted ("count"), the
        share of the tosses with its interval ("seen", "hits", "bar", "low", "high"), the points of each class of the
        toss shown ("zeros_x", …), the line that separates it ("line_x", "line_y"); in words, what was counted
        ("counted") and what the toss shown is ("verdict").
    """
    points = shown_points(dataset)
    sizes = np.arange(1, points.n_samples + 1)
    X = tuple(map(tuple, points.X.tolist()))
    tossed, counted = _tossed(X, tosses, seed), _counts(X)
    cover = [float(separable_share(int(n), points.n_features)) for n in sizes]
    ends = np.array([one.interval for one in tossed])
    shown, verdicts = _toss_columns(points, coins(tosses, seed)[-1])
    columns = shown | {
        "cover": np.array(cover),
        "number": np.array(cover) * 2.0**sizes,
        "count": np.array(counted) / 2.0**sizes,
        "seen": np.array([one.share for one in tossed]),
        "hits": np.array([float(one.hits) for one in tossed]),
        **{"bar": ends, "low": ends[:, 0], "high": ends[:, 1]},
        "at": np.repeat(sizes[:, None].astype(np.float64), 2, axis=1),
    }
    words = {"counted": tuple(map(_said_of_count, sizes.tolist(), counted)), "verdict": verdicts}
    return Timeline("n", sizes.astype(np.float64), columns, words)


def tossed_points(timeline: Timeline, dataset: Dataset, *, theme: Theme = LIGHT) -> Picture:
    """Draw the first n points with the labels of one toss, and the line of widest margin where one separates them."""
    window = data_window(shown_points(dataset))
    board = Board(x=Axis(title="x₁", span=window[:2]), y=Axis(title="x₂", span=window[2:]), theme=theme, is_square=True)
    first = {name: column[0] for name, column in timeline.columns.items()}
    line = board.line("line", first["line_x"], first["line_y"], theme.certain, 4)
    traces = [bound(line, "at", x="line_x", y="line_y")]
    for label, name in enumerate(("zeros", "ones")):
        rim = {"width": 1, "color": theme.outline}
        marker = {"symbol": CLASS_SYMBOLS[label], "size": CLASS_SIZES[label] + 4, "color": theme.classes[label]}
        drawn = board.dots(f"class {label}", first[f"{name}_x"], first[f"{name}_y"], {**marker, "line": rim})
        traces.append(bound(drawn, "at", x=f"{name}_x", y=f"{name}_y"))
    last = timeline.words["verdict"][-1]
    words = (
        f"{int(timeline.values[-1])} points with labels tossed by a coin, put down one by one. With all of them the "
    )
    words += f"labels are {last}."
    return board.picture(traces, title="This toss: {verdict}", alt=words)


def share_over_n(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw Cover's share over n, the count where it differs, and the share of the tosses with its 95 % interval."""
    n, seen, cover = timeline.values, timeline.columns["seen"], timeline.columns["cover"]
    across = Axis(title="n points", span=(0.4, max(float(n[-1]), 3.0) + 0.6), counts=True)
    board = Board(x=across, y=Axis(title="share that a line separates", span=(-0.04, 1.09)), theme=theme)
    bars = _bars(timeline)
    name = board.words("Cover's name", n[:1], cover[:1], ["  Cover"], theme.certain, position="top right")
    traces = [
        board.level("one half", 0.5, theme.muted, "dot"),
        bound(board.line("Cover", n, cover, theme.certain, 3), "along", x="n", y="cover"),
        bound({**name, "cliponaxis": False}, "at", x="n", y="cover"),
    ]
    if (timeline.columns["count"] < cover).any():
        counted = board.line("counted", n, timeline.columns["count"], theme.text, 2.5, says="counted on these points")
        traces.append(bound(counted, "along", x="n", y="count"))
    traces += [
        bound(board.line("intervals", bars[0], bars[1], faint(theme.run, 0.8), 5), "along"),
        bound(board.line("tosses", n, seen, theme.run, 2, dash="dot"), "along", x="n", y="seen"),
        bound(board.dots("now", n[:1], seen[:1], dot(theme, theme.run, 15)), "at", x="n", y="seen"),
    ]
    half = board.name("½", float(across.span[1]), 0.5, theme.muted)
    last = f"{format_number(float(seen[-1]))} of the tosses at n = {int(n[-1])}, Cover's share there is "
    words = f"The share of random labellings that a line separates, over the number of points n: {last}"
    words += f"{format_number(float(cover[-1]))}."
    title = "<b>{seen}</b> (95 %: {low} to {high}); Cover {cover}"
    return board.picture(traces, title=title, alt=words, notes=[half], right=58)


# ------------------------------------------------------------------ more dimensions


@once
def dimension_timeline() -> Timeline:
    """Return Cover's share over n/(d + 1) for more and more features, the dial d.

    Returns
    -------
    Timeline
        Of d: the curve over n/(d + 1) ("share") and the share at n = 2(d + 1) less one tenth and plus one
        tenth ("before", "after").
    """
    dial = np.union1d(np.rint(np.logspace(0.0, 2.0, 25)), _DIMENSIONS)
    rows = [_shares(int(d)) for d in dial]
    near = [[_share_at(x, int(d)) for x in (1.8, 2.2)] for d in dial]
    columns = {"share": np.array(rows), "before": np.array(near)[:, 0], "after": np.array(near)[:, 1]}
    return Timeline("d", dial, columns)


def sharper_with_dimension(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw Cover's share over n/(d + 1), which turns into a step at 2, with tosses in 2, 10 and 50 dimensions."""
    across = Axis(title="points per parameter, n/(d + 1)", span=(0.4, 3.6))
    board = Board(x=across, y=Axis(title="share that is separable", span=(-0.04, 1.09)), theme=theme)
    traces: list[Trace] = [
        board.level("one half", 0.5, theme.muted, "dot"),
        board.upright("two", 2.0, theme.muted, "dot"),
    ]
    looks = ((theme.muted, "diamond"), (theme.run_b, "square"), (theme.text, "circle"))
    for d, (colour, symbol) in zip(_DIMENSIONS, looks, strict=True):
        places, found = zip(*tosses_in(d), strict=True)
        gaps = np.full(len(places), np.nan)
        low, high = np.array([one.interval for one in found]).T
        bars = (np.repeat(places, 3), np.column_stack([low, high, gaps]).ravel())
        traces.append(board.line(f"interval d = {d}", *bars, faint(colour, 0.7), 3))
        traces.append(board.line(f"Cover, d = {d}", _RATIOS, _shares(d), faint(colour, 0.7), 1.5))
        marker = {"symbol": symbol, "size": 9, "color": colour}
        traces.append(board.dots(f"tosses d = {d}", places, [one.share for one in found], marker))
    curve = board.line("Cover", _RATIOS, timeline.columns["share"][0], theme.certain, 4.5)
    traces.append(bound(curve, "at", y="share"))
    marks = zip(_DIMENSIONS, "◆■●", strict=True)
    said = [f'<span style="color:{looks[i][0]}">{mark} d = {d}</span>' for i, (d, mark) in enumerate(marks)]
    notes = [note(theme, "<br>".join(["tosses", *said]), x=0.99, xanchor="right", y=1.0, yanchor="top")]
    words = "Cover’s share over n/(d + 1): at 2 it is one half for every d, and the fall around it gets steeper: from "
    words += f"1.8 to 2.2 it falls from {format_number(float(timeline.columns['before'][-1]))} to "
    words += f"{format_number(float(timeline.columns['after'][-1]))} for d = {int(timeline.values[-1])}."
    return board.picture(traces, title="d = {d}: {before} at 1.8, {after} at 2.2", alt=words, notes=notes)


@once
def tosses_in(n_features: int) -> tuple[tuple[float, Proportion], ...]:
    """Return n/(d + 1) with the tosses of labels on n standard normal points in d dimensions."""
    rng, found = np.random.default_rng(n_features), {}
    n_tosses = _TOSSES if n_features <= 10 else _FEW_TOSSES
    for place in _PLACES:
        n = round(place * (n_features + 1))
        found[n] = toss_labels(rng.normal(size=(n, n_features)), n_tosses, seed=n)
    return tuple((n / (n_features + 1), one) for n, one in found.items())


# ------------------------------------------------------------------ what columns hold


def _shares(d: int) -> list[float]:
    return [_share_at(ratio, d) for ratio in _RATIOS]


def _share_at(ratio: float, d: int) -> float:
    """Return Cover's share between whole numbers of points, on the line between its neighbours."""
    n = max(ratio * (d + 1), 1.0)
    low = int(n)
    a, b = (float(separable_share(k, d)) for k in (low, low + 1))
    return a + (n - low) * (b - a)


def coins(tosses: int, seed: int) -> NDArray[np.int64]:
    """Return a label for each point, of shape (tosses, 12): a new point gets a coin of its own, the others keep theirs.

    Parameters
    ----------
    tosses : int
        How many; the first of more of them are the same.
    seed : int
        Of the coins.

    Returns
    -------
    ndarray of shape (tosses, 12)
        Each 0 or 1.
    """
    return random_labels(MOST_POINTS, tosses, seed)


@once
def _tossed(X: tuple[tuple[float, ...], ...], tosses: int, seed: int) -> list[Proportion]:
    """Return for the first n points, n = 1, 2, …, how many of the tosses a line separates."""
    labels = coins(tosses, seed)
    return [Proportion(sum(which_separate(X[:n], labels[:, :n])), tosses) for n in range(1, len(X) + 1)]


@once
def _counts(X: tuple[tuple[float, ...], ...]) -> list[int]:
    """Return for the first n points, n = 1, 2, …, how many of all labellings a line separates."""
    return [len(line_labellings(X[:n])) for n in range(1, len(X) + 1)]


def _toss_columns(points: Dataset, labels: NDArray[np.int64]) -> tuple[dict[str, FloatArray], tuple[str, ...]]:
    """Return the first n points by their class with the line that separates them, and the verdicts."""
    most, window = points.n_samples, data_window(points)
    columns = {f"{name}_{axis}": np.full((most, most), np.nan) for name in ("zeros", "ones") for axis in "xy"}
    lines, verdicts = np.full((most, 2, 2), np.nan), []
    for row in range(most):
        now = Dataset(points.X[: row + 1], labels[: row + 1])
        for label, name in enumerate(("zeros", "ones")):
            own = np.flatnonzero(now.y == label)
            columns[f"{name}_x"][row, own], columns[f"{name}_y"][row, own] = points.X[own].T
        verdict = check_separability(now)
        verdicts.append(verdict.kind)
        if verdict.kind != "overlapping" and verdict.weights is not None:
            ends = line_in_window(verdict.weights, float(verdict.bias or 0.0), window)
            lines[row] = np.nan if ends is None else ends
    return columns | {"line_x": lines[:, :, 0], "line_y": lines[:, :, 1]}, tuple(verdicts)


def _said_of_count(n: int, found: int) -> str:
    """Say what a count of all labellings gives beside Cover's number."""
    number = separable_labellings(n, 2)
    beside = "as Cover says" if found == number else f"Cover’s number is {number:,}"
    return f"counted, {found:,} of all {2**n:,}, {beside}"


def _bars(timeline: Timeline) -> tuple[FloatArray, FloatArray]:
    """Return the intervals as upright lines with gaps, in the order of n."""
    gap = np.full((len(timeline.values), 1), np.nan)
    x = np.hstack([timeline.columns["at"], timeline.values[:, None]])
    return x.ravel(), np.hstack([timeline.columns["bar"], gap]).ravel()
