"""What holds the weights: the regularisation path, the λ of a length, scikit-learn's λ.

A penalty l2/2·‖w‖² gives every data set a minimum w_λ, the points of the path. Descent stopped early has weights of
the same length elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isfinite, log

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.optimum import NoFiniteOptimum, OptimumOutOfReach, optimum
from logreg.data.checks import checked_array, checked_number
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.angles import angle_between
from logreg.training.model import Model
from logreg.training.objective import Objective, gradient, loss
from logreg.training.trajectory import Trajectory

_SMALLEST = 1e-300  # no λ below this is tried
_HALVINGS = 60
_SAME = 1e-6  # a norm this close (relative) is the norm asked for
_PLATEAU = 1e-9  # so close (relative) to ‖w*‖ the norm no longer tells one λ from another


@dataclass(frozen=True, eq=False)
class RegularisationPath:
    """Hold the minimisers w_λ of the mean cross-entropy + l2/2·‖w‖², one row for each λ.

    NaN stands where there is no minimum (λ = 0 on separable data) or float64 cannot reach it.

    Parameters
    ----------
    l2 : ndarray of shape (n_values,)
        λ ≥ 0, in the order given.
    weights : ndarray of shape (n_values, n_features)
        w_λ.
    bias : ndarray of shape (n_values,)
        b_λ; 0 without a bias.
    weight_norm : ndarray of shape (n_values,)
        ‖w_λ‖. It never rises with λ unless the bias is penalised too.
    norm : ndarray of shape (n_values,)
        ‖(w_λ, b_λ)‖; the same as ‖w_λ‖ without a bias.
    data_loss : ndarray of shape (n_values,)
        The mean cross-entropy alone.
    objective : ndarray of shape (n_values,)
        With the penalty.
    """

    l2: FloatArray
    weights: FloatArray
    bias: FloatArray
    weight_norm: FloatArray
    norm: FloatArray
    data_loss: FloatArray
    objective: FloatArray


def regularisation_path(
    dataset: Dataset, l2: ArrayLike, *, fit_bias: bool = True, penalise_bias: bool = False
) -> RegularisationPath:
    """Find the minimiser for each of many λ.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    l2 : array-like of shape (n_values,)
        λ ≥ 0, on the MEAN cross-entropy.
    fit_bias : bool
        Whether b is free; else b = 0.
    penalise_bias : bool
        Whether the penalty is l2/2·‖(w, b)‖².

    Returns
    -------
    RegularisationPath

    Raises
    ------
    ValueError
        If a λ is negative or not finite, or l2 is no row of numbers.

    Examples
    --------
    >>> regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), [0.0, 0.1], fit_bias=False).norm.round(4).tolist()
    [nan, 1.6335]
    """
    values = checked_array("l2", l2, at_least=0.0)
    if values.ndim != 1:
        raise ValueError(f"l2: expected a row of numbers, got shape {values.shape}.")
    rows = np.full((len(values), dataset.n_features + 3), np.nan)
    for i, value in enumerate(values.tolist()):
        model = _minimiser(dataset, value, fit_bias, penalise_bias)
        if model is not None:
            losses = loss(model, dataset), loss(model, dataset, Objective(l2=value, penalise_bias=penalise_bias))
            rows[i] = [*model.parameters, *losses]
    weights, bias, data_loss, objective = rows[:, :-3], rows[:, -3], rows[:, -2], rows[:, -1]
    length = np.linalg.norm(weights, axis=1)
    return RegularisationPath(values, weights, bias, length, np.hypot(length, bias), data_loss, objective)


def penalty_of_norm(
    dataset: Dataset, norm: float, *, fit_bias: bool = True, penalise_bias: bool = False
) -> float | None:
    """Find the λ whose minimiser is as long as a given run's weights: the λ that would have stopped it there.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    norm : float
        ‖w‖ > 0; ‖(w, b)‖ if the bias is penalised too: the length that the penalty holds.
    fit_bias, penalise_bias
        As for `regularisation_path`.

    Returns
    -------
    float or None
        λ > 0, by bisection in log λ. None where no λ > 0 gives this norm, or none that float64 can tell: it reaches
        ‖w*‖ of overlapping data (to 1e-9), or is so large that its λ is out of reach.

    Raises
    ------
    ValueError
        If norm is not a finite number above 0.

    Notes
    -----
    The penalised length never rises with λ, and at the minimum λ·‖w_λ‖ ≤ ‖∇L(0)‖: that is where the bisection starts.
    Length is all that the two have in common: w_λ does not point where the run's weights point (`angle_off_path`).

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> round(penalty_of_norm(pair, 1.6335, fit_bias=False), 4)
    0.1
    """
    target = checked_number("norm", norm)
    if target <= 0:
        raise ValueError(f"norm: expected a number above 0, got {norm!r}.")

    def length(l2: float) -> float:
        model = _minimiser(dataset, l2, fit_bias, penalise_bias)
        if model is None:
            return inf  # no minimum, or out of reach: at small λ only
        return float(np.linalg.norm([*model.weights, model.bias * penalise_bias]))

    high = _largest_penalty(dataset, target, fit_bias, penalise_bias)
    if not (_SMALLEST < high < inf) or length(high) == inf or target >= length(0.0) * (1 - _PLATEAU):
        return None
    low = _below(length, high, target)
    return None if low is None else _bisected(length, low, high, target)


def sklearn_penalty(dataset: Dataset, C: float = 1.0) -> float:
    """Return the λ that scikit-learn's `LogisticRegression(C=C)` stands for: 1/(nC).

    Parameters
    ----------
    dataset : Dataset
        Its number of samples n counts: scikit-learn sums the cross-entropy, and `l2` goes with the mean.
    C : float
        Above 0; 1 is scikit-learn's default.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If C is not a finite number above 0.

    Examples
    --------
    >>> sklearn_penalty(Dataset([[-1.0], [1.0]], [0, 1]))
    0.5
    """
    if checked_number("C", C) <= 0:
        raise ValueError(f"C: expected a number above 0, got {C!r}.")
    return 1.0 / (dataset.n_samples * float(C))


def angle_off_path(path: RegularisationPath, run: Trajectory) -> FloatArray:
    """Return the angle between a run's weights and the path's of the same ‖w‖, at every record.

    Parameters
    ----------
    path : RegularisationPath
        Of the same data; points between its λ are interpolated.
    run : Trajectory
        The run.

    Returns
    -------
    ndarray of shape (n_records,)
        Degrees, from 0 to 180; NaN at w = 0 and where the path has no point of that length.

    Raises
    ------
    ValueError
        If the features differ.

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> run = train(pair, TrainingConfig(n_steps=1, objective=Objective(fit_bias=False)))
    >>> angle_off_path(regularisation_path(pair, [0.1, 1.0], fit_bias=False), run).tolist()
    [nan, nan]
    """
    if path.weights.shape[1] != run.weights.shape[1]:
        raise ValueError(
            f"path: expected {run.weights.shape[1]} features, as the run has, got {path.weights.shape[1]}."
        )
    return angle_between(run.weights, on_path(path, run.weight_norm))


def on_path(path: RegularisationPath, norm: ArrayLike) -> FloatArray:
    """Return the weights of the regularisation path of these lengths, interpolated between its own λ.

    Parameters
    ----------
    path : RegularisationPath
        The path.
    norm : float or array of any shape
        ‖w‖.

    Returns
    -------
    ndarray of shape (*norm.shape, n_features)
        NaN where the path has no weights of that length.

    Examples
    --------
    >>> on_path(regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), [0.1, 1.0], fit_bias=False), 1.0).tolist()
    [1.0]
    """
    usable = np.flatnonzero(np.isfinite(path.weight_norm))
    if not len(usable):
        return np.full((*np.shape(norm), path.weights.shape[1]), np.nan)
    order = usable[np.argsort(path.weight_norm[usable])]
    norms, weights = path.weight_norm[order], path.weights[order]
    wanted = np.asarray(norm, dtype=np.float64)
    columns = [np.interp(wanted, norms, w, left=np.nan, right=np.nan) for w in weights.T]
    return np.asarray(np.stack(columns, axis=-1))


def _minimiser(dataset: Dataset, l2: float, fit_bias: bool, penalise_bias: bool) -> Model | None:
    """Return the minimiser, or None where there is none or float64 cannot reach it."""
    try:
        return optimum(dataset, Objective(fit_bias=fit_bias, l2=l2, penalise_bias=penalise_bias))
    except (NoFiniteOptimum, OptimumOutOfReach):
        return None


def _largest_penalty(dataset: Dataset, norm: float, fit_bias: bool, penalise_bias: bool) -> float:
    """Return a λ at which the minimiser is at most this long: ‖∇L(0)‖/norm, for the part that is penalised.

    The loss is convex and, where a free bias is not penalised, so is its minimum over b; there ∇L is taken at its b.
    """
    share, zeros = float(np.mean(dataset.y)), np.zeros(dataset.n_features)
    free = fit_bias and not penalise_bias
    if free and share in (0.0, 1.0):
        return inf  # a single class: the bias grows for ever, whatever λ
    slope = gradient(Model(zeros, log(share / (1 - share)) if free else 0.0), dataset)
    held = slope if fit_bias and penalise_bias else slope[:-1]
    return float(np.linalg.norm(held)) / norm


def _below(length: Callable[[float], float], high: float, target: float) -> float | None:
    """Return a λ whose minimiser is at least as long as asked for, by ever longer steps down; None if there is none."""
    step = 1.0
    while (low := high * float(10.0**-step)) > _SMALLEST:
        if length(low) >= target:
            return low
        step *= 2
    return None


def _bisected(length: Callable[[float], float], low: float, high: float, target: float) -> float | None:
    """Return the λ between two, one whose minimiser is longer and one whose is shorter, in log λ."""
    bottom, top = log(low), log(high)
    for _ in range(_HALVINGS):
        middle = (bottom + top) / 2
        if not bottom < middle < top:
            break
        bottom, top = (middle, top) if length(exp(middle)) >= target else (bottom, middle)
    value = float(exp(top))
    reached = length(value)
    good = isfinite(reached) and abs(reached - target) <= _SAME * target
    return value if good else None
