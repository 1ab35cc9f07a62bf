"""What is minimised: the mean cross-entropy with its penalty, its gradient and its Hessian.

Everything about the objective is stated here, once. Write s_i = ±1 for the labels and a_i = s_i·(x_i, 1) for the
label-signed samples (s_i·x_i without a bias), the rows of A; v = (w, b) for the parameters (w alone without a bias);
m = A v for the margins; and D for the diagonal matrix of ones, with a 0 for a bias that is not penalised. Then

    L(v)   = mean log(1 + e^−m)                  + l2/2 · vᵀ D v     a number
    ∇L(v)  = −(1/n) Aᵀ σ(−m)                     + l2 · D v          of shape (n_features + fit_bias,)
    ∇²L(v) = (1/n) Aᵀ diag(σ(m) σ(−m)) A         + l2 · D            of shape (n_features + fit_bias,) twice

with A of shape (n_samples, n_features + fit_bias). L is convex. All three are functions of the margins, so nothing
overflows before the answer itself does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from logreg.data.checks import check_type, checked_flag, checked_number, checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Model, log_sigmoid, sigmoid


@dataclass(frozen=True, kw_only=True)
class Objective:
    """Hold what decides the objective besides the data.

    Parameters
    ----------
    fit_bias : bool
        Whether there is a b; without one it is 0.
    l2 : float
        λ ≥ 0 of the penalty l2/2·‖w‖².
    penalise_bias : bool
        Whether the penalty holds b too. Without a bias or a penalty it makes no difference.

    Raises
    ------
    ValueError
        If a value is out of its range.

    Examples
    --------
    >>> Objective(l2=0.1)
    Objective(fit_bias=True, l2=0.1, penalise_bias=False)
    """

    fit_bias: bool = True
    l2: float = 0.0
    penalise_bias: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "fit_bias", checked_flag("fit_bias", self.fit_bias))
        object.__setattr__(self, "l2", checked_number("l2", self.l2, at_least=0.0))
        object.__setattr__(self, "penalise_bias", checked_flag("penalise_bias", self.penalise_bias))

    def penalty(self, n_features: int) -> FloatArray:
        """Return l2 times the diagonal of D, of shape (n_features + fit_bias,)."""
        diagonal = np.full(checked_whole("n_features", n_features, 1, 10**9) + self.fit_bias, self.l2)
        diagonal[n_features:] *= self.penalise_bias
        return diagonal

    def parameters(self, model: Model) -> FloatArray:
        """Return v of a model: (w, b), or w alone without a bias."""
        check_type(Model, model=model)
        if self.fit_bias:
            return model.parameters
        if model.bias:
            raise ValueError(f"model: expected a bias of 0 where none is fitted, got {model.bias!r}.")
        return model.weights

    def model(self, v: FloatArray) -> Model:
        """Return the model of parameters v: the inverse of `parameters`."""
        return Model(v[:-1], float(v[-1])) if self.fit_bias else Model(v)


PLAIN = Objective()
"""The mean cross-entropy alone, with a bias: what is meant where nothing else is said."""
THROUGH_0 = Objective(fit_bias=False)
"""The same without a bias: every boundary goes through the origin."""


def loss(model: Model, dataset: Dataset, objective: Objective = PLAIN) -> float:
    """Return L, the objective at a model.

    Parameters
    ----------
    model : Model
        Where to evaluate.
    dataset : Dataset
        On which points.
    objective : Objective
        What is meant.

    Returns
    -------
    float
        log 2 for the zero model; never rounded to 0 before e^−m itself is.

    Raises
    ------
    ValueError
        If n_features differ, or the model has a bias where none is fitted.

    Examples
    --------
    >>> loss(Model([1.0]), Dataset([[-1e6], [1e6]], [1, 0]))
    1000000.0
    """
    margins, parameters = _margins(model, dataset, objective), objective.parameters(model)
    with np.errstate(over="ignore"):
        squares = float(np.sum(objective.penalty(model.n_features) * parameters * parameters)) if objective.l2 else 0.0
    return float(mean_cross_entropy(margins)) + squares / 2


def gradient(model: Model, dataset: Dataset, objective: Objective = PLAIN) -> FloatArray:
    """Return ∇L, with d/db in the last place.

    Parameters
    ----------
    model, dataset, objective
        As for `loss`.

    Returns
    -------
    ndarray of shape (n_features + fit_bias,)

    Raises
    ------
    ValueError
        As for `loss`.

    Examples
    --------
    >>> gradient(Model([0.0]), Dataset([[1.0], [3.0]], [0, 1])).tolist()
    [-0.5, 0.0]
    """
    residuals = sigmoid(-_margins(model, dataset, objective))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        pull = residuals @ dataset.signed_samples(fit_bias=objective.fit_bias) / dataset.n_samples
        return np.asarray(objective.penalty(model.n_features) * objective.parameters(model) - pull)


def hessian(model: Model, dataset: Dataset, objective: Objective = PLAIN) -> FloatArray:
    """Return ∇²L, with b in the last row and column.

    Parameters
    ----------
    model, dataset, objective
        As for `loss`.

    Returns
    -------
    ndarray of shape (n_features + fit_bias, n_features + fit_bias)
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
    margins = _margins(model, dataset, objective)
    rows = dataset.signed_samples(fit_bias=objective.fit_bias)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        curvature = sigmoid(margins) * sigmoid(-margins)
        product = rows.T @ (curvature[:, None] * rows) / dataset.n_samples
    return np.asarray((product + product.T) / 2 + np.diag(objective.penalty(model.n_features)))


