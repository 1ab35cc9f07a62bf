"""A board: two axes that a lesson draws on, with names beside what they name. What moves is bound to a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.figures.picture import Picture, Trace, picture, trace
from logreg.figures.steps import gutter, step_axis, step_position
from logreg.figures.theme import FONT_SIZE, MARGIN, PICTURE_HEIGHT, Theme, axis, dot, frame, note
from logreg.figures.timeline import Timeline, bound
from logreg.figures.values import log_ticks

_PLACES = 13
_FEW = 8  # numbers on an axis that counts: each has a tick
_NARROWEST = 1e-12  # of the larger end


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Hold one axis of a board.

    Parameters
    ----------
    title : str
        Quantity, and "(log scale)" where it is not linear.
    span : pair of float
        First and last value shown; both above 0 on a log axis.
    kind : {"linear", "log"}
        Scale.
    ticks : mapping of float to str, or None
        Labels of its own; None leaves them to Plotly.
    counts : bool
        Whether it counts: no tick stands between two whole numbers.
    has_gutter : bool
        Whether step 0 has a place of its own, left of step 1 on a log axis.
    """

    title: str
    span: tuple[float, float]
    kind: Literal["linear", "log"] = "linear"
    ticks: dict[float, str] | None = None
    counts: bool = False
    has_gutter: bool = False

    def keywords(self, theme: Theme) -> dict[str, Any]:
        """Return the keywords of a Plotly axis."""
        ends = [log10(end) for end in self.span] if self.kind == "log" else list(self.span)
        if ends[1] - ends[0] <= _NARROWEST * max(map(abs, ends)):  # no browser could tell its pixels apart
            ends = [ends[0] - (abs(ends[0]) or 1.0), ends[1] + (abs(ends[1]) or 1.0)]
        own: dict[str, Any] = {} if self.ticks is None else {"tickmode": "array", "tickvals": list(self.ticks)}
        own |= {} if self.ticks is None else {"ticktext": list(self.ticks.values())}
        own |= {"tick0": 0, "dtick": 1} if self.counts and ends[1] - ends[0] < _FEW else {}
        return {**axis(theme, self.title), "type": self.kind, "range": ends, **own}


@dataclass(frozen=True, kw_only=True)
class Board:
    """Hold two axes and the theme, and draw on them.

    Parameters
    ----------
    x, y : Axis
        The axes.
    theme : Theme
        Colours.
    is_square : bool
        Whether one unit is as long on both axes.

    Examples
    --------
    >>> from logreg.figures.theme import LIGHT
    >>> board = Board(x=Axis(title="a", span=(-4, 4)), y=Axis(title="p", span=(0, 1)), theme=LIGHT)
    >>> board.picture([board.line("sigmoid", [-4, 4], [0.02, 0.98], LIGHT.run)], title="p", alt="A curve.").alt
    'A curve.'
    """

    x: Axis
    y: Axis
    theme: Theme
    is_square: bool = False

    def line(self, part: str, x: ArrayLike, y: ArrayLike, colour: str, width: float = 3.5, **look: Any) -> Trace:
        """Return a curve, or a line between two places; `dash=` as Plotly has it, `says=` what it is when asked."""
        line = {"color": colour, "width": width, "dash": look.pop("dash", "solid")}
        return trace("board", part, x, y, line=line, **_asked(look))

    def dots(self, part: str, x: ArrayLike, y: ArrayLike, marker: dict[str, Any], **look: Any) -> Trace:
        """Return points with the marker of `theme.dot`, `theme.ring` or one's own; `says=` what they are when asked."""
        return trace("board", part, x, y, mode="markers", marker=marker, **_asked(look))

    def grown(
        self,
        dial: Timeline,
        column: str,
        colour: str,
        width: float = 4.0,
        *,
        part: str,
        now: str = "now",
        size: int = 15,
    ) -> list[Trace]:
        """Return a column as a curve over its dial that grows while it plays, and the dot at its end."""
        x, y = dial.values, dial.columns[column]
        shown = x > 0 if self.x.kind == "log" else slice(None)
        curve = self.line(part, x[shown], y[shown], colour, width)
        start = step_position(x[:1], "log") if self.x.has_gutter else x[:1]
        here = self.dots(now, start, y[:1], dot(self.theme, colour, size))
        return [bound(curve, "along", x=dial.name, y=column), bound(here, "at", x=dial.name, y=column)]

    def answer(self, part: str, x: ArrayLike, y: ArrayLike, says: str, **look: Any) -> Trace:
        """Return what is shown only where the dial has come to its end; `says`: what it is when asked."""
        return trace("optimum", part, x, y, **_asked({**look, "says": says}))

    def bars(self, part: str, x: ArrayLike, heights: ArrayLike, colour: str, width: float = 14) -> Trace:
        """Return upright bars from 0, as thick lines with gaps: they can move. Bind its y to `bar_rows`."""
        ends = np.repeat(np.asarray(x, dtype=np.float64), 3)
        return self.line(part, ends, bar_rows(np.atleast_2d(heights))[0], colour, width)

    def upright(
        self, part: str, x: float, colour: str, dash: str = "solid", width: float = 2.0, says: str = ""
    ) -> Trace:
        """Return a line from the bottom to the top; `says`: what it is when asked."""
        y = _between(self.y, says)
        return self.line(part, np.full(len(y), x), y, colour, width, dash=dash, says=says)

    def level(self, part: str, y: float, colour: str, dash: str = "dash", width: float = 2.0, says: str = "") -> Trace:
        """Return a line from the left end to the right; `says`: what it is when asked."""
        x = _between(self.x, says)
        return self.line(part, x, np.full(len(x), y), colour, width, dash=dash, says=says)

    def words(self, part: str, x: ArrayLike, y: ArrayLike, texts: Sequence[str], colour: str, **look: Any) -> Trace:
        """Return names that stand at places of the board and move with them; `position=` as "middle right"."""
        place = {"textposition": look.pop("position", "middle right")}
        font = {"size": look.pop("size", FONT_SIZE), "color": colour}
        return trace("board", part, x, y, mode="text", text=list(texts), textfont=font, **place, **look)

    def name(self, text: str, x: float, y: float, colour: str, **where: Any) -> dict[str, Any]:
        """Return a note at a place of the board."""
        place = {"x": log10(x) if self.x.kind == "log" else x, "y": log10(y) if self.y.kind == "log" else y}
        beside = {"xref": "x", "yref": "y", "xanchor": "left", "yanchor": "middle", "xshift": 6}
        return note(self.theme, text, **{**beside, **place, "font": {"size": FONT_SIZE, "color": colour}, **where})

    def picture(
        self, traces: Sequence[Trace], *, title: str, alt: str, notes: Sequence[dict[str, Any]] = (), right: int = 18
    ) -> Picture:
        """Return the picture, with so many pixels right of the plot; {column} in its title is a timeline's number."""
        layout = frame(self.theme, height=PICTURE_HEIGHT, title=title, margin={**MARGIN, "r": right})
        square = {"scaleanchor": "x", "scaleratio": 1} if self.is_square else {}
        axes = {"xaxis": self.x.keywords(self.theme), "yaxis": {**self.y.keywords(self.theme), **square}}
        shapes = {"shapes": [gutter(self.theme)]} if self.x.has_gutter else {}
        layout |= {**axes, **shapes, "annotations": list(notes), "meta": {"static": True}}
        return picture(traces, layout, alt)


