"""Read from the back row: a switch and a key for projector mode, smaller and larger text; every page draws them."""

from __future__ import annotations

import streamlit as st

from logreg.ui.address import follow, set_to
from logreg.ui.fields import Field
from logreg.ui.presses import button
from logreg.ui.projector import LECTURE, TEXT, is_lecture, keep, text_size


def projector_key() -> None:
    """Draw the button, out of sight, that gives projector mode its key."""
    button("Projector mode", "projector", "p", lambda: _choose(LECTURE, not is_lecture()))


def choose_size() -> None:
    """Draw the switch, and two buttons for the text."""
    follow(st.toggle, LECTURE.key, is_lecture(), lambda on: _choose(LECTURE, on), label=LECTURE.title)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for name, change, what in (("A−", -TEXT.step, "Smaller text"), ("A+", TEXT.step, "Larger text")):
            size = int(text_size() + change)
            beyond = not TEXT.minimum <= size <= TEXT.maximum
            st.button(name, help=what, key=f"text {what}", disabled=beyond, on_click=_choose, args=(TEXT, size))
        st.caption(f"The text is at {text_size()} %.")


def _choose(field: Field[object], value: object) -> None:
    keep(field, value)
    set_to(field, value)
