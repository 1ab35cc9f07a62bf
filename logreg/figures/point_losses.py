"""What each point costs while a run plays: a bar a point, and the points on the curves of four losses."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.board import Axis, Board, bar_rows
from logreg.figures.numbers import each_of, format_number, format_positive
from logreg.figures.picture import Picture, Trace, sampled, trace
from logreg.figures.theme import CLASS_SIZES, CLASS_SYMBOLS, LIGHT, Theme
from logreg.figures.timeline import STEP, Timeline, bound, rows_for
from logreg.theory.losses import LOGISTIC, MARGIN_LOSSES, MarginLoss
from logreg.training.trajectory import MEASURED, Trajectory

_MOST_ROWS = 80
_MARGINS = (-6.0, 14.0)  # shown at most; a point outside is counted
_HIGHEST = 4.0
_PULLS = (-2.4, 3.0)
_CURVE = 121
_TO_THE_LEFT: dict[str, str | int] = {"xanchor": "right", "xshift": -4}


def losses_of_run(run: Trajectory) -> Timeline:
    """Return what each point costs at steps of a run, evenly spaced on a log axis.

    Parameters
    ----------
    run : Trajectory
        A run; with a bias or without.

    Returns
    -------
    Timeline
        "bars_0" and "bars_1", the classes' as `bar_rows` has them; "mean", "longest", and "wrong", how many are log 2
        or more.

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> dial = losses_of_run(train(Dataset([[-1.0], [1.0]], [0, 1]), TrainingConfig(n_steps=100)))
    >>> dial.columns["mean"][0].round(4).item(), dial.values[-1].item()
    (0.6931, 100.0)
    """
    rows, labels = _rows(run, 3), run.dataset.y
    losses = LOGISTIC.loss(_margins(run, rows))
    coin = log(2) * (1 - 1e-12)  # a point on the line itself costs log 2 up to rounding
    columns = {f"bars_{label}": bar_rows(losses[:, labels == label]) for label in (0, 1)}
    columns |= {"mean": run.data_loss[rows], "longest": losses.max(axis=1)}
    columns["wrong"] = (losses >= coin).sum(axis=1).astype(np.float64)
    return Timeline(STEP, run.steps[rows].astype(np.float64), columns)


def records_of_bars(run: Trajectory) -> Trajectory:
    """Return the run with those records alone that `losses_of_run` has, so that both are played in step."""
    rows = _rows(run, 3)
    kept = {name: getattr(run, name)[rows] for name in ("steps", "weights", "bias", *MEASURED)}
    return replace(run, **kept)


def bar_for_each_point(dataset: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw one bar a point, as high as what it costs, and the mean of all as a line.

    `dial` comes from `losses_of_run`.
    """
    n, longest, mean = dataset.n_samples, dial.columns["longest"], dial.columns["mean"]
    x = Axis(title="number of the point", span=(0.3, n + 0.7), counts=True)
    y = Axis(title="what the point costs", span=(0, 1.12 * max(float(longest.max()), log(2))))
    board = Board(x=x, y=y, theme=theme)
    traces = [board.level("coin", log(2), theme.muted, "dot", says="log 2: p = ½, a point on the line")]
    traces += [_bars(board, dataset, dial, label) for label in (0, 1) if (dataset.y == label).any()]
    traces.append(
        bound(
            board.level("mean", float(mean[0]), theme.run, "solid", 4, "the loss: the mean of the bars"), "at", y="mean"
        )
    )
    notes = [board.name("log 2: a coin toss", n + 0.7, log(2), theme.muted, **_TO_THE_LEFT, yshift=19)]
    alt = f"{'A' if n == 1 else 'One'} bar for {each_of(n)}, its cross-entropy. "
    alt += f"Their mean is {format_number(float(mean[0]))} at the first step and {format_positive(float(mean[-1]))} "
    alt += f"at the last, where the longest bar is {format_positive(float(longest[-1]))}."
    return board.picture(traces, title="Mean of the bars (the line): {mean}", alt=alt, notes=notes)


