"""Each page through the frame, without a browser: no exception, no warning, and sentences that follow the state."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS, make_dataset
from logreg.figures.numbers import format_number
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, smoothness
from logreg.training.trainer import train
from logreg.ui import results
from logreg.ui.explorer.controls import TrainingChoice
from logreg.ui.explorer.run import Pinned
from logreg.ui.explorer.sentences import n_rises
from logreg.ui.stage import Edit, Rest, encode_points

FRAME = str(Path(__file__).resolve().parents[2] / "logreg/ui/frame.py")


def open_page(**parameters):
    at = AppTest.from_file(FRAME, default_timeout=60)
    for key, value in parameters.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def headline(at):
    return at.main.markdown[0].value


def verdict(at):
    return at.main.markdown[1].value.replace("\\*", "*").replace("\\", "")


def numbers(at):
    names, _, values = next(m.value for m in at.main.markdown if m.value.startswith("| ")).split("\n")
    return {name.strip(): value.strip() for name, value in zip(names.split("|"), values.split("|"), strict=True)}


def everything(at):
    return " ".join(m.value for m in [*at.main.markdown, *at.main.caption, *at.sidebar.caption])


def test_the_first_visit_shows_a_verdict_a_stage_and_no_warning():
    at = open_page()
    assert "Separable." in verdict(at)
    assert len(at.get("bidi_component")) == 1
    assert not at.toast
    assert not at.warning
    assert not at.error


def test_the_page_opens_at_its_beginning_and_says_what_it_is_and_to_play():
    at = open_page()
    header = header_of_the_stage(at)
    assert (header["step"], header["home"]) == (0, "start")
    assert headline(at).startswith("**Explorer.** Gradient descent looks for")
    assert "Press Play" in headline(at)


def test_after_the_first_play_a_flip_is_offered_and_after_the_first_edit_nothing_any_more():
    at = open_page()
    at.session_state["explorer_played"] = True
    at.run()
    assert "Press Play" not in headline(at)
    assert "click a point: its label flips" in headline(at)
    source, history = at.session_state["laboratory_points"]
    at.session_state["laboratory_points"] = source, history.apply(Edit("flip", index=0))
    at.run()
    edited = headline(at)
    at.session_state["laboratory_points"] = source, history
    at.run()
    assert edited == headline(at) == "**Explorer.** Gradient descent looks for the line between two classes."


def test_centred_points_cannot_be_clicked_and_no_flip_is_offered():
    at = open_page(centred="true")
    at.session_state["explorer_played"] = True
    at.run()
    assert "click" not in headline(at)


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_opens_with_a_verdict_from_its_points(name):
    at = open_page(data=DATASETS[name].title)
    assert any(word in verdict(at) for word in ("Separable", "Quasi-separable", "Overlapping", "One class only"))
    assert not at.toast


def test_the_gap_of_the_blobs_is_twice_the_margin_on_the_screen():
    at = open_page(separable_blobs_gap="3")
    assert "nearest is 1.5 away" in verdict(at)


def test_one_flipped_label_changes_the_verdict_and_the_minimum_becomes_finite():
    at = open_page(data=DATASETS["overlapping_blobs"].title)
    assert "Overlapping." in verdict(at)
    assert "The minimum is at ‖w*‖ = " in verdict(at)
    at.select_slider(key="l2").set_value("0.1").run()
    assert "With λ = 0.1 the minimum is at ‖w*‖ = " in verdict(at)


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


def test_the_run_never_claims_to_have_converged():
    at = open_page(data=DATASETS["overlapping_blobs"].title, steps="1000")
    assert "Stopped at the step limit, 1,000" in everything(at)
    assert "converged" not in everything(at)


def test_xor_from_zero_weights_stops_because_its_gradient_is_zero():
    at = open_page(data=DATASETS["xor"].title, xor_spread="0")
    assert "exactly zero" in everything(at)


def test_a_large_learning_rate_is_said_to_be_over_the_bound():
    at = open_page(eta="100")
    assert "the loss may rise" in everything(at)


def test_a_run_that_rises_is_said_first_of_all_with_its_numbers():
    link = {"data": DATASETS["overlapping_blobs"].title, "eta": "100", "steps": "500"}
    dataset = make_dataset("overlapping_blobs")
    run = train(dataset, TrainingConfig(learning_rate=100.0, n_steps=500))
    rises = int((np.diff(run.loss) > 1e-6).sum())
    times = format_number(100.0 * smoothness(dataset, Objective()) / 2.0, 3)
    assert 100 < rises < 400
    said = f"η is {times} times 2/L: the loss rises at {rises} of the first 500 steps; the path is no descent."
    assert headline(open_page(**link)) == f"**Explorer.** **{said}**"
    assert "the objective rises at" in headline(open_page(**link, l2="0.1"))
    at = open_page(**{**link, "steps": "10000"})
    assert "of the first 1,000 steps" in headline(at)
    whole = results.runs().go_on(dataset, TrainingConfig(learning_rate=100.0, n_steps=10_000))
    assert f"of {whole.n_records - 1:,} recorded steps" in headline(at.run())


def test_a_run_over_the_bound_that_never_rises_is_not_said_to_rise():
    at = open_page(eta="100")
    assert "the loss may rise" in everything(at)
    assert "Gradient descent looks for" in headline(at)


def test_a_run_that_leaves_float64_is_said_to():
    at = open_page(data=DATASETS["overlapping_blobs"].title, eta="10000", l2="10", start="badly wrong")
    assert re.search(
        r"the objective rises at [\d,]+ of the first [\d,]+ steps, and the next step leaves float64;", headline(at)
    )


@given(rate=st.floats(0.1, 50.0), seed=st.integers(0, 50), l2=st.sampled_from([0.0, 0.01, 1.0]))
@settings(max_examples=40, deadline=None)
def test_what_counts_as_a_rise_is_more_than_rounding_and_nothing_else(rate, seed, l2):
    dataset = make_dataset("overlapping_blobs", n_samples=12, seed=seed)
    objective = Objective(l2=l2)
    eta = rate / smoothness(dataset, objective)
    up = np.diff((run := train(dataset, TrainingConfig(learning_rate=eta, n_steps=300, objective=objective))).loss)
    found = n_rises(run)
    assert (up > 1e-12 * (1.0 + run.loss[1:])).sum() <= found <= (up > 0).sum()
    assert found == 0 or rate >= 2.0


def axis_titles(at):
    layout = header_of_the_stage(at)["figures"]["plane"][0]["layout"]
    return [layout[name]["title"]["text"] for name in ("xaxis", "yaxis")]


@pytest.mark.parametrize("name", [name for name, spec in DATASETS.items() if spec.features])
def test_measured_features_are_named_on_the_axes_as_long_as_they_are_what_was_measured(name):
    title = DATASETS[name].title
    assert axis_titles(open_page(data=title)) == ["x₁, petal length in cm", "x₂, petal width in cm"]
    assert axis_titles(open_page(data=title, **{f"{name}_offset": "5"})) == ["x₁", "x₂"]
    assert axis_titles(open_page(data=title, centred="true")) == ["x₁", "x₂"]
    assert axis_titles(open_page()) == ["x₁", "x₂"]


def test_a_link_reproduces_the_screen():
    link = {"data": DATASETS["moons"].title, "moons_noise": "0.3", "n": "40", "eta": "0.1"}
    link |= {"steps": "200", "step": "20"}
    first, second = open_page(**link), open_page(**link)
    assert everything(first) == everything(second)
    assert first.session_state["n"] == 40
    assert everything(first) != everything(open_page(**{**link, "step": "21"}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("eta", "abc"),
        ("eta", "-1"),
        ("n", "inf"),
        ("n", "9" * 400),
        ("n", "1"),
        ("seed", "nan"),
        ("data", "no such data"),
        ("bias", "maybe"),
        ("step", "1e99"),
        ("step", "x"),
        ("step", "-3"),
        ("axis", "cubic"),
        ("pts", "AAAA"),
        ("pts", "%%%"),
        ("pts", "A" * 10_000),
        ("w1", "inf"),
        ("start", "[bold](javascript:x)"),
        ("no_such_setting", "1"),
    ],
)
def test_a_bad_value_in_a_link_falls_back_with_one_sentence(key, value):
    at = open_page(**{key: value})
    assert len(at.toast) == 1
    assert key.split("_")[0] in at.toast[0].value
    assert "Separable." in verdict(at)


def test_a_long_run_waits_for_its_button_once_its_first_hundred_thousand_steps_are_done():
    at = open_page(steps="200000", n="10")
    assert "The first 1,000 of 200,000 steps" in everything(at)
    assert "goes on" in header_of_the_stage(at)["message"]
    dataset = make_dataset("separable_blobs", n_samples=10)
    results.runs().go_on(dataset, TrainingConfig(n_steps=200_000))  # what the browser asks for
    at.run()
    assert "The first 100,000 of 200,000 steps" in everything(at)
    assert header_of_the_stage(at)["more"] is None
    assert [action["label"] for action in header_of_the_stage(at)["actions"]] == [
        "Pin this run",
        "Run all 200,000 steps",
    ]


@pytest.mark.parametrize("start", ["zero", "badly wrong", "typed"])
@pytest.mark.parametrize("bias", ["true", "false"])
def test_every_start_is_written_out(start, bias):
    at = open_page(start=start, bias=bias, w1="2.5")
    assert "The run starts at w = " in everything(at)
    assert ("w = (2.5, 0)" in everything(at)) == (start == "typed")


def header_of_the_stage(at):
    sent = bytes(at.get("bidi_component")[0].proto.bytes)
    return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def test_the_stage_gets_a_plane_and_two_curves_and_says_what_they_show():
    header = header_of_the_stage(open_page())
    assert len(header["figures"]["plane"]) == 1
    assert len(header["figures"]["curves"]) == 2
    assert "largest margin" in header["alt"]["plane"][0]


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


def pinned(at, **values):
    """Pin the run of the default data, trained as said; a stage's button cannot be pressed here."""
    history = at.session_state["laboratory_points"][1]
    config = TrainingChoice(**{**DEFAULTS, **values}).config(history.present)
    at.session_state["explorer_pinned"] = Pinned(train(history.present, config), history.preset, "badly wrong")