def coloured(text: str, colour: str) -> str:
    """Return a text of a title in bold and in a colour: that of the curve that it names.

    Examples
    --------
    >>> coloured("hinge", "#C2185B")
    '<b style="color:#C2185B">hinge</b>'
    """
    return f'<b style="color:{colour}">{text}</b>'


def log_axis(title: str, span: tuple[float, float]) -> Axis:
    """Return a log axis that says so, with powers of ten as labels."""
    return Axis(title=f"{title} (log scale)", span=span, kind="log", ticks=decades(span))


def steps_axis(last: float) -> Axis:
    """Return the log axis of steps up to the last one, with a place of its own for step 0.

    Examples
    --------
    >>> list(steps_axis(100).ticks.values())
    ['0', '1', '10', '10²']
    """
    drawn = step_axis("log", ceil(last))
    ticks = dict(zip(drawn["tickvals"], drawn["ticktext"], strict=True))
    low, high = (10.0**end for end in drawn["range"])
    return Axis(title=drawn["title"]["text"], span=(low, high), kind="log", ticks=ticks, has_gutter=True)


def decades(span: tuple[float, float]) -> dict[float, str]:
    """Return labels for a log axis: powers of ten, few enough to be read.

    Parameters
    ----------
    span : pair of float
        First and last value shown, above 0.

    Returns
    -------
    dict of float to str

    Examples
    --------
    >>> decades((0.5, 200.0))
    {1.0: '1', 10.0: '10', 100.0: '10²'}
    """
    ticks = log_ticks([log10(end) for end in span])
    return dict(zip(ticks["tickvals"], ticks["ticktext"], strict=True))


def _asked(look: dict[str, Any]) -> dict[str, Any]:
    """Return a look that says what it is where the pointer is on it, if it has words."""
    says = look.pop("says", "")
    return {**look, "hoverinfo": "text", "hovertext": says} if says else look


def _between(axis: Axis, says: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the ends of an axis; with places between them for a line that can be asked: Plotly hears at places."""
    if axis.kind == "log":
        return np.geomspace(*axis.span, _PLACES if says else 2)
    return np.linspace(*axis.span, _PLACES if says else 2)


def bar_rows(heights: ArrayLike) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return rows for the y of `Board.bars`: for each bar its foot, its head, and a gap.

    Parameters
    ----------
    heights : array-like of shape (n_values, n_bars)
        One row a value of the dial.

    Returns
    -------
    ndarray of shape (n_values, 3·n_bars)

    Examples
    --------
    >>> bar_rows([[1.0, 2.0]]).tolist()
    [[0.0, 1.0, nan, 0.0, 2.0, nan]]
    """
    heads = np.asarray(heights, dtype=np.float64)
    gap = np.full_like(heads, np.nan)
    return np.stack([np.zeros_like(heads), heads, gap], axis=2).reshape(len(heads), -1)
