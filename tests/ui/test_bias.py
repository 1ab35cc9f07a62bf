"""The bias' lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline, moved_headline, online_course
from logreg.data.registry import make_dataset
from tests.ui.lessons import ONE_CLASS, XOR, asked, build, check_places, lesson_of, open_lesson, said

POINTS = {
    "lecture": moved_headline(),
    "unmoved": headline(),
    "behind": make_dataset("bias_only", n_samples=24),
    "course": online_course(),
    "XOR": XOR,
    "one class": ONE_CLASS,
    "one point": Dataset([[0.0, 0.0]], [0]),
}
LESSON = lesson_of("bias")
VIEWS = [(n, v) for n, scene in enumerate(LESSON.scenes, 1) for v in range(1, max(len(scene.views), 1) + 1)]


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize(("number", "view"), VIEWS)
def test_every_scene_of_any_points_says_numbers_that_there_are(number, view, points):
    if (number, view) == (3, 2) and len(set(POINTS[points].y.tolist())) == 1:
        with pytest.raises(BeyondFloat64, match=r"one label: with λ on w alone there is no minimum"):
            build(LESSON, number, POINTS[points], view=view)
        return
    built = build(LESSON, number, POINTS[points], view=view)
    check_places(built)
    assert all("nan" not in line for line in built.lines)


def test_there_are_four_scenes():
    titles = [scene.title for scene in LESSON.scenes]
    assert titles == ["Tied to the origin", "One more feature", "The penalty reaches b", "Centring"]


@pytest.mark.parametrize(
    ("number", "points", "right"),
    [(1, "lecture", 1), (1, "unmoved", 0), (1, "behind", 1), (1, "course", 1), (1, "XOR", 2), (3, "lecture", 1)],
)
def test_the_right_answer_comes_from_the_points_on_the_screen(number, points, right):
    question, screen = LESSON.scenes[number - 1].question, asked(LESSON, POINTS[points])
    assert question.right(screen) == right
    assert question.because(screen).endswith(".")


def test_the_lines_say_their_numbers():
    assert "it is at −0.2540" in build(LESSON, 2, headline()).lines[0]
    assert "2/L = 0.2793 as they are, 8.000 centred" in build(LESSON, 4, headline()).lines[0]


def test_the_page_asks_and_answers():
    at = open_lesson("bias", scene="1")
    choice = next(one for one in at.get("button_group") if one.key.endswith("_answer"))
    choice.set_value("No, but one with a bias can").run()
    assert not at.exception
    assert "**right.** Without b these points are overlapping, with b separable; the least here is 4" in said(at)
