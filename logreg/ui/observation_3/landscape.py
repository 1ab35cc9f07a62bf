"""The scene of the landscape: the loss over w with both paths, and direction and length apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from logreg.certificates.optimum import is_unique
from logreg.certificates.separability import Kind, check_separability
from logreg.data.dataset import FloatArray
from logreg.figures.comparison import turning
from logreg.figures.numbers import format_number
from logreg.figures.weight_space import landscape, landscape_levels, landscape_window
from logreg.theory.landscape import loss_grid
from logreg.training.objective import Objective
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.balance import balanced_at, where
from logreg.ui.observation_3.growth import look, norm_chart
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.settling import missing_angles, settling_idea
from logreg.ui.observation_3.shown import pair_of, shown
from logreg.ui.observation_3.side import Side
from logreg.ui.verdict import sentence

_SMALLEST_ANGLE = 1e-9  # degrees; below, an angle is what rounding makes of it
_ROUNDING = 1e-12
_LOWEST = {
    "a valley without end": "a valley without end has no lowest point",
    "a bowl": "a bowl has one lowest point",
    "a trough, level along its bottom": "a trough is lowest along a whole line",
    "level everywhere": "where all is level every point is lowest",
}


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
    """Return the b at which the loss is drawn over w: that of `balanced_at`, or the 0 that it is but for rounding."""
    place = balanced_at(side)
    return 0.0 if abs(place.bias) <= _ROUNDING * float(np.hypot.reduce(place.weights)) else place.bias


def _landscape_title(side: Side, bias: float) -> str:
    return f"{side.name}: {_shape(side)}" + (f", slice at b = {format_number(bias, 3)}" if side.fit_bias else "")


def _shape(side: Side) -> str:
    """Name the shape of the loss over w at a fixed b: one of those of which `_LOWEST` speaks."""
    if _slice_kind(side) != "overlapping":
        return "a valley without end"
    if is_unique(side.dataset, Objective(fit_bias=False)):
        return "a bowl"
    return "a trough, level along its bottom" if side.dataset.X.any() else "level everywhere"


def _slice_kind(side: Side) -> Kind:
    """Return the verdict on the loss over w at a fixed b: that of the same points without a bias."""
    return check_separability(side.dataset, fit_bias=False).kind


def _landscape_lines(pair: Pair) -> tuple[str, ...]:
    said = "Same window and same levels on both sides."
    if not pair.fit_bias:
        shapes = {_shape(side) for side in pair.sides}
        return (f"{said} {sentence('; '.join(told for shape, told in _LOWEST.items() if shape in shapes))}",)
    places = " and ".join(f"{side.name} {where(side)}" for side in pair.sides)
    bowls = [s.name for s in pair.sides if s.kind != "overlapping" and _slice_kind(s) == "overlapping"]
    still = f" In {' and '.join(bowls)} the slice has a lowest point, the loss over (w, b) has none." if bowls else ""
    return (
        f"{said} Each picture is a slice at one b ({places}); the path, which moves in b too, lies over it.{still}",
    )


def _direction_and_length(pair: Pair, asked: Asked) -> View:
    curves = (pair.a.angle_curve(), pair.b.angle_curve())
    angles = turning(curves, of="(w, b)" if pair.fit_bias else "w", missing=missing_angles(pair), **look(pair, asked))
    return shown(
        asked,
        pair,
        (angles, norm_chart(pair, asked)),
        f"{settling_idea(pair)}\n{sentences.caption(pair)}",
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


def _loss_caption(pair: Pair, idea: str) -> str:
    parts = []
    for run, side in enumerate(pair.sides):
        norm = f"{side.symbol} = {{{run}.{'size' if side.fit_bias else 'norm'}}}"
        parts.append(f"{norm}. {sentences.loss(side, run)}")
    return f"{idea}\nA, step {{0.step}}: {parts[0]}\nB: {parts[1]}"
