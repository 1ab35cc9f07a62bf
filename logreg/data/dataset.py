"""The labelled points that everything else starts from: the first stop of the path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.data.arrays import ReadOnly
from logreg.data.checks import as_floats, check_type, checked_flag

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dataset(ReadOnly):
    """Hold points and their 0/1 labels, checked, copied and read-only.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Finite coordinates, at least one row and one column.
    y : array-like of shape (n_samples,)
        Labels, each 0 or 1. For -1/+1 labels use `Dataset.from_signs`.
    name : str
        What the data are called on the screen and in messages.

    Raises
    ------
    ValueError
        If a parameter has the wrong shape, is empty, is not finite, or holds other labels;
        the sentence names the parameter, what was expected and what came.

    Examples
    --------
    >>> Dataset([[0.0, 1.0], [2.0, 3.0]], [0, 1]).n_features
    2
    """

    X: FloatArray
    y: NDArray[np.int64]
    name: str = "data"

    if TYPE_CHECKING:  # lists are welcome; the fields hold arrays

        def __init__(self, X: ArrayLike, y: ArrayLike, name: str = "data") -> None: ...

    def __post_init__(self) -> None:
        X = checked_X(self.X)
        y = _checked_labels(self.y, len(X), allowed=(0, 1))
        check_type(str, name=self.name)
        for field, array in (("X", X), ("y", y)):
            array.setflags(write=False)
            object.__setattr__(self, field, array)

    @classmethod
    def from_signs(cls, X: ArrayLike, signs: ArrayLike, name: str = "data") -> Dataset:
        """Build a data set from labels -1 and +1 (the notes' convention, section 1.1).

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite coordinates.
        signs : array-like of shape (n_samples,)
            Labels, each -1 or +1; +1 becomes 1, -1 becomes 0.
        name : str
            What the data are called.

        Raises
        ------
        ValueError
            As for the class itself.

        Examples
        --------
        >>> Dataset.from_signs([[0.0], [1.0]], [-1, 1]).y.tolist()
        [0, 1]
        """
        X = checked_X(X)
        return cls(X, (_checked_labels(signs, len(X), allowed=(-1, 1), parameter="signs") + 1) // 2, name)

    @property
    def n_samples(self) -> int:
        """Number of points."""
        return int(self.X.shape[0])

    @property
    def n_features(self) -> int:
        """Number of coordinates of a point."""
        return int(self.X.shape[1])

    @property
    def signs(self) -> FloatArray:
        """Labels as -1.0 and +1.0, of shape (n_samples,)."""
        return np.asarray(2.0 * self.y - 1.0, dtype=np.float64)

    def signed_samples(self, *, fit_bias: bool = True) -> FloatArray:
        """Return the label-signed samples a_i = s_i (x_i, 1), or s_i x_i without a bias, one per row.

        The margin of sample i is a_i . (w, b), so everything that depends on data and labels
        alone depends on these rows alone.

        Parameters
        ----------
        fit_bias : bool
            Whether the constant feature 1 is appended.

        Returns
        -------
        ndarray of shape (n_samples, n_features + fit_bias)
        """
        constant = np.ones((self.n_samples, int(checked_flag("fit_bias", fit_bias))))
        rows: FloatArray = np.column_stack([self.X, constant]) if fit_bias else self.X
        signed: FloatArray = self.signs[:, None] * rows
        return signed


def check_features(expected: int, **datasets: Dataset) -> None:
    """Raise an error that names the first argument that is no data set with so many features."""
    check_type(Dataset, **datasets)
    for parameter, dataset in datasets.items():
        if dataset.n_features != expected:
            features = f"{expected} feature{'s' * (expected > 1)}"
            raise ValueError(f"{parameter}: expected {features}, got {dataset.n_features}.")


def checked_X(X: ArrayLike) -> FloatArray:
    """Return a copy of points as an array of shape (n_samples, n_features), or raise a ValueError."""
    expected = "X: expected finite numbers of shape (n_samples, n_features) with at least one row and one column"
    array = as_floats(X, expected)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"{expected}, got shape {array.shape}.")
    if not np.isfinite(array).all():
        row, column = (int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{expected}, got {array[row, column]} in row {row}, column {column}.")
    return array


def _checked_labels(
    labels: ArrayLike, n_samples: int, *, allowed: tuple[int, int], parameter: str = "y"
) -> NDArray[np.int64]:
    expected = f"{parameter}: expected labels {allowed[0]} and {allowed[1]}, one for each row of X"
    array = as_floats(labels, expected)
    if array.ndim != 1:
        raise ValueError(f"{expected}, got shape {array.shape}.")
    wrong = ~np.isin(array, allowed)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(f"{expected}, got {array[row]:g} in row {row}.")
    if len(array) != n_samples:
        raise ValueError(f"{parameter}: expected one label for each of the {n_samples} rows of X, got {len(array)}.")
    return array.astype(np.int64)
