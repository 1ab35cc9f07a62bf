"""`train` and `train_softmax` as a scikit-learn classifier; it says when there is no minimum to find.

It imports scikit-learn at once, and nothing of `logreg` imports it: `import logreg` stays NumPy alone. Install it with
`pip install ".[estimator]"`.
"""

from __future__ import annotations

import warnings
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from logreg.certificates.kesler import check_classes, classes_separated_by
from logreg.certificates.separability import Separability, check_separability, separated_by
from logreg.data.checks import shown
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.multiclass import MulticlassDataset
from logreg.training.config import TrainingConfig
from logreg.training.model import sigmoid
from logreg.training.objective import Objective, gradient
from logreg.training.softmax import SoftmaxRun, log_softmax, softmax_gradient, train_softmax
from logreg.training.trainer import train
from logreg.training.trajectory import StopReason, Trajectory

try:
    from sklearn.base import BaseEstimator, ClassifierMixin
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, validate_data
except ModuleNotFoundError as missing:
    raise ImportError(
        'The classifier of logreg is one of scikit-learn, which is not installed: pip install "scikit-learn>=1.6"'
    ) from missing

# n_samples · n_features² up to which the exact verdict takes about a tenth of a second, as the run does.
_EXACT_VERDICT = 200_000
_EXACT_CLASSES = 1_000_000  # the same for C classes, whose rows are mostly zeros
_STEEP = 1e-3  # a component of ∇L: above it the run is not there yet
_FAR = 8e307  # of scores: no two are further apart than float64 can hold


class SeparableDataWarning(ConvergenceWarning):  # type: ignore[misc]  # scikit-learn is untyped
    """The loss has no minimum: more steps make the weights longer, for ever."""


class GradientDescentClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """Fit a logistic regression by full-batch gradient descent, without a penalty unless asked.

    Two classes have one w, as everywhere in `logreg`; more of them have a row of W each (softmax).

    Parameters
    ----------
    learning_rate : float or "auto"
        η > 0, on the MEAN loss. "auto" is 1/L with L = λmax(AᵀA)/(4n) + l2; of C classes λmax(AᵀA)/(2n) + l2.
    n_steps : int
        Steps to take, at least 0. There is no tolerance: all of them are taken unless nothing moves any more.
    l2 : float
        λ ≥ 0 of the penalty l2/2·‖w‖² (of C classes ‖W‖²) on the MEAN loss. scikit-learn's C is 1/(n_samples·l2),
        and C = 1 its default.
    fit_bias : bool
        Whether there is a b.
    penalise_bias : bool
        Whether the penalty holds b too.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The labels, sorted: numbers, strings, truth values. Of two, `coef_` points to the second.
    coef_ : ndarray of shape (1, n_features), or (n_classes, n_features) where there are more than two
        w, or W, after the last step.
    intercept_ : ndarray of shape (1,), or (n_classes,)
        The bias, or biases, after the last step; 0 where none is fitted.
    n_iter_ : int
        The last step.
    trajectory_ : Trajectory, or SoftmaxRun where there are more than two classes
        The whole run: its quantities at every recorded step, and why it ended.
    separability_ : Separability or None
        The verdict on the data with its witness; of more than two classes by Kesler's construction. None where the run
        did not separate the classes and the exact verdict would take long (n_samples · n_features² above 200,000; for C
        classes n_samples·(C − 1) · (C·(n_features + 1))² above 1,000,000): `check_separability(trajectory_.dataset)`,
        or `check_classes(trajectory_.dataset)`, waits for it.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str
        Their names, where X has names.

    Warns
    -----
    SeparableDataWarning
        If there is no penalty and the classes are separable or quasi-separable: then the loss has no minimum.
    ConvergenceWarning
        scikit-learn's, if there may be one, and a component of ∇L is above 0.001 after the last step.

    Examples
    --------
    >>> classifier = GradientDescentClassifier().fit([[0.0], [2.0], [1.0], [3.0]], ["no", "no", "yes", "yes"])
    >>> classifier.predict([[0.0], [3.0]]).tolist(), classifier.separability_.kind
    (['no', 'yes'], 'overlapping')
    >>> three = GradientDescentClassifier(l2=0.1).fit([[0.0], [1.0], [2.0]], ["red", "green", "blue"])
    >>> three.coef_.shape, three.predict([[0.0], [2.0]]).tolist()
    ((3, 1), ['red', 'blue'])
    """

    def __init__(
        self,
        *,
        learning_rate: float | Literal["auto"] = "auto",
        n_steps: int = 1000,
        l2: float = 0.0,
        fit_bias: bool = True,
        penalise_bias: bool = False,
    ) -> None:
        self.learning_rate = learning_rate
        self.n_steps = n_steps
        self.l2 = l2
        self.fit_bias = fit_bias
        self.penalise_bias = penalise_bias

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on labelled points.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite coordinates.
        y : array-like of shape (n_samples,)
            Labels of at least two kinds.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If a parameter is out of its range, X is not finite, or y has one class only.
        """
        objective = Objective(fit_bias=self.fit_bias, l2=self.l2, penalise_bias=self.penalise_bias)
        config = TrainingConfig(self.learning_rate, self.n_steps, objective=objective)
        points, labels = self._validated(X, y=y)
        self.classes_, codes = _classes(labels)
        (self._fit_two if len(self.classes_) == 2 else self._fit_more)(points, codes, config)
        self.n_iter_ = self.trajectory_.last_step
        if self.separability_ is not None and not self.l2 and self.separability_.kind != "overlapping":
            warnings.warn(_no_minimum(self.trajectory_, self.separability_), SeparableDataWarning, stacklevel=2)
        elif self.trajectory_.stop_reason is StopReason.STEP_LIMIT and (left := _steepest(self.trajectory_)) > _STEEP:
            warnings.warn(_not_there(self.n_iter_, left), ConvergenceWarning, stacklevel=2)
        return self

    def _fit_two(self, points: FloatArray, codes: NDArray[np.int64], config: TrainingConfig) -> None:
        run = train(Dataset(points, codes), config)
        self.trajectory_: Trajectory | SoftmaxRun = run
        self.separability_ = _verdict(run)
        self.coef_, self.intercept_ = run.weights[-1:].copy(), run.bias[-1:].copy()

    def _fit_more(self, points: FloatArray, codes: NDArray[np.int64], config: TrainingConfig) -> None:
        run = train_softmax(MulticlassDataset(points, codes), config)
        self.trajectory_ = run
        self.separability_ = _verdict_of_classes(run)
        self.coef_, biases = np.split(run.weights[-1].copy(), [points.shape[1]], axis=1)
        self.intercept_ = biases[:, 0] if config.objective.fit_bias else np.zeros(len(self.classes_))

    def _validated(self, X: ArrayLike, **options: Any) -> Any:
        try:
            return validate_data(self, X, dtype=np.float64, **options)
        except OverflowError as error:
            raise ValueError(f"X: expected numbers that float64 can hold, got {shown(X)}.") from error

    def decision_function(self, X: ArrayLike) -> FloatArray:
        """Return the log-odds w·x + b of the second class, of shape (n_samples,).

        Of more than two classes their scores W x + b, of shape (n_samples, n_classes).
        """
        check_is_fitted(self)
        points = self._validated(X, reset=False)
        with np.errstate(over="ignore", invalid="ignore"):  # ±inf where they are beyond float64
            if len(self.classes_) == 2:
                return np.asarray(points @ self.coef_[0] + self.intercept_[0])
            return np.asarray(points @ self.coef_.T + self.intercept_)

    def predict_proba(self, X: ArrayLike) -> FloatArray:
        """Return the probability of each class, of shape (n_samples, n_classes)."""
        scores = self.decision_function(X)
        if scores.ndim == 1:
            return np.column_stack([sigmoid(-scores), sigmoid(scores)])
        with np.errstate(under="ignore"):
            return np.asarray(np.exp(log_softmax(np.clip(scores, -_FAR, _FAR))))

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the label that is most probable, of shape (n_samples,): of two the second at log-odds of 0."""
        scores = self.decision_function(X)
        return np.asarray(self.classes_[(scores >= 0).astype(int) if scores.ndim == 1 else scores.argmax(axis=1)])


