"""Softmax regression of C classes: what the binary model becomes, and its descent, as a textbook has it.

Write W for the parameters, one row a class, of shape (C, n_features + fit_bias) with the bias last; x̃ = (x, 1) for a
point (x without a bias), the rows of X̃; Z = X̃ Wᵀ for the scores, P for the softmax of their rows and Y for the labels
as rows of 0 and 1, all of shape (n_samples, C); and D for the diagonal matrix of ones, with a 0 for a bias that is not
penalised. Then

    L(W)  = mean(log Σ_k e^(z_k) − z_y)   + l2/2 · tr(W D Wᵀ)     a number
    ∇L(W) = (1/n) (P − Y)ᵀ X̃              + l2 · W D              of the shape of W

From W = 0 on the rows of W sum to zero. With two classes and no penalty w₁ − w₀ is the binary model's (w, b), at twice
the learning rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import check_type
from logreg.data.dataset import FloatArray
from logreg.data.multiclass import MulticlassDataset
from logreg.training.config import TrainingConfig, safe_rate
from logreg.training.objective import PLAIN, Objective
from logreg.training.stationarity import have_one_sum
from logreg.training.trainer import record_steps
from logreg.training.trajectory import StopReason, row_norms

_LARGE = 1e100  # below it no product of two numbers, nor a sum of such, leaves float64


def log_softmax(scores: ArrayLike) -> FloatArray:
    """Return z_k − log Σ_j e^(z_j) along the last axis.

    Parameters
    ----------
    scores : array-like of shape (..., C)
        Finite, and less than 1.8e308 apart.

    Returns
    -------
    ndarray of shape (..., C)
        At most 0. Only e^(z − max z) is formed, so no power overflows.

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


def softmax_loss(weights: FloatArray, dataset: MulticlassDataset, objective: Objective = PLAIN) -> float:
    """Return L, the mean cross-entropy with its penalty.

    Parameters
    ----------
    weights : ndarray of shape (C, n_features + fit_bias)
        W.
    dataset : MulticlassDataset
        On which points.
    objective : Objective
        What is meant.

    Returns
    -------
    float
        log C for W = 0.

    Examples
    --------
    >>> round(softmax_loss(np.zeros((3, 2)), MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2])), 4)
    1.0986
    """
    weights = _checked(weights, dataset, objective)
    logs = log_softmax(_scores(weights, dataset, objective))
    squares = (objective.penalty(dataset.n_features) * weights * weights).sum()
    return float(squares / 2 - logs[np.arange(dataset.n_samples), dataset.y].mean())


def softmax_gradient(weights: FloatArray, dataset: MulticlassDataset, objective: Objective = PLAIN) -> FloatArray:
    """Return ∇L, of the shape of W.

    Parameters
    ----------
    weights, dataset, objective
        As for `softmax_loss`.

    Returns
    -------
    ndarray of shape (C, n_features + fit_bias)
        Without a penalty its rows sum to zero.

    Examples
    --------
    >>> two = MulticlassDataset([[1.0], [3.0]], [0, 1])
    >>> softmax_gradient(np.zeros((2, 1)), two, Objective(fit_bias=False)).tolist()
    [[0.5], [-0.5]]
    """
    weights = _checked(weights, dataset, objective)
    scores, rows = _scores(weights, dataset, objective), dataset.augmented(fit_bias=objective.fit_bias)
    return _slope(_residuals(scores.T, dataset.y), rows, objective.penalty(dataset.n_features) * weights)


def _slope(residuals: FloatArray, rows: FloatArray, decay: FloatArray) -> FloatArray:
    return np.asarray(residuals @ rows / len(rows) + decay)


def _residuals(scores: FloatArray, y: NDArray[np.int64]) -> FloatArray:
    """Return (P − Y)ᵀ of Zᵀ; at the label it is −(the others' sum): 1 − p would lose it where p is nearly 1."""
    own = y, np.arange(len(y))
    with np.errstate(under="ignore"):
        residuals: FloatArray = np.exp(scores - scores.max(axis=0))
        residuals /= residuals.sum(axis=0)
        residuals[own] = 0.0
        residuals[own] = -residuals.sum(axis=0)
    return residuals


@dataclass(frozen=True, eq=False)
class SoftmaxRun(ReadOnly):
    """Hold what a descent recorded. Row i of every array belongs to step `steps[i]`; row 0 is the start.

    Parameters
    ----------
    dataset : MulticlassDataset
        What was learnt from.
    config : TrainingConfig
        What decided the run.
    learning_rate : float
        η as used: the number behind "auto".
    steps : ndarray of shape (n_records,), integers
        0, 1, 2, … 1000, then log-spaced, and the last step.
    weights : ndarray of shape (n_records, C, n_features + fit_bias)
        W.
    loss : ndarray of shape (n_records,)
        L, its penalty included.
    weight_norm : ndarray of shape (n_records,)
        ‖W‖, the root of the sum of all squares but the biases'.
    parameter_norm : ndarray of shape (n_records,)
        The same with the biases.
    accuracy : ndarray of shape (n_records,)
        Fraction of points whose own score is the largest; of equal ones the first class's counts.
    stop_reason : StopReason
        Why there is no further step.
    """

    dataset: MulticlassDataset
    config: TrainingConfig
    learning_rate: float
    steps: NDArray[np.int64]
    weights: FloatArray
    loss: FloatArray
    weight_norm: FloatArray
    parameter_norm: FloatArray
    accuracy: FloatArray
    stop_reason: StopReason

    def __post_init__(self) -> None:
        freeze(self, "steps", dtype=np.int64)
        freeze(self, "weights", "loss", "weight_norm", "parameter_norm", "accuracy")

    @property
    def last_step(self) -> int:
        """The step of the last record."""
        return int(self.steps[-1])


