"""One quantity over an axis: what every curve draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.arrays import ReadOnly, freeze
from logreg.data.dataset import FloatArray
from logreg.figures.theme import Theme


@dataclass(frozen=True, eq=False)
class Series(ReadOnly):
    """Hold one quantity over an axis, how it looks, and what is known of its end.

    Parameters
    ----------
    name : str
        Written at its end; what stands before a colon, as the A of "A: grows", names it elsewhere.
    x : ndarray of shape (n_points,)
        Rising: steps, floats where gradient flow continues a run; or times, λ, weights.
    y : ndarray of shape (n_points,)
        The quantity; NaN where there is none.
    target : float or None
        Height of a dashed line, as ‖w*‖ or the infimum of the loss.
    target_name : str
        What the target is, as "‖w*‖".
    theory : pair of array-like or None
        Where on the axis and how high a predicted curve is.
    part : str
        What the stage calls it.
    colour, width, dash : str, float, str
        Of its line; a chart that knows better sets them.

    Raises
    ------
    ValueError
        If x and y are not vectors of one length of at least 1, or x does not rise.

    Examples
    --------
    >>> Series("A: grows", [0, 1, 10], [0.0, 0.2, 0.9]).short_name
    'A'
    """

    name: str
    x: FloatArray
    y: FloatArray
    target: float | None = None
    target_name: str = "‖w*‖"
    theory: tuple[ArrayLike, ArrayLike] | None = None
    part: str = "run"
    colour: str = ""
    width: float = 3.0
    dash: str = "solid"

    def __post_init__(self) -> None:
        freeze(self, "x", "y")
        if self.x.ndim != 1 or self.x.shape != self.y.shape or not len(self.x):
            shapes = f"{self.x.shape} and {self.y.shape}"
            raise ValueError(f"x, y: expected two vectors of one length of at least 1, got {shapes}.")
        if not (np.diff(self.x) > 0).all() or np.isnan(self.x).any():
            raise ValueError("x: expected numbers that rise.")

    @property
    def short_name(self) -> str:
        """What stands before the colon of the name."""
        return self.name.partition(":")[0]

    def value_at(self, x: float) -> float:
        """Return the quantity at the last point at or before a place; before the first, that one counts.

        Parameters
        ----------
        x : float
            On the axis.

        Returns
        -------
        float
            A number of the series: nothing between two of them is made up.

        Examples
        --------
        >>> Series("A", [0, 1, 10], [0.0, 0.2, 0.9]).value_at(5)
        0.2
        """
        return float(self.y[self._index(x)])

    def place_of(self, x: float) -> float:
        """Return where that point stands on the axis."""
        return float(self.x[self._index(x)])

    def _index(self, x: float) -> int:
        return max(int(np.searchsorted(self.x, x, side="right")) - 1, 0)


def runs(series: Sequence[Series], theme: Theme) -> tuple[Series, ...]:
    """Return the series of one or two runs in their colours; where they coincide, the second lies inside the first.

    Parameters
    ----------
    series : sequence of Series
        Of run A, and of run B.

    Returns
    -------
    tuple of Series

    Raises
    ------
    ValueError
        If there are not one or two.
    """
    if not 1 <= len(series) <= 2:
        raise ValueError(f"series: expected one or two runs, got {len(series)}.")
    looks = zip(("run", "pinned"), theme.runs, (5.0, 4.0), strict=True)
    return tuple(
        replace(one, part=part, colour=colour, width=width)
        for one, (part, colour, width) in zip(series, looks, strict=False)
    )
