"""Read from the back row: a switch and a key for projector mode, smaller and larger text; every page draws them."""

from __future__ import annotations

import streamlit as st

from logreg.ui.address import follow, set_to
from logreg.ui.projector import LECTURE, TEXT, is_lecture, text_size


def projector_key() -> None:
    """Draw the button, out of sight, that gives projector mode its key."""
    st.button("Projector mode", key="projector", shortcut="p", on_click=_turn, args=(None,))


def choose_size() -> None:
    """Draw the switch, and two buttons for the text."""
    follow(st.toggle, LECTURE.key, is_lecture(), _turn, label=LECTURE.title)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for name, change, what in (("A−", -TEXT.step, "Smaller text"), ("A+", TEXT.step, "Larger text")):
            size = int(text_size() + change)
            beyond = not TEXT.minimum <= size <= TEXT.maximum
            st.button(name, help=what, key=f"text {what}", disabled=beyond, on_click=_resize, args=(size,))
        st.caption(f"The text is at {text_size()} %.")


def _turn(_: object) -> None:
    set_to(LECTURE.key, not is_lecture())


def _resize(size: int) -> None:
    set_to(TEXT.key, size)
