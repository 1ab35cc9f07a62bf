"""What the learning rate does: the touching parabola, the gauge of a run, many rates at once, cycles, and η → ∞."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.checks import check_type, checked_array, checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Model, sigmoid
from logreg.training.objective import PLAIN, Objective, gradient, hessian, mean_cross_entropy, smoothness

LONGEST_CYCLE = 32
"""The longest period that `period_of` looks for."""
_TIE = 1e-12  # a margin that is 0 to rounding, by the sizes of what it adds up


def loss_after_step(dataset: Dataset, model: Model, rates: ArrayLike, objective: Objective = PLAIN) -> FloatArray:
    """Return L(v − η∇L): the loss after one step of each rate.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        v, where the step begins.
    rates : array-like of shape (n_rates,)
        η.
    objective : Objective
        What is minimised.

    Returns
    -------
    ndarray of shape (n_rates,)

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> loss_after_step(pair, Model([0.0]), [0.0, 4.0], Objective(fit_bias=False)).round(4).tolist()
    [0.6931, 0.1269]
    """
    v, slope = objective.parameters(model), gradient(model, dataset, objective)
    places = v - checked_array("rates", rates)[:, None] * slope
    return objective_at(dataset, places, objective)


def touching_parabola(dataset: Dataset, model: Model, rates: ArrayLike, objective: Objective = PLAIN) -> FloatArray:
    """Return L − η·‖∇L‖²·(1 − ηL/2): the parabola of curvature L that touches the loss, and lies above it.

    Parameters
    ----------
    dataset, model, rates, objective
        As for `loss_after_step`.

    Returns
    -------
    ndarray of shape (n_rates,)
        Least at η = 1/L, and as high as at the start at η = 2/L.

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> touching_parabola(pair, Model([0.0]), [0.0, 4.0, 8.0], Objective(fit_bias=False)).round(4).tolist()
    [0.6931, 0.1931, 0.6931]
    """
    eta = checked_array("rates", rates)
    square = float(np.sum(gradient(model, dataset, objective) ** 2))
    here = float(loss_after_step(dataset, model, [0.0], objective)[0])
    return np.asarray(here - eta * square * (1 - eta * smoothness(dataset, objective) / 2))


def objective_at(dataset: Dataset, parameters: FloatArray, objective: Objective = PLAIN) -> FloatArray:
    """Return the objective at many parameter vectors, of shape (..., n_features + fit_bias)."""
    rows = dataset.signed_samples(fit_bias=objective.fit_bias)
    squares = (objective.penalty(dataset.n_features) * parameters**2).sum(axis=-1)
    return np.asarray(mean_cross_entropy(parameters @ rows.T) + squares / 2)


def gauge(dataset: Dataset, parameters: FloatArray, learning_rate: float, objective: Objective = PLAIN) -> FloatArray:
    """Return η·λmax(H)/2 at many parameter vectors: above 1 a step overshoots so far that it may raise the loss.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    parameters : ndarray of shape (n_models, n_features + fit_bias)
        v.
    learning_rate : float
        η.
    objective : Objective
        What is minimised.

    Returns
    -------
    ndarray of shape (n_models,)

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> gauge(pair, np.array([[0.0], [2.0]]), 8.0, Objective(fit_bias=False)).round(2).tolist()
    [1.0, 0.42]
    """
    return np.array([learning_rate * sharpness(dataset, v, objective) / 2 for v in parameters])


def sharpness(dataset: Dataset, parameters: FloatArray, objective: Objective = PLAIN) -> float:
    """Return λmax(H), the largest curvature of the objective at a parameter vector."""
    curvature = hessian(objective.model(parameters), dataset, objective)
    return max(float(np.linalg.eigvalsh(curvature)[-1]), 0.0)


def descend_at_rates(
    dataset: Dataset, rates: ArrayLike, n_steps: int, objective: Objective = PLAIN, start: ArrayLike | None = None
) -> FloatArray:
    """Train with many learning rates at once, as one batch, and keep every step.

    Parameters
    ----------
    dataset : Dataset
        What to learn from.
    rates : array-like of shape (n_rates,)
        η of each run.
    n_steps : int
        At least 0.
    objective : Objective
        What is minimised.
    start : array-like of shape (n_features + fit_bias,) or (n_rates, n_features + fit_bias), or None
        Where all begin, or each; None is zero.

    Returns
    -------
    ndarray of shape (n_rates, n_steps + 1, n_features + fit_bias)

    Examples
    --------
    >>> descend_at_rates(Dataset([[1.0]], [1]), [1.0, 2.0], 1, Objective(fit_bias=False))[:, :, 0].tolist()
    [[0.0, 0.5], [0.0, 1.0]]
    """
    check_type(Dataset, dataset=dataset)
    last = checked_whole("n_steps", n_steps, 0, 10**9)
    rows, decay = dataset.signed_samples(fit_bias=objective.fit_bias), objective.penalty(dataset.n_features)
    eta = np.atleast_1d(checked_array("rates", rates))[:, None]
    path = np.zeros((len(eta), last + 1, rows.shape[1]))
    path[:, 0] = 0.0 if start is None else checked_array("start", start)
    for step in range(last):
        v = path[:, step]
        pull = sigmoid(-(v @ rows.T)) @ rows / dataset.n_samples
        path[:, step + 1] = v + eta * (pull - decay * v)
    return path


def period_of(path: FloatArray, tolerance: float = 1e-6) -> int | None:
    """Return after how many steps the end of a path repeats itself: 1 has settled; None where it does not repeat.

    Parameters
    ----------
    path : ndarray of shape (n_steps, n_parameters)
        One parameter vector a step; the last 2·`LONGEST_CYCLE` count.
    tolerance : float
        By how much two rounds may differ, relative to the size of the last vector.

    Examples
    --------
    >>> period_of(np.array([[0.0], [1.0]] * 40))
    2
    """
    tail = path[-2 * LONGEST_CYCLE :]
    allowed = tolerance * float(np.abs(tail).max())
    for period in range(1, min(LONGEST_CYCLE, len(tail) - 1) + 1):
        if (np.abs(tail[period:] - tail[:-period]) <= allowed).all():
            return period
    return None


def perceptron_path(dataset: Dataset, n_steps: int) -> FloatArray:
    """Return the batch perceptron's weights: w ← w + mean of a_i over the points that are wrong, half of it at a tie.

    Parameters
    ----------
    dataset : Dataset
        What to learn from, without a bias.
    n_steps : int
        At least 0.

    Returns
    -------
    ndarray of shape (n_steps + 1, n_features)
        What w/η of gradient descent tends to for η → ∞: σ(−ηm) becomes a step, ½ at m = 0.

    References
    ----------
    Tyurin: From logistic regression to the perceptron algorithm: exploring gradient descent with large step sizes,
    2024.

    Examples
    --------
    >>> perceptron_path(Dataset([[1.0], [3.0]], [1, 0]), 2).ravel().tolist()
    [0.0, -0.5, 0.0]
    """
    rows = dataset.signed_samples(fit_bias=False)
    last = checked_whole("n_steps", n_steps, 0, 10**9)
    path, one_step = np.zeros((last + 1, rows.shape[1])), np.abs(rows).mean(axis=0)
    for step in range(last):
        margins = rows @ path[step]
        is_tie = np.abs(margins) <= _TIE * (np.abs(rows) @ (np.abs(path[step]) + one_step))
        wrong = np.where(is_tie, 0.5, (margins < 0).astype(np.float64))
        path[step + 1] = path[step] + wrong @ rows / dataset.n_samples
    return path


def hinge_path(dataset: Dataset, learning_rate: float, n_steps: int) -> FloatArray:
    """Descend the mean hinge loss max(0, 1 − m): w ← w + (η/n) Σ a_i over the points with a margin below 1.

    Parameters
    ----------
    dataset : Dataset
        What to learn from, without a bias.
    learning_rate : float
        η.
    n_steps : int
        At least 0.

    Returns
    -------
    ndarray of shape (n_steps + 1, n_features)
        On separable data it stops, exactly, as soon as every margin is 1.

    Examples
    --------
    >>> hinge_path(Dataset([[1.0], [-1.0]], [1, 0]), 0.75, 3).ravel().tolist()
    [0.0, 0.75, 1.5, 1.5]
    """
    last = checked_whole("n_steps", n_steps, 0, 10**9)
    return np.array([w for w, _ in islice(hinge_steps(dataset, learning_rate), last + 1)])


def hinge_steps(dataset: Dataset, learning_rate: float) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield w and the sum of its pulls, step by step without end; `dataset` and η as for `hinge_path`.

    The sum is 0 only where the exact one is: of each set of points inside margin 1 it is added up once, without loss.
    """
    rows = dataset.signed_samples(fit_bias=False)
    w, pulls = np.zeros(rows.shape[1]), dict[bytes, FloatArray]()
    while True:
        inside = rows @ w < 1.0
        key = inside.tobytes()
        if key not in pulls:
            pulls[key] = np.array([fsum(column) for column in rows[inside].T])
        yield w, pulls[key]
        w = w + learning_rate / len(rows) * pulls[key]


def stops_at(path: FloatArray) -> int | None:
    """Return the first step after which a path never moves again; None where its last step moves."""
    moves: NDArray[np.int64] = np.flatnonzero((np.diff(path, axis=0) != 0).any(axis=1))
    last = int(moves[-1]) + 1 if len(moves) else 0
    return last if last < len(path) - 1 else None


def steps_until(losses: FloatArray, best: float, tolerance: float) -> int | None:
    """Return the first step from which on the loss stays within a tolerance of the best; None where it does not.

    Examples
    --------
    >>> steps_until(np.array([3.0, 1.05, 1.2, 1.01, 1.0]), 1.0, 0.1)
    3
    """
    above = np.flatnonzero(~(losses - best <= tolerance))
    first = int(above[-1]) + 1 if len(above) else 0
    return first if first < len(losses) else None
