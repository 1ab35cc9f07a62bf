"""The verdict: published tables, exact witnesses, invariances, brute force, and a linear programme as a judge."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from logreg.certificates.exact import float_view, integer_rows, kernel, sqrt_ratio
from logreg.certificates.plane import convex_hull
from logreg.certificates.separability import Separability, check_separability, proves, separated_by
from logreg.data.dataset import Dataset
from logreg.training.model import Model

TINY = 5e-324
AND = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])
XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
UCLA = Dataset(np.column_stack([[1, 2, 3, 3, 5, 6, 10, 11], [3, 2, -1, -1, 2, 4, 1, 0]]), [0] * 4 + [1] * 4)
UCLA_QUASI = Dataset(
    np.column_stack([[1, 2, 3, 3, 3, 4, 5, 6, 10, 11], [3, 0, -1, 4, 1, 0, 2, 7, 3, 4]]), [0] * 4 + [1] * 6
)
SOUDRY = Dataset([[0.5, 1.5], [1.5, 0.5], [-0.5, -1.5], [-1.5, -0.5]], [1, 1, 0, 0])


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


@st.composite
def grid_data(draw: st.DrawFn, size: int = 2, n_features: int = 2, most: int = 9) -> Dataset:
    """Few points on a small grid: touching, collinear and repeated points come up all the time."""
    row = st.tuples(*[st.integers(-size, size)] * n_features, st.integers(0, 1))
    table = np.array(draw(st.lists(row, min_size=1, max_size=most)))
    return Dataset(table[:, :-1], table[:, -1])


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


def face_to_face(n_features: int, gap: float) -> Dataset:
    """Two pyramids of any dimension whose bases lie gap apart, or overlap by -gap."""
    corners = np.vstack([np.eye(n_features - 1), -np.ones((1, n_features - 1))])
    tip = np.zeros((1, n_features - 1))
    first = [np.column_stack([np.full(len(part), x), part]) for part, x in ((corners, gap), (tip, 2.0))]
    second = [np.column_stack([np.full(len(part), x), part]) for part, x in ((corners, 0.0), (tip, -1.0))]
    return Dataset(np.vstack([*first, *second]), np.repeat([1, 0], n_features + 1), "face to face")


@pytest.mark.parametrize("n_features", [2, 3, 6])
@pytest.mark.parametrize("gap", [TINY, 1e-300, 1e-15, 1.0])
@pytest.mark.parametrize(("sign", "kind"), [(1, "separable"), (0, "quasi-separable"), (-1, "overlapping")])
def test_gaps_down_to_the_smallest_float_are_told_from_touching_and_overlap(
    n_features: int, gap: float, sign: int, kind: str
) -> None:
    dataset = face_to_face(n_features, sign * gap)
    found = check_separability(dataset)
    assert found.kind == kind
    assert witness_holds(found, dataset)
    if kind == "separable" and n_features == 2:
        assert found.margin == gap / 2
    if kind == "quasi-separable":
        assert found.separated == (n_features, 2 * n_features + 1)


@pytest.mark.parametrize("n_features", [2, 3, 6])
@pytest.mark.parametrize(("steps", "kind"), [(1, "separable"), (0, "quasi-separable"), (-1, "overlapping")])
def test_an_offset_of_1e8_does_not_hide_a_gap_of_1e_minus_8(n_features: int, steps: int, kind: str) -> None:
    near = face_to_face(n_features, steps * 2.0**-26)
    dataset = Dataset(1e8 + near.X, near.y)
    found = check_separability(dataset)
    assert found.kind == kind
    assert witness_holds(found, dataset)


@pytest.mark.parametrize("turn", range(5))
def test_points_on_a_plane_up_to_rounding_are_decided_all_the_same(turn: int) -> None:
    # Where a linear programme sees a tie, rounding made one of the three verdicts true.
    rng = np.random.default_rng(turn)
    X, w, y = rng.normal(size=(40, 5)), rng.normal(size=5), np.arange(40) % 2
    X[:, 0] = -(X[:, 1:] @ w[1:]) / w[0]
    X[:12, 0] += 1e-16 * (2 * y[:12] - 1)
    dataset = Dataset(X[: 12 + 7 * turn], y[: 12 + 7 * turn])
    assert witness_holds(check_separability(dataset), dataset)


@pytest.mark.parametrize(
    ("X", "y", "fit_bias", "kind"),
    [
        ([[1, 1]] * 4, [0, 1, 0, 1], True, "overlapping"),
        ([[1, 1]] * 4, [1, 1, 1, 1], True, "separable"),
        ([[0, 0], [1, 1], [1, 1], [2, 2]], [0, 0, 1, 1], True, "quasi-separable"),
        ([[0, 0], [1, 1], [2, 2], [3, 3]], [0, 1, 0, 1], True, "overlapping"),
        ([[0, 0], [2, 0], [1, 0], [1, 1]], [0, 0, 1, 1], True, "quasi-separable"),
        ([[0, 0], [2, 2], [0, 2], [2, 0], [1, 1]], [0, 0, 0, 0, 1], True, "overlapping"),
        ([[0, 0], [0, 0]], [0, 1], False, "overlapping"),
        ([[0, 0], [1, 1]], [0, 1], False, "quasi-separable"),
        ([[1, 0], [-1, 0], [0, 1]], [1, 1, 1], False, "quasi-separable"),
        ([[1, 0], [-1, 1], [-1, -1]], [1, 1, 1], False, "overlapping"),
        ([[0, 0, 0], [0, 0, 0]], [0, 1], False, "overlapping"),
        ([[0, 0, 0], [1, 1, 2]], [0, 1], False, "quasi-separable"),
        ([[1, 2, 3]] * 3, [0, 0, 0], True, "separable"),
    ],
)
def test_degenerate_sets_are_told_apart(X: list[list[int]], y: list[int], fit_bias: bool, kind: str) -> None:
    dataset = Dataset(X, y)
    found = check_separability(dataset, fit_bias=fit_bias)
    assert found.kind == kind
    assert witness_holds(found, dataset)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_is_separated_by_the_bias_alone(label: int) -> None:
    found = check_separability(Dataset([[1.0, 2.0], [-3.0, 4.0]], [label, label]))
    assert (found.kind, found.exact_weights, found.exact_bias) == ("separable", (0, 0), 2 * label - 1)
    assert found.margin == math.inf


def test_separable_classes_get_the_line_of_widest_margin() -> None:
    # A corner against an edge: the distance from (3, 1) to the line x = 1 is 2.
    found = check_separability(Dataset([[1, 0], [1, 5], [-2, 1], [3, 1], [9, 1]], [0, 0, 0, 1, 1]))
    assert found.margin == 1.0
    assert (found.exact_weights, found.exact_bias) == ((1, 0), -2)


@pytest.mark.parametrize("shape", ["circle", "two circles", "blobs"])
def test_a_thousand_points_are_decided_with_a_witness_that_holds(shape: str) -> None:
    rng = np.random.default_rng(3)
    angle, y = rng.uniform(0, 2 * np.pi, 1000), np.arange(1000) % 2
    X = np.column_stack([np.cos(angle), np.sin(angle)]) if "circle" in shape else rng.normal(size=(1000, 2))
    X[:, 0] += 2.5 * y * (shape == "two circles")
    found = check_separability(Dataset(X, y))
    assert found.kind == ("separable" if shape == "two circles" else "overlapping")
    assert witness_holds(found, Dataset(X, y))


def test_float_views_prove_ordinary_cases_in_float_arithmetic() -> None:
    rng = np.random.default_rng(1)
    y = np.arange(80) % 2
    for shift, kind in ((8.0, "separable"), (0.0, "overlapping")):
        dataset = Dataset(rng.normal(size=(80, 2)) + shift * y[:, None], y)
        found, A = check_separability(dataset), dataset.signed_samples()
        assert found.kind == kind
        if kind == "separable":
            margins = A @ [*found.weights, found.bias] / np.linalg.norm(found.weights)
            assert margins.min() == pytest.approx(found.margin, rel=1e-9)
        else:
            assert found.multipliers.min() > 0
            assert np.abs(found.multipliers @ A).max() <= 1e-12 * (found.multipliers @ np.abs(A)).max()
            assert not found.multipliers.flags.writeable


@pytest.mark.parametrize("dataset", [AND, XOR, UCLA_QUASI])
def test_a_tampered_witness_proves_nothing(dataset: Dataset) -> None:
    found = check_separability(dataset)
    changes: list[dict[str, object]] = [
        {"kind": "overlapping" if found.kind != "overlapping" else "separable"},
        {"separated": ()} if found.separated else {"separated": (0,)},
        {"separated": (*found.separated, dataset.n_samples)},
    ]
    if found.exact_weights is not None:
        changes += [
            {"exact_weights": tuple(-w for w in found.exact_weights)},
            {"exact_bias": 99},
            {"exact_weights": None},
        ]
    if found.exact_multipliers is not None:
        first, *others = found.exact_multipliers
        changes += [{"exact_multipliers": (first + 1, *others)}, {"exact_multipliers": None}]
        changes += [{"exact_multipliers": (0,) * dataset.n_samples}, {"exact_multipliers": tuple(others)}]
    for change in changes:
        assert not proves(dataclasses.replace(found, **change), dataset), change


def test_above_the_plane_scales_and_offsets_do_not_decide() -> None:
    rng = np.random.default_rng(2)
    y = np.arange(60) % 2
    overlap = rng.normal(size=(60, 4))
    for X, kind in (
        (overlap * [1e-200, 1, 1e200, 1e5], "overlapping"),
        (overlap * 1e300, "overlapping"),
        (overlap + 1e8, "overlapping"),
        ((overlap + 12 * y[:, None]) * [1e-200, 1, 1e200, 1e5], "separable"),
        (1e8 + overlap + 12 * y[:, None], "separable"),
    ):
        dataset = Dataset(X, y)
        found = check_separability(dataset)
        assert found.kind == kind
        assert witness_holds(found, dataset)


def test_the_verdict_needs_no_scipy() -> None:
    code = (
        "import sys; from logreg import Dataset, check_separability; "
        "[check_separability(Dataset([[0] * d, [1] * d], [0, 1])) for d in (2, 4)]; sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_floats_become_integers_and_come_back_unchanged() -> None:
    X = np.array([[0.1, -TINY], [1e308, 3.0]])
    rows, k = integer_rows(X)
    assert [[Fraction(v, 2**k) for v in row] for row in rows] == [[Fraction(v) for v in row] for row in X.tolist()]
    assert float_view([2**2000, -(2**1999)]).tolist() == [2.0**52, -(2.0**51)]
    assert sqrt_ratio(1, 2**2000) == 2.0**-1000


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 4), min_size=1, max_size=5))
def test_the_kernel_is_all_that_the_rows_send_to_zero(rows: list[tuple[int, ...]]) -> None:
    found = kernel(rows, 4)
    assert not (np.array(rows) @ np.array(found).reshape(-1, 4).T).any()
    assert len(found) == 4 - np.linalg.matrix_rank(np.array(rows))
    assert not found or np.linalg.matrix_rank(np.array(found)) == len(found)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 2), min_size=1, max_size=9))
def test_the_hulls_corners_turn_left_and_hold_all_points(points: list[tuple[int, int]]) -> None:
    corners = convex_hull(points, range(len(points)))
    for i, j in pairwise([*corners, corners[0]] if len(corners) > 2 else []):
        (a, b), (c, d) = points[i], points[j]
        sides = [(c - a) * (y - b) - (d - b) * (x - a) for x, y in points]
        assert min(sides) == 0
        # A corner in the middle of an edge would be no corner.
        assert all(
            side > 0 for k, side in zip(range(len(points)), sides, strict=True) if k in corners and k not in (i, j)
        )
    assert len(corners) > 2 or np.linalg.matrix_rank(np.array(points) - points[0]) < 2


@given(grid_data(size=2, most=7), st.lists(st.integers(-4, 4), min_size=3, max_size=3), st.booleans())
def test_a_model_proves_a_verdict_just_where_it_has_every_sample_on_its_side(
    dataset: Dataset, numbers: list[int], fit_bias: bool
) -> None:
    model = Model(numbers[:2], numbers[2] if fit_bias else 0.0)
    u = numbers if fit_bias else numbers[:2]
    right = all(sum(map(Fraction.__mul__, row, map(Fraction, u))) > 0 for row in exact_rows(dataset, fit_bias))
    found = separated_by(model, dataset, fit_bias=fit_bias)
    assert (found is not None) == right
    assert found is None or (found.kind == "separable" and proves(found, dataset))


def test_a_models_margin_is_that_of_its_direction_with_the_line_moved_halfway() -> None:
    found = separated_by(Model([2.0, 0.0], -1.0), Dataset([[0.0, 5.0], [4.0, -5.0]], [0, 1]))
    assert found is not None
    assert found.margin == 2.0
    assert separated_by(Model([1.0, 0.0], 9.0), Dataset([[0.0, 5.0]], [1])).margin == 9.0
