"""A second hand: what a few points imply, computed without this package, in fractions, 50 digits and by brute force.

Rows are the label-signed samples (s·x, s), or s·x without a bias; v = (w, b).
"""

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from itertools import combinations

DIGITS = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
SETTLED = Decimal(10) ** -35


def dot(a, b):
    return sum((x * y for x, y in zip(a, b, strict=True)), type(a[0])(0))


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def length(a):
    return dot(a, a).sqrt()


def decimals(vector):
    return [Decimal(x.numerator) / Decimal(x.denominator) for x in map(Fraction, vector)]


def solved(matrix, right):
    """Solve a square system by elimination; None where it is singular."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for k in range(size):
        pivot = max(range(k, size), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        if not rows[k][k]:
            return None
        for i in range(size):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def independent(rows):
    """Return rows that span the same space, orthogonal to each other: exact for fractions."""
    basis = []
    for row in rows:
        for other in basis:
            factor = dot(row, other) / dot(other, other)
            row = [x - factor * y for x, y in zip(row, other, strict=True)]
        if any(row):
            basis.append(row)
    return basis


def corners(rows):
    """Return every direction, of both signs, in the rows' span that all but one of its dimensions fix by a·u = 0."""
    basis = independent(rows)
    if len(basis) < 2:
        found = basis
    elif len(basis) == 2:
        normal = [0, 0, 1] if len(rows[0]) == 2 else cross(*basis)
        found = [cross([*row, *[Fraction(0)] * (3 - len(row))], normal)[: len(row)] for row in rows]
    else:
        found = [cross(a, b) for a, b in combinations(rows, 2)]
    found = [u for u in found if any(u)]
    return found + [[-x for x in u] for u in found]


def nearest(vectors):
    """Return the point of the hull that is nearest to 0: of all points, segments and triangles the shortest foot."""
    best = None
    for size in range(1, 1 + min(len(vectors), len(vectors[0]))):
        for chosen in combinations(vectors, size):
            gram = [[dot(a, b) for b in chosen] for a in chosen]
            shares = solved(gram, [Decimal(1)] * size)
            if shares is None or sum(shares) <= 0:
                continue
            shares = [share / sum(shares) for share in shares]
            if all(share >= 0 for share in shares):
                point = [sum(s * v[j] for s, v in zip(shares, chosen, strict=True)) for j in range(len(chosen[0]))]
                if best is None or dot(point, point) < dot(best, best):
                    best = point
    return best


def log1p_exp(x):
    """Return log(1 + e^x)."""
    if x > 150:
        return x
    return x.exp() if x < -50 else (1 + x.exp()).ln()


def sigmoid(x):
    return 1 / (1 + (-x).exp()) if x > 0 else x.exp() / (1 + x.exp())


