"""The address: what it says, read once by a page's fields before any widget sees it, and how a page changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.state.session_state_proxy import get_session_state

from logreg.ui.fields import Choice, Field, Switch
from logreg.ui.projector import EVERYWHERE
from logreg.ui.text import plain

_LONGEST_QUOTE = 24
_UNSAID, _TAKEN = "address_unsaid", "address_taken"
_CHANGED, _FRESH, _DRAWN = "address_changed", "address_fresh", "address_drawn"
NO_POINTS = "the explorer has no points for this page yet (open it in this tab first, then choose them here)"
NOT_MINE = "“pts” are the points of “points=mine” alone"
_NOT_OURS = ("utm_", "fbclid", "gclid")
CUE = "cue"
"""A link to the page that is open leaves the address bar as it is; this parameter says that one was followed."""

Value = TypeVar("Value")


@dataclass(frozen=True)
class Said:
    """Hold what an address says: by key what can be used, and for what cannot, why. `said[FIELD]` is a field's value.

    Examples
    --------
    >>> from logreg.ui.fields import Number
    >>> said = read({"scene": ["10"]}, [scene := Number("scene", "Scene", 1, 9, 2, whole=True)])
    >>> said[scene], said.sentence
    (2, 'Not all of the link was used: “scene” must be a whole number from 1 to 9, not “10”. Defaults stand in.')
    """

    values: Mapping[str, object]
    faults: Mapping[str, str]

    def __getitem__(self, field: Field[Value]) -> Value:
        return cast(Value, self.values.get(field.key, field.default))

    def defaults(self, fields: Iterable[Field[object]]) -> set[str]:
        """Return the keys of the fields of which the address says no more than their default."""
        return {field.key for field in fields if field.key in self.values and self[field] == field.default}

    @property
    def sentence(self) -> str | None:
        """What of the link was not used, in one sentence; None for a good link."""
        if not self.faults:
            return None
        return f"Not all of the link was used: {'; '.join(dict.fromkeys(self.faults.values()))}. Defaults stand in."


def read(parameters: Mapping[str, Sequence[str]], fields: Iterable[Field[object]]) -> Said:
    """Read an address: every text is used as it is written, or named as a fault."""
    known, values, faults = {field.key: field for field in fields}, {}, {}
    for key, texts in parameters.items():
        if key not in known:
            if key != CUE and not key.startswith(_NOT_OURS):
                faults[key] = f"there is no setting “{_quoted(key)}”"
        elif len(texts) > 1:
            faults[key] = f"“{key}” must be said once"
        else:
            text = texts[0] if texts else ""
            try:
                values[key] = known[key].read(text)
            except ValueError as error:
                faults[key] = f"“{key}” must be {error}, not “{_quoted(text)}”"
    return Said(values, faults)


def parameters() -> dict[str, list[str]]:
    """Return every text of the address by its key."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def read_as(parameters: Mapping[str, str]) -> None:
    """Have the page read an address that the browser does not show yet, and is to be told of by its own module.

    Streamlit's public way would write it at once, while the browser still stands at the address of the page before, and
    so into the history of that one. What is used here has no name outside of Streamlit (1.67); a test holds it.
    """
    with get_session_state().query_params() as known:
        for key, text in parameters.items():
            known.set_with_no_forward_msg(key, text)
        known.set_initial_query_params_from_current()


def look(fields: Iterable[Field[object]], faults: Mapping[str, str] | None = None) -> Said:
    """Read the address, once, before any widget: take out of it what is not used, and say so in one toast.

    Parameters
    ----------
    fields : iterable of Field
        All that this page knows; projector mode and the size of the text belong to every page.
    faults : mapping of str to str, or None
        By key why it cannot be used here, whatever it says.
    """
    fields = (*fields, *EVERYWHERE)
    said = read(parameters(), fields)
    gone = {key: why for key, why in (faults or {}).items() if key in st.query_params and key not in said.faults}
    said = Said({key: value for key, value in said.values.items() if key not in gone}, {**said.faults, **gone})
    respelt = {field.key: word for field in fields if isinstance(field, Choice) and (word := _meant(said, field))}
    if said.faults or respelt or CUE in st.query_params:
        _rewrite(said, fields, respelt)
    if sentence := st.session_state.pop(_UNSAID, None):
        complain(sentence)
    return said


def complain(sentence: str) -> None:
    """Say what of a link is not used, for as long as it takes to read."""
    st.toast(sentence, icon=":material/link_off:", duration=20)


def _meant(said: Said, field: Choice) -> str | None:
    """Return the word that an address means, where it says it in another way; a widget knows its own words alone."""
    return said[field] if field.key in said.values and st.query_params[field.key] != said[field] else None


def _rewrite(said: Said, fields: Iterable[Field[object]], respelt: dict[str, str]) -> None:
    """Write the address without what cannot be used, and begin the page anew: its widgets then read what is left.

    On this occasion defaults are left out too.
    """
    found = parameters()
    gone = {*said.faults, *said.defaults(fields), CUE}
    st.session_state[_UNSAID] = said.sentence
    try:
        st.query_params.from_dict({key: texts for key, texts in (found | respelt).items() if key not in gone})
    except StreamlitAPIException:
        # The way back has led here again, and the keys belong to widgets by now: these take the address along.
        st.session_state.update({field.key: field.default for field in fields if field.key in said.faults})
        st.session_state.update(respelt)
        if st.session_state.get(_TAKEN) == found:
            return
        st.session_state[_TAKEN] = found
    st.rerun()


