"""The gradient's lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from tests.ui.lessons import build, lesson_of, open_lesson, said

LESSON = lesson_of("gradient")


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


def test_the_floor_below_which_the_sum_never_falls_is_drawn_once_its_question_is_answered():
    before, after = (build(LESSON, 6, headline(), is_answered=answered) for answered in (False, True))
    assert "γ" not in before.show.pictures.curves[1].alt
    assert "which it never goes below" in after.show.pictures.curves[1].alt


@pytest.mark.parametrize(("flip", "margin"), [(None, "−6"), (4, "−4.966")])
def test_a_bad_start_is_said_to_be_bad_by_its_mean_margin(flip, margin):
    points = headline() if flip is None else headline(flip)
    assert f"from the same w, at a mean margin of {margin}," in build(LESSON, 4, points, view=3).lines[0]


@pytest.mark.parametrize(("scene", "view", "lines"), [(1, 1, "The line goes"), (4, 3, "Both lines go")])
def test_lines_through_an_origin_out_of_sight_are_said_to_be(scene, view, lines):
    said = f"{lines} through the origin, which is outside this window."
    assert said in build(LESSON, scene, Dataset([[9.0, 8.0], [10.0, 9.0]], [1, 1]), view=view).lines[0]
    assert said not in build(LESSON, scene, headline(), view=view).lines[0]
