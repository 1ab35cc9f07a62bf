"""What a reported probability costs: two definitions of one number, three losses against the truth, entropy and KL."""

from __future__ import annotations

import numpy as np

from logreg.figures.board import Axis, Board, bar_rows, coloured
from logreg.figures.labels import ANSWER
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, trace
from logreg.figures.theme import CLASS_SYMBOLS, LIGHT, Theme, dot, faint
from logreg.figures.timeline import Timeline, bound
from logreg.theory.losses import (
    REPORT_LOSSES,
    best_report,
    divergence,
    entropy,
    expected_loss,
    loss_by_cases,
    loss_by_formula,
)

_REPORTS = np.arange(1, 100) / 100  # p of a dial
_TRUTHS = np.arange(2, 50) / 50  # q of a dial
_GRID = np.clip(np.sin(np.linspace(0, np.pi / 2, 61)) ** 2, 1e-3, 1 - 1e-3)  # denser where the logarithm bends
_HIGHEST = 4.8  # a little more than −log 0.01
_HIGHEST_EXPECTED = 1.6
_TERMS = (0.8, 1.2, 1.8, 2.2)  # places of the formula's two terms, for y = 1 and for y = 0
_BAR = 26  # pixels
_CE = "CE(q, p): entropy of the truth, and on it the divergence KL"


def report_dial() -> Timeline:
    """Return the dial p with what a sample of either class costs: by cases, and by the formula with its terms.

    Returns
    -------
    Timeline
        p = 0.01 … 0.99.

    Examples
    --------
    >>> report_dial().columns["one"][49].round(4).item()
    0.6931
    """
    p = _REPORTS
    one, zero = -np.log(p), -np.log(1 - p)
    terms = np.column_stack([1 * one, 0 * zero, 0 * one, 1 * zero])
    columns = {
        "one": loss_by_cases(1, p),
        "zero": loss_by_cases(0, p),
        "formula_one": loss_by_formula(1, p),
        "formula_zero": loss_by_formula(0, p),
        **{f"term_{i}": bar_rows(terms[:, [i]]) for i in range(4)},
        "ghosts": bar_rows(np.column_stack([one, zero, one, zero])),
    }
    return Timeline("p", p, columns)


