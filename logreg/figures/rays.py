"""Along one ray of weight space: the loss, near the origin and far out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log, log10
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.numbers import format_number, format_positive
from logreg.figures.picture import Picture, Trace, picture, trace
from logreg.figures.theme import FONT_SIZE, LIGHT, LOW_HEIGHT, MARGIN, Theme, axis, dot, frame, note
from logreg.figures.timeline import STEP, Timeline, bound
from logreg.theory.landscape import RayLoss, loss_along_ray
from logreg.training.model import Model

NO_RAY = "w = 0: there is no ray to follow"
RAY_MARGIN = {**MARGIN, "l": 58}
_FAR, _VERY_FAR = 100.0, 1e10  # the lengths that the ray is drawn to, and asked for
_PANELS = ("near", "far")
_POINTS = 401


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
    def ends(self) -> tuple[float, float]:
        """Where the near panel ends and where the far one."""
        return self._near, self._end

    @property
    def _end(self) -> float:
        """Where the picture ends: 100, further only if the marked length is out there."""
        return _FAR if self.marked is None or self.marked <= 0.8 * _FAR else _round_up(1.25 * self.marked)

    @property
    def _near(self) -> float:
        """Where the near panel ends: four times the marked length, or where the fall is over."""
        if self.marked:
            return min(_round_up(4 * self.marked), self._end)
        r = np.linspace(0.0, self._end, _POINTS)
        left = self.loss(r).loss - self.limit
        done = np.flatnonzero(left <= 0.03 * left[0])
        return min(_round_up(2 * float(r[done[0]])), self._end) if len(done) and done[0] else self._end / 10

    @property
    def far_log10_loss(self) -> str:
        """The logarithm of the loss at r = 10¹⁰, written out."""
        return format_number(float(self.loss(_VERY_FAR).log10_loss))


def loss_ray(
    dataset: Dataset,
    model_or_direction: Model,
    *,
    marked: float | None = None,
    marked_name: str = "‖w*‖",
    title: str | None = None,
    dot_at: tuple[str, str] | None = None,
    dot_name: str = "",
    theme: Theme = LIGHT,
) -> Picture:
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
    title : str or None
        None lets the figure say what it shows.
    dot_at : tuple of str or None
        Columns of a timeline with a length and a loss there: a dot runs along the ray, or beside it.
    dot_name : str
        What that dot is called, besides its panel.

    Returns
    -------
    Picture
        Two panels, all axes linear. The dashed line cost · r is a proof: the loss is nowhere below it.

    Raises
    ------
    ValueError
        If the features differ.

    Examples
    --------
    >>> loss_ray(Dataset([[1.0], [-1.0]], [1, 0]), Model([1.0])).figure.layout.title.text
    'It falls towards 0 for ever: no minimum'
    """
    ray = _ray(dataset, model_or_direction, marked, marked_name)
    if ray is None:
        return no_ray(frame(theme, height=LOW_HEIGHT, title=title or NO_RAY, margin=RAY_MARGIN), theme)
    said = _ray_words(ray)
    layout = frame(theme, height=LOW_HEIGHT, title=said if title is None else title, margin=RAY_MARGIN)
    panels = [_panel_traces(ray, panel, end, theme) for panel, end in enumerate(ray.ends)]
    if dot_at is not None:
        panels = [[*traces, _runner(ray, panel, dot_at, dot_name, theme)] for panel, traces in enumerate(panels)]
    tops = [max(float(np.max(part["y"], initial=0.0)) for part in panel) or 1.0 for panel in panels]
    layout |= {**_panels(ray, tops, theme), "annotations": _ray_notes(ray, theme), "meta": {"static": True}}
    return picture([*panels[0], *panels[1]], layout, _words(ray, said))


def lengths_timeline(runs: Sequence[tuple[FloatArray, FloatArray, FloatArray]]) -> Timeline:
    """Return how long runs are and what their loss is at every step that one of them recorded: length0, loss0, ….

    Parameters
    ----------
    runs : sequence of tuple of ndarray
        Of each run its recorded steps, its length there and its loss there.

    Examples
    --------
    >>> one, other = (np.array([0.0, 2.0]), np.array([0.0, 1.0]), np.array([0.7, 0.5])), (np.arange(2.0),) * 3
    >>> lengths_timeline([one, other]).columns["length0"].tolist()
    [0.0, 0.0, 1.0]
    """
    every = np.unique(np.concatenate([steps for steps, _, _ in runs]))
    columns: dict[str, FloatArray] = {}
    for k, (steps, lengths, losses) in enumerate(runs):
        at = np.searchsorted(steps, every, side="right") - 1
        columns |= {f"length{k}": lengths[at], f"loss{k}": losses[at]}
    return Timeline(STEP, every, columns)


def no_ray(layout: dict[str, Any], theme: Theme) -> Picture:
    """Return the picture, in this frame, that there is none of a zero model; the stage asks for axes all the same."""
    hidden: dict[str, Any] = {"visible": False, "range": [0.0, 1.0]}
    nothing = note(theme, NO_RAY, x=0.5, y=0.5, xanchor="center", yanchor="middle")
    axes = {"xaxis": hidden, "yaxis": hidden, "annotations": [nothing], "meta": {"static": True}}
    return picture([], layout | axes, f"{NO_RAY}.")


