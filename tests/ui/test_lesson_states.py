"""Every scene of these lessons on points that nobody chose: a picture and whole sentences, or one sentence why not.

And true ones: what every scene says is done again by a second hand (`tests/ui/claims/`), which knows every sentence.
A scene that nobody checks fails. `python -m tests.benchmarks.trial_lessons` tries many more points.
"""

import re
import warnings

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from logreg.data.checks import BeyondFloat64, check_scale
from logreg.data.dataset import Dataset
from logreg.figures.theme import DARK, LIGHT
from tests.figures.moving import check_moving, check_names
from tests.ui.claims.held import CLAIMS, LESSON, check_claims, check_scenes_of_their_own
from tests.ui.hard_points import points_and_labels
from tests.ui.lessons import HARD, OVERLAP, asked, build
from tests.ui.states import draw_points, figure_faults, sentence_faults

pytestmark = pytest.mark.sweep

SOME = settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Few examples; none is made smaller, which would take minutes."""
CANCELLING = [[100.1, 100.0], [100.2, 100.0], [99.7, 100.0], [100.0, 101.0], [100.0, 99.0], [100.0, 100.0]]
RIGHT = [
    ("bias", 1, "lecture", {}, "No, but one with a bias can"),
    ("bias", 1, "unmoved", {}, "Yes"),
    ("bias", 1, "XOR around 0", {}, "No, and no other line"),
    ("bias", 3, "lecture", {}, "Lower"),
    ("descent", 2, "overlap", {}, "Go round for ever"),
    ("descent", 5, "lecture", {}, "Yes, it comes to rest"),
    ("descent", 5, "overlap", {}, "No, it goes on"),
    ("gradient", 1, "lecture", {}, "All shrink away"),
    ("gradient", 1, "overlap", {}, "They close into a ring"),
    ("gradient", 2, "course", {}, "No, it turns"),
    ("gradient", 6, "lecture", {}, "No: a share is always left"),
    ("gradient", 6, "overlap", {}, "Yes: nothing is left in the sum"),
    ("gradient", 6, "course", {}, "Yes: nothing is left in the sum"),
    ("cross_entropy", 1, "lecture", {}, "Twice as much"),
    ("cross_entropy", 2, "lecture", {}, "Yes, every one"),
    ("cross_entropy", 2, "neuron", {}, "Yes, every one"),
    ("cross_entropy", 2, "overlap", {}, "No, one stays at log 2 or more"),
    ("cross_entropy", 2, "meeting at 0", {}, "No, one stays at log 2 or more"),
    ("cross_entropy", 3, "lecture", {}, "1"),
    ("cross_entropy", 5, "lecture", {}, "squared"),
    ("maximum_likelihood", 1, "lecture", {}, "Yes, one"),
    ("maximum_likelihood", 1, "apart", {}, "No: further is always better"),
    ("maximum_likelihood", 1, "meeting at 0", {}, "No: further is always better"),
    ("maximum_likelihood", 1, "both at 0", {}, "Every w is as good"),
    ("maximum_likelihood", 3, "lecture", {}, "After 1,075 factors"),
    ("maximum_likelihood", 3, "lecture", {"factor": "0.9"}, "Never"),
    ("maximum_likelihood", 5, "lecture", {}, "The same w, and more certain"),
    ("maximum_likelihood", 5, "headline", {}, "There is none, as before"),
    ("beyond", 2, "lecture", {}, "In two"),
    ("beyond", 3, "lecture", {}, "More often"),
    ("beyond", 4, "lecture", {}, "Grow for ever"),
    ("beyond", 4, "lecture", {"view": 2}, "Grow for ever"),
    ("beyond", 4, "lecture", {"view": 3}, "Settle"),
]
SAYS = [
    ("bias", 2, "unmoved", r"it is at −0\.2540"),
    ("bias", 4, "unmoved", r"2/L = 0\.2793 as they are, 8\.000 centred"),
    ("descent", 6, "lecture", r": 16,997 steps of 1/L = 0\.5188.*, 39 steps of 1\.9/λmax"),
    ("maximum_likelihood", 6, "overlap", "the optimum"),
    ("maximum_likelihood", 6, "headline", "there always is, however weak.*on the way to the largest margin"),
]
POINTS = {name: HARD | {"overlap": OVERLAP} | {p.word: p.make() for p in one.points} for name, one in LESSON.items()}


def faults(lesson, number, dataset, view, **said):
    """Return what is wrong with a scene: sentences without an end, numbers that are none, places without a number.

    Its pictures stand alone, and move by its timeline (`check_moving`).
    """
    scene = lesson.scenes[number - 1]
    screen = asked(lesson, dataset, view=view, **said)
    try:
        check_scale(dataset.X, lesson.sizes, moves=True)
        built = scene.build(screen)
        reason = "" if scene.question is None else scene.question.because(screen)
    except BeyondFloat64 as error:
        return sentence_faults(str(error))
    dial, pictures = built.show.timeline, [*built.show.pictures.planes, *built.show.pictures.curves]
    check_moving(dial, built.show.pictures.curves, screen.theme)
    words = [text for texts in dial.words.values() for text in texts]
    found = [fault for text in [*built.lines, reason, *(p.alt for p in pictures)] for fault in sentence_faults(text)]
    found += [f"no number: {text}" for text in words if "nan" in text or "not a number" in text]
    check_names(dial, built.show.caption)
    return found + [fault for shown in pictures for fault in figure_faults(shown.figure.to_plotly_json())]


@pytest.mark.parametrize("name", LESSON)
def test_no_view_of_any_scene_goes_unchecked(name):
    views = {(n, v) for n, one in enumerate(LESSON[name].scenes, 1) for v in range(1, max(len(one.views), 1) + 1)}
    of_points, of_its_own = CLAIMS[name].OF_POINTS, CLAIMS[name].OF_ITS_OWN
    assert views == of_points.keys() | of_its_own.keys()
    assert not of_points.keys() & of_its_own.keys()


@pytest.mark.parametrize(("name", "points"), [(name, points) for name in LESSON for points in POINTS[name]])
def test_every_view_of_a_lessons_points_and_of_hard_ones_says_numbers_that_there_are(name, points):
    for number, view in CLAIMS[name].OF_POINTS:
        assert faults(LESSON[name], number, POINTS[name][points], view) == [], (number, view)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", LESSON)
def test_every_view_is_in_the_colours_of_its_theme_before_and_after_its_question(name, theme):
    dataset = LESSON[name].points[0].make()
    for number, view in CLAIMS[name].OF_POINTS | CLAIMS[name].OF_ITS_OWN:
        for is_answered in (False, True):
            assert faults(LESSON[name], number, dataset, view, theme=theme, is_answered=is_answered) == []


@pytest.mark.parametrize(("name", "number", "points", "link", "right"), RIGHT)
def test_the_right_answer_comes_from_the_state_on_the_screen(name, number, points, link, right):
    question = LESSON[name].scenes[number - 1].question
    screen = asked(LESSON[name], POINTS[name][points], **link)
    assert question.options[question.right(screen)] == right
    assert question.because(screen).endswith(".")


def test_points_of_one_label_have_no_minimum_where_b_is_free_of_the_penalty():
    with pytest.raises(BeyondFloat64, match="one label: with λ on w alone there is no minimum"):
        build(LESSON["bias"], 3, POINTS["bias"]["one class around 0"], view=2)


@pytest.mark.parametrize(("name", "number", "points", "said"), SAYS)
def test_the_lines_say_their_numbers(name, number, points, said):
    view = build(LESSON[name], number, POINTS[name][points])
    assert re.search(said, "\n".join([view.show.caption, *view.lines]), re.DOTALL)


@pytest.mark.parametrize("name", [name for name in LESSON if name != "beyond"])
def test_a_scene_with_points_of_its_own_says_why_and_says_the_truth(name):
    check_scenes_of_their_own(name)


@pytest.mark.parametrize(
    ("name", "view", "X", "y"),
    [
        ("descent", (2, 1), CANCELLING, [1, 1, 1, 0, 0, 0]),  # a race that starts at its end
        ("bias", (3, 2), CANCELLING, [1, 1, 1, 0, 0, 0]),  # moved, all that is left of w is rounding
        ("bias", (2, 2), [[-2.3, 0], [-1.7, 0], [-1.1, 1], [1.1, 0], [1.7, 1], [2.3, 2]], [0, 0, 0, 1, 1, 1]),
        ("bias", (2, 2), [[101.9, 100.0], [101.69, 102.8], [97.7, 98.8], [102.92, 102.0]], [0, 0, 0, 1]),  # slow
        ("cross_entropy", (5, 1), [[0, 0], [0, 1e-6], [1e-6, 0], [1e-6, 1e-6]], [0, 0, 0, 1]),  # from −(1 − 5.00·10⁻¹³)
    ],
)
def test_what_is_left_of_0_by_rounding_is_said_as_such(name, view, X, y):
    check_claims(name, Dataset(X, y), {view: CLAIMS[name].OF_POINTS[view]})


@pytest.mark.parametrize("name", LESSON)
@SOME
@given(drawn=points_and_labels())
def test_what_a_scene_says_of_any_points_is_true(name, drawn):
    check_claims(name, Dataset(*drawn), CLAIMS[name].OF_POINTS)


@pytest.mark.parametrize("name", LESSON)
@SOME
@given(random=st.randoms(use_true_random=False))
def test_any_points_give_every_scene_or_one_sentence_why_not(name, random):
    dataset = Dataset(*draw_points(random))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number, view in CLAIMS[name].OF_POINTS:
            assert faults(LESSON[name], number, dataset, view) == [], (number, view, np.asarray(dataset.X).tolist())
