"""What the gradient's lesson says of any points, done again by plain loops."""

from fractions import Fraction
from itertools import combinations
from math import exp, log10

import numpy as np

from logreg.figures.two_losses import bad_start
from tests.benchmarks.screen_text import read
from tests.benchmarks.second_hand import Points
from tests.ui.claims.seen import EARLY, curvature, descend, is_vector, losses, near, pulls, sigmoid, take


def off_origin(seen):
    return seen.rows[seen.rows.any(axis=1)]


def kind_of_pulling(seen):
    """Return the verdict of the points off the origin: what lies there pulls nothing."""
    pulls_at_all = seen.dataset.X.any(axis=1)
    return Points(seen.dataset.X[pulls_at_all].tolist(), seen.dataset.y[pulls_at_all].tolist(), fit_bias=False)


PAST = " through the origin, which is outside this window.»"


def is_origin_outside(seen):
    """Say whether the first picture's axes leave the origin out, through which every line goes."""
    layout = seen.built.show.pictures.curves[0].figure.layout
    return not all(min(axis.range) <= 0 <= max(axis.range) for axis in (layout.xaxis, layout.yaxis))


def arrows(seen):
    path = descend(seen.rows, 1 / curvature(seen.rows), EARLY)
    for _, at, text in seen.captions(until=EARLY):
        said = take("Step <n>: every point« off the origin¦» pulls w; <x> of pulling in all, <x> in the sum.", text)
        _, off, total, length = said
        assert bool(off) == (len(off_origin(seen)) < len(seen.rows))
        arrow = pulls(seen.rows, path[int(at)])
        whole = np.linalg.norm(arrow, axis=1).sum()
        assert near(total, whole)
        assert near(length, np.linalg.norm(arrow.sum(axis=0)), least=1e-12 * whole)
    [beyond] = seen.line("An arrow is (y − p)·x/n, in the colour of its class; their sum is −∇L, and a step goes "
                         "along it. No bias, so w has two parts.«¦ The line goes" + PAST)  # fmt: skip
    assert bool(beyond) == is_origin_outside(seen)
    kind = kind_of_pulling(seen).kind
    answers = {
        "separable": ("All shrink away", " separable through the origin: every point gets confident, and lets go."),
        "overlapping": ("They close into a ring", ": they pull against each other, until the arrows close into "
                                                  "a ring."),
        "quasi-separable": ("Some close, the others shrink", " quasi-separable: those on the line pull on, in balance; "
                            "the others let go."),
    }  # fmt: skip
    answer, end = answers[kind]
    start = "Off the origin these points" if len(off_origin(seen)) < len(seen.rows) else "These points"
    assert seen.answer == answer
    assert seen.because == start + (" overlap" if kind == "overlapping" else " are") + end


def check(seen):
    size = np.abs(seen.dataset.X).max() / 3
    unit = 10.0 ** -round(log10(size)) if size else 1.0
    w = np.array([0.6, -0.2]) * unit
    exact = -pulls(seen.rows, w).sum(axis=0)
    wide = seen.rows.astype(np.longdouble)
    for _, h, text in seen.captions():
        _, _, said = take("h = <x>: chord and formula differ by «0, to rounding¦<x>» of the gradient.", text)
        slopes = [(mean_loss(wide, w + h * e) - mean_loss(wide, w - h * e)) / (2 * np.longdouble(h)) for e in np.eye(2)]
        off = np.linalg.norm(np.array(slopes, dtype=float) - exact) / np.linalg.norm(exact)
        if off > 1e-6 and h > 1e-3 * unit:  # further down it is rounding that is seen
            assert near(said, off, rel=1e-5)
    line = seen.line(
        "At w = <vector>, without a bias: (L(w + h·e) − L(w − h·e))/2h for each weight, beside the formula."
    )
    assert is_vector(line[0], w)
    least, best = take("Here the error is least, <x>, at h = <x>: below it rounding wins.", seen.because)
    errors = seen.dial.columns["error"]
    row = int(np.nanargmin(errors))
    assert near(least, errors[row])
    assert near(best, seen.dial.values[row])
    assert seen.answer == "No, it turns"
    assert errors[row] < np.nanmax(errors[row + 1 :])


def mean_loss(rows, w):
    margins = rows @ w.astype(rows.dtype)
    return (np.maximum(-margins, 0) + np.log1p(np.exp(-np.abs(margins)))).mean()


