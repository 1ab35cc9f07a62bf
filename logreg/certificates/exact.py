"""Integers in place of floats: what the verdict on a data set needs to be a proof.

Every finite float is an integer over a power of two, so one common power of two turns a table of floats
into a table of integers. From there on Python's integers never round, and are much faster than fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, isqrt

import numpy as np

from logreg.data.dataset import FloatArray

IntVector = tuple[int, ...]


def integer_rows(X: FloatArray) -> tuple[list[IntVector], int]:
    """Write a table of floats as integers, 2^k X, with the smallest k >= 0 that does it.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Finite coordinates.

    Returns
    -------
    list of tuple of int, int
        The rows of 2^k X, and k.

    Examples
    --------
    >>> integer_rows(np.array([[0.5, 3.0]]))
    ([(1, 6)], 1)
    """
    ratios = [[value.as_integer_ratio() for value in row] for row in X.tolist()]
    k = max((denominator.bit_length() - 1 for row in ratios for _, denominator in row), default=0)
    return [tuple(p << (k - q.bit_length() + 1) for p, q in row) for row in ratios], k


def dot(a: Sequence[int], b: Sequence[int]) -> int:
    """Return a . b without rounding."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def primitive(values: Sequence[int]) -> list[int]:
    """Divide integers by their greatest common divisor, so that equal directions look equal.

    Examples
    --------
    >>> primitive([4, 0, -6])
    [2, 0, -3]
    """
    divisor = gcd(*values) or 1
    return [value // divisor for value in values]


def clear_denominators(values: Sequence[Fraction]) -> list[int]:
    """Scale fractions by one positive number so that they become integers without a common divisor."""
    common = 1
    for value in values:
        common = common * value.denominator // gcd(common, value.denominator)
    return primitive([value.numerator * (common // value.denominator) for value in values])


def float_view(values: Sequence[int]) -> FloatArray:
    """Show integers as floats, all divided by the smallest power of two that makes them fit 53 bits.

    Integers below 2^53 are shown as they are. Larger ones are rounded: the view is for drawing and for
    float arithmetic, the integers are the proof.

    Examples
    --------
    >>> float_view([2, 2, -3]).tolist()
    [2.0, 2.0, -3.0]
    """
    scale = 1 << max(0, max(abs(value) for value in values).bit_length() - 53)
    view = np.array([value / scale for value in values], dtype=np.float64)
    view.setflags(write=False)
    return view


def sqrt_ratio(numerator: int, denominator: int) -> float:
    """Return sqrt(numerator / denominator) for integers of any size, right to the last bit or two.

    Examples
    --------
    >>> sqrt_ratio(10**1000, 4 * 10**1000)
    0.5
    """
    shift = max(0, 64 + (denominator.bit_length() - numerator.bit_length()) // 2)
    return isqrt((numerator << 2 * shift) // denominator) / (1 << shift)


def dependencies(rows: Sequence[IntVector]) -> Iterator[list[int]]:
    """Yield integer combinations c != 0 with sum c_i rows_i = 0, one for each row that depends on earlier ones.

    Together they span all such combinations. Fraction-free elimination; each combination ends (as its last
    non-zero entry) at the row that it was found for, with a positive entry there or a negative one.
    """
    basis: list[tuple[int, list[int]]] = []
    width = len(rows[0]) if rows else 0
    for i, row in enumerate(rows):
        # Row and combination travel together: what is done to the one is done to the other.
        work = [*row, *(int(i == j) for j in range(len(rows)))]
        for column, pivot_row in basis:
            if work[column]:
                f, g = pivot_row[column], work[column]
                work = primitive([f * x - g * y for x, y in zip(work, pivot_row, strict=True)])
        column = next((c for c in range(width) if work[c]), -1)
        if column < 0:
            yield work[width:]
        else:
            basis.append((column, work))


def independent_rows(rows: Sequence[IntVector], order: Sequence[int]) -> list[int]:
    """Return the indices of a basis of the rows' span, chosen greedily in the given order."""
    basis: list[tuple[int, list[int]]] = []
    chosen: list[int] = []
    for i in order:
        work = list(rows[i])
        for column, pivot_row in basis:
            if work[column]:
                f, g = pivot_row[column], work[column]
                work = primitive([f * x - g * y for x, y in zip(work, pivot_row, strict=True)])
        column = next((c for c, value in enumerate(work) if value), -1)
        if column >= 0:
            basis.append((column, work))
            chosen.append(i)
        if len(basis) == len(work):
            break
    return chosen


def fewest_rows(rows: Sequence[IntVector], multipliers: dict[int, int]) -> dict[int, int]:
    """Rewrite sum multipliers_i rows_i = 0 with as few rows as Caratheodory's theorem grants.

    Parameters
    ----------
    rows : sequence of tuple of int
        Vectors in d dimensions.
    multipliers : dict from row index to int
        Positive, with sum multipliers_i rows_i = 0.

    Returns
    -------
    dict from row index to int
        Positive, the same sum zero, on at most d + 1 of the rows.

    Examples
    --------
    >>> fewest_rows([(1,), (-1,), (2,)], {0: 1, 1: 3, 2: 1})
    {1: 2, 2: 1}
    """
    left = dict(multipliers)
    while (c := next(dependencies([rows[i] for i in list(left)[:-1]]), None)) is not None:
        change = dict(zip(left, [*c, 0], strict=True))
        ways = [_walk(left, change), _walk(left, {i: -value for i, value in change.items()})]
        # Of the two ways to drop a row, keep the one whose smallest share is larger: a picture without slivers.
        left = max((way for way in ways if way), key=lambda way: Fraction(min(way.values()), sum(way.values())))
    return left


def _walk(multipliers: dict[int, int], change: dict[int, int]) -> dict[int, int]:
    """Go along -change until the first multiplier reaches zero; empty if none ever does."""
    falling = [i for i in multipliers if change[i] > 0]
    if not falling:
        return {}
    out = min(falling, key=lambda i: Fraction(multipliers[i], change[i]))
    moved = {i: value * change[out] - multipliers[out] * change[i] for i, value in multipliers.items()}
    stay = [i for i, value in moved.items() if value > 0]
    return dict(zip(stay, primitive([moved[i] for i in stay]), strict=True))
