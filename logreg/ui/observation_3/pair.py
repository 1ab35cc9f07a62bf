"""Everything that the scenes draw and say of A and B, computed once for everyone who asks for the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Literal

import numpy as np
import streamlit as st

from logreg.asymptotics import Asymptotics, asymptotics, row_space
from logreg.dataset import Dataset, FloatArray
from logreg.datasets import flip_label
from logreg.directions import LeastCost, least_cost
from logreg.figures.run_curve import RunCurve
from logreg.flow import FlowResult, continue_run
from logreg.lecture_sets import HEADLINE, headline, three_samples
from logreg.model import Model
from logreg.optimum import optimum
from logreg.separability import Kind, check_separability
from logreg.theory import first_reliable_record
from logreg.trainer import TrainingConfig
from logreg.trajectory import StopReason, Trajectory
from logreg.ui.results import Analysis, analyse, dataset_key, runs
from logreg.ui.stage import RunView

N_STEPS = 100_000
FLOW_UNTIL = 10**12
"""The step up to which gradient flow continues a run: a time of η · 10^12."""

_BY_POINTS: dict[str | type[Any], Callable[[Any], Any]] = {Dataset: dataset_key}
_DEFAULT_FLIP = {6: (0.5, 1.5), 7: (1.2, 3.0)}
_MOST_CANDIDATES = 24
_MOST_FOR_COST = 300  # least_cost takes n³ time with a bias
_ROUNDING = 1e-12
_SMALLEST_ANGLE = 1e-9  # degrees; below, an angle is what rounding makes of it

SOLVER = Lock()
"""To be held while gradient flow is computed: it hides the solver's warnings for the whole process."""

Quantity = Literal["weight_norm", "parameter_norm"]


