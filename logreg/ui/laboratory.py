"""The points on the screen: made by a control, read from a file or a link, edited by hand, with undo."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS
from logreg.ui.address import note_move
from logreg.ui.fields import Choice, Field, Number
from logreg.ui.results import Source
from logreg.ui.shelf import Shelf
from logreg.ui.stage import Edit, History, decode_points, encode_points
from logreg.ui.stage.changes import MARK, decode_changes, encode_changes
from logreg.ui.stage.points import LONGEST_LINK
from logreg.ui.visitor import browser

_POINTS = "laboratory_points"
_MOST_BYTES = 32 * 2**20  # of ways back that a reload finds again


@dataclass(frozen=True)
class EditedPoints:
    """The edited points in a link: written by the stage, read once."""

    key: str = "pts"
    default: Dataset | None = None

    def read(self, text: str) -> Dataset | None:
        """Return the points, or raise a ValueError."""
        try:
            return decode_points(text)
        except ValueError:
            raise ValueError("points as this page writes them") from None


@dataclass(frozen=True)
class Changes:
    """Hold what was changed of a preset, as a link says it."""

    text: str


@dataclass(frozen=True)
class PointsOrChanges:
    """The edited points in the explorer's link: whole, or as what was changed of the points that its settings make."""

    key: str = "pts"
    default: Dataset | Changes | None = None

    def read(self, text: str) -> Dataset | Changes | None:
        """Return the points or the changes, or raise a ValueError."""
        return Changes(text) if text.startswith(MARK) else PTS.read(text)


PTS = EditedPoints()
LINKED = PointsOrChanges()
_WHOLE = Number("step", "Step", 0, 10**12, 0, whole=True)
END = -1
"""What `STEP` says of a stage that rests at its end, wherever that is: `step=end` in a link."""


@dataclass(frozen=True)
class Step:
    """Where the dial of a stage stands: a step, or the number of its value; None where a link does not say it."""

    key: str = "step"
    default: int | None = None

    def read(self, text: str) -> int | None:
        """Return the step, or `END`; or raise a ValueError that says what it may be."""
        return END if text == "end" else int(_WHOLE.read(text))


STEP = Step()
AXIS = Choice("axis", "Step axis", ("log", "linear"), "log")
FIELDS: tuple[Field[object], ...] = (PTS, STEP, AXIS)
"""What the stage writes into the link; the run on the screen may be shorter than the step says."""


def note_word() -> None:
    """Take note that the stage has said something; step and axis it writes into the address itself."""
    note_move((STEP.key, AXIS.key))


def set_preset(preset: Dataset, source: Hashable, linked: Dataset | Changes | None) -> str | None:
    """Put the points that the controls ask for on the screen.

    A new source replaces edited points, and undo brings them back; the same source leaves them.

    Parameters
    ----------
    preset : Dataset
        What the controls ask for.
    source : hashable
        What decides the preset: a `Source`, or a key of the visitor's own points.
    linked : Dataset, Changes or None
        The edited points that the address holds: at the first look they are on the screen.

    Returns
    -------
    str or None
        A sentence, if these cannot be read.
    """
    problem = None
    kept: tuple[Hashable, History] | None = st.session_state.get(_POINTS)
    if kept is None:
        first, problem = _first(preset, linked)
        points = _known(History(first, preset))
    elif kept[0] == source:
        points = kept[1]
    elif kept[1].is_edited or kept[1].can_undo or kept[1].can_redo:
        points = replace(kept[1].push(preset), preset=preset)
    else:
        points = History(preset, preset)
    _keep(source, points)
    return problem


def _first(preset: Dataset, linked: Dataset | Changes | None) -> tuple[Dataset, str | None]:
    """Return the points of the first look, and a sentence if those of the link cannot be read."""
    try:
        points = decode_changes(linked.text, preset) if isinstance(linked, Changes) else linked
    except ValueError as error:
        return preset, str(error)
    return (preset if points is None else replace(points, name=f"{preset.name}, edited")), None


def is_first_look() -> bool:
    """Return whether there are no points yet: what the address says of them, and beside them, is to be used."""
    return _POINTS not in st.session_state


def history() -> History:
    """Return the points on the screen, edited or not, with their ways back."""
    kept: tuple[Hashable, History] = st.session_state[_POINTS]
    return kept[1]


def history_of(dataset: Dataset) -> History | None:
    """Return the points on the explorer's screen with their ways back, if they are these; else None."""
    kept: tuple[Hashable, History] | None = st.session_state.get(_POINTS)
    return kept[1] if kept is not None and kept[1].shows(dataset) else None


def source() -> Source | None:
    """Return what makes the preset; None for a visitor's own points."""
    kept, _ = st.session_state[_POINTS]
    return kept if isinstance(kept, Source) else None


def features() -> tuple[str, ...]:
    """Return what the coordinates of the points on the screen are; nothing where they are shifted, or no measures."""
    made = source()
    return () if made is None or dict(made.knobs).get("offset") else DATASETS[made.name].features


def forget() -> None:
    """Let go of the points: the next look at the page takes them from the address, or makes them."""
    st.session_state.pop(_POINTS, None)


def points_of_this_visit() -> Dataset | None:
    """Return the points that the explorer showed last, for another page; None before its first show."""
    kept: tuple[Hashable, History] | None = st.session_state.get(_POINTS)
    return None if kept is None else kept[1].present


def edit_points(edit: Edit) -> None:
    """Apply one edit from the stage to the points on the screen; a ValueError's sentence goes back to the reader."""
    source, kept = st.session_state[_POINTS]
    _keep(source, kept.apply(edit))


def replace_points(dataset: Dataset) -> None:
    """Put other points on the screen, as one step that undo takes back."""
    source, kept = st.session_state[_POINTS]
    _keep(source, kept.push(dataset))


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf[History]:
    """Return this server's ways back and forward, by browser and points: a reload finds them, a restart does not."""
    return Shelf(_MOST_BYTES)


def _name(points: History) -> tuple[str, bytes, bytes] | None:
    """Return by what a browser finds ways back and forward again; None where it takes no cookies."""
    name = browser()
    return None if name is None else (name, points.present.X.tobytes(), points.present.y.tobytes())


def _keep(source: Hashable, points: History) -> None:
    """Put points on the screen, with their ways back and forward, which a reload in the same browser finds again."""
    st.session_state[_POINTS] = (source, points)
    if (points.can_undo or points.can_redo) and (name := _name(points)):
        _shelf().put(name, points)


def _known(points: History) -> History:
    """Return points of a first look with the ways back and forward that this browser has had from them."""
    found = _shelf().find(name) if (name := _name(points)) else None
    return points if found is None else replace(points, past=found.past, future=found.future)


def link_of(points: History) -> tuple[str | None, str | None]:
    """Return the points for the link where no control makes them, and a sentence where they do not fit into one."""
    if source() is None:
        return written(points.present)
    if not points.is_edited:
        return None, None
    whole, too_long = written(points.present)
    changes = encode_changes(points.present, points.preset)
    if len(changes) <= LONGEST_LINK and (whole is None or len(changes) < len(whole)):
        return changes, None
    return whole, too_long


def written(dataset: Dataset) -> tuple[str | None, str | None]:
    """Return points for the link, and a sentence where they do not fit into one."""
    try:
        return encode_points(dataset), None
    except ValueError as error:
        return None, str(error)
