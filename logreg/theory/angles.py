"""The angle between two vectors of weight space, right to the last digits at small angles too."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray


def angle_between(a: ArrayLike, b: ArrayLike) -> FloatArray:
    """Return the angle between vectors: 2·atan2(‖u − v‖, ‖u + v‖) for the unit vectors u and v along a and b.

    Parameters
    ----------
    a, b : array-like of shape (..., n)
        Vectors along the last axis; one beside many, or row by row.

    Returns
    -------
    ndarray of the shape of a and b without their last axis
        Degrees from 0 to 180; NaN where a vector is zero or not finite.

    Notes
    -----
    An arc cosine of a product would lose all digits near 0° and 180°. Every vector is first divided by its largest
    coordinate, so that no length over- or underflows.

    Examples
    --------
    >>> angle_between([[1.0, 1.0], [0.0, 0.0]], [1.0, 0.0]).round(9).tolist()
    [45.0, nan]
    """
    u, v = _units(a), _units(b)
    apart, together = np.linalg.norm(u - v, axis=-1), np.linalg.norm(u + v, axis=-1)
    return np.asarray(np.degrees(2.0 * np.arctan2(apart, together)))[()]


def _units(vectors: ArrayLike) -> FloatArray:
    """Return vectors at length 1; NaN for zero."""
    rows = np.asarray(vectors, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore", under="ignore"):
        rows = rows / np.abs(rows).max(axis=-1, keepdims=True)
        return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True))