def _bars(board: Board, dataset: Dataset, dial: Timeline, label: int) -> Trace:
    """Return the bars of a class, each with the class' mark on top; hovering says which point it is."""
    mine = np.flatnonzero(dataset.y == label)
    heights, colour = dial.columns[f"bars_{label}"][0], board.theme.classes[label]
    size = CLASS_SIZES[label] + 2 if dataset.n_samples <= 40 else 5
    marker = {"symbol": CLASS_SYMBOLS[label], "color": colour, "size": np.tile([0, size, 0], len(mine)), "opacity": 1}
    said = [f"point {i + 1} at ({', '.join(map(format_number, dataset.X[i]))}), label {label}" for i in mine]
    hover = {"hoverinfo": "text", "hovertext": [text for one in said for text in (one, one, "")]}
    line = {"color": colour, "width": float(np.clip(200 / dataset.n_samples, 1, 12))}
    look = {"mode": "lines+markers", "cliponaxis": False, "line": line}
    bars = trace("board", f"bars of class {label}", np.repeat(mine + 1.0, 3), heights, marker=marker, **look, **hover)
    samples = [sample for i in mine.tolist() for sample in (i, i, None)]
    return bound(sampled(bars, samples), "at", y=f"bars_{label}")


def margins_of_run(run: Trajectory) -> Timeline:
    """Return the margins of the points at steps of a run, with their loss and their pull under four losses.

    Returns
    -------
    Timeline
        By class, as "m_0", "hinge_0" and "hinge_pull_0"; "least" and "largest", of the margins; "beyond", how many
        points lie outside the picture, NaN where none does.

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> margins_of_run(train(Dataset([[-1.0], [1.0]], [0, 1]), TrainingConfig(n_steps=9))).columns["hinge_0"][0].item()
    1.0
    """
    rows, labels = _rows(run, 1 + 2 * len(MARGIN_LOSSES)), run.dataset.y
    margins, columns = _margins(run, rows), dict[str, FloatArray]()
    for label in (0, 1):
        m = margins[:, labels == label]
        columns[f"m_{label}"] = m
        for one in MARGIN_LOSSES:
            columns[f"{_key(one)}_{label}"], columns[f"{_key(one)}_pull_{label}"] = one.loss(m), one.pull(m)
    low, high = _span(margins)
    beyond = ((margins < low) | (margins > high)).sum(axis=1).astype(np.float64)
    columns |= {"least": margins.min(axis=1), "largest": margins.max(axis=1)}
    columns["beyond"] = np.where(beyond > 0, beyond, np.nan)
    return Timeline(STEP, run.steps[rows].astype(np.float64), columns)


