"""The loss over a single weight, by hand: a minimum where the labels disagree, none where they agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.curve_parts import drawable, value_axis, value_span
from logreg.figures.labels import EndLabel, end_labels
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture, Trace, figure, scatter
from logreg.figures.theme import LIGHT, TITLE_SIZE, Theme, axis, frame
from logreg.training.objective import mean_cross_entropy

_MARGIN = {"l": 66, "r": 152, "t": 34, "b": 46}
_WIDTHS = (5.0, 4.0, 3.0)  # where curves coincide, a later one lies inside an earlier one
_CELLS = 401  # of the weight axis
_RISING, _FALLING = 2.0, 6.0  # log-odds shown where the losses rise and where they fall


def one_weight_loss(
    datasets: Sequence[Dataset],
    names: Sequence[str],
    optima: Sequence[float | None],
    *,
    theme: Theme = LIGHT,
    height: int = 400,
) -> Picture:
    """Draw the loss over a single weight w, without a bias, with its minimum or the note that there is none.

    Parameters
    ----------
    datasets : sequence of Dataset
        One feature each, at most 3.
    names : sequence of str
        Written at the curves' ends.
    optima : sequence of float or None
        w* of each, or None where there is no minimum.
    theme : Theme
        Colours.
    height : int
        Pixels.

    Returns
    -------
    Picture
        Static.

    Raises
    ------
    ValueError
        If a data set has more than one feature, or there is not one name and one optimum for each.

    Examples
    --------
    >>> three = Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])
    >>> one_weight_loss([three], ["+ + −"], [0.693]).figure.data[1].x[0]
    0.693
    """
    _check_one_weight(datasets, names, optima)
    w = _weights_shown(datasets, optima)
    rows = [_loss_at(dataset, w) for dataset in datasets]
    span = value_span(rows, False, from_zero=True, room_below=False)
    traces: list[Trace] = []
    for i, (dataset, best) in enumerate(zip(datasets, optima, strict=True)):
        traces += [_curve(i, w, rows[i], theme), _minimum(i, dataset, best, theme)]
    layout = frame(theme, height=height, title="Loss over a single weight w", margin=_MARGIN)
    x = {**axis(theme, "w"), "type": "linear", "range": [float(w[0]), float(w[-1])]}
    y = value_axis(theme, "Loss", span, False)
    notes = _names(rows, names, optima, span, height, theme)
    layout |= {"xaxis": x, "yaxis": y, "meta": {"static": True}, "annotations": notes}
    return Picture(figure(traces, layout), _alt(datasets, names, optima))


def _alt(datasets: Sequence[Dataset], names: Sequence[str], optima: Sequence[float | None]) -> str:
    said = ["The loss over a single weight w."]
    for dataset, name, best in zip(datasets, names, optima, strict=True):
        if best is None:
            said.append(f"{name}: no minimum, the loss falls for ever.")
        else:
            lowest = format_number(_loss_at(dataset, np.array([best]))[0])
            said.append(f"{name}: the minimum is {lowest} at w* = {format_number(best)}.")
    return " ".join(said)


def _colours(theme: Theme) -> tuple[str, str, str]:
    return theme.run, theme.run_b, theme.text


def _check_one_weight(datasets: Sequence[Dataset], names: Sequence[str], optima: Sequence[float | None]) -> None:
    if not len(datasets) == len(names) == len(optima) or not 1 <= len(datasets) <= len(_WIDTHS):
        raise ValueError(f"datasets: expected 1 to {len(_WIDTHS)} with a name and an optimum each.")
    for dataset in datasets:
        if dataset.n_features != 1:
            raise ValueError(f"datasets: expected a single feature, got {dataset.n_features}.")


def _loss_at(dataset: Dataset, weights: FloatArray) -> FloatArray:
    return mean_cross_entropy(weights[:, None] * dataset.signed_samples(fit_bias=False)[:, 0])


def _weights_shown(datasets: Sequence[Dataset], optima: Sequence[float | None]) -> FloatArray:
    """Return weights around 0 and every optimum, further on a side on which a loss falls for ever."""
    unit = 1.0 / max(max(float(np.abs(dataset.X).max()) for dataset in datasets), 1e-300)
    known = [0.0, *(best for best in optima if best is not None)]
    slopes = [
        float(d.signed_samples(fit_bias=False).sum()) for d, best in zip(datasets, optima, strict=True) if best is None
    ]
    left = _FALLING if any(slope < 0 for slope in slopes) else _RISING
    right = _FALLING if any(slope >= 0 for slope in slopes) or not slopes else _RISING
    return np.linspace(min(known) - left * unit, max(known) + right * unit, _CELLS)


def _curve(i: int, x: FloatArray, y: FloatArray, theme: Theme) -> Trace:
    return scatter(
        **{"x": x, "y": drawable(y, False), "mode": "lines", "connectgaps": False},
        line={"color": _colours(theme)[i], "width": _WIDTHS[i]},
        hovertemplate="w = %{x:.4~g}: %{y:.4~g}<extra></extra>",
        meta={"role": "curve", "part": f"run {i}"},
    )


def _minimum(i: int, dataset: Dataset, best: float | None, theme: Theme) -> Trace:
    """Return a line from the minimum down to its weight, with a dot above."""
    x, y = ([], []) if best is None else ([best] * 2, [float(_loss_at(dataset, np.array([best]))[0]), 0.0])
    return scatter(
        x=x,
        y=y,
        mode="lines+markers",
        line={"color": theme.certain, "width": 2.5, "dash": "dash"},
        marker={"size": [14, 0], "color": theme.certain, "opacity": 1, "line": {"width": 2, "color": theme.outline}},
        hoverinfo="skip",
        meta={"role": "optimum", "part": f"point {i}"},
    )


def _names(
    rows: Sequence[FloatArray],
    names: Sequence[str],
    optima: Sequence[float | None],
    span: list[float],
    height: int,
    theme: Theme,
) -> list[dict[str, object]]:
    labels: list[EndLabel] = []
    for i, (row, name, best) in enumerate(zip(rows, names, optima, strict=True)):
        end = float(row[-1])
        words = "no minimum:<br>falls for ever" if best is None else f"minimum at<br>w* = {format_number(best)}"
        labels += [EndLabel(f"<b>{name}</b>", end, _colours(theme)[i], TITLE_SIZE)]
        labels += [EndLabel(words, end, theme.certain)]
    return end_labels(labels, span, max(height - _MARGIN["t"] - _MARGIN["b"], 1), theme)
