"""States of every page that nobody chose: no exception, no warning, whole sentences, and no number that is none.

`python -m tests.benchmarks.trial_states 5000` is the long form.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.registry import make_dataset
from logreg.ui.explorer.controls import OWN_POINTS
from tests.ui.lessons import LESSONS
from tests.ui.states import State, draw_lesson, draw_state, faults, filled, lesson, opened

VIEWS = [
    (name, number, view)
    for name in LESSONS
    for number, scene in enumerate(lesson(name).scenes, 1)
    for view in range(1, 1 + max(1, len(scene.views)))
]
SCENES = [(2, 1), (3, 1), (4, 1), (5, 1), (8, 1), (8, 2), (9, 2)]
_IRIS = "iris_setosa_versicolor", "iris_versicolor_virginica"
SIZES = [5e-324, 1e-306, 1e-157, 1e-155, 1e150, 8e153, 1.7e308]


@pytest.mark.sweep
@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_any_link_and_any_points_give_whole_sentences_and_numbers(random):
    state = draw_state(random)
    assert faults(state) == [], state


@pytest.mark.sweep
@pytest.mark.parametrize("name", LESSONS)
@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_any_link_of_a_lesson_and_any_points_give_whole_sentences_and_numbers(name, random):
    state = draw_lesson(random, name)
    assert faults(state) == [], state


@pytest.mark.sweep
@pytest.mark.parametrize(("name", "scene", "view"), VIEWS)
def test_every_view_of_every_lesson_has_whole_sentences_and_numbers(name, scene, view):
    assert faults(State(name, {"scene": str(scene), "view": str(view)})) == []


def test_a_caption_is_read_as_the_browser_fills_it_in():
    dial = {"r": [1.0, 2.0], "gap": [float("nan"), 3.0], "word": ["one", "two"]}
    assert filled("At {r} it is {word}[, off by {gap}]; {0.norm}.", dial, 0) == "At 1 it is one; {0.norm}."
    assert filled("At {r} it is {word}[, off by {gap}]; {0.norm}.", dial, 1) == "At 2 it is two, off by 3; {0.norm}."


@pytest.mark.sweep
@pytest.mark.parametrize("bias", ["true", "false"])
@pytest.mark.parametrize("size", SIZES)
def test_points_of_any_size_have_every_scene_or_one_sentence_why_not(size, bias):
    corners = ((size, 0.0), (-size, size), (0.0, -size), (size / 2, size))
    all_labels = [(0, 1, 1, 0), (1, 1, 1, 1), (0, 1, 0, 0)]
    for number, (scene, view) in enumerate(SCENES):
        link = {"scene": str(scene), "view": str(view), "with_bias": bias, "mine": "true"}
        state = State("observation_3", link, (corners, all_labels[number % 3]))
        assert faults(state) == [], state
    assert faults(State("explorer", {"data": OWN_POINTS, "bias": bias, "eta": "10"}, (corners, all_labels[0]))) == []


@pytest.mark.parametrize("points", [((1e150, 1e-150), (-1e-150, 1e150)), ((1e150, 0.0), (1e-150, 0.0))])
@pytest.mark.parametrize(("scene", "view"), SCENES)
def test_points_of_two_sizes_have_every_scene(scene, view, points):
    link = {"scene": str(scene), "view": str(view), "with_bias": "true", "mine": "true"}
    assert faults(State("observation_3", link, (points, (0, 1)))) == []


@pytest.mark.parametrize(("name", "scene", "view"), [(_IRIS[0], 2, 1), (_IRIS[0], 6, 1), (_IRIS[1], 8, 2)])
def test_the_iris_petals_go_on_by_flow(name, scene, view):
    data = make_dataset(name)
    points = tuple(map(tuple, data.X.tolist())), tuple(data.y.tolist())
    link = {"scene": str(scene), "view": str(view), "mine": "true", "flow": "true"}
    assert faults(State("observation_3", link, points)) == []


@pytest.mark.parametrize("zero", ["-0", "-0.0", "-1e-400"])
@pytest.mark.parametrize(
    ("title", "knob"), [("Moons", "moons_noise"), ("Circles", "circles_noise"), ("XOR", "xor_spread")]
)
def test_minus_zero_in_a_link_is_zero(title, knob, zero):
    assert faults(State("explorer", {"data": title, knob: zero})) == []


def said(state):
    at = opened(state)
    return " ".join(e.value for e in [*at.error, *at.main.markdown, *at.main.caption])


def test_what_float64_cannot_train_on_is_said_to_the_reader_and_not_in_the_code_s_words():
    for size, word in ((1e200, "large"), (1e-170, "small")):
        points = ((size, 0.0), (-size, size)), (0, 1)
        for page, link in (("explorer", {"bias": "false"}), ("observation_3", {"mine": "true"})):
            text = said(State(page, link, points))
            assert f"These points are too {word} to train on with η = 1/L" in text
            assert "learning_rate" not in text
            assert " inf" not in text


def test_a_bound_beyond_float64_is_not_called_zero():
    points = ((1e200, 0.0), (-1e200, 1e200)), (0, 1)
    assert "η = 10,000 > 2/L, which is below 10⁻³⁰⁷: the loss may rise." in said(
        State("explorer", {"eta": "10000"}, points)
    )
    points = ((1e-200, 0.0), (-1e-200, 1e-200)), (0, 1)
    assert "η = 10,000 < 2/L, which is above 10³⁰⁷: the loss never rises." in said(
        State("explorer", {"eta": "10000", "bias": "false"}, points)
    )


@pytest.mark.parametrize(("scene", "view"), [*SCENES, (9, 1)])
def test_a_rate_beyond_float64_is_not_called_infinite(scene, view):
    tiny = 2.3e-308
    points = ((0.0, 0.0), (0.0, tiny), (tiny, 0.0), (tiny, tiny), (0.0, 0.0)), (1, 0, 1, 0, 1)
    link = {"scene": str(scene), "view": str(view), "mine": "true", "with_bias": "true"}
    assert faults(State("observation_3", link, points)) == []
    assert "so more than float64 can hold a decade" in said(State("observation_3", link, points))


def test_a_run_that_leaves_float64_shows_numbers_of_its_last_finite_step():
    text = said(State("explorer", {"eta": "10000", "l2": "10", "start": "badly wrong"}))
    assert "The last finite step is shown." in text
    assert "not a number" not in text
    assert "∞" not in text
