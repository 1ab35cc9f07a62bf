"""Which session of the server a window talks to: after a cut another one may answer, which knows less than the address.

The stage is told a name of the session. When the connection has come back, it puts `session=BEFORE.NEXT` into the
address and has the page run from it (connection.js); the session that answers takes the name NEXT. What it answered
before it knew the address counts no more: the page has let go of what came of it, and the browser asks once more.
"""

from __future__ import annotations

import secrets

import streamlit as st

_IN_ADDRESS, _NAME, _ANSWERED = "session", "session_name", "session_answered"
_LONGEST = 32


def session_name() -> str:
    """Return the name by which a window knows this session."""
    name: str = st.session_state.setdefault(_NAME, secrets.token_hex(8))
    return name


def has_lost_its_session() -> bool:
    """Whether a window has just come back from a cut to another session; the mark is taken out of the address."""
    if _IN_ADDRESS not in st.query_params:
        return False
    before, _, following = st.query_params[_IN_ADDRESS].partition(".")
    del st.query_params[_IN_ADDRESS]
    is_lost = before != session_name()
    if is_lost:
        st.session_state.pop(_ANSWERED, None)
    if following.isalnum() and len(following) <= _LONGEST:
        st.session_state[_NAME] = following
    return is_lost


def last_answered(key: str) -> int:
    """Return the number of the last request of a component that has been answered; 0 before the first."""
    answered: dict[str, int] = st.session_state.get(_ANSWERED, {})
    return answered.get(key, 0)


def has_answered(key: str, request: int) -> None:
    """Take note of an answer."""
    st.session_state[_ANSWERED] = {**st.session_state.get(_ANSWERED, {}), key: request}
