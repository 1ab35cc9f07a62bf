"""The dial of λ: how long the weights of the minimum are for each penalty, and what the penalty costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose, log, log10
from typing import Any

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.board import coloured
from logreg.figures.comparison import starred
from logreg.figures.curves import Chart
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace, with_title
from logreg.figures.series import Series
from logreg.figures.theme import FONT_SIZE, LIGHT, Theme, axis, dot, note
from logreg.figures.timeline import Timeline, bound
from logreg.figures.values import log_ticks
from logreg.theory.regularisation import RegularisationPath
from logreg.training.objective import loss

_RIGHT = 16  # pixels right of the plot
_COLUMNS = {"path": "norm", "data loss": "data_loss", "objective": "objective"}  # of the timeline
_HEADROOM, _LOSS_HEADROOM, _BARE_HEADROOM = 1.5, 1.2, 1.12  # times the highest: room for names above


def penalty_dial(
    path: RegularisationPath,
    l2: float,
    *,
    sklearn_l2: float | None,
    limit_norm: float | None = None,
    name: str = "",
    theme: Theme = LIGHT,
) -> Picture:
    """Draw how long the weights of the minimum are over λ, with one λ chosen and scikit-learn's marked.

    Parameters
    ----------
    path : RegularisationPath
        ‖(w, b)‖ is drawn where some bias is not 0, else ‖w‖.
    l2 : float
        The chosen λ, one of the path's above 0.
    sklearn_l2 : float or None
        λ = 1/(nC) at C = 1, one of the path's; None leaves the mark out.
    limit_norm : float or None
        ‖w*‖ at λ = 0, a dashed line; None where there is no minimum without a penalty, NaN where it is out of reach.
    name : str
        Whose picture it is, as "A".

    Returns
    -------
    Picture
        Static: the path, the limit, scikit-learn's λ, the chosen λ.

    Raises
    ------
    ValueError
        If l2 or sklearn_l2 is none of the path's λ above 0.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.regularisation import regularisation_path
    >>> path = regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), [0.01, 0.1, 1.0], fit_bias=False)
    >>> penalty_dial(path, 0.1, sklearn_l2=None).figure.layout.title.text
    'λ = 0.1: ‖w‖ = 1.634'
    """
    dial = _Dial(path, theme)
    label = "‖(w, b)‖" if np.nan_to_num(path.bias).any() else "‖w‖"
    own = dial.series(label, path.parameter_norm, theme.certain, "path")
    own = replace(own, target=limit_norm, target_name=starred(label))
    tallest = float(np.nanmax([*own.y, limit_norm or 0.0], initial=0.0)) or 1.0
    chart = dial.chart((own,), label, tallest * (_BARE_HEADROOM if limit_norm is None else _HEADROOM))
    traces, notes = chart.curves(), [_limit_note(own, theme)]
    said = f"λ = {format_number(l2)}: {label} = {_written(dial.at(own, l2))}"
    words = f"{label} of the minimum over λ. {chart.words(own, l2)}"
    if sklearn_l2 is not None:
        there = f"λ = {format_number(sklearn_l2)}, {label} = {_written(dial.at(own, sklearn_l2))}"
        square = {**dot(theme, theme.text), "symbol": "square-open", "line": {"width": 2.5}}
        traces += [chart.upright(sklearn_l2, theme.muted, "sklearn", "dash")]
        traces += [chart.point(sklearn_l2, dial.at(own, sklearn_l2), "sklearn", "marker", square, there)]
        notes.append(_sklearn_note(sklearn_l2, there, chart))
        words += f" scikit-learn's default C = 1 is {there}."
    traces += dial.chosen(chart, l2, [own])
    drawn = chart.picture(traces, notes, title=said, alt=f"{words}{_without(limit_norm)}", right=_RIGHT, name=name)
    return with_title(drawn, f"{_whose(name)}λ = {{λ}}: {label} = {{norm}}")


def penalty_timeline(path: RegularisationPath, values: Sequence[float], words: Mapping[str, Sequence[str]]) -> Timeline:
    """Return length and losses of the minimum for each λ of a dial, by which both pictures move.

    Parameters
    ----------
    path : RegularisationPath
        That of the pictures.
    values : sequence of float
        λ of the dial, each one of the path's above 0.
    words : mapping of str to sequence of str
        As `Timeline` has them.
    """
    at = [int(np.flatnonzero(path.l2 == l2)[0]) for l2 in values]
    columns = {"norm": path.parameter_norm[at], "data_loss": path.data_loss[at], "objective": path.loss[at]}
    told = {name: tuple(map(_written, column)) for name, column in columns.items() if np.isnan(column).any()}
    return Timeline("λ", np.asarray(values), columns, told | {name: tuple(texts) for name, texts in words.items()})


def penalty_losses(path: RegularisationPath, l2: float, *, name: str = "", theme: Theme = LIGHT) -> Picture:
    """Draw data loss and objective of the minimum over λ; what lies between them is the penalty.

    Parameters
    ----------
    path, l2, name, theme
        As for `penalty_dial`.

    Returns
    -------
    Picture
        Static: both losses, the space between filled; the loss that they tend to as λ grows; the chosen λ.

    Raises
    ------
    ValueError
        As for `penalty_dial`.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.regularisation import regularisation_path
    >>> path = regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), [0.01, 0.1, 1.0], fit_bias=False)
    >>> penalty_losses(path, 0.1).figure.layout.title.text
    'λ = 0.1: data loss 0.1784, objective 0.3118'
    """
    dial = _Dial(path, theme)
    data = dial.series("data loss", path.data_loss, theme.certain, "data loss")
    objective = dial.series("objective", path.loss, theme.text, "objective")
    far = None if path.far is None else loss(path.far, path.dataset)
    top = max(far or 0.0, float(np.nanmax(objective.y, initial=0.0))) or 1.0
    chart = dial.chart((data, objective), "loss", top * _LOSS_HEADROOM)
    lines = chart.curves()
    lines[1] |= {"fill": "tonexty", "fillcolor": theme.grid}
    here = [dial.at(one, l2) for one in (data, objective)]
    first, second = map(_written, here)
    said = f"λ = {format_number(l2)}: data loss {first}, objective {second}"
    names = [coloured(one.name, one.colour) for one in (data, objective)]
    words = f"Data loss and objective of the minimum over λ. {chart.words(data, l2)} The objective lies above it by "
    words += f"the penalty: at λ = {format_number(l2)} {_sum(*here)}."
    traces, notes = [*lines, *dial.chosen(chart, l2, [data, objective])], []
    if far is not None:
        traces += [level for level in [chart.level(far, "limit", colour=theme.muted, dash="dot")] if level]
        notes.append(_far_note(far, theme))
        words += f" As λ grows both tend to {_far_words(far)}, the loss at w = 0."
    drawn = chart.picture(traces, notes, title=said, alt=words, right=_RIGHT, name=name)
    return with_title(drawn, f"{_whose(name)}{names[0]} {{data_loss}}, {names[1]} {{objective}}")


@dataclass(frozen=True, eq=False)
class _Dial:
    """What both pictures of λ share: the axis, and what is chosen on it."""

    path: RegularisationPath
    theme: Theme

    def series(self, name: str, values: FloatArray, colour: str, part: str) -> Series:
        """Return values over the λ above 0, in rising order: a log axis has no 0."""
        l2, first = np.unique(self.path.l2, return_index=True)
        above = l2 > 0
        if not above.any():
            raise ValueError("path: expected at least one λ above 0, which a log axis can hold.")
        return Series(name, l2[above], values[first][above], part=part, colour=colour)

    def at(self, one: Series, l2: float) -> float:
        """Return a value of the path at one of its own λ."""
        if l2 not in one.x:
            raise ValueError(f"l2: expected one of the path's numbers above 0, got {l2!r}.")
        return one.value_at(l2)

    def chart(self, series: tuple[Series, ...], label: str, top: float) -> Chart:
        low, high = log10(series[0].x[0]), log10(series[0].x[-1])
        room = 0.03 * (high - low) or 0.5
        span = [low - room, high + room]
        x = {**axis(self.theme, "λ (log scale)"), "range": span, **log_ticks(span)}
        y = {**axis(self.theme, label), "type": "linear", "range": [0.0, top]}
        return Chart(series=series, x=x, y=y, theme=self.theme, at="λ = ")

    def chosen(self, chart: Chart, l2: float, series: list[Series]) -> list[Trace]:
        """Return the line at the chosen λ and a point on each series."""
        traces = [bound(chart.upright(l2, self.theme.certain, "chosen"), "at", x="λ")]
        for one in series:
            value, look = self.at(one, l2), dot(self.theme, one.colour)
            point = chart.point(l2, value, "chosen", one.part, look, _written(value))
            traces.append(bound(point, "at", x="λ", y=_COLUMNS[one.part]))
        return traces


def _written(value: float) -> str:
    """Write a number of the path, which has NaN where float64 does not reach the minimum."""
    return "out of float64’s reach" if value != value else format_number(value)


def _sum(data_loss: float, objective: float) -> str:
    if objective != objective:
        return f"both are {_written(objective)}"
    return f"{_written(data_loss)} + {_written(objective - data_loss)} = objective {_written(objective)}"


def _whose(name: str) -> str:
    return f"{name}: " if name else ""


def _without(limit: float | None) -> str:
    """Say what there is without a penalty."""
    if limit is None:
        return " Without a penalty there is no minimum: the smaller λ, the longer w, without bound."
    return " Without a penalty there is a minimum, out of float64's reach." if limit != limit else ""


def _sklearn_note(l2: float, there: str, chart: Chart) -> dict[str, Any]:
    """Return scikit-learn's λ in words, at the top, on the side of its line where there is more room."""
    low, high = chart.x["range"]
    right = log10(l2) > 0.6 * high + 0.4 * low
    side = {"xanchor": "right", "xshift": -6} if right else {"xanchor": "left", "xshift": 6}
    over = {"bgcolor": chart.theme.background, "opacity": 0.92}  # the chosen λ may stand behind it
    text = f"scikit-learn, C = 1:<br>{there}"
    return note(chart.theme, text, xref="x", x=log10(l2), y=0.99, yanchor="top", **side, **over)


def _limit_note(own: Series, theme: Theme) -> dict[str, Any]:
    """Return what there is without a penalty: the height of the dashed line, or no minimum."""
    plain = {"x": 0.02, "xanchor": "left", "yanchor": "bottom", "font": {"size": FONT_SIZE, "color": theme.certain}}
    if own.target is None:
        return note(theme, "λ → 0: no limit", y=0.03, **plain)
    if own.target != own.target:
        return note(theme, "λ → 0: a limit out of float64’s reach", y=0.03, **plain)
    return note(theme, f"{own.target_name} = {format_number(own.target)}", yref="y", y=own.target, yshift=2, **plain)


def _far_words(far: float) -> str:
    return f"{'log 2 = ' if isclose(far, log(2.0), rel_tol=1e-12) else ''}{format_number(far)}"


def _far_note(far: float, theme: Theme) -> dict[str, Any]:
    beside = {"yref": "y", "y": far, "x": 0.02, "xanchor": "left", "yanchor": "bottom", "yshift": 2}
    return note(theme, f"w = 0: {_far_words(far)}", **beside, font={"size": FONT_SIZE, "color": theme.muted})
