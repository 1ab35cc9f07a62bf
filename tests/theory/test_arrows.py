"""The gradient is the sum of its arrows; who still pulls, and how much of all pulling cancels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.theory.arrows import arrow_sums, cancelling, least_cancelling, pull_shares
from logreg.theory.flow import gradient_flow
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import THROUGH_0, gradient
from logreg.training.trainer import train

SIZES = st.floats(-5, 5, allow_subnormal=False)


@st.composite
def problems(draw):
    n = draw(st.integers(1, 8))
    X = draw(arrays(np.float64, (n, 2), elements=SIZES))
    y = draw(arrays(np.int64, n, elements=st.integers(0, 1)))
    return Dataset(X, y), draw(arrays(np.float64, (3, 2), elements=SIZES))


@given(problems())
def test_the_arrows_lead_to_minus_the_gradient_and_each_is_a_points_share(problem):
    dataset, weights = problem
    sums = arrow_sums(dataset, weights)
    for corners, w in zip(sums.corners, weights, strict=True):
        assert corners[-1] == pytest.approx(-gradient(Model(w), dataset, THROUGH_0), abs=1e-12)
        p = 1 / (1 + np.exp(-dataset.X @ w))
        by_hand = (dataset.y - p)[:, None] * dataset.X / dataset.n_samples
        assert np.diff(corners, axis=0) == pytest.approx(by_hand[sums.order], abs=1e-12)
    assert (sums.length <= sums.total * (1 + 1e-12) + 1e-15).all()


def test_no_order_of_arrows_changes_while_they_shrink():
    run = train(headline(), TrainingConfig(n_steps=1000, objective=THROUGH_0))
    sums = arrow_sums(headline(), run.weights)
    assert sorted(sums.order.tolist()) == list(range(16))
    assert (np.diff(sums.total) < 0).all(), "points get confident"
    angles = np.unwrap(np.arctan2(*np.diff(sums.corners[0], axis=0).T[::-1]))
    assert (np.diff(angles) >= -1e-12).all()


def test_at_an_optimum_the_arrows_close_and_cancel():
    overlapping = headline(HEADLINE.index((2.6, 2.4)))
    best = optimum(overlapping, THROUGH_0).weights[None]
    sums = arrow_sums(overlapping, best)
    assert sums.length[0] < 1e-15 < 0.1 < sums.total[0]
    assert cancelling(overlapping, best)[0] < 1e-14


def test_on_separable_points_the_sum_keeps_its_share_and_the_support_vectors_pull_alone():
    limit, flow = max_margin(headline(), "none"), gradient_flow(headline(), 1e12, fit_bias=False)
    kept = cancelling(headline(), flow.weights)
    assert kept.min() >= least_cancelling(headline(), limit.margin)
    assert least_cancelling(headline(), limit.margin) == pytest.approx(np.sqrt(2) / np.hypot(2.0, 3.1))
    shares = pull_shares(headline(), flow.weights)[-1]
    assert shares[limit.support] == pytest.approx(np.full(4, 0.25), abs=2e-5)
    assert np.delete(shares, limit.support).max() < 1e-9


@given(problems())
def test_shares_sum_to_one_however_far_the_weights_have_run(problem):
    dataset, weights = problem
    for scale in (1.0, 1e4):
        shares = pull_shares(dataset, scale * weights)
        assert shares.sum(axis=1) == pytest.approx(np.ones(3))
        assert (shares >= 0).all()


def test_rows_that_do_not_fit_the_data_are_refused():
    for call in (arrow_sums, pull_shares, cancelling):
        with pytest.raises(ValueError, match="parameters: expected rows of 2 numbers"):
            call(headline(), [[1.0, 2.0, 3.0]])
        with pytest.raises(ValueError, match="parameters"):
            call(headline(), [1.0, 2.0])
