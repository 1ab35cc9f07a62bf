"""Step sizes: one step with its touching parabola, the gauge of a run, several rates side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board, coloured, log_axis, steps_axis
from logreg.figures.numbers import counted, format_number
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import LIGHT, Theme, dot, note, ring
from logreg.figures.timeline import STEP, Timeline, bound, log_spaced_steps
from logreg.theory.fates import Fate, fates, gaps_above
from logreg.theory.step_size import (
    descend_at_rates,
    gauge,
    loss_after_step,
    objective_at,
    sharpness,
    touching_parabola,
)
from logreg.training.model import Model
from logreg.training.objective import THROUGH_0, hessian, smoothness

SHARES = (0.02, 0.25, 0.95, 1.05, 2.0)
"""Rates of the race, in units of 2/λmax(H(w*))."""

_FURTHEST = 3.0  # one step, in units of 1/L
_GAUGED, _RACE = 1000, 60  # steps drawn of a gauged run, of a race
_EARLY = 10  # steps whose jumps may leave the window of a race, which then says so
_LEAST = 1e-9  # loss above the optimum that is drawn


def one_step_timeline(dataset: Dataset) -> Timeline:
    """Return loss and touching parabola after one step from w = 0, for η from 0 to 3/L.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; no bias.

    Returns
    -------
    Timeline
        Of η: "loss", "parabola" and "gauge", η·λmax(H(0))/2.

    Examples
    --------
    >>> dial = one_step_timeline(Dataset([[-1.0], [1.0]], [0, 1]))
    >>> dial.values[40].item(), dial.columns["parabola"][[0, 40, 80]].round(4).tolist()
    (4.0, [0.6931, 0.1931, 0.6931])
    """
    start = Model(np.zeros(dataset.n_features))
    unit = smoothness(dataset, THROUGH_0)
    rates = np.linspace(0.0, _FURTHEST / unit, 121)
    columns = {
        "loss": loss_after_step(dataset, start, rates, THROUGH_0),
        "parabola": touching_parabola(dataset, start, rates, THROUGH_0),
        "gauge": rates * sharpness(dataset, start.weights, THROUGH_0) / 2,
    }
    return Timeline("η", rates, columns)


def one_step(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw the loss along one step, and the parabola of curvature L above it.

    `timeline` comes from `one_step_timeline`.

    Returns
    -------
    Picture
        1/L and 2/L are marked at the end.
    """
    eta, losses, above = timeline.values, timeline.columns["loss"], timeline.columns["parabola"]
    low, high = float(min(losses.min(), above.min())), float(above.max())
    room = 0.08 * (high - low) or 1.0
    board = Board(
        x=Axis(title="η", span=(-0.02 * eta[-1], 1.03 * eta[-1])),
        y=Axis(title="loss after one step", span=(low - room, high + room)),
        theme=theme,
    )
    bottom, equal = (share * eta[-1] / _FURTHEST for share in (1, 2))
    marks = [float(np.interp(at, eta, above)) for at in (bottom, equal)]
    look = {"mode": "markers", "marker": ring(theme.certain, 18)}
    rings = board.answer("marks", [bottom, equal], marks, "the parabola at 1/L and 2/L", **look)
    words = _words_of_one_step(timeline, bottom, marks[0])
    title = f"After one step: <b>loss</b> {{loss}}, {coloured('parabola', theme.certain)} {{parabola}}"
    notes = _names_of_one_step(board, timeline, bottom, equal)
    return board.picture([*_one_step_traces(board, timeline), rings], title=title, alt=words, notes=notes)


def _words_of_one_step(timeline: Timeline, bottom: float, lowest: float) -> str:
    eta, above = timeline.values, timeline.columns["parabola"]
    start = format_number(above[0])
    if (above == above[0]).all():
        return f"The loss after one step from w = 0: {start} for every η, as far as float64 tells."
    words = f"The loss after one step from w = 0, by η from 0 to {format_number(eta[-1])} = 3/L, below the parabola of "
    words += f"curvature L that touches it. At 1/L = {format_number(bottom)} the parabola is lowest, "
    return f"{words}{format_number(lowest)}; at 2/L it is as high as at the start, {start}."


