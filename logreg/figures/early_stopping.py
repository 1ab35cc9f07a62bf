"""Early stopping beside the regularisation path: two roads from w = 0 through the plane of the weights."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, picture, trace
from logreg.figures.theme import FONT_SIZE, LIGHT, PICTURE_HEIGHT, Theme, axis, dot, frame, note
from logreg.theory.regularisation import RegularisationPath, angle_off_path
from logreg.training.trajectory import Trajectory

_MARGIN = {"l": 70, "r": 16, "t": 40, "b": 52}
_FAR = 2.0  # times the length at which the roads lie furthest apart: as far as the window reaches
_SHORT = 1e-9  # share of the longest weights below which a direction is rounding
_SAME = 1e-6  # degrees below which two roads are one

Roads = Literal["apart", "one", "still", "unknown"]
"""How descent lies to the regularisation path; "still": its w stays at 0; "unknown": no length that both have."""

_TITLES: dict[Roads, str] = {
    "apart": "two roads to one length",
    "one": "both roads are one",
    "still": "w stays at 0",
    "unknown": "no length that both roads have",
}


def early_stopping(
    path: RegularisationPath, run: Trajectory, *, run_index: int = 0, name: str = "", theme: Theme = LIGHT
) -> Picture:
    """Draw the regularisation path beside the road of descent: weights of the same length, elsewhere.

    Parameters
    ----------
    path : RegularisationPath
        Two features, of the run's data.
    run : Trajectory
        The run; a dot stands at its last record.
    run_index : {0, 1}
        Run A or B: its colour, and its cursor.
    name : str
        Whose picture it is, as "A".

    Returns
    -------
    Picture
        (w₁, w₂) to one scale, the window around where the roads lie apart.

    Raises
    ------
    ValueError
        If there are not two features.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.regularisation import regularisation_path
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> data = Dataset([[1.0, 2.0], [2.0, 1.0], [-1.0, 0.5]], [1, 1, 0])
    >>> run = train(data, TrainingConfig(n_steps=10, objective=Objective(fit_bias=False)))
    >>> roads = early_stopping(regularisation_path(data, fit_bias=False), run, name="A")
    >>> roads.figure.layout.title.text
    'A: two roads to one length'
    """
    if run.weights.shape[1] != 2 or path.weights.shape[1] != 2:
        raise ValueError(f"run: expected 2 features to draw a plane, got {run.weights.shape[1]}.")
    off, road, colour = off_path(path, run), _road(path), theme.runs[run_index]
    how = roads(off, run)
    said = "(%{x:.4~g}, %{y:.4~g})<extra></extra>"
    looks: list[dict[str, Any]] = [
        {"line": {"color": theme.certain, "width": 3.0}, "hovertemplate": f"regularisation path<br>{said}"},
        {"line": {"color": colour, "width": 3.0}, "hovertemplate": f"gradient descent<br>{said}"},
        {"mode": "markers", "marker": dot(theme, colour)},
    ]
    traces = [
        trace("curve", "path", *road.T, **looks[0]),
        trace("path", str(run_index), *run.weights.T, **looks[1]),
        trace("cursor", f"weights {run_index}", *run.weights[-1:].T, **looks[2]),
    ]
    low, high = _window(off, road, run)
    layout = {
        **frame(theme, height=PICTURE_HEIGHT, title=_TITLES[how], margin=_MARGIN, name=name),
        "xaxis": {**axis(theme, "w₁"), "range": [float(low[0]), float(high[0])]},
        "yaxis": {**axis(theme, "w₂"), "range": [float(low[1]), float(high[1])], "scaleanchor": "x", "scaleratio": 1},
        "annotations": _names((np.vstack([road, run.weights]) - low) / (high - low), colour, theme),
        "meta": {"static": True},
    }
    return picture(traces, layout, _words(how, off, run))


def off_path(path: RegularisationPath, run: Trajectory) -> FloatArray:
    """Return the angle between a run's weights and the path's of the same length, without those that are rounding.

    Parameters
    ----------
    path : RegularisationPath
        Of the run's data.
    run : Trajectory
        The run.

    Returns
    -------
    ndarray of shape (n_records,)
        Degrees; NaN where the weights are too short to have a direction, or the path none of that length.
    """
    norms = run.weight_norm
    return np.where(norms < _SHORT * norms.max(), np.nan, angle_off_path(path, run))


def roads(off: FloatArray, run: Trajectory) -> Roads:
    """Say whether descent and the regularisation path are two roads or one.

    `off` comes from `off_path` of the run.
    """
    if not run.weight_norm.any():
        return "still"
    if not np.isfinite(off).any():
        return "unknown"
    return "one" if furthest(off) is None else "apart"


def furthest(off: FloatArray) -> int | None:
    """Return the record at which two roads lie furthest apart; None where they are one.

    Parameters
    ----------
    off : ndarray of shape (n_records,)
        Degrees, as `off_path` returns them.

    Examples
    --------
    >>> furthest(np.array([np.nan, 3.0, 5.0, 1.0])), furthest(np.array([np.nan, 1e-9]))
    (2, None)
    """
    return int(np.nanargmax(off)) if np.nanmax(off, initial=0.0) >= _SAME else None


def _words(how: Roads, off: FloatArray, run: Trajectory) -> str:
    said = "The regularisation path and the road of descent in the plane of the weights, both from 0."
    worst = furthest(off)
    if worst is None:
        why = {"still": "In descent w stays at 0", "unknown": "They share no length"}.get(how, "They are one road")
        return f"{said} {why}."

    def at(record: int) -> str:
        return f"at step {int(run.steps[record]):,}, where ‖w‖ = {format_number(float(run.weight_norm[record]))}"

    said += f" They lie furthest apart {at(worst)}: {format_number(float(off[worst]), 3)}° between them."
    end = float(off[-1])
    return said + (f" The run ends {at(-1)}, {format_number(end, 3)}° off the path." if end == end else "")


def _road(path: RegularisationPath) -> FloatArray:
    """Return the path from its longest weights to its shortest, and on to 0, where every path ends."""
    order = np.argsort(path.weight_norm)[::-1]
    return np.vstack([path.weights[order[np.isfinite(path.weight_norm[order])]], np.zeros((1, 2))])


def _window(off: FloatArray, road: FloatArray, run: Trajectory) -> tuple[FloatArray, FloatArray]:
    """Return the corners of a window around the part of both roads where they lie apart."""
    apart = np.nan_to_num(off) * run.weight_norm
    reach = _FAR * float(run.weight_norm[int(np.argmax(apart))]) or float(run.weight_norm.max()) or 1.0
    near = np.vstack([np.zeros((1, 2)), run.weights, road])
    near = near[np.hypot(*near.T) <= reach]
    low, high = near.min(axis=0), near.max(axis=0)
    room = 0.12 * float((high - low).max()) or 1.0
    return low - room, high + room


def _names(places: FloatArray, colour: str, theme: Theme) -> list[dict[str, Any]]:
    """Return the names of both roads, in the corner that the fewest of their points pass."""

    def passing(corner: tuple[int, int]) -> int:
        return int((np.abs(places - corner) < (0.45, 0.35)).all(axis=1).sum())

    right, top = min(((1, 1), (0, 1), (1, 0), (0, 0)), key=passing)
    where = {"x": 0.985 if right else 0.015, "xanchor": "right" if right else "left"}
    where |= {"y": 0.98 if top else 0.03, "yanchor": "top" if top else "bottom"}
    names = (("regularisation path", theme.certain, 0 if top else 20), ("gradient descent", colour, -20 if top else 0))
    return [
        note(theme, text, yshift=shift, font={"size": FONT_SIZE, "color": ink}, **where) for text, ink, shift in names
    ]
