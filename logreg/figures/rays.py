"""Along one ray of weight space: the loss, far out, and what balances where it is least."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.graph import Trace, figure, scatter
from logreg.figures.numbers import format_number
from logreg.figures.theme import CURVE_HEIGHT, FONT_SIZE, LIGHT, Theme, axis, frame, note
from logreg.theory.landscape import RayLoss, loss_along_ray, ray_balance
from logreg.training.model import Model

NO_RAY = "w = 0: there is no ray to follow"
_MARGIN = {"l": 58, "r": 18, "t": 34, "b": 46}
_FAR, _VERY_FAR = 100.0, 1e10  # the lengths that the ray is drawn to, and asked for
_POINTS = 401
_NO_AXES = {name: {"visible": False} for name in ("xaxis", "yaxis", "xaxis2", "yaxis2")}
_IN_SIGHT = 6.0  # times the height of the crossing that a balance is drawn to: it must be seen


@dataclass(frozen=True, eq=False)
class _Ray:
    """What `loss_ray` knows of the ray r · u."""

    dataset: Dataset
    model: Model
    slope: float  # at which the loss finally rises
    limit: float  # to which it falls where the slope is 0
    marked: float | None
    name: str

    def loss(self, lengths: ArrayLike) -> RayLoss:
        return loss_along_ray(self.dataset, self.model, lengths)

    @property
    def end(self) -> float:
        """Where the picture ends: 100, further only if the marked length is out there."""
        return _FAR if self.marked is None or self.marked <= 0.8 * _FAR else _round_up(1.25 * self.marked)

    @property
    def top(self) -> float:
        """The largest loss in the near panel."""
        return float(self.loss([0.0, self.near]).loss.max())

    @property
    def near(self) -> float:
        """Where the near panel ends: four times the marked length, or where the fall is over."""
        if self.marked:
            return min(_round_up(4 * self.marked), self.end)
        r = np.linspace(0.0, self.end, _POINTS)
        left = self.loss(r).loss - self.limit
        done = np.flatnonzero(left <= 0.03 * left[0])
        return min(_round_up(2 * float(r[done[0]])), self.end) if len(done) and done[0] else self.end / 10


def loss_ray(
    dataset: Dataset,
    model_or_direction: Model,
    *,
    marked: float | None = None,
    marked_name: str = "‖w*‖",
    theme: Theme = LIGHT,
    height: int = CURVE_HEIGHT,
    title: str | None = None,
) -> go.Figure:
    """Draw the loss over the length r along one ray: near the origin, and out to r = 100.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model_or_direction : Model
        Its direction counts. A zero model has no ray: the figure says so.
    marked : float or None
        Length at which the loss is least on this ray; None where there is no minimum.
    marked_name : str
        What that length is called.
    theme : Theme
        Colours.
    height : int
        Pixels.
    title : str or None
        None lets the figure say what it shows.

    Returns
    -------
    plotly.graph_objects.Figure
        Two panels, all axes linear. The dashed line cost · r is a proof: the loss is nowhere below it.

    Raises
    ------
    ValueError
        If the features differ.

    Examples
    --------
    >>> loss_ray(Dataset([[1.0], [-1.0]], [1, 0]), Model([1.0])).layout.title.text
    'It falls towards 0 for ever: no minimum'
    """
    ray = _ray(dataset, model_or_direction, marked, marked_name)
    ends = (_FAR, _FAR) if ray is None else (ray.near, ray.end)
    traces = [trace for panel, end in enumerate(ends) for trace in _panel_traces(ray, panel, end, theme)]
    tops = [max(np.max(trace["y"], initial=0.0) for trace in traces[3 * k : 3 * k + 3]) or 1.0 for k in (0, 1)]
    layout = frame(theme, height=height, title=_ray_words(ray) if title is None else title, margin=_MARGIN)
    panels = _panels(ray, ends, tops, theme) if ray is not None else _NO_AXES
    return figure(traces, {**layout, **panels, "annotations": _ray_notes(ray, theme), "meta": {"static": True}})


def loss_ray_alt(
    dataset: Dataset, model_or_direction: Model, *, marked: float | None = None, marked_name: str = "‖w*‖"
) -> str:
    """Say in words what `loss_ray` shows.

    Parameters
    ----------
    dataset, model_or_direction, marked, marked_name
        As for the figure.

    Returns
    -------
    str
    """
    ray = _ray(dataset, model_or_direction, marked, marked_name)
    if ray is None:
        return f"{NO_RAY}."
    here = ray.loss([0.0, _FAR, _VERY_FAR])
    start, far, log_loss = (format_number(float(v)) for v in (here.loss[0], here.loss[1], here.log10_loss[2]))
    said = f"Loss along a ray from the origin of weight space: {start} at r = 0, {far} at r = 100; at r = 10¹⁰ the "
    said += f"logarithm of the loss to base 10 is {log_loss}. {_ray_words(ray)}."
    if ray.marked is not None:
        said += f" There the loss is {format_number(float(ray.loss(ray.marked).loss))}."
    return said + (
        f" In the end it rises by {format_number(ray.slope)} per unit of r, and it is nowhere below that times r."
        if ray.slope
        else ""
    )


def balance(
    dataset: Dataset, model: Model, *, theme: Theme = LIGHT, height: int = CURVE_HEIGHT, title: str | None = None
) -> go.Figure:
    """Draw what moving along c · (w, b) gains at the correct points and loses at the misclassified ones.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        The point at c = 1; at the optimum both are equal there.
    theme, height, title
        As for `loss_ray`.

    Returns
    -------
    plotly.graph_objects.Figure
        c from 0 to 3; where the curves cross, the loss is least on the ray.

    Raises
    ------
    ValueError
        If the features differ.

    Examples
    --------
    >>> balance(Dataset([[1.0], [-1.0]], [1, 0]), Model([1.0])).layout.title.text
    'No losses: nothing to balance'
    """
    c = np.linspace(0.0, 3.0, 301)
    gains, losses = _sides(dataset, model, c)
    crossing = _crossing(dataset, model)
    at = [] if crossing is None else [crossing]
    level = _sides(dataset, model, np.array(at))[0]
    hover = {"hoverinfo": None, "hovertemplate": "c = %{x:.3~g}: %{y:.4~g}<extra></extra>"}
    traces = [
        _trace("balance", "gains", c, gains, line={"color": theme.text, "width": 3, "simplify": False}, **hover),
        _trace(
            "balance",
            "losses",
            c,
            losses,
            line={"color": theme.muted, "width": 3, "dash": "dashdot", "simplify": False},
            **hover,
        ),
        _trace("optimum", "line", at * 2, [0.0, *level] if at else [], **_dashed(theme)),
        _trace("optimum", "point", at, level, mode="markers", marker=_dot(theme)),
    ]
    top = float(max(gains.max(), losses.max())) or 1.0
    top = min(top, _IN_SIGHT * float(level[0])) if at else top
    said = _balance_words(dataset, model) if title is None else title
    layout = {
        **frame(theme, height=height, title=said, margin=_MARGIN),
        "xaxis": {**axis(theme, "c, along c · w"), "range": [-0.04, 3.04], "dtick": 0.5},
        "yaxis": {**axis(theme, "per unit of c"), "range": [-0.06 * top, 1.1 * top], "nticks": 5},
        "annotations": _balance_notes(c, gains, losses, top, theme),
    }
    if not gains.any() and not losses.any():
        layout |= _NO_AXES
        traces = [{**trace, "x": [], "y": []} for trace in traces]
    return figure(traces, {**layout, "meta": {"static": True}})


def balance_alt(dataset: Dataset, model: Model) -> str:
    """Say in words what `balance` shows.

    Parameters
    ----------
    dataset, model
        As for the figure.

    Returns
    -------
    str
    """
    gains, losses = (format_number(float(side[0])) for side in _sides(dataset, model, np.ones(1)))
    said = f"Along c times w: at c = 1 the correct points gain {gains} per unit of c, the misclassified ones lose "
    return f"{said}{losses}. {_balance_words(dataset, model)}."


def _ray(dataset: Dataset, model: Model, marked: float | None, name: str) -> _Ray | None:
    """Return the ray through the model with its final slope; None where the model is zero."""
    products = _products(dataset, model)
    if products is None:
        return None
    slope = float(np.maximum(-products, 0.0).mean())
    return _Ray(dataset, model, slope, log(2.0) * float((products == 0).mean()), marked, name)


def _products(dataset: Dataset, model: Model) -> FloatArray | None:
    """Return a_i·u for the unit vector u of the model, 0 where only rounding is left."""
    vector = model.parameters
    size = float(np.abs(vector).max())
    if size == 0.0:
        return None
    unit = vector / size / np.linalg.norm(vector / size)
    rows = dataset.signed_samples()
    products = rows @ unit
    return np.where(np.abs(products) <= 2.0**-48 * np.abs(rows) @ np.abs(unit), 0.0, products)


def _ray_words(ray: _Ray | None) -> str:
    if ray is None:
        return NO_RAY
    if ray.slope > 0:
        least = f"Least at {ray.name} = {format_number(ray.marked)}, then" if ray.marked is not None else "In the end"
        return f"{least} it rises for ever"
    if ray.limit == log(2.0):
        return "The loss stays the same along this ray"
    return f"It falls towards {format_number(ray.limit)} for ever: no minimum"


def _ray_notes(ray: _Ray | None, theme: Theme) -> list[dict[str, Any]]:
    """Return what a linear axis cannot show, and the slope."""
    if ray is None:
        return [note(theme, NO_RAY, x=0.5, y=0.5, xanchor="center", yanchor="middle")]
    log_loss = format_number(float(ray.loss(_VERY_FAR).log10_loss))
    side = {"x": 0.03, "xanchor": "left"} if ray.slope else {"x": 0.98, "xanchor": "right"}
    place = {"xref": "x2 domain", "yref": "y2 domain"}
    notes = [] if ray.marked is None else [_mark_note(ray, ray.marked, theme)]
    notes += [note(theme, f"at r = 10¹⁰:<br>log₁₀ L = {log_loss}", **{**side, "y": 1.0, "yanchor": "top"}, **place)]
    if ray.slope:
        green = {"size": FONT_SIZE, "color": theme.certain}
        corner = {"x": 0.98, "xanchor": "right", "y": 0.02, "yanchor": "bottom", "font": green}
        notes.append(note(theme, f"slope<br>{format_number(ray.slope)}", **corner, **place))
    return notes


def _mark_note(ray: _Ray, marked: float, theme: Theme) -> dict[str, Any]:
    """Name the marked length at the top of the near panel, inside the bowl of the curve."""
    place = {"xref": "x", "x": marked, "xanchor": "left", "yref": "y domain", "y": 1.0, "yanchor": "top", "xshift": 2}
    font = {"size": FONT_SIZE, "color": theme.certain}
    return note(theme, f"{ray.name} = {format_number(marked, 3)}", font=font, **place)


def _panel_traces(ray: _Ray | None, panel: int, end: float, theme: Theme) -> list[Trace]:
    axes = {"xaxis": "x2", "yaxis": "y2"} if panel else {}
    part = ("near", "far")[panel]
    r, losses, floor_line, point, least = (np.empty(0) for _ in range(5))
    if ray is not None:
        r = np.linspace(0.0, end, _POINTS)
        losses, floor_line = ray.loss(r).loss, r[[0, -1]] * ray.slope
        point = np.array([] if ray.marked is None else [ray.marked])
        least = ray.loss(point).loss
    hover = {"hoverinfo": None, "hovertemplate": "r = %{x:.4~g}: L = %{y:.4~g}<extra></extra>"}
    return [
        _trace(
            "ray",
            f"loss {part}",
            r,
            losses,
            line={"color": theme.text, "width": 3.5, "simplify": False},
            **hover,
            **axes,
        ),
        _trace("proof", f"floor {part}", r[[0, -1]] if len(r) else r, floor_line, **_dashed(theme), **axes),
        _trace("optimum", f"point {part}", point, least, mode="markers", marker=_dot(theme), **axes),
    ]


def _panels(ray: _Ray, ends: tuple[float, float], tops: list[float], theme: Theme) -> dict[str, Any]:
    """Return the axes of both panels; the band in the far one is what the near one shows."""
    layout: dict[str, Any] = {}
    domains = ([0.0, 0.4], [0.5, 1.0])
    for suffix, end, top, domain in zip(("", "2"), ends, tops, domains, strict=True):
        title = "r, near 0" if not suffix else f"r, to {format_number(end)}"
        across = {"range": [-0.02 * end, 1.02 * end], "domain": domain, "anchor": f"y{suffix}", "nticks": 5}
        up = {"range": [-0.06 * top, 1.08 * top], "anchor": f"x{suffix}", "nticks": 5}
        layout[f"xaxis{suffix}"] = {**axis(theme, title), **across}
        layout[f"yaxis{suffix}"] = {**axis(theme, "" if suffix else "loss L"), **up}
    band = {"x0": 0.0, "x1": ends[0], "xref": "x2", "y0": 0, "y1": 1, "yref": "y2 domain", "layer": "below"}
    shown = {"type": "rect", **band, "fillcolor": theme.panel, "line": {"width": 0}}
    return {**layout, "shapes": [shown, *_mark_line(ray, theme)]}


def _mark_line(ray: _Ray, theme: Theme) -> list[dict[str, Any]]:
    """Return the thin line from the marked point up to its name."""
    if ray.marked is None:
        return []
    ends = {"x0": ray.marked, "x1": ray.marked, "y0": float(ray.loss(ray.marked).loss), "y1": ray.top}
    return [{"type": "line", **ends, "layer": "below", "line": {"color": theme.certain, "width": 1.5, "dash": "dot"}}]


def _sides(dataset: Dataset, model: Model, scales: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return gains and losses, without losses that are only rounding."""
    sides = ray_balance(dataset, model, scales)
    products = _products(dataset, model)
    losing = products is not None and bool((products < 0).any())
    return sides.gains, sides.losses if losing else np.zeros(len(scales))


