"""Scenes in weight space: the notes' ray, what directions cost, the balance, and the landscape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from logreg.certificates.optimum import is_unique
from logreg.certificates.separability import Kind, check_separability
from logreg.data.dataset import FloatArray
from logreg.figures.balance import balance, balance_timeline
from logreg.figures.comparison import turning
from logreg.figures.compass import direction_circle
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture
from logreg.figures.pulls import pulls
from logreg.figures.push import push_timeline, sharpening
from logreg.figures.rays import loss_ray
from logreg.figures.weight_space import landscape, landscape_levels, landscape_window
from logreg.theory.landscape import loss_along_ray, loss_grid, ray_balance
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.growth import look, norm_chart
from logreg.ui.observation_3.pair import Pair, cheapest
from logreg.ui.observation_3.shown import pair_of, shown
from logreg.ui.observation_3.side import Side
from logreg.ui.verdict import minimum, sentence

_FAR = 1e10
_SMALLEST_ANGLE = 1e-9  # degrees; below, an angle is what rounding makes of it
_UNSURE = 1e-6  # of a margin: as far as `optimum` promises to know it
_ROUNDING = 1e-12


def push(asked: Asked) -> View:
    """Push w out along the notes' ray on both sides: r is the dial, along w* or where there is none along the limit."""
    pair = pair_of(asked)
    rays = [_ray(side) for side in pair.sides]
    dial = push_timeline([side.dataset for side in pair.sides], [ray.model for ray in rays])
    pictures = []
    for k, (side, ray) in enumerate(zip(pair.sides, rays, strict=True)):
        about: dict[str, Any] = {"marked": ray.marked, "marked_name": side.optimum_symbol, "dot_of": f"loss{k}"}
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
        with_planes=False,
        layout="rows",
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
        return _Ray(side.limit, f"along {side.best}", side.optimum_norm)
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


def _loss_caption(pair: Pair, idea: str) -> str:
    parts = []
    for run, side in enumerate(pair.sides):
        norm = f"{side.symbol} = {{{run}.{'size' if side.fit_bias else 'norm'}}}"
        parts.append(f"{norm}. {sentences.loss(side, run)}")
    return f"{idea}\nA, step {{0.step}}: {parts[0]}\nB: {parts[1]}"


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
_SPHERE = "With a bias a direction (w, b) is a point of a sphere, not of a circle: here is the cheapest."


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
    rays = [_cheapest_ray(side) for side in pair.sides]
    titles = [f"{side.name}: along the cheapest direction (w, b)" for side in pair.sides]
    pictures = [
        loss_ray(side.dataset, ray, theme=asked.theme, title=title)
        for side, ray, title in zip(pair.sides, rays, titles, strict=True)
    ]
    return shown(
        asked,
        pair,
        tuple(pictures),
        _cost_caption(pair),
        (_SPHERE, *_floor(pair)),
        layout="rows",
    )


def balance_scene(asked: Asked) -> View:
    """Show what balances at the optimum: gains and losses along the ray, or the arrows of all points."""
    pair = pair_of(asked)
    return _arrows(asked, pair) if asked.view == 2 else _gains_and_losses(asked, pair)


def _gains_and_losses(asked: Asked, pair: Pair) -> View:
    places = [_balanced_at(side) for side in pair.sides]
    pictures = [
        balance(side.dataset, place, name=side.name, k=k, theme=asked.theme)
        for k, (side, place) in enumerate(zip(pair.sides, places, strict=True))
    ]
    return shown(
        asked,
        pair,
        _placed(pair, pictures),
        f"{sentences.balance_idea(pair)}\n"
        "At c = {c} times the weights: A gains {gains0} and loses {losses0}, B gains {gains1} and loses {losses1}.",
        tuple(_balance_words(side) for side in pair.sides),
        runs=(),
        timeline=balance_timeline([side.dataset for side in pair.sides], places),
        with_planes=False,
    )


