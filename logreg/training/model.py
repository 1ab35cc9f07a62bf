"""The model p = σ(w·x + b): one point (w, b) of weight space, and what it says of points.

Everything takes log-odds z = w·x + b, never probabilities, so nothing overflows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.arrays import ReadOnly, frozen
from logreg.data.checks import as_floats, checked_number
from logreg.data.dataset import FloatArray


def sigmoid(z: ArrayLike) -> FloatArray:
    """Turn log-odds into a probability: σ(z) = 1 / (1 + e^−z).

    Parameters
    ----------
    z : float or array of any shape
        Log-odds; any float64, infinities included.

    Returns
    -------
    ndarray of the shape of z (a NumPy scalar for a scalar)
        In [0, 1]; exactly 0 only below −745, where e^z has no float64 left.

    Notes
    -----
    Only e^−|z| is ever formed, so nothing overflows and small values keep their relative accuracy.

    Examples
    --------
    >>> sigmoid([-1e6, 0.0, 1e6]).tolist()
    [0.0, 0.5, 1.0]
    """
    log_odds = as_floats(z, "z: expected numbers")
    with np.errstate(under="ignore"):
        small = np.exp(-np.abs(log_odds))
        return np.asarray(np.where(log_odds < 0, small, 1.0) / (1.0 + small))[()]


def log_sigmoid(z: ArrayLike) -> FloatArray:
    """Return log σ(z) = min(z, 0) − log(1 + e^−|z|).

    Parameters
    ----------
    z : float or array of any shape
        Log-odds; any float64, infinities included.

    Returns
    -------
    ndarray of the shape of z (a NumPy scalar for a scalar)
        At most 0; −log σ(m) is the cross-entropy of a sample with margin m.

    Examples
    --------
    >>> log_sigmoid([-1e6, 1e6]).tolist()
    [-1000000.0, 0.0]
    """
    log_odds = as_floats(z, "z: expected numbers")
    with np.errstate(under="ignore"):
        # "+ 0.0" turns -0.0 into 0.0
        return np.asarray(np.minimum(log_odds, 0.0) - np.log1p(np.exp(-np.abs(log_odds))) + 0.0)[()]


@dataclass(frozen=True, eq=False)
class Model(ReadOnly):
    """Hold one point (w, b) of weight space: p = σ(w·x + b).

    Parameters
    ----------
    weights : array-like of shape (n_features,)
        Finite, copied and made read-only. (A run that leaves the finite numbers ends at its last finite step.)
    bias : float
        Finite.

    Raises
    ------
    ValueError
        If weights or bias have the wrong shape or are not finite.

    Examples
    --------
    >>> Model([2.0, 2.0], -3.0).predict([[1.0, 1.0], [0.0, 1.0]]).tolist()
    [1, 0]
    """

    weights: FloatArray
    bias: float = 0.0

    def __post_init__(self) -> None:
        expected = "weights: expected finite numbers of shape (n_features,)"
        weights = as_floats(self.weights, expected)
        if weights.ndim != 1 or weights.size == 0:
            raise ValueError(f"{expected}, got shape {weights.shape}.")
        if not np.isfinite(weights).all():
            raise ValueError(f"{expected}, got {weights.tolist()}.")
        object.__setattr__(self, "weights", frozen(weights))
        object.__setattr__(self, "bias", checked_number("bias", self.bias))

    @property
    def n_features(self) -> int:
        """Number of weights."""
        return int(self.weights.size)

    @property
    def parameters(self) -> FloatArray:
        """(w, b), of shape (n_features + 1,): the bias last, 0 where there is none."""
        return np.append(self.weights, self.bias)

    def decision_function(self, X: ArrayLike) -> FloatArray:
        """Return the log-odds z = w·x + b.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Points.

        Returns
        -------
        ndarray of shape (n_samples,)
            ±inf where the log-odds themselves are beyond float64.

        Raises
        ------
        ValueError
            If X is not such a table.

        Examples
        --------
        >>> Model([1.0, -1.0], 0.5).decision_function([[3.0, 1.0]]).tolist()
        [2.5]
        """
        points = as_floats(X, f"X: expected shape (n_samples, {self.n_features})")
        if points.ndim != 2 or points.shape[1] != self.n_features:
            raise ValueError(f"X: expected shape (n_samples, {self.n_features}), got {points.shape}.")
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            return np.asarray(points @ self.weights + self.bias)

    def predict_proba(self, X: ArrayLike) -> FloatArray:
        """Return the probability of class 1, P(Y = 1 | x) = σ(w·x + b) (the notes' h(x)).

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Points.

        Returns
        -------
        ndarray of shape (n_samples,)

        Examples
        --------
        >>> Model([1.0]).predict_proba([[0.0], [1e6]]).tolist()
        [0.5, 1.0]
        """
        return sigmoid(self.decision_function(X))

    def predict(self, X: ArrayLike) -> NDArray[np.int64]:
        """Return the class: 1 where w·x + b ≥ 0, else 0 (a tie is class 1, as in the notes, section 1.1).

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Points.

        Returns
        -------
        ndarray of shape (n_samples,), of 0 and 1

        Examples
        --------
        >>> Model([1.0]).predict([[-1.0], [0.0]]).tolist()
        [0, 1]
        """
        return (self.decision_function(X) >= 0).astype(np.int64)
