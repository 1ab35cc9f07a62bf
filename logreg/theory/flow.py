"""Gradient flow: the run continued far past what steps can reach, on the axis t = η · step."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import Enum
from math import log, log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.separability import check_separability
from logreg.data.arrays import ReadOnly, blocks, freeze
from logreg.data.checks import check_type, checked_flag, checked_number
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.asymptotics import row_space
from logreg.theory.needs import needs_scipy
from logreg.training.model import Model, log_sigmoid
from logreg.training.objective import mean_cross_entropy
from logreg.training.trajectory import Trajectory, row_norms

_PER_DECADE = 48  # records in a factor of ten of t
_EARLIEST, _LATEST = 1e-300, 1e100  # far beyond any question, with room for units of x
# Rounding may make up this share of the motion; it grows like t, so that two decades later it is all of it.
_NOISE = 0.01
_TOLERANCES = {"rtol": 1e-8, "atol": 1e-10, "mxstep": 500}


class FlowEnd(Enum):
    """Why a flow has no later record; the value is the sentence that the reader sees."""

    UNTIL = "The flow ran as long as it was asked to."
    ROUNDING = (
        "float64 ends the flow here: the pulls of the points on the boundary cancel, and what rounding leaves of them "
        "has grown to a hundredth of what still moves the weights. Later values would be noise."
    )
    SOLVER = "The solver of the differential equation gave up here."


@dataclass(frozen=True, eq=False)
class FlowResult(ReadOnly):
    """Hold the records of a gradient flow d(w, b)/dt = −∇L.

    `gradient_flow` and `continue_run` make it. Row i of every array belongs to `times[i]`; row 0 is the start.

    Parameters
    ----------
    dataset : Dataset
        What the flow descends on.
    fit_bias : bool
        Whether b flows; otherwise it is 0.
    times : ndarray of shape (n_records,)
        t: a run with learning rate η is near it at step t/η.
    weights : ndarray of shape (n_records, n_features)
        w.
    bias : ndarray of shape (n_records,)
        b.
    loss : ndarray of shape (n_records,)
        The mean cross-entropy.
    weight_norm, parameter_norm : ndarray of shape (n_records,)
        ‖w‖ and ‖(w, b)‖.
    until : float
        The time that was asked for.
    ended : FlowEnd
        Why there is no later record; its value is a sentence.

    Examples
    --------
    >>> gradient_flow(Dataset([[0.0], [1.0]], [0, 1]), until=1e3).ended.name
    'UNTIL'
    """

    dataset: Dataset
    fit_bias: bool
    times: FloatArray
    weights: FloatArray
    bias: FloatArray
    loss: FloatArray
    weight_norm: FloatArray
    parameter_norm: FloatArray
    until: float
    ended: FlowEnd

    def __post_init__(self) -> None:
        freeze(self, "times", "weights", "bias", "loss", "weight_norm", "parameter_norm")

    @property
    def reached(self) -> float:
        """The time of the last record: `until`, or where float64 ended the flow."""
        return float(self.times[-1])

    @property
    def model(self) -> Model:
        """The model of the last record."""
        return Model(self.weights[-1], float(self.bias[-1]))


def gradient_flow(dataset: Dataset, until: float = 1e12, *, fit_bias: bool = True) -> FlowResult:
    """Follow the gradient from zero: d(w, b)/dt = (1/n) Aᵀσ(−m), in log time.

    With τ = log(1 + t) the right side is (1/n) Aᵀ exp(τ + log σ(−m)), which neither over- nor underflows.

    Parameters
    ----------
    dataset : Dataset
        What to descend on.
    until : float
        The last time, from 1e-300 to 1e100; it compares with η · step of a run.
    fit_bias : bool
        Whether b flows too.

    Returns
    -------
    FlowResult
        It may end before `until`: see `FlowEnd`. On quasi-separable data rounding ends it, near
        t = 1e16 in the published tables, a few hundred times earlier where the boundary's pulls are strong.

    Raises
    ------
    ValueError
        If until is out of its range.

    Notes
    -----
    LSODA with a relative tolerance of 1e-8 and the exact Jacobian, on rows scaled by ρ = max ‖a_i‖ (w becomes ρw
    and t becomes ρ²t), so that the units of x do not matter.

    Examples
    --------
    >>> flow = gradient_flow(Dataset([[-1.0], [1.0]], [0, 1]), fit_bias=False)
    >>> round(float(flow.weight_norm[-1]), 4)  # log(1e12) = 27.6310
    27.631
    """
    check_type(Dataset, dataset=dataset)
    last = _checked_until(until)
    return _flow(dataset, checked_flag("fit_bias", fit_bias), np.zeros(dataset.n_features + fit_bias), 0.0, last)


def continue_run(trajectory: Trajectory, until: float = 1e12) -> FlowResult:
    """Follow the gradient from where a run stopped, on the axis t = η · step.

    Parameters
    ----------
    trajectory : Trajectory
        A run without penalty.
    until : float
        The last time; later than η · last_step.

    Returns
    -------
    FlowResult
        Its first record is the run's last.

    Raises
    ------
    ValueError
        If the run has a penalty, or is already later than `until`.

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> run = train(Dataset([[-1.0], [1.0]], [0, 1]), TrainingConfig(learning_rate=0.5, n_steps=100))
    >>> float(continue_run(run, 1e4).times[0])
    50.0
    """
    check_type(Trajectory, trajectory=trajectory)
    last, config = _checked_until(until), trajectory.config
    if config.objective.l2:
        raise ValueError(f"trajectory: expected a run with l2 = 0, got l2 = {config.objective.l2}.")
    start = trajectory.learning_rate * trajectory.last_step
    if not start < last:
        raise ValueError(f"until: expected a time after that of the run, {start:g}, got {until!r}.")
    parameters = trajectory.weights[-1]
    if config.objective.fit_bias:
        parameters = np.append(parameters, trajectory.bias[-1])
    return _flow(trajectory.dataset, config.objective.fit_bias, parameters, start, last)


class _Solution(NamedTuple):
    times: FloatArray
    parameters: FloatArray  # in units of x
    failed: bool


class _Equation:
    """Hold the right side in scaled units: rows A/ρ, parameters ρ(w, b), log time τ = log(1 + ρ²t).

    If ρ²t stays below 1 there is no log time to speak of; the unit of time is then the last t in place of 1/ρ².
    The points that no direction separates (the rest: all but Z) pull only within their own span, where their pulls
    cancel in the end. Their sum is projected onto it: that changes nothing but rounding, which would else leave
    the span, where nothing calls it back, and choke the solver.
    """

    def __init__(self, dataset: Dataset, fit_bias: bool) -> None:
        rows = dataset.signed_samples(fit_bias=fit_bias)
        rest = _rest(dataset, fit_bias)
        self.n_rest = len(rest)
        rows = rows[np.concatenate([rest, np.setdiff1d(np.arange(len(rows)), rest)])]
        # A power of two, so that scaling does not round.
        self.exponent = int(np.frexp(np.abs(rows).max())[1])
        self.rows = np.ldexp(rows, -self.exponent)
        self.pull = np.ascontiguousarray(self.rows.T / dataset.n_samples)
        basis = row_space(self.rows[: self.n_rest]) if self.n_rest else np.zeros((0, rows.shape[1]))
        self.onto_rest = basis.T @ basis
        self.projects = 0 < len(basis) < rows.shape[1]
        self.offset = 0.0  # log of the unit of time, in units of 1/ρ²

    def log_times(self, times: FloatArray) -> FloatArray:
        """Return τ for times, the last of which also says how small a unit of time may have to be."""
        log_unit = min(-2 * self.exponent * log(2.0), log(times[-1]))
        self.offset = log_unit + 2 * self.exponent * log(2.0)
        with np.errstate(divide="ignore"):
            return np.asarray(np.logaddexp(0.0, np.log(times) - log_unit))

    def rate(self, tau: float, parameters: FloatArray) -> FloatArray:
        m = self.rows.dot(parameters)
        # exp(τ + log σ(−m)), written with one logarithm less because nearly all the time goes by here
        return self._sum(np.exp(tau + self.offset - np.maximum(m, 0.0)) / (1.0 + np.exp(-np.abs(m))))

    def jacobian(self, tau: float, parameters: FloatArray) -> FloatArray:
        size = np.abs(self.rows.dot(parameters))
        bend = np.exp(tau + self.offset - size) / (1.0 + np.exp(-size)) ** 2
        return -self._sum(bend[:, None] * self.rows)

    def _sum(self, pulls: FloatArray) -> FloatArray:
        r = self.n_rest
        if not self.projects:
            return np.asarray(self.pull.dot(pulls))
        # Products are rounded before they are summed, so that equal ones cancel: a dot fuses both on some processors.
        rest = (self.pull[:, :r] * pulls.T[..., None, :r]).sum(axis=-1).T
        kept = self.onto_rest.dot(rest)
        return np.asarray(kept + self.pull[:, r:].dot(pulls[r:]))

    def noise(self, parameters: FloatArray) -> FloatArray:
        """Return, per record, the rounding of the rest's pull as a share of the true pull of Z."""
        r = self.n_rest
        log_residuals = log_sigmoid(-(parameters @ self.rows.T))
        # in units of the largest residual of Z, which may be below the smallest float64
        log_residuals -= log_residuals[:, r:].max(axis=1, keepdims=True)
        with np.errstate(over="ignore", under="ignore"):
            pulls = np.exp(log_residuals)
            rounding = np.sqrt(pulls[:, :r] ** 2 @ (self.rows[:r] ** 2).sum(axis=1))
            return np.asarray(2.0**-52 * rounding / np.linalg.norm(pulls[:, r:] @ self.rows[r:], axis=1))


