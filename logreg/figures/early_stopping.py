"""Early stopping beside the λ path: two roads from w = 0 through the plane of the weights."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.marks import layout_of, line, point, titled
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, figure
from logreg.figures.theme import FONT_SIZE, LIGHT, Theme, axis, note
from logreg.theory.angles import angle_between
from logreg.theory.regularisation import RegularisationPath, angle_off_path, on_path
from logreg.training.trajectory import Trajectory

View = Literal["plane", "angle"]

_FAR = 2.0  # times the length at which the roads lie furthest apart: as far as the plane's window reaches


def early_stopping(
    path: RegularisationPath,
    run: Trajectory,
    step: int | None,
    *,
    view: View = "plane",
    run_index: int = 0,
    theme: Theme = LIGHT,
    height: int = 400,
    title: str | None = None,
) -> Picture:
    """Draw the λ path beside the road of descent: weights of the same length, elsewhere.

    Parameters
    ----------
    path : RegularisationPath
        Two features, of the run's data.
    run : Trajectory
        The run.
    step : int or None
        Where the run is stopped; None for both roads as such, with a dot that a stage moves.
    view : {"plane", "angle"}
        "plane" draws (w₁, w₂) to one scale, the window around where the roads lie apart. "angle" draws the direction
        of w in degrees over ‖w‖: the view where the roads lie too close for the plane.
    run_index : {0, 1}
        Run A or B: its colour, and its cursor in the plane.
    theme, height, title
        As for `penalty_dial`.

    Returns
    -------
    Picture
        Traces: the λ path, the run, the point of the λ path of the run's ‖w‖, the run at this step.

    Raises
    ------
    ValueError
        If there are not two features, the run has no such step, or view is unknown.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.regularisation import regularisation_path
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> data = Dataset([[1.0, 2.0], [2.0, 1.0], [-1.0, 0.5]], [1, 1, 0])
    >>> run = train(data, TrainingConfig(n_steps=10, objective=Objective(fit_bias=False)))
    >>> path = regularisation_path(data, [0.001, 0.01, 0.1, 1.0, 10.0], fit_bias=False)
    >>> early_stopping(path, run, 10).figure.layout.xaxis.title.text
    'w₁'
    """
    if run.weights.shape[1] != 2 or path.weights.shape[1] != 2:
        raise ValueError(f"run: expected 2 features to draw a plane, got {run.weights.shape[1]}.")
    if view not in ("plane", "angle"):
        raise ValueError(f'view: expected "plane" or "angle", got {view!r}.')
    here = run.model_at(run.last_step if step is None else step).weights
    same = np.full(2, np.nan) if step is None else on_path(path, float(np.linalg.norm(here)))
    roads = (_road(path), np.asarray(run.weights), same[None, :], here[None, :])
    drawn = roads if view == "plane" else tuple(_polar(road) for road in roads)
    colour, suffix = (theme.run, theme.run_b)[run_index], f" {run_index}"
    role = ("path", str(run_index)) if view == "plane" else ("curve", "road")
    cursor = ("cursor", "weights" + suffix) if view == "plane" else ("stopped", "marker")
    traces = [
        line(drawn[0][:, 0], drawn[0][:, 1], theme.certain, "λ path", ("curve", "path")),
        line(drawn[1][:, 0], drawn[1][:, 1], colour, "descent", role),
        point(float(drawn[2][0, 0]), float(drawn[2][0, 1]), theme.certain, ("same norm", "marker"), theme, size=11),
        point(float(drawn[3][0, 0]), float(drawn[3][0, 1]), colour, cursor, theme),
    ]
    said = titled(title, "two roads to one length" if step is None else _stop_words(path, here, step))
    x, y = _plane_axes(path, run, theme) if view == "plane" else _angle_axes(drawn, theme)
    layout = layout_of(theme, height, said, x, y)
    notes = _road_notes(np.vstack(drawn[:2]), x["range"], y["range"], colour, theme)
    layout |= {"annotations": notes, "meta": {"static": True}}
    return Picture(figure(traces, layout), _alt(path, run, run.last_step if step is None else step))


def _stop_words(path: RegularisationPath, weights: FloatArray, step: int) -> str:
    off = _angle_at(path, weights)
    return f"Step {step:,}" + (f": {format_number(off, 3)}° off the λ path" if off == off else "")


def _alt(path: RegularisationPath, run: Trajectory, step: int) -> str:
    said = "The λ path and the road of descent in the plane of the weights, both from 0."
    off = angle_off_path(path, run)
    if np.isfinite(off).any():
        worst = int(np.nanargmax(off))
        said += f" They lie furthest apart at step {int(run.steps[worst]):,}, where ‖w‖ = "
        said += f"{format_number(float(run.weight_norm[worst]))}: {format_number(float(off[worst]), 3)}° between them."
    here = run.model_at(step).weights
    said += f" At step {step:,} the run has ‖w‖ = {format_number(float(np.linalg.norm(here)))}"
    angle = _angle_at(path, here)
    return said + (f", {format_number(angle, 3)}° off the λ path." if angle == angle else ".")


def _road(path: RegularisationPath) -> FloatArray:
    """Return the λ path from its longest weights to its shortest, and on to 0, where every path ends."""
    order = np.argsort(path.weight_norm)[::-1]
    return np.vstack([path.weights[order[np.isfinite(path.weight_norm[order])]], np.zeros((1, 2))])


def _polar(points: FloatArray) -> FloatArray:
    """Return ‖w‖ and the direction in degrees of each row; NaN at 0, which has no direction."""
    length = np.hypot(points[:, 0], points[:, 1])
    degrees = np.degrees(np.unwrap(np.arctan2(points[:, 1], points[:, 0])))
    return np.column_stack([length, np.where(length > 0, degrees, np.nan)])


def _angle_at(path: RegularisationPath, weights: FloatArray) -> float:
    """Return the angle between weights and the λ path where it is as long; NaN if nowhere."""
    return float(angle_between(weights, on_path(path, float(np.linalg.norm(weights)))))


def _plane_axes(path: RegularisationPath, run: Trajectory, theme: Theme) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return axes to one scale around the part of both roads where they lie apart."""
    off = np.nan_to_num(angle_off_path(path, run)) * run.weight_norm
    reach = _FAR * float(run.weight_norm[int(np.argmax(off))]) or float(run.weight_norm.max()) or 1.0
    near = np.vstack([np.zeros((1, 2)), run.weights[run.weight_norm <= reach], _road(path)])
    near = near[np.hypot(near[:, 0], near[:, 1]) <= reach]
    low, high = near.min(axis=0), near.max(axis=0)
    room = 0.12 * float((high - low).max()) or 1.0
    ranges = [[float(a - room), float(b + room)] for a, b in zip(low, high, strict=True)]
    x = {**axis(theme, "w₁"), "range": ranges[0]}
    return x, {**axis(theme, "w₂"), "range": ranges[1], "scaleanchor": "x", "scaleratio": 1}


