"""Random labels by the thousand: how often a hyperplane separates them, with the interval of the share.

In the plane every toss is decided exactly. Beyond it a toss is decided in floats, where floats are enough, by the
nearest point to the origin of the hull of the label-signed samples, and by the exact verdict where they are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.certificates.separability import check_separability
from logreg.data.checks import check_type, checked_flag
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.cover import line_labellings

_NORMAL_95 = 1.959963984540054  # 97.5 % of a normal distribution lie below
# A combination of unit vectors this short: separable at most with a margin below it.
_ZERO = 1e-12
_PLANE = 2
_MOST_LISTED = 32  # points for which all labellings that a line separates are listed, in some milliseconds


@dataclass(frozen=True)
class Proportion:
    """Hold how many of some independent tosses came out one way.

    Parameters
    ----------
    hits : int
        From 0 to `tosses`.
    tosses : int
        At least 1.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> Proportion(0, 10).interval[0], round(Proportion(0, 10).interval[1], 4)
    (0.0, 0.2775)
    """

    hits: int
    tosses: int

    def __post_init__(self) -> None:
        check_type(int, hits=self.hits, tosses=self.tosses)
        if self.tosses < 1:
            raise ValueError(f"tosses: expected at least 1, got {self.tosses}.")
        if not 0 <= self.hits <= self.tosses:
            raise ValueError(f"hits: expected a number from 0 to {self.tosses}, got {self.hits}.")

    @property
    def share(self) -> float:
        """The observed share, hits / tosses."""
        return self.hits / self.tosses

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval, 95 %: the p from which the share lies at most 1.96 standard deviations of p away."""
        p, n, z = self.share, self.tosses, _NORMAL_95
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = ((middle + side * half) / (1 + z * z / n) for side in (-1, 1))
        return (low if self.hits else 0.0), (high if self.hits < self.tosses else 1.0)


def random_labels(n_samples: int, n_tosses: int, seed: int) -> NDArray[np.int64]:
    """Toss a fair coin for every label, n_tosses times.

    Parameters
    ----------
    n_samples : int
        Labels of a toss.
    n_tosses : int
        Rows.
    seed : int
        The same seed gives the same tosses, and the first rows of more of them.

    Returns
    -------
    ndarray of shape (n_tosses, n_samples)
        Each 0 or 1.

    Examples
    --------
    >>> bool((random_labels(5, 3, seed=1) == random_labels(5, 9, seed=1)[:3]).all())
    True
    """
    return np.random.default_rng(seed).integers(0, 2, size=(n_tosses, n_samples))


def which_separate(
    X: ArrayLike, labels: Sequence[ArrayLike] | NDArray[np.int64], *, fit_bias: bool = True
) -> list[bool]:
    """Say of each labelling of the same points whether a hyperplane separates it.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    labels : sequence of array-like of shape (n_samples,)
        One labelling a row, each 0 or 1.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    list of bool
        One for each row: in the plane what exact arithmetic says, `is_separable` beyond it.

    Examples
    --------
    >>> which_separate([[0, 0], [0, 1], [1, 0], [1, 1]], [[0, 1, 1, 0], [0, 1, 1, 1]])
    [False, True]
    """
    points = Dataset(X, np.zeros(np.shape(X)[:1])).X
    rows = _checked_labels(labels, len(points))
    in_plane = points.shape[1] <= _PLANE
    if fit_bias and in_plane and len(points) <= _MOST_LISTED:
        return _listed(points, rows)
    found: dict[bytes, bool] = {}  # few points have few labellings: each is decided once, for its opposite too
    answers = []
    for row in rows:
        key = (row ^ row[0]).tobytes()
        if key not in found:
            dataset = Dataset(points, row)
            found[key] = (
                check_separability(dataset, fit_bias=fit_bias).kind == "separable"
                if in_plane
                else is_separable(dataset, fit_bias=fit_bias)
            )
        answers.append(found[key])
    return answers


def _checked_labels(labels: Sequence[ArrayLike] | NDArray[np.int64], n_samples: int) -> NDArray[np.int64]:
    rows = np.asarray(labels)
    if rows.shape != (len(rows), n_samples) or not np.isin(rows, (0, 1)).all():
        raise ValueError(f"labels: expected rows of {n_samples} labels, each 0 or 1, got shape {rows.shape}.")
    return rows.astype(np.int64)


def _listed(X: FloatArray, labels: NDArray[np.int64]) -> list[bool]:
    """Look labellings up among all that a line separates."""
    known = np.array(sorted(line_labellings(X)), dtype=np.int64)
    answers: list[bool] = np.isin(labels @ (1 << np.arange(len(X))), known).tolist()
    return answers


def is_separable(dataset: Dataset, *, fit_bias: bool = True) -> bool:
    """Say whether a hyperplane separates the classes; in floats where these decide it, which is much faster.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    bool
        True on a proof: a direction in which every margin exceeds what rounding can make of it. False where a positive
        combination of the samples, their features of one size and each of length 1, is shorter than 1e-12: only a
        margin below that could be missed. Between the two the exact verdict decides.

    Notes
    -----
    Lawson and Hanson, Solving least squares problems (1974), ch. 23: the non-negative λ that brings (Aᵀλ, Σλ) nearest
    to (0, 1) leaves a residual that is 0, or a direction that separates. Needs SciPy.

    Examples
    --------
    >>> is_separable(Dataset([[0, 0, 1], [0, 1, 5], [1, 0, 2], [1, 1, 0]], [0, 1, 1, 0]))
    True
    """
    from scipy.optimize import nnls

    check_type(Dataset, dataset=dataset)
    rows = _unit_rows(dataset.signed_samples(fit_bias=checked_flag("fit_bias", fit_bias)))
    target = np.append(np.zeros(rows.shape[1]), 1.0)
    columns = np.vstack([rows.T, np.ones(len(rows))])
    try:
        multipliers, _ = nnls(columns, target)
    except RuntimeError:  # it ran out of iterations
        return check_separability(dataset, fit_bias=fit_bias).kind == "separable"
    pull = rows.T @ multipliers
    if (rows @ pull > 4 * len(pull) * np.finfo(float).eps * (np.abs(rows) @ np.abs(pull))).all():
        return True
    if float(np.linalg.norm(pull)) <= _ZERO * float(multipliers.sum()):
        return False
    return check_separability(dataset, fit_bias=fit_bias).kind == "separable"


def toss_labels(X: ArrayLike, n_tosses: int, *, seed: int, fit_bias: bool = True) -> Proportion:
    """Count how many of n_tosses random labellings of the points a hyperplane separates.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    n_tosses : int
        At least 1.
    seed : int
        Of the tosses.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    Proportion
        With its interval.

    Examples
    --------
    >>> toss_labels([[0, 0], [0, 1], [1, 0]], 50, seed=0)
    Proportion(hits=50, tosses=50)
    """
    points = Dataset(X, np.zeros(np.shape(X)[:1])).X
    separated = which_separate(points, random_labels(len(points), n_tosses, seed), fit_bias=fit_bias)
    return Proportion(sum(separated), len(separated))


def _unit_rows(rows: FloatArray) -> FloatArray:
    """Bring all features to one size, which changes no verdict, then each row to length 1; a row of zeros stays so."""
    scaled = np.ldexp(rows, -np.frexp(np.abs(rows).max(axis=0))[1])  # powers of two round nothing
    lengths = np.sqrt((scaled**2).sum(axis=1, keepdims=True))
    return np.asarray(scaled / np.where(lengths > 0, lengths, 1.0))
