"""What the bias' lesson says of any points, done again by plain loops, fractions and 50 digits."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import exp

import numpy as np

from logreg.data.lecture_sets import rare_class
from logreg.data.registry import make_dataset
from tests.benchmarks.second_hand import nearest
from tests.ui.claims.seen import EARLY, curvature, descend, losses, near, sigmoid, take

KINDS = "«separable¦overlapping¦quasi-separable»"


def petals():
    return make_dataset("iris_versicolor_virginica")


def wrong_at_best(rows):
    """Return the least number of points not right of any line through the origin: w between all critical angles."""
    edges = sorted({(np.degrees(np.arctan2(y, x)) + turn) % 360 for x, y in rows if x or y for turn in (90, 270)})
    if not edges:
        return len(rows)
    middles = [(a + b) / 2 for a, b in zip(edges, [*edges[1:], edges[0] + 360], strict=True)]
    turned = np.radians(middles)
    margins = np.column_stack([np.cos(turned), np.sin(turned)]) @ rows.T
    return int((margins <= 1e-9 * np.abs(rows).max()).sum(axis=1).min())


def tied(seen):
    n, size = len(seen.rows), np.abs(seen.rows).max()
    for _, angle, text in seen.captions():
        said, wrong, total = take(
            "θ = <x>°: the line is tied to the origin. On its wrong side, or on it: <n> of <n>.", text
        )
        margins = seen.rows @ [np.cos(np.radians(angle)), np.sin(np.radians(angle))]
        assert near(said, angle)
        assert int(total) == n
        assert (margins < -1e-9 * size).sum() <= int(wrong) <= (margins <= 1e-9 * size).sum()
    kinds = seen.line(f"Without b: {KINDS}. With b: {KINDS}. A ring: wrong, or on the line.")
    assert kinds == (seen.kind(False), seen.kind(True))
    *kinds, least, alone = take(
        f"Without b these points are {KINDS}, with b {KINDS}; the least here is <n>.⟦ One class needs no line: b alone "
        "gets it right.⟧", seen.because)  # fmt: skip
    assert kinds == [seen.kind(False), seen.kind(True)]
    assert bool(alone) == (len(set(seen.dataset.y.tolist())) == 1)
    assert int(least) == wrong_at_best(seen.rows)
    assert (int(least) == 0) == (kinds[0] == "separable")
    answers = ("No, and no other line", "No, but one with a bias can", "Yes")
    assert seen.answer == answers[(kinds[1] == "separable") + (kinds[0] == "separable")]


def tie(x, y, constant):
    """Return where the widest line through 0 of the points (x, K) cuts x₀ = K: by the nearest point of their hull."""
    signs = [1 if label else -1 for label in y]
    rows = [
        [Decimal(s) * Decimal(float(v)), Decimal(s) * Decimal(float(constant))] for v, s in zip(x, signs, strict=True)
    ]
    w, w0 = nearest(rows)
    return float(-w0 * Decimal(float(constant)) / w)


@cache  # the six points come again with most points of the reader's
def plain_run(x, y, n_steps):
    """Return w and b after so many steps of 1/L from 0, one number at a time."""
    rows = [(s * float(v), s) for v, s in zip(x, (1.0 if label else -1.0 for label in y), strict=True)]
    share, w, b = 1 / curvature(np.array(rows)) / len(rows), 0.0, 0.0
    for _ in range(n_steps):
        pulls = [(1 / (1 + exp(min(w * v + b * s, 700))), v, s) for v, s in rows]
        w, b = w + share * sum(p * v for p, v, _ in pulls), b + share * sum(p * s for p, _, s in pulls)
    return w, b


def check_lifted(seen, x, y, start):
    size = np.abs(x).max()
    for _, constant, text in seen.captions():
        said = take("K = <x>: a boundary through the origin cuts the line x₀ = K at x = <x>.", text)
        assert near(said[0], constant)
        assert near(said[1], tie(x, y, constant), least=1e-7 * size)
    end, step, now, mirrored = seen.line(
        f"{start}, and their widest boundary. Descent with a bias goes to that of K = 1, at <x>; at step <n> it is at "
        "<x>⟦, as at every step: each class mirrors the other⟧."
    )
    assert near(end, tie(x, y, 1), least=1e-7 * size)
    assert bool(mirrored) == (sorted(x[y == 1]) == sorted(-x[y == 0]))
    w, b = plain_run(tuple(x), tuple(y), int(step.replace(",", "")))
    assert near(now, 0 if mirrored else -b / w, least=1e-9 * size, rel=1e-6)
    assert now == "0" or not mirrored


def lifted_six(seen):
    x, y = np.array([-9.0, -8, -7, 3, 4, 5]), np.array([0, 0, 0, 1, 1, 1])
    check_lifted(seen, x, y, "The six points (x, K)")
    assert abs(tie(x, y, 1) + 1 / 3) < 1e-12
    assert abs(seen.dial.columns["cut"][-1] + 2) < 1e-9


def is_parted(x, y):
    """Say whether a place on the axis has the classes on its two sides."""
    zeros, ones = [Fraction(v) for v in x[y == 0]], [Fraction(v) for v in x[y == 1]]
    return bool(zeros and ones) and (max(zeros) < min(ones) or max(ones) < min(zeros))


def lifted(seen):
    feature = seen.view - 2
    x, y, name = seen.dataset.X[:, feature], seen.dataset.y, "x" + "₁₂"[feature]
    if is_parted(x, y):
        check_lifted(seen, x, y, f"x is {name} of these points")
        return
    assert seen.built.without_points == f"by {name} alone no place separates their classes"
    lifted_six(seen)


def share_right(v, X, y):
    """Return the least and largest share of right points: those on the line to rounding may be either."""
    scores = X @ v[:2] + v[2]
    close = np.abs(scores) < 1e-9 * (1 + np.abs(X) @ np.abs(v[:2]) + np.abs(v[2]))
    right = (scores > 0) == (y == 1)
    return (right & ~close).mean(), (right | close).mean()


def check_shifts(seen, X, y, start):
    dial, away = seen.dial, np.where(X.mean(axis=0) < 0, -1.0, 1.0)
    middles = [np.linalg.norm((X + shift * away).mean(axis=0)) for shift in dial.values]
    assert (np.diff(middles) > 0).all(), "their middle moves away from 0, and never nearer"
    for row, shift, text in seen.captions():
        said = take("Moved by <x>: a share of <x> is right with λ on w and b, <x> with λ on w alone.", text)
        assert near(said[0], shift)
        for share, on_b in zip(said[1:], (True, False), strict=True):
            low, high = share_right(newton(X + shift * away, y, 0.01, on_b), X + shift * away, y)
            assert low - 5e-5 <= float(share) <= high + 5e-5, (row, on_b)
    (ends,) = seen.line(
        f"{start}, λ = 0.01. «The same points, only their middle moves away from 0: b would have to follow, and the "
        "penalty holds it¦The same points, only their middle moves away from 0: here the penalty on b changes no "
        "accuracy¦The same points, only their middle moves away from 0: here the move changes no "
        "accuracy¦But for rounding the pulls cancel: w = 0, b = 0 and p = ½, wherever they are»."
    )
    assert ends.startswith("But") == (np.abs(newton(X, y, 0.01, True)).max() * (1 + np.abs(X).max()) < 1e-9)
    both = dial.columns["both"]
    assert ends.startswith("But") or ends.endswith("the penalty on b changes no accuracy") == (
        both == dial.columns["free"]).all()  # fmt: skip
    assert not ends.endswith("holds it") or len(set(both)) > 1, "what is held back by the move changes with it"
    assert not ends.endswith("the move changes no accuracy") or len(set(both)) == 1
    first, last, by, way, _, low, _, _, high = take(
        "A share of <x> of the points is right unmoved, <x> moved by <x>⟦ (on the way ⟦down to <x>⟧⟦ and ⟧⟦up to <x>⟧)⟧"
        "⟦: the penalty on b ties the line to the origin⟧.", seen.because)[:9]  # fmt: skip
    assert near(first, both[0])
    assert near(last, both[-1])
    assert near(by, dial.values[-1])
    assert near(low or first, both.min()) or near(low or last, both.min())
    assert near(high or first, both.max()) or near(high or last, both.max())
    assert bool(way) == (sorted((both[0], both[-1])) != [both.min(), both.max()])
    assert seen.answer == ("Lower" if both[-1] < both[0] else "Higher" if both[-1] > both[0] else "As it began")
    assert seen.answer == "As it began" or not ends.startswith("But")
    assert ("ties" in seen.because) == (seen.answer == "Lower")


def shifted_petals(seen):
    X, y = petals().X, petals().y
    for shift, on_b, share in ((0, True, 0.91), (0, False, 0.95), (100, True, 0.67)):
        assert abs(share_right(newton(X + shift, y, 0.01, on_b), X + shift, y)[0] - share) < 1e-9
    assert [seen.dial.columns[name][row] for row in (0, -1) for name in ("both", "free")] == [0.91, 0.95, 0.67, 0.95]
    assert (
        seen.because
        == "A share of 0.91 of the points is right unmoved, 0.67 moved by 100 (on the way down to 0.65 and up to "
        "0.94): the penalty on b ties the line to the origin."
    )
    assert seen.answer == "Lower"
    seen.line("Iris petals, versicolor and virginica, λ = 0.01. The same points, only their middle moves away from "
              "0: b would have to follow, and the penalty holds it.")  # fmt: skip


def newton(X, y, l2, on_b):
    """Return (w, b) of the least objective: Newton steps from the points' middle, halved while they do not lower it."""
    middle = X.mean(axis=0)
    rows, v, bias = np.column_stack([X - middle, np.ones(len(X))]), np.zeros(3), np.array([*-middle, 1.0])
    penalty = np.diag([l2, l2, 0.0]) + l2 * on_b * np.outer(bias, bias)

    def objective(v):
        return losses((2.0 * y - 1) * (rows @ v)).mean() + v @ penalty @ v / 2

    for _ in range(100):
        p = sigmoid(rows @ v)
        bend = (rows.T * (p * (1 - p))) @ rows / len(y) + penalty
        step = np.linalg.lstsq(bend, rows.T @ (p - y) / len(y) + penalty @ v, rcond=1e-15)[0]
        while objective(v - step) > objective(v) and np.abs(step).max() > 1e-300:
            step = step / 2
        v = v - step
    return np.array([*v[:2], v[2] - v[:2] @ middle])


