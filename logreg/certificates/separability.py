"""The verdict on a data set before any training: separable, quasi-separable or overlapping, each with its proof.

Whether a finite minimiser of the loss exists depends on this alone, and no finite curve can tell it. So the
verdict comes with a witness in integers that `proves` checks without rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from logreg.certificates.cone import Split, split
from logreg.certificates.exact import IntVector, dot, float_view, integer_rows, label_signed, primitive, sqrt_ratio
from logreg.certificates.polytope import BiasKind, approached, nearest_of
from logreg.data.checks import check_type, checked_flag
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Model
from logreg.training.objective import Objective

Kind = Literal["separable", "quasi-separable", "overlapping"]


@dataclass(frozen=True, eq=False)
class Separability:
    """Hold a verdict and the witness that proves it; a_i = s_i (x_i, 1), or s_i x_i without a bias.

    Parameters
    ----------
    kind : {"separable", "quasi-separable", "overlapping"}
        Separable: some (w, b) has every a_i · (w, b) > 0. Quasi-separable: not so, but some has every
        a_i · (w, b) ≥ 0 and at least one > 0. Overlapping: neither, and only then is there a finite minimiser.
    fit_bias : bool
        Whether the a_i carry the constant feature 1.
    exact_weights, exact_bias : tuple of int, int, or None
        The separating (w, b); None when overlapping. In the plane a separable pair gets the line of maximal margin.
    exact_multipliers : tuple of int or None
        λ ≥ 0 with Σ λ_i a_i = 0: positive off `separated`, zero on it. None when separable.
    separated : tuple of int
        The samples with a_i · (w, b) > 0; no direction separates more of them. All, some or none.
    margin : float or None
        min over `separated` of a_i · (w, b) / ‖w‖: the distance to the line, in units of x. It is inf where
        w = 0 (one class, separated by the bias alone), and 0.0 where the distance is below float64.
    common_indices, common_weights : tuple of int
        Unless separable: at most n_features + 2 samples whose positive combination is zero, no fewer of them would
        do, and that combination. Empty otherwise.
    common_point : tuple of float or None
        The point that both classes' hulls share, written by these samples once per class; with a bias only.

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
        Points and labels.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    Separability
        Verdict and witness, exact for any number of features; `proves` checks it.

    Notes
    -----
    Gordan: not separable if and only if some λ ≥ 0, not 0, has Σ λ_i a_i = 0. Stiemke: overlapping if and only if
    some λ > 0 does.

    Examples
    --------
    >>> check_separability(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])).kind
    'overlapping'
    """
    check_type(Dataset, dataset=dataset)
    return _decided(dataset, checked_flag("fit_bias", fit_bias))


@lru_cache(maxsize=8)  # the optimum of the same points asks again
def _decided(dataset: Dataset, fit_bias: bool) -> Separability:
    samples, k = label_signed(dataset, fit_bias=fit_bias)
    if fit_bias and len(set(dataset.y.tolist())) == 1:
        alone = [0] * dataset.n_features + [2 * int(dataset.y[0]) - 1]
        return _verdict(samples, Split(alone, [0] * len(samples), {}), k, fit_bias)
    found = _apart(dataset, fit_bias) or _split(samples, fit_bias)
    if not any(found.multipliers):
        u = _widest(dataset, fit_bias) if dataset.n_features <= 2 else found.direction
        found = Split(_halfway(samples, u) if fit_bias else u, found.multipliers, {})
    return _verdict(samples, found, k, fit_bias)


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
    check_type(Separability, separability=separability)
    check_type(Dataset, dataset=dataset)
    fit_bias, inside = separability.fit_bias, set(separability.separated)
    samples, _ = label_signed(dataset, fit_bias=fit_bias)
    everything = set(range(len(samples)))
    if separability.kind != _kind(len(inside), len(samples)) or not inside <= everything:
        return False
    if inside and not _separates(samples, separability.exact_weights, separability.exact_bias, fit_bias, inside):
        return False
    return inside == everything or _balances(samples, separability.exact_multipliers, inside)


def separated_by(model: Model, dataset: Dataset, *, fit_bias: bool = True) -> Separability | None:
    """Return the verdict that a model itself proves: separable, where it has every sample on its side.

    Parameters
    ----------
    model : Model
        Any weights, those of a run for example; a bias only where one is fitted.
    dataset : Dataset
        Points and labels.
    fit_bias : bool
        Whether the hyperplane may miss the origin.

    Returns
    -------
    Separability or None
        The model's direction as the witness, with a bias moved halfway between the classes; None where it does not
        separate them. In integers, like the verdict, but as cheap as a prediction.

    Examples
    --------
    >>> separated_by(Model([1.0], -1.0), Dataset([[0.0], [4.0]], [0, 1])).margin
    2.0
    """
    check_type(Model, model=model)
    check_type(Dataset, dataset=dataset)
    samples, k = label_signed(dataset, fit_bias=checked_flag("fit_bias", fit_bias))
    (parameters,), _ = integer_rows(Objective(fit_bias=fit_bias).parameters(model)[None])
    if min(dot(sample, parameters) for sample in samples) <= 0:
        return None
    moves = fit_bias and len(set(dataset.y.tolist())) == 2
    u = _halfway(samples, parameters) if moves else list(parameters)
    return _verdict(samples, Split(u, [0] * len(samples), {}), k, fit_bias)


def _kind(n_separated: int, n_samples: int) -> Kind:
    if n_separated == n_samples:
        return "separable"
    return "quasi-separable" if n_separated else "overlapping"


def _separates(
    samples: Sequence[IntVector], weights: Sequence[int] | None, bias: int | None, fit_bias: bool, inside: set[int]
) -> bool:
    if weights is None or bias is None or (bias and not fit_bias):
        return False
    u = [*weights, bias] if fit_bias else list(weights)
    if len(u) != len(samples[0]):
        return False
    return all(margin > 0 if i in inside else margin == 0 for i, margin in enumerate(dot(a, u) for a in samples))


def _balances(samples: Sequence[IntVector], multipliers: Sequence[int] | None, inside: set[int]) -> bool:
    if multipliers is None or len(multipliers) != len(samples):
        return False
    if any(value != 0 if i in inside else value <= 0 for i, value in enumerate(multipliers)):
        return False
    return not any(dot(multipliers, column) for column in zip(*samples, strict=True))


def _split(samples: Sequence[IntVector], fit_bias: bool) -> Split:
    """Decide, with sample 0 at the origin if a bias allows: an offset then costs floats nothing."""
    if not fit_bias:
        return split(samples)
    *origin, unit = samples[0]
    moved = [tuple(a - b * sample[-1] // unit for a, b in zip(sample, (*origin, 0), strict=True)) for sample in samples]
    found = split(moved)
    *w, b = found.direction
    u = [*(unit * value for value in w), unit * b - dot(w, origin)]
    return Split(u if unit > 0 else [-value for value in u], found.multipliers, found.circuit)


def _apart(dataset: Dataset, fit_bias: bool) -> Split | None:
    """Return what floats' guess at the widest margin, wanted anyway, proves of points in the plane: all are apart."""
    if dataset.n_features > 2:
        return None
    polytope, shares = approached(dataset, _bias(fit_bias))
    x, _ = polytope.point(shares)
    if not any(x) or sum(min(values.values()) for values in polytope.lowest(x)) <= 0:
        return None
    return Split(x, [0] * dataset.n_samples, {})


