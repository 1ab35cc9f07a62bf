"""The optimum: closed forms, published values, an outside judge, and honesty where there is none."""

from __future__ import annotations

import subprocess
import sys
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from logreg.certificates.optimum import NoFiniteOptimum, OptimumOutOfReach, is_unique, optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.data.transforms import flip_label
from logreg.training.model import Model, sigmoid
from logreg.training.objective import Objective

XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
HALF = [(0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3), (3, 1.2), (2, 3.1)]


def petals(shift=0.0, scale=(1.0, 1.0)) -> Dataset:
    from sklearn.datasets import load_iris

    X, y = load_iris(return_X_y=True)
    return Dataset(X[50:, 2:] * scale + shift, y[50:] - 1)


def headline(flipped: int) -> Dataset:
    y = np.repeat([1, 0], 8)
    y[flipped] = 0
    return Dataset(np.vstack([HALF, np.negative(HALF)]), y)


def slope_ratio(model: Model, dataset: Dataset, l2=0.0, penalise_bias=False, fit_bias=True) -> float:
    """Return the slope over mean a-norm times pull, from margins in exact arithmetic."""
    rows = dataset.signed_samples(fit_bias=fit_bias)
    v = model.parameters if fit_bias else model.weights
    exact = [
        float(sum(Fraction(a) * Fraction(b) for a, b in zip(row, v.tolist(), strict=True))) for row in rows.tolist()
    ]
    pull = sigmoid(-np.array(exact))
    penalty = l2 * v
    if fit_bias and not penalise_bias:
        penalty[-1] = 0.0
    slope = penalty - np.array([float(sum(map(Fraction, column))) for column in (rows * pull[:, None]).T]) / len(rows)
    return float(np.linalg.norm(slope) / np.mean(np.linalg.norm(rows, axis=1) * pull))


def newton_step(dataset: Dataset, v: list[float], digits: int) -> tuple[float, float]:
    """Return what one Newton step from v = (v_1, v_2) does to the margins, and their size: decimals, no penalty."""
    rows = dataset.signed_samples(fit_bias=dataset.n_features == 1).tolist()
    with localcontext(Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX)):
        place = [Decimal(value) for value in v]
        margins = [sum(Decimal(a) * p for a, p in zip(row, place, strict=True)) for row in rows]
        pulls = [1 / (1 + m.exp()) for m in margins]
        g = [sum(Decimal(row[j]) * p for row, p in zip(rows, pulls, strict=True)) for j in (0, 1)]
        h = {
            (i, j): sum(Decimal(row[i]) * Decimal(row[j]) * p * (1 - p) for row, p in zip(rows, pulls, strict=True))
            for i, j in ((0, 0), (0, 1), (1, 1))
        }
        det = h[0, 0] * h[1, 1] - h[0, 1] ** 2
        step = [(h[1, 1] * g[0] - h[0, 1] * g[1]) / det, (h[0, 0] * g[1] - h[0, 1] * g[0]) / det]
        moved = [abs(sum(Decimal(a) * t for a, t in zip(row, step, strict=True))) for row in rows]
    return float(max(moved)), float(max(map(abs, margins)))


def test_xor_ends_at_exactly_zero():
    for objective in (Objective(), Objective(fit_bias=False), Objective(l2=0.3, penalise_bias=True)):
        model = optimum(XOR, objective)
        assert [*model.weights, model.bias] == [0.0, 0.0, 0.0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=5),
    st.integers(1, 4),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.5]),
)
def test_where_every_point_has_the_labels_in_one_ratio_w_is_exactly_zero_and_b_its_log(points, ones, zeros, l2):
    labels = [1] * ones + [0] * zeros
    data = Dataset(np.repeat(points, len(labels), axis=0), labels * len(points))
    model = optimum(data, Objective(l2=l2))
    if l2 or is_unique(data):
        assert model.weights.tolist() == [0.0, 0.0]
        assert model.bias == pytest.approx(np.log(ones / zeros), rel=1e-15)
    assert model.decision_function(data.X) == pytest.approx(np.log(ones / zeros), abs=1e-9)


def test_the_shortest_minimiser_may_need_weights_where_the_bias_alone_would_do():
    data = Dataset([[1.0, 0.0]] * 3 + [[1.0, 2.0]] * 3, [1, 1, 0] * 2)
    model = optimum(data)
    assert [*model.weights, model.bias] == pytest.approx([np.log(2) / 2, 0.0, np.log(2) / 2], abs=1e-15)


