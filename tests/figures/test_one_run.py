"""The curves of one run hold its numbers, say what they leave out, and leave room for what is written on them."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.numbers import format_number
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.steps import STEP_ZERO
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.seen import only, texts, title, traces

XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])


@pytest.fixture(scope="module")
def run():
    return train(make_dataset("separable_blobs", n_samples=30), TrainingConfig(n_steps=3000))


@pytest.mark.parametrize("draw", [loss_curve, norm_growth])
def test_a_curve_holds_the_run_and_its_cursor_the_last_step(draw, run):
    picture = draw(run)
    values = run.loss if draw is loss_curve else run.weight_norm
    curve, cursor = only(picture, "curve", "run"), only(picture, "cursor", "marker")
    assert curve.x[1:] == pytest.approx(run.steps[1:])
    assert curve.y == pytest.approx(values)
    assert (cursor.x[0], cursor.y[0]) == (3000, values[-1])
    assert set(only(picture, "cursor", "line").x) == {3000}
    assert picture.figure.layout.xaxis.type == "log"
    assert title(picture).endswith(f"at step 3,000: {format_number(values[-1])}")
    first, last = format_number(values[0]), format_number(values[-1])
    assert f"This run: {first} at step 0, {last} at step 3,000." in picture.alt


def test_step_zero_has_a_gutter_of_its_own(run):
    picture = loss_curve(run)
    assert only(picture, "start").x[0] == STEP_ZERO
    assert isnan(only(picture, "curve", "run").x[0])  # no line from the gutter to step 1
    assert len(picture.figure.layout.shapes) == 1


def test_both_step_axes_travel_with_the_figure(run):
    meta = norm_growth(run).figure.layout.meta
    assert [meta[kind]["xaxis"]["type"] for kind in ("log", "linear")] == ["log", "linear"]
    assert (meta["quantity"], meta["label"]) == ("weight_norm", "‖w‖")


def test_an_unknown_quantity_is_refused(run):
    with pytest.raises(ValueError, match="quantity"):
        norm_growth(run, quantity="bias")


def test_the_optimum_is_a_dashed_line_with_its_number_inside_the_axis(run):
    picture = norm_growth(run, optimum_norm=88.6)
    target = only(picture, "optimum")
    assert set(target.y) == {88.6}
    assert target.line.dash == "dash"
    assert texts(picture) == ["‖w*‖ = 88.6"]
    assert "Dashed: ‖w*‖ = 88.6." in picture.alt
    assert picture.figure.layout.yaxis.range[1] > 88.6


def test_a_missing_minimum_is_said_in_the_figure_and_in_words(run):
    picture = loss_curve(run, no_minimum="no minimum")
    assert texts(picture) == ["no minimum"]
    assert picture.alt.endswith("Without a dashed line: no minimum.")
    assert "‖(w*, b*)‖ = 2.5" in norm_growth(run, optimum_norm=2.5, quantity="parameter_norm").alt


def test_the_loss_axis_is_logarithmic_for_a_loss_that_falls_far_and_says_so(run):
    axis = loss_curve(run).figure.layout.yaxis
    assert axis.type == "log"
    assert "log scale" in axis.title.text
    flat = loss_curve(train(XOR, TrainingConfig(n_steps=20))).figure.layout.yaxis
    assert (flat.type, flat.title.text) == ("linear", "Loss")


def test_a_loss_of_zero_is_left_out_of_the_log_axis_and_counted(run):
    underflowed = replace(run, loss=np.where(run.steps > 900, 0.0, run.loss))
    zeros = int((run.steps > 900).sum())
    picture = loss_curve(underflowed)
    assert np.isnan(only(picture, "curve", "run").y).sum() == zeros
    assert texts(picture) == [f"not drawn: {zeros} records are 0 in float64"]
    assert title(picture).endswith(": 0 in float64")


def test_with_a_penalty_the_objective_and_its_cross_entropy_are_drawn_apart(run):
    assert ("curve", "part") not in traces(loss_curve(run))
    penalised = train(run.dataset, TrainingConfig(n_steps=50, objective=Objective(l2=0.1)))
    picture = loss_curve(penalised)
    assert title(picture).startswith("Objective at step 50: ")
    np.testing.assert_array_equal(only(picture, "curve", "part").y[1:], penalised.data_loss[1:])
    np.testing.assert_array_equal(only(picture, "curve", "run").y[1:], penalised.loss[1:])
    assert texts(picture) == ["dotted: cross-entropy"]
    assert "Cross-entropy (dotted): 0.6931 at step 0" in picture.alt
    assert title(loss_curve(run, pinned=penalised)).startswith("Objective")


def test_a_note_stands_where_the_curve_does_not_end(run):
    (falls,) = loss_curve(run, no_minimum="no minimum").figure.layout.annotations
    (rises,) = norm_growth(run, no_minimum="no minimum").figure.layout.annotations
    assert (falls.yanchor, rises.yanchor) == ("top", "bottom")
    shrinks = replace(run, weight_norm=run.weight_norm[::-1])
    assert norm_growth(shrinks, no_minimum="no minimum").figure.layout.annotations[0].yanchor == "top"


def test_a_minimiser_that_is_not_the_only_one_is_called_the_shortest(run):
    assert texts(norm_growth(run, optimum_norm=1.5, is_unique=False)) == ["shortest minimiser: ‖w*‖ = 1.5"]
    assert "shortest" not in norm_growth(run, optimum_norm=1.5).alt
    assert "shortest" in norm_growth(run, optimum_norm=1.5, is_unique=False).alt


def test_a_pinned_run_is_drawn_and_told_beside_the_run(run):
    short = train(run.dataset, TrainingConfig(n_steps=10, learning_rate=0.01))
    picture = norm_growth(run, pinned=short)
    assert only(picture, "curve", "pinned").y == pytest.approx(short.weight_norm)
    assert f"Pinned run (faint): 0 at step 0, {format_number(short.weight_norm[-1])} at step 10." in picture.alt
    assert ("cursor", "marker 1") not in traces(picture)


def test_a_run_without_a_single_step_is_drawn():
    run = train(XOR, TrainingConfig(n_steps=0))
    for picture in (loss_curve(run), norm_growth(run)):
        low, high = picture.figure.layout.yaxis.range
        assert low < high
        assert "This run: " in picture.alt
