"""The point of a polytope that is nearest to the origin, found in integers: the arithmetic behind `margin`.

The polytope is the hull of signed rows, or, with a free bias, the set of differences of the two classes' hulls.
Wolfe's algorithm walks to the point; rounding can neither invent a distance nor lose one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

import numpy as np

from logreg.certificates.exact import IntVector, clear_denominators, dot
from logreg.data.dataset import Dataset, FloatArray

BiasKind = Literal["augmented", "free", "none"]
Atom = tuple[int, ...]  # one row index per group: a vertex of the polytope is the sum of these rows
Shares = dict[Atom, Fraction]  # a point of the polytope: positive, of sum 1

# A support vector may miss margin 1 by what writing coordinates as decimals costs.
TIE = Fraction(1, 10**12)
# Up to this many vertices the point is found in integers; elimination in longer integers gets slow.
_EXACT_VERTICES = 40


class Polytope:
    """Hold the hull of the rows (one group), or the sum of the hulls of two groups of rows (free bias).

    The rows are 2^k s_i (x_i, 1), 2^k s_i x_i or 2^k s_i (x_i - x_0): integers, with floats beside them.
    """

    def __init__(self, dataset: Dataset, bias: BiasKind) -> None:
        self.kind = bias
        self.signs = np.where(dataset.y > 0, 1, -1)
        last = np.ones((dataset.n_samples, int(bias == "augmented")))
        table = np.column_stack([dataset.X, last])
        mantissa, exponent = np.frexp(table)
        whole = (mantissa * 2.0**53).astype(np.int64)
        # A float is an odd number of at most 53 bits times a power of two; 2^k makes the smallest power 1.
        odd = np.frexp((whole & -whole).astype(np.float64))[1] - 1
        self.k = int(np.max(53 - exponent - odd, where=whole != 0, initial=0))
        self.origin = table[0] if bias == "free" else np.zeros(table.shape[1])
        self._table = table
        self._rows: dict[int, IntVector] = {}
        # Halved so that a difference cannot overflow; it is rounded once, relative to itself.
        down = -1 - int(exponent.max())
        self.floats = self.signs[:, None] * (np.ldexp(table, down) - np.ldexp(self.origin, down))
        kinds = [self.signs > 0, self.signs < 0] if bias == "free" else [self.signs != 0]
        self.groups = [np.flatnonzero(kind) for kind in kinds]

    def whole(self, values: FloatArray) -> list[int]:
        """Write floats of the table as the integers 2^k value."""
        ratios = [value.as_integer_ratio() for value in values.tolist()]
        return [p << (self.k - q.bit_length() + 1) for p, q in ratios]

    def row(self, i: int) -> IntVector:
        """Return row i in integers; few rows are ever asked for."""
        if i not in self._rows:
            sign, pairs = int(self.signs[i]), zip(self.whole(self._table[i]), self.whole(self.origin), strict=True)
            self._rows[i] = tuple(sign * (a - b) for a, b in pairs)
        return self._rows[i]

    def vertex(self, atom: Atom) -> IntVector:
        """Return the sum of the rows of one index per group."""
        return tuple(sum(column) for column in zip(*(self.row(i) for i in atom), strict=True))

    def point(self, shares: Shares) -> tuple[Fraction, ...]:
        """Return the mean of vertices with the given shares, by integers over one denominator."""
        whole = clear_denominators(list(shares.values()))
        columns = zip(*(self.vertex(atom) for atom in shares), strict=True)
        return tuple(Fraction(dot(column, whole), sum(whole)) for column in columns)

    def lowest(self, x: Sequence[Fraction]) -> tuple[Fraction, list[dict[int, int]]]:
        """Return row . x, over a common scale, for every row of each group that floats cannot rule out as lowest."""
        whole = clear_denominators(x)
        pivot = max(range(len(x)), key=lambda j: abs(whole[j]))
        if not whole[pivot]:
            return Fraction(0), [{int(i): 0 for i in group} for group in self.groups]
        size = 1 << abs(whole[pivot]).bit_length()
        direction = np.array([value / size for value in whole])
        with np.errstate(under="ignore"):
            values = self.floats @ direction
            # Rounding of d products, of their sum and of both factors; the constant covers underflow.
            bound = (len(x) + 4) * 2.0**-52 * (np.abs(self.floats) @ np.abs(direction)) + len(x) * 2.0**-1060
        tops = [float((values[group] + bound[group]).min()) for group in self.groups]
        tie = 4 * float(TIE) * abs(sum(tops))
        near = [g[values[g] - bound[g] <= top + tie] for g, top in zip(self.groups, tops, strict=True)]
        return x[pivot] / whole[pivot], [{i: dot(self.row(i), whole) for i in group.tolist()} for group in near]


def nearest_point(polytope: Polytope) -> tuple[Shares, bool]:
    """Find the point nearest to the origin as shares of vertices; False where floats alone found it."""
    total = polytope.floats.sum(axis=0)
    start = {tuple(int(g[np.argmin(polytope.floats[g] @ total)]) for g in polytope.groups): Fraction(1)}
    if polytope.floats.shape[1] > 3:
        heights: list[float] = []
        start = _wolfe(
            start, lambda shares: _next_float(polytope, shares, heights), lambda atoms: _flat_float(polytope, atoms)
        )
        if len(start) > _EXACT_VERTICES:
            total_share = sum(start.values())
            return {atom: share / total_share for atom, share in start.items()}, False
        start = _restart(polytope, list(start))
    return _wolfe(start, lambda shares: _next(polytope, shares), lambda atoms: _flat(polytope, atoms)), True


def _wolfe(
    shares: Shares, next_atom: Callable[[Shares], Atom | None], flat: Callable[[Sequence[Atom]], list[Fraction]]
) -> Shares:
    """Add the vertex that lies lowest towards the origin, go to the nearest point of the flat, drop; repeat."""
    while (atom := next_atom(shares)) is not None:
        shares = {**shares, atom: Fraction(0)}
        while min(target := flat(list(shares))) <= 0:
            pairs = dict(zip(shares, target, strict=True))
            # How far the present point can go towards the flat's before it leaves the simplex, and by which side.
            reach, out = min(
                (s / (s - pairs[a]) if s > 0 else Fraction(0), a) for a, s in shares.items() if pairs[a] <= 0
            )
            moved = {a: s + reach * (pairs[a] - s) for a, s in shares.items() if a != out}
            shares = {a: s for a, s in moved.items() if s > 0 or a == atom}
            if atom not in shares:
                return shares  # only rounding takes the new vertex out again: floats can do no more
        shares = dict(zip(shares, target, strict=True))
    return shares


def _next(polytope: Polytope, shares: Shares) -> Atom | None:
    """Return the lowest vertex towards the origin, or None where the present vertices are the lowest."""
    x = polytope.point(shares)
    scale, lowest = polytope.lowest(x)
    atom = tuple(min(values, key=values.__getitem__) for values in lowest)
    low = scale * sum(min(values.values()) for values in lowest)
    return atom if low < square(x) else None


def _flat(polytope: Polytope, atoms: Sequence[Atom]) -> list[Fraction]:
    """Return the shares (of sum 1, any sign) of the point of the vertices' flat that is nearest to the origin.

    With the Gram matrix G they are proportional to the solution of (G + c 1 1^T) mu = 1 for any c > 0; the
    elimination is Bareiss's, in which every division is without remainder.
    """
    vertices = [polytope.vertex(atom) for atom in atoms]
    rows = [[*(dot(u, v) + 1 for v in vertices), 1] for u in vertices]
    previous = 1
    for k, pivot in enumerate(rows):
        for i in range(k + 1, len(rows)):
            row = rows[i]
            rows[i] = [(pivot[k] * v - row[k] * p) // previous for v, p in zip(row, pivot, strict=True)]
        previous = pivot[k]
    mu: list[Fraction] = []
    for k in reversed(range(len(rows))):
        tail = rows[k][k + 1 : -1]
        rest = sum((a * m for a, m in zip(tail, reversed(mu), strict=True)), Fraction(0))
        mu.append((rows[k][-1] - rest) / rows[k][k])
    total = sum(mu)
    return [value / total for value in reversed(mu)]


def _restart(polytope: Polytope, atoms: list[Atom]) -> Shares:
    """Take over what floats found if it is a proper start in exact arithmetic, else begin with one vertex."""
    try:
        shares = dict(zip(atoms, _flat(polytope, atoms), strict=True))
    except ZeroDivisionError:  # dependent vertices
        return {atoms[0]: Fraction(1)}
    return shares if min(shares.values()) > 0 else {atoms[0]: Fraction(1)}


def _next_float(polytope: Polytope, shares: Shares, heights: list[float]) -> Atom | None:
    """Do the same in floats, as long as the present point comes nearer (`heights`: its earlier squares)."""
    x = np.array([float(share) for share in shares.values()]) @ _vertices(polytope, list(shares))
    values, height = polytope.floats @ x, float(x @ x)
    atom = tuple(int(group[np.argmin(values[group])]) for group in polytope.groups)
    done = atom in shares or float(values[list(atom)].sum()) >= (1 - 1e-13) * height
    stuck = bool(heights) and not height < heights[-1]
    heights.append(height)
    return None if done or stuck else atom


def _flat_float(polytope: Polytope, atoms: Sequence[Atom]) -> list[Fraction]:
    vertices = _vertices(polytope, atoms)
    gram = vertices @ vertices.T
    mu = np.linalg.lstsq(gram + (gram.diagonal().max() or 1.0), np.ones(len(atoms)))[0]
    return [Fraction(value) / Fraction(mu.sum()) for value in mu.tolist()]


def _vertices(polytope: Polytope, atoms: Sequence[Atom]) -> FloatArray:
    return np.asarray(polytope.floats[np.array(atoms)].sum(axis=1))


def square(x: Sequence[Fraction]) -> Fraction:
    """Return x · x."""
    return sum((value * value for value in x), Fraction(0))
