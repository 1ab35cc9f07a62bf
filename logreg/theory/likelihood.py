"""The likelihood over one weight: as a product and as a sum of logarithms, its maximiser, copies and priors.

With one feature and no bias the weight is w itself. Points of more features are seen along one direction û of (w, b),
where they stand at t = û·(x, 1): the weight is then the length ‖(w, b)‖, and the same pictures hold. Either way the
data are one row of numbers, the label-signed a_i, and

    L(w) = Π σ(w·a_i)        log L(w) = Σ log σ(w·a_i)        −(1/n)·log L(w) = mean log(1 + e^(−w·a_i))
"""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.checks import BeyondFloat64, check_scale, check_type, checked_array, checked_number
from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.theory.asymptotics import asymptotics
from logreg.training.model import log_sigmoid, sigmoid
from logreg.training.objective import THROUGH_0

SMALLEST = 5e-324
"""The smallest float64 above 0."""
_SIZES = 1e-100, 1e100  # of points whose squares and reciprocals float64 still holds
_REACH = 8.0  # log-odds of the nearest point, up to which an endless climb is shown
_CANCELS = 1e-12  # of a sum, by the sizes of what it adds up
_BISECTIONS = 1100  # halvings of any float64 bracket until nothing is left between its ends


def one_weight(dataset: Dataset) -> Dataset:
    """Return the points as one weight sees them: their only feature, or their places along the direction that counts.

    Parameters
    ----------
    dataset : Dataset
        Any points. With one feature there is no bias, as in the notes' derivation.

    Returns
    -------
    Dataset
        One feature. With more, t = û·(x, 1) for the unit û towards the optimum, or where there is none towards the
        direction of largest margin; what lies on a quasi-separating boundary is at exactly 0.

    Raises
    ------
    BeyondFloat64
        If the points are too large or too small, or float64 does not hold the direction.

    Examples
    --------
    >>> one_weight(Dataset([[0.0, 0.0], [0.0, 2.0]], [0, 1])).X.round(4).ravel().tolist()
    [-0.7071, 0.7071]
    """
    check_type(Dataset, dataset=dataset)
    check_scale(dataset.X, _SIZES, whose="lesson")
    if dataset.n_features == 1:
        return dataset
    unit = _direction(dataset)
    places = np.column_stack([dataset.X, np.ones(dataset.n_samples)]) @ unit
    verdict = check_separability(dataset)
    if verdict.kind == "quasi-separable":
        places[np.setdiff1d(np.arange(dataset.n_samples), verdict.separated)] = 0.0
    return Dataset(places[:, None], dataset.y, dataset.name)


def _direction(dataset: Dataset) -> FloatArray:
    """Return the unit vector of (w, b) towards the optimum, or to which a run turns."""
    try:
        law = asymptotics(dataset)
        if law.direction is not None:
            return law.direction
        best = optimum(dataset).parameters
    except ValueError as error:
        raise BeyondFloat64("The best direction of these points is more than float64 can hold or tell.") from error
    length = float(np.linalg.norm(best))
    is_zero = float(np.abs(np.column_stack([dataset.X, np.ones(dataset.n_samples)]) @ best).max()) < _CANCELS
    return np.eye(len(best))[0] if is_zero else best / length


def likeliest_weight(line: Dataset) -> float | None:
    """Return the maximiser of the likelihood; None where it climbs for ever.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.

    Returns
    -------
    float or None
        Where every weight is as good as any other, 0.

    Examples
    --------
    >>> round(likeliest_weight(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])), 6)  # log 2
    0.693147
    """
    if _verdict(line) != "overlapping":
        return None
    return float(optimum(line, THROUGH_0).weights[0])


def is_flat(line: Dataset) -> bool:
    """Return whether every weight is as likely as any other: all points are at 0.

    Examples
    --------
    >>> is_flat(Dataset([[0.0]], [1]))
    True
    """
    return not line.X.any()


def is_best_at_zero(line: Dataset) -> bool:
    """Return whether the likelihood is greatest at w = 0, as far as float64 tells: there the points' pulls cancel.

    Examples
    --------
    >>> is_best_at_zero(Dataset([[1.0], [1.0]], [0, 1])), is_best_at_zero(Dataset([[0.0]], [1]))
    (True, False)
    """
    signed = line.signed_samples(fit_bias=False)[:, 0]
    return bool(signed.any() and abs(signed.sum()) <= _CANCELS * np.abs(signed).sum())


def log_supremum(line: Dataset) -> float:
    """Return the logarithm of what the likelihood climbs to: at its maximum, or never reached.

    Examples
    --------
    >>> log_supremum(Dataset([[-1.0], [1.0]], [0, 1]))
    0.0
    """
    best = likeliest_weight(line)
    if best is None:
        return -int((line.X == 0).sum()) * log(2) + 0.0  # points at 0 stay at one half
    return float(log_likelihood(line, best))


def log_likelihood(line: Dataset, weights: ArrayLike) -> FloatArray:
    """Return log L(w) = Σ log σ(w·a_i).

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    weights : array-like
        w; any shape.

    Returns
    -------
    ndarray of that shape
        Finite for every w whose w·a_i are.
    """
    return np.asarray(log_sigmoid(margins_at(line, weights)).sum(axis=-1))


