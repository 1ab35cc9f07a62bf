"""The minimum in floats: Newton's method in coordinates in which the data are centred and white.

The answer is judged in the coordinates of the data, with margins computed to twice the precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import fsum, hypot
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.exact import blind_directions, nearest_float
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import sigmoid
from logreg.training.objective import Objective

Number = TypeVar("Number", float, Decimal)

# ‖∇L‖ at an optimum, as a share of mean ‖a_i‖σ(−m_i): how well the samples' pulls cancel.
TOLERANCE = 1e-10
# Directions in which centred and scaled samples spread less than this are rounding, not data: floats see none.
_RANK = 1e-13
# How well margins are known, as a share of their size, where floats are believed.
_RESOLVED = 1e-9
# A direction less curved than this, as a share of the most curved one, may be flat for all that floats know.
_CURVED = 1e-11
_NEWTON_STEPS = 400
# A step of which less than this goes down is rounding; floats that have met a few such steps get no further.
_LOST = 1e-15


def float_minimiser(dataset: Dataset, objective: Objective) -> FloatArray | None:
    """Find the minimiser of an objective that has one; of several, the shortest.

    Returns
    -------
    ndarray of shape (n_features + fit_bias,) or None
        v; None where floats cannot tell it from its neighbours.
    """
    try:
        with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
            return _found(dataset, objective)
    except FloatingPointError:
        return None


def rounded_minimiser(dataset: Dataset, objective: Objective, exact: Sequence[Fraction]) -> FloatArray | None:
    """Round a minimiser so that it stays one.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    objective : Objective
        What is minimised.
    exact : sequence of Fraction
        v.

    Returns
    -------
    ndarray of shape (n_features + fit_bias,) or None
        v with ‖∇L‖ ≤ 1e-10 · mean ‖a_i‖σ(−m_i); None where no float64 is found that has it.
    """
    samples, decay = dataset.signed_samples(fit_bias=objective.fit_bias), objective.penalty(dataset.n_features)
    v = np.array([nearest_float(value) for value in exact])
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        if objective.fit_bias and np.isfinite(v).all() and not _passes(samples, decay, v):
            v = _tuned(samples, exact)
        return v if _passes(samples, decay, v) else None


def _found(dataset: Dataset, objective: Objective) -> FloatArray | None:
    problem = _problem(dataset, objective)
    missed = len(problem.decay) - problem.back.shape[1]
    if missed and not objective.l2 and missed > len(blind_directions(dataset, fit_bias=objective.fit_bias)):
        return None
    v = _refined(problem, problem.back @ _newton(problem))
    if not _passes(problem.samples, problem.decay, v) and objective.fit_bias:
        pairs = zip(*_finite(np.array([v, problem.back @ _white_correction(problem, v)])), strict=True)
        v = _tuned(problem.samples, [Fraction(value) + Fraction(change) for value, change in pairs])
    return v if _passes(problem.samples, problem.decay, v) and _is_resolved(problem, v) else None


@dataclass(frozen=True, eq=False)
class _Problem:
    """Hold the problem twice: samples A and parameters v = (w, b), and v = back · c with white samples A · back.

    `decay` is the diagonal of the penalty in v; `penalty` its matrix in c.
    """

    samples: FloatArray
    white: FloatArray
    back: FloatArray
    decay: FloatArray
    penalty: FloatArray

    def curvature(self, margins: FloatArray) -> FloatArray:
        """Return the Hessian in c."""
        bend = sigmoid(margins) * sigmoid(-margins)
        return np.asarray(self.white.T @ (bend[:, None] * self.white) / len(margins) + self.penalty)


def _slope(samples: FloatArray, decay: FloatArray, v: FloatArray) -> tuple[FloatArray, float]:
    """Return ∇L and mean ‖a_i‖σ(−m_i), both over the largest entry of A, free of rounding in the margins."""
    size = float(np.abs(samples).max()) or 1.0
    scaled, pull = samples / size, sigmoid(-_margins(samples, v))
    mean = np.array([fsum(column) for column in (scaled * pull[:, None]).T]) / len(samples)
    return decay * (v / size) - mean, float(np.mean(np.linalg.norm(scaled, axis=1) * pull))


def _passes(samples: FloatArray, decay: FloatArray, v: FloatArray) -> bool:
    """Whether v is an optimum to `TOLERANCE`."""
    if not np.isfinite(np.hypot.reduce(v)):  # a length is wanted too
        return False
    slope, scale = _slope(samples, decay, v)
    # Where every pull underflows both sides are 0, which proves nothing.
    return bool(hypot(*slope) <= TOLERANCE * scale) and (scale > 0 or not samples.any())


def _problem(dataset: Dataset, objective: Objective) -> _Problem:
    """Centre (with a bias), scale by powers of two, whiten by an SVD, and leave out directions without spread."""
    X, d, fit_bias = dataset.X, dataset.n_features, objective.fit_bias
    low, high = X.min(axis=0), X.max(axis=0)
    # A constant column must become exactly 0; for any other x − c rounds relative to itself, whatever c.
    # A penalised bias is small, however far off the data lie: then centring would only cancel.
    free_bias = fit_bias and not (objective.penalise_bias and objective.l2 > 0)
    centre = np.where(low == high, low, np.mean(X / 4, axis=0) * 4) if free_bias else np.zeros(d)
    spread = X - centre
    exponents = np.frexp(np.abs(spread).max(axis=0))[1]
    # Rows of zeros do no harm, and with at least as many rows as columns the SVD also gives the null space.
    scaled = np.zeros((max(len(X), d + int(fit_bias)), d + int(fit_bias)))
    scaled[: len(X)] = dataset.signs[:, None] * np.column_stack(
        [np.ldexp(spread, -exponents), np.ones((len(X), int(fit_bias)))]
    )
    left, values, right = np.linalg.svd(_finite(scaled), full_matrices=False)
    rank = int(np.sum(values > _RANK * values[0]))
    weigh = np.ones(d + int(fit_bias))
    weigh[d:] = float(objective.l2 == 0 or objective.penalise_bias)
    root = np.sqrt(len(X))
    back = _to_data(right[:rank].T / values[:rank] * root, centre, exponents)
    back = _finite(_shortest(back, _to_data(right[rank:].T, centre, exponents), weigh))
    decay = objective.penalty(d)
    penalty = back.T @ (decay[:, None] * back)
    return _Problem(dataset.signed_samples(fit_bias=fit_bias), left[: len(X), :rank] * root, back, decay, penalty)


def _finite(array: FloatArray) -> FloatArray:
    if not np.isfinite(array).all():
        raise FloatingPointError("The data's range exceeds what float64 can centre and scale.")
    return array


def _to_data(columns: FloatArray, centre: FloatArray, exponents: NDArray[np.int32]) -> FloatArray:
    """Take parameters of centred, scaled data back: w_j = 2^-e_j w'_j, b = b' − w · centre."""
    d = len(centre)
    weights = np.ldexp(columns[:d], -exponents[:, None])
    return np.vstack([weights, columns[d:] - (centre @ weights)[None, :] if len(columns) > d else columns[d:]])


def _shortest(back: FloatArray, null: FloatArray, weigh: FloatArray) -> FloatArray:
    """Move along directions that change no margin to where ‖v‖ (or, if b is not penalised, ‖w‖) is smallest."""
    if null.shape[1] == 0 or back.shape[1] == 0:
        return back
    null = null / np.linalg.norm(_finite(null), axis=0)
    mask = weigh[:, None]
    return np.asarray(back - null @ np.linalg.lstsq(_finite(mask * null), mask * _finite(back))[0])


def _newton(problem: _Problem) -> FloatArray:
    """Descend by Newton steps from 0; each goes about as far as the loss falls along it."""
    c, settled, lost = np.zeros(problem.white.shape[1]), 0, 0
    for _ in range(_NEWTON_STEPS):
        margins = problem.white @ c
        pull = sigmoid(-margins)
        gradient = problem.penalty @ c - problem.white.T @ pull / len(margins)
        step = -_solve(problem.curvature(margins), gradient)
        # Once steps are this short each doubles the digits, until rounding takes over.
        settled += int(np.linalg.norm(step) <= 1e-6 * np.linalg.norm(c))
        if settled > 3 or not np.linalg.norm(gradient) > 1e-15 * np.mean(pull):
            break
        length = 1.0 if settled else _length(problem, c, step, margins)
        lost += int(length < _LOST)
        if lost > 3:
            break
        c = c + length * step
    return c


def _length(problem: _Problem, c: FloatArray, step: FloatArray, margins: FloatArray) -> float:
    change = problem.white @ step
    linear, square = float(step @ problem.penalty @ c), float(step @ problem.penalty @ step)
    return stretch(lambda t: linear + t * square - float(np.mean(change * sigmoid(-(margins + t * change)))), 1.0)


def stretch(slope: Callable[[Number], Number], step: Number) -> Number:
    """Find a multiple of a step at which the slope of a convex function is all but gone.

    Parameters
    ----------
    slope : callable
        The slope at t steps; negative at 0.
    step : float or Decimal
        One step, by which the kind of number is chosen too.

    Returns
    -------
    float or Decimal
        t > 0, with at most a 64th of the slope at 0.
    """
    enough = abs(slope(0 * step)) / 64
    low: Number = 0 * step
    high: Number | None = None
    t = step
    for _ in range(60):
        value = slope(t)
        if not abs(value) > enough:
            break
        low, high = (t, high) if value < 0 else (low, t)
        t = 2 * t if high is None else (low + high) / 2
    return t


def _is_resolved(problem: _Problem, v: FloatArray) -> bool:
    """Whether the point itself, and not only its slope, is known to `_RESOLVED`.

    Where the loss is all but flat, the slope passes far from the minimum. What counts is Newton's step from here,
    and the step that the rounding of the slope alone would cause, if the curvature is more than rounding itself.
    """
    margins = _margins(problem.samples, v)
    curvature = problem.curvature(margins)
    _, bends, _ = _bends(curvature)
    if bends.size and not bends[0] > _CURVED * bends[-1]:
        return False
    size = max(1.0, float(np.sqrt(np.mean(margins**2))))
    noise = 2.0**-53 * float(np.mean(sigmoid(-margins)) * np.linalg.norm(_solve(curvature, np.eye(len(curvature)))))
    return bool(noise + hypot(*_white_correction(problem, v)) <= _RESOLVED * size)


def _bends(matrix: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the scale that makes a symmetric diagonal 1, and then the eigenvalues, increasing, and vectors."""
    scale = np.sqrt(np.maximum(matrix.diagonal(), 1e-300))
    values, vectors = np.linalg.eigh(_finite(matrix / scale / scale[:, None]))
    return scale, values, vectors


