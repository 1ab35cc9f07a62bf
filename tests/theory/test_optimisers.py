"""Four optimisers on three samples: the directions they turn to and how their norms grow."""

import numpy as np
import pytest
from scipy.stats import linregress

from logreg import Dataset, Objective, TrainingConfig, max_margin, train
from logreg.theory.angles import angle_between
from logreg.theory.optimisers import EPSILON, RATES, RULES, adam_runs, box_direction, optimise, signed_points

POINTS = signed_points()
LONG = [10, 100, 1000, 10_000, 100_000]


@pytest.fixture(scope="module")
def adam():
    return dict(zip((EPSILON, 0.0), adam_runs(POINTS, [EPSILON, 0.0], LONG, learning_rate=RATES["Adam"]), strict=True))


def degrees(direction):
    return float(np.degrees(np.arctan2(direction[1], direction[0])))


def test_the_two_margins_point_to_different_sides():
    assert degrees(max_margin(POINTS, "none").weights) == pytest.approx(23.96, abs=5e-3)
    assert degrees(box_direction(POINTS)) == pytest.approx(45.0, abs=1e-9)


def test_the_widest_box_margin_is_found_among_all_directions_of_the_square():
    around = np.radians(np.linspace(0, 360, 3601))
    square = np.column_stack([np.cos(around), np.sin(around)])
    square /= np.abs(square).max(axis=1, keepdims=True)
    rows = np.array([[1.0, -0.4], [0.5, 2.0], [0.2, 0.1]])
    best = (square @ rows.T).min(axis=1).max()
    assert (rows @ box_direction(Dataset(rows, [1, 1, 1]))).min() == pytest.approx(best, rel=1e-3)


def test_gradient_descent_is_the_trainers_and_is_on_its_way_to_the_l2_direction():
    run = optimise(POINTS, "gradient descent", LONG, learning_rate=1.0)
    judge = train(POINTS, TrainingConfig(1.0, 100_000, objective=Objective(fit_bias=False)))
    np.testing.assert_allclose(run.weights, [judge.model_at(t).weights for t in LONG], rtol=1e-9)
    assert run.degrees[-1] == pytest.approx(31.3, abs=0.05)
    assert (np.diff(angle_between(run.weights, max_margin(POINTS, "none").weights)[2:]) < 0).all()


def test_normalised_descent_grows_by_its_rate_every_step_and_arrives():
    run = optimise(POINTS, "normalised", LONG, learning_rate=0.1)
    assert run.norms[:3].round(2).tolist() == [1.00, 9.99, 99.91]
    line = linregress(LONG, run.norms)
    assert line.slope == pytest.approx(0.1, rel=1e-3)
    assert run.degrees[-1] == pytest.approx(23.96, abs=0.02)  # no pull has become 0 at ‖w‖ = 10⁴


def test_sign_descent_goes_along_the_diagonal_of_the_square():
    run = optimise(POINTS, "sign", LONG, learning_rate=0.1)
    np.testing.assert_allclose(run.degrees, 45.0, atol=1e-9)
    np.testing.assert_allclose(run.norms, 0.1 * np.sqrt(2) * np.array(LONG), rtol=1e-9)


def test_adam_follows_sign_descent_until_its_epsilon_turns_it_away(adam):
    with_epsilon, without = adam[EPSILON].degrees, adam[0.0].degrees
    assert with_epsilon[2] == pytest.approx(without[2], abs=1e-4) == pytest.approx(45.4, abs=0.05)
    assert with_epsilon[-1] == pytest.approx(37.9, abs=0.05)
    assert without[-1] == pytest.approx(43.9, abs=0.05)


def test_adam_is_the_textbooks_two_averages():
    w, first, second = np.zeros(2), np.zeros(2), np.zeros(2)
    for t in range(1, 31):
        g = -(POINTS.X / (1 + np.exp(POINTS.X @ w))[:, None]).mean(axis=0)
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g**2
        w = w - 0.1 * (first / (1 - 0.9**t)) / (np.sqrt(second / (1 - 0.999**t)) + 0.5)
    (run,) = adam_runs(POINTS, [0.5], [30], learning_rate=0.1)
    np.testing.assert_allclose(run.weights[0], w, rtol=1e-12)


def test_many_epsilons_at_once_are_the_runs_of_each():
    both = adam_runs(POINTS, [1e-2, 1e-8], [5, 50], learning_rate=0.01)
    alone = optimise(POINTS, "Adam", [5, 50], learning_rate=0.01)
    np.testing.assert_allclose(both[1].weights, alone.weights, rtol=1e-12)
    assert both[0].norms[-1] < both[1].norms[-1]


@pytest.mark.parametrize("rule", RULES)
def test_a_record_does_not_depend_on_which_others_there_are(rule):
    few, many = (optimise(POINTS, rule, steps, learning_rate=RATES[rule]) for steps in ([40], range(1, 41)))
    assert (few.weights[0] == many.weights[-1]).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Newton", [1], 0.1), "rule: expected one of gradient descent, normalised, sign, Adam, got 'Newton'"),
        (("sign", [], 0.1), "steps: expected whole numbers from 1 on"),
        (("sign", [3, 3], 0.1), "steps: expected whole numbers from 1 on"),
        (("sign", [1], 0.0), "learning_rate: expected a finite number above 0"),
    ],
)
def test_a_wrong_argument_is_named(arguments, message):
    rule, steps, rate = arguments
    with pytest.raises(ValueError, match=message):
        optimise(POINTS, rule, steps, learning_rate=rate)
    with pytest.raises(ValueError, match="epsilons: expected finite numbers of at least 0"):
        adam_runs(POINTS, [-1.0], [1], learning_rate=0.1)
    with pytest.raises(ValueError, match="dataset: expected samples that a direction separates"):
        box_direction(Dataset([[1.0], [-1.0]], [1, 1]))


def test_steps_that_are_not_whole_are_refused_not_rounded():
    with pytest.raises(ValueError, match="steps: expected a whole number"):
        optimise(Dataset([[1.0], [-1.0]], [1, 0]), "sign", [1.5, 2.7], learning_rate=0.1)
