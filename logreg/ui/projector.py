"""Projector mode: `?lecture=1` folds the controls away and enlarges everything with the screen, charts too."""

from __future__ import annotations

import streamlit as st

from logreg.ui.fields import Switch

LECTURE = Switch("lecture", "Projector mode")
_KEPT = "lecture_mode"

# Text grows with the width and the height of the screen, so that what fits on one fits on all of its shape. Charts and
# the sentence under them are larger still: on 1366 × 640 ticks have 18 pixels and the sentence 28.
_STYLE = """
<style>
@media (min-width: 1000px) {
  /* what the folded navigation leaves, less the larger sentence of a lesson */
  :root { --folded: 0.25rem; --above: 11rem; }
  html { font-size: clamp(16px, min(1.35vw, 2.5vh), 48px) !important; --headline: 1.17; --chart-zoom: 1.3; }
  [data-testid="stHeader"] { display: none; }
  [data-testid="stMainBlockContainer"] { padding-top: 0.375rem !important; }
  [data-testid="stMainBlockContainer"] [data-testid^="stBaseButton"] { padding-inline: 0.6rem; }
}
</style>
"""


def is_lecture() -> bool:
    """Return whether projector mode is on: as the address says, or as it said last."""
    try:
        st.session_state[_KEPT] = LECTURE.read(st.query_params.get(LECTURE.key, ""))
    except ValueError:  # nothing, or nothing that can be read
        return bool(st.session_state.get(_KEPT, LECTURE.default))
    return bool(st.session_state[_KEPT])


def enlarge() -> None:
    """Enlarge the page."""
    st.html(_STYLE)
