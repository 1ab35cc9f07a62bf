"""Descent's lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS
from logreg.ui.stage import decode_points
from tests.ui.lessons import asked, build, lesson_of

LESSON = lesson_of("descent")


@pytest.mark.parametrize("points", [[[1e60, 0.0]], [[1e-60, 0.0]], [[0.0, 0.0]]])
def test_points_beyond_reach_are_told_in_a_sentence(points):
    for number in (1, 2, 5, 6):
        with pytest.raises(BeyondFloat64, match=r"Rescale them\.|no step moves w\."):
            build(LESSON, number, Dataset(points, [1]))


SLOW = decode_points(
    "AAAAAAAA8D97FK5H4XqEPwAAAAAAAABAexSuR-F6lL8AAAAAAADwv7gehetRuJ4_AAAAAAAA-D97FK5H4XqEPwAAAAAAAADAexSuR-F6hD8AAAAA"
    "AADwv3sUrkfhepS_AAAAAAAAAEC4HoXrUbiePwAAAAAAAPi_exSuR-F6lD_G"
)
"""Eight points; beyond the limit a run comes round in two places, after some hundred thousand steps."""


def test_a_run_that_is_not_decided_is_not_graded():
    question, screen = LESSON.scenes[1].question, asked(LESSON, SLOW)
    for option in question.options:
        said = question.verdict(screen, option)
        assert said.startswith(f"You said “{option}”: **not decided.** ")
        assert said.endswith("1.05 of it has neither settled nor come round in 5,000 steps.")
    caption = build(LESSON, 2, SLOW).show.caption
    assert caption.endswith("of five rates 2 settle, 3 have neither settled nor come round in 5,000 steps.")


@pytest.mark.parametrize("name", ["separable_blobs", "quasi_separable", "iris_versicolor_virginica"])
def test_three_of_five_rates_settle_on_made_points(name):
    assert "of five rates 3 settle, " in build(LESSON, 2, DATASETS[name].make()).show.caption
