"""`train` as a scikit-learn classifier, for pipelines and searches; it says when there is no minimum to find.

The one module besides the pages that imports scikit-learn, and nothing of `logreg` imports it: `import logreg` stays
NumPy alone. Install it with `pip install ".[estimator]"`.
"""

from __future__ import annotations

import warnings
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from logreg.certificates.separability import Separability, check_separability, separated_by
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.config import TrainingConfig
from logreg.training.model import sigmoid
from logreg.training.objective import Objective
from logreg.training.trainer import train
from logreg.training.trajectory import Trajectory

# n_samples · n_features² up to which the exact verdict takes about a tenth of a second, as the run does.
_EXACT_VERDICT = 200_000


class SeparableDataWarning(ConvergenceWarning):  # type: ignore[misc]  # scikit-learn is untyped
    """The loss has no minimum: more steps make the weights longer, for ever."""


class GradientDescentClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """Fit a logistic regression of two classes by full-batch gradient descent, without a penalty unless asked.

    Parameters
    ----------
    learning_rate : float or "auto"
        η > 0, on the MEAN loss. "auto" is 1/L with L = λmax(AᵀA)/(4n) + l2.
    n_steps : int
        Steps to take, at least 0. There is no tolerance: all of them are taken unless nothing moves any more.
    l2 : float
        λ ≥ 0 of the penalty l2/2·‖w‖² on the MEAN loss. scikit-learn's C is 1/(n_samples·l2), and C = 1 its default.
    fit_bias : bool
        Whether there is a b.
    penalise_bias : bool
        Whether the penalty holds b too.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        The labels, sorted: numbers, strings, truth values. `coef_` points to the second.
    coef_ : ndarray of shape (1, n_features)
        w after the last step.
    intercept_ : ndarray of shape (1,)
        b after the last step.
    n_iter_ : int
        The last step.
    trajectory_ : Trajectory
        The whole run: every quantity at every recorded step, and why it ended.
    separability_ : Separability or None
        The verdict on the data with its witness. None where the run did not separate the classes and the exact
        verdict would take long (n_samples · n_features² above 200,000): `check_separability(trajectory_.dataset)`
        waits for it.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str
        Their names, where X has names.

    Warns
    -----
    SeparableDataWarning
        If there is no penalty and the classes are separable or quasi-separable: then the loss has no minimum.

    Examples
    --------
    >>> classifier = GradientDescentClassifier().fit([[0.0], [2.0], [1.0], [3.0]], ["no", "no", "yes", "yes"])
    >>> classifier.predict([[0.0], [3.0]]).tolist(), classifier.separability_.kind
    (['no', 'yes'], 'overlapping')
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
            Labels of two kinds.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If a parameter is out of its range, X is not finite, or y has not two classes.
        """
        objective = Objective(fit_bias=self.fit_bias, l2=self.l2, penalise_bias=self.penalise_bias)
        config = TrainingConfig(self.learning_rate, self.n_steps, objective=objective)
        points, labels = validate_data(self, X, y, dtype=np.float64)
        self.classes_, codes = _two_classes(labels)
        run = train(Dataset(points, codes), config)
        self.trajectory_ = run
        self.coef_, self.intercept_ = run.weights[-1:].copy(), run.bias[-1:].copy()
        self.n_iter_ = run.last_step
        self.separability_ = _verdict(run)
        if self.separability_ is not None and not self.l2 and self.separability_.kind != "overlapping":
            warnings.warn(_no_minimum(run, self.separability_), SeparableDataWarning, stacklevel=2)
        return self

    def decision_function(self, X: ArrayLike) -> FloatArray:
        """Return the log-odds w·x + b of the second class, of shape (n_samples,)."""
        check_is_fitted(self)
        points = validate_data(self, X, dtype=np.float64, reset=False)
        return np.asarray(points @ self.coef_[0] + self.intercept_[0])

    def predict_proba(self, X: ArrayLike) -> FloatArray:
        """Return the probability of each class, of shape (n_samples, 2)."""
        log_odds = self.decision_function(X)
        return np.column_stack([sigmoid(-log_odds), sigmoid(log_odds)])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the label that is more probable, of shape (n_samples,); the second at log-odds of 0."""
        log_odds = self.decision_function(X)
        return np.asarray(self.classes_[(log_odds >= 0).astype(int)])

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def _two_classes(labels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the two labels and 0 or 1 for each row."""
    check_classification_targets(labels)
    kind = type_of_target(labels, input_name="y")
    if kind != "binary":
        raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
    classes, codes = np.unique(labels, return_inverse=True)
    if len(classes) != 2:
        raise ValueError(f"y: expected labels of two classes, got one class only, {classes[0]!r}.")
    return classes, codes


def _verdict(run: Trajectory) -> Separability | None:
    """Return the verdict: exact where that is quick, else what the run itself proves."""
    fit_bias = run.config.objective.fit_bias
    if run.dataset.n_samples * run.dataset.n_features**2 <= _EXACT_VERDICT:
        return check_separability(run.dataset, fit_bias=fit_bias)
    return separated_by(run.model, run.dataset, fit_bias=fit_bias)


def _no_minimum(run: Trajectory, verdict: Separability) -> str:
    norm, ended = float(run.weight_norm[-1]), f"step {run.last_step:,}"
    # Only in the plane is the witness the line of widest margin.
    least = "" if run.dataset.n_features <= 2 else "at least "
    whom = "the classes are separable" if verdict.kind == "separable" else _some_of(run, verdict)
    return (
        f"{whom} with margin {least}{verdict.margin:.4g}: the loss has no finite minimum; ‖w‖ = {norm:.4g} is where "
        f"{'n_steps' if run.last_step == run.config.n_steps else 'float64'} stopped it, at {ended}. "
        f"More steps make it longer, for ever; a penalty (l2 > 0) makes a minimum."
    )


def _some_of(run: Trajectory, verdict: Separability) -> str:
    return f"the classes are quasi-separable, {len(verdict.separated)} of {run.dataset.n_samples} samples apart"