DEFAULTS = {"learning_rate": "auto", "steps": "100", "l2": "0", "fit_bias": True, "penalise_bias": False}
DEFAULTS |= {"start": "badly wrong", "typed": (0.0, 0.0, 0.0)}


def test_a_pinned_run_is_drawn_beside_the_next_one_and_the_page_says_how_they_differ():
    at = open_page(start="badly wrong")
    pinned(at, l2="0.1")
    at.run()
    assert [run["name"] for run in header_of_the_stage(at)["runs"]] == ["this run", "pinned run"]
    assert [action["label"] for action in header_of_the_stage(at)["actions"]] == ["Unpin"]
    eta = format_number(at.session_state["explorer_pinned"].trajectory.learning_rate)
    assert f"The pinned run has η = {eta}, λ = 0.1, and starts at the same place. Equal steps" in everything(at)


def test_a_typed_start_stays_the_reader_s_beside_a_pinned_run():
    at = open_page(start="typed", w1="1")
    history = at.session_state["laboratory_points"][1]
    config = TrainingChoice(**{**DEFAULTS, "start": "typed", "typed": (1.0, 0.0, 0.0)}).config(history.present)
    at.session_state["explorer_pinned"] = Pinned(train(history.present, config), history.preset, "typed")
    at.number_input(key="w1").set_value(5.0).run()
    assert "starts at w = (5, 0)" in start_sentence(at)


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


