"""Random labels by the thousand: how often a hyperplane separates them, with the interval of the share.

In the plane every toss is decided exactly. Beyond it a toss is decided in floats, where floats are enough: many at once
by Newton's steps on the logistic loss; the rest one by one, by the nearest point to the origin of the hull of the
label-signed samples; and by the exact verdict where they are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.certificates.separability import check_separability
from logreg.data.checks import check_type, checked_flag, checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.cover import line_labellings
from logreg.theory.needs import needs_scipy
from logreg.training.model import sigmoid

_NORMAL_95 = 1.959963984540054  # 97.5 % of a normal distribution lie below
# A combination of unit vectors this short: separable at most with a margin below it.
_ZERO = 1e-12
_AT_ONCE, _ROUNDS = 256, 12  # data sets, and steps of Newton’s that are taken on them
_STRIDE = 4.0  # by which no margin changes in one of these
_MOST_TOSSES = 10**9
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
    size = checked_whole("n_tosses", n_tosses, 1, _MOST_TOSSES), checked_whole("n_samples", n_samples, 0, _MOST_TOSSES)
    return np.random.default_rng(seed).integers(0, 2, size=size)


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
        One for each row: in the plane what exact arithmetic says, `are_separable` beyond it.

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
    # few points have few labellings: each is decided once, for its opposite too
    different, place = np.unique(rows ^ rows[:, :1], axis=0, return_inverse=True)
    if in_plane:
        kinds = (check_separability(Dataset(points, row), fit_bias=fit_bias).kind for row in different)
        found = [kind == "separable" for kind in kinds]
    else:
        found = are_separable(np.broadcast_to(points, (len(different), *points.shape)), different, fit_bias=fit_bias)
    return [found[at] for at in place.ravel()]


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


def are_separable(X: FloatArray, labels: ArrayLike, *, fit_bias: bool = True) -> list[bool]:
    """Say of each of many data sets of one size what `is_separable` says, by the same proofs, most of them at once.

    Parameters
    ----------
    X : ndarray of shape (n_sets, n_samples, n_features)
        Finite points, a data set each.
    labels : array-like of shape (n_sets, n_samples)
        Each 0 or 1.
    fit_bias : bool
        Whether the hyperplanes may miss the origin.

    Returns
    -------
    list of bool
        One for each data set.

    Notes
    -----
    The steps of Newton on the logistic loss lead to its minimum, where the residuals are the positive combination that
    is shorter than 1e-12, or further and further into the directions that separate. What neither proves soon,
    `is_separable` decides.

    Examples
    --------
    >>> are_separable(np.array([[[0.0], [1.0], [2.0]]] * 2), [[0, 0, 1], [0, 1, 0]])
    [True, False]
    """
    signs = np.where(np.asarray(labels), 1.0, -1.0)[:, :, None]
    answers: list[bool] = []
    for first in range(0, len(X), _AT_ONCE):
        own = slice(first, first + _AT_ONCE)
        rows = signs[own] * X[own]
        decided = _decided(_unit_rows(np.append(rows, signs[own], axis=2) if fit_bias else rows))
        for points, sign, answer in zip(X[own], signs[own], decided, strict=True):
            answers.append(
                is_separable(Dataset(points, sign[:, 0] > 0), fit_bias=fit_bias) if answer is None else answer
            )
    return answers


def _decided(rows: FloatArray) -> list[bool | None]:
    """Return for each set of unit samples whether a direction separates it; None where Newton's steps prove neither."""
    answers: list[bool | None] = [None] * len(rows)
    left, w = np.arange(len(rows)), np.zeros((len(rows), rows.shape[2]))
    for _ in range(_ROUNDS):
        margins = (rows @ w[:, :, None])[:, :, 0]
        residuals = sigmoid(-margins)
        pulls = (residuals[:, None] @ rows)[:, 0]
        separates = _exceeds_rounding(margins, rows, w)
        cancels = np.linalg.norm(pulls, axis=1) <= _ZERO * residuals.sum(axis=1)
        for at in np.flatnonzero(separates | cancels):
            answers[left[at]] = bool(separates[at])
        going = ~(separates | cancels)
        left, w, rows, residuals, pulls = (of[going] for of in (left, w, rows, residuals, pulls))
        curvature = (rows * (residuals * (1 - residuals))[:, :, None]).swapaxes(1, 2) @ rows
        least = _ZERO * np.trace(curvature, axis1=1, axis2=2) + np.finfo(float).tiny
        curvature += least[:, None, None] * np.eye(rows.shape[2])
        step = np.linalg.solve(curvature, pulls[:, :, None])
        longest = np.abs(rows @ step).max(axis=(1, 2))
        w = w + step[:, :, 0] * (_STRIDE / np.maximum(longest, _STRIDE))[:, None]
    return answers


def _exceeds_rounding(margins: FloatArray, rows: FloatArray, w: FloatArray) -> NDArray[np.bool_]:
    """Say whether all margins of a direction are above what rounding can make of them."""
    sizes = (np.abs(rows) @ np.abs(w)[..., None])[..., 0]
    return np.asarray((margins > 4 * w.shape[-1] * np.finfo(float).eps * sizes).all(axis=-1))


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
    needs_scipy()
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
    if _exceeds_rounding(rows @ pull, rows, pull):
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
    scaled = np.ldexp(rows, -np.frexp(np.abs(rows).max(axis=-2, keepdims=True))[1])  # powers of two round nothing
    lengths = np.sqrt((scaled**2).sum(axis=-1, keepdims=True))
    return np.asarray(scaled / np.where(lengths > 0, lengths, 1.0))
