"""The last scene: what keeps the weights short, and why it matters: λ as a dial, early stopping, points held out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from logreg.data.dataset import Dataset, FloatArray
from logreg.data.lecture_sets import train_and_held_out
from logreg.figures.early_stopping import Roads, early_stopping, furthest, off_path, roads
from logreg.figures.held_out import held_out_confidence, held_out_losses
from logreg.figures.numbers import format_number
from logreg.figures.penalty import penalty_dial, penalty_losses, penalty_timeline
from logreg.theory.held_out import HeldOut, held_out
from logreg.theory.regularisation import (
    RegularisationPath,
    penalty_grid,
    regularisation_path,
    sklearn_penalty,
)
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.growth import norm_chart
from logreg.ui.observation_3.pair import Pair, make_side
from logreg.ui.observation_3.shown import A, B, pair_of, script_of, shown
from logreg.ui.observation_3.side import Side
from logreg.ui.results import analyse, dataset_key
from logreg.ui.scripts.observation_3 import PENALTY
from logreg.ui.stage import RunView
from logreg.ui.verdict import minimum, sentence, way_out

PENALTIES = tuple(float(f"{m}e{k}") for k in range(-6, 1) for m in (1, 2, 5))
"""λ of the dial."""
_SHOWN = 0.01  # where there is no picture of λ
_BY_POINTS: dict[str | type[Any], Callable[[Any], Any]] = {Dataset: dataset_key}


def regularisation_scene(asked: Asked) -> View:
    """Show one of three views: λ as a dial, early stopping, points held out."""
    return (dial, stopped_early, so_what)[asked.view - 1](pair_of(asked), asked)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=_BY_POINTS)
def path_of(dataset: Dataset, fit_bias: bool, marked: tuple[float, ...] = ()) -> RegularisationPath:
    """Return the regularisation path of a data set over λ on its own scale, with the λ that are to be marked."""
    grid = np.union1d(penalty_grid(dataset, fit_bias=fit_bias), marked)
    return regularisation_path(dataset, grid, fit_bias=fit_bias)


def dial(pair: Pair, asked: Asked) -> View:
    """Play λ: how long the minimum of A is for each, and what the penalty adds to the loss there."""
    a = pair.a
    default = sklearn_penalty(a.dataset)
    path = path_of(a.dataset, a.fit_bias, (default, *PENALTIES))
    limit = None if a.kind != "overlapping" else float("nan") if a.optimum_norm is None else a.optimum_norm
    if not np.isfinite(path.parameter_norm).any():
        return _without_path(pair, a, asked)
    refuses = " (but it refuses a single class)" if len(set(a.dataset.y.tolist())) == 1 else ""
    look: dict[str, Any] = {"theme": asked.theme, "name": "A"}
    return shown(
        asked,
        pair,
        (
            penalty_dial(path, PENALTIES[0], sklearn_l2=default, limit_norm=limit, **look),
            penalty_losses(path, PENALTIES[0], **look),
        ),
        f"A: {{where}}.\nWithout a penalty {minimum(a.analysis, a.quantity)}. "
        f"scikit-learn’s default C = 1 is λ = 1/(nC){refuses}: {_penalised(a, default)}.",
        timeline=penalty_timeline(path, PENALTIES, {"where": [_penalised(a, l2) for l2 in PENALTIES]}),
        runs=(),
        script=script_of(PENALTY, a) if _is_reached(a) else None,
    )


def _is_reached(side: Side) -> bool:
    """Return whether the minimum is a length other than 0 for every λ of the dial, in float64."""
    found = (analyse(side.dataset, replace(side.analysis.objective, l2=l2)) for l2 in PENALTIES)
    return all(one.optimum is not None and not one.is_near_zero for one in found)


def _penalised(side: Side, l2: float) -> str:
    """Say where the minimum is with a penalty."""
    return minimum(analyse(side.dataset, replace(side.analysis.objective, l2=l2)), side.quantity)


def _without_path(pair: Pair, side: Side, asked: Asked) -> View:
    """Say why there is no path: one class drives the bias off, which is not penalised; or float64 cannot reach it."""
    found = analyse(side.dataset, replace(side.analysis.objective, l2=_SHOWN))
    why = minimum(found, side.quantity) + ("" if found.has_minimum else f": {way_out(found, side.quantity)}")
    return shown(
        asked,
        pair,
        (norm_chart(pair, asked),),
        f"{sentences.idea(pair)}\n{sentences.caption(pair)}",
        (f"**{side.name}.** No picture of λ here: {why}.",),
        planes_of=(A, B),
    )


def stopped_early(pair: Pair, asked: Asked) -> View:
    """Show the regularisation path beside the path of descent: weights of the same length, elsewhere."""
    pictures, lines = [], []
    for run, side in enumerate(pair.sides):
        path, trajectory = path_of(side.dataset, side.fit_bias), side.trajectory
        if not np.isfinite(path.parameter_norm).any():
            return _without_path(pair, side, asked)
        look: dict[str, Any] = {"run_index": run, "theme": asked.theme, "name": side.name}
        pictures.append(early_stopping(path, trajectory, **look))
        lines.append(_off_path(side, path))
    return shown(
        asked,
        pair,
        tuple(pictures),
        f"{_roads_idea(pair)}\n{sentences.caption(pair)}",
        tuple(lines),
    )


_ROADS: dict[Roads, str] = {
    "apart": "early stopping is not a point of the λ path",
    "one": "descent and the λ path are one road",
    "still": "w stays at 0",
    "unknown": "no λ was found to compare with",
}


def _roads_idea(pair: Pair) -> str:
    """Say in words whether an early stop is a point of the regularisation path."""
    a, b = (roads(off_path(path_of(s.dataset, s.fit_bias), s.trajectory), s.trajectory) for s in pair.sides)
    if a != b:
        return f"In A {_ROADS[a]}; in B {_ROADS[b]}."
    return sentence(_ROADS[a]) if a == "apart" else f"Here {_ROADS[a]}."


def _off_path(side: Side, path: RegularisationPath) -> str:
    off, run = off_path(path, side.trajectory), side.trajectory
    how = roads(off, run)
    if how == "still":
        return f"**{side.name}.** In descent w stays at 0."
    if how == "unknown":
        return f"**{side.name}.** No λ was found whose minimum is as long as the w of descent."
    worst = furthest(off)
    if worst is None:
        return f"**{side.name}.** Where both are as long, descent and the regularisation path point the same way."
    step, angle = int(run.steps[worst]), format_number(float(off[worst]), 3)
    there = f"**{side.name}.** At step {step:,}, where ‖w‖ = {format_number(float(run.weight_norm[worst]))}"
    return f"{there}, descent points {angle}° off the minimum of that length."


def so_what(pair: Pair, asked: Asked) -> View:
    """Show what growing weights cost on points held out; the points on the screen play no part."""
    side, judged = sample()
    run = side.trajectory
    best, last = judged.best, run.n_records - 1

    def said(values: FloatArray) -> str:
        return f"{format_number(float(values[best]))} → {format_number(float(values[last]))}"

    return shown(
        asked,
        pair,
        tuple(draw(judged, run.steps, theme=asked.theme) for draw in (held_out_losses, held_out_confidence)),
        (
            "The longer the training, the surer the model, also where it is wrong.\n"
            f"Step {{0.step}}: ‖w‖ = {{0.norm}}, training loss {{0.loss}}.\n"
            f"Held out, step {int(run.steps[best]):,} → {run.last_step:,}: cross-entropy {said(judged.loss)}, "
            f"accuracy {said(judged.accuracy)}."
        ),
        (
            "40 points to train on, 2,000 held out, from two clouds that overlap; no bias. "
            f"Mean confidence {said(judged.confidence)}, of the wrong ones {said(judged.wrong_confidence)}.",
        ),
        runs=(RunView("", side.trajectory),),  # a run of its own: neither A nor B
        without_points="only a sample whose population is known can be held out from",
    )


@st.cache_resource(show_spinner=False)
def sample() -> tuple[Side, HeldOut]:
    """Return a run on a sample, and what its models say of points held out."""
    train, fresh = train_and_held_out()
    side = make_side("A", train, fit_bias=False)
    return side, held_out(side.trajectory, fresh)
