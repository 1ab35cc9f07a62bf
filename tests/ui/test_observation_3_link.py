"""Observation 3 and its address: scenes, switches, flips, run sheets, bad values."""

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from logreg.data.lecture_sets import HEADLINE
from logreg.ui.observation_3.shown import FLOW
from tests.ui.lessons import FRAME, ROOT
from tests.ui.observation_3_page import LESSON, answer, caption, lines, open_page


def test_a_scene_button_changes_the_scene_and_a_flip_a_step_and_the_flow_come_along():
    at = open_page(scene=2, flip=0, view=1, step=100, flow="true", reveal="true")
    at.button(key="scene_6").click().run()
    answer(at)
    assert at.query_params["scene"] == "6"
    assert [at.query_params[key] for key in ("flip", "step", "flow")] == ["0", "100", "true"]
    assert "14 of 16" in lines(at)
    at.button(key="scene_3").click().run()
    assert "step" not in at.query_params, "another dial"
    assert "flow" not in at.query_params, "no flow there"
    assert at.query_params["flip"] == "0"
    at.button(key="scene_6").click().run()
    at.button(key="pageup").click().run()
    assert at.query_params["scene"] == "5"


def two_presses():
    from logreg.ui.lesson.link import read_link, to_neighbour
    from tests.ui.observation_3_page import LESSON

    link = read_link(LESSON)
    for _ in range(2):  # the second comes before what the first asked for is drawn
        to_neighbour(link, 1)


def test_two_quick_presses_of_a_clicker_lead_two_scenes_on_and_the_next_goes_on_from_what_is_drawn():
    assert AppTest.from_function(two_presses, default_timeout=600).run().query_params["scene"] == "4"
    at = open_page(scene=2)
    at.button(key="pagedown").click().run()
    at.query_params["scene"] = "6"  # as a step back in the history does
    at.run()
    at.button(key="pagedown").click().run()
    assert at.query_params["scene"] == "7"


def test_what_a_late_browser_says_of_a_switch_that_a_key_has_moved_moves_it_no_more():
    at = open_page(scene=2, flow="true")
    switch = next(one for one in at.toggle if one.label == FLOW.title)
    switch.set_value(False).run()
    for _ in range(2):
        at.button(key="next_cue").click().run()
    others = {one.key for one in at.toggle} - {"address_lecture", "address_with_bias"}
    assert len(others) == 2
    assert switch.key not in others, "it is another switch for the browser"
    at.toggle(key=max(others)).set_value(True).run()
    assert others < {one.key for one in at.toggle}, "a click of its own leaves it the same, and with it the focus"


def test_the_first_scene_has_none_before_it_and_the_last_none_after():
    assert open_page(scene=1).button(key="pageup").disabled
    assert open_page(scene=9).button(key="pagedown").disabled


def test_a_switch_goes_into_the_link_and_out_of_it():
    at = open_page()
    at.toggle(key="address_with_bias").set_value(True).run()
    assert at.query_params["with_bias"] == "true"
    assert "‖(w, b)‖" in caption(at)
    at.toggle(key="address_with_bias").set_value(False).run()
    assert "with_bias" not in at.query_params
    assert "‖(w, b)‖" not in caption(at)


def test_a_flip_in_the_link_flips_that_point():
    at = open_page(flip=HEADLINE.index((1.2, 3.0)))
    assert "‖w*‖ = 3.911" in caption(at)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("scene", "0"),
        ("scene", "10"),
        ("scene", "two"),
        ("flip", "16"),
        ("flip", "-1"),
        ("view", "3"),
        ("with_bias", "maybe"),
        ("flow", "2"),
        ("step", "1e99"),
        ("axis", "cubic"),
        ("pts", "AAAA"),
        ("no_such_setting", "1"),
    ],
)
def test_a_bad_value_in_a_link_falls_back_with_one_sentence(key, value):
    at = open_page(**{key: value})
    assert len(at.toast) == 1
    assert key.split("_")[0] in at.toast[0].value
    assert "What will B do?" in caption(at)
    at.button(key="scene_2").click().run()
    assert not at.toast  # once is enough


def test_a_followed_link_is_written_into_the_address():
    at = open_page(scene=3, cue="1")
    assert not at.toast
    assert "cue" not in at.query_params
    assert at.query_params["scene"] == "3"


def test_the_page_opens_without_scipy_scikit_learn_or_pandas():
    code = f"""
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
at = AppTest.from_file({FRAME!r}, default_timeout=600).run()
at.switch_page("../../pages/observation_3.py").run()
assert not at.exception, at.exception
assert any(one.proto.component_name == "logreg_stage" for one in at.get("bidi_component"))
print(*[m for m in ("scipy", "sklearn", "pandas") if m in sys.modules and m not in before])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_run_sheets_are_links_of_this_page():
    links = open_page().get("page_link")
    assert len(links) == sum(map(len, LESSON.run_sheets.values()))
    assert {link.proto.page for link in links} == {"observation-3"}
