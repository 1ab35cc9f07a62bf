"""The training run: descend, record, and say exactly where and why it ends."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from logreg.data.arrays import frozen
from logreg.data.checks import BeyondFloat64, check_type
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.config import TrainingConfig, resolve_learning_rate
from logreg.training.descent import Descent
from logreg.training.model import sigmoid
from logreg.training.stationarity import is_stationary
from logreg.training.trajectory import MEASURED, StopReason, Trajectory, measure

_DENSE = 1000  # every step up to here is recorded
_PER_DECADE = 333  # and this many a decade after it: 2,000 records for a million steps
_FLAT = (StopReason.ZERO_GRADIENT, StopReason.GRADIENT_ROUNDS_TO_ZERO)


def train(
    dataset: Dataset,
    config: TrainingConfig | None = None,
    resume: Trajectory | None = None,
) -> Trajectory:
    """Descend the mean loss: (w, b) ← (w, b) − η∇L, n_steps times. No clipping, no tolerance.

    Parameters
    ----------
    dataset : Dataset
        What to learn from; every step uses all of it.
    config : TrainingConfig, optional
        What decides the run.
    resume : Trajectory, optional
        A run of the same data set and config, n_steps apart: continue it instead of starting anew.

    Returns
    -------
    Trajectory
        It ends before n_steps only where no further step changes anything or the numbers end: see `StopReason`.

    Raises
    ------
    ValueError
        If the start has another number of features, or the run to resume is of other data, another config, or already
        longer.
    BeyondFloat64
        If float64 cannot hold 1/L where the learning rate is "auto", or the loss or its gradient at the start.

    Examples
    --------
    >>> xor = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> train(xor).stop_reason.name
    'ZERO_GRADIENT'
    """
    check_type(Dataset, dataset=dataset)
    config = TrainingConfig() if config is None else config
    check_type(TrainingConfig, config=config)
    if resume is not None:
        check_type(Trajectory, resume=resume)
        _check_resume(dataset, config, resume)
        if resume.stop_reason is not StopReason.STEP_LIMIT or resume.last_step == config.n_steps:
            return replace(resume, config=config)
    learning_rate = resume.learning_rate if resume is not None else resolve_learning_rate(dataset, config)
    descent = Descent(dataset, learning_rate, config.objective)
    step, parameters = _start(dataset, config, resume)
    steps, rows, stop_reason = _descend(dataset, config, descent, step, parameters)
    steps, rows = [step, *steps], [parameters[None], *rows]
    records = _records(dataset, config, steps, rows)
    if (ends := _first_without_numbers(records)) is not None:
        stop_reason = StopReason.NOT_FINITE
        finite = _while_finite(dataset, config, descent, steps[:ends], np.vstack(rows)[:ends])
        records = _records(dataset, config, *finite)
    if resume is not None:
        # the former last record stays only if a long run has it too
        kept = resume.n_records - (resume.last_step not in record_steps(config.n_steps))
        records = {name: np.concatenate([getattr(resume, name)[:kept], new[1:]]) for name, new in records.items()}
    return Trajectory(dataset=dataset, config=config, learning_rate=learning_rate, stop_reason=stop_reason, **records)


@lru_cache(maxsize=64)
def record_steps(n_steps: int) -> NDArray[np.int64]:
    """Return the steps that a run of n_steps records.

    Parameters
    ----------
    n_steps : int
        At least 0.

    Returns
    -------
    ndarray of integers
        0 … 1000, then 333 a decade (powers of ten among them), and n_steps itself. Whether a step before the last
        is among them does not depend on n_steps, so that a continued run has the records of a long one.

    Examples
    --------
    >>> len(record_steps(1_000_000)), record_steps(1_000_000)[-2:].tolist()
    (2000, [993109, 1000000])
    """
    steps = set(range(min(n_steps, _DENSE) + 1)) | {n_steps}
    for k in range(1, int(_PER_DECADE * log10(max(n_steps, _DENSE) / _DENSE)) + 2):
        steps.add(round(_DENSE * 10 ** (k / _PER_DECADE)))
    return frozen(sorted(step for step in steps if step <= n_steps), np.int64)


def _start(dataset: Dataset, config: TrainingConfig, resume: Trajectory | None) -> tuple[int, FloatArray]:
    if resume is not None:
        step, weights, bias = resume.last_step, resume.weights[-1], float(resume.bias[-1])
    else:
        start = config.initial_weights
        if start is not None and len(start) != dataset.n_features:
            raise ValueError(f"initial_weights: expected {dataset.n_features} numbers, got {len(start)}.")
        step, weights, bias = 0, np.array(start or np.zeros(dataset.n_features)), config.initial_bias
    return step, np.append(weights, bias) if config.objective.fit_bias else weights


def _descend(
    dataset: Dataset,
    config: TrainingConfig,
    descent: Descent,
    step: int,
    parameters: FloatArray,
) -> tuple[list[int], list[FloatArray], StopReason]:
    """Take the steps after this one; return the records of where they led, in pieces, and why they ended."""
    if step == 0 and (reason := _why_still(dataset, config, parameters)) in _FLAT:
        return [], [], reason  # a step, whose sums are scaled by η/n, would add rounding noise
    schedule = record_steps(config.n_steps)
    steps, rows, ends = _single_steps(descent, schedule[schedule > step], step, parameters)
    if steps:
        step, parameters = steps[-1], rows[-1][-1]
    for target in [] if ends else schedule[schedule > step].tolist():
        before = descent.advance(parameters, target - step - 1) if target > step + 1 else parameters
        after = descent.advance(before, 1)
        if (before == after).all() or not np.isfinite(after).all():
            break  # the run ends between the last record and this one
        step, parameters = target, after
        steps.append(step)
        rows.append(parameters[None])
    end, parameters, stop_reason = _end(dataset, config, descent, step, parameters)
    if end > step:
        steps.append(end)
        rows.append(parameters[None])
    return steps, rows, stop_reason


def _single_steps(
    descent: Descent, targets: NDArray[np.int64], step: int, parameters: FloatArray
) -> tuple[list[int], list[FloatArray], bool]:
    """Take the steps at the head of `targets` that follow each other; return their records and whether the run ends."""
    count = int(np.sum(targets == step + 1 + np.arange(len(targets))))
    path = descent.path(parameters, count)
    before, moving = np.vstack([parameters, path[:-1]]), count
    # what stands still, or has left the finite numbers, stays so: the last step tells whether any does
    if count and (not np.isfinite(path[-1]).all() or (before[-1] == path[-1]).all()):
        moving = int(np.argmax((before == path).all(axis=1) | ~np.isfinite(path).all(axis=1)))
    return targets[:moving].tolist(), [path[:moving]], moving < count


def _end(
    dataset: Dataset, config: TrainingConfig, descent: Descent, step: int, parameters: FloatArray
) -> tuple[int, FloatArray, StopReason]:
    """Step singly to the exact step where the run ends: no weight moves, the numbers end, or the limit is reached."""
    while True:
        following = descent.advance(parameters, 1)
        if np.array_equal(following, parameters):
            return step, parameters, _why_still(dataset, config, parameters)
        if not np.isfinite(following).all():
            return step, parameters, StopReason.NOT_FINITE
        if step == config.n_steps:
            return step, parameters, StopReason.STEP_LIMIT
        step, parameters = step + 1, following


def _why_still(dataset: Dataset, config: TrainingConfig, parameters: FloatArray) -> StopReason:
    """Tell apart the four ways in which a step moves no weight, or only by the rounding of a gradient that is zero."""
    if is_stationary(dataset, config.objective, parameters):
        return StopReason.ZERO_GRADIENT
    if measure(dataset, config.objective, parameters[None]).gradient_norm[0] > 0:
        return StopReason.UPDATE_BELOW_RESOLUTION
    rows = dataset.signed_samples(fit_bias=config.objective.fit_bias)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        has_residuals = bool(sigmoid(-(rows @ parameters)).any())
    return StopReason.GRADIENT_ROUNDS_TO_ZERO if has_residuals else StopReason.RESIDUALS_UNDERFLOWED


def _records(
    dataset: Dataset, config: TrainingConfig, steps: list[int], rows: list[FloatArray]
) -> dict[str, NDArray[Any]]:
    parameters = np.vstack(rows)
    n_features = dataset.n_features
    bias = parameters[:, n_features] if config.objective.fit_bias else np.zeros(len(parameters))
    recorded = {"steps": np.array(steps), "weights": parameters[:, :n_features], "bias": bias}
    return recorded | vars(measure(dataset, config.objective, parameters))


def _first_without_numbers(records: dict[str, NDArray[Any]]) -> int | None:
    """Return the index of the first record of which a number is not finite; None where all are."""
    beyond = np.any([~np.isfinite(records[name]) for name in MEASURED], axis=0)
    return int(np.argmax(beyond)) if beyond.any() else None


def _while_finite(
    dataset: Dataset, config: TrainingConfig, descent: Descent, steps: list[int], rows: FloatArray
) -> tuple[list[int], list[FloatArray]]:
    """Return the records up to the last step whose numbers are all finite, which may lie after the last of these."""
    if not steps:
        raise BeyondFloat64(
            "At step 0 the loss or its gradient is beyond float64 already. Rescale the points, or start nearer to 0."
        )
    step, parameters = steps[-1], rows[-1]
    while True:
        following = descent.advance(parameters, 1)
        if _first_without_numbers(_records(dataset, config, [step + 1], [following[None]])) is not None:
            break
        step, parameters = step + 1, following
    return (steps, [rows]) if step == steps[-1] else ([*steps, step], [rows, parameters[None]])


def _check_resume(dataset: Dataset, config: TrainingConfig, resume: Trajectory) -> None:
    same = resume.dataset is dataset or (
        np.array_equal(resume.dataset.X, dataset.X) and np.array_equal(resume.dataset.y, dataset.y)
    )
    if not same:
        raise ValueError("resume: expected a run of the same data set, got one of other points or labels.")
    if replace(resume.config, n_steps=config.n_steps) != config:
        raise ValueError(f"resume: expected a run of {config} up to n_steps, got one of {resume.config}.")
    if config.n_steps < resume.last_step:
        raise ValueError(f"resume: expected a run of at most {config.n_steps} steps, got one of {resume.last_step}.")
