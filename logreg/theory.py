"""What published theory says of a run, to be held against what the run does.

Everything here is about the parameters that move: ‖(w, b)‖ with a bias, ‖w‖ without. Time is t = η · step.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, log, log10
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.dataset import Dataset, FloatArray
from logreg.margin import MaxMargin, max_margin
from logreg.model import Model, checked_number, loss
from logreg.optimum import optimum
from logreg.separability import Kind, check_separability

if TYPE_CHECKING:
    from logreg.flow import FlowResult
    from logreg.trajectory import Trajectory

# Margins that exceed the smallest by less than this share never tell apart within any time that a flow reaches.
_TIE = 1e-9
_ROUNDING = 1e-10
_NEWTON_STEPS = 200
# A dual weight below this is on its way to 0; what it adds to the entropy is below 1e-9.
_FORCED_ZERO = 1e-11


@dataclass(frozen=True, eq=False)
class Asymptotics:
    """Hold where a run on these data goes, and how fast.

    Write r(t) = [log(rate² t / n) + entropy] / rate. Then, for large t = η · step,

    - separable: (w, b) ≈ r · direction, the loss ≈ 1/(rate² t);
    - quasi-separable: (w, b) ≈ r · direction + resting, the loss ≈ inf_loss + 1/(rate² t);
    - overlapping: (w, b) → resting, the optimum, and the loss → inf_loss, its minimum.

    Parameters
    ----------
    kind : {"separable", "quasi-separable", "overlapping"}
        The verdict.
    n_samples : int
        n.
    rate : float or None
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
    put w = r·u + v into the flow; dr/dt = (rate/n) e^(−rate·r) min over v ⟂ u of Σ exp(−a_i·(v + v̄)), and the dual of
    that minimum is the entropy.

    Examples
    --------
    >>> asymptotics(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False).rate
    1.0
    """

    kind: Kind
    n_samples: int
    rate: float | None
    entropy: float | None
    shares: FloatArray
    direction: FloatArray | None
    resting: FloatArray
    inf_loss: float

    def __post_init__(self) -> None:
        for array in (self.shares, self.direction, self.resting):
            if array is not None:
                array.setflags(write=False)

    @property
    def norm_per_decade(self) -> float:
        """What ‖(w, b)‖ gains in a factor of ten of t: log(10)/rate = 2.303/γ; 0 when overlapping."""
        return log(10.0) / self.rate if self.rate else 0.0

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
        t = np.asarray(time, dtype=np.float64)
        rest = float(np.linalg.norm(self.resting))
        if self.rate is None or self.entropy is None:
            return np.full(t.shape, rest)[()]
        with np.errstate(divide="ignore", invalid="ignore"):
            length = (np.log(t) + 2 * log(self.rate) - log(self.n_samples) + self.entropy) / self.rate
        return np.asarray(np.hypot(np.where(length >= 0, length, np.nan), rest))[()]

    def loss_at(self, time: ArrayLike) -> FloatArray:
        """Return the predicted loss at t = η · step: inf_loss + 1/(rate² t), without the last term when overlapping.

        Parameters
        ----------
        time : float or array
            At least 0; inf at 0.

        Returns
        -------
        ndarray of the shape of time
        """
        t = np.asarray(time, dtype=np.float64)
        if self.rate is None:
            return np.full(t.shape, self.inf_loss)[()]
        with np.errstate(divide="ignore", over="ignore"):
            return np.asarray(self.inf_loss + 1.0 / (self.rate * t) / self.rate)[()]


def asymptotics(dataset: Dataset, fit_bias: bool = True) -> Asymptotics:
    """Find the direction, rate and constant with which the weights grow, or the optimum where they stop.

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
    >>> round(asymptotics(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])).rate, 6)  # AND: 1/√17
    0.242536
    """
    verdict = check_separability(dataset, fit_bias)
    moving = np.array(verdict.separated, dtype=np.int64)
    rest = np.setdiff1d(np.arange(dataset.n_samples), moving)
    rows = dataset.signed_rows(fit_bias)
    resting, inf_loss = _resting(dataset, rest, rows, fit_bias)
    shares = np.zeros(dataset.n_samples)
    still = np.append(resting, np.zeros(0 if fit_bias else 1))
    if not moving.size:
        return Asymptotics(verdict.kind, dataset.n_samples, None, None, shares, None, still, inf_loss)
    # Coordinates off the span of the rest, in which the rows of Z are separable; all of them if there is no rest.
    off = _complement(rows[rest]) if rest.size else np.eye(rows.shape[1])
    projected = rows[moving] @ off.T
    limit = max_margin(Dataset(projected, np.ones(len(projected))), "none")
    shares[moving], entropy = _most_even_dual(projected, limit, rows[moving] @ resting)
    unit = limit.weights @ off
    direction = np.append(unit / np.linalg.norm(unit), np.zeros(0 if fit_bias else 1))
    return Asymptotics(verdict.kind, dataset.n_samples, limit.margin, entropy, shares, direction, still, inf_loss)


def predicted_norm(dataset: Dataset, learning_rate: float, step: ArrayLike, fit_bias: bool = True) -> FloatArray:
    """Predict ‖(w, b)‖ (‖w‖ without a bias) after this many steps: [log(γ²ηt/n) + H(p)]/γ on separable data.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    learning_rate : float
        η > 0, on the mean loss.
    step : number or array
        At least 0.
    fit_bias : bool
        Whether the run has a bias.

    Returns
    -------
    ndarray of the shape of step
        See `Asymptotics.norm_at`; keep the `Asymptotics` to ask more than once.

    Raises
    ------
    ValueError
        If the learning rate is not above 0, a step is negative, or as for `asymptotics`.

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> round(float(predicted_norm(pair, 1.0, 1e6, fit_bias=False)), 4)  # log(1e6 / 2) + log 2
    13.8155
    """
    return asymptotics(dataset, fit_bias).norm_at(_times(learning_rate, step))


def predicted_loss(dataset: Dataset, learning_rate: float, step: ArrayLike, fit_bias: bool = True) -> FloatArray:
    """Predict the loss after this many steps: 1/(γ²ηt) above its infimum.

    Parameters
    ----------
    dataset, learning_rate, step, fit_bias
        As for `predicted_norm`.

    Returns
    -------
    ndarray of the shape of step
        See `Asymptotics.loss_at`.

    Raises
    ------
    ValueError
        As for `predicted_norm`.

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> float(predicted_loss(pair, 0.5, 1000, fit_bias=False))
    0.002
    """
    return asymptotics(dataset, fit_bias).loss_at(_times(learning_rate, step))


def first_reliable_step(trajectory: Trajectory, least: float = 3.0) -> int | None:
    """Return the first recorded step at which every margin is at least 3: from there on the law may be drawn.

    Parameters
    ----------
    trajectory : Trajectory
        A run.
    least : float
        What every margin must reach. On quasi-separable data only the samples of Z count; the rest stay small.

    Returns
    -------
    int or None
        None where the run does not get there, and on overlapping data, which have no law of growth.

    Examples
    --------
    >>> from logreg.trainer import TrainingConfig, train
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> first_reliable_step(train(pair, TrainingConfig(learning_rate=1.0, n_steps=50)))
    18
    """
    fit_bias = trajectory.config.fit_bias
    index = first_reliable_record(trajectory.dataset, fit_bias, trajectory.weights, trajectory.bias, least)
    return None if index is None else int(trajectory.steps[index])


def first_reliable_record(
    dataset: Dataset, fit_bias: bool, weights: FloatArray, bias: FloatArray, least: float = 3.0
) -> int | None:
    """Return the index of the first of many models at which every margin (quasi-separable: of Z) reaches `least`.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    fit_bias : bool
        Which verdict counts.
    weights : ndarray of shape (n_records, n_features)
        Of a `Trajectory` or a `FlowResult`.
    bias : ndarray of shape (n_records,)
        Likewise.
    least : float
        In log-odds.

    Returns
    -------
    int or None

    Examples
    --------
    >>> pair = Dataset([[-1.0], [1.0]], [0, 1])
    >>> first_reliable_record(pair, False, np.array([[0.0], [2.9], [3.0]]), np.zeros(3))
    2
    """
    moving = list(check_separability(dataset, fit_bias).separated)
    if not moving:
        return None
    rows = dataset.signed_rows(True)[moving]
    # A product over all records at once could be large; the first that passes is mostly early.
    for start in range(0, len(weights), 256):
        block = slice(start, start + 256)
        lowest = (np.column_stack([weights[block], bias[block]]) @ rows.T).min(axis=1)
        if (lowest >= least).any():
            return start + int(np.argmax(lowest >= least))
    return None


def slope_per_decade(run: Trajectory | FlowResult, at: float) -> float | None:
    """Measure what ‖(w, b)‖ gained in the last decade, to be held against 2.303/γ.

    Parameters
    ----------
    run : Trajectory or FlowResult
        A run, or a flow.
    at : number
        The step of the run, or the time of the flow, at which the decade ends.

    Returns
    -------
    float or None
        Norm at `at` minus norm at `at`/10 (between records: linear in the logarithm). None where that is before the
        first record after step 0.

    Raises
    ------
    ValueError
        If `at` is beyond the last record, or negative.

    Examples
    --------
    >>> from logreg.flow import gradient_flow
    >>> round(slope_per_decade(gradient_flow(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False), 1e12), 4)
    2.3026
    """
    axis = np.asarray(run.steps if hasattr(run, "steps") else run.times, dtype=np.float64)
    end = checked_number("at", at, at_least=0.0)
    if end > axis[-1]:
        raise ValueError(f"at: expected at most the last record, {axis[-1]:g}, got {at!r}.")
    later = axis > 0
    if end / 10 < axis[later][0]:
        return None
    ends = np.interp([log10(end / 10), log10(end)], np.log10(axis[later]), run.parameter_norm[later])
    return float(ends[1] - ends[0])


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
    _, values, basis = np.linalg.svd(rows, full_matrices=True)
    return np.asarray(basis[: _rank(values, rows)])


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


def _complement(rows: FloatArray) -> FloatArray:
    """Return an orthonormal basis of what is perpendicular to the rows."""
    _, values, basis = np.linalg.svd(rows, full_matrices=True)
    return np.asarray(basis[_rank(values, rows) :])


def _rank(values: FloatArray, rows: FloatArray) -> int:
    return int((values > 2.0**-52 * max(rows.shape) * values[0]).sum())


def _resting(dataset: Dataset, rest: NDArray[np.int64], rows: FloatArray, fit_bias: bool) -> tuple[FloatArray, float]:
    """Return the minimiser over the rest, within its span, and what the rest adds to the loss there."""
    if not rest.size:
        return np.zeros(rows.shape[1]), 0.0
    still = Dataset(dataset.X[rest], dataset.y[rest])
    model = optimum(still, fit_bias=fit_bias)
    parameters = np.append(model.weights, model.bias) if fit_bias else model.weights
    basis = row_space(rows[rest])
    return (parameters @ basis.T) @ basis, loss(model, still) * len(rest) / dataset.n_samples


def _most_even_dual(rows: FloatArray, limit: MaxMargin, handicaps: FloatArray) -> tuple[FloatArray, float]:
    """Maximise H(p) − Σ p_i h_i over the dual weights p ≥ 0, Σp = 1, Σ p_i a_i = γ²ŵ on the support.

    Its dual, min over v of log Σ exp(−h_i − b_i·v) with b_i = a_i − γ²ŵ, is smooth and convex: Newton's method.
    """
    margins = rows @ limit.weights
    # What products of large rows and large weights may round to counts as a tie, too.
    rounding = 8 * 2.0**-52 * np.linalg.norm(rows, axis=1) * np.linalg.norm(limit.weights)
    on_margin = margins <= 1 + np.maximum(_TIE, rounding)
    on_margin[limit.support] = True
    tied = rows[on_margin]
    spread = tied - limit.weights / float(limit.weights @ limit.weights)
    # Coordinates in which the support vectors really differ: Newton's method must not follow rounding.
    _, values, basis = np.linalg.svd(spread, full_matrices=False)
    real = values > _ROUNDING * np.linalg.norm(tied)
    p, value = _newton_entropy(spread @ basis[real].T / (values[0] or 1.0), handicaps[on_margin])
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


def _times(learning_rate: float, step: ArrayLike) -> FloatArray:
    rate = checked_number("learning_rate", learning_rate)
    if rate <= 0:
        raise ValueError(f"learning_rate: expected a number above 0, got {learning_rate!r}.")
    steps = np.asarray(step, dtype=np.float64)
    if not (steps >= 0).all():
        raise ValueError(f"step: expected numbers of at least 0, got {step!r}.")
    return np.asarray(rate * steps)
