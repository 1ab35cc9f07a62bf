"""The bias: what is said of a shift follows from where the points are."""

import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from tests.ui.lessons import asked, lesson_of

LESSON = lesson_of("bias")
REACHED = LESSON.scenes[2]
FAR = Dataset(
    [[-50.0, -51.0], [-51.0, -49.0], [-49.0, -52.0], [-50.0, -49.0], [-48.0, -50.0], [-52.0, -51.0]],
    [1, 1, 0, 0, 1, 0],
)
ON_A_LINE = Dataset([[0.0, 1.0], [1.0, 2.0], [2.0, 3.0], [3.0, 4.0]], [0, 1, 0, 1])


def test_the_middle_of_the_points_only_moves_away_from_0_and_so_it_is_said():
    shown = REACHED.build(asked(LESSON, FAR, view=2))
    assert "only their middle moves away from 0: here the move changes no accuracy." in shown.lines[0]
    assert shown.show.script.numbers == {"away": (-1.0, -1.0)}


def test_what_the_move_changes_is_held_by_the_penalty():
    shown = REACHED.build(asked(LESSON, headline(), view=2))
    assert "only their middle moves away from 0: b would have to follow, and the penalty holds it." in shown.lines[0]


def test_where_the_penalty_on_b_changes_no_accuracy_it_is_not_said_to_hold_b():
    points = Dataset([[1, 1], [2, 1], [-1, -1], [-2, -1.2], [0.01, 0.01]], [1, 1, 0, 0, 0])
    assert "here the penalty on b changes no accuracy" in REACHED.build(asked(LESSON, points, view=2)).lines[0]


@pytest.mark.parametrize(
    ("points", "answer", "because"),
    [
        (
            ON_A_LINE,
            "As it began",
            "A share of 0.5 of the points is right unmoved, 0.5 moved by 100 (on the way up to 0.75).",
        ),
        (
            headline(),
            "Lower",
            "A share of 1 of the points is right unmoved, 0.5625 moved by 100: the penalty on b ties the line",
        ),
    ],
)
def test_the_answer_tells_of_an_accuracy_that_leaves_both_its_ends_on_the_way(points, answer, because):
    given, question = asked(LESSON, points, view=2), REACHED.question
    assert question.options[question.right(given)] == answer
    assert question.because(given).startswith(because)