def set_to(field: Field[object], value: object) -> None:
    """Change one parameter of the address to which no widget is bound, and leave the others to theirs.

    A link does not say what is the default.
    """
    note_move()
    before = st.query_params.get_all(field.key)
    value = but_default(field, value)
    after = [] if value is None else [text_of(value)]
    _write(field.key, after)
    _note({field.key: before}, {field.key: after})


def say(field: Field[object], text: str | None) -> None:
    """Let the address say what is on the screen, where no stage does; None takes it out."""
    texts = [] if text is None else [text]
    if st.query_params.get_all(field.key) != texts:
        _write(field.key, texts)


def go_to(**changes: object) -> None:
    """Change the address; None drops a parameter."""
    note_move()
    before = parameters()
    after = before | {key: [] if value is None else [text_of(value)] for key, value in changes.items()}
    st.query_params.from_dict({key: texts for key, texts in after.items() if texts})
    _note({key: before.get(key, []) for key in changes}, {key: after[key] for key in changes})


def but_default(field: Field[object], value: object) -> object:
    """Return what a link says of a value, for `go_to`: of the default nothing."""
    return None if value == field.default else value


def text_of(value: object) -> str:
    """Return a value as a link writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write(key: str, texts: Sequence[str]) -> None:
    if texts:
        st.query_params[key] = list(texts)
    else:
        st.query_params.pop(key, None)


def _note(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> None:
    """Note what has been changed: what the browser sends next may still say the address of before."""
    known: dict[str, tuple[list[list[str]], list[str]]] = st.session_state.setdefault(_CHANGED, {})
    for key, texts in after.items():
        olds, _ = known.get(key, ([], []))
        known[key] = ([old for old in (*olds, before[key]) if old != texts], texts)
        st.session_state.setdefault(_FRESH, {}).setdefault(key, before[key])


def catch_up(is_another: bool = False) -> None:
    """Begin a page: change once more what a message that was sent before the browser knew of a change brought back.

    Parameters
    ----------
    is_another : bool
        Whether it is another page than the one begun last: what was pressed on that one means nothing here, whether its
        run was broken off, or it came in one message with the way here.
    """
    st.session_state.pop(_DRAWN, None)
    fresh: dict[str, list[str]] = st.session_state.pop(_FRESH, {})
    if is_another:
        changed = st.session_state.get(_CHANGED, {})
        for key in changed.keys() - {field.key for field in EVERYWHERE}:
            _, now = changed.pop(key)
            if key in fresh and st.query_params.get_all(key) == now:
                _write(key, fresh[key])
    _change_again()


def is_told() -> None:
    """Take note that a page has been drawn whole, and that the browser will know what its address is now."""
    st.session_state[_DRAWN] = st.session_state.pop(_CHANGED, {})


def note_move(but: Iterable[str] = ()) -> None:
    """Take note that something was moved or pressed: that may have been before the browser knew of the page drawn last.

    A step back in the history moves nothing.

    Parameters
    ----------
    but : iterable of str
        Keys that the browser may have written itself since then.
    """
    drawn = st.session_state.pop(_DRAWN, {})
    kept = {key: change for key, change in drawn.items() if key not in but}
    st.session_state[_CHANGED] = kept | st.session_state.get(_CHANGED, {})
    _change_again()


def _change_again() -> None:
    for key, (olds, now) in st.session_state.get(_CHANGED, {}).items():
        if st.query_params.get_all(key) in olds:
            _write(key, now)


def follow(
    draw: Callable[..., object],
    key: str,
    now: object,
    moved: Callable[[object], None],
    turn: object = None,
    **look: object,
) -> None:
    """Draw a widget that shows what the address says, and changes the address when it is moved.

    Where something else has changed the address, a key, it is another widget from then on: the browser may still say
    where the old one stood, and that moves nothing.

    Parameters
    ----------
    draw : callable
        Of Streamlit's.
    key : str
        Its name.
    now : object
        What it shows.
    moved : callable
        Called with what it is moved to, before the page runs again.
    turn : object
        Whenever it changes, it is another widget too.
    **look
        What else `draw` takes.
    """
    kept = f"{key}_followed"
    number, *before = st.session_state.get(kept, (0, now, turn))
    number += before != [now, turn]
    st.session_state[kept] = (number, now, turn)
    name = f"address_{key}_{number}" if number else f"address_{key}"
    st.session_state[name] = now

    def said() -> None:
        if st.session_state[kept][0] == number:
            value = st.session_state[name]
            st.session_state[kept] = (number, value, turn)
            note_move()
            moved(value)

    draw(**look, key=name, on_change=said)


def switch(field: Switch, now: bool, turn: object = None, **more: object) -> None:
    """Draw a switch that follows the address; `more` goes into the address with it."""

    def moved(on: object) -> None:
        go_to(**{field.key: but_default(field, on)}, **more)

    follow(st.toggle, field.key, now, moved, turn, label=field.title, help=field.help)


def link_to(page: str, text: str, said: Mapping[str, str]) -> None:
    """Draw a link to a state of a page, which may be the one that is open."""
    st.page_link(page, label=text, query_params={**said, CUE: "1"})


def _quoted(text: str) -> str:
    return plain(text[:_LONGEST_QUOTE]) + ("…" if len(text) > _LONGEST_QUOTE else "")
