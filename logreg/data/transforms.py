"""Other data from given data: one label flipped, all points centred."""

from __future__ import annotations

import numpy as np

from logreg.data.checks import BeyondFloat64, check_type, checked_whole
from logreg.data.dataset import Dataset


def flip_label(dataset: Dataset, index: int) -> Dataset:
    """Return the data with one label flipped.

    Parameters
    ----------
    dataset : Dataset
        Left as it is.
    index : int
        Which point, 0 to n_samples - 1.

    Returns
    -------
    Dataset
        Of the same points and name.

    Raises
    ------
    ValueError
        If there is no such point.

    Examples
    --------
    >>> flip_label(Dataset([[0.0], [1.0]], [0, 1]), 0).y.tolist()
    [1, 1]
    """
    check_type(Dataset, dataset=dataset)
    row = checked_whole("index", index, 0, dataset.n_samples - 1)
    labels = dataset.y.copy()
    labels[row] = 1 - labels[row]
    return Dataset(dataset.X, labels, dataset.name)


def centred(dataset: Dataset) -> Dataset:
    """Return the data with each feature's mean subtracted: x_i - mean(x).

    Parameters
    ----------
    dataset : Dataset
        Left as it is.

    Returns
    -------
    Dataset
        Of the same labels; its name ends in "(centred)".

    Raises
    ------
    BeyondFloat64
        If a sum or a difference exceeds float64.

    Notes
    -----
    A difference is rounded, so beside a large mean very small gaps can change: a verdict belongs to the very points
    that it was computed from.

    Examples
    --------
    >>> centred(Dataset([[1.0], [3.0]], [0, 1])).X.ravel().tolist()
    [-1.0, 1.0]
    """
    check_type(Dataset, dataset=dataset)
    with np.errstate(over="ignore", invalid="ignore"):
        points = dataset.X - dataset.X.mean(axis=0)
    if not np.isfinite(points).all():
        raise BeyondFloat64(
            "These points are too large to centre: their sum, or a distance to their mean, is beyond float64."
        )
    return Dataset(points, dataset.y, dataset.name.removesuffix(" (centred)") + " (centred)")
