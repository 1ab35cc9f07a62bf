"""The point of a polytope that is nearest to the origin, found in integers: what verdict and margin rest on.

The polytope is the hull of some vectors, or the sum of the hulls of two groups of them. Wolfe's algorithm walks
to the point: in floats as far as they carry, from there on in integers, so that rounding can neither invent a
distance nor lose one.

References
----------
P. Wolfe, Finding the nearest point in a polytope, Math. Programming 11 (1976).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import inf
from operator import sub
from typing import Literal, TypeVar

import numpy as np

from logreg.certificates.exact import IntVector, clear_denominators, dot, kernel, label_signed
from logreg.data.dataset import Dataset, FloatArray

Number = TypeVar("Number", float, Fraction)
Atom = tuple[int, ...]
"""One index per group: a vertex of the polytope is the sum of these vectors."""
Shares = dict[Atom, Fraction]
"""A point of the polytope as a mean of vertices: positive, of sum 1."""

BiasKind = Literal["augmented", "free", "none"]

# Floats stop where the next vertex would bring the point nearer by less than this.
_NEAR_ENOUGH = 1e-12


class Polytope:
    """Hold the hull of integer vectors (one group), or the sum of the hulls of several groups of them.

    Parameters
    ----------
    vectors : sequence of tuple of int
        At least one.
    groups : iterable of sequence of int, optional
        Whose hulls are added, by index; one group of all vectors if not given.
    """

    def __init__(self, vectors: Sequence[IntVector], groups: Iterable[Sequence[int]] | None = None) -> None:
        self.vectors = vectors
        self.groups = [np.array(group) for group in groups or [range(len(vectors))]]
        size = 1 << max(map(abs, chain.from_iterable(vectors))).bit_length()
        self.floats = np.array([value / size for vector in vectors for value in vector]).reshape(len(vectors), -1)

    def vertex(self, atom: Atom) -> IntVector:
        """Return the sum of the vectors of one index per group."""
        return tuple(sum(column) for column in zip(*(self.vectors[i] for i in atom), strict=True))

    def point(self, shares: Shares) -> tuple[list[int], int]:
        """Return the mean of vertices with the given shares as integers over one denominator."""
        whole = clear_denominators(list(shares.values()))
        columns = zip(*(self.vertex(atom) for atom in shares), strict=True)
        return [dot(column, whole) for column in columns], sum(whole)

    def lowest(self, x: Sequence[int], tie: float = 0.0) -> list[dict[int, int]]:
        """Return vector · x for all vectors of each group that floats cannot rule out as lowest.

        Parameters
        ----------
        x : sequence of int
            A direction.
        tie : float
            Also for those that lie above the lowest by this share of the lowest vertex.

        Returns
        -------
        list of dict from index to int
        """
        size = 1 << max(abs(value) for value in x).bit_length()
        direction = np.array([value / size for value in x])
        with np.errstate(under="ignore"):
            values = self.floats @ direction
            # Rounding of d products, of their sum and of both factors; the constant covers underflow.
            bound = (len(x) + 4) * 2.0**-52 * (np.abs(self.floats) @ np.abs(direction)) + len(x) * 2.0**-1060
        tops = [float((values[group] + bound[group]).min()) for group in self.groups]
        reach = tie * abs(sum(tops))
        near = [g[values[g] - bound[g] <= top + reach] for g, top in zip(self.groups, tops, strict=True)]
        return [{i: dot(self.vectors[i], x) for i in group.tolist()} for group in near]


def polytope_of(samples: Sequence[IntVector], bias: BiasKind) -> Polytope:
    """Return the polytope whose distance from the origin is the margin, or twice it for a free bias.

    Parameters
    ----------
    samples : sequence of tuple of int
        Label-signed samples 2^k a_i, with the constant feature unless bias is "none".
    bias : {"augmented", "free", "none"}
        "free": the differences of the two classes' points (sample 0 taken off both); else the hull of the samples.
    """
    if bias != "free":
        return Polytope(samples)
    *origin, unit = samples[0]
    moved = {unit: origin, -unit: [-value for value in origin]}  # of sample 0's class, of the other one
    differences = [tuple(map(sub, sample[:-1], moved[sample[-1]])) for sample in samples]
    classes = [[i for i, sample in enumerate(samples) if sample[-1] * sign > 0] for sign in (1, -1)]
    return Polytope(differences, classes)


@lru_cache(maxsize=8)  # verdict and margin of the same points both ask
def approached(dataset: Dataset, bias: BiasKind) -> tuple[Polytope, Shares]:
    """Return the polytope of some points, and what floats find for its point nearest to the origin.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    bias : BiasKind
        As for `polytope_of`.
    """
    polytope = polytope_of(label_signed(dataset, fit_bias=bias != "none")[0], bias)
    return polytope, approach(polytope)


@lru_cache(maxsize=8)
def nearest_of(dataset: Dataset, bias: BiasKind) -> Shares:
    """Return that point itself, found in integers."""
    return nearest_point(*approached(dataset, bias))


def approach(polytope: Polytope) -> Shares:
    """Look for the nearest point in floats: vertices around it, or near them, and nothing that is proved.

    Parameters
    ----------
    polytope : Polytope
        Whose nearest point is sought.

    Returns
    -------
    dict from atom to Fraction
        A start for `nearest_point`, right or not.
    """
    heights = [inf]

    def following(shares: dict[Atom, float]) -> Atom | None:
        """Return the lowest vertex towards the origin, as long as the point comes nearer by it."""
        x = _foot(_vertices(polytope, shares))
        values, height = polytope.floats @ x, float(x @ x)
        atom = tuple(int(group[np.argmin(values[group])]) for group in polytope.groups)
        is_nearer = values[list(atom)].sum() < (1 - _NEAR_ENOUGH) * height < (1 - _NEAR_ENOUGH) * heights[-1]
        heights.append(height)
        return atom if is_nearer and atom not in shares and len(shares) <= len(x) else None

    total = polytope.floats.sum(axis=0)
    start = tuple(int(group[np.argmin(polytope.floats[group] @ total)]) for group in polytope.groups)
    with np.errstate(under="ignore"):
        found = _wolfe({start: 1.0}, following, lambda shares: _flat_in_floats(_vertices(polytope, shares)))
    whole = {atom: Fraction(share) for atom, share in found.items()}
    return {atom: share / sum(whole.values()) for atom, share in whole.items()}


def nearest_point(polytope: Polytope, start: Shares) -> Shares:
    """Find the nearest point.

    Parameters
    ----------
    polytope : Polytope
        Whose nearest point is sought.
    start : dict from atom to Fraction
        Any of its points: the nearer, the faster.

    Returns
    -------
    dict from atom to Fraction
        Of vertices that no flat of fewer dimensions holds.
    """

    def following(shares: Shares) -> Atom | None:
        """Return the lowest vertex towards the origin, or None where the present vertices are the lowest."""
        x, scale = polytope.point(shares)
        lowest = polytope.lowest(x) if any(x) else []
        low = sum(min(values.values()) for values in lowest)
        return tuple(min(values, key=values.__getitem__) for values in lowest) if low * scale < dot(x, x) else None

    return _wolfe(start, following, lambda shares: _flat(polytope, shares))


def _wolfe(
    shares: dict[Atom, Number],
    following: Callable[[dict[Atom, Number]], Atom | None],
    flat: Callable[[dict[Atom, Number]], list[Number]],
) -> dict[Atom, Number]:
    """Go to the nearest point of the vertices' flat, or drop the vertex in the way; add the following one; repeat."""
    while True:
        target = dict(zip(shares, flat(shares), strict=True))
        if min(target.values()) <= 0:
            shares = _towards(target, shares)
            continue
        shares = target
        if (atom := following(shares)) is None:
            return shares
        shares = {**shares, atom: type(shares[next(iter(shares))])(0)}


