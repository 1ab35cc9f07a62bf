"""The minimisers v_λ for many λ > 0, each found by Newton's method from where the last one was.

The objective, its gradient and its Hessian are those of `logreg.training.objective`. D is the diagonal of ones, with a
0 for a bias that is not penalised, and ρ = √(vᵀDv) the length that the penalty holds: ‖w‖ or ‖(w, b)‖. Along the path
dv/dlog λ = −λ(∇²L)⁻¹Dv; ρ never rises with λ.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.separability import check_separability
from logreg.data.arrays import blocks
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.asymptotics import complement, row_space
from logreg.training.objective import Objective, mean_cross_entropy

_NEWTON_STEPS = 100
_SETTLED = 1e-6  # a Newton step that changes the margins by this share: what is left is its square
_SETTLED_L2 = 1e-4  # the same of log λ, which rounding may leave this uncertain where the length hardly changes
_STRIDE = 0.5  # of log λ, from one point to the next: near enough for Newton's method
_SMALLEST = log(1e-300)  # no λ below this is tried
_FLAT = 1e-10  # |dlog ρ/dlog λ| this small: the length no longer tells one λ from another
_ROUNDING = 4 * 2.0**-52


class Point(NamedTuple):
    """One point of the path in the coordinates of `Minimisers`: log λ, v_λ and dv/dlog λ."""

    log_l2: float
    v: FloatArray
    tangent: FloatArray


class Minimisers:
    """Hold a data set in coordinates in which Newton's method loses no digits, and find its minimisers.

    Points are divided by a power of two, and centred if the bias is not penalised. Features that do not span their
    space are replaced by coordinates within their span. All of it leaves L and ρ, up to that power, what they are.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; with both classes if the bias is not penalised, since else it grows for ever.
    objective : Objective
        Its `fit_bias` and `penalise_bias`; every λ is asked for in turn.
    rest : ndarray of int
        The samples whose pulls cancel as λ → 0 (quasi-separable data, with no bias or a penalised one): they get
        exact zeros off their span, where the pulls of the others, small as λ, would drown in their rounding.
    """

    def __init__(self, dataset: Dataset, objective: Objective, rest: NDArray[np.int64] | None = None) -> None:
        self.dataset, self.fit_bias = dataset, objective.fit_bias
        self.frees_bias = objective.fit_bias and not objective.penalise_bias
        unit = float(self.fit_bias and not self.frees_bias)  # the constant feature, where it is held
        self.exponent = int(np.frexp(max(unit, np.abs(dataset.X).max()))[1])
        X = np.ldexp(dataset.X, -self.exponent)
        # A constant column must become exactly 0.
        self.centre = np.where(X.min(axis=0) == X.max(axis=0), X[0], X.mean(axis=0)) * self.frees_bias
        signed = dataset.signs[:, None] * (X - self.centre)
        if unit:
            signed = np.column_stack([signed, np.ldexp(dataset.signs, -self.exponent)])
        self.turn, n_first = _coordinates(signed, rest)
        self.rows = signed @ self.turn.T
        self.rows[[] if rest is None else rest, n_first:] = 0.0
        self.held, self.far = np.ones(len(self.turn)), np.zeros(len(self.turn))
        if self.frees_bias:
            share = float(np.mean(dataset.y))
            self.rows = np.column_stack([self.rows, dataset.signs])
            self.held, self.far = np.append(self.held, 0.0), np.append(self.far, log(share / (1 - share)))

    @cached_property
    def stays_at_far(self) -> bool:
        """Whether w = 0 is the minimiser for every λ: there the pulls cancel, to rounding."""
        pulls = self.held * self.rows / (1.0 + np.exp(self.rows @ self.far))[:, None]
        return bool((np.abs(pulls.sum(axis=0)) <= _ROUNDING * np.abs(pulls).sum(axis=0)).all())

    @cached_property
    def log_curvature(self) -> float:
        """Log of a bound on the curvature of L over what the penalty holds: λ of that size and more leave it near 0."""
        rows = self.held * self.rows
        largest = float(np.linalg.eigvalsh(rows.T @ rows)[-1]) if rows.size else 0.0
        return log(largest / (4 * len(rows)) if largest > 0 else 1.0) + self._log_unit

    @cached_property
    def is_bounded(self) -> bool:
        """Whether ρ tends to a finite length as λ → 0."""
        return check_separability(self.dataset, fit_bias=self.fit_bias).kind == "overlapping"

    def at(self, log_l2: float, start: FloatArray) -> Point | None:
        """Return the minimiser for a λ, from a point near it; None if it is out of reach."""
        if self.stays_at_far:
            return Point(log_l2, self.far, 0.0 * self.far)
        v, logs = start[None, :], np.array([log_l2])
        for _ in range(_NEWTON_STEPS):
            step, tangent = self._newton(v, logs)
            v, settled = self._moved(v, step)
            if settled.all():
                return Point(log_l2, v[0], tangent[0])
            if not np.isfinite(v).all():
                return None
        return None

    def follow(self, log_l2: FloatArray) -> Iterator[Point]:
        """Yield the minimisers for falling λ, up to the first that is out of reach."""
        point = self.at(max(log_l2[0], self.log_curvature), self.far) if len(log_l2) else None
        for value in log_l2.tolist():
            while point is not None and point.log_l2 > value:
                lower = max(value, point.log_l2 - _STRIDE)
                point = self.at(lower, point.v + (lower - point.log_l2) * point.tangent)
            if point is None:
                return
            yield point

    def march(self, first: float, stride: float) -> Iterator[Point]:
        """Yield minimisers at even strides of log λ, from `first` on down."""
        return self.follow(np.arange(first, _SMALLEST, -stride))

    def of_length(self, lengths: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return log λ, of shape (n,), and v_λ, of shape (n, size), where these are lengths ρ of the path; else NaN."""
        logs, v = np.full(len(lengths), np.nan), np.full((len(lengths), len(self.far)), np.nan)
        marched = [] if self.stays_at_far else list(self._march_to(float(np.nanmax(lengths, initial=0.0))))
        if marched:
            reached = self.lengths(np.array([point.v for point in marched]))
            wanted = np.flatnonzero((lengths > 0) & (lengths <= reached[-1]))
            for block in blocks(len(wanted), len(self.rows)):
                with np.errstate(all="ignore"):
                    logs[wanted[block]], v[wanted[block]] = self._between(marched, reached, lengths[wanted[block]])
        return logs, v

    def lengths(self, v: FloatArray) -> FloatArray:
        """Return ρ of each row."""
        return np.asarray(np.ldexp(np.sqrt((self.held * v * v).sum(axis=-1)), -self.exponent))

    def slopes(self, v: FloatArray, tangents: FloatArray) -> FloatArray:
        """Return dlog ρ/dlog λ of each row, at most 0."""
        return np.asarray((self.held * v * tangents).sum(axis=-1) / (self.held * v * v).sum(axis=-1))

    def data_loss(self, v: FloatArray) -> FloatArray:
        """Return the mean cross-entropy at each row."""
        losses = [mean_cross_entropy(v[block] @ self.rows.T) for block in blocks(len(v), len(self.rows))]
        return np.concatenate(losses) if losses else np.zeros(0)

    def parameters(self, v: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return w, of shape (n, n_features), and b, of shape (n,), of each row, in the coordinates of the data."""
        turned = v[:, : len(self.turn)] @ self.turn
        weights = np.ldexp(turned[:, : self.dataset.n_features], -self.exponent)
        if self.frees_bias:
            return weights, v[:, -1] - turned @ self.centre
        return weights, np.ldexp(turned[:, -1], -self.exponent) if self.fit_bias else np.zeros(len(v))

    @property
    def _log_unit(self) -> float:
        """Log of what a λ of these coordinates is in those of the data."""
        return 2 * self.exponent * log(2.0)

    def _newton(self, v: FloatArray, log_l2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return Newton's step and dv/dlog λ at each row of v, with a λ each."""
        with np.errstate(all="ignore"):
            l2 = np.exp(log_l2 - self._log_unit)[:, None] * self.held
            margins = v @ self.rows.T
            small = np.exp(-np.abs(margins))
            pulls = np.where(margins > 0, small, 1.0) / (1.0 + small)
            bend = small / (1.0 + small) ** 2 / len(self.rows)
            hessian = (self.rows.T * bend[:, None, :]) @ self.rows + l2[:, :, None] * np.eye(len(self.far))
            sides = np.stack([l2 * v - pulls @ self.rows / len(self.rows), l2 * v], axis=2)
            # Where residuals are tiny so is the curvature: in units of its own it can still be solved with.
            unit = 1.0 / np.sqrt(np.diagonal(hessian, axis1=1, axis2=2))[:, :, None]
            try:
                solved = -unit * np.linalg.solve(hessian * unit * unit.transpose(0, 2, 1), unit * sides)
            except np.linalg.LinAlgError:
                solved = np.full_like(sides, np.nan)
        return solved[:, :, 0], solved[:, :, 1]

    def _moved(self, v: FloatArray, step: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Take each step, and say which were too short to matter.

        A step that changes some margin by δ is taken log(1 + δ)/δ of its length: then the loss falls from anywhere.
        Margins near 0 are linear, and one step finds them all.
        """
        with np.errstate(all="ignore"):
            change = np.abs(step @ self.rows.T).max(axis=1)
            reach = np.abs((self.held * v) @ self.rows.T).max(axis=1)
            share = np.divide(np.log1p(change), change, out=np.ones_like(change), where=change > 0)
            return v + share[:, None] * step, change <= np.maximum(_SETTLED * np.minimum(reach, 1.0), _ROUNDING)

    def _march_to(self, longest: float) -> Iterator[Point]:
        """Yield minimisers, at least two, up to one that is as long, or to where ρ stays what it is."""
        for index, point in enumerate(self.march(self.log_curvature, _STRIDE)):
            yield point
            is_flat = abs(float(self.slopes(point.v, point.tangent))) <= _FLAT
            if index and (self.lengths(point.v) >= longest or (is_flat and self.is_bounded)):
                return

    def _between(self, marched: list[Point], reached: FloatArray, lengths: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return log λ and v of these lengths: Newton's method for both, from between two points of a march."""
        known, wanted = np.log(reached), np.log(lengths)
        places = np.array([[*point.v, point.log_l2] for point in marched])
        turning = np.array([[*point.tangent, 1.0] for point in marched])
        slopes = self.slopes(places[:, :-1], turning[:, :-1])
        near = hermite(np.maximum(wanted, known[0]), known, places, turning / slopes[:, None])
        share = np.minimum(lengths / reached[0], 1.0)  # shorter than the first: w is as good as linear in 1/λ
        v, logs = self.far + share[:, None] * (near[:, :-1] - self.far), near[:, -1] - np.log(share)
        for _ in range(_NEWTON_STEPS):
            step, tangent = self._newton(v, logs)
            missing = wanted - np.log(self.lengths(v)) - self.slopes(v, step)
            further = np.clip(missing / self.slopes(v, tangent), -1.0, 1.0)
            v, settled = self._moved(v, step + further[:, None] * tangent)
            logs, settled = logs + further, settled & (np.abs(further) <= _SETTLED_L2)
            if settled.all():
                break
        return np.where(settled, logs, np.nan), np.where(settled[:, None], v, np.nan)


def hermite(x: FloatArray, knots: FloatArray, values: FloatArray, slopes: FloatArray) -> FloatArray:
    """Interpolate rows of values by the cubics that have these slopes at the knots."""
    index = np.clip(np.searchsorted(knots, x) - 1, 0, len(knots) - 2)
    width = (knots[index + 1] - knots[index])[:, None]
    u = (x - knots[index])[:, None] / width
    bends = u * (1 - u) ** 2 * slopes[index] - u**2 * (1 - u) * slopes[index + 1]
    level = (1 + 2 * u) * (1 - u) ** 2
    return np.asarray(level * values[index] + (1 - level) * values[index + 1] + width * bends)


def _coordinates(rows: FloatArray, rest: NDArray[np.int64] | None) -> tuple[FloatArray, int]:
    """Return an orthonormal basis of the rows' span, and how many of its vectors, the first, span the rest."""
    if rest is None:
        basis = row_space(rows)
        return (basis if len(basis) < rows.shape[1] else np.eye(rows.shape[1])), 0
    first, off = row_space(rows[rest]), complement(rows[rest])
    return np.vstack([first, row_space(rows @ off.T) @ off]), len(first)
