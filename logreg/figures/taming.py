"""What tames the weights: the dial of λ, and what the penalty costs. Early stopping and held-out points beside it."""

from __future__ import annotations

from math import log, log10
from typing import Any

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.curve_parts import power_of_ten
from logreg.figures.marks import LOW, layout_of, line, point, titled, upright
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, figure
from logreg.figures.steps import value_ticks
from logreg.figures.theme import FONT_SIZE, LIGHT, Theme, axis, note
from logreg.theory.regularisation import RegularisationPath

_HEADROOM, _LOW_HEADROOM = 1.5, 1.9  # times the limit: room for names above its line, in a low figure more


def penalty_dial(
    path: RegularisationPath,
    l2: float,
    *,
    sklearn_l2: float | None,
    limit_norm: float | None = None,
    theme: Theme = LIGHT,
    height: int = 400,
    title: str | None = None,
) -> Picture:
    """Draw how long the weights of the minimum are over λ, with one λ chosen and scikit-learn's marked.

    Parameters
    ----------
    path : RegularisationPath
        At least one λ > 0; ‖(w, b)‖ is drawn where some bias is not 0, else ‖w‖.
    l2 : float
        The chosen λ > 0; between the path's own it is interpolated.
    sklearn_l2 : float or None
        λ = 1/(nC) at C = 1; None leaves the mark out.
    limit_norm : float or None
        ‖w*‖ at λ = 0, a dashed line; None where there is no minimum without a penalty.
    theme : Theme
        Colours.
    height : int
        Pixels.
    title : str or None
        What stands before the numbers, as "A".

    Returns
    -------
    Picture
        Traces: the path, the limit, scikit-learn's λ, the chosen λ (its line, its point).

    Raises
    ------
    ValueError
        If l2 or sklearn_l2 is not above 0, or the path has no λ > 0.

    Examples
    --------
    >>> from logreg.data.dataset import Dataset
    >>> from logreg.theory.regularisation import regularisation_path
    >>> path = regularisation_path(Dataset([[-1.0], [1.0]], [0, 1]), [0.01, 0.1, 1.0], fit_bias=False)
    >>> penalty_dial(path, 0.1, sklearn_l2=0.5).figure.layout.title.text
    'λ = 0.1: ‖w‖ = 1.634'
    """
    name, here = _length_name(path), _at(path, path.norm, l2)
    there = float("nan") if sklearn_l2 is None else _at(path, path.norm, sklearn_l2)
    values, span = path.norm[_drawn(path)], _l2_span(path)
    tallest = float(np.nanmax([*values, limit_norm or 0.0], initial=0.0)) or 1.0
    top = tallest * (1.12 if limit_norm is None else _LOW_HEADROOM if height < LOW else _HEADROOM)
    traces = [
        line(path.l2[_drawn(path)], values, theme.certain, "minimum", ("curve", "path")),
        line(*_across(span, limit_norm), theme.certain, "limit", ("optimum", "line"), dash="dash", width=2.5),
        upright(sklearn_l2, top, theme.muted, ("sklearn", "line"), dash="dash"),
        point(sklearn_l2, there, theme.text, ("sklearn", "marker"), theme, "square-open"),
        upright(l2, top, theme.certain, ("chosen", "line")),
        point(l2, here, theme.certain, ("chosen", "marker"), theme),
    ]
    said = titled(title, f"λ = {format_number(l2)}: {name} = {format_number(here)}")
    layout = layout_of(theme, height, said, _l2_axis(span, theme), {**axis(theme, name), "range": [0.0, top]})
    notes = [_sklearn_note(path, sklearn_l2, span, name, theme), _limit_note(limit_norm, name, theme)]
    layout |= {"annotations": notes, "meta": {"static": True}}
    return Picture(figure(traces, layout), _dial_words(path, l2, sklearn_l2, limit_norm))


