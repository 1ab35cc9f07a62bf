"""Pushing w out along a ray: the dial r, and the sigmoid that sharpens with the points on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board
from logreg.figures.numbers import format_number, format_positive
from logreg.figures.picture import Picture
from logreg.figures.rays import products_along
from logreg.figures.theme import CLASS_SYMBOLS, LIGHT, Theme, dot
from logreg.figures.timeline import Timeline, bound
from logreg.theory.landscape import loss_along_ray
from logreg.training.model import Model, sigmoid

_CELLS, _CELLS_AT_THE_TIE = 21, 49  # to either side; the latter so near each other that r = 10¹⁰ is no ramp
_LENGTHS = np.concatenate([[0.0], np.logspace(-1.0, 10.0, 100)])
_LOG_SMALLEST = -307.0


def push_timeline(datasets: Sequence[Dataset], rays: Sequence[Model]) -> Timeline:
    """Return, for r from 0 to 10¹⁰, the loss at r · u and every point's probability there.

    Parameters
    ----------
    datasets : sequence of Dataset
        A, B, ….
    rays : sequence of Model
        The ray of each; a zero model stays where it is.

    Returns
    -------
    Timeline
        Dial r; for the k-th data set the columns loss{k}, curve{k} and p{k}, and in words said{k}, the loss written
        out, also where it is below float64.
    """
    columns: dict[str, FloatArray] = {}
    words: dict[str, tuple[str, ...]] = {}
    for k, (dataset, ray) in enumerate(zip(datasets, rays, strict=True)):
        found = loss_along_ray(dataset, ray, _LENGTHS)
        scores, across = _scores(dataset, ray)
        with np.errstate(over="ignore"):
            columns |= {f"loss{k}": found.loss, f"p{k}": sigmoid(_LENGTHS[:, None] * scores)}
            columns[f"curve{k}"] = sigmoid(_LENGTHS[:, None] * across)
        words[f"said{k}"] = tuple(map(_written, found.loss, found.log10_loss))
    return Timeline("r", _LENGTHS, columns, words)


def sharpening(dial: Timeline, k: int, dataset: Dataset, ray: Model, *, name: str, theme: Theme = LIGHT) -> Picture:
    """Draw s(r·f₁(x)) over f₁(x) = u·x, with the points on it, bound to `push_timeline`.

    Returns
    -------
    Picture
        The curve is level at r = 0 and becomes a step; the points run along it to 0 or 1.
    """
    scores, across = _scores(dataset, ray)
    board = Board(
        x=Axis(title="f(x) for ‖w‖ = 1", span=(float(across[0]), float(across[-1]))),
        y=Axis(title="h", span=(-0.1, 1.1)),
        theme=theme,
    )
    look = {"symbol": [CLASS_SYMBOLS[label] for label in dataset.y], "color": [theme.classes[y] for y in dataset.y]}
    points = board.dots("points", scores, dial.columns[f"p{k}"][0], {**dot(theme, theme.run, 11), **look})
    traces = [
        bound(board.line("sigmoid", across, dial.columns[f"curve{k}"][0], theme.muted, 3), "at", y=f"curve{k}"),
        board.upright("tie", 0.0, theme.boundary, "dash"),
        bound(points, "at", y=f"p{k}"),
    ]
    return board.picture(traces, title=f"{name}: s(r·f(x))", alt=f"{name}: the sigmoid of r times the scores.")


def _scores(dataset: Dataset, ray: Model) -> tuple[FloatArray, FloatArray]:
    """Return f(x) of every point for the unit vector along a ray, and values across all of them."""
    gains = products_along(dataset, ray)
    scores = np.zeros(dataset.n_samples) if gains is None else gains * np.where(dataset.y == 1, 1.0, -1.0)
    reach = 1.1 * float(np.abs(scores).max(initial=0.0)) or 1.0
    right = np.unique([*np.linspace(0.0, reach, _CELLS), *reach * np.geomspace(1e-12, 1.0, _CELLS_AT_THE_TIE)])
    return scores, np.concatenate([-right[:0:-1], right])


def _written(loss: float, log10_loss: float) -> str:
    return format_positive(float(loss)) if log10_loss > _LOG_SMALLEST else f"10^({format_number(float(log10_loss))})"
