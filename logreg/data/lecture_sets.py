"""The lecture's own points, written out so that anyone can check a sentence of Observation 3 by hand."""

from __future__ import annotations

import numpy as np

from logreg.data.checks import checked_flag, checked_number, checked_whole
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.data.transforms import centred

_POSITIVES = ((0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3.0), (3.0, 1.2), (2.0, 3.1))

HEADLINE: tuple[tuple[float, float], ...] = (*_POSITIVES, *((-x1, -x2) for x1, x2 in _POSITIVES))
"""Eight points of class 1, then their negatives, of class 0."""

_DEPTHS = tuple(k / 20 for k in range(1, 11))
# Two round Gaussian classes, far enough apart that 40 points are often separable and 2,000 are not.
_CENTRE = 1.2


def headline(flipped: int | None = None) -> Dataset:
    """Return two mirrored clouds, separable through the origin, with one label flipped if asked.

    Parameters
    ----------
    flipped : int or None
        Which point of `HEADLINE` gets the other label.

    Returns
    -------
    Dataset
        16 points, 8 of each class before the flip.

    Raises
    ------
    ValueError
        If there is no such point.

    Examples
    --------
    >>> headline().y.tolist() == [1] * 8 + [0] * 8
    True
    >>> int(headline(HEADLINE.index((2.6, 2.4))).y.sum())
    7
    """
    labels = [1] * len(_POSITIVES) + [0] * len(_POSITIVES)
    if flipped is not None:
        point = checked_whole("flipped", flipped, 0, len(HEADLINE) - 1)
        labels[point] = 1 - labels[point]
    return Dataset(HEADLINE, labels, "headline")


def three_samples(flipped: bool) -> Dataset:
    """Return three samples at x = 1 with labels + + +, or + + − if flipped.

    Without a bias the loss of + + − is least where h(1) = 2/3, at w = ln 2; that of + + + falls for ever.

    Parameters
    ----------
    flipped : bool
        Whether the third label is 0.

    Returns
    -------
    Dataset
        One feature.

    Examples
    --------
    >>> three_samples(flipped=True).y.tolist()
    [1, 1, 0]
    """
    flipped = checked_flag("flipped", flipped)
    return Dataset([[1.0]] * 3, [1, 1, 0 if flipped else 1], "+ + −" if flipped else "+ + +")


def four_points(flipped: bool = False) -> Dataset:
    """Return x = −2, −1, 1, 2 with labels 0, 1, 1, 1: few enough to multiply their probabilities by hand.

    Without a bias the likelihood is greatest at w = 1.012; with the label at −1 flipped it climbs to 1 for ever.

    Parameters
    ----------
    flipped : bool
        Whether the label at −1 is 0.

    Returns
    -------
    Dataset
        One feature.

    Examples
    --------
    >>> four_points().y.tolist()
    [0, 1, 1, 1]
    """
    second = 0 if checked_flag("flipped", flipped) else 1
    name = "four points, apart" if flipped else "four points"
    return Dataset([[-2.0], [-1.0], [1.0], [2.0]], [0, second, 1, 1], name)


def hairs_breadth(gap: float) -> Dataset:
    """Return two classes that face each other across the line x₁ = 0 with this gap: the same set but for two points.

    Class 1 has a point at (gap/2, 0) and pairs at (k/20, ±1), k = 1 … 10; class 0 has their negatives. By symmetry
    w₂ = 0 and b = 0 in every run from zero.

    Parameters
    ----------
    gap : float
        Above 0: separable, with margin gap/2 up to a gap of 0.1. 0: the two points touch. Below 0: the classes overlap
        that deep.

    Returns
    -------
    Dataset
        42 points.

    Examples
    --------
    >>> from logreg.certificates.separability import check_separability
    >>> [check_separability(hairs_breadth(gap), fit_bias=False).kind for gap in (-0.01, 0.0, 0.01)]
    ['overlapping', 'quasi-separable', 'separable']
    """
    gap = checked_number("gap", gap)
    ones = [(gap / 2, 0.0), *((depth, height) for depth in _DEPTHS for height in (1.0, -1.0))]
    zeros = [(-x1, -x2) for x1, x2 in ones]
    return Dataset([*ones, *zeros], [1] * len(ones) + [0] * len(zeros), "a hair's breadth")


