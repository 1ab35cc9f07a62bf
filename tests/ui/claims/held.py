"""Every view of these lessons with the check of what it says."""

from importlib import import_module

from logreg.data.checks import BeyondFloat64
from tests.ui.claims.seen import Seen
from tests.ui.lessons import LESSONS, lesson_of
from tests.ui.states import sentence_faults

HELD_ELSEWHERE = {"observation_3"}
"""Lessons whose every clause `tests/benchmarks/trial_truth.py` knows."""
LESSON = {name: lesson_of(name) for name in LESSONS if name not in HELD_ELSEWHERE}
CLAIMS = {name: import_module(f"tests.ui.claims.{name}") for name in LESSON}


def check_claims(name, dataset, scenes):
    """Hold what scenes say against a second hand; a scene that says in one sentence why not says enough."""
    for (number, view), check in scenes.items():
        seen = Seen(LESSON[name], number, view, dataset)
        if (refusal := refused(seen)) is not None:
            assert sentence_faults(refusal) == []
            continue
        assert seen.built.without_points == "" or scenes is CLAIMS[name].OF_ITS_OWN or seen.scene.chosen_view > 1
        check(seen)


def refused(seen):
    """Return the sentence of a scene that cannot show these points; None of one that does."""
    try:
        assert seen.built
    except BeyondFloat64 as error:
        return str(error)
    return None


def check_scenes_of_their_own(name):
    """Hold the scenes that have points of their own against a second hand; Beyond's, in the file that draws them."""
    lesson, scenes = LESSON[name], CLAIMS[name].OF_ITS_OWN
    dataset = lesson.points[0].make()
    for number, view in scenes:
        assert sentence_faults(Seen(lesson, number, view, dataset).built.no_points) == []
    check_claims(name, dataset, scenes)
