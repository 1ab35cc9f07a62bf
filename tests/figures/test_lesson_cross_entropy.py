"""The pictures of the cross-entropy lesson: what their timelines hold."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.figures.cross_entropy import by_cases, by_formula, report_dial, soft_dial, truth_dial
from logreg.figures.point_losses import (
    bar_for_each_point,
    losses_of_run,
    losses_over_margin,
    margins_of_run,
    pulls_over_margin,
)
from logreg.training.config import TrainingConfig
from logreg.training.objective import loss
from logreg.training.trainer import train
from tests.figures.samples import DATA
from tests.figures.seen import traces

RUN = TrainingConfig(n_steps=300)


def test_both_pictures_of_the_two_definitions_show_the_same_numbers():
    dial = report_dial()
    for cases, formula in (("one", "formula_one"), ("zero", "formula_zero")):
        np.testing.assert_array_equal(dial.columns[cases], dial.columns[formula])
    half = dial.values.tolist().index(0.5)
    assert dial.columns["one"][half] == dial.columns["zero"][half] == log(2)
    assert by_cases(dial).layout["yaxis"]["range"] == by_formula(dial).layout["yaxis"]["range"]


def test_one_term_of_the_formula_is_always_switched_off():
    dial = report_dial()
    heads = [dial.columns[f"term_{i}"][:, 1] for i in range(4)]
    np.testing.assert_array_equal(heads[0] + heads[1], dial.columns["one"])
    np.testing.assert_array_equal(heads[2] + heads[3], dial.columns["zero"])
    assert not heads[1].any()
    assert not heads[2].any()


def test_the_dots_of_cross_entropy_and_squared_error_follow_the_truth_and_that_of_the_absolute_error_jumps():
    dial = truth_dial()
    for name in ("entropy", "squared"):
        np.testing.assert_array_equal(dial.columns[f"best_{name}"], dial.values)
        assert (dial.columns[name].min(axis=1) >= dial.columns[f"least_{name}"] - 1e-15).all()
    jumps = dial.columns["best_absolute"]
    assert set(jumps[~np.isnan(jumps)]) == {0.0, 1.0}
    assert dial.values[np.isnan(jumps)].tolist() == [0.5]


def test_the_names_stand_where_the_losses_do_not_depend_on_the_truth():
    dial = truth_dial()
    for name, height in (("entropy", log(2)), ("squared", 0.25), ("absolute", 0.5)):
        np.testing.assert_allclose(dial.columns[name][:, 30], height, rtol=1e-14)


def test_entropy_and_divergence_are_stacked_to_the_cross_entropy_and_touch_at_the_truth():
    for truth in (0.0, 0.2, 0.5, 1.0):
        dial = soft_dial(truth)
        np.testing.assert_allclose(
            dial.columns["H"] + dial.columns["KL"], dial.columns["cross"], rtol=1e-12, atol=1e-15
        )
        if truth in dial.values:
            assert dial.columns["KL"][dial.values.tolist().index(truth)] == pytest.approx(0, abs=1e-15)
    assert not soft_dial(1.0).columns["H"].any()


def test_the_bars_are_the_points_losses_and_their_mean_is_the_loss_of_the_run():
    run = train(headline(), RUN)
    dial = losses_of_run(run)
    heads = np.concatenate([dial.columns[f"bars_{label}"][:, 1::3] for label in (0, 1)], axis=1)
    np.testing.assert_allclose(heads.mean(axis=1), dial.columns["mean"], rtol=1e-12)
    assert dial.columns["mean"][-1] == pytest.approx(loss(run.model, headline()), rel=1e-12)
    assert (heads[0] == log(2)).all()
    assert dial.columns["wrong"][[0, -1]].tolist() == [16, 0]
    assert dial.values[[0, -1]].tolist() == [0, 300]


POINT = st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.integers(0, 1))


@given(st.lists(POINT, min_size=1, max_size=7), st.integers(0, 60))
def test_a_second_hand_finds_the_numbers_of_the_captions(points, row):
    dataset = Dataset([[float(a), float(b)] for a, b, _ in points], [y for _, _, y in points])
    run = train(dataset, TrainingConfig(n_steps=60))
    dial, margins = losses_of_run(run), margins_of_run(run)
    step = min(dial.values, key=lambda step: abs(step - row))
    model = run.model_at(int(step))
    scores = [(2 * y - 1) * (model.weights[0] * a + model.weights[1] * b + model.bias) for a, b, y in points]
    costs = [log(1 + exp(-m)) for m in scores]
    at = dial.values.tolist().index(step)
    assert dial.columns["mean"][at] == pytest.approx(sum(costs) / len(costs), rel=1e-9)
    assert dial.columns["longest"][at] == pytest.approx(max(costs), rel=1e-9)
    assert dial.columns["wrong"][at] == sum(m <= 1e-11 for m in scores)
    at = margins.values.tolist().index(step)
    assert margins.columns["least"][at] == pytest.approx(min(scores), rel=1e-9, abs=1e-12)
    assert margins.columns["largest"][at] == pytest.approx(max(scores), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", ["overlapping", "XOR"])
def test_where_no_line_separates_a_bar_stays_at_log_2_or_above_at_every_step(name):
    dial = losses_of_run(train(DATA[name], RUN))
    assert (dial.columns["wrong"] >= 1).all()
    assert (dial.columns["longest"] >= log(2) - 1e-12).all()


def test_the_points_lie_on_their_curves():
    dial = margins_of_run(train(headline(), RUN))
    drawn = traces(losses_over_margin(headline(), dial))
    for name in ("logistic", "hinge", "squared"):
        curve, dots = drawn["board", name], drawn["board", f"class 1 on {name}"]
        inside = (dots.x >= curve.x[0]) & (dots.x <= curve.x[-1])
        assert inside.any()
        np.testing.assert_allclose(dots.y[inside], np.interp(dots.x[inside], curve.x, curve.y), atol=0.02)
    pulls = traces(pulls_over_margin(headline(), dial))["board", "class 1 on squared"]
    np.testing.assert_allclose(pulls.y, 2 * (1 - pulls.x))


def test_every_bar_and_dot_names_its_sample():
    dataset = DATA["XOR"]
    run = train(dataset, RUN)
    bars = traces(bar_for_each_point(dataset, losses_of_run(run)))["board", "bars of class 1"]
    assert bars.meta["samples"] == [2, 2, None, 3, 3, None]
    assert [text.split(" at")[0] for text in bars.hovertext[1::3]] == ["point 3", "point 4"]
    dots = traces(pulls_over_margin(dataset, margins_of_run(run)))["board", "class 0 on hinge"]
    assert dots.meta["samples"] == [0, 1]


def test_points_outside_the_picture_are_counted():
    dial = margins_of_run(train(headline(), TrainingConfig(n_steps=100_000)))
    assert np.isnan(dial.columns["beyond"][0])
    assert dial.columns["beyond"][-1] == sum((dial.columns[f"m_{k}"][-1] > 14).sum() for k in (0, 1)) > 0


def test_many_points_are_sent_in_few_numbers():
    rng = np.random.default_rng(0)
    run = train(Dataset(rng.normal(size=(400, 2)), rng.integers(0, 2, 400)), RUN)
    for dial in (losses_of_run(run), margins_of_run(run)):
        assert sum(column.size for column in dial.columns.values()) < 100_000
