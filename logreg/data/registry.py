"""The registry of made data, the first stop of the path: the menu, the link and the tests all read `DATASETS`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from logreg.data import makers
from logreg.data.checks import checked_choice
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.knobs import (
    BALANCE,
    CLEAR_GAP,
    DECADES,
    DISTANCE,
    FLIPS,
    GAP,
    INNER,
    LABEL,
    N_SAMPLES,
    NOISE,
    OFFSET,
    OVERLAP,
    POSE,
    ROTATION,
    SEED,
    SPREAD,
    XOR_SPREAD,
    Knob,
)


@dataclass(frozen=True)
class DatasetSpec:
    """Describe one data set of the registry.

    Parameters
    ----------
    name, title, description : str
        The key, the heading, and one line on what to expect.
    knobs : tuple of Knob
        What can be set besides `n_samples` and `seed`.
    place : callable
        The maker that places both classes' points (see `logreg.data.makers`).
    planted : int
        How many first points of each class `label_flips` leaves alone.
    size : int or None
        How many points there are where that is fixed.
    flip_index : int or None
        The point whose flipped label makes the data separable, where there is such a promise.
    features : tuple of str
        What the two coordinates are, with their unit, where they were measured; else nothing.

    Examples
    --------
    >>> DATASETS["xor"].defaults["spread"]
    0.25
    """

    name: str
    title: str
    description: str
    knobs: tuple[Knob, ...]
    place: makers.Maker = field(repr=False)
    planted: int = 1
    size: int | None = None
    flip_index: int | None = None
    features: tuple[str, ...] = ()

    @property
    def defaults(self) -> dict[str, float]:
        """Each knob's default by its name."""
        return {knob.name: knob.default for knob in self.knobs}

    @property
    def default_size(self) -> int:
        """How many points there are unless told otherwise."""
        return int(N_SAMPLES.default) if self.size is None else self.size

    def make(self, *, n_samples: int | None = None, seed: int = 0, **knobs: float) -> Dataset:
        """Make the data: `make_dataset` for this name."""
        return make_dataset(self.name, n_samples=n_samples, seed=seed, **knobs)


_PETALS = ("petal length in cm", "petal width in cm")

_SPECS = (
    DatasetSpec(
        "separable_blobs",
        "Separable blobs",
        "Two blobs with a free strip between them, exactly as wide as the gap before any label is flipped.",
        (GAP, SPREAD, BALANCE, FLIPS, *POSE),
        makers.separable,
    ),
    DatasetSpec(
        "overlapping_blobs",
        "Overlapping blobs",
        "Two blobs that reach into each other.",
        (OVERLAP, SPREAD, BALANCE, FLIPS, *POSE),
        makers.overlapping,
        planted=2,
    ),
    DatasetSpec(
        "hairs_breadth",
        "A hair's breadth apart",
        "Made with a gap of 10^-k: no picture and no finite curve can tell it from touching or overlapping.",
        (DECADES, SPREAD, BALANCE, *POSE),
        makers.hairs_breadth,
    ),
    DatasetSpec(
        "one_flip_from_separable",
        "One flip from separable",
        "Two separate blobs and one stray label, the first point's: flip it back, and see what changes.",
        (CLEAR_GAP, SPREAD, BALANCE, *POSE),
        makers.one_flip,
        flip_index=0,
    ),
    DatasetSpec(
        "quasi_separable",
        "Quasi-separable",
        "Points of both classes share a place on one line; all others lie on their own side of it.",
        (SPREAD, BALANCE, *POSE),
        makers.quasi_separable,
        planted=2,
    ),
    DatasetSpec(
        "bias_only",
        "Separable only with a bias",
        "Two blobs on the same side of the origin, one behind the other.",
        (CLEAR_GAP, DISTANCE, SPREAD, BALANCE, ROTATION),
        makers.bias_only,
    ),
    DatasetSpec(
        "one_class",
        "One class only",
        "Every point has the same label.",
        (LABEL, SPREAD, *POSE),
        makers.one_class,
    ),
    DatasetSpec(
        "moons",
        "Moons",
        "Two interleaving half circles: a line gets most points right, seldom all.",
        (NOISE, BALANCE, FLIPS, *POSE),
        makers.moons,
    ),
    DatasetSpec(
        "circles",
        "Circles",
        "One class surrounds the other: a line is of little use.",
        (INNER, NOISE, BALANCE, FLIPS, *POSE),
        makers.circles,
    ),
    DatasetSpec(
        "xor",
        "XOR",
        "Each class sits on two opposite corners: with four equal corners and no spread the best weights are zero.",
        (XOR_SPREAD, BALANCE, FLIPS, *POSE),
        makers.xor,
    ),
    DatasetSpec(
        "iris_setosa_versicolor",
        "Iris: setosa and versicolor",
        "Petal length and width of 100 flowers of two species, in cm.",
        (FLIPS, OFFSET),
        makers.iris_setosa_versicolor,
        size=100,
        features=_PETALS,
    ),
    DatasetSpec(
        "iris_versicolor_virginica",
        "Iris: versicolor and virginica",
        "Petal length and width of 100 flowers of two species, in cm.",
        (FLIPS, OFFSET),
        makers.iris_versicolor_virginica,
        size=100,
        features=_PETALS,
    ),
    DatasetSpec(
        "online_course",
        "Online course's six points",
        "Six points of a well-known course's exercises, where nobody says that they are separable.",
        POSE,
        makers.online_course,
        size=6,
    ),
)

