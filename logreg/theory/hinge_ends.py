"""What descent on the hinge loss comes to: a rest that is reached, a round, a proof that there is none, or no verdict.

A run rests where the pulls Σ a_i of all points inside margin 1 cancel. There w is a minimum, and Σ m_i = w·Σ a_i = 0 of
these k points makes the sum of all losses Σ(1 − m_i) = k, a whole number. Where the least sum is not, no run rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np

from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.step_size import hinge_steps

_MOST_POINTS = 300  # of which all pairs are tried
_Pair = tuple[Fraction, Fraction]


@dataclass(frozen=True, eq=False)
class HingeEnd(ReadOnly):
    """Hold what a run of hinge comes to.

    Parameters
    ----------
    steps : int
        How many steps were looked at.
    rest : int or None
        The step from which on it moves no more: the pulls cancel, exactly.
    period : int or None
        Of a round that it repeats to the last bit: its steps.
    weights : ndarray of shape (n_features,)
        w at the rest, or after all steps.
    """

    steps: int
    rest: int | None
    period: int | None
    weights: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "weights")


def hinge_end(dataset: Dataset, learning_rate: float, most_steps: int) -> HingeEnd:
    """Descend the mean hinge loss max(0, 1 − m) from w = 0 until it rests or comes round.

    Parameters
    ----------
    dataset : Dataset
        What to learn from, without a bias.
    learning_rate : float
        η.
    most_steps : int
        Then it ends, decided or not.

    Examples
    --------
    >>> end = hinge_end(Dataset([[1.0], [-1.0]], [1, 0]), 0.75, 100)
    >>> end.rest, end.weights.tolist()
    (2, [1.5])
    """
    seen: dict[bytes, int] = {}
    last = checked_whole("most_steps", most_steps, 0, 10**9)
    for step, (w, pull) in enumerate(islice(hinge_steps(dataset, learning_rate), last + 1)):
        if not pull.any():
            return HingeEnd(step, step, None, w)
        place = w.tobytes()
        if place in seen:
            return HingeEnd(step, None, step - seen[place], w)
        seen[place] = step
    return HingeEnd(last, None, None, w)


def least_hinge_sum(dataset: Dataset) -> Fraction | None:
    """Return the least sum of all hinge losses, without a bias: exactly, with its proof done.

    Parameters
    ----------
    dataset : Dataset
        Two features.

    Returns
    -------
    Fraction or None
        None where it is not found: more than 300 points, all on one line through 0, or a corner that floats miss.

    Notes
    -----
    The sum is convex and flat between the lines m_i = 1, so it is least at a corner of two. Floats choose the corner;
    fractions prove that no way down leads from it.

    Examples
    --------
    >>> least_hinge_sum(Dataset([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]], [1, 1, 0]))
    Fraction(5, 2)
    """
    rows = dataset.signed_samples(fit_bias=False)
    if rows.shape[1] != 2 or not rows.any() or len(rows) > _MOST_POINTS:
        return None
    pair = _lowest_corner(rows / np.abs(rows).max())
    exact = [(Fraction(x), Fraction(y)) for x, y in rows.tolist()]
    w = None if pair is None else _corner(exact[pair[0]], exact[pair[1]])
    if w is None:
        return None
    margins = [x * w[0] + y * w[1] for x, y in exact]
    return sum((1 - m for m in margins if m < 1), Fraction(0)) if _is_least(exact, margins) else None


def _lowest_corner(rows: FloatArray) -> tuple[int, int] | None:
    """Return the two points on whose lines m = 1 the corner of the least sum lies, as far as floats tell."""
    best, found = np.inf, None
    for i in range(len(rows) - 1):
        (a, b), others = rows[i], rows[i + 1 :]
        area = a * others[:, 1] - b * others[:, 0]
        cuts = np.flatnonzero(area)
        if len(cuts):
            c, d = others[cuts].T
            corners = np.stack([d - b, a - c]) / area[cuts]
            sums = np.maximum(1.0 - rows @ corners, 0.0).sum(axis=0)
            k = int(sums.argmin())
            if sums[k] < best:
                best, found = float(sums[k]), (i, i + 1 + int(cuts[k]))
    return found


def _corner(p: _Pair, q: _Pair) -> _Pair | None:
    area = p[0] * q[1] - p[1] * q[0]
    return ((q[1] - p[1]) / area, (p[0] - q[0]) / area) if area else None


def _is_least(rows: list[_Pair], margins: list[Fraction]) -> bool:
    """Return whether no way from a corner leads down: it is enough to try those along the lines through it."""
    inside = [row for row, m in zip(rows, margins, strict=True) if m < 1]
    on = [row for row, m in zip(rows, margins, strict=True) if m == 1]
    slope = -sum((x for x, _ in inside), Fraction(0)), -sum((y for _, y in inside), Fraction(0))
    ways = [(s * y, -s * x) for x, y in on for s in (1, -1)]
    return all(
        slope[0] * u + slope[1] * v + sum((max(Fraction(0), -x * u - y * v) for x, y in on), Fraction(0)) >= 0
        for u, v in ways
    )
