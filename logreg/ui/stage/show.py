"""What is on a stage, where it stands, and what can be done there: the page says it, and player.py puts it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline
from logreg.ui.stage import contract
from logreg.ui.stage.contract import Axis, Click, Edit, Layout, Row
from logreg.ui.stage.payload import Packed, Pictures, pack
from logreg.ui.stage.points import History
from logreg.ui.stage.run_view import RunView
from logreg.ui.stage.script import Script

ONCE_SEEN = " || "
"""Between a caption's question and its answer, which takes its place once the whole has been seen (caption.js)."""


@dataclass(frozen=True)
class Action:
    """Hold a button of the page's own on the stage.

    Parameters
    ----------
    name : str
        By which the browser asks for it; unique on the stage.
    label, help : str
        What the button says, and what it does.
    run : callable
        Called before the page runs again.
    place : {"transport", "editor"}
        Which row it ends; the editor's row is there where points can be edited.
    """

    name: str
    label: str
    help: str
    run: Callable[[], None]
    place: Row = "transport"


@dataclass(frozen=True, eq=False, kw_only=True)
class Show:
    """Hold what is on a stage.

    Parameters
    ----------
    pictures : Pictures
        Planes, and any curves.
    runs : tuple of RunView
        Played in step. With one plane the second is drawn faint ("pinned"); with several each has its own.
    timeline : Timeline or None
        What bound traces follow. A dial other than the step is played in place of the runs.
    layout : {"explorer", "rows", "columns", "planes"}
        Curves beside one plane; or planes, one above the other, with curves in as many rows, or side by side; or two
        large planes and no curves.
    caption : str
        A sentence with places for the numbers of the step shown; see caption.js.
    targets : tuple of float or None
        For each run the norm that it tends to, for the caption's "short".
    hidden : int or None
        A run whose boundary and probabilities are hidden, for a question; its curves are the pictures' matter.
    theme : Theme
        Its class colours mark the buttons of the classes.
    script : Script or None
        What to take along; without one the runs are.

    Raises
    ------
    ValueError
        If there is nothing to play, or planes and runs do not fit.
    """

    pictures: Pictures
    runs: tuple[RunView, ...] = ()
    timeline: Timeline | None = None
    layout: Layout = "columns"
    caption: str = ""
    targets: tuple[float | None, ...] = ()
    hidden: int | None = None
    theme: Theme = LIGHT
    script: Script | None = None

    def __post_init__(self) -> None:
        planes, n_runs = len(self.pictures.planes), len(self.runs)
        if not (self.runs or self.timeline):
            raise ValueError("runs: expected at least one where there is no timeline.")
        if self.layout == "explorer" and n_runs > 2:
            raise ValueError(f"runs: expected one, or two with one pinned, got {n_runs}.")
        if planes not in (0, 1, n_runs) or planes > n_runs:
            raise ValueError(f"pictures: expected one plane, or one for each run, got {planes}.")
        features = (2,) if planes else (1, 2)
        if any(run.trajectory.dataset.n_features not in features for run in self.runs):
            raise ValueError(f"runs: expected {' or '.join(map(str, features))} features, as the pictures show.")

    @property
    def last(self) -> int:
        """The last step that can be shown; of another dial the number of its last value."""
        steps = [run.last_step for run in self.runs]
        if self.timeline is None:
            return max(steps)
        values = self.timeline.values
        return max([*steps, ceil(values[-1])]) if self.timeline.name == STEP else len(values) - 1

    @property
    def header(self) -> contract.Shown:
        """What of it the browser is told beside the runs and the figures."""
        return {
            "layout": self.layout,
            "caption": self.caption,
            "targets": list(self.targets),
            "hidden": self.hidden,
            "theme": {"name": self.theme.name, "classes": list(self.theme.classes)},
            "alt": self.pictures.words,
        }

    @property
    def ready(self) -> Ready:
        """It, as it is sent."""
        packed = pack(self.layout, self.runs, self.pictures, self.timeline, self.script)
        return Ready(self.header, self.last, bool(self.pictures.planes), packed)


@dataclass(frozen=True, eq=False)
class Ready:
    """Hold a show as it is sent, without the runs and figures that it was made of: a page may keep it.

    Parameters
    ----------
    header : Shown
        What the browser is told beside these.
    last : int
        The last step that can be shown.
    has_planes : bool
        Whether there is a plane.
    packed : Packed
        Runs and figures.
    """

    header: contract.Shown
    last: int
    has_planes: bool
    packed: Packed


@dataclass(frozen=True)
class Place:
    """Hold where a stage stands at first, and again whenever `seek` changes; then it is the browser's.

    Parameters
    ----------
    step : int or None
        The step, or the number of the dial's value; None is the last, and stays the last.
    axis : {"log", "linear"}
        The step axis.
    seek : int
        Change it to move a stage that is on the page already.
    scene : str
        While it stays the same, window and zoom stay: name the data set, not its edited points.
    """

    step: int | None = None
    axis: Axis = "log"
    seek: int = 0
    scene: str = ""


@dataclass(frozen=True, eq=False)
class Editing:
    """Hold how the points of a plane are edited.

    Parameters
    ----------
    on_edit : callable
        Called with an `Edit` before the page runs again; what it returns or raises as `ValueError` is a sentence for
        the reader, who then keeps the old points.
    plane : int or None
        Which plane's; None is none.
    click : {"edit", "flip"}
        Whether points can be added, flipped, moved and deleted, or a click on one only says which one it is.
    history : History or None
        Says which of undo, redo and reset there is something for.
    """

    on_edit: Callable[[Edit], str | None]
    plane: int | None = 0
    click: Click = "edit"
    history: History | None = None

    @property
    def header(self) -> contract.Edited:
        """What of it the browser is told."""
        past = self.history
        can: contract.Can = {
            "undo": past is not None and past.can_undo,
            "redo": past is not None and past.can_redo,
            "reset": past is not None and past.is_edited,
        }
        return {"editable": self.plane, "click": self.click, "can": can}


NOT_EDITED = Editing(lambda edit: None, plane=None)