def shifted(seen):
    check_shifts(seen, seen.dataset.X, seen.dataset.y, "These points")


def check_centring(seen, X, y, start):
    signs = (2.0 * y - 1)[:, None]
    ways = [signs * np.column_stack([points, np.ones(len(X))]) for points in (X, X - X.mean(axis=0))]
    paths = [descend(rows, 1 / curvature(rows), EARLY) for rows in ways]
    for _, at, text in seen.captions(until=EARLY):
        said = take("Step <n>: the loss is <x> on the points as they are, <x> on them centred.", text)
        for loss, rows, path in zip(said[1:], ways, paths, strict=True):
            assert near(loss, losses(rows @ path[int(at)]).mean(), rel=1e-6)
    bounds = seen.line(f"{start}, each run by steps of its own 1/L. Safe steps reach up to 2/L = <x> as they are, <x> "
                       "centred.")  # fmt: skip
    assert all(near(said, 2 / curvature(rows)) for said, rows in zip(bounds, ways, strict=True))


def centred_petals(seen):
    check_centring(seen, petals().X, petals().y, "Iris petals")


def centred(seen):
    check_centring(seen, seen.dataset.X, seen.dataset.y, "These points")


def rare(seen):
    X, y = rare_class().X, rare_class().y
    assert (len(y), int(y.sum())) == (300, 14)
    assert np.abs(X.mean(axis=0)).max() < 1e-12
    for _, l2, text in seen.captions():
        _, mean, share = take("λ = <x>: on average p is <x>; the true share of class 1 is <x>.", text)
        v = newton(X, y, l2, True)
        assert near(mean, sigmoid(X @ v[:2] + v[2]).mean(), rel=1e-6)
        assert near(share, 14 / 300)
        assert abs(sigmoid(X @ v[:2] + v[2]).mean() - (14 / 300 - l2 * v[2])) < 1e-9
    seen.line("300 points, 14 of class 1, centred; λ on w and b. At the minimum the mean of p is the share − λ·b, "
              "exactly: with b held near 0 it cannot be small.")  # fmt: skip


OF_POINTS = {(1, 1): tied, (2, 2): lifted, (2, 3): lifted, (3, 2): shifted, (4, 3): centred}
OF_ITS_OWN = {(2, 1): lifted_six, (3, 1): shifted_petals, (4, 1): centred_petals, (4, 2): rare}
