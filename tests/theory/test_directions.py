"""What every direction costs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import row_space
from logreg.theory.directions import direction_cost, least_cost
from logreg.theory.landscape import loss_along_ray
from logreg.training.model import Model
from logreg.training.objective import Objective
from tests.published import SOUDRY, UCLA_QUASI, XOR, headline

CIRCLE = np.linspace(-np.pi, np.pi, 20_001)


def random_data(seed, n_samples=12, n_features=2):
    rng = np.random.default_rng(seed)
    return Dataset(rng.normal(size=(n_samples, n_features)), rng.integers(0, 2, n_samples))


def test_separable_data_have_a_cone_of_free_directions():
    free = np.degrees(CIRCLE[direction_cost(headline(), CIRCLE, fit_bias=False) == 0])
    # every direction within 90 degrees of all points, which spread from 18.4 to 71.6 degrees
    assert (free.min(), free.max()) == pytest.approx((-18.43, 108.43), abs=0.05)


def test_quasi_separable_data_have_one_free_ray():
    data = headline((0.5, 1.5))
    ray = np.arctan2(-1, 3)
    assert direction_cost(data, ray, fit_bias=False) == pytest.approx(0, abs=1e-16)
    assert (direction_cost(data, ray + np.array([-0.01, 0.01]), fit_bias=False) > 0).all()


@pytest.mark.parametrize(("flip", "cost", "bound"), [((2.6, 2.4), 0.0905265, 7.6568), ((1.2, 3), 0.0116060, 59.723)])
def test_on_overlapping_data_every_direction_costs_and_bounds_the_optimum(flip, cost, bound):
    least = least_cost(headline(flip), fit_bias=False)
    assert (least.cost, least.norm_bound) == pytest.approx((cost, bound), rel=1e-5)
    assert direction_cost(headline(flip), CIRCLE, fit_bias=False).min() == pytest.approx(least.cost, rel=1e-3)
    assert np.linalg.norm(optimum(headline(flip), Objective(fit_bias=False)).weights) <= bound


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6))
def test_no_direction_of_the_circle_is_cheaper_than_the_least_and_the_least_is_taken(seed):
    data = random_data(seed)
    least = least_cost(data, fit_bias=False)
    assert (direction_cost(data, CIRCLE[::20], fit_bias=False) >= least.cost * (1 - 1e-12)).all()
    angle = np.arctan2(least.direction[1], least.direction[0])
    assert direction_cost(data, angle, fit_bias=False) == pytest.approx(least.cost, abs=1e-15)
    assert (least.cost > 0) == (check_separability(data, fit_bias=False).kind == "overlapping")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 2))
def test_with_a_bias_no_direction_of_the_sphere_is_cheaper(seed, n_features):
    data = random_data(seed, 14, n_features)
    least = least_cost(data, fit_bias=True)
    u = np.random.default_rng(seed).normal(size=(3000, n_features + 1))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    costs = np.maximum(-(u @ data.signed_samples().T), 0).mean(axis=1)
    assert (costs >= least.cost * (1 - 1e-9)).all()
    if check_separability(data).kind == "overlapping":
        best = optimum(data)
        assert 0 < np.hypot(np.linalg.norm(best.weights), best.bias) <= least.norm_bound


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.floats(0, 6.3), st.floats(0, 1e6))
def test_the_loss_along_a_direction_is_at_least_its_cost_times_the_length(seed, angle, length):
    data = random_data(seed)
    ray = loss_along_ray(data, Model([np.cos(angle), np.sin(angle)]), length)
    assert ray.loss >= float(direction_cost(data, angle, fit_bias=False)) * length * (1 - 1e-12)


def test_separable_and_quasi_separable_data_cost_exactly_nothing_along_the_certificate():
    for data, fit_bias in ((SOUDRY, False), (UCLA_QUASI, True), (headline((0.5, 1.5)), False)):
        least = least_cost(data, fit_bias=fit_bias)
        assert (least.cost, least.norm_bound) == (0.0, np.inf)
        assert (data.signed_samples(fit_bias=fit_bias) @ least.direction >= -1e-12).all()


def test_one_feature_with_a_bias_is_a_plane_too():
    data = Dataset([[0.0], [1.0], [2.0]], [0, 1, 0])
    assert direction_cost(data, CIRCLE, fit_bias=True).min() == pytest.approx(
        least_cost(data, fit_bias=True).cost, rel=1e-3
    )


def cheapest_of_all_corners(data, fit_bias):
    """Try every direction at which all but one of the dimensions are fixed: n³ work."""
    rows = data.signed_samples(fit_bias=fit_bias)
    basis = row_space(rows)
    rows = rows @ basis.T
    corners = [np.linalg.svd(np.array(pair))[2][-1] for pair in combinations(rows, len(basis) - 1)]
    both = np.concatenate([corners, np.negative(corners)])
    return np.maximum(-both @ rows.T, 0).mean(axis=1).min()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.booleans(), st.sampled_from(["cloud", "lattice", "copies", "far off", "units apart"]))
def test_the_least_is_that_of_all_corners(seed, fit_bias, kind):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(24, 2))
    X = {
        "cloud": X,
        "lattice": np.round(2 * X),
        "copies": np.repeat(X[:6], 4, axis=0),
        "far off": X + 100,
        "units apart": X * (1e-3, 1e3),
    }[kind]
    data = Dataset(X, rng.integers(0, 2, 24))
    least = least_cost(data, fit_bias=fit_bias)
    if check_separability(data, fit_bias=fit_bias).kind == "overlapping" and least.spans:
        assert least.cost == pytest.approx(cheapest_of_all_corners(data, fit_bias), rel=1e-8)
        rows = data.signed_samples(fit_bias=fit_bias)
        assert np.maximum(-(rows @ least.direction), 0).mean() == pytest.approx(least.cost, rel=1e-9)
        assert least.is_exact


def test_a_thousand_points_with_a_bias_have_a_least_cost_that_no_other_direction_undercuts():
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(size=(1000, 2)), rng.integers(0, 2, 1000))
    least = least_cost(data)
    near = least.direction + np.geomspace(1e-6, 1, 3000)[:, None] * rng.normal(size=(3000, 3))
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    assert (np.maximum(-(near @ data.signed_samples().T), 0).mean(axis=1) >= least.cost).all()
    assert least.is_exact
    assert least.spans


def test_of_many_collinear_points_only_directions_in_their_span_cost():
    x = np.arange(400.0)
    data = Dataset(np.column_stack([x, 2 * x + 1]), np.arange(400) % 2)
    least = least_cost(data)
    assert check_separability(data).kind == "overlapping"
    assert not least.spans
    assert least.cost > 0
    free = np.array([2.0, -1.0, 1.0])
    assert not (data.signed_samples() @ free).any()
    assert least.direction @ free == pytest.approx(0, abs=1e-12)


def test_points_off_a_line_by_rounding_alone_span_the_space_and_cost_next_to_nothing():
    x = np.random.default_rng(1).normal(size=30)
    data = Dataset(np.column_stack([x, 0.1 * x + 0.3]), np.arange(30) % 2)
    least = least_cost(data)
    assert least.spans
    assert 0 < least.cost < 1e-15


def test_where_all_directions_cost_nearly_the_same_a_lower_bound_is_returned_and_flagged():
    angles = np.linspace(0, 2 * np.pi, 401)[:-1]
    data = Dataset(np.column_stack([np.cos(angles), np.sin(angles)]), np.arange(400) % 2)
    least = least_cost(data)
    assert not least.is_exact
    costs = np.maximum(-(data.signed_samples() @ least.direction), 0).mean()
    assert 0.99 * costs < least.cost < costs


def test_collinear_points_are_judged_in_their_span():
    data = Dataset([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]], [0, 1, 0])
    least = least_cost(data, fit_bias=False)
    assert least.cost > 0
    assert abs(least.direction[0]) == pytest.approx(abs(least.direction[1]))
    assert np.linalg.norm(optimum(data, Objective(fit_bias=False)).weights) <= least.norm_bound


def test_where_directions_form_no_plane_or_too_large_a_space_the_data_are_refused():
    with pytest.raises(ValueError, match="plane"):
        direction_cost(XOR, 0.0, fit_bias=True)
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="3 dimensions"):
        least_cost(Dataset(rng.normal(size=(60, 4)), np.arange(60) % 2), fit_bias=False)
    with pytest.raises(ValueError, match="angle"):
        direction_cost(XOR, np.nan, fit_bias=False)


def test_xor_costs_the_same_along_both_diagonals_of_weight_space():
    assert least_cost(Dataset(2 * XOR.X - 1, XOR.y), fit_bias=False).cost == pytest.approx(np.sqrt(2) / 4)


def test_a_cost_below_float64_is_above_zero_all_the_same():
    found = least_cost(Dataset([[5e-324]] * 3, [1, 1, 0]), fit_bias=False)
    assert found.cost > 0
    assert np.isfinite(found.cost)
