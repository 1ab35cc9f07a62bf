"""What growing weights cost: a run's models, judged by points that it never saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from logreg.data.arrays import ReadOnly, blocks, freeze
from logreg.data.checks import check_type
from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.training.model import sigmoid
from logreg.training.objective import mean_cross_entropy
from logreg.training.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class HeldOut(ReadOnly):
    """Hold what a run's models say of points that it never saw, one entry for every record.

    Parameters
    ----------
    loss : ndarray of shape (n_records,)
        Mean cross-entropy of the held-out points.
    accuracy : ndarray of shape (n_records,)
        Share of them on the right side; log-odds of exactly 0 count as class 1.
    confidence : ndarray of shape (n_records,)
        Mean of max(p, 1 − p): the accuracy that the model itself expects.
    wrong_confidence : ndarray of shape (n_records,)
        The same over the points on the wrong side alone; NaN where there are none.
    training_loss : ndarray of shape (n_records,)
        The mean cross-entropy of the points that the run learnt from.
    """

    loss: FloatArray
    accuracy: FloatArray
    confidence: FloatArray
    wrong_confidence: FloatArray
    training_loss: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "loss", "accuracy", "confidence", "wrong_confidence", "training_loss")

    @property
    def best(self) -> int:
        """Index of the record of smallest held-out loss."""
        return int(np.nanargmin(self.loss))


def held_out(trajectory: Trajectory, dataset: Dataset) -> HeldOut:
    """Judge every recorded model by points that the run never saw.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    dataset : Dataset
        Other points from the same population, with as many features.

    Returns
    -------
    HeldOut

    Raises
    ------
    ValueError
        If the features differ.

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[-1.0], [1.0]], [0, 1]), TrainingConfig(n_steps=3))
    >>> held_out(run, Dataset([[0.5], [2.0]], [0, 1])).accuracy.tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    check_type(Trajectory, trajectory=trajectory)
    check_features(trajectory.dataset.n_features, dataset=dataset)
    columns = np.empty((4, trajectory.n_records))
    for block in blocks(trajectory.n_records, dataset.n_samples):
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            log_odds = trajectory.weights[block] @ dataset.X.T + trajectory.bias[block, None]
            columns[:, block] = _judged(log_odds, dataset.y == 1)
    return HeldOut(columns[0], columns[1], columns[2], columns[3], trajectory.data_loss)


def _judged(log_odds: FloatArray, positive: NDArray[np.bool_]) -> list[FloatArray]:
    """Return loss, accuracy, confidence and confidence of the wrong ones of each row of log-odds."""
    wrong, confident = (log_odds >= 0) != positive, sigmoid(np.abs(log_odds))
    n_wrong = wrong.sum(axis=1)
    share = np.where(wrong, confident, 0.0).sum(axis=1) / np.where(n_wrong > 0, n_wrong, np.nan)
    loss = mean_cross_entropy(np.where(positive, log_odds, -log_odds))
    return [loss, 1.0 - n_wrong / log_odds.shape[1], confident.mean(axis=1), share]