def _dial_words(path: RegularisationPath, l2: float, sklearn_l2: float | None, limit_norm: float | None) -> str:
    name = _length_name(path)
    values, low, high = _ends(path, path.norm)
    said = f"{name} of the minimum falls from {values[0]} at λ = {low} to {values[1]} at λ = {high}; "
    said += f"at the chosen λ = {format_number(l2)} it is {format_number(_at(path, path.norm, l2))}."
    if sklearn_l2 is not None:
        there = format_number(_at(path, path.norm, sklearn_l2))
        said += f" scikit-learn's default C = 1 is λ = {format_number(sklearn_l2)}, where it is {there}."
    if limit_norm is None:
        return said + " Without a penalty there is no minimum: the smaller λ, the longer w, without bound."
    if limit_norm != limit_norm:
        return said + " Without a penalty there is a minimum, out of float64's reach."
    return said + f" Without a penalty it is {format_number(limit_norm)}, marked by a dashed line."


def penalty_losses(
    path: RegularisationPath,
    l2: float,
    *,
    theme: Theme = LIGHT,
    height: int = 400,
    title: str | None = None,
) -> Picture:
    """Draw data loss and objective of the minimum over λ; what lies between them is the penalty.

    Parameters
    ----------
    path, l2, theme, height, title
        As for `penalty_dial`.

    Returns
    -------
    Picture
        Traces: data loss, objective (the space between filled), log 2, the chosen λ (its line, its two points).

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
    data, objective = _at(path, path.data_loss, l2), _at(path, path.objective, l2)
    drawn, span = _drawn(path), _l2_span(path)
    zero = log(2.0)
    top = max(zero, float(np.nanmax(path.objective[drawn], initial=0.0))) * 1.2
    traces = [
        line(path.l2[drawn], path.data_loss[drawn], theme.certain, "data loss", ("curve", "data loss")),
        line(
            path.l2[drawn],
            path.objective[drawn],
            theme.text,
            "objective",
            ("curve", "objective"),
            fill="tonexty",
            fillcolor=theme.grid,
        ),
        line(*_across(span, zero), theme.muted, "log 2", ("limit", "line"), dash="dot", width=2),
        upright(l2, top, theme.certain, ("chosen", "line")),
        point(l2, data, theme.certain, ("chosen", "data loss"), theme),
        point(l2, objective, theme.text, ("chosen", "objective"), theme),
    ]
    said = f"λ = {format_number(l2)}: data loss {format_number(data)}, objective {format_number(objective)}"
    values = {**axis(theme, "loss"), "range": [0.0, top]}
    layout = layout_of(theme, height, titled(title, said), _l2_axis(span, theme), values)
    layout |= {"annotations": _loss_notes(path, span, theme), "meta": {"static": True}}
    return Picture(figure(traces, layout), _loss_words(path, l2))


def _loss_words(path: RegularisationPath, l2: float) -> str:
    data, objective = (_at(path, values, l2) for values in (path.data_loss, path.objective))
    values, low, high = _ends(path, path.data_loss)
    said = f"Data loss of the minimum over λ: {values[0]} at λ = {low}, {values[1]} at λ = {high}, towards log 2 at "
    said += f"w = 0. The objective lies above it by the penalty. At λ = {format_number(l2)}: data loss "
    said += f"{format_number(data)} + penalty {format_number(objective - data)} = objective {format_number(objective)}."
    return said


def _length_name(path: RegularisationPath) -> str:
    return "‖(w, b)‖" if np.nan_to_num(path.bias).any() else "‖w‖"


def _drawn(path: RegularisationPath) -> FloatArray:
    """Return the indices of the λ > 0, in rising order: a log axis has no 0."""
    order = np.argsort(path.l2)
    order = order[path.l2[order] > 0]
    if not len(order):
        raise ValueError("path: expected at least one λ above 0, which a log axis can hold.")
    return np.asarray(order)


def _at(path: RegularisationPath, values: FloatArray, l2: float) -> float:
    """Return a value of the path at one λ, interpolated in log λ between its own; NaN outside them."""
    if not l2 > 0:
        raise ValueError(f"l2: expected a number above 0, got {l2!r}.")
    order = _drawn(path)
    return float(np.interp(log(l2), [log(v) for v in path.l2[order]], values[order], left=np.nan, right=np.nan))


def _ends(path: RegularisationPath, values: FloatArray) -> tuple[list[str], str, str]:
    """Return the values at the smallest and largest λ that have one, and both λ, in words."""
    order = _drawn(path)
    order = order[np.isfinite(values[order])]
    if not len(order):
        return ["not a number"] * 2, "0", "∞"
    first, last = order[0], order[-1]
    said = [format_number(float(values[i])) for i in (first, last)]
    return said, format_number(float(path.l2[first])), format_number(float(path.l2[last]))


def _l2_span(path: RegularisationPath) -> list[float]:
    """Return the λ axis' range, as logarithms."""
    values = path.l2[_drawn(path)]
    low, high = log10(values[0]), log10(values[-1])
    room = 0.03 * (high - low) or 0.5
    return [low - room, high + room]


