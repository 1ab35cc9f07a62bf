"""What a run recorded, and the exact model at any step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, gradient, loss
from logreg.training.trainer import train
from logreg.training.trajectory import MEASURED, StopReason


def blobs(n_samples=40, seed=0, n_features=2):
    rng = np.random.default_rng(seed)
    y = np.arange(n_samples) % 2
    return Dataset(rng.normal(size=(n_samples, n_features)) + 1.5 * y[:, None], y)


def slow(n_steps):
    """Configure a run that still moves after this many steps."""
    return TrainingConfig(learning_rate=0.05, n_steps=n_steps, objective=Objective(l2=0.001))


@pytest.fixture(scope="module")
def run():
    run = train(blobs(), slow(12_345))
    assert run.last_step == 12_345
    return run


def textbook(dataset, learning_rate, n_steps, l2=0.0):
    """Descend as a lecture writes it; return (w, b) after every step."""
    X = np.column_stack([dataset.X, np.ones(dataset.n_samples)])
    w = np.zeros(X.shape[1])
    path = [w]
    for _ in range(n_steps):
        p = 1 / (1 + np.exp(-(X @ w)))
        w = w - learning_rate * (X.T @ (p - dataset.y) / len(p) + l2 * np.append(w[:-1], 0.0))
        path.append(w)
    return np.array(path)


def test_model_at_every_record_is_the_record_itself(run):
    for index in range(0, run.n_records, 7):
        model = run.model_at(int(run.steps[index]))
        assert model.weights.tobytes() == run.weights[index].tobytes()
        assert model.bias == run.bias[index]


def test_model_at_a_step_between_records_has_the_bits_of_a_run_that_ends_there(run):
    for step in (1001, 1004, 1777, 5000, 9999, 12_344):
        shorter = train(run.dataset, slow(step)).model
        model = run.model_at(step)
        assert model.weights.tobytes() == shorter.weights.tobytes()
        assert model.bias == shorter.bias


def test_model_at_agrees_with_a_textbook_loop_to_nine_digits(run):
    path = textbook(run.dataset, run.learning_rate, run.last_step, l2=0.001)
    for step in (0, 1, 2, 999, 1000, 1001, 3333, 12_345):
        model = run.model_at(step)
        assert model.parameters == pytest.approx(path[step], rel=1e-9, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 1000),
    n=st.integers(1, 30),
    d=st.integers(1, 4),
    fit_bias=st.booleans(),
    step=st.integers(0, 60),
)
def test_model_at_agrees_with_a_textbook_loop_for_any_number_of_features(seed, n, d, fit_bias, step):
    dataset = blobs(n, seed, d)
    run = train(dataset, TrainingConfig(n_steps=60, objective=Objective(fit_bias=fit_bias)))
    X = np.column_stack([dataset.X, np.ones(n)]) if fit_bias else dataset.X
    w = np.zeros(X.shape[1])
    for _ in range(step):
        w = w - run.learning_rate * X.T @ (1 / (1 + np.exp(-(X @ w))) - dataset.y) / n
    model = run.model_at(min(step, run.last_step))  # a run that no step moves any more has ended
    assert model.weights == pytest.approx(w[:d], rel=1e-9, abs=1e-9)
    assert model.bias == pytest.approx(w[d] if fit_bias else 0.0, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("step", [-1, 12_346, 0.5, True, "3", None])
def test_a_step_that_the_run_does_not_have_is_refused(run, step):
    with pytest.raises(ValueError, match=r"^step: expected a whole number from 0 to 12345"):
        run.model_at(step)
    with pytest.raises(ValueError, match=r"^step: expected a whole number from 0 to 12345"):
        run.index_at(step)


def test_index_at_gives_the_record_at_or_before_a_step(run):
    assert [run.index_at(step) for step in (0, 1, 1000)] == [0, 1, 1000]
    assert run.steps[run.index_at(1001)] == 1000
    assert run.steps[run.index_at(9_999)] < 9_999
    assert run.index_at(10_000) == list(run.steps).index(10_000)
    assert run.index_at(run.last_step) == run.n_records - 1


def test_the_recorded_measures_are_those_of_the_model_functions(run):
    for index in range(0, run.n_records, 97):
        model = run.model_at(int(run.steps[index]))
        slope = gradient(model, run.dataset, Objective(l2=0.001))
        assert run.loss[index] == pytest.approx(loss(model, run.dataset, Objective(l2=0.001)), rel=1e-13)
        assert run.data_loss[index] == pytest.approx(loss(model, run.dataset), rel=1e-13)
        assert run.gradient_norm[index] == pytest.approx(np.linalg.norm(slope), rel=1e-6, abs=1e-15)
        assert run.weight_norm[index] == pytest.approx(np.linalg.norm(model.weights), rel=1e-14)
        assert run.parameter_norm[index] == pytest.approx(np.hypot(run.weight_norm[index], model.bias), rel=1e-14)
        assert run.accuracy[index] == np.mean(model.predict(run.dataset.X) == run.dataset.y)


def test_a_tie_counts_as_class_1_in_the_accuracy():
    run = train(Dataset([[0.0], [1.0], [2.0]], [0, 1, 1]), TrainingConfig(n_steps=1))
    assert run.accuracy[0] == 2 / 3


def test_without_a_bias_the_gradient_norm_is_of_the_weights_alone():
    dataset = blobs()
    run = train(dataset, TrainingConfig(n_steps=20, objective=Objective(fit_bias=False)))
    assert run.gradient_norm[-1] == pytest.approx(np.linalg.norm(gradient(run.model, dataset)[:-1]), rel=1e-12)
    assert (run.bias == 0).all()
    assert run.parameter_norm.tobytes() == run.weight_norm.tobytes()


def test_losses_and_gradients_far_below_one_keep_their_digits():
    run = train(
        Dataset([[1.0], [-1.0]], [1, 0]),
        TrainingConfig(n_steps=1, initial_weights=(500.0,), objective=Objective(fit_bias=False)),
    )
    assert run.loss[0] == pytest.approx(np.exp(-500.0), rel=1e-12)
    assert run.gradient_norm[0] == pytest.approx(np.exp(-500.0), rel=1e-12)


def test_a_norm_beyond_the_root_of_the_largest_float_is_finite():
    run = train(Dataset([[1.0, 1.0]], [1]), TrainingConfig(n_steps=1, initial_weights=(3e200, 4e200)))
    assert run.weight_norm[0] == pytest.approx(5e200)


def test_every_array_is_read_only_and_has_one_row_per_record(run):
    for name in ("steps", "weights", "bias", *MEASURED):
        array = getattr(run, name)
        assert len(array) == run.n_records
        assert not array.flags.writeable


def test_no_stop_reason_claims_convergence():
    sentences = [reason.value for reason in StopReason]
    assert len(set(sentences)) == len(sentences) == 6
    for sentence in sentences:
        assert "converge" not in sentence.lower()
        assert sentence.endswith(".")
