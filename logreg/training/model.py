"""The model p = σ(w·x + b), its loss with two derivatives, and the step that descends it.

Everything takes log-odds z = w·x + b, never probabilities, so nothing overflows. With the signed rows
a_i = s_i (x_i, 1) and margins m_i = a_i·(w, b), loss, gradient and Hessian are functions of m alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.dataset import Dataset, FloatArray


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
    log_odds = np.asarray(z, dtype=np.float64)
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
    log_odds = np.asarray(z, dtype=np.float64)
    with np.errstate(under="ignore"):
        # "+ 0.0" turns -0.0 into 0.0
        return np.asarray(np.minimum(log_odds, 0.0) - np.log1p(np.exp(-np.abs(log_odds))) + 0.0)[()]


@dataclass(frozen=True, eq=False)
class Model:
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
        try:
            weights = np.array(self.weights, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{expected}, got {self.weights!r}.") from None
        if weights.ndim != 1 or weights.size == 0:
            raise ValueError(f"{expected}, got shape {weights.shape}.")
        if not np.isfinite(weights).all():
            raise ValueError(f"{expected}, got {weights.tolist()}.")
        weights.setflags(write=False)
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "bias", checked_number("bias", self.bias))

    @property
    def n_features(self) -> int:
        """Number of weights."""
        return int(self.weights.size)

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
        points = np.asarray(X, dtype=np.float64)
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


def loss(model: Model, dataset: Dataset, l2: float = 0.0, penalise_bias: bool = False) -> float:
    """Return the mean cross-entropy plus the penalty: mean log(1 + e^−m) + l2/2·‖w‖².

    Parameters
    ----------
    model : Model
        Where to evaluate.
    dataset : Dataset
        On which points.
    l2 : float
        Penalty λ ≥ 0.
    penalise_bias : bool
        Whether l2/2·b² is added too.

    Returns
    -------
    float
        log 2 for the zero model; never rounded to 0 before e^−m itself is.

    Raises
    ------
    ValueError
        If n_features differ, or l2 is negative or not finite.

    Examples
    --------
    >>> loss(Model([1.0]), Dataset([[-1e6], [1e6]], [1, 0]))
    1000000.0
    """
    penalty = _penalty(model, l2, penalise_bias)
    with np.errstate(over="ignore"):
        squares = float(np.sum(penalty * _parameters(model) * _parameters(model))) if l2 else 0.0
    return float(mean_cross_entropy(_margins(model, dataset))) + squares / 2


def gradient(model: Model, dataset: Dataset, l2: float = 0.0, penalise_bias: bool = False) -> FloatArray:
    """Return ∇L = −(1/n) Aᵀσ(−m) + l2·w, with d/db in the last place.

    Parameters
    ----------
    model, dataset, l2, penalise_bias
        As for `loss`.

    Returns
    -------
    ndarray of shape (n_features + 1,)

    Raises
    ------
    ValueError
        As for `loss`.

    Examples
    --------
    >>> gradient(Model([0.0]), Dataset([[1.0], [3.0]], [0, 1])).tolist()
    [-0.5, 0.0]
    """
    penalty = _penalty(model, l2, penalise_bias)
    residuals = sigmoid(-_margins(model, dataset))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        pull = residuals @ dataset.signed_rows() / dataset.n_samples
        return np.asarray(penalty * _parameters(model) - pull)


def hessian(model: Model, dataset: Dataset, l2: float = 0.0, penalise_bias: bool = False) -> FloatArray:
    """Return (1/n) Aᵀ diag(σ(m)σ(−m)) A + l2 on the diagonal, with b in the last row and column.

    Parameters
    ----------
    model, dataset, l2, penalise_bias
        As for `loss`.

    Returns
    -------
    ndarray of shape (n_features + 1, n_features + 1)
        Symmetric, positive semidefinite.

    Raises
    ------
    ValueError
        As for `loss`.

    Examples
    --------
    >>> hessian(Model([0.0]), Dataset([[1.0], [3.0]], [0, 1])).tolist()
    [[1.25, 0.5], [0.5, 0.25]]
    """
    penalty = _penalty(model, l2, penalise_bias)
    margins = _margins(model, dataset)
    rows = dataset.signed_rows()
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        curvature = sigmoid(margins) * sigmoid(-margins)
        product = rows.T @ (curvature[:, None] * rows) / dataset.n_samples
    return np.asarray((product + product.T) / 2 + np.diag(penalty))


def smoothness(dataset: Dataset, l2: float = 0.0, penalise_bias: bool = False, fit_bias: bool = True) -> float:
    """Bound every Hessian's largest eigenvalue: L = λmax(AᵀA) / (4n) + l2.

    Descent with a learning rate below 2/L never raises the loss.

    Parameters
    ----------
    dataset : Dataset
        Whose rows A are meant; labels do not matter.
    l2 : float
        Penalty λ ≥ 0.
    penalise_bias : bool
        Makes no difference to the bound, which counts l2 either way.
    fit_bias : bool
        Whether A has the column for b.

    Returns
    -------
    float
        At least 0; inf where the square of a coordinate is beyond float64.

    Raises
    ------
    ValueError
        If l2 is negative or not finite.

    Examples
    --------
    >>> smoothness(Dataset([[1.0], [3.0]], [0, 1]), fit_bias=False)
    1.25
    """
    penalty = checked_number("l2", l2, at_least=0.0)
    rows = dataset.signed_rows(fit_bias)
    # A power of two scales without rounding and keeps the squares inside float64.
    exponent = int(np.frexp(np.abs(rows).max())[1])
    with np.errstate(over="ignore", under="ignore"):
        scaled = np.ldexp(rows, -exponent)
        largest = max(float(np.linalg.eigvalsh(scaled.T @ scaled)[-1]), 0.0)
        return float(np.ldexp(largest / (4 * dataset.n_samples), 2 * exponent)) + penalty


def mean_cross_entropy(margins: FloatArray) -> FloatArray:
    """Return the mean over the last axis of log(1 + e^−m) = max(−m, 0) + log1p(e^−|m|).

    Parameters
    ----------
    margins : ndarray of shape (..., n_samples)
        m_i = s_i (w·x_i + b).

    Returns
    -------
    ndarray of shape (...)

    Examples
    --------
    >>> float(mean_cross_entropy(np.array([800.0, -800.0])))
    400.0
    """
    entropies = -log_sigmoid(margins)
    with np.errstate(over="ignore", under="ignore"):
        means = np.asarray(entropies.mean(axis=-1))
        if np.isinf(means).any():
            # A sum may overflow where the mean does not; dividing first would cost the smallest values instead.
            means = np.where(np.isinf(means), (entropies / entropies.shape[-1]).sum(axis=-1), means)
        return np.asarray(means)


class Descent:
    """Take full-batch gradient steps: (w, b) ← (w, b) + (η/n) Aᵀσ(−m) − ηλ·(w, 0).

    The one place where a step is computed, so that a run and its replay agree to the last bit.

    Parameters
    ----------
    dataset : Dataset
        The points; every step uses all of them.
    learning_rate : float
        η, on the MEAN loss.
    l2 : float
        λ ≥ 0.
    penalise_bias : bool
        Whether −ηλ·b is part of the step.
    fit_bias : bool
        Whether b moves at all.

    Notes
    -----
    σ(−m) is computed as 1/(1 + e^m): as fast as ½ − ½·tanh(m/2), but it keeps its relative accuracy up to m = 709.78
    (the tanh form is 0 from m = 37 on, where a run would stop for no reason of its own). Above that e^m is inf
    and the residual, below 5.6e-309, becomes 0; it could move no weight at any learning rate below 1e290.
    Six NumPy calls on a (n_features + 1, n_samples) layout with buffers that are allocated once.

    Examples
    --------
    >>> Descent(Dataset([[1.0], [-1.0]], [1, 0]), 1.0).advance(np.zeros(2), 1).tolist()
    [0.5, 0.0]
    """

    def __init__(
        self,
        dataset: Dataset,
        learning_rate: float,
        l2: float = 0.0,
        penalise_bias: bool = False,
        fit_bias: bool = True,
    ) -> None:
        columns = dataset.signed_rows(fit_bias).T
        size, n_samples = columns.shape
        self._columns = _aligned((size, n_samples))
        self._columns[:] = columns
        self._pull = _aligned((size, n_samples))
        decay = np.full(size, l2)
        if fit_bias and not penalise_bias:
            decay[-1] = 0.0
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            np.multiply(columns, learning_rate / n_samples, out=self._pull)
            self._decay = learning_rate * decay
        self._parameters, self._update, self._shrink = (_aligned((size,)) for _ in range(3))
        self._residuals, self._ones = _aligned((n_samples,)), _aligned((n_samples,))
        self._ones[:] = 1.0  # an array adds faster than a Python number

    def path(self, parameters: FloatArray, n_steps: int) -> FloatArray:
        """Return the parameters after each of n_steps more steps, one per row: the bits of as many `advance`s."""
        rows = np.empty((n_steps, len(parameters)))
        self.advance(parameters, n_steps, rows)
        return rows

    def advance(self, parameters: FloatArray, n_steps: int, path: FloatArray | None = None) -> FloatArray:
        """Return the parameters after n_steps more steps.

        Parameters
        ----------
        parameters : ndarray of shape (n_features + fit_bias,)
            (w, b), or w alone without a bias. Left as it is.
        n_steps : int
            At least 0.
        path : ndarray of shape (n_steps, n_features + fit_bias), optional
            Where to write the parameters after each step.

        Returns
        -------
        ndarray of shape (n_features + fit_bias,)
            Not finite if a step left float64; it then stays so.
        """
        w, update, shrink, decay = self._parameters, self._update, self._shrink, self._decay
        residuals, ones = self._residuals, self._ones
        margins_at, pull_of = self._columns.T.dot, self._pull.dot
        exp, add, reciprocal, multiply, subtract = np.exp, np.add, np.reciprocal, np.multiply, np.subtract
        has_decay = bool(decay.any())
        w[:] = parameters
        with np.errstate(all="ignore"):
            for step in range(n_steps):
                margins_at(w, residuals)
                exp(residuals, residuals)
                add(residuals, ones, residuals)
                reciprocal(residuals, residuals)
                pull_of(residuals, update)
                if has_decay:
                    multiply(decay, w, shrink)
                    subtract(update, shrink, update)
                add(w, update, w)
                if path is not None:
                    path[step] = w
        return w.copy()


def checked_number(parameter: str, value: object, at_least: float = -inf) -> float:
    """Return value as a finite float, or raise a ValueError that names the parameter."""
    expected = f"{parameter}: expected a finite number" + (f" of at least {at_least:g}" if at_least > -inf else "")
    if not isinstance(value, (Real, np.floating, np.integer)) or isinstance(value, bool):
        raise ValueError(f"{expected}, got {value!r}.")
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not (isfinite(number) and number >= at_least):
        raise ValueError(f"{expected}, got {value!r}.")
    return number


def _parameters(model: Model) -> FloatArray:
    return np.append(model.weights, model.bias)


def _penalty(model: Model, l2: float, penalise_bias: bool) -> FloatArray:
    penalty = np.full(model.n_features + 1, checked_number("l2", l2, at_least=0.0))
    penalty[-1] *= penalise_bias
    return penalty


def _margins(model: Model, dataset: Dataset) -> FloatArray:
    if model.n_features != dataset.n_features:
        raise ValueError(
            f"model: expected {dataset.n_features} weights, as many as the data set has features, "
            f"got {model.n_features}."
        )
    return dataset.signs * model.decision_function(dataset.X)


def _aligned(shape: tuple[int, ...]) -> FloatArray:
    """Return zeros that start on a 64-byte boundary, so that vector code takes the same path in every replay."""
    size = int(np.prod(shape))
    raw = np.zeros(size + 8)
    start = (-raw.ctypes.data % 64) // 8
    return raw[start : start + size].reshape(shape)