def test_iris_petals_have_the_published_optimum():
    model = optimum(petals())
    np.testing.assert_allclose([model.bias, *model.weights], [-45.272344, 5.754532, 10.446700], atol=5e-7)


def test_two_of_three_labels_give_the_logit_of_two_thirds():
    data = Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])
    assert optimum(data, Objective(fit_bias=False)).weights[0] == pytest.approx(np.log(2), rel=1e-14)
    both = optimum(data)
    assert [both.weights[0], both.bias] == pytest.approx([np.log(2) / 2] * 2, rel=1e-14)


@pytest.mark.parametrize(("flipped", "norm"), [(4, 0.91496), (5, 3.911)])
def test_one_flipped_label_has_the_known_norm(flipped, norm):
    model = optimum(headline(flipped), Objective(fit_bias=False))
    assert np.linalg.norm(model.weights) == pytest.approx(norm, rel=2e-4)
    assert model.bias == 0.0


@pytest.mark.parametrize(
    "data",
    [
        headline(0),
        Dataset([[0.0], [1.0]], [0, 1]),
        Dataset([[0.0, 0.0]], [1]),
        Dataset([[0.0], [0.0], [1.0]], [0, 1, 1]),
    ],
)
def test_without_overlap_there_is_no_optimum_and_the_verdict_says_why(data):
    fit_bias = len(data.X) != 16
    verdict = check_separability(data, fit_bias=fit_bias).kind
    assert verdict != "overlapping"
    why = "with a single class the unpenalised bias grows" if len(set(data.y)) == 1 else f"the data are {verdict}"
    with pytest.raises(NoFiniteOptimum, match=why) as caught:
        optimum(data, Objective(fit_bias=fit_bias))
    assert caught.value.separability.kind == verdict


def test_a_penalty_makes_every_set_finite_except_for_a_free_bias_with_one_class():
    data = Dataset([[0.0], [1.0]], [1, 1])
    with pytest.raises(NoFiniteOptimum, match="single class"):
        optimum(data, Objective(l2=0.1))
    for options in ({"penalise_bias": True}, {"fit_bias": False}):
        assert slope_ratio(optimum(data, Objective(l2=0.1, **options)), data, 0.1, **options) <= 1e-10


@pytest.mark.parametrize("shift", [0.0, 100.0, 1e4, 1e6, 1e8])
def test_data_far_from_the_origin_have_the_same_weights(shift):
    data = petals(shift)
    model = optimum(data)
    np.testing.assert_allclose(model.weights, [5.754532, 10.446700], rtol=1e-6)
    assert slope_ratio(model, data) <= 1e-10


@pytest.mark.parametrize("scale", [(1e-6, 1e6), (2.0**-900, 2.0**-900), (2.0**900, 1.0)])
def test_features_of_any_scale_have_the_inverse_weights(scale):
    model = optimum(petals(scale=scale))
    np.testing.assert_allclose(model.weights * scale, [5.754532, 10.446700], atol=1e-6)


@pytest.mark.parametrize(
    ("X", "l2", "fit_bias", "unique"),
    [
        ([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], 0.0, True, False),
        ([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], 0.1, True, True),
        ([[1.0, 1.0], [2.0, 2.0]], 0.0, False, False),
        ([[0.1, 0.3], [0.2, 0.6], [0.3, 0.9]], 0.0, True, True),  # not on one line, by a rounding
        ([[0.25, 0.75], [0.5, 1.5], [1.0, 3.0]], 0.0, True, False),
        ([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0]], 0.0, False, True),
        ([[1e8, 0.0], [1e8 + 1, 0.0], [1e8, 5e-324]], 0.0, True, True),
        ([[3.0, 4.0]], 0.0, True, False),
    ],
)
def test_a_minimiser_is_the_only_one_where_rows_span_the_space_or_a_penalty_decides(X, l2, fit_bias, unique):
    assert is_unique(Dataset(X, [i % 2 for i in range(len(X))]), Objective(fit_bias=fit_bias, l2=l2)) == unique


def test_collinear_data_get_the_shortest_optimum():
    data = petals()
    double = optimum(Dataset(np.column_stack([data.X, 2 * data.X[:, 0]]), data.y))
    w = optimum(data)
    np.testing.assert_allclose(double.weights, [w.weights[0] / 5, w.weights[1], 2 * w.weights[0] / 5], rtol=1e-10)
    assert double.bias == pytest.approx(w.bias)


