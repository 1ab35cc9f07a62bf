"""The minimiser that a training run heads for, where there is one.

Newton's method on the mean loss, in coordinates in which the data are centred and white; the answer is then
judged in the coordinates of the data, with margins computed to twice the precision, and returned only if it passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import fsum, hypot

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.separability import Separability, check_separability
from logreg.data.checks import check_type
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Model, sigmoid
from logreg.training.objective import PLAIN, Objective

# ‖∇L‖ at an optimum, as a share of mean ‖a_i‖σ(−m_i): how well the samples' pulls cancel.
TOLERANCE = 1e-10
# Directions in which centred and scaled rows spread less than this are rounding, not data.
_RANK = 1e-13
_NEWTON_STEPS = 400


class NoFiniteOptimum(ValueError):  # noqa: N818 - named for what the reader is told
    """The loss has no minimum: its infimum is approached as the weights grow; `separability` holds the verdict."""

    def __init__(self, message: str, separability: Separability) -> None:
        super().__init__(message)
        self.separability = separability


class OptimumOutOfReach(ValueError):  # noqa: N818 - named for what the reader is told
    """A minimum exists, but float64 cannot hold it or get there."""


def optimum(dataset: Dataset, objective: Objective = PLAIN) -> Model:
    """Find the minimiser of an objective.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    objective : Objective
        What is minimised.

    Returns
    -------
    Model
        With ‖∇L‖ ≤ 1e-10 · mean ‖a_i‖σ(−m_i), margins m_i = a_i · (w, b) taken without rounding. Of several
        minimisers (collinear data) the one of smallest ‖(w, b)‖; directions in which the centred and scaled
        data spread by less than 1e-13 count as none.

    Raises
    ------
    NoFiniteOptimum
        If l2 = 0 and the data do not overlap, or l2 > 0 with a free unpenalised bias and a single class.
    OptimumOutOfReach
        If float64 cannot hold a point that passes (overlap of depth 1e-300, say).

    References
    ----------
    A. Albert and J. A. Anderson, On the existence of maximum likelihood estimates in logistic regression
    models, Biometrika 71 (1984).

    Examples
    --------
    >>> optimum(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0]), Objective(fit_bias=False)).weights.round(6).tolist()
    [0.693147]
    """
    _check_existence(dataset, objective)
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        problem = _problem(dataset, objective)
        v = _refined(problem, problem.back @ _newton(problem))
        if not problem.passes(v) and objective.fit_bias:
            v = _representable(problem, v)
        if not (problem.passes(v) and _is_resolved(problem, v)):
            raise OptimumOutOfReach(
                "A minimum exists, but float64 cannot reach it: near it the loss or the margins are below rounding."
            )
    return Model(v[: dataset.n_features], float(v[-1]) if objective.fit_bias else 0.0)


def _check_existence(dataset: Dataset, objective: Objective) -> None:
    check_type(Dataset, dataset=dataset)
    check_type(Objective, objective=objective)
    verdict_of = partial(check_separability, dataset, fit_bias=objective.fit_bias)
    if objective.l2 > 0:
        if objective.fit_bias and not objective.penalise_bias and len(set(dataset.y.tolist())) == 1:
            message = "There is no minimum: with a single class the unpenalised bias grows for ever."
            raise NoFiniteOptimum(message, verdict_of())
        return
    verdict = verdict_of()
    if verdict.kind != "overlapping":
        raise NoFiniteOptimum(
            f"There is no minimum: the data are {verdict.kind}, so the weights grow for ever.", verdict
        )


@dataclass(frozen=True, eq=False)
class _Problem:
    """Hold the problem twice: rows A and parameters v = (w, b), and v = back · c with white rows A · back.

    `decay` is the diagonal of the penalty in v; `penalty` its matrix in c.
    """

    rows: FloatArray
    white: FloatArray
    back: FloatArray
    decay: FloatArray
    penalty: FloatArray

    def curvature(self, margins: FloatArray) -> FloatArray:
        """Return the Hessian in c."""
        bend = sigmoid(margins) * sigmoid(-margins)
        return np.asarray(self.white.T @ (bend[:, None] * self.white) / len(margins) + self.penalty)

    def gradient(self, v: FloatArray) -> tuple[FloatArray, float]:
        """Return ∇L and mean ‖a_i‖σ(−m_i), both over the largest entry of A, free of rounding in the margins."""
        size = float(np.abs(self.rows).max()) or 1.0
        rows = self.rows / size
        pull = sigmoid(-_margins(self.rows, v))
        mean = np.array([fsum(column) for column in (rows * pull[:, None]).T]) / len(rows)
        return self.decay * (v / size) - mean, float(np.mean(np.linalg.norm(rows, axis=1) * pull))

    def passes(self, v: FloatArray) -> bool:
        """Whether v is an optimum to `TOLERANCE`."""
        if not np.isfinite(np.hypot.reduce(v)):
            return False
        gradient, scale = self.gradient(v)
        # Where every pull underflows both sides are 0, which proves nothing.
        return bool(hypot(*gradient) <= TOLERANCE * scale) and (scale > 0 or not self.rows.any())


def is_unique(dataset: Dataset, objective: Objective = PLAIN) -> bool:
    """Return whether no two minimisers exist: a penalty, or rows (x, 1) that span the space of (w, b).

    Parameters
    ----------
    dataset : Dataset
        The points; their labels do not matter.
    objective : Objective
        What is minimised.

    Returns
    -------
    bool

    Notes
    -----
    Without a penalty, directions that are orthogonal to every row change no margin. The rank is exact.

    Examples
    --------
    >>> is_unique(Dataset([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], [0, 1, 0]))
    False
    """
    if objective.l2 > 0:
        return True
    rows = [[Fraction(x) for x in row] for row in dataset.X.tolist()]
    if objective.fit_bias:
        rows = [[x - origin for x, origin in zip(row, rows[0], strict=True)] for row in rows]
    basis: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        for column, other in basis:
            row = [x - row[column] / other[column] * o for x, o in zip(row, other, strict=True)]
        leading = next((i for i, x in enumerate(row) if x), None)
        if leading is not None:
            basis.append((leading, row))
        if len(basis) == dataset.n_features:
            return True
    return False


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
        raise OptimumOutOfReach("A minimum exists, but the data's range exceeds what float64 can centre and scale.")
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
    c, settled = np.zeros(problem.white.shape[1]), 0
    for _ in range(_NEWTON_STEPS):
        margins = problem.white @ c
        pull = sigmoid(-margins)
        gradient = problem.penalty @ c - problem.white.T @ pull / len(margins)
        step = -_solve(problem.curvature(margins), gradient)
        # Once steps are this short each doubles the digits, until rounding takes over.
        settled += int(np.linalg.norm(step) <= 1e-6 * np.linalg.norm(c))
        if settled > 3 or not np.linalg.norm(gradient) > 1e-15 * np.mean(pull):
            break
        c = c + (1.0 if settled else _length(problem, c, step, margins)) * step
    return c


def _is_resolved(problem: _Problem, v: FloatArray) -> bool:
    """Whether the point itself, and not only its slope, is known to 1e-6.

    Where the loss is all but flat, the slope passes far from the minimum. What counts is Newton's step from here,
    and the step that the rounding of the slope alone would cause.
    """
    margins = _margins(problem.rows, v)
    size = max(1.0, float(np.sqrt(np.mean(margins**2))))
    inverse = _solve(problem.curvature(margins), np.eye(problem.white.shape[1]))
    noise = 2.0**-53 * float(np.mean(sigmoid(-margins)) * np.linalg.norm(inverse))
    return bool(noise + hypot(*_white_correction(problem, v)) <= 1e-6 * size)


def _solve(matrix: FloatArray, gradient: FloatArray) -> FloatArray:
    """Solve with a symmetric matrix that may be singular to rounding: such directions count as barely curved."""
    if matrix.size == 0:
        return np.zeros_like(gradient)
    scale = np.sqrt(np.maximum(matrix.diagonal(), 1e-300))
    values, vectors = np.linalg.eigh(_finite(matrix / scale / scale[:, None]))
    bends = np.maximum(values, 1e-15 * values[-1])
    return np.asarray((vectors / scale[:, None]) @ (((vectors / scale[:, None]).T @ gradient).T / bends).T)


def _length(problem: _Problem, c: FloatArray, step: FloatArray, margins: FloatArray) -> float:
    """Find t > 0 at which the slope of the convex loss along the step is at most a quarter of that at 0."""
    change = problem.white @ step
    linear, square = float(step @ problem.penalty @ c), float(step @ problem.penalty @ step)

    def slope(t: float) -> float:
        return linear + t * square - float(np.mean(change * sigmoid(-(margins + t * change))))

    enough = abs(slope(0.0)) / 4
    low, high, t = 0.0, np.inf, 1.0
    for _ in range(60):
        value = slope(t)
        if not abs(value) > enough:
            break
        low, high = (t, high) if value < 0 else (low, t)
        t = 2 * t if high == np.inf else (low + high) / 2
    return t


def _refined(problem: _Problem, v: FloatArray) -> FloatArray:
    """Repeat Newton's step from the rounded v itself, with margins to twice the precision."""
    best, best_ratio = v, np.inf
    for _ in range(4):
        gradient, scale = problem.gradient(v)
        ratio = hypot(*gradient) / scale if scale > 0 else np.inf
        if not ratio < best_ratio:
            break
        best, best_ratio = v, ratio
        if ratio < TOLERANCE / 1000:
            break
        v = v + _correction(problem, v)
    return best


