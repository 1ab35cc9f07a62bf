"""What the pages show, computed once for everyone who asks for the same: runs, verdicts, optima."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from math import hypot
from threading import Lock

import numpy as np
import streamlit as st

from logreg.certificates.margin import MarginOutOfReach, MaxMargin, max_margin
from logreg.certificates.optimum import NoFiniteOptimum, OptimumOutOfReach, is_unique, optimum
from logreg.certificates.polytope import BiasKind
from logreg.certificates.separability import Kind, Separability, check_separability
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.data.transforms import centred
from logreg.training.config import TrainingConfig
from logreg.training.model import Model, sigmoid
from logreg.training.objective import Objective, loss, smoothness
from logreg.training.stationarity import is_stationary
from logreg.training.trajectory import Trajectory
from logreg.ui.shelf import Shelf
from logreg.ui.slices import in_slices

LONG_RUN = 100_000
"""Runs of more steps than this start by a button."""

FIRST_STEPS = 1_000
"""What is shown at once, while the rest of a run is being done."""

_MOST_BYTES = 64 * 2**20  # of runs; one of a million steps has 130 KB
_MOST_OF_POINTS, _MOST_OF_ANALYSES = 8 * 2**20, 16 * 2**20  # bytes; 100 points have 3 KB, their analysis 7
_ROUNDING = 2.0**-48  # of a sum, by the sizes of what it adds up
_SMALL_MARGIN = 1e-9


def dataset_key(dataset: Dataset) -> str:
    """Return a key of the points, labels and name, for caches."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (repr(dataset.X.shape).encode(), dataset.X.tobytes(), dataset.y.tobytes(), dataset.name.encode()):
        digest.update(part)
    return digest.hexdigest()


@dataclass(frozen=True)
class Source:
    """Name a made data set and everything that decides its points."""

    name: str
    n_samples: int
    seed: int
    knobs: tuple[tuple[str, float], ...]


_made, _centred = Shelf[Dataset](_MOST_OF_POINTS), Shelf[Dataset](_MOST_OF_POINTS)


def made_dataset(source: Source) -> Dataset:
    """Make the points that the controls ask for."""
    n_samples, seed, knobs = source.n_samples, source.seed, dict(source.knobs)
    return _made.once(source, lambda: make_dataset(source.name, n_samples=n_samples, seed=seed, **knobs))


def centred_dataset(dataset: Dataset) -> Dataset:
    """Subtract each feature's mean."""
    return _centred.once(dataset_key(dataset), lambda: centred(dataset))


@dataclass(frozen=True, eq=False)
class Analysis:
    """Hold what can be said of an objective before any training.

    Parameters
    ----------
    dataset : Dataset
        The points.
    objective : Objective
        What is trained on them.
    separability : Separability
        The verdict and its proof.
    proof_margin : MaxMargin or None
        Of separable data: the line farthest from all points, through the origin without a bias. None for one class
        with a bias, which has none, and where float64 cannot hold it.
    limit : MaxMargin or None
        Of separable data: the direction that gradient descent on the unpenalised loss tends to.
    optimum : Model or None
        The minimiser.
    optimum_loss : float or None
        The objective there.
    is_zero : bool
        Whether the minimiser is proved to be exactly 0.
    is_near_zero, has_no_weights : bool
        Whether it, or its w, is 0 as far as float64 can tell: the pulls of the points cancel there, to rounding.
    is_unique : bool
        Whether it is the only minimiser; if not, it is the one of smallest ‖(w, b)‖.
    no_optimum : str or None
        What a chart says where there is no `optimum`: it does not exist, or float64 cannot reach it.
    smoothness : float
        L of the objective: the loss never rises while η < 2/L.
    """

    dataset: Dataset
    objective: Objective
    separability: Separability
    proof_margin: MaxMargin | None
    limit: MaxMargin | None
    optimum: Model | None
    optimum_loss: float | None
    is_zero: bool
    is_near_zero: bool
    has_no_weights: bool
    is_unique: bool
    no_optimum: str | None
    smoothness: float

    @property
    def kind(self) -> Kind:
        """The verdict."""
        return self.separability.kind

    @property
    def one_class(self) -> bool:
        """Whether all labels are the same and the bias alone gets them right."""
        return self.objective.fit_bias and len(set(self.dataset.y.tolist())) == 1

    @property
    def has_minimum(self) -> bool:
        """Whether a minimiser exists, within float64's reach or not."""
        return self.no_optimum != NO_MINIMUM

    def optimum_norm(self, quantity: str) -> float | None:
        """Return ‖w*‖, or ‖(w*, b*)‖ for "parameter_norm"; None where there is no optimum."""
        if self.optimum is None:
            return None
        return hypot(*self.optimum.weights, self.optimum.bias if quantity == "parameter_norm" else 0.0)


NO_MINIMUM, OUT_OF_REACH = "no minimum", "a minimum, out of float64's reach"


_analyses = Shelf[Analysis](_MOST_OF_ANALYSES)


def analyse(dataset: Dataset, objective: Objective) -> Analysis:
    """Return verdict, margins and optimum of the objective that is trained."""
    return _analyses.once((dataset_key(dataset), objective), lambda: _analysed(dataset, objective))


