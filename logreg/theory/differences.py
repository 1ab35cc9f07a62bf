"""Is the gradient right? The formula beside the central difference, and the slope of the sigmoid beside its bounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.checks import checked_array, checked_positive
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Model, log_sigmoid, sigmoid
from logreg.training.objective import PLAIN, Objective, gradient, loss

BEST_STEP = float(np.finfo(np.float64).eps ** (1 / 3))
"""ε^{1/3} = 6.06·10⁻⁶: where rounding ε/h and curvature h² of a central difference are equally bad."""


def central_difference(model: Model, dataset: Dataset, h: float, objective: Objective = PLAIN) -> FloatArray:
    """Return (L(v + h·e_j) − L(v − h·e_j)) / 2h for each parameter v_j.

    Parameters
    ----------
    model : Model
        Where.
    dataset : Dataset
        On which points.
    h : float
        The step, above 0.
    objective : Objective
        What is meant.

    Returns
    -------
    ndarray of shape (n_features + fit_bias,)

    Raises
    ------
    ValueError
        If h is no finite number above 0.

    Examples
    --------
    >>> central_difference(Model([0.0]), Dataset([[1.0], [3.0]], [0, 1]), 0.001).round(4).tolist()
    [-0.5, 0.0]
    """
    checked_positive("h", h)
    v = objective.parameters(model)
    slopes = []
    for step in h * np.eye(len(v)):
        ahead, behind = (loss(objective.model(v + side * step), dataset, objective) for side in (1, -1))
        slopes.append((ahead - behind) / (2 * h))
    return np.array(slopes)


def difference_errors(model: Model, dataset: Dataset, steps: ArrayLike, objective: Objective = PLAIN) -> FloatArray:
    """Return how far the central difference is from the formula, relative to ‖∇L‖, at each step h.

    Parameters
    ----------
    model, dataset, objective
        As for `central_difference`.
    steps : array-like of shape (n_steps,)
        h, above 0.

    Returns
    -------
    ndarray of shape (n_steps,)
        A V over log h: it falls like h², then rises like ε/h; 0 where both agree to the last bit.

    Raises
    ------
    ValueError
        If the gradient is zero: nothing to be relative to; or a step is not above 0.

    Examples
    --------
    >>> errors = difference_errors(Model([1.0]), Dataset([[1.0], [3.0]], [0, 1]), [1e-1, 1e-5, 1e-12])
    >>> bool(errors[1] < 1e-9 < errors[2] < errors[0])
    True
    """
    h = [checked_positive("steps", step) for step in checked_array("steps", steps).tolist()]
    exact = gradient(model, dataset, objective)
    size = float(np.linalg.norm(exact))
    if size == 0:
        raise ValueError("model: expected a gradient above 0 to compare with, got 0.")
    found = [central_difference(model, dataset, step, objective) for step in h]
    return np.array([float(np.linalg.norm(slopes - exact)) / size for slopes in found])


def sigmoid_slope(a: ArrayLike) -> FloatArray:
    """Return s′(a) = s(a)·(1 − s(a)) = s(a)·s(−a), which keeps its digits where s(a) rounds to 1.

    Parameters
    ----------
    a : array-like
        Log-odds.

    Returns
    -------
    ndarray of the shape of a
        At most 1/4.

    Examples
    --------
    >>> float(sigmoid_slope(0.0)), bool(0 < sigmoid_slope(40.0) < 5e-18)
    (0.25, True)
    """
    return np.asarray(sigmoid(a) * sigmoid(np.negative(a)))


def slope_bound(a: ArrayLike) -> FloatArray:
    """Return the notes' bounds of s′(a): e^−a for a ≥ 0, s(a) = 1/(1 + e^−a) for a < 0.

    Parameters
    ----------
    a : array-like
        Log-odds.

    Returns
    -------
    ndarray of the shape of a

    Examples
    --------
    >>> slope_bound([0.0, -1e-9]).round(3).tolist()
    [1.0, 0.5]
    """
    at = np.asarray(a, dtype=np.float64)
    return np.asarray(np.exp(np.where(at < 0, log_sigmoid(at), -np.abs(at))))
