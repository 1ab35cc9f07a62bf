"""Rates of descent: the parabola, the gauge, cycles, the perceptron, hinge and large steps, by independent numbers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, cycling_points, headline, wus_toy
from logreg.theory.hinge_ends import hinge_end
from logreg.theory.step_size import (
    descend_at_rates,
    gauge,
    hinge_path,
    loss_after_step,
    objective_at,
    perceptron_path,
    period_of,
    sharpness,
    steps_until,
    stops_at,
    touching_parabola,
)
from logreg.training.config import TrainingConfig
from logreg.training.descent import descend
from logreg.training.model import Model
from logreg.training.objective import THROUGH_0, Objective, gradient, loss, smoothness
from logreg.training.trainer import train

OVERLAP = headline(HEADLINE.index((2.6, 2.4)))
ORBIT = (0.0822, 1.468, 0.0221, 2.005, 0.0616, 1.637, 0.0143, 2.083)


@given(st.lists(st.floats(-3, 3), min_size=3, max_size=3), st.sampled_from([Objective(), Objective(l2=0.1)]))
def test_the_parabola_touches_and_lies_above_the_loss(v, objective):
    model, unit = Model(v[:2], v[2]), 1 / smoothness(OVERLAP, objective)
    rates = unit * np.linspace(0, 3, 61)
    true, above = (f(OVERLAP, model, rates, objective) for f in (loss_after_step, touching_parabola))
    assert (true <= above * (1 + 1e-12)).all()
    assert above[0] == pytest.approx(loss(model, OVERLAP, objective))
    assert above[40] == pytest.approx(above[0]), "2/L: equal height"
    assert np.argmin(above) == 20, "1/L: its bottom"
    slope = (touching_parabola(OVERLAP, model, [1e-7 * unit], objective)[0] - above[0]) / (1e-7 * unit)
    assert slope == pytest.approx(-np.sum(gradient(model, OVERLAP, objective) ** 2), rel=1e-3, abs=1e-7)


def test_a_batch_of_rates_takes_the_steps_of_single_runs():
    objective = Objective(l2=0.01, penalise_bias=True)
    paths = descend_at_rates(OVERLAP, [0.3, 2.0], 20, objective, (0.5, -1.0, 0.1))
    for rate, path in zip((0.3, 2.0), paths, strict=True):
        single = descend(Model([0.5, -1.0], 0.1), OVERLAP, learning_rate=rate, n_steps=20, objective=objective)
        assert path[-1] == pytest.approx(single.parameters, rel=1e-12)
        assert objective_at(OVERLAP, path[-1], objective) == pytest.approx(loss(single, OVERLAP, objective))


def test_the_gauge_is_one_at_the_limit_of_the_optimum():
    best = optimum(OVERLAP, THROUGH_0).weights
    limit = 2 / sharpness(OVERLAP, best, THROUGH_0)
    assert limit == pytest.approx(4.133943, abs=5e-7)
    assert gauge(OVERLAP, best[None], limit, THROUGH_0) == pytest.approx([1.0])
    at_zero = gauge(OVERLAP, np.zeros((1, 2)), 1.0, THROUGH_0)
    assert at_zero == pytest.approx([smoothness(OVERLAP, THROUGH_0) / 2])


def test_below_the_limit_it_settles_and_just_above_it_cycles():
    limit = 2 / sharpness(OVERLAP, optimum(OVERLAP, THROUGH_0).weights, THROUGH_0)
    paths = descend_at_rates(OVERLAP, limit * np.array([0.25, 0.95, 1.05, 2.0]), 4000, THROUGH_0)
    assert [period_of(path) for path in paths] == [1, 1, 2, None]


def test_the_orbit_of_period_8_is_the_published_one():
    data = cycling_points()
    limit = 2 / sharpness(data, optimum(data, THROUGH_0).weights, THROUGH_0)
    assert 0.9 * limit == pytest.approx(7.470, abs=5e-4)
    paths = descend_at_rates(data, limit * np.array([0.85, 0.9, 0.95]), 20_000, THROUGH_0)
    assert [period_of(path) for path in paths] == [1, 8, 1]
    orbit = paths[1, -8:, 0]
    start = int(np.argmin(np.abs(orbit - ORBIT[0])))
    assert np.roll(orbit, -start) == pytest.approx(ORBIT, abs=5e-4)


@pytest.mark.parametrize(("rate", "rises", "last"), [(4.0, 0, None), (5.0, 6, 11), (8.0, 10, 15), (32.0, 9, 12)])
def test_wus_toy_survives_any_rate(rate, rises, last):
    losses = objective_at(wus_toy(), descend_at_rates(wus_toy(), [rate], 2000, THROUGH_0)[0], THROUGH_0)
    up = 1 + np.flatnonzero(np.diff(losses) > 0)
    assert len(up) == rises
    assert (int(up[-1]) if len(up) else None) == last
    assert losses[-1] < 0.01
    if rate == 32.0:
        assert losses.max() == pytest.approx(11.0, abs=0.05)


def test_the_limit_of_large_rates_is_the_perceptron():
    perceptron = perceptron_path(wus_toy(), 1000)
    assert perceptron[-1] == pytest.approx([-0.25, 1.3])
    assert stops_at(perceptron) == 13
    apart = [
        np.abs(descend_at_rates(wus_toy(), [rate], 1000, THROUGH_0)[0] / rate - perceptron).max()
        for rate in (10.0, 1e3, 1e4)
    ]
    assert apart[0] > 1 > 5e-3 > apart[1] > 1e-3
    assert apart[2] < 5e-16


def test_hinge_stops_at_a_finite_norm_and_logistic_does_not():
    rate = 0.1 / smoothness(headline(), THROUGH_0)
    hinge = hinge_path(headline(), rate, 10_000)
    rest = stops_at(hinge)
    assert rest == 21
    assert np.linalg.norm(hinge[rest]) == pytest.approx(0.72091, abs=5e-6)
    assert (headline().signed_samples(fit_bias=False) @ hinge[rest]).min() >= 1
    logistic = descend_at_rates(headline(), [rate], 10_000, THROUGH_0)[0]
    assert stops_at(logistic) is None
    assert (np.diff(np.linalg.norm(logistic, axis=1)) > 0).all()
    assert stops_at(hinge_path(OVERLAP, rate, 10_000)) is None


def test_large_steps_pay_on_the_lectures_points():
    objective = Objective(fit_bias=False, l2=1e-5)
    best = optimum(headline(), objective)
    least = loss(best, headline(), objective)
    small, large = 1 / smoothness(headline(), objective), 1.9 / sharpness(headline(), best.weights, objective)
    assert large == pytest.approx(19_653, rel=1e-3)
    losses = objective_at(headline(), descend_at_rates(headline(), [large], 200, objective)[0], objective)
    assert steps_until(losses, least, 1e-5) == 39
    run = train(headline(), TrainingConfig(learning_rate=small, n_steps=20_000, objective=objective))
    reached = run.steps[steps_until(run.loss, least, 1e-5)]
    assert reached == pytest.approx(16_997, rel=0.01)


def test_periods_and_rests_of_paths_made_by_hand():
    assert period_of(np.zeros((100, 1))) == 1
    assert period_of(np.arange(100.0)[:, None]) is None
    assert period_of(np.tile([[0.0], [1.0], [3.0]], (40, 1))) == 3
    assert stops_at(np.array([[0.0], [1.0], [1.0]])) == 1
    assert stops_at(np.array([[0.0], [1.0], [2.0]])) is None
    assert steps_until(np.array([3.0, 2.0]), 0.0, 1.0) is None


def test_a_perceptron_that_comes_back_to_0_is_at_a_tie_again():
    there_and_back = Dataset([[0.1, 0.0], [0.2, 0.0], [-0.3, 0.0], [0.1, 0.3], [0.0, -0.3]], [1, 1, 1, 1, 1])
    path = perceptron_path(there_and_back, 40)
    exact = [(0, 0)]
    rows = [[Fraction(str(x)) for x in row] for row in there_and_back.X.tolist()]
    for _ in range(40):
        margins = [sum(x * w for x, w in zip(row, exact[-1], strict=True)) for row in rows]
        shares = [Fraction(1 - (m > 0) + (m < 0), 2) for m in margins]
        exact.append(tuple(exact[-1][j] + sum(s * r[j] for s, r in zip(shares, rows, strict=True)) / 5 for j in (0, 1)))
    assert np.allclose(path, np.array(exact, dtype=float), atol=1e-12)


@pytest.mark.parametrize("n_steps", [-1, 1.5, True])
def test_a_number_of_steps_that_is_none_is_refused_by_name(n_steps):
    with pytest.raises(ValueError, match="n_steps: expected a whole number"):
        descend_at_rates(wus_toy(), [1.0], n_steps)
    with pytest.raises(ValueError, match="n_steps: expected a whole number"):
        hinge_path(wus_toy(), 0.5, n_steps)
    with pytest.raises(ValueError, match="most_steps: expected a whole number"):
        hinge_end(wus_toy(), 0.5, n_steps)


def test_one_rate_need_not_be_in_a_list():
    assert descend_at_rates(wus_toy(), 0.5, 3).tolist() == descend_at_rates(wus_toy(), [0.5], 3).tolist()
