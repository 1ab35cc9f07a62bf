"""Gradient flow to t = 10^12 and where float64 ends it."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import asymptotics
from logreg.theory.flow import FlowEnd, continue_run, gradient_flow
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.published import SOUDRY, UCLA_COMPLETE, UCLA_QUASI, XOR, headline


@pytest.mark.parametrize(
    ("learning_rate", "until", "allowed"), [(0.01, 1e3, 1.1e-5), (0.1, 1e4, 1.1e-4), (0.9338655806553218, 1e5, 7e-4)]
)
@pytest.mark.parametrize("flip", [None, (2.6, 2.4), (0.5, 1.5)])
def test_descent_agrees_with_the_flow_at_the_same_time(learning_rate, until, allowed, flip):
    config = TrainingConfig(
        learning_rate=learning_rate, n_steps=round(until / learning_rate), objective=Objective(fit_bias=False)
    )
    run = train(headline(flip), config)
    flow = gradient_flow(headline(flip), run.learning_rate * run.last_step, fit_bias=False)
    assert np.linalg.norm(run.weights[-1] - flow.weights[-1]) < allowed * flow.weight_norm[-1]


def test_the_flow_of_one_pair_solves_its_equation_in_closed_form():
    # dw/dt = σ(−w), so e^w + w = t + 1
    flow = gradient_flow(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False)
    w, t = flow.weights[1:, 0], flow.times[1:]
    np.testing.assert_allclose(np.expm1(w) + w, t, rtol=1e-6)


@pytest.mark.parametrize(
    ("data", "fit_bias"),
    [(headline(), False), (headline((0.5, 1.5)), False), (headline((1.2, 3)), False), (UCLA_QUASI, True)],
)
def test_a_run_continued_by_the_flow_meets_the_flow_from_the_start(data, fit_bias):
    run = train(data, TrainingConfig(n_steps=10**4, objective=Objective(fit_bias=fit_bias)))
    more = continue_run(run)
    assert more.times[0] == run.learning_rate * run.last_step
    np.testing.assert_array_equal(more.weights[0], run.weights[-1])
    assert more.reached == 1e12
    np.testing.assert_allclose(
        more.parameter_norm[-1], gradient_flow(data, fit_bias=fit_bias).parameter_norm[-1], rtol=1e-6
    )


def test_on_overlapping_data_the_flow_ends_in_the_optimum_and_stays():
    data = headline((1.2, 3))
    flow = gradient_flow(data, fit_bias=False)
    np.testing.assert_allclose(flow.weights[-1], optimum(data, Objective(fit_bias=False)).weights, rtol=1e-7)
    assert np.ptp(flow.weight_norm[flow.times > 1e6]) < 1e-8
    assert flow.ended is FlowEnd.UNTIL


@pytest.mark.parametrize(("data", "fit_bias"), [(UCLA_QUASI, True), (headline((0.5, 1.5)), False)])
def test_on_quasi_separable_data_float64_ends_the_flow_near_1e16_and_every_record_before_is_no_noise(data, fit_bias):
    flow = gradient_flow(data, 1e20, fit_bias=fit_bias)
    assert flow.ended is FlowEnd.ROUNDING
    assert "float64" in flow.ended.value
    assert 1e15 < flow.reached < 1e17
    np.testing.assert_allclose(
        flow.parameter_norm[-1], asymptotics(data, fit_bias=fit_bias).norm_at(flow.reached), rtol=1e-7
    )
    assert (np.diff(flow.parameter_norm) > 0).all()


def test_to_1e12_nothing_ends_the_flow_in_any_regime():
    for data, fit_bias in ((headline(), False), (UCLA_COMPLETE, True), (UCLA_QUASI, True), (XOR, True)):
        flow = gradient_flow(data, fit_bias=fit_bias)
        assert (flow.ended, flow.reached, flow.times[0]) == (FlowEnd.UNTIL, 1e12, 0.0)


def test_one_class_with_a_bias_keeps_its_weights_while_the_bias_grows():
    flow = gradient_flow(Dataset([[1.0], [-1.0], [0.5]], [1, 1, 1]))
    assert flow.weight_norm[-1] < 1
    assert flow.bias[-1] > 20
    late = flow.times > 0
    before = np.interp(np.log(1e11), np.log(flow.times[late]), flow.parameter_norm[late])
    assert flow.parameter_norm[-1] - before == pytest.approx(np.log(10) / asymptotics(flow.dataset).margin, rel=1e-4)


@settings(deadline=None, max_examples=20)
@given(st.integers(-40, 40))
def test_units_of_x_only_rescale_time_and_weights(exponent):
    scale = 2.0**exponent
    ours = gradient_flow(SOUDRY, 1e9, fit_bias=False)
    theirs = gradient_flow(Dataset(SOUDRY.X * scale, SOUDRY.y), 1e9 / scale**2, fit_bias=False)
    np.testing.assert_allclose(theirs.weights[-1] * scale, ours.weights[-1], rtol=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(2, 60), st.integers(1, 3), st.booleans())
def test_the_loss_never_rises_along_a_flow(seed, n_samples, n_features, fit_bias):
    rng = np.random.default_rng(seed)
    data = Dataset(rng.normal(size=(n_samples, n_features)), rng.integers(0, 2, n_samples))
    flow = gradient_flow(data, 1e8, fit_bias=fit_bias)
    assert flow.loss[0] == pytest.approx(np.log(2))
    assert (np.diff(flow.loss) <= 1e-9 * flow.loss[:-1] + 1e-15).all()


def test_a_flow_over_many_points_holds_a_few_copies_of_them_and_no_table_of_points_by_points():
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(size=(5000, 2)) + (np.arange(5000) % 2)[:, None], np.arange(5000) % 2)
    gradient_flow(XOR)  # loads SciPy
    tracemalloc.start()
    gradient_flow(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6  # one number for each pair of points: 200e6


@pytest.mark.parametrize("point", [(3.0, 1.0), (1.0, 7.0), (0.1, 0.3), (5.0, 2.0)])
@pytest.mark.parametrize("n", [2, 200])
def test_where_no_point_pulls_rounding_does_not_either(point, n):
    flow = gradient_flow(Dataset([point] * n, [0, 1] * (n // 2)), 1e16, fit_bias=False)
    assert flow.ended is FlowEnd.UNTIL
    assert not flow.weights.any()


def test_points_at_the_origin_pull_nowhere():
    flow = gradient_flow(Dataset([[0.0, 0.0]], [1]), fit_bias=False)
    assert not flow.weights.any()
    assert flow.reached == 1e12


@pytest.mark.parametrize("until", [0.0, -1.0, np.inf, np.nan, 1e200, "long", True])
def test_a_time_out_of_range_is_refused_by_name(until):
    with pytest.raises(ValueError, match="until"):
        gradient_flow(SOUDRY, until)


def test_a_penalised_run_or_a_later_one_cannot_be_continued():
    with pytest.raises(ValueError, match="l2"):
        continue_run(train(SOUDRY, TrainingConfig(n_steps=5, objective=Objective(l2=0.1))))
    with pytest.raises(ValueError, match="until"):
        continue_run(train(SOUDRY, TrainingConfig(learning_rate=1.0, n_steps=5)), until=5.0)


def test_the_records_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        gradient_flow(SOUDRY, 10.0).weights[0, 0] = 1.0


def test_importing_the_module_does_not_load_scipy():
    code = "import sys, logreg.theory.flow, logreg.theory.directions; assert 'scipy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
