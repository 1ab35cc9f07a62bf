"""Two runs in one chart, over one step axis: their norms, their losses."""

from __future__ import annotations

import plotly.graph_objects as go

from logreg.figures.curve_parts import norm_name
from logreg.figures.curves import Quantity
from logreg.figures.pair import PairChart, draw_pair, pair_words
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import StepAxis
from logreg.figures.theme import LIGHT, Theme

__all__ = ["RunCurve", "two_losses", "two_losses_alt", "two_norms", "two_norms_alt"]


def two_norms(
    curves: tuple[RunCurve, RunCurve],
    step: float,
    *,
    axis: StepAxis = "log",
    quantity: Quantity = "weight_norm",
    hidden: int | None = None,
    anonymous: bool = False,
    flow_from: float | None = None,
    theme: Theme = LIGHT,
    height: int = 400,
) -> go.Figure:
    """Draw ‖w‖ (or ‖(w, b)‖) of two runs: over log steps one may be a straight line, the other a plateau.

    Parameters
    ----------
    curves : pair of RunCurve
        The lengths of run A and of run B.
    step : float
        Where the cursor stands, from 0 to the last step shown; a run that ends earlier keeps its dot at its end.
    axis : {"log", "linear"}
        The step axis; the value axis is linear.
    quantity : {"weight_norm", "parameter_norm"}
        Without or with b.
    hidden : int or None
        Leaves out run 0 or 1: nothing in the figure depends on it then, to let a class predict.
    anonymous : bool
        Leaves out what tells the runs apart: names, colours, targets and theory.
    flow_from : float or None
        The step from which on gradient flow continues the runs.
    theme : Theme
        Colours.
    height : int
        Pixels.

    Returns
    -------
    plotly.graph_objects.Figure
        The same traces in the same order for any data. `layout.meta` holds the step axis in both forms under "log"
        and "linear", and says what is hidden.

    Raises
    ------
    ValueError
        If there is no such step, or axis, quantity or hidden is unknown.

    Examples
    --------
    >>> a, b = RunCurve("A", [0, 10], [0.0, 2.0]), RunCurve("B", [0, 10], [0.0, 1.0], target=1.5)
    >>> two_norms((a, b), 10).layout.title.text
    '‖w‖ at step 10: A 2, B 1'
    """
    chart = PairChart(norm_name(quantity), quantity, axis, hidden, anonymous, flow_from, height)
    return draw_pair(curves, step, chart, theme)


def two_norms_alt(
    curves: tuple[RunCurve, RunCurve],
    step: float,
    *,
    quantity: Quantity = "weight_norm",
    hidden: int | None = None,
    anonymous: bool = False,
    flow_from: float | None = None,
) -> str:
    """Say in words what `two_norms` shows.

    Parameters
    ----------
    curves, step, quantity, hidden, anonymous, flow_from
        As for the figure.

    Returns
    -------
    str

    Examples
    --------
    >>> a, b = RunCurve("A", [0, 10], [0.0, 2.0]), RunCurve("B", [0, 10], [0.0, 1.0])
    >>> two_norms_alt((a, b), 10, hidden=1)
    '‖w‖ over the steps. A: 0 at step 0, 2 at step 10.'
    """
    return pair_words(curves, step, PairChart(norm_name(quantity), quantity, "log", hidden, anonymous, flow_from, 0))


def two_losses(
    curves: tuple[RunCurve, RunCurve],
    step: float,
    *,
    axis: StepAxis = "log",
    hidden: int | None = None,
    anonymous: bool = False,
    flow_from: float | None = None,
    theme: Theme = LIGHT,
    height: int = 400,
) -> go.Figure:
    """Draw the losses of two runs, on a log axis where the largest is over 10 times the smallest.

    Parameters
    ----------
    curves : pair of RunCurve
        The losses of run A and of run B; a target is a minimum or an infimum.
    step, axis, hidden, anonymous, flow_from, theme, height
        As for `two_norms`.

    Returns
    -------
    plotly.graph_objects.Figure
        As for `two_norms`.

    Raises
    ------
    ValueError
        If there is no such step, or axis or hidden is unknown.

    Examples
    --------
    >>> a, b = RunCurve("A", [0, 10], [0.7, 0.01]), RunCurve("B", [0, 10], [0.7, 0.5])
    >>> two_losses((a, b), 10).layout.yaxis.title.text
    'Loss (log scale)'
    """
    return draw_pair(curves, step, PairChart("Loss", "loss", axis, hidden, anonymous, flow_from, height), theme)


def two_losses_alt(
    curves: tuple[RunCurve, RunCurve],
    step: float,
    *,
    hidden: int | None = None,
    anonymous: bool = False,
    flow_from: float | None = None,
) -> str:
    """Say in words what `two_losses` shows.

    Parameters
    ----------
    curves, step, hidden, anonymous, flow_from
        As for the figure.

    Returns
    -------
    str
    """
    return pair_words(curves, step, PairChart("Loss", "loss", "log", hidden, anonymous, flow_from, 0))
