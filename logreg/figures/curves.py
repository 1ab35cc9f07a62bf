"""Curves over an axis: any number of series, with what is known of their ends, their names and their words.

A figure of curves makes a `Chart` of its series and adds what its own kind shows: marks, notes, sentences. Over the
steps of runs it is a `StepChart`, whose cursor a stage moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray
from logreg.figures.labels import EndLabel, end_labels, room_for
from logreg.figures.numbers import UNDERFLOW, format_number, format_positive
from logreg.figures.picture import Picture, Trace, picture, trace
from logreg.figures.series import Series
from logreg.figures.steps import step_position
from logreg.figures.theme import MARGIN, PICTURE_HEIGHT, TITLE_SIZE, Theme, frame, note
from logreg.figures.values import drawable, ends_of, height_of

_LEAST_HEIGHT = 190  # pixels of a plot, as on a phone: names that lie apart there lie apart in every higher one
_DASHES = {"dot": " (dotted)", "dash": " (dashed)", "longdash": " (faint)", "solid": ""}


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """Hold series, the two axes they stand on, and how their numbers are written.

    Parameters
    ----------
    series : tuple of Series
        In the order in which they are drawn.
    x, y : dict
        Plotly's axes, with type and range. A logarithmic x axis has a place of its own for 0.
    theme : Theme
        Colours.
    at : str
        What stands before a place of the x axis, as "step " or "ηt = ".
    unit : str
        What stands after a value.
    positive : bool
        Whether a value is positive whatever float64 says.
    anonymous : bool
        Leaves out what tells the series apart: names, colours, targets and theory.
    """

    series: tuple[Series, ...]
    x: dict[str, Any]
    y: dict[str, Any]
    theme: Theme
    at: str = "step "
    unit: str = ""
    positive: bool = False
    anonymous: bool = False

    @property
    def is_log(self) -> bool:
        """Whether the value axis is logarithmic."""
        return bool(self.y["type"] == "log")

    def place(self, x: ArrayLike) -> FloatArray:
        """Return where places stand on the x axis."""
        return step_position(x, self.x["type"])

    def written(self, value: float) -> str:
        """Write a value."""
        return f"{(format_positive if self.positive else format_number)(value)}{self.unit}"

    def where(self, x: float) -> str:
        """Write a place of the x axis, as "step 1,000"."""
        return f"{self.at}{format_number(x)}"

    # what is drawn

    def curves(self) -> list[Trace]:
        """Return the lines of all series, and over them their targets and theories."""
        if self.anonymous:
            return [self._line(one) for one in self.series]
        targets = [self.level(one.target, "optimum", f"line of {one.part}") for one in self.series]
        theories = [self._theory(one) for one in self.series]
        return [*map(self._line, self.series), *(part for part in (*targets, *theories) if part is not None)]

    def _line(self, one: Series) -> Trace:
        x = np.where((one.x == 0) & (self.x["type"] == "log"), np.nan, one.x)  # no line leads from the gutter to step 1
        y = drawable(one.y, self.is_log)
        if self.anonymous:
            return trace("curve", one.part, x, y, line={"color": self.theme.text, "width": 4.0})
        whose = f"{one.short_name}<br>" if len(self.series) > 1 else ""
        place = "%{x:,}" if self.at == "step " else "%{x:.4~g}"
        said = f"{whose}{self.at}{place}: %{{y:.4~g}}{self.unit}<extra></extra>"
        line = {"color": one.colour, "width": one.width, "dash": one.dash}
        return trace("curve", one.part, x, y, line=line, hovertemplate=said)

    def _theory(self, one: Series) -> Trace | None:
        if one.theory is None or not np.size(one.theory[0]):
            return None
        y = drawable(np.asarray(one.theory[1], dtype=np.float64), self.is_log)
        line = {"color": self.theme.text, "width": 2, "dash": "dot"}
        return trace("curve", f"theory of {one.part}", self.place(one.theory[0]), y, line=line)

    def level(
        self, value: float | None, role: str, part: str = "line", colour: str = "", dash: str = "dash"
    ) -> Trace | None:
        """Return a line across the chart, in the colour of what is certain; None where the axis cannot show it."""
        if value is None or height_of(value, self.is_log) is None:
            return None
        line = {"color": colour or self.theme.certain, "width": 2.5, "dash": dash}
        return trace(role, part, ends_of(self.x), [value] * 2, line=line)

    def upright(self, x: float, colour: str, role: str, dash: str = "solid") -> Trace:
        """Return a thin line from the bottom of the chart to its top."""
        line = {"color": colour, "width": 1.5, "dash": dash}
        return trace(role, "line", [float(self.place(x))] * 2, ends_of(self.y), line=line)

    def point(self, x: float, y: float, role: str, part: str, marker: dict[str, Any], said: str = "") -> Trace:
        """Return one point, which says on hovering what it is."""
        label = {"hoverinfo": "text", "hovertext": [said]} if said and not self.anonymous else {}
        heights = drawable(np.array([y]), self.is_log)
        return trace(role, part, [float(self.place(x))], heights, mode="markers", marker=marker, **label)

    def picture(
        self,
        traces: Sequence[Trace],
        notes: Sequence[dict[str, Any]],
        *,
        title: str,
        alt: str,
        right: int,
        name: str = "",
    ) -> Picture:
        """Return a picture that does not depend on any step, with so many pixels right of the plot."""
        layout = frame(self.theme, height=PICTURE_HEIGHT, title=title, margin={**MARGIN, "r": right}, name=name)
        layout |= {"xaxis": self.x, "yaxis": self.y, "annotations": list(notes), "meta": {"static": True}}
        return picture(traces, layout, alt)

    # what is written

    def names(self) -> list[dict[str, Any]]:
        """Name every series, its theory and its target right of the plot."""
        return self.beside(self._all_labels)

    @property
    def room(self) -> int:
        """The pixels that these names need."""
        return room_for(self._all_labels)

    @property
    def _all_labels(self) -> list[EndLabel]:
        return [label for one in self.series for label in self._labels(one)]

    def beside(self, labels: Sequence[EndLabel]) -> list[dict[str, Any]]:
        """Return names right of the plot, none over another."""
        return end_labels(labels, self.y["range"], _LEAST_HEIGHT, self.theme)

    def _labels(self, one: Series) -> list[EndLabel]:
        end = self._end(one.y)
        if self.anonymous:
            return [EndLabel("<b>?</b>", end, self.theme.text, TITLE_SIZE)]
        labels = [EndLabel(f"<b>{one.name}</b>", end, one.colour, TITLE_SIZE)]
        if one.theory is not None and np.size(one.theory[0]):
            own = np.max(one.theory[0]) >= one.x[-1]  # else its name stands with the curve's
            labels.append(EndLabel("<b>····</b> theory", self._end(one.theory[1]) if own else end, self.theme.text))
        return labels if one.target is None else [*labels, self._target_label(one, one.target)]

    def _target_label(self, one: Series, target: float) -> EndLabel:
        several = sum(other.target is not None for other in self.series) > 1
        gap = "<br>" if one.target_name.isalpha() else " "  # what is long would make the plot narrow
        words = f"{f'{one.short_name}: ' if several else ''}{one.target_name}{gap}= {format_number(target)}"
        if self.is_log and target == 0:
            return EndLabel(f"↓ {words}", self.y["range"][0], self.theme.certain)  # below every log axis
        return EndLabel(words, height_of(target, self.is_log), self.theme.certain)

    def _end(self, values: ArrayLike) -> float | None:
        """Return the height of the last value that can be drawn."""
        shown = drawable(np.asarray(values, dtype=np.float64), self.is_log)
        shown = shown[np.isfinite(shown)]
        return height_of(float(shown[-1]), self.is_log) if len(shown) else None

    def left_out(self) -> str:
        """Say how many records the axis cannot show, and why."""
        said = []
        for one in self.series:
            zeros, broken = int((one.y == 0).sum()), int((~np.isfinite(one.y)).sum())
            gaps = [f"{_records(zeros)} {UNDERFLOW}"] if zeros and self.is_log else []
            gaps += [f"{_records(broken)} not finite"] if broken else []
            whose = f"{one.short_name}: " if len(self.series) > 1 else ""
            said += [f"{whose}{' and '.join(gaps)}"] if gaps else []
        return f"not drawn: {'; '.join(said)}" if said and not self.anonymous else ""

    def corner(self, text: str, *, top: bool) -> list[dict[str, Any]]:
        """Return a note in the left corner above or below; none where there is nothing to say."""
        side = {"y": 0.98, "yanchor": "top"} if top else {"y": 0.02, "yanchor": "bottom"}
        quiet = {"x": 0.03, "xanchor": "left", "bgcolor": self.theme.background, "opacity": 0.9, **side}
        return [note(self.theme, text, **quiet)] if text else []

    def words(self, one: Series, also_at: float | None = None) -> str:
        """Say the first and the last number of a series, one between them if asked for, its target and its theory."""
        name = f"{one.short_name[:1].upper()}{one.short_name[1:]}{_DASHES[one.dash]}".replace("<br>", " ")
        known = one.x[np.isfinite(one.y)]
        between = [] if also_at is None else [x for x in [one.place_of(also_at)] if x in known]
        places = dict.fromkeys([*known[:1], *between, *known[-1:]])
        said = ", ".join(f"{self.written(one.value_at(x))} at {self.where(x)}" for x in places) or "none"
        said = f"{name}: {said}."
        if one.target is not None and one.target == one.target:
            drawn = "Dashed" if height_of(one.target, self.is_log) is not None else "Not drawn"
            said += f" {drawn}: {one.target_name} = {format_number(one.target)}."
        predicted = np.ravel([] if one.theory is None else np.asarray(one.theory[1], dtype=np.float64))
        return said + (f" Dotted: theory, up to {self.written(float(predicted[-1]))}." if len(predicted) else "")


def _records(count: int) -> str:
    return f"{count:,} record is" if count == 1 else f"{count:,} records are"
