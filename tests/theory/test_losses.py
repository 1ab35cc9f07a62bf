"""What a probability costs, and what a margin costs: each number by an independent hand."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.theory.losses import (
    HINGE,
    LOGISTIC,
    MARGIN_LOSSES,
    REPORT_LOSSES,
    SQUARED,
    ZERO_ONE,
    best_report,
    divergence,
    entropy,
    expected_loss,
    loss_by_cases,
    loss_by_formula,
)
from logreg.training.model import Model
from logreg.training.objective import gradient, mean_cross_entropy

INSIDE = st.floats(1e-12, 1 - 1e-12)
SHARES = st.floats(0, 1)
MARGINS = st.floats(-300, 300)


@given(st.sampled_from([0, 1]), INSIDE)
def test_the_two_definitions_give_the_same_number_to_the_last_digit(y, p):
    assert loss_by_cases(y, p) == loss_by_formula(y, p)


def test_only_the_cases_have_an_answer_where_the_probability_is_0_or_1():
    assert loss_by_cases([1, 0], [1.0, 0.0]).tolist() == [0.0, 0.0]
    assert loss_by_cases([1, 0], [0.0, 1.0]).tolist() == [np.inf, np.inf]
    assert np.isnan(loss_by_formula([1, 0], [1.0, 0.0])).all()


def test_ten_times_less_doubt_costs_twice_as_much_where_it_is_wrong():
    assert loss_by_cases(0, 0.99) / loss_by_cases(0, 0.9) == pytest.approx(2, rel=1e-14)


@given(SHARES, SHARES, st.sampled_from(REPORT_LOSSES))
def test_no_report_costs_less_than_the_best(q, p, kind):
    best = float(np.nan_to_num(best_report(q, kind), nan=0.5))
    assert expected_loss(q, best, kind) <= expected_loss(q, p, kind) + 1e-15


def test_the_absolute_error_asks_for_0_or_1_and_at_one_half_for_nothing():
    assert best_report([0.0, 0.49, 0.51, 1.0], "absolute").tolist() == [0, 0, 1, 1]
    assert np.isnan(best_report(0.5, "absolute"))
    assert np.ptp(expected_loss(0.5, np.linspace(0, 1, 11), "absolute")) < 1e-15
    for kind in ("cross-entropy", "squared"):
        assert best_report([0.2, 0.5], kind).tolist() == [0.2, 0.5]


@given(SHARES)
def test_at_a_report_of_one_half_every_loss_is_the_same_whatever_the_truth(q):
    at = {kind: float(expected_loss(q, 0.5, kind)) for kind in REPORT_LOSSES}
    assert at == pytest.approx({"cross-entropy": log(2), "squared": 0.25, "absolute": 0.5}, rel=1e-14)


@given(SHARES, INSIDE)
def test_cross_entropy_is_entropy_and_divergence(q, p):
    assert expected_loss(q, p, "cross-entropy") == pytest.approx(float(entropy(q) + divergence(q, p)), abs=1e-12)
    assert divergence(q, p) >= -1e-15


def test_hard_labels_have_no_entropy_and_soft_ones_at_most_log_2():
    assert entropy([0.0, 1.0]).tolist() == [0.0, 0.0]
    assert entropy(0.5) == log(2)
    assert divergence(1.0, 0.0) == np.inf


def test_entropy_and_divergence_are_scipys():
    from scipy.stats import entropy as scipys

    q, p = [0.3, 0.7], [0.6, 0.4]
    assert entropy(0.3) == pytest.approx(scipys(q), rel=1e-14)
    assert divergence(0.3, 0.6) == pytest.approx(scipys(q, p), rel=1e-14)


@pytest.mark.parametrize("loss", MARGIN_LOSSES, ids=lambda loss: loss.name)
@given(MARGINS)
def test_the_slope_is_the_difference_quotient_away_from_the_kinks(loss, m):
    h = 1e-6
    if min(abs(m), abs(m - 1)) > 2 * h:
        low, high = loss.loss(np.array([m - h, m + h]))
        assert loss.slope(np.array([m]))[0] == pytest.approx((high - low) / (2 * h), abs=2e-4)


def test_the_losses_over_the_margin_are_those_of_the_books():
    m = np.array([-2.0, 0.0, 1.0, 3.0])
    assert ZERO_ONE.loss(m).tolist() == [1, 1, 0, 0]
    assert HINGE.loss(m).tolist() == [3, 1, 0, 0]
    assert SQUARED.loss(m).tolist() == [9, 1, 0, 4]
    assert LOGISTIC.loss(m).mean() == mean_cross_entropy(m)


def test_only_the_squared_loss_pushes_a_well_placed_point_back():
    pulls = {loss.name: loss.pull(np.array([5.0]))[0] for loss in MARGIN_LOSSES}
    assert pulls == {"0/1": 0.0, "logistic": pytest.approx(0.00669285), "hinge": 0.0, "squared": -8.0}


def test_the_pull_of_the_logistic_loss_is_the_points_share_of_the_gradient():
    sample = Dataset([[2.0]], [0])
    model = Model([0.7], 0.1)
    pull = LOGISTIC.pull(np.array([-(0.7 * 2 + 0.1)]))[0]
    np.testing.assert_allclose(gradient(model, sample), [pull * 2.0, pull], rtol=1e-14)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
def test_a_share_that_is_none_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match="report"):
        expected_loss(0.5, wrong, "squared")
    with pytest.raises(ValueError, match="truth"):
        entropy(wrong)
    with pytest.raises(ValueError, match="kind"):
        expected_loss(0.5, 0.5, "cubic")


def test_the_slope_of_hinge_at_its_kink_is_the_one_from_the_right():
    assert HINGE.slope(np.array([1.0])).tolist() == [0.0]
    assert HINGE.slope(np.array([np.nextafter(1.0, 0.0)])).tolist() == [-1.0]


@given(st.floats(0.01, 0.99), st.floats(-1, 1))
def test_a_report_next_to_the_truth_never_costs_less_than_nothing(q, off):
    assert divergence(q, q * (1 + 1e-8 * off)) >= 0
