"""The verdict on a data set before any training: separable, touching, or overlapping, each with its proof.

Whether a finite minimiser of the loss exists depends on this alone, and no finite curve can tell it. So the
verdict comes with a witness in integers that `proves` checks without rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from logreg.certificates import cone
from logreg.certificates.exact import IntVector, dot, fewest_rows, float_view, integer_rows, primitive, sqrt_ratio
from logreg.certificates.plane import Placement, Polygon, cone_coordinates, convex_hull, minkowski_sum, place_origin
from logreg.data.dataset import Dataset, FloatArray

Kind = Literal["separable", "quasi-separable", "overlapping"]


class SeparabilityUnresolved(ValueError):  # noqa: N818 - named for what the reader is told
    """The linear programme's answer could not be made exact: no verdict rather than a wrong one."""


@dataclass(frozen=True, eq=False)
class Separability:
    """Hold a verdict and the witness that proves it; rows a_i = s_i (x_i, 1), or s_i x_i without a bias.

    Parameters
    ----------
    kind : {"separable", "quasi-separable", "overlapping"}
        Separable: some (w, b) has every a_i . (w, b) > 0. Quasi-separable: not so, but some has every
        a_i . (w, b) >= 0 and at least one > 0. Overlapping: neither, and only then is there a finite minimiser.
    fit_bias : bool
        Whether the rows carry the constant feature 1.
    exact_weights, exact_bias : tuple of int, int, or None
        The separating (w, b); None when overlapping. In the plane a separable pair gets the line of maximal margin.
    exact_multipliers : tuple of int or None
        lambda >= 0 with sum_i lambda_i a_i = 0: positive off `separated`, zero on it. None when separable.
    separated : tuple of int
        The samples with a_i . (w, b) > 0; no direction separates more of them. All, some or none.
    margin : float or None
        min over `separated` of a_i . (w, b) / ||w||: the distance to the line, in units of x. It is inf where
        w = 0 (one class, separated by the bias alone), and 0.0 where the distance is below float64.
    common_indices, common_weights : tuple of int
        In the plane, unless separable: at most 4 samples whose positive combination of rows is zero, no fewer of
        them would do, and that combination. Empty otherwise.
    common_point : tuple of float or None
        The point that both classes' hulls share, written by these samples once per class; with a bias only.
    is_exact : bool
        True where rational arithmetic alone decided (the plane; one class). Otherwise a linear programme
        proposed the witness and rational arithmetic confirmed it: the verdict is as certain.

    Examples
    --------
    >>> check_separability(Dataset([[0.0], [1.0]], [0, 1])).margin
    0.5
    """

    kind: Kind
    fit_bias: bool
    exact_weights: tuple[int, ...] | None
    exact_bias: int | None
    exact_multipliers: tuple[int, ...] | None
    separated: tuple[int, ...]
    margin: float | None
    common_indices: tuple[int, ...]
    common_weights: tuple[int, ...]
    common_point: tuple[float, ...] | None
    is_exact: bool

    @property
    def weights(self) -> FloatArray | None:
        """Float view of `exact_weights`, of shape (n_features,), on the same scale as `bias`."""
        return None if self._parameters is None else self._parameters[:-1]

    @property
    def bias(self) -> float | None:
        """Float view of `exact_bias`."""
        return None if self._parameters is None else float(self._parameters[-1])

    @property
    def multipliers(self) -> FloatArray | None:
        """Float view of `exact_multipliers`, of shape (n_samples,)."""
        return None if self.exact_multipliers is None else float_view(self.exact_multipliers)

    @property
    def _parameters(self) -> FloatArray | None:
        if self.exact_weights is None or self.exact_bias is None:
            return None
        return float_view([*self.exact_weights, self.exact_bias])


def check_separability(dataset: Dataset, *, fit_bias: bool = True) -> Separability:
    """Decide whether a hyperplane separates the classes, and return the proof.

    Parameters
    ----------
    dataset : Dataset
        Points and labels. With one or two features the answer is found exactly in O(n log n); above, a linear
        programme (SciPy) proposes it.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    Separability
        Verdict and witness; `proves` checks it.

    Raises
    ------
    SeparabilityUnresolved
        Above two features, where the programme's answer does not survive the exact check (gaps or overlaps
        below about 1e-9 of the data's size).

    Notes
    -----
    Gordan: not separable if and only if some lambda >= 0, not 0, has sum lambda_i a_i = 0. Stiemke:
    overlapping if and only if some lambda > 0 does.

    Examples
    --------
    >>> check_separability(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])).kind
    'overlapping'
    """
    points, k = integer_rows(dataset.X)
    signs = [1 if label else -1 for label in dataset.y.tolist()]
    rows = [tuple(s * value for value in ((*p, 1) if fit_bias else p)) for p, s in zip(points, signs, strict=True)]
    if fit_bias and len(set(signs)) == 1:
        alone = [0] * dataset.n_features + [signs[0]]
        return _verdict(rows, alone, None, range(len(rows)), k, fit_bias, True)
    if dataset.n_features <= 2:
        return _in_the_plane(rows, signs, k, fit_bias)
    return _above_the_plane(rows, k, fit_bias, dataset)


