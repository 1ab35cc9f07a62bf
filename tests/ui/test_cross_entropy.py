"""The lesson of cross-entropy: scenes built directly; the page opened once for each kind of thing."""

import pytest

from logreg.data.lecture_sets import HEADLINE, headline, nielsens_neuron, online_course
from logreg.theory.losses import MARGIN_LOSSES
from tests.ui.lessons import (
    ONE_CLASS,
    TOUCHING,
    XOR,
    asked,
    build,
    check_places,
    check_run_sheets,
    lesson_of,
    open_lesson,
    said,
)

LESSON = lesson_of("cross_entropy")
POINTS = {
    "lecture": headline(),
    "overlap": headline(HEADLINE.index((2.6, 2.4))),
    "course": online_course(),
    "neuron": nielsens_neuron(),
    "XOR": XOR,
    "one class": ONE_CLASS,
    "touching": TOUCHING,
}


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("number", range(1, 6))
def test_every_scene_of_any_points_says_numbers_that_there_are(number, points):
    built = build(LESSON, number, POINTS[points])
    check_places(built)
    assert 1 <= len(built.lines) <= 2
    assert all(line.endswith(".") and "nan" not in line for line in built.lines)


def test_there_are_five_scenes_and_run_sheets_whose_links_lead_to_them():
    assert [scene.title for scene in LESSON.scenes] == [
        "Two definitions, one number",
        "A bar a point",
        "Does it make sense as a loss?",
        "Entropy and KL",
        "Against its rivals",
    ]
    words = {one.word for one in LESSON.points}
    assert words >= {"lecture", "course", "neuron"}
    check_run_sheets(LESSON)


@pytest.mark.parametrize(
    ("number", "points", "right"),
    [
        (1, "lecture", "Twice as much"),
        (2, "lecture", "Yes, every one"),
        (2, "course", "Yes, every one"),
        (2, "neuron", "Yes, every one"),
        (2, "overlap", "No, one stays at log 2 or more"),
        (2, "touching", "No, one stays at log 2 or more"),
        (2, "XOR", "No, one stays at log 2 or more"),
        (3, "lecture", "1"),
        (5, "lecture", "squared"),
    ],
)
def test_the_right_answer_comes_from_the_state_on_the_screen(number, points, right):
    question = LESSON.scenes[number - 1].question
    screen = asked(LESSON, POINTS[points])
    assert question.options[question.right(screen)] == right
    assert question.because(screen).endswith(".")


def test_the_reasons_hold_the_numbers():
    reasons = {n: LESSON.scenes[n - 1].question.because(asked(LESSON, headline())) for n in (1, 3, 5)}
    assert "2.303" in reasons[1]
    assert "4.605: 2 times as much" in reasons[1]
    assert "0.375 at p = 0.75 and 0.25 at p = 1" in reasons[3]
    assert "squared −8" in reasons[5]
    assert all(one.name in reasons[5] for one in MARGIN_LOSSES)


def test_before_its_question_is_answered_the_third_scene_shows_the_cross_entropy_alone():
    before, after = (build(LESSON, 3, headline(), is_answered=answered) for answered in (False, True))
    assert "|y − p|" not in before.show.caption
    parts = [{trace["meta"]["part"] for trace in one.show.pictures.curves[0].data} for one in (before, after)]
    assert parts[1] - parts[0] == {"squared", "squared least", "absolute", "absolute least"}


def test_only_points_in_a_plane_have_a_plane_and_it_plays_in_step_with_the_bars():
    assert not build(LESSON, 2, nielsens_neuron()).show.pictures.planes
    show = build(LESSON, 2, headline()).show
    assert len(show.pictures.planes) == 1
    assert show.runs[0].steps.tolist() == show.timeline.values.tolist()


def test_a_hard_label_has_no_entropy():
    for truth, floor in (("1", 0), ("0.5", 0.693147)):
        built = build(LESSON, 4, headline(), q=truth)
        assert built.show.timeline.columns["H"][0] == pytest.approx(floor, abs=1e-6)
        assert ("hard label" in built.lines[0]) == (truth == "1")


def test_the_page_asks_first_and_answers_from_the_points():
    at = open_lesson("cross_entropy", scene="2", points="overlap")
    assert "The loss that is minimised" not in said(at)
    choice = next(one for one in at.get("button_group") if one.key.endswith("_answer"))
    choice.set_value("Yes, every one").run()
    assert not at.exception
    assert "**It is: No, one stays at log 2 or more.**" in said(at)
    assert "no line separates the classes" in said(at).lower()


def test_a_link_says_the_truth():
    at = open_lesson("cross_entropy", scene="4", q="1")
    assert not at.toast
    assert "A hard label" in said(at)