DATASETS: Mapping[str, DatasetSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
"""Every made data set by its name, in the order of the menu."""


def make_dataset(name: str, *, n_samples: int | None = None, seed: int = 0, **knobs: float) -> Dataset:
    """Make a data set of the registry.

    The maker's points, turned about the origin by `rotation`, then shifted by `offset` along both axes, then with
    `label_flips` labels flipped. Class 0 comes first. The same arguments give the same bits.

    Parameters
    ----------
    name : str
        A key of `DATASETS`.
    n_samples : int or None
        Number of points, 4 to 2000, or the spec's `size` where that is fixed; None is 100, or that size.
    seed : int
        Seeds a generator of its own.
    **knobs : float
        Values for the spec's knobs; the others keep their defaults.

    Returns
    -------
    Dataset
        With two features; named by the spec's title and the number of labels flipped.

    Raises
    ------
    ValueError
        If the name or a knob is unknown, or a value is out of its range.

    Notes
    -----
    Each class has at least two points before label flips and one after them (`one_class` aside). `label_flips` spares
    the planted points that keep this promise, so a tiny data set may flip fewer than asked; its name tells how many.

    Examples
    --------
    >>> make_dataset("separable_blobs", n_samples=10, gap=0.5).n_samples
    10
    """
    spec = DATASETS[checked_choice("name", name, *DATASETS)]
    values = _checked_knobs(spec, knobs)
    total = int(N_SAMPLES.checked(spec.default_size if n_samples is None else n_samples))
    rng = np.random.default_rng(int(SEED.checked(seed)))
    if spec.size not in (None, total):
        raise ValueError(f"n_samples: expected {spec.size}, the fixed size of {name}, got {total}.")
    n_ones = min(max(round(total * values.get("balance", 0.5)), 2), total - 2)
    zeros, ones = spec.place(rng, total - n_ones, n_ones, values)
    points = _rotated(np.concatenate([zeros, ones]), values.get("rotation", 0.0)) + values.get("offset", 0.0)
    labels = np.repeat([0, 1], [len(zeros), len(ones)])
    flipped = _flip_choice(rng, len(zeros), len(ones), spec.planted, int(values.get("label_flips", 0)))
    labels[flipped] = 1 - labels[flipped]
    return Dataset(points, labels, spec.title + _flips_in_words(len(flipped)))


def _checked_knobs(spec: DatasetSpec, given: Mapping[str, float]) -> dict[str, float]:
    known = spec.defaults
    for name in given:
        if name not in known:
            raise ValueError(f"{name}: expected a knob of {spec.name} ({', '.join(known)}), got an unknown one.")
    return {knob.name: knob.checked(given.get(knob.name, knob.default)) for knob in spec.knobs}


def _rotated(points: FloatArray, degrees: float) -> FloatArray:
    quarter_turns, rest = divmod(degrees, 90.0)
    if rest == 0.0:  # cos(90 degrees) is 6e-17 in float64; a quarter turn shall be exact
        cos, sin = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter_turns) % 4]
    else:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    # Coordinate by coordinate: a matrix product may round equal rows differently, and then shared positions part.
    x, y = points[:, 0], points[:, 1]
    return np.column_stack([cos * x - sin * y, sin * x + cos * y])


def _flip_choice(rng: np.random.Generator, n_zeros: int, n_ones: int, planted: int, n_flips: int) -> NDArray[np.int64]:
    free = np.concatenate([np.arange(planted, n_zeros), np.arange(n_zeros + planted, n_zeros + n_ones)])
    return np.asarray(rng.choice(free, size=min(n_flips, len(free)), replace=False))


def _flips_in_words(count: int) -> str:
    return f", {count} label{'s' if count > 1 else ''} flipped" if count else ""
