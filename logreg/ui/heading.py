"""The first lines of a page: its title, a heading for those who listen, what it shows, and the Explorer's idea."""

from __future__ import annotations

STYLE = """
<style>
[data-testid="stMarkdownContainer"]:has(h1) { margin-bottom: 0; }
[data-testid="stMarkdownContainer"]:has(h1) :is(div, h1, p) { display: inline; }
[data-testid="stMarkdownContainer"] h1 { padding: 0; font-size: inherit; font-weight: 600; letter-spacing: normal; }
[data-testid="stMarkdownContainer"]:has(h1) > div:has(h2) {
  position: absolute;
  clip-path: inset(50%);
  width: 1px; /* as long as its words it would lead a phone sideways */
  height: 1px;
  overflow: hidden;
}
[data-testid="stHeaderActionElements"] { display: none !important; }
:root[data-still] .st-key-claim .stMarkdownColoredText { visibility: hidden; } /* to press Play, where nothing plays */
.st-key-verdict strong {
  display: block;
  font-size: calc(1.5rem * var(--headline, 1));
  line-height: 1.3;
}
@media (max-width: 700px) {
  .st-key-verdict { min-height: 14rem; } /* of the longest of what it says: the stage below stays where it is */
  .st-key-verdict strong { font-size: 1.25rem; }
}
</style>
"""
"""The scene's own heading, below it, is not seen: its button says the same."""


def heading(title: str, said: str) -> str:
    r"""Return the first line of a page as Markdown.

    Parameters
    ----------
    title : str
        The page's.
    said : str
        What it shows, and what to do first; Markdown.

    Examples
    --------
    >>> heading("In code", "Thirty lines.")
    '# In code.\n\nThirty lines.'
    """
    return f"# {title}.\n\n{said}"
