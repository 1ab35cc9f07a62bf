"""Comparisons: two runs in one chart, each with its own numbers, and nothing that tells what is hidden."""

import re
from math import inf, isnan, nan

import numpy as np
import pytest

from logreg.certificates.margin import max_margin
from logreg.figures.comparison import turning, two_losses, two_norms
from logreg.figures.numbers import format_number
from logreg.figures.series import Series
from logreg.figures.steps import STEP_ZERO
from logreg.theory.laws import angle_to_limit
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.samples import OVERLAPPING, SEPARABLE, best
from tests.figures.seen import only, texts, title, traces

STEPS = np.array([0, 1, 10, 100, 1000])
A = Series("A: grows", STEPS, [0.0, 0.7, 1.5, 2.5, 4.0], theory=([100, 1000], [2.4, 3.9]))
B = Series("B: stops", STEPS, [0.0, 0.6, 0.8, 0.9, 0.91], target=0.92)
LOSS_A = Series("A: falls", STEPS, [0.7, 0.5, 0.1, 0.01, 0.001], target=0.0, target_name="infimum")
LOSS_B = Series("B: settles", STEPS, [0.7, 0.6, 0.5, 0.45, 0.45], target=0.44, target_name="minimum")
BROKEN = Series("B: breaks", STEPS, [nan, 1.0, inf, -inf, nan], target=inf, theory=([], []))
SHORT = Series("B: short", [0], [0.0])
DRAWINGS = [two_norms, two_losses, turning]


# series


def test_a_series_says_its_own_numbers_and_makes_none_up():
    assert [A.value_at(step) for step in (0, 9, 10, 55, 10**9)] == [0.0, 0.7, 1.5, 1.5, 4.0]
    assert [A.place_of(step) for step in (-1, 9, 10, 10**9)] == [0, 1, 10, 1000]


@pytest.mark.parametrize(
    ("x", "y"), [([0, 1], [1.0]), ([], []), ([1, 0], [0.0, 1.0]), ([1, 1], [0.0, 1.0]), ([nan], [1.0])]
)
def test_a_series_whose_places_do_not_rise_or_fit_is_refused(x, y):
    with pytest.raises(ValueError, match="x"):
        Series("A", x, y)


