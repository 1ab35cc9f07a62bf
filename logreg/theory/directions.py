"""What each direction of weight space costs far out: the step that turns "every ray rises" into a finite minimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, product
from math import inf, log
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.exact import IntVector, dot, float_view, kernel, label_signed, sqrt_ratio
from logreg.certificates.separability import check_separability
from logreg.data.arrays import ReadOnly, blocks, freeze
from logreg.data.checks import check_type, checked_array
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.asymptotics import complement
from logreg.training.objective import mean_of

_ROUNDING = 16 * 2.0**-52
_CLOSE = 1e-12  # a cone that could be cheaper by less than this share is not cut any more
_MOST_CUTS = 4_000  # half a second


def direction_cost(dataset: Dataset, angle: ArrayLike, *, fit_bias: bool = True) -> FloatArray:
    """Return what a direction costs: mean (−a_i·u)₊, the slope at which the loss finally rises along it.

    Along r·u the loss is at least r · cost. Zero on a cone (separable), on a lower-dimensional part of it
    (quasi-separable), positive everywhere (overlapping).

    Parameters
    ----------
    dataset : Dataset
        With two features, or one and a bias.
    angle : array
        Of u = (cos, sin), in radians from the first axis.
    fit_bias : bool
        Whether the last coordinate of u is the bias. Directions must form a plane, so with a bias there is room
        for one feature only.

    Returns
    -------
    ndarray of the shape of angle

    Raises
    ------
    ValueError
        If n_features + fit_bias is not 2, or an angle is not finite.

    Notes
    -----
    Where the verdict is in question ask `check_separability`: on a boundary rounding may leave 1e-17 of an exact 0.

    Examples
    --------
    >>> direction_cost(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 1]), [0.0, np.pi], fit_bias=False).tolist()
    [0.0, 0.5]
    """
    check_type(Dataset, dataset=dataset)
    rows = dataset.signed_samples(fit_bias=fit_bias)
    if rows.shape[1] != 2:
        raise ValueError(f"dataset: expected directions in a plane (n_features + fit_bias = 2), got {rows.shape[1]}.")
    angles = checked_array("angle", angle)
    directions = np.column_stack([np.cos(angles.ravel()), np.sin(angles.ravel())])
    return _costs(rows, directions).reshape(angles.shape)[()]


@dataclass(frozen=True, eq=False)
class LeastCost(ReadOnly):
    """Hold the cheapest direction of those that change a margin.

    Parameters
    ----------
    cost : float
        c* = min over unit u of mean (−a_i·u)₊, u in the span of the rows; 0 unless overlapping. If not `is_exact` a
        lower bound of it, above 0.
    direction : ndarray of shape (n_features + fit_bias,)
        A unit u that costs c*; if not `is_exact`, the cheapest that was found.
    norm_bound : float
        ln 2 / cost, which ‖(w*, b*)‖ (of the shortest minimiser, if they are many) cannot exceed; inf where c* = 0.
    spans : bool
        Whether the rows span the whole space, exactly. If not (collinear points), the directions off their span change
        nothing and cost nothing.
    is_exact : bool
        False where the search was cut short (many points that lie round a circle, all of whose directions cost nearly
        the same).
    """

    cost: float
    direction: FloatArray
    norm_bound: float
    spans: bool
    is_exact: bool = True

    def __post_init__(self) -> None:
        freeze(self, "direction")


def least_cost(dataset: Dataset, *, fit_bias: bool = True) -> LeastCost:
    """Find c*, the least that a direction costs which changes some margin: positive exactly on overlapping data.

    Since L(r·u) ≥ c*·r and L(0) = ln 2, the minimiser has ‖(w*, b*)‖ ≤ ln 2 / c*.

    Parameters
    ----------
    dataset : Dataset
        Overlapping data whose rows span at most three dimensions: two features with a bias at the most.
    fit_bias : bool
        Whether directions have a coordinate for b.

    Returns
    -------
    LeastCost

    Raises
    ------
    ValueError
        If the rows of overlapping data span more than three dimensions.

    Notes
    -----
    The cost is linear where no a_i·u changes its sign, so along any arc of such a region it is a non-negative
    sinusoid, which is concave: no minimum lies inside a region or an edge, all lie at corners, where all but one of the
    dimensions are fixed by a_i·u = 0. Branch and bound finds the corner: the cost is convex, so over a cone it is at
    least what a subgradient gives at the cone's corners; cones that cannot hold the least go, the others are cut by an
    a_i. The corner found is then taken exactly, in integers.

    Examples
    --------
    >>> round(least_cost(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0]), fit_bias=False).cost, 6)
    0.333333
    """
    check_type(Dataset, dataset=dataset)
    verdict = check_separability(dataset, fit_bias=fit_bias)
    samples, k = label_signed(dataset, fit_bias=fit_bias)
    width = len(samples[0])
    free = kernel(samples, width)
    if verdict.weights is not None and verdict.bias is not None:
        gain = np.append(verdict.weights, verdict.bias)[:width]
        return LeastCost(0.0, gain / np.linalg.norm(gain), inf, not free)
    if len(free) == width:  # every point at the origin: nothing costs, and w* = 0
        return LeastCost(0.0, np.eye(width)[0], inf, spans=False)
    if width - len(free) > 3:
        raise ValueError(f"dataset: expected rows a_i that span at most 3 dimensions, got {width - len(free)}.")
    rows = dataset.signed_samples(fit_bias=fit_bias)
    size = int(np.frexp(np.abs(rows).max())[1])
    rows = np.ldexp(rows, -size)
    basis = complement(np.array([float_view(vector) for vector in free])) if free else np.eye(width)
    near, bound = _cheapest(rows @ basis.T)
    corner = _corner(samples, free, rows, near @ basis)
    total = sum(max(-dot(sample, corner), 0) for sample in samples)
    exact = sqrt_ratio(total**2, (len(samples) << k) ** 2 * dot(corner, corner))
    cost = exact if bound is None else float(np.ldexp(bound / len(rows), size))
    cost = max(cost, 5e-324)  # it is above 0, whatever float64 says
    unit = float_view(corner)
    return LeastCost(cost, unit / np.linalg.norm(unit), log(2.0) / cost, not free, bound is None)


class _Cone(NamedTuple):
    """The directions between `corners`, unit vectors in cyclic order.

    `crossing` are the rows that change sign there, `below` is the sum of those that stay negative. `costs` are those of
    the corners, `bound` is what every direction costs at least, both times n.
    """

    corners: FloatArray
    crossing: FloatArray
    below: FloatArray
    costs: FloatArray
    bound: float


def _cheapest(rows: FloatArray) -> tuple[FloatArray, float | None]:
    """Return a direction at the cheapest corner, and None; or, cut short, n times a lower bound of the cost."""
    fresh = [_cone(np.diag(axes), rows, 0.0 * rows[0]) for axes in product((1.0, -1.0), repeat=rows.shape[1])]
    least, direction, numbers = inf, rows[0], count()
    queue: list[tuple[float, int, _Cone]] = []
    for _ in range(_MOST_CUTS):
        for cone in fresh:
            best = int(np.argmin(cone.costs))
            if cone.costs[best] < least:
                least, direction = float(cone.costs[best]), cone.corners[best]
            if len(cone.crossing):
                heappush(queue, (cone.bound, next(numbers), cone))
        if not queue or queue[0][0] >= least * (1 - _CLOSE):
            return direction, None
        fresh = [*_halves(heappop(queue)[2])]
    return direction, queue[0][0]


def _cone(corners: FloatArray, rows: FloatArray, below: FloatArray) -> _Cone:
    """Measure a cone, of rows that may change sign on it and the sum of those that stay negative."""
    heights = corners @ rows.T
    heights[np.abs(heights) <= _ROUNDING * np.abs(rows).max(axis=1, initial=0.0)] = 0.0
    rises, falls = (heights >= 0).all(axis=0), (heights <= 0).all(axis=0)
    below = below + rows[falls].sum(axis=0)
    crossing, heights = rows[~rises & ~falls], heights[:, ~rises & ~falls]
    costs = np.maximum(-heights, 0.0).sum(axis=1) - corners @ below
    # The cost is convex, so at least what its slope at one place gives, which over a cone is least at a corner.
    slope = below + crossing[crossing @ corners.sum(axis=0) < 0].sum(axis=0)
    return _Cone(corners, crossing, below, costs, -float((corners @ slope).max()))


def _halves(cone: _Cone) -> tuple[_Cone, _Cone]:
    """Cut a cone in two by the row whose plane passes nearest to its middle."""
    heights = cone.crossing @ cone.corners.sum(axis=0) / np.abs(cone.crossing).max(axis=1)
    middle = int(np.argmin(np.abs(heights)))
    row, others = cone.crossing[middle], np.delete(cone.crossing, middle, axis=0)
    heights = cone.corners @ row
    ahead = np.roll(heights, -1)
    cut = np.flatnonzero(heights * ahead < 0)
    points = np.abs(ahead[cut, None]) * cone.corners[cut]
    points += np.abs(heights[cut, None]) * np.roll(cone.corners, -1, axis=0)[cut]
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    order = np.argsort(np.concatenate([np.arange(len(heights)), cut + 0.5]))
    corners = np.vstack([cone.corners, points])[order]
    heights = np.concatenate([heights, 0.0 * cut])[order]
    return _cone(corners[heights >= 0], others, cone.below), _cone(corners[heights <= 0], others, cone.below + row)


def _corner(
    samples: Sequence[IntVector], free: Sequence[Sequence[int]], rows: FloatArray, near: FloatArray
) -> list[int]:
    """Return the direction of the corner nearest to one, in integers."""
    lengths = np.abs(rows).max(axis=1)
    steepness = np.divide(np.abs(rows @ near), lengths, out=np.ones(len(rows)), where=lengths > 0)
    through = list(free)
    directions = kernel(through, len(near))
    for index in np.argsort(steepness):
        if len(directions) == 1:
            break
        fewer = kernel([*through, samples[index]], len(near))
        if len(fewer) < len(directions):
            through, directions = [*through, samples[index]], fewer
    sign = 1 if float_view(directions[0]) @ near > 0 else -1
    return [sign * value for value in directions[0]]


def _costs(rows: FloatArray, directions: FloatArray) -> FloatArray:
    costs = np.empty(len(directions))
    for block in blocks(len(directions), len(rows)):
        products = directions[block] @ rows.T
        costs[block] = mean_of(np.maximum(np.negative(products, out=products), 0.0, out=products))
    return costs