def _steepest(run: Trajectory | SoftmaxRun) -> float:
    """Return the largest component of ∇L after the last step."""
    if isinstance(run, SoftmaxRun):
        slope = softmax_gradient(run.weights[-1], run.dataset, run.config.objective)
    else:
        slope = gradient(run.model, run.dataset, run.config.objective)
    return float(np.abs(slope).max())


def _not_there(n_steps: int, slope: float) -> str:
    return (
        f"Stopped at the limit of {n_steps:,} steps, where a component of the gradient is {slope:.3g}: that is a "
        "limit, not convergence. Scale X, as StandardScaler does, or take more steps."
    )


def _classes(labels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the labels there are, and for each row the number of its own."""
    try:
        check_classification_targets(labels)
    except ValueError as error:
        raise ValueError(f"y: expected labels of classes, got {shown(labels)}. {error}") from error
    classes, codes = np.unique(labels, return_inverse=True)
    if len(classes) < 2:
        raise ValueError(f"y: expected labels of at least two classes, got one class only, {classes.tolist()[0]!r}.")
    return classes, codes


def _verdict(run: Trajectory) -> Separability | None:
    """Return the verdict: exact where that is quick, else what the run itself proves."""
    fit_bias = run.config.objective.fit_bias
    if run.dataset.n_samples * run.dataset.n_features**2 <= _EXACT_VERDICT:
        return check_separability(run.dataset, fit_bias=fit_bias)
    return separated_by(run.model, run.dataset, fit_bias=fit_bias)


def _verdict_of_classes(run: SoftmaxRun) -> Separability | None:
    """Return the verdict by Kesler's construction: exact where that is quick, else what the run itself proves."""
    data, fit_bias = run.dataset, run.config.objective.fit_bias
    n_rows, n_columns = data.n_samples * (data.n_classes - 1), run.weights[-1].size
    if n_rows * n_columns**2 <= _EXACT_CLASSES:
        return check_classes(data, fit_bias=fit_bias)
    return classes_separated_by(run.weights[-1], data, fit_bias=fit_bias) if run.accuracy[-1] == 1 else None


def _no_minimum(run: Trajectory | SoftmaxRun, verdict: Separability) -> str:
    norm, ended = float(run.weight_norm[-1]), f"step {run.last_step:,}"
    is_binary = isinstance(run, Trajectory)
    # Only of two classes in the plane is the witness the line of widest margin.
    least = "" if is_binary and run.dataset.n_features <= 2 else "at least "
    whom = "the classes are separable" if verdict.kind == "separable" else _some_of(run, verdict)
    return (
        f"{whom} with margin {least}{verdict.margin:.4g}: the loss has no finite minimum; "
        f"{'‖w‖' if is_binary else '‖W‖'} = {norm:.4g} is where "
        f"{'n_steps' if run.last_step == run.config.n_steps else 'float64'} stopped it, at {ended}. "
        f"More steps make it longer, for ever; a penalty (l2 > 0) makes a minimum."
    )


def _some_of(run: Trajectory | SoftmaxRun, verdict: Separability) -> str:
    count, n_samples = len(verdict.separated), run.dataset.n_samples
    if isinstance(run, Trajectory):
        return f"the classes are quasi-separable, {count} of {n_samples} samples apart"
    pairs = n_samples * (run.dataset.n_classes - 1)
    return f"the classes are quasi-separable, {count} of {pairs} pairs of a sample and another class apart"
