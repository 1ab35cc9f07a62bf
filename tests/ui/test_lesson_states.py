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
from tests.ui.claims.held import CLAIMS, LESSON, check_claims, check_scenes_of_their_own
from tests.ui.hard_points import points_and_labels
from tests.ui.lessons import asked
from tests.ui.states import draw_points, figure_faults, sentence_faults

SOME = settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Few examples; none is made smaller, which would take minutes."""
CANCELLING = [[100.1, 100.0], [100.2, 100.0], [99.7, 100.0], [100.0, 101.0], [100.0, 99.0], [100.0, 100.0]]
PLACE = re.compile(r"\{(\w+)\}")


def faults(lesson, number, dataset, view):
    """Return what is wrong with a scene: sentences without an end, numbers that are none, places without a number."""
    scene = lesson.scenes[number - 1]
    screen = asked(lesson, dataset, view=view)
    try:
        check_scale(dataset.X, lesson.sizes, moves=True)
        built = scene.build(screen)
        reason = "" if scene.question is None else scene.question.because(screen)
    except BeyondFloat64 as error:
        return sentence_faults(str(error))
    dial, pictures = built.show.timeline, [*built.show.pictures.planes, *built.show.pictures.curves]
    words = [] if dial is None else [text for texts in dial.words.values() for text in texts]
    found = [fault for text in [*built.lines, reason, *(p.alt for p in pictures)] for fault in sentence_faults(text)]
    found += [f"no number: {text}" for text in words if "nan" in text or "not a number" in text]
    known = set() if dial is None else {dial.name, *dial.columns, *dial.words}
    found += [f"{place} has no number" for place in PLACE.findall(built.show.caption) if place not in known]
    return found + [fault for shown in pictures for fault in figure_faults(shown.figure.to_plotly_json())]


@pytest.mark.parametrize("name", LESSON)
def test_no_view_of_any_scene_goes_unchecked(name):
    views = {(n, v) for n, one in enumerate(LESSON[name].scenes, 1) for v in range(1, max(len(one.views), 1) + 1)}
    of_points, of_its_own = CLAIMS[name].OF_POINTS, CLAIMS[name].OF_ITS_OWN
    assert views == of_points.keys() | of_its_own.keys()
    assert not of_points.keys() & of_its_own.keys()


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
