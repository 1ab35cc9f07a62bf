"""The widest margin of separable data: the direction that a run on such data turns to.

One problem serves all three kinds of bias: the point of a polytope that is nearest to the origin. The polytope
is the hull of the rows a_i, or, with a free bias, the set of differences of the two classes' hulls. Wolfe's
algorithm finds the point, in integers, so that rounding can neither invent a margin nor lose one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.exact import sqrt_ratio
from logreg.certificates.polytope import TIE, BiasKind, Polytope, Shares, nearest_point, square
from logreg.certificates.separability import Separability, check_separability
from logreg.data.dataset import Dataset, FloatArray

# What is allowed to an answer that floats alone found.
_ROUNDING = Fraction(1, 10**9)


class NotSeparable(ValueError):  # noqa: N818 - named for what the reader is told
    """No hyperplane of the asked kind separates the classes; `separability` holds the verdict and its proof."""

    def __init__(self, message: str, separability: Separability) -> None:
        super().__init__(message)
        self.separability = separability


class MarginOutOfReach(ValueError):  # noqa: N818 - named for what the reader is told
    """The data are separable, but float64 cannot hold the weights, or the search could not be verified."""


@dataclass(frozen=True, eq=False)
class MaxMargin:
    """Hold the hard-margin vector w, b: the shortest with s_i (w . x_i + b) >= 1 for every sample.

    Parameters
    ----------
    weights : ndarray of shape (n_features,)
        w, scaled so that the smallest s_i (w . x_i + b) is 1.
    bias : float
        b; 0.0 without a bias.
    margin : float
        The distance of the nearest sample from the boundary, in units of x: 1/||w|| for a free bias or none;
        for an augmented one 1/||(w, b)||, the distance of the points (x, 1) from a plane through the origin.
    support : ndarray of int, increasing
        The samples on the margin: s_i (w . x_i + b) <= 1 + 1e-12 in exact arithmetic.
    dual_weights : ndarray of shape (n_samples,)
        alpha >= 0, zero off `support`, with w = sum_i alpha_i s_i x_i, and b = sum_i alpha_i s_i (augmented) or
        0 = sum_i alpha_i s_i (free). Not unique when support vectors are tied. They grow as 1/margin^2: inf
        where that is beyond float64 (margins below 1e-154); `exact_dual_weights` are right all the same.
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
        for array in (self.weights, self.support, self.dual_weights):
            array.setflags(write=False)


def max_margin(dataset: Dataset, bias: BiasKind = "augmented") -> MaxMargin:
    """Find the hyperplane of widest margin: min ||u|| subject to a_i . u >= 1 for every sample i.

    Parameters
    ----------
    dataset : Dataset
        Separable points.
    bias : {"augmented", "free", "none"}
        "augmented": u = (w, b), a_i = s_i (x_i, 1), the problem that gradient descent with a bias solves.
        "free": the classic SVM, min ||w|| with b free; its margin is half the distance of the classes' hulls.
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
        If the weights are beyond float64, or the answer could not be verified (many features only).
    ValueError
        If bias is none of the three, or is "free" with a single class, which leaves the margin unbounded.

    References
    ----------
    P. Wolfe, Finding the nearest point in a polytope, Math. Programming 11 (1976).

    Examples
    --------
    >>> max_margin(Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])).weights.tolist()
    [2.0, 2.0]
    """
    if bias not in ("augmented", "free", "none"):
        raise ValueError(f"bias: expected 'augmented', 'free' or 'none', got {bias!r}.")
    if bias == "free" and len(set(dataset.y.tolist())) == 1:
        raise ValueError("bias: no classic margin with a single class; expected 'augmented' or 'none', got 'free'.")
    polytope = Polytope(dataset, bias)
    shares, is_exact = nearest_point(polytope)
    x = polytope.point(shares)
    scale, lowest = polytope.lowest(x)
    low, length = sum((min(values.values()) for values in lowest), Fraction(0)) * scale, square(x)
    # Exact answers have low == square; for the others their difference bounds the error.
    if not (length > 0 and low >= (1 - _ROUNDING) * length):
        raise _no_margin(dataset, bias)
    factor = (2 if bias == "free" else 1) / low
    return _result(dataset, polytope, tuple(factor * value for value in x), factor, shares, is_exact)


def _no_margin(dataset: Dataset, bias: BiasKind) -> ValueError:
    verdict = check_separability(dataset, fit_bias=bias != "none")
    if verdict.kind == "separable":
        return MarginOutOfReach("The data are separable, but the search for their margin could not be verified.")
    what = "hyperplane through the origin" if bias == "none" else "hyperplane"
    return NotSeparable(f"No {what} separates the classes: the data are {verdict.kind}.", verdict)


def _result(
    dataset: Dataset, polytope: Polytope, u: tuple[Fraction, ...], factor: Fraction, shares: Shares, is_exact: bool
) -> MaxMargin:
    """Undo the scale 2^k and the shift of the integers, and round."""
    d, kind, unit = dataset.n_features, polytope.kind, 2**polytope.k
    scale, lowest = polytope.lowest(u)
    least = [min(values.values()) for values in lowest]
    ties = [i for values, low in zip(lowest, least, strict=True) for i, v in values.items() if (v - low) * scale <= TIE]
    weights = tuple(value * unit for value in u[:d])
    bias = u[d] * unit if kind == "augmented" else Fraction(0)
    if kind == "free":
        # Class 1 has w . (x - x_0) >= least[0] with equality somewhere; there w . x + b is to be 1.
        bias = 1 - least[0] * scale - _dot(u, polytope.whole(polytope.origin))
    floats = np.array([_rounded(value) for value in (*weights, bias)])
    if not np.isfinite(floats).all():
        raise MarginOutOfReach("The data are separable, but their margin is so narrow that the weights exceed float64.")
    length = square(u) * unit * unit
    margin = sqrt_ratio(length.denominator, length.numerator)
    dual = _by_sample(shares, factor * unit * unit)
    alpha = np.zeros(dataset.n_samples)
    alpha[list(dual)] = [_rounded(value) for value in dual.values()]
    exact = (weights, bias, tuple(dual.items()))
    return MaxMargin(
        floats[:d], float(floats[d]), margin, np.array(sorted({*ties, *dual})), alpha, kind, *exact, is_exact
    )


def _by_sample(shares: Shares, factor: Fraction) -> dict[int, Fraction]:
    dual: dict[int, Fraction] = {}
    for atom, share in shares.items():
        for i in atom:
            dual[i] = dual.get(i, Fraction(0)) + share * factor
    return dict(sorted(dual.items()))


def _dot(u: Sequence[Fraction], v: Sequence[int]) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))


def _rounded(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf
