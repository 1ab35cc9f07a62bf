"""The widest margin of separable data: the direction that a run on such data turns to.

One problem serves all three kinds of bias: the point of a polytope that is nearest to the origin. The polytope
is the hull of the label-signed samples a_i, or, with a free bias, the set of differences of the two classes' hulls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.exact import IntVector, dot, label_signed, nearest_float, sqrt_ratio
from logreg.certificates.polytope import BiasKind, Polytope, Shares, approached, nearest_of
from logreg.certificates.separability import Separability, check_separability
from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import check_type, checked_choice
from logreg.data.dataset import Dataset, FloatArray

# A support vector may miss margin 1 by what writing coordinates as decimals costs.
_TIE = Fraction(1, 10**12)
# Up to this many vertices the point is found in integers; elimination in longer integers gets slow.
_EXACT_VERTICES = 40
# What is allowed to an answer that floats alone found.
_ROUNDING = Fraction(1, 10**9)


class NotSeparable(ValueError):  # noqa: N818 - named for what the reader is told
    """No hyperplane of the asked kind separates the classes; `separability` holds the verdict and its proof."""

    def __init__(self, message: str, separability: Separability) -> None:
        super().__init__(message)
        self.separability = separability


class MarginOutOfReach(ValueError):  # noqa: N818 - named for what the reader is told
    """The data are separable, but float64 cannot hold the weights."""


@dataclass(frozen=True, eq=False)
class MaxMargin(ReadOnly):
    """Hold the hard-margin vector w, b: the shortest with s_i (w · x_i + b) ≥ 1 for every sample.

    Parameters
    ----------
    weights : ndarray of shape (n_features,)
        w, scaled so that the smallest s_i (w · x_i + b) is 1.
    bias : float
        b; 0.0 without a bias.
    margin : float
        The distance of the nearest sample from the boundary, in units of x: 1/‖w‖ for a free bias or none;
        for an augmented one 1/‖(w, b)‖, the distance of the points (x, 1) from a plane through the origin.
    support : ndarray of int, increasing
        The samples on the margin: s_i (w · x_i + b) ≤ 1 + 1e-12 in exact arithmetic.
    dual_weights : ndarray of shape (n_samples,)
        α ≥ 0, zero off `support`, with w = Σ α_i s_i x_i, and b = Σ α_i s_i (augmented) or 0 = Σ α_i s_i (free). Not
        unique when support vectors are tied. They grow as 1/γ²: inf where that is beyond float64 (margins below
        1e-154); `exact_dual_weights` are right all the same.
    bias_kind : {"augmented", "free", "none"}
        Which problem was solved.
    exact_weights, exact_bias, exact_dual_weights : Fractions
        The same numbers before rounding; the dual ones by sample, the zeros left out.
    is_exact : bool
        True where rational arithmetic found the answer; else it is right to a relative 1e-9.
    """

    weights: FloatArray
    bias: float
    margin: float
    support: NDArray[np.int64]
    dual_weights: FloatArray
    bias_kind: BiasKind
    exact_weights: tuple[Fraction, ...]
    exact_bias: Fraction
    exact_dual_weights: tuple[tuple[int, Fraction], ...]
    is_exact: bool

    def __post_init__(self) -> None:
        freeze(self, "weights", "dual_weights")
        freeze(self, "support", dtype=np.int64)


def max_margin(dataset: Dataset, bias: BiasKind = "augmented") -> MaxMargin:
    """Find the hyperplane of widest margin: min ‖u‖ subject to a_i · u ≥ 1 for every sample i.

    Parameters
    ----------
    dataset : Dataset
        Separable points.
    bias : {"augmented", "free", "none"}
        "augmented": u = (w, b), a_i = s_i (x_i, 1), the problem that gradient descent with a bias solves.
        "free": the classic SVM, min ‖w‖ with b free; its margin is half the distance of the classes' hulls.
        "none": u = w, a_i = s_i x_i.

    Returns
    -------
    MaxMargin
        Weights, margin, support vectors and dual weights.

    Raises
    ------
    NotSeparable
        If no such hyperplane has every sample strictly on its side; carries the verdict.
    MarginOutOfReach
        If the weights are beyond float64.
    ValueError
        If bias is none of the three, or is "free" with a single class, which leaves the margin unbounded.

    Examples
    --------
    >>> max_margin(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])).weights.tolist()
    [2.0, 2.0]
    """
    check_type(Dataset, dataset=dataset)
    checked_choice("bias", bias, "augmented", "free", "none")
    if bias == "free" and len(set(dataset.y.tolist())) == 1:
        raise ValueError("bias: no classic margin with a single class; expected 'augmented' or 'none', got 'free'.")
    samples, k = label_signed(dataset, fit_bias=bias != "none")
    polytope, shares, is_exact = _nearest(dataset, bias)
    if not any(polytope.point(shares)[0]):
        verdict = check_separability(dataset, fit_bias=bias != "none")
        what = "hyperplane through the origin" if bias == "none" else "hyperplane"
        raise NotSeparable(f"No {what} separates the classes: the data are {verdict.kind}.", verdict)
    return _result(dataset, bias, samples, k, polytope, shares, is_exact)


def _nearest(dataset: Dataset, bias: BiasKind) -> tuple[Polytope, Shares, bool]:
    """Find the polytope and its nearest point; False where floats alone found it, and came near enough."""
    polytope, shares = approached(dataset, bias)
    if len(shares) > _EXACT_VERTICES:
        x, total = polytope.point(shares)
        low = sum(min(values.values()) for values in polytope.lowest(x)) if any(x) else 0
        # The distance lies between low/‖x‖ and ‖x‖.
        if low > 0 and low * total >= (1 - _ROUNDING) * dot(x, x):
            return polytope, shares, False
    return polytope, nearest_of(dataset, bias), True


def _result(
    dataset: Dataset,
    bias: BiasKind,
    samples: Sequence[IntVector],
    k: int,
    polytope: Polytope,
    shares: Shares,
    is_exact: bool,
) -> MaxMargin:
    """Scale the nearest point until the smallest margin is 1, go from the integers 2^k a_i to the a_i, and round."""
    x, total = polytope.point(shares)
    d, lowest = dataset.n_features, polytope.lowest(x, 4 * float(_TIE))
    # With a free bias x is the sum of two samples, and its square holds both their margins.
    factor = Fraction(len(lowest), sum(min(values.values()) for values in lowest))
    weights = tuple(factor * (value << k) for value in x[:d])
    exact_bias = Fraction(0)
    if bias != "none":  # b is what gives the lowest sample a margin of 1
        i = min(lowest[0], key=lowest[0].__getitem__)
        exact_bias = int(dataset.signs[i]) * (1 - factor * dot(x[:d], samples[i][:d]))
    floats = np.array([nearest_float(value) for value in (*weights, exact_bias)])
    if not np.isfinite(floats).all():
        raise MarginOutOfReach("The data are separable, but their margin is so narrow that the weights exceed float64.")
    dual = _by_sample(shares, factor * (total << 2 * k))
    alpha = np.zeros(dataset.n_samples)
    alpha[list(dual)] = [nearest_float(value) for value in dual.values()]
    tied = {i for values in lowest for i, v in values.items() if (v - min(values.values())) * factor <= _TIE}
    margin = sqrt_ratio(factor.denominator**2, factor.numerator**2 * dot(x, x) << 2 * k)
    exact = (weights, exact_bias, tuple(dual.items()))
    return MaxMargin(
        floats[:d], float(floats[d]), margin, np.array(sorted(tied | dual.keys())), alpha, bias, *exact, is_exact
    )


def _by_sample(shares: Shares, factor: Fraction) -> dict[int, Fraction]:
    dual: dict[int, Fraction] = {}
    for atom, share in shares.items():
        for i in atom:
            dual[i] = dual.get(i, Fraction(0)) + share * factor
    return dict(sorted(dual.items()))
