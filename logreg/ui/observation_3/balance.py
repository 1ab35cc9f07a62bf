"""The scene of the balance: what gains and what loses at the optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from logreg.figures.balance import balance, balance_timeline
from logreg.figures.numbers import counted
from logreg.figures.picture import Picture
from logreg.figures.pulls import pulls
from logreg.theory.landscape import ray_balance
from logreg.training.model import Model
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.shown import pair_of, script_of, shown
from logreg.ui.observation_3.side import Side
from logreg.ui.scripts.observation_3 import BALANCE
from logreg.ui.verdict import minimum, sentence

_UNSURE = 1e-6  # of a margin: as far as `optimum` promises to know it


def balance_scene(asked: Asked) -> View:
    """Show what balances at the optimum: gains and losses along the ray, or the arrows of all points."""
    pair = pair_of(asked)
    return _arrows(asked, pair) if asked.view == 2 else _gains_and_losses(asked, pair)


def _gains_and_losses(asked: Asked, pair: Pair) -> View:
    places = [balanced_at(side) for side in pair.sides]
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
        script=script_of(BALANCE, *pair.sides) if all(place.parameters.any() for place in places) else None,
    )


def _arrows(asked: Asked, pair: Pair) -> View:
    pictures = [
        pulls(
            side.dataset,
            balanced_at(side),
            is_optimum=side.analysis.optimum is not None,
            name=side.name,
            theme=asked.theme,
        )
        for side in pair.sides
    ]
    return shown(
        asked,
        pair,
        _placed(pair, pictures),
        sentences.balance_idea(pair),
        (*(_balance_words(side) for side in pair.sides), *_without_b(pair, asked)),
    )


def _placed(pair: Pair, pictures: list[Picture]) -> tuple[Picture, ...]:
    """Return pictures whose words say where they are drawn."""
    sides = zip(pair.sides, pictures, strict=True)
    return tuple(replace(drawn, alt=f"{side.name}: {where(side)}. {drawn.alt}") for side, drawn in sides)


def _without_b(pair: Pair, asked: Asked) -> tuple[str, ...]:
    return ("The arrows are the pulls on w; those on b are not drawn.",) if pair.fit_bias and asked.view == 2 else ()


def balanced_at(side: Side) -> Model:
    """Return the optimum, or where there is none the end of the run."""
    return side.analysis.optimum or side.trajectory.model


def where(side: Side) -> str:
    """Say where `balanced_at` is."""
    return "at the optimum" if side.analysis.optimum is not None else f"at step {side.trajectory.last_step:,}"


def _balance_words(side: Side) -> str:
    place, wrong = balanced_at(side), _misclassified(side)
    close = "the pulls on (w, b) cancel" if side.fit_bias else "the arrows of all points close"
    if side.analysis.is_near_zero:
        at_zero = sentence(minimum(side.analysis, side.quantity))
        return f"**{side.name}.** {at_zero} There no point is on either side: {close}."
    if side.analysis.optimum is not None:
        points = "the misclassified points" if wrong is None else counted(wrong, "misclassified point")
        lose = "loses" if wrong == 1 else "lose"
        return f"**{side.name}.** At the optimum {points} {lose} what the others gain: {close}."
    if side.kind == "overlapping":
        return f"**{side.name}.** {sentence(minimum(side.analysis, side.quantity))} Drawn are the pulls {where(side)}."
    now = f"**{side.name}.** At step {side.trajectory.last_step:,}"
    never = "the pulls on (w, b) never cancel" if side.fit_bias else "the arrows never close"
    if wrong == 0:
        return f"{now} no point is misclassified{_on_the_line(side)} {never}."
    sides = ray_balance(side.dataset, place, 1.0)
    more = "gains outweigh losses" if sides.gains > sides.losses else "gains do not outweigh losses"
    return f"{now} {more}; {never}, for there is no optimum."


def _on_the_line(side: Side) -> str:
    """Say whether points that no direction separates pull from on the line, where none is misclassified."""
    rows = np.delete(side.dataset.signed_samples(fit_bias=side.fit_bias), side.analysis.separability.separated, axis=0)
    rows = rows[rows.any(axis=1)]  # a point at the origin pulls nothing
    if not len(rows):
        return ": nothing to cancel, and"
    cancel = np.abs(rows.sum(axis=0)).max() <= _UNSURE * np.abs(rows).sum()
    each = "they cancel each other, and" if cancel else "they do not cancel yet, and"
    return f", but {counted(len(rows))} on the line pull for ever: {each} with the rest"


def _misclassified(side: Side) -> int | None:
    """Return how many points are misclassified there; None where some are too near the line to tell."""
    rows, place = side.dataset.signed_samples(), balanced_at(side).parameters
    margins = rows @ place
    unsure = _UNSURE * max(1.0, float(np.sqrt(np.mean(margins**2))))
    is_unsure = (np.abs(margins) < unsure) & (np.abs(rows) @ np.abs(place) > 0)
    return None if is_unsure.any() else int((margins < 0).sum())
