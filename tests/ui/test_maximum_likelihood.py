"""The lesson of maximum likelihood: scenes built directly; the page opened once for each kind of thing."""

import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, four_points, headline, nielsens_neuron, online_course
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

LESSON = lesson_of("maximum_likelihood")
POINTS = {
    "lecture": four_points(),
    "apart": four_points(flipped=True),
    "headline": headline(),
    "overlap": headline(HEADLINE.index((2.6, 2.4))),
    "course": online_course(),
    "neuron": nielsens_neuron(),
    "XOR": XOR,
    "one class": ONE_CLASS,
    "touching": TOUCHING,
    "at 0": Dataset([[0.0], [0.0]], [0, 1]),
}


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("number", range(1, 7))
def test_every_scene_of_any_points_says_numbers_that_there_are(number, points):
    built = build(LESSON, number, POINTS[points])
    check_places(built)
    assert 1 <= len(built.lines) <= 2
    assert all(line.endswith(".") and "nan" not in line for line in built.lines)


def test_there_are_six_scenes_and_run_sheets_whose_links_lead_to_them():
    assert [scene.title for scene in LESSON.scenes] == [
        "Guess first",
        "Seven steps",
        "A product that vanishes",
        "One maximiser",
        "What independence buys",
        "A prior",
    ]
    words = {one.word for one in LESSON.points}
    assert words >= {"lecture", "course", "neuron"}
    check_run_sheets(LESSON)


@pytest.mark.parametrize(
    ("number", "points", "link", "right"),
    [
        (1, "lecture", {}, "Yes, one"),
        (1, "XOR", {}, "Yes, one"),
        (1, "apart", {}, "No: further is always better"),
        (1, "course", {}, "No: further is always better"),
        (1, "touching", {}, "No: further is always better"),
        (1, "at 0", {}, "Every w is as good"),
        (3, "lecture", {}, "After 1,075 factors"),
        (3, "lecture", {"factor": "0.9"}, "Never"),
        (5, "lecture", {}, "The same w, and more certain"),
        (5, "headline", {}, "There is none, as before"),
    ],
)
def test_the_right_answer_comes_from_the_state_on_the_screen(number, points, link, right):
    question = LESSON.scenes[number - 1].question
    screen = asked(LESSON, POINTS[points], **link)
    assert question.options[question.right(screen)] == right
    assert question.because(screen).endswith(".")


def test_the_likelihood_over_w_comes_after_the_guess():
    before, after = (build(LESSON, 1, four_points(), is_answered=answered) for answered in (False, True))
    assert len(before.show.pictures.curves) == 1
    assert len(after.show.pictures.curves) == 2
    assert "w* = 1.012" in LESSON.scenes[0].question.because(asked(LESSON, four_points()))


def test_the_reasons_hold_the_numbers():
    because = LESSON.scenes[2].question.because
    assert "0.5 to the power 1,074 is the smallest float64" in because(asked(LESSON, four_points()))
    assert "After 7,050 factors of 0.9" in because(asked(LESSON, four_points(), factor="0.9"))
    reason = LESSON.scenes[4].question.because(asked(LESSON, four_points()))
    assert "1.216 for one copy and 12.16 for ten" in reason


def test_the_seventh_step_has_its_minus():
    built = build(LESSON, 2, four_points())
    assert built.show.timeline.name == "line"
    assert built.show.timeline.values[-1] == 7
    assert "argmin −log L" in built.lines[0]
    assert "**−**log L(w)" in LESSON.scenes[1].notes


def test_on_separable_points_the_prior_is_what_makes_a_best_weight():
    apart = build(LESSON, 6, headline())
    assert "there always is, however weak" in apart.lines[0]
    assert "the length of (w, b) on the way to the largest margin" in apart.lines[1]
    assert "the optimum" in build(LESSON, 6, POINTS["overlap"]).lines[1]


def test_the_page_asks_first_and_shows_the_curve_after_the_answer():
    at = open_lesson("maximum_likelihood", scene="1", points="apart")
    assert "climbs for ever" not in said(at)
    choice = next(one for one in at.get("button_group") if one.key.endswith("_answer"))
    choice.set_value("No: further is always better").run()
    assert not at.exception
    assert "**right.** Each step further makes these labels more likely" in said(at)


def test_points_that_float64_cannot_show_are_named_to_the_reader():
    at = open_lesson("maximum_likelihood", ([[1e200, 0.0], [0.0, 1e200]], [0, 1]))
    assert "too large for this lesson" in at.error[0].value
