"""What published theory says of a run, to be held against what the run does."""

from __future__ import annotations

from math import atan2, degrees

import numpy as np

from logreg.dataset import FloatArray
from logreg.margin import MaxMargin
from logreg.model import Model


def angle_to_limit(model: Model, limit: MaxMargin) -> float | None:
    """Return the angle between a model and the max-margin direction, in degrees.

    On separable data gradient descent turns towards this direction while its norm grows. With a bias both are
    the augmented vectors (w, b): the limit is the max margin of the points (x, 1).

    Parameters
    ----------
    model : Model
        Where the run is.
    limit : MaxMargin
        `max_margin(dataset, "augmented")`, or "none" for a run without a bias.

    Returns
    -------
    float or None
        Degrees from 0 to 180; None where the model has no direction, all its parameters being zero.

    References
    ----------
    Soudry, Hoffer, Nacson, Gunasekar, Srebro: The implicit bias of gradient descent on separable data, 2018.

    Examples
    --------
    >>> from logreg.dataset import Dataset
    >>> from logreg.margin import max_margin
    >>> data = Dataset([[-1.0, 0.0], [1.0, 0.0]], [0, 1])
    >>> round(angle_to_limit(Model([1.0, 1.0]), max_margin(data, "none")), 6)
    45.0
    """
    ours, theirs = _unit(model.weights, model.bias), _unit(limit.weights, limit.bias)
    if not ours.any():
        return None
    # from sum and difference: the arc cosine of a product loses all digits near 0 degrees
    return degrees(2.0 * atan2(float(np.linalg.norm(ours - theirs)), float(np.linalg.norm(ours + theirs))))


def _unit(weights: FloatArray, bias: float) -> FloatArray:
    vector = np.append(weights, bias)
    largest = np.abs(vector).max()
    if largest == 0.0:
        return vector
    vector = vector / largest
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float64)
