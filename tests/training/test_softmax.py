"""Softmax: the binary run where C = 2, scikit-learn's minimum, and gradients against differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from logreg import Objective, TrainingConfig, make_dataset, train
from logreg.data.checks import BeyondFloat64
from logreg.data.multiclass import MulticlassDataset, three_blobs
from logreg.training.softmax import log_softmax, softmax_gradient, softmax_loss, train_softmax

ENTRIES = st.lists(st.floats(-20, 20), min_size=9, max_size=9)


@pytest.mark.parametrize("fit_bias", [True, False])
def test_two_classes_are_the_binary_run_at_half_the_learning_rate(fit_bias):
    binary = make_dataset("overlapping_blobs")
    ours = train_softmax(
        MulticlassDataset(binary.X, binary.y), TrainingConfig(0.2, 300, objective=Objective(fit_bias=fit_bias))
    )
    run = train(binary, TrainingConfig(0.4, 300, objective=Objective(fit_bias=fit_bias)))
    difference = ours.weights[:, 1] - ours.weights[:, 0]
    np.testing.assert_allclose(difference[:, :2], run.weights, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(ours.loss, run.loss, rtol=1e-12)
    assert (ours.steps == run.steps).all()


@given(ENTRIES, st.booleans(), st.sampled_from([0.0, 0.3]), st.booleans())
def test_the_gradient_is_the_slope_of_the_loss_and_its_rows_sum_to_zero(entries, fit_bias, l2, penalise_bias):
    data, objective = three_blobs(1.0), Objective(fit_bias=fit_bias, l2=l2, penalise_bias=penalise_bias)
    W = np.array(entries).reshape(3, 3)[:, : 2 + fit_bias] / 10
    gradient = softmax_gradient(W, data, objective)
    h, slopes = 1e-5, np.empty_like(W)
    for place in np.ndindex(*W.shape):
        step = np.zeros_like(W)
        step[place] = h
        high, low = (softmax_loss(W + s * step, data, objective) for s in (1, -1))
        slopes[place] = (high - low) / (2 * h)
    np.testing.assert_allclose(gradient, slopes, atol=1e-8)
    np.testing.assert_allclose(gradient.sum(axis=0), objective.penalty(2) * W.sum(axis=0), atol=1e-14)


def test_overlapping_clouds_settle_at_the_minimum_that_scikit_learn_finds():
    data = three_blobs(0.4)
    run = train_softmax(data, TrainingConfig(n_steps=5000))
    judge = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(data.X, data.y)
    np.testing.assert_allclose(run.weights[-1, :, :2], judge.coef_, rtol=1e-4, atol=1e-4)
    assert run.weight_norm[-1] == pytest.approx(np.linalg.norm(judge.coef_), rel=1e-4)


def test_the_recorded_norms_are_those_of_the_recorded_weights_and_no_step_raises_the_loss():
    run = train_softmax(three_blobs(2.0), TrainingConfig(n_steps=3000))
    at = np.searchsorted(run.steps, 100)
    assert run.parameter_norm[at] == pytest.approx(np.linalg.norm(run.weights[at]), rel=1e-15)
    assert run.weight_norm[at] == pytest.approx(np.linalg.norm(run.weights[at][:, :2]), rel=1e-15)
    assert (np.diff(run.loss) < 0).all()
    assert run.loss[0] == pytest.approx(np.log(3), rel=1e-15)


def test_tiny_losses_and_residuals_keep_their_digits():
    assert log_softmax([100.0, 0.0, 0.0])[0] == pytest.approx(-2 * np.exp(-100), rel=1e-14)
    far = MulticlassDataset([[100.0], [-100.0]], [0, 1])
    W = np.array([[0.5], [-0.5]])
    assert softmax_gradient(W, far, Objective(fit_bias=False))[0, 0] == pytest.approx(-100 * np.exp(-100), rel=1e-14)


def test_three_blobs_are_told_apart_in_the_end():
    run = train_softmax(three_blobs(2.0), TrainingConfig(n_steps=100))
    assert run.accuracy[0] == pytest.approx(1 / 3)  # equal scores are of the first class
    assert run.accuracy[-1] == 1


BALANCED_BUT_FOR_ROUNDING = MulticlassDataset([[2.0**60], [1.0], [2.0**60], [0.0]], [0, 0, 1, 1])
ENDS = {
    "ZERO_GRADIENT": (MulticlassDataset([[1.0], [1.0], [1.0]], [0, 1, 2]), TrainingConfig(n_steps=10), 0),
    "GRADIENT_ROUNDS_TO_ZERO": (BALANCED_BUT_FOR_ROUNDING, TrainingConfig(n_steps=10), 0),
    "RESIDUALS_UNDERFLOWED": (three_blobs(2.0), TrainingConfig(1e7, 100), 20),
    "NOT_FINITE": (three_blobs(0.4), TrainingConfig(1e300, 100, objective=Objective(l2=1e10)), 5),
    "UPDATE_BELOW_RESOLUTION": (three_blobs(0.4), TrainingConfig(n_steps=20, learning_rate=5e-324), 0),
    "STEP_LIMIT": (three_blobs(0.4), TrainingConfig(n_steps=20), 20),
}


@pytest.mark.parametrize("reason", ENDS)
def test_a_run_says_why_it_ended_and_every_number_of_it_is_finite(reason):
    dataset, config, latest = ENDS[reason]
    run = train_softmax(dataset, config)
    assert run.stop_reason.name == reason
    assert run.last_step <= latest
    for name in ("weights", "loss", "weight_norm", "parameter_norm", "accuracy"):
        assert np.isfinite(getattr(run, name)).all(), name
    assert not run.weights.flags.writeable


def test_a_run_that_leaves_float64_ends_at_its_last_step_with_a_finite_loss_without_a_warning():
    growing = MulticlassDataset([[0.0], [1.0], [-1.0]], [0, 1, 2])
    run = train_softmax(growing, TrainingConfig(5.0, 2000, objective=Objective(l2=1.0)))
    assert run.stop_reason.name == "NOT_FINITE"
    assert np.isfinite(run.loss).all()
    assert run.loss[-1] > 1e300
    far = train_softmax(MulticlassDataset([[0.0], [1e160], [-1e160]], [0, 1, 2]), TrainingConfig(1.0, 10))
    assert np.isfinite(far.loss).all()


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_classes_of_the_same_points_stay_at_zero_where_their_gradient_is_exactly_zero(points, random):
    shuffled = [random.sample(points, len(points)) for _ in range(3)]
    data = MulticlassDataset([[x] for row in shuffled for x in row], np.repeat(range(3), len(points)))
    run = train_softmax(data, TrainingConfig(0.1, 50))
    assert (run.stop_reason.name, run.last_step, run.weights.any()) == ("ZERO_GRADIENT", 0, False)


def test_points_beyond_float64_and_a_start_of_ones_own_are_refused_with_a_sentence():
    far = MulticlassDataset(np.array([[0.0], [1.0], [2.0]]) * 1e200, [0, 1, 2])
    with pytest.raises(BeyondFloat64, match="too large to train on"):
        train_softmax(far)
    with pytest.raises(ValueError, match="config: expected a run from 0"):
        train_softmax(three_blobs(1.0), TrainingConfig(initial_bias=1.0))
    with pytest.raises(ValueError, match=r"weights: expected an array of shape \(3, 3\)"):
        softmax_loss(np.zeros((2, 3)), three_blobs(1.0))


@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_the_automatic_rate_is_one_over_boehnings_bound(l2):
    data = three_blobs(0.7)
    rows = np.column_stack([data.X, np.ones(data.n_samples)])
    bound = np.linalg.svd(rows, compute_uv=False)[0] ** 2 / (2 * data.n_samples)
    run = train_softmax(data, TrainingConfig(n_steps=1, objective=Objective(l2=l2)))
    assert run.learning_rate == pytest.approx(1 / (bound + l2), rel=1e-12)
