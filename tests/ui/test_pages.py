"""The explorer through the frame: the first visit, data sets, links, what the stage gets."""

from pathlib import Path

import pytest

from logreg.data.registry import DATASETS
from logreg.ui.stage import Edit, Rest
from tests.ui.explorer_page import FRAME, everything, header_of_the_stage, headline, open_page, verdict
from tests.ui.lessons import stages_of


def test_the_first_visit_shows_a_verdict_a_stage_and_no_warning():
    at = open_page()
    assert "Separable." in verdict(at)
    assert len(stages_of(at)) == 1
    assert not at.toast
    assert not at.warning
    assert not at.error


def test_the_page_opens_at_its_beginning_and_says_what_it_is_and_to_play():
    at = open_page()
    header = header_of_the_stage(at)
    assert (header["step"], header["home"]) == (0, "start")
    assert headline(at).startswith("# Explorer.\n\nGradient descent looks for")
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
    assert edited == headline(at) == "# Explorer.\n\nGradient descent looks for the line between two classes."


@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_opens_with_a_verdict_from_its_points(name):
    at = open_page(data=DATASETS[name].title)
    assert any(word in verdict(at) for word in ("Separable", "Quasi-separable", "Overlapping", "One class only"))
    assert not at.toast


def test_the_gap_of_the_blobs_is_twice_the_margin_on_the_screen():
    at = open_page(separable_blobs_gap="3")
    assert "nearest is 1.5 away" in verdict(at)


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


def test_the_stage_gets_a_plane_and_two_curves_and_says_what_they_show():
    header = header_of_the_stage(open_page())
    assert len(header["figures"]["plane"]) == 1
    assert len(header["figures"]["curves"]) == 2
    assert "largest margin" in header["alt"]["plane"][0]


def test_a_bad_link_is_complained_of_once():
    at = open_page(foo="1")
    assert len(at.toast) == 1
    at.slider(key="separable_blobs_gap").set_value(2.0).run()
    assert not at.toast


def test_other_knobs_are_another_scene_so_that_the_window_fits():
    scenes = {header_of_the_stage(open_page(separable_blobs_offset=offset))["scene"] for offset in ("0", "50")}
    assert len(scenes) == 2


def test_a_page_that_is_come_back_to_shows_the_step_and_axis_it_was_left_with():
    at = open_page()
    at.session_state["explorer_rest"] = Rest(7, "linear")
    for page in ("observation_3", "explorer"):
        at.switch_page(str(Path(FRAME).parents[2] / "pages" / f"{page}.py")).run()
    assert not at.exception
    header = header_of_the_stage(at)
    assert (header["step"], header["axis"]) == (7, "linear")