def train_softmax(dataset: MulticlassDataset, config: TrainingConfig | None = None) -> SoftmaxRun:
    """Descend from W = 0: W ← W − η∇L, n_steps times. No clipping, no tolerance.

    Parameters
    ----------
    dataset : MulticlassDataset
        What to learn from; every step uses all of it.
    config : TrainingConfig, optional
        What decides the run, from 0. "auto" is 1/L with L = λmax(X̃ᵀX̃)/(2n) + l2 (Böhning 1992).

    Returns
    -------
    SoftmaxRun
        It ends before n_steps only where no further step changes anything or the numbers end.

    Raises
    ------
    ValueError
        If the config has a start of its own.
    BeyondFloat64
        If float64 cannot hold 1/L where the learning rate is "auto".

    Examples
    --------
    >>> three = MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2])
    >>> train_softmax(three, TrainingConfig(n_steps=5)).steps.tolist()
    [0, 1, 2, 3, 4, 5]
    """
    check_type(MulticlassDataset, dataset=dataset)
    config = TrainingConfig() if config is None else config
    check_type(TrainingConfig, config=config)
    if config.initial_weights is not None or config.initial_bias:
        raise ValueError("config: expected a run from 0, got a start of its own.")
    rate = _rate(dataset, config)
    steps, rows, stop_reason = _descend(dataset, config, rate)
    with np.errstate(over="ignore", under="ignore"):
        return SoftmaxRun(
            dataset, config, rate, np.array(steps), *_measured(dataset, config, np.array(rows)), stop_reason
        )


def _descend(
    dataset: MulticlassDataset, config: TrainingConfig, rate: float
) -> tuple[list[int], list[FloatArray], StopReason]:
    """Take the steps; return the records of where they led and why they ended."""
    rows = dataset.augmented(fit_bias=config.objective.fit_bias)
    penalty, recorded = config.objective.penalty(dataset.n_features), set(record_steps(config.n_steps).tolist())
    weights = np.zeros((dataset.n_classes, rows.shape[1]))
    steps, path = [0], [weights]
    if have_one_sum([rows[dataset.y == k] for k in range(dataset.n_classes)]):
        return steps, path, StopReason.ZERO_GRADIENT  # a step would add rounding noise
    for step in range(1, config.n_steps + 1):
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            residuals = _residuals(weights @ rows.T, dataset.y)
            slope = _slope(residuals, rows, penalty * weights)
            following = weights - rate * slope
        if (following == weights).all():
            return *_with_end(steps, path, step - 1, weights), _why_still(residuals, slope)
        if not _has_numbers(following, dataset, config):
            return *_with_end(steps, path, step - 1, weights), StopReason.NOT_FINITE
        weights = following
        if step in recorded:
            steps.append(step)
            path.append(weights)
    return steps, path, StopReason.STEP_LIMIT


def _has_numbers(weights: FloatArray, dataset: MulticlassDataset, config: TrainingConfig) -> bool:
    """Whether weights and all that is recorded of them are finite; products of smaller numbers always are."""
    if max(np.abs(weights).max(), np.abs(dataset.X).max()) < _LARGE:
        return True
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return all(np.isfinite(measured).all() for measured in _measured(dataset, config, weights[None]))


def _with_end(
    steps: list[int], path: list[FloatArray], step: int, weights: FloatArray
) -> tuple[list[int], list[FloatArray]]:
    """Return the records with the last step, which need not be one of them."""
    return (steps, path) if steps[-1] == step else ([*steps, step], [*path, weights])


def _why_still(residuals: FloatArray, slope: FloatArray) -> StopReason:
    """Tell apart the three ways in which a step moves no weight."""
    if not residuals.any():
        return StopReason.RESIDUALS_UNDERFLOWED
    return StopReason.UPDATE_BELOW_RESOLUTION if slope.any() else StopReason.GRADIENT_ROUNDS_TO_ZERO


def _measured(
    dataset: MulticlassDataset, config: TrainingConfig, path: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return weights, loss, both norms and accuracy of every record."""
    losses = np.array([softmax_loss(row, dataset, config.objective) for row in path])
    norms = [row_norms(part.reshape(len(path), -1)) for part in (path[:, :, : dataset.n_features], path)]
    rows = dataset.augmented(fit_bias=config.objective.fit_bias)
    right = np.array([((rows @ row.T).argmax(axis=1) == dataset.y).mean() for row in path])
    return path, losses, norms[0], norms[1], right


def _rate(dataset: MulticlassDataset, config: TrainingConfig) -> float:
    if config.learning_rate != "auto":
        return float(config.learning_rate)
    rows = dataset.augmented(fit_bias=config.objective.fit_bias)
    with np.errstate(over="ignore", under="ignore"):
        gram = rows.T @ rows
    curvature = float(np.linalg.eigvalsh(gram)[-1]) if np.isfinite(gram).all() else float("inf")
    return safe_rate(curvature / (2 * dataset.n_samples) + config.objective.l2, dataset.X)


def _checked(weights: FloatArray, dataset: MulticlassDataset, objective: Objective) -> FloatArray:
    check_type(MulticlassDataset, dataset=dataset)
    return dataset.checked_weights(weights, fit_bias=objective.fit_bias)


def _scores(weights: FloatArray, dataset: MulticlassDataset, objective: Objective) -> FloatArray:
    return np.asarray(dataset.augmented(fit_bias=objective.fit_bias) @ weights.T)