def _one_step_traces(board: Board, timeline: Timeline) -> list[Trace]:
    theme, eta = board.theme, timeline.values
    losses, above = timeline.columns["loss"], timeline.columns["parabola"]
    beside = board.dots("beside", eta[:1], above[:1], dot(theme, theme.certain, 14))
    return [
        board.level("start", above[0], theme.muted, dash="dot", says="the loss at the start"),
        board.line("parabola", eta, above, theme.certain, 3.5, dash="dash", says="parabola of curvature L"),
        board.line("loss", eta, losses, theme.text, 3.5, says="loss after one step of η"),
        bound(beside, "at", x="η", y="parabola"),
        bound(board.dots("now", eta[:1], losses[:1], dot(theme, theme.run, 17)), "at", x="η", y="loss"),
    ]


def _names_of_one_step(board: Board, timeline: Timeline, bottom: float, equal: float) -> list[dict[str, Any]]:
    eta, above = timeline.values, timeline.columns["parabola"]
    if (above == above[0]).all():
        level = {"xanchor": "center", "xshift": 0, "yshift": 26}
        return [board.name("loss and parabola: level", eta[60], above[0], board.theme.text, **level)]
    green, answer = board.theme.certain, {"name": "answer"}
    heights = [float(np.interp(at, eta, above)) for at in (bottom, equal)]
    losses = timeline.columns["loss"]
    return [
        board.name("<b>1/L</b>", bottom, heights[0], green, **answer, yshift=20, xanchor="center", xshift=0),
        board.name("<b>2/L</b>", equal, heights[1], green, **answer, yshift=20, xanchor="right"),
        board.name("loss", eta[-1], losses[-1], board.theme.text, xanchor="right", yshift=14),
        board.name("parabola of curvature L", 0.84 * eta[-1], above[103], green, xanchor="right", xshift=-10),
    ]


def gauge_timeline(dataset: Dataset, share: float) -> Timeline:
    """Return loss and gauge of a run from w = 0.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; no bias.
    share : float
        η in units of 1/L.

    Returns
    -------
    Timeline
        Of the step: "loss" and "gauge", η·λmax(H(w))/2.
    """
    rate = share / smoothness(dataset, THROUGH_0)
    steps = log_spaced_steps(_GAUGED, 120)
    path = descend_at_rates(dataset, [rate], _GAUGED, THROUGH_0)[0, steps]
    columns = {"loss": objective_at(dataset, path, THROUGH_0), "gauge": gauge(dataset, path, rate, THROUGH_0)}
    return Timeline(STEP, steps.astype(np.float64), columns)


def gauge_pictures(timeline: Timeline, *, theme: Theme = LIGHT) -> tuple[Picture, Picture]:
    """Draw the loss of a run, and beside it its gauge η·λmax(H)/2 against 1.

    `timeline` comes from `gauge_timeline`.

    Returns
    -------
    pair of Picture
    """
    pictures = []
    looks = (("loss", "Loss: {loss}", "The loss"), ("gauge", "Gauge η·λ<sub>max</sub>(H)/2: {gauge}", "The gauge"))
    for name, title, said in looks:
        values = np.maximum(timeline.columns[name], 1e-300)
        span = float(values.min()) / 2, 2 * max(float(values.max()), 1.0)
        board = Board(x=steps_axis(_GAUGED), y=log_axis(name, span), theme=theme)
        limit = (
            [board.level("limit", 1.0, theme.certain, says="1: above it the loss may rise")] if name == "gauge" else []
        )
        grown = board.grown(timeline, name, theme.run, part=name)
        words = f"{said} over the steps: {format_number(values[0])} at first, at most {format_number(values.max())}, "
        words += f"{format_number(values[-1])} at step {_GAUGED:,}."
        pictures.append(board.picture([*limit, *grown], title=title, alt=words))
    return pictures[0], pictures[1]