@dataclass(frozen=True, eq=False)
class Side:
    """Hold one of the two data sets with its run and all that is known of it before training.

    Parameters
    ----------
    name : {"A", "B"}
        What the reader sees.
    dataset : Dataset
        One or two features.
    analysis : Analysis
        Verdict, margins, optimum.
    law : Asymptotics or None
        How its run ends; None where float64 cannot tell.
    trajectory : Trajectory
        From zero. A run that no step moves any more is held to the step limit, at the numbers it stays at.
    stopped_at : int or None
        The step from which on no step moves it, if there is one.
    reliable_from : int or None
        The first recorded step at which every margin (quasi-separable: of Z) is 3.
    flow : FlowResult or None
        The continuation by gradient flow, where it was asked for and float64 can do it.
    """

    name: str
    dataset: Dataset
    analysis: Analysis
    law: Asymptotics | None
    trajectory: Trajectory
    stopped_at: int | None
    reliable_from: int | None
    flow: FlowResult | None

    @property
    def kind(self) -> Kind:
        """The verdict."""
        return self.analysis.separability.kind

    @property
    def fit_bias(self) -> bool:
        """Whether the run has a bias."""
        return self.trajectory.config.fit_bias

    @property
    def one_class(self) -> bool:
        """Whether all labels are the same and the bias alone gets them right."""
        return self.fit_bias and len(set(self.dataset.y.tolist())) == 1

    @property
    def quantity(self) -> Quantity:
        """The length that the theory is of."""
        return "parameter_norm" if self.fit_bias else "weight_norm"

    @property
    def symbol(self) -> str:
        """‖w‖, or ‖(w, b)‖ with a bias."""
        return "‖(w, b)‖" if self.fit_bias else "‖w‖"

    @property
    def optimum_symbol(self) -> str:
        """‖w*‖, or ‖(w*, b*)‖ with a bias."""
        return "‖(w*, b*)‖" if self.fit_bias else "‖w*‖"

    @property
    def view(self) -> RunView:
        """The run as the stage takes it."""
        return RunView(self.name, self.trajectory, self.flow)

    @property
    def norms(self) -> FloatArray:
        """The length at every record of the run."""
        return np.asarray(getattr(self.trajectory, self.quantity))

    @property
    def optimum_norm(self) -> float | None:
        """The length of the optimum; None where there is none, or none within reach."""
        return self.analysis.optimum_norm(self.quantity)

    @property
    def zero_optimum(self) -> bool:
        """Whether the optimum is where the run starts, up to rounding."""
        size = float(np.linalg.norm(self.dataset.signed_rows(self.fit_bias), axis=1).max())
        return self.optimum_norm is not None and self.optimum_norm * size < _ROUNDING

    @property
    def target(self) -> float | None:
        """The length that the run tends to, unless that is zero."""
        return None if self.zero_optimum else self.optimum_norm

    @property
    def unique_optimum(self) -> bool:
        """Whether no direction leaves the loss as it is."""
        rows = self.dataset.signed_rows(self.fit_bias)
        return bool(len(row_space(rows)) == rows.shape[1])

    @property
    def infimum(self) -> float | None:
        """The infimum of the loss, attained or not."""
        return self.analysis.optimum_loss if self.law is None else self.law.inf_loss

    @property
    def per_decade(self) -> float | None:
        """What theory says that a decade of steps adds to the length in the end; None for a run that settles."""
        return self.law.norm_per_decade if self.law is not None and self.law.rate else None

    @property
    def limit(self) -> Model | None:
        """The direction that the run tends to, of length 1; None at w* = 0 or where float64 cannot tell."""
        if self.kind == "overlapping":
            best = self.analysis.optimum
            vector = None if best is None or self.zero_optimum else np.append(best.weights, best.bias)
        else:
            vector = None if self.law is None else self.law.direction
        return None if vector is None else _model(vector / np.linalg.norm(vector))

    def gained(self, step: int) -> float | None:
        """Return what the decade of steps before a recorded step added to the length."""
        return None if step < 10 else float(self._norm_at(step) - self._norm_at(step // 10))

    def _norm_at(self, step: int) -> float:
        return float(self.norms[self.trajectory.index_at(min(step, self.trajectory.last_step))])

    def turned(self, step: int) -> float | None:
        """Return by how many degrees the decade of steps before a recorded step turned (w, b)."""
        if step < 10:
            return None
        models = [self.trajectory.model_at(min(s, self.trajectory.last_step)) for s in (step // 10, step)]
        first, last = _units(np.array([[*model.weights, model.bias] for model in models]))
        angle = float(_angles(first[None], last)[0])
        return angle if np.isfinite(angle) else None

    def norm_curve(self) -> RunCurve:
        """Return the length over steps, with the optimum's length or the line of theory."""
        end = "grows" if self.kind != "overlapping" else "stays at 0" if self.zero_optimum else "settles"
        return self._curve(f"{self.name}: {end}", self.quantity, self.target, self.optimum_symbol, "norm_at")

    def loss_curve(self) -> RunCurve:
        """Return the loss over steps, with its minimum or positive infimum."""
        name = "minimum" if self.kind == "overlapping" else "infimum"
        return self._curve(self.name, "loss", self.infimum or None, name, "loss_at")

    def angle_curve(self) -> RunCurve:
        """Return the angle to the limit direction over steps, in degrees; NaN where there is none."""
        view = self.view
        angles = np.full(len(view.steps), np.nan)
        if self.limit is not None:
            unit = np.append(self.limit.weights, self.limit.bias)
            angles = _angles(_units(np.column_stack([view.column("weights"), view.column("bias")])), unit)
        return RunCurve(self.name, view.steps, angles, None, "", None)

    def _curve(
        self, name: str, column: str, target: float | None, target_name: str, law: Literal["norm_at", "loss_at"]
    ) -> RunCurve:
        view = self.view
        return RunCurve(name, view.steps, view.column(column), target, target_name, self._theory(law))

    def _theory(self, law: Literal["norm_at", "loss_at"]) -> tuple[FloatArray, FloatArray] | None:
        """Return steps and values of the law from the step on where it holds; None where there is no law of growth."""
        if self.law is None or self.per_decade is None or self.reliable_from is None:
            return None
        last = FLOW_UNTIL if self.flow is not None else self.trajectory.last_step
        steps = np.geomspace(max(self.reliable_from, 1), last, 60)
        return steps, np.asarray(getattr(self.law, law)(self.trajectory.learning_rate * steps))


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

    Returns
    -------
    Pair

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
    config = TrainingConfig(n_steps=n_steps, fit_bias=fit_bias)
    run = runs().run(dataset, config)
    held = _held(run, n_steps)
    first = first_reliable_record(dataset, fit_bias, held.weights, held.bias)
    return Side(
        name=name,
        dataset=dataset,
        analysis=analyse(dataset, config),
        law=_law(dataset, fit_bias),
        trajectory=held,
        stopped_at=None if run.stop_reason is StopReason.STEP_LIMIT else run.last_step,
        reliable_from=None if first is None else int(held.steps[first]),
        flow=_continued(held) if flow else None,
    )


def _held(run: Trajectory, n_steps: int) -> Trajectory:
    """Add a last record to a run that no step moves any more: it is where plain steps would leave it."""
    if run.last_step == n_steps or run.stop_reason in (StopReason.STEP_LIMIT, StopReason.NOT_FINITE):
        return run
    names = ("weights", "bias", "loss", "data_loss", "weight_norm", "parameter_norm", "gradient_norm", "accuracy")
    same: dict[str, Any] = {name: np.concatenate([getattr(run, name), getattr(run, name)[-1:]]) for name in names}
    return replace(run, steps=np.append(run.steps, n_steps), **same)


def _law(dataset: Dataset, fit_bias: bool) -> Asymptotics | None:
    try:
        return asymptotics(dataset, fit_bias)
    except ValueError:  # margin or optimum out of float64's reach
        return None


def _continued(run: Trajectory) -> FlowResult | None:
    try:
        with SOLVER:
            return continue_run(run, FLOW_UNTIL * run.learning_rate)
    except ValueError:  # later than a float64 run can be, or points too small
        return None


def default_flip(dataset: Dataset, scene: int, fit_bias: bool) -> int:
    """Return the point whose flip shows best what a scene is about.

    Parameters
    ----------
    dataset : Dataset
        The points.
    scene : int
        Scene 6 wants quasi-separable points after the flip, the others overlapping ones.
    fit_bias : bool
        Whether lines may miss the origin.

    Returns
    -------
    int
        Of the headline's points the lecture's; of others the first of at most 24 that does it, or else the first.

    Examples
    --------
    >>> HEADLINE[default_flip(headline(), 7, fit_bias=False)]
    (1.2, 3.0)
    """
    if dataset.X.shape == (len(HEADLINE), 2) and dataset_key(dataset) == dataset_key(headline()):
        return HEADLINE.index(_DEFAULT_FLIP.get(scene, (2.6, 2.4)))
    return _first_flip(dataset, "quasi-separable" if scene == 6 else "overlapping", fit_bias)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_BY_POINTS)
def _first_flip(dataset: Dataset, wanted: Kind, fit_bias: bool) -> int:
    candidates = np.unique(np.linspace(0, dataset.n_samples - 1, _MOST_CANDIDATES).astype(int)).tolist()
    for index in candidates:
        if check_separability(flip_label(dataset, index), fit_bias).kind == wanted:
            return int(index)
    return 0


def cheapest(side: Side) -> LeastCost | None:
    """Return what the cheapest direction costs; None for too many points."""
    return _cheapest(side.dataset, side.fit_bias)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=_BY_POINTS)
def _cheapest(dataset: Dataset, fit_bias: bool) -> LeastCost | None:
    if fit_bias and dataset.n_samples > _MOST_FOR_COST:
        return None
    return least_cost(dataset, fit_bias)


def tamed_norm(side: Side, l2: float) -> float | None:
    """Return the length of the minimiser with a penalty λ/2·‖w‖²; None where there is none, or out of reach."""
    return _tamed_norm(side.dataset, side.fit_bias, l2)


@st.cache_resource(max_entries=1024, show_spinner=False, hash_funcs=_BY_POINTS)
def _tamed_norm(dataset: Dataset, fit_bias: bool, l2: float) -> float | None:
    try:
        model = optimum(dataset, l2, fit_bias=fit_bias)
    except ValueError:
        return None
    return float(np.linalg.norm(np.append(model.weights, model.bias)))


def _model(vector: FloatArray) -> Model:
    return Model(vector[:-1], float(vector[-1]))


def _units(rows: FloatArray) -> FloatArray:
    """Return each row at length 1; NaN for zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = rows / np.abs(rows).max(axis=1, keepdims=True)
        return np.asarray(scaled / np.linalg.norm(scaled, axis=1, keepdims=True))


def _angles(units: FloatArray, unit: FloatArray) -> FloatArray:
    """Return degrees between unit vectors, from sum and difference: an arc cosine loses all digits near 0."""
    apart, together = np.linalg.norm(units - unit, axis=1), np.linalg.norm(units + unit, axis=1)
    angles = np.degrees(2.0 * np.arctan2(apart, together))
    return np.where(angles < _SMALLEST_ANGLE, np.nan, angles)