def _words(ray: _Ray, said: str) -> str:
    start, far = (format_positive(float(v)) for v in ray.loss([0.0, ray.ends[1]]).loss)
    words = f"Loss along a ray from the origin of weight space: {start} at r = 0, {far} at r = "
    words += f"{format_number(ray.ends[1])}; at r = 10¹⁰ the logarithm of the loss to base 10 is {ray.far_log10_loss}. "
    words += f"{said}."
    if ray.marked is not None:
        words += f" There the loss is {format_positive(float(ray.loss(ray.marked).loss))}."
    if not ray.slope:
        return words
    slope = format_number(ray.slope)
    return f"{words} Far out it rises by {slope} per unit of r, and it is nowhere below that times r."


def _ray(dataset: Dataset, model: Model, marked: float | None, name: str) -> _Ray | None:
    """Return the ray through the model with its final slope; None where the model is zero."""
    products = products_along(dataset, model)
    if products is None:
        return None
    slope = float(np.maximum(-products, 0.0).mean())
    return _Ray(dataset, model, slope, log(2.0) * float((products == 0).mean()), marked, name)


def products_along(dataset: Dataset, model: Model) -> FloatArray | None:
    """Return what each point gains along a ray: a_i·u for the unit vector u of a model, 0 where only rounding is left.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        (w, b); its direction counts.

    Returns
    -------
    ndarray of shape (n_samples,) or None
        None where the model is zero.

    Examples
    --------
    >>> products_along(Dataset([[1.0], [-1.0]], [1, 1]), Model([3.0])).tolist()
    [1.0, -1.0]
    """
    vector = model.parameters
    size = float(np.abs(vector).max())
    if size == 0.0:
        return None
    unit = vector / size / np.linalg.norm(vector / size)
    rows = dataset.signed_samples()
    products = rows @ unit
    return np.where(np.abs(products) <= 2.0**-48 * np.abs(rows) @ np.abs(unit), 0.0, products)


def _ray_words(ray: _Ray) -> str:
    if ray.slope > 0:
        least = f"Least at {ray.name} = {format_number(ray.marked)}, then" if ray.marked is not None else "In the end"
        return f"{least} it rises for ever"
    if ray.limit == log(2.0):
        return "The loss stays the same along this ray"
    return f"It falls towards {format_number(ray.limit)} for ever: no minimum"


def _ray_notes(ray: _Ray, theme: Theme) -> list[dict[str, Any]]:
    """Name the slope; the least loss is named by the title, and words say what a linear axis cannot show."""
    if not ray.slope:
        return []
    place: dict[str, Any] = {"x": 0.98, "xanchor": "right", "y": 0.02, "yanchor": "bottom", "xref": "x2 domain"}
    green = {"size": FONT_SIZE, "color": theme.certain}
    return [note(theme, f"slope {format_number(ray.slope)}", **{**place, "yref": "y2 domain"}, font=green)]


def _panel_traces(ray: _Ray, panel: int, end: float, theme: Theme) -> list[Trace]:
    axes: dict[str, Any] = {"xaxis": "x2", "yaxis": "y2"} if panel else {}
    part = _PANELS[panel]
    r = np.linspace(0.0, end, _POINTS)
    marked = np.array([] if ray.marked is None else [ray.marked])
    line = {"color": theme.text, "width": 3.5, "simplify": False}
    dashed = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    ends = r[[0, -1]]
    least: dict[str, Any] = {"mode": "markers", "marker": dot(theme, theme.certain)}
    hover = "r = %{x:.4~g}: L = %{y:.4~g}<extra></extra>"
    return [
        trace("ray", f"loss {part}", r, ray.loss(r).loss, line=line, hovertemplate=hover, **axes),
        trace("proof", f"floor {part}", ends, ends * ray.slope, line=dashed, **axes),
        trace("optimum", f"point {part}", marked, ray.loss(marked).loss, **least, **axes),
    ]


def _runner(ray: _Ray, panel: int, columns: tuple[str, str], name: str, theme: Theme) -> Trace:
    axes: dict[str, Any] = {"xaxis": "x2", "yaxis": "y2"} if panel else {}
    look: dict[str, Any] = {"mode": "markers", "marker": dot(theme, theme.run, 15), **axes}
    drawn = trace("runner", f"{name} {_PANELS[panel]}", [0.0], ray.loss([0.0]).loss, **look)
    return bound(drawn, "at", **dict(zip("xy", columns, strict=True)))


def _panels(ray: _Ray, tops: list[float], theme: Theme) -> dict[str, Any]:
    """Return the axes of both panels; the band in the far one is what the near one shows."""
    layout: dict[str, Any] = {}
    domains = ([0.0, 0.4], [0.5, 1.0])
    for suffix, end, top, domain in zip(("", "2"), ray.ends, tops, domains, strict=True):
        title = "r, near 0" if not suffix else f"r, to {format_number(end)}"
        across = {"range": [-0.02 * end, 1.02 * end], "domain": domain, "anchor": f"y{suffix}", "nticks": 5}
        up = {"range": [-0.06 * top, 1.08 * top], "anchor": f"x{suffix}", "nticks": 5}
        layout[f"xaxis{suffix}"] = {**axis(theme, title), **across}
        layout[f"yaxis{suffix}"] = {**axis(theme, "" if suffix else "loss L"), **up}
    band = {"x0": 0.0, "x1": ray.ends[0], "xref": "x2", "y0": 0, "y1": 1, "yref": "y2 domain", "layer": "below"}
    shown = {"type": "rect", **band, "fillcolor": theme.panel, "line": {"width": 0}}
    return {**layout, "shapes": [shown]}


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, … that is not below a positive value."""
    power = 10.0 ** floor(log10(value))
    return next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= value)
