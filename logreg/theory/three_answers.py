"""One question, three answers: thirty lines of NumPy, `logreg`, scikit-learn; and to how many digits they agree."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import floor, log10

import numpy as np

from logreg.data.checks import check_type
from logreg.data.dataset import Dataset
from logreg.training import thirty_lines
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective, gradient, loss
from logreg.training.trainer import train

MOST_DIGITS = 16
"""Digits that two float64 can share."""
TOLERANCE, MOST_ITERATIONS = 1e-10, 10_000
"""What scikit-learn is given, so that its own stopping rule does not decide: by default 1e-4 and 100."""


@dataclass(frozen=True, eq=False)
class Answer:
    """Hold what one way of fitting gave.

    Parameters
    ----------
    name : str
        Which way.
    model : Model
        w and b.
    loss : float
        The objective there.
    slope : float
        ‖∇L‖ there: 0 at a minimum.
    """

    name: str
    model: Model
    loss: float
    slope: float


def by_hand(dataset: Dataset, n_steps: int, l2: float = 0.0) -> Answer:
    """Train with the thirty lines.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    n_steps : int
        At least 0.
    l2 : float
        λ ≥ 0 on the MEAN loss.

    Examples
    --------
    >>> by_hand(Dataset([[-1.0], [1.0]], [0, 1]), 10).model.weights.round(3).tolist()
    [3.813]
    """
    w, b = thirty_lines.train(dataset.X, dataset.y, n_steps, l2)
    return _answer("thirty lines", Model(w, b), dataset, l2)


def by_logreg(dataset: Dataset, n_steps: int, l2: float = 0.0) -> Answer:
    """Train with `logreg`; parameters as for `by_hand`."""
    run = train(dataset, TrainingConfig(n_steps=n_steps, objective=Objective(l2=l2)))
    return _answer("logreg", run.model, dataset, l2)


def by_scikit_learn(dataset: Dataset, l2: float = 0.0, *, as_it_comes: bool = False) -> Answer | None:
    """Fit scikit-learn's LogisticRegression.

    Parameters
    ----------
    dataset : Dataset
        Points and labels.
    l2 : float
        λ ≥ 0 on the MEAN loss: C = 1/(nλ), or ∞ for 0. The loss and ‖∇L‖ of the answer are those of this λ.
    as_it_comes : bool
        Leaves everything at its default, C = 1 among it.

    Returns
    -------
    Answer or None
        None for a single class, which it refuses.

    Examples
    --------
    >>> by_scikit_learn(Dataset([[-1.0], [1.0], [0.5]], [0, 1, 0]), 0.1).model.weights.round(3).tolist()
    [1.226]
    """
    from sklearn.linear_model import LogisticRegression

    check_type(Dataset, dataset=dataset)
    if len(set(dataset.y.tolist())) < 2:
        return None
    C = 1.0 / (dataset.n_samples * l2) if l2 else np.inf
    own = {"C": C, "tol": TOLERANCE, "max_iter": MOST_ITERATIONS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged is what the page says in other words
        fitted = LogisticRegression(**({} if as_it_comes else own)).fit(dataset.X, dataset.y)
    name = "scikit-learn as it comes" if as_it_comes else "scikit-learn"
    return _answer(name, Model(fitted.coef_[0], float(fitted.intercept_[0])), dataset, l2)


def agreeing_digits(a: Model, b: Model) -> int:
    """Return to how many digits two models agree: those of the largest difference over the largest number.

    Parameters
    ----------
    a, b : Model
        Of as many features.

    Returns
    -------
    int
        From 0 to 16.

    Examples
    --------
    >>> agreeing_digits(Model([1.0]), Model([1.0001])), agreeing_digits(Model([1.0]), Model([1.0]))
    (4, 16)
    """
    difference = float(np.abs(a.parameters - b.parameters).max())
    if difference == 0:
        return MOST_DIGITS
    largest = max(float(np.abs(one.parameters).max()) for one in (a, b))
    return min(max(floor(-log10(difference / largest)), 0), MOST_DIGITS)


def _answer(name: str, model: Model, dataset: Dataset, l2: float) -> Answer:
    objective = Objective(l2=l2)
    slope = float(np.linalg.norm(gradient(model, dataset, objective)))
    return Answer(name, model, loss(model, dataset, objective), slope)
