"""The likelihood over one weight: product, sum of logarithms, maximiser, copies, priors."""

from decimal import Decimal, getcontext
from math import exp, log, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, four_points, headline, nielsens_neuron, online_course, three_samples
from logreg.theory.likelihood import (
    SMALLEST,
    curvature,
    likeliest_weight,
    likelihood,
    log_likelihood,
    log_prior,
    log_supremum,
    most_probable_weight,
    one_weight,
    running_product,
    weights_around,
)
from logreg.theory.regularisation import regularisation_path
from logreg.theory.seven_steps import seven_steps
from logreg.training.objective import Objective, mean_cross_entropy

PLACES = st.lists(st.integers(-6, 6), min_size=1, max_size=8)
LINES = PLACES.flatmap(
    lambda places: st.lists(st.integers(0, 1), min_size=len(places), max_size=len(places)).map(
        lambda labels: Dataset([[float(x)] for x in places], labels)
    )
)
MIXED = headline(HEADLINE.index((2.6, 2.4)))
QUASI = Dataset(  # UCLA's example of quasi-complete separation
    [[1, 3], [2, 0], [3, -1], [3, 4], [3, 1], [4, 0], [5, 2], [6, 7], [10, 3], [11, 4]], [0] * 4 + [1] * 6
)


def test_the_product_of_halves_ends_at_float64s_floor():
    product = running_product(0.5, 1200)
    assert product[1074] == 0.5**1074 == SMALLEST == 5e-324
    assert product[1075] == 0.5**1075 == 0.0
    assert (product[:1075] > 0).all()
    assert not product[1075:].any()


def test_a_product_of_larger_factors_sticks_above_the_floor_and_is_wrong_for_ever():
    product = running_product(0.9, 9000)
    assert product[7100] == product[9000] == 5 * SMALLEST
    getcontext().prec = 30
    assert Decimal("0.9") ** 9000 < Decimal("1e-400")


@given(LINES, st.floats(-5, 5))
def test_the_logarithm_of_the_product_is_the_sum_of_the_logarithms(line, w):
    assert log(likelihood(line, w)) == pytest.approx(float(log_likelihood(line, w)), abs=1e-9)
    assert -log_likelihood(line, w) / line.n_samples == pytest.approx(
        float(mean_cross_entropy(w * line.signed_samples(fit_bias=False)[:, 0])), abs=1e-12
    )


@given(LINES)
def test_all_three_curves_have_one_maximiser_or_none(line):
    best, w = likeliest_weight(line), weights_around(line)
    logs = log_likelihood(line, w)
    if best is None:
        assert (np.diff(logs) >= 0).all()
        assert (logs <= log_supremum(line) + 1e-12).all()
    elif curvature(line, best) > 0:
        assert best in w
        assert w[np.argmax(logs)] == w[np.argmax(likelihood(line, w))] == w[np.argmin(-logs / line.n_samples)]
        assert abs(w[np.argmax(logs)] - best) <= 1e-6 + abs(w[1] - w[0])
        assert (logs <= log_supremum(line) + 1e-12).all()


def test_on_separable_data_the_likelihood_climbs_to_1_and_has_no_maximiser():
    line = one_weight(headline())
    assert likeliest_weight(line) is None
    assert log_supremum(line) == 0
    assert 0.99 < likelihood(line, weights_around(line)[-1]) < 1


def test_on_quasi_separable_data_it_climbs_to_less_than_1():
    line = one_weight(QUASI)
    assert check_separability(line, fit_bias=False).kind == "quasi-separable"
    assert likeliest_weight(line) is None
    assert log_supremum(line) == pytest.approx(-log(2) * (line.X == 0).sum())
    assert (line.X == 0).sum() == 3


def test_the_slice_of_overlapping_points_has_its_maximum_at_the_length_of_the_optimum():
    assert likeliest_weight(one_weight(MIXED)) == pytest.approx(float(np.linalg.norm(optimum(MIXED).parameters)))


def test_the_course_s_points_are_separable_along_one_weight_too():
    assert likeliest_weight(one_weight(online_course())) is None


def test_points_without_a_direction_are_still_a_line():
    xor = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    assert likeliest_weight(one_weight(xor)) == pytest.approx(0, abs=1e-12)
    flat = Dataset([[0.0], [0.0]], [0, 1])
    assert likeliest_weight(flat) == 0
    assert log_supremum(flat) == pytest.approx(-2 * log(2))
    assert np.ptp(weights_around(flat)) > 0


def test_one_sample_of_class_0_sends_the_weight_to_minus_infinity():
    assert weights_around(nielsens_neuron())[-1] < weights_around(nielsens_neuron())[0]
    assert (np.diff(log_likelihood(nielsens_neuron(), weights_around(nielsens_neuron()))) > 0).all()


