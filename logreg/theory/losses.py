"""Losses beside the cross-entropy: of a reported probability, and over the margin. What each asks for, and its pull."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from logreg.data.checks import checked_array, checked_choice, shown
from logreg.data.dataset import FloatArray
from logreg.training.model import log_sigmoid, sigmoid

ReportLoss = Literal["cross-entropy", "squared", "absolute"]
REPORT_LOSSES: tuple[ReportLoss, ...] = ("cross-entropy", "squared", "absolute")


def loss_by_cases(y: ArrayLike, p: ArrayLike) -> FloatArray:
    """Return −log p where y = 1 and −log(1 − p) where y = 0: the first form of the cross-entropy.

    Parameters
    ----------
    y : array-like
        Labels, 0 or 1.
    p : array-like
        Probabilities of class 1, from 0 to 1.

    Returns
    -------
    ndarray
        inf where the label was said to be impossible.

    Examples
    --------
    >>> loss_by_cases([1, 0], 0.5).round(6).tolist()
    [0.693147, 0.693147]
    """
    labels, probability = _between_0_and_1("y", y), _between_0_and_1("p", p)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(labels == 1, probability, 1 - probability)) + 0.0)  # +0.0: never −0


def loss_by_formula(y: ArrayLike, p: ArrayLike) -> FloatArray:
    """Return −[y·log p + (1 − y)·log(1 − p)]: the second form, which takes labels between 0 and 1 too.

    Parameters
    ----------
    y : array-like
        Labels, or the share of ones, from 0 to 1.
    p : array-like
        Probabilities of class 1, from 0 to 1.

    Returns
    -------
    ndarray
        NaN where 0 is multiplied by an infinite logarithm: there only the cases have an answer.

    Examples
    --------
    >>> loss_by_formula([1, 0], 0.5).round(6).tolist()
    [0.693147, 0.693147]
    """
    labels, probability = _between_0_and_1("y", y), _between_0_and_1("p", p)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-(labels * np.log(probability) + (1 - labels) * np.log(1 - probability)) + 0.0)


def expected_loss(truth: ArrayLike, report: ArrayLike, kind: ReportLoss) -> FloatArray:
    """Return what a report p costs on average where a share q of the labels is 1.

    Parameters
    ----------
    truth : array-like
        q, from 0 to 1.
    report : array-like
        p, from 0 to 1.
    kind : {"cross-entropy", "squared", "absolute"}
        −log of the label's probability, (y − p)² or |y − p|.

    Returns
    -------
    ndarray
        q·loss(1, p) + (1 − q)·loss(0, p).

    Raises
    ------
    ValueError
        If a share is not from 0 to 1, or there is no such loss.

    Examples
    --------
    >>> float(expected_loss(0.5, 1.0, "squared"))
    0.5
    """
    q, p = _between_0_and_1("truth", truth), _between_0_and_1("report", report)
    if kind == "cross-entropy":
        with np.errstate(divide="ignore", invalid="ignore"):
            ones = np.where(q > 0, -q * np.log(p), 0.0)  # 0·∞ is 0 here: what never happens costs nothing
            zeros = np.where(q < 1, -(1 - q) * np.log(1 - p), 0.0)
        return np.asarray(ones + zeros + 0.0)
    checked_choice("kind", kind, *REPORT_LOSSES)
    power = 2 if kind == "squared" else 1
    return np.asarray(q * (1 - p) ** power + (1 - q) * p**power)


def best_report(truth: ArrayLike, kind: ReportLoss) -> FloatArray:
    """Return the report that costs least on average.

    Parameters
    ----------
    truth, kind
        As for `expected_loss`.

    Returns
    -------
    ndarray
        q itself for cross-entropy and squared error; 0 or 1 for the absolute error, NaN where q = ½ and every report
        costs the same.

    Examples
    --------
    >>> best_report([0.3, 0.7], "absolute").tolist()
    [0.0, 1.0]
    """
    q = _between_0_and_1("truth", truth)
    checked_choice("kind", kind, *REPORT_LOSSES)
    if kind != "absolute":
        return q
    return np.where(q == 0.5, np.nan, np.where(q > 0.5, 1.0, 0.0))


def entropy(truth: ArrayLike) -> FloatArray:
    """Return H(q) = −q·log q − (1 − q)·log(1 − q), in nats: the least cross-entropy there is.

    Examples
    --------
    >>> entropy([0.0, 0.5, 1.0]).round(6).tolist()
    [0.0, 0.693147, 0.0]
    """
    return expected_loss(truth, truth, "cross-entropy")


def divergence(truth: ArrayLike, report: ArrayLike) -> FloatArray:
    """Return KL(q‖p) = q·log(q/p) + (1 − q)·log((1 − q)/(1 − p)): what a wrong report costs beyond the entropy.

    Parameters
    ----------
    truth, report
        As for `expected_loss`.

    Returns
    -------
    ndarray
        At least 0, and 0 only where p = q.

    Examples
    --------
    >>> float(divergence(0.3, 0.3))
    0.0
    """
    q, p = _between_0_and_1("truth", truth), _between_0_and_1("report", report)
    with np.errstate(divide="ignore", invalid="ignore"):
        ones = np.where(q > 0, q * np.log(q / p), 0.0)
        zeros = np.where(q < 1, (1 - q) * np.log((1 - q) / (1 - p)), 0.0)
    return np.asarray(np.maximum(ones + zeros, 0.0))  # the two round apart where p is nearly q


@dataclass(frozen=True)
class MarginLoss:
    """Hold a loss as a function of the margin m = s·f(x), and its slope.

    Parameters
    ----------
    name : str
        For the screen.
    formula : str
        In the letters of the notes.
    loss, slope : callable
        From margins to the loss and to its derivative; at a kink the one from the right.
    """

    name: str
    formula: str
    loss: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray], FloatArray]

    def pull(self, margins: ArrayLike) -> FloatArray:
        """Return how hard each point is pushed to a larger margin: minus the slope; below 0 it is pushed back."""
        return np.asarray(-self.slope(np.asarray(margins, dtype=np.float64)) + 0.0)


def _zero_one(m: FloatArray) -> FloatArray:
    return np.where(m > 0, 0.0, 1.0)  # on the line itself nothing is decided: that counts as wrong


ZERO_ONE = MarginLoss("0/1", "1 where m ≤ 0", _zero_one, np.zeros_like)
LOGISTIC = MarginLoss(
    "logistic",
    "log(1 + e⁻ᵐ)",
    lambda m: np.asarray(-log_sigmoid(m) + 0.0),
    lambda m: np.asarray(-sigmoid(-m)),
)
HINGE = MarginLoss(
    "hinge",
    "max(0, 1 − m)",
    lambda m: np.maximum(0.0, 1 - m),
    lambda m: np.where(m < 1, -1.0, 0.0),
)
SQUARED = MarginLoss("squared", "(1 − m)²", lambda m: (1 - m) ** 2, lambda m: -2 * (1 - m))
MARGIN_LOSSES = (ZERO_ONE, LOGISTIC, HINGE, SQUARED)


def _between_0_and_1(parameter: str, values: ArrayLike) -> FloatArray:
    array = checked_array(parameter, values, at_least=0.0)
    if (array > 1).any():
        raise ValueError(f"{parameter}: expected numbers from 0 to 1, got {shown(values)}.")
    return array
