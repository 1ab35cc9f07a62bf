"""The stage: runs in step, or any other dial, that a browser plays, scrubs and edits without asking the server.

Python computes all of it and builds the figures; the browser animates them from the numbers of the runs and of the
timeline. What depends on the step is left out of what is sent, so that a rest of the stage sends nothing anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

import streamlit as st

from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline
from logreg.ui.files.assets import asset_path
from logreg.ui.stage import contract
from logreg.ui.stage.contract import Axis, Click, Edit, Layout, Rest, Row
from logreg.ui.stage.messages import read_edits, read_id, read_rest
from logreg.ui.stage.payload import Pictures, RunView, payload
from logreg.ui.stage.points import History, apply_edit, decode_points, encode_points
from logreg.ui.stage.session import session_name

__all__ = [
    "Action",
    "Edit",
    "Editing",
    "History",
    "Pictures",
    "Place",
    "Rest",
    "RunView",
    "Show",
    "StageEvent",
    "apply_edit",
    "decode_points",
    "encode_points",
    "payload",
    "stage",
]

# The module comes from a route of the app, once; inline code would travel with every edit.
_JS = f"""
const module = import(new URL("{asset_path("stage/component.js")}", document.baseURI).href);
export default function (component) {{
  module.then((stage) => stage.show(component), () => {{
    component.parentElement.querySelector(".stage").textContent =
      "The stage could not be loaded. Reload the page to try again.";
  }});
  return () => module.then((stage) => stage.remove(component.parentElement), () => {{}});
}}
"""
_HTML = '<div class="stage" data-testid="stage" data-ready="false" data-playing="false"></div>'
_CSS = """:host {
  display: block;
  container-type: inline-size;
}
.stage { /* room for it before anything is loaded, so that nothing below jumps */
  --height: clamp(20rem, 100vh - var(--above, 14.1rem), 47cqw);
  --scale: 1;
  min-height: calc(var(--height) + 5.4rem);
}
"""

_component = st.components.v2.component("logreg_stage", html=_HTML, css=_CSS, js=_JS)

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


@dataclass(frozen=True)
class StageEvent:
    """Hold what the browser last said.

    Parameters
    ----------
    rest : Rest or None
        Where the stage rests, once it has been moved.
    edits : tuple of Edit
        Edits that came with this run of the page, and were used.
    problem : str or None
        A sentence, if what came was not understood.
    """

    rest: Rest | None = None
    edits: tuple[Edit, ...] = ()
    problem: str | None = None


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
    autoplay : bool
        Whether it plays at first, where the reader's system does not ask for less motion.
    """

    step: int | None = None
    axis: Axis = "log"
    seek: int = 0
    scene: str = ""
    autoplay: bool = False


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


_NOT_EDITED = Editing(lambda edit: None, plane=None)