def test_a_bad_link_is_complained_of_once():
    at = open_page(foo="1")
    assert len(at.toast) == 1
    at.slider(key="separable_blobs_gap").set_value(2.0).run()
    assert not at.toast


def test_other_knobs_are_another_scene_so_that_the_window_fits():
    scenes = {header_of_the_stage(open_page(separable_blobs_offset=offset))["scene"] for offset in ("0", "50")}
    assert len(scenes) == 2


def start_sentence(at):
    return next(part for part in everything(at).split(". ") if "The run starts at" in part)


def test_beside_a_pinned_run_other_labels_are_trained_from_the_same_start():
    at = open_page(start="badly wrong")
    pinned(at)
    preset = at.session_state["laboratory_points"][1].preset
    start = start_sentence(at)
    source, history = at.session_state["laboratory_points"]
    at.session_state["laboratory_points"] = source, history.apply(Edit("flip", index=0))
    at.run()
    assert start_sentence(at) == start
    assert "has other points, and starts at the same place" in everything(at)
    assert preset.y[0] != at.session_state["laboratory_points"][1].present.y[0]


@pytest.mark.parametrize("eta", ["0.0001", "100", "10000"])
@pytest.mark.parametrize("l2", ["0", "0.1", "10"])
@pytest.mark.parametrize("data", ["overlapping_blobs", "separable_blobs", "one_class"])
def test_diverging_and_overshooting_runs_are_shown_as_they_are(eta, l2, data):
    at = open_page(data=DATASETS[data].title, eta=eta, l2=l2, start="badly wrong", penalise="true")
    assert (f"the {'loss' if l2 == '0' else 'objective'} may rise" in everything(at)) == (eta != "0.0001")
    assert "nan" not in everything(at).replace("finan", "")
    if eta == "10000" and l2 == "10":
        assert "leaves float64" in everything(at)