def _crossing(dataset: Dataset, model: Model) -> float | None:
    """Return the c up to 3 at which gains and losses are equal, by bisection: the loss is convex in c."""
    low, high = 0.0, 3.0
    ends = [float(gain - loss) for gain, loss in zip(*_sides(dataset, model, np.array([low, high])), strict=True)]
    gains, losses = _sides(dataset, model, np.ones(1))
    if abs(gains[0] - losses[0]) <= 1e-9 * losses[0]:
        return 1.0 if losses[0] else None
    if ends[0] <= 0 or ends[1] >= 0:
        return None
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        gains, losses = _sides(dataset, model, np.array([middle]))
        low, high = (middle, high) if gains[0] > losses[0] else (low, middle)
    return (low + high) / 2


def _balance_words(dataset: Dataset, model: Model) -> str:
    products = _products(dataset, model)
    if products is None:
        return NO_RAY
    if not (products < 0).any():
        return "No losses: nothing to balance"
    crossing = _crossing(dataset, model)
    if crossing is not None:
        return f"Gains = losses at c = {format_number(crossing)}"
    gains, losses = _sides(dataset, model, np.array([3.0]))
    return f"{'Gains outweigh losses' if gains[0] > losses[0] else 'Losses outweigh gains'} all the way to c = 3"


