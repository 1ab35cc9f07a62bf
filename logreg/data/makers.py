"""The geometry behind the registry: each maker places the points of both classes, before any rotation, shift or flip.

A maker takes a generator, the sizes of class 0 and class 1, and the knobs; it returns the points of class 0 and those
of class 1, each of shape (n, 2). Planted points, which carry a data set's promise, come first in their class. The
classes face each other along the first axis: class 0 left, class 1 right. Inner points keep a clear distance from every
planted extreme, so that rounding in a later rotation or shift cannot break a promise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from logreg.data.dataset import FloatArray

Points = tuple[FloatArray, FloatArray]
Maker = Callable[[np.random.Generator, int, int, Mapping[str, float]], Points]

CLEARANCE = 0.05  # of the spread: how far inner points stay behind the planted extreme of their class
TOUCH_CLEARANCE = 0.25  # the same for quasi-separable data, where it must be seen


def separable(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two blobs whose extreme points lie opposite each other, exactly `gap` apart."""
    half, spread = knobs["gap"] / 2, knobs["spread"]
    zeros = [np.array([[-half, 0.0]]), _blob_behind(rng, n_zeros - 1, half, spread, side=-1)]
    ones = [np.array([[half, 0.0]]), _blob_behind(rng, n_ones - 1, half, spread, side=1)]
    return np.concatenate(zeros), np.concatenate(ones)


