"""What a score says: the sigmoid's steepness, and what training does to scores that distances do not show."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.arrays import ReadOnly, freeze
from logreg.data.checks import checked_array, checked_number
from logreg.data.dataset import FloatArray
from logreg.training.model import sigmoid
from logreg.training.trajectory import Trajectory

WIDTH_AT_ONE = 2.0 * log(9.0)
"""Of s(a), from 10 to 90 %."""


def slope_at_tie(c: float) -> float:
    """Return the slope of s(c·a) at a = 0, which is c/4.

    Examples
    --------
    >>> slope_at_tie(2.0)
    0.5
    """
    return checked_number("c", c, at_least=0.0) / 4.0


def width(c: float) -> float:
    """Return how far apart s(c·a) = 0.1 and s(c·a) = 0.9 are: 2 ln 9 / c.

    Examples
    --------
    >>> round(width(1.0), 3)
    4.394
    """
    return WIDTH_AT_ONE / checked_number("c", c, at_least=1e-300)


def scores_over_steps(run: Trajectory, steps: ArrayLike) -> FloatArray:
    """Return f(x_i) = w·x_i + b of every sample at recorded steps.

    Parameters
    ----------
    run : Trajectory
        A run.
    steps : array-like of int, shape (n_steps,)
        At least 0. At or before each, the run's last record counts.

    Returns
    -------
    ndarray of shape (n_steps, n_samples)
    """
    at = np.searchsorted(run.steps, checked_array("steps", steps, at_least=0.0), side="right") - 1
    return run.weights[at] @ run.dataset.X.T + run.bias[at][:, None]


@dataclass(frozen=True, eq=False)
class TwoClouds(ReadOnly):
    """Hold two samples of one feature: two different P(X), one and the same P(Y | X).

    Parameters
    ----------
    edges : ndarray of shape (n_bins + 1,)
        Of the bins of x.
    counts : ndarray of shape (2, n_bins)
        How many samples of each cloud lie in each bin.
    positives : ndarray of shape (2, n_bins)
        How many of them have y = 1.
    """

    edges: FloatArray
    counts: FloatArray
    positives: FloatArray

    def __post_init__(self) -> None:
        freeze(self, "edges", "counts", "positives")

    @property
    def shares(self) -> FloatArray:
        """The share of y = 1 in each bin; NaN where it is empty."""
        with np.errstate(invalid="ignore"):
            return self.positives / self.counts


CENTRES, SPREADS = (-1.2, 1.2), (1.3, 0.9)
SLOPE = 1.5


def two_clouds(n_samples: int, seed: int = 0, n_bins: int = 12) -> TwoClouds:
    """Draw two clouds that differ in P(X) and share P(Y = 1 | x) = s(1.5·x).

    Parameters
    ----------
    n_samples : int
        Of each cloud. A larger number begins with the samples of a smaller one.
    seed : int
        Of the random numbers.
    n_bins : int
        Bins from −4 to 4; what lies outside is not counted.

    Examples
    --------
    >>> clouds = two_clouds(100_000)
    >>> bool(abs(clouds.shares[0] - clouds.shares[1])[4:8].max() < 0.03)
    True
    """
    edges = np.linspace(-4.0, 4.0, n_bins + 1)
    counts, positives = np.zeros((2, n_bins)), np.zeros((2, n_bins))
    for k, (centre, spread) in enumerate(zip(CENTRES, SPREADS, strict=True)):
        x = centre + spread * np.random.default_rng([seed, k, 0]).standard_normal(n_samples)
        y = np.random.default_rng([seed, k, 1]).random(n_samples) < sigmoid(SLOPE * x)
        counts[k], positives[k] = np.histogram(x, edges)[0], np.histogram(x[y], edges)[0]
    return TwoClouds(edges, counts, positives)


def losses_of_both_label_sets(score: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the loss of a positive and of a negative sample, by the formulas of both label sets.

    Parameters
    ----------
    score : array-like of shape (n_scores,)
        f(x).

    Returns
    -------
    pair of ndarray of shape (2, n_scores)
        log(1 + e^{−y·f}) for y = +1 and −1; and −ȳ·log h − (1 − ȳ)·log(1 − h) for ȳ = (y + 1)/2.

    Examples
    --------
    >>> with_signs, with_bits = losses_of_both_label_sets([0.5])
    >>> bool((with_signs == with_bits).all())
    True
    """
    f = np.asarray(score, dtype=np.float64)
    with_signs = np.stack([np.logaddexp(0.0, -y * f) for y in (1.0, -1.0)])
    log_h, log_not_h = -np.logaddexp(0.0, -f), -np.logaddexp(0.0, f)
    with_bits = np.stack([-(bit * log_h) - (1.0 - bit) * log_not_h for bit in (1.0, 0.0)])
    return with_signs, with_bits


def distances_over_steps(run: Trajectory, steps: ArrayLike) -> FloatArray:
    """Return f(x_i)/‖w‖, the distance of every sample to the line p = 1/2, at recorded steps; NaN where w = 0.

    Returns
    -------
    ndarray of shape (n_steps, n_samples)
    """
    at = np.searchsorted(run.steps, np.asarray(steps), side="right") - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return scores_over_steps(run, steps) / run.weight_norm[at][:, None]