def _solve(matrix: FloatArray, slope: FloatArray) -> FloatArray:
    """Solve with a symmetric matrix that may be singular to rounding: such directions count as barely curved."""
    if matrix.size == 0:
        return np.zeros_like(slope)
    scale, values, vectors = _bends(matrix)
    axes = vectors / scale[:, None]
    return np.asarray(axes @ ((axes.T @ slope).T / np.maximum(values, 1e-15 * values[-1])).T)


def _refined(problem: _Problem, v: FloatArray) -> FloatArray:
    """Repeat Newton's step from the rounded v itself, with margins to twice the precision."""
    best, best_ratio = v, np.inf
    for _ in range(4):
        slope, scale = _slope(problem.samples, problem.decay, v)
        ratio = hypot(*slope) / scale if scale > 0 else np.inf
        if not ratio < best_ratio:
            break
        best, best_ratio = v, ratio
        if ratio < TOLERANCE / 1000:
            break
        v = v + problem.back @ _white_correction(problem, v)
    return best


def _white_correction(problem: _Problem, v: FloatArray) -> FloatArray:
    """Return Newton's step from v, in c."""
    margins = _margins(problem.samples, v)
    gradient = problem.back.T @ (problem.decay * v) - problem.white.T @ sigmoid(-margins) / len(margins)
    return -_solve(problem.curvature(margins), gradient)


