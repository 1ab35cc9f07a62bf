"""Projector mode: `?lecture=1` folds the controls away and enlarges everything with the screen, charts too."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

_YES, _NO = ("1", "true", "yes"), ("0", "false", "no")
_KEPT = "lecture_mode"

# Text grows with the width and the height of the screen, so that what fits on one fits on all of its shape. The two
# buttons for a clicker only clutter a wall; their keys work without being seen.
_STYLE = """
<style>
@media (min-width: 1000px) {
  html { font-size: clamp(16px, min(1.35vw, 2.5vh), 48px) !important; }
  .st-key-pageup, .st-key-pagedown { position: absolute !important; clip-path: inset(50%); }
  [data-testid="stMainBlockContainer"] [data-testid^="stBaseButton"] { padding-inline: 0.6rem; }
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
