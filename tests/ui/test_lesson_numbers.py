"""The numbers that three lessons say of any points, beside plain loops over the points."""

from math import exp, hypot, isclose, log1p

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from tests.ui.lessons import build, lesson_of

GRADIENT, DESCENT, BIAS = (lesson_of(name) for name in ("gradient", "descent", "bias"))
COORDINATE = st.floats(-4, 4).map(lambda x: round(x, 2))
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE, st.booleans()), min_size=1, max_size=9).filter(
    lambda points: any(a or b for a, b, _ in points)
)


def signed(points):
    return [(a, b) if label else (-a, -b) for a, b, label in points]


def dataset_of(points):
    return Dataset([[a, b] for a, b, _ in points], [int(label) for *_, label in points])


def residual(margin):
    return 1 / (1 + exp(margin)) if margin < 700 else 0.0


def pulls(rows, w):
    """Return each point's pull σ(−m)·a / n."""
    return [tuple(residual(a * w[0] + b * w[1]) * x / len(rows) for x in (a, b)) for a, b in rows]


def descent(rows, eta, n_steps):
    """Yield w after each step from 0."""
    w = (0.0, 0.0)
    yield w
    for _ in range(n_steps):
        w = tuple(w[k] + eta * sum(pull[k] for pull in pulls(rows, w)) for k in (0, 1))
        yield w


def bound_of_curvature(rows):
    return float(np.linalg.eigvalsh(np.array(rows).T @ np.array(rows))[-1]) / (4 * len(rows))


def close(a, b, rel=1e-6):
    return isclose(a, b, rel_tol=rel, abs_tol=1e-9)


@given(POINTS)
@settings(max_examples=25)
def test_the_arrows_are_as_long_as_they_are_said_to_be(points):
    dial, rows = build(GRADIENT, 1, dataset_of(points)).show.timeline, signed(points)
    places = list(descent(rows, 1 / bound_of_curvature(rows), 20))
    for at, total, length in zip(dial.values, dial.columns["total"], dial.columns["length"], strict=True):
        if at > 20:
            break
        arrows = pulls(rows, places[int(at)])
        assert close(total, sum(hypot(*arrow) for arrow in arrows))
        assert close(length, hypot(sum(a for a, _ in arrows), sum(b for _, b in arrows)))


@given(POINTS)
@settings(max_examples=15)
def test_the_shares_and_what_is_left_are_those_of_the_pulls(points):
    dial, rows = build(GRADIENT, 6, dataset_of(points)).show.timeline, signed(points)
    places = list(descent(rows, 1 / bound_of_curvature(rows), 20))
    for at, kept in zip(dial.values, dial.columns["kept"], strict=True):
        if at > 20:
            break
        arrows = pulls(rows, places[int(at)])
        total = sum(hypot(*arrow) for arrow in arrows)
        assert close(kept, hypot(sum(a for a, _ in arrows), sum(b for _, b in arrows)) / total)
    assert (dial.columns["few"] <= 1 + 1e-12).all()


@given(POINTS)
@settings(max_examples=25)
def test_one_step_leads_to_the_loss_that_is_said(points):
    dial, rows = build(DESCENT, 1, dataset_of(points)).show.timeline, signed(points)
    unit = bound_of_curvature(rows)
    for row in (0, 40, 80, 120):
        eta = dial.values[row]
        assert close(eta, row / 40 / unit)
        *_, w = descent(rows, eta, 1)
        losses = [max(-m, 0) + log1p(exp(-abs(m))) for m in (a * w[0] + b * w[1] for a, b in rows)]
        assert close(dial.columns["loss"][row], sum(losses) / len(rows))
        assert close(dial.columns["gauge"][row], row / 80)


@given(POINTS)
@settings(max_examples=15)
def test_both_norms_are_those_of_plain_loops(points):
    dial, rows = build(DESCENT, 5, dataset_of(points)).show.timeline, signed(points)
    eta = 0.1 / bound_of_curvature(rows)
    logistic = list(descent(rows, eta, 12))
    w, hinge = (0.0, 0.0), [(0.0, 0.0)]
    for _ in range(12):
        inside = [(a, b) for a, b in rows if a * w[0] + b * w[1] < 1 - 1e-12]
        w = tuple(w[k] + eta / len(rows) * sum(row[k] for row in inside) for k in (0, 1))
        hinge.append(w)
    for at, first, second in zip(dial.values, dial.columns["logistic"], dial.columns["hinge"], strict=True):
        if at > 12:
            break
        assert close(first, hypot(*logistic[int(at)]))
        if all(abs(a * v[0] + b * v[1] - 1) > 1e-9 for v in hinge[: int(at)] for a, b in rows):
            assert close(second, hypot(*hinge[int(at)]))


@given(POINTS)
@settings(max_examples=25)
def test_the_turning_line_has_so_many_wrong(points):
    dial = build(BIAS, 1, dataset_of(points)).show.timeline
    for angle, wrong in zip(dial.values, dial.columns["wrong"], strict=True):
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        margins = [a * cos + b * sin for a, b in signed(points)]
        assert sum(m < -1e-9 for m in margins) <= wrong <= sum(m < 1e-9 for m in margins)
