"""Lessons without a browser: their scenes built directly, their pages opened through the frame."""

import json
import runpy
from pathlib import Path
from unittest import mock

from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.figures.theme import LIGHT
from logreg.ui import laboratory
from logreg.ui.address import read
from logreg.ui.lesson import Asked
from logreg.ui.stage import encode_points
from tests.ui.hard_points import SHAPES

ROOT = Path(__file__).resolve().parents[2]
FRAME = str(ROOT / "logreg" / "ui" / "frame.py")
LESSONS = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if "show(LESSON)" in path.read_text())

OVERLAP = headline(HEADLINE.index((2.6, 2.4)))
HARD = {
    name: Dataset(*SHAPES[name])
    for name in ("XOR around 0", "one class around 0", "one point", "meeting at 0", "in one place", "both at 0")
}
"""Points on which a sentence is easily wrong."""


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


def link_of(at):
    """Return what the address of an opened page says, by key."""
    return {key: text if isinstance(text, str) else text[0] for key, text in at.query_params.items()}


STAGE = "logreg_stage"


def stages_of(at):
    """Return the stages of a page, among its components."""
    return [one for one in at.get("bidi_component") if one.proto.component_name == STAGE]


def header(at):
    """Return what the stage was sent, without its numbers; None where there is no stage."""
    found = stages_of(at)
    if not found:
        return None
    sent = bytes(found[0].proto.bytes)
    return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def said(at):
    """Return every text of the page."""
    parts = [*at.markdown, *at.caption, *at.error, *at.warning, *at.toast]
    return "\n".join(part.value for part in parts)


def scenes_of(at):
    """Return how many scenes the page of a lesson has."""
    return sum(button.key is not None and button.key.startswith("scene_") for button in at.button)
