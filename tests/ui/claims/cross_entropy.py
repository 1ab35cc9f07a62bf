"""What cross-entropy's lesson says of any points, done again by plain loops and fractions."""

from math import log

import numpy as np

from tests.ui.claims.seen import EARLY, curvature, descend, losses, near, take


def two_definitions(seen):
    for _, p, text in seen.captions():
        said, one, zero = take("p = <x>: label 1 costs <x>, label 0 costs <x>, by cases and by the formula.", text)
        assert near(said, p)
        assert near(one, -(1 * log(p) + 0 * log(1 - p)))
        assert near(zero, -(0 * log(p) + 1 * log(1 - p)))
    seen.line("−[y·log p + (1 − y)·log(1 − p)]: the label, 1 or 0, switches one of the two terms off.")
    first, second, times = take("−log 0.1 = <x> and −log 0.01 = <x>: <x> times as much.", seen.because)
    assert near(first, -log(0.1))
    assert near(second, -log(0.01))
    assert (times, seen.answer) == ("2", "Twice as much")


def bars(seen):
    n, path = len(seen.lifted), descend(seen.lifted, 1 / curvature(seen.lifted), EARLY)
    for _, at, text in seen.captions(until=EARLY):
        said = take(f"Step <n>: the mean of the bars is <x>. <n> of {n} point{'s' * (n > 1)} cost log 2 or more.", text)
        costs = losses(seen.lifted @ path[int(at)])
        assert near(said[1], costs.mean())
        assert (costs > log(2) + 1e-9).sum() <= int(said[2]) <= (costs > log(2) - 1e-9).sum()
    seen.line("The loss that is minimised is the mean of the bars. A bar is below log 2 = 0.6931 just where its "
              "point is "
              "on the right side of the line.")  # fmt: skip
    vanish = seen.kind(True) == "separable"
    assert seen.answer == ("Yes, every one" if vanish else "No, one stays at log 2 or more")
    end = "So every bar can be made as small as you like, and none is ever 0."
    if not vanish:
        end = "So at every step some point is on the wrong side or on the line, and costs log 2 or more."
    assert seen.because.endswith(end)


def expected(kind, q, p):
    if kind == "absolute":
        return q * (1 - p) + (1 - q) * p
    return -q * np.log(p) - (1 - q) * np.log(1 - p) if kind == "entropy" else q * (1 - p) ** 2 + (1 - q) * p**2


def makes_sense(seen):
    p = np.arange(1, 100000) / 100000
    for _, q, text in seen.captions():
        said = take("If a share q = <x> of the labels is 1, cross-entropy and (y − p)² are least at p = <x>, |y − p| "
                    "at «p = <x>¦any p, all cost the same».", text)  # fmt: skip
        assert near(said[0], q)
        for kind in ("entropy", "squared"):
            assert abs(p[np.argmin(expected(kind, q, p))] - float(said[1])) < 1e-4
        assert (said[3] is None) == (q == 0.5)
        assert said[3] in (None, "0", "1")
        assert q == 0.5 or expected("absolute", q, float(said[3])) <= expected("absolute", q, p).min() + 1e-9
    seen.line(
        "A loss makes sense if the truth is its cheapest report. At p = 1/2 no loss depends on q: there they turn."
    )
    honest, bold = take("On average |y − p| is <x> at p = 0.75 and <x> at p = 1: lying pays.", seen.because)
    assert near(honest, expected("absolute", 0.75, 0.75))
    assert near(bold, expected("absolute", 0.75, 1.0))
    assert seen.answer == "1"


def entropy_and_kl(seen):
    q = 0.2
    for _, p, text in seen.captions():
        said = take("p = <x>: <x> is the labels’ own entropy; <x> is for reporting p instead of q.", text)
        entropy = expected("entropy", q, q)
        assert near(said[1], entropy)
        assert near(said[2], expected("entropy", q, p) - entropy, least=1e-15)
    seen.line("Soft labels have an entropy that no report can save; what is minimised is KL alone.")


def rivals(seen):
    eta = 1 / curvature(seen.lifted)
    path, least = descend(seen.lifted, eta, EARLY), 1e-13 * eta * np.abs(seen.lifted).max() ** 2
    for _, at, text in seen.captions(until=EARLY):
        said = take("Step <n>: margins from <x> to <x>⟦; points beyond the picture: <n>⟧.", text)
        margins = seen.lifted @ path[int(at)]
        assert near(said[1], margins.min(), least)
        assert near(said[2], margins.max(), least)
    seen.line("The run minimises the logistic loss; the same points are shown on its rivals. Hinge lets go at m = 1, "
              "the squared loss pushes back, the logistic pull gets small and is never 0.")  # fmt: skip
    said = take("The pulls at m = 5: 0/1 <x>, logistic <x>, hinge <x>, squared <x>. A slope that rises again punishes "
                "points for being too right.", seen.because)  # fmt: skip
    assert all(near(one, pull) for one, pull in zip(said, (0, 1 / (1 + np.exp(5)), 0, 2 * (1 - 5)), strict=True))
    assert seen.answer == "squared"


OF_POINTS = {(2, 1): bars, (5, 1): rivals}
OF_ITS_OWN = {(1, 1): two_definitions, (3, 1): makes_sense, (4, 1): entropy_and_kl}
