"""Three regimes over time that look alike up to a moment: no finite curve decides between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log10
from typing import Any

import numpy as np

from logreg.figures.curves import Chart
from logreg.figures.picture import Picture
from logreg.figures.series import Series
from logreg.figures.theme import LIGHT, Theme, axis, dot
from logreg.figures.values import log_ticks, value_axis, value_span

_MOST_LABELS = 4


def three_regimes(curves: Sequence[Series], *, mark: float, theme: Theme = LIGHT) -> Picture:
    """Draw ‖w‖ of up to three runs over the time ηt, and a moment at which they look alike.

    Parameters
    ----------
    curves : sequence of Series
        ‖w‖ over ηt of each, with ‖w*‖ as a target: overlapping, touching, separated. A record at 0 has no place on
        the axis, which is logarithmic.
    mark : float
        The time of the vertical line, among those given.

    Returns
    -------
    Picture
        Static; the title holds the values at the mark.

    Raises
    ------
    ValueError
        If there are not 1 to 3 runs, or the mark is outside.

    Examples
    --------
    >>> regimes = three_regimes([Series("gap", [1, 10, 100], [0.1, 1.0, 2.0])], mark=10)
    >>> regimes.figure.layout.title.text
    '‖w‖ at ηt = 10: 1'
    >>> regimes.alt
    '‖w‖ over ηt. Gap: 0.1 at ηt = 1, 1 at ηt = 10, 2 at ηt = 100.'
    """
    shown = _looks(curves, theme)
    first, last = min(one.x[one.x > 0][0] for one in shown), max(one.x[-1] for one in shown)
    if not first <= mark <= last:
        raise ValueError(f"mark: expected a time above 0 among those given, got {mark!r}.")
    values = [one.y for one in shown] + [np.array([one.target]) for one in shown if one.target is not None]
    room = 0.03 * log10(last / first)
    across = [log10(first) - room, log10(last) + room]
    x = {**axis(theme, "ηt (log scale)"), "range": across, **log_ticks(across, _MOST_LABELS)}
    y = value_axis(theme, "‖w‖", value_span(values, False, from_zero=True, room_below=False), False)
    chart = Chart(series=shown, x=x, y=y, theme=theme, at="ηt = ")
    here = [one.value_at(mark) for one in shown]
    traces = [*chart.curves(), chart.upright(mark, theme.muted, "mark")]
    traces += [
        chart.point(mark, value, "mark", f"dot {i}", dot(theme, one.colour))
        for i, (one, value) in enumerate(zip(shown, here, strict=True))
    ]
    title = f"‖w‖ at {chart.where(mark)}: {', '.join(map(chart.written, here))}"
    words = " ".join(["‖w‖ over ηt.", *(chart.words(one, mark) for one in shown)])
    return chart.picture(traces, chart.names(), title=title, alt=words, right=chart.room)


def _looks(curves: Sequence[Series], theme: Theme) -> tuple[Series, ...]:
    """Return the series in their colours; where curves coincide, a later one lies inside an earlier one."""
    looks: list[dict[str, Any]] = [
        {"part": f"run {i}", "colour": colour, "width": width}
        for i, (colour, width) in enumerate(((theme.run_b, 5.0), (theme.text, 4.0), (theme.run, 3.0)))
    ]
    if not 1 <= len(curves) <= len(looks):
        raise ValueError(f"curves: expected 1 to {len(looks)}, got {len(curves)}.")
    return tuple(replace(one, **look) for one, look in zip(curves, looks, strict=False))
