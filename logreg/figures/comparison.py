"""Two runs in one chart, over one step axis: their norms, their losses, how far they still have to turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from logreg.data.checks import checked_choice
from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number
from logreg.figures.over_steps import StepChart, step_chart
from logreg.figures.picture import Picture
from logreg.figures.series import Series, runs
from logreg.figures.theme import LIGHT, MARGIN, Theme
from logreg.figures.values import value_axis, value_span, wants_log

Quantity = Literal["weight_norm", "parameter_norm"]
NORMS: dict[str, str] = {"weight_norm": "‖w‖", "parameter_norm": "‖(w, b)‖"}

_LEAST, _MOST = 1e-4, 180.0  # degrees that are drawn


def norm_name(quantity: str) -> str:
    """Return how a length is written; a ValueError where the quantity is neither.

    Examples
    --------
    >>> norm_name("parameter_norm")
    '‖(w, b)‖'
    """
    return NORMS[checked_choice("quantity", quantity, *NORMS)]


def starred(name: str) -> str:
    """Return how a length is written at the optimum.

    Examples
    --------
    >>> starred("‖(w, b)‖")
    '‖(w*, b*)‖'
    """
    return name.replace("w", "w*").replace("b", "b*")


def two_norms(
    curves: Sequence[Series],
    *,
    quantity: Quantity = "weight_norm",
    flow_from: float | None = None,
    anonymous: bool = False,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw ‖w‖ (or ‖(w, b)‖) of two runs: over log steps one may be a straight line, the other a plateau.

    Parameters
    ----------
    curves : sequence of Series
        The lengths of run A and of run B; of A alone where B is hidden, to let a class predict.
    quantity : {"weight_norm", "parameter_norm"}
        Without or with b.
    flow_from : float or None
        The step from which on gradient flow continues the runs.
    anonymous : bool
        Leaves out what tells the runs apart: names, colours, targets and theory.

    Returns
    -------
    Picture
        With a cursor at the last step; `layout.meta` holds the step axis in both forms under "log" and "linear".

    Raises
    ------
    ValueError
        If there are not one or two runs, or the quantity is unknown.

    Examples
    --------
    >>> a, b = Series("A", [0, 10], [0.0, 2.0]), Series("B", [0, 10], [0.0, 1.0], target=1.5)
    >>> two_norms((a, b)).alt
    '‖w‖ over the steps. A: 0 at step 0, 2 at step 10. B: 0 at step 0, 1 at step 10. Dashed: ‖w*‖ = 1.5.'
    """
    label, shown = norm_name(quantity), runs(curves, theme)
    span = value_span(_drawn(shown, anonymous), False, from_zero=True, room_below=False)
    about: dict[str, Any] = {"label": label, "quantity": quantity, "anonymous": anonymous, "theme": theme}
    about |= {"y": value_axis(theme, label, span, False), "flow_from": flow_from}
    return _named(step_chart(shown, **about), flow_from)


def two_losses(
    curves: Sequence[Series],
    *,
    label: str = "Loss",
    flow_from: float | None = None,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw the losses of two runs, on a log axis where the largest is over 10 times the smallest.

    Parameters
    ----------
    curves : sequence of Series
        The losses of run A and of run B; a target is a minimum or an infimum.
    label : str
        What they are called.
    flow_from, theme
        As for `two_norms`.

    Returns
    -------
    Picture
        As for `two_norms`.

    Raises
    ------
    ValueError
        If there are not one or two runs.

    Examples
    --------
    >>> a, b = Series("A", [0, 10], [0.7, 0.01]), Series("B", [0, 10], [0.7, 0.5])
    >>> two_losses((a, b)).figure.layout.yaxis.title.text
    'Loss (log scale)'
    """
    shown = runs(curves, theme)
    is_log = wants_log(np.concatenate([one.y for one in shown]))
    span = value_span(_drawn(shown), is_log, from_zero=False, room_below=is_log)
    about: dict[str, Any] = {"label": label, "quantity": "loss", "positive": True, "theme": theme}
    about |= {"y": value_axis(theme, label, span, is_log), "flow_from": flow_from}
    return _named(step_chart(shown, **about), flow_from)


def turning(
    curves: Sequence[Series],
    *,
    of: str = "w",
    missing: str | None = None,
    flow_from: float | None = None,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw the angle between a run's parameters and their limit direction at every record, on a log axis.

    Parameters
    ----------
    curves : sequence of Series
        Their values are degrees, NaN where there is no direction.
    of : str
        Whose angle it is: w, or (w, b).
    missing : str or None
        What is said of runs that have no angle; None says that they have no direction.
    flow_from, theme
        As for `two_norms`.

    Returns
    -------
    Picture
        As for `two_norms`; angles below 0.0001° are off the picture.

    Raises
    ------
    ValueError
        If there are not one or two runs.

    Examples
    --------
    >>> run = Series("A", [0, 1, 10], [np.nan, 40.0, 4.0])
    >>> turning((run, run)).figure.layout.title.text
    'Angle to the limit at step 10: A 4°, A 4°'
    """
    shown = runs(curves, theme)
    seen = [np.clip(one.y, _LEAST, _MOST) for one in shown]
    span = value_span(seen, True, from_zero=False, room_below=True)
    about: dict[str, Any] = {"label": "Angle to the limit", "quantity": "angle", "unit": "°", "none": "–"}
    about |= {"y": value_axis(theme, "degrees", span, True), "flow_from": flow_from, "theme": theme}
    chart = step_chart(shown, **about)
    still = [one.short_name for one in shown if not np.isfinite(one.y).any()]
    why = missing if missing is not None else f"{' and '.join(still)}: no direction" if still else ""
    also = f" It is the angle between {of} and its limit direction. {why}{'.' if why else ''}"
    return _named(chart, flow_from, chart.corner(why, top=_is_low_first(seen, span)), also.rstrip())


def _is_low_first(seen: Sequence[FloatArray], span: Sequence[float]) -> bool:
    """Return whether the curves begin in the lower half of a log axis, so that its upper left corner is free."""
    first = np.concatenate([angles[: (len(angles) + 1) // 2] for angles in seen])
    first = first[np.isfinite(first)]
    return not len(first) or float(np.median(np.log10(first))) < (span[0] + span[1]) / 2


def _drawn(shown: Sequence[Series], anonymous: bool = False) -> list[FloatArray]:
    """Return every value that the value axis must hold."""
    parts = [one.y for one in shown]
    if not anonymous:
        parts += [np.array([one.target]) for one in shown if one.target is not None]
        parts += [np.asarray(one.theory[1], dtype=np.float64) for one in shown if one.theory is not None]
    return parts


def _named(
    chart: StepChart, flow_from: float | None, notes: Sequence[dict[str, Any]] | None = None, also: str = ""
) -> Picture:
    """Return the picture of a chart with names right of the plot."""
    if notes is None:
        notes = chart.corner(chart.left_out(), top=not chart.positive)
    if flow_from is not None:
        also += f" What lies beyond step {format_number(flow_from)} is gradient flow."
    margin = {**MARGIN, "r": chart.room}
    return chart.over_steps(notes=[*chart.names(), *notes], margin=margin, also=also)
