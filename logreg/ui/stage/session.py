"""Which session of the server a window talks to: after a cut another one may answer, which knows less than the address.

The stage is told a name of the session. When the connection has come back, it puts `session=BEFORE.NEXT` into the
address and has the page run from it (connection.js); the session that answers takes the name NEXT.
"""

from __future__ import annotations

import secrets

import streamlit as st

_IN_ADDRESS, _NAME = "session", "session_name"
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
    if following.isalnum() and len(following) <= _LONGEST:
        st.session_state[_NAME] = following
    return is_lost
