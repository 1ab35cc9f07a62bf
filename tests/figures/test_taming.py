"""The figures of the λ dial, of early stopping and of held-out points: arrays, axes, sentences."""

import numpy as np
import pytest

from logreg.data.lecture_sets import train_and_held_out
from logreg.data.registry import flip_label
from logreg.figures import early_stopping as early
from logreg.figures import held_out as judging
from logreg.figures import taming
from logreg.figures.theme import DARK, LIGHT
from logreg.theory.held_out import held_out
from logreg.theory.regularisation import regularisation_path
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.theory.test_regularisation import LAMBDAS, A

B = flip_label(A, 4)
PATH = regularisation_path(B, np.unique([*LAMBDAS, 1 / 16]), fit_bias=False)
SEPARABLE = regularisation_path(A, np.unique([0.0, *LAMBDAS, 1 / 16]), fit_bias=False)
RUN = train(B, TrainingConfig(n_steps=100, objective=Objective(fit_bias=False)))
SAMPLE, FRESH = train_and_held_out()
LONG = train(SAMPLE, TrainingConfig(n_steps=2000, objective=Objective(fit_bias=False)))
JUDGED = held_out(LONG, FRESH)


def figure_of(draw):
    return lambda *what, **how: draw(*what, **how).figure


def words_of(draw):
    return lambda *what, **how: draw(*what, **how).alt


penalty_dial, penalty_dial_alt = figure_of(taming.penalty_dial), words_of(taming.penalty_dial)
penalty_losses, penalty_losses_alt = figure_of(taming.penalty_losses), words_of(taming.penalty_losses)
early_stopping, early_stopping_alt = figure_of(early.early_stopping), words_of(early.early_stopping)
held_out_curves, held_out_curves_alt = figure_of(judging.held_out_curves), words_of(judging.held_out_curves)


def trace(figure, role, part):
    (found,) = [t for t in figure.data if t.meta == {"role": role, "part": part}]
    return found


def test_the_dial_draws_the_path_and_marks_both_penalties():
    figure = penalty_dial(PATH, 0.01, sklearn_l2=1 / 16, limit_norm=0.914956)
    np.testing.assert_array_equal(trace(figure, "curve", "path").y, PATH.norm)
    assert figure.layout.xaxis.type == "log"
    assert trace(figure, "chosen", "marker").x[0] == 0.01
    np.testing.assert_allclose(trace(figure, "sklearn", "marker").y[0], 0.800946, rtol=1e-5)
    assert set(trace(figure, "optimum", "line").y) == {0.914956}
    assert figure.layout.meta == {"static": True}
    assert any("‖w*‖ = 0.9150" in note.text for note in figure.layout.annotations)


def test_the_dial_of_separable_data_has_no_limit_and_leaves_lambda_zero_out():
    figure = penalty_dial(SEPARABLE, 1 / 16, sklearn_l2=None, title="A")
    assert figure.layout.title.text == "A: λ = 0.0625: ‖w‖ = 1.346"
    assert (trace(figure, "curve", "path").x > 0).all()
    assert len(trace(figure, "optimum", "line").x) == 0
    assert len(trace(figure, "sklearn", "line").x) == 0
    assert "no limit" in figure.layout.annotations[1].text


def test_with_a_bias_the_dial_says_which_norm():
    path = regularisation_path(flip_label(A, 3), [0.01, 0.1, 1.0])
    assert "‖(w, b)‖" in penalty_dial(path, 0.1, sklearn_l2=None, limit_norm=1.0).layout.title.text


def test_the_losses_differ_by_the_penalty():
    figure = penalty_losses(PATH, 1 / 16)
    gap = np.array(trace(figure, "curve", "objective").y) - trace(figure, "curve", "data loss").y
    np.testing.assert_allclose(gap, PATH.l2 / 2 * PATH.norm**2, atol=1e-12)
    assert figure.layout.title.text == "λ = 0.0625: data loss 0.3097, objective 0.3297"
    assert figure.layout.yaxis.range[0] == 0


def test_a_penalty_that_a_log_axis_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="l2"):
        penalty_dial(PATH, 0.0, sklearn_l2=None)
    with pytest.raises(ValueError, match="path"):
        penalty_losses(regularisation_path(B, [0.0], fit_bias=False), 0.1)