def losses_over_margin(dataset: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw 0/1, logistic, hinge and squared loss over the margin, with the points on each.

    `dial` comes from `margins_of_run`.
    """
    board = _board(dial, "loss (axis ends at 4)", (-0.15, _HIGHEST), theme)
    names = [f'<span style="color:{_look(one, theme)["color"]}"><b>{one.name}</b></span>' for one in MARGIN_LOSSES]
    corner = {"xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top", "xshift": 0}
    notes = [{**board.name("<br>".join(names), 1, 1, theme.text, **corner), "x": 1.0, "y": 1.0}]
    alt = (
        "Four losses over the margin m, with every point on each of them. 0/1 is a step at 0, the logistic loss falls "
    )
    alt += "towards 0 and never reaches it, the hinge is 0 from m = 1 on, and the squared loss (1 − m)² rises again "
    alt += "beyond m = 1."
    title = "Loss over the margin; least m = {least}"
    return board.picture(_on_curves(board, dataset, dial, pulls=False), title=title, alt=alt, notes=notes)


def pulls_over_margin(dataset: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw minus the slope of each loss, which is each point's pull, with the points on each.

    Parameters
    ----------
    dataset, dial, theme
        As for `losses_over_margin`.
    """
    board = _board(dial, "pull = −slope", _PULLS, theme)
    traces = [board.level("no pull", 0.0, theme.muted, "dot"), *_on_curves(board, dataset, dial, pulls=True)]
    alt = (
        "Minus the slope of the four losses over the margin m, with every point on each. 0/1 never pulls. The logistic "
    )
    alt += "loss pulls with σ(−m), at most 1 and never 0. The hinge pulls with 1 up to m = 1, then not at all. The "
    alt += "squared loss pulls with 2(1 − m), below 0 beyond m = 1: there it pushes points back."
    return board.picture(traces, title="Pull of a point (below 0: back)", alt=alt)


def _board(dial: Timeline, name: str, span: tuple[float, float], theme: Theme) -> Board:
    margins = np.concatenate([dial.columns["least"], dial.columns["largest"]])
    x = Axis(title="margin m (right side: m above 0)", span=_span(margins))
    return Board(x=x, y=Axis(title=name, span=span), theme=theme)


def _span(margins: FloatArray) -> tuple[float, float]:
    """Return the margins that are shown: those of all points, with room, but no more than can be told apart."""
    low, high = float(margins.min()) - 0.5, float(margins.max()) + 0.5
    return max(min(low, -3.0), _MARGINS[0]), min(max(high, 6.0), _MARGINS[1])


def _on_curves(board: Board, dataset: Dataset, dial: Timeline, *, pulls: bool) -> list[Trace]:
    """Return the curves, then the points on them."""
    m, found = np.linspace(*board.x.span, _CURVE), list[Trace]()
    for one in MARGIN_LOSSES:
        look, says = _look(one, board.theme), f"{one.name}: {one.formula}" if not pulls else f"pull of {one.name}"
        found.append(
            board.line(one.name, *_jumping(one, m, pulls), look["color"], look["width"], dash=look["dash"], says=says)
        )
    for one in MARGIN_LOSSES:
        for label in (0, 1):
            x, y = f"m_{label}", f"{_key(one)}{'_pull' if pulls else ''}_{label}"
            if dial.columns[x].size:
                mine = np.flatnonzero(dataset.y == label).tolist()
                look = {"marker": _mark(board.theme, label), "hovertext": [f"point {i + 1}, {one.name}" for i in mine]}
                look["hovertemplate"] = "%{hovertext}<br>m = %{x:.4~g}: %{y:.4~g}<extra></extra>"
                dots = board.dots(f"class {label} on {one.name}", dial.columns[x][0], dial.columns[y][0], **look)
                found.append(bound(sampled(dots, mine), "at", x=x, y=y))
    return found


def _jumping(one: MarginLoss, m: FloatArray, pulls: bool) -> tuple[FloatArray, FloatArray]:
    """Return a curve with both ends of its jumps, so that they are upright."""
    jumps = np.array([0.0, 1.0])
    m = np.sort(np.concatenate([m, jumps, np.nextafter(jumps, np.inf), np.nextafter(jumps, -np.inf)]))
    return m, one.pull(m) if pulls else one.loss(m)


def _mark(theme: Theme, label: int) -> dict[str, object]:
    rim = {"width": 1, "color": theme.outline}
    return {"symbol": CLASS_SYMBOLS[label], "color": theme.classes[label], "size": CLASS_SIZES[label], "line": rim}


def _look(one: MarginLoss, theme: Theme) -> dict[str, Any]:
    colours = {"0/1": theme.muted, "logistic": theme.run, "hinge": theme.run_b, "squared": theme.text}
    dashes = {"hinge": "dash", "squared": "dot"}
    width = 5.0 if one.name == "logistic" else 3.0
    return {"color": colours[one.name], "dash": dashes.get(one.name, "solid"), "width": width}


def _key(one: MarginLoss) -> str:
    return one.name.replace("/", "_")


def _margins(run: Trajectory, rows: NDArray[np.int64]) -> FloatArray:
    """Return the margins of all points at some records, of shape (n_rows, n_samples)."""
    log_odds = run.weights[rows] @ run.dataset.X.T + run.bias[rows, None]
    return np.asarray(run.dataset.signs * log_odds)


def _rows(run: Trajectory, numbers: int) -> NDArray[np.int64]:
    """Return records evenly spaced on a log axis of steps, fewer where there are many points."""
    most = rows_for(numbers * run.dataset.n_samples, _MOST_ROWS)
    wanted = np.append(0, np.geomspace(1, max(run.last_step, 1), most))
    return np.unique(np.searchsorted(run.steps, wanted, side="right") - 1)
