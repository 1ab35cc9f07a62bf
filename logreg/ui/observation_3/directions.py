"""Scenes along a direction: the notes' ray, and what each direction costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from logreg.figures.compass import direction_circle
from logreg.figures.numbers import format_number
from logreg.figures.push import push_timeline, sharpening
from logreg.figures.rays import lengths_timeline, loss_ray
from logreg.theory.landscape import loss_along_ray
from logreg.training.model import Model
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.pair import Pair, cheapest
from logreg.ui.observation_3.shown import pair_of, script_of, shown
from logreg.ui.observation_3.side import Side
from logreg.ui.scripts.observation_3 import PUSH
from logreg.ui.verdict import minimum, sentence

_FAR = 1e10


def push(asked: Asked) -> View:
    """Push w out along the notes' ray on both sides: r is the dial, along w* or where there is none along the limit."""
    pair = pair_of(asked)
    rays = [_ray(side) for side in pair.sides]
    dial = push_timeline([side.dataset for side in pair.sides], [ray.model for ray in rays])
    pictures = []
    for k, (side, ray) in enumerate(zip(pair.sides, rays, strict=True)):
        about: dict[str, Any] = {
            "marked": ray.marked,
            "marked_name": side.optimum_symbol,
        }
        about |= {"dot_at": ("r", f"loss{k}"), "dot_name": f"loss{k}"}
        title = f"{side.name}: {ray.name}"
        pictures.append(loss_ray(side.dataset, ray.model, **about, title=title, theme=asked.theme))
        pictures.append(sharpening(dial, k, side.dataset, ray.model, name=side.name, theme=asked.theme))
    return shown(
        asked,
        pair,
        tuple(pictures),
        "Pushed out to r = {r}, A’s loss is {said0} and B’s is {said1}.",
        tuple(_push_words(side, ray) for side, ray in zip(pair.sides, rays, strict=True)),
        runs=(),
        timeline=dial,
        layout="rows",
        script=None if None in (pair.a.limit, pair.b.limit) else script_of(PUSH, *pair.sides),
    )


@dataclass(frozen=True, eq=False)
class _Ray:
    """A direction to push along, what it is called, and where the loss is least on it."""

    model: Model
    name: str
    marked: float | None


def _ray(side: Side) -> _Ray:
    """Choose the ray: along the optimum, or the direction that the run turns to, or the cheapest one."""
    if side.limit is None:
        missing = f"{side.best} = 0, no ray" if side.analysis.is_near_zero else "limit out of float64’s reach"
        return _Ray(_cheapest_ray(side), f"{missing}; along the cheapest direction", None)
    if side.kind == "overlapping":
        least = "" if side.optimum_norm is None else f", least at r = {format_number(side.optimum_norm)}"
        return _Ray(side.limit, f"along {side.best}{least}", side.optimum_norm)
    name = "the max-margin direction" if side.kind == "separable" else "the direction ū that frees the most points"
    return _Ray(side.limit, f"no {side.best}; along {name}", None)


def _cheapest_ray(side: Side) -> Model:
    direction = cheapest(side.dataset, side.fit_bias).direction
    return Model(direction[:-1], float(direction[-1])) if side.fit_bias else Model(direction)


def _push_words(side: Side, ray: _Ray) -> str:
    far = loss_along_ray(side.dataset, ray.model, _FAR)
    end = f"at r = 10¹⁰ log₁₀ L = {format_number(float(far.log10_loss))}"
    if side.kind == "overlapping" and ray.marked is not None:
        said = f"Along {side.best} the loss falls to r = {format_number(ray.marked)}, then rises for ever: {end}"
    elif side.kind == "overlapping":
        said = f"{sentence(minimum(side.analysis, side.quantity))} Along the cheapest direction {end}"
    elif side.limit is None:
        said = f"There is no {side.best}. Along a direction that costs nothing {end}"
    elif side.kind == "separable":
        said = f"There is no {side.best}. Along the max-margin direction the loss falls for ever: {end}"
    else:
        said = f"There is no {side.best}. Along ū the loss falls for ever, but not to 0: {end}"
    return f"**{side.name}.** {said}."


def directions(asked: Asked) -> View:
    """Show what each direction costs on a circle; with a bias, where directions fill a sphere, only the cheapest."""
    pair = pair_of(asked)
    return _cheapest_rays(pair, asked) if pair.fit_bias else _circles(pair, asked)


def _circles(pair: Pair, asked: Asked) -> View:
    pictures = []
    for run, side in enumerate(pair.sides):
        about: dict[str, Any] = {
            "cost_floor": cheapest(side.dataset, side.fit_bias),
            "name": side.name,
            "theme": asked.theme,
        }
        place = side.trajectory.weights[-1]
        pictures.append(direction_circle(side.dataset, run_index=run, weights=place, **about))
    return shown(
        asked,
        pair,
        tuple(pictures),
        _cost_caption(pair),
        (_PROOF, *_floor(pair)),
    )


_PROOF = (
    "The cost of a unit direction u is the mean of (−a·u)₊: how fast its misclassified points "
    "raise the loss in the end."
)
_FLOOR = (
    "L(r·u) ≥ c*·r for every such u, and L(0) = ln 2: the minimum is no further out than ln 2/c*. "
    "The notes leave this step out."
)
_SPHERE = (
    "With a bias a direction (w, b) is a point of a sphere, not of a circle: here is the cheapest. "
    "The dot is the training, at its own length."
)


def _floor(pair: Pair) -> tuple[str, ...]:
    """Return the proof that a positive least cost gives, where a side has one."""
    return (_FLOOR,) if any(cheapest(side.dataset, side.fit_bias).cost for side in pair.sides) else ()


def _cost_caption(pair: Pair) -> str:
    parts = [
        f"{side.symbol} = {{{run}.{'size' if side.fit_bias else 'norm'}}}. {sentences.cost(side)}"
        for run, side in enumerate(pair.sides)
    ]
    return f"{sentences.directions_idea(pair)}\nA, step {{0.step}}: {parts[0]}\nB: {parts[1]}"


def _cheapest_rays(pair: Pair, asked: Asked) -> View:
    views = [(side.view, side.quantity) for side in pair.sides]
    dial = lengths_timeline([(view.steps, view.column(length), view.column("loss")) for view, length in views])
    pictures = []
    for k, side in enumerate(pair.sides):
        about: dict[str, Any] = {"title": f"{side.name}: along the cheapest direction (w, b)", "theme": asked.theme}
        about |= {"dot_at": (f"length{k}", f"loss{k}"), "dot_name": f"run {k}"}
        pictures.append(loss_ray(side.dataset, _cheapest_ray(side), **about))
    return shown(
        asked,
        pair,
        tuple(pictures),
        _cost_caption(pair),
        (_SPHERE, *_floor(pair)),
        timeline=dial,
    )