def _tuned(samples: FloatArray, exact: Sequence[Fraction]) -> FloatArray:
    """Round to weights next to the exact ones whose own best bias happens to be nearly a float.

    Far from the origin b is large, and its rounding alone spoils the margins. To change w_j by k units in the last
    place hardly turns the boundary, but moves the b that keeps Σ σ'(m_i) m_i by k·ulp(w_j)·centre_j, anywhere
    between two neighbouring floats. (centre: the mean of x with weights σ'(m_i), where the samples pull.)
    """
    v = np.array([nearest_float(value) for value in exact])
    bend = sigmoid(margins := _margins(samples, v)) * sigmoid(-margins)
    centre = (bend * samples[:, -1]) @ samples[:, :-1] / bend.sum()
    if not np.isfinite([*v, *centre]).all():
        return v
    j = int(np.argmax(np.abs(centre)))
    b = exact[-1] + _turned(exact, v, centre)
    unit, ulp = Fraction(np.spacing(abs(v[-1]))), np.spacing(abs(v[j]))
    k = np.arange(-200_000.0, 200_001.0)
    left = float(b / unit % 1) - k * float(Fraction(ulp) * Fraction(centre[j]) / unit % 1)
    v[j] += k[np.argmin(np.abs(left - np.round(left)))] * ulp
    v[-1] = float(exact[-1] + _turned(exact, v, centre))
    return v


def _turned(exact: Sequence[Fraction], v: FloatArray, centre: FloatArray) -> Fraction:
    """Return (w − w_v) · centre without rounding."""
    triples = zip(exact[:-1], v[:-1].tolist(), centre.tolist(), strict=True)
    return sum(((a - Fraction(b)) * Fraction(c) for a, b, c in triples), Fraction(0))


def _margins(samples: FloatArray, v: FloatArray) -> FloatArray:
    """Return samples · v, rounded about once: products and sums carry their own rounding errors along (Dekker)."""
    exponents = np.frexp(np.abs(samples).max(axis=0))[1]
    total, error = np.zeros(len(samples)), np.zeros(len(samples))
    for a, x in zip(np.ldexp(samples, -exponents).T, np.ldexp(v, exponents), strict=True):
        product = a * x
        (a1, a2), (x1, x2) = _halves(a), _halves(np.asarray(x))
        error += a2 * x2 - (((product - a1 * x1) - a2 * x1) - a1 * x2)
        added = total + product
        back = added - total
        error += (total - (added - back)) + (product - back)
        total = added
    return total + error


def _halves(value: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Split floats into two of at most 26 bits, whose products are exact."""
    shifted = 134217729.0 * value
    high = shifted - (shifted - value)
    return high, value - high
