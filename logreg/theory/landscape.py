"""The loss over weight space: along a ray, with what balances on it, and over a window.

All of it follows from the margins m_i = a_i·(w, b), and all of it stays right where m is as large as float64 allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.arrays import ReadOnly, blocks, freeze
from logreg.data.checks import BeyondFloat64, checked_array, checked_number, shown
from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.training.model import Model, log_sigmoid, sigmoid
from logreg.training.objective import check_fit, mean_of


@dataclass(frozen=True, eq=False)
class RayLoss(ReadOnly):
    """Hold the loss along one ray r · u from the origin of weight space, u a unit vector (w, b).

    Parameters
    ----------
    loss : ndarray of the shape of r
        The mean cross-entropy; 0 where it is below the smallest float64.
    log10_loss : ndarray of that shape
        Its decimal logarithm, right also there.
    """

    loss: FloatArray
    log10_loss: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "loss", "log10_loss")


def loss_along_ray(dataset: Dataset, model: Model, lengths: ArrayLike) -> RayLoss:
    """Evaluate the loss at r · (w, b)/‖(w, b)‖: the notes' ray, in the log domain.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        Its direction counts, not its length. The bias is scaled along with w.
    lengths : array
        r ≥ 0, the norm ‖(w, b)‖ at which to evaluate.

    Returns
    -------
    RayLoss
        The loss and its logarithm, even where the loss is 10^−(10^10).

    Raises
    ------
    ValueError
        If the model is zero (no direction, no ray), the features differ, or a length is negative or not finite.

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> round(float(loss_along_ray(pair, Model([2.0]), 1e10).log10_loss), 3)
    -4342944819.033
    """
    r, rows = checked_array("lengths", lengths, at_least=0.0), _rows(dataset, model)
    vector = model.parameters
    size = float(np.abs(vector).max())
    if size == 0.0:
        raise ValueError("model: expected weights that point somewhere, got zero: there is no ray.")
    unit = vector / size
    unit /= np.linalg.norm(unit)
    slopes = rows @ unit
    if r.size and not isfinite(float(r.max()) * float(np.abs(slopes).max())):
        raise BeyondFloat64(f"lengths: at ‖(w, b)‖ = {r.max():g} a margin is beyond float64. Ask for shorter ones.")
    logs = np.empty(r.size)
    for block in blocks(r.size, dataset.n_samples):
        logs[block] = _log_mean_cross_entropy(r.ravel()[block, None] * slopes)
    log_loss = logs.reshape(r.shape)
    with np.errstate(under="ignore"):
        return RayLoss(np.exp(log_loss)[()], (log_loss / log(10.0))[()])


@dataclass(frozen=True, eq=False)
class RayBalance(ReadOnly):
    """Hold the derivative of the loss along c · (w, b), split in two: dL/dc = losses − gains.

    Parameters
    ----------
    gains : ndarray of the shape of c
        How fast the correct points (m_i > 0 at c = 1) lower the loss: (1/n) Σ m_i σ(−c·m_i), at least 0.
    losses : ndarray of that shape
        How fast the misclassified ones (m_i < 0) raise it: (1/n) Σ |m_i| σ(−c·m_i), at least 0.
    """

    gains: FloatArray
    losses: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "gains", "losses")


def ray_balance(dataset: Dataset, model: Model, scales: ArrayLike) -> RayBalance:
    """Split dL/dc along the ray c · (w, b) into what correct points gain and misclassified ones lose.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        (w, b), the point at c = 1. At the optimum gains and losses are equal there; on separable data the
        max-margin direction has no losses at all.
    scales : array
        c ≥ 0.

    Returns
    -------
    RayBalance

    Raises
    ------
    ValueError
        If the features differ, or a scale is negative or not finite.

    Examples
    --------
    >>> balance = ray_balance(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0]), Model([np.log(2.0)]), 1.0)
    >>> bool(np.isclose(balance.gains, balance.losses))
    True
    """
    c = checked_array("scales", scales, at_least=0.0)
    margins = _margins(dataset, model)
    up, down = np.empty(c.size), np.empty(c.size)
    for block in blocks(c.size, dataset.n_samples):
        with np.errstate(over="ignore", under="ignore"):
            pulls = margins * sigmoid(-c.ravel()[block, None] * margins) / dataset.n_samples
        down[block] = np.maximum(pulls, 0.0).sum(axis=1)
        up[block] = np.maximum(-pulls, 0.0).sum(axis=1)
    return RayBalance(down.reshape(c.shape)[()], up.reshape(c.shape)[()])


def point_pulls(dataset: Dataset, model: Model, *, fit_bias: bool = True) -> FloatArray:
    """Return what each point adds to −∇L: σ(−m_i)·a_i / n. At the optimum these arrows close.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        Where in weight space.
    fit_bias : bool
        Whether the last column, for b, is given.

    Returns
    -------
    ndarray of shape (n_samples, n_features + fit_bias)

    Examples
    --------
    >>> point_pulls(Dataset([[1.0], [-1.0]], [1, 0]), Model([0.0]), fit_bias=False).tolist()
    [[0.25], [0.25]]
    """
    margins = _margins(dataset, model)
    return np.asarray(sigmoid(-margins)[:, None] * dataset.signed_samples(fit_bias=fit_bias) / dataset.n_samples)


@dataclass(frozen=True, eq=False)
class LossGrid(ReadOnly):
    """Hold the loss over a window of weight space.

    Parameters
    ----------
    w1 : ndarray of shape (n_columns,)
        First weight, evenly spaced.
    w2 : ndarray of shape (n_rows,)
        Second weight, evenly spaced.
    loss : ndarray of shape (n_rows, n_columns)
        Row i belongs to w2[i], column j to w1[j], as Plotly's contours want it.
    """

    w1: FloatArray
    w2: FloatArray
    loss: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "w1", "w2", "loss")


def loss_grid(
    dataset: Dataset,
    window: tuple[float, float, float, float],
    shape: tuple[int, int] = (100, 100),
    bias: float = 0.0,
) -> LossGrid:
    """Evaluate the mean cross-entropy over a window of (w₁, w₂), at one bias.

    Parameters
    ----------
    dataset : Dataset
        With two features.
    window : (w1 low, w1 high, w2 low, w2 high)
        Finite, low below high.
    shape : (n_rows, n_columns)
        Values of w₂ and of w₁, at least 2 each.
    bias : float
        b, the same all over the window.

    Returns
    -------
    LossGrid

    Raises
    ------
    ValueError
        If there are not two features, or window, shape or bias are not as said.

    Examples
    --------
    >>> loss_grid(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 0]), (-1e4, 1e4, -1, 1), (3, 3)).loss[1].round(4).tolist()
    [5000.3466, 0.6931, 0.3466]
    """
    check_features(2, dataset=dataset)
    limits, sizes, b = checked_array("window", window), checked_array("shape", shape), checked_number("bias", bias)
    if limits.shape != (4,) or not (limits[0] < limits[1] and limits[2] < limits[3]):
        raise ValueError(
            f"window: expected (w1 low, w1 high, w2 low, w2 high), each low below high, got {shown(window)}."
        )
    if sizes.shape != (2,) or not (sizes >= 2).all() or (sizes % 1).any():
        raise ValueError(f"shape: expected two whole numbers of at least 2, got {shown(shape)}.")
    n_rows, n_columns = map(int, sizes)
    rows = dataset.signed_samples()
    with np.errstate(over="ignore", invalid="ignore"):
        w1, w2 = np.linspace(limits[0], limits[1], n_columns), np.linspace(limits[2], limits[3], n_rows)
        first = np.multiply.outer(w1, rows[:, 0])
        rest = np.multiply.outer(w2, rows[:, 1]) + b * rows[:, 2]
    values = np.empty((n_rows, n_columns))
    for i in range(n_rows):
        for block in blocks(n_columns, dataset.n_samples):
            values[i, block] = _mean_cross_entropy_of(first[block] + rest[i])
    if not np.isfinite(values).all():
        raise BeyondFloat64(f"window: the loss on {shown(window)} is beyond float64. Ask for a smaller one.")
    return LossGrid(w1, w2, values)


def _log_mean_cross_entropy(margins: FloatArray) -> FloatArray:
    """Return log mean log(1 + e^−m) over the last axis, right for margins of any size."""
    entropies = -log_sigmoid(margins)
    # From m = 37 on log(1 + e^−m) is e^−m to float64, whose logarithm is −m whatever its size.
    with np.errstate(divide="ignore"):
        logs = np.where(margins > 37.0, -margins, np.log(entropies))
    top = logs.max(axis=-1, keepdims=True)
    with np.errstate(under="ignore"):
        return np.asarray(top[..., 0] + np.log(np.exp(logs - top).mean(axis=-1)))


def _mean_cross_entropy_of(margins: FloatArray) -> FloatArray:
    """Return mean max(−m, 0) + log1p(e^−|m|) over the last axis, in place: half the time of a fresh array each."""
    terms = np.abs(margins)
    with np.errstate(under="ignore"):
        np.log1p(np.exp(np.negative(terms, out=terms), out=terms), out=terms)
    terms -= np.minimum(margins, 0.0, out=margins)
    return mean_of(terms)


def _rows(dataset: Dataset, model: Model) -> FloatArray:
    check_fit(model, dataset)
    return dataset.signed_samples()


def _margins(dataset: Dataset, model: Model) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        margins = _rows(dataset, model) @ model.parameters
    if not np.isfinite(margins).all():
        raise BeyondFloat64("model: expected margins that float64 can hold, got larger ones. Scale it down.")
    return margins