def slope(seen):
    for _, a, text in seen.captions():
        _, said, bound = take("a = <x>: the sigmoid’s slope is <x>; the notes’ bound is <x>.", text)
        exact = exp(-abs(a)) / (1 + exp(-abs(a))) ** 2
        limit = exp(-a) if a >= 0 else 1 / (1 + exp(-a))
        assert near(said, exact)
        assert near(bound, limit)
        assert exact <= limit * (1 + 1e-12)
    seen.line(
        "s′(a) = s(a)·(1 − s(a)) is at most 1/4; far out it falls by a factor e with each unit of a, to both sides."
    )


def slope_of(kind, p, y):
    return p - y if kind == "ce" else (p - y) * p * (1 - p)


def neuron(seen):
    w, b = ((0.6, 0.9), (2.0, 2.0))[seen.view - 1]
    outputs = {}
    for kind in ("se", "ce"):
        z, outputs[kind] = w + b, []
        for _ in range(301):
            p = float(sigmoid(z))
            outputs[kind].append(p)
            z -= 2 * 0.15 * slope_of(kind, p, 0)  # w and b move alike: x = 1
    for _, at, text in seen.captions(until=300):
        _, error, entropy = take("Epoch <n>: squared error still says <x>, cross-entropy <x>; the truth is 0.", text)
        assert near(error, outputs["se"][int(at)])
        assert near(entropy, outputs["ce"][int(at)])
    seen.line("One neuron, one sample: x = 1, y = 0. η = 0.15 for both losses; squared error is ½(a − y)². Pink: "
              "squared error. Violet: cross-entropy.")  # fmt: skip


def on_the_plane(seen):
    rows, eta = seen.rows, 1 / curvature(seen.rows)
    start = bad_start(seen.dataset)  # its length is said, its direction is not
    assert abs(np.abs(rows @ start).mean() - 6) < 1e-9 or not rows.any()
    right = {}
    for kind in ("se", "ce"):
        w, right[kind] = start, []
        for _ in range(EARLY + 1):
            p = sigmoid(rows @ w)
            right[kind].append(p.mean())
            share = (1 - p) * (p * (1 - p) if kind == "se" else 1)
            w = w + eta * (share[:, None] * rows).mean(axis=0)
    for _, at, text in seen.captions(until=EARLY):
        said = take("Step <n>: mean p of the right label is <x> with squared error, <x> with cross-entropy.", text)
        assert near(said[1], right["se"][int(at)], rel=1e-6)
        assert near(said[2], right["ce"][int(at)], rel=1e-6)
    margin, said, beyond = seen.line(
        "Both start from the same w, at a mean margin of <x>, by steps of η = <x>. No bias. Pink: squared error. "
        "Violet: cross-entropy.«¦ Both lines go" + PAST
    )
    assert bool(beyond) == is_origin_outside(seen)
    assert near(margin, (rows @ start).mean(), least=1e-8)
    assert near(said, eta)


def steep(kind, x, y, w, b):
    p = sigmoid(np.add.outer(b, np.multiply.outer(w, x)))
    slopes = slope_of(kind, p, y)
    return np.hypot((slopes * x).mean(axis=-1), slopes.mean(axis=-1))


def flat_share(kind, x, y):
    side = np.linspace(-10, 10, 401)
    return 100 * float((steep(kind, x, y, side, side) < 1e-3).mean())


def walk(kind, x, y, eta, start):
    w, b = start
    for _ in range(EARLY + 1):
        yield float(steep(kind, x, y, np.array([w]), np.array([b]))[0, 0])
        slopes = slope_of(kind, sigmoid(w * x + b), y)
        w, b = w - eta * (slopes * x).mean(), b - eta * slopes.mean()


def check_plateaus(seen, x, eta, template):
    y = seen.dataset.y if seen.view > 1 else np.array([0, 0, 0, 1, 1, 1])
    start = max([(-2, -6), (2, -6), (-2, 6), (2, 6)], key=lambda v: losses((2 * y - 1) * (v[0] * x + v[1])).mean())
    steps = {kind: list(walk(kind, x, y, eta, start)) for kind in ("se", "ce")}
    for _, at, text in seen.captions(until=EARLY):
        said = take(template, text)
        assert near(said[1], steps["se"][int(at)], least=1e-12)
        assert near(said[2], steps["ce"][int(at)], least=1e-12)
    for kind, shown in zip(("se", "ce"), seen.built.show.pictures.curves, strict=True):
        title = shown.figure.layout.title.text
        share = 0.0 if ": flat " in title else float(title.split(": ")[1].split(" %")[0])
        assert abs(share - flat_share(kind, x, y)) <= 0.501
        if "flat nowhere" in title:
            assert min(steps[kind]) >= 1e-3
        if "round its minimum" in title:  # there is one if the classes overlap on the line, or all lie in one place
            zeros, ones = x[y == 0], x[y == 1]
            assert kind == "ce"
            assert min(zeros.max(), ones.max()) > max(zeros.min(), ones.min()) or len(set(x)) == 1