def test_a_series_keeps_numbers_of_its_own():
    y = np.array([1.0, 2.0])
    own = Series("A", [0, 1], y)
    y[0] = 9.0
    assert own.y[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        own.y[0] = 9.0


# two runs


def test_both_runs_come_out_with_their_own_numbers_and_the_cursor_at_their_ends():
    picture = two_norms((A, B))
    for curve, part, dot in ((A, "run", "marker"), (B, "pinned", "marker 1")):
        line, marker = only(picture, "curve", part), only(picture, "cursor", dot)
        assert line.x[1:] == pytest.approx(STEPS[1:])
        assert line.y == pytest.approx(curve.y)
        assert (marker.x[0], marker.y[0]) == (1000, curve.y[-1])
    assert set(only(picture, "cursor", "line").x) == {1000}
    assert only(picture, "curve", "theory of run").y == pytest.approx([2.4, 3.9])
    assert set(only(picture, "optimum", "line of pinned").y) == {0.92}
    assert ("optimum", "line of run") not in traces(picture)
    assert title(picture) == "‖w‖ at step 1,000: A 4, B 0.91"
    assert [text.strip() for text in texts(picture)] == ["A: grows", "····  theory", "B: stops", "‖w*‖ = 0.92"]


def test_a_run_that_ends_earlier_keeps_its_dot_at_its_end():
    picture = two_norms((A, Series("B", [0, 10], [0.0, 0.5])))
    assert only(picture, "cursor", "marker 1").x[0] == 10
    assert set(only(picture, "cursor", "line").x) == {1000}
    assert "B: 0 at step 0, 0.5 at step 10." in picture.alt


def test_lengths_with_a_bias_say_so():
    layout = two_norms((A, B), quantity="parameter_norm").figure.layout
    assert layout.yaxis.title.text == layout.meta["label"] == "‖(w, b)‖"
    assert layout.meta["quantity"] == "parameter_norm"
    with pytest.raises(ValueError, match="quantity"):
        two_norms((A, B), quantity="bias")


@pytest.mark.parametrize("draw", DRAWINGS)
@pytest.mark.parametrize("pair", [(A, A), (A, SHORT), (SHORT, SHORT), (A, BROKEN), (BROKEN, BROKEN), (LOSS_A, LOSS_B)])
def test_any_two_runs_are_drawn_with_all_that_the_stage_fills_in(draw, pair):
    picture = draw(pair, flow_from=1)
    wanted = {("curve", "run"), ("curve", "pinned"), ("start", "start")}
    wanted |= {("cursor", part) for part in ("line", "marker", "marker 1")}
    assert wanted <= traces(picture).keys()
    low, high = picture.figure.layout.yaxis.range
    assert low < high
    assert "What lies beyond step 1 is gradient flow." in picture.alt


@pytest.mark.parametrize("draw", DRAWINGS)
def test_one_or_two_runs_can_be_compared_from_step_0_on(draw):
    for curves in ((), (A, A, A)):
        with pytest.raises(ValueError, match="one or two runs"):
            draw(curves)
    with pytest.raises(ValueError, match="at least 0"):
        draw((A, Series("B", [-1, 0], [0.0, 1.0])))


def test_numbers_that_are_not_finite_are_left_out_and_counted():
    picture = two_norms((A, BROKEN))
    assert sum(isnan(y) for y in only(picture, "curve", "pinned").y) == 4
    assert texts(picture)[-1] == "not drawn: B: 4 records are not finite"
    assert ("optimum", "line of pinned") not in traces(picture)
    assert "B: 1 at step 1. Not drawn: ‖w*‖ = ∞." in picture.alt


@pytest.mark.parametrize("draw", DRAWINGS)
def test_step_zero_has_a_gutter_of_its_own(draw):
    picture = draw((LOSS_A, LOSS_B))
    assert only(picture, "start", "start").x[0] == STEP_ZERO
    assert isnan(only(picture, "curve", "run").x[0])  # no line leads from the gutter to step 1
    assert only(draw((SHORT, SHORT)), "cursor", "marker 1").x[0] == STEP_ZERO


@pytest.mark.parametrize("draw", DRAWINGS)
def test_what_the_stage_must_know_travels_with_the_figure(draw):
    meta = draw((A, B)).figure.layout.meta
    assert {"quantity", "label", "unit", "none", "anonymous"} <= meta.keys()
    assert [meta[kind]["xaxis"]["type"] for kind in ("log", "linear")] == ["log", "linear"]


def test_a_hidden_run_is_not_there_at_all():
    for draw in (two_norms, two_losses):
        picture = draw((A,))
        assert not {part for _, part in traces(picture) if part in ("pinned", "marker 1", "line of pinned")}
        assert "B" not in title(picture) + picture.alt
        assert only(picture, "curve", "run").line.color == only(draw((A, B)), "curve", "run").line.color


def test_an_anonymous_chart_tells_neither_names_nor_targets_nor_theory():
    a, b = Series("Ada", STEPS, A.y, 7.5, "goal", A.theory), Series("Bob", STEPS, B.y, 0.92, "goal")
    picture = two_norms((a, b), anonymous=True)
    shown = picture.figure.to_json() + picture.alt
    assert not re.search("Ada|Bob|goal|theory</|7\\.5", shown)
    assert [text.strip() for text in texts(picture)] == ["?", "?"]
    assert len({only(picture, "curve", p).line.color for p in ("run", "pinned")}) == 1
    assert len({only(picture, "curve", p).line.width for p in ("run", "pinned")}) == 1
    assert {t.hoverinfo for t in picture.figure.data} == {"skip"}
    assert picture.figure.layout.yaxis.range[1] < 7
    other = two_norms((b, a), anonymous=True)
    assert (title(other), other.alt) == (title(picture), picture.alt)


def test_the_loss_axis_is_logarithmic_where_the_losses_fall_far_and_an_infimum_of_zero_lies_below_it():
    picture = two_losses((LOSS_A, LOSS_B))
    assert picture.figure.layout.yaxis.type == "log"
    assert {"↓ A: infimum = 0", "B: minimum = 0.44"} <= set(texts(picture))
    assert "Not drawn: infimum = 0." in picture.alt
    assert two_losses((LOSS_B, LOSS_B)).figure.layout.yaxis.type == "linear"


def test_a_loss_that_underflows_is_not_called_zero():
    picture = two_losses((Series("A", STEPS, [0.7, 0.5, 0.01, 0.0, 0.0]), LOSS_B))
    assert texts(picture)[-1] == "not drawn: A: 2 records are 0 in float64"
    assert "A: 0.7 at step 0, 0 in float64 at step 1,000." in picture.alt


def test_gradient_flow_begins_at_a_line_on_both_axes():
    flow = Series("A", [0, 10, 100, 1e12 + 0.5], [0.0, 1.0, 2.0, 12.0])
    picture = two_norms((flow, B), flow_from=100)
    for kind in ("log", "linear"):
        line = picture.figure.layout.meta[kind]["shapes"][-1]
        assert line["x0"] == line["x1"] == 100
    assert picture.alt.endswith(" What lies beyond step 100 is gradient flow.")


def test_the_words_carry_every_number_with_its_place():
    words = two_norms((A, B)).alt
    for part in (
        "A: 0 at step 0, 4 at step 1,000.",
        "0.91 at step 1,000.",
        "Dashed: ‖w*‖ = 0.92.",
        "Dotted: theory, up to 3.9.",
    ):
        assert part in words


# the angle


@pytest.fixture(scope="module")
def angles():
    found = []
    for name, dataset in (("A", SEPARABLE), ("B", OVERLAPPING)):
        run = train(dataset, TrainingConfig(n_steps=3000, objective=Objective(fit_bias=False)))
        limit = max_margin(dataset, "none") if dataset is SEPARABLE else best(dataset)
        degrees = [angle_to_limit(Model(w), limit) for w in run.weights]
        found.append(Series(name, run.steps, [np.nan if a is None else a for a in degrees]))
    return tuple(found)


def test_the_angle_has_one_entry_for_every_record(angles):
    picture = turning(angles)
    for part, curve in zip(("run", "pinned"), angles, strict=True):
        line = only(picture, "curve", part)
        assert len(line.x) == len(line.y) == len(curve.x)
        np.testing.assert_array_equal(line.y[1:], np.where(curve.y > 0, curve.y, np.nan)[1:])
        assert np.isnan(line.y[0])  # w = 0 has no direction
        np.testing.assert_array_equal(line.x[1:], curve.x[1:])


def test_the_angle_is_in_degrees_on_a_log_axis(angles):
    picture = turning(angles)
    layout = picture.figure.layout
    assert (layout.meta["quantity"], layout.meta["label"], layout.meta["unit"]) == ("angle", "Angle to the limit", "°")
    assert layout.yaxis.type == "log"
    assert layout.meta["log"]["xaxis"]["tickvals"][0] == STEP_ZERO
    assert f"A {format_number(float(angles[0].y[-1]))}°" in title(picture)


def test_the_words_of_the_angle_say_whose_it_is_and_at_which_step_each_number_was(angles):
    early = Series("B", [0, 1, 10, 100], [nan, 40.0, 0.5, nan])
    words = turning((angles[0], early), of="(w, b)").alt
    assert "B: 40° at step 1, 0.5° at step 10." in words  # not at its last step, and not at that of the other run
    assert "the angle between (w, b) and its limit direction" in words
    assert "between w and its" in turning(angles).alt


def test_a_run_that_never_leaves_zero_has_no_direction(angles):
    still = Series("B", [0, 1], [np.nan, np.nan])
    picture = turning((angles[0], still))
    assert "B: no direction" in texts(picture)
    assert picture.alt.endswith("B: no direction.")
    assert turning((still, still)).alt.endswith("B and B: no direction.")


def test_what_is_said_of_a_run_without_angles_stands_off_the_other_s_curve():
    steps = [0, 1, 10, 100, 1000]
    still, falling = Series("A", steps, [np.nan] * 5), Series("B", steps, [np.nan, 85.0, 80.0, 10.0, 3.0])
    rising = Series("B", steps, [np.nan, 0.001, 0.001, 0.01, 3.0])
    for other, anchor in ((falling, "bottom"), (rising, "top")):
        notes = turning((still, other)).layout["annotations"]
        assert next(note["yanchor"] for note in notes if "no direction" in note["text"]) == anchor
