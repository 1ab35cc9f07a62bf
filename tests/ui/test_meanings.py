"""Whatever is drawn or written in a scene can be asked: it has one plain sentence."""

import re

import pytest

from logreg.data.registry import make_dataset
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.plane import decision_boundary
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from tests.ui.lessons import LESSONS as PAGES
from tests.ui.lessons import build, lesson_of
from tests.ui.meanings import LESSONS, SHARED, check_meanings, plain, unexplained, unexplained_words


@pytest.mark.parametrize("name", [name for name in PAGES if name != "beyond"])
def test_every_mark_and_letter_of_every_further_view_has_its_sentence(name):
    """Of every scene's first view test_lessons.py holds the same; those that train long are built in test_beyond.py."""
    lesson = lesson_of(name)
    for number, scene in enumerate(lesson.scenes, 1):
        for view in range(2, len(scene.views) + 1):
            check_meanings(lesson, scene, build(lesson, number, lesson.points[0].make(), view=view))


@pytest.mark.parametrize("name", PAGES)
def test_every_letter_and_every_technical_word_of_the_notes_has_its_sentence(name):
    lesson = lesson_of(name)
    for scene in lesson.scenes:
        texts = [*scene.notes.split("\n\n"), *([scene.question.text] if scene.question else [])]
        assert unexplained(name, scene.title, [], texts) == [], "each needs its sentence in says*.js"
        assert unexplained_words(name, scene.title, " ".join(texts)) == [], scene.title


def test_a_word_and_an_indexed_letter_without_a_sentence_are_found():
    assert unexplained("gradient", "Plateaus", [], ["of ξᵢ and ψ₂"]) == ["ξᵢ in: of ξᵢ and ψ₂", "ψ₂ in: of ξᵢ and ψ₂"]
    assert unexplained_words("gradient", "Plateaus", "a Wilson interval, the convex\nhull") == ["Wilson"]


def test_the_explorer_s_marks_have_theirs():
    run = train(make_dataset("separable_blobs"), TrainingConfig(n_steps=10))
    plane = decision_boundary(run.dataset, run.model)
    curves = [norm_growth(run, optimum_norm=1.0, pinned=run), loss_curve(run, optimum_loss=0.1, pinned=run)]
    assert unexplained("", "", plain([plane, *curves]), []) == []


def test_a_mark_without_a_sentence_and_a_letter_without_one_are_found():
    figure = {"data": [{"meta": {"role": "board", "part": "new"}}], "layout": {"title": {"text": "w = 1, ψ = 2"}}}
    assert unexplained("gradient", "Plateaus", [figure], ["of ξ"]) == ["board new", "ψ in: w = 1, ψ = 2", "ξ in: of ξ"]


def test_every_sentence_is_one_of_plain_text_and_of_a_scene_that_there_is():
    titles = {name: {scene.title for scene in lesson_of(name).scenes} for name in PAGES}
    assert LESSONS.keys() <= titles.keys()
    for name, says in {"": SHARED, **LESSONS}.items():
        for what, said in [*says["marks"].items(), *says["terms"].items()]:
            assert re.fullmatch(r"[^<>&\n]{9,150}\.", said), said
            assert " @ " not in what or what.split(" @ ")[1] in titles[name], what
