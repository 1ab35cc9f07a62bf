"""Integers in place of floats: what the verdict on a data set needs to be a proof.

Every finite float is an integer over a power of two, so one common power of two turns a table of floats
into a table of integers. From there on Python's integers never round, and are much faster than fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, inf, isqrt
from operator import mul, neg

import numpy as np

from logreg.data.arrays import frozen
from logreg.data.dataset import Dataset, FloatArray

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
    >>> import numpy as np
    >>> integer_rows(np.array([[0.5, 3.0]]))
    ([(1, 6)], 1)
    """
    fractions, exponents = np.frexp(X)
    whole = np.ldexp(fractions, 53).astype(np.int64)  # X = whole · 2^shifts
    shifts = exponents.astype(np.int64) - 53
    lowest = shifts + np.frexp(whole & -whole)[1] - 1  # the power of two of the last bit that is not 0
    k = max(0, -int(lowest.min(initial=0, where=whole != 0)))
    columns = zip(whole.T.tolist(), (shifts + k).T.tolist(), strict=True)
    moved = ([p << s if s >= 0 else p >> -s for p, s in zip(*column, strict=True)] for column in columns)
    return list(zip(*moved, strict=True)), k


@lru_cache(maxsize=8)  # verdict, margins, optimum and hulls of the same points all ask
def integer_points(dataset: Dataset) -> tuple[list[IntVector], int]:
    """Write the points as integers, 2^k X, and return k too."""
    return integer_rows(dataset.X)


@lru_cache(maxsize=8)  # verdict, margins and optimum of the same points all ask
def label_signed(dataset: Dataset, *, fit_bias: bool) -> tuple[tuple[IntVector, ...], int]:
    """Write the label-signed samples as integers.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    fit_bias : bool
        Whether they carry the constant feature 1.

    Returns
    -------
    tuple of tuple of int, int
        2^k a_i, and k.

    Examples
    --------
    >>> label_signed(Dataset([[0.5], [3.0]], [0, 1]), fit_bias=True)
    (((-1, -2), (6, 2)), 1)
    """
    points, k = integer_points(dataset)
    last = (1 << k,) if fit_bias else ()
    rows = zip(points, dataset.y.tolist(), strict=True)
    return tuple((*point, *last) if label else tuple(map(neg, (*point, *last))) for point, label in rows), k


def dot(a: Sequence[int], b: Sequence[int]) -> int:
    """Return a · b without rounding, for vectors of one length."""
    return sum(map(mul, a, b))


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
    return frozen([value / scale for value in values])


def nearest_float(value: Fraction) -> float:
    """Round a fraction, to ±inf where it is beyond float64.

    Examples
    --------
    >>> nearest_float(Fraction(-(10**400)))
    -inf
    """
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def sqrt_ratio(numerator: int, denominator: int) -> float:
    """Return sqrt(numerator / denominator) for integers of any size, right to the last bit or two; inf beyond float64.

    Examples
    --------
    >>> sqrt_ratio(10**1000, 4 * 10**1000)
    0.5
    """
    shift = max(0, 64 + (denominator.bit_length() - numerator.bit_length()) // 2)
    try:
        return isqrt((numerator << 2 * shift) // denominator) / (1 << shift)
    except OverflowError:
        return inf


def kernel(rows: Iterable[Sequence[int]], width: int) -> list[list[int]]:
    """Return integer vectors that span all c with row · c = 0 for every row.

    Parameters
    ----------
    rows : iterable of sequence of int
        Each of length `width`; no more are read once they span the space.
    width : int
        The number of columns.

    Returns
    -------
    list of list of int
        One vector for each column that depends on earlier ones; empty where the columns are independent.

    References
    ----------
    E. H. Bareiss, Sylvester's identity and multistep integer-preserving Gaussian elimination, Math. Comp. 22 (1968).

    Examples
    --------
    >>> kernel([(1, 2, 3), (2, 4, 6)], 3)
    [[-2, 1, 0], [-3, 0, 1]]
    """
    echelon: dict[int, list[int]] = {}
    for row in rows:
        work, previous = list(row), 1
        for column, pivot_row in echelon.items():
            p, factor = pivot_row[column], work[column]
            # Without remainder (Bareiss): each entry is a minor of the table.
            work = [(p * x - factor * y) // previous for x, y in zip(work, pivot_row, strict=True)]
            previous = p
        leading = next((column for column, value in enumerate(work) if value), None)
        if leading is not None:
            echelon[leading] = work
        if len(echelon) == width:
            break
    return [_solution(echelon, free, width) for free in range(width) if free not in echelon]


def _solution(echelon: dict[int, list[int]], free: int, width: int) -> list[int]:
    """Solve for the pivots' entries with a 1 in the free column, times the last pivot, which clears denominators."""
    vector = [0] * width
    vector[free] = next((abs(row[column]) for column, row in reversed(echelon.items())), 1)
    for column, row in reversed(echelon.items()):
        vector[column] = -dot(row, vector) // row[column]
    return primitive(vector)


def blind_directions(dataset: Dataset, *, fit_bias: bool) -> list[list[int]]:
    """Return integer vectors that span the directions of (w, b) in which no margin changes.

    Parameters
    ----------
    dataset : Dataset
        Points; their labels do not matter.
    fit_bias : bool
        Whether there is a b.

    Returns
    -------
    list of list of int
        Empty where the label-signed samples span the space.

    Examples
    --------
    >>> blind_directions(Dataset([[1.0, 2.0], [2.0, 4.0]], [0, 1]), fit_bias=False)
    [[-2, 1]]
    """
    samples, _ = label_signed(dataset, fit_bias=fit_bias)
    return kernel(samples, len(samples[0]))
