"""What is not of the façade names a wrong argument too, and says what was expected instead."""

import numpy as np
import pytest

from logreg import Dataset, Model, MulticlassDataset, Objective, TrainingConfig, train
from logreg.certificates.kesler import classes_separated_by
from logreg.certificates.margin import MarginOutOfReach
from logreg.theory.arrows import least_cancelling
from logreg.theory.asymptotics import asymptotics
from logreg.theory.constant_feature import best_angle, tie_of_limit, tie_of_run
from logreg.theory.differences import central_difference, difference_errors
from logreg.theory.held_out import held_out
from logreg.theory.losses import best_report
from logreg.theory.optimisers import RULES, adam_runs, box_direction, optimise
from logreg.theory.signal import separable_draws, separable_subsamples
from logreg.training.softmax import softmax_gradient, softmax_loss

PAIR = Dataset([[1.0], [3.0]], [0, 1])
PLANE = Dataset([[1.0, 2.0], [-1.0, 1.0]], [0, 1])
THREE = MulticlassDataset([[-1.0], [0.0], [1.0]], [0, 1, 2])
CANCELLED = Dataset([[1.0], [-1.0]], [1, 1])
NARROW = Dataset([[1.0, 1e-9], [-1.0, 1e-9]], [1, 1])
MODEL = Model([0.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tie_of_run(train(Dataset([[1.0], [-1.0], [1.0], [-1.0]], [0, 1, 1, 0]))), "run: expected a weight"),
        (lambda: tie_of_run(train(PLANE)), "run: expected 1 feature, got 2"),
        (lambda: tie_of_limit(CANCELLED, 1.0), "dataset: expected a weight other than 0"),
        (lambda: least_cancelling(Dataset([[0.0, 0.0]], [1]), 1.0), "dataset: expected a sample off the origin"),
        (lambda: least_cancelling(PAIR, 0.0), "margin: expected a finite number above 0, got 0"),
        (lambda: classes_separated_by(np.zeros((2, 2)), THREE), r"weights: expected an array of shape \(3, 2\)"),
        (lambda: classes_separated_by(None, THREE), "weights: expected finite numbers, got None"),
        (lambda: classes_separated_by(np.full((3, 2), np.nan), THREE), "weights: expected finite numbers"),
        (lambda: softmax_loss(np.zeros((2, 2)), THREE), r"weights: expected an array of shape \(3, 2\)"),
        (lambda: softmax_gradient([[0.0]] * 3, THREE), r"weights: expected an array of shape \(3, 2\)"),
        (lambda: softmax_loss(np.zeros((3, 2)), PAIR), "dataset: expected MulticlassDataset"),
        *(
            (lambda h=h: central_difference(MODEL, PAIR, h), "h: expected a finite number above 0")
            for h in (0, -1, "a")
        ),
        (lambda: difference_errors(MODEL, PAIR, [0.1, 0.0]), "steps: expected a finite number above 0, got 0"),
        (lambda: separable_subsamples(PAIR, 3), "n_samples: expected a whole number from 1 to 2, got 3"),
        (lambda: separable_subsamples(PAIR, 1, n_draws=0), "n_draws: expected a whole number from 1"),
        (lambda: separable_subsamples(PAIR, 1, seed=-1), "seed: expected a whole number from 0"),
        (lambda: box_direction(None), "dataset: expected Dataset, got None"),
        (lambda: box_direction(CANCELLED), "dataset: expected samples that a direction separates"),
        (lambda: box_direction(NARROW), "dataset: its widest ℓ∞ margin is too narrow"),
        (lambda: best_angle(PAIR), "dataset: expected 2 features, got 1"),
        (lambda: separable_draws(1.0, 0), "n_samples: expected a whole number from 1"),
        (lambda: separable_draws(1.0, 5, seed=-1), "seed: expected a whole number from 0"),
        (lambda: best_report([0.3], "cubic"), "kind: expected one of cross-entropy, squared, absolute, got 'cubic'"),
        (lambda: held_out(train(PAIR), PLANE), "dataset: expected 1 feature, got 2"),
    ],
)
def test_a_wrong_argument_is_named(call, message):
    with pytest.raises((ValueError, TypeError), match=f"^{message}"):
        call()


@pytest.mark.parametrize("scale", [1e-12, 1e20, 1e300])
def test_the_widest_box_margin_and_the_floor_of_the_pulls_are_of_any_size(scale):
    rows = np.array([[1.0, 2.0], [2.0, 1.0], [-1.0, -1.5]])
    assert box_direction(Dataset(rows * scale, [1, 1, 0])) == pytest.approx(box_direction(Dataset(rows, [1, 1, 0])))
    assert least_cancelling(Dataset(rows * scale, [1, 1, 0]), scale) == pytest.approx(1 / 5**0.5)


def test_a_list_is_as_good_as_an_array():
    assert softmax_loss([[0.0, 0.0]] * 3, THREE) == softmax_loss(np.zeros((3, 2)), THREE)


def test_separable_points_whose_margin_float64_rounds_to_nothing_are_not_said_to_overlap():
    with pytest.raises(MarginOutOfReach):
        asymptotics(Dataset([[5e-324], [0.0]], [0, 1]))


def test_adam_without_an_epsilon_stays_where_nothing_pulls():
    (run,) = adam_runs(Dataset([[1.0, 0.0], [-1.0, 0.0]], [1, 0]), [0.0], [1, 10], learning_rate=0.1)
    assert (run.weights[:, 1] == 0).all()
    assert (run.weights[:, 0] > 0).all()


@pytest.mark.parametrize("rule", RULES)
def test_no_optimiser_moves_where_every_point_is_at_the_origin(rule):
    assert not optimise(Dataset([[0.0, 0.0]], [1]), rule, [1, 5], learning_rate=0.1).weights.any()


def test_the_tie_of_a_run_is_where_its_log_odds_are_0():
    run = train(PAIR, TrainingConfig(n_steps=50, objective=Objective(l2=0.1)))
    assert run.model_at(run.last_step).decision_function([[tie_of_run(run)]]) == pytest.approx([0.0], abs=1e-12)