def online_course() -> Dataset:
    """Return the six points in the plane that a well-known online course trains on: separable, which it never says.

    Three points of each class; the registry has them too.

    Examples
    --------
    >>> online_course().y.tolist()
    [0, 0, 0, 1, 1, 1]
    """
    return make_dataset("online_course")


def online_course_line() -> Dataset:
    """Return the course's other set: x = 0 … 5 on a line, the first three of class 0. Separable as well.

    One feature.

    Examples
    --------
    >>> online_course_line().X.ravel().tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    """
    return Dataset([[float(x)] for x in range(6)], [0, 0, 0, 1, 1, 1], "x = 0 … 5")


def nielsens_neuron() -> Dataset:
    """Return the single sample x = 1, y = 0 that Nielsen trains one neuron on (Neural Networks and Deep Learning, 3).

    One feature, one class: separable by the bias alone.

    Examples
    --------
    >>> nielsens_neuron().n_samples
    1
    """
    return Dataset([[1.0]], [0], "Nielsen's neuron")


def wus_toy() -> Dataset:
    """Return the four points on which Wu, Bartlett, Telgarsky and Yu (2024) try large steps: separable, γ = 0.2.

    Two features; separable through the origin.

    Examples
    --------
    >>> wus_toy().signed_samples(fit_bias=False).tolist()
    [[1.0, 0.2], [-2.0, 0.2], [1.0, 0.2], [-2.0, 0.2]]
    """
    return Dataset.from_signs([[1, 0.2], [-2, 0.2], [-1, -0.2], [2, -0.2]], [1, 1, -1, -1], "Wu's toy")


def cycling_points() -> Dataset:
    """Return 34 points at 1 and one at −13.141, all of class 1: descent with 0.9 of the limit goes round for ever.

    One feature; overlapping without a bias.

    Examples
    --------
    >>> cycling_points().n_samples
    35
    """
    return Dataset([[1.0]] * 34 + [[-13.141]], [1] * 35, "34 points against one")


def moved_headline() -> Dataset:
    """Return the lecture's clouds moved by (3, 3): a line separates them, but none through the origin.

    16 points.

    Examples
    --------
    >>> moved_headline().X[0].tolist()
    [3.5, 4.5]
    """
    plain = headline()
    return Dataset(plain.X + 3.0, plain.y, "headline, moved by (3, 3)")


def around_zero() -> Dataset:
    """Return six points on a line with 0 off the middle of their gap: −9, −8, −7 of class 0, 3, 4, 5 of class 1.

    One feature; the middle of the gap is at −2.

    Examples
    --------
    >>> around_zero().X.ravel().tolist()
    [-9.0, -8.0, -7.0, 3.0, 4.0, 5.0]
    """
    return Dataset([[-9.0], [-8.0], [-7.0], [3.0], [4.0], [5.0]], [0, 0, 0, 1, 1, 1], "six points on a line")


def rare_class() -> Dataset:
    """Draw 300 points, 14 of them of class 1 (4.7 %), from two overlapping round Gaussian classes, centred.

    Two features, each of mean 0.

    Examples
    --------
    >>> int(rare_class().y.sum())
    14
    """
    labels = np.repeat([0, 1], [286, 14])
    noise = np.random.default_rng(0).normal(size=(300, 2))
    return centred(Dataset(noise + 0.5 * (2.0 * labels - 1.0)[:, None], labels, "a rare class"))


def train_and_held_out() -> tuple[Dataset, Dataset]:
    """Draw a training sample and a held-out one from the same two round Gaussian classes, which overlap.

    A line through the origin separates the 40 training points, though no line separates the population: the best
    possible accuracy is Φ(1.2·√2) = 0.955.

    Returns
    -------
    tuple of Dataset
        40 and 2,000 points, half of them of class 1: two features, centres ∓(1.2, 1.2), unit variance.

    Examples
    --------
    >>> [data.n_samples for data in train_and_held_out()]
    [40, 2000]
    """
    return _two_classes(40, 17, "Training sample"), _two_classes(2000, 18, "Held-out sample")


def _two_classes(n_samples: int, seed: int, name: str) -> Dataset:
    labels = np.repeat([0, 1], n_samples // 2)
    noise = np.random.default_rng(seed).normal(size=(n_samples, 2))
    return Dataset(noise + _CENTRE * (2.0 * labels - 1.0)[:, None], labels, name)
