"""A product of probabilities that runs into the end of float64, beside the sum of logarithms that goes on."""

from __future__ import annotations

from math import log

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.numbers import format_number, format_positive
from logreg.figures.picture import Picture
from logreg.figures.theme import LIGHT, Theme, dot
from logreg.figures.timeline import Timeline, bound
from logreg.theory.likelihood import SMALLEST, running_product

_BOTTOM = 1e-320  # of the axis' labels
_ROUGHLY = 120  # values of the dial


def factors_dial(factor: float) -> Timeline:
    """Return the dial n, how many equal factors are multiplied, with their product and the sum of their logarithms.

    Parameters
    ----------
    factor : float
        Above 0 and below 1.

    Returns
    -------
    Timeline
        "product", "product_drawn" with NaN where it is 0, and "log_sum"; the words "product_said" and "true", the
        product's true size. The numbers at which it stops falling are among the values.

    Examples
    --------
    >>> dial = factors_dial(0.5)
    >>> dial.columns["product"][dial.values >= 1074][:2].tolist()
    [5e-324, 0.0]
    """
    last, n = end_of_product(factor), counts(factor)
    product = running_product(factor, int(n[-1]))[n.astype(np.int64)]
    columns = {"product": product, "product_drawn": np.where(product > 0, product, np.nan), "log_sum": n * log(factor)}
    powers = columns["log_sum"] / log(10)
    true = tuple(f"10 to the power {format_number(power)}" for power in powers)
    said = tuple("0" if p == 0 else format_positive(p) for p in product)
    columns["last"] = np.full_like(n, last)
    return Timeline("n", n, columns, {"product_said": said, "true": true})


def end_of_product(factor: float) -> int:
    """Return the last number of factors at which one more still makes the product smaller and leaves it above 0.

    Examples
    --------
    >>> end_of_product(0.5)  # 0.5^1074 is the smallest float64
    1074
    """
    longest = int(1.05 * log(SMALLEST) / log(factor)) + 20
    product = running_product(factor, longest)
    return int(np.flatnonzero((np.diff(product) < 0) & (product[1:] > 0))[-1]) + 1


def zero_after(factor: float) -> int | None:
    """Return after how many factors the product is exactly 0; None where float64 rounds it back for ever.

    Examples
    --------
    >>> zero_after(0.5), zero_after(0.9)
    (1075, None)
    """
    last = end_of_product(factor)
    return last + 1 if running_product(factor, last + 1)[-1] == 0 else None


def counts(factor: float) -> FloatArray:
    """Return the values of the dial n: evenly spaced, and one by one where the product ends."""
    last = end_of_product(factor)
    stride = max(1, round(1.1 * last / _ROUGHLY / 5)) * 5
    around = np.arange(last - 4, last + 7)
    return np.unique(np.concatenate([np.arange(0, 1.12 * last, stride), around])).astype(np.float64)


def vanishing_product(dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the product over the number of factors, on a log axis with the smallest float64.

    Parameters
    ----------
    dial : Timeline
        From `factors_dial`.
    theme : Theme
        Colours.

    Returns
    -------
    Picture
    """
    n, product = dial.values, dial.columns["product_drawn"]
    ticks = {1.0: "1", 1e-100: "10⁻¹⁰⁰", 1e-200: "10⁻²⁰⁰", 1e-300: "10⁻³⁰⁰"}
    y = Axis(title="product (log scale)", span=(_BOTTOM, 1e12), kind="log", ticks=ticks)
    board = Board(x=_count_axis(n), y=y, theme=theme)
    traces = [
        board.level("floor", SMALLEST, theme.certain, "dash", 3),
        bound(board.line("product", n, product, theme.run_b, 4.5), "along", x="n", y="product_drawn"),
        bound(board.dots("now", n[:1], product[:1], dot(theme, theme.run_b, 16)), "at", x="n", y="product_drawn"),
    ]
    text = f"<b>the smallest float64: {format_positive(SMALLEST)}</b> (printed {SMALLEST})"
    notes = [board.name(text, float(n[0]), SMALLEST, theme.certain, yanchor="bottom", yshift=3)]
    last = int(dial.columns["last"][0])
    end = float(dial.columns["product"][-1])
    then = "0" if end == 0 else f"{format_positive(end)}, where it stays: float64 rounds it back"
    alt = "The product of n equal factors on a log axis, a straight line down to the smallest float64, 5·10⁻³²⁴. After "
    alt += f"{last:,} factors it falls no more by a step above 0; at the end it is {then}."
    return board.picture(traces, title="Product = {product_said}", alt=alt, notes=notes)


def lasting_sum(dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the sum of the logarithms of the factors over their number.

    Parameters
    ----------
    dial, theme
        As for `vanishing_product`.

    Returns
    -------
    Picture
    """
    n, total = dial.values, dial.columns["log_sum"]
    y = Axis(title="sum of logs", span=(1.08 * float(total[-1]), -0.04 * float(total[-1])))
    board = Board(x=_count_axis(n), y=y, theme=theme)
    traces = [
        bound(board.line("sum", n, total, theme.run, 4.5), "along", x="n", y="log_sum"),
        bound(board.dots("now", n[:1], total[:1], dot(theme, theme.run, 16)), "at", x="n", y="log_sum"),
    ]
    alt = f"The sum of the logarithms of n equal factors: a straight line from 0 to {format_number(float(total[-1]))}."
    return board.picture(traces, title="Sum of logs = {log_sum}", alt=alt)


def _count_axis(n: FloatArray) -> Axis:
    return Axis(title="n, factors multiplied", span=(-0.02 * float(n[-1]), 1.03 * float(n[-1])))
