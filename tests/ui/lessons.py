"""Lessons without a browser: their scenes built directly, their pages opened through the frame."""

import json
import re
import runpy
from pathlib import Path
from unittest import mock

from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.figures.theme import LIGHT
from logreg.ui import laboratory
from logreg.ui.address import read
from logreg.ui.lesson import Asked
from logreg.ui.stage import encode_points

ROOT = Path(__file__).resolve().parents[2]
FRAME = str(ROOT / "logreg" / "ui" / "frame.py")
LESSONS = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if "show(LESSON)" in path.read_text())


XOR = Dataset([[-1, -1], [1, 1], [-1, 1], [1, -1]], [0, 0, 1, 1])
ONE_CLASS = Dataset([[1.0, 0.5], [2.0, 1.0]], [1, 1])
ONE_POINT = Dataset([[1.0, -2.0]], [0])
TOUCHING = Dataset([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [-1.0, 0.0]], [1, 1, 0, 0])
"""Points on which a sentence is easily wrong."""


def check_places(built):
    """Every place of a scene's sentence has one number, or one text, at every value of its dial."""
    dial = built.show.timeline
    for name in re.findall(r"\{(\w+)\}", built.show.caption):
        assert name == dial.name or name in dial.words or dial.columns[name].ndim == 1


def check_run_sheets(lesson):
    """Every cue leads to a scene, a view and points that there are."""
    words = {one.word for one in lesson.points}
    for cues in lesson.run_sheets.values():
        for cue in cues:
            assert 1 <= int(cue.link["scene"]) <= len(lesson.scenes)
            views = lesson.scenes[int(cue.link["scene"]) - 1].views
            assert 1 <= int(cue.link.get("view", 1)) <= max(len(views), 1)
            assert cue.link.get("points", "lecture") in words


def lesson_of(name):
    """Return the `LESSON` that a page writes down, without drawing it."""
    with mock.patch("logreg.ui.lesson.show"):
        return runpy.run_path(str(ROOT / "pages" / f"{name}.py"))["LESSON"]


def asked(lesson, dataset, *, view=1, flip=None, is_answered=True, theme=LIGHT, **said):
    """Return what a scene is asked for; `said` is what a link says of the lesson's fields."""
    words = read({name: [str(value)] for name, value in said.items()}, (*lesson.fields, *laboratory.FIELDS))
    return Asked(dataset, False, flip, view, words, is_answered, theme)


def build(lesson, number, dataset, **said):
    """Return the view of a scene."""
    return lesson.scenes[number - 1].build(asked(lesson, dataset, **said))


def open_lesson(name, own=None, **parameters):
    """Return a page, opened through the frame by a link; `own` are the reader's own points, as rows and labels."""
    at = AppTest.from_file(FRAME, default_timeout=600).run()
    at.switch_page(f"../../pages/{name}.py")
    if own is not None:
        parameters |= {"points": "mine", "pts": encode_points(Dataset(*own))}
    for key, value in parameters.items():
        at.query_params[key] = str(value)
    at.run()
    assert not at.exception, at.exception
    return at


def header(at):
    """Return what the stage was sent, without its numbers; None where there is no stage."""
    stages = at.get("bidi_component")
    if not stages:
        return None
    sent = bytes(stages[0].proto.bytes)
    return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def said(at):
    """Return every text of the page."""
    parts = [*at.markdown, *at.caption, *at.error, *at.warning, *at.toast]
    return "\n".join(part.value for part in parts)


def scenes_of(at):
    """Return how many scenes the page of a lesson has."""
    return sum(button.key is not None and button.key.startswith("scene_") for button in at.button)
