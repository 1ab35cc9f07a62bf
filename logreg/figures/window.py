"""The part of the plane that a figure shows, and where a line crosses it."""

from __future__ import annotations

from fractions import Fraction
from math import hypot

import numpy as np

from logreg.data.dataset import Dataset, FloatArray, check_features

Window = tuple[float, float, float, float]

ASPECT = 1.25  # width to height, the same for all data, so that the plane never changes its shape
_PADDING = 0.12
_FAR, _NEAR = 1e300, 1e-300  # coordinates and distances that a browser can still draw


def data_window(dataset: Dataset) -> Window:
    """Return the window (xmin, xmax, ymin, ymax) that shows every point with some room.

    Parameters
    ----------
    dataset : Dataset
        Two features.

    Returns
    -------
    tuple of float
        Both axes to one scale, its width 1.25 times its height; never empty: a single point gets one unit each
        way, or what float64 still tells apart around it.

    Raises
    ------
    ValueError
        If the data do not lie in a plane.

    Examples
    --------
    >>> data_window(Dataset([[2.0, 3.0]], [1]))
    (0.75, 3.25, 2.0, 4.0)
    """
    check_features(2, dataset=dataset)
    X = np.clip(dataset.X, -_FAR, _FAR)
    low, high = X.min(axis=0), X.max(axis=0)
    (x, y), (half_x, half_y) = low / 2 + high / 2, high / 2 - low / 2
    half = max(half_x / ASPECT, half_y) * (1 + 2 * _PADDING)
    half = half or 1.0
    half = float(max(half, abs(x) * 1e-12, abs(y) * 1e-12, _NEAR))
    return float(x - ASPECT * half), float(x + ASPECT * half), float(y - half), float(y + half)


def line_in_window(weights: FloatArray, bias: float, window: Window, level: float = 0.0) -> FloatArray | None:
    """Return the part of the line w·x + b = level inside the window.

    Parameters
    ----------
    weights : ndarray of shape (2,)
        w.
    bias : float
        b.
    window : tuple of float
        xmin, xmax, ymin, ymax.
    level : float
        The value of w·x + b on the line: 0 is p = 1/2.

    Returns
    -------
    ndarray of shape (2, 2) or None
        Its two ends as rows; None where w = 0 or the line misses the window.

    Notes
    -----
    The distance from the window's centre is computed in fractions: far from the origin w·x and b cancel, and floats
    would put the line elsewhere.

    Examples
    --------
    >>> line_in_window(np.array([1.0, 0.0]), -0.5, (0.0, 1.0, 0.0, 2.0)).tolist()
    [[0.5, 0.0], [0.5, 2.0]]
    """
    if not np.any(weights):
        return None
    scaled = np.ldexp(weights, -int(np.frexp(np.abs(weights).max())[1]))
    normal = scaled / hypot(*scaled)
    centre = np.array([(window[0] + window[1]) / 2, (window[2] + window[3]) / 2])
    half = np.array([window[1] - window[0], window[3] - window[2]]) / 2
    distance = _distance(weights, bias - level, centre)
    if abs(distance) > hypot(*half):
        return None
    foot, along = -distance * normal, np.array([normal[1], -normal[0]])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        crossings = np.sort(np.stack([(-half - foot) / along, (half - foot) / along]), axis=0)
    free = along == 0  # parallel to this side: inside its strip, or nowhere
    if np.any(free & (np.abs(foot) > half)):
        return None
    start, end = crossings[0][~free].max(), crossings[1][~free].min()
    ends = np.stack([foot + start * along, foot + end * along])
    return centre + ends[np.lexsort(ends.T[::-1])] if start <= end else None


def _distance(weights: FloatArray, bias: float, centre: FloatArray) -> float:
    """Return (w·c + b)/‖w‖ without cancellation; far beyond every window where float64 has no such number."""
    largest = Fraction(float(np.abs(weights).max()))
    scaled = [Fraction(float(w)) / largest for w in weights]
    value = sum((w * Fraction(float(c)) for w, c in zip(scaled, centre, strict=True)), Fraction(float(bias)) / largest)
    try:
        return float(value) / hypot(*(float(w) for w in scaled))
    except OverflowError:
        return float("inf")
