"""The likelihood over one weight: points on their curve, L with its maximum or its endless climb, its three forms."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.labels import ANSWER
from logreg.figures.numbers import counted, format_number, format_positive
from logreg.figures.picture import Picture, Trace, picture, trace
from logreg.figures.theme import (
    CLASS_SIZES,
    CLASS_SYMBOLS,
    LIGHT,
    MARGIN,
    PICTURE_HEIGHT,
    Theme,
    axis,
    dot,
    frame,
)
from logreg.figures.timeline import Timeline, bound
from logreg.figures.values import value_span
from logreg.theory.likelihood import (
    is_flat,
    likeliest_weight,
    likelihood,
    log_likelihood,
    log_supremum,
    weights_around,
)
from logreg.training.model import sigmoid

_CURVE = 61
_MOST_POINTS = 60  # that get a bar of their own
_ABOVE = 1.2  # of the level that L never reaches: there its name stands, where no curve comes
_FORMS = (("L", "L", (0.72, 1.0)), ("log_L", "log L", (0.36, 0.64)), ("loss", "−(1/n)·log L", (0.0, 0.28)))


def weight_dial(line: Dataset) -> Timeline:
    """Return the dial w with the likelihood in its three forms, the curve h and each point's own probability.

    Parameters
    ----------
    line : Dataset
        One feature, no bias: from `one_weight`.

    Returns
    -------
    Timeline
        "L", "log_L", "loss"; the word "L_said"; "curve" over the places; "bars_0" and "bars_1".

    Examples
    --------
    >>> weight_dial(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])).columns["L"].argmax().item()
    50
    """
    w = weights_around(line)
    columns = {"L": likelihood(line, w), "log_L": log_likelihood(line, w), **curves_at(line, w)}
    columns["loss"] = -columns["log_L"] / line.n_samples
    return Timeline("w", w, columns, {"L_said": tuple(map(format_positive, columns["L"]))})


def curves_at(line: Dataset, weights: FloatArray) -> dict[str, FloatArray]:
    """Return the columns of `points_on_curve`: h over the places, and each point's bar, at many weights.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    weights : ndarray of shape (n_values,)
        w.

    Returns
    -------
    dict
        "curve"; "bars_0" and "bars_1", from the wrong label up to the curve.
    """
    shown, columns = _drawn(line), {"curve": sigmoid(weights[:, None] * _places(line))}
    for label in (0, 1):
        h = sigmoid(weights[:, None] * line.X[shown[line.y[shown] == label], 0])
        foot, gap = np.full_like(h, 1.0 - label), np.full_like(h, np.nan)
        columns[f"bars_{label}"] = np.stack([foot, h, gap], axis=2).reshape(len(weights), -1)
    return columns


def points_on_curve(line: Dataset, dial: Timeline, *, place: str = "x", theme: Theme = LIGHT) -> Picture:
    """Draw the points at the heights of their labels, h(x) = σ(w·x), and what h gives to each point's own label.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    dial : Timeline
        From `weight_dial`.
    place : str
        What the points' one number is.
    """
    places, shown = _places(line), _drawn(line)
    x = Axis(title=place, span=(float(places[0]), float(places[-1])))
    board = Board(x=x, y=Axis(title="h(x) = σ(w·x)", span=(-0.07, 1.07)), theme=theme)
    traces = [_class_bars(board, line, dial, label) for label in (0, 1) if (line.y[shown] == label).any()]
    traces.append(
        bound(
            board.line("h", places, dial.columns["curve"][0], theme.text, 4, says="h(x): the probability of label 1"),
            "at",
            y="curve",
        )
    )
    for label in (0, 1):
        mine = shown[line.y[shown] == label]
        marker = {"symbol": CLASS_SYMBOLS[label], "color": theme.classes[label], "size": CLASS_SIZES[label] + 3}
        marker["line"] = {"width": 1.5, "color": theme.outline}
        traces.append(board.dots(f"class {label}", line.X[mine, 0], np.full(len(mine), float(label)), marker))
    n, drawn = line.n_samples, len(shown)
    left_out = "" if drawn == n else f" ({drawn} of {n} drawn)"
    alt = f"{counted(n)} at the height of {'its' if n == 1 else 'their'} label, 0 or 1, and the curve h(x) = σ(w·x). "
    alt += f"A bar a point{left_out} is the probability that the curve gives to its own label; their product is the "
    alt += "likelihood. "
    alt += f"w goes from {format_number(dial.values[0])} to {format_number(dial.values[-1])}."
    title = f"A bar is the probability of the point’s own label{left_out}"
    return board.picture(traces, title=title, alt=alt)


def likelihood_over_weight(line: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw L over w as far as the dial has come; at the end the maximum, or the level that it never reaches.

    Parameters
    ----------
    line, dial, theme
        As for `points_on_curve`.
    """
    w, column = dial.values, dial.columns["L"]
    low, high = _from_zero([column])
    if likeliest_weight(line) is None:
        high = max(high, _ABOVE * float(np.exp(log_supremum(line))))
    board = Board(x=weight_axis(w), y=Axis(title="L(w)", span=(low, high)), theme=theme)
    traces, notes = _end(board, line)
    traces += [
        bound(board.line("L", w, column, theme.run, 4.5, says="L(w): the likelihood"), "along", x="w", y="L"),
        bound(board.upright("cursor", w[0], theme.muted, "dot"), "at", x="w"),
        bound(board.dots("now", w[:1], column[:1], dot(theme, theme.run, 16)), "at", x="w", y="L"),
    ]
    return board.picture(
        traces, title="L(w) = {L_said} at w = {w}", alt=f"The likelihood over w. {climb_or_top(line)}", notes=notes
    )


