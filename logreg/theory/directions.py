"""What each direction of weight space costs far out: the step that turns "every ray rises" into a finite minimum."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf, log

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.separability import check_separability
from logreg.data.checks import checked_array
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.asymptotics import row_space
from logreg.theory.landscape import blocks


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
    rows = dataset.signed_samples(fit_bias=fit_bias)
    if rows.shape[1] != 2:
        raise ValueError(f"dataset: expected directions in a plane (n_features + fit_bias = 2), got {rows.shape[1]}.")
    angles = checked_array("angle", angle)
    directions = np.column_stack([np.cos(angles.ravel()), np.sin(angles.ravel())])
    return _costs(rows, directions).reshape(angles.shape)[()]


@dataclass(frozen=True, eq=False)
class LeastCost:
    """Hold the cheapest direction.

    Parameters
    ----------
    cost : float
        c* = min over unit u of mean (−a_i·u)₊; 0 unless overlapping.
    direction : ndarray of shape (n_features + fit_bias,)
        A unit u that costs c*.
    norm_bound : float
        ln 2 / c*, which ‖(w*, b*)‖ cannot exceed; inf where c* = 0.
    """

    cost: float
    direction: FloatArray
    norm_bound: float


def least_cost(dataset: Dataset, *, fit_bias: bool = True) -> LeastCost:
    """Find c*, the least that any direction costs: positive exactly on overlapping data.

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
    sinusoid, which is concave: no minimum lies inside a region or an edge, all lie at corners. In the plane these
    are the directions perpendicular to a row, in space those perpendicular to two: all are tried. If the rows leave
    a dimension out (collinear points), u runs over their span only: elsewhere moving costs nothing and changes
    nothing, and the bound is on the shortest minimiser. In space the work grows like n³: 2 ms at n = 50, 35 ms at
    200, 2.7 s at 1,000.

    Examples
    --------
    >>> round(least_cost(Dataset([[1.0], [1.0], [1.0]], [1, 1, 0]), fit_bias=False).cost, 6)
    0.333333
    """
    verdict = check_separability(dataset, fit_bias=fit_bias)
    if verdict.weights is not None and verdict.bias is not None:
        free = np.append(verdict.weights, verdict.bias) if fit_bias else verdict.weights
        return LeastCost(0.0, free / np.linalg.norm(free), inf)
    rows = dataset.signed_samples(fit_bias=fit_bias)
    basis = row_space(rows)
    if len(basis) == 0:  # every point at the origin: nothing costs, and w* = 0
        return LeastCost(0.0, np.eye(rows.shape[1])[0], inf)
    if len(basis) > 3:
        raise ValueError(f"dataset: expected rows a_i that span at most 3 dimensions, got {len(basis)}.")
    corners = _corners(rows @ basis.T) @ basis
    costs = _costs(rows, corners)
    best = int(np.argmin(costs))
    return LeastCost(float(costs[best]), corners[best], log(2.0) / float(costs[best]))


def _corners(rows: FloatArray) -> FloatArray:
    """Return the unit vectors, both signs, at which all but one of the dimensions are fixed by a_i·u = 0."""
    lengths = np.linalg.norm(rows, axis=1)
    units = np.unique(rows[lengths > 0] / lengths[lengths > 0, None], axis=0)
    if rows.shape[1] == 1:
        corners = np.ones((1, 1))
    elif rows.shape[1] == 2:
        corners = np.column_stack([-units[:, 1], units[:, 0]])
    else:
        pairs = np.array(list(combinations(range(len(units)), 2)))
        corners = np.cross(units[pairs[:, 0]], units[pairs[:, 1]])
    lengths = np.linalg.norm(corners, axis=1)
    corners = corners[lengths > 1e-12] / lengths[lengths > 1e-12, None]
    return np.concatenate([corners, -corners])


def _costs(rows: FloatArray, directions: FloatArray) -> FloatArray:
    costs = np.empty(len(directions))
    for block in blocks(len(directions), len(rows)):
        products = directions[block] @ rows.T
        costs[block] = np.maximum(np.negative(products, out=products), 0.0, out=products).mean(axis=1)
    return costs