def _rest(dataset: Dataset, fit_bias: bool) -> NDArray[np.int64]:
    """Return the samples whose pulls cancel: those on the boundary of quasi-separable data, all of overlapping ones."""
    verdict = check_separability(dataset, fit_bias=fit_bias)
    return np.setdiff1d(np.arange(dataset.n_samples), verdict.separated)


def _flow(dataset: Dataset, fit_bias: bool, start: FloatArray, first: float, until: float) -> FlowResult:
    equation = _Equation(dataset, fit_bias)
    solution = _integrate(equation, start, _grid(equation, first, until))
    ended = FlowEnd.SOLVER if solution.failed else FlowEnd.UNTIL
    times, parameters = solution.times, solution.parameters
    if 0 < equation.n_rest < dataset.n_samples:
        scaled = np.ldexp(parameters, equation.exponent)
        noise = [equation.noise(scaled[block]) for block in blocks(len(times), dataset.n_samples)]
        clean = np.concatenate(noise) <= _NOISE
        if not clean.all():
            n_clean = max(1, int(np.argmin(clean)))
            times, parameters, ended = times[:n_clean], parameters[:n_clean], FlowEnd.ROUNDING
    d = dataset.n_features
    weights = parameters[:, :d]
    bias = parameters[:, d] if fit_bias else np.zeros(len(times))
    loss = _losses(dataset.signed_samples(fit_bias=fit_bias), parameters)
    norms = row_norms(weights), row_norms(parameters)
    return FlowResult(dataset, fit_bias, times, weights, bias, loss, *norms, until, ended)


