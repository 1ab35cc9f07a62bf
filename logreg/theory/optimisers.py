"""Which of the separating directions a run turns to is the optimiser's choice: four of them on the same samples.

All minimise the mean of log(1 + e^−m) with m = A w, without a bias, from w = 0. Write g for its gradient:

    gradient descent   w ← w − η g                                     the widest ℓ2 margin; ‖w‖ grows like log t
    normalised         w ← w − η g/‖g‖                                 the same direction; ‖w‖ grows like t
    sign               w ← w − η sign(g)                               the widest ℓ∞ margin; ‖w‖ grows like t
    Adam               w ← w − η m̂/(√v̂ + ε), β₁ = 0.9, β₂ = 0.999      near sign's while √v̂ is far above ε

The widest ℓp margin is meant over directions of ‖u‖_p = 1: a circle for ℓ2, a square for ℓ∞.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.separability import check_separability
from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import check_type, checked_array, checked_choice, checked_positive, checked_whole, shown
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.needs import needs_scipy

Rule = Literal["gradient descent", "normalised", "sign", "Adam"]
RULES: tuple[Rule, ...] = get_args(Rule)
"""The four rules, in the order of the module's table."""
RATES: dict[Rule, float] = {"gradient descent": 1.0, "normalised": 0.1, "sign": 0.1, "Adam": 1e-3}
"""The learning rate that each is shown with."""
EPSILON = 1e-8
"""Adam's ε, as its paper has it and as libraries do."""

_BETA_1, _BETA_2 = 0.9, 0.999
_Update = Callable[[FloatArray, int], FloatArray]


def signed_points() -> Dataset:
    """Return three label-signed samples whose widest margins point to different sides: 23.96° for ℓ2, 45° for ℓ∞.

    Returns
    -------
    Dataset
        Three points of class 1.

    Examples
    --------
    >>> signed_points().X.tolist()
    [[1.0, 0.3], [0.6, 1.2], [2.0, 0.1]]
    """
    return Dataset([[1.0, 0.3], [0.6, 1.2], [2.0, 0.1]], [1, 1, 1], "three signed points")


@dataclass(frozen=True, eq=False)
class OptimiserRun(ReadOnly):
    """Hold where a rule led.

    Parameters
    ----------
    rule : str
        One of `RULES`.
    steps : ndarray of shape (n_records,), integers
        Increasing, from 1 on.
    weights : ndarray of shape (n_records, n_features)
        w at these steps.
    """

    rule: Rule
    steps: NDArray[np.int64]
    weights: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "steps", dtype=np.int64)
        freeze(self, "weights")

    @property
    def norms(self) -> FloatArray:
        """‖w‖ at the steps."""
        return np.asarray(np.linalg.norm(self.weights, axis=1))

    @property
    def degrees(self) -> FloatArray:
        """The angle of w against the first axis at the steps, in the plane."""
        return np.degrees(np.arctan2(self.weights[:, 1], self.weights[:, 0]))


def optimise(dataset: Dataset, rule: Rule, steps: Sequence[int], *, learning_rate: float) -> OptimiserRun:
    """Follow a rule from w = 0, without a bias.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    rule : {"gradient descent", "normalised", "sign", "Adam"}
        Adam with `EPSILON`; `adam_runs` takes others.
    steps : sequence of int
        Which steps are recorded, increasing, from 1 on.
    learning_rate : float
        η > 0, on the MEAN loss.

    Raises
    ------
    ValueError
        If there is no such rule, or a number is out of its range.

    References
    ----------
    Soudry et al. 2018 (gradient descent); Ji and Telgarsky 2021 (normalised); Gunasekar et al. 2018 (sign);
    Wang et al. 2022 and Zhang, Zou, Cao 2024 (Adam with and without ε).

    Examples
    --------
    >>> optimise(signed_points(), "normalised", [10, 100, 1000], learning_rate=0.1).norms.round(2).tolist()
    [1.0, 9.99, 99.91]
    """
    checked_choice("rule", rule, *RULES)
    if rule == "Adam":
        return adam_runs(dataset, [EPSILON], steps, learning_rate=learning_rate)[0]
    path = _follow(
        dataset, _UPDATES[rule], _checked_steps(steps), learning_rate, 1, to_scale=rule == "gradient descent"
    )
    return OptimiserRun(rule, np.asarray(steps, dtype=np.int64), path[:, 0])


