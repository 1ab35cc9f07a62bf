"""Curves over the steps of runs, with a cursor that a stage moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from logreg.figures.curves import Chart
from logreg.figures.picture import Picture, Trace, picture
from logreg.figures.series import Series
from logreg.figures.steps import step_axes
from logreg.figures.theme import PICTURE_HEIGHT, TITLE_SIZE, dot, frame, ring

_MARKERS = {"run": "marker", "pinned": "marker 1"}  # what the stage calls the dots of the cursor


@dataclass(frozen=True, eq=False, kw_only=True)
class StepChart(Chart):
    """Hold a chart over steps: what a stage must know of it besides its traces.

    Parameters
    ----------
    label, quantity : str
        The quantity as the title names it, and as the stage knows it.
    steps : dict
        The step axis in both forms; drawn is the logarithmic one.
    marked : tuple of Series
        Those that the cursor has a dot on, at their last step.
    none : str
        What is written for a value that is not there.
    """

    label: str
    quantity: str
    steps: dict[str, dict[str, Any]]
    marked: tuple[Series, ...]
    none: str = "none"

    @property
    def last(self) -> float:
        """The last step of all."""
        return max(float(one.x[-1]) for one in self.series)

    @property
    def title(self) -> str:
        """The quantity at the last step; without names the larger first: their order would tell which is which."""
        values = [one.value_at(self.last) for one in self.marked]
        if self.anonymous:
            said = " and ".join(self.written(value) for value in sorted(values, reverse=True))
        else:
            names = [f"{one.short_name} " if len(self.marked) > 1 else "" for one in self.marked]
            said = ", ".join(f"{name}{self._shown(value)}" for name, value in zip(names, values, strict=True))
        return f"{self.label} at {self.where(self.last)}: {said}"

    @property
    def alt(self) -> str:
        """The words: every series with its numbers."""
        if self.anonymous:
            return f"Two runs without their names. {self.title}."
        return " ".join([f"{self.label} over the steps.", *(self.words(one) for one in self.series)])

    def over_steps(
        self,
        *,
        notes: Sequence[dict[str, Any]],
        margin: dict[str, int],
        height: int = PICTURE_HEIGHT,
        marks: Sequence[Trace] = (),
        also: str = "",
    ) -> Picture:
        """Return the picture, with the notes, marks and words of its own kind."""
        layout = frame(self.theme, height=height, title=self.title, margin=margin)
        meta: dict[str, Any] = {**self.steps, "quantity": self.quantity, "label": self.label}
        meta |= {"unit": self.unit, "none": self.none, "anonymous": self.anonymous}
        layout |= {**self.steps["log"], "yaxis": self.y, "annotations": list(notes), "meta": meta}
        return picture([*self.curves(), *marks, *self._at_step()], layout, f"{self.alt}{also}")

    def _at_step(self) -> list[Trace]:
        """Return the ring at the first step, the line at the last, and a dot on each series that is marked."""
        first, several = self.marked[0], len(self.marked) > 1
        start, place = ring(self.theme.text if several else first.colour, 9), float(first.x[0])
        traces = [
            self.point(place, float(first.y[0]), "start", "start", start, self._said(first, place)),
            self.upright(self.last, self.theme.muted if several else first.colour, "cursor"),
        ]
        for one in self.marked:
            place, colour = float(one.x[-1]), self.theme.text if self.anonymous else one.colour
            look = dot(self.theme, colour, 13)
            part, said = _MARKERS[one.part], self._said(one, place)
            point = self.point(place, one.value_at(place), "cursor", part, look, said)
            traces.append({**point, **_lettered(colour)} if several and not self.anonymous else point)
        return traces

    def _said(self, one: Series, place: float) -> str:
        whose = f"{one.short_name}<br>" if len(self.series) > 1 else ""
        return f"{whose}{self.where(place)}: {self._shown(one.value_at(place))}"

    def _shown(self, value: float) -> str:
        return self.none if isnan(value) else self.written(value)


def _lettered(colour: str) -> dict[str, Any]:
    """Return the look of the letter that goes along with a dot on a stage until the names at the ends are there."""
    look = {"textfont": {"size": TITLE_SIZE, "color": colour}, "cliponaxis": False}
    return {"mode": "markers+text", "text": [""], **look}


def step_chart(
    series: Sequence[Series], *, marked: Sequence[Series] | None = None, flow_from: float | None = None, **about: Any
) -> StepChart:
    """Return a chart over the steps of its series.

    Parameters
    ----------
    series : sequence of Series
        Over steps of at least 0.
    marked : sequence of Series or None
        Those that the cursor has a dot on; None is all.
    flow_from : float or None
        The step from which on gradient flow continues the runs.
    **about
        The other fields of `StepChart`.

    Raises
    ------
    ValueError
        If a series begins before step 0.
    """
    if any(one.x[0] < 0 for one in series):
        raise ValueError("series: expected steps of at least 0.")
    steps = step_axes(max(float(one.x[-1]) for one in series), about["theme"], flow_from)
    own = tuple(series if marked is None else marked)
    return StepChart(series=tuple(series), x=steps["log"]["xaxis"], steps=steps, marked=own, **about)
