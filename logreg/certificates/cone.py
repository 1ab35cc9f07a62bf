"""The verdict above the plane: a linear programme proposes, exact arithmetic makes the proposal a proof.

The programme is max sum s over A u >= s, 0 <= s <= 1: at its optimum s is 1 on the samples that some u
separates strictly while no other falls behind, and 0 on the rest. Its solver stops about 1e-8 short, so
what it returns is only rounded to integers here, mended to fulfil the equations exactly, and then checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from logreg.certificates.exact import IntVector, clear_denominators, dependencies, dot, independent_rows
from logreg.data.dataset import FloatArray

# One unit in a rounded solution: far below the solver's own tolerance, and short integers stay fast.
_UNIT = 2.0**60


@dataclass(frozen=True)
class Candidate:
    """Hold a proposed witness: an integer direction, multipliers, and the samples that it separates."""

    direction: list[int] | None
    multipliers: list[int] | None
    separated: tuple[int, ...]


def candidates(rows: Sequence[IntVector]) -> Iterator[Candidate]:
    """Yield witnesses to check for {A u >= 0}, the likeliest first; none of them is proven yet.

    Parameters
    ----------
    rows : sequence of tuple of int
        The rows a_i of A, at least one of them not zero.

    Yields
    ------
    Candidate
        With all samples separated, none, or some.
    """
    A, columns = _scaled(rows)
    everything = tuple(range(len(rows)))
    u, s = _separate_most(A)
    chosen = tuple(i for i in everything if s[i] > 0.5)
    if 0 < len(chosen) < len(rows):
        yield from _on_the_rim(rows, A, columns, u, chosen)
    # Asked in any case: where the first programme cannot tell a tiny gap from none, these two sometimes can.
    yield Candidate(_rounded(u, columns) if len(chosen) == len(rows) else None, None, everything)
    yield Candidate(_rounded(_widest(A), columns), None, everything)
    yield Candidate(None, _positive_multipliers(rows, A), ())


def _scaled(rows: Sequence[IntVector]) -> tuple[FloatArray, list[Fraction]]:
    """Return float rows of length 1 over columns of like size, and the factor of each column.

    Both scalings leave the cone's verdict alone; a row's factor is positive and never needed again.
    """
    tops = [max(abs(value) for value in column) or 1 for column in zip(*rows, strict=True)]
    A = np.array([[value / top for value, top in zip(row, tops, strict=True)] for row in rows])
    sizes = np.abs(A).max(axis=1, keepdims=True)
    A = A / np.where(sizes > 0, sizes, 1.0)
    return A, [Fraction(1, top) for top in tops]


def _rounded(u: FloatArray | None, columns: Sequence[Fraction]) -> list[int] | None:
    if u is None or not np.any(u):
        return None
    return clear_denominators(
        [Fraction(value) * c for value, c in zip((u / np.abs(u).max()).tolist(), columns, strict=True)]
    )


def _solve(c: FloatArray, **constraints: object) -> FloatArray | None:
    from scipy.optimize import linprog

    options = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    result = linprog(c, method="highs", options=options, **constraints)
    return None if result.x is None else np.asarray(result.x)


def _separate_most(A: FloatArray) -> tuple[FloatArray | None, FloatArray]:
    from scipy import sparse

    n, d = A.shape
    x = _solve(
        np.concatenate([np.zeros(d), -np.ones(n)]),
        A_ub=sparse.hstack([sparse.csr_array(-A), sparse.eye_array(n)], format="csr"),
        b_ub=np.zeros(n),
        bounds=[(None, None)] * d + [(0, 1)] * n,
    )
    return (None, np.zeros(n)) if x is None else (x[:d], x[d:])


def _widest(A: FloatArray) -> FloatArray | None:
    """Return the u in [-1, 1]^d with the largest smallest margin, None if that is not positive."""
    n, d = A.shape
    x = _solve(
        np.concatenate([np.zeros(d), [-1.0]]),
        A_ub=np.column_stack([-A, np.ones(n)]),
        b_ub=np.zeros(n),
        bounds=[(-1, 1)] * d + [(None, 1)],
    )
    return None if x is None or x[d] <= 0 else x[:d]


def _positive_multipliers(rows: Sequence[IntVector], A: FloatArray) -> list[int] | None:
    """Return positive integers with sum multipliers_i rows_i = 0 exactly, None where none is found.

    The programme's multipliers are rounded; the small sum that they leave is then written exactly with a
    basis of the rows, and taken off. That keeps them positive unless the overlap is thinner than rounding.
    """
    n, d = A.shape
    # Multipliers t + mu with t, mu >= 0, sum 1, and t as large as possible.
    x = _solve(
        np.concatenate([np.zeros(n), [-1.0]]),
        A_eq=np.vstack([np.column_stack([A.T, A.sum(axis=0)]), np.concatenate([np.ones(n), [float(n)]])]),
        b_eq=np.concatenate([np.zeros(d), [1.0]]),
        bounds=(0, None),
    )
    if x is None or x[n] <= 0:
        return None
    weights = _row_weights(rows, x[:n] + x[n])
    return _balanced(rows, weights, _well_spread(A))


def _row_weights(rows: Sequence[IntVector], x: FloatArray) -> list[Fraction]:
    """Carry multipliers of the scaled rows over to the integer rows."""
    tops = [max(abs(value) for value in column) or 1 for column in zip(*rows, strict=True)]
    weights = []
    for row, value in zip(rows, x.tolist(), strict=True):
        size = max(Fraction(abs(entry), top) for entry, top in zip(row, tops, strict=True)) or Fraction(1)
        weights.append(Fraction(round(value * _UNIT)) / size)
    return weights


def _well_spread(A: FloatArray) -> list[int]:
    from scipy.linalg import qr

    _, _, order = qr(A.T, mode="economic", pivoting=True)
    return [int(i) for i in order]


def _balanced(rows: Sequence[IntVector], weights: Sequence[Fraction], order: Sequence[int]) -> list[int] | None:
    whole = clear_denominators(weights)
    rest = tuple(dot(whole, column) for column in zip(*rows, strict=True))
    basis = independent_rows(rows, order)
    combination = next(dependencies([*(rows[i] for i in basis), rest]), None)
    if combination is None:
        return None
    share = combination[-1]
    mended = [Fraction(value) for value in whole]
    for i, value in zip(basis, combination[:-1], strict=True):
        mended[i] += Fraction(value, share)
    return clear_denominators(mended) if min(mended) > 0 else None


def _on_the_rim(
    rows: Sequence[IntVector], A: FloatArray, columns: Sequence[Fraction], u: FloatArray | None, chosen: tuple[int, ...]
) -> Iterator[Candidate]:
    """Yield the quasi-separable witness: u exactly zero on the rest, positive multipliers on the rest."""
    inside = set(chosen)
    rest = [i for i in range(len(rows)) if i not in inside]
    on_rest = _positive_multipliers([rows[i] for i in rest], A[rest]) if np.any(A[rest]) else [1] * len(rest)
    direction = _within_kernel([rows[i] for i in rest], columns, u)
    if on_rest is None or direction is None:
        return
    multipliers = [0] * len(rows)
    for i, value in zip(rest, on_rest, strict=True):
        multipliers[i] = value
    yield Candidate(direction, multipliers, chosen)


def _within_kernel(rows: Sequence[IntVector], columns: Sequence[Fraction], u: FloatArray | None) -> list[int] | None:
    """Return the integer vector orthogonal to all rows that lies nearest to u."""
    if u is None:
        return None
    basis = independent_rows(rows, range(len(rows)))
    kernel = list(dependencies([tuple(rows[i][j] for i in basis) for j in range(len(u))]))
    if not kernel:
        return None
    scaled = []
    for vector in kernel:
        exact = [value / c for value, c in zip(vector, columns, strict=True)]
        top = max(abs(value) for value in exact)
        scaled.append([value / top for value in exact])
    K = np.array([[float(value) for value in vector] for vector in scaled])
    share = np.linalg.lstsq(K.T, u, rcond=None)[0]
    mixed = [
        sum((Fraction(c) * v[j] for c, v in zip(share.tolist(), scaled, strict=True)), Fraction(0))
        for j in range(len(u))
    ]
    return clear_denominators([value * c for value, c in zip(mixed, columns, strict=True)])