def test_a_constant_feature_shares_with_the_bias_as_the_norm_wants():
    data, w = petals(), optimum(petals())
    model = optimum(Dataset(np.column_stack([data.X, np.full(100, 3.0)]), data.y))
    assert [model.weights[2], model.bias] == pytest.approx([w.bias * 3 / 10, w.bias / 10], rel=1e-12)


def test_copies_of_points_and_points_at_the_origin_change_nothing():
    data = petals()
    twice = Dataset(np.vstack([data.X, data.X]), np.append(data.y, data.y))
    np.testing.assert_allclose(optimum(twice).weights, optimum(data).weights, rtol=1e-12)
    assert optimum(Dataset([[0.0, 0.0]] * 2, [0, 1]), Objective(fit_bias=False)).weights.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("depth", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10])
def test_the_optimum_of_a_shallow_overlap_matches_its_closed_form(depth):
    # Without a bias and in one dimension: 2 points at 1 and one at -depth, so 2σ(−w) = depth·σ(depth·w).
    data = Dataset([[1.0], [1.0], [depth]], [1, 1, 0])
    w = float(optimum(data, Objective(fit_bias=False)).weights[0])
    assert 2 * sigmoid(-w) == pytest.approx(depth * sigmoid(depth * w), rel=1e-5)
    assert slope_ratio(Model([w]), data, fit_bias=False) <= 1e-10


@pytest.mark.parametrize("depth", [1e-2, 1e-6])
def test_weights_of_a_million_are_reached(depth):
    # Every point within depth of the boundary: the weights grow as 1/depth.
    X = [[-depth, 0.0], [depth, 0.0], [2 * depth, 1.0], [-2 * depth, 1.0], [-depth, 1.0], [depth, 0.5]]
    data = Dataset(X, [1, 1, 1, 0, 0, 0])
    model = optimum(data)
    assert np.linalg.norm(model.weights) > 0.3 / depth
    assert slope_ratio(model, data) <= 1e-10


@pytest.mark.parametrize("depth", [1e-8, 1e-14, 1e-50, 1e-300, 5e-324])
def test_an_overlap_of_any_depth_has_its_minimum_in_sight(depth):
    data = Dataset([[-1.0], [depth], [1.0], [0.0]], [0, 0, 1, 1])
    model = optimum(data)
    # Two pulls of e^-w against depth/2.
    assert model.weights[0] == pytest.approx(np.log(4) - np.log(depth), rel=2 * depth + 1e-15)
    step, size = newton_step(data, [*model.weights, model.bias], 400)
    assert step <= 1e-12 * size


@pytest.mark.parametrize("decades", range(1, 13))
def test_a_hairs_breadth_with_one_flipped_label_has_the_minimum_of_sixty_digits(decades):
    data = flip_label(make_dataset("hairs_breadth", n_samples=100, seed=0, decades=decades), 0)
    model = optimum(data, Objective(fit_bias=False))
    step, size = newton_step(data, model.weights.tolist(), 60)
    assert step <= 1e-9 * size
    if decades == 6:
        assert np.linalg.norm(model.weights) == pytest.approx(212.10643, abs=5e-6)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0, 15), st.floats(-1, 1))
def test_beside_two_samples_that_all_but_cancel_no_wrong_minimum_passes(seed, decades, stretch):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(12, 2))
    side = np.array([X[1, 1], -X[1, 0]])
    X[0] = -X[1] - 10.0**-decades * (side + stretch * X[1])
    X[2:] *= np.where(X[2:] @ side > 0, 1, -1)[:, None]
    data = Dataset(X, [1] * 12)
    assume(check_separability(data, fit_bias=False).kind == "overlapping")
    model = optimum(data, Objective(fit_bias=False))
    step, size = newton_step(data, model.weights.tolist(), 120)
    assert step <= 1e-7 * max(1.0, size)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[5e-324], [5e-324], [5e-324]], [1, 1, 0]),  # w = ln 2 / 5e-324
        ([[0.3, 0.3], [0.7, 0.7 + 2e-16], [1.1, 1.1 - 3e-16], [0.9, 0.9]], [1, 0, 0, 0]),  # 10^16, and a sum of 1
    ],
)
def test_where_float64_cannot_hold_the_minimum_it_says_so(X, y):
    assert check_separability(Dataset(X, y), fit_bias=False).kind == "overlapping"
    with pytest.raises(OptimumOutOfReach):
        optimum(Dataset(X, y), Objective(fit_bias=False))


