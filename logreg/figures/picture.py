"""A picture: a Plotly figure put together from plain values, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.figures.tick_labels import margin_for

Trace = dict[str, Any]
NOWHERE = np.empty((0, 2))
"""No points: where a part of a picture has nothing to show."""

_NARROWEST = 1e-300  # range of an axis of which a browser can still place a pixel

checks = False
"""Whether Plotly holds every value against its schema. The tests switch it on; it takes four fifths of the time."""


@dataclass(frozen=True, eq=False)
class Picture:
    """Hold a figure, as plain values, and what it says in words, for those who cannot see it.

    A stage sends the plain values; building Plotly's objects, checking them and taking them apart again would cost it
    a fifth of its time.

    Parameters
    ----------
    data : tuple of dict
        Traces; each says in `meta["role"]` and `meta["part"]` what it is.
    layout : dict
        Keywords of `plotly.graph_objects.Layout`.
    alt : str
        The same with its numbers: of all that is drawn, not of one step.

    Raises
    ------
    ValueError
        If there are no words.

    Examples
    --------
    >>> picture([trace("curve", "run", [0, 1], [2, 3])], {}, "A line from 2 to 3.").alt
    'A line from 2 to 3.'
    """

    data: tuple[Trace, ...]
    layout: dict[str, Any]
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("alt: expected what the figure shows in words, got nothing.")
        if checks:
            assert self.figure

    @cached_property
    def figure(self) -> go.Figure:
        """The figure as Plotly has it, to be shown anywhere."""
        return go.Figure(list(self.data), self.layout, _validate=checks)


def picture(traces: Sequence[Trace], layout: dict[str, Any], alt: str) -> Picture:
    """Return a picture of plain values.

    Parameters
    ----------
    traces : sequence of dict
        Each with its type, as `trace` gives it.
    layout : dict
        Keywords of `plotly.graph_objects.Layout`.
    alt : str
        What it shows in words.
    """
    drawable = {name: _drawable(value) for name, value in layout.items()}
    return Picture(tuple(traces), _with_room(drawable), alt)


def _with_room(layout: dict[str, Any]) -> dict[str, Any]:
    """Return a layout whose left margin holds the labels of every upright axis: fixed, so that nothing jumps."""
    upright = [value for name, value in layout.items() if name.startswith("yaxis") and value.get("side") != "right"]
    if "margin" not in layout or not upright:
        return layout
    left = max(margin_for(axis, layout["margin"]["l"]) for axis in upright)
    return {**layout, "margin": {**layout["margin"], "l": left}}


def with_title(drawn: Picture, template: str) -> Picture:
    """Return a picture whose title follows a timeline on a stage, with its numbers in the places of a template."""
    meta = {**drawn.layout.get("meta", {}), "title": template}
    return Picture(drawn.data, {**drawn.layout, "meta": meta}, drawn.alt)


def trace(role: str, part: str, x: ArrayLike, y: ArrayLike, **look: Any) -> Trace:
    """Return a scatter trace as plain values: lines that say nothing on hovering, unless told otherwise.

    Parameters
    ----------
    role, part : str
        What it is: the browser finds it by these.
    x, y : array-like of shape (n_points,)
        Its points; none where there is nothing to show.
    **look
        Keywords of `plotly.graph_objects.Scatter`.

    Returns
    -------
    dict

    Examples
    --------
    >>> trace("curve", "run", [1.0], [2.0], mode="markers")["meta"]
    {'role': 'curve', 'part': 'run'}
    """
    points = {"x": np.asarray(x, dtype=np.float64), "y": np.asarray(y, dtype=np.float64)}
    quiet = {} if any(field.startswith("hover") for field in look) else {"hoverinfo": "skip"}
    plain = {"type": "scatter", **points, "mode": "lines", "name": part, "meta": {"role": role, "part": part}}
    whole = {"cliponaxis": False} if look.get("mode") == "markers" else {}  # Plotly cuts dots at the edge of the plot
    return {**plain, **quiet, **whole, **look}


def sampled(drawn: Trace, samples: Sequence[int | None]) -> Trace:
    """Return a trace that says which sample each of its points is, so that a stage names it in all charts at once.

    Parameters
    ----------
    drawn : Trace
        With as many points.
    samples : sequence of int or None
        Their numbers, from 0; None for a gap.

    Examples
    --------
    >>> sampled(trace("board", "points", [1.0], [2.0]), [3])["meta"]["samples"]
    [3]
    """
    return {**drawn, "meta": {**drawn["meta"], "samples": list(samples)}}


def _drawable(value: Any) -> Any:
    """Return an axis with a range that can be drawn; anything else as it is."""
    if not (isinstance(value, dict) and "range" in value):
        return value
    low, high = value["range"]
    return value if high - low >= _NARROWEST else {**value, "range": [low, low + _NARROWEST]}
