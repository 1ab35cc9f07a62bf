"""A run as a stage shows it: its records, what continues it, and how long it is shown where it stays."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import FloatArray
from logreg.theory.flow import FlowResult
from logreg.training.trajectory import StopReason, Trajectory

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class RunView:
    """Name a run and hold it; the run's own points are those of its plane.

    Parameters
    ----------
    name : str
        What the reader sees where there are two.
    trajectory : Trajectory
        The run, of two features; or of one, where no plane is shown.
    flow : FlowResult or None
        What continues it, from its last record on; its time t stands at step t/η.
    until : int or None
        The step up to which a run that no step moves any more is shown where it stays.
    """

    name: str
    trajectory: Trajectory
    flow: FlowResult | None = None
    until: int | None = None

    @property
    def steps(self) -> FloatArray:
        """The steps of all records, with the one up to which it rests, and those of the flow."""
        own = self.trajectory.steps.astype(np.float64)
        return np.concatenate([own, self._rest, self._flow_steps[self._is_later]])

    @property
    def last_step(self) -> int:
        """The last step that a stage can show, rounded up to a whole one."""
        return ceil(float(self.steps[-1]))

    def column(self, name: str) -> FloatArray:
        """Return a quantity that trajectory and flow both have, at every record."""
        own = np.asarray(getattr(self.trajectory, name), dtype=np.float64)
        own = np.concatenate([own, own[len(own) - len(self._rest) :]])
        return own if self.flow is None else np.concatenate([own, getattr(self.flow, name)[self._is_later]])

    @property
    def n_own(self) -> int:
        """How many of the records are the run's own, the one up to which it rests among them."""
        return self.trajectory.n_records + len(self._rest)

    @property
    def _rest(self) -> FloatArray:
        """The step up to which it rests, if no step moves it before: there it has the numbers of its last record."""
        moves = self.trajectory.stop_reason in (StopReason.STEP_LIMIT, StopReason.NOT_FINITE)
        if moves or self.until is None or self.until <= self.trajectory.last_step:
            return np.empty(0)
        return np.array([float(self.until)])

    @property
    def _flow_steps(self) -> FloatArray:
        """t/η of the flow's records. A time that is η times a whole step belongs to that step, to the last bit."""
        if self.flow is None:
            return np.empty(0)
        eta, times = self.trajectory.learning_rate, self.flow.times
        steps = times / eta  # (η·k)/η need not be k
        whole = np.rint(steps)
        return np.where(whole * eta == times, whole, steps)

    @property
    def _is_later(self) -> BoolArray:
        return np.asarray(self._flow_steps > max([self.trajectory.last_step, *self._rest]))
