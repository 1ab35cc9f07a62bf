"""Data and a comparison of runs that the tests of `train` share."""

import numpy as np

from logreg.data.dataset import Dataset

XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], "XOR")
UP = np.array([(0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3), (3, 1.2), (2, 3.1)])


def headline(flipped=None):
    """Return the pair of the third observation: + points, their negatives as −, and one flipped label."""
    y = np.array([1] * 8 + [0] * 8)
    if flipped is not None:
        y[flipped] = 0
    return Dataset(np.concatenate([UP, -UP]), y)


def clouds(seed, n_samples=20, n_features=2, shift=1.0):
    rng = np.random.default_rng(seed)
    y = np.arange(n_samples) % 2
    return Dataset(rng.normal(size=(n_samples, n_features)) + shift * y[:, None], y)
