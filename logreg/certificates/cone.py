"""Which label-signed samples some direction separates while no other falls behind, decided in integers.

Facial reduction. Either the hull of the samples misses the origin, and the direction of its nearest point separates
them all; or a few samples combine to zero with positive weights, so that every u with A u ≥ 0 is 0 on them and on
their span: then the others decide, perpendicular to that span, in fewer dimensions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from logreg.certificates.exact import IntVector, clear_denominators, dot, kernel, primitive
from logreg.certificates.polytope import Polytope, approach, nearest_point


@dataclass(frozen=True)
class Split:
    """Hold what decides {A u ≥ 0}, in integers.

    Parameters
    ----------
    direction : sequence of int
        u with A u ≥ 0, and a_i · u > 0 on as many samples as for any u; zero if on none.
    multipliers : sequence of int
        λ ≥ 0 with Aᵀλ = 0: positive exactly where a_i · u = 0.
    circuit : mapping from int to int
        The first samples found whose positive combination is zero, and that combination; no fewer of them would do.
    """

    direction: Sequence[int]
    multipliers: Sequence[int]
    circuit: Mapping[int, int]


def split(samples: Sequence[IntVector]) -> Split:
    """Decide which samples can be separated.

    Parameters
    ----------
    samples : sequence of tuple of int
        The a_i.

    Examples
    --------
    >>> found = split([(1, 0), (-1, 0), (3, 2)])
    >>> found.direction, found.multipliers
    ([0, 1], [1, 1, 0])
    """
    still = [i for i, sample in enumerate(samples) if not any(sample)]
    moving = [i for i, sample in enumerate(samples) if any(sample)]
    if not moving:
        return Split([0] * len(samples[0]), [1] * len(samples), {still[0]: 1})
    direction, circuit = _nearest([samples[i] for i in moving])
    if circuit:
        return _beside({moving[i]: weight for i, weight in circuit.items()}, samples)
    return Split(primitive(direction), [int(not any(sample)) for sample in samples], dict.fromkeys(still[:1], 1))


def _nearest(samples: Sequence[IntVector]) -> tuple[list[int], dict[int, int]]:
    """Return a direction that separates all samples; where there is none, zero and a circuit."""
    shifts = _shifts(samples)
    polytope = Polytope([tuple(map(_shifted, sample, shifts)) for sample in samples])
    shares = approach(polytope)
    x, _ = polytope.point(shares)
    if not (any(x) and min(polytope.lowest(x)[0].values()) > 0):
        shares = nearest_point(polytope, shares)
        x, _ = polytope.point(shares)
    weights = clear_denominators(list(shares.values()))
    circuit = {} if any(x) else {i: weight for (i,), weight in zip(shares, weights, strict=True)}
    return [value << shift - min(shifts) for value, shift in zip(x, shifts, strict=True)], circuit


def _shifts(samples: Sequence[IntVector]) -> list[int]:
    """Return the powers of two that bring all features to one size, still in integers: no float loses one of them."""
    bits = [reduce(or_, map(abs, column)) for column in zip(*samples, strict=True)]
    size = max(value.bit_length() - (value & -value).bit_length() for value in bits)
    return [size + 1 - value.bit_length() if value else 0 for value in bits]


def _shifted(value: int, shift: int) -> int:
    return value << shift if shift >= 0 else value >> -shift


def _beside(circuit: dict[int, int], samples: Sequence[IntVector]) -> Split:
    """Decide perpendicular to the circuit's span; there its own samples are zero."""
    size = len(samples[0])
    across = kernel([samples[i] for i in circuit], size)
    if not across:
        return Split([0] * size, _balanced([1] * len(samples), circuit, samples), circuit)
    found = split([tuple(dot(sample, axis) for axis in across) for sample in samples])
    direction = [dot(found.direction, column) for column in zip(*across, strict=True)]
    return Split(primitive(direction), _balanced(found.multipliers, circuit, samples), circuit)


def _balanced(multipliers: Sequence[int], circuit: dict[int, int], samples: Sequence[IntVector]) -> list[int]:
    """Change multipliers on the circuit alone so that Aᵀλ = 0: what they leave lies in its span."""
    left = [dot(multipliers, column) for column in zip(*samples, strict=True)]
    first = list(circuit)[:-1]  # independent, unlike all of the circuit
    columns = zip(*(samples[i] for i in first), left, strict=True)
    *mend, scale = kernel(columns, len(first) + 1)[0]
    balanced = [scale * value for value in multipliers]
    for i, value in zip(first, mend, strict=True):
        balanced[i] += value
    # The circuit's own weights change no sum; enough of them make every multiplier positive.
    lift = max(0, *((weight - balanced[i]) // weight for i, weight in circuit.items()))
    for i, weight in circuit.items():
        balanced[i] += lift * weight
    return primitive(balanced)
