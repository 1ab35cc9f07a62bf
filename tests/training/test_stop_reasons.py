"""Each way in which a run ends, and the numbers it leaves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.descent import Descent
from logreg.training.objective import Objective, gradient, smoothness
from logreg.training.stationarity import is_stationary
from logreg.training.trainer import record_steps, train
from logreg.training.trajectory import MEASURED, StopReason, measure
from tests.training.runs import XOR, clouds, headline


def test_a_run_that_could_go_on_ends_at_its_step_limit():
    assert train(headline(), TrainingConfig(n_steps=10)).stop_reason is StopReason.STEP_LIMIT


def test_xor_from_zero_ends_at_once_because_the_gradient_is_exactly_zero():
    for config in (
        TrainingConfig(),
        TrainingConfig(n_steps=0),
        TrainingConfig(objective=Objective(l2=0.1)),
        TrainingConfig(0.3),
    ):
        run = train(XOR, config)
        assert run.stop_reason is StopReason.ZERO_GRADIENT
        assert (run.last_step, run.gradient_norm[0]) == (0, 0.0)


def test_huge_steps_on_separable_data_end_because_every_residual_underflowed():
    dataset = headline()
    run = train(dataset, TrainingConfig(2000 * 2 / smoothness(dataset), 1000))
    assert run.stop_reason is StopReason.RESIDUALS_UNDERFLOWED
    assert run.last_step == 1
    assert (dataset.signs * run.model.decision_function(dataset.X) > 745).all()


def test_a_margin_of_37_or_700_is_no_end():
    for start in (40.0, 700.0):
        dataset = Dataset([[1.0]], [1])
        config = TrainingConfig(np.exp(start) / 1e3, 5, initial_weights=(start,), objective=Objective(fit_bias=False))
        run = train(dataset, config)
        assert run.stop_reason is StopReason.STEP_LIMIT
        assert (np.diff(run.weights[:, 0]) > 0).all()


def test_a_run_near_its_optimum_ends_because_the_update_is_below_the_resolution():
    dataset = clouds(0, shift=0.5)
    run = train(dataset, TrainingConfig(n_steps=100_000))
    assert run.stop_reason in (StopReason.UPDATE_BELOW_RESOLUTION, StopReason.ZERO_GRADIENT)
    assert 0 <= run.gradient_norm[-1] < 1e-15
    before, last = (run.model_at(run.last_step - back) for back in (1, 0))
    assert (before.weights.tobytes(), before.bias) != (last.weights.tobytes(), last.bias)
    state = last.parameters
    assert Descent(dataset, run.learning_rate).advance(state, 1).tolist() == state.tolist()


def test_a_gradient_that_is_tiny_but_not_zero_is_not_called_zero():
    run = train(
        Dataset([[1.0]], [1]), TrainingConfig(0.1, 10, initial_weights=(50.0,), objective=Objective(fit_bias=False))
    )
    assert run.stop_reason is StopReason.UPDATE_BELOW_RESOLUTION
    assert (run.last_step, run.gradient_norm[0]) == (0, pytest.approx(np.exp(-50.0)))
    partly = Dataset([[1e-200], [1.0]], [1, 1])
    run = train(partly, TrainingConfig(0.1, 10, initial_weights=(800.0,), objective=Objective(fit_bias=False)))
    assert run.stop_reason is StopReason.UPDATE_BELOW_RESOLUTION


def all_finite(measures):
    return all(np.isfinite(getattr(measures, name)).all() for name in MEASURED)


@settings(max_examples=150)
@given(
    st.integers(0, 2**32 - 1),
    st.floats(-323, 308),
    st.floats(-4, 4),
    st.sampled_from([0.0, 1e-8, 10.0]),
    st.booleans(),
    st.sampled_from([0.0, 1.0, 1000.0, -1000.0]),
)
def test_every_number_of_a_run_is_finite_whatever_the_points_and_the_start(seed, size, rate, l2, fit_bias, start):
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1.7, 1.7, size=(4, 2)) * 10.0 ** np.clip(size + rng.normal(size=(4, 1)), -323, 308)
    objective = Objective(fit_bias=fit_bias, l2=l2)
    config = TrainingConfig(10.0**rate, 1500, initial_weights=(start, 0.5), objective=objective)
    try:
        run = train(Dataset(X, rng.integers(0, 2, 4)), config)
    except BeyondFloat64:  # the start itself
        return
    assert all_finite(run)
    assert np.isfinite(run.weights).all()
    if run.stop_reason is StopReason.NOT_FINITE:
        parameters = np.append(run.weights[-1], run.bias[-1] if fit_bias else [])
        following = run.descent().advance(parameters, 1)
        assert not all_finite(measure(run.dataset, objective, following[None]))


def test_a_start_whose_loss_is_beyond_float64_is_refused_with_a_sentence():
    dataset = Dataset([[1e300, 1e300], [-1e300, 1e300]], [1, 0])
    with pytest.raises(BeyondFloat64, match=r"^At step 0 .* Rescale the points, or start nearer to 0\.$"):
        train(dataset, TrainingConfig(1.0, 10, initial_weights=(1e300, -1e300)))


def test_a_run_that_leaves_float64_ends_at_its_last_finite_step():
    dataset = clouds(3, shift=0.0)
    run = train(dataset, TrainingConfig(10.0, 5000, objective=Objective(l2=1.0)))
    assert run.stop_reason is StopReason.NOT_FINITE
    assert 0 < run.last_step < 5000
    assert np.isfinite(run.weights).all()
    assert run.weight_norm[-1] > 1e152  # the penalty is about its square
    following = Descent(dataset, 10.0, Objective(l2=1.0)).advance(np.append(run.weights[-1], run.bias[-1]), 1)
    assert not all_finite(measure(dataset, Objective(l2=1.0), following[None]))


def test_a_run_that_leaves_float64_between_two_records_still_ends_at_the_exact_step():
    dataset = Dataset([[1.0], [-1.0], [1.0]], [1, 1, 0])
    config = TrainingConfig(2.3, 100_000, initial_weights=(0.5,), objective=Objective(fit_bias=False, l2=1.0))
    run = train(dataset, config)
    assert run.stop_reason is StopReason.NOT_FINITE
    assert run.last_step > 1000
    exact = Descent(dataset, 2.3, Objective(fit_bias=False, l2=1.0)).advance(np.array([0.5]), run.last_step)
    assert exact.tolist() == run.weights[-1].tolist()
    following = Descent(dataset, 2.3, config.objective).advance(exact, 1)
    assert not all_finite(measure(dataset, config.objective, following[None]))
    assert run.last_step not in record_steps(100_000)


def test_a_run_that_ended_by_itself_stays_as_it_is_when_continued():
    run = train(XOR)
    longer = train(XOR, TrainingConfig(n_steps=5000), resume=run)
    assert (longer.last_step, longer.stop_reason, longer.config.n_steps) == (0, StopReason.ZERO_GRADIENT, 5000)


def test_one_class_with_a_bias_drives_the_bias_and_leaves_the_weights():
    run = train(Dataset([[1.0, 2.0], [2.0, -1.0], [-1.5, -0.5]], [1, 1, 1]), TrainingConfig(n_steps=50_000))
    decades = [run.index_at(step) for step in (500, 5_000, 50_000)]
    assert np.diff(run.bias[decades]) == pytest.approx(np.log(10), rel=0.1)
    assert np.ptp(run.weight_norm[decades]) < 1.0


def test_a_penalised_run_ends_at_a_finite_point_where_its_whole_gradient_vanishes():
    run = train(headline(), TrainingConfig(n_steps=5000, objective=Objective(l2=0.1, penalise_bias=True)))
    assert np.linalg.norm(gradient(run.model, headline(), Objective(l2=0.1, penalise_bias=True))) < 1e-15
    assert run.loss[-1] > run.data_loss[-1] > 0


@pytest.mark.parametrize("n_samples", [4, 40, 100, 1000])
def test_a_start_with_a_gradient_of_exactly_zero_is_left_as_it_is(n_samples):
    corners = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]])
    data = Dataset(np.tile(corners, (n_samples // 4, 1)), np.tile([0, 0, 1, 1], n_samples // 4))
    run = train(data, TrainingConfig(n_steps=50))
    assert run.stop_reason is StopReason.ZERO_GRADIENT
    assert run.last_step == 0
    assert run.parameter_norm[-1] == 0.0


def test_a_gradient_that_only_rounds_to_zero_is_not_called_zero():
    """Of 2^53 + 1 − 2^53 float64 keeps nothing, but it is 1."""
    data = Dataset([[2.0**53], [1.0], [-(2.0**53)]], [1, 1, 1])
    run = train(data, TrainingConfig(n_steps=50, objective=Objective(fit_bias=False)))
    assert run.gradient_norm[0] == 0
    assert (run.stop_reason, run.last_step) == (StopReason.GRADIENT_ROUNDS_TO_ZERO, 0)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=5), st.booleans())
def test_classes_that_mirror_each_other_have_a_zero_gradient_that_is_proved(points, fit_bias):
    """Each point once in each class: at w = 0 the pulls cancel, whatever the points."""
    data = Dataset([*points, *points], [1] * len(points) + [0] * len(points))
    run = train(data, TrainingConfig(n_steps=3, objective=Objective(fit_bias=fit_bias)))
    assert run.stop_reason is StopReason.ZERO_GRADIENT


def test_an_irrational_minimum_is_never_called_an_exact_one():
    data = Dataset([[1.0, 0.0]] * 4, [1, 0, 0, 0])
    start = (-np.log(3.0), 0.0)
    run = train(data, TrainingConfig(n_steps=500, objective=Objective(fit_bias=False), initial_weights=start))
    assert run.stop_reason is not StopReason.ZERO_GRADIENT


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6), st.randoms(use_true_random=False), st.booleans())
def test_an_exact_zero_is_known_whatever_the_order_of_the_points(points, random, fit_bias):
    mirrored = [[x] for x in [*points, *random.sample([-x for x in points], len(points))]]
    both = [[x] for x in [*points, *random.sample(points, len(points))]]
    labels = np.repeat([0, 1], len(points))
    for data, has_bias in ((Dataset(mirrored, [1] * len(mirrored)), False), (Dataset(both, labels), fit_bias)):
        run = train(data, TrainingConfig(0.1, 50, objective=Objective(fit_bias=has_bias)))
        assert (run.stop_reason.name, run.last_step, run.weights.any()) == ("ZERO_GRADIENT", 0, False)


def test_a_product_that_underflows_is_not_said_to_be_a_gradient_above_zero():
    run = train(Dataset([[5e-324]], [1]), TrainingConfig(1.0, 10, objective=Objective(fit_bias=False)))
    assert run.gradient_norm.tolist() == [0.0]
    assert run.stop_reason.name == "GRADIENT_ROUNDS_TO_ZERO"


def test_a_penalty_keeps_a_mirrored_start_off_zero_from_being_called_stationary():
    data = Dataset([[1.0], [1.0]], [0, 1])
    assert is_stationary(data, Objective(fit_bias=False), np.array([0.0]))
    for at in (np.array([3.0]), np.array([5e-324])):
        assert not is_stationary(data, Objective(fit_bias=False, l2=0.5), at)
