"""The minimum in a hundred digits, for data on which float64 cannot tell the slope of the loss from its rounding.

Where two samples all but cancel, what decides is some 10^-20 of what they pull. Newton's method again, in decimals.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, DecimalException, localcontext
from fractions import Fraction
from functools import partial
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from logreg.certificates.exact import kernel, label_signed
from logreg.certificates.newton import stretch
from logreg.data.dataset import Dataset
from logreg.training.objective import Objective

Decimals = NDArray[np.object_]

_CONTEXT = Context(prec=100, Emin=MIN_EMIN, Emax=MAX_EMAX)
# Margins are wanted to this, as a share of their size, and may be lost to rounding by no more.
_SETTLED = Decimal("1e-30")
_NEWTON_STEPS = 200
# Margins beyond this are far: on the way there, 16 digits of their small pulls are enough.
_FAR, _FARTHEST = 40.0, 1e9


def precise_minimiser(dataset: Dataset, objective: Objective) -> list[Fraction] | None:
    """Find the minimiser of an objective that has one; of several, the shortest.

    Returns
    -------
    list of Fraction or None
        v, with margins right to 30 digits; None where a hundred digits do not do.
    """
    width = dataset.n_features + objective.fit_bias
    signed, k = label_signed(dataset, fit_bias=objective.fit_bias)
    # The shortest minimiser lies in the span of the samples; with a penalty there is only one.
    basis = np.array(kernel([] if objective.l2 else kernel(signed, width), width), dtype=object)
    with localcontext(_CONTEXT):
        axes = np.vectorize(Decimal, otypes=[object])(basis)
        scaled = [[Decimal(value) / (1 << k) for value in sample] for sample in signed]
        samples = np.array(scaled, dtype=object) @ axes.T
        decay = np.array([Decimal(value) for value in objective.penalty(dataset.n_features).tolist()], dtype=object)
        try:
            c = _newton(samples, (axes * decay) @ axes.T)
        except DecimalException:  # not even a hundred digits tell the curvature from 0
            return None
        return None if c is None else [Fraction(value) for value in c @ axes]


def _newton(samples: Decimals, penalty: Decimals) -> Decimals | None:
    """Descend by Newton steps from 0; each goes about as far as the loss falls along it."""
    c, far = np.full(samples.shape[1], Decimal(0)), _FAR
    for _ in range(_NEWTON_STEPS):
        margins = samples @ c
        pull, bend = _residuals(margins, far)
        inverse = _inverse(samples.T @ (bend[:, None] * samples) / len(samples) + penalty)
        step = inverse @ (samples.T @ pull / len(samples) - penalty @ c)
        change, size = samples @ step, max(Decimal(1), *abs(margins))
        moved = max(abs(change)) / size
        if moved <= _SETTLED and far == inf:
            # What the rounding of products, margins and pulls does to the slope, and that to the margins.
            lost = (pull * (1 + abs(samples) @ abs(c))) @ abs(samples) * Decimal(10) ** (3 - _CONTEXT.prec)
            return c if max(abs(samples) @ (abs(inverse) @ lost)) <= _SETTLED * size else None
        if moved <= 1e-9:
            far = inf
            c = c + step
            continue
        slope = partial(_slope, margins, change, step @ penalty @ c, step @ penalty @ step, far)
        c = c + step * stretch(slope, Decimal(1))
    return None


def _slope(margins: Decimals, change: Decimals, linear: Decimal, square: Decimal, far: float, t: Decimal) -> Decimal:
    """Return the slope of the objective along a step, t of them on."""
    pull, _ = _residuals(margins + t * change, far)
    return linear + t * square - Decimal(change @ pull) / len(margins)


def _residuals(margins: Decimals, far: float) -> tuple[Decimals, Decimals]:
    """Return σ(−m) and σ(m)σ(−m), no more precise than float64 where the margin is beyond `far`."""
    small = [_rough_decay(float(m)) if far < m < _FARTHEST else (-abs(m)).exp() for m in margins]
    pull = [(e if m > 0 else 1) / (1 + e) for e, m in zip(small, margins, strict=True)]
    bend = [e / (1 + e) ** 2 for e in small]
    return np.array(pull, dtype=object), np.array(bend, dtype=object)


def _rough_decay(margin: float) -> Decimal:
    tens = int(margin / log(10))
    return Decimal(exp(tens * log(10) - margin)).scaleb(-tens)


def _inverse(matrix: Decimals) -> Decimals:
    """Invert a positive definite matrix by Gauss and Jordan; a pivot of 0 raises."""
    size = len(matrix)
    table = np.hstack([matrix, np.array([[Decimal(i == j) for j in range(size)] for i in range(size)], dtype=object)])
    for k in range(size):
        table[k] = table[k] / table[k, k]
        others = np.arange(size) != k
        table[others] = table[others] - np.multiply.outer(table[others, k], table[k])
    return table[:, size:]
