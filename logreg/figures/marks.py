"""Lines, points and layouts that the figures of scene 9 share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from logreg.figures.numbers import format_number
from logreg.figures.picture import Trace, scatter
from logreg.figures.theme import Theme, frame

Role = tuple[str, str]

LOW = 260  # pixels; a lower figure has tight margins


def line(
    x: ArrayLike, y: ArrayLike, colour: str, name: str, role: Role, dash: str = "solid", width: float = 3.0, **look: Any
) -> Trace:
    """Return a line with its role and part."""
    return scatter(
        **{"x": np.asarray(x, dtype=np.float64), "y": np.asarray(y, dtype=np.float64), "mode": "lines"},
        **{"line": {"color": colour, "width": width, "dash": dash}, "connectgaps": False, "name": name},
        **{"hovertemplate": f"{name}: %{{y:.4~g}} at %{{x:.4~g}}<extra></extra>", **look},
        meta={"role": role[0], "part": role[1]},
    )


def upright(x: float | None, top: float, colour: str, role: Role, dash: str = "solid") -> Trace:
    """Return a thin upright line from 0 to the top; empty where x is None."""
    ends = ([], []) if x is None else ([x, x], [0.0, top])
    return line(*ends, colour, role[0], role, dash=dash, width=1.5, hoverinfo="skip", hovertemplate=None)


def point(
    x: float | None, y: float, colour: str, role: Role, theme: Theme, symbol: str = "circle", size: float = 12
) -> Trace:
    """Return one point; empty where x is None."""
    rim = {"width": 2.5, "color": colour} if symbol.endswith("open") else {"width": 2, "color": theme.outline}
    there = x is not None and np.isfinite(x) and np.isfinite(y)
    return scatter(
        x=[x] if there else [],
        y=[y] if there else [],
        mode="markers",
        marker={"symbol": symbol, "size": size, "color": colour, "line": rim},
        hoverinfo="text",
        hovertext=[format_number(y)] if there else [],
        name=role[0],
        meta={"role": role[0], "part": role[1]},
    )


def titled(title: str | None, said: str) -> str:
    """Return the numbers, after a name where there is one."""
    return f"{title}: {said}" if title else said


def layout_of(theme: Theme, height: int, title: str, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Return a layout for any size: the same margins always, tighter where the figure is low."""
    margin = {"l": 70, "r": 16, "t": 30, "b": 44} if height < LOW else {"l": 70, "r": 16, "t": 40, "b": 52}
    return {**frame(theme, height=height, title=title, margin=margin), "xaxis": x, "yaxis": y}
