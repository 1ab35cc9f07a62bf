"""Every colour, font and frame of the figures, once; a colour means one thing everywhere.

Blue circles are class 0 and orange diamonds class 1 (Okabe and Ito's colours: they survive colour blindness, and
the shapes survive a bad projector). Violet is the run and its step, pink a second run beside it, green is what is
certain before any training (margin, common point, optimum), the text colour is the line p = 1/2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

FONT_FAMILY = '"Source Sans", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
FONT_SIZE = 15  # pixels: readable from the last row, and on a phone
TITLE_SIZE = 17
PLANE_HEIGHT, LOW_HEIGHT = 460, 195  # pixels; a stage stretches what it shows
CURVE_HEIGHT, PICTURE_HEIGHT = 240, 400
MARGIN = {"l": 66, "r": 18, "t": 34, "b": 46}  # pixels around a chart
CLEAR = "rgba(0,0,0,0)"
CLASS_SYMBOLS = ("circle", "diamond")
CLASS_DASHES = ("dot", "solid")  # of lines that a class has, where no name stands beside them
CLASS_SIZES = (10, 11)  # a diamond of the same size looks smaller


@dataclass(frozen=True)
class Theme:
    """Hold the colours of one appearance.

    Parameters
    ----------
    name : {"light", "dark"}
        Streamlit's name for it.
    background, panel, text, primary : str
        The page's own colours, as .streamlit/config.toml has them.
    muted, grid : str
        Second-rank text and lines.
    classes : pair of str
        Class 0 and class 1.
    outline : str
        The rim of a point, so that points stay apart.
    boundary, run, run_b, certain, field_middle : str
        The line p = 1/2; a run and its step; a second run; what is certain before training; the field where p = 1/2.

    Examples
    --------
    >>> LIGHT.classes
    ('#0072B2', '#D55E00')
    """

    name: Literal["light", "dark"]
    background: str
    panel: str
    text: str
    primary: str
    muted: str
    grid: str
    classes: tuple[str, str]
    outline: str
    boundary: str
    run: str
    run_b: str
    certain: str
    field_middle: str

    @property
    def runs(self) -> tuple[str, str]:
        """Run A and run B."""
        return self.run, self.run_b

    @property
    def field_scale(self) -> list[list[float | str]]:
        """The colour scale of p: class 0, nothing at 1/2, class 1."""
        return [[0.0, self.classes[0]], [0.5, self.field_middle], [1.0, self.classes[1]]]


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    panel="#F3F4F7",
    text="#1B1E24",
    primary="#5E3C99",
    muted="#596170",
    grid="#DDE0E6",
    classes=("#0072B2", "#D55E00"),
    outline="#FFFFFF",
    boundary="#1B1E24",
    run="#5E3C99",
    run_b="#C2185B",
    certain="#007A5A",
    field_middle="#FFFFFF",
)
DARK = Theme(
    name="dark",
    background="#0E1117",
    panel="#1C212B",
    text="#F2F4F8",
    primary="#9F84E6",
    muted="#A9B1BF",
    grid="#313844",
    classes=("#56B4E9", "#FF8A3D"),
    outline="#0E1117",
    boundary="#F2F4F8",
    run="#BBA2F5",
    run_b="#FF86B7",
    certain="#2FD0A0",
    field_middle="#0E1117",
)


def theme_for(name: str | None) -> Theme:
    """Return the theme of this name; anything but "dark" is light.

    Parameters
    ----------
    name : str or None
        What Streamlit reports, which may be nothing in a session's first run.

    Examples
    --------
    >>> theme_for("dark").name, theme_for(None).name
    ('dark', 'light')
    """
    return DARK if name == "dark" else LIGHT


def frame(theme: Theme, *, height: int, title: str, margin: dict[str, int], name: str = "") -> dict[str, Any]:
    """Return the layout that every figure starts from.

    Parameters
    ----------
    height : int
        Pixels.
    title : str
        What the figure says.
    margin : dict
        Pixels left, right, above and below: fixed, so that nothing jumps when a number grows.
    name : str
        Whose figure it is, as "A": stands before the title.

    Returns
    -------
    dict
        Keywords of `plotly.graph_objects.Layout`.

    Notes
    -----
    The backgrounds are transparent, so that the figure sits on the page. The constant uirevision keeps a reader's
    zoom when the data change.
    """
    return {
        "template": {},  # Plotly's own would add 7 KB of colours that nothing here uses
        "height": height,
        "margin": {**margin, "pad": 0},
        "autosize": True,
        "uirevision": "kept",
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": theme.text},
        "title": {
            "text": f"{name}: {title}" if name else title,
            "font": {"size": TITLE_SIZE},
            "automargin": False,
            **{"x": 0.0, "xref": "container", "xanchor": "left", "pad": {"l": 6, "t": 6}},
            **{"y": 1.0, "yref": "container", "yanchor": "top"},
        },
        "hoverlabel": {
            "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": theme.text},
            "bgcolor": theme.panel,
            "bordercolor": theme.muted,
        },
        "showlegend": False,
        "dragmode": "pan",
    }


def axis(theme: Theme, title: str) -> dict[str, Any]:
    """Return what every axis has.

    Parameters
    ----------
    title : str
        Quantity, and the scale where it is not linear.

    Returns
    -------
    dict
        Keywords of a Plotly axis.
    """
    return {
        "title": {"text": title, "standoff": 6, "font": {"size": FONT_SIZE}},
        "automargin": False,
        "showgrid": True,
        "gridcolor": theme.grid,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.muted,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.muted,
        "tickfont": {"size": FONT_SIZE - 1},
        "exponentformat": "power",
        "showexponent": "all",
        "minexponent": 4,
    }


def note(theme: Theme, text: str, **where: Any) -> dict[str, Any]:
    """Return an annotation without an arrow.

    Parameters
    ----------
    text : str
        The sentence.
    **where
        Any field of a Plotly annotation, x and y among them.

    Returns
    -------
    dict
        Keywords of a Plotly annotation, in fractions of the plot unless told otherwise.
    """
    plain = {"text": text, "showarrow": False, "xref": "paper", "yref": "paper", "align": "left"}
    return {**plain, "font": {"size": FONT_SIZE, "color": theme.text}, **where}


def dot(theme: Theme, colour: str, size: float = 12) -> dict[str, Any]:
    """Return the marker of a point that counts, with a rim that keeps it apart from what is under it."""
    return {"symbol": "circle", "size": size, "color": colour, "line": {"width": 2, "color": theme.outline}}


def ring(colour: str, size: float, width: float = 2.5) -> dict[str, Any]:
    """Return the marker of a ring round a place; sizes are pixels."""
    return {"symbol": "circle-open", "size": size, "color": colour, "line": {"width": width}}


def mixed(first: str, second: str, share: float) -> str:
    """Return a colour between two, each as #RRGGBB; a share of 0 is the first, 1 the second.

    Examples
    --------
    >>> mixed("#000000", "#FF8000", 0.5)
    '#804000'
    """
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round((1 - share) * a + share * b):02X}" for a, b in pairs)


def faint(colour: str, opacity: float) -> str:
    """Return a colour, given as #RRGGBB, that lets through what is under it.

    Examples
    --------
    >>> faint("#FF8000", 0.5)
    'rgba(255, 128, 0, 0.5)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
