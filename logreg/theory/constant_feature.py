"""The bias as one more feature, constant: what a line through the origin misses, where the constant K puts the tie.

A bias b is the weight of a feature x₀ = 1. With x₀ = K its weight is b/K, and what depends on the length of (w, b)
(descent's limit, a penalty) depends on K.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.data.checks import checked_array, checked_positive
from logreg.data.dataset import Dataset, check_features
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.training.trajectory import Trajectory

_CANCELLED = 1e-12  # of what is added up


def wrong_through_origin(dataset: Dataset, angles: ArrayLike) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Say which points each line through the origin has on its wrong side, or on itself.

    Parameters
    ----------
    dataset : Dataset
        Two features.
    angles : array-like of shape (n_angles,)
        Of w, which points to class 1, in degrees.

    Returns
    -------
    ndarray of shape (n_angles, n_samples), boolean

    Raises
    ------
    ValueError
        If the data do not lie in a plane.

    Examples
    --------
    >>> wrong_through_origin(Dataset([[1.0, 0.0], [2.0, 0.0]], [0, 1]), [0.0, 180.0]).sum(axis=1).tolist()
    [1, 1]
    """
    check_features(2, dataset=dataset)
    turned = np.radians(checked_array("angles", angles))
    margins = np.column_stack([np.cos(turned), np.sin(turned)]) @ dataset.signed_samples(fit_bias=False).T
    return np.asarray(margins <= _CANCELLED * np.abs(dataset.X).max())


def best_angle(dataset: Dataset) -> float:
    """Return an angle of w at which a line through the origin has the fewest points wrong: the middle of all such.

    Parameters
    ----------
    dataset : Dataset
        Two features.

    Returns
    -------
    float
        Degrees, from 0 to 360; 0 where every point is at the origin.

    Raises
    ------
    ValueError
        If there are not two features.

    Notes
    -----
    A point changes sides where w is at a right angle to it; between two such angles the number stays.

    Examples
    --------
    >>> round(best_angle(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1])), 6)
    45.0
    """
    check_features(2, dataset=dataset)
    X = dataset.X[dataset.X.any(axis=1)]  # a point at the origin lies on every such line
    if not len(X):
        return 0.0
    towards = np.degrees(np.arctan2(X[:, 1], X[:, 0]))
    turns = np.unique(np.round(np.concatenate([towards + 90.0, towards - 90.0]) % 360.0, 9))
    gaps = np.diff(turns, append=turns[0] + 360.0)
    middles = (turns + gaps / 2) % 360.0
    wrong = wrong_through_origin(dataset, middles).sum(axis=1)
    fewest = np.flatnonzero(wrong == wrong.min())
    return float(middles[fewest[np.argmax(gaps[fewest])]])


def lifted(dataset: Dataset, constant: float) -> Dataset:
    """Return the data with one more feature, the constant K.

    Parameters
    ----------
    dataset : Dataset
        Left as it is.
    constant : float
        K, above 0.

    Raises
    ------
    ValueError
        If the constant is not above 0.

    Examples
    --------
    >>> lifted(Dataset([[5.0]], [1]), 2.0).X.tolist()
    [[5.0, 2.0]]
    """
    height = checked_positive("constant", constant)
    return Dataset(np.column_stack([dataset.X, np.full(dataset.n_samples, height)]), dataset.y, dataset.name)


def tie_of_run(run: Trajectory) -> float:
    """Return where the tie of a run on one feature, trained with a bias, is at its last step: −b/w.

    Raises
    ------
    ValueError
        If the run has more features, or ends at w = 0, where no place is a tie.

    Examples
    --------
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[-7.0], [3.0]], [0, 1]))
    >>> round(tie_of_run(run), 2)
    -0.24
    """
    check_features(1, run=run.dataset)
    return _tie("run", float(run.weights[-1, 0]), float(run.bias[-1]))


def tie_of_limit(dataset: Dataset, constant: float) -> float:
    """Return where the largest-margin line through the origin of (x, K) cuts x₀ = K: at x = −K·w₀/w.

    Parameters
    ----------
    dataset : Dataset
        One feature, separable with a bias.
    constant : float
        K: 1 is where descent with a bias goes; K → ∞ the classic SVM, whose bias is free.

    Raises
    ------
    ValueError
        If the data have more features, are not separable, or have one class whose points pull w to neither side.

    Examples
    --------
    >>> line = Dataset([[-7.0], [3.0]], [0, 1])
    >>> [round(tie_of_limit(line, constant), 4) for constant in (1.0, 10.0)]
    [-0.3333, -2.0]
    """
    check_features(1, dataset=dataset)
    weights = max_margin(lifted(dataset, constant), "none").weights
    return _tie("dataset", float(weights[0]), float(weights[1]) * constant)


def _tie(parameter: str, weight: float, bias: float) -> float:
    if weight == 0:
        raise ValueError(f"{parameter}: expected a weight other than 0 at the end, got 0: no place is a tie.")
    return -bias / weight


def is_mirrored(line: Dataset) -> bool:
    """Return whether one class of points on a line is the other's mirror image in 0: then b = 0 at every step.

    Examples
    --------
    >>> is_mirrored(Dataset([[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1]))
    True
    """
    zeros, ones = (np.sort(line.X[line.y == label, 0]) for label in (0, 1))
    return np.array_equal(ones, -zeros[::-1])


def pulls_cancel(dataset: Dataset) -> bool:
    """Return whether Σ a_i = 0 with and without the constant feature, but for rounding of the coordinates.

    Then w = 0 and b = 0 are the minimum under any penalty, wherever the points are moved.

    Examples
    --------
    >>> pulls_cancel(Dataset([[100.1], [100.2], [99.7], [100.0], [100.0], [100.0]], [1, 1, 1, 0, 0, 0]))
    True
    """
    spread = np.abs(dataset.X - dataset.X.mean(axis=0)).sum()
    off = np.abs(dataset.signed_samples(fit_bias=False).sum(axis=0)).max()
    return bool(dataset.signs.sum() == 0 and off <= _CANCELLED * spread)


def penalised(dataset: Dataset, shift: ArrayLike, l2: float, *, penalise_bias: bool) -> Model:
    """Return the minimiser on the data moved by a shift, with the penalty on b too or on w alone.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    shift : float or array-like of shape (n_features,)
        What is added to every point: one number for all coordinates, or one for each.
    l2 : float
        λ above 0.
    penalise_bias : bool
        Whether b is penalised; if not, the shift only moves the line along.

    Returns
    -------
    Model
        0 where the pulls cancel: of points moved far the rest would be rounding of their coordinates.

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> models = [penalised(pair, 9.0, 0.01, penalise_bias=both) for both in (True, False)]
    >>> [float(round(-model.bias / model.weights[0], 3)) for model in models]
    [8.633, 9.0]
    """
    if pulls_cancel(dataset):
        return Model(np.zeros(dataset.n_features))
    moved = Dataset(dataset.X + np.asarray(shift, dtype=np.float64), dataset.y, dataset.name)
    return optimum(moved, Objective(l2=l2, penalise_bias=penalise_bias))


def accuracy(model: Model, dataset: Dataset) -> float:
    """Return the share of points on their right side.

    Examples
    --------
    >>> accuracy(Model([1.0]), Dataset([[1.0], [2.0]], [1, 0]))
    0.5
    """
    return float((model.predict(dataset.X) == dataset.y).mean())