def test_the_plane_holds_both_roads_and_two_points_of_one_length():
    figure = early_stopping(PATH, RUN, 10, run_index=1)
    np.testing.assert_array_equal(trace(figure, "path", "1").x, RUN.weights[:, 0])
    stopped, same = trace(figure, "cursor", "weights 1"), trace(figure, "same norm", "marker")
    assert (stopped.x[0], stopped.y[0]) == tuple(RUN.weights[10])
    np.testing.assert_allclose(np.hypot(stopped.x[0], stopped.y[0]), np.hypot(same.x[0], same.y[0]), rtol=1e-2)
    assert np.hypot(stopped.x[0] - same.x[0], stopped.y[0] - same.y[0]) > 0.09
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.title.text.startswith("Step 10: 6.")


def test_the_angle_view_draws_directions_over_the_norm():
    figure = early_stopping(PATH, RUN, 10, view="angle")
    degrees = np.degrees(np.arctan2(*RUN.weights[1:].T[::-1]))
    np.testing.assert_allclose(trace(figure, "curve", "road").y[1:], degrees)
    assert figure.layout.xaxis.title.text == "‖w‖"
    with pytest.raises(ValueError, match="view"):
        early_stopping(PATH, RUN, 10, view="side")


def test_at_step_zero_there_is_no_angle():
    for view in ("plane", "angle"):
        assert early_stopping(PATH, RUN, 0, view=view).layout.title.text == "Step 0"
    assert early_stopping_alt(PATH, RUN, 0).endswith("‖w‖ = 0.")


@pytest.mark.parametrize(("quantity", "column"), [("loss", "loss"), ("confidence", "confidence")])
def test_held_out_curves_have_an_entry_for_every_record(quantity, column):
    figure = held_out_curves(JUDGED, LONG.steps, 1000, quantity=quantity)
    run = trace(figure, "curve", "run")
    np.testing.assert_array_equal(run.y, getattr(JUDGED, column))
    assert len(run.x) == LONG.n_records
    assert figure.layout.meta["quantity"] == f"held_out_{quantity}"
    assert {"log", "linear", "axis", "step", "label"} <= figure.layout.meta.keys()
    assert trace(figure, "cursor", "marker").y[0] == getattr(JUDGED, column)[LONG.index_at(1000)]
    assert figure.layout.title.text.startswith(figure.layout.meta["label"] + " at step 1,000: ")


def test_the_smallest_held_out_loss_is_marked():
    best = trace(held_out_curves(JUDGED, LONG.steps, 0), "best", "marker")
    assert best.x[0] == 35
    assert best.y[0] == JUDGED.loss.min()


def test_linear_steps_start_at_zero():
    figure = held_out_curves(JUDGED, LONG.steps, 0, axis="linear")
    assert figure.layout.xaxis.type == "linear"
    assert trace(figure, "curve", "run").x[0] == 0


def test_held_out_curves_refuse_other_steps_and_quantities():
    with pytest.raises(ValueError, match="steps"):
        held_out_curves(JUDGED, [0, 1], 0)
    with pytest.raises(ValueError, match="step"):
        held_out_curves(JUDGED, LONG.steps, 2001)
    with pytest.raises(ValueError, match="quantity"):
        held_out_curves(JUDGED, LONG.steps, 0, quantity="accuracy")


def test_the_sentences_carry_the_numbers():
    dial = penalty_dial_alt(PATH, 0.01, sklearn_l2=1 / 16, limit_norm=0.914956)
    assert "λ = 0.0625, where it is 0.8009" in dial
    assert "marked by a dashed line" in dial
    assert "without bound" in penalty_dial_alt(SEPARABLE, 0.01, sklearn_l2=None)
    assert "= objective 0.3297" in penalty_losses_alt(PATH, 1 / 16)
    assert "furthest apart at step 11, where ‖w‖ = 0.8787" in early_stopping_alt(PATH, RUN, 10)
    assert "smallest at step 35 with 0.1309" in held_out_curves_alt(JUDGED, LONG.steps, 1000)
    assert "accuracy goes from 0.9515 to" in held_out_curves_alt(JUDGED, LONG.steps, 1000, quantity="confidence")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("height", [195, 400])
def test_no_figure_has_a_width_and_every_trace_has_a_role(theme, height):
    look = {"theme": theme, "height": height}
    figures = [
        penalty_dial(PATH, 0.01, sklearn_l2=1 / 16, **look),
        penalty_losses(PATH, 0.01, **look),
        early_stopping(PATH, RUN, 10, **look),
        held_out_curves(JUDGED, LONG.steps, 10, **look),
    ]
    for figure in figures:
        assert figure.layout.width is None
        assert figure.layout.height == height
        assert all({"role", "part"} == t.meta.keys() for t in figure.data)
