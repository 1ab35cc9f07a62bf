"""The call that puts a stage on a page, and what comes of the browser's answers.

What depends on the step is left out of what is sent, so that a rest of the stage sends nothing anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import streamlit as st

from logreg.ui.files.assets import asset_path
from logreg.ui.stage import contract
from logreg.ui.stage.contract import Edit, Rest
from logreg.ui.stage.messages import read_edits, read_id, read_rest
from logreg.ui.stage.payload import payload
from logreg.ui.stage.session import has_answered, last_answered, session_name
from logreg.ui.stage.show import NOT_EDITED, Action, Editing, Place, Ready, Show

# The module comes from a route of the app, once; inline code would travel with every edit.
_JS = f"""
const module = import(new URL("{asset_path("stage/bundle.js")}", document.baseURI).href);
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


def stage(
    show: Show | Ready,
    *,
    key: str,
    place: Place | None = None,
    editing: Editing | None = None,
    actions: Sequence[Action] = (),
    more: Hashable | None = None,
    on_more: Callable[[], object] | None = None,
    on_rest: Callable[[Rest], None] | None = None,
    on_word: Callable[[], None] = lambda: None,
    link: bool = True,
    opens_at_start: bool = False,
    points_in_link: str | None = None,
    pin_in_link: str | None = None,
    message: str | None = None,
    about: tuple[str, str] = ("", ""),
) -> None:
    """Show runs in step, or any other dial, with transport and editing.

    Parameters
    ----------
    show : Show or Ready
        What is on it; ready where the page has kept it.
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
        Called with a `Rest` before the page runs again; not with one of a picture that was there before.
    on_word : callable
        Called before all else when the browser says anything of the stage.
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
    """
    place, editing = place or Place(), editing or NOT_EDITED
    ready = show.ready if isinstance(show, Show) else show
    notes = f"_{key}_stage"

    def answer(name: str, problem_of: Callable[[object], str | None]) -> Callable[[], None]:
        def told() -> None:
            on_word()
            raw = _said(key, name)
            request = read_id(raw)
            if raw is None or (request and request == last_answered(key)):
                return  # it was sent once more, since the answer was long in coming
            has_answered(key, request)
            st.session_state[notes] = problem_of(raw)

        return told

    def acted(raw: object) -> None:
        for action in actions:
            if action.name == _field(raw, "name"):
                action.run()

    def asked(raw: object) -> None:
        if on_more is not None and wanted is not None and wanted == _field(raw, "part"):
            on_more()

    def rested() -> None:
        on_word()
        raw = _said(key, "rest")
        if raw is None or on_rest is None:
            return
        try:
            rest = read_rest(raw, ready.last)
        except ValueError as error:
            st.session_state[notes] = str(error)
        else:
            if rest.seek == place.seek:
                on_rest(rest)

    wanted = None if more is None else str(hash(more))
    problem: str | None = st.session_state.pop(notes, None)
    header: contract.Header = {
        **ready.header,
        **(editing if ready.has_planes else NOT_EDITED).header,
        **_first_look(key, notes, {"step": place.step, "axis": place.axis}, place.seek),
        "seek": place.seek,
        "scene": place.scene,
        "actions": [{"name": a.name, "label": a.label, "help": a.help, "place": a.place} for a in actions],
        "more": wanted,
        "answered": last_answered(key),
        "session": session_name(),
        "link": link,
        "home": "start" if opens_at_start else "end",
        "points": points_in_link,
        "pin": pin_in_link,
        "message": problem or message,
        "about": {"lesson": about[0], "scene": about[1]},
    }
    _component(
        key=key,
        data=payload(header, ready.packed),
        on_edit_change=answer("edit", lambda raw: _edited(raw, editing.on_edit)),
        on_act_change=answer("act", acted),
        on_more_change=answer("more", asked),
        on_rest_change=rested,
        on_theme_change=on_word,  # the run that follows knows the page's theme
    )


def _said(key: str, name: str) -> object:
    """Return what the browser set under a name; it arrives before the page runs."""
    state = st.session_state.get(key)
    return None if state is None else getattr(state, name, None)


def _field(raw: object, name: str) -> object:
    return raw.get(name) if isinstance(raw, Mapping) else None


def _edited(raw: object, on_edit: Callable[[Edit], str | None]) -> str | None:
    """Hand the edits of a message to the page, one after the other; return a sentence if one could not be used."""
    edits, problems = read_edits(raw)
    for edit in edits:
        try:
            problem = on_edit(edit)
        except ValueError as error:
            problem = str(error)
        if problem:
            problems.append(problem)
    more = f" {len(problems) - 1:,} more could not be used either." if len(problems) > 1 else ""
    return problems[0] + more if problems else None


def _first_look(key: str, notes: str, look: contract.Stand, seek: int) -> contract.Stand:
    """Return the step and axis that a stage was mounted or last moved with: a rest must not change what is sent."""
    kept: tuple[int, contract.Stand] | None = st.session_state.get(f"{notes}_look")
    left_the_page = st.session_state.get(key) is None
    if kept is None or kept[0] != seek or left_the_page:
        st.session_state[f"{notes}_look"] = kept = (seek, look)
    return kept[1]