def adam_runs(
    dataset: Dataset, epsilons: Sequence[float], steps: Sequence[int], *, learning_rate: float
) -> list[OptimiserRun]:
    """Follow Adam for several ε at once.

    Parameters
    ----------
    dataset, steps, learning_rate
        As for `optimise`.
    epsilons : sequence of float
        ε ≥ 0, added to √v̂.

    Returns
    -------
    list of OptimiserRun
        One for each ε.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> [run.degrees.round(1).tolist() for run in adam_runs(signed_points(), [1e-8, 0], [1000], learning_rate=1e-3)]
    [[45.4], [45.4]]
    """
    column = checked_array("epsilons", epsilons, at_least=0.0)[:, None]
    path = _follow(dataset, _adam(column, dataset.n_features), _checked_steps(steps), learning_rate, len(column))
    recorded = np.asarray(steps, dtype=np.int64)
    return [OptimiserRun("Adam", recorded, path[:, i]) for i in range(len(column))]


def box_direction(dataset: Dataset) -> FloatArray:
    """Return the direction of widest ℓ∞ margin: the u with |u_j| ≤ 1 whose smallest a_i · u is largest.

    Parameters
    ----------
    dataset : Dataset
        Samples that some direction separates, without a bias.

    Returns
    -------
    ndarray of shape (n_features,)
        One of them, where there are several. By linear programming: needs SciPy.

    Raises
    ------
    ValueError
        If no direction separates the samples, or the margin is too narrow for a linear program in float64.

    Examples
    --------
    >>> box_direction(signed_points()).tolist()
    [1.0, 1.0]
    """
    check_type(Dataset, dataset=dataset)
    needs_scipy()
    from scipy.optimize import linprog

    if check_separability(dataset, fit_bias=False).kind != "separable":
        raise ValueError("dataset: expected samples that a direction separates, got others.")
    rows = dataset.signed_samples(fit_bias=False)
    rows = rows / np.abs(rows).max()
    size = dataset.n_features
    bounds = [(-1.0, 1.0)] * size + [(None, None)]
    cost, table = np.append(np.zeros(size), -1.0), np.column_stack([-rows, np.ones(len(rows))])
    found = linprog(cost, A_ub=table, b_ub=np.zeros(len(rows)), bounds=bounds)  # the largest γ with A u ≥ γ
    if found.x is None or not (rows @ found.x[:size] > 0).all():
        raise ValueError("dataset: its widest ℓ∞ margin is too narrow for a linear program in float64.")
    return np.asarray(found.x[:size])


def _follow(
    dataset: Dataset, update: _Update, steps: list[int], learning_rate: float, n_runs: int, *, to_scale: bool = True
) -> FloatArray:
    """Return w at the steps, of shape (n_records, n_runs, n_features)."""
    check_type(Dataset, dataset=dataset)
    checked_positive("learning_rate", learning_rate)
    rows = dataset.signed_samples(fit_bias=False)
    w, wanted, path = np.zeros((n_runs, rows.shape[1])), set(steps), []
    with np.errstate(under="ignore", invalid="ignore", divide="ignore"):
        for t in range(1, steps[-1] + 1):
            pulls = -np.logaddexp(0.0, w @ rows.T)  # log σ(−m)
            if not to_scale:  # where only the direction counts, the largest pull is 1 and none underflows too early
                pulls -= pulls.max()
            w = w + learning_rate * update(np.exp(pulls) @ rows / len(rows), t)
            if t in wanted:
                path.append(w)
    return np.array(path)


def _adam(epsilon: FloatArray, n_features: int) -> _Update:
    first, second = np.zeros((len(epsilon), n_features)), np.zeros((len(epsilon), n_features))

    def update(pull: FloatArray, t: int) -> FloatArray:
        first[:] = _BETA_1 * first + (1 - _BETA_1) * pull
        second[:] = _BETA_2 * second + (1 - _BETA_2) * pull * pull
        mean, size = first / (1 - _BETA_1**t), np.sqrt(second / (1 - _BETA_2**t)) + epsilon
        return np.divide(mean, size, out=np.zeros_like(mean), where=size > 0)  # 0/0 where nothing has pulled: no step

    return update


_UPDATES: dict[Rule, _Update] = {
    "gradient descent": lambda pull, _: pull,
    "normalised": lambda pull, _: pull / (np.linalg.norm(pull) or 1.0),
    "sign": lambda pull, _: np.sign(pull),
}


def _checked_steps(steps: Sequence[int]) -> list[int]:
    listed = [checked_whole("steps", step, 1, 10**9) for step in steps]
    if not listed or any(b <= a for a, b in pairwise(listed)):
        raise ValueError(f"steps: expected whole numbers from 1 on, increasing, got {shown(listed)}.")
    return listed
