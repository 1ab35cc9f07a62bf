"""The keys that press a button of the page: each press counts once, in its order, however fast they come.

Streamlit takes two presses of a button that reach it together for one. So the browser writes them down, and sends what
has not been answered (presses.js).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from logreg.ui.address import note_move
from logreg.ui.stage.session import session_name

_COMPONENT, _ANSWERED, _BUTTONS, _RUN = "presses", "presses_answered", "presses_buttons", "presses_run"
_CLOSED = "presses_closed"
_MOST = 100

_component = st.components.v2.component(
    "logreg_presses",
    html="<span></span>",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def button(label: str, key: str, shortcut: str, act: Callable[..., None], *args: object, **look: Any) -> None:
    """Draw a button that has a key of the keyboard.

    Parameters
    ----------
    label, key : str
        What it says, and its name.
    shortcut : str
        The key: "1" to "9", "n", "shift+n", "p", "pageup" or "pagedown", which presses.js knows.
    act : callable
        Called with `args` before the page runs again.
    *args
        What it is called with.
    **look
        What else a button of Streamlit's takes.
    """
    st.session_state.setdefault(_BUTTONS, {})[key] = None if look.get("disabled") else partial(act, *args)
    st.button(label, key=key, shortcut=shortcut, on_click=act, args=args, **look)


def forget() -> None:
    """Let go of the buttons of a page that has been left."""
    st.session_state.pop(_BUTTONS, None)


def close_what_is_open() -> None:
    """Close the popover that lies on the page, if one does when it is drawn: that is known in the browser alone."""
    st.session_state[_CLOSED] = st.session_state.get(_CLOSED, 0) + 1


def count_presses(look: Mapping[str, str | None], page: str) -> None:
    """Draw what counts the keys, out of sight, and sees that a way back leads to its page.

    Parameters
    ----------
    page : str
        The page that is drawn, by its part of the address.
    look : mapping of str to str or None
        What the address says of things that are kept on the way from page to page; None is the default, of which it
        says nothing. The browser writes it where a bare link has led here.
    """
    st.session_state[_RUN] = st.session_state.get(_RUN, 0) + 1
    answered, run = st.session_state.get(_ANSWERED, 0), st.session_state[_RUN]
    closed = st.session_state.get(_CLOSED, 0)
    sent = {"answered": answered, "session": session_name(), "run": run, "closed": closed, "page": page}
    _component(
        key=_COMPONENT,
        data=[{**sent, "look": dict(look)}],
        on_pressed_change=_told,
    )


def _told() -> None:
    """Press the buttons of the keys that have not been answered yet."""
    note_move()
    said = getattr(st.session_state.get(_COMPONENT), "pressed", None)
    if not isinstance(said, Mapping) or said.get("session") != session_name() or not isinstance(said.get("keys"), list):
        return
    for press in said["keys"][:_MOST]:
        number, name = (press.get("id"), press.get("button")) if isinstance(press, Mapping) else (None, None)
        if isinstance(number, (int, float)) and number > st.session_state.get(_ANSWERED, 0):
            st.session_state[_ANSWERED] = number
            act = st.session_state.get(_BUTTONS, {}).get(name)
            if act is not None:
                act()
