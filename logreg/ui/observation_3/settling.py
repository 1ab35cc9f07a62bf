"""Which settles first, the direction of a run or its length: from its records, and from what it tends to."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import FloatArray
from logreg.figures.numbers import format_number
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side
from logreg.ui.verdict import OUT_OF_REACH

_DEGREES = 1.0  # off the limit: as near as a direction must stay to be settled
_SHARE = 0.01  # of the limit: as near as a length must stay
_BY_WORD = 1e7  # steps from which on powers of ten say them
_LONG = 10.0  # times the steps: what "long before" means


def settling_idea(pair: Pair) -> str:
    """Say in words in which run the direction is settled long before the length.

    Examples
    --------
    >>> from logreg.data.lecture_sets import headline
    >>> from logreg.ui.observation_3.pair import make_pair
    >>> settling_idea(make_pair(headline(), 4, fit_bias=False))
    'In A the direction is settled long before the length; in B it is not.'
    """
    first = [side for side in pair.sides if _is_direction_first(side)]
    if len(first) == 2:
        return "The direction is settled long before the length."
    if first:
        other = pair.b if first[0] is pair.a else pair.a
        return f"In {first[0].name} the direction is settled long before the length; {_other(other)}."
    known = [side for side in pair.sides if has_direction(side)]
    if not known:
        return "Neither run has a direction that could settle."
    if all(_direction_at(side) == inf for side in known):
        return f"At step {_last(known)} {' and '.join(_unsettled(side) for side in known)}."
    return "Here the direction is not settled long before the length."


def has_direction(side: Side) -> bool:
    """Return whether a run leaves 0, for a limit other than 0 or one without end."""
    return bool(side.view.column("parameter_norm").any()) and not side.analysis.is_near_zero


def missing_angles(pair: Pair) -> str:
    """Say of runs whose angle to the limit cannot be drawn why not."""
    why: dict[str, list[str]] = {}
    for side in pair.sides:
        if not np.isfinite(side.angle_curve().y).any():
            why.setdefault(_why_missing(side), []).append(side.name)
    return ", ".join(f"{' and '.join(names)}: {reason}" for reason, names in why.items())


def _why_missing(side: Side) -> str:
    if not has_direction(side):
        return "no direction"
    return f"limit {OUT_OF_REACH}" if side.limit is None else "on the limit from step 1 on"


def _other(side: Side) -> str:
    """Say of a run why it is not one whose direction is settled first."""
    if not has_direction(side):
        return f"{side.name} has no direction"
    if side.limit is None:
        return f"the limit of {side.name} is {OUT_OF_REACH}"
    return f"in {side.name} it is not"


def _unsettled(side: Side) -> str:
    if side.limit is None:
        return f"the limit of {side.name} is {OUT_OF_REACH}"
    return f"{side.name} is still {format_number(float(side.angle_curve().y[-1]))}° off its limit direction"


def _last(sides: list[Side]) -> str:
    last = max(float(side.view.steps[-1]) for side in sides)
    return f"{last:,.0f}" if last < _BY_WORD else format_number(last)


def _is_direction_first(side: Side) -> bool:
    """Return whether the direction is settled in a tenth of the steps that the length takes, or of those there are."""
    settled = _direction_at(side)
    return has_direction(side) and settled < inf and _LONG * settled <= _length_at(side)


def _direction_at(side: Side) -> float:
    """Return the step from which on the direction is settled; inf where it is not, or its limit is out of reach."""
    if side.limit is None:
        return inf
    far = np.nan_to_num(side.angle_curve().y) > _DEGREES
    return _settled(side.view.steps, far | (side.view.column("parameter_norm") == 0))


def _length_at(side: Side) -> float:
    """Return the step from which on the length is settled; the last step where it is not, inf where it never is."""
    if side.target is None:
        return inf
    far = np.abs(side.view.column(side.quantity) - side.target) > _SHARE * side.target
    return min(_settled(side.view.steps, far), float(side.view.steps[-1]))


def _settled(steps: FloatArray, is_far: NDArray[np.bool_]) -> float:
    """Return the first step of which all that follow are near; inf where the last is far."""
    last_far = int(np.flatnonzero(is_far)[-1]) if is_far.any() else -1
    return float(steps[last_far + 1]) if last_far + 1 < len(steps) else inf