def _analysed(dataset: Dataset, objective: Objective) -> Analysis:
    zero = Model(np.zeros(dataset.n_features))
    is_zero = is_stationary(dataset, objective, objective.parameters(zero))
    minimiser, missing = (zero, None) if is_zero else _optimum(dataset, objective)
    beside = Model(zero.weights, 0.0 if minimiser is None else minimiser.bias)
    moving = range(dataset.n_features + objective.fit_bias)
    return Analysis(
        dataset,
        objective,
        *_certified(dataset, objective.fit_bias),
        optimum=minimiser,
        optimum_loss=None if minimiser is None else loss(minimiser, dataset, objective),
        is_zero=is_zero,
        is_near_zero=minimiser is not None and _cancels(dataset, zero, minimiser, moving),
        has_no_weights=minimiser is not None and _cancels(dataset, beside, minimiser, moving[: dataset.n_features]),
        is_unique=is_unique(dataset, objective),
        no_optimum=missing,
        smoothness=smoothness(dataset, objective),
    )


def _optimum(dataset: Dataset, objective: Objective) -> tuple[Model | None, str | None]:
    try:
        return optimum(dataset, objective), None
    except NoFiniteOptimum:
        return None, NO_MINIMUM
    except OptimumOutOfReach:
        return None, OUT_OF_REACH


def _cancels(dataset: Dataset, place: Model, minimiser: Model, columns: range) -> bool:
    """Return whether the minimiser is this place as far as float64 can tell: the pulls of all points cancel there."""
    rows = dataset.signed_samples()
    with np.errstate(all="ignore"):
        pulls = sigmoid(-(rows @ place.parameters))[:, None] * rows[:, columns]
        cancel = np.abs(pulls.sum(axis=0)) <= _ROUNDING * np.abs(pulls).sum(axis=0)
        apart = np.abs(rows @ (minimiser.parameters - place.parameters))
        return bool(cancel.all() and (apart < _SMALL_MARGIN).all())


Certificates = tuple[Separability, MaxMargin | None, MaxMargin | None]
_certificates = Shelf[Certificates](_MOST_OF_ANALYSES)


def _certified(dataset: Dataset, fit_bias: bool) -> Certificates:
    """Return verdict, margin that is drawn, and margin that descent tends to: whatever the penalty."""
    return _certificates.once((dataset_key(dataset), fit_bias), lambda: _proved(dataset, fit_bias))


def _proved(dataset: Dataset, fit_bias: bool) -> Certificates:
    verdict = check_separability(dataset, fit_bias=fit_bias)
    if verdict.kind != "separable":
        return verdict, None, None
    if not fit_bias:
        return verdict, (margin := _margin(dataset, "none")), margin
    two_classes = 0 < dataset.y.sum() < dataset.n_samples
    return verdict, _margin(dataset, "free") if two_classes else None, _margin(dataset, "augmented")


def _margin(dataset: Dataset, bias: BiasKind) -> MaxMargin | None:
    try:
        return max_margin(dataset, bias)
    except MarginOutOfReach:
        return None


class Runs:
    """Keep the latest runs of this server, and let one long run go at a time.

    Parameters
    ----------
    most : int
        How many bytes of runs are kept.
    """

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._runs = Shelf[Trajectory](most)
        self._long_run = Lock()

    def run(self, dataset: Dataset, config: TrainingConfig) -> Trajectory:
        """Return what has been done of the run, at least its first `LONG_RUN` steps."""
        return self._kept(dataset, config) or self._train(dataset, _held(config, LONG_RUN))

    def first(self, dataset: Dataset, config: TrainingConfig) -> Trajectory:
        """Return what has been done of the run; otherwise, at once, no more than its first steps."""
        done = self._kept(dataset, config) or self._kept(dataset, _held(config, LONG_RUN))
        return done or self._train(dataset, _held(config, FIRST_STEPS))

    def go_on(self, dataset: Dataset, config: TrainingConfig) -> Trajectory:
        """Return more of the run than has been done: `LONG_RUN` steps, and then as many again each time.

        Nobody's browser asks for more once its page is closed, so a run that nobody watches ends there.
        """
        with self._long_run:
            done = self.first(dataset, config)  # another visitor may have gone on with it meanwhile
            if done.config.n_steps < LONG_RUN:
                return self._train(dataset, _held(config, LONG_RUN), done)
            chunk = _held(config, done.config.n_steps + LONG_RUN)
            return self._runs.put((dataset_key(dataset), config), in_slices(dataset, chunk, done))

    def _train(self, dataset: Dataset, config: TrainingConfig, done: Trajectory | None = None) -> Trajectory:
        return self._runs.once((dataset_key(dataset), config), lambda: in_slices(dataset, config, done))

    def _kept(self, dataset: Dataset, config: TrainingConfig) -> Trajectory | None:
        return self._runs.find((dataset_key(dataset), config))


def _held(config: TrainingConfig, most: int) -> TrainingConfig:
    return replace(config, n_steps=min(config.n_steps, most))


@st.cache_resource(show_spinner=False)
def runs() -> Runs:
    """Return this server's store of runs."""
    return Runs()