def _arrows(asked: Asked, pair: Pair) -> View:
    pictures = [pulls(side.dataset, _balanced_at(side), name=side.name, theme=asked.theme) for side in pair.sides]
    return shown(
        asked,
        pair,
        _placed(pair, pictures),
        sentences.balance_idea(pair),
        (*(_balance_words(side) for side in pair.sides), *_without_b(pair, asked)),
        with_planes=False,
    )


def _placed(pair: Pair, pictures: list[Picture]) -> tuple[Picture, ...]:
    """Return pictures whose words say where they are drawn."""
    sides = zip(pair.sides, pictures, strict=True)
    return tuple(replace(drawn, alt=f"{side.name}: {_where(side)}. {drawn.alt}") for side, drawn in sides)


def _without_b(pair: Pair, asked: Asked) -> tuple[str, ...]:
    return ("The arrows are the pulls on w; those on b are not drawn.",) if pair.fit_bias and asked.view == 2 else ()


def _balanced_at(side: Side) -> Model:
    """Return the optimum, or where there is none the end of the run."""
    return side.analysis.optimum or side.trajectory.model


def _where(side: Side) -> str:
    return "at the optimum" if side.analysis.optimum is not None else f"at step {side.trajectory.last_step:,}"


def _balance_words(side: Side) -> str:
    place, wrong = _balanced_at(side), _misclassified(side)
    close = "the pulls on (w, b) cancel" if side.fit_bias else "the arrows of all points close"
    if side.analysis.is_near_zero:
        at_zero = sentence(minimum(side.analysis, side.quantity))
        return f"**{side.name}.** {at_zero} There no point is on either side: {close}."
    if side.analysis.optimum is not None:
        points = (
            "the misclassified points" if wrong is None else f"{wrong} misclassified point{'' if wrong == 1 else 's'}"
        )
        lose = "loses" if wrong == 1 else "lose"
        return f"**{side.name}.** At the optimum {points} {lose} what the others gain: {close}."
    now = f"**{side.name}.** At step {side.trajectory.last_step:,}"
    if side.kind == "overlapping":
        return f"{now}; {minimum(side.analysis, side.quantity)}."
    never = "the pulls on (w, b) never cancel" if side.fit_bias else "the arrows never close"
    if wrong == 0:
        return f"{now} no point is misclassified: nothing to cancel, and {never}."
    sides = ray_balance(side.dataset, place, 1.0)
    more = "gains outweigh losses" if sides.gains > sides.losses else "gains do not outweigh losses"
    return f"{now} {more}; {never}, for there is no optimum."


def _misclassified(side: Side) -> int | None:
    """Return how many points are misclassified there; None where some are too near the line to tell."""
    rows, place = side.dataset.signed_samples(), _balanced_at(side).parameters
    margins = rows @ place
    unsure = _UNSURE * max(1.0, float(np.sqrt(np.mean(margins**2))))
    is_unsure = (np.abs(margins) < unsure) & (np.abs(rows) @ np.abs(place) > 0)
    return None if is_unsure.any() else int((margins < 0).sum())


def landscape_scene(asked: Asked) -> View:
    """Show the loss over (w₁, w₂) with both paths, or direction and length apart."""
    pair = pair_of(asked, flows=asked.view == 2)
    return _direction_and_length(pair, asked) if asked.view == 2 else _landscapes(pair, asked)


def _landscapes(pair: Pair, asked: Asked) -> View:
    paths = [side.trajectory.weights for side in pair.sides]
    window = landscape_window(paths)
    biases = [_slice_at(side) for side in pair.sides]
    grids = [loss_grid(side.dataset, window, bias=b) for side, b in zip(pair.sides, biases, strict=True)]
    levels = landscape_levels(grids)
    pictures = []
    for run, (side, grid, path, bias) in enumerate(zip(pair.sides, grids, paths, biases, strict=True)):
        best, ray, resting = side.analysis.optimum, _valley(side), _resting(side)
        title = _landscape_title(side, bias)
        about: dict[str, Any] = {"levels": levels, "title": title, "run_index": run, "theme": asked.theme}
        pictures.append(landscape(grid, path, optimum=best, ray=ray, resting=resting, **about))
    return shown(
        asked,
        pair,
        tuple(pictures),
        _loss_caption(pair, sentences.landscape_idea(pair)),
        _landscape_lines(pair),
    )


