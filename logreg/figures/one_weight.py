"""The loss over a single weight, by hand: a minimum where the labels disagree, none where they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from logreg.data.dataset import Dataset, FloatArray, check_features
from logreg.figures.curves import Chart
from logreg.figures.labels import EndLabel
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace, trace
from logreg.figures.series import Series, runs
from logreg.figures.theme import LIGHT, TITLE_SIZE, Theme, axis, dot
from logreg.figures.timeline import STEP, Timeline, bound
from logreg.figures.values import value_axis, value_span
from logreg.training.objective import mean_cross_entropy

_ROOM = 152  # pixels right of the plot, for names
_CELLS = 401  # of the weight axis
_RISING, _FALLING = 2.0, 6.0  # log-odds shown where the losses rise and where they fall


def one_weight_loss(
    datasets: Sequence[Dataset],
    names: Sequence[str],
    optima: Sequence[float | None],
    *,
    dial: Timeline | None = None,
    theme: Theme = LIGHT,
) -> Picture:
    """Draw the loss over a single weight w, without a bias, with its minimum or the note that there is none.

    Parameters
    ----------
    datasets : sequence of Dataset
        One or two, of one feature each.
    names : sequence of str
        Written at the curves' ends.
    optima : sequence of float or None
        w* of each, or None where there is no minimum.
    dial : Timeline or None
        From `one_weight_timeline`: a dot on each curve says where its run is.

    Returns
    -------
    Picture
        Static but for the dots.

    Raises
    ------
    ValueError
        If a data set has more than one feature, or there is not one name and one optimum for each.

    Examples
    --------
    >>> picture = one_weight_loss([Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])], ["+ + −"], [0.6931])
    >>> picture.alt
    'The loss over a single weight w. + + −: the minimum is 0.6365 at w* = 0.6931.'
    """
    if not len(datasets) == len(names) == len(optima):
        raise ValueError("datasets: expected a name and an optimum for each.")
    for dataset in datasets:
        check_features(1, datasets=dataset)
    w = _weights_shown(datasets, optima)
    shown = runs([Series(name, w, _loss_at(d, w)) for d, name in zip(datasets, names, strict=True)], theme)
    span = value_span([one.y for one in shown], False, from_zero=True, room_below=False)
    x = {**axis(theme, "w"), "type": "linear", "range": [float(w[0]), float(w[-1])]}
    chart = Chart(series=shown, x=x, y=value_axis(theme, "Loss", span, False), theme=theme, at="w = ")
    known = list(zip(shown, datasets, optima, strict=True))
    traces = [*chart.curves(), *(_minimum(one, d, best, theme) for one, d, best in known if best is not None)]
    traces += [] if dial is None else [_run_dot(one, k, dial, theme) for k, one in enumerate(shown)]
    labels = [label for one, _, best in known for label in _labels(one, best, theme)]
    words = ["The loss over a single weight w.", *(_words(one, d, best) for one, d, best in known)]
    title = "Loss over a single weight w"
    return chart.picture(traces, chart.beside(labels), title=title, alt=" ".join(words), right=_ROOM)


def one_weight_timeline(
    datasets: Sequence[Dataset], steps: Sequence[FloatArray], weights: Sequence[FloatArray]
) -> Timeline:
    """Return where runs over a single weight are at every step that one of them recorded: w0, loss0, w1, ….

    Parameters
    ----------
    datasets : sequence of Dataset
        Of one feature each.
    steps, weights : sequence of ndarray
        The recorded steps of each run, and its w there.
    """
    every = np.unique(np.concatenate(steps))
    columns = {}
    for k, (dataset, own, w) in enumerate(zip(datasets, steps, weights, strict=True)):
        columns[f"w{k}"] = w[np.searchsorted(own, every, side="right") - 1]
        columns[f"loss{k}"] = _loss_at(dataset, columns[f"w{k}"])
    return Timeline(STEP, every, columns)


def _run_dot(one: Series, k: int, dial: Timeline, theme: Theme) -> Trace:
    place = (dial.columns[f"{name}{k}"][:1] for name in ("w", "loss"))
    drawn = trace("cursor", f"weight {k}", *place, mode="markers", marker=dot(theme, one.colour, 16))
    return bound(drawn, "at", x=f"w{k}", y=f"loss{k}")


def _loss_at(dataset: Dataset, weights: FloatArray) -> FloatArray:
    return mean_cross_entropy(weights[:, None] * dataset.signed_samples(fit_bias=False)[:, 0])


def _weights_shown(datasets: Sequence[Dataset], optima: Sequence[float | None]) -> FloatArray:
    """Return weights around 0 and every optimum, further on a side on which a loss falls for ever."""
    unit = 1.0 / max(max(float(np.abs(dataset.X).max()) for dataset in datasets), 1e-300)
    known = [0.0, *(best for best in optima if best is not None)]
    endless = [d for d, best in zip(datasets, optima, strict=True) if best is None]
    slopes = [float(d.signed_samples(fit_bias=False).sum()) for d in endless]
    left = _FALLING if any(slope < 0 for slope in slopes) else _RISING
    right = _FALLING if any(slope >= 0 for slope in slopes) or not slopes else _RISING
    return np.linspace(min(known) - left * unit, max(known) + right * unit, _CELLS)


def _minimum(one: Series, dataset: Dataset, best: float, theme: Theme) -> Trace:
    """Return a line from the minimum down to its weight, with a dot above."""
    marker = {"size": [14, 0], "color": theme.certain, "opacity": 1, "line": {"width": 2, "color": theme.outline}}
    look: dict[str, Any] = {"line": {"color": theme.certain, "width": 2.5, "dash": "dash"}, "marker": marker}
    y = [float(_loss_at(dataset, np.array([best]))[0]), 0.0]
    return trace("optimum", f"point of {one.part}", [best] * 2, y, mode="lines+markers", **look)


def _labels(one: Series, best: float | None, theme: Theme) -> list[EndLabel]:
    words = "no minimum:<br>falls for ever" if best is None else f"minimum at<br>w* = {format_number(best)}"
    end = float(one.y[-1])
    return [EndLabel(f"<b>{one.name}</b>", end, one.colour, TITLE_SIZE), EndLabel(words, end, theme.certain)]


def _words(one: Series, dataset: Dataset, best: float | None) -> str:
    if best is None:
        return f"{one.name}: no minimum, the loss falls for ever."
    lowest = format_number(_loss_at(dataset, np.array([best]))[0])
    return f"{one.name}: the minimum is {lowest} at w* = {format_number(best)}."