@dataclass(frozen=True, eq=False)
class Race:
    """Hold several rates that are trained as one batch on overlapping points.

    Parameters
    ----------
    rates : ndarray of shape (n_rates,)
        η.
    gaps, swings : ndarray of shape (n_rates, n_steps + 1)
        Loss above the least, and distance from w* along the direction of the largest curvature, of the steps drawn.
    fates : tuple of Fate
        What each rate comes to.
    """

    rates: FloatArray
    gaps: FloatArray
    swings: FloatArray
    fates: tuple[Fate, ...]

    @property
    def limit(self) -> float:
        """2/λmax(H(w*)), of which the rates are shares."""
        return float(self.rates[0]) / SHARES[0]

    @property
    def behaviours(self) -> tuple[str, ...]:
        """What each rate does in the end, in words that follow its name."""
        return tuple(map(_behaviour, self.fates, self.swings))

    @property
    def outcome(self) -> str:
        """How many rates settle, go round, or have done neither yet: a sentence's end."""
        kinds = [fate.kind for fate in self.fates]
        settle, turn, rest = (kinds.count(kind) for kind in ("settles", "goes round", "open"))
        parts = [f"{settle} settle{'s' * (settle == 1)}"] if settle else []
        parts += [f"{turn} go{'es' * (turn == 1)} round for ever"] if turn else []
        steps = max(fate.steps for fate in self.fates)
        so_far = "done neither" if settle and turn else "neither settled nor come round"
        parts += [f"{rest} {'has' if rest == 1 else 'have'} {so_far} in {steps:,} steps"] if rest else []
        return f"of five rates {', '.join(parts)}."


def race(dataset: Dataset, best: Model) -> Race:
    """Train with η = 0.02, 0.25, 0.95, 1.05 and 2 times 2/λmax(H(w*)), all at once.

    Parameters
    ----------
    dataset : Dataset
        Overlapping points; no bias.
    best : Model
        w*.
    """
    values, vectors = np.linalg.eigh(hessian(best, dataset, THROUGH_0))
    rates = np.array(SHARES) * 2 / values[-1]
    paths = descend_at_rates(dataset, rates, _RACE, THROUGH_0)
    gaps = np.array([gaps_above(dataset, best, path) for path in paths])
    swings = (paths - best.weights) @ vectors[:, -1]
    swings *= -1.0 if swings[0, 0] > 0 else 1.0  # all begin below
    return Race(rates, gaps, swings, fates(dataset, best, rates))


def race_timeline(run: Race) -> Timeline:
    """Return the first 60 steps of a race.

    `run` comes from `race`.

    Returns
    -------
    Timeline
        Of t, the step: "gap0" … and "swing0" …, one pair a rate.
    """
    columns: dict[str, FloatArray] = {}
    for k in range(len(run.rates)):
        columns |= {f"gap{k}": np.where(run.gaps[k] > _LEAST, run.gaps[k], np.nan), f"swing{k}": run.swings[k]}
    return Timeline("t", np.arange(_RACE + 1.0), columns)


def race_pictures(timeline: Timeline, run: Race, *, theme: Theme = LIGHT) -> tuple[Picture, Picture]:
    """Draw what the rates do: the loss above the optimum, and the swing along the steepest direction.

    Parameters
    ----------
    timeline : Timeline
        From `race_timeline`.
    run : Race
        The race behind it.

    Returns
    -------
    pair of Picture
        What each does is written beside it at the end.
    """
    said = "; ".join(f"η = {format_number(rate)} {what}" for rate, what in zip(run.rates, run.behaviours, strict=True))
    everything = np.concatenate([timeline.columns[f"gap{k}"] for k in range(len(run.rates))])
    span = _LEAST / 2, 2 * float(np.nanmax(np.append(everything, _LEAST)))
    height = log_axis("loss − least", span)
    gaps = Board(x=_steps_axis(), y=height, theme=theme)
    names = (f"{share:g}" for share in SHARES)
    lanes = ", ".join(coloured(name, lane_look(k, theme)["colour"]) for k, name in enumerate(names))
    title = f"η ÷ limit: {lanes} (dotted)"
    first = gaps.picture(_lanes(gaps, timeline, run, "gap"), title=title, alt=f"Five rates. {said}.")
    return first, _swings(timeline, run, said, theme)


