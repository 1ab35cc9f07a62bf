"""The lesson of cross-entropy: scenes built directly; the page opened once for each kind of thing."""

import pytest

from logreg.data.lecture_sets import headline, nielsens_neuron
from logreg.figures.theme import LIGHT
from logreg.theory.losses import MARGIN_LOSSES
from tests.figures.moving import check_moving
from tests.ui.lessons import asked, build, lesson_of, open_lesson, said

LESSON = lesson_of("cross_entropy")


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
        check_moving(built.show.timeline, built.show.pictures.curves, LIGHT)
        assert built.show.timeline.columns["H"][0] == pytest.approx(floor, abs=1e-6)
        assert ("hard label" in built.lines[0]) == (truth == "1")


def test_a_link_says_the_truth():
    at = open_lesson("cross_entropy", scene="4", q="1")
    assert not at.toast
    assert "A hard label" in said(at)
