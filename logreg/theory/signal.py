"""How much signal: how often labels from a true logistic model, or a few rows of a table, have an infinite fit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from logreg.data.checks import check_type, checked_number, checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.tosses import Proportion, are_separable
from logreg.training.model import sigmoid


def draw_from_model(strength: float, n_samples: int, n_features: int, rng: np.random.Generator) -> Dataset:
    """Draw points from a standard normal distribution, and their labels from P(y = 1 | x) = σ(strength·x₁).

    Parameters
    ----------
    strength : float
        ‖w‖ of the true model, at least 0; its direction makes no difference to such points.
    n_samples, n_features : int
        At least 1.
    rng : numpy.random.Generator
        Where the numbers come from.

    Examples
    --------
    >>> draw_from_model(2.0, 30, 2, np.random.default_rng(0)).n_samples
    30
    """
    return Dataset(*_draw(checked_number("strength", strength, 0.0), n_samples, n_features, rng))


def _draw(
    strength: float, n_samples: int, n_features: int, rng: np.random.Generator
) -> tuple[FloatArray, NDArray[np.bool_]]:
    points = rng.normal(size=(n_samples, n_features))
    return points, rng.uniform(size=n_samples) < sigmoid(strength * points[:, 0])


def separable_draws(
    strength: float, n_samples: int, *, n_features: int = 2, n_draws: int = 400, seed: int = 0
) -> Proportion:
    """Count how many of n_draws data sets from a true model are separable, with a bias.

    Parameters
    ----------
    strength, n_samples, n_features
        As for `draw_from_model`.
    n_draws : int
        Data sets, points and labels drawn anew for each.
    seed : int
        Of the draws.

    Returns
    -------
    Proportion
        With its interval. Strength 0 is a coin for every label: Cover's number.

    Raises
    ------
    ValueError
        If the strength is below 0, or one of the whole numbers below 1; the seed may be 0.

    Notes
    -----
    They are decided by `are_separable`. Quasi-separable draws have probability 0 here.

    References
    ----------
    Candès and Sur, The phase transition for the existence of the maximum likelihood estimate (2020).

    Examples
    --------
    >>> few, many = (separable_draws(4.0, n, n_draws=100).share for n in (8, 80))
    >>> few > 0.5 > many
    True
    """
    for name, value in {"n_samples": n_samples, "n_features": n_features, "n_draws": n_draws}.items():
        checked_whole(name, value, 1, 10**9)
    checked_whole("seed", seed, 0, 2**63)
    checked_number("strength", strength, 0.0)
    rng = np.random.default_rng([seed, n_samples])
    points, labels = zip(*(_draw(strength, n_samples, n_features, rng) for _ in range(n_draws)), strict=True)
    return Proportion(sum(are_separable(np.array(points), labels)), n_draws)


def separable_subsamples(dataset: Dataset, n_samples: int, *, n_draws: int = 400, seed: int = 0) -> Proportion:
    """Count how many of n_draws random subsamples of a table are separable, with a bias.

    Parameters
    ----------
    dataset : Dataset
        The table.
    n_samples : int
        Points of a subsample, from 1 to all, none of them twice.
    n_draws : int
        Subsamples.
    seed : int
        Of the draws.

    Returns
    -------
    Proportion
        With its interval.

    Raises
    ------
    ValueError
        If the table has not so many points, or a number is out of its range.

    Examples
    --------
    >>> xor = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> [separable_subsamples(xor, n, n_draws=10).share for n in (3, 4)]
    [1.0, 0.0]
    """
    check_type(Dataset, dataset=dataset)
    checked_whole("n_samples", n_samples, 1, dataset.n_samples)
    checked_whole("n_draws", n_draws, 1, 10**9)
    checked_whole("seed", seed, 0, 2**63)
    rng = np.random.default_rng([seed, n_samples])
    chosen = np.array([rng.choice(dataset.n_samples, n_samples, replace=False) for _ in range(n_draws)])
    return Proportion(sum(are_separable(dataset.X[chosen], dataset.y[chosen])), n_draws)
