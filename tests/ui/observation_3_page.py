"""Observation 3 through the frame, without a browser: how its tests open it and read it."""

from tests.figures.moving import check_picture
from tests.ui.hard_points import SHAPES
from tests.ui.lessons import header, lesson_of, open_lesson

LESSON = lesson_of("observation_3")
EVERY_VIEW = [(n, view) for n, scene in enumerate(LESSON.scenes, 1) for view in range(1, max(len(scene.views), 1) + 1)]

_OF_OTHERS = ("XOR", "XOR around 0", "one point", "at 0", "one class around 0", "collinear", "collinear through 0")
OWN = {name: SHAPES[name] for name in (*_OF_OTHERS, "in one place")} | {
    "one class": ([[1.0, 1.0], [2.0, 1.0], [1.0, 3.0]], [1, 1, 1]),
    "a gap of 2e-8": ([[1e8, 0.0], [1e8 + 2e-8, 0.0], [1e8, 1.0]], [0, 1, 1]),
    "very large": ([[1e150, 0.0], [-1e150, 1.0]], [0, 1]),
}


def open_page(mine=None, answered=True, **parameters):
    at = open_lesson("observation_3", mine, **parameters)
    return answer(at) if answered and not at.toast else at


def answer(at, number=0):
    """Answer the scene's question, where it has one."""
    for group in at.button_group:
        if group.key and group.key.endswith("_answer"):
            group.set_value(group.options[number]).run()
            assert not at.exception, at.exception
    return at


def caption(at):
    return header(at)["caption"]


def lines(at):
    return " ".join(m.value for m in at.main.markdown).replace("\\*", "*")


def said(at):
    return f"{caption(at)} {lines(at)} {' '.join(c.value for c in at.main.caption)}".replace("\\*", "*")


def check_drawn(built, theme):
    for drawn in (*built.show.pictures.planes, *built.show.pictures.curves):
        check_picture(drawn, theme)
        kinds = drawn.layout["meta"].keys() & {"quantity", "static", "field"}
        assert len(kinds) == 1, "what a stage plays is told from what stands still"


def check_told(told):
    assert told
    assert "nan" not in told
    assert "not a number" not in told


TOO_LARGE = ([[1e200, 0.0], [-1e200, 1.0]], [0, 1])


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at
