"""The gradient as a sum of arrows, one a point: how long they are, how far they lead together, and who still pulls.

Point i pulls the parameters by σ(−m_i)·a_i / n = (y_i − p_i)·(x_i, 1) / n; the sum of all pulls is −∇L.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import check_type, checked_array, checked_positive
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import log_sigmoid, sigmoid


@dataclass(frozen=True, eq=False)
class ArrowSums(ReadOnly):
    """Hold the pulls of all points, head to tail, at each of many parameter vectors.

    Parameters
    ----------
    corners : ndarray of shape (n_models, n_samples + 1, n_parameters)
        Where the arrows meet: from the origin to −∇L.
    order : ndarray of shape (n_samples,)
        The point behind each arrow: by growing angle, the same at every model, since only lengths change.
    total : ndarray of shape (n_models,)
        Σ of the arrows' lengths.
    length : ndarray of shape (n_models,)
        Length of their sum, ‖∇L‖; at most `total`.
    """

    corners: FloatArray
    order: NDArray[np.int64]
    total: FloatArray
    length: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "corners", "total", "length")
        freeze(self, "order", dtype=np.int64)


def arrow_sums(dataset: Dataset, parameters: ArrayLike, *, fit_bias: bool = False) -> ArrowSums:
    """Put the pulls of all points head to tail, at each of many parameter vectors.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    parameters : array-like of shape (n_models, n_features + fit_bias)
        One w, or (w, b), a row.
    fit_bias : bool
        Whether the pulls on b count.

    Raises
    ------
    ValueError
        If the rows do not fit the data.

    Examples
    --------
    >>> sums = arrow_sums(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1]), [[0.0, 0.0]])
    >>> sums.corners[0].tolist(), float(sums.total[0])
    ([[0.0, 0.0], [0.25, 0.0], [0.25, 0.25]], 0.5)
    """
    rows, v = _rows(dataset, parameters, fit_bias)
    order = _by_angle(rows)
    pulls = sigmoid(-(v @ rows.T))[:, order, None] * rows[order] / dataset.n_samples
    corners = np.concatenate([np.zeros((len(v), 1, v.shape[1])), np.cumsum(pulls, axis=1)], axis=1)
    total = np.linalg.norm(pulls, axis=2).sum(axis=1)
    return ArrowSums(corners, order, total, np.linalg.norm(corners[:, -1], axis=1))


def pull_shares(dataset: Dataset, parameters: ArrayLike, *, fit_bias: bool = False) -> FloatArray:
    """Return the share of each point in all residuals: σ(−m_i)/Σ_j σ(−m_j), right where they all underflow.

    Parameters
    ----------
    dataset, parameters, fit_bias
        As for `arrow_sums`.

    Returns
    -------
    ndarray of shape (n_models, n_samples)
        Rows that sum to 1; on separable data they tend to the weights of the support vectors.

    Examples
    --------
    >>> pull_shares(Dataset([[1.0], [2.0]], [1, 1]), [[0.0], [2000.0]]).round(3).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    rows, v = _rows(dataset, parameters, fit_bias)
    logs = log_sigmoid(-(v @ rows.T))
    with np.errstate(under="ignore"):
        shares = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def cancelling(dataset: Dataset, parameters: ArrayLike, *, fit_bias: bool = False) -> FloatArray:
    """Return ‖Σ pulls‖ / Σ ‖pull‖: 1 where all pull one way, 0 where they cancel, as at a minimum.

    Parameters
    ----------
    dataset, parameters, fit_bias
        As for `arrow_sums`.

    Returns
    -------
    ndarray of shape (n_models,)
        On separable data never below γ / max ‖a_i‖ (`least_cancelling`).

    Examples
    --------
    >>> cancelling(Dataset([[1.0], [1.0]], [1, 0]), [[0.0], [1.0]]).round(4).tolist()
    [0.0, 0.4621]
    """
    rows, v = _rows(dataset, parameters, fit_bias)
    pulls = pull_shares(dataset, v, fit_bias=fit_bias)[:, :, None] * rows
    total = np.linalg.norm(pulls, axis=2).sum(axis=1)
    total = np.where(total > 0, total, 1.0)  # every point at the origin: nothing pulls
    return np.asarray(np.linalg.norm(pulls.sum(axis=1), axis=1) / total)


def least_cancelling(dataset: Dataset, margin: float, *, fit_bias: bool = False) -> float:
    """Return γ / max ‖a_i‖, below which `cancelling` never falls on separable data.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    margin : float
        γ > 0, the greatest margin of the samples a_i: (x, 1) with a bias.
    fit_bias : bool
        Whether the samples end in a 1.

    Raises
    ------
    ValueError
        If the margin is not above 0, or every sample is at the origin.

    Notes
    -----
    Along the max-margin direction every pull σ(−m_i)·a_i gains at least σ(−m_i)·γ, so their sum is at least γ·Σσ(−m_i)
    long, and Σ ‖pull‖ is at most max ‖a_i‖·Σσ(−m_i).

    Examples
    --------
    >>> least_cancelling(Dataset([[1.0], [-4.0]], [1, 0]), 1.0)
    0.25
    """
    check_type(Dataset, dataset=dataset)
    longest = max(hypot(*row) for row in dataset.signed_samples(fit_bias=fit_bias).tolist())  # hypot does not overflow
    if longest == 0:
        raise ValueError("dataset: expected a sample off the origin, got none: nothing pulls.")
    return checked_positive("margin", margin) / longest


def off_origin(dataset: Dataset) -> Dataset:
    """Return the points that pull w: one at the origin never does. All of them where every point lies there.

    Notes
    -----
    Without a bias a run by steps of 1/L takes the same way on these: L and the gradient both are means.

    Examples
    --------
    >>> off_origin(Dataset([[0.0, 0.0], [1.0, 0.0]], [0, 1])).X.tolist()
    [[1.0, 0.0]]
    """
    pulls = dataset.X.any(axis=1)
    if pulls.all() or not pulls.any():
        return dataset
    return Dataset(dataset.X[pulls], dataset.y[pulls], dataset.name)


def _rows(dataset: Dataset, parameters: ArrayLike, fit_bias: bool) -> tuple[FloatArray, FloatArray]:
    check_type(Dataset, dataset=dataset)
    rows, v = dataset.signed_samples(fit_bias=fit_bias), checked_array("parameters", parameters)
    if v.ndim != 2 or v.shape[1] != rows.shape[1]:
        raise ValueError(f"parameters: expected rows of {rows.shape[1]} numbers, got shape {v.shape}.")
    return rows, v


def _by_angle(rows: FloatArray) -> NDArray[np.int64]:
    """Return the order of arrows by growing angle, from behind the widest gap, so that a fan stays in one piece."""
    if rows.shape[1] < 2:
        return np.argsort(rows[:, 0], kind="stable")
    angles = np.arctan2(rows[:, 1], rows[:, 0])
    order = np.argsort(angles, kind="stable")
    gaps = np.diff(angles[order], append=angles[order[0]] + 2 * np.pi)
    return np.roll(order, -1 - int(np.argmax(gaps)))
