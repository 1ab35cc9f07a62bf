"""The loss along a ray, what balances on it, and over a window of weight space."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import asymptotics
from logreg.theory.landscape import loss_along_ray, loss_grid, point_pulls, ray_balance
from logreg.training.model import Model
from logreg.training.objective import Objective, gradient, loss
from tests.published import SOUDRY, UCLA_QUASI, XOR, headline, iris_petals


def limit_of(data, bias="none"):
    limit = max_margin(data, bias)
    return Model(limit.weights, limit.bias)


def blobs(seed, n_samples=200, n_features=2):
    rng = np.random.default_rng(seed)
    y = np.arange(n_samples) % 2
    return Dataset(rng.normal(size=(n_samples, n_features)) + y[:, None], y)


def test_the_notes_ray_has_a_loss_whose_exponent_is_in_the_billions():
    ray = loss_along_ray(headline(), limit_of(headline()), 1e10)
    # four of sixteen points are nearest: L = (4/16) exp(−γ r)
    assert ray.log10_loss == pytest.approx((np.log(0.25) - np.sqrt(2) * 1e10) / np.log(10), rel=1e-12)
    assert ray.loss == 0.0


def test_on_overlapping_data_the_ray_through_the_optimum_falls_to_it_and_then_rises_for_ever():
    data = headline((1.2, 3))
    best = optimum(data, Objective(fit_bias=False))
    norm = np.linalg.norm(best.weights)
    ray = loss_along_ray(data, best, [0.0, norm / 2, norm, 2 * norm, 1e10])
    assert ray.loss[0] == pytest.approx(np.log(2))
    assert ray.loss[2] == pytest.approx(loss(best, data))
    assert np.argmin(ray.loss) == 2
    assert np.isfinite(ray.loss[-1])
    assert ray.log10_loss == pytest.approx(np.log10(ray.loss))


@settings(deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 50))
def test_the_ray_agrees_with_the_loss_at_its_points(seed, length):
    data = blobs(seed, 20, 3)
    vector = np.random.default_rng(seed).normal(size=4)
    ray = loss_along_ray(data, Model(vector[:3], vector[3]), [length])
    at = length * vector / np.linalg.norm(vector)
    expected = loss(Model(at[:3], at[3]), data)
    assert ray.loss[0] == pytest.approx(expected, rel=1e-12)
    assert ray.log10_loss[0] == pytest.approx(np.log10(expected), rel=1e-9, abs=1e-12)


def test_only_the_direction_of_the_model_counts_even_at_extreme_length():
    lengths = np.linspace(0, 10, 5)
    for size in (1e-300, 1e300):
        there = loss_along_ray(SOUDRY, Model([size, size]), lengths)
        np.testing.assert_allclose(there.loss, loss_along_ray(SOUDRY, Model([1.0, 1.0]), lengths).loss, rtol=1e-12)


def test_the_optimum_of_xor_gives_no_ray():
    with pytest.raises(ValueError, match="no ray"):
        loss_along_ray(XOR, Model([0.0, 0.0]), [1.0])


def test_a_long_ray_takes_blocks_and_keeps_the_order():
    lengths = np.geomspace(1e-3, 1e3, 5000)
    ray = loss_along_ray(blobs(1), Model([1.0, 1.0]), lengths)
    assert ray.loss[4321] == pytest.approx(float(loss_along_ray(blobs(1), Model([1.0, 1.0]), lengths[4321]).loss))


@pytest.mark.parametrize("lengths", [[-1.0], [np.nan], [np.inf]])
def test_a_length_out_of_range_is_refused_by_name(lengths):
    with pytest.raises(ValueError, match="lengths"):
        loss_along_ray(SOUDRY, Model([1.0, 1.0]), lengths)


@pytest.mark.parametrize("data", [headline((1.2, 3)), headline((2.6, 2.4)), iris_petals((1, 2))])
def test_at_the_optimum_gains_and_losses_cancel_and_the_arrows_close(data):
    fit_bias = data.n_samples == 100
    best = optimum(data, Objective(fit_bias=fit_bias))
    balance = ray_balance(data, best, [0.5, 1.0, 2.0])
    assert balance.losses[1] > 0
    assert balance.gains[1] == pytest.approx(balance.losses[1], rel=1e-9)
    assert balance.losses[0] < balance.gains[0]
    assert balance.gains[2] < balance.losses[2]
    arrows = point_pulls(data, best, fit_bias=fit_bias)
    np.testing.assert_allclose(arrows.sum(axis=0), 0, atol=1e-10 * np.abs(arrows).sum())


def test_on_separable_data_there_is_nothing_to_cancel():
    balance = ray_balance(headline(), limit_of(headline()), np.geomspace(0.1, 100, 20))
    assert not balance.losses.any()
    assert (balance.gains > 0).all()


@settings(deadline=None)
@given(st.integers(0, 10**6), st.floats(0.1, 5))
def test_the_split_derivative_is_the_gradient_along_the_ray(seed, scale):
    data = blobs(seed, 15)
    vector = np.random.default_rng(seed + 1).normal(size=3)
    along = gradient(Model(scale * vector[:2], scale * vector[2]), data) @ vector
    sides = ray_balance(data, Model(vector[:2], vector[2]), scale)
    assert sides.losses - sides.gains == pytest.approx(along, abs=1e-12)


def test_the_arrows_add_up_to_the_downhill_gradient():
    data, model = blobs(3), Model([0.3, -2.0], 0.7)
    np.testing.assert_allclose(point_pulls(data, model).sum(axis=0), -gradient(model, data), atol=1e-14)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.floats(-3, 3), st.floats(0.1, 1e6))
def test_every_cell_of_the_window_is_the_loss_there(seed, bias, half):
    data = blobs(seed, 12)
    grid = loss_grid(data, (-half, half, -half / 2, half), (7, 5), bias)
    assert grid.loss.shape == (7, 5)
    for i, j in ((0, 0), (6, 4), (3, 1)):
        expected = loss(Model([grid.w1[j], grid.w2[i]], bias), data)
        assert grid.loss[i, j] == pytest.approx(expected, rel=1e-12)


def test_far_out_in_the_valley_the_loss_is_tiny_but_not_zero():
    grid = loss_grid(SOUDRY, (300.0, 301.0, 300.0, 301.0), (2, 2))
    assert 0 < grid.loss[0, 0] < 1e-250


def test_the_bowl_has_its_lowest_cell_at_the_optimum_and_the_valley_at_its_edge():
    best = optimum(headline((2.6, 2.4)), Objective(fit_bias=False)).weights
    grid = loss_grid(headline((2.6, 2.4)), (-1, 2, -1, 2), (61, 61))
    i, j = np.unravel_index(np.argmin(grid.loss), grid.loss.shape)
    assert (grid.w1[j], grid.w2[i]) == pytest.approx(tuple(best), abs=0.05)
    grid = loss_grid(headline(), (-1, 2, -1, 2), (61, 61))
    assert np.argmin(grid.loss) == grid.loss.size - 1


@pytest.mark.parametrize(
    ("word", "arguments"),
    [
        ("window", {"window": (1, 1, 0, 1)}),
        ("window", {"window": (0, 1, 0)}),
        ("window", {"window": (0, np.inf, 0, 1)}),
        ("shape", {"shape": (1, 5)}),
        ("bias", {"bias": np.nan}),
        ("shape", {"shape": (2.5, 5)}),
    ],
)
def test_wrong_arguments_of_the_window_are_refused_by_name(word, arguments):
    with pytest.raises(ValueError, match=word):
        loss_grid(SOUDRY, **{"window": (0, 1, 0, 1), **arguments})


def test_other_numbers_of_features_are_refused():
    with pytest.raises(ValueError, match="2 features"):
        loss_grid(blobs(0, 10, 3), (0, 1, 0, 1))
    with pytest.raises(ValueError, match="2 weights"):
        loss_along_ray(SOUDRY, Model([1.0]), [1.0])


def test_on_quasi_separable_data_the_ray_ends_at_log_2_for_each_point_on_the_line():
    direction = asymptotics(UCLA_QUASI).direction
    ray = loss_along_ray(UCLA_QUASI, Model(direction[:2], direction[2]), 1e3)
    assert ray.loss == pytest.approx(0.3 * np.log(2), abs=1e-9)


def test_a_window_that_is_too_wide_for_float64_is_refused_by_a_sentence():
    with pytest.raises(BeyondFloat64, match="Ask for a smaller one"):
        loss_grid(Dataset([[1.0, 0.0], [0.0, 1.0]], [1, 0]), (-1e308, 1e308, -1.0, 1.0), (3, 3))
