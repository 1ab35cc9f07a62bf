"""The pages in teaching order: the one list of them, for the menu and for what addresses lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class PageOf:
    """Name a page: its file in `pages`, without ending, and its title; the file says its address too.

    Parameters
    ----------
    name : str
        As "observation_3", whose address is /observation-3.
    title : str
        In the menu.

    Examples
    --------
    >>> PageOf("observation_3", "Observation 3").address
    'observation-3'
    """

    name: str
    title: str

    @property
    def address(self) -> str:
        """The last part of its address; the first page stands at the top, and is found by this word too."""
        return self.name.replace("_", "-")

    @property
    def path(self) -> Path:
        """Its file."""
        return FOLDER / f"{self.name}.py"


MENU: Mapping[str, tuple[PageOf, ...]] = {
    "Explore": (PageOf("explorer", "Explorer"),),
    "The notes, section by section": (
        PageOf("sigmoid", "Sigmoid"),
        PageOf("cross_entropy", "Cross-entropy"),
        PageOf("maximum_likelihood", "Maximum likelihood"),
        PageOf("gradient", "The gradient"),
        PageOf("observation_3", "Observation 3"),
        PageOf("bias", "The bias"),
        PageOf("descent", "Descent"),
    ),
    "Further": (
        PageOf("beyond", "Beyond the notes"),
        PageOf("in_code", "In code"),
    ),
}
"""The pages by their section of the menu."""

PAGES = {page.address: page for section in MENU.values() for page in section}
"""The pages by their address."""

SHEET = "run-sheet"
"""The end of the address of a lesson's run sheets, below the page's."""

FIRST = next(iter(PAGES.values()))
"""The page at the top."""


def nearest(path: str) -> PageOf | None:
    """Return the page that an unknown path was most likely meant for.

    Parameters
    ----------
    path : str
        Decoded, as "/sigmiod".

    Returns
    -------
    PageOf or None
        None where nothing is near.

    Examples
    --------
    >>> nearest("/sigmiod").title, nearest("/Observation_3/x").title, nearest("/wp-login.php")
    ('Sigmoid', 'Observation 3', None)
    """
    word = path.strip("/").partition("/")[0][:60].lower().replace("_", "-").replace(" ", "-")
    titles = {page.title.lower().replace(" ", "-"): page for page in PAGES.values()}
    known = titles | PAGES
    close = get_close_matches(word, known, n=1, cutoff=0.7)
    return known[close[0]] if close else None
