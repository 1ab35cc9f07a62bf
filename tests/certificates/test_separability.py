"""The verdict: published tables, exact witnesses, invariances, brute force, and a linear programme as a judge."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from logreg.certificates.separability import Separability, check_separability, proves
from logreg.data.dataset import Dataset
from tests.certificates.verdicts import AND, UCLA_QUASI, XOR, exact_rows, grid_data, witness_holds

UCLA = Dataset(np.column_stack([[1, 2, 3, 3, 5, 6, 10, 11], [3, 2, -1, -1, 2, 4, 1, 0]]), [0] * 4 + [1] * 4)
SOUDRY = Dataset([[0.5, 1.5], [1.5, 0.5], [-0.5, -1.5], [-1.5, -0.5]], [1, 1, 0, 0])


def common_point_holds(found: Separability, dataset: Dataset) -> bool:
    """At most rank + 1 samples, positive weights, and the combination of their rows is zero."""
    rows = exact_rows(dataset, found.fit_bias)
    pairs = list(zip(found.common_indices, found.common_weights, strict=True))
    return (
        0 < len(pairs) <= len(rows[0]) + 1
        and all(weight > 0 for _, weight in pairs)
        and all(sum(weight * rows[i][j] for i, weight in pairs) == 0 for j in range(len(rows[0])))
    )


def by_brute_force(dataset: Dataset, fit_bias: bool) -> set[int]:
    """The samples that some u separates, for points of {-1, 0, 1}^2: its cone's rays are integers up to 2."""
    A = dataset.signed_samples(fit_bias=fit_bias).astype(int)
    U = np.array(list(product(range(-2, 3), repeat=A.shape[1]))).T
    margins = A @ U
    return set(np.flatnonzero((margins[:, (margins >= 0).all(axis=0)] > 0).any(axis=1)).tolist())


@pytest.mark.parametrize(
    ("dataset", "fit_bias", "kind"),
    [
        (AND, True, "separable"),
        (XOR, True, "overlapping"),
        (XOR, False, "overlapping"),
        (UCLA, True, "separable"),
        (UCLA_QUASI, True, "quasi-separable"),
        (SOUDRY, False, "separable"),
    ],
)
def test_published_tables_get_their_published_verdict_with_proof(dataset: Dataset, fit_bias: bool, kind: str) -> None:
    found = check_separability(dataset, fit_bias=fit_bias)
    assert found.kind == kind
    assert witness_holds(found, dataset)
    assert proves(found, dataset)


def test_published_directions_are_found_in_whole_numbers() -> None:
    assert (*check_separability(AND).exact_weights, check_separability(AND).exact_bias) == (2, 2, -3)
    assert (*check_separability(UCLA_QUASI).exact_weights, check_separability(UCLA_QUASI).exact_bias) == (1, 0, -3)
    assert check_separability(SOUDRY, fit_bias=False).exact_weights == (1, 1)
    assert check_separability(SOUDRY, fit_bias=False).margin == pytest.approx(math.sqrt(2), rel=1e-15)


def test_xor_is_proven_by_its_two_crossing_diagonals() -> None:
    found = check_separability(XOR)
    assert found.common_indices == (0, 1, 2, 3)
    assert found.common_point == (0.5, 0.5)
    assert found.multipliers.tolist() == [1, 1, 1, 1]


def test_iris_petals_are_separable_for_one_pair_and_overlap_for_the_other() -> None:
    from sklearn.datasets import load_iris

    iris = load_iris()
    for columns in ([2, 3], [0, 1, 2, 3]):
        for first, kind in ((0, "separable"), (1, "overlapping")):
            chosen = np.isin(iris.target, [first, first + 1])
            dataset = Dataset(iris.data[chosen][:, columns], iris.target[chosen] - first)
            found = check_separability(dataset)
            assert found.kind == kind
            assert witness_holds(found, dataset)


@settings(max_examples=300, deadline=None)
@given(grid_data(size=1), st.booleans())
def test_brute_force_over_small_directions_finds_the_same_separated_samples(dataset: Dataset, fit_bias: bool) -> None:
    found = check_separability(dataset, fit_bias=fit_bias)
    assert set(found.separated) == by_brute_force(dataset, fit_bias)
    assert witness_holds(found, dataset)


@settings(max_examples=200, deadline=None)
@given(grid_data(size=4, most=14), st.booleans())
def test_every_witness_on_a_grid_holds_in_fractions(dataset: Dataset, fit_bias: bool) -> None:
    found = check_separability(dataset, fit_bias=fit_bias)
    assert witness_holds(found, dataset)
    assert proves(found, dataset)
    assert found.kind == "separable" or common_point_holds(found, dataset)
    assert (found.common_point is not None) == (fit_bias and found.kind != "separable")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(*[st.floats(-1e308, 1e308)] * 2, st.integers(0, 1)), min_size=1, max_size=8),
    st.booleans(),
)
def test_every_witness_on_any_finite_floats_holds_in_fractions(
    table: list[tuple[float, float, int]], bias: bool
) -> None:
    dataset = Dataset([row[:2] for row in table], [row[2] for row in table])
    found = check_separability(dataset, fit_bias=bias)
    assert witness_holds(found, dataset)
    assert found.kind == "separable" or common_point_holds(found, dataset)