def smoothness(dataset: Dataset, objective: Objective = PLAIN) -> float:
    """Bound every Hessian's largest eigenvalue: λmax(AᵀA)/(4n) + l2, called L where learning rates are meant.

    Descent with a learning rate below 2 over it never raises the loss.

    Parameters
    ----------
    dataset : Dataset
        Whose A is meant; labels do not matter.
    objective : Objective
        l2 counts whether or not the bias is penalised.

    Returns
    -------
    float
        At least 0; inf where the square of a coordinate is beyond float64.

    Examples
    --------
    >>> smoothness(Dataset([[1.0], [3.0]], [0, 1]), Objective(fit_bias=False))
    1.25
    """
    check_type(Dataset, dataset=dataset)
    check_type(Objective, objective=objective)
    rows = dataset.signed_samples(fit_bias=objective.fit_bias)
    # A power of two scales without rounding and keeps the squares inside float64.
    exponent = int(np.frexp(np.abs(rows).max())[1])
    with np.errstate(over="ignore", under="ignore"):
        scaled = np.ldexp(rows, -exponent)
        largest = max(float(np.linalg.eigvalsh(scaled.T @ scaled)[-1]), 0.0)
        return float(np.ldexp(largest / (4 * dataset.n_samples), 2 * exponent)) + objective.l2


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
    return mean_of(-log_sigmoid(margins))


def mean_of(terms: FloatArray) -> FloatArray:
    """Return the mean over the last axis, which float64 may hold where it cannot hold the sum."""
    with np.errstate(over="ignore", under="ignore"):
        means = np.asarray(terms.mean(axis=-1))
        if np.isinf(means).any():  # dividing first would cost the smallest values instead
            means = np.where(np.isinf(means), (terms / terms.shape[-1]).sum(axis=-1), means)
        return np.asarray(means)


def _margins(model: Model, dataset: Dataset, objective: Objective) -> FloatArray:
    check_fit(model, dataset)
    check_type(Objective, objective=objective)
    objective.parameters(model)  # refuses a bias where none is fitted
    return dataset.signs * model.decision_function(dataset.X)


def check_fit(model: Model, dataset: Dataset) -> None:
    """Raise an error where one of them is of another kind, or has another number of features."""
    check_type(Model, model=model)
    check_type(Dataset, dataset=dataset)
    if model.n_features != dataset.n_features:
        raise ValueError(
            f"model: expected {dataset.n_features} weights, as the data have features, got {model.n_features}."
        )
