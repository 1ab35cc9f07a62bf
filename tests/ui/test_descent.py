"""Descent's lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import re

import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline, online_course, wus_toy
from tests.ui.lessons import (
    ONE_CLASS,
    ONE_POINT,
    XOR,
    asked,
    build,
    check_places,
    check_run_sheets,
    lesson_of,
    open_lesson,
    said,
)

OVERLAP = headline(HEADLINE.index((2.6, 2.4)))
POINTS = {
    "lecture": headline(),
    "overlap": OVERLAP,
    "course": online_course(),
    "wu": wus_toy(),
    "XOR": XOR,
    "one class": ONE_CLASS,
    "one point": ONE_POINT,
}
LESSON = lesson_of("descent")
VIEWS = [(n, v) for n, scene in enumerate(LESSON.scenes, 1) for v in range(1, max(len(scene.views), 1) + 1)]


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize(("number", "view"), VIEWS)
def test_every_scene_of_any_points_says_numbers_that_there_are(number, view, points):
    built = build(LESSON, number, POINTS[points], view=view)
    check_places(built)
    assert all("nan" not in line for line in built.lines)
    question = LESSON.scenes[number - 1].question
    if question is not None:
        screen = asked(LESSON, POINTS[points])
        assert question.right(screen) in range(len(question.options))
        assert question.because(screen).endswith(".")


def test_there_are_six_scenes_and_run_sheets_whose_links_lead_to_them():
    assert [scene.title for scene in LESSON.scenes] == [
        "One step",
        "Rates",
        "For ever",
        "η → ∞ is the perceptron",
        "Why not with hinge?",
        "Large steps pay",
    ]
    check_run_sheets(LESSON)


@pytest.mark.parametrize(
    ("number", "points", "right"), [(2, "overlap", 1), (2, "lecture", 1), (5, "lecture", 0), (5, "overlap", 1)]
)
def test_the_right_answer_comes_from_the_points_on_the_screen(number, points, right):
    assert LESSON.scenes[number - 1].question.right(asked(LESSON, POINTS[points])) == right


def test_large_steps_say_their_numbers():
    (line,) = build(LESSON, 6, headline()).lines
    assert "39 steps of 1.9/λmax" in line
    assert re.search(r": 17,0\d\d steps of 1/L = 0.5188", line)


def test_hinge_on_xor_rests_because_its_pulls_cancel():
    (line,) = build(LESSON, 5, POINTS["XOR"]).lines
    assert line.startswith("Hinge stops for good at step 0, ‖w‖ = 0: the pulls of all points inside margin 1 cancel.")


def test_the_page_asks_and_answers():
    at = open_lesson("descent", scene="5")
    choice = next(one for one in at.get("button_group") if one.key.endswith("_answer"))
    choice.set_value("Yes, it comes to rest").run()
    assert not at.exception
    assert "**right.** It rests at step 21, ‖w‖ = 0.7209, its gradient exactly 0: every margin is at least 1." in said(
        at
    )


@pytest.mark.parametrize("points", [[[1e60, 0.0]], [[1e-60, 0.0]], [[0.0, 0.0]]])
def test_points_beyond_reach_are_told_in_a_sentence(points):
    for number in (1, 2, 5, 6):
        with pytest.raises(BeyondFloat64, match=r"Rescale them\.|no step moves w\."):
            build(LESSON, number, Dataset(points, [1]))