def proves(separability: Separability, dataset: Dataset) -> bool:
    """Check a witness against the data in exact arithmetic: True only if it proves the verdict.

    Parameters
    ----------
    separability : Separability
        A verdict with its witness, from wherever it comes.
    dataset : Dataset
        The points that it speaks of.

    Returns
    -------
    bool

    Examples
    --------
    >>> data = Dataset([[0.0], [1.0]], [0, 1])
    >>> proves(check_separability(data), data)
    True
    """
    points, k = integer_rows(dataset.X)
    fit_bias, inside = separability.fit_bias, set(separability.separated)
    rows = [
        tuple(s * value for value in ((*p, 1 << k) if fit_bias else p))
        for p, s in zip(points, (1 if label else -1 for label in dataset.y.tolist()), strict=True)
    ]
    everything = set(range(len(rows)))
    u, multipliers = separability.exact_weights, separability.exact_multipliers
    if separability.kind != _kind(len(inside), len(rows)) or not inside <= everything:
        return False
    if inside and not _separates(rows, u, separability.exact_bias, fit_bias, inside):
        return False
    return inside == everything or _balances(rows, multipliers, inside)


def _kind(n_separated: int, n_samples: int) -> Kind:
    if n_separated == n_samples:
        return "separable"
    return "quasi-separable" if n_separated else "overlapping"


def _separates(
    rows: Sequence[IntVector], weights: Sequence[int] | None, bias: int | None, fit_bias: bool, inside: set[int]
) -> bool:
    if weights is None or bias is None or (bias and not fit_bias):
        return False
    u = [*weights, bias] if fit_bias else list(weights)
    if len(u) != len(rows[0]):
        return False
    return all(margin > 0 if i in inside else margin == 0 for i, margin in enumerate(dot(row, u) for row in rows))


def _balances(rows: Sequence[IntVector], multipliers: Sequence[int] | None, inside: set[int]) -> bool:
    if multipliers is None or len(multipliers) != len(rows):
        return False
    if any(value != 0 if i in inside else value <= 0 for i, value in enumerate(multipliers)):
        return False
    return not any(dot(multipliers, column) for column in zip(*rows, strict=True))


def _in_the_plane(rows: Sequence[IntVector], signs: Sequence[int], k: int, fit_bias: bool) -> Separability:
    n_features = len(rows[0]) - fit_bias
    signed = [(row[0], row[1] if n_features == 2 else 0) for row in rows]
    everything = range(len(rows))
    if fit_bias:
        classes = [[i for i in everything if signs[i] == s] for s in (1, -1)]
        polygon = minkowski_sum(convex_hull(signed, classes[0]), convex_hull(signed, classes[1]))
    else:
        polygon = convex_hull(signed, everything)
    placement = place_origin(polygon)
    u: list[int] | None = None
    separated: list[int] = []
    if placement.normal is not None:
        u = [*placement.normal[:n_features], *([0] if fit_bias else [])]
        u = _halfway(rows, u) if fit_bias else u
        separated = [i for i in everything if dot(rows[i], u) > 0]
    multipliers = None
    if placement.where != "outside":
        rest = sorted(set(everything) - set(separated))
        multipliers = _multipliers(signed, signs, rest, polygon, placement, fit_bias)
    circuit = _circuit(rows, polygon, placement)
    return _verdict(rows, u, multipliers, separated, k, fit_bias, True, circuit)


def _halfway(rows: Sequence[IntVector], u: Sequence[int]) -> list[int]:
    """Move the line (w, b) until it lies as far from the one class as from the other."""
    levels = [dot(row, u) for row in rows]
    ahead, behind = (min(v for v, row in zip(levels, rows, strict=True) if row[-1] * s > 0) for s in (1, -1))
    # Twice the line, so that halfway is an integer.
    return [*(2 * value for value in u[:-1]), 2 * u[-1] + behind - ahead]