def _losses(rows: FloatArray, parameters: FloatArray) -> FloatArray:
    """Return the mean cross-entropy at each record.

    Up to the latest time the smallest margin stays below 700, beside which larger ones count nothing; but subnormal
    numbers would take ten times as long.
    """
    parts = (parameters[block] @ rows.T for block in blocks(len(parameters), len(rows)))
    return np.concatenate([mean_cross_entropy(np.minimum(margins, 700.0, out=margins)) for margins in parts])


def _grid(equation: _Equation, first: float, until: float) -> FloatArray:
    """Return times from first to until: log-spaced, from the first tenth of a percent of a step 1/L on."""
    early = max(first, min(1e-3 * 4.0 ** min(-equation.exponent, 500), until / 10), until * 1e-60)
    n_times = 2 + int(_PER_DECADE * log10(until / early))
    times = np.geomspace(early, until, n_times)
    times[-1] = until
    if early == first:
        times[0] = first
        return times
    return np.concatenate([[first], times])


def _integrate(equation: _Equation, start: FloatArray, times: FloatArray) -> _Solution:
    needs_scipy()
    from scipy.integrate import odeint

    taus = equation.log_times(times)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a failure is reported by `info`, and told by FlowEnd
        y, info = odeint(
            equation.rate,
            np.ldexp(start, equation.exponent),
            taus,
            Dfun=equation.jacobian,
            tfirst=True,
            full_output=True,
            **_TOLERANCES,
        )
    reached = np.concatenate([[True], info["tcur"] >= taus[1:]]) & np.isfinite(y).all(axis=1)
    n_good = len(taus) if reached.all() else max(1, int(np.argmin(reached)))
    return _Solution(times[:n_good], np.ldexp(y[:n_good], -equation.exponent), n_good < len(taus))


def _checked_until(until: float) -> float:
    number = checked_number("until", until)
    if not _EARLIEST <= number <= _LATEST:
        raise ValueError(f"until: expected a time from {_EARLIEST:g} to {_LATEST:g}, got {until!r}.")
    return number
