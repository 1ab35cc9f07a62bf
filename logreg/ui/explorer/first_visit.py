"""What the explorer's first line offers to do: play, then flip a point; each until it was done, once a session."""

from __future__ import annotations

import streamlit as st

PLAY = "Press Play (Space) and watch the line turn and the curves grow."
FLIP = "Next, click a point: its label flips, and with it perhaps the verdict."

_PLAYED, _EDITED = "explorer_played", "explorer_edited"


def note_play() -> None:
    """Remember that the stage has been moved."""
    st.session_state[_PLAYED] = True


def next_thing(has_edited: bool, is_editable: bool) -> str:
    """Return what to try next; nothing once points have been edited in this session.

    Parameters
    ----------
    has_edited : bool
        Whether there is an edit that could be undone, or the link holds edited points.
    is_editable : bool
        Whether a click on a point flips it now.
    """
    if has_edited:
        st.session_state[_EDITED] = True
    if _EDITED in st.session_state:
        return ""
    if _PLAYED not in st.session_state:
        return PLAY
    return FLIP if is_editable else ""