def _multipliers(
    signed: Sequence[tuple[int, int]],
    signs: Sequence[int],
    rest: Sequence[int],
    polygon: Polygon,
    placement: Placement,
    fit_bias: bool,
) -> list[int]:
    """Return positive multipliers on the rest: equal ones per class, and what balances them on corners.

    With S = sum of the equally weighted signed points, -S is a combination of corners of the face around the
    origin; each corner is a sum of one point per class, so it keeps the classes' totals equal.
    """
    face = [polygon.vertices[v] for v in placement.face]
    counts = {s: sum(signs[i] == s for i in rest) for s in (1, -1)}
    equal = {i: counts[-signs[i]] if fit_bias else 1 for i in rest}
    total = [sum(equal[i] * signed[i][axis] for i in rest) for axis in (0, 1)]
    scale, corners = cone_coordinates(face, (-total[0], -total[1]))
    multipliers = [0] * len(signed)
    for i in rest:
        multipliers[i] = scale * equal[i]
    for corner, value in corners.items():
        for i in polygon.sources[placement.face[corner]]:
            multipliers[i] += value
    return multipliers


def _circuit(rows: Sequence[IntVector], polygon: Polygon, placement: Placement) -> dict[int, int]:
    """Return the fewest samples whose positive combination of rows is zero, starting from a face's first corner."""
    if placement.where == "outside":
        return {}
    x, y = polygon.vertices[placement.face[0]]
    scale, corners = cone_coordinates([polygon.vertices[v] for v in placement.face], (-x, -y))
    start: dict[int, int] = {}
    for corner, value in ((0, scale), *corners.items()):
        for i in polygon.sources[placement.face[corner]] if value else ():
            start[i] = start.get(i, 0) + value
    return fewest_rows(rows, start)


def _above_the_plane(rows: Sequence[IntVector], k: int, fit_bias: bool, dataset: Dataset) -> Separability:
    if not any(any(row) for row in rows):
        return _verdict(rows, None, [1] * len(rows), (), k, fit_bias, False)
    # A shift by whole numbers loses nothing, and takes a large offset out of the programme's floats.
    centre = (
        [sum(column) // len(rows) for column in zip(*(_point(row) for row in rows), strict=True)] if fit_bias else []
    )
    moved = [_shifted(row, centre) for row in rows] if fit_bias else rows
    for found in cone.candidates(moved):
        u = found.direction
        if u is not None and fit_bias:
            u = _halfway(rows, [*u[:-1], u[-1] - dot(u[:-1], centre)])
        if (found.separated and u is None) or (len(found.separated) < len(rows) and found.multipliers is None):
            continue
        verdict = _verdict(rows, u, found.multipliers, found.separated, k, fit_bias, False)
        if proves(verdict, dataset):
            return verdict
    raise SeparabilityUnresolved(
        f"The classes of {dataset.name!r} are so close to touching that the linear programme in "
        f"{dataset.n_features} features cannot tell whether they are separable."
    )


def _point(row: IntVector) -> IntVector:
    return tuple(row[-1] * value for value in row[:-1])


def _shifted(row: IntVector, centre: Sequence[int]) -> IntVector:
    return (*(value - row[-1] * c for value, c in zip(row[:-1], centre, strict=True)), row[-1])


def _verdict(
    rows: Sequence[IntVector],
    u: Sequence[int] | None,
    multipliers: Sequence[int] | None,
    separated: Sequence[int],
    k: int,
    fit_bias: bool,
    is_exact: bool,
    circuit: Mapping[int, int] = MappingProxyType({}),
) -> Separability:
    """Bring a witness for the integer rows, of 2^k x, back to the rows of x."""
    kind = _kind(len(separated), len(rows))
    weights: tuple[int, ...] | None = None
    bias, margin = None, None
    if u is not None:
        *w, b = primitive([*(value << k for value in u[:-1]), u[-1]] if fit_bias else [*u, 0])
        weights, bias = tuple(w), b
        margin = _margin(rows, u, separated, k, fit_bias)
    lam = None if multipliers is None else tuple(primitive(multipliers))
    common = tuple(sorted(circuit))
    return Separability(
        kind=kind,
        fit_bias=fit_bias,
        exact_weights=weights,
        exact_bias=bias,
        exact_multipliers=lam,
        separated=tuple(separated),
        margin=margin,
        common_indices=common,
        common_weights=tuple(circuit[i] for i in common),
        common_point=_common_point(rows, circuit, k) if fit_bias and circuit else None,
        is_exact=is_exact,
    )


def _margin(rows: Sequence[IntVector], u: Sequence[int], separated: Sequence[int], k: int, fit_bias: bool) -> float:
    w = u[: len(u) - fit_bias]
    length = dot(w, w)
    if length == 0:
        return math.inf
    least = min(dot(rows[i], u) for i in separated)
    return sqrt_ratio(least * least, length << 2 * k)


def _common_point(rows: Sequence[IntVector], circuit: Mapping[int, int], k: int) -> tuple[float, ...]:
    positive = [i for i in circuit if rows[i][-1] > 0]
    total = sum(circuit[i] for i in positive) << k
    return tuple(sum(circuit[i] * rows[i][axis] for i in positive) / total for axis in range(len(rows[0]) - 1))