def plateaus_of_course(seen):
    seen.line("x = 0 … 5, labels 0 0 0 1 1 1; both runs start at the ×, η = 0.3. Grey: ‖∇‖ < 0.001, in the window "
              "|w|, |b| ≤ 10. Not a local minimum: a plateau.")  # fmt: skip
    template = "Step <n>: squared error waits on a plateau, ‖∇‖ = <x>; cross-entropy has <x>."
    check_plateaus(seen, np.arange(6.0), 0.3, template)


def plateaus_of_feature(seen):
    x = seen.dataset.X[:, seen.view - 2]
    unit, said = seen.line(
        f"x is x{'₁₂'[seen.view - 2]} of these points⟦, in units of <x>⟧; both runs start at the ×, η = <x>. Grey: "
        "‖∇‖ < 0.001, in the window |w|, |b| ≤ 10."
    )[1:]
    if unit is not None:
        x = x / float(Fraction(10) ** round(log10(np.abs(x).max() / 3)))
        assert near(unit, 10.0 ** round(log10(np.abs(seen.dataset.X[:, seen.view - 2]).max() / 3)))
    eta = 1 / curvature(np.column_stack([x, np.ones(len(x))]))
    assert near(said, eta)
    check_plateaus(seen, x, eta, "Step <n>: ‖∇‖ is <x> with squared error, <x> with cross-entropy.")


def who_pulls(seen):
    rows = off_origin(seen)
    path = descend(rows, 1 / curvature(rows), EARLY)
    few = min(len(rows), 4)
    name = ("one point has", "two points have", "three points have", "four points have")[few - 1]
    for _, at, text in seen.captions(until=EARLY):
        _, said, kept = take(f"Step <n>: {name} <x> of all pulls; <x> of all pulling is left in the sum.", text)
        arrow = pulls(rows, path[int(at)])
        shares = np.linalg.norm(arrow, axis=1) / np.linalg.norm(rows, axis=1)
        shares /= shares.sum()
        assert any(near(said, sum(some)) for some in combinations(shares, few))
        left = np.linalg.norm(arrow.sum(axis=0)) / np.linalg.norm(arrow, axis=1).sum()
        assert near(kept, left, least=1e-12)
    points = kind_of_pulling(seen)
    ends = {
        "separable": "Separable: the support vectors pull alone in the end, and their pulls never cancel.",
        "overlapping": "Overlapping: at the optimum the pulls cancel, and nothing is left in the sum.",
        "quasi-separable": "Quasi-separable: the points on the line cancel each other, and the rest lets go.",
    }
    no_bar = " A point at the origin pulls nothing: no bar." if len(rows) < len(seen.rows) else ""
    line = f"A bar is a point’s σ(−m)/Σσ(−m), in the colour of its class. {ends[points.kind]}{no_bar}"
    assert seen.built.lines == (line,)
    assert seen.answer.startswith("No" if points.kind == "separable" else "Yes")
    if points.kind != "separable":
        assert seen.because.endswith("separates these points, and at the infimum of the loss all pulls cancel.")
        return
    (floor,) = take("A line through the origin separates these points: along it every pull gains, at least <x> of its "
                    "length.", seen.because)  # fmt: skip
    assert near(floor, float(points.direction()[1]) / np.linalg.norm(rows, axis=1).max(), rel=1e-6)
    assert (seen.dial.columns["kept"] >= float(read(floor)[0]) * (1 - 1e-3)).all()


OF_POINTS = {
    (1, 1): arrows,
    (2, 1): check,
    (4, 3): on_the_plane,
    (5, 2): plateaus_of_feature,
    (5, 3): plateaus_of_feature,
    (6, 1): who_pulls,
}
OF_ITS_OWN = {(3, 1): slope, (4, 1): neuron, (4, 2): neuron, (5, 1): plateaus_of_course}
