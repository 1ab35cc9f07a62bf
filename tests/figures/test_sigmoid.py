"""The pictures of the sigmoid lesson: the numbers of their columns, and their words."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.sigmoid import (
    along_scores,
    along_x,
    confidence_and_distance,
    growing_scores,
    last_tenfold,
    on_the_curve,
    points_on_the_curve,
    score_and_probability,
    steep_sigmoid,
    steepness,
)
from logreg.figures.theme import LIGHT
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.moving import check_moving


def test_the_sigmoid_ends_as_a_step_and_is_drawn_as_steep_as_it_is_said_to_be():
    dial = steepness()
    assert (dial.values[0], dial.values[-1]) == (pytest.approx(0.1), pytest.approx(1000.0))
    assert dial.columns["slope"] == pytest.approx(dial.values / 4)
    a = next(np.array(trace["x"]) for trace in steep_sigmoid().data if trace["meta"]["part"] == "curve")
    steepest = (np.diff(dial.columns["curve"]) / np.diff(a)).max(axis=1)
    assert steepest == pytest.approx(dial.values / 4, rel=0.002)


def test_the_tie_is_named_in_words_and_none_is_where_w_is_0():
    assert "at x = −0.5" in score_and_probability(1.0, 0.5)[1].alt
    level = score_and_probability(0.0, 0.5)
    check_moving(along_x(0.0, 0.5), level, LIGHT)
    assert "there is no tie" in level[1].alt


def test_decisions_follow_the_sign_of_the_score_and_0_is_a_tie():
    dial = along_scores()
    at = dict(zip(dial.values.tolist(), dial.words["decision"], strict=True))
    assert (at[-6.0], at[0.0], at[6.0]) == ("−1 and 0", "tie", "+1 and 1")
    assert not dial.columns["gap"].any()


def test_the_last_tenfold_steps_are_told_by_their_own_numbers():
    points = Dataset([[1, 1], [2, 1], [-1, -1], [-2, -1.2], [0.01, 0.01]], [1, 1, 0, 0, 0])
    through_0 = Objective(fit_bias=False)
    run = train(points, TrainingConfig(n_steps=100_000, objective=through_0))
    rows, w, norms, far = points.signed_samples(fit_bias=False), np.zeros(2), [], []
    for step in range(1, 100_001):
        w = w + run.learning_rate * (rows.T @ (1 / (1 + np.exp(rows @ w)))) / len(rows)
        if step in (10_000, 100_000):
            norms.append(np.linalg.norm(w))
            far.append(np.abs(rows @ w) / norms[-1])
    growth, moved = 100 * (norms[1] / norms[0] - 1), 100 * np.abs(far[1] - far[0]).max() / far[1].max()
    change = f"‖w‖ grows by {growth:.1f} %, and the distances to the line change by up to {moved:.1f} % of the longest."
    assert last_tenfold(run) == f"From step 10,000 to 100,000 {change}"
    assert moved > 5


def test_distances_that_do_not_change_are_told_so():
    run = train(Dataset([[1.0, -2.0]], [0]), TrainingConfig(n_steps=1000, objective=Objective(fit_bias=False)))
    assert last_tenfold(run).endswith("and the distances to the line change by no more than rounding.")
    assert last_tenfold(run).startswith("From step 100 to 1,000 ‖w‖ grows by ")


@pytest.mark.parametrize("n_samples", [16, 200, 2000])
def test_what_is_sent_of_the_scores_of_many_points_is_bounded(n_samples):
    run = train(make_dataset("separable_blobs", n_samples=n_samples))
    for dial in (on_the_curve([run, run]), growing_scores(run)):
        numbers = sum(column.size for column in dial.columns.values())
        assert numbers <= 40_000 + 12 * 4 * n_samples
        assert (dial.values[0], dial.values[-1], len(dial.values) >= 10) == (0, run.last_step, True)
    pictures = confidence_and_distance(growing_scores(run), run)
    assert sum(len(trace["y"]) for picture in pictures for trace in picture.figure.data) < 60_000


def test_the_sample_that_is_wrong_in_the_end_lies_over_the_others():
    run = train(Dataset([[1.0, 0.0], [1.2, 0.0], [1.1, 0.0], [-1.0, 0.0]], [1, 0, 1, 0]))
    dial = on_the_curve([run])
    drawn = next(t for t in points_on_the_curve(dial, 0, run, name="A").data if t["meta"]["part"] == "points")
    assert dial.columns["f0"][-1, -1] == pytest.approx(run.model.decision_function([[1.2, 0.0]])[0])
    assert drawn["marker"]["color"][-1] == LIGHT.classes[0]
    assert sorted(drawn["marker"]["color"]) == sorted([*LIGHT.classes, *LIGHT.classes])
