"""Legible from the back row, on every page: projector mode (`?lecture=1`) and the size of the text (`?text=120`)."""

from __future__ import annotations

from typing import TypeVar, cast

import streamlit as st

from logreg.ui.fields import Field, Number, Switch

LECTURE = Switch("lecture", "Projector mode")
TEXT = Number("text", "Text, in percent", 80, 160, 100, 10, whole=True)
EVERYWHERE: tuple[Field[object], ...] = (LECTURE, TEXT)
"""What a link to any page may say."""

# Text grows with the width and the height of the screen, so that what fits on one fits on all of its shape. Charts and
# the sentence under them are larger still: on 1366 × 640 ticks have 18 pixels and the sentence 28.
_PROJECTOR = """
@media (min-width: 1000px) {
  /* what the folded navigation leaves, less the larger sentence of a lesson */
  :root { --folded: 2rem; --above: 11.9rem; --screen: clamp(12px, min(1.35vw, 2.5vh), 48px); }
  html { --headline: 1.17; --chart-zoom: 1.3; }
  [data-testid="stHeader"] { display: none; }
  [data-testid="stMainBlockContainer"] { padding-top: 0.375rem !important; }
  /* a cue is read at arm's length; its line is as high as any other */
  .st-key-talk p { font-size: 1.35rem; line-height: 1.19; }
  [data-testid="stMainBlockContainer"] [data-testid^="stBaseButton"] { padding-inline: 0.5rem; }
}
"""

Value = TypeVar("Value")


def is_lecture() -> bool:
    """Return whether projector mode is on."""
    return _kept(LECTURE)


def text_size() -> int:
    """Return the size of the text, in percent of its usual one."""
    return int(_kept(TEXT))


def said_of_it() -> dict[str, str | None]:
    """Return what a link says of projector mode and the size of the text; None where it need not say it."""
    size = text_size()
    return {LECTURE.key: "true" if is_lecture() else None, TEXT.key: None if size == TEXT.default else str(size)}


def keep(field: Field[Value], value: Value) -> None:
    """Keep a choice for all pages; the address says it only where it is not the default."""
    st.session_state[f"{field.key}_kept"] = value


def _kept(field: Field[Value]) -> Value:
    """Return what the address says, or said last: the menu leads to a bare one."""
    kept = f"{field.key}_kept"
    try:
        st.session_state[kept] = field.read(st.query_params.get(field.key, ""))
    except ValueError:  # nothing, or nothing that can be read
        return cast(Value, st.session_state.get(kept, field.default))
    return cast(Value, st.session_state[kept])


def enlarge() -> None:
    """Enlarge the page, charts too, as far as is asked for."""
    if is_lecture() or text_size() != TEXT.default:
        size = f"html {{ font-size: calc({text_size() / 100} * var(--screen, 16px)) !important; }}"
        st.html(f"<style>{_PROJECTOR if is_lecture() else ''}{size}</style>")
