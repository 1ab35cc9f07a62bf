"""The gradient's lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import pytest

from logreg.data.lecture_sets import HEADLINE, headline, online_course
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
    "XOR": XOR,
    "one class": ONE_CLASS,
    "one point": ONE_POINT,
}
LESSON = lesson_of("gradient")
VIEWS = [(n, v) for n, scene in enumerate(LESSON.scenes, 1) for v in range(1, max(len(scene.views), 1) + 1)]


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize(("number", "view"), VIEWS)
def test_every_scene_of_any_points_says_numbers_that_there_are(number, view, points):
    built = build(LESSON, number, POINTS[points], view=view)
    check_places(built)
    assert len(built.lines) <= 2
    assert all("nan" not in line for line in built.lines)


def test_there_are_six_scenes_and_two_run_sheets_whose_links_lead_to_them():
    assert [scene.title for scene in LESSON.scenes] == [
        "A sum of arrows",
        "Is it right?",
        "s′ dies",
        "Same bad start, two losses",
        "Plateaus",
        "Who still pulls?",
    ]
    assert {one.word for one in LESSON.points} >= {"lecture", "course"}
    check_run_sheets(LESSON)


@pytest.mark.parametrize(
    ("number", "points", "right"),
    [(1, "lecture", 0), (1, "overlap", 1), (6, "lecture", 1), (6, "overlap", 0), (6, "course", 0), (2, "course", 1)],
)
def test_the_right_answer_comes_from_the_points_on_the_screen(number, points, right):
    question = LESSON.scenes[number - 1].question
    screen = asked(LESSON, POINTS[points])
    assert question.right(screen) == right
    assert question.because(screen).endswith(".")


def test_the_neuron_says_the_published_numbers():
    dial = build(LESSON, 4, headline(), view=2).show.timeline
    row = dial.values.tolist().index(150)
    assert dial.columns["se_a"][[0, row, -1]] == pytest.approx([0.9820, 0.9334, 0.2028], abs=5e-5)
    assert dial.columns["ce_a"][-1] == pytest.approx(0.0120, abs=5e-5)


def test_the_page_asks_first_and_answers_from_the_points():
    at = open_lesson("gradient", scene="1")
    assert "Observation 1" in said(at)
    assert "An arrow is" not in said(at)
    choice = next(one for one in at.get("button_group") if one.key.endswith("_answer"))
    choice.set_value("All shrink away").run()
    assert not at.exception
    assert "**right.** These points are separable" in said(at)
    assert "An arrow is" in said(at)


def test_the_page_opens_with_the_online_courses_points():
    at = open_lesson("gradient", scene="6", points="course")
    assert not at.error
    assert any(one.key.startswith("gradient_6") for one in at.get("button_group"))