def stage(
    show: Show,
    *,
    key: str,
    place: Place | None = None,
    editing: Editing | None = None,
    actions: Sequence[Action] = (),
    more: Hashable | None = None,
    on_more: Callable[[], object] | None = None,
    on_rest: Callable[[Rest], None] | None = None,
    link: bool = True,
    opens_at_start: bool = False,
    points_in_link: str | None = None,
    pin_in_link: str | None = None,
    message: str | None = None,
    about: tuple[str, str] = ("", ""),
) -> StageEvent | None:
    """Show runs in step, or any other dial, with transport and editing.

    Parameters
    ----------
    show : Show
        What is on it.
    key : str
        Unique on the page; the same key is the same place, and keeps its step, its zoom and its playing.
    place : Place or None
        Where it stands; None is the end.
    editing : Editing or None
        How points are edited; None is not at all.
    actions : sequence of Action
        The page's own buttons.
    more : hashable or None
        Names the part of a run that is shown, where there is more to come. Once it has been drawn the browser asks
        for the rest, so that nothing is computed that nobody waits for.
    on_more : callable or None
        Called when it asks, before the page runs again.
    on_rest : callable or None
        Called with a `Rest` before the page runs again.
    link : bool
        Whether step, axis and points go into the address; one stage of a page at most.
    opens_at_start : bool
        Whether a link that names no step stands for the beginning; else for the end.
    points_in_link, pin_in_link : str or None
        What `encode_points` made of edited points, and what the page made of the pinned run.
    message : str or None
        A sentence for the reader.
    about : pair of str
        The lesson and the title of its scene, by which marks and letters that mean something else elsewhere have their
        sentences (meanings.js).

    Returns
    -------
    StageEvent or None
        None before the browser has said anything.
    """
    place, editing = place or Place(), editing or _NOT_EDITED
    notes, answered = f"_{key}_stage", f"_{key}_stage_answered"

    def answer(name: str, event_of: Callable[[object], StageEvent]) -> Callable[[], None]:
        def told() -> None:
            raw = _said(key, name)
            request = read_id(raw)
            if raw is None or (request and request == st.session_state.get(answered)):
                return  # it was sent once more, since the answer was long in coming
            st.session_state[answered] = request
            st.session_state[notes] = event_of(raw)

        return told

    def acted(raw: object) -> StageEvent:
        for action in actions:
            if action.name == _field(raw, "name"):
                action.run()
        return StageEvent()

    def asked(raw: object) -> StageEvent:
        if on_more is not None and wanted is not None and wanted == _field(raw, "part"):
            on_more()
        return StageEvent()

    def rested() -> None:
        raw = _said(key, "rest")
        if raw is None or on_rest is None:
            return
        try:
            on_rest(read_rest(raw, show.last))
        except ValueError as error:
            st.session_state[notes] = StageEvent(problem=str(error))

    wanted = None if more is None else str(hash(more))
    noted: StageEvent = st.session_state.pop(notes, StageEvent())
    header: contract.Header = {
        **show.header,
        **(editing if show.pictures.planes else _NOT_EDITED).header,
        **_first_look(key, notes, {"step": place.step, "axis": place.axis}, place.seek),
        "seek": place.seek,
        "scene": place.scene,
        "autoplay": place.autoplay,
        "actions": [{"name": a.name, "label": a.label, "help": a.help, "place": a.place} for a in actions],
        "more": wanted,
        "answered": st.session_state.get(answered, 0),
        "session": session_name(),
        "link": link,
        "home": "start" if opens_at_start else "end",
        "points": points_in_link,
        "pin": pin_in_link,
        "message": noted.problem or message,
        "about": {"lesson": about[0], "scene": about[1]},
    }
    result = _component(
        key=key,
        data=payload(header, show.runs, show.pictures, show.timeline),
        on_edit_change=answer("edit", lambda raw: _edited(raw, editing.on_edit)),
        on_act_change=answer("act", acted),
        on_more_change=answer("more", asked),
        on_rest_change=rested,
        on_theme_change=lambda: None,  # the run that follows knows the page's theme
    )
    return _event(noted, getattr(result, "rest", None), show.last)


def _said(key: str, name: str) -> object:
    """Return what the browser set under a name; it arrives before the page runs."""
    state = st.session_state.get(key)
    return None if state is None else getattr(state, name, None)


def _field(raw: object, name: str) -> object:
    return raw.get(name) if isinstance(raw, Mapping) else None


def _edited(raw: object, on_edit: Callable[[Edit], str | None]) -> StageEvent:
    """Hand the edits of a message to the page, one after the other; one that it does not use leaves the others."""
    edits, problems = read_edits(raw)
    used = []
    for edit in edits:
        try:
            problem = on_edit(edit)
        except ValueError as error:
            problem = str(error)
        if problem:
            problems.append(problem)
        else:
            used.append(edit)
    more = f" {len(problems) - 1:,} more could not be used either." if len(problems) > 1 else ""
    return StageEvent(edits=tuple(used), problem=problems[0] + more if problems else None)


def _event(noted: StageEvent, rest: object, last: int) -> StageEvent | None:
    if rest is None:
        return noted if noted != StageEvent() else None
    try:
        return replace(noted, rest=read_rest(rest, last))
    except ValueError as error:
        return replace(noted, problem=str(error))


def _first_look(key: str, notes: str, look: contract.Stand, seek: int) -> contract.Stand:
    """Return the step and axis that a stage was mounted or last moved with: a rest must not change what is sent."""
    kept: tuple[int, contract.Stand] | None = st.session_state.get(f"{notes}_look")
    left_the_page = st.session_state.get(key) is None
    if kept is None or kept[0] != seek or left_the_page:
        st.session_state[f"{notes}_look"] = kept = (seek, look)
    return kept[1]
