"""A gradient of exactly zero, proved in rational arithmetic: a sum that rounds to zero proves nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import fsum

from logreg.data.dataset import Dataset, FloatArray
from logreg.training.objective import Objective


def is_stationary(dataset: Dataset, objective: Objective, parameters: FloatArray) -> bool:
    """Prove that the gradient is exactly zero; False where it is not, or where this cannot be proved.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    objective : Objective
        What is minimised.
    parameters : ndarray of shape (n_features + fit_bias,)
        Where.

    Notes
    -----
    σ(−m) = ½ − t(m) with the odd function t(m) = ½·tanh(m/2), so −n∇L = ½ Σ a_i − Σ t(m_i)·a_i. It vanishes if
    Σ a_i = 0 and, for every size |m|, Σ sign(m_i)·a_i = 0 over the samples of that size: sums of rational numbers.
    That is all that can be had without transcendental numbers, and holds at v = 0 and where classes mirror each other.

    Examples
    --------
    >>> import numpy as np
    >>> pair = Dataset([[1.0], [-1.0]], [1, 1])
    >>> is_stationary(pair, Objective(fit_bias=False), np.zeros(1))
    True
    """
    samples = dataset.signed_samples(fit_bias=objective.fit_bias)
    if (objective.penalty(dataset.n_features) * parameters).any() or _have_a_sum(samples):
        return False
    place = [Fraction(value) for value in parameters.tolist()]
    sums: dict[Fraction | None, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * len(place))
    for row in samples.tolist():
        sample = [Fraction(value) for value in row]
        margin = sum((a * v for a, v in zip(sample, place, strict=True)), Fraction(0))
        sign = (margin > 0) - (margin < 0)
        for size, factor in ((None, 1), (abs(margin), sign)):
            sums[size] = [total + factor * value for total, value in zip(sums[size], sample, strict=True)]
    return not any(any(total) for total in sums.values())


def have_one_sum(groups: Sequence[FloatArray]) -> bool:
    """Prove that the rows of every group, of shape (n_rows, size), have the same sum: the gradient of softmax at W = 0.

    Notes
    -----
    There every probability is 1/C, and −n times the slope of class k is the sum of its samples less 1/C of all.

    Examples
    --------
    >>> import numpy as np
    >>> have_one_sum([np.array([[0.1], [0.2]]), np.array([[0.3]])])  # 0.1 + 0.2 is not 0.3 to the last bit
    False
    """
    sums = [[sum(map(Fraction, column), Fraction(0)) for column in rows.T.tolist()] for rows in groups]
    return all(one == sums[0] for one in sums)


def _have_a_sum(samples: FloatArray) -> bool:
    """Whether Σ a_i is not 0, as with almost all points: an exactly rounded sum of floats tells at once."""
    try:
        return any(fsum(column) for column in samples.T.tolist())
    except OverflowError:
        return False
