"""The config of a run, its records, its continuation, and each way in which it ends."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig, resolve_learning_rate
from logreg.training.descent import Descent
from logreg.training.objective import Objective, gradient, smoothness
from logreg.training.trainer import record_steps, train
from logreg.training.trajectory import MEASURED, StopReason, measure

XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], "XOR")
UP = np.array([(0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3), (3, 1.2), (2, 3.1)])


def headline(flipped=None):
    """Return the pair of the third observation: + points, their negatives as −, and one flipped label."""
    y = np.array([1] * 8 + [0] * 8)
    if flipped is not None:
        y[flipped] = 0
    return Dataset(np.concatenate([UP, -UP]), y)


def clouds(seed, n_samples=20, n_features=2, shift=1.0):
    rng = np.random.default_rng(seed)
    y = np.arange(n_samples) % 2
    return Dataset(rng.normal(size=(n_samples, n_features)) + shift * y[:, None], y)


def same_bits(one, other):
    """Return whether two runs agree in every array, to the last bit, and in how they ended."""
    arrays = ("steps", "weights", "bias", *MEASURED)
    same = all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays)
    return same and (one.config, one.learning_rate, one.stop_reason) == (
        other.config,
        other.learning_rate,
        other.stop_reason,
    )


# ---- the config


def test_a_config_is_plain_values_that_compare_and_hash_and_do_not_change():
    config = TrainingConfig(learning_rate=np.float64(0.5), n_steps=np.int64(7), initial_weights=np.array([1, 2]))
    assert config == TrainingConfig(learning_rate=0.5, n_steps=7, initial_weights=(1.0, 2.0))
    assert hash(config) == hash(replace(config))
    assert type(config.n_steps) is int
    assert type(config.learning_rate) is float
    with pytest.raises(FrozenInstanceError):
        config.n_steps = 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("learning_rate", value) for value in (0, -1.0, np.nan, np.inf, "fast", None, True, [0.1])],
        *[("n_steps", value) for value in (-1, 1.0, True, "10", None, 10**16)],
        *[("initial_weights", value) for value in (3.0, (), ("a",), (np.nan,), (1.0, np.inf), "12")],
        *[("initial_bias", value) for value in (np.nan, np.inf, "0", None)],
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_field(field, value):
    with pytest.raises(ValueError, match=rf"^{field}: expected"):
        TrainingConfig(**{field: value})


@pytest.mark.parametrize("value", [None, True, {"l2": 0.1}, "plain"])
def test_an_objective_of_another_type_is_refused(value):
    with pytest.raises(TypeError, match=r"^objective: expected Objective, got"):
        TrainingConfig(objective=value)


def test_a_start_of_the_bias_without_a_bias_is_refused():
    with pytest.raises(ValueError, match=r"^initial_bias: expected 0"):
        TrainingConfig(initial_bias=1.0, objective=Objective(fit_bias=False))


def test_a_start_of_another_number_of_features_is_refused():
    with pytest.raises(ValueError, match=r"^initial_weights: expected 2 numbers, got 1"):
        train(XOR, TrainingConfig(initial_weights=(1.0,)))


@given(st.integers(0, 1000), st.sampled_from([0.0, 0.1]), st.booleans())
def test_auto_is_one_over_the_smoothness_and_the_run_records_the_number(seed, l2, fit_bias):
    dataset = clouds(seed)
    config = TrainingConfig(n_steps=1, objective=Objective(fit_bias=fit_bias, l2=l2))
    assert train(dataset, config).learning_rate == 1 / smoothness(dataset, Objective(fit_bias=fit_bias, l2=l2))
    assert train(dataset, replace(config, learning_rate=0.25)).learning_rate == 0.25


def test_auto_says_where_it_has_no_number():
    with pytest.raises(BeyondFloat64, match=r"too large .* L is beyond float64\. Rescale them\.$"):
        train(Dataset([[1e200]], [1]))
    with pytest.raises(BeyondFloat64, match=r"too small .* 1/L is beyond float64\. Rescale them\.$"):
        train(Dataset([[1e-200]], [1]), TrainingConfig(objective=Objective(fit_bias=False)))
    assert resolve_learning_rate(Dataset([[0.0]], [1]), TrainingConfig(objective=Objective(fit_bias=False))) == 1.0


# ---- the descent


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.sampled_from([0.0, 0.01, 1.0]), st.booleans(), st.floats(0.1, 1))
def test_the_loss_never_rises_while_the_learning_rate_is_at_most_one_over_the_smoothness(
    seed, n_features, l2, penalise_bias, fraction
):
    dataset = clouds(seed, n_features=n_features)
    rate = fraction / smoothness(dataset, Objective(l2=l2, penalise_bias=penalise_bias))
    start = tuple(np.random.default_rng(seed).normal(scale=3, size=n_features))
    objective = Objective(l2=l2, penalise_bias=penalise_bias)
    config = TrainingConfig(rate, 200, objective=objective, initial_weights=start, initial_bias=1.0)
    run = train(dataset, config)
    assert (np.diff(run.loss) <= 1e-15 * run.loss[0]).all()


def test_row_0_is_the_start():
    run = train(XOR, TrainingConfig(n_steps=3, initial_weights=(1.0, -2.0), initial_bias=0.5))
    assert (run.steps[0], run.weights[0].tolist(), run.bias[0]) == (0, [1.0, -2.0], 0.5)
    assert train(headline(), TrainingConfig(n_steps=0)).steps.tolist() == [0]


def test_the_headline_runs_reach_the_published_norms():
    config = TrainingConfig(n_steps=10_000, objective=Objective(fit_bias=False))
    run = train(headline(), config)
    assert run.learning_rate == pytest.approx(0.5188, abs=5e-5)
    norms = [run.weight_norm[run.index_at(step)] for step in (100, 1000, 10_000)]
    assert norms == pytest.approx([2.528, 3.976, 5.566], abs=5e-4)
    assert train(headline(flipped=4), config).weight_norm[-1] == pytest.approx(0.91496, abs=5e-6)
    assert train(headline(flipped=5), config).weight_norm[1000] == pytest.approx(3.782, abs=5e-4)
    assert train(headline(flipped=0), config).weight_norm[-1] == pytest.approx(12.046, abs=5e-4)


@pytest.mark.parametrize(("rate", "rises", "last"), [(4, 0, None), (5, 6, 11), (8, 10, None)])
def test_large_steps_on_separable_data_raise_the_loss_a_few_times_and_then_never_again(rate, rises, last):
    toy = Dataset([[1, 0.2], [-2, 0.2], [-1, -0.2], [2, -0.2]], [1, 1, 0, 0])
    assert 2 / smoothness(toy, Objective(fit_bias=False)) == pytest.approx(3.19, abs=0.01)
    run = train(toy, TrainingConfig(rate, 5000, objective=Objective(fit_bias=False)))
    rising = np.flatnonzero(np.diff(run.loss[:1001]) > 0)
    assert len(rising) == rises
    assert last is None or rising[-1] + 1 == last
    assert run.stop_reason is StopReason.STEP_LIMIT


def test_the_largest_steps_on_separable_data_settle_by_step_15():
    toy = Dataset([[1, 0.2], [-2, 0.2], [-1, -0.2], [2, -0.2]], [1, 1, 0, 0])
    run = train(toy, TrainingConfig(32, 1000, objective=Objective(fit_bias=False)))
    assert run.loss.max() == pytest.approx(11, abs=0.5)
    assert (np.diff(run.loss[15:]) < 0).all()


def test_a_learning_rate_just_below_the_limit_cycles_with_period_8_on_the_preset():
    dataset = Dataset([[1.0]] * 34 + [[-13.141]], [1] * 35)
    run = train(dataset, TrainingConfig(7.470, 4000, objective=Objective(fit_bias=False)))
    orbit = sorted(run.model_at(step).weights[0] for step in range(3992, 4000))
    published = sorted([0.0822, 1.468, 0.0221, 2.005, 0.0616, 1.637, 0.0143, 2.083])
    assert orbit == pytest.approx(published, abs=2e-3)
    assert run.stop_reason is StopReason.STEP_LIMIT


def test_an_orbit_of_period_2_is_not_taken_for_an_end():
    dataset = Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])
    run = train(dataset, TrainingConfig(12.0, 3000, objective=Objective(fit_bias=False)))
    assert run.stop_reason is StopReason.STEP_LIMIT
    assert run.model_at(2999).weights[0] != run.model_at(3000).weights[0]
    assert run.model_at(2998).weights[0] == pytest.approx(run.model_at(3000).weights[0])


# ---- the records


def test_every_step_to_1000_is_recorded_and_then_about_a_thousand_to_a_million():
    steps = record_steps(1_000_000)
    assert steps[:1001].tolist() == list(range(1001))
    assert {10_000, 100_000, 1_000_000} <= set(steps.tolist())
    assert len(steps) == 2000
    assert (np.diff(steps) > 0).all()
    assert (steps[1001:] / steps[1000:-1]).max() < 1.008


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_whether_a_step_is_recorded_does_not_depend_on_how_far_the_run_goes(one, other):
    shorter, longer = sorted((one, other))
    assert set(record_steps(shorter)[:-1]) <= set(record_steps(longer))
    assert record_steps(shorter)[-1] == shorter
    between = [step for step in record_steps(longer)[:-1] if step <= shorter]
    assert set(between) <= set(record_steps(shorter))


# ---- continuing


@pytest.mark.parametrize("split", [0, 1, 999, 1000, 1001, 1777, 5000, 6000])
@pytest.mark.parametrize("l2", [0.0, 0.001])
def test_a_continued_run_has_the_bits_of_one_long_run(split, l2):
    dataset, config = headline(), TrainingConfig(n_steps=6000, learning_rate=0.1, objective=Objective(l2=l2))
    first = train(dataset, replace(config, n_steps=split))
    assert same_bits(train(dataset, config, resume=first), train(dataset, config))


def test_a_run_continued_many_times_has_the_bits_of_one_long_run():
    dataset, config = clouds(1, n_samples=37, shift=9.0), TrainingConfig(n_steps=4321)
    run = None
    for n_steps in (10, 1003, 1004, 3000, 4321):
        run = train(dataset, replace(config, n_steps=n_steps), resume=run)
    assert same_bits(run, train(dataset, config))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 100), st.integers(0, 2500), st.sampled_from([0.3, 1.0, 40.0]))
def test_a_continued_run_ends_where_and_as_one_long_run_does(seed, split, factor):
    dataset = clouds(seed, n_samples=12, shift=0.3)
    config = TrainingConfig(n_steps=2500, learning_rate=factor * resolve_learning_rate(dataset, TrainingConfig()))
    first = train(dataset, replace(config, n_steps=split))
    assert same_bits(train(dataset, config, resume=first), train(dataset, config))


def test_only_a_shorter_run_of_the_same_data_and_config_can_be_continued():
    config = TrainingConfig(n_steps=20)
    run = train(headline(), config)
    equal = Dataset(headline().X, headline().y, "another name")
    assert train(equal, replace(config, n_steps=30), resume=run).last_step == 30
    with pytest.raises(ValueError, match=r"^resume: expected a run of the same data"):
        train(headline(flipped=1), config, resume=run)
    with pytest.raises(ValueError, match=r"^resume: expected a run of TrainingConfig"):
        train(headline(), replace(config, objective=Objective(l2=0.1)), resume=run)
    with pytest.raises(ValueError, match=r"^resume: expected a run of at most 19 steps"):
        train(headline(), replace(config, n_steps=19), resume=run)


# ---- the ends


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
