"""What points that training never saw say of growing weights."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from logreg.figures.numbers import format_number, format_positive
from logreg.figures.over_steps import step_chart
from logreg.figures.picture import Picture
from logreg.figures.series import Series
from logreg.figures.theme import LIGHT, MARGIN, Theme, axis, ring
from logreg.figures.values import value_axis, value_span
from logreg.theory.held_out import HeldOut

_SHARES: dict[str, Any] = {"type": "linear", "range": [0.45, 1.06], "tickvals": [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]}


def held_out_losses(held_out: HeldOut, steps: ArrayLike, *, theme: Theme = LIGHT) -> Picture:
    """Draw the cross-entropy of held-out points over the steps of a run, the training sample's faint beside it.

    Parameters
    ----------
    held_out : HeldOut
        One entry for every record.
    steps : array-like of shape (n_records,)
        The records' steps.

    Returns
    -------
    Picture
        The smallest is marked. `layout.meta` as for `two_norms`; its quantity is "held_out_loss".

    Raises
    ------
    ValueError
        If steps are not one for each record.

    Examples
    --------
    >>> from logreg.data.lecture_sets import train_and_held_out
    >>> from logreg.theory.held_out import held_out
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.objective import Objective
    >>> from logreg.training.trainer import train
    >>> sample, fresh = train_and_held_out()
    >>> run = train(sample, TrainingConfig(n_steps=10, objective=Objective(fit_bias=False)))
    >>> held_out_losses(held_out(run, fresh), run.steps).figure.layout.title.text
    'Held-out cross-entropy at step 10: 0.1438'
    """
    faint: dict[str, Any] = {"part": "training", "colour": theme.muted, "width": 2.5, "dash": "dash"}
    x = np.asarray(steps, dtype=np.float64)
    training = Series("training<br>sample", x, held_out.training_loss, **faint)
    own = Series("held out", x, held_out.loss, colour=theme.run)
    span = value_span([training.y, own.y], True, from_zero=False, room_below=True)
    about: dict[str, Any] = {"label": "Held-out cross-entropy", "quantity": "held_out_loss", "theme": theme}
    y = value_axis(theme, "loss", span, True)
    chart = step_chart((training, own), marked=[own], y=y, positive=True, **about)
    at, least = float(own.x[held_out.best]), float(own.y[held_out.best])
    said = f"smallest: {format_positive(least)} at {chart.where(at)}"
    mark = chart.point(at, least, "best", "marker", ring(theme.run, 12), said)
    notes = [*chart.names(), *chart.corner(f"○ {said.replace(' at ', '<br>at ')}", top=False)]
    margin = {**MARGIN, "r": chart.room}
    return chart.over_steps(notes=notes, margin=margin, marks=[mark], also=f" Held out, the {said}.")


def held_out_confidence(held_out: HeldOut, steps: ArrayLike, *, theme: Theme = LIGHT) -> Picture:
    """Draw the mean confidence on held-out points over the steps of a run, that of the wrong ones, and accuracy.

    Parameters
    ----------
    held_out, steps, theme
        As for `held_out_losses`.

    Returns
    -------
    Picture
        As for `held_out_losses`; its quantity is "held_out_confidence".

    Raises
    ------
    ValueError
        As for `held_out_losses`.
    """
    looks: tuple[dict[str, Any], ...] = (
        {"part": "wrong", "colour": theme.run, "width": 2.5, "dash": "dot"},
        {"part": "accuracy", "colour": theme.text, "width": 2.5, "dash": "dash"},
    )
    x = np.asarray(steps, dtype=np.float64)
    series = (
        Series("where it is wrong", x, held_out.wrong_confidence, **looks[0]),
        Series("accuracy", x, held_out.accuracy, **looks[1]),
        Series("confidence", x, held_out.confidence, colour=theme.run),
    )
    about: dict[str, Any] = {"label": "Held-out confidence", "quantity": "held_out_confidence", "theme": theme}
    y = {**axis(theme, "share"), **_SHARES}
    chart = step_chart(series, marked=series[-1:], y=y, **about)
    best = held_out.best
    accuracy, confidence = (format_number(float(v[best])) for v in (held_out.accuracy, held_out.confidence))
    also = f" At {chart.where(float(series[0].x[best]))}, where the cross-entropy is smallest, accuracy is {accuracy} "
    also += f"and confidence {confidence}."
    return chart.over_steps(notes=chart.names(), margin={**MARGIN, "r": chart.room}, also=also)
