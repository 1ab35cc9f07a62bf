"""Two runs in one chart, over one step axis: their norms, their losses."""

from __future__ import annotations

from logreg.figures.curve_parts import norm_name
from logreg.figures.curves import Quantity
from logreg.figures.pair import PairChart, draw_pair, pair_words
from logreg.figures.picture import Picture
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import StepAxis
from logreg.figures.theme import LIGHT, Theme

__all__ = ["RunCurve", "two_losses", "two_norms"]


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
) -> Picture:
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
    Picture
        The same traces in the same order for any data. `layout.meta` holds the step axis in both forms under "log"
        and "linear", and says what is hidden.

    Raises
    ------
    ValueError
        If there is no such step, or axis, quantity or hidden is unknown.

    Examples
    --------
    >>> a, b = RunCurve("A", [0, 10], [0.0, 2.0]), RunCurve("B", [0, 10], [0.0, 1.0], target=1.5)
    >>> two_norms((a, b), 10).figure.layout.title.text
    '‖w‖ at step 10: A 2, B 1'
    """
    chart = PairChart(norm_name(quantity), quantity, axis, hidden, anonymous, flow_from, height)
    return Picture(draw_pair(curves, step, chart, theme), pair_words(curves, step, chart))


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
) -> Picture:
    """Draw the losses of two runs, on a log axis where the largest is over 10 times the smallest.

    Parameters
    ----------
    curves : pair of RunCurve
        The losses of run A and of run B; a target is a minimum or an infimum.
    step, axis, hidden, anonymous, flow_from, theme, height
        As for `two_norms`.

    Returns
    -------
    Picture
        As for `two_norms`.

    Raises
    ------
    ValueError
        If there is no such step, or axis or hidden is unknown.

    Examples
    --------
    >>> a, b = RunCurve("A", [0, 10], [0.7, 0.01]), RunCurve("B", [0, 10], [0.7, 0.5])
    >>> two_losses((a, b), 10).figure.layout.yaxis.title.text
    'Loss (log scale)'
    """
    chart = PairChart("Loss", "loss", axis, hidden, anonymous, flow_from, height)
    return Picture(draw_pair(curves, step, chart, theme), pair_words(curves, step, chart))
