"""Projector mode: `?lecture=1` folds the controls away and enlarges everything with the screen, charts too."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

_YES, _NO = ("1", "true", "yes"), ("0", "false", "no")
_KEPT = "lecture_mode"

# What fits on 1366 x 640 pixels fits on every screen of that shape: text grows with its width and its height.
_STYLE = """
<style>
@media (min-width: 1000px) {
  html { font-size: clamp(16px, min(1.46vw, 2.7vh), 48px) !important; }
}
</style>
"""


@dataclass(frozen=True)
class Lecture:
    """The mode in a link; it may be written as Streamlit's own switches cannot."""

    key: str = "lecture"
    title: str = "Projector mode"

    def problem(self, text: str) -> str | None:
        """Return None where `text` says yes or no."""
        return None if text.lower() in (*_YES, *_NO) else "1 or 0"


LECTURE = Lecture()


def is_lecture() -> bool:
    """Return whether projector mode is on: as the address says, or as it said last."""
    text = st.query_params.get(LECTURE.key, "").lower()
    if text in (*_YES, *_NO):
        st.session_state[_KEPT] = text in _YES
    return bool(st.session_state.get(_KEPT, False))


def enlarge() -> None:
    """Enlarge the page."""
    st.html(_STYLE)