def test_features_that_differ_in_the_last_bits_are_no_less_unique_for_the_optimum():
    # The log-odds are ln 3 times the sign of x_2 - x_1 = ±2^-50, which the samples' singular values do not show.
    cells = [(x, k) for x in (-1.0, 1.0) for k in (-1, 1)]
    X = [[x, x + k * 2.0**-50] for x, k in cells for _ in range(4)]
    data = Dataset(X, [label for _, k in cells for label in (k > 0, k > 0, k > 0, k < 0)])
    assert is_unique(data)
    model = optimum(data)
    assert model.weights / 2.0**50 == pytest.approx([-np.log(3), np.log(3)], rel=1e-14)
    assert model.bias == pytest.approx(0, abs=1e-15)


def test_the_plane_needs_no_scipy():
    code = (
        "import sys; from logreg.certificates.optimum import optimum; from logreg.data.dataset import Dataset;"
        "optimum(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])); assert 'scipy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("seed", range(5))
def test_scikit_learn_agrees_without_a_penalty(seed):
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(seed)
    X = rng.normal(size=(120, 1 + seed))
    data = Dataset(X, (X[:, 0] + rng.logistic(size=120) > 0.3 * seed).astype(int))
    judge = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(X, data.y)
    model = optimum(data)
    np.testing.assert_allclose([*model.weights, model.bias], [*judge.coef_[0], *judge.intercept_], atol=1e-8)


@pytest.mark.parametrize("l2", [1e-6, 1e-2, 1.0])
def test_scikit_learn_agrees_with_a_penalty_on_thirty_features(l2):
    from sklearn.datasets import load_breast_cancer
    from sklearn.linear_model import LogisticRegression

    X, y = load_breast_cancer(return_X_y=True)
    raw = Dataset(X, y)
    assert slope_ratio(optimum(raw, Objective(l2=l2)), raw, l2) <= 1e-10
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    judge = LogisticRegression(C=1 / (len(X) * l2), solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(X, y)
    model = optimum(Dataset(X, y), Objective(l2=l2))
    np.testing.assert_allclose([*model.weights, model.bias], [*judge.coef_[0], *judge.intercept_], rtol=1e-5, atol=1e-7)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 1)), min_size=1, max_size=12),
    st.sampled_from([0.0, 1e-6, 0.1, 10.0]),
    st.booleans(),
    st.booleans(),
)
def test_small_sets_have_a_proven_optimum_or_a_verdict(points, l2, penalise_bias, fit_bias):
    table = np.array(points, dtype=float)
    data = Dataset(table[:, :2], table[:, 2])
    try:
        model = optimum(data, Objective(fit_bias=fit_bias, l2=l2, penalise_bias=penalise_bias))
    except NoFiniteOptimum as error:
        assume(False)
        raise AssertionError from error
    if l2 == 0:
        assert check_separability(data, fit_bias=fit_bias).kind == "overlapping"
    assert np.linalg.norm(model.weights) < 1e3
    if data.signed_samples(fit_bias=fit_bias).any():
        assert slope_ratio(model, data, l2, penalise_bias, fit_bias) <= 1e-10


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 1)), min_size=4, max_size=12))
def test_the_optimum_lies_in_the_span_of_the_rows(points):
    table = np.array(points, dtype=float)
    data = Dataset(table[:, :2], table[:, 2])
    assume(check_separability(data).kind == "overlapping")
    model, rows = optimum(data), data.signed_samples()
    v = model.parameters
    inside = np.linalg.pinv(rows, rcond=1e-10) @ (rows @ v)
    np.testing.assert_allclose(v, inside, atol=1e-9)


def test_a_slope_too_small_to_square_is_not_taken_for_zero():
    X = [[2e-150, -1.68e16, -1.5e-108], [0.0, 1e-93, 2.66e64], [-8.6e115, 0.0, 0.0], [0.0, -7.7e104, 5.2e42]]
    data = Dataset(X, [1, 0, 1, 1])
    with pytest.raises(OptimumOutOfReach):
        optimum(data, Objective(l2=1e-3))
