"""The contract between Python and the browser: what is sent to a stage, and what may be said back, as types.

contract.js says the same in the browser's words. payload.py packs what is sent, messages.py checks what is said. Tests
hold the two files to each other, and both to what really goes over the wire.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypedDict

Axis = Literal["log", "linear"]
Layout = Literal["explorer", "rows", "columns", "planes"]
Click = Literal["edit", "flip"]
Row = Literal["transport", "editor"]
Op = Literal["add", "flip", "move", "delete", "undo", "redo", "reset"]

NEEDS: dict[str, tuple[str, ...]] = {
    "add": ("x", "y", "label"),
    "flip": ("index",),
    "move": ("index", "x", "y"),
    "delete": ("index",),
    "undo": (),
    "redo": (),
    "reset": (),
}
"""What an edit says besides its name."""


# ------------------------------------------------------------------ sent to the browser


class Floats(TypedDict):
    """Numbers of the payload: the place of the first, and how many. The browser reads a Float64Array."""

    floats: list[int]


class Points(TypedDict):
    """Points: X row by row, and their labels."""

    X: Floats
    y: Floats


class Flow(TypedDict):
    """What continues a run: the number of its first record, and the time up to which it was asked for."""

    first: int
    until: float


class Run(TypedDict):
    """A run, one number a record."""

    name: str
    steps: Floats
    w1: Floats
    w2: Floats
    bias: Floats
    loss: Floats
    part: Floats | None
    points: Points | None
    config: str
    flow: Flow | None


class Timeline(TypedDict):
    """A dial with a row of numbers and words for each of its values."""

    name: str
    values: Floats
    columns: dict[str, Floats]
    words: dict[str, list[str]]


class NamedPoints(Points):
    """Points with the name of their class in `logreg`."""

    kind: str


class Script(TypedDict):
    """A script to take along: its imports, its points by name, and what computes the caption's numbers."""

    imports: str
    points: dict[str, NamedPoints]
    body: str


class Figure(TypedDict):
    """A figure, without what the browser fills in itself."""

    data: list[dict[str, Any]]
    layout: dict[str, Any]


class Figures(TypedDict):
    """All figures, planes apart."""

    plane: list[Figure]
    curves: list[Figure]


class Words(TypedDict):
    """What each figure says in words."""

    plane: list[str]
    curves: list[str]


class Can(TypedDict):
    """What of the history of edits there is something for."""

    undo: bool
    redo: bool
    reset: bool


class Look(TypedDict):
    """The theme that Python drew for, and its two class colours."""

    name: str
    classes: list[str]


class Action(TypedDict):
    """A button of the page's own."""

    name: str
    label: str
    help: str
    place: Row


class Shown(TypedDict):
    """What is on the stage, beside runs and figures."""

    layout: Layout
    caption: str
    targets: list[float | None]
    hidden: int | None
    theme: Look
    alt: Words


class Edited(TypedDict):
    """Which plane's points can be edited, and how."""

    editable: int | None
    click: Click
    can: Can


class Stand(TypedDict):
    """The step and the axis at first."""

    step: int | None
    axis: Axis


class About(TypedDict):
    """Where marks and terms have their meaning from: a lesson by its name, its scene by its title; "" is anywhere."""

    lesson: str
    scene: str


class Header(Shown, Edited, Stand):
    """All of a payload that is neither run nor figure."""

    seek: int
    scene: str
    about: About
    actions: list[Action]
    more: str | None
    answered: int
    session: str
    link: bool
    home: Literal["start", "end"]
    points: str | None
    pin: str | None
    message: str | None


class Body(TypedDict):
    """Runs, figures and script: the larger part, and the same for every visitor."""

    runs: list[Run]
    timeline: Timeline | None
    script: Script | None
    figures: Figures


class Payload(Header, Body):
    """All that is sent to a stage."""


# ------------------------------------------------------------------ said by the browser


@dataclass(frozen=True)
class Edit:
    """Hold one change of the points.

    Parameters
    ----------
    op : {"add", "flip", "move", "delete", "undo", "redo", "reset"}
        What to do.
    index : int or None
        Which point, for flip, move and delete.
    x, y : float or None
        Where to, for add and move; finite.
    label : {0, 1} or None
        The class, for add.
    drag : int or None
        For move, the drag that it is a part of: all moves of one drag are one step in the history.
    """

    op: Op
    index: int | None = None
    x: float | None = None
    y: float | None = None
    label: int | None = None
    drag: int | None = None


@dataclass(frozen=True)
class Rest:
    """Hold where a stage rests.

    Parameters
    ----------
    step : int
        The step on the screen.
    axis : {"log", "linear"}
        The step axis.
    at_end : bool
        Whether it is the last, and stays the last when the run changes.
    seek : int
        Of the payload that it shows: a report may come late, when the page has gone on.
    """

    step: int
    axis: Axis
    at_end: bool = False
    seek: int = 0
