"""How many of the 2ⁿ labellings of n points a hyperplane separates: Cover's number, and which they are.

In general position the number depends on n and on the dimension alone, not on the points. So random labels on few
points, or in many dimensions, are nearly always separable, and the loss has no minimum.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, combinations, groupby
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.exact import IntVector, integer_rows, kernel
from logreg.data.checks import check_type, checked_flag
from logreg.data.dataset import Dataset

_PLANE = 2


def separable_labellings(n_samples: int, n_features: int, *, fit_bias: bool = True) -> int:
    """Return Cover's number: 2 Σ_{k < D} C(n − 1, k) with D = n_features + fit_bias.

    Parameters
    ----------
    n_samples : int
        n ≥ 1 points in general position: no D of the (x, 1) are dependent (of the x without a bias).
    n_features : int
        At least 1.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    int
        How many of the 2ⁿ labellings a hyperplane separates, whatever the points.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    T. M. Cover, Geometrical and statistical properties of systems of linear inequalities, IEEE Trans. EC-14 (1965).

    Examples
    --------
    >>> [separable_labellings(n, 2) for n in range(3, 9)]
    [8, 14, 22, 32, 44, 58]
    """
    for name, value in (("n_samples", n_samples), ("n_features", n_features)):
        check_type(int, **{name: value})
        if value < 1:
            raise ValueError(f"{name}: expected at least 1, got {value}.")
    dimension = n_features + checked_flag("fit_bias", fit_bias)
    return 2 * sum(comb(n_samples - 1, k) for k in range(dimension))


def separable_share(n_samples: int, n_features: int, *, fit_bias: bool = True) -> Fraction:
    """Return the probability that random labels are separable: Cover's number over 2ⁿ.

    Parameters
    ----------
    n_samples, n_features, fit_bias
        As for `separable_labellings`.

    Returns
    -------
    Fraction
        1 up to n = D, exactly one half at n = 2D.

    Raises
    ------
    ValueError
        As `separable_labellings`.

    Examples
    --------
    >>> separable_share(6, 2), separable_share(22, 10)
    (Fraction(1, 2), Fraction(1, 2))
    """
    return Fraction(separable_labellings(n_samples, n_features, fit_bias=fit_bias), 2**n_samples)


def line_labellings(X: ArrayLike) -> frozenset[int]:
    """Return every labelling that a line separates, in exact arithmetic, without a verdict for each of the 2ⁿ.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Points of a line or of the plane, in any position.

    Returns
    -------
    frozenset of int
        A labelling as a number: bit i is the label of point i.

    Raises
    ------
    ValueError
        If the points have more than two features.

    Notes
    -----
    A line between two classes can be moved until it passes through a point of each, the others still on their sides
    of it. On the line itself the classes lie behind each other. So a line through two points, with the points on it
    parted at one place, gives all labellings: about n³ steps.

    Examples
    --------
    >>> len(line_labellings([[0, 0], [1, 0], [0, 1], [1, 1]]))
    14
    """
    points, _ = integer_rows(Dataset(X, np.zeros(np.shape(X)[:1])).X)
    if len(points[0]) > _PLANE:
        raise ValueError(f"X: expected at most {_PLANE} features, got {len(points[0])}.")
    plane = [(*point, 0)[:_PLANE] for point in points]
    whole = (1 << len(plane)) - 1
    found = {0, whole}
    for a, b in combinations(sorted(set(plane)), 2):
        left, behind = _parted(plane, a, b)
        for before in behind:
            found |= {left | before, left | (behind[-1] ^ before)}
    return frozenset(found | {whole ^ labels for labels in found})


def _parted(points: list[IntVector], a: IntVector, b: IntVector) -> tuple[int, list[int]]:
    """Return which points lie left of the line from a to b, and which of those on it lie before each place on it."""
    across, along = (b[0] - a[0], b[1] - a[1]), []
    left = 0
    for i, (x, y) in enumerate(points):
        turn = across[0] * (y - a[1]) - across[1] * (x - a[0])
        if turn > 0:
            left |= 1 << i
        elif turn == 0:
            along.append((across[0] * x + across[1] * y, 1 << i))
    at_one_place = (sum(bit for _, bit in group) for _, group in groupby(sorted(along), key=lambda one: one[0]))
    return left, list(accumulate(at_one_place))


def dependent_points(X: ArrayLike, *, fit_bias: bool = True) -> tuple[int, ...]:
    """Return a few points that keep the others out of general position: three on a line, for example.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Points, few: all subsets of up to D = n_features + fit_bias of them are looked at.
    fit_bias : bool
        Whether the points are (x, 1), or x itself.

    Returns
    -------
    tuple of int
        The first of the smallest subsets that is dependent, in exact arithmetic; empty in general position.

    Examples
    --------
    >>> dependent_points([[0, 0], [1, 5], [1, 1], [2, 2]])
    (0, 2, 3)
    """
    rows, k = integer_rows(Dataset(X, np.zeros(np.shape(X)[:1])).X)
    points = [(*row, 1 << k) for row in rows] if checked_flag("fit_bias", fit_bias) else rows
    for size in range(1, len(points[0]) + 1):
        for chosen in combinations(range(len(points)), size):
            columns = list(zip(*(points[i] for i in chosen), strict=True))
            if kernel(columns, size):
                return chosen
    return ()
