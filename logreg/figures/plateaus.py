"""Plateaus: where a loss is flat over (w, b), and a run that starts there."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from logreg.certificates.optimum import NoFiniteOptimum, OptimumOutOfReach, optimum
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.difference import unit_of
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import LIGHT, Theme, dot, faint
from logreg.figures.timeline import STEP, Timeline, bound, log_spaced_steps
from logreg.figures.two_losses import LOSSES, loss_colours
from logreg.theory.two_losses import LossName, descend_on, flat_share, steepness
from logreg.training.objective import mean_cross_entropy

FLAT, REACH = 1e-3, 10.0
"""‖∇‖ below which the window |w|, |b| ≤ 10 counts as flat."""

RATE = 0.3
"""η on the online course's points."""

_STEPS = 500
_STARTS = ((-2.0, -6.0), (2.0, -6.0), (-2.0, 6.0), (2.0, 6.0))  # (w, b) of a bad start: the worst of these
_FEW = 50  # places of the grid: a share of fewer is not known to two digits
_CELLS, _FINE, _MOST = 61, 401, 2_000_000  # a side of the grid, of the finest, and places times points


def feature_line(dataset: Dataset, feature: int) -> tuple[Dataset, str]:
    """Return one feature of the points, in the power of ten in which its values are near one.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    feature : int
        Which, from 0.

    Returns
    -------
    Dataset
        One feature.
    str
        What x is now, in words.

    Examples
    --------
    >>> line, words = feature_line(Dataset([[1.0, 2000.0], [0.0, -1000.0]], [1, 0]), 1)
    >>> line.X.ravel().tolist(), words
    ([2.0, -1.0], 'x is x₂ of these points, in units of 1,000')
    """
    alone = Dataset(dataset.X[:, [feature]], dataset.y, dataset.name)
    unit = unit_of(alone)
    said = "" if unit == 1 else f", in units of {format_number(10.0 ** -round(np.log10(unit)))}"
    return Dataset(alone.X * unit, dataset.y, dataset.name), f"x is x{'₁₂'[feature]} of these points{said}"


def plateau_start(line: Dataset) -> tuple[float, float]:
    """Return where (w, b) is most sure and most wrong: the worst of (±2, ±6) by the cross-entropy.

    Examples
    --------
    >>> plateau_start(Dataset([[1.0], [2.0]], [0, 1]))
    (-2.0, -6.0)
    """
    rows = line.signed_samples()
    return max(_STARTS, key=lambda start: float(mean_cross_entropy(rows @ start)))


def plateau_timeline(line: Dataset, learning_rate: float = RATE) -> Timeline:
    """Return the paths of both losses over (w, b), from `plateau_start`.

    Parameters
    ----------
    line : Dataset
        One feature.
    learning_rate : float
        η of both.

    Returns
    -------
    Timeline
        Of the step: for "se" and "ce" w, b and ‖∇‖ ("se_w", "se_b", "se_steep").

    Examples
    --------
    >>> from logreg.data.lecture_sets import online_course_line
    >>> dial = plateau_timeline(online_course_line())
    >>> [round(dial.columns[name][-1].item(), 2) for name in ("se_w", "se_b", "ce_w", "ce_b")]
    [-2.0, -6.0, 3.05, -7.4]
    """
    steps = log_spaced_steps(_STEPS, 110)
    columns: dict[str, FloatArray] = {}
    for short, kind in LOSSES:
        path = descend_on(kind, line, plateau_start(line), learning_rate, _STEPS)[steps]
        steep = [float(steepness(kind, line, w[None], b[None])[0, 0]) for w, b in path]
        columns |= {f"{short}_w": path[:, 0], f"{short}_b": path[:, 1], f"{short}_steep": np.array(steep)}
    return Timeline(STEP, steps.astype(np.float64), columns)


def plateau(timeline: Timeline, line: Dataset, short: str, *, theme: Theme = LIGHT) -> Picture:
    """Draw where one loss is flat over (w, b), and the path of its run.

    Parameters
    ----------
    timeline : Timeline
        From `plateau_timeline`.
    line : Dataset
        One feature: the points behind it.
    short : {"se", "ce"}
        Which loss.

    Returns
    -------
    Picture
        Grey: ‖∇‖ < 10⁻³; its share of the window stands in the title.
    """
    kind, colour = dict(LOSSES)[short], dict(zip(("se", "ce"), loss_colours(theme), strict=True))[short]
    side = np.linspace(-REACH, REACH, _CELLS)
    board = Board(x=Axis(title="w", span=(-REACH, REACH)), y=Axis(title="b", span=(-REACH, REACH)), theme=theme)
    w, b = (timeline.columns[f"{short}_{name}"] for name in "wb")
    traces = [
        _flat_part(steepness(kind, line, side, side), side, theme),
        board.dots("start", w[:1], b[:1], {"symbol": "x", "size": 13, "color": theme.text}, says="the start"),
        bound(board.line("path", w, b, colour, 4.5), "along", x=f"{short}_w", y=f"{short}_b"),
        bound(board.dots("now", w[:1], b[:1], dot(theme, colour, 15)), "at", x=f"{short}_w", y=f"{short}_b"),
    ]
    cells = min(_FINE, int((_MOST / line.n_samples) ** 0.5))
    share = 100 * flat_share(kind, line, (REACH, REACH), FLAT, cells)
    narrow = _narrow(kind, line, timeline.columns[f"{short}_steep"], is_somewhere=share > 0)
    share = share if share * cells**2 >= 100 * _FEW else 0.0
    flat = f"{format_number(share, 2)} % flat" if share else f"flat {narrow}"
    name = kind.capitalize()
    where = f"on {format_number(share, 3)} % of the window" if share else f"{narrow} in the window"
    words = f"{name} over w and b from −10 to 10: ‖∇‖ is below 0.001 {where}. A "
    words += f"run from w = {format_number(w[0])}, b = {format_number(b[0])} is at w = {format_number(w[-1])}, "
    words += f"b = {format_number(b[-1])} after {_STEPS} steps."
    return board.picture(traces, title=f"<b>{name}</b>: {flat}; ‖∇‖ = {{{short}_steep}}", alt=words)


def _narrow(kind: LossName, line: Dataset, steep: FloatArray, *, is_somewhere: bool) -> str:
    """Say where a loss is flat that is so at no place of the grid, or few: a minimum may lie between them."""
    if kind == "cross-entropy":
        with suppress(NoFiniteOptimum, OptimumOutOfReach):
            least = optimum(line)
            if max(abs(float(least.weights[0])), abs(least.bias)) <= REACH:
                return "only round its minimum"
    return "nowhere" if steep.min() >= FLAT and not is_somewhere else "hardly anywhere"


def _flat_part(steep: FloatArray, side: FloatArray, theme: Theme) -> Trace:
    """Return a contour, filled where ‖∇‖ is below the threshold: Plotly fills where its constraint is broken."""
    return {
        "type": "contour",
        **{"x": side, "y": side, "z": np.round(np.log10(np.maximum(steep, 1e-12)), 2)},
        "contours": {"type": "constraint", "operation": ">", "value": float(np.log10(FLAT))},
        **{"fillcolor": faint(theme.muted, 0.45), "line": {"color": theme.muted, "width": 1.5}},
        **{"showscale": False, "hoverinfo": "skip", "meta": {"role": "board", "part": "flat"}},
    }
