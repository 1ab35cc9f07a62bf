"""The notes' derivation in seven steps, from the likelihood to the cross-entropy, with the numbers of one weight."""

from __future__ import annotations

from dataclasses import dataclass

from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import checked_number
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.likelihood import likelihood, margins_at
from logreg.training.model import log_sigmoid, sigmoid


@dataclass(frozen=True, eq=False)
class SevenSteps(ReadOnly):
    """Hold the numbers of the notes' derivation at one weight.

    Parameters
    ----------
    weight : float
        w.
    probability : ndarray of shape (n_samples,)
        h(x_i), of class 1.
    factors : ndarray of shape (n_samples,)
        h(x_i)^y_i·(1 − h(x_i))^(1 − y_i): of each point's own label.
    product : float
        L(w).
    logs : ndarray of shape (n_samples,)
        Their logarithms.
    log_sum : float
        log L(w).
    mean_loss : float
        −(1/n)·log L(w), the cross-entropy.
    """

    weight: float
    probability: FloatArray
    factors: FloatArray
    product: float
    logs: FloatArray
    log_sum: float
    mean_loss: float

    def __post_init__(self) -> None:
        freeze(self, "probability", "factors", "logs")


def seven_steps(line: Dataset, weight: float) -> SevenSteps:
    """Work the notes' derivation out with numbers.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    weight : float
        w.

    Examples
    --------
    >>> seven_steps(Dataset([[1.0], [1.0]], [0, 1]), 0.0).product
    0.25
    """
    margins = margins_at(line, checked_number("weight", weight))
    logs = log_sigmoid(margins)
    return SevenSteps(
        weight=float(weight),
        probability=sigmoid(line.X[:, 0] * weight),
        factors=sigmoid(margins),
        product=float(likelihood(line, weight)),
        logs=logs,
        log_sum=float(logs.sum()),
        mean_loss=float(-logs.mean() + 0.0),
    )
