"""The law that holds from margins of 3 on: against flows up to 10^12, against runs, beside an asymptote far off."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import hairs_breadth
from logreg.data.registry import make_dataset
from logreg.theory.asymptotics import asymptotics
from logreg.theory.flow import gradient_flow
from logreg.theory.growth import growth
from logreg.theory.laws import first_reliable_record, law_error
from logreg.theory.minimisers import hermite
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.published import AND, SOUDRY, UCLA_COMPLETE, UCLA_QUASI, XOR, headline, iris_petals


def blobs(seed):
    return make_dataset("separable_blobs", n_samples=60, seed=seed)


# (data, fit_bias, what the law may be off from the flow); a point that leaves the margin late costs most
SETS = {
    "headline": (headline(), False, 2e-5),
    "headline with a bias": (headline(), True, 2e-5),
    "UCLA, complete": (UCLA_COMPLETE, True, 5e-5),
    "AND": (AND, True, 5e-5),
    "Soudry": (SOUDRY, False, 2e-5),
    "iris setosa/versicolor": (iris_petals((0, 1)), True, 1e-4),
    "a hair's breadth, 0.01": (hairs_breadth(0.01), False, 2e-5),
    "a hair's breadth, 0.1": (hairs_breadth(0.1), False, 2e-5),
    "blobs 0": (blobs(0), True, 2e-3),
    "blobs 1": (blobs(1), True, 2e-3),
    "blobs 2": (blobs(2), True, 2e-3),
    "blobs 3": (blobs(3), True, 3e-3),
    "blobs 1 without a bias": (blobs(1), False, 2e-4),
    "blobs 3 without a bias": (blobs(3), False, 3e-3),
    "quasi headline with a bias": (headline((0.5, 1.5)), True, 2e-3),
    "UCLA, quasi": (UCLA_QUASI, True, 1e-4),
    "quasi headline": (headline((0.5, 1.5)), False, 1e-3),
    "touching": (hairs_breadth(0.0), False, 1e-4),
}


@pytest.mark.parametrize("name", SETS)
def test_from_margins_of_3_to_1e12_the_law_is_on_the_flow_and_its_loss_near(name):
    data, fit_bias, off = SETS[name]
    flow = gradient_flow(data, fit_bias=fit_bias)
    first = first_reliable_record(data, flow.weights, flow.bias, fit_bias=fit_bias)
    law = growth(data, flow.times[first], flow.parameter_norm[first], fit_bias=fit_bias)
    np.testing.assert_allclose(law.norm_at(flow.times[first:]), flow.parameter_norm[first:], rtol=off)
    np.testing.assert_allclose(law.loss_at(flow.times[first:]), flow.loss[first:], rtol=0.03)
    assert law.times[-1] >= 1e12
    assert (np.diff(law.times) > 0).all()
    assert (np.diff(law.norms) > 0).all()
    assert (np.diff(law.losses) < 0).all()


@pytest.mark.parametrize("name", [name for name in SETS if "0.01" not in name])
def test_calibrated_on_a_run_it_is_on_that_run(name):
    data, fit_bias, off = SETS[name]
    run = train(data, TrainingConfig(n_steps=10**5, objective=Objective(fit_bias=fit_bias)))
    first = first_reliable_record(data, run.weights, run.bias, fit_bias=fit_bias)
    times = run.learning_rate * run.steps[first:]
    law = growth(data, times[0], run.parameter_norm[first], times[-1], fit_bias=fit_bias)
    # a run whose margins reach 3 in few steps, long ones, is itself beside its flow: Soudry's in 4
    np.testing.assert_allclose(law.norm_at(times), run.parameter_norm[first:], rtol=off + 0.05 / run.steps[first])


def test_at_a_million_steps_of_iris_the_asymptote_is_12_percent_low_and_the_law_is_not():
    data = iris_petals((0, 1))
    run = train(data, TrainingConfig(n_steps=10**6))
    first = first_reliable_record(data, run.weights, run.bias)
    time = run.learning_rate * run.steps[first]
    law, end = growth(data, time, run.parameter_norm[first], run.learning_rate * 10**6), asymptotics(data)
    assert law_error(end, run, 10**6) == pytest.approx(-0.12, abs=0.005)
    assert law_error(end, run, int(run.steps[first])) < -0.6
    assert law_error(law, run, 10**6) == pytest.approx(0, abs=1e-4)
    assert law_error(end, gradient_flow(data), 1e12) == pytest.approx(-0.0081, abs=5e-4)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.booleans(), st.integers(-30, 30))
def test_whatever_the_points_and_their_units_the_law_rises_from_its_calibration(seed, fit_bias, exponent):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(int(rng.integers(1, 20)), int(rng.integers(1, 4))))
    labels = X @ rng.normal(size=X.shape[1]) > (rng.normal() if fit_bias else 0)
    unit = 1.0 if fit_bias else 2.0**exponent  # with a bias, (x, 1), there are no units
    data, time = Dataset(unit * X, labels), unit**-2
    law = growth(data, time, 1 / unit, 1e9 * time, fit_bias=fit_bias)
    assert law.norm_at(law.times[0]) == pytest.approx(1 / unit, rel=1e-7)
    assert law.times[-1] >= 1e9 * time
    assert (np.diff(law.norms) > 0).all()


def test_outside_its_times_the_law_says_nothing():
    law = growth(SOUDRY, 10.0, 2.0, 1e6, fit_bias=False)
    assert np.isnan(law.norm_at([0.0, 9.9, law.times[-1] * 1.01])).all()
    assert np.isnan(law.loss_at(0.0))
    assert law_error(law, gradient_flow(SOUDRY, fit_bias=False), 1.0) is None
    assert law.norm_at(np.full((2, 3), 100.0)).shape == (2, 3)


@pytest.mark.parametrize("data", [XOR, headline((2.6, 2.4))])
def test_a_run_that_settles_has_no_law_of_growth(data):
    with pytest.raises(ValueError, match="overlapping ones settle"):
        growth(data, 1.0, 0.1)


@pytest.mark.parametrize(
    ("word", "arguments"),
    [
        ("norm", {"norm": np.nan}),
        ("norm", {"norm": -1.0}),
        ("norm", {"norm": 1e9}),
        ("until", {"until": 1.0}),
        ("until", {"until": 1e101}),
        ("time: expected a finite number above 0", {"time": 0.0}),
    ],
)
def test_wrong_arguments_are_refused_by_name(word, arguments):
    with pytest.raises(ValueError, match=word):
        growth(**{"dataset": SOUDRY, "time": 10.0, "norm": 2.0, "fit_bias": False, **arguments})


def test_a_cubic_is_interpolated_exactly():
    knots, x = np.array([-1.0, 0.5, 2.0]), np.linspace(-1, 2, 20)
    found = hermite(x, knots, (knots**3 - knots)[:, None], (3 * knots**2 - 1)[:, None])
    np.testing.assert_allclose(found[:, 0], x**3 - x, atol=1e-12)


def test_the_sets_are_of_both_kinds():
    kinds = {check_separability(data, fit_bias=fit_bias).kind for data, fit_bias, _ in SETS.values()}
    assert kinds == {"separable", "quasi-separable"}
