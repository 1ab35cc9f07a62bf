"""What a run recorded, why it ended, and the exact model at any of its steps."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum

import numpy as np

from logreg.data.arrays import ReadOnly, blocks, frozen
from logreg.data.checks import checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.config import TrainingConfig
from logreg.training.descent import Descent
from logreg.training.model import Model
from logreg.training.objective import Objective, mean_of

_MARGINS = 1 << 14  # held at once while measuring: four arrays of them stay in the cache


class StopReason(Enum):
    """Why a run ended; the value is the sentence that the reader sees. It never says that a run converged."""

    STEP_LIMIT = "The run took all the steps it was given; more steps would move the weights further."
    ZERO_GRADIENT = "The gradient is exactly zero: this is a minimum, and no step moves the weights."
    GRADIENT_ROUNDS_TO_ZERO = (
        "The gradient rounds to zero: it is smaller than float64 can tell, and a further step would be rounding, "
        "not descent."
    )
    RESIDUALS_UNDERFLOWED = (
        "No float64 is left: every residual σ(−m) is smaller than the smallest float64 and counts as zero. "
        "The true gradient is not zero."
    )
    UPDATE_BELOW_RESOLUTION = (
        "The gradient computed is not exactly zero, but the update is too small to change any weight in float64: no "
        "step moves them."
    )
    NOT_FINITE = (
        "The next step leaves float64: a weight, the loss or its gradient would be beyond the largest number. "
        "The last finite step is shown."
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Measures(ReadOnly):
    """Hold what follows from the weights alone: the quantities that a run records besides them.

    Parameters
    ----------
    loss : ndarray of shape (n_records,)
        The objective, l2 included.
    data_loss : ndarray of shape (n_records,)
        The mean cross-entropy alone.
    weight_norm : ndarray of shape (n_records,)
        ‖w‖, without b.
    parameter_norm : ndarray of shape (n_records,)
        ‖(w, b)‖.
    gradient_norm : ndarray of shape (n_records,)
        ‖∇‖ of the objective over the parameters that move: with b if it is fitted.
    accuracy : ndarray of shape (n_records,)
        Fraction of points on the right side; log-odds of exactly 0 count as class 1.
    """

    loss: FloatArray
    data_loss: FloatArray
    weight_norm: FloatArray
    parameter_norm: FloatArray
    gradient_norm: FloatArray
    accuracy: FloatArray


MEASURED = tuple(field.name for field in fields(Measures))
"""Their names."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Trajectory(Measures):
    """Hold the records of one run, its measures among them, replayable at every step.

    `train` makes it, `logreg.plots` draws it. Row i of every array belongs to step `steps[i]`; row 0 is the start.

    Parameters
    ----------
    dataset : Dataset
        What was learnt from.
    config : TrainingConfig
        What decided the run.
    learning_rate : float
        η as used: the number behind "auto".
    steps : ndarray of shape (n_records,), integers
        0, 1, 2, … 1000, then log-spaced, and the last step.
    weights : ndarray of shape (n_records, n_features)
        w.
    bias : ndarray of shape (n_records,)
        b.
    stop_reason : StopReason
        Why there is no further step.

    Examples
    --------
    >>> from logreg.training.config import TrainingConfig
    >>> from logreg.training.trainer import train
    >>> train(Dataset([[0.0], [1.0]], [0, 1]), TrainingConfig(n_steps=5)).last_step
    5
    """

    dataset: Dataset
    config: TrainingConfig
    learning_rate: float
    steps: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    weights: FloatArray
    bias: FloatArray
    stop_reason: StopReason

    def __post_init__(self) -> None:
        for name in ("steps", "weights", "bias", *MEASURED):
            array = frozen(getattr(self, name), np.int64 if name == "steps" else np.float64)
            if array.ndim != (2 if name == "weights" else 1) or len(array) != len(self.steps) or not len(array):
                raise ValueError(f"{name}: expected one row for each of {len(self.steps)} records, got {array.shape}.")
            object.__setattr__(self, name, array)

    @property
    def n_records(self) -> int:
        """Number of records."""
        return len(self.steps)

    @property
    def last_step(self) -> int:
        """The step of the last record; `model_at` knows every step up to it."""
        return int(self.steps[-1])

    @property
    def model(self) -> Model:
        """The model of the last step."""
        return Model(self.weights[-1], float(self.bias[-1]))

    def index_at(self, step: int) -> int:
        """Return the index of the record at this step, or of the nearest one before it.

        Parameters
        ----------
        step : int
            From 0 to `last_step`.

        Raises
        ------
        ValueError
            If the run has no such step.
        """
        asked = checked_whole("step", step, 0, self.last_step)
        return int(np.searchsorted(self.steps, asked, side="right")) - 1

    def model_at(self, step: int) -> Model:
        """Return the model after this many steps, to the last bit, recorded or not.

        Parameters
        ----------
        step : int
            From 0 to `last_step`.

        Returns
        -------
        Model
            What the run itself held at that step (on the same machine).

        Raises
        ------
        ValueError
            If the run has no such step.

        Notes
        -----
        Steps between two records are taken again by the same code from the record before: at 10^6 steps at most some
        7,000 of them, a few hundredths of a second.
        """
        index = self.index_at(step)
        missing = int(step) - int(self.steps[index])
        model, objective = Model(self.weights[index], float(self.bias[index])), self.config.objective
        if not missing:
            return model
        return objective.model(self.descent().advance(objective.parameters(model), missing))

    def descent(self) -> Descent:
        """Return the step of this run, to take more of them."""
        return Descent(self.dataset, self.learning_rate, self.config.objective)


