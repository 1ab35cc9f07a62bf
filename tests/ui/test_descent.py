"""Descent's lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from tests.ui.lessons import build, lesson_of

LESSON = lesson_of("descent")


@pytest.mark.parametrize("points", [[[1e60, 0.0]], [[1e-60, 0.0]], [[0.0, 0.0]]])
def test_points_beyond_reach_are_told_in_a_sentence(points):
    for number in (1, 2, 5, 6):
        with pytest.raises(BeyondFloat64, match=r"Rescale them\.|no step moves w\."):
            build(LESSON, number, Dataset(points, [1]))