def _angle_axes(drawn: tuple[FloatArray, ...], theme: Theme) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return ‖w‖ as far as the run goes, and the degrees that both roads cross there."""
    longest = float(np.nanmax(drawn[1][:, 0], initial=0.0)) or 1.0
    shown = np.concatenate([drawn[0][drawn[0][:, 0] <= longest, 1], drawn[1][:, 1]])
    shown = shown[np.isfinite(shown)]
    low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 90.0)
    room = 0.15 * (high - low) or 1.0
    x = {**axis(theme, "‖w‖"), "range": [0.0, 1.04 * longest]}
    return x, {**axis(theme, "angle of w (°)"), "range": [low - room, high + room]}


def _road_notes(
    points: FloatArray, across: list[float], up: list[float], colour: str, theme: Theme
) -> list[dict[str, Any]]:
    """Return the names of both roads, in the corner that the fewest of their points pass."""
    low, high = np.array([across[0], up[0]]), np.array([across[1], up[1]])
    places = (points - low) / (high - low)

    def passing(corner: tuple[int, int]) -> int:
        return int((np.abs(places - corner) < (0.45, 0.35)).all(axis=1).sum())

    right, top = min(((1, 1), (0, 1), (1, 0), (0, 0)), key=passing)
    where = {"x": 0.985 if right else 0.015, "xanchor": "right" if right else "left"}
    where |= {"y": 0.98 if top else 0.03, "yanchor": "top" if top else "bottom"}
    names = (("λ path", theme.certain, 0 if top else 20), ("gradient descent", colour, -20 if top else 0))
    return [
        note(theme, text, yshift=shift, font={"size": FONT_SIZE, "color": ink}, **where) for text, ink, shift in names
    ]
