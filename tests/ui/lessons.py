"""Lessons without a browser: their scenes built directly, their pages opened through the frame."""

import runpy
from pathlib import Path
from unittest import mock

from streamlit.testing.v1 import AppTest

from logreg.figures.theme import LIGHT
from logreg.ui import laboratory
from logreg.ui.address import read
from logreg.ui.lesson import Asked

ROOT = Path(__file__).resolve().parents[2]
FRAME = str(ROOT / "logreg" / "ui" / "frame.py")


def lesson_of(name):
    """Return the `LESSON` that a page writes down, without drawing it."""
    with mock.patch("logreg.ui.lesson.show"):
        return runpy.run_path(str(ROOT / "pages" / f"{name}.py"))["LESSON"]


def asked(lesson, dataset, *, view=1, is_answered=True, theme=LIGHT, **said):
    """Return what a scene is asked for; `said` is what a link says of the lesson's fields."""
    words = read({name: [str(value)] for name, value in said.items()}, (*lesson.fields, *laboratory.FIELDS))
    return Asked(dataset, False, view, words, is_answered, theme)


def build(lesson, number, dataset, **said):
    """Return the view of a scene."""
    return lesson.scenes[number - 1].build(asked(lesson, dataset, **said))


def open_lesson(name, **parameters):
    """Return a page, opened through the frame."""
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    at.switch_page(f"../../pages/{name}.py")
    for key, value in parameters.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def said(at):
    """Return everything written on the page."""
    return " ".join(element.value for element in [*at.main.markdown, *at.main.caption])