def by_cases(dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw −log p and −log(1 − p) over p, with the two numbers of the dial's p.

    `dial` comes from `report_dial`.
    """
    board = Board(
        x=Axis(title="p, the probability of label 1", span=(0, 1)),
        y=Axis(title="loss", span=(0, _HIGHEST)),
        theme=theme,
    )
    p, blue, orange = dial.values, *theme.classes
    traces = [bound(board.upright("cursor", p[0], theme.muted, "dot"), "at", x="p")]
    for name, colour in (("one", orange), ("zero", blue)):
        column = dial.columns[name]
        label = "1" if name == "one" else "0"
        says = f"what a sample of label {label} costs"
        traces.append(bound(board.line(name, p, column, colour, 4.5, says=says), "along", x="p", y=name))
        mark = {**dot(theme, colour, 15), "symbol": CLASS_SYMBOLS[int(label)]}
        traces.append(bound(board.dots(f"{name} now", p[:1], column[:1], mark), "at", x="p", y=name))
    notes = [
        board.name("<b>y = 1: −log p</b>", 0.08, 3.2, orange),
        board.name("<b>y = 0: −log(1 − p)</b>", 0.92, 3.2, blue, xanchor="right", xshift=-6),
    ]
    alt = "The loss over the probability p of label 1. For y = 1 it is −log p, which falls; for y = 0 it is "
    alt += "−log(1 − p), the mirror image. They cross at p = 0.5, at log 2 = 0.6931."
    return board.picture(traces, title="By cases: {one} for y = 1, {zero} for y = 0", alt=alt, notes=notes)


def by_formula(dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the two terms of −[y·log p + (1 − y)·log(1 − p)] for either label: one of them is always switched off.

    Parameters
    ----------
    dial, theme
        As for `by_cases`.
    """
    ticks = {1.0: "y = 1", 2.0: "y = 0"}
    board = Board(x=Axis(title="", span=(0.5, 2.45), ticks=ticks), y=Axis(title="", span=(0, _HIGHEST)), theme=theme)
    blue, orange = theme.classes
    colours = (orange, blue, orange, blue)
    first = dial.columns["ghosts"][0][1::3]
    ghosts = board.bars("switched off", _TERMS, first, faint(theme.muted, 0.25), _BAR)
    traces = [bound(ghosts, "at", y="ghosts")]
    for i, (place, colour) in enumerate(zip(_TERMS, colours, strict=True)):
        now = dial.columns[f"term_{i}"][0][1::3]
        traces.append(bound(board.bars(f"term {i}", [place], now, colour, _BAR), "at", y=f"term_{i}"))
    said = ("1·(−log p)", "off: −log(1 − p)", "off: −log p", "1·(−log(1 − p))")
    words = [
        board.name(text, place, 0.1, colour, textangle=-90, xanchor="center", yanchor="bottom", xshift=-24)
        for place, text, colour in zip(_TERMS, said, colours, strict=True)
    ]
    alt = "The formula −[y·log p + (1 − y)·log(1 − p)] as two bars for each label. One of the two is multiplied by 0: "
    alt += "for y = 1 only −log p is left, for y = 0 only −log(1 − p). The sums are those of the cases."
    return board.picture(traces, title="One formula: {formula_one} and {formula_zero}", alt=alt, notes=words)


def truth_dial() -> Timeline:
    """Return the dial q with the expected loss over the reported p of three losses, and where each is least.

    Returns
    -------
    Timeline
        q = 0.04 … 0.98. Words: "best", what the absolute error asks for.

    Examples
    --------
    >>> dial = truth_dial()
    >>> dial.words["best"][0], dial.words["best"][23], dial.words["best"][-1]
    ('p = 0', 'any p, all cost the same', 'p = 1')
    """
    columns = {}
    for kind, name in zip(REPORT_LOSSES, ("entropy", "squared", "absolute"), strict=True):
        best = best_report(_TRUTHS, kind)
        columns[name] = np.array([expected_loss(q, _GRID, kind) for q in _TRUTHS])
        columns[f"best_{name}"] = best
        columns[f"least_{name}"] = np.where(np.isnan(best), np.nan, expected_loss(_TRUTHS, np.nan_to_num(best), kind))
    answers = tuple(
        "any p, all cost the same" if b != b else f"p = {format_number(b)}" for b in columns["best_absolute"]
    )
    return Timeline("q", _TRUTHS, columns, {"best": answers})


def expected_losses(dial: Timeline, *, rivals: bool = True, theme: Theme = LIGHT) -> Picture:
    """Draw what a report p costs on average where a share q of the labels is 1, with the least of each loss.

    Parameters
    ----------
    dial : Timeline
        From `truth_dial`.
    rivals : bool
        Whether squared and absolute error are drawn beside the cross-entropy.
    """
    x, y = Axis(title="reported p", span=(-0.02, 1.02)), Axis(title="expected loss", span=(0, _HIGHEST_EXPECTED))
    board = Board(x=x, y=y, theme=theme)
    traces = [bound(board.upright("truth", dial.values[0], theme.certain, "dash", 3, "the truth q"), "at", x="q")]
    looks = [("entropy", "cross-entropy", theme.run), ("squared", "(y − p)²", theme.run_b)]
    looks = [*looks, ("absolute", "|y − p|", theme.text)] if rivals else looks[:1]
    for name, said, colour in looks:
        says = f"expected {said}"
        traces.append(bound(board.line(name, _GRID, dial.columns[name][0], colour, 4.5, says=says), "at", y=name))
    for name, _, colour in looks:
        best, least = f"best_{name}", f"least_{name}"
        place = dial.columns[best][:1], dial.columns[least][:1]
        traces.append(bound(board.dots(f"{name} least", *place, dot(theme, colour, 17)), "at", x=best, y=least))
    names = ", ".join(coloured(said, colour) for _, said, colour in looks)
    alt = "The expected loss over the reported p, for a truth q from 0.04 to 0.98. The cross-entropy is least at p = q."
    if rivals:
        alt += (
            " So is the squared error. The absolute error is a straight line, least at p = 0 while q is below one half,"
        )
        alt += " and at p = 1 above."
    return board.picture(traces, title=f"q = {{q}} (dashed): {names}", alt=alt)


def soft_dial(truth: float) -> Timeline:
    """Return the dial p with the cross-entropy to one truth q, as its entropy and the divergence on top.

    Parameters
    ----------
    truth : float
        q, from 0 to 1.

    Returns
    -------
    Timeline
        p = 0.01 … 0.99.

    Examples
    --------
    >>> dial = soft_dial(0.3)
    >>> dial.columns["KL"].min().item(), dial.values[dial.columns["KL"].argmin()].item()
    (0.0, 0.3)
    """
    p, floor = _REPORTS, float(entropy(truth))
    total, apart = expected_loss(truth, p, "cross-entropy"), divergence(truth, p)
    level = np.full_like(p, floor)
    gap = np.column_stack([level, total])
    columns = {"cross": total, "KL": apart, "H": level, "gap": gap, "here": np.column_stack([p, p])}
    return Timeline("p", p, columns)


def entropy_and_divergence(dial: Timeline, truth: float, *, theme: Theme = LIGHT) -> Picture:
    """Draw the cross-entropy over the reported p as the entropy of the truth, which stays, and KL on top of it.

    Parameters
    ----------
    dial : Timeline
        From `soft_dial`.
    truth : float
        q.
    """
    x, y = Axis(title="reported p", span=(0, 1)), Axis(title="CE(q, p), in nats", span=(0, _HIGHEST))
    board = Board(x=x, y=y, theme=theme)
    p, floor, cross = dial.values, float(dial.columns["H"][0]), dial.columns["cross"]
    band = {"fill": "tozeroy", "fillcolor": faint(theme.certain, 0.25)}
    traces = [
        board.line("entropy", [0, 1], [floor] * 2, theme.certain, 3, **band),
        trace("optimum", "truth", [truth] * 2, y.span, line={"color": theme.certain, "width": 2.5, "dash": "dash"}),
        bound(board.line("cross-entropy", p, cross, theme.text, 4.5, says=_CE), "along", x="p", y="cross"),
        bound(board.line("H now", [p[0]] * 2, [0, floor], theme.certain, _BAR), "at", x="p"),
        bound(board.line("KL now", [p[0]] * 2, [floor, cross[0]], theme.run, _BAR), "at", x="here", y="gap"),
        bound(board.dots("now", p[:1], cross[:1], dot(theme, theme.text, 13)), "at", x="p", y="cross"),
    ]
    notes = [board.name("p = q", truth, _HIGHEST, theme.certain, yanchor="top", name=ANSWER, **_inwards(truth))]
    names = f"{coloured('H(q)', theme.certain)} + {coloured('KL(q‖p)', theme.run)}"
    least = "no cost is left" if floor == 0 else f"{format_number(floor)} is left, the entropy of the labels"
    alt = f"The cross-entropy over the reported p for a truth q = {format_number(truth)}: a level of "
    alt += f"{format_number(floor)}, the entropy, and on it the divergence KL, which is 0 at p = q only; there {least}."
    return board.picture(traces, title=f"{names} = {{H}} + {{KL}} = {{cross}}", alt=alt, notes=notes)


def _inwards(place: float) -> dict[str, str | int]:
    """Return the side on which a name stands so that it stays within the board."""
    return {"xanchor": "right", "xshift": -6} if place > 0.5 else {"xanchor": "left", "xshift": 6}
