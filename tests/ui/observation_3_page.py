"""Observation 3 through the frame, without a browser: how its tests open it and read it."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.ui.stage import encode_points
from tests.ui.lessons import lesson_of

ROOT = Path(__file__).resolve().parents[2]

FRAME = str(ROOT / "logreg/ui/frame.py")

LESSON = lesson_of("observation_3")

EVERY_VIEW = [(n, view) for n, scene in enumerate(LESSON.scenes, 1) for view in range(1, max(len(scene.views), 1) + 1)]

GRID = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]

OWN = {
    "XOR": (GRID, [0, 1, 1, 0]),
    "XOR around the origin": ([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]], [0, 1, 1, 0]),
    "one point": ([[1.0, 1.0]], [1]),
    "one point at the origin": ([[0.0, 0.0]], [1]),
    "one class": ([[1.0, 1.0], [2.0, 1.0], [1.0, 3.0]], [1, 1, 1]),
    "one class around the origin": ([[1.0, 1.0], [-2.0, 1.0], [1.0, -3.0]], [0, 0, 0]),
    "collinear, through the origin": ([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], [0, 1, 0]),
    "collinear, off the origin": ([[-1.0, 1.0], [1.0, 1.0], [2.0, 1.0], [3.0, 1.0]], [0, 1, 0, 1]),
    "twice the same place": ([[1.0, 1.0], [1.0, 1.0]], [0, 1]),
    "a gap of 2e-8": ([[1e8, 0.0], [1e8 + 2e-8, 0.0], [1e8, 1.0]], [0, 1, 1]),
    "very large": ([[1e150, 0.0], [-1e150, 1.0]], [0, 1]),
}


def open_page(mine=None, answered=True, **parameters):
    at = AppTest.from_file(FRAME, default_timeout=600).run()
    at.switch_page("../../pages/observation_3.py")
    if mine is not None:
        parameters |= {"mine": "true", "pts": encode_points(Dataset(*mine))}
    for key, value in parameters.items():
        at.query_params[key] = str(value)
    at.run()
    assert not at.exception, at.exception
    return answer(at) if answered and not at.toast else at


def answer(at, number=0):
    """Answer the scene's question, where it has one."""
    for group in at.button_group:
        if group.key and group.key.endswith("_answer"):
            group.set_value(group.options[number]).run()
            assert not at.exception, at.exception
    return at


def header(at):
    sent = bytes(at.get("bidi_component")[0].proto.bytes)
    return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def caption(at):
    return header(at)["caption"]


def lines(at):
    return " ".join(m.value for m in at.main.markdown).replace("\\*", "*")


def said(at):
    return f"{caption(at)} {lines(at)} {' '.join(c.value for c in at.main.caption)}".replace("\\*", "*")


def check_told(told):
    assert told
    assert "nan" not in told
    assert "not a number" not in told


TOO_LARGE = ([[1e200, 0.0], [-1e200, 1.0]], [0, 1])


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at
