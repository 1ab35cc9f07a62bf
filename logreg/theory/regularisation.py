"""What keeps the weights short: the regularisation path, the λ of a length, scikit-learn's λ.

A penalty l2/2·‖w‖² gives every data set a minimum w_λ, the points of the path. Descent stopped early has weights of
the same length elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp, log

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.optimum import NoFiniteOptimum, OptimumOutOfReach, optimum
from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import check_type, checked_array, checked_positive
from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.theory.angles import angle_between
from logreg.theory.minimisers import Minimisers
from logreg.training.model import Model
from logreg.training.objective import Objective, loss
from logreg.training.trajectory import Trajectory

_DECADES = (-7, 1)  # of λ, in units of the curvature of the loss at w = 0
_PER_DECADE = 10


@dataclass(frozen=True, eq=False)
class RegularisationPath(ReadOnly):
    """Hold the minimisers w_λ of the objective, one row for each λ. `regularisation_path` makes it.

    NaN stands where there is no minimum (λ = 0 on separable data; one class, whose bias is not penalised) or float64
    cannot reach it. As λ → 0 the path goes where a run without a penalty goes: `asymptotics` says it.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    fit_bias, penalise_bias : bool
        As for `Objective`.
    l2 : ndarray of shape (n_values,)
        λ ≥ 0, in the order given.
    weights : ndarray of shape (n_values, n_features)
        w_λ.
    bias : ndarray of shape (n_values,)
        b_λ; 0 without a bias.
    weight_norm : ndarray of shape (n_values,)
        ‖w_λ‖. It never rises with λ unless the bias is penalised too.
    parameter_norm : ndarray of shape (n_values,)
        ‖(w_λ, b_λ)‖; the same as ‖w_λ‖ without a bias. With one it may rise with λ, unless it is penalised.
    data_loss : ndarray of shape (n_values,)
        The mean cross-entropy alone.
    loss : ndarray of shape (n_values,)
        With the penalty.
    """

    dataset: Dataset
    fit_bias: bool
    penalise_bias: bool
    l2: FloatArray
    weights: FloatArray
    bias: FloatArray
    weight_norm: FloatArray
    parameter_norm: FloatArray
    data_loss: FloatArray
    loss: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "l2", "weights", "bias", "weight_norm", "parameter_norm", "data_loss", "loss")

    @property
    def far(self) -> Model | None:
        """What (w_λ, b_λ) tends to as λ → ∞; None for one class with a bias that is not penalised.

        w = 0 and b = 0, where the loss is log 2; but a bias that is not penalised tends to the log-odds of class 1,
        where it is the entropy of the labels: log 2 for classes of equal size only.
        """
        share, zeros = float(np.mean(self.dataset.y)), np.zeros(self.dataset.n_features)
        if not self.fit_bias or self.penalise_bias:
            return Model(zeros)
        return None if share in (0.0, 1.0) else Model(zeros, log(share / (1 - share)))

    @cached_property
    def minimisers(self) -> Minimisers | None:
        """What finds further points of the path; None where no λ > 0 has one."""
        return _minimisers(self.dataset, self.fit_bias, self.penalise_bias)


def regularisation_path(
    dataset: Dataset, l2: ArrayLike | None = None, *, fit_bias: bool = True, penalise_bias: bool = False
) -> RegularisationPath:
    """Find the minimiser for each of many λ.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    l2 : array-like of shape (n_values,) or None
        λ ≥ 0, on the MEAN cross-entropy; None for `penalty_grid`, which scales with the data.
    fit_bias, penalise_bias : bool
        As for `Objective`.

    Returns
    -------
    RegularisationPath

    Raises
    ------
    ValueError
        If a λ is negative or not finite, or l2 is no row of numbers.

    Examples
    --------
    >>> path = regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), [0.0, 0.1], fit_bias=False)
    >>> path.parameter_norm.round(4).tolist()
    [nan, 1.6335]
    """
    check_type(Dataset, dataset=dataset)
    minimisers = _minimisers(dataset, fit_bias, penalise_bias)
    values = _grid(minimisers) if l2 is None else checked_array("l2", l2, at_least=0.0)
    if values.ndim != 1:
        raise ValueError(f"l2: expected a row of numbers, got shape {values.shape}.")
    rows = np.full((len(values), dataset.n_features + 2), np.nan)  # w, b, data loss
    rows[values == 0] = _minimum(dataset, Objective(fit_bias=fit_bias)) if (values == 0).any() else np.nan
    if minimisers is not None:
        falling = np.argsort(-values)[: int((values > 0).sum())]
        v = np.array([point.v for point in minimisers.follow(np.log(values[falling]))])
        if len(v):
            rows[falling[: len(v)]] = np.column_stack([*minimisers.parameters(v), minimisers.data_loss(v)])
        for i in falling[len(v) :]:  # one that cannot be followed to may still be reached by itself
            rows[i] = _minimum(dataset, Objective(fit_bias=fit_bias, l2=float(values[i]), penalise_bias=penalise_bias))
    weights, bias, data_loss = rows[:, :-2], rows[:, -2], rows[:, -1]
    length = np.linalg.norm(weights, axis=1)
    norm = np.hypot(length, bias)
    penalty = values / 2 * (norm if penalise_bias else length) ** 2
    return RegularisationPath(
        dataset, fit_bias, penalise_bias, values, weights, bias, length, norm, data_loss, data_loss + penalty
    )


def penalty_grid(dataset: Dataset, *, fit_bias: bool = True, penalise_bias: bool = False) -> FloatArray:
    """Return λ on the data's own scale: eight decades of them, up to ten times the curvature of the loss at w = 0.

    Parameters
    ----------
    dataset, fit_bias, penalise_bias
        As for `regularisation_path`.

    Returns
    -------
    ndarray of shape (81,), rising
        Points a thousand times as large have λ a million times as large, and the same picture.

    Examples
    --------
    >>> penalty_grid(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False)[[0, -1]].round(12).tolist()
    [2.5e-08, 2.5]
    """
    check_type(Dataset, dataset=dataset)
    return _grid(_minimisers(dataset, fit_bias, penalise_bias))


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
    fit_bias, penalise_bias : bool
        As for `Objective`.

    Returns
    -------
    float or None
        λ > 0. None where no λ > 0 gives this norm, or none that float64 can tell: it reaches ‖w*‖ of overlapping data,
        or is so large that its λ is out of reach.

    Raises
    ------
    ValueError
        If norm is not a finite number above 0.

    Notes
    -----
    Length is all that the two have in common: w_λ does not point where the run's weights point (`angle_off_path`).

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> round(penalty_of_norm(pair, 1.6335, fit_bias=False), 4)
    0.1
    """
    check_type(Dataset, dataset=dataset)
    target = checked_positive("norm", norm)
    minimisers = _minimisers(dataset, fit_bias, penalise_bias)
    found = np.nan if minimisers is None else float(minimisers.of_length(np.array([target]))[0][0])
    return exp(found) if abs(found) < 700 else None


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
    check_type(Dataset, dataset=dataset)
    return 1.0 / (dataset.n_samples * checked_positive("C", C))


