"""One sigmoid trained with squared error beside cross-entropy: where the first learns slowly, and where it is flat.

With the mean squared error ½(p − y)² the gradient has the factor s′(z) = p(1 − p), which vanishes where p is sure of
itself, right or wrong; with the cross-entropy that factor is gone.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.checks import check_type, checked_array, checked_choice
from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.theory.differences import sigmoid_slope
from logreg.training.model import sigmoid

LossName = Literal["cross-entropy", "squared error"]


def loss_slopes(kind: LossName, z: FloatArray, y: ArrayLike) -> FloatArray:
    """Return the derivative of one sample's loss by its log-odds: p − y, or (p − y)·p·(1 − p).

    Parameters
    ----------
    kind : {"cross-entropy", "squared error"}
        Which loss; the squared error has its ½.
    z : ndarray
        Log-odds.
    y : array-like of a shape that fits
        Labels 0 and 1.

    Returns
    -------
    ndarray of the shape of z

    Raises
    ------
    ValueError
        If there is no such loss.

    Examples
    --------
    >>> z = np.array([-10.0, -20.0])
    >>> [loss_slopes(kind, z, 1).tolist() for kind in ("cross-entropy", "squared error")] # doctest: +ELLIPSIS
    [[-0.9999..., -0.9999...], [-4.53...e-05, -2.06...e-09]]
    """
    checked_choice("kind", kind, "cross-entropy", "squared error")
    signs = 2.0 * np.asarray(y) - 1.0
    residuals = -signs * sigmoid(-signs * z)  # p − y, without cancellation
    return residuals if kind == "cross-entropy" else np.asarray(residuals * sigmoid_slope(z))


def descend_on(
    kind: LossName,
    dataset: Dataset,
    start: ArrayLike,
    learning_rate: float,
    n_steps: int,
    *,
    fit_bias: bool = True,
) -> FloatArray:
    """Descend the mean loss of one sigmoid, and keep every step.

    Parameters
    ----------
    kind : {"cross-entropy", "squared error"}
        Which loss.
    dataset : Dataset
        What to learn from.
    start : array-like of shape (n_features + fit_bias,)
        (w, b), or w.
    learning_rate : float
        η.
    n_steps : int
        At least 0.
    fit_bias : bool
        Whether there is a b.

    Returns
    -------
    ndarray of shape (n_steps + 1, n_features + fit_bias)

    Examples
    --------
    >>> neuron = Dataset([[1.0]], [0])
    >>> path = descend_on("squared error", neuron, (0.6, 0.9), 0.15, 300)
    >>> sigmoid(path.sum(axis=1))[[0, -1]].round(4).tolist()
    [0.8176, 0.094]
    """
    check_type(Dataset, dataset=dataset)
    rows = np.column_stack([dataset.X, np.ones((dataset.n_samples, int(fit_bias)))])
    v = checked_array("start", start)
    path = [v]
    for _ in range(n_steps):
        v = v - learning_rate / dataset.n_samples * (loss_slopes(kind, rows @ v, dataset.y) @ rows)
        path.append(v)
    return np.array(path)


def steepness(kind: LossName, dataset: Dataset, weights: FloatArray, biases: FloatArray) -> FloatArray:
    """Return ‖∇‖ of the mean loss by (w, b) over a window, of data with one feature.

    Parameters
    ----------
    kind : {"cross-entropy", "squared error"}
        Which loss.
    dataset : Dataset
        One feature.
    weights : ndarray of shape (n_columns,)
        Values of w.
    biases : ndarray of shape (n_rows,)
        Values of b.

    Returns
    -------
    ndarray of shape (n_rows, n_columns)

    Raises
    ------
    ValueError
        If the data have more than one feature.

    Examples
    --------
    >>> neuron = Dataset([[1.0]], [0])
    >>> steepness("cross-entropy", neuron, np.array([0.0]), np.array([0.0])).round(4).tolist()
    [[0.7071]]
    """
    check_features(1, dataset=dataset)
    x = dataset.X[:, 0]
    slopes = loss_slopes(kind, np.add.outer(biases, np.multiply.outer(weights, x)), dataset.y)
    return np.asarray(np.hypot((slopes * x).mean(axis=-1), slopes.mean(axis=-1)))


def flat_share(
    kind: LossName, dataset: Dataset, reach: tuple[float, float], threshold: float, cells: int = 401
) -> float:
    """Return the share of the window |w| ≤ reach₁, |b| ≤ reach₂ in which ‖∇‖ is below a threshold.

    Parameters
    ----------
    kind : {"cross-entropy", "squared error"}
        Which loss.
    dataset : Dataset
        One feature.
    reach : pair of float
        Half the window's width and height.
    threshold : float
        Below which ‖∇‖ counts as flat.
    cells : int
        Places a side at which it is measured.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> line = Dataset([[float(x)] for x in range(6)], [0, 0, 0, 1, 1, 1])
    >>> [round(flat_share(k, line, (10, 10), 1e-3, 101), 2) for k in ("cross-entropy", "squared error")]
    [0.0, 0.32]
    """
    axes = [np.linspace(-side, side, cells) for side in reach]
    return float((steepness(kind, dataset, *axes) < threshold).mean())
