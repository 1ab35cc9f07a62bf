"""What a run of a constant rate comes to on points with a minimum: it settles, goes round, or is not decided yet.

Nothing is read off a curve. That a run settles is proved by η < 2/L, or by a loss so low that no later step can rise;
or it rests, to rounding.
That it goes round is seen to rounding, on a cycle that draws in what is near it. All else stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log
from typing import Literal

import numpy as np

from logreg.certificates.exact import blind_directions
from logreg.data.dataset import Dataset, FloatArray
from logreg.theory.step_size import LONGEST_CYCLE, descend_at_rates, objective_at, period_of, steps_until
from logreg.training.model import Model
from logreg.training.objective import THROUGH_0, hessian, loss, smoothness

MOST_STEPS = 5000
"""Steps that a run is looked at for."""

_LOOKS = (1000, 2000, MOST_STEPS)
_CLOSE, _STILL, _ROUNDING = 1e-6, 1e-9, 1e-14  # of a cycle's size; of a run's; of a loss
_RESOLVED = 1e-12  # curvatures that are less, as a share of the largest, may be rounding
_NEAR = 0.01  # of the loss to be lost
_BOWL = 1e-5  # margins at w* so small that the loss is a bowl all the way from w = 0


@dataclass(frozen=True)
class Fate:
    """Hold what a run comes to.

    Parameters
    ----------
    kind : {"settles", "goes round", "open"}
        "open": within `steps` steps it has neither settled nor repeated itself.
    steps : int
        How many steps were looked at.
    period : int or None
        Of a cycle: its steps.
    reached : int or None
        Of a run that settles: the first step from which on the loss is within 1 % of the way from start to least; None
        where that is later than `steps`.
    """

    kind: Literal["settles", "goes round", "open"]
    steps: int
    period: int | None = None
    reached: int | None = None


def fates(dataset: Dataset, best: Model, rates: FloatArray) -> tuple[Fate, ...]:
    """Return what descent from w = 0 comes to with each of several rates.

    Parameters
    ----------
    dataset : Dataset
        Points with a minimum; no bias.
    best : Model
        w*, where the loss is least.
    rates : ndarray of shape (n_rates,)
        η.

    Notes
    -----
    Every curvature of the loss changes by at most e^D where no margin changes by more than D. With
    K² = max a·H(w*)⁻¹·a a loss within (e^−D + D − 1)/K² of the least therefore keeps H below e^D·H(w*), and with
    η·e^D·λmax(H(w*)) < 2 no step leaves this set: the loss falls from there on, to the least.

    Examples
    --------
    >>> points = Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])
    >>> [fate.kind for fate in fates(points, Model([np.log(2.0)]), np.array([1.0, 8.0, 9.5]))]
    ['settles', 'settles', 'goes round']
    """
    paths, found = np.zeros((len(rates), 1, dataset.n_features)), [Fate("open", 0)] * len(rates)
    left = np.arange(len(rates))
    for look in _LOOKS:
        on = descend_at_rates(dataset, rates[left], look + 1 - paths.shape[1], THROUGH_0, start=paths[:, -1])
        paths = np.concatenate([paths, on[:, 1:]], axis=1)
        for k, path in zip(left, paths, strict=True):
            found[k] = _fate(dataset, best, float(rates[k]), path)
        is_open = [found[k].kind == "open" or (found[k].kind == "settles" and found[k].reached is None) for k in left]
        left, paths = left[is_open], paths[is_open]
        if not len(left):
            break
    return tuple(found)


def _fate(dataset: Dataset, best: Model, rate: float, path: FloatArray) -> Fate:
    steps = len(path) - 1
    start, here = gaps_above(dataset, best, path[[0, -1]])
    rounding = _ROUNDING * (1 + loss(best, dataset, THROUGH_0)) if _is_far(dataset, best) else 0.0
    falls = rate * smoothness(dataset, THROUGH_0) < 2 or here + rounding <= safe_gap(dataset, best, rate)
    if falls or _is_at_rest(path, best):
        is_near = here <= _NEAR * start
        reached = steps_until(gaps_above(dataset, best, path), 0.0, _NEAR * float(start)) if is_near else None
        return Fate("settles", steps, reached=reached)
    period = period_of(path, _CLOSE)
    if period is not None and period > 1 and _draws_in(dataset, rate, path, period):
        return Fate("goes round", steps, period=period)
    return Fate("open", steps)


def gaps_above(dataset: Dataset, best: Model, path: FloatArray) -> FloatArray:
    """Return how far the loss is above the least at the places of a path, of shape (n_places, n_features).

    Where w* is so near the start that the difference of two losses is rounding, the bowl at w* stands for the loss.
    """
    if _is_far(dataset, best):
        return np.asarray(objective_at(dataset, path, THROUGH_0) - loss(best, dataset, THROUGH_0))
    off = path - best.weights
    return np.asarray(((off @ hessian(best, dataset, THROUGH_0)) * off).sum(axis=1) / 2)


def _is_far(dataset: Dataset, best: Model) -> bool:
    return float(np.abs(dataset.X @ best.weights).max()) > _BOWL


def safe_gap(dataset: Dataset, best: Model, rate: float) -> float:
    """Return how far above the least a loss may be, so that this rate never raises it again.

    `dataset`, `best` as for `fates`; `rate` is η. 0 from the limit on, and where floats do not resolve H(w*).
    """
    basis = _row_space(dataset)
    curvatures, directions = np.linalg.eigh(basis.T @ hessian(best, dataset, THROUGH_0) @ basis)
    room = -log(rate * float(curvatures[-1]) / 2)  # D
    if room <= 0 or curvatures[0] <= _RESOLVED * curvatures[-1]:
        return 0.0
    white = dataset.X @ basis @ directions / np.sqrt(curvatures)
    return (expm1(-room) + room) / float((white**2).sum(axis=1).max())


def _row_space(dataset: Dataset) -> FloatArray:
    """Return an orthonormal basis of what the points span, where every run stays: one column a direction."""
    n_blind = len(blind_directions(dataset, fit_bias=False))
    return np.linalg.svd(dataset.X / np.abs(dataset.X).max())[2][: dataset.n_features - n_blind].T


def _is_at_rest(path: FloatArray, best: Model) -> bool:
    """Return whether a run has stayed at w* for so long that what leads away would have shown."""
    tail = path[-_LOOKS[0] // 2 :] - best.weights
    return bool(np.abs(tail).max() <= _STILL * float(np.abs(best.weights).max()))


def _draws_in(dataset: Dataset, rate: float, path: FloatArray, period: int) -> bool:
    """Return whether a round draws in what is near it, and the run is on it but for little."""
    seen = _row_space(dataset)
    turn = np.eye(seen.shape[1])
    for w in path[-period:]:
        turn = turn - rate * seen.T @ hessian(Model(w), dataset, THROUGH_0) @ seen @ turn
    left = 1 - float(np.abs(np.linalg.eigvals(turn)).max())  # of the way to the cycle that a round covers
    off = float(np.abs(path[-1] - path[-1 - period]).max())
    return left > 0 and off <= left * _CLOSE * float(np.abs(path[-2 * LONGEST_CYCLE :]).max())
