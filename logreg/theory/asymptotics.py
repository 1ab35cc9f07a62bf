"""Where a run goes in the end, and how fast: the constants of the published laws, for a given data set.

Everything here is about the parameters that move: ‖(w, b)‖ with a bias, ‖w‖ without. Time is t = η · step.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.certificates.margin import MarginOutOfReach, MaxMargin, NotSeparable, max_margin
from logreg.certificates.optimum import optimum
from logreg.certificates.separability import Kind, check_separability
from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import check_type, checked_array
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.objective import Objective, loss

# Margins that exceed the smallest by less than this share never tell apart within any time that a flow reaches.
_TIE = 1e-9
_ROUNDING = 1e-10
_NEWTON_STEPS = 200
# A dual weight below this is on its way to 0; what it adds to the entropy is below 1e-9.
_FORCED_ZERO = 1e-11


@dataclass(frozen=True, eq=False)
class Asymptotics(ReadOnly):
    """Hold where a run on these data goes, and how fast.

    Write r(t) = [log(γ²t/n) + entropy]/γ. Then, for large t = η · step,

    - separable: (w, b) ≈ r · direction, the loss ≈ 1/(γ²t);
    - quasi-separable: (w, b) ≈ r · direction + resting, the loss ≈ inf_loss + 1/(γ²t);
    - overlapping: (w, b) → resting, the optimum, and the loss → inf_loss, its minimum.

    Parameters
    ----------
    kind : {"separable", "quasi-separable", "overlapping"}
        The verdict.
    n_samples : int
        n.
    margin : float or None
        γ, the margin (of the points (x, 1) with a bias); quasi-separable: γ_c, the margin of Z with the span S of the
        rest projected out. None when overlapping.
    entropy : float or None
        H(p) = −Σ p log p, quasi-separable: H(p) − Σ p_i a_i·v̄; p as below. None when overlapping.
    shares : ndarray of shape (n_samples,)
        p, in the end the share of each sample in the pull that still moves the weights: the dual weights of the
        margin, of sum 1, and of these the ones with the largest `entropy`, which are unique. Zero when overlapping.
    direction : ndarray of shape (n_features + 1,) or None
        The unit vector that (w, b)/‖(w, b)‖ turns to, b last and 0 without a bias. None when overlapping.
    resting : ndarray of shape (n_features + 1,)
        The part that stays finite: v̄, the minimiser over the rest, in its span S; the optimum; zero if separable.
    inf_loss : float
        The infimum of the loss: 0, the positive share of the rest at v̄, or the minimum.

    References
    ----------
    Soudry, Hoffer, Nacson, Gunasekar, Srebro: The implicit bias of gradient descent on separable data, 2018.
    Ji, Telgarsky: The implicit bias of gradient descent on nonseparable data, 2019. The constant `entropy` is derived:
    put w = r·u + v into the flow; dr/dt = (γ/n) e^(−γ·r) min over v ⟂ u of Σ exp(−a_i·(v + v̄)), and the dual of
    that minimum is the entropy.

    Examples
    --------
    >>> asymptotics(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False).margin
    1.0
    """

    kind: Kind
    n_samples: int
    margin: float | None
    entropy: float | None
    shares: FloatArray
    direction: FloatArray | None
    resting: FloatArray
    inf_loss: float

    def __post_init__(self) -> None:
        freeze(self, "shares", "direction", "resting")

    @property
    def norm_per_decade(self) -> float:
        """What ‖(w, b)‖ gains in a factor of ten of t: log(10)/γ = 2.303/γ; 0 when overlapping."""
        return log(10.0) / self.margin if self.margin else 0.0

    def norm_at(self, time: ArrayLike) -> FloatArray:
        """Return the predicted ‖(w, b)‖ at t = η · step.

        Parameters
        ----------
        time : float or array
            At least 0.

        Returns
        -------
        ndarray of the shape of time
            r(t), for quasi-separable data √(r² + ‖v̄‖²): v̄ is perpendicular to the direction. NaN where the law gives
            a negative length, early on. When overlapping, the norm of the optimum at every time.
        """
        t = checked_array("time", time, at_least=0.0)
        rest = hypot(*self.resting.tolist())
        if self.margin is None or self.entropy is None:
            return np.full(t.shape, rest)[()]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            length = (np.log(t) + 2 * log(self.margin) - log(self.n_samples) + self.entropy) / self.margin
        return np.asarray(np.hypot(np.where(length >= 0, length, np.nan), rest))[()]

    def loss_at(self, time: ArrayLike) -> FloatArray:
        """Return the predicted loss at t = η · step: inf_loss + 1/(γ²t), without the last term when overlapping.

        Parameters
        ----------
        time : float or array
            At least 0; inf at 0.

        Returns
        -------
        ndarray of the shape of time
        """
        t = checked_array("time", time, at_least=0.0)
        if self.margin is None:
            return np.full(t.shape, self.inf_loss)[()]
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(self.inf_loss + 1.0 / (self.margin * t) / self.margin)[()]


def asymptotics(dataset: Dataset, *, fit_bias: bool = True) -> Asymptotics:
    """Find the direction, margin and constant with which the weights grow, or the optimum where they stop.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    fit_bias : bool
        Whether the run has a bias.

    Returns
    -------
    Asymptotics
        The laws, as numbers.

    Raises
    ------
    ValueError
        Where verdict, margin or optimum are out of float64's reach; the message says which.

    Notes
    -----
    Where a support vector has no part in any dual solution, its share is 0 and the law is approached more slowly.

    Examples
    --------
    >>> round(asymptotics(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])).margin, 6)  # AND: 1/√17
    0.242536
    """
    check_type(Dataset, dataset=dataset)
    verdict = check_separability(dataset, fit_bias=fit_bias)
    moving = np.array(verdict.separated, dtype=np.int64)
    rest = np.setdiff1d(np.arange(dataset.n_samples), moving)
    rows = dataset.signed_samples(fit_bias=fit_bias)
    size = int(np.frexp(np.abs(rows).max())[1])
    rows = np.ldexp(rows, -size)  # so that no square over- or underflows
    resting, inf_loss = _resting(dataset, rest, rows, fit_bias)
    shares = np.zeros(dataset.n_samples)
    still = np.append(resting, np.zeros(0 if fit_bias else 1))
    if not moving.size:
        return Asymptotics(verdict.kind, dataset.n_samples, None, None, shares, None, still, inf_loss)
    # Coordinates off the span of the rest, in which the rows of Z are separable; all of them if there is no rest.
    off = complement(rows[rest]) if rest.size else np.eye(rows.shape[1])
    projected = rows[moving] @ off.T
    limit = _limit_of(projected)
    shares[moving], entropy = _most_even_dual(projected, limit, rows[moving] @ np.ldexp(resting, size))
    unit = limit.weights @ off / np.abs(limit.weights).max()
    direction = np.append(unit / np.linalg.norm(unit), np.zeros(0 if fit_bias else 1))
    growth = float(np.ldexp(limit.margin, size)), entropy, shares, direction
    return Asymptotics(verdict.kind, dataset.n_samples, *growth, still, inf_loss)


def _limit_of(projected: FloatArray) -> MaxMargin:
    """Return the widest margin of rows that are known to be separable, though not always as float64 has them."""
    try:
        return max_margin(Dataset(projected, np.ones(len(projected))), "none")
    except NotSeparable:
        raise MarginOutOfReach(
            "A direction separates these points, but float64 cannot tell their margin from 0."
        ) from None


def row_space(rows: FloatArray) -> FloatArray:
    """Return an orthonormal basis of the span of the rows.

    Parameters
    ----------
    rows : ndarray of shape (n_rows, size)
        Any.

    Returns
    -------
    ndarray of shape (rank, size)

    Examples
    --------
    >>> row_space(np.array([[2.0, 0.0], [4.0, 0.0]])).shape
    (1, 2)
    """
    return _space_and_complement(rows)[0]


def complement(rows: FloatArray) -> FloatArray:
    """Return an orthonormal basis of what is perpendicular to all rows, as for `row_space`."""
    return _space_and_complement(rows)[1]


def _space_and_complement(rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    # R has the rows' space and singular values, and as few rows as columns.
    _, values, basis = np.linalg.svd(np.linalg.qr(rows, mode="r"), full_matrices=True)
    rank = int((values > 2.0**-52 * max(rows.shape) * values[0]).sum())
    return basis[:rank], basis[rank:]


def _resting(dataset: Dataset, rest: NDArray[np.int64], rows: FloatArray, fit_bias: bool) -> tuple[FloatArray, float]:
    """Return the minimiser over the rest, within its span, and what the rest adds to the loss there."""
    if not rest.size:
        return np.zeros(rows.shape[1]), 0.0
    still = Dataset(dataset.X[rest], dataset.y[rest])
    model = optimum(still, Objective(fit_bias=fit_bias))
    parameters = model.parameters if fit_bias else model.weights
    basis = row_space(rows[rest])
    return (parameters @ basis.T) @ basis, loss(model, still) * len(rest) / dataset.n_samples


def _most_even_dual(rows: FloatArray, limit: MaxMargin, handicaps: FloatArray) -> tuple[FloatArray, float]:
    """Maximise H(p) − Σ p_i h_i over the dual weights p ≥ 0, Σp = 1, Σ p_i a_i = γ²ŵ on the support.

    Its dual, min over v of log Σ exp(−h_i − b_i·v) with b_i = a_i − γ²ŵ, is smooth and convex: Newton's method.
    """
    margins = rows @ limit.weights
    # What products of large rows and large weights may round to counts as a tie, too.
    rounding = 8 * 2.0**-52 * (np.abs(rows) @ np.abs(limit.weights))
    on_margin = margins <= 1 + np.maximum(_TIE, rounding)
    on_margin[limit.support] = True
    tied = rows[on_margin]
    spread = tied - limit.margin * (limit.margin * limit.weights)
    # Coordinates in which the support vectors really differ: Newton's method must not follow rounding.
    _, values, basis = np.linalg.svd(spread, full_matrices=False)
    rounding_of_rows = _ROUNDING * np.linalg.norm(tied)
    places = spread @ basis[values > rounding_of_rows].T
    places[np.abs(places) <= rounding_of_rows] = 0.0
    p, value = _newton_entropy(places / (values[0] or 1.0), handicaps[on_margin])
    shares = np.zeros(len(rows))
    shares[on_margin] = p
    return shares, value


def _newton_entropy(rows: FloatArray, handicaps: FloatArray) -> tuple[FloatArray, float]:
    """Minimise f(v) = log Σ exp(−h_i − b_i·v); return p = softmax and f.

    Where some p_i must be 0, v runs off and p_i falls by a factor e a step, until it no longer counts.
    """
    v = np.zeros(rows.shape[1])
    value, p = _log_sum(rows, handicaps, v)
    for _ in range(_NEWTON_STEPS):
        # The Newton step of Σ exp(…), whose minimiser is the same, as a least-squares problem: no Hessian is formed.
        step = np.linalg.lstsq(np.sqrt(p)[:, None] * rows, np.sqrt(p), rcond=1e-13)[0]
        slope = -float(p @ rows @ step)
        scale = 1.0
        while (following := _log_sum(rows, handicaps, v + scale * step))[0] > value + 0.1 * scale * slope:
            scale /= 2
            if scale < 1e-10:
                return p, value
        v = v + scale * step
        value, p = following
        if -slope < _FORCED_ZERO**2:
            break
    return np.where(p < _FORCED_ZERO, 0.0, p), value


def _log_sum(rows: FloatArray, handicaps: FloatArray, v: FloatArray) -> tuple[float, FloatArray]:
    exponents = -handicaps - rows @ v
    top = float(exponents.max())
    with np.errstate(under="ignore"):
        terms = np.exp(exponents - top)
    return top + log(float(terms.sum())), terms / terms.sum()