def hairs_breadth(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two separable blobs with a gap of 10^-decades."""
    return separable(rng, n_zeros, n_ones, {**knobs, "gap": 10.0 ** -knobs["decades"]})


def overlapping(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two blobs that reach `overlap` deep into each other.

    The first two points of each class form two segments that mirror each other in the second axis and so cross in their
    interiors. They alone rule out every separating line, strict or not, wherever the other points fall.
    """
    half, spread = knobs["overlap"] / 2, knobs["spread"]
    depth, height = spread * rng.uniform(0.5, 1.5), spread * rng.uniform(0.5, 1.0) * rng.choice([-1.0, 1.0])
    segment = np.array([[-half, 0.0], [half + depth, height]])
    ones = [segment, _blob_behind(rng, n_ones - 2, -half, spread, side=1)]
    zeros = [segment * [-1.0, 1.0], _blob_behind(rng, n_zeros - 2, -half, spread, side=-1)]
    return np.concatenate(zeros), np.concatenate(ones)


def one_flip(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two blobs `gap` apart and one stray of class 0, the first point, behind the front of class 1.

    The segment from the stray to the extreme point of class 0 crosses the front of class 1, so the data overlap; with
    the stray's label flipped the slab between the classes is free.
    """
    zeros, ones = _facing_a_front(rng, n_zeros - 1, n_ones, knobs["gap"], knobs["spread"])
    stray = [knobs["gap"] / 2 + knobs["spread"] * rng.uniform(1.0, 2.0), knobs["spread"] * rng.uniform(-0.3, 0.3)]
    return np.concatenate([[stray], zeros]), ones


def bias_only(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two separable blobs on the same side of the origin.

    Seen from the origin, class 0's extreme point lies inside the angle that the front of class 1 spans: no line through
    the origin parts them.
    """
    zeros, ones = _facing_a_front(rng, n_zeros, n_ones, knobs["gap"], knobs["spread"])
    away = np.array([knobs["distance"], 0.0])
    return zeros + away, ones + away


def quasi_separable(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two blobs on their sides of a line, and on the line points of both classes at the same positions.

    Two positions (one if there are just four points). Never three: rounded, they would no longer be in line, and the
    classes would overlap. Equal coordinates stay equal through every rotation and shift.
    """
    spread = knobs["spread"]
    heights = spread * rng.uniform(0.5, 1.0, size=2 if n_zeros + n_ones > 4 else 1)
    touching = np.column_stack([np.zeros_like(heights), heights * [1.0, -1.0][: len(heights)]])
    away = TOUCH_CLEARANCE * spread
    zeros = [touching, _blob_behind(rng, n_zeros - len(touching), away, spread, side=-1)]
    ones = [touching, _blob_behind(rng, n_ones - len(touching), away, spread, side=1)]
    return np.concatenate(zeros), np.concatenate(ones)


def one_class(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place one blob, all of it in the class `label`."""
    blob, nobody = rng.normal(scale=knobs["spread"], size=(n_zeros + n_ones, 2)), np.empty((0, 2))
    return (nobody, blob) if knobs["label"] else (blob, nobody)


def moons(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place two interleaving half circles of radius 1."""
    upper, lower = np.linspace(0.0, np.pi, n_zeros), np.linspace(0.0, np.pi, n_ones)
    zeros = np.column_stack([np.cos(upper), np.sin(upper)])
    ones = np.column_stack([1.0 - np.cos(lower), 0.5 - np.sin(lower)])
    return _jittered(rng, zeros, knobs["noise"]), _jittered(rng, ones, knobs["noise"])


def circles(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place class 0 on a circle of radius 1 and class 1 on a smaller one inside it."""
    zeros, ones = _circle(n_zeros), knobs["inner_radius"] * _circle(n_ones)
    return _jittered(rng, zeros, knobs["noise"]), _jittered(rng, ones, knobs["noise"])


def xor(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place class 0 around (-1, -1) and (1, 1), class 1 around (-1, 1) and (1, -1), in turn."""
    corner = np.where(np.arange(max(n_zeros, n_ones)) % 2 == 0, -1.0, 1.0)
    zeros = np.column_stack([corner, corner])[:n_zeros]
    ones = np.column_stack([corner, -corner])[:n_ones]
    return _jittered(rng, zeros, knobs["spread"]), _jittered(rng, ones, knobs["spread"])


def iris_setosa_versicolor(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Return petal length and width, in cm, of 50 setosa (class 0) and 50 versicolor (class 1)."""
    return _iris_petals(0), _iris_petals(1)


def iris_versicolor_virginica(
    rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]
) -> Points:
    """Return petal length and width, in cm, of 50 versicolor (class 0) and 50 virginica (class 1)."""
    return _iris_petals(1), _iris_petals(2)


def online_course(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Return the three points of each class that a well-known online course trains on."""
    return np.array([(0.5, 1.5), (1.0, 1.0), (1.5, 0.5)]), np.array([(3.0, 0.5), (2.0, 2.0), (1.0, 2.5)])


def _iris_petals(species: int) -> FloatArray:
    """Return the petals of species 0, 1 or 2: 50 each in Fisher's order (1936), corrected as R has them."""
    petals = np.loadtxt(Path(__file__).with_name("iris_petals.csv"), delimiter=",", skiprows=1, usecols=(0, 1))
    return np.asarray(petals[50 * species : 50 * (species + 1)])


def _blob_behind(rng: np.random.Generator, n: int, front: float, spread: float, *, side: int) -> FloatArray:
    """Draw n points of a round blob and push it behind the line side * x = front, by the clearance."""
    blob = rng.normal(scale=spread, size=(n, 2))
    if n:
        blob[:, 0] += front + CLEARANCE * spread - blob[:, 0].min()
    return np.asarray(blob * [float(side), 1.0])


def _facing_a_front(rng: np.random.Generator, n_zeros: int, n_ones: int, gap: float, spread: float) -> Points:
    """Place class 0's extreme point opposite the inside of a front: class 1's first two points, both at x = gap/2."""
    heights = spread * rng.uniform(0.5, 1.0, size=2) * [1.0, -1.0]
    front = np.column_stack([np.full(2, gap / 2), heights])
    zeros = [np.array([[-gap / 2, 0.0]]), _blob_behind(rng, n_zeros - 1, gap / 2, spread, side=-1)]
    ones = [front, _blob_behind(rng, n_ones - 2, gap / 2, spread, side=1)]
    return np.concatenate(zeros), np.concatenate(ones)


def _circle(n: int) -> FloatArray:
    angles = 2.0 * np.pi * np.arange(n) / n
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _jittered(rng: np.random.Generator, points: FloatArray, scale: float) -> FloatArray:
    return points + rng.normal(scale=scale, size=points.shape)
