"""The lesson of maximum likelihood: scenes built directly; the page opened once for each kind of thing."""

from logreg.data.lecture_sets import four_points
from tests.ui.lessons import asked, build, lesson_of, open_lesson

LESSON = lesson_of("maximum_likelihood")


def test_the_likelihood_over_w_comes_after_the_guess():
    before, after = (build(LESSON, 1, four_points(), is_answered=answered) for answered in (False, True))
    assert len(before.show.pictures.curves) == 1
    assert len(after.show.pictures.curves) == 2
    assert "w* = 1.012" in LESSON.scenes[0].question.because(asked(LESSON, four_points()))


def test_that_copies_leave_the_best_weight_where_it_is_comes_after_its_question():
    before, after = (build(LESSON, 5, four_points(), is_answered=answered) for answered in (False, True))
    shown = [(view.show.caption, str(view.show.pictures.curves[0].layout["annotations"])) for view in (before, after)]
    assert ["stays" in caption for caption, _ in shown] == [False, True]
    assert ["every k" in names for _, names in shown] == [False, True]


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


def test_points_that_float64_cannot_show_are_named_to_the_reader():
    at = open_lesson("maximum_likelihood", ([[1e200, 0.0], [0.0, 1e200]], [0, 1]))
    assert "too large for this lesson" in at.error[0].value