LINE = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]
NEARLY_XOR = [[0.1, 0.0], [0.2, 0.0], [-0.3, 0.0], [0.0, 1.0], [0.0, -1.0], [0.0, 0.0]]  # 0.1 + 0.2 − 0.3 is no 0
SHIFTED = [[1e8, 0.0], [1e8 + 1.0, 1.0], [1e8 + 2.0, 0.0], [1e8 + 3.0, 0.0], [1e8, 5.0]]


def open_with_points(X, y):
    at = AppTest.from_file(FRAME, default_timeout=60)
    at.query_params["data"] = "Your own points (CSV)"
    at.session_state["own_points"] = Dataset(X, y, "points")
    at.run()
    assert not at.exception, at.exception
    return at


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
        ([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0, 1, 1, 0], "The minimum is at (w*, b*) = 0, loss 0.6931"),
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


def test_a_link_s_step_beyond_the_first_thousand_is_where_the_stage_will_go():
    header = header_of_the_stage(open_page(steps="10000", step="5000", seed="77"))
    assert header["step"] == 5000
    assert header_of_the_stage(open_page(steps="10000", step="10000"))["step"] is None
    assert header_of_the_stage(open_page(steps="10000", step="end"))["step"] is None
    assert "this run ends at step 100" in header_of_the_stage(open_page(steps="100", step="500"))["message"]


def test_the_numbers_name_their_step_and_the_objective_its_name():
    assert numbers(open_page(steps="100"))["step"] == "0"
    assert numbers(open_page(steps="100", step="end"))["step"] == "100"
    penalised = everything(at := open_page(steps="100", l2="0.1"))
    assert {"objective", "cross-entropy"} < numbers(at).keys()
    assert "loss" not in numbers(at)
    assert ", objective 0." in penalised


def test_an_underflow_is_not_called_zero():
    shown = numbers(open_page(eta="10000", steps="10", step="end"))
    assert shown["loss"] == shown["‖∇L‖"] == "0 in float64"


def test_a_centred_view_says_what_it_shows():
    assert "minus their mean" in everything(open_page(centred="true"))
    assert "minus their mean" not in everything(open_page())


def test_a_page_that_is_come_back_to_shows_the_step_and_axis_it_was_left_with():
    at = open_page()
    at.session_state["explorer_rest"] = Rest(7, "linear")
    for page in ("observation_3", "explorer"):
        at.switch_page(str(Path(FRAME).parents[2] / "pages" / f"{page}.py")).run()
    assert not at.exception
    header = header_of_the_stage(at)
    assert (header["step"], header["axis"]) == (7, "linear")
