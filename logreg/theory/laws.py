"""What published theory says of a run, to be held against what the run does.

Everything here is about the parameters that move: ‖(w, b)‖ with a bias, ‖w‖ without. Time is t = η · step.
"""

from __future__ import annotations

from math import isfinite

import numpy as np

from logreg.certificates.margin import MaxMargin
from logreg.certificates.separability import check_separability
from logreg.data.arrays import blocks
from logreg.data.checks import check_type, checked_array, checked_number
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.angles import angle_between
from logreg.theory.asymptotics import Asymptotics
from logreg.theory.flow import FlowResult
from logreg.theory.growth import Growth
from logreg.training.model import Model
from logreg.training.trajectory import Trajectory


def first_reliable_record(
    dataset: Dataset, weights: FloatArray, bias: FloatArray, *, fit_bias: bool = True, least: float = 3.0
) -> int | None:
    """Return the index of the first of many models at which every margin (quasi-separable: of Z) reaches `least`.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    weights : ndarray of shape (n_records, n_features)
        Of a `Trajectory` or a `FlowResult`.
    bias : ndarray of shape (n_records,)
        Likewise.
    fit_bias : bool
        Whether the models have a bias.
    least : float
        In log-odds.

    Raises
    ------
    ValueError
        If weights and bias do not fit each other or the data, or a number is not finite.

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> first_reliable_record(pair, np.array([[0.0], [2.9], [3.0]]), np.zeros(3), fit_bias=False)
    2
    """
    check_type(Dataset, dataset=dataset)
    w, b = checked_array("weights", weights), checked_array("bias", bias)
    if w.shape != (*b.shape, dataset.n_features):
        expected = f"weights, bias: expected shapes (n_records, {dataset.n_features}) and (n_records,)"
        raise ValueError(f"{expected}, got {w.shape} and {b.shape}.")
    enough = checked_number("least", least)
    moving = list(check_separability(dataset, fit_bias=fit_bias).separated)
    if not moving:
        return None
    rows = dataset.signed_samples(fit_bias=True)[moving]
    # A product over all records at once could be large; the first that passes is mostly early.
    for block in blocks(len(w), len(moving)):
        reached = (np.column_stack([w[block], b[block]]) @ rows.T).min(axis=1) >= enough
        if reached.any():
            return int(block.start + np.argmax(reached))
    return None


def law_error(law: Asymptotics | Growth, run: Trajectory | FlowResult, at: float) -> float | None:
    """Measure how far a law of growth is off NOW: predicted ‖(w, b)‖ / ‖(w, b)‖ − 1.

    The law of `asymptotics` is right in the end only; it may be 70 % low where its line starts.

    Parameters
    ----------
    law : Asymptotics or Growth
        Of the same data, with a bias or without as the run.
    run : Trajectory or FlowResult
        A run, or a flow.
    at : number
        The step of the run, or the time of the flow; taken is the last record up to it.

    Returns
    -------
    float or None
        −0.12 where the law is 12 % low. None where it says nothing, or the weights are zero.

    Raises
    ------
    ValueError
        If `at` is beyond the last record, or negative.

    Examples
    --------
    >>> from logreg.theory.asymptotics import asymptotics
    >>> from logreg.theory.flow import gradient_flow
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> flow, law = gradient_flow(pair, fit_bias=False), asymptotics(pair, fit_bias=False)
    >>> [round(law_error(law, flow, t), 4) for t in (1e3, 1e12)]
    [0.0009, -0.0]
    """
    if not isinstance(law, Growth):
        check_type(Asymptotics, law=law)
    if not isinstance(run, FlowResult):
        check_type(Trajectory, run=run)
    axis, rate = (run.times, 1.0) if isinstance(run, FlowResult) else (run.steps, run.learning_rate)
    if checked_number("at", at, at_least=0.0) > axis[-1]:
        raise ValueError(f"at: expected at most the last record, {axis[-1]:g}, got {at!r}.")
    record = int(np.searchsorted(axis, at, side="right")) - 1
    now, predicted = float(run.parameter_norm[record]), float(law.norm_at(rate * float(axis[record])))
    return predicted / now - 1 if now and isfinite(predicted) else None


def angle_to_limit(model: Model, limit: MaxMargin | Model) -> float | None:
    """Return the angle between a model and the max-margin direction, in degrees.

    On separable data gradient descent turns towards this direction while its norm grows. With a bias both are
    the augmented vectors (w, b): the limit is the max margin of the points (x, 1).

    Parameters
    ----------
    model : Model
        Where the run is.
    limit : MaxMargin or Model
        `max_margin(dataset, "augmented")`, or "none" for a run without a bias.

    Returns
    -------
    float or None
        Degrees from 0 to 180; None where the model has no direction, all its parameters being zero.

    Raises
    ------
    ValueError
        If the two have not as many weights.

    References
    ----------
    Soudry, Hoffer, Nacson, Gunasekar, Srebro: The implicit bias of gradient descent on separable data, 2018.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.certificates.margin import max_margin
    >>> data = Dataset([[-1.0, 0.0], [1.0, 0.0]], [0, 1])
    >>> round(angle_to_limit(Model([1.0, 1.0]), max_margin(data, "none")), 6)
    45.0
    """
    check_type(Model, model=model)
    if not isinstance(limit, MaxMargin):
        check_type(Model, limit=limit)
    ours, theirs = model.parameters, np.append(limit.weights, limit.bias)
    if ours.shape != theirs.shape:
        raise ValueError(f"limit: expected {model.n_features} weights, as the model has, got {len(theirs) - 1}.")
    return float(angle_between(ours, theirs)) if ours.any() else None
