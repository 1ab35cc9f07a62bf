"""The clauses that hold a count of points, in correct English for one, two and many."""

import pytest

from logreg.data.dataset import Dataset
from logreg.figures.plane import decision_boundary
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.ui.results import analyse
from logreg.ui.verdict import proof

FREE, TIED = Objective(), Objective(fit_bias=False)
LINE = "a line through the origin"


@pytest.mark.parametrize(
    ("rows", "labels", "objective", "said"),
    [
        ([[1, 2]], [1], FREE, "the only point has label 1, and the bias alone gets it right"),
        ([[1, 2], [2, 1]], [0, 0], FREE, "both points have label 0, and the bias alone gets them right"),
        ([[1, 2], [2, 1], [3, 3]], [1, 1, 1], FREE, "all 3 points have label 1, and the bias alone gets them right"),
        ([[0, 0], [2, 0]], [0, 1], FREE, "a line separates the two points; the nearest is 1 away"),
        ([[0, 0], [2, 0], [3, 0]], [0, 1, 1], FREE, "a line separates all 3 points; the nearest is 1 away"),
        ([[3, 4]], [1], TIED, f"{LINE} has the point on its side, 5 away"),
        ([[0, 0]], [1], TIED, "no line through the origin has all points on one side: the only point is the origin"),
        ([[1, 0], [2, 0]], [1, 1], TIED, f"{LINE} has both points on one side; the nearest is 1 away"),
        ([[1, 0], [2, 0]], [0, 1], TIED, "no line through the origin separates them: both s·x can cancel"),
        ([[0, 0], [1, 0]], [0, 1], TIED, f"{LINE} has 1 of 2 points on its side and the other on it"),
        ([[0, 0], [0, 0], [1, 0]], [0, 1, 1], TIED, f"{LINE} has 1 of 3 points on its side and the other 2 on it"),
        ([[0, 0], [2, 0], [1, 0]], [0, 1, 1], TIED, f"{LINE} has 2 of 3 points on their side and the other on it"),
    ],
)
def test_a_count_of_points_is_followed_by_the_right_words(rows, labels, objective, said):
    assert proof(analyse(Dataset(rows, labels), objective)) == said


def test_the_words_of_a_plane_count_one_point_as_one():
    one = decision_boundary(Dataset([[1.0, 2.0]], [1]), Model([1.0, 0.0])).alt
    assert "with 0 points of class 0 and 1 of class 1" in one
    assert "has 1 of 1 point on its right side" in one
