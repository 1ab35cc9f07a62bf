"""The regularisation path against scikit-learn and its own equations; the λ of a norm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.data.transforms import flip_label
from logreg.theory.angles import angle_between
from logreg.theory.regularisation import (
    angle_off_path,
    on_path,
    penalty_of_norm,
    regularisation_path,
    sklearn_penalty,
)
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, gradient, loss
from logreg.training.trainer import train
from tests.published import XOR

POINTS = np.array([(0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3), (3, 1.2), (2, 3.1)])
A = Dataset(np.concatenate([POINTS, -POINTS]), [1] * 8 + [0] * 8)
B = flip_label(A, 4)
QUASI = flip_label(A, 0)
LAMBDAS = np.logspace(-6, 3, 60)


def run_of(dataset, n_steps):
    return train(dataset, TrainingConfig(n_steps=n_steps, objective=Objective(fit_bias=False)))


@pytest.mark.parametrize("dataset", [A, B], ids=["A", "B"])
@pytest.mark.parametrize("fit_bias", [False, True])
def test_scikit_learns_default_is_the_point_of_the_path_at_one_over_n_times_c(dataset, fit_bias):
    from sklearn.linear_model import LogisticRegression

    judge = LogisticRegression(C=1.0, fit_intercept=fit_bias, tol=1e-10, max_iter=10_000).fit(dataset.X, dataset.y)
    path = regularisation_path(dataset, [sklearn_penalty(dataset)], fit_bias=fit_bias)
    assert path.l2.tolist() == [1 / 16]
    np.testing.assert_allclose(path.weights[0], judge.coef_[0], rtol=1e-5)
    np.testing.assert_allclose(path.weight_norm[0], np.linalg.norm(judge.coef_), rtol=1e-5)
    np.testing.assert_allclose(path.bias[0], judge.intercept_[0] if fit_bias else 0.0, atol=1e-5)


def test_the_headline_norms_at_scikit_learns_default():
    norms = [regularisation_path(d, [1 / 16], fit_bias=False).parameter_norm[0] for d in (A, B, QUASI)]
    np.testing.assert_allclose(norms, [1.34572, 0.800946, 1.15502], rtol=1e-5)


@pytest.mark.parametrize("dataset", [A, B, QUASI], ids=["A", "B", "quasi"])
@pytest.mark.parametrize("fit_bias", [False, True])
def test_along_the_path_norm_falls_and_both_losses_rise(dataset, fit_bias):
    path = regularisation_path(dataset, LAMBDAS, fit_bias=fit_bias)
    assert (np.diff(path.weight_norm) < 0).all()
    assert (np.diff(path.data_loss) > 0).all()
    assert (np.diff(path.loss) > 0).all()
    np.testing.assert_allclose(path.loss - path.data_loss, path.l2 / 2 * path.weight_norm**2, atol=1e-12)
    np.testing.assert_allclose(path.parameter_norm, np.hypot(path.weight_norm, path.bias))


def test_a_row_of_the_path_has_no_gradient_and_the_losses_of_its_model():
    path, model = regularisation_path(B, [0.1]), optimum(B, Objective(l2=0.1))
    assert path.data_loss[0] == pytest.approx(loss(model, B), rel=1e-14)
    assert path.loss[0] == pytest.approx(loss(model, B, Objective(l2=0.1)), rel=1e-14)
    assert np.linalg.norm(gradient(model, B, Objective(l2=0.1))) < 1e-10


def test_without_a_penalty_separable_data_have_no_point_and_overlapping_data_the_optimum():
    assert np.isnan(regularisation_path(A, [0.0], fit_bias=False).parameter_norm).all()
    np.testing.assert_allclose(regularisation_path(B, [0.0], fit_bias=False).parameter_norm, [0.914956], rtol=1e-5)


def test_a_path_with_a_bad_penalty_is_refused():
    for bad in ([-1.0], [np.nan], 0.1):
        with pytest.raises(ValueError, match="l2"):
            regularisation_path(A, bad)


@pytest.mark.parametrize("l2", [1e-9, 1e-3, 1.0, 1e4])
@pytest.mark.parametrize(("fit_bias", "penalise_bias"), [(False, False), (True, False), (True, True)])
def test_the_penalty_of_a_norm_undoes_the_norm_of_a_penalty(l2, fit_bias, penalise_bias):
    data = make_dataset("separable_blobs", n_samples=30, offset=1.0, balance=0.3)
    path = regularisation_path(data, [l2], fit_bias=fit_bias, penalise_bias=penalise_bias)
    norm = float((path.parameter_norm if penalise_bias else path.weight_norm)[0])
    found = penalty_of_norm(data, norm, fit_bias=fit_bias, penalise_bias=penalise_bias)
    np.testing.assert_allclose(found, l2, rtol=1e-6)


def test_the_penalty_that_would_stop_the_headline_run_where_the_step_limit_did():
    run = run_of(A, 100_000)
    found = penalty_of_norm(A, float(run.weight_norm[-1]), fit_bias=False)
    np.testing.assert_allclose(found, 1.89384e-6, rtol=1e-4)
    np.testing.assert_allclose(
        np.linalg.norm(optimum(A, Objective(fit_bias=False, l2=found)).weights), run.weight_norm[-1]
    )


def test_no_penalty_is_named_where_none_gives_the_norm():
    assert penalty_of_norm(B, 0.92, fit_bias=False) is None  # ‖w*‖ = 0.91496
    assert penalty_of_norm(B, float(run_of(B, 100_000).weight_norm[-1]), fit_bias=False) is None
    assert penalty_of_norm(A, 1e9, fit_bias=False) is None
    assert penalty_of_norm(Dataset([[1.0], [2.0]], [1, 1]), 1.0) is None
    for bad in (0.0, -1.0, np.inf):
        with pytest.raises(ValueError, match="norm"):
            penalty_of_norm(A, bad)


FLAGS = [(False, False), (True, False), (True, True)]
SEEDS = st.integers(0, 10**6)


def any_data(seed):
    """Draw points of some spread, offset or shape: clouds, lattices, collinear ones, units apart, far from 0."""
    rng = np.random.default_rng(seed)
    n_samples, n_features = int(rng.integers(2, 30)), int(rng.integers(1, 4))
    X = rng.normal(size=(n_samples, n_features))
    kinds = (X, np.round(2 * X), X[:, :1] * X[0], X * 10.0 ** rng.integers(-3, 4, n_features), X + 1e4, 1e-6 * X)
    return Dataset(kinds[seed % len(kinds)], np.append([0, 1], rng.integers(0, 2, n_samples - 2)))


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.sampled_from(FLAGS))
def test_every_point_of_the_path_is_the_minimiser_that_the_certificates_find(seed, flags):
    data, (fit_bias, penalise_bias) = any_data(seed), flags
    path = regularisation_path(data, fit_bias=fit_bias, penalise_bias=penalise_bias)
    for i in (0, 35, 80):
        objective = Objective(fit_bias=fit_bias, l2=float(path.l2[i]), penalise_bias=penalise_bias)
        best = optimum(data, objective)
        size = np.abs(best.weights).max()
        np.testing.assert_allclose(path.weights[i], best.weights, rtol=1e-7, atol=1e-7 * size)
        assert path.bias[i] == pytest.approx(best.bias, rel=1e-7, abs=1e-7 * np.abs(data.X).max() * size + 1e-14)
        assert path.loss[i] == pytest.approx(loss(best, data, objective), rel=1e-7)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.sampled_from(FLAGS))
def test_the_penalised_length_never_rises_with_the_penalty(seed, flags):
    path = regularisation_path(any_data(seed), fit_bias=flags[0], penalise_bias=flags[1])
    penalised = path.parameter_norm if path.penalise_bias else path.weight_norm
    assert (np.diff(penalised) <= 1e-9 * penalised[:-1]).all()


@settings(deadline=None, max_examples=20)
@given(SEEDS, st.integers(-60, 60))
def test_the_grid_of_penalties_scales_with_the_data_and_with_it_the_picture(seed, exponent):
    data = any_data(seed)
    moved = Dataset(np.ldexp(data.X, exponent), data.y)
    ours, theirs = regularisation_path(data), regularisation_path(moved)
    np.testing.assert_allclose(theirs.l2, np.ldexp(ours.l2, 2 * exponent), rtol=1e-12)
    np.testing.assert_allclose(theirs.weight_norm, np.ldexp(ours.weight_norm, -exponent), rtol=1e-7)
    np.testing.assert_allclose(theirs.data_loss, ours.data_loss, rtol=1e-9)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 100.0])
def test_descent_leaves_the_path_by_as_many_degrees_whatever_the_units_of_x(scale):
    off = []
    for data in (flip_label(A, 5), Dataset(scale * A.X, flip_label(A, 5).y)):
        run = train(data, TrainingConfig(n_steps=1000, objective=Objective(fit_bias=False)))
        off.append(angle_off_path(regularisation_path(data, fit_bias=False), run))
    np.testing.assert_allclose(off[1], off[0], rtol=1e-9, atol=1e-9)
    assert np.nanmax(off[0]) > 6


@pytest.mark.parametrize(("dataset", "fit_bias"), [(A, False), (QUASI, False), (B, True)])
def test_an_angle_off_the_path_is_that_of_the_minimiser_of_the_very_length(dataset, fit_bias):
    run = train(dataset, TrainingConfig(n_steps=1000, objective=Objective(fit_bias=fit_bias)))
    off = angle_off_path(regularisation_path(dataset, [1e-3, 1.0], fit_bias=fit_bias), run)
    for i in (1, 3, 30, 100):
        l2 = penalty_of_norm(dataset, float(run.weight_norm[i]), fit_bias=fit_bias)
        there = optimum(dataset, Objective(fit_bias=fit_bias, l2=l2)).weights
        assert np.linalg.norm(there) == pytest.approx(run.weight_norm[i], rel=1e-9)
        assert off[i] == pytest.approx(float(angle_between(run.weights[i], there)), rel=1e-6, abs=1e-8)


def test_where_the_pulls_cancel_at_zero_no_penalty_moves_the_weights():
    path = regularisation_path(XOR)
    assert (path.weight_norm == 0).all()
    assert np.isnan(on_path(path, [0.0, 1e-17, 1.0])).all()
    assert penalty_of_norm(XOR, 1e-17) is None


def test_far_out_the_loss_is_the_entropy_of_the_labels_and_log_2_only_for_equal_classes():
    few = Dataset(A.X, [1] * 4 + [0] * 12)
    for fit_bias, penalise_bias, entropy in (
        (True, False, 0.562335),
        (True, True, np.log(2)),
        (False, False, np.log(2)),
    ):
        path = regularisation_path(few, [1e9], fit_bias=fit_bias, penalise_bias=penalise_bias)
        assert path.data_loss[0] == pytest.approx(entropy, abs=1e-6)
        assert loss(path.far, few) == pytest.approx(path.data_loss[0], abs=1e-8)
        np.testing.assert_allclose([*path.weights[0], path.bias[0]], path.far.parameters, atol=1e-7)
    assert regularisation_path(Dataset(A.X, [1] * 16)).far is None


def test_with_a_free_bias_the_whole_length_may_rise_with_the_penalty_though_the_weights_fall():
    tilted = Dataset([[0.0], [1.0], [2.0], [2.0], [3.0], [4.0]], [0, 1, 1, 1, 1, 1])
    free, penalised = (
        regularisation_path(tilted, np.geomspace(0.01, 100, 50), penalise_bias=penalise) for penalise in (False, True)
    )
    assert np.diff(free.parameter_norm).max() > 0
    assert (np.diff(free.weight_norm) < 0).all()
    assert (np.diff(penalised.parameter_norm) < 0).all()


def test_one_class_with_a_bias_has_a_path_only_if_the_bias_is_penalised():
    one = Dataset([[1.0], [2.0]], [1, 1])
    assert np.isnan(regularisation_path(one).parameter_norm).all()
    assert np.isfinite(regularisation_path(one, penalise_bias=True).parameter_norm).all()
    assert np.isnan(on_path(regularisation_path(one), 1.0)).all()


def test_early_stopping_is_no_point_of_the_path():
    for dataset, least in ((A, 0.8), (B, 6.0), (QUASI, 13.0)):
        run, path = run_of(dataset, 1000), regularisation_path(dataset, np.logspace(-8, 3, 150), fit_bias=False)
        assert np.nanmax(angle_off_path(path, run)) > least
        assert np.isnan(angle_off_path(path, run)[0])


def test_a_point_of_the_path_is_found_by_its_length():
    path = regularisation_path(QUASI, LAMBDAS, fit_bias=False)
    np.testing.assert_allclose(on_path(path, path.weight_norm), path.weights)
    assert np.isnan(on_path(path, 1e9)).all()


def test_angles_of_other_features_are_refused():
    with pytest.raises(ValueError, match="features"):
        angle_off_path(regularisation_path(Dataset([[1.0], [-1.0]], [1, 0]), [1.0]), run_of(A, 1))


def test_sklearn_penalty_wants_a_positive_c():
    assert sklearn_penalty(A, 2.0) == 1 / 32
    with pytest.raises(ValueError, match="C"):
        sklearn_penalty(A, 0.0)


def test_a_minimum_that_cannot_be_followed_to_is_reached_by_itself():
    far = Dataset([[1000, 0], [-0.001, 0], [0, 1], [0, -1]], [1, 0, 1, 0])
    path = regularisation_path(far, [1e-6, 1e-5, 1e-3], fit_bias=False)
    model = optimum(far, Objective(fit_bias=False, l2=1e-6))
    assert path.weight_norm[0] == pytest.approx(118.14490466, abs=1e-6)
    np.testing.assert_array_equal(path.weights[0], model.weights)
    assert np.isfinite(path.data_loss).all()
