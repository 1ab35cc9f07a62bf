"""The part of the plane that a figure shows, and where a line crosses it."""

from __future__ import annotations

from fractions import Fraction
from math import frexp, hypot, inf, ldexp

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


def origin_outside(window: Window, lines: str) -> str:
    """Say that lines without a bias lead past a window, where the origin is not in it; else nothing.

    Parameters
    ----------
    window : tuple of float
        xmin, xmax, ymin, ymax.
    lines : str
        What goes through the origin, with its verb.

    Examples
    --------
    >>> origin_outside((1.0, 2.0, -1.0, 1.0), "Both lines go"), origin_outside((-1.0, 2.0, -1.0, 1.0), "The line goes")
    (' Both lines go through the origin, which is outside this window.', '')
    """
    xmin, xmax, ymin, ymax = window
    is_inside = xmin <= 0 <= xmax and ymin <= 0 <= ymax
    return "" if is_inside else f" {lines} through the origin, which is outside this window."


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
    w1, w2 = weights.tolist()
    if not (w1 or w2):
        return None
    exponent = frexp(max(abs(w1), abs(w2)))[1]
    n1, n2 = ldexp(w1, -exponent), ldexp(w2, -exponent)
    n1, n2 = n1 / hypot(n1, n2), n2 / hypot(n1, n2)
    left, right, bottom, top = window
    centre = ((left + right) / 2, (bottom + top) / 2)
    half = ((right - left) / 2, (top - bottom) / 2)
    distance = _distance((w1, w2), float(bias - level), centre)
    if abs(distance) > hypot(*half):
        return None
    foot, along = (-distance * n1, -distance * n2), (n2, -n1)
    start, end = -inf, inf
    for reach, at, slope in zip(half, foot, along, strict=True):
        if slope:
            first, last = sorted(((-reach - at) / slope, (reach - at) / slope))
            start, end = max(start, first), min(end, last)
        elif abs(at) > reach:  # parallel to this side: inside its strip, or nowhere
            return None
    if start > end:
        return None
    return np.array(centre) + sorted(
        [at + t * slope for at, slope in zip(foot, along, strict=True)] for t in (start, end)
    )


def _distance(weights: tuple[float, float], bias: float, centre: tuple[float, float]) -> float:
    """Return (w·c + b)/‖w‖ without cancellation; far beyond every window where float64 has no such number."""
    largest = max(map(abs, weights))
    value = sum((Fraction(w) * Fraction(c) for w, c in zip(weights, centre, strict=True)), Fraction(bias))
    try:
        return float(value / Fraction(largest)) / hypot(*(w / largest for w in weights))
    except OverflowError:
        return float("inf")
