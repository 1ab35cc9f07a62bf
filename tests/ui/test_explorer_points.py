"""The explorer's points: edited, hostile, own, centred, in a link; what is said of them is true."""

import pytest

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS
from logreg.ui.stage import encode_points
from tests.ui.explorer_page import (
    LINE,
    NEARLY_XOR,
    SHIFTED,
    axis_titles,
    everything,
    header_of_the_stage,
    headline,
    open_page,
    open_with_points,
    verdict,
)
from tests.ui.lessons import link_of


def test_centred_points_cannot_be_clicked_and_no_flip_is_offered():
    at = open_page(centred="true")
    at.session_state["explorer_played"] = True
    at.run()
    assert "click" not in headline(at)


def test_one_flipped_label_changes_the_verdict_and_the_minimum_becomes_finite():
    at = open_page(data=DATASETS["overlapping_blobs"].title)
    assert "Overlapping." in verdict(at)
    assert "The minimum is at ‖w*‖ = " in verdict(at)
    at.select_slider(key="l2").set_value("0.1").run()
    assert "With λ = 0.1 the minimum is at ‖w*‖ = " in verdict(at)


def test_the_verdict_and_the_minimum_are_one_large_sentence_and_the_proof_stands_below_it():
    large, small = verdict(open_page()).split("** ")
    assert large == "**Separable. There is no minimum: ‖w‖ → ∞ on the way to the infimum."
    assert small == "A line separates all 100 points; the nearest is 0.5 away."
    large, small = verdict(open_page(data=DATASETS["one_class"].title, l2="0.1")).split("** ")
    assert large == "**One class only. With λ = 0.1 there is no minimum: |b| → ∞ on the way to the infimum."
    assert small.endswith("gets them right. The penalty leaves b free.")
    large, small = verdict(open_page(data=DATASETS["xor"].title, xor_spread="0")).split("** ")
    assert large == "**Overlapping. The minimum is at (w*, b*) = 0."
    assert small.endswith(" There the loss is 0.6931.")


def test_a_penalty_makes_the_minimum_of_separable_points_finite():
    at = open_page()
    assert "There is no minimum: ‖w‖ → ∞ on the way to the infimum." in verdict(at)
    at.select_slider(key="l2").set_value("0.01").run()
    assert "There is no minimum" not in verdict(at)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_is_said_to_be_one_class(label):
    at = open_page(data=DATASETS["one_class"].title, one_class_label=str(label))
    assert f"All 100 points have label {label}" in verdict(at)
    assert "‖(w, b)‖ → ∞ on the way to the infimum" in verdict(at)


@pytest.mark.parametrize("name", [name for name, spec in DATASETS.items() if spec.features])
def test_measured_features_are_named_on_the_axes_as_long_as_they_are_what_was_measured(name):
    title = DATASETS[name].title
    assert axis_titles(open_page(data=title)) == ["x₁, petal length in cm", "x₂, petal width in cm"]
    assert axis_titles(open_page(data=title, **{f"{name}_offset": "5"})) == ["x₁", "x₂"]
    assert axis_titles(open_page(data=title, centred="true")) == ["x₁", "x₂"]
    assert axis_titles(open_page()) == ["x₁", "x₂"]


def test_edited_points_come_out_of_a_link_as_they_went_in():
    cross = Dataset([[0.1, 0.2], [1.0, 1 / 3], [0.0, 1.0], [1.0, 0.0]], [0, 0, 1, 1])
    at = open_page(pts=encode_points(cross))
    assert "Overlapping." in verdict(at)
    assert header_of_the_stage(at)["can"]["reset"]
    assert header_of_the_stage(at)["points"] == encode_points(cross)
    assert not at.toast


def test_a_data_knob_replaces_edited_points_and_undo_would_bring_them_back():
    at = open_page(pts=encode_points(Dataset([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]], [0, 1, 0])))
    at.slider(key="separable_blobs_gap").set_value(2.0).run()
    assert "nearest is 1 away" in verdict(at)
    assert header_of_the_stage(at)["can"]["undo"]
    assert not header_of_the_stage(at)["can"]["reset"]
    at.slider(key="separable_blobs_gap").set_value(2.5).run()
    history = at.session_state["laboratory_points"][1]
    assert len(history.past) == 2, "a second change of the knob keeps the way back to the edited points"


@pytest.mark.parametrize("centred", ["true", "false"])
def test_points_at_the_origin_without_a_bias_have_no_bound_and_no_error(centred):
    at = open_page(bias="false", centred=centred, pts=encode_points(Dataset([[0.0, 0.0]], [1])))
    assert not at.error
    assert "no step moves w" in everything(at)


