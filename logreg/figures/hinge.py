"""Hinge beside the logistic loss: one norm stops, the other never does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board, coloured, log_axis
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import LIGHT, Theme
from logreg.figures.timeline import Timeline, bound, log_spaced_steps
from logreg.theory.step_size import (
    descend_at_rates,
    hinge_path,
    stops_at,
)
from logreg.training.model import log_sigmoid
from logreg.training.objective import THROUGH_0, smoothness

HINGE_SHARE, HINGE_STEPS = 0.1, 1000
"""Rate of hinge and logistic, in units of 1/L; steps."""


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
    return Timeline("step", steps.astype(np.float64), columns)


@dataclass(frozen=True)
class Rest:
    """Hold where a run of hinge comes to rest.

    Parameters
    ----------
    step : int
        After which it moves no more.
    norm : float
        ‖w‖ there.
    is_beyond : bool
        Whether every margin is at least 1; if not, the pulls of the points inside it cancel.
    """

    step: int
    norm: float
    is_beyond: bool


def hinge_rest(dataset: Dataset) -> Rest | None:
    """Return where hinge stops for good; None where it does not within 1,000 steps."""
    path = hinge_path(dataset, HINGE_SHARE / smoothness(dataset, THROUGH_0), HINGE_STEPS)
    step = stops_at(path)
    if step is None:
        return None
    margins = dataset.signed_samples(fit_bias=False) @ path[step]
    return Rest(step, float(np.linalg.norm(path[step])), bool((margins >= 1.0).all()))


def hinge_norms(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw both norms over the steps.

    `timeline` comes from `hinge_timeline`.
    """
    top = 1.1 * max(float(timeline.columns[name].max()) for name in ("logistic", "hinge")) or 1.0
    span = (0.8, 1.25 * HINGE_STEPS)
    board = Board(x=log_axis("step", span), y=Axis(title="‖w‖", span=(0, top)), theme=theme)
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
