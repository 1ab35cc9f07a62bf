"""What is done to a likelihood over one weight: samples copied, which it believes; a prior, which makes it finite."""

from __future__ import annotations

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.likelihood import climb_or_top, weight_axis
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture
from logreg.figures.theme import LIGHT, Theme, dot, note
from logreg.figures.timeline import Timeline, bound
from logreg.theory.likelihood import (
    curvature,
    is_flat,
    likeliest_weight,
    log_likelihood,
    log_prior,
    log_supremum,
    most_probable_weight,
    weights_around,
)
from logreg.theory.regularisation import regularisation_path

_COPIES = np.arange(1.0, 21.0)
_PENALTIES = np.logspace(1, -4, 76)
_CURVE, _FINE = 121, 201
_ABOVE_ALL = 1.4  # of an axis on which curves end at 1: names stand there
_OPTIMUM = "the minimum of loss + λ/2·w²"
_ONE_SD = np.exp(-0.5)  # the height of a Gaussian one standard deviation from its middle


def copies_dial(line: Dataset) -> Timeline:
    """Return the dial k, how often every sample is copied, with the likelihood over its top and its curvature.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.

    Returns
    -------
    Timeline
        k = 1 … 20. "scaled": L^k over its supremum, along the weights shown; "bend", "sd" and "interval", NaN where
        there is no maximum.

    Examples
    --------
    >>> dial = copies_dial(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0]))
    >>> (dial.columns["bend"][-1] / dial.columns["bend"][0]).item()
    20.0
    """
    w, best, k = weights_around(line, _FINE), None if is_flat(line) else likeliest_weight(line), _COPIES
    below = log_likelihood(line, w) - log_supremum(line)
    bend = k * (np.nan if best is None else curvature(line, best))
    sd = 1 / np.sqrt(np.where(bend > 0, bend, np.nan))
    middle = np.nan if best is None else best
    interval = middle + np.column_stack([-sd, sd])
    columns = {"scaled": np.exp(np.minimum(k[:, None] * below, 0.0)), "bend": bend, "sd": sd, "interval": interval}
    return Timeline("k", k, columns)


def copied_likelihood(line: Dataset, dial: Timeline, *, names_best: bool = True, theme: Theme = LIGHT) -> Picture:
    """Draw the likelihood of k copies over its top: the same best w, ever narrower.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    dial : Timeline
        From `copies_dial`.
    names_best : bool
        Whether the best w has its name; a question may be about it.
    """
    w, scaled = weights_around(line, _FINE), dial.columns["scaled"]
    best = None if is_flat(line) else likeliest_weight(line)
    board = Board(x=weight_axis(w), y=Axis(title="L(w) over its top", span=(0, 1.3)), theme=theme)
    traces = [board.line("one copy", w, scaled[0], theme.muted, 2.5, dash="dot")]
    traces.append(bound(board.line("k copies", w, scaled[0], theme.run, 4.5), "at", y="scaled"))
    notes = []
    if best is not None:
        wide = dial.columns["interval"][0]
        traces.append(board.upright("best", best, theme.certain, "dash", 2.5, "the most likely w"))
        traces.append(
            bound(
                board.line("one sd", wide, [_ONE_SD] * 2, theme.run_b, 7, says="w* ± 1/√curvature"), "at", x="interval"
            )
        )
        if names_best:
            text = f"<b>w* = {format_number(best)}</b><br>for every k"
            notes = [board.name(text, best, 1.29, theme.certain, yanchor="top")]
    alt = f"The likelihood over its top, for 1 to 20 copies of every sample. {climb_or_top(line)} "
    more = "Copies change nothing." if is_flat(line) else "More copies only make the climb steeper."
    alt += more if best is None else "The more copies, the narrower it is."
    return board.picture(traces, title="Copies: k = {k}; dotted: k = 1", alt=alt, notes=notes)


def prior_dial(line: Dataset) -> Timeline:
    """Return the dial λ with the Gaussian prior, prior times likelihood, and the most probable weight.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.

    Returns
    -------
    Timeline
        λ = 10 … 10⁻⁴, falling. "prior" and "posterior" over their tops; "sd" of the prior; "best", the most probable
        weight; "optimum", the L2 optimum by another way.
    """
    best = most_probable_weight(line, _PENALTIES)
    w, n = prior_weights(line), line.n_samples
    log_posterior = log_likelihood(line, w) + log_prior(line, _PENALTIES[:, None], w)
    tops = log_likelihood(line, best) + log_prior(line, _PENALTIES, best)
    columns = {
        "prior": np.exp(log_prior(line, _PENALTIES[:, None], w)),
        "posterior": np.exp(np.minimum(log_posterior - tops[:, None], 0.0)),
        "sd": 1 / np.sqrt(n * _PENALTIES),
        "best": best,
        "optimum": regularisation_path(line, _PENALTIES, fit_bias=False).weights[:, 0],
    }
    return Timeline("λ", _PENALTIES, columns)


def prior_weights(line: Dataset) -> FloatArray:
    """Return the weights over which prior and likelihood are drawn: both sides of 0, up to the last most probable."""
    ends = [*weights_around(line)[[0, -1]], *(1.3 * most_probable_weight(line, _PENALTIES[[-1]]))]
    if likeliest_weight(line) is None:
        ends = [-0.25 * ends[-1], ends[-1]]
    return np.linspace(min(ends), max(ends) or 1.0, _CURVE)


def prior_and_likelihood(line: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw prior, likelihood and their product, each over its top, with the most probable weight on the L2 optimum.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    dial : Timeline
        From `prior_dial`.
    """
    w, best = prior_weights(line), dial.columns["best"]
    alone = np.exp(np.minimum(log_likelihood(line, w) - log_supremum(line), 0.0))
    board = Board(x=weight_axis(w), y=Axis(title="over its top", span=(0, _ABOVE_ALL)), theme=theme)
    prior, posterior, first = (dial.columns[name][0] for name in ("prior", "posterior", "optimum"))
    optimum = board.upright("L2 optimum", first, theme.certain, "dash", 2.5, _OPTIMUM)
    optimum["y"] = optimum["y"] * (1.1 / _ABOVE_ALL)  # up to the names
    traces = [
        board.line("likelihood", w, alone, theme.run_b, 3, dash="dash", says="the likelihood"),
        bound(board.line("prior", w, prior, theme.muted, 3, dash="dot", says="prior N(0, 1/(nλ))"), "at", y="prior"),
        bound(optimum, "at", x="optimum"),
        bound(board.line("posterior", w, posterior, theme.run, 4.5, says="prior × likelihood"), "at", y="posterior"),
        bound(board.dots("most probable", best[:1], [1.0], dot(theme, theme.run, 16)), "at", x="best"),
    ]
    names = (("prior", theme.muted), ("likelihood", theme.run_b), ("product", theme.run), ("L2 optimum", theme.certain))
    said = "  ".join(f'<span style="color:{colour}"><b>{name}</b></span>' for name, colour in names)
    notes = [note(theme, said, x=0.01, y=1.0, xanchor="left", yanchor="top", bgcolor=theme.background)]
    last = format_number(float(best[-1]))
    alt = "Prior, likelihood and their product over w, each over its top, for λ from 10 down to 10⁻⁴. "
    alt += f"{climb_or_top(line)} "
    alt += f"The product has its top at the L2 optimum for every λ: w = {format_number(best[0])} first, {last} at last."
    title = "Most probable w = {best}; L2 optimum {optimum}"
    return board.picture(traces, title=title, alt=alt, notes=notes)
