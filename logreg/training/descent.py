"""Full-batch gradient descent: first as a textbook writes it, then as fast as NumPy can do the same.

`descend` is the page to read; `Descent` takes the same steps, some fifteen times as fast, and is what `train` calls.
"""

from __future__ import annotations

import numpy as np

from logreg.data.checks import checked_number, checked_whole
from logreg.data.dataset import Dataset, FloatArray
from logreg.training.model import Model
from logreg.training.objective import PLAIN, Objective, gradient


def descend(
    model: Model, dataset: Dataset, *, learning_rate: float, n_steps: int, objective: Objective = PLAIN
) -> Model:
    """Take n_steps steps of gradient descent: (w, b) ← (w, b) − η∇L.

    Parameters
    ----------
    model : Model
        Where to start.
    dataset : Dataset
        What to learn from; every step uses all of it.
    learning_rate : float
        η, at least 0, on the MEAN loss.
    n_steps : int
        At least 0.
    objective : Objective
        What is minimised.

    Returns
    -------
    Model
        Where the steps lead.

    Raises
    ------
    ValueError
        If n_features differ, a value is out of its range, or a step leaves float64.

    Examples
    --------
    >>> data = Dataset([[-1.0], [1.0]], [0, 1])
    >>> descend(Model([0.0]), data, learning_rate=1.0, n_steps=2).weights.round(4).tolist()
    [0.8775]
    """
    checked_whole("n_steps", n_steps, 0, 10**15)
    checked_number("learning_rate", learning_rate, at_least=0.0)
    for _ in range(n_steps):
        with np.errstate(over="ignore", invalid="ignore"):  # `Model` says so in a sentence
            step = -learning_rate * gradient(model, dataset, objective)
            weights = model.weights + step[: model.n_features]
        bias = model.bias + step[-1] if objective.fit_bias else 0.0
        model = Model(weights, float(bias))
    return model


class Descent:
    """Take full-batch gradient steps: v ← v + (η/n) Aᵀσ(−m) − ηλ·D v, in the letters of objective.py.

    The one place where a step of a run is computed, so that a run and its replay agree to the last bit.

    Parameters
    ----------
    dataset : Dataset
        The points; every step uses all of them.
    learning_rate : float
        η, on the MEAN loss.
    objective : Objective
        What is minimised.

    Notes
    -----
    Why not `descend`: at 200 points a step of its takes some 30 µs, nearly all of it spent on checks, on calling NumPy
    and on making arrays; this one takes 2. A million steps are then seconds, and an edit on the screen answers at once.
    σ(−m) is computed as 1/(1 + e^m): as fast as ½ − ½·tanh(m/2), but it keeps its relative accuracy up to m = 709.78
    (the tanh form is 0 from m = 37 on, where a run would stop for no reason of its own). Above that e^m is inf
    and the residual, below 5.6e-309, becomes 0; at a learning rate below 1e290 it could move no weight but one near 0.
    Six NumPy calls on a (n_features + fit_bias, n_samples) layout with buffers that are allocated once.

    Examples
    --------
    >>> Descent(Dataset([[1.0], [-1.0]], [1, 0]), 1.0).advance(np.zeros(2), 1).tolist()
    [0.5, 0.0]
    """

    def __init__(self, dataset: Dataset, learning_rate: float, objective: Objective = PLAIN) -> None:
        columns = dataset.signed_samples(fit_bias=objective.fit_bias).T
        size, n_samples = columns.shape
        self._columns = _aligned((size, n_samples))
        self._columns[:] = columns
        self._pull = _aligned((size, n_samples))
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            np.multiply(columns, learning_rate / n_samples, out=self._pull)
            self._decay = learning_rate * objective.penalty(dataset.n_features)
        self._parameters, self._update, self._shrink = (_aligned((size,)) for _ in range(3))
        self._residuals, self._ones = _aligned((n_samples,)), _aligned((n_samples,))
        self._ones[:] = 1.0  # an array adds faster than a Python number

    def path(self, parameters: FloatArray, n_steps: int) -> FloatArray:
        """Return the parameters after each of n_steps more steps, one per row: the bits of as many `advance`s."""
        rows = np.empty((n_steps, len(parameters)))
        self.advance(parameters, n_steps, rows)
        return rows

    def advance(self, parameters: FloatArray, n_steps: int, path: FloatArray | None = None) -> FloatArray:
        """Return the parameters after n_steps more steps.

        Parameters
        ----------
        parameters : ndarray of shape (n_features + fit_bias,)
            (w, b), or w alone without a bias. Left as it is.
        n_steps : int
            At least 0.
        path : ndarray of shape (n_steps, n_features + fit_bias), optional
            Where to write the parameters after each step.

        Returns
        -------
        ndarray of shape (n_features + fit_bias,)
            Not finite if a step left float64; it then stays so.
        """
        w, update, shrink, decay = self._parameters, self._update, self._shrink, self._decay
        residuals, ones = self._residuals, self._ones
        margins_at, pull_of = self._columns.T.dot, self._pull.dot
        exp, add, reciprocal, multiply, subtract = np.exp, np.add, np.reciprocal, np.multiply, np.subtract
        has_decay = bool(decay.any())
        w[:] = parameters
        with np.errstate(all="ignore"):
            for step in range(n_steps):
                margins_at(w, residuals)
                exp(residuals, residuals)
                add(residuals, ones, residuals)
                reciprocal(residuals, residuals)
                pull_of(residuals, update)
                if has_decay:
                    multiply(decay, w, shrink)
                    subtract(update, shrink, update)
                add(w, update, w)
                if path is not None:
                    path[step] = w
        return w.copy()


def _aligned(shape: tuple[int, ...]) -> FloatArray:
    """Return zeros that start on a 64-byte boundary, so that vector code takes the same path in every replay."""
    size = int(np.prod(shape))
    raw = np.zeros(size + 8)
    start = (-raw.ctypes.data % 64) // 8
    return raw[start : start + size].reshape(shape)
