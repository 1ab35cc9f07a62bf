"""Points that a reader chose are shown where a scene can show them, and where it cannot it says why."""

import pytest

from logreg.data.lecture_sets import headline
from logreg.ui.stage import encode_points
from tests.ui.lessons import header, link_of, open_lesson, said, stages_of

NO_PART = "The points you chose play no part here"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ({"scene": 5}, "x = 0 … 5, labels"),
        ({"scene": 5, "points": "course"}, "x is x₁ of these points"),
        ({"scene": 5, "points": "course", "view": 3}, "x is x₂ of these points"),
        ({"scene": 3, "points": "course"}, f"{NO_PART}: this is the slope of the sigmoid alone."),
    ],
)
def test_a_choice_of_points_opens_the_view_that_shows_them_or_is_told_why_not(link, shown):
    at = open_lesson("gradient", **link)
    assert shown in said(at)
    assert (NO_PART in said(at)) == shown.startswith(NO_PART)


def test_a_view_that_the_link_names_stays_and_is_told_why_the_points_are_not_in_it():
    at = open_lesson("descent", ([[1.0, 2.0], [-2.0, 1.0]], [1, 0]), scene=4, view=1)
    assert f"{NO_PART}: this is Wu’s toy; “These points” has them." in said(at)
    at.button(key="scene_5").click().run()
    at.button(key="scene_4").click().run()
    assert "These points, 15 steps from 0" in said(at)


def test_a_question_that_waits_is_told_beside_the_points_that_play_no_part():
    at = open_lesson("cross_entropy", scene=1, points="course")
    assert header(at) is not None
    assert "What does the second cost?" in said(at)
    assert f"{NO_PART}: this is the cost of one sample, by its p." in said(at)


def test_points_of_a_link_that_does_not_ask_for_them_are_named_and_left_out():
    at = open_lesson("sigmoid", scene=2, pts=encode_points(headline()))
    assert "“pts” are the points of “points=mine” alone" in at.toast[0].value
    assert link_of(at) == {"scene": "2"}


def test_a_step_beyond_the_end_of_what_is_shown_is_said_to_be_so():
    assert (
        header(open_lesson("sigmoid", step=1e9))["message"] == "Step 1,000,000,000 is beyond the end, which is shown."
    )
    for step in (80, "end"):
        assert header(open_lesson("sigmoid", step=step))["message"] is None


def test_where_a_view_cannot_show_the_points_the_others_are_one_click_away():
    one_class = [[-1.0, 0.5], [0.3, 1.2], [1.4, -0.2]], [1, 1, 1]
    at = open_lesson("bias", one_class, scene=3)
    assert "All points have one label" in at.error[0].value
    assert not stages_of(at)
    switch = next(one for one in at.segmented_control if one.label == "View")
    switch.set_value(next(name for name in switch.options if name != switch.value)).run()
    assert not at.error
    assert stages_of(at)


def test_points_that_are_damaged_are_not_said_to_be_missing_too():
    at = open_lesson("sigmoid", scene=3, mine="true", pts="abc")
    assert "“pts” must be" in at.toast[0].value
    assert "has no points for this page yet" not in at.toast[0].value
