"""Hinge beside the logistic loss: one norm stops, the other never does."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board, coloured, steps_axis
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline, bound, log_spaced_steps
from logreg.theory.arrows import off_origin
from logreg.theory.hinge_ends import hinge_end, least_hinge_sum
from logreg.theory.step_size import descend_at_rates, hinge_path
from logreg.training.model import log_sigmoid
from logreg.training.objective import THROUGH_0, smoothness

HINGE_SHARE, HINGE_STEPS = 0.1, 1000
"""Rate of hinge and logistic, in units of 1/L; steps drawn."""
_LOOKED_AT = 20_000  # steps of hinge
_PLAIN = 1e-3  # off a whole number: four digits show it


def hinge_timeline(dataset: Dataset) -> Timeline:
    """Return norms and margins of logistic loss and hinge, trained with the same η = 0.1/L from w = 0.

    Parameters
    ----------
    dataset : Dataset
        Points and labels; no bias.

    Returns
    -------
    Timeline
        Of the step: for "logistic" and "hinge" the norm, the margins "logistic_m" and the losses there "logistic_l".
    """
    rate = HINGE_SHARE / smoothness(dataset, THROUGH_0)
    steps = log_spaced_steps(HINGE_STEPS, 110)
    rows = dataset.signed_samples(fit_bias=False)
    columns: dict[str, FloatArray] = {}
    paths = {
        "logistic": descend_at_rates(dataset, [rate], HINGE_STEPS, THROUGH_0)[0],
        "hinge": hinge_path(dataset, rate, HINGE_STEPS),
    }
    for name, path in paths.items():
        margins = path[steps] @ rows.T
        losses = -log_sigmoid(margins) if name == "logistic" else np.maximum(0.0, 1.0 - margins)
        columns |= {name: np.linalg.norm(path[steps], axis=1), f"{name}_m": margins, f"{name}_l": losses}
    return Timeline(STEP, steps.astype(np.float64), columns)


@dataclass(frozen=True)
class Rest:
    """Hold whether a run of hinge comes to rest.

    Parameters
    ----------
    stops : bool or None
        Whether it does; None where nothing that is known decides it.
    because : str
        Why, or what was looked at: one sentence, or two.
    step : int or None
        After which it moves no more, where that was reached.
    """

    stops: bool | None
    because: str
    step: int | None = None


def hinge_rest(dataset: Dataset) -> Rest:
    """Return whether hinge stops for good with η = 0.1/L from w = 0.

    `dataset` holds points and labels; no bias. Either a run gets there, in 20,000 steps at most, or comes round; or a
    line through 0 separates the points that pull, so that it must; or its least loss proves that there is no rest.

    Examples
    --------
    >>> hinge_rest(Dataset([[1.0, 0.0]], [1])).because
    'Hinge stops for good at step 3, ‖w‖ = 1.200: every margin is at least 1.'
    """
    least = least_hinge_sum(dataset)
    if least is not None and least.denominator > 1:
        why = "Hinge can rest only where its loss is least, and only if n times that is a whole number;"
        return Rest(False, f"{why} here it is {_not_whole(least)}.")
    end = hinge_end(dataset, HINGE_SHARE / smoothness(dataset, THROUGH_0), _LOOKED_AT)
    if end.rest is not None:
        return _at_rest(dataset, end.rest, end.weights)
    if check_separability(off_origin(dataset), fit_bias=False).kind == "separable":
        why = "A line through the origin separates the points that pull, so hinge comes to rest,"
        return Rest(True, f"{why} later than at step {end.steps:,}.")
    if end.period is not None and end.period > 1:
        return Rest(False, f"By step {end.steps:,} hinge goes round in {end.period} steps, for ever.")
    where = "has not come to rest" if end.period is None else "moves by less than rounding"
    return Rest(None, f"In {end.steps:,} steps of this η hinge {where}, and nothing else decides it.")


def _not_whole(least: Fraction) -> str:
    off = float(abs(least - round(least)))
    return format_number(float(least)) if off > _PLAIN else f"{round(least):,} but for {format_number(off)}"


def _at_rest(dataset: Dataset, step: int, weights: FloatArray) -> Rest:
    is_beyond = bool((dataset.signed_samples(fit_bias=False) @ weights >= 1.0).all())
    why = "every margin is at least 1" if is_beyond else "the pulls of all points inside margin 1 cancel"
    norm = format_number(float(np.linalg.norm(weights)))
    drawn = f" The first {HINGE_STEPS:,} steps are drawn." if step > HINGE_STEPS else ""
    return Rest(True, f"Hinge stops for good at step {step:,}, ‖w‖ = {norm}: {why}.{drawn}", step)


def hinge_norms(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw both norms over the steps.

    `timeline` comes from `hinge_timeline`.
    """
    top = 1.1 * max(float(timeline.columns[name].max()) for name in ("logistic", "hinge")) or 1.0
    board = Board(x=steps_axis(HINGE_STEPS), y=Axis(title="‖w‖", span=(-0.03 * top, top)), theme=theme)
    traces: list[Trace] = []
    words = "‖w‖ over the steps."
    for name, colour in (("logistic", theme.run), ("hinge", theme.run_b)):
        values = timeline.columns[name]
        traces += board.grown(timeline, name, colour, 4.5, part=name, now=f"{name} now")
        words += f" {name.capitalize()}: {format_number(values[-1])} at step {HINGE_STEPS:,}."
    title = f"‖w‖: {coloured('logistic', theme.run)} {{logistic}}, {coloured('hinge', theme.run_b)} {{hinge}}"
    return board.picture(traces, title=title, alt=words)


def hinge_margins(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw both losses over the margin, with every point on its curve.

    `timeline` comes from `hinge_timeline`.
    """
    ends = [timeline.columns[f"{name}_m"] for name in ("logistic", "hinge")]
    low, high = min(-1.0, float(np.min(ends))), max(2.5, min(8.0, float(np.max(ends))))
    board = Board(
        x=Axis(title="margin", span=(low - 0.2, high + 0.2)),
        y=Axis(title="loss", span=(-0.06, 1.15 * (1 - low))),
        theme=theme,
    )
    m = np.linspace(low - 0.2, high + 0.2, 111)
    curves = (("logistic", -log_sigmoid(m), theme.run), ("hinge", np.maximum(0.0, 1.0 - m), theme.run_b))
    traces: list[Trace] = []
    for name, values, colour in curves:
        marker = {"symbol": "circle", "size": 11, "color": colour, "line": {"width": 1, "color": theme.outline}}
        x, y = timeline.columns[f"{name}_m"][0], timeline.columns[f"{name}_l"][0]
        traces.append(board.line(f"{name} loss", m, values, colour, 2.5))
        traces.append(bound(board.dots(f"{name} points", x, y, marker), "at", x=f"{name}_m", y=f"{name}_l"))
    words = "Both losses over the margin, with every point on its curve: hinge is flat, exactly, from margin 1 on; the "
    words += "logistic loss falls for ever."
    return board.picture(
        [board.upright("one", 1.0, theme.certain, "dash", says="margin 1: hinge is 0 from here on"), *traces],
        title="Each point on its loss",
        alt=words,
    )