def likelihood(line: Dataset, weights: ArrayLike) -> FloatArray:
    """Return L(w) = Π σ(w·a_i), multiplied as it stands: 0 in float64 where there are many points.

    Examples
    --------
    >>> float(likelihood(Dataset([[1.0], [1.0]], [0, 1]), 0.0))
    0.25
    """
    with np.errstate(under="ignore"):
        return np.asarray(sigmoid(margins_at(line, weights)).prod(axis=-1))


def curvature(line: Dataset, weight: float) -> float:
    """Return −(log L)″ = Σ a_i²·σ(w·a_i)·σ(−w·a_i), the information: how sharply log L bends down at a weight.

    Examples
    --------
    >>> curvature(Dataset([[2.0]], [1]), 0.0)
    1.0
    """
    margins, signed = margins_at(line, weight), line.signed_samples(fit_bias=False)[:, 0]
    return float((signed**2 * sigmoid(margins) * sigmoid(-margins)).sum())


def weights_around(line: Dataset, n_values: int = 101) -> FloatArray:
    """Return weights on which the likelihood is seen: around its maximum, which is one of them, or along its climb.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    n_values : int
        How many; an odd number has the maximum as its middle.

    Returns
    -------
    ndarray of shape (n_values,)
        Rising; falling where the climb goes to −∞.
    """
    best = likeliest_weight(line)
    signed = line.signed_samples(fit_bias=False)[:, 0]
    if best is None:
        reach = _REACH / float(np.abs(signed[signed != 0]).min())
        return np.linspace(-reach / 4, reach, n_values) * (1.0 if signed.sum() > 0 else -1.0)
    bend = curvature(line, best)
    half = max(1.3 * abs(best), 4 / bend**0.5 if bend else 1.0)
    return best + half * np.linspace(-1, 1, n_values)


def running_product(factor: float, n_factors: int) -> FloatArray:
    """Multiply equal factors one by one, as a program does that multiplies probabilities.

    Parameters
    ----------
    factor : float
        From 0 to 1.
    n_factors : int
        How many.

    Returns
    -------
    ndarray of shape (n_factors + 1,)
        After 0, 1, 2 … factors. Factors of one half reach 0; larger ones may stick above it, since float64 rounds.

    Raises
    ------
    ValueError
        If the factor is not from 0 to 1.

    Examples
    --------
    >>> running_product(0.5, 1075)[[0, 1, 1074, 1075]].tolist()
    [1.0, 0.5, 5e-324, 0.0]
    """
    if not 0 <= checked_number("factor", factor) <= 1:
        raise ValueError(f"factor: expected a number from 0 to 1, got {factor!r}.")
    with np.errstate(under="ignore"):
        return np.cumprod(np.append(1.0, np.full(n_factors, factor)))


def log_prior(line: Dataset, l2: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Return the logarithm of the Gaussian prior N(0, 1/(nλ)) over its top: −nλ·w²/2.

    Parameters
    ----------
    line : Dataset
        Gives n.
    l2, weights : array-like
        λ > 0 and w, of shapes that go together.
    """
    return np.asarray(-line.n_samples * checked_array("l2", l2, at_least=0.0) * np.asarray(weights) ** 2 / 2)


def most_probable_weight(line: Dataset, l2: ArrayLike) -> FloatArray:
    """Return the maximiser of prior times likelihood, the MAP estimate, for each λ.

    Parameters
    ----------
    line : Dataset
        One feature, no bias.
    l2 : array-like of shape (n_values,)
        λ > 0.

    Returns
    -------
    ndarray of shape (n_values,)

    Notes
    -----
    Where the slope Σ a_i·σ(−w·a_i) − nλw changes its sign, by bisection: no minimiser is used, so that what is found
    can be held against the L2 optimum. Where the pulls cancel at 0, it is 0.

    Examples
    --------
    >>> most_probable_weight(Dataset([[-1.0], [1.0]], [0, 1]), [0.1]).round(4).tolist()
    [1.6335]
    >>> most_probable_weight(Dataset([[1.0], [1.0]], [0, 1]), [0.1]).tolist()
    [0.0]
    """
    penalties = checked_array("l2", l2, at_least=SMALLEST)
    signed = line.signed_samples(fit_bias=False)[:, 0]
    if is_best_at_zero(line) or not signed.any():
        return np.zeros(len(penalties))
    high = np.abs(signed).mean() / penalties + 1e-300  # there the prior's slope outweighs every point's
    low = -high
    for _ in range(_BISECTIONS):
        middle = low / 2 + high / 2
        if ((middle == low) | (middle == high)).all():
            break
        rises = (signed * sigmoid(-margins_at(line, middle))).mean(axis=-1) > penalties * middle
        low, high = np.where(rises, middle, low), np.where(rises, high, middle)
    return np.asarray(low / 2 + high / 2 + 0.0)


def margins_at(line: Dataset, weights: ArrayLike) -> FloatArray:
    """Return w·a_i, with a row for each weight."""
    check_features(1, line=line)
    return np.asarray(weights, dtype=np.float64)[..., None] * line.signed_samples(fit_bias=False)[:, 0]


def _verdict(line: Dataset) -> str:
    margins_at(line, 0.0)
    return check_separability(line, fit_bias=False).kind