def _correction(problem: _Problem, v: FloatArray) -> FloatArray:
    return np.asarray(problem.back @ _white_correction(problem, v))


def _white_correction(problem: _Problem, v: FloatArray) -> FloatArray:
    """Return Newton's step from v, in c."""
    margins = _margins(problem.rows, v)
    gradient = problem.back.T @ (problem.decay * v) - problem.white.T @ sigmoid(-margins) / len(margins)
    return -_solve(problem.curvature(margins), gradient)


def _representable(problem: _Problem, v: FloatArray) -> FloatArray:
    """Choose, next to v, weights whose exact bias happens to be nearly a float.

    Far from the origin b is large, and its rounding alone spoils the margins. To change w_j by k units in the last
    place hardly turns the boundary, but moves the b that keeps Σ σ'(m_i) m_i by k·ulp(w_j)·centre_j, anywhere
    between two neighbouring floats. (centre: the mean of x with weights σ'(m_i), where the samples pull.)
    """
    change = _correction(problem, v)
    bend = sigmoid(margins := _margins(problem.rows, v)) * sigmoid(-margins)
    signs = problem.rows[:, -1]
    centre = (bend * signs) @ problem.rows[:, :-1] / bend.sum()
    w = v[:-1] + change[:-1]
    if not (np.isfinite(w).all() and np.isfinite(centre).all()):
        return v
    exact = Fraction(v[-1]) + Fraction(change[-1]) + _turned(v[:-1], w, centre) + _turned(change[:-1], 0 * w, centre)
    j = int(np.argmax(np.abs(centre)))
    unit, ulp = Fraction(np.spacing(abs(v[-1]))), np.spacing(abs(w[j]))
    k = np.arange(-200_000.0, 200_001.0)
    left = float(exact / unit % 1) - k * float(Fraction(ulp) * Fraction(centre[j]) / unit % 1)
    tuned = w.copy()
    tuned[j] += k[np.argmin(np.abs(left - np.round(left)))] * ulp
    return np.array([*tuned, float(exact + _turned(w, tuned, centre))])


def _turned(w: FloatArray, other: FloatArray, centre: FloatArray) -> Fraction:
    """Return (w − other) · centre without rounding."""
    triples = zip(w.tolist(), other.tolist(), centre.tolist(), strict=True)
    return sum(((Fraction(a) - Fraction(b)) * Fraction(c) for a, b, c in triples), Fraction(0))


def _margins(rows: FloatArray, v: FloatArray) -> FloatArray:
    """Return rows · v, rounded about once: products and sums carry their own rounding errors along (Dekker)."""
    exponents = np.frexp(np.abs(rows).max(axis=0))[1]
    total, error = np.zeros(len(rows)), np.zeros(len(rows))
    for a, x in zip(np.ldexp(rows, -exponents).T, np.ldexp(v, exponents), strict=True):
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