def measure(dataset: Dataset, objective: Objective, parameters: FloatArray) -> Measures:
    """Measure loss, norms and accuracy of many parameter vectors at once.

    Parameters
    ----------
    dataset : Dataset
        The points.
    objective : Objective
        What is minimised.
    parameters : ndarray of shape (n_records, n_features + fit_bias)
        One (w, b), or w, per row.

    Notes
    -----
    A row's numbers do not depend on the other rows (sums run along one row, products feature by feature), so a run
    continued later has the bits of one long run.
    """
    n_features = dataset.n_features
    penalty = objective.penalty(n_features)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        data_loss, accuracy, pull = _measured(dataset, parameters)
        total = data_loss
        if objective.l2:
            total = data_loss + (penalty * parameters * parameters).sum(axis=1) / 2
        weights = parameters[:, :n_features]
        return Measures(
            loss=total,
            data_loss=data_loss,
            weight_norm=row_norms(weights),
            parameter_norm=row_norms(parameters),
            gradient_norm=row_norms(penalty * parameters - pull),
            accuracy=accuracy,
        )


def _measured(dataset: Dataset, parameters: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return mean log(1 + e^−m), the share of right samples and (1/n) Aᵀσ(−m), which share one e^−|m|.

    What is held of all samples lies in four arrays that every block uses again: to allocate took as long as to reckon.
    """
    n_samples = dataset.n_samples
    columns = dataset.signed_samples(fit_bias=parameters.shape[1] > dataset.n_features).T.copy()
    # log-odds of 0 are class 1: right for a positive point, wrong for a negative one
    least = np.where(dataset.y == 1, 0.0, np.nextafter(0.0, 1.0))
    data_loss, accuracy, pull = np.empty(len(parameters)), np.empty(len(parameters)), np.empty(parameters.shape)
    ones, cut = np.ones(n_samples), blocks(len(parameters), n_samples, _MARGINS)
    held = np.empty((4, max((len(parameters[block]) for block in cut), default=0), n_samples))
    for block in cut:
        margins, small, right, term = held[:, : len(parameters[block])]
        _margins_of(parameters[block], columns, margins, term)
        np.greater_equal(margins, least, out=right)
        accuracy[block] = right @ ones / n_samples
        wrong = np.subtract(1.0, right, out=right)
        np.exp(np.negative(np.abs(margins, out=small), out=small), out=small)
        data_loss[block] = mean_of(
            np.subtract(np.log1p(small, out=term), np.minimum(margins, 0.0, out=margins), out=term)
        )
        residuals = np.maximum(small, wrong, out=wrong)  # σ(−m) = (e^−m, or 1 where m < 0) / (1 + e^−|m|)
        residuals /= np.add(small, 1.0, out=small)
        for j, column in enumerate(columns):
            pull[block, j] = np.add.reduce(np.multiply(residuals, column, out=term), axis=1)
    return data_loss, accuracy, pull / n_samples


def _margins_of(parameters: FloatArray, columns: FloatArray, margins: FloatArray, term: FloatArray) -> None:
    """Write the margin of every sample with every row of parameters: feature by feature, so that rows stay apart."""
    np.multiply(parameters[:, :1], columns[0], out=margins)
    for column, coordinate in zip(columns[1:], parameters.T[1:], strict=True):
        margins += np.multiply(coordinate[:, None], column, out=term)


def row_norms(rows: FloatArray) -> FloatArray:
    """Return the Euclidean norm of each row; scaled by a power of two, so that no square over- or underflows."""
    columns = np.abs(rows).T.copy()  # few and long: a sum along each of many short rows takes four times as long
    exponents = np.frexp(columns.max(axis=0))[1]
    return np.asarray(np.ldexp(np.sqrt((np.ldexp(columns, -exponents) ** 2).sum(axis=0)), exponents))
