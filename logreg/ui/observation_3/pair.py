"""A and B with their runs, computed once for everyone who asks for the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

import numpy as np
import streamlit as st

from logreg.certificates.separability import Kind, check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline, three_samples
from logreg.data.transforms import flip_label
from logreg.theory.asymptotics import Asymptotics, asymptotics
from logreg.theory.directions import LeastCost, least_cost
from logreg.theory.flow import FlowResult, continue_run
from logreg.theory.growth import Growth, growth
from logreg.theory.laws import first_reliable_record
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trajectory import Trajectory
from logreg.ui.observation_3.side import FLOW_UNTIL, YEAR, Side
from logreg.ui.results import analyse, dataset_key, runs

N_STEPS = 100_000
_BY_POINTS: dict[str | type[Any], Callable[[Any], Any]] = {Dataset: dataset_key}
Flip = Literal["overlapping", "quasi-separable", "slow"]
"""What a scene wants of B: points that overlap, that stay on the line, or that barely overlap."""
_LECTURE_FLIPS: dict[Flip, tuple[float, float]] = {
    "overlapping": (2.6, 2.4),
    "quasi-separable": (0.5, 1.5),
    "slow": (1.2, 3.0),
}
MOST_CANDIDATES = 24
"""How many flips of one label are tried at most."""

SOLVER = Lock()
"""To be held while gradient flow is computed: it hides the solver's warnings for the whole process."""


@dataclass(frozen=True, eq=False)
class Pair:
    """Hold two data sets that differ in one label.

    Parameters
    ----------
    a, b : Side
        Before and after the flip.
    flipped : int
        Which point's label differs.
    """

    a: Side
    b: Side
    flipped: int

    @property
    def sides(self) -> tuple[Side, Side]:
        """A and B."""
        return self.a, self.b

    @property
    def fit_bias(self) -> bool:
        """Whether the runs have a bias."""
        return self.a.fit_bias

    @property
    def learning_rate(self) -> float:
        """η of both runs: it depends on the points, not on their labels."""
        return self.a.trajectory.learning_rate

    @property
    def targets(self) -> tuple[float | None, float | None]:
        """The lengths that the runs tend to."""
        return self.a.target, self.b.target


def make_pair(dataset: Dataset, flipped: int, fit_bias: bool, n_steps: int = N_STEPS, flow: bool = False) -> Pair:
    """Return a data set and itself with one label flipped, with their runs.

    Parameters
    ----------
    dataset : Dataset
        A; one or two features.
    flipped : int
        Which point.
    fit_bias : bool
        Whether the runs have a bias.
    n_steps : int
        The step limit.
    flow : bool
        Whether to continue to `FLOW_UNTIL`.

    Raises
    ------
    ValueError
        If the points are too large or too small to train on.
    """
    a = make_side("A", dataset, fit_bias, n_steps, flow)
    return Pair(a, make_side("B", flip_label(dataset, flipped), fit_bias, n_steps, flow), flipped)


def by_hand_pair(flow: bool = False) -> Pair:
    """Return the three samples at x = 1, without a bias."""
    return make_pair(three_samples(flipped=False), 2, fit_bias=False, flow=flow)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_BY_POINTS)
def make_side(name: str, dataset: Dataset, fit_bias: bool, n_steps: int = N_STEPS, flow: bool = False) -> Side:
    """Train on a data set and find out what is known of it; as `make_pair`, which makes two."""
    config = TrainingConfig(n_steps=n_steps, objective=Objective(fit_bias=fit_bias))
    run = runs().run(dataset, config)
    return Side(
        name=name,
        analysis=analyse(dataset, config.objective),
        law=_law(dataset, fit_bias),
        growth=_growth(run),
        trajectory=run,
        n_steps=n_steps,
        flow=_continued(run) if flow else None,
    )


def _law(dataset: Dataset, fit_bias: bool) -> Asymptotics | None:
    try:
        return asymptotics(dataset, fit_bias=fit_bias)
    except ValueError:  # margin or optimum out of float64's reach
        return None


def _growth(run: Trajectory) -> Growth | None:
    """Return how the length goes on from the first record on at which every margin is 3."""
    fit_bias = run.config.objective.fit_bias
    first = first_reliable_record(run.dataset, run.weights, run.bias, fit_bias=fit_bias)
    if first is None:
        return None
    eta, length = run.learning_rate, float(run.parameter_norm[first])
    try:
        return growth(run.dataset, eta * float(run.steps[first]), length, eta * YEAR, fit_bias=fit_bias)
    except ValueError:  # no penalty gives that length, as far as float64 can tell
        return None


def _continued(run: Trajectory) -> FlowResult | None:
    try:
        with SOLVER:
            return continue_run(run, FLOW_UNTIL * run.learning_rate)
    except ValueError:  # later than a float64 run can be, or points too small
        return None


def default_flip(dataset: Dataset, wanted: Flip, fit_bias: bool) -> int:
    """Return the point whose flip shows best what a scene is about.

    Parameters
    ----------
    dataset : Dataset
        The points.
    wanted : {"overlapping", "quasi-separable", "slow"}
        What B is to be after the flip.
    fit_bias : bool
        Whether lines may miss the origin.

    Returns
    -------
    int
        Of the headline's points the lecture's; of others the first of at most 24 that does it, or else the first.

    Examples
    --------
    >>> HEADLINE[default_flip(headline(), "slow", fit_bias=False)]
    (1.2, 3.0)
    """
    if dataset.X.shape == (len(HEADLINE), 2) and dataset_key(dataset) == dataset_key(headline()):
        return HEADLINE.index(_LECTURE_FLIPS[wanted])
    return first_flip(dataset, "overlapping" if wanted == "slow" else wanted, fit_bias)


def flips_tried(dataset: Dataset) -> str:
    """Return which flips of one label `first_flip` has tried, as the subject of a sentence that says none does it."""
    return "No flip" if dataset.n_samples <= MOST_CANDIDATES else f"None of {MOST_CANDIDATES} flips"


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_BY_POINTS)
def first_flip(dataset: Dataset, wanted: Kind, fit_bias: bool) -> int:
    """Return the first of at most `MOST_CANDIDATES` points whose flip makes a set of this kind, or else 0."""
    candidates = np.unique(np.linspace(0, dataset.n_samples - 1, MOST_CANDIDATES).astype(int)).tolist()
    for index in candidates:
        if check_separability(flip_label(dataset, index), fit_bias=fit_bias).kind == wanted:
            return int(index)
    return 0


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_BY_POINTS)
def cheapest(dataset: Dataset, fit_bias: bool) -> LeastCost:
    """Return what the cheapest direction costs."""
    return least_cost(dataset, fit_bias=fit_bias)
