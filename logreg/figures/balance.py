"""What balances along a ray through the optimum: gains of the correct points, losses of the misclassified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace, picture, trace
from logreg.figures.rays import NO_RAY, RAY_MARGIN, no_ray, products_along
from logreg.figures.theme import FONT_SIZE, LIGHT, PICTURE_HEIGHT, Theme, axis, dot, frame, note
from logreg.figures.timeline import Timeline, bound
from logreg.theory.landscape import ray_balance
from logreg.training.model import Model

_LAST = 3.0  # the largest c that is drawn
_IN_SIGHT = 6.0  # times the height of the crossing that a balance is drawn to: it must be seen
_ROOM = 0.15  # of the height, which a name between two curves needs


def balance_timeline(datasets: Sequence[Dataset], models: Sequence[Model]) -> Timeline:
    """Return, for c from 0 to 3, the gains{k} and losses{k} of the k-th data set at c · (w, b)."""
    c = np.linspace(0.0, _LAST, 91)
    columns: dict[str, FloatArray] = {}
    for k, (dataset, model) in enumerate(zip(datasets, models, strict=True)):
        sides = _sides(dataset, model, c) if model.parameters.any() else (np.zeros(91), np.zeros(91))
        columns |= dict(zip((f"gains{k}", f"losses{k}"), sides, strict=True))
    return Timeline("c", c, columns)


def balance(dataset: Dataset, model: Model, *, name: str = "", k: int = 0, theme: Theme = LIGHT) -> Picture:
    """Draw what moving along c · (w, b) gains at the correct points and loses at the misclassified ones.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    model : Model
        The point at c = 1; at the optimum both are equal there.
    name : str
        Whose picture it is, as "A".
    k : int
        Its number in the `balance_timeline` that moves the two dots.

    Returns
    -------
    Picture
        c from 0 to 3, with a dot for the gains and one for the losses at the dial's c; where the curves cross, the
        loss is least on the ray.

    Raises
    ------
    ValueError
        If the features differ.

    Examples
    --------
    >>> balance(Dataset([[1.0], [-1.0]], [1, 0]), Model([1.0])).figure.layout.title.text
    'No losses: nothing to balance'
    """
    if not model.parameters.any():
        return no_ray(frame(theme, height=PICTURE_HEIGHT, title=NO_RAY, margin=RAY_MARGIN, name=name), theme)
    c = np.linspace(0.0, _LAST, 301)
    gains, losses = _sides(dataset, model, c)
    crossing = _crossing(dataset, model)
    level = None if crossing is None else float(_sides(dataset, model, np.array([crossing]))[0][0])
    top = float(max(gains.max(), losses.max())) or 1.0
    top = top if level is None else min(top, _IN_SIGHT * level)
    said, place = _balance_words(dataset, model, crossing), "(w, b)" if model.bias else "w"
    layout = {
        **frame(theme, height=PICTURE_HEIGHT, title=said, margin=RAY_MARGIN, name=name),
        "xaxis": {**axis(theme, f"c, along c · {place}"), "range": [-0.04, 1.01 * _LAST + 0.01], "dtick": 0.5},
        "yaxis": {**axis(theme, "per unit of c"), "range": [-0.06 * top, 1.1 * top], "nticks": 5},
        "annotations": _balance_notes(c, gains, losses, top, theme),
        "meta": {"static": True},
    }
    gain, loss = (format_number(float(side[0])) for side in _sides(dataset, model, np.ones(1)))
    words = f"Along c times {place}: at c = 1 the correct points gain {gain} per unit of c, "
    words += f"the misclassified ones lose {loss}. {said}."
    dots = _dots(gains[0], losses[0], k, theme)
    return picture([*_traces(c, gains, losses, crossing, level, theme), *dots], layout, words)


def _dots(gain: float, loss: float, k: int, theme: Theme) -> list[Trace]:
    """Return what is gained and lost at the dial's c: two dots that meet where they balance."""
    dots = []
    for name, height, colour in (("losses", loss, theme.muted), ("gains", gain, theme.run)):
        place = trace("side", name, [0.0], [height], mode="markers", marker=dot(theme, colour, 17))
        dots.append(bound(place, "at", x="c", y=f"{name}{k}"))
    return dots


def _traces(
    c: FloatArray, gains: FloatArray, losses: FloatArray, crossing: float | None, level: float | None, theme: Theme
) -> list[Trace]:
    hover = {"hovertemplate": "c = %{x:.3~g}: %{y:.4~g}<extra></extra>"}
    plain = {"color": theme.text, "width": 3, "simplify": False}
    traces = [
        trace("balance", "gains", c, gains, line=plain, **hover),
        trace("balance", "losses", c, losses, line={**plain, "color": theme.muted, "dash": "dashdot"}, **hover),
    ]
    if crossing is None or level is None:
        return traces
    dashed = {"color": theme.certain, "width": 2.5, "dash": "dash"}
    return [
        *traces,
        trace("optimum", "line", [crossing] * 2, [0.0, level], line=dashed),
        trace("optimum", "point", [crossing], [level], mode="markers", marker=dot(theme, theme.certain)),
    ]


def _sides(dataset: Dataset, model: Model, scales: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return gains and losses, without losses that are only rounding."""
    sides = ray_balance(dataset, model, scales)
    products = products_along(dataset, model)
    loses = products is not None and bool((products < 0).any())
    return sides.gains, sides.losses if loses else np.zeros(len(scales))


def _crossing(dataset: Dataset, model: Model) -> float | None:
    """Return the c up to 3 at which gains and losses are equal, by bisection: the loss is convex in c."""
    low, high = 0.0, _LAST
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


def _balance_words(dataset: Dataset, model: Model, crossing: float | None) -> str:
    if crossing is not None:
        return f"Gains = losses at c = {format_number(crossing)}"
    gains, losses = _sides(dataset, model, np.array([_LAST]))
    if not losses.any():
        return "No losses: nothing to balance"
    return f"{'Gains outweigh losses' if gains[0] > losses[0] else 'Losses outweigh gains'} all the way to c = 3"


def _balance_notes(
    c: FloatArray, gains: FloatArray, losses: FloatArray, top: float, theme: Theme
) -> list[dict[str, Any]]:
    """Name the gains right of their steep start, higher up where the names would meet, and the losses at the right end.

    There they stand above both curves, or between the two where the gains are still high.
    """
    gain, loss, first = float(gains[140:].max()), float(losses[140:].max()), min(top, float(gains[0]))
    right = loss if float(gains[140:].min()) - loss > _ROOM * top else max(gain, loss)
    end = {"x": _LAST, "xanchor": "right", "y": right, "yanchor": "bottom", "yshift": 8}  # half a dot
    share = 0.9 if abs(0.75 * first - right) < 2 * _ROOM * top else 0.75
    steep = int(np.argmax(gains <= share * first))
    start = {"x": float(c[steep]), "xanchor": "left", "xshift": 10, "y": float(gains[steep]), "yanchor": "bottom"}
    muted = {"size": FONT_SIZE, "color": theme.muted}
    none = "" if losses.any() else ": none"
    return [
        note(theme, "gains of the correct points", xref="x", yref="y", **start),
        note(theme, f"losses of the misclassified{none}", xref="x", yref="y", font=muted, **end),
    ]
