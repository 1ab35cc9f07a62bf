"""Full-batch gradient descent: the config that decides a run, and the loop that takes its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log10
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Descent, checked_number, sigmoid, smoothness
from logreg.training.trajectory import StopReason, Trajectory, measure

_MOST_STEPS = 10**15  # below 2^53, so that a step is also an exact float
_DENSE = 1000  # every step up to here is recorded
_PER_DECADE = 333  # and this many a decade after it: 2,000 records for a million steps


@dataclass(frozen=True)
class TrainingConfig:
    """Hold everything that decides a run besides the data: plain values that compare and hash.

    Parameters
    ----------
    learning_rate : float or "auto"
        η > 0, on the MEAN loss. "auto" is 1/L with L = λmax(AᵀA)/(4n) + l2.
    n_steps : int
        Steps to take, at least 0.
    l2 : float
        λ ≥ 0 of the penalty l2/2·‖w‖².
    penalise_bias : bool
        Whether the penalty holds b too.
    fit_bias : bool
        Whether there is a b; without one it is 0.
    initial_weights : sequence of n_features floats, or None
        Where w starts; None is zero.
    initial_bias : float
        Where b starts; 0 if no bias is fitted.

    Raises
    ------
    ValueError
        If a value is out of its range.

    Examples
    --------
    >>> TrainingConfig(n_steps=10) == TrainingConfig(learning_rate="auto", n_steps=10)
    True
    """

    learning_rate: float | Literal["auto"] = "auto"
    n_steps: int = 1000
    l2: float = 0.0
    penalise_bias: bool = False
    fit_bias: bool = True
    initial_weights: tuple[float, ...] | None = None
    initial_bias: float = 0.0

    def __post_init__(self) -> None:
        for name, value in self._checked().items():
            object.__setattr__(self, name, value)

    def _checked(self) -> dict[str, object]:
        if type(self.n_steps) is bool or not isinstance(self.n_steps, (int, np.integer)):
            raise ValueError(f"n_steps: expected a whole number, got {self.n_steps!r}.")
        if not 0 <= self.n_steps <= _MOST_STEPS:
            raise ValueError(f"n_steps: expected a whole number from 0 to 10^15, got {self.n_steps}.")
        for name in ("penalise_bias", "fit_bias"):
            if not isinstance(getattr(self, name), (bool, np.bool_)):
                raise ValueError(f"{name}: expected True or False, got {getattr(self, name)!r}.")
        initial_bias = checked_number("initial_bias", self.initial_bias)
        if initial_bias and not self.fit_bias:
            raise ValueError(f"initial_bias: expected 0 where no bias is fitted, got {initial_bias}.")
        return {
            "learning_rate": _checked_learning_rate(self.learning_rate),
            "n_steps": int(self.n_steps),
            "l2": checked_number("l2", self.l2, at_least=0.0),
            "penalise_bias": bool(self.penalise_bias),
            "fit_bias": bool(self.fit_bias),
            "initial_weights": _checked_start(self.initial_weights),
            "initial_bias": initial_bias,
        }


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
        If the start has another number of features, "auto" has no finite value for these data, or the run to
        resume is of other data, another config, or already longer.

    Examples
    --------
    >>> xor = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> train(xor).stop_reason.name
    'ZERO_GRADIENT'
    """
    config = TrainingConfig() if config is None else config
    if resume is not None:
        _check_resume(dataset, config, resume)
        if resume.stop_reason is not StopReason.STEP_LIMIT or resume.last_step == config.n_steps:
            return replace(resume, config=config)
    learning_rate = resume.learning_rate if resume is not None else resolve_learning_rate(dataset, config)
    descent = Descent(dataset, learning_rate, config.l2, config.penalise_bias, config.fit_bias)
    step, parameters = _start(dataset, config, resume)
    steps, rows, stop_reason = _descend(dataset, config, descent, step, parameters)
    if resume is None:
        steps, rows = [step, *steps], [parameters, *rows]
    records = _records(dataset, config, steps, rows)
    if resume is not None:
        # the former last record stays only if a long run has it too
        kept = resume.n_records - (resume.last_step not in record_steps(config.n_steps))
        records = {name: np.concatenate([getattr(resume, name)[:kept], new]) for name, new in records.items()}
    return Trajectory(dataset, config, learning_rate, stop_reason=stop_reason, **records)


def resolve_learning_rate(dataset: Dataset, config: TrainingConfig) -> float:
    """Return η as a number; "auto" is 1/L with L = λmax(AᵀA)/(4n) + l2.

    Parameters
    ----------
    dataset : Dataset
        Gives L; its labels do not matter.
    config : TrainingConfig
        Gives the learning rate, l2 and fit_bias.

    Returns
    -------
    float
        1 where L is 0 (every point at the origin, no bias): there no learning rate moves anything.

    Raises
    ------
    ValueError
        If 1/L is no finite positive float64.

    Examples
    --------
    >>> resolve_learning_rate(Dataset([[1.0], [3.0]], [0, 1]), TrainingConfig(fit_bias=False))
    0.8
    """
    if config.learning_rate != "auto":
        return float(config.learning_rate)
    if not (config.fit_bias or config.l2 or dataset.X.any()):
        return 1.0
    bound = smoothness(dataset, config.l2, config.penalise_bias, config.fit_bias)
    if not (1e-308 < bound < 1e308):
        raise ValueError(
            f"learning_rate: 'auto' is 1/L, and L = {bound:g} has no finite inverse; give a number or rescale X."
        )
    return 1.0 / bound


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
    schedule = np.array(sorted(step for step in steps if step <= n_steps), dtype=np.int64)
    schedule.setflags(write=False)
    return schedule


