"""Headlines of Observation 3 on points for which a fixed sentence would be false."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.theory.angles import angle_between
from logreg.theory.landscape import point_pulls
from logreg.ui.observation_3.pair import default_flip, make_pair
from logreg.ui.observation_3.settling import settling_idea
from tests.ui.hard_points import SHAPES
from tests.ui.lessons import asked
from tests.ui.observation_3_page import LESSON

POINTS = {
    "the lecture’s": headline(),
    "duplicates": Dataset([[1, 0], [1, 0], [0, 0.05]], [1, 0, 1]),
    "nearly separable": Dataset([[1, 1], [2, 1], [-1, -1], [-2, -1.2], [0.01, 0.01]], [1, 1, 0, 0, 0]),
    "an outlier": Dataset([[0.1, 0], [0, 0.2], [-0.1, 0], [0, -0.2], [1000, 3]], [1, 1, 0, 0, 0]),
    "on a line through 0": Dataset([[1, 0], [2, 0], [-1, 0], [-3, 0]], [1, 1, 0, 1]),
    "XOR": Dataset(*SHAPES["XOR"]),
    "one point": Dataset(*SHAPES["one point"]),
    "both at 0": Dataset(*SHAPES["both at 0"]),
    "in one place": Dataset([[1, 0], [1, 0]], [1, 0]),
}


def build(name, scene, view, **said):
    return LESSON.scenes[scene - 1].build(asked(LESSON, POINTS[name], view=view, **said))


def idea(name, scene, view, **said):
    return build(name, scene, view, **said).show.caption.split("\n")[0]


def pair_of(name, fit_bias=False):
    return make_pair(POINTS[name], default_flip(POINTS[name], "overlapping", fit_bias), fit_bias)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("the lecture’s", "In A the direction is settled long before the length; in B it is not."),
        ("one point", "The direction is settled long before the length."),
        ("nearly separable", "In B the direction is settled long before the length; in A it is not."),
        ("XOR", "Neither run has a direction that could settle."),
        ("in one place", "In B the direction is settled long before the length; A has no direction."),
        ("on a line through 0", "Here the direction is not settled long before the length."),
        ("an outlier", "At step 100,000 A is still 6.584° off its limit direction and B is still 9.092° off"),
    ],
)
def test_the_direction_is_said_to_be_settled_first_only_where_it_is(name, says):
    assert idea(name, 8, 2).startswith(says)


@pytest.mark.parametrize("name", POINTS)
def test_a_direction_that_is_settled_long_before_the_length_hardly_turns_in_the_last_nine_tenths(name):
    pair = pair_of(name)
    said = settling_idea(pair)
    for side in pair.sides:
        run = side.trajectory
        if said.startswith(("The direction", f"In {side.name}")):
            later = run.weights[run.steps >= run.last_step / 10]
            assert np.max(angle_between(later, side.limit.weights)) < 1.001


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("duplicates", "A: on the limit from step 1 on"),
        ("in one place", "A: no direction, B: on the limit from step 1 on"),
        ("XOR", "A and B: no direction"),
    ],
)
def test_a_run_that_never_leaves_its_limit_direction_is_not_said_to_have_none(name, says):
    angles = build(name, 8, 2).show.pictures.curves[0]
    assert says in [note["text"] for note in angles.layout["annotations"]]
    assert angles.alt.endswith(f"{says}.")


def test_points_on_the_line_are_said_to_pull_though_none_is_misclassified():
    said = build("duplicates", 5, 2)
    assert said.lines[0] == (
        "**A.** At step 100,000 no point is misclassified, but 2 points on the line pull for ever: "
        "they cancel each other, and with the rest the arrows never close."
    )
    a = pair_of("duplicates").a
    pulls = point_pulls(a.dataset, a.trajectory.model, fit_bias=False)
    assert np.linalg.norm(pulls, axis=1)[:2] == pytest.approx(1 / 6)
    assert not pulls[:2].sum(axis=0).any()
    assert "nothing to cancel, and the arrows never close" in said.lines[1], "B is separable"
    assert said.show.caption == "Without an optimum the pulls of all points never cancel."


def test_a_point_at_the_origin_does_not_count_as_one_that_pulls():
    points = Dataset(*SHAPES["one of them at 0"])
    said = LESSON.scenes[4].build(asked(LESSON, points, view=2, flip=1)).lines[0]
    assert "no point is misclassified: nothing to cancel" in said


@pytest.mark.parametrize(
    ("name", "says", "titles"),
    [
        ("the lecture’s", "Early stopping is not a point of the λ path.", ["two roads to one length"] * 2),
        ("on a line through 0", "Here descent and the λ path are one road.", ["both roads are one"] * 2),
        ("one point", "Here descent and the λ path are one road.", ["both roads are one"] * 2),
        (
            "duplicates",
            "In A descent and the λ path are one road; in B early stopping is not a point of the λ path.",
            ["both roads are one", "two roads to one length"],
        ),
        (
            "in one place",
            "In A w stays at 0; in B descent and the λ path are one road.",
            ["w stays at 0", "both roads are one"],
        ),
        ("both at 0", "Here w stays at 0.", ["w stays at 0"] * 2),
    ],
)
def test_early_stopping_is_said_to_be_off_the_path_only_where_it_is(name, says, titles):
    built = build(name, 9, 2)
    assert built.show.caption.split("\n")[0] == says
    assert [drawn.layout["title"]["text"].partition(": ")[2] for drawn in built.show.pictures.curves] == titles
    for line, title in zip(built.lines, titles, strict=True):
        assert ("° off the minimum" in line) == (title == "two roads to one length")


@pytest.mark.parametrize(
    ("name", "costs", "lowest", "line"),
    [
        (
            "the lecture’s",
            "In A there are directions that are free; in B none is.",
            "B has a lowest point; A has none.",
            "A valley without end has no lowest point; a bowl has one lowest point.",
        ),
        (
            "on a line through 0",
            "Every direction that changes the loss costs something in both sets: each has a minimum.",
            "A and B have more than one lowest point.",
            "A trough is lowest along a whole line.",
        ),
        (
            "in one place",
            "In B there are directions that are free; in A none that changes the loss is.",
            "A has more than one lowest point; B has none.",
            "A valley without end has no lowest point; a trough is lowest along a whole line.",
        ),
        (
            "both at 0",
            "No direction changes the loss in either set: every w is a minimum.",
            "A and B have more than one lowest point.",
            "Where all is level every point is lowest.",
        ),
    ],
)
def test_directions_that_change_nothing_are_neither_dear_nor_passed_over(name, costs, lowest, line):
    assert idea(name, 4, 1) == costs
    landscapes = build(name, 8, 1)
    assert landscapes.show.caption.split("\n")[0] == lowest
    assert landscapes.lines == (f"Same window and same levels on both sides. {line}",)
    for drawn in landscapes.show.pictures.curves:
        shape = drawn.layout["title"]["text"].partition(": ")[2].partition(",")[0]
        assert shape in line.lower() or shape == "level everywhere"
