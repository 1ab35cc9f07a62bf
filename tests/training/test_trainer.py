"""The records of a run, the norms it reaches, and its continuation."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig, resolve_learning_rate
from logreg.training.objective import Objective, smoothness
from logreg.training.trainer import record_steps, train
from logreg.training.trajectory import MEASURED, StopReason
from tests.training.runs import XOR, clouds, headline


def same_bits(one, other):
    """Return whether two runs agree in every array, to the last bit, and in how they ended."""
    arrays = ("steps", "weights", "bias", *MEASURED)
    same = all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays)
    return same and (one.config, one.learning_rate, one.stop_reason) == (
        other.config,
        other.learning_rate,
        other.stop_reason,
    )


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