@settings(max_examples=100, deadline=None)
@given(grid_data(n_features=1, size=3), st.booleans())
def test_one_feature_is_exact_too(dataset: Dataset, fit_bias: bool) -> None:
    found = check_separability(dataset, fit_bias=fit_bias)
    assert witness_holds(found, dataset)
    assert found.weights is None or found.weights.shape == (1,)
    assert found.common_point is None or len(found.common_point) == 1


@settings(max_examples=150, deadline=None)
@given(grid_data(most=12), st.tuples(*[st.integers(-5, 5)] * 6), st.booleans())
def test_the_verdict_survives_invertible_maps(dataset: Dataset, numbers: tuple[int, ...], fit_bias: bool) -> None:
    a, b, c, d, *shift = numbers
    if a * d == b * c:
        a, b, c, d = a, 1, -1, 0
    moved = Dataset(dataset.X @ np.array([[a, b], [c, d]]) + (shift if fit_bias else [0, 0]), dataset.y)
    before, after = check_separability(dataset, fit_bias=fit_bias), check_separability(moved, fit_bias=fit_bias)
    assert (before.kind, before.separated) == (after.kind, after.separated)


@settings(max_examples=100, deadline=None)
@given(grid_data(most=12), st.randoms(), st.booleans())
def test_the_verdict_survives_relabelling_and_permutation(dataset: Dataset, rng: object, fit_bias: bool) -> None:
    order = list(range(dataset.n_samples))
    rng.shuffle(order)
    found = check_separability(dataset, fit_bias=fit_bias)
    relabelled = check_separability(Dataset(dataset.X, 1 - dataset.y), fit_bias=fit_bias)
    permuted = check_separability(Dataset(dataset.X[order], dataset.y[order]), fit_bias=fit_bias)
    assert found.kind == relabelled.kind == permuted.kind
    assert set(found.separated) == set(relabelled.separated) == {order[i] for i in permuted.separated}
    assert found.margin == relabelled.margin == permuted.margin or found.kind == "quasi-separable"


def by_linear_programme(dataset: Dataset, fit_bias: bool) -> set[int]:
    """The samples that some u separates: max sum s over A u >= s, 0 <= s <= 1, has s = 1 on them and 0 elsewhere."""
    A = dataset.signed_samples(fit_bias=fit_bias)
    n, d = A.shape
    found = linprog(
        np.concatenate([np.zeros(d), -np.ones(n)]),
        A_ub=np.column_stack([-A, np.eye(n)]),
        b_ub=np.zeros(n),
        bounds=[(None, None)] * d + [(0, 1)] * n,
    )
    return set(np.flatnonzero(found.x[d:] > 0.5).tolist())


@settings(max_examples=250, deadline=None)
@given(st.integers(1, 6).flatmap(lambda d: grid_data(1 + (d < 4), d, 9 + 2 * d)), st.booleans())
def test_a_linear_programme_finds_the_same_separated_samples(dataset: Dataset, fit_bias: bool) -> None:
    found = check_separability(dataset, fit_bias=fit_bias)
    assert set(found.separated) == by_linear_programme(dataset, fit_bias)
    assert witness_holds(found, dataset)
    assert found.kind == "separable" or common_point_holds(found, dataset)


def test_random_grids_show_all_three_verdicts_often() -> None:
    rng = np.random.default_rng(0)
    for n_features in (2, 3, 6):
        seen: Counter[str] = Counter()
        for _ in range(120):
            n = n_features + int(rng.integers(1, 12))
            X, y = rng.integers(-1, 2, (n, n_features)), rng.integers(0, 2, n)
            seen[check_separability(Dataset(X, y), fit_bias=bool(rng.integers(2))).kind] += 1
        assert min(seen[kind] for kind in ("separable", "quasi-separable", "overlapping")) >= 5, seen


@settings(max_examples=100, deadline=None)
@given(grid_data(n_features=3, most=14), st.tuples(*[st.integers(-3, 3)] * 3), st.booleans())
def test_copies_and_a_feature_that_follows_from_the_others_change_nothing(
    dataset: Dataset, mix: tuple[int, ...], fit_bias: bool
) -> None:
    found = check_separability(dataset, fit_bias=fit_bias)
    lifted = Dataset(np.column_stack([dataset.X, dataset.X @ mix]), dataset.y)
    doubled = Dataset(np.vstack([dataset.X, dataset.X]), np.append(dataset.y, dataset.y))
    n = dataset.n_samples
    assert check_separability(lifted, fit_bias=fit_bias).separated == found.separated
    assert check_separability(doubled, fit_bias=fit_bias).separated == tuple(
        i + shift for shift in (0, n) for i in found.separated
    )
