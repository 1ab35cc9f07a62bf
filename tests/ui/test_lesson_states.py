"""Every scene of these lessons on points that nobody chose: a picture and whole sentences, or one sentence why not."""

import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from tests.ui.lessons import asked, lesson_of
from tests.ui.states import draw_points, figure_faults, sentence_faults

LESSONS = ("cross_entropy", "maximum_likelihood", "sigmoid")
"""Those that hold it: points near the ends of float64 still overflow in others."""
PLACE = re.compile(r"\{(\w+)\}")


def faults(lesson, number, dataset, view):
    """Return what is wrong with a scene: sentences without an end, numbers that are none, places without a number."""
    scene = lesson.scenes[number - 1]
    screen = asked(lesson, dataset, view=view)
    try:
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


@pytest.mark.parametrize("name", LESSONS)
@settings(max_examples=12)
@given(random=st.randoms(use_true_random=False))
def test_any_points_give_every_scene_or_one_sentence_why_not(name, random):
    lesson = lesson_of(name)
    dataset = Dataset(*draw_points(random))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number, scene in enumerate(lesson.scenes, 1):
            for view in range(1, max(len(scene.views), 1) + 1):
                assert faults(lesson, number, dataset, view) == [], (number, view, np.asarray(dataset.X).tolist())
