"""The minimiser that a training run heads for, where there is one.

Proved where it is rational, else found in floats; what floats cannot tell from rounding is done again in decimals.
"""

from __future__ import annotations

from functools import partial
from math import log1p

import numpy as np

from logreg.certificates.exact import blind_directions, dot, label_signed
from logreg.certificates.newton import float_minimiser, rounded_minimiser
from logreg.certificates.precise import precise_minimiser
from logreg.certificates.separability import Separability, check_separability
from logreg.data.checks import check_type
from logreg.data.dataset import Dataset
from logreg.training.model import Model
from logreg.training.objective import PLAIN, Objective


class NoFiniteOptimum(ValueError):  # noqa: N818 - named for what the reader is told
    """The loss has no minimum: its infimum is approached as the weights grow; `separability` holds the verdict."""

    def __init__(self, message: str, separability: Separability) -> None:
        super().__init__(message)
        self.separability = separability


class OptimumOutOfReach(ValueError):  # noqa: N818 - named for what the reader is told
    """A minimum exists, but float64 cannot hold it or get there."""


def optimum(dataset: Dataset, objective: Objective = PLAIN) -> Model:
    """Find the minimiser of an objective.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    objective : Objective
        What is minimised.

    Returns
    -------
    Model
        With ‖∇L‖ ≤ 1e-10 · mean ‖a_i‖σ(−m_i), margins m_i = a_i · (w, b) taken without rounding, and w exactly 0
        where that is provable. Of several minimisers (`is_unique`) the one of smallest ‖(w, b)‖, or with a penalty
        on w alone and a free bias of smallest ‖w‖.

    Raises
    ------
    NoFiniteOptimum
        If l2 = 0 and the data do not overlap, or l2 > 0 with a free unpenalised bias and a single class.
    OptimumOutOfReach
        If float64 holds no such point, or a hundred digits do not tell it from its neighbours.

    References
    ----------
    A. Albert and J. A. Anderson, On the existence of maximum likelihood estimates in logistic regression
    models, Biometrika 71 (1984).

    Examples
    --------
    >>> optimum(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0]), Objective(fit_bias=False)).weights.round(6).tolist()
    [0.693147]
    """
    check_type(Dataset, dataset=dataset)
    check_type(Objective, objective=objective)
    if (model := _without_weights(dataset, objective)) is not None:
        return model
    _check_existence(dataset, objective)
    v = float_minimiser(dataset, objective)
    if v is None and (exact := precise_minimiser(dataset, objective)) is not None:
        v = rounded_minimiser(dataset, objective, exact)
    if v is None:
        raise OptimumOutOfReach("A minimum exists, but float64 cannot hold it, or tell it from its neighbours.")
    return objective.model(v)


def _without_weights(dataset: Dataset, objective: Objective) -> Model | None:
    """Return w = 0 with the b of the classes' share where that is proved to be the minimum.

    There the residuals are the other class's share (or all ½, if b is 0 or penalised): ∇L = 0 is a rational sum.
    """
    ones, is_free = int(dataset.y.sum()), objective.fit_bias and not (objective.penalise_bias and objective.l2)
    zeros = dataset.n_samples - ones
    if is_free and not (ones and zeros):
        return None
    samples, _ = label_signed(dataset, fit_bias=objective.fit_bias)
    residuals = [(zeros if label else ones) if is_free else 1 for label in dataset.y.tolist()]
    if any(dot(residuals, column) for column in zip(*samples, strict=True)):
        return None
    b = log1p((ones - zeros) / zeros) if is_free else 0.0
    # Where some direction changes no margin, this is not the shortest unless b has no part in it.
    if b and not objective.l2 and any(u[-1] for u in blind_directions(dataset, fit_bias=True)):
        return None
    return Model(np.zeros(dataset.n_features), b)


def _check_existence(dataset: Dataset, objective: Objective) -> None:
    verdict_of = partial(check_separability, dataset, fit_bias=objective.fit_bias)
    is_bias_free = objective.fit_bias and not (objective.l2 > 0 and objective.penalise_bias)
    if is_bias_free and len(set(dataset.y.tolist())) == 1:
        message = "There is no minimum: with a single class the unpenalised bias grows for ever."
        raise NoFiniteOptimum(message, verdict_of())
    if objective.l2 > 0:
        return
    verdict = verdict_of()
    if verdict.kind != "overlapping":
        raise NoFiniteOptimum(
            f"There is no minimum: the data are {verdict.kind}, so the weights grow for ever.", verdict
        )


def is_unique(dataset: Dataset, objective: Objective = PLAIN) -> bool:
    """Return whether no two minimisers exist: a penalty, or points (x, 1) that span the space of (w, b).

    Parameters
    ----------
    dataset : Dataset
        The points; their labels do not matter.
    objective : Objective
        What is minimised.

    Returns
    -------
    bool

    Notes
    -----
    Without a penalty, directions that are orthogonal to every a_i change no margin. The rank is exact.

    Examples
    --------
    >>> is_unique(Dataset([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], [0, 1, 0]))
    False
    """
    check_type(Dataset, dataset=dataset)
    check_type(Objective, objective=objective)
    return objective.l2 > 0 or not blind_directions(dataset, fit_bias=objective.fit_bias)