def _towards(target: dict[Atom, Number], shares: dict[Atom, Number]) -> dict[Atom, Number]:
    """Go towards the target until the first share is used up."""
    reach, out = min((s / (s - target[a]) if s else s, a) for a, s in shares.items() if target[a] <= 0)
    moved = {a: s + reach * (target[a] - s) for a, s in shares.items() if a != out}
    return {a: s for a, s in moved.items() if s > 0}


def _flat(polytope: Polytope, shares: Shares) -> list[Fraction]:
    """Return the shares (of sum 1, any sign) of the point of the vertices' flat that is nearest to the origin.

    With the Gram matrix G they are proportional to the solution of (G + 1 1ᵀ) μ = 1. More vertices than dimensions
    have the origin in their flat: Vᵀ μ = 0. Where a flat of fewer dimensions holds them all, the shares returned give
    the same point as those given, without one of the vertices or with less than nothing of it.
    """
    vertices = [polytope.vertex(atom) for atom in shares]
    table: list[list[int]]
    if len(vertices) > len(vertices[0]):
        table = [*([*column, 0] for column in zip(*vertices, strict=True)), [*(1 for _ in vertices), -1]]
    else:
        table = [[*(dot(u, v) + 1 for v in vertices), -1] for u in vertices]
    *mu, total = min(kernel(table, len(vertices) + 1), key=lambda vector: abs(vector[-1]))
    if total:
        return [Fraction(value, sum(mu)) for value in mu]
    most = max(-value / share for value, share in zip(mu, shares.values(), strict=True))
    return [share + value / most for value, share in zip(mu, shares.values(), strict=True)]


def _vertices(polytope: Polytope, atoms: Iterable[Atom]) -> FloatArray:
    return np.asarray(polytope.floats[np.array(list(atoms))].sum(axis=1))


def _foot(vertices: FloatArray) -> FloatArray:
    """Return the point of the vertices' flat that is nearest to the origin."""
    if len(vertices) == 1:
        return np.asarray(vertices[0])
    along = np.linalg.qr((vertices[1:] - vertices[0]).T)[0]
    x = vertices[0] - along @ (along.T @ vertices[0])
    # Once more: what is left of long vertices beside a short x is what the first time rounded away.
    return np.asarray(x - along @ (along.T @ x))


def _flat_in_floats(vertices: FloatArray) -> list[float]:
    """Return the shares of that point."""
    if len(vertices) == 1:
        return [1.0]
    others = np.linalg.lstsq((vertices[1:] - vertices[0]).T, -vertices[0])[0].tolist()
    return [1 - sum(others), *others]