def _balance_notes(
    c: FloatArray, gains: FloatArray, losses: FloatArray, top: float, theme: Theme
) -> list[dict[str, Any]]:
    """Name the gains right of their steep start, where nothing else is, and the losses above the right end."""
    if not gains.any() and not losses.any():
        return [note(theme, NO_RAY, x=0.5, y=0.5, xanchor="center", yanchor="middle")]
    steep = int(np.argmax(gains <= 0.75 * min(top, gains[0])))
    start = {"x": float(c[steep]), "xanchor": "left", "xshift": 10, "y": float(gains[steep]), "yanchor": "bottom"}
    end = {"x": 3.0, "xanchor": "right", "y": float(max(gains[140:].max(), losses[140:].max())), "yanchor": "bottom"}
    muted = {"size": FONT_SIZE, "color": theme.muted}
    none = "" if losses.any() else ": none"
    return [
        note(theme, "gains of the correct points", xref="x", yref="y", **start),
        note(theme, f"losses of the misclassified{none}", xref="x", yref="y", font=muted, **end),
    ]


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, … that is not below a positive value."""
    power = 10.0 ** floor(log10(value))
    return next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= value)


def _dot(theme: Theme) -> dict[str, Any]:
    return {"size": 12, "color": theme.certain, "line": {"width": 2, "color": theme.outline}}


def _dashed(theme: Theme) -> dict[str, Any]:
    return {"line": {"color": theme.certain, "width": 2.5, "dash": "dash"}}


def _trace(role: str, part: str, x: ArrayLike, y: ArrayLike, **look: Any) -> Trace:
    return scatter(
        x=np.asarray(x, dtype=np.float64),
        y=np.asarray(y, dtype=np.float64),
        name=part,
        meta={"role": role, "part": part},
        **{"mode": "lines", "hoverinfo": "skip", **look},
    )
