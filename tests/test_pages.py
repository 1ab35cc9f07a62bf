"""Each page through the frame, without a browser: no exception, no warning, and sentences that follow the state."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from logreg.dataset import Dataset
from logreg.datasets import DATASETS

FRAME = str(Path(__file__).resolve().parents[1] / "logreg/ui/frame.py")


def open_page(**parameters):
    at = AppTest.from_file(FRAME, default_timeout=60)
    for key, value in parameters.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def verdict(at):
    return at.main.markdown[0].value


def everything(at):
    return " ".join(m.value for m in [*at.main.markdown, *at.main.caption, *at.sidebar.caption])


def test_the_first_visit_shows_a_verdict_three_charts_and_no_warning():
    at = open_page()
    assert "Separable." in verdict(at)
    assert len(at.get("bidi_component")) == 3
    assert not at.toast
    assert not at.warning
    assert not at.error


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
    assert "minimum is finite: ‖w*‖ =" in verdict(at)
    at.select_slider(key="l2").set_value("0.1").run()
    assert "With λ = 0.1 the minimum is finite" in verdict(at)


def test_a_penalty_makes_the_minimum_of_separable_points_finite():
    at = open_page()
    assert "There is no minimum: ‖w‖ grows without bound." in verdict(at)
    at.select_slider(key="l2").set_value("0.01").run()
    assert "There is no minimum" not in verdict(at)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_is_said_to_be_one_class(label):
    at = open_page(data=DATASETS["one_class"].title, one_class_label=str(label))
    assert f"all 100 points have label {label}" in verdict(at)
    assert "b grows without bound" in verdict(at)


def test_the_run_never_claims_to_have_converged():
    at = open_page(data=DATASETS["overlapping_blobs"].title, steps="100000")
    assert "Stopped at the step limit, 100,000" in everything(at)
    assert "converged" not in everything(at)


def test_xor_from_zero_weights_stops_because_its_gradient_is_zero():
    at = open_page(data=DATASETS["xor"].title, xor_spread="0")
    assert "exactly zero" in everything(at)


def test_a_large_learning_rate_is_said_to_be_over_the_bound():
    at = open_page(eta="100")
    assert "the loss may rise" in everything(at)


def test_the_buttons_walk_over_the_records():
    at = open_page(steps="100", step="0")
    assert at.session_state["step"] == 0
    for key, step in [("one", 1), ("ten", 11), ("times", 100), ("back", 99), ("first", 0), ("last", 100)]:
        at.button(key=f"step_{key}").click().run()
        assert at.session_state["step"] == step, key
    assert not at.exception


def test_a_longer_run_stays_on_its_step_unless_that_was_the_last():
    at = open_page(steps="100")
    at.select_slider(key="steps").set_value("1000").run()
    assert at.session_state["step"] == 1000
    at.button(key="step_first").click().run()
    at.select_slider(key="steps").set_value("10").run()
    assert at.session_state["step"] == 0


def test_a_link_reproduces_the_screen():
    link = {"data": DATASETS["moons"].title, "moons_noise": "0.3", "n": "40", "eta": "0.1"}
    link |= {"steps": "200", "step": "20"}
    first, second = open_page(**link), open_page(**link)
    assert everything(first) == everything(second)
    assert first.session_state["step"] == 20
    assert first.session_state["n"] == 40


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
    assert "](" not in at.toast[0].value.replace("\\]", "")


def test_a_long_run_waits_for_its_button_and_then_goes_to_the_end():
    at = open_page(steps="200000", n="10")
    assert "The first 100,000 of 200,000 steps" in everything(at)
    at.button(key="run_all").click().run()
    assert not at.exception
    assert "Stopped at the step limit, 200,000" in everything(at)


@pytest.mark.parametrize("start", ["zero", "badly wrong", "typed"])
@pytest.mark.parametrize("bias", ["true", "false"])
def test_every_start_is_written_out(start, bias):
    at = open_page(start=start, bias=bias, w1="2.5")
    assert "The run starts at w = " in everything(at)
    assert ("w = (2.5, 0)" in everything(at)) == (start == "typed")


def test_the_chart_is_sent_as_bytes_that_hold_a_figure():
    at = open_page()
    component = at.get("bidi_component")[0].proto
    assert json.loads(bytes(component.bytes).decode())["figure"]["data"]


@pytest.mark.parametrize("eta", ["0.0001", "100", "10000"])
@pytest.mark.parametrize("l2", ["0", "0.1", "10"])
@pytest.mark.parametrize("data", ["overlapping_blobs", "separable_blobs", "one_class"])
def test_diverging_and_overshooting_runs_are_shown_as_they_are(eta, l2, data):
    at = open_page(data=DATASETS[data].title, eta=eta, l2=l2, start="badly wrong", penalise="true")
    assert ("the loss may rise" in everything(at)) == (eta != "0.0001")
    assert "nan" not in everything(at).replace("finan", "")
    if eta == "10000" and l2 == "10":
        assert "leaves float64" in everything(at)


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


def test_points_too_large_to_train_on_get_one_sentence():
    at = open_with_points([[1e200, 0.0], [-1e200, 1.0]], [0, 1])
    assert len(at.error) == 1
    assert "rescale" in at.error[0].value