def _widest(dataset: Dataset, fit_bias: bool) -> list[int]:
    polytope, _ = approached(dataset, _bias(fit_bias))
    return [*polytope.point(nearest_of(dataset, _bias(fit_bias)))[0], *([0] if fit_bias else [])]


def _bias(fit_bias: bool) -> BiasKind:
    return "free" if fit_bias else "none"


def _halfway(samples: Sequence[IntVector], u: Sequence[int]) -> list[int]:
    """Move the line (w, b) until it lies as far from the one class as from the other."""
    levels = [dot(sample, u) for sample in samples]
    ahead, behind = (min(v for v, a in zip(levels, samples, strict=True) if a[-1] * s > 0) for s in (1, -1))
    # In units of the smallest step, so that halfway is an integer.
    unit = 2 * abs(samples[0][-1])
    return [*(unit * value for value in u[:-1]), unit * u[-1] + behind - ahead]


def _verdict(samples: Sequence[IntVector], found: Split, k: int, fit_bias: bool) -> Separability:
    separated = tuple(i for i, value in enumerate(found.multipliers) if not value)
    kind = _kind(len(separated), len(samples))
    u = primitive(found.direction)
    *w, b = u if fit_bias else [*u, 0]
    common = tuple(sorted(found.circuit))
    return Separability(
        kind=kind,
        fit_bias=fit_bias,
        exact_weights=tuple(w) if separated else None,
        exact_bias=b if separated else None,
        exact_multipliers=None if kind == "separable" else tuple(found.multipliers),
        separated=separated,
        margin=_margin([dot(samples[i], u) for i in separated], w, k) if separated else None,
        common_indices=common,
        common_weights=tuple(found.circuit[i] for i in common),
        common_point=_common_point(samples, found.circuit) if fit_bias and common else None,
    )


def _margin(levels: Sequence[int], w: Sequence[int], k: int) -> float:
    length = dot(w, w)
    return sqrt_ratio(min(levels) ** 2, length << 2 * k) if length else math.inf


def _common_point(samples: Sequence[IntVector], circuit: Mapping[int, int]) -> tuple[float, ...]:
    positive = [i for i in circuit if samples[i][-1] > 0]
    *totals, weight = (sum(circuit[i] * samples[i][j] for i in positive) for j in range(len(samples[0])))
    return tuple(total / weight for total in totals)
