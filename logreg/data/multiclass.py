"""Points of more than two classes, for softmax: what `Dataset` is for two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.arrays import ReadOnly, frozen
from logreg.data.checks import as_floats, checked_array, checked_flag, checked_number, shown
from logreg.data.dataset import FloatArray, checked_X

_PER_BLOB = 10


@dataclass(frozen=True, eq=False)
class MulticlassDataset(ReadOnly):
    """Hold points and their labels 0, 1, … C − 1, checked, copied and read-only.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Finite coordinates, at least one row and one column.
    y : array-like of shape (n_samples,)
        Labels: whole numbers from 0 on, none of them left out, at least two.

    Raises
    ------
    ValueError
        If a parameter has the wrong shape, is not finite, or leaves a class without points.

    Examples
    --------
    >>> MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2]).n_classes
    3
    """

    X: FloatArray
    y: NDArray[np.int64]

    if TYPE_CHECKING:  # lists are welcome; the fields hold arrays

        def __init__(self, X: ArrayLike, y: ArrayLike) -> None: ...

    def __post_init__(self) -> None:
        X = checked_X(self.X)
        expected = f"y: expected a label 0, 1, … C − 1 for each of the {len(X)} rows of X, each class with points"
        labels = as_floats(self.y, expected)
        classes = np.unique(labels)
        if labels.shape != X.shape[:1] or classes.tolist() != list(range(max(2, len(classes)))):
            raise ValueError(f"{expected}, got shape {labels.shape} with the labels {shown(classes.tolist())}.")
        object.__setattr__(self, "X", frozen(X))
        object.__setattr__(self, "y", frozen(labels, np.int64))

    @property
    def n_samples(self) -> int:
        """Number of points."""
        return len(self.X)

    @property
    def n_features(self) -> int:
        """Number of coordinates of a point."""
        return int(self.X.shape[1])

    @property
    def n_classes(self) -> int:
        """Number of classes, C."""
        return int(self.y.max()) + 1

    def augmented(self, *, fit_bias: bool) -> FloatArray:
        """Return the points (x, 1), or x without a bias, of shape (n_samples, n_features + fit_bias)."""
        return np.column_stack([self.X, np.ones((self.n_samples, int(checked_flag("fit_bias", fit_bias))))])

    def checked_weights(self, weights: ArrayLike, *, fit_bias: bool) -> FloatArray:
        """Return W as floats, or raise a ValueError if it is no finite array of shape (C, n_features + fit_bias)."""
        shape = (self.n_classes, self.n_features + fit_bias)
        array = checked_array("weights", weights)
        if array.shape != shape:
            raise ValueError(f"weights: expected an array of shape {shape}, got {array.shape}.")
        return array


def three_blobs(distance: float, seed: int = 1) -> MulticlassDataset:
    """Return three round clouds of ten points, their centres this far from the origin, 120° apart.

    Parameters
    ----------
    distance : float
        At least 0. The clouds have radius 1: apart from 2/√3 on for any points, overlapping where it is small.
    seed : int
        Of the points in the clouds; the distance moves them, it does not draw others.

    Returns
    -------
    MulticlassDataset
        30 points with coordinates of two decimals.

    Examples
    --------
    >>> three_blobs(2.0).y.tolist()[::10]
    [0, 1, 2]
    """
    distance = checked_number("distance", distance, at_least=0.0)
    rng = np.random.default_rng(seed)
    turns, radii = rng.uniform(0, 2 * np.pi, (3, _PER_BLOB)), np.sqrt(rng.uniform(0, 1, (3, _PER_BLOB)))
    centres = np.radians([90.0, 210.0, 330.0])[:, None]
    x1 = distance * np.cos(centres) + radii * np.cos(turns)
    x2 = distance * np.sin(centres) + radii * np.sin(turns)
    return MulticlassDataset(np.column_stack([x1.ravel(), x2.ravel()]).round(2), np.repeat(np.arange(3), _PER_BLOB))
