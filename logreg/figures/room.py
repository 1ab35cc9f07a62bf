"""Where a sentence in a plot lies over no curve, no dot and no other sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

import numpy as np

from logreg.data.dataset import FloatArray
from logreg.figures.theme import FONT_SIZE

Box = tuple[float, float, float, float]
"""Left, right, bottom and top, in shares of the plot."""

_LETTER = 0.5  # how wide one is, of its font size
_LINE = 1.3
_LATER = 0.01  # what a line that is not shown yet counts
_SMALLEST = (330.0, 110.0)  # pixels of a plot: wide and high
_AROUND = (0.025, 0.07)  # of a dot's middle


def size_of(text: str) -> tuple[float, float]:
    """Return how wide and how high a sentence is, in shares of a small plot.

    Examples
    --------
    >>> size_of("minimum = 1")[0] < 0.3
    True
    """
    width, height = _SMALLEST
    return min(_LETTER * FONT_SIZE * len(text) / width, 0.95), _LINE * FONT_SIZE / height


def around(x: float, y: float) -> FloatArray:
    """Return the line that stands for a dot."""
    wide, high = _AROUND
    return np.array([[x - wide, y - high], [x + wide, y + high]])


@dataclass(frozen=True, eq=False)
class Room:
    """Hold what a plot shows, and give away the places that are free.

    Parameters
    ----------
    lines : sequence of ndarray of shape (n_points, 2)
        Curves, from left to right, in shares of the plot; NaN where there is none.
    later : sequence of ndarray of shape (n_points, 2)
        What it shows after a switch of its axis: it is avoided where that costs nothing now.
    taken : list of Box
        Where sentences stand.

    Examples
    --------
    >>> falling = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> below, above = (0.0, 0.4, 0.0, 0.2), (0.0, 0.4, 0.8, 1.0)
    >>> Room([falling]).take([above, below]) == below
    True
    """

    lines: Sequence[FloatArray]
    later: Sequence[FloatArray] = ()
    taken: list[Box] = field(default_factory=list)

    def take(self, boxes: Sequence[Box]) -> Box:
        """Return the first of these places that is free, or else the one with the least in it; keep it from others."""
        box, least = boxes[0], inf
        for place in boxes:
            if (found := self.filled(place)) < least:
                box, least = place, found
            if least == 0:
                break
        self.taken.append(box)
        return box

    def filled(self, box: Box) -> float:
        """Return how many lines come into a place; infinite where it is taken, or not all in the plot."""
        left, right, bottom, top = box
        is_apart = all(right <= a or b <= left or top <= c or d <= bottom for a, b, c, d in self.taken)
        if min(left, bottom) < 0 or max(right, top) > 1 or not is_apart:
            return inf
        now, then = (sum(_crosses(line, box) for line in lines) for lines in self._drawn)
        return now + _LATER * then

    @cached_property
    def _drawn(self) -> tuple[list[FloatArray], list[FloatArray]]:
        """The lines, now and later, without the points that are nowhere."""
        now, then = ([line[np.isfinite(line).all(axis=1)].T for line in lines] for lines in (self.lines, self.later))
        return now, then


def _crosses(line: FloatArray, box: Box) -> bool:
    """Return whether a line that goes from left to right comes into a box: between its sides it takes all heights."""
    left, right, bottom, top = box
    x, y = line
    first, beyond = int(x.searchsorted(left)), int(x.searchsorted(right, side="right"))
    heights = [_height_at(line, i, side) for i, side in ((first, left), (beyond, right)) if 0 < i < len(x)]
    if first < beyond:
        inside = y[first:beyond]
        heights += [float(inside.min()), float(inside.max())]
    return bool(heights) and min(heights) <= top and max(heights) >= bottom


def _height_at(line: FloatArray, i: int, side: float) -> float:
    """Return how high the line is at a place between its points i − 1 and i."""
    (x0, x1), (y0, y1) = line[:, i - 1 : i + 1].tolist()
    return float((y1 - y0) / (x1 - x0) * (side - x0) + y0)
