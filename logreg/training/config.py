"""The config that decides a run besides the data, and the learning rate behind "auto"."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

import numpy as np

from logreg.data.checks import (
    BeyondFloat64,
    as_floats,
    check_type,
    checked_number,
    checked_positive,
    checked_whole,
    shown,
)
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.objective import PLAIN, Objective, smoothness

MOST_STEPS = 10**15  # below 2^53, so that a step is also an exact float


@dataclass(frozen=True)
class TrainingConfig:
    """Hold everything that decides a run besides the data: plain values that compare and hash.

    Parameters
    ----------
    learning_rate : float or "auto"
        η > 0, on the MEAN loss. "auto" is 1/L with L = λmax(AᵀA)/(4n) + l2.
    n_steps : int
        Steps to take, at least 0.
    objective : Objective
        What is minimised: whether there is a bias, and the penalty.
    initial_weights : sequence of n_features floats, or None
        Where w starts; None is zero.
    initial_bias : float
        Where b starts; 0 if no bias is fitted.

    Raises
    ------
    ValueError
        If a value is out of its range.

    Examples
    --------
    >>> TrainingConfig(n_steps=10) == TrainingConfig(learning_rate="auto", n_steps=10)
    True
    """

    learning_rate: float | Literal["auto"] = "auto"
    n_steps: int = 1000
    _: KW_ONLY
    objective: Objective = PLAIN
    initial_weights: tuple[float, ...] | None = None
    initial_bias: float = 0.0

    def __post_init__(self) -> None:
        for name, value in self._checked().items():
            object.__setattr__(self, name, value)

    def _checked(self) -> dict[str, object]:
        check_type(Objective, objective=self.objective)
        initial_bias = checked_number("initial_bias", self.initial_bias)
        if initial_bias and not self.objective.fit_bias:
            raise ValueError(f"initial_bias: expected 0 where no bias is fitted, got {initial_bias}.")
        return {
            "learning_rate": _checked_learning_rate(self.learning_rate),
            "n_steps": checked_whole("n_steps", self.n_steps, 0, MOST_STEPS),
            "initial_weights": _checked_start(self.initial_weights),
            "initial_bias": initial_bias,
        }


def resolve_learning_rate(dataset: Dataset, config: TrainingConfig) -> float:
    """Return η as a number; "auto" is 1/L with L = λmax(AᵀA)/(4n) + l2.

    Parameters
    ----------
    dataset : Dataset
        Gives L; its labels do not matter.
    config : TrainingConfig
        Gives the learning rate and the objective.

    Returns
    -------
    float
        1 where L is 0 (every point at the origin, no bias): there no learning rate moves anything.

    Raises
    ------
    BeyondFloat64
        If the points are too large or too small for 1/L to be a float64; a learning rate that is given needs no L.

    Examples
    --------
    >>> resolve_learning_rate(Dataset([[1.0], [3.0]], [0, 1]), TrainingConfig(objective=Objective(fit_bias=False)))
    0.8
    """
    if config.learning_rate != "auto":
        return float(config.learning_rate)
    return safe_rate(smoothness(dataset, config.objective), dataset.X)


def safe_rate(bound: float, X: FloatArray) -> float:
    """Return 1/L.

    Parameters
    ----------
    bound : float
        L, the largest curvature of the loss.
    X : ndarray of shape (n_samples, n_features)
        The points that it is of.

    Returns
    -------
    float
        1 where L is 0 (every point at the origin, no bias).

    Raises
    ------
    BeyondFloat64
        If the points are too large or too small for 1/L to be a float64.

    Examples
    --------
    >>> safe_rate(4.0, np.ones((1, 1)))
    0.25
    """
    if bound == 0 and not X.any():
        return 1.0
    if not (1e-308 < bound < 1e308):
        size, beyond = ("large", "L is") if bound >= 1.0 else ("small", "1/L is")
        raise BeyondFloat64(
            f"These points are too {size} to train on with η = 1/L, where L is the largest curvature of the loss: "
            f"{beyond} beyond float64. Rescale them."
        )
    return 1.0 / bound


def _checked_learning_rate(value: object) -> float | str:
    if isinstance(value, str) and value == "auto":
        return value
    return checked_positive("learning_rate", value, "auto")


def _checked_start(value: object) -> tuple[float, ...] | None:
    if value is None:
        return None
    expected = "initial_weights: expected None or one finite number for each feature"
    start = as_floats(value, expected)
    if start.ndim != 1 or start.size == 0 or not np.isfinite(start).all():
        raise ValueError(f"{expected}, got {shown(value)}.")
    return tuple(start.tolist())
