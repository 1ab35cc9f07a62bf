"""The widest margin of separable data: the direction that a run on such data turns to.

One problem serves all three kinds of bias: the point of a polytope that is nearest to the origin. The polytope
is the hull of the rows a_i, or, with a free bias, the set of differences of the two classes' hulls. Wolfe's
algorithm finds the point, in integers, so that rounding can neither invent a margin nor lose one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from logreg.dataset import Dataset, FloatArray
from logreg.exact import IntVector, clear_denominators, dot, sqrt_ratio
from logreg.separability import Separability, check_separability

BiasKind = Literal["augmented", "free", "none"]
Atom = tuple[int, ...]  # one row index per group: a vertex of the polytope is the sum of these rows
Shares = dict[Atom, Fraction]  # a point of the polytope: positive, of sum 1

# Up to this many vertices the nearest point is found in integers; elimination in longer integers gets slow.
_EXACT_VERTICES = 40
# A support vector may miss margin 1 by what writing coordinates as decimals costs.
_TIE = Fraction(1, 10**12)
# What is allowed to an answer that floats alone found.
_ROUNDING = Fraction(1, 10**9)


class NotSeparable(ValueError):  # noqa: N818 - named for what the reader is told
    """No hyperplane of the asked kind separates the classes; `separability` holds the verdict and its proof."""

    def __init__(self, message: str, separability: Separability) -> None:
        super().__init__(message)
        self.separability = separability


class MarginOutOfReach(ValueError):  # noqa: N818 - named for what the reader is told
    """The data are separable, but float64 cannot hold the weights, or the search could not be verified."""


@dataclass(frozen=True, eq=False)
class MaxMargin:
    """Hold the hard-margin vector w, b: the shortest with s_i (w . x_i + b) >= 1 for every sample.

    Parameters
    ----------
    weights : ndarray of shape (n_features,)
        w, scaled so that the smallest s_i (w . x_i + b) is 1.
    bias : float
        b; 0.0 without a bias.
    margin : float
        The distance of the nearest sample from the boundary, in units of x: 1/||w|| for a free bias or none;
        for an augmented one 1/||(w, b)||, the distance of the points (x, 1) from a plane through the origin.
    support : ndarray of int, increasing
        The samples on the margin: s_i (w . x_i + b) <= 1 + 1e-12 in exact arithmetic.
    dual_weights : ndarray of shape (n_samples,)
        alpha >= 0, zero off `support`, with w = sum_i alpha_i s_i x_i, and b = sum_i alpha_i s_i (augmented) or
        0 = sum_i alpha_i s_i (free). Not unique when support vectors are tied. They grow as 1/margin^2: inf
        where that is beyond float64 (margins below 1e-154); `exact_dual_weights` are right all the same.
    bias_kind : {"augmented", "free", "none"}
        Which problem was solved.
    exact_weights, exact_bias, exact_dual_weights : Fractions
        The same numbers before rounding; the dual ones by sample, the zeros left out.
    is_exact : bool
        True where rational arithmetic found the answer; else it is right to a relative 1e-9.
    """

    weights: FloatArray
    bias: float
    margin: float
    support: NDArray[np.int64]
    dual_weights: FloatArray
    bias_kind: BiasKind
    exact_weights: tuple[Fraction, ...]
    exact_bias: Fraction
    exact_dual_weights: tuple[tuple[int, Fraction], ...]
    is_exact: bool

    def __post_init__(self) -> None:
        for array in (self.weights, self.support, self.dual_weights):
            array.setflags(write=False)


def max_margin(dataset: Dataset, bias: BiasKind = "augmented") -> MaxMargin:
    """Find the hyperplane of widest margin: min ||u|| subject to a_i . u >= 1 for every sample i.

    Parameters
    ----------
    dataset : Dataset
        Separable points.
    bias : {"augmented", "free", "none"}
        "augmented": u = (w, b), a_i = s_i (x_i, 1), the problem that gradient descent with a bias solves.
        "free": the classic SVM, min ||w|| with b free; its margin is half the distance of the classes' hulls.
        "none": u = w, a_i = s_i x_i.

    Returns
    -------
    MaxMargin
        Weights, margin, support vectors and dual weights.

    Raises
    ------
    NotSeparable
        If no such hyperplane has every sample strictly on its side; carries the verdict.
    MarginOutOfReach
        If the weights are beyond float64, or the answer could not be verified (many features only).
    ValueError
        If bias is none of the three, or is "free" with a single class, which leaves the margin unbounded.

    References
    ----------
    P. Wolfe, Finding the nearest point in a polytope, Math. Programming 11 (1976).

    Examples
    --------
    >>> max_margin(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])).weights.tolist()
    [2.0, 2.0]
    """
    if bias not in ("augmented", "free", "none"):
        raise ValueError(f"bias: expected 'augmented', 'free' or 'none', got {bias!r}.")
    if bias == "free" and len(set(dataset.y.tolist())) == 1:
        raise ValueError("bias: no classic margin with a single class; expected 'augmented' or 'none', got 'free'.")
    polytope = _Polytope(dataset, bias)
    shares, is_exact = _nearest(polytope)
    x = polytope.point(shares)
    scale, lowest = polytope.lowest(x)
    low, square = sum((min(values.values()) for values in lowest), Fraction(0)) * scale, _square(x)
    # Exact answers have low == square; for the others their difference bounds the error.
    if not (square > 0 and low >= (1 - _ROUNDING) * square):
        raise _no_margin(dataset, bias)
    factor = (2 if bias == "free" else 1) / low
    return _result(dataset, polytope, tuple(factor * value for value in x), factor, shares, is_exact)


def _no_margin(dataset: Dataset, bias: BiasKind) -> ValueError:
    verdict = check_separability(dataset, bias != "none")
    if verdict.kind == "separable":
        return MarginOutOfReach("The data are separable, but the search for their margin could not be verified.")
    what = "hyperplane through the origin" if bias == "none" else "hyperplane"
    return NotSeparable(f"No {what} separates the classes: the data are {verdict.kind}.", verdict)


class _Polytope:
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
        tie = 4 * float(_TIE) * abs(sum(tops))
        near = [g[values[g] - bound[g] <= top + tie] for g, top in zip(self.groups, tops, strict=True)]
        return x[pivot] / whole[pivot], [{i: dot(self.row(i), whole) for i in group.tolist()} for group in near]


def _nearest(polytope: _Polytope) -> tuple[Shares, bool]:
    """Find the point nearest to the origin as shares of vertices; False where floats alone found it."""
    total = polytope.floats.sum(axis=0)
    start = {tuple(int(g[np.argmin(polytope.floats[g] @ total)]) for g in polytope.groups): Fraction(1)}
    if polytope.floats.shape[1] > 3:
        start = _wolfe(start, lambda shares: _next_float(polytope, shares), lambda atoms: _flat_float(polytope, atoms))
        if len(start) > _EXACT_VERTICES:
            return start, False
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


def _next(polytope: _Polytope, shares: Shares) -> Atom | None:
    """Return the lowest vertex towards the origin, or None where the present vertices are the lowest."""
    x = polytope.point(shares)
    scale, lowest = polytope.lowest(x)
    atom = tuple(min(values, key=values.__getitem__) for values in lowest)
    low = scale * sum(min(values.values()) for values in lowest)
    return atom if low < _square(x) else None


def _flat(polytope: _Polytope, atoms: Sequence[Atom]) -> list[Fraction]:
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


def _restart(polytope: _Polytope, atoms: list[Atom]) -> Shares:
    """Take over what floats found if it is a proper start in exact arithmetic, else begin with one vertex."""
    try:
        shares = dict(zip(atoms, _flat(polytope, atoms), strict=True))
    except ZeroDivisionError:  # dependent vertices
        return {atoms[0]: Fraction(1)}
    return shares if min(shares.values()) > 0 else {atoms[0]: Fraction(1)}


def _next_float(polytope: _Polytope, shares: Shares) -> Atom | None:
    x = np.array([float(share) for share in shares.values()]) @ _vertices(polytope, list(shares))
    values = polytope.floats @ x
    atom = tuple(int(group[np.argmin(values[group])]) for group in polytope.groups)
    done = atom in shares or float(values[list(atom)].sum()) >= (1 - 1e-13) * float(x @ x)
    return None if done else atom


def _flat_float(polytope: _Polytope, atoms: Sequence[Atom]) -> list[Fraction]:
    vertices = _vertices(polytope, atoms)
    gram = vertices @ vertices.T
    mu = np.linalg.lstsq(gram + gram.diagonal().max(), np.ones(len(atoms)))[0]
    return [Fraction(value) / Fraction(mu.sum()) for value in mu.tolist()]


def _vertices(polytope: _Polytope, atoms: Sequence[Atom]) -> FloatArray:
    return np.asarray(polytope.floats[np.array(atoms)].sum(axis=1))


def _square(x: Sequence[Fraction]) -> Fraction:
    return sum((value * value for value in x), Fraction(0))


def _result(
    dataset: Dataset, polytope: _Polytope, u: tuple[Fraction, ...], factor: Fraction, shares: Shares, is_exact: bool
) -> MaxMargin:
    """Undo the scale 2^k and the shift of the integers, and round."""
    d, kind = dataset.n_features, polytope.kind
    scale, lowest = polytope.lowest(u)
    least = [min(values.values()) for values in lowest]
    ties = [
        i for values, low in zip(lowest, least, strict=True) for i, v in values.items() if (v - low) * scale <= _TIE
    ]
    dual: dict[int, Fraction] = {}
    for atom, share in shares.items():
        for i in atom:
            dual[i] = dual.get(i, Fraction(0)) + share * factor * 4**polytope.k
    weights = tuple(value * 2**polytope.k for value in u[:d])
    bias = u[d] * 2**polytope.k if kind == "augmented" else Fraction(0)
    if kind == "free":
        # Class 1 has w . (x - x_0) >= least[0] with equality somewhere; there w . x + b is to be 1.
        bias = 1 - least[0] * scale - _dot(u, polytope.whole(polytope.origin))
    alpha = np.zeros(dataset.n_samples)
    for i, value in dual.items():
        alpha[i] = _rounded(value)
    floats = np.array([_rounded(value) for value in (*weights, bias)])
    length = _square(u) * 4**polytope.k
    if not np.isfinite(floats).all():
        raise MarginOutOfReach("The data are separable, but their margin is so narrow that the weights exceed float64.")
    margin = sqrt_ratio(length.denominator, length.numerator)
    support = np.array(sorted({*ties, *dual}))
    exact = (weights, bias, tuple(sorted(dual.items())))
    return MaxMargin(floats[:d], float(floats[d]), margin, support, alpha, kind, *exact, is_exact)


def _dot(u: Sequence[Fraction], v: Sequence[int]) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))


def _rounded(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf
