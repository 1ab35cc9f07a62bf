"""Softmax regression of C classes: what the binary model becomes, and its descent, as a textbook has it.

Write W for the parameters, one row a class, of shape (C, n_features + fit_bias) with the bias last; x̃ = (x, 1) for a
point (x without a bias), the rows of X̃; Z = X̃ Wᵀ for the scores, P for the softmax of their rows and Y for the labels
as rows of 0 and 1, all of shape (n_samples, C). Then

    L(W)  = mean(log Σ_k e^(z_k) − z_y)        a number
    ∇L(W) = (1/n) (P − Y)ᵀ X̃                   of the shape of W

From W = 0 on the rows of W sum to zero. With two classes w₁ − w₀ is the binary model's (w, b), at twice the learning
rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.checks import check_type, checked_flag, checked_number
from logreg.data.dataset import FloatArray
from logreg.data.multiclass import MulticlassDataset
from logreg.training.trainer import record_steps


def log_softmax(scores: ArrayLike) -> FloatArray:
    """Return z_k − log Σ_j e^(z_j) along the last axis.

    Parameters
    ----------
    scores : array-like of shape (..., C)
        Finite.

    Returns
    -------
    ndarray of shape (..., C)
        At most 0. Only e^(z − max z) is formed, so nothing overflows.

    Examples
    --------
    >>> log_softmax([1e6, 0.0]).tolist()
    [0.0, -1000000.0]
    """
    z = np.asarray(scores, dtype=np.float64)
    below = z - z.max(axis=-1, keepdims=True)
    with np.errstate(under="ignore"):
        # log1p of all but one of the largest keeps the smallest losses, which 1 + e^−m would round away
        others = np.exp(below)
        np.put_along_axis(others, z.argmax(axis=-1)[..., None], 0.0, axis=-1)
        return np.asarray(below - np.log1p(others.sum(axis=-1, keepdims=True)))


def softmax_loss(weights: FloatArray, dataset: MulticlassDataset, *, fit_bias: bool = True) -> float:
    """Return L, the mean cross-entropy.

    Parameters
    ----------
    weights : ndarray of shape (C, n_features + fit_bias)
        W.
    dataset : MulticlassDataset
        On which points.
    fit_bias : bool
        Whether the last column is a bias.

    Returns
    -------
    float
        log C for W = 0.

    Examples
    --------
    >>> round(softmax_loss(np.zeros((3, 2)), MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2])), 4)
    1.0986
    """
    logs = log_softmax(_scores(weights, dataset, fit_bias))
    return float(-logs[np.arange(dataset.n_samples), dataset.y].mean())


def softmax_gradient(weights: FloatArray, dataset: MulticlassDataset, *, fit_bias: bool = True) -> FloatArray:
    """Return ∇L, of the shape of W.

    Parameters
    ----------
    weights, dataset, fit_bias
        As for `softmax_loss`.

    Returns
    -------
    ndarray of shape (C, n_features + fit_bias)
        Its rows sum to zero.

    Examples
    --------
    >>> softmax_gradient(np.zeros((2, 1)), MulticlassDataset([[1.0], [3.0]], [0, 1]), fit_bias=False).tolist()
    [[0.5], [-0.5]]
    """
    logs = log_softmax(_scores(weights, dataset, fit_bias))
    with np.errstate(under="ignore"):
        residuals = np.exp(logs)
        # P − Y at the label is −(the others' sum): 1 − p would lose it where p is nearly 1
        residuals[np.arange(dataset.n_samples), dataset.y] = 0.0
        residuals[np.arange(dataset.n_samples), dataset.y] = -residuals.sum(axis=1)
        return np.asarray(residuals.T @ dataset.augmented(fit_bias=fit_bias) / dataset.n_samples)


@dataclass(frozen=True, eq=False)
class SoftmaxRun:
    """Hold what a descent recorded.

    Parameters
    ----------
    learning_rate : float
        η as used.
    steps : ndarray of shape (n_records,), integers
        0, 1, 2, … 1000, then log-spaced, and the last step.
    weights : ndarray of shape (n_records, C, n_features + fit_bias)
        W.
    loss : ndarray of shape (n_records,)
        L.
    weight_norm : ndarray of shape (n_records,)
        ‖W‖, the root of the sum of all squares but the biases'.
    parameter_norm : ndarray of shape (n_records,)
        The same with the biases.
    """

    learning_rate: float
    steps: NDArray[np.int64]
    weights: FloatArray
    loss: FloatArray
    weight_norm: FloatArray
    parameter_norm: FloatArray


def train_softmax(
    dataset: MulticlassDataset,
    *,
    n_steps: int = 1000,
    learning_rate: float | Literal["auto"] = "auto",
    fit_bias: bool = True,
) -> SoftmaxRun:
    """Descend from W = 0: W ← W − η∇L, n_steps times.

    Parameters
    ----------
    dataset : MulticlassDataset
        What to learn from; every step uses all of it.
    n_steps : int
        At least 0.
    learning_rate : float or "auto"
        η > 0. "auto" is 1/L with L = λmax(X̃ᵀX̃)/(2n) (Böhning 1992).
    fit_bias : bool
        Whether there are biases.

    Returns
    -------
    SoftmaxRun

    Raises
    ------
    ValueError
        If a value is out of its range.

    Examples
    --------
    >>> train_softmax(MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2]), n_steps=5).steps.tolist()
    [0, 1, 2, 3, 4, 5]
    """
    check_type(MulticlassDataset, dataset=dataset)
    check_type(int, n_steps=n_steps)
    if n_steps < 0:
        raise ValueError(f"n_steps: expected at least 0, got {n_steps}.")
    checked_flag("fit_bias", fit_bias)
    rate = _rate(dataset, learning_rate, fit_bias)
    weights = np.zeros((dataset.n_classes, dataset.n_features + fit_bias))
    steps, rows = record_steps(n_steps), []
    for before, step in zip([0, *steps[:-1].tolist()], steps.tolist(), strict=True):
        for _ in range(step - before):
            weights = weights - rate * softmax_gradient(weights, dataset, fit_bias=fit_bias)
        rows.append(weights)
    path = np.array(rows)
    losses = np.array([softmax_loss(row, dataset, fit_bias=fit_bias) for row in rows])
    norms = (np.sqrt((part**2).sum(axis=(1, 2))) for part in (path[:, :, : dataset.n_features], path))
    return SoftmaxRun(rate, steps, path, losses, *norms)


def _rate(dataset: MulticlassDataset, learning_rate: float | str, fit_bias: bool) -> float:
    if learning_rate == "auto":
        rows = dataset.augmented(fit_bias=fit_bias)
        bound = float(np.linalg.eigvalsh(rows.T @ rows)[-1]) / (2 * dataset.n_samples)
        return 1.0 / bound if bound > 0 else 1.0
    rate = checked_number("learning_rate", learning_rate)
    if rate <= 0:
        raise ValueError(f"learning_rate: expected 'auto' or a finite number above 0, got {rate!r}.")
    return rate


def _scores(weights: FloatArray, dataset: MulticlassDataset, fit_bias: bool) -> FloatArray:
    expected = (dataset.n_classes, dataset.n_features + fit_bias)
    if np.shape(weights) != expected:
        raise ValueError(f"weights: expected an array of shape {expected}, got {np.shape(weights)}.")
    return dataset.augmented(fit_bias=fit_bias) @ weights.T