def _start(dataset: Dataset, config: TrainingConfig, resume: Trajectory | None) -> tuple[int, FloatArray]:
    if resume is not None:
        step, weights, bias = resume.last_step, resume.weights[-1], float(resume.bias[-1])
    else:
        start = config.initial_weights
        if start is not None and len(start) != dataset.n_features:
            raise ValueError(f"initial_weights: expected {dataset.n_features} numbers, got {len(start)}.")
        step, weights, bias = 0, np.array(start or np.zeros(dataset.n_features)), config.initial_bias
    return step, np.append(weights, bias) if config.fit_bias else weights


def _descend(
    dataset: Dataset,
    config: TrainingConfig,
    descent: Descent,
    step: int,
    parameters: FloatArray,
) -> tuple[list[int], list[FloatArray], StopReason]:
    """Take the steps after this one; return the records of where they led and why they ended."""
    if step == 0 and _why_still(dataset, config, parameters) is StopReason.ZERO_GRADIENT:
        return [], [], StopReason.ZERO_GRADIENT  # a step, whose sums are scaled by η/n, would add rounding noise
    schedule = record_steps(config.n_steps)
    steps, rows, ends = _single_steps(descent, schedule[schedule > step], step, parameters)
    if steps:
        step, parameters = steps[-1], rows[-1]
    for target in [] if ends else schedule[schedule > step].tolist():
        before = descent.advance(parameters, target - step - 1) if target > step + 1 else parameters
        after = descent.advance(before, 1)
        if (before == after).all() or not np.isfinite(after).all():
            break  # the run ends between the last record and this one
        step, parameters = target, after
        steps.append(step)
        rows.append(parameters)
    end, parameters, stop_reason = _end(dataset, config, descent, step, parameters)
    if end > step:
        steps.append(end)
        rows.append(parameters)
    return steps, rows, stop_reason


def _single_steps(
    descent: Descent, targets: NDArray[np.int64], step: int, parameters: FloatArray
) -> tuple[list[int], list[FloatArray], bool]:
    """Take the steps at the head of `targets` that follow each other; return their records and whether the run ends."""
    count = int(np.sum(targets == step + 1 + np.arange(len(targets))))
    path = descent.path(parameters, count)
    before = np.vstack([parameters, path[:-1]])
    still = (before == path).all(axis=1) | ~np.isfinite(path).all(axis=1)
    moving = int(np.argmax(still)) if still.any() else count
    return targets[:moving].tolist(), list(path[:moving]), moving < count


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
    """Tell apart the three ways in which a step moves no weight."""
    if measure(dataset, config, parameters[None]).gradient_norm[0] > 0:
        return StopReason.UPDATE_BELOW_RESOLUTION
    rows = dataset.signed_rows(config.fit_bias)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        residuals = sigmoid(-(rows @ parameters))
        # a sum of zero proves nothing if one of its terms only became zero by underflow
        lost = bool(((residuals[:, None] * rows == 0) & (rows != 0)).any())
    if not residuals.any():
        return StopReason.RESIDUALS_UNDERFLOWED
    return StopReason.UPDATE_BELOW_RESOLUTION if lost else StopReason.ZERO_GRADIENT


def _records(
    dataset: Dataset, config: TrainingConfig, steps: list[int], rows: list[FloatArray]
) -> dict[str, NDArray[Any]]:
    parameters = np.array(rows)
    n_features = dataset.n_features
    bias = parameters[:, n_features] if config.fit_bias else np.zeros(len(rows))
    recorded = {"steps": np.array(steps), "weights": parameters[:, :n_features], "bias": bias}
    return recorded | measure(dataset, config, parameters)._asdict()


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


def _checked_learning_rate(value: object) -> float | str:
    if isinstance(value, str) and value == "auto":
        return value
    expected = "learning_rate: expected 'auto' or a finite number above 0"
    try:
        number = checked_number("learning_rate", value)
    except ValueError:
        raise ValueError(f"{expected}, got {value!r}.") from None
    if number <= 0:
        raise ValueError(f"{expected}, got {value!r}.")
    return number


def _checked_start(value: Iterable[object] | None) -> tuple[float, ...] | None:
    if value is None:
        return None
    try:
        start = tuple(checked_number("initial_weights", number) for number in value)
    except (TypeError, ValueError):
        start = ()
    if not start:
        raise ValueError(f"initial_weights: expected None or one finite number for each feature, got {value!r}.")
    return start
