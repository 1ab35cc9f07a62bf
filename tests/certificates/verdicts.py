"""Data, and checks of a verdict's witness in fractions, that several files share."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import strategies as st

from logreg.certificates.separability import Separability, check_separability
from logreg.data.dataset import Dataset

TINY = 5e-324
AND = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])
XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
UCLA_QUASI = Dataset(
    np.column_stack([[1, 2, 3, 3, 3, 4, 5, 6, 10, 11], [3, 0, -1, 4, 1, 0, 2, 7, 3, 4]]), [0] * 4 + [1] * 6
)


def count_labellings(points, fit_bias: bool = True) -> Counter[str]:
    """Give every labelling of a few points its exact verdict, and count."""
    labellings = product((0, 1), repeat=len(points))
    return Counter(check_separability(Dataset(points, labels), fit_bias=fit_bias).kind for labels in labellings)


def exact_rows(dataset: Dataset, fit_bias: bool) -> list[list[Fraction]]:
    """The rows a_i in fractions, by a way that shares no code with the library."""
    return [
        [Fraction(s) * Fraction(v) for v in ([*x, 1.0] if fit_bias else x)]
        for x, s in zip(dataset.X.tolist(), dataset.signs.tolist(), strict=True)
    ]


def witness_holds(found: Separability, dataset: Dataset) -> bool:
    """Check verdict and maximality of `separated` by fractions alone (Gordan, Stiemke)."""
    rows, inside = exact_rows(dataset, found.fit_bias), set(found.separated)
    n = dataset.n_samples
    holds = found.kind == ("separable" if len(inside) == n else "quasi-separable" if inside else "overlapping")
    if inside:
        u = [*found.exact_weights, found.exact_bias] if found.fit_bias else [*found.exact_weights]
        margins = [sum(a * b for a, b in zip(row, u, strict=True)) for row in rows]
        holds &= all(m > 0 if i in inside else m == 0 for i, m in enumerate(margins))
    if len(inside) < n:
        lam = found.exact_multipliers
        holds &= all(v == 0 if i in inside else v > 0 for i, v in enumerate(lam))
        holds &= all(sum(v * row[j] for v, row in zip(lam, rows, strict=True)) == 0 for j in range(len(rows[0])))
    return holds


@st.composite
def grid_data(draw: st.DrawFn, size: int = 2, n_features: int = 2, most: int = 9) -> Dataset:
    """Few points on a small grid: touching, collinear and repeated points come up all the time."""
    row = st.tuples(*[st.integers(-size, size)] * n_features, st.integers(0, 1))
    table = np.array(draw(st.lists(row, min_size=1, max_size=most)))
    return Dataset(table[:, :-1], table[:, -1])