class Points:
    """Hold points, labels and objective, and everything that the sentences may say of them."""

    def __init__(self, X, y, fit_bias=True, l2=0.0, penalise_bias=False):
        self.X, self.y, self.fit_bias = X, y, fit_bias
        self.signs = [1 if label else -1 for label in y]
        self.exact = [
            [s * Fraction(x) for x in point] + [Fraction(s)] * fit_bias for point, s in zip(X, self.signs, strict=True)
        ]
        self.l2 = Decimal(l2)
        with localcontext(DIGITS):
            self.rows = [decimals(row) for row in self.exact]
            self.decay = [self.l2] * 2 + [self.l2 if penalise_bias else Decimal(0)] * fit_bias
            self._prove()

    @property
    def size(self):
        """The length of the longest row."""
        return max(map(length, self.rows))

    def with_penalty(self, l2):
        """Return the same points with a penalty on w."""
        other = object.__new__(Points)
        other.__dict__ = {**self.__dict__, "l2": l2, "decay": [l2, l2, Decimal(0)][: len(self.decay)]}
        return other

    @property
    def has_minimum(self):
        """Whether the objective has one: with a penalty unless one class meets a bias that is not penalised."""
        return not (self.one_class and not self.decay[-1]) if self.l2 else self.kind == "overlapping"

    def _prove(self):
        feasible = [u for u in corners(self.exact) if all(dot(a, u) >= 0 for a in self.exact)]
        n = len(self.exact)
        self.separated = [i for i in range(n) if any(dot(self.exact[i], u) > 0 for u in feasible)]
        self.kind = "separable" if len(self.separated) == n else "quasi-separable" if self.separated else "overlapping"
        self.is_full = len(independent(self.exact)) == len(self.exact[0])
        self.one_class = self.fit_bias and len(set(self.y)) == 1
        self.is_zero = not any(map(sum, zip(*self.exact, strict=True)))  # then and only then the gradient there is 0

    def margins(self, v):
        return [dot(a, v) for a in self.rows]

    def loss(self, v):
        data = sum(log1p_exp(-m) for m in self.margins(v)) / len(self.rows)
        return data + sum(d * x * x for d, x in zip(self.decay, v, strict=True)) / 2

    def gradient(self, v):
        pulls = [sigmoid(-m) for m in self.margins(v)]
        return [
            d * v[j] - sum(p * a[j] for p, a in zip(pulls, self.rows, strict=True)) / len(self.rows)
            for j, d in enumerate(self.decay)
        ]

    def optimum(self, rows=None):
        """Return the shortest minimiser by Newton's method; None where it does not settle."""
        if rows is not None:
            rest = object.__new__(Points)
            rest.__dict__ = {**self.__dict__, "rows": rows, "exact": [[Fraction(x) for x in row] for row in rows]}
            return rest.optimum()
        size = len(self.decay)
        null = [decimals(u) for u in _complement(self.exact, size)] if not self.l2 else []
        v = [Decimal(0)] * size
        for _ in range(200):
            step = self._newton_step(v, null)
            if step is None:
                return None
            if max((abs(m) for m in self.margins(step)), default=Decimal(0)) < SETTLED:
                return v
            v = self._moved(v, step)
        return None

    def _newton_step(self, v, null):
        bends = [sigmoid(m) * sigmoid(-m) / len(self.rows) for m in self.margins(v)]
        hessian = [
            [sum(h * a[j] * a[k] for h, a in zip(bends, self.rows, strict=True)) for k in range(len(v))]
            for j in range(len(v))
        ]
        unit = sum(hessian[j][j] for j in range(len(v))) or Decimal(1)
        for j, d in enumerate(self.decay):
            hessian[j][j] += d
            for u in null:  # what is perpendicular to all rows stays 0
                hessian[j] = [h + unit * u[j] * x / dot(u, u) for h, x in zip(hessian[j], u, strict=True)]
        return solved(hessian, [-g for g in self.gradient(v)])

    def _moved(self, v, step):
        slope, here, t = dot(self.gradient(v), step), self.loss(v), Decimal(1)
        while t > SETTLED:
            there = [x + t * s for x, s in zip(v, step, strict=True)]
            if self.loss(there) <= here + t * slope / 1000 or abs(t * slope) < SETTLED * here:
                return there
            t /= 2
        return v

    def margin(self):
        """Return the distance of the nearest point from the line that lies farthest; None where there is none."""
        if self.kind != "separable" or self.one_class:
            return None
        if not self.fit_bias:
            return length(nearest(self.rows))
        sides = [[row[:2] for row, s in zip(self.rows, self.signs, strict=True) if s == sign] for sign in (1, -1)]
        return length(nearest([[a + b for a, b in zip(p, q, strict=True)] for p in sides[0] for q in sides[1]])) / 2

    def direction(self):
        """Return the direction in which the weights go off, and its margin γ, or γ_c; None if they do not."""
        if not self.separated:
            return None
        rest = independent([self.exact[i] for i in range(len(self.exact)) if i not in self.separated])
        moving = []
        for i in self.separated:
            row = self.exact[i]
            for other in rest:
                factor = dot(row, other) / dot(other, other)
                row = [x - factor * y for x, y in zip(row, other, strict=True)]
            moving.append(decimals(row))
        point = nearest(moving)
        return [x / length(point) for x in point], length(point)

    def infimum(self):
        """Return the infimum of the loss; None where Newton's method does not settle."""
        rest = [row for i, row in enumerate(self.rows) if i not in self.separated]
        if not rest:
            return Decimal(0)
        v = self.optimum(rest)
        return None if v is None else sum(log1p_exp(-dot(a, v)) for a in rest) / len(self.rows)

    def least_cost(self):
        """Return the least mean (−a·u)₊ over unit directions in the span of the rows."""
        costs = [
            sum(max(-dot(a, u), Decimal(0)) for a in self.rows) / len(self.rows) / length(u)
            for u in map(decimals, corners(self.exact))
        ]
        return min(costs, default=Decimal(0))

    def log10_along(self, direction, r):
        """Return log₁₀ of the loss at r along a direction."""
        margins = [r * dot(a, direction) / length(direction) for a in self.rows]
        least = min(margins)
        if least > 200:
            return -(least - (sum((least - m).exp() for m in margins) / len(margins)).ln()) / Decimal(10).ln()
        return (sum(log1p_exp(-m) for m in margins) / len(margins)).log10()


def _complement(rows, size):
    """Return vectors that span what is perpendicular to all rows."""
    units = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    basis = independent(rows)
    return independent([*basis, *units])[len(basis) :]