def three_forms(line: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw L, log L and −(1/n)·log L over the same w, one above the other, with one cursor through all.

    Parameters
    ----------
    line, dial, theme
        As for `points_on_curve`.
    """
    w, best, traces, axes = dial.values, _peak(line), list[Trace](), dict[str, Any]()
    for number, (name, said, domain) in enumerate(_FORMS, 1):
        column = dial.columns[name]
        span = value_span([column], False, from_zero=name != "log_L", room_below=name == "log_L")
        which = "" if number == 1 else str(number)
        up = {**axis(theme, said), "type": "linear", "range": span, "domain": domain, "nticks": 4, "anchor": "x"}
        axes[f"yaxis{which}"] = up
        board = Board(x=weight_axis(w), y=Axis(title="", span=(span[0], span[1])), theme=theme)
        traces += [{**one, "yaxis": f"y{which}"} for one in _form(board, dial, name, best)]
    across = {**weight_axis(w).keywords(theme), "anchor": "y3"}
    title = f"One cursor through all three, {'no' if best is None else 'one'} best w"
    layout = frame(theme, height=PICTURE_HEIGHT, title=title, margin=MARGIN)
    layout |= {"xaxis": across, **axes, "annotations": [], "meta": {"static": True}}
    return picture(
        traces, layout, f"L, log L and −(1/n)·log L over the same w, one above the other. {climb_or_top(line)}"
    )


def _form(board: Board, dial: Timeline, name: str, best: float | None) -> list[Trace]:
    """Return one of the three curves with its cursor, and where the best weight is."""
    w, column, theme = dial.values, dial.columns[name], board.theme
    found = [
        bound(board.line(name, w, column, theme.run, 4), "along", x="w", y=name),
        bound(board.upright(f"cursor of {name}", w[0], theme.muted, "dot"), "at", x="w"),
        bound(board.dots(f"{name} now", w[:1], column[:1], dot(theme, theme.run, 14)), "at", x="w", y=name),
    ]
    if best is None:
        return found
    line = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    return [trace("optimum", f"best of {name}", [best] * 2, board.y.span, line=line), *found]


def weight_axis(w: FloatArray) -> Axis:
    """Return the axis of these weights, rising or falling."""
    room = 0.02 * abs(float(w[-1] - w[0]))
    return Axis(title="w", span=(float(w.min()) - room, float(w.max()) + room))


def _from_zero(parts: list[FloatArray]) -> tuple[float, float]:
    low, high = value_span(parts, False, from_zero=True, room_below=False)
    return low, high


def _end(board: Board, line: Dataset) -> tuple[list[Trace], list[dict[str, Any]]]:
    """Return what is shown once the dial has been at its end: the maximum, or the level that L never reaches."""
    best, theme = likeliest_weight(line), board.theme
    if is_flat(line):
        return [], []
    look = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    if best is not None:
        top = float(likelihood(line, best))
        text = f"<b>most likely: w* = {format_number(best)}</b>"
        drawn = trace("optimum", "maximum", [best, best], [0, top], line=look)
        beside = {"xanchor": "center", "yanchor": "bottom", "xshift": 0, "yshift": 6}
        return [drawn], [board.name(text, best, top, theme.certain, name=ANSWER, **beside)]
    level = float(np.exp(log_supremum(line)))
    text = f"<b>{format_positive(level)}: never reached</b>"
    drawn = trace("optimum", "supremum", board.x.span, [level, level], line=look)
    above = {"xanchor": "left", "yanchor": "bottom", "xshift": 4}
    return [drawn], [board.name(text, board.x.span[0], level, theme.certain, name=ANSWER, **above)]


def _peak(line: Dataset) -> float | None:
    return None if is_flat(line) else likeliest_weight(line)


def _class_bars(board: Board, line: Dataset, dial: Timeline, label: int) -> Trace:
    shown = _drawn(line)
    mine = shown[line.y[shown] == label]
    wide = float(np.clip(240 / max(len(shown), 1), 2, 12))
    places, name = np.repeat(line.X[mine, 0], 3), f"bars_{label}"
    bars = board.line(f"bars of class {label}", places, dial.columns[name][0], board.theme.classes[label], wide)
    return bound({**bars, "opacity": 0.55}, "at", y=name)


def _drawn(line: Dataset) -> NDArray[np.int64]:
    """Return which points get a bar: all, or evenly many of a large set."""
    n = line.n_samples
    return np.unique(np.linspace(0, n - 1, min(n, _MOST_POINTS)).round().astype(np.int64))


def _places(line: Dataset) -> FloatArray:
    """Return places for the curve h: those of the points, with room, and 0."""
    low, high = min(float(line.X.min()), 0.0), max(float(line.X.max()), 0.0)
    room = 0.12 * (high - low) or 1.0
    return np.linspace(low - room, high + room, _CURVE)


def climb_or_top(line: Dataset) -> str:
    """Say where the likelihood is greatest, or what it climbs to."""
    best = likeliest_weight(line)
    if best is None:
        return f"It climbs for ever towards {format_positive(float(np.exp(log_supremum(line))))}: there is no best w."
    top = format_positive(float(likelihood(line, best)))
    if is_flat(line):
        return f"It is {top} at every w."
    return f"The likelihood is greatest at w = {format_number(best)}, where it is {top}."