def test_three_samples_have_their_maximum_at_log_2():
    assert likeliest_weight(three_samples(flipped=True)) == pytest.approx(log(2), rel=1e-12)


def test_the_four_points_of_the_lecture_have_these_numbers():
    steps = seven_steps(four_points(), 1.0)
    by_hand = [1 / (1 + exp(-m)) for m in (2, -1, 1, 2)]  # s·x: one point is on the wrong side
    assert steps.factors == pytest.approx(by_hand)
    assert steps.probability == pytest.approx([1 / (1 + exp(-x)) for x in (-2, -1, 1, 2)])
    assert steps.product == pytest.approx(prod(by_hand))
    assert steps.logs == pytest.approx(np.log(by_hand))
    assert steps.log_sum == pytest.approx(log(prod(by_hand)))
    assert steps.mean_loss == pytest.approx(-log(prod(by_hand)) / 4)
    assert likeliest_weight(four_points()) == pytest.approx(1.012001, abs=1e-6)
    assert likelihood(four_points(), 0.0) == 1 / 16


@given(LINES, st.integers(1, 9), st.floats(-3, 3))
def test_k_copies_have_k_times_the_curvature_and_the_same_maximiser(line, k, w):
    copies = Dataset(np.repeat(line.X, k, axis=0), np.repeat(line.y, k))
    assert curvature(copies, w) == pytest.approx(k * curvature(line, w), rel=1e-12)
    assert log_likelihood(copies, w) == pytest.approx(k * float(log_likelihood(line, w)), rel=1e-12)
    if (best := likeliest_weight(line)) is None:
        assert likeliest_weight(copies) is None
    else:
        assert likeliest_weight(copies) == pytest.approx(best, rel=1e-6, abs=1e-9)


@given(LINES, st.floats(-2, 2))
def test_the_curvature_is_minus_the_second_difference_of_log_likelihood(line, w):
    h = 1e-3
    low, middle, high = log_likelihood(line, [w - h, w, w + h])
    assert curvature(line, w) == pytest.approx(-(low - 2 * middle + high) / h**2, abs=1e-2, rel=1e-4)


@pytest.mark.parametrize("points", [four_points(), headline(), QUASI, MIXED, online_course(), nielsens_neuron()])
def test_the_most_probable_weight_is_the_l2_optimum_and_finite_on_separable_data(points):
    line, l2 = one_weight(points), np.logspace(-4, 1, 11)
    found = most_probable_weight(line, l2)
    assert np.isfinite(found).all()
    np.testing.assert_allclose(
        found, regularisation_path(line, l2, fit_bias=False).weights[:, 0], rtol=1e-9, atol=1e-12
    )
    one = optimum(line, Objective(fit_bias=False, l2=float(l2[3]))).weights[0]
    assert found[3] == pytest.approx(float(one), rel=1e-9)


@pytest.mark.parametrize("points", [four_points(), headline()])
def test_no_weight_has_more_of_prior_times_likelihood_than_the_most_probable(points):
    line = one_weight(points)
    for l2 in (0.001, 0.3):
        (best,) = most_probable_weight(line, [l2])
        around = np.append(weights_around(line), best + np.linspace(-1, 1, 201))
        assert (
            log_likelihood(line, around) + log_prior(line, l2, around)
            <= log_likelihood(line, best) + log_prior(line, l2, best) + 1e-12
        ).all()


def test_the_prior_is_a_gaussian_of_variance_1_over_n_lambda():
    from scipy.stats import norm

    line, w = four_points(), np.array([0.0, 0.7, -1.3])
    law = norm(scale=(1 / (4 * 0.05)) ** 0.5)
    np.testing.assert_allclose(log_prior(line, 0.05, w), law.logpdf(w) - law.logpdf(0), atol=1e-12)


def test_points_beyond_float64_are_named_to_the_reader():
    for size, word in ((1e200, "large"), (1e-200, "small")):
        with pytest.raises(BeyondFloat64, match=f"too {word}"):
            one_weight(Dataset([[size], [-size]], [0, 1]))


def test_a_direction_that_float64_cannot_tell_is_named_to_the_reader():
    heap = [
        [-0.0003371021012876068, -0.0003371021012876071],
        [-0.0003371021012876072, -0.0003371021012876074],
        [-0.00033710210128760757, -0.0003371021012876071],
        [-0.00033710210128760676, -0.000337102101287607],
    ]
    with pytest.raises(BeyondFloat64, match="more than float64 can hold or tell"):
        one_weight(Dataset(heap, [0, 1, 0, 1]))


def test_two_features_are_not_one_weight():
    with pytest.raises(ValueError, match="line: expected 1 feature, got 2"):
        log_likelihood(headline(), 0.0)
    with pytest.raises(ValueError, match="factor"):
        running_product(1.5, 3)