def angle_off_path(path: RegularisationPath, run: Trajectory) -> FloatArray:
    """Return the angle between a run's weights and the path's of the same length, at every record.

    Parameters
    ----------
    path : RegularisationPath
        Of the same data; its λ play no part.
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
    >>> angle_off_path(regularisation_path(pair, fit_bias=False), run).tolist()
    [nan, 0.0]
    """
    check_type(RegularisationPath, path=path)
    check_type(Trajectory, run=run)
    check_features(run.dataset.n_features, path=path.dataset)
    lengths = run.parameter_norm if path.penalise_bias else run.weight_norm
    return angle_between(run.weights, on_path(path, lengths))


def on_path(path: RegularisationPath, norm: ArrayLike) -> FloatArray:
    """Return the weights of the regularisation path of these lengths: of the very lengths, between its λ and beyond.

    Parameters
    ----------
    path : RegularisationPath
        The path.
    norm : float or array of any shape
        ‖w‖; ‖(w, b)‖ if the bias is penalised too: the length that the penalty holds.

    Returns
    -------
    ndarray of shape (*norm.shape, n_features)
        NaN where no λ > 0 has weights of that length.

    Examples
    --------
    >>> on_path(regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False), 1.0).round(9).tolist()
    [1.0]
    """
    check_type(RegularisationPath, path=path)
    lengths = checked_array("norm", norm, at_least=0.0)
    weights = np.full((lengths.size, path.dataset.n_features), np.nan)
    if path.minimisers is not None:
        weights = path.minimisers.parameters(path.minimisers.of_length(lengths.ravel())[1])[0]
    return weights.reshape(*lengths.shape, path.dataset.n_features)


def _minimisers(dataset: Dataset, fit_bias: bool, penalise_bias: bool) -> Minimisers | None:
    """Return what finds minimisers; None for one class, whose bias grows for ever unless it is penalised."""
    objective = Objective(fit_bias=fit_bias, penalise_bias=penalise_bias)
    if fit_bias and not penalise_bias and len(set(dataset.y.tolist())) == 1:
        return None
    return Minimisers(dataset, objective)


def _grid(minimisers: Minimisers | None) -> FloatArray:
    unit = 0.0 if minimisers is None else minimisers.log_curvature / log(10.0)
    decades = np.linspace(*_DECADES, _PER_DECADE * (_DECADES[1] - _DECADES[0]) + 1)
    return np.asarray(10.0 ** np.clip(unit + decades, -300.0, 300.0))


def _minimum(dataset: Dataset, objective: Objective) -> list[float]:
    """Return w, b and the loss at the optimum; NaN where there is none, or float64 cannot reach it."""
    try:
        model = optimum(dataset, objective)
    except (NoFiniteOptimum, OptimumOutOfReach):
        return [np.nan] * (dataset.n_features + 2)
    return [*model.parameters.tolist(), loss(model, dataset)]
