"""One Plotly figure on a page, updated in place: no flash, zoom kept.

`st.plotly_chart` builds its chart anew whenever the figure changes, which blanks it for a moment and forgets the
zoom; this component hands the new figure to `Plotly.react` in the same place.
"""

from __future__ import annotations

import json
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from logreg.figures.theme import LIGHT, Theme
from logreg.ui.assets import asset_path

_HERE = Path(__file__).parent

# The module comes from a route of the app, once; inline code would travel with every new figure.
# The pages lie one level deep (/sigmoid), so that an address relative to the document is one relative to the app.
_JS = f"""
const module = import(new URL("{asset_path("chart/chart.js")}", document.baseURI).href);
export default function (component) {{
  module.then((chart) => chart.show(component), () => {{
    component.parentElement.querySelector(".chart").textContent =
      "This chart could not be loaded. Reload the page to try again.";
  }});
  return () => module.then((chart) => chart.remove(component.parentElement), () => {{}});
}}
"""

_component = st.components.v2.component(
    "logreg_chart",
    html='<div class="chart" role="figure"></div>',
    css=(_HERE / "chart.css").read_text(encoding="utf-8"),
    js=_JS,
)


def chart(figure: go.Figure, *, key: str, alt: str, height: int | None = None, theme: Theme = LIGHT) -> None:
    """Show a figure, or update the one shown before under this key.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        What to show. Its `uirevision` decides whether a reader's zoom is kept.
    key : str
        Unique on the page; the same key is the same place.
    alt : str
        What the figure says, in words, with its numbers.
    height : int or None
        Pixels, reserved before anything is loaded; None takes the figure's own.
    theme : Theme
        The one that the figure is drawn for; where the page has the other, the page is run again.

    Raises
    ------
    ValueError
        If alt is empty, or no height is given anywhere.
    """
    if not alt.strip():
        raise ValueError("alt: expected the figure's message in words, got nothing.")
    pixels = figure.layout.height if height is None else height
    if pixels is None:
        raise ValueError("height: expected pixels, here or in the figure, got none.")
    about = {"key": key, "alt": alt, "height": int(pixels), "theme": theme.name}
    _component(key=key, data=_payload(figure, about), height=int(pixels), on_theme_change=lambda: None)


def _payload(figure: go.Figure, about: dict[str, object]) -> bytes:
    """Return UTF-8 JSON as bytes: Streamlit passes bytes on untouched, and without importing pandas."""
    return f'{{"figure": {figure.to_json()}, "about": {json.dumps(about, ensure_ascii=False)}}}'.encode()
