"""One quantity of one run over its steps: what a comparison draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.dataset import FloatArray


@dataclass(frozen=True, eq=False)
class RunCurve:
    """Hold one quantity of one run over its steps, and what is known of its end.

    Parameters
    ----------
    name : str
        Written at the curve's end; what stands before a colon, as the A of "A: grows", names the run elsewhere.
    steps : ndarray of shape (n_records,)
        At least 0 and rising; floats where gradient flow continues the run.
    values : ndarray of shape (n_records,)
        The quantity; NaN where there is none.
    target : float or None
        Height of a dashed line, as ‖w*‖ or the infimum of the loss.
    target_name : str
        What the target is, as "‖w*‖".
    theory : pair of array-like or None
        Steps and values of a predicted curve.

    Raises
    ------
    ValueError
        If steps and values are not vectors of one length of at least 1, or the steps do not rise from 0 or above.

    Examples
    --------
    >>> RunCurve("A: grows", [0, 1, 10], [0.0, 0.2, 0.9]).short_name
    'A'
    """

    name: str
    steps: FloatArray
    values: FloatArray
    target: float | None = None
    target_name: str = "‖w*‖"
    theory: tuple[ArrayLike, ArrayLike] | None = None

    def __post_init__(self) -> None:
        for field in ("steps", "values"):
            array = np.array(getattr(self, field), dtype=np.float64)
            array.setflags(write=False)
            object.__setattr__(self, field, array)
        if self.steps.ndim != 1 or self.steps.shape != self.values.shape or not len(self.steps):
            raise ValueError(f"steps, values: expected two vectors of one length of at least 1, got {self._shapes}.")
        if not (self.steps[0] >= 0 and (np.diff(self.steps) > 0).all()):
            raise ValueError("steps: expected numbers that rise from 0 or above.")

    @property
    def short_name(self) -> str:
        """The run's name: what stands before the colon."""
        return self.name.partition(":")[0]

    def record_at(self, step: float) -> int:
        """Return the index of the last record at or before a step.

        Parameters
        ----------
        step : float
            Before the first record that one counts.

        Returns
        -------
        int

        Examples
        --------
        >>> RunCurve("A", [0, 1, 10], [0.0, 0.2, 0.9]).record_at(5)
        1
        """
        return max(int(np.searchsorted(self.steps, step, side="right")) - 1, 0)

    def value_at(self, step: float) -> float:
        """Return the quantity at a step.

        Parameters
        ----------
        step : float
            Before the first record and after the last one their values hold.

        Returns
        -------
        float
            The record's own number, or between two records a straight line over the steps.

        Examples
        --------
        >>> RunCurve("A", [0, 10], [0.0, 2.0]).value_at(5)
        1.0
        """
        at = int(np.searchsorted(self.steps, step))
        if at < len(self.steps) and self.steps[at] == step:
            return float(self.values[at])
        return float(np.interp(step, self.steps, self.values))

    def at_rest_until(self, step: float) -> RunCurve:
        """Return the curve drawn on to a step at its last value: for a run that no step moves any more.

        Parameters
        ----------
        step : float
            Nothing changes if the curve gets there anyway.

        Returns
        -------
        RunCurve

        Examples
        --------
        >>> RunCurve("B", [0, 10], [0.0, 0.9]).at_rest_until(100).steps.tolist()
        [0.0, 10.0, 100.0]
        """
        if step <= self.steps[-1]:
            return self
        steps, values = np.append(self.steps, step), np.append(self.values, self.values[-1])
        return replace(self, steps=steps, values=values)

    @property
    def _shapes(self) -> str:
        return f"{self.steps.shape} and {self.values.shape}"
