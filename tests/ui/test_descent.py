"""Descent's lesson: scenes built directly, with their numbers; the page opened once for each kind of thing."""

import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.data.registry import DATASETS
from logreg.ui.lesson.scene import Answer
from logreg.ui.stage import decode_points
from tests.ui.lessons import HARD, asked, build, lesson_of, open_lesson, said

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
        said = question.verdict(screen, Answer(option, question.because(screen)))
        assert said.startswith(f"You said “{option}”: **not decided.** ")
        assert said.endswith("1.05 of it has neither settled nor come round in 5,000 steps.")
    caption = build(LESSON, 2, SLOW).show.caption
    assert caption.endswith("of five rates 2 settle, 3 have neither settled nor come round in 5,000 steps.")


@pytest.mark.parametrize("name", ["separable_blobs", "quasi_separable", "iris_versicolor_virginica"])
def test_three_of_five_rates_settle_on_made_points(name):
    assert "of five rates 3 settle, " in build(LESSON, 2, DATASETS[name].make()).show.caption


COPIES = Dataset([[1.0, 0.0], [1.0, 0.0], [0.0, 0.05]], [1, 0, 1])
"""Two points whose pulls cancel and one that comes to margin 1 late, at step 2,000."""


def test_hinge_that_rests_after_the_steps_drawn_is_graded_by_its_rest():
    question, screen = LESSON.scenes[4].question, asked(LESSON, COPIES)
    said = question.verdict(screen, Answer("Yes, it comes to rest", question.because(screen)))
    assert said.startswith("You said “Yes, it comes to rest”: **right.** Hinge stops for good at step 2,000, ‖w‖ = 20")


@pytest.mark.parametrize(
    ("points", "right", "said"),
    [
        (HARD["XOR around 0"], 0, "at step 0, ‖w‖ = 0: the pulls of all points inside margin 1 cancel."),
        (HARD["one class around 0"], 1, "only if n times that is a whole number; here it is 2.4."),
        (HARD["in one place"], 1, "hinge goes round in 2 steps, for ever."),
        (DATASETS["quasi_separable"].make(), 0, "at step 5,349, ‖w‖ = 2.879: "),
        (DATASETS["hairs_breadth"].make(), 0, "so hinge comes to rest, later than at step 20,000."),
        (DATASETS["overlapping_blobs"].make(n_samples=400), None, "and nothing else decides it."),
    ],
)
def test_whether_hinge_rests_is_proved_seen_or_left_open(points, right, said):
    question, screen = LESSON.scenes[4].question, asked(LESSON, points)
    assert question.right(screen) == right
    assert said in question.because(screen)


CROWD = Dataset([[1, 3], [3, 1], [2, 2.1], *([[1, 3], [3, 1]] * 49)], [1] * 101)
"""Only the flip of the third of 101 points would make them overlap, and it is not among the 24 that are tried."""


def test_points_of_which_not_every_flip_was_tried_are_not_said_to_have_none_that_makes_a_minimum():
    (line,) = build(LESSON, 2, CROWD).lines
    assert line == "None of 24 flips of one label gives these points a minimum, so no limit: one step, then."
    assert LESSON.scenes[1].question.right(asked(LESSON, CROWD)) == 2


@pytest.mark.parametrize(("name", "right", "said"), [("XOR around 0", 0, "no rate moves w"), (None, None, "rounding")])
def test_a_minimum_at_0_is_settled_where_it_is_proved(name, right, said):
    points = HARD[name] if name else Dataset([[0.1, 0], [0.2, 0], [-0.3, 0], [0, 1], [0, -1]], [1] * 5)
    question, screen = LESSON.scenes[1].question, asked(LESSON, points)
    assert question.right(screen) == right
    assert said in question.because(screen)


def test_where_no_step_moves_w_the_parabola_has_no_lowest_place():
    picture = build(LESSON, 1, HARD["XOR around 0"]).show.pictures.curves[0]
    assert picture.alt == "The loss after one step from w = 0: 0.6931 for every η, as far as float64 tells."


@pytest.mark.parametrize(("points", "pays"), [(headline(), True), (HARD["in one place"], False)])
def test_large_steps_that_do_not_pay_are_said_not_to(points, pays):
    assert build(LESSON, 6, points).show.caption.endswith("Here large steps do not pay.") != pays


def test_the_chart_that_leaves_a_rate_out_is_not_said_to_show_all_five():
    (line,) = build(LESSON, 2, headline()).lines
    assert "Left five runs, down to 10⁻⁹ above the least; right the same without the last." in line


def test_where_no_run_can_be_raced_nothing_is_asked_of_its_limit():
    at = open_lesson("descent", scene=2, points="wu")
    assert "one step, then." in said(at)
    assert "Near w*" not in said(at)
    assert "Near w\\*" not in said(at)
    assert not [one for one in at.segmented_control if one.label.startswith("Near")]