def _swings(timeline: Timeline, run: Race, said: str, theme: Theme) -> Picture:
    """Draw the first four rates: the last jumps too far to be seen beside the others."""
    half, most = swing_window(run.swings[:-1])
    board = Board(x=_steps_axis(), y=Axis(title="off w*, the steepest way", span=(-half, half)), theme=theme)
    level = board.level("optimum", 0.0, theme.certain, says="w*")
    traces = [level, *_lanes(board, timeline, run, "swing")[:-2]]
    words = f"How far four rates are from the optimum along the direction of the largest curvature. {said}."
    cut = f"Cut off early on: up to {format_number(most)} off w*" if most > half else ""
    foot = {"x": 1.0, "y": 0.0, "xanchor": "right", "yanchor": "bottom"}
    notes = [note(theme, cut, **foot)] if cut else []
    alt = f"{words} {cut}." if cut else words
    return board.picture(traces, title="Which side of w*? (without 2)", alt=alt, notes=notes)


def swing_window(swings: FloatArray) -> tuple[float, float]:
    """Return how far a chart of swings reaches to both sides of 0, and how far the swings themselves do.

    Parameters
    ----------
    swings : ndarray of shape (n_rates, n_steps + 1)
        Of the rates that are drawn.

    Returns
    -------
    pair of float
        All is inside from step 10 on; before, where the first jumps are no more than twice as long.
    """
    sizes = np.abs(swings)
    late, most = max(float(sizes[:, _EARLY:].max()), float(sizes[:, 0].max())), float(sizes.max())
    half = 1.3 * (most if most <= 2 * late else late) or 1.0
    return half, most


def lane_look(k: int, theme: Theme) -> dict[str, str]:
    """Return colour and dash of a rate, the same in both pictures."""
    colours = (theme.muted, theme.text, theme.run, theme.run_b, theme.run_b)
    return {"colour": colours[k], "dash": ("solid", "solid", "solid", "solid", "dot")[k]}


def _steps_axis() -> Axis:
    return Axis(title="step", span=(-1.0, _RACE + 1.0))


def _lanes(board: Board, timeline: Timeline, run: Race, name: str) -> list[Trace]:
    traces: list[Trace] = []
    for k in range(len(run.rates)):
        values, look = timeline.columns[f"{name}{k}"], lane_look(k, board.theme)
        line = board.line(f"rate {k}", timeline.values, values, width=3, **look)
        traces.append(bound(line, "along", x="t", y=f"{name}{k}"))
        marker = dot(board.theme, look["colour"], 12)
        traces.append(bound(board.dots(f"now {k}", [0.0], values[:1], marker), "at", x="t", y=f"{name}{k}"))
    return traces


def _behaviour(fate: Fate, swings: FloatArray) -> str:
    """Say what a rate does in the end; `swings` are those of its first steps."""
    if fate.kind == "open":
        return f"has neither settled nor come round in {fate.steps:,} steps"
    if fate.kind == "goes round":
        return f"goes round in {fate.period} steps for ever"
    turns = int((np.diff(np.sign(swings)) != 0).sum())
    how = "swings, and settles" if turns > _RACE // 4 else "settles"
    if fate.reached is None:
        return f"{how}, but its loss has not come 99 % of its way after {fate.steps:,} steps"
    return f"{how}: its loss has come 99 % of its way after {counted(fate.reached, 'step')}"
