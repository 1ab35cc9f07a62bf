"""What is held against a run: predicted norm and loss, where the law may be drawn, how far off it is, angles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import asymptotics
from logreg.theory.flow import gradient_flow
from logreg.theory.laws import (
    angle_to_limit,
    first_reliable_record,
    law_error,
)
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective, hessian, smoothness
from logreg.training.trainer import train
from tests.published import CYCLE, SOUDRY, UCLA_QUASI, WU_TOY, headline, iris_petals, main


def run_of(data, n_steps, **settings):
    return train(data, TrainingConfig(n_steps=n_steps, **settings, objective=Objective(fit_bias=False)))


@pytest.fixture(scope="module")
def separable():
    return run_of(headline(), 10**5)


def test_the_headline_run_has_the_published_norms_and_meets_the_law(separable):
    norms = [separable.weight_norm[separable.index_at(10**k)] for k in (2, 3, 4, 5)]
    np.testing.assert_allclose(norms, [2.528, 3.976, 5.566, 7.188], atol=6e-4)
    assert separable.learning_rate == pytest.approx(0.5188, abs=5e-5)
    law, time = asymptotics(headline(), fit_bias=False), separable.learning_rate * 10**5
    assert law.norm_at(time) == pytest.approx(7.187, abs=5e-4)
    assert separable.loss[-1] == pytest.approx(float(law.loss_at(time)), rel=2e-3)


def test_a_flip_keeps_the_learning_rate_and_changes_the_end():
    near = run_of(headline((2.6, 2.4)), 10**3)
    far = run_of(headline((1.2, 3)), 10**5)
    quasi = run_of(headline((0.5, 1.5)), 10**4)
    assert near.learning_rate == far.learning_rate == quasi.learning_rate
    assert near.weight_norm[-1] == pytest.approx(0.91496, abs=5e-6)
    assert far.weight_norm[-1] == pytest.approx(3.911, abs=5e-4)
    assert far.weight_norm[far.index_at(1000)] == pytest.approx(3.782, abs=5e-4)
    assert quasi.weight_norm[-1] == pytest.approx(12.046, abs=5e-4)


def test_the_law_takes_arrays_and_keeps_their_shape():
    law, times = asymptotics(SOUDRY, fit_bias=False), np.array([[5.0, 50.0], [500.0, 5e5]])
    values = law.norm_at(times)
    assert values.shape == times.shape
    assert values[1, 1] == law.norm_at(5e5)


def first_reliable(run):
    return first_reliable_record(run.dataset, run.weights, run.bias, fit_bias=False)


def test_where_the_law_may_be_drawn_every_margin_is_at_least_3_and_was_not_a_record_before(separable):
    index = first_reliable(separable)
    margins = separable.weights[index - 1 : index + 1] @ headline().signed_samples(fit_bias=False).T
    assert margins[0].min() < 3 <= margins[1].min()


def test_on_quasi_separable_data_only_the_separated_samples_must_have_margins():
    run = run_of(headline((0.5, 1.5)), 2 * 10**4)
    margins = run.weights[first_reliable(run)] @ headline((0.5, 1.5)).signed_samples(fit_bias=False).T
    assert np.abs(margins[[0, 8]]).max() < 1
    assert np.delete(margins, [0, 8]).min() >= 3


def test_overlapping_data_and_short_runs_have_no_such_step():
    assert first_reliable(run_of(headline((2.6, 2.4)), 1000)) is None
    assert first_reliable(run_of(headline(), 5)) is None


def test_a_flow_has_such_a_record_too():
    flow = gradient_flow(UCLA_QUASI)
    index = first_reliable_record(UCLA_QUASI, flow.weights, flow.bias)
    assert 1e2 < flow.times[index] < 1e5


@given(st.floats(-180, 180), st.floats(1e-100, 1e100))
def test_the_angle_is_exact_at_any_length(degrees, length):
    data = Dataset([[-1.0, 0.0], [1.0, 0.0]], [0, 1])
    model = Model([length * np.cos(np.radians(degrees)), length * np.sin(np.radians(degrees))])
    assert angle_to_limit(model, max_margin(data, "none")) == pytest.approx(abs(degrees), rel=1e-9, abs=1e-12)


def test_a_model_at_zero_has_no_angle():
    assert angle_to_limit(Model([0.0, 0.0]), max_margin(SOUDRY, "none")) is None


def test_the_limit_with_a_bias_is_the_augmented_margin_which_turns_with_the_origin():
    data = iris_petals((0, 1))
    turned = {}
    for name, X in (("raw", data.X), ("centred", data.X - data.X.mean(axis=0))):
        limit, classic = (max_margin(Dataset(X, data.y), kind) for kind in ("augmented", "free"))
        cosine = limit.weights @ classic.weights / np.linalg.norm(limit.weights) / np.linalg.norm(classic.weights)
        turned[name] = np.degrees(np.arccos(cosine))
    assert turned == pytest.approx({"raw": 23.8, "centred": 3.85}, abs=0.05)


@pytest.mark.parametrize(("learning_rate", "rises", "last"), [(4, 0, 0), (5, 6, 11), (8, 10, 15), (32, 9, 12)])
def test_large_steps_on_separable_data_rise_for_a_while_and_then_never_again(learning_rate, rises, last):
    assert 2 / smoothness(WU_TOY, Objective(fit_bias=False)) == pytest.approx(3.19, abs=0.01)
    run = run_of(WU_TOY, 2000, learning_rate=learning_rate)
    rising = 1 + np.flatnonzero(np.diff(run.loss) > 0)
    assert (len(rising), max(rising, default=0)) == (rises, last)


def test_below_its_local_limit_a_run_on_overlapping_data_may_still_circle_for_ever():
    limit = 2 / hessian(optimum(CYCLE, Objective(fit_bias=False)), CYCLE)[0, 0]
    assert 0.9 * limit == pytest.approx(7.470, abs=5e-4)
    run = run_of(CYCLE, 20_000, learning_rate=0.9 * limit)
    orbit = sorted(run.model_at(run.last_step - k).weights[0] for k in range(8))
    np.testing.assert_allclose(orbit, [0.0143, 0.0221, 0.0616, 0.0822, 1.468, 1.637, 2.005, 2.083], atol=6e-4)
    for share in (0.85, 0.95):
        calm = run_of(CYCLE, 20_000, learning_rate=share * limit)
        assert calm.weights[-1] == pytest.approx(optimum(CYCLE, Objective(fit_bias=False)).weights, abs=1e-9)


def test_the_table_of_published_results_prints(capsys):
    main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| case | published | this app |"
    assert any("γ = 0.349005" in line.split("|")[3] for line in lines[2:])


def test_how_far_the_law_is_off_is_its_ratio_to_the_run_less_one(separable):
    law = asymptotics(headline(), fit_bias=False)
    for step in (100, 1000, 10**5):
        norm = separable.weight_norm[separable.index_at(step)]
        assert law_error(law, separable, step) == pytest.approx(
            float(law.norm_at(separable.learning_rate * step)) / norm - 1, rel=1e-9
        )
    assert law_error(law, separable, 0) is None
    with pytest.raises(ValueError, match="at"):
        law_error(law, separable, 10**6)