def _valley(side: Side) -> FloatArray | None:
    """Return the direction in which the valley runs off; None where there is none, or only a slice to see."""
    if side.kind == "overlapping" or side.limit is None or side.fit_bias:
        return None
    return side.limit.weights


def _resting(side: Side) -> FloatArray:
    return np.zeros(2) if side.law is None else side.law.resting[:2]


def _slice_at(side: Side) -> float:
    """Return the b at which the loss is drawn over w: that of `_balanced_at`, or the 0 that it is but for rounding."""
    place = _balanced_at(side)
    return 0.0 if abs(place.bias) <= _ROUNDING * float(np.hypot.reduce(place.weights)) else place.bias


def _landscape_title(side: Side, bias: float) -> str:
    is_bowl = is_unique(side.dataset, Objective(fit_bias=False))
    bowl = "a bowl" if is_bowl else "a trough, level along its bottom" if side.dataset.X.any() else "level everywhere"
    shape = bowl if _slice_kind(side) == "overlapping" else "a valley without end"
    return f"{side.name}: {shape}" + (f", slice at b = {format_number(bias, 3)}" if side.fit_bias else "")


def _slice_kind(side: Side) -> Kind:
    """Return the verdict on the loss over w at a fixed b: that of the same points without a bias."""
    return check_separability(side.dataset, fit_bias=False).kind


def _landscape_lines(pair: Pair) -> tuple[str, ...]:
    said = "Same window and same levels on both sides."
    if not pair.fit_bias:
        return (f"{said} A valley without end has no lowest point; a bowl has one.",)
    places = " and ".join(f"{side.name} {_where(side)}" for side in pair.sides)
    bowls = [s.name for s in pair.sides if s.kind != "overlapping" and _slice_kind(s) == "overlapping"]
    still = f" In {' and '.join(bowls)} the slice has a lowest point, the loss over (w, b) has none." if bowls else ""
    return (
        f"{said} Each picture is a slice at one b ({places}); the path, which moves in b too, lies over it.{still}",
    )


def _direction_and_length(pair: Pair, asked: Asked) -> View:
    curves = (pair.a.angle_curve(), pair.b.angle_curve())
    angles = turning(curves, of="(w, b)" if pair.fit_bias else "w", **look(pair, asked))
    return shown(
        asked,
        pair,
        (angles, norm_chart(pair, asked)),
        f"The direction is settled long before the length.\n{sentences.caption(pair)}",
        tuple(_turned_words(side) for side in pair.sides),
    )


def _turned_words(side: Side) -> str:
    last, what = side.trajectory.last_step, "(w, b)" if side.fit_bias else "w"
    turned, gained = side.turned, side.gained
    norm = float(np.linalg.norm(side.trajectory.model.parameters))
    is_still = abs(gained) <= _ROUNDING * norm
    gain = f"{side.symbol} {'stayed what it is, to rounding' if is_still else f'changed by {format_number(gained)}'}"
    if not norm:
        return f"**{side.name}.** At step {last:,} the run is at 0, which has no direction."
    if turned != turned:
        said = f"{gain}; at 0, where it began, there is no direction"
    elif turned < _SMALLEST_ANGLE:
        said = f"{what} turned by less than a billionth of a degree, while {gain}"
    else:
        said = f"{what} turned by {format_number(turned, 3)}°, while {gain}"
    return f"**{side.name}.** From step {last // 10:,} to {last:,} {said}."
