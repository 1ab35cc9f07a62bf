"""Three regimes over time that look alike up to a moment: no finite curve decides between them."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.curve_parts import drawable, height_of, value_axis, value_span
from logreg.figures.labels import EndLabel, end_labels
from logreg.figures.numbers import format_number, format_power
from logreg.figures.picture import Picture, Trace, figure, scatter
from logreg.figures.theme import LIGHT, TITLE_SIZE, Theme, axis, frame

_MARGIN = {"l": 66, "r": 168, "t": 34, "b": 46}
_WIDTHS = (5.0, 4.0, 3.0)  # where curves coincide, a later one lies inside an earlier one
_MOST_LABELS = 8


def three_regimes(
    times: ArrayLike,
    norms: Sequence[FloatArray],
    names: Sequence[str],
    targets: Sequence[float | None],
    *,
    mark: float,
    theme: Theme = LIGHT,
    height: int = 400,
) -> Picture:
    """Draw ‖w‖ of up to three runs over the time ηt, and a moment at which they look alike.

    Parameters
    ----------
    times : array of shape (n_records,)
        ηt, rising; records at 0 have no place on the axis, which is logarithmic.
    norms : sequence of ndarray of shape (n_records,)
        One for each run: overlapping, touching, separated. NaN where there is none.
    names : sequence of str
        Written at the curves' ends.
    targets : sequence of float or None
        ‖w*‖ of each, or None where there is no optimum.
    mark : float
        The time of the vertical line, between the first time above 0 and the last.
    theme : Theme
        Colours.
    height : int
        Pixels.

    Returns
    -------
    Picture
        Static; the title holds the values at the mark.

    Raises
    ------
    ValueError
        If the shapes differ, there are more than 3 runs, or the mark is outside.

    Examples
    --------
    >>> regimes = three_regimes([1, 10, 100], [[0.1, 1.0, 2.0]], ["gap"], [None], mark=10)
    >>> regimes.figure.layout.title.text
    '‖w‖ at ηt = 10: 1'
    """
    t, rows = _checked(times, norms, names, targets, mark)
    finite = [np.array([target]) for target in targets if target is not None]
    span = value_span([*rows, *finite], False, from_zero=True, room_below=False)
    ends = [log10(t[0]), log10(t[-1])]
    room = 0.03 * (ends[1] - ends[0])
    across = [ends[0] - room, ends[1] + room]
    layout = frame(theme, height=height, title=_mark_title(t, rows, mark), margin=_MARGIN)
    traces = _regime_lines(t, rows, targets, across, theme)
    traces += [_mark_line(mark, span, theme), _mark_dots(mark, t, rows, theme)]
    x = {**axis(theme, "ηt (log scale)"), "type": "log", "range": across, **_decades(across)}
    y = value_axis(theme, "‖w‖", span, False)
    labels = _regime_labels(rows, names, targets, theme)
    notes = end_labels(labels, span, _plot_height(height), theme)
    layout |= {"xaxis": x, "yaxis": y, "meta": {"static": True}, "annotations": notes}
    return Picture(figure(traces, layout), _alt(t, rows, names, targets, mark))


def _alt(
    t: FloatArray, rows: Sequence[FloatArray], names: Sequence[str], targets: Sequence[float | None], mark: float
) -> str:
    said = ["‖w‖ over ηt."]
    for row, name, target in zip(rows, names, targets, strict=True):
        known = np.flatnonzero(np.isfinite(row))
        end = f", {format_number(row[known[-1]])} at ηt = {format_number(t[known[-1]])}" if len(known) else ""
        goal = "no optimum" if target is None else f"a dashed line at ‖w*‖ = {format_number(target)}"
        said.append(f"{name}: {format_number(_at(t, row, mark))} at ηt = {format_number(mark)}{end}; {goal}.")
    return " ".join(said)


def _checked(
    times: ArrayLike, norms: Sequence[FloatArray], names: Sequence[str], targets: Sequence[float | None], mark: float
) -> tuple[FloatArray, list[FloatArray]]:
    """Return the times above 0 and the norms there."""
    t, rows = np.asarray(times, dtype=np.float64), [np.asarray(row, dtype=np.float64) for row in norms]
    if not len(rows) == len(names) == len(targets) or not 1 <= len(rows) <= len(_WIDTHS):
        raise ValueError(f"norms: expected 1 to {len(_WIDTHS)} with a name and a target each, got {len(rows)}.")
    if t.ndim != 1 or any(row.shape != t.shape for row in rows):
        raise ValueError(f"norms: expected one number for each of the {t.size} times.")
    shown = t > 0
    if not shown.any() or not t[shown][0] <= mark <= t[shown][-1]:
        raise ValueError(f"mark: expected a time above 0 among those given, got {mark!r}.")
    return t[shown], [row[shown] for row in rows]


def _colours(theme: Theme) -> tuple[str, str, str]:
    return theme.run_b, theme.text, theme.run


def _plot_height(height: int) -> int:
    return max(height - _MARGIN["t"] - _MARGIN["b"], 1)


def _at(times: FloatArray, row: FloatArray, time: float) -> float:
    """Return the value at a time, on a straight line over log time between two records."""
    return float(np.interp(log10(time), np.log10(times), row))


def _mark_title(times: FloatArray, rows: Sequence[FloatArray], mark: float) -> str:
    values = ", ".join(format_number(_at(times, row, mark)) for row in rows)
    return f"‖w‖ at ηt = {format_number(mark)}: {values}"


def _decades(span: list[float]) -> dict[str, Any]:
    stride = max(1, -(-int(span[1] - span[0] + 1) // _MOST_LABELS))
    powers = [k for k in range(int(span[0]) - 1, int(span[1]) + 2) if k % stride == 0 and span[0] <= k <= span[1]]
    labels = {"tickvals": [10.0**k for k in powers], "ticktext": [format_power(k) for k in powers]}
    return {"tickmode": "array", **labels} if len(powers) > 1 else {}


def _curve(i: int, x: FloatArray, y: FloatArray, theme: Theme, name: str) -> Trace:
    return scatter(
        **{"x": x, "y": drawable(y, False), "mode": "lines", "connectgaps": False, "name": name},
        line={"color": _colours(theme)[i], "width": _WIDTHS[i]},
        hovertemplate=f"{name} = %{{x:.4~g}}: %{{y:.4~g}}<extra></extra>",
        meta={"role": "curve", "part": f"run {i}"},
    )


def _regime_lines(
    t: FloatArray, rows: Sequence[FloatArray], targets: Sequence[float | None], across: list[float], theme: Theme
) -> list[Trace]:
    traces = []
    for i, (row, target) in enumerate(zip(rows, targets, strict=True)):
        usable = height_of(target, False) is not None
        traces += [
            _curve(i, t, row, theme, "ηt"),
            scatter(
                x=[10.0**v for v in across] if usable else [],
                y=[target] * 2 if usable else [],
                mode="lines",
                line={"color": theme.certain, "width": 2.5, "dash": "dash"},
                hoverinfo="skip",
                meta={"role": "optimum", "part": f"line {i}"},
            ),
        ]
    return traces


def _mark_line(mark: float, span: list[float], theme: Theme) -> Trace:
    look = {"mode": "lines", "line": {"color": theme.muted, "width": 1.5}, "hoverinfo": "skip"}
    return scatter(x=[mark] * 2, y=span, **look, meta={"role": "mark", "part": "line"})


def _mark_dots(mark: float, t: FloatArray, rows: Sequence[FloatArray], theme: Theme) -> Trace:
    rim = {"width": 2, "color": theme.outline}
    return scatter(
        x=[mark] * len(rows),
        y=drawable(np.array([_at(t, row, mark) for row in rows]), False),
        mode="markers",
        marker={"size": 12, "color": list(_colours(theme)[: len(rows)]), "line": rim},
        hoverinfo="skip",
        meta={"role": "mark", "part": "dots"},
    )


def _regime_labels(
    rows: Sequence[FloatArray], names: Sequence[str], targets: Sequence[float | None], theme: Theme
) -> list[EndLabel]:
    labels = []
    for i, (row, name, target) in enumerate(zip(rows, names, targets, strict=True)):
        known = row[np.isfinite(row)]
        end = float(known[-1]) if len(known) else None
        words = "" if target is None else f"‖w*‖ = {format_number(target)}"
        labels.append(EndLabel(f"<b>{name}</b>", end, _colours(theme)[i], TITLE_SIZE))
        labels.append(EndLabel(words, height_of(target, False), theme.certain))
    return labels
