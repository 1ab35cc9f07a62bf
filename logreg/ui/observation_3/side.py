"""One of the two data sets with its run: what the scenes draw and say of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.certificates.separability import Kind
from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.comparison import norm_name, starred
from logreg.figures.series import Series
from logreg.theory.angles import angle_between
from logreg.theory.asymptotics import Asymptotics
from logreg.theory.flow import FlowResult
from logreg.theory.growth import Growth
from logreg.training.model import Model
from logreg.training.trajectory import Trajectory
from logreg.ui.results import Analysis
from logreg.ui.stage import RunView

FLOW_UNTIL = 10**12
"""The step up to which gradient flow continues a run: a time of η · 10^12."""

YEAR = 31_536_000 * 10**6
"""Steps in a year of a million steps a second."""

_SMALLEST_ANGLE = 1e-9  # degrees; below, an angle is what rounding makes of it

Quantity = Literal["weight_norm", "parameter_norm"]


@dataclass(frozen=True, eq=False)
class Side:
    """Hold one of the two data sets with its run and all that is known of it before training.

    Parameters
    ----------
    name : {"A", "B"}
        What the reader sees.
    analysis : Analysis
        Points, verdict, margins, optimum.
    law : Asymptotics or None
        How its run ends; None where float64 cannot tell.
    growth : Growth or None
        How its length grows from where every margin (quasi-separable: of Z) is 3, up to `YEAR`; None where it does not.
    trajectory : Trajectory
        From zero.
    n_steps : int
        The step limit: a run that no step moves any more is drawn on to it.
    flow : FlowResult or None
        The continuation by gradient flow, where it was asked for and float64 can do it.
    """

    name: str
    analysis: Analysis
    law: Asymptotics | None
    growth: Growth | None
    trajectory: Trajectory
    n_steps: int
    flow: FlowResult | None

    @property
    def dataset(self) -> Dataset:
        """The points: of one or two features."""
        return self.analysis.dataset

    @property
    def kind(self) -> Kind:
        """The verdict."""
        return self.analysis.kind

    @property
    def fit_bias(self) -> bool:
        """Whether the run has a bias."""
        return self.analysis.objective.fit_bias

    @property
    def quantity(self) -> Quantity:
        """The length that the theory is of."""
        return "parameter_norm" if self.fit_bias else "weight_norm"

    @property
    def symbol(self) -> str:
        """‖w‖, or ‖(w, b)‖ with a bias."""
        return norm_name(self.quantity)

    @property
    def optimum_symbol(self) -> str:
        """‖w*‖, or ‖(w*, b*)‖ with a bias."""
        return starred(self.symbol)

    @property
    def best(self) -> str:
        """w*, or (w*, b*) with a bias."""
        return self.optimum_symbol.strip("‖")

    @property
    def view(self) -> RunView:
        """The run as the stage takes it."""
        return RunView(self.name, self.trajectory, self.flow, self.n_steps)

    @property
    def optimum_norm(self) -> float | None:
        """The length of the optimum; None where there is none, or none within reach."""
        return self.analysis.optimum_norm(self.quantity)

    @property
    def target(self) -> float | None:
        """The length that the run tends to, unless that is zero."""
        return None if self.analysis.is_near_zero else self.optimum_norm

    @property
    def infimum(self) -> float | None:
        """The infimum of the loss, attained or not."""
        return self.analysis.optimum_loss if self.law is None else self.law.inf_loss

    @property
    def per_decade(self) -> float | None:
        """What theory says that a decade adds to the length in the end; None if it settles, or beyond float64."""
        rate = self.law.norm_per_decade if self.law is not None and self.law.margin else None
        return None if rate is None or not isfinite(rate) else rate

    @property
    def limit(self) -> Model | None:
        """The direction that the run tends to, of length 1; None at w* = 0 or where float64 cannot tell."""
        if self.kind == "overlapping":
            best = self.analysis.optimum
            vector = None if best is None or self.analysis.is_near_zero else best.parameters
        else:
            vector = None if self.law is None else self.law.direction
        if vector is None:
            return None
        unit = vector / np.hypot.reduce(vector)
        return Model(unit[:-1], float(unit[-1]))

    @property
    def decade(self) -> tuple[Model, Model]:
        """The models of the run's last decade of steps: at a tenth of its last step, rounded down, and at that."""
        last = self.trajectory.last_step
        return self.trajectory.model_at(last // 10), self.trajectory.model

    @property
    def gained(self) -> float:
        """What the last decade added to the length."""
        before, after = (float(np.hypot.reduce(model.parameters)) for model in self.decade)
        return after - before

    @property
    def only_grows(self) -> bool:
        """Whether no record of the run, flow included, is shorter than the one before."""
        return bool((np.diff(self.view.column(self.quantity)) >= 0).all())

    @property
    def turned(self) -> float:
        """By how many degrees the last decade turned (w, b); NaN where one of its ends has no direction."""
        before, after = self.decade
        return float(angle_between(before.parameters, after.parameters))

    def norm_curve(self) -> Series:
        """Return the length over steps, with the optimum's length or the line of theory."""
        end = "grows" if self.kind != "overlapping" else "stays at 0" if self.analysis.is_near_zero else "settles"
        return self._curve(f"{self.name}: {end}", self.quantity, self.target, self.optimum_symbol, "norm_at")

    def loss_curve(self) -> Series:
        """Return the loss over steps, with its minimum or positive infimum."""
        name = "minimum" if self.kind == "overlapping" else "infimum"
        return self._curve(self.name, "loss", self.infimum or None, name, "loss_at")

    def angle_curve(self) -> Series:
        """Return the angle to the limit direction over steps, in degrees; NaN where there is none."""
        view = self.view
        angles = np.full(len(view.steps), np.nan)
        if self.limit is not None:
            unit = self.limit.parameters
            angles = _angles(np.column_stack([view.column("weights"), view.column("bias")]), unit)
        return Series(self.name, view.steps, angles, None, "", None)

    def _curve(
        self, name: str, column: str, target: float | None, target_name: str, law: Literal["norm_at", "loss_at"]
    ) -> Series:
        view = self.view
        return Series(name, view.steps, view.column(column), target, target_name, self._theory(law))

    def _theory(self, law: Literal["norm_at", "loss_at"]) -> tuple[FloatArray, FloatArray] | None:
        """Return steps and values of the law of growth, from the step on where it holds; None where there is none."""
        last = float(self.view.steps[-1])
        if self.growth is None or last * self.trajectory.learning_rate <= self.growth.times[0]:
            return None
        first, end = self.growth.times[[0, -1]] / self.trajectory.learning_rate
        times = self.trajectory.learning_rate * np.geomspace(first, min(last, end), 60)
        times = np.clip(times, *self.growth.times[[0, -1]])  # rounding may lead out of them
        return times / self.trajectory.learning_rate, np.asarray(getattr(self.growth, law)(times))


def _angles(parameters: ArrayLike, direction: ArrayLike) -> FloatArray:
    """Return degrees, with NaN for those that are what rounding makes of 0."""
    angles = angle_between(parameters, direction)
    return np.where(angles < _SMALLEST_ANGLE, np.nan, angles)