@pytest.mark.parametrize("points", [[[0.0, 0.0], [1e-200, 0.0]], [[1.7e308, 0.0], [-1.7e308, 1.0]]])
@pytest.mark.parametrize("centred", ["true", "false"])
def test_a_link_to_points_beyond_float64_gives_a_sentence_and_the_preset_back(points, centred):
    at = open_page(start="badly wrong", centred=centred, pts=encode_points(Dataset(points, [0, 1])))
    if at.error:
        next(button for button in at.button if button.label == "Back to the preset").click().run()
        assert not at.error
    assert "eparable" in verdict(at)


@pytest.mark.parametrize(
    ("X", "y", "says"),
    [
        ([[0.0, 0.0], [5e-324, 0.0]], [0, 1], "Separable."),
        ([[1e-300, 0.0], [-1e-300, 1.0], [0.0, 5.0]], [1, 0, 1], "Separable."),
        ([[1e8, 0.0], [1e8 + 2e-8, 0.0], [1e8, 1.0]], [0, 1, 1], "Separable."),
        ([[1.0, 1.0]], [1], "One class only"),
        ([[1.0, 1.0], [1.0, 1.0]], [0, 1], "Overlapping."),
        ([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], [0, 1, 0], "Overlapping."),
        ([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [2.0, 0.0]], [0, 1, 0, 1], "Quasi-separable."),
        ([[1e150, 0.0], [-1e150, 1.0]], [0, 1], "Separable."),
    ],
)
def test_hostile_points_get_a_true_verdict_and_no_error(X, y, says):
    assert says in verdict(open_with_points(X, y))


def test_centred_points_have_the_ways_back_too():
    at = open_page(centred="true", pts=encode_points(Dataset([[0.0, 0.0], [1.0, 0.0]], [0, 1])))
    assert next(button for button in at.button if button.label == "Undo").disabled
    next(button for button in at.button if button.label == "Back to the preset").click().run()
    assert not at.session_state["laboratory_points"][1].is_edited
    next(button for button in at.button if button.label == "Undo").click().run()
    assert at.session_state["laboratory_points"][1].is_edited


def test_points_too_large_to_train_on_get_one_sentence_and_a_way_back():
    at = open_page()
    source, history = at.session_state["laboratory_points"]
    at.session_state["laboratory_points"] = source, history.push(Dataset([[1e200, 0.0], [-1e200, 1.0]], [0, 1]))
    at.run()
    assert len(at.error) == 1
    assert "Rescale" in at.error[0].value
    next(button for button in at.button if button.label == "Undo").click().run()
    assert not at.error
    assert "Separable." in verdict(at)


@pytest.mark.parametrize(
    ("X", "y", "says"),
    [
        ([[1.0, 1.0], [-1.0, 1.0], [0.0, -2.0]], [1, 1, 1], "no minimum: ‖(w, b)‖ → ∞"),
        ([[10.0, 9.0], [11.0, 10.0]], [1, 1], "no minimum: ‖(w, b)‖ → ∞"),
        ([[10.0, 9.0]], [1], "The only point has label 1"),
        (LINE, [0, 1, 0, 1], "The shortest minimum is at ‖(w*, b*)‖ = "),
        (SHIFTED, [0, 1, 0, 1, 0], "The minimum is at ‖w*‖ = "),
        ([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0, 1, 1, 0], "The minimum is at (w*, b*) = 0.** No line"),
        (NEARLY_XOR, [1, 1, 1, 0, 0, 0], "(w*, b*) = 0, up to rounding"),
    ],
)
def test_the_verdict_says_what_has_no_bound_and_whether_the_minimum_is_the_only_one(X, y, says):
    assert says in verdict(open_with_points(X, y))


def test_of_several_minima_the_shortest_has_the_least_w_and_b_together():
    at = open_with_points(*([[-1.0, 1.0], [1.0, 1.0], [2.0, 1.0], [3.0, 1.0]], [0, 1, 0, 1]))
    assert "The shortest minimum is at ‖(w*, b*)‖ = " in verdict(at)


def test_a_visitor_s_own_points_travel_in_the_link_unedited_too():
    at = open_with_points([[1.0, 2.0], [3.0, 4.5]], [0, 1])
    assert header_of_the_stage(at)["points"] == encode_points(Dataset([[1.0, 2.0], [3.0, 4.5]], [0, 1]))


def test_a_centred_view_says_what_it_shows():
    assert "minus their mean" in everything(open_page(centred="true"))
    assert "minus their mean" not in everything(open_page())


def test_the_address_of_points_without_a_run_says_these_points():
    at = open_page(pts=encode_points(Dataset(LINE, [0, 0, 1, 1])))
    before = link_of(at)
    _, history = at.session_state["laboratory_points"]
    huge = Dataset([[1e308, 0.0], [-1e308, 1.0]], [0, 1])
    at.session_state["laboratory_points"] = (at.session_state["laboratory_points"][0], history.push(huge))
    at.run()
    assert "too large to train on" in at.error[0].value
    other = open_page(**link_of(at))
    assert other.error[0].value == at.error[0].value
    assert other.session_state["laboratory_points"][1].shows(huge)
    assert link_of(at).keys() == before.keys()
