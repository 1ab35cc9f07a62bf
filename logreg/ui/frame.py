"""The frame around every page: the pages in teaching order, what a link said, and the page chosen."""

import sys
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # the frame is run as a script, from wherever Streamlit was started
    sys.path.insert(0, str(ROOT))

from logreg.figures.theme import DARK, LIGHT  # noqa: E402
from logreg.ui import heading, laboratory, presses  # noqa: E402
from logreg.ui.address import catch_up, complain, is_told, read_as  # noqa: E402
from logreg.ui.legible import projector_key  # noqa: E402
from logreg.ui.menu import FIRST, MENU  # noqa: E402
from logreg.ui.paths import UNKNOWN, sentence  # noqa: E402
from logreg.ui.projector import enlarge, is_lecture, said_of_it  # noqa: E402
from logreg.ui.stage.session import has_lost_its_session  # noqa: E402

_LINKS, _PAGE = "frame_links", "frame_page"

_STYLE = """
<style>
[data-testid="stHeader"] { height: 2.5rem; min-height: 2.5rem; }
[data-testid="stMainBlockContainer"] { padding: 2.75rem 1.75rem 0; }
[data-testid="stSidebarHeader"] { height: 2.5rem; }
[data-testid="stSidebarUserContent"] { padding-bottom: 1rem; }
/* Buttons that only have a key, for a clicker or a hand on the keyboard: seen while Tab has led to them. */
:is(.st-key-pageup, .st-key-pagedown, .st-key-projector, .st-key-previous_cue, .st-key-next_cue) {
  position: absolute !important;
  z-index: 1;
}
:is(.st-key-pageup, .st-key-pagedown, .st-key-projector, .st-key-previous_cue, .st-key-next_cue):not(
  :has(:focus-visible)
) {
  clip-path: inset(50%);
}
.st-key-presses, .st-key-clock { position: absolute !important; width: 0 !important; }
.st-key-below { gap: 0.25rem; }
/* Sentences run round what can be chosen; on a phone it comes after them. */
@media (max-width: 640px) {
  .st-key-below [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) { flex-direction: column-reverse; }
}
@media (min-width: 641px) {
  .st-key-below [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) { display: block; }
  .st-key-below [data-testid="stColumn"]:first-child {
    position: relative;
    z-index: 1; /* the sentences' own boxes go under it */
    float: right;
    width: auto;
    min-width: 42%;
    max-width: 60%;
  }
  .st-key-below [data-testid="stColumn"]:last-child, .st-key-below [data-testid="stColumn"]:last-child div {
    display: block;
    width: auto;
  }
}
.st-key-below:has([class*="_answer"]) strong { font-size: 1.25rem; }
[class*="_answer"] button p { font-size: 1.25rem; }
.st-key-scenes { flex-wrap: nowrap !important; overflow-x: auto; scrollbar-width: none; }
.st-key-scenes > * { flex: none; }
/* Streamlit shows it to the mouse alone. */
[data-testid="stSidebarCollapseButton"] { visibility: visible !important; }
[data-testid="stMarkdownContainer"]:has(> table) { overflow-x: auto; } /* a table scrolls, the page does not */
@media (max-width: 700px) {
  [data-testid="stMainBlockContainer"] { padding-inline: 0.75rem; }
  [data-testid="stPopoverBody"] [data-testid="stPageLink"] p { overflow: visible; white-space: normal; }
  [class*="_answer"] button { height: auto; max-width: 100%; text-align: left; }
  [class*="_answer"] button :is(div, p) { overflow: visible; white-space: normal; } /* an answer is read to its end */
  [data-testid="stCheckbox"] label { min-height: 1.5rem; } /* of a finger */
}
/* A finger that scrolls the menu comes down on a slider: it moves one by its thumb alone, which reaches far. */
@media (pointer: coarse) {
  [data-testid="stSlider"] [role="group"] > div { pointer-events: none; touch-action: pan-y !important; }
  [data-testid="stSlider"] [role="group"] > div > div:has(input) { pointer-events: auto; }
  [data-testid="stSlider"] [role="group"] > div > div:has(input)::after {
    content: "";
    position: absolute;
    inset: -14px;
  }
}
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"] { display: none; }
  .st-key-scenes { flex-wrap: wrap !important; }
  [class*="_answer"] button { height: auto; text-align: left; }
  [class*="_answer"] button :is(div, p) { overflow: visible; white-space: normal; }
}
/* What is on, chosen, or where a slider stands, is told by colours: they stay where a reader forces others. */
@media (forced-colors: active) {
  :is([data-testid="stSlider"], [data-testid="stCheckbox"], [data-testid="stButtonGroup"], [data-testid="stButton"]) {
    forced-color-adjust: none;
  }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after {
    transition-duration: 0s !important; /* any more, and every change of any style would be a transition */
    animation-duration: 0.01ms !important;
    animation-iteration-count: 1 !important;
  }
}
</style>
"""
_COLOURS = f"""
<style>
/* Streamlit writes white on these buttons, which is too faint on the violet of the dark appearance, and darkens them
   under the mouse, which dark text does not bear. */
[data-testid="stBaseButton-primary"] {{
  background: light-dark({LIGHT.primary}, {DARK.primary}) !important;
  color: light-dark({LIGHT.background}, {DARK.background}) !important;
}}
[data-testid="stBaseButton-primary"] kbd {{ opacity: 0.9; }}
[class*="st-key-"]:has(> [data-testid="stButton"] button:focus-visible) {{
  background: light-dark({LIGHT.background}, {DARK.background});
  border-radius: 0.5rem;
}}
</style>
"""


def _pages() -> dict[str, list[StreamlitPage]]:
    """Return the pages by their section of the menu; the first one stands at the top."""
    return {
        section: [
            st.Page(page.path, title=page.title, default=True)
            if page is FIRST
            else st.Page(page.path, title=page.title, url_path=page.address)
            for page in pages
        ]
        for section, pages in MENU.items()
    }


def _frame() -> None:
    page = st.navigation(_pages(), position="top")
    is_another = page.url_path != st.session_state.get(_PAGE)
    catch_up(is_another)
    st.set_page_config(layout="wide", page_icon="📈", initial_sidebar_state="collapsed" if is_lecture() else 260)
    st.html(_STYLE + _COLOURS + heading.STYLE)
    enlarge()
    if is_another:
        presses.forget()
    kept = _kept_link(page.url_path, is_another)
    projector_key()
    presses.count_presses(kept | said_of_it(), page.url_path)
    if has_lost_its_session():
        laboratory.forget()
    if UNKNOWN in st.query_params and not page.url_path:  # any other page knows no such setting
        complain(sentence(st.query_params.pop(UNKNOWN)))
    page.run()
    is_told()
    st.session_state[_LINKS][page.url_path] = st.query_params.to_dict()


def _kept_link(page: str, is_another: bool) -> dict[str, str | None]:
    """Return the settings that a page was left with, if it is come back to: the menu leads to its bare address."""
    links = st.session_state.setdefault(_LINKS, {})
    st.session_state[_PAGE] = page
    if not is_another or st.query_params or not links.get(page):
        return {}
    of_every_page = said_of_it()
    kept = {key: text for key, text in links[page].items() if key not in of_every_page}
    read_as(kept)
    return kept


_frame()
