"""A product of probabilities that runs into the end of float64, beside the sum of logarithms that goes on."""

from __future__ import annotations

from math import log, log10

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.numbers import format_number, format_positive, format_power
from logreg.figures.picture import Picture
from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import Timeline, bound
from logreg.theory.likelihood import SMALLEST, running_product

_POWERS = (-395.0, 14.0)  # of ten; float64 ends between them
_ZERO_AT = -365.0  # where a product stands that is 0, below the smallest float64
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
        "product", "power", its logarithm to base 10, NaN where it is 0; "zero", a place where it is, else NaN;
        "log_sum"; the word "product_said". The numbers at which it stops falling are among the values.

    Examples
    --------
    >>> dial = factors_dial(0.5)
    >>> dial.columns["product"][dial.values >= 1074][:2].tolist()
    [5e-324, 0.0]
    """
    last, n = end_of_product(factor), counts(factor)
    product = running_product(factor, int(n[-1]))[n.astype(np.int64)]
    is_zero = product == 0
    powers = np.log10(np.where(is_zero, np.nan, product))
    columns = {"product": product, "power": powers, "log_sum": n * log(factor)}
    columns |= {"zero": np.where(is_zero, _ZERO_AT, np.nan), "last": np.full_like(n, last)}
    return Timeline("n", n, columns, {"product_said": tuple("0" if p == 0 else format_positive(p) for p in product)})


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

    `dial` comes from `factors_dial`.
    """
    n, floor = dial.values, log10(SMALLEST)
    ticks = {float(power): format_power(power) for power in (0, -100, -200, -300)}
    y = Axis(title="product (log scale)", span=_POWERS, ticks=ticks)
    board = Board(x=_count_axis(n), y=y, theme=theme)
    zero = board.words(
        "zero", n[:1], dial.columns["zero"][:1], ["<b>0</b>"], theme.run_b, size=20, position="middle left"
    )
    traces = [
        board.level("floor", floor, theme.certain, "dash", 3, "the smallest number above 0 that float64 holds"),
        *board.grown(dial, "power", theme.run_b, 4.5, part="product", size=16),
        bound(zero, "at", x="n", y="zero"),
    ]
    text = f"<b>the smallest float64: {SMALLEST}</b>"
    notes = [board.name(text, float(n[0]), floor, theme.certain, yanchor="bottom", yshift=3)]
    last = int(dial.columns["last"][0])
    end = float(dial.columns["product"][-1])
    then = "0" if end == 0 else f"{format_positive(end)}, where it stays: float64 rounds it back"
    alt = "The product of n equal factors on a log axis, a straight line down to the smallest float64, 4.941·10⁻³²⁴. "
    alt += f"After {last:,} factors it has fallen for the last time above 0; at the end it is {then}."
    return board.picture(traces, title="Product = {product_said}", alt=alt, notes=notes)


def lasting_sum(dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the sum of the logarithms of the factors over their number.

    Parameters
    ----------
    dial, theme
        As for `vanishing_product`.
    """
    n, total = dial.values, dial.columns["log_sum"]
    y = Axis(title="sum of logs", span=(1.08 * float(total[-1]), -0.04 * float(total[-1])))
    board = Board(x=_count_axis(n), y=y, theme=theme)
    traces = [
        *board.grown(dial, "log_sum", theme.run, 4.5, part="sum", size=16),
    ]
    alt = f"The sum of the logarithms of n equal factors: a straight line from 0 to {format_number(float(total[-1]))}."
    return board.picture(traces, title="Sum of logs = {log_sum}", alt=alt)


def _count_axis(n: FloatArray) -> Axis:
    return Axis(title="n, factors multiplied", span=(-0.02 * float(n[-1]), 1.03 * float(n[-1])))
