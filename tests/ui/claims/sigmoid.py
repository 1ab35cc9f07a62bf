"""What the sigmoid's lesson says of any points, done again by plain loops and fractions."""

from math import exp, log

import numpy as np

from tests.benchmarks.second_hand import Points
from tests.ui.claims.seen import EARLY, curvature, descend, near, sigmoid, take


def score(seen):
    w, b = 1.0, 0.0
    for _, x, text in seen.captions():
        said = take("At x = <x> the score is <x>, so the probability of class 1 is <x>.", text)
        assert near(said[1], w * x + b)
        assert near(said[2], float(sigmoid(w * x + b)))
    (tie,) = seen.line("The tie h = 1/2 is where w·x + b = 0, at x = −b/w. Here that is <x>.")
    assert near(tie, -b / w)


def steep(seen):
    for _, c, text in seen.captions():
        _, slope, width = take("c = <x>: the slope at the tie is <x>; from 10 to 90 % it takes <x>.", text)
        h = 1e-6 / c
        assert near(slope, (1 / (1 + exp(-c * h)) - 1 / (1 + exp(c * h))) / (2 * h), rel=1e-5)
        assert near(width, (log(9) - log(1 / 9)) / c)
    seen.line(
        "The slope is c/4, the width 2·ln 9/c. In f(x) = w·x + b this c is ‖w‖: the longer w, the steeper the step."
    )


def verdict(X, y):
    return Points(X, y, fit_bias=False).kind


def pair_of(seen):
    """Return both verdicts and the label-signed samples of A and B: B has the first flip that makes points overlap."""
    X, y = seen.dataset.X.tolist(), seen.dataset.y.tolist()
    flips = [[1 - k if i == flip else k for i, k in enumerate(y)] for flip in range(len(y))]
    other = next((labels for labels in flips if verdict(X, labels) == "overlapping"), flips[0])
    return [(verdict(X, labels), (2.0 * np.array(labels) - 1)[:, None] * seen.dataset.X) for labels in (y, other)]


def on_curve(seen):
    assert seen.built is not None
    pair = pair_of(seen)
    paths = [descend(rows, 1 / curvature(rows), EARLY) if rows.any() else np.zeros((EARLY + 1, 2)) for _, rows in pair]
    for _, at, text in seen.captions(until=EARLY):
        said = take("Step <n>: the largest |score| is <x> in A and <x> in B.", text)
        for one, (_, rows), path in zip(said[1:], pair, paths, strict=True):
            assert near(one, np.abs(rows @ path[int(at)]).max(), least=1e-13)
    kinds = tuple(kind for kind, _ in pair)
    (line,) = seen.built.lines
    assert (
        line
        == f"A is {kinds[0]}, B, with one label flipped, is {kinds[1]}. No bias; every line goes through the origin."
    )
    grows = tuple(kind != "overlapping" for kind in kinds)
    assert seen.answer == {(1, 0): "A’s", (0, 1): "B’s", (1, 1): "Both", (0, 0): "Neither"}[grows]
    ends = {True: "‖w‖ grows for ever, and the largest |f| with it", False: "its scores settle"}
    said = [f"{name} is {kind}: {ends[kind != 'overlapping']}" for name, kind in zip("AB", kinds, strict=True)]
    assert seen.because == f"{'; '.join(said)}."


def confidence(seen):
    assert seen.built is not None
    kind, rows = pair_of(seen)[0]
    path = descend(rows, 1 / curvature(rows), EARLY) if rows.any() else np.zeros((EARLY + 1, 2))
    size = np.abs(rows).max() or 1.0
    for _, at, text in seen.captions(until=EARLY):
        said = take("Step <n>: ‖w‖ = <x>, and the largest |score| is <x>.", text)
        assert near(said[1], np.linalg.norm(path[int(at)]), least=1e-13 / size)
        assert near(said[2], np.abs(rows @ path[int(at)]).max(), least=1e-13)
    assert seen.answer == ("Neither" if kind == "overlapping" else "The scores |f|")
    start = "A score is ‖w‖ times a distance: f(x) = ‖w‖·d(x). "
    (line,) = seen.built.lines
    stays = np.abs(rows.sum(axis=0)).max()
    if line == f"{start}These points leave w at 0, so there is no line to be far from.":
        assert stays <= 1e-15 * len(rows) * size
        assert seen.because == "The pulls of these points cancel at w = 0, where the run starts: ‖w‖ stays 0."
    elif kind == "overlapping":
        assert stays > 0
        assert line == f"{start}These points overlap, and in the end both settle."
        assert seen.because == "These points overlap: ‖w‖ settles, and with it both."
    else:
        end = "and the distances to the line change by «up to <x> % of the longest¦no more than rounding»."
        take(f"{start}From step 10,000 to 100,000 ‖w‖ grows by «<x> %¦less than rounding», {end}", line)
        assert seen.because == f"These points are {kind}: ‖w‖ has no bound, and a distance to a line has one."


def conditional(seen):
    for row, n, text in seen.captions():
        said = take("n = <n>: the two P(X) differ by <x>; in the middle the shares of + by at most <x>.", text)
        assert int(said[0].replace(",", "")) == n
        assert near(said[1], seen.dial.columns["apart"][row])
    assert seen.dial.columns["apart"][-1] > 0.2 > 0.1 > seen.dial.columns["differ"][-1], (
        "P(X) differs, the shares hardly"
    )


def label_sets(seen):
    for _, f, text in seen.captions():
        said = take("f = <x>: the loss is <x> for a positive sample and <x> for a negative one, both ways.", text)
        h = 1 / (1 + exp(-f))
        assert near(said[1], log(1 + exp(-f)))
        assert near(said[2], log(1 + exp(f)))
        assert abs(-log(h) - log(1 + exp(-f))) < 1e-12
        assert abs(-log(1 - h) - log(1 + exp(f))) < 1e-12


OF_POINTS = {(3, 1): on_curve, (4, 1): confidence}
OF_ITS_OWN = {(1, 1): score, (2, 1): steep, (5, 1): conditional, (6, 1): label_sets}