def _l2_axis(span: list[float], theme: Theme) -> dict[str, Any]:
    return {**axis(theme, "λ (log scale)"), "range": span, **value_ticks(span)}


def _across(span: list[float], height: float | None) -> tuple[list[float], list[float]]:
    return ([], []) if height is None else ([power_of_ten(v) for v in span], [height] * 2)


def _sklearn_note(
    path: RegularisationPath, l2: float | None, span: list[float], name: str, theme: Theme
) -> dict[str, Any]:
    """Return scikit-learn's λ in words, at the top, on the side of its line where there is more room."""
    if l2 is None:
        return note(theme, "", x=0.5, y=0.5, visible=False)
    there = format_number(_at(path, path.norm, l2))
    text = f"scikit-learn, C = 1:<br>λ = {format_number(l2)}, {name} = {there}"
    right = log10(l2) > 0.6 * span[1] + 0.4 * span[0]
    side = {"xanchor": "right", "xshift": -6} if right else {"xanchor": "left", "xshift": 6}
    over = {"bgcolor": theme.background, "opacity": 0.92}  # the chosen λ may stand behind it
    return note(theme, text, xref="x", x=log10(l2), y=0.99, yanchor="top", **side, **over)


def _limit_note(limit: float | None, name: str, theme: Theme) -> dict[str, Any]:
    """Return what there is without a penalty: the height of the dashed line, or no minimum."""
    green = {"size": FONT_SIZE, "color": theme.certain}
    if limit is None:
        return note(theme, "λ → 0: no limit", x=0.02, y=0.03, xanchor="left", yanchor="bottom", font=green)
    starred = name.replace("w", "w*").replace("b", "b*")
    if limit != limit:
        return note(theme, "", x=0.02, y=0.03, visible=False)
    where = {"yref": "y", "y": limit, "x": 0.02, "xanchor": "left", "yanchor": "bottom", "yshift": 2}
    return note(theme, f"{starred} = {format_number(limit)}", **where, font=green)


def _loss_notes(path: RegularisationPath, span: list[float], theme: Theme) -> list[dict[str, Any]]:
    """Return the names of both losses, where there is always room, and of log 2."""
    names = (("objective", theme.text, 0.18), ("data loss", theme.certain, 0.02))
    quiet = {"xanchor": "right", "x": 0.985, "yanchor": "bottom"}
    notes = [note(theme, t, y=y, font={"size": FONT_SIZE, "color": colour}, **quiet) for t, colour, y in names]
    beside = {"yref": "y", "y": log(2.0), "x": 0.02, "xanchor": "left", "yanchor": "bottom", "yshift": 2}
    muted = {"size": FONT_SIZE, "color": theme.muted}
    return [*notes, note(theme, "w = 0: log 2 = 0.6931", **beside, font=muted)]
