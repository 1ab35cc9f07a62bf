"""What a clause of the screen claims of points, checked by a second hand."""

import re
from decimal import Decimal

import numpy as np
from hypothesis import assume
from scipy.optimize import linprog

from tests.benchmarks.screen_text import agrees, read
from tests.benchmarks.second_hand import length


def under(points, l2):
    """Return the points with the penalty that a clause names."""
    if l2 is None or points.l2:
        assert l2 is None or agrees(l2, points.l2)
        return points
    return points.with_penalty(read(l2)[0])


def minimum(points, l2, which, symbol, value, rounding=None, tail=None, named=None, loss=None):
    points = under(points, l2)
    v = points.optimum()
    assume(v is not None)
    assert loss is None or agrees(loss, points.loss(v))
    assert loss is None or (named == "objective") == (points.l2 > 0)
    assert points.has_minimum
    assert bool(which) == (not points.is_full and not points.l2)
    assert not which or not points.fit_bias or "b" in symbol
    norm = length(v if "b" in symbol else v[:2])
    assert norm * points.size < Decimal("1e-11") if rounding else agrees(value, norm)


def minimum_at_zero(points, l2, which, best, rounding, tail=None, named=None, loss=None):
    assert not (which and points.is_full), "the shortest of many where there are no others"
    assert loss is None or agrees(loss, Decimal(2).ln())
    assert under(points, l2).has_minimum
    assert points.is_zero != bool(rounding)
    if rounding:
        assert max(map(abs, points.gradient([Decimal(0)] * len(points.decay)))) < Decimal("1e-14") * points.size


def least(points, named, loss):
    assert points.has_minimum
    assert (named == "objective") == (points.l2 > 0)
    v = points.optimum()
    assume(v is not None)
    assert agrees(loss, points.loss(v))


def shared(points, place):
    """The place is a mean of each class's points, as far as its four digits tell."""
    assert points.fit_bias
    assert points.kind == "overlapping"
    size = np.abs(np.array(points.X)).max() or 1.0
    where = np.array([float(read(part)[0]) for part in re.split("[;,] ", place.strip("()"))]) / size
    for sign in (1, -1):
        corners = np.array([x for x, s in zip(points.X, points.signs, strict=True) if s == sign]).T / size
        off = np.concatenate([corners, -corners])
        limits = np.concatenate([where, -where]) + 1e-3
        found = linprog(np.zeros(corners.shape[1]), off, limits, np.ones((1, corners.shape[1])), [1.0], method="highs")
        assert found.status == 0


def one_class(points, have, n, label):
    assert points.one_class
    assert int(n or (2 if "both" in have else 1)) == len(points.y)
    assert int(label) == points.y[0]


def quasi(points, origin, apart, n, side, rest, on):
    assert points.kind == "quasi-separable"
    assert (side == "its") == (int(apart) == 1)
    assert bool(rest) == (len(points.y) - int(apart) > 1)
    assert (int(apart), int(n), int(apart) + int(on or 1)) == (len(points.separated), len(points.y), len(points.y))


def separable(points, origin, side, n, alone):
    assert points.kind == "separable"
    assert bool(origin) == (not points.fit_bias)
    assert int(n or (1 if side == "has the point on its side" else 2)) == len(points.y)


def balance(points, goal, which, n):
    assert points.kind == "overlapping"
    assert not points.fit_bias
    assert int(n or (2 if "both" in which else 1)) == len(points.y)
    assert (goal == "separates them") == (len(set(points.y)) == 2)


def lowest(points, which, value, never):
    assume(points.infimum() is not None)
    assert points.kind == {"infimum": "quasi-separable", "minimum": "overlapping"}[which]
    assert agrees(value, points.infimum())


def cost(points, which, least, symbol, starred, bound):
    v, exact = points.optimum(), points.least_cost()
    assert points.kind == "overlapping"
    assert bool(which) == (not points.is_full)
    assert agrees(least, exact)
    assert agrees(bound, Decimal(2).ln() / exact)
    assert v is None or length(v) * exact <= Decimal(2).ln()


def ray(points, which, how, least, falls, end):
    if which in ("w*", "(w*, b*)"):
        u = points.optimum()
        assume(u is not None)
        assert points.kind == "overlapping"
        assert agrees(least, length(u))
    elif "direction" in which and "max" not in which:  # far out the loss is r·c*, besides points that stay
        assert Decimal(10) ** (sum(read(end)) * Decimal("1.0001")) >= points.least_cost() * 10**10
        return
    else:
        assert points.kind == ("quasi-separable" if which == "ū" else "separable")
        u, _ = points.direction()
    assert agrees(end, points.log10_along(u, Decimal(10) ** 10))


def misclassified(points, count, plural, loses, close):
    v = points.optimum()
    assume(v is not None)
    assert not points.is_zero
    if count != "the":
        assert int(count) == sum(m < -Decimal("1e-25") for m in points.margins(v))


def growth_law(points, symbol, gap, _, margin, n, slope):
    assert (gap == "γ_c") == (points.kind == "quasi-separable")
    assert agrees(margin, points.direction()[1])
    assert int(n) == len(points.y)
    assert agrees(slope, Decimal(10).ln() / points.direction()[1])


def is_kind(*kinds):
    def check(points, *_):
        assert points.kind in kinds

    return check


def holds(fact):
    def check(points, *groups):
        assert fact(points, *groups)

    return check


grows, anything = is_kind("separable", "quasi-separable"), holds(lambda *_: True)
WITH, LOSS = "⟦with λ = <x> ⟧", "⟦, «loss¦objective» <x>⟧"
OF_POINTS = {
    "«all <n> points have¦both points have¦the only point has» label <n>, and the bias alone gets «it¦them» right": (
        lambda p, have, n, label, _: one_class(p, have, n, label)
    ),
    "a line⟦ through the origin⟧ «separates all <n> points¦separates the two points¦has all <n> points on one side¦"
    "has both points on one side¦has the point on its side»⟦, <x> away⟧": (
        lambda p, origin, side, n, m, tail, away: (
            separable(p, origin, side, n or m, tail),
            near(p, away) if away else None,
        )
    ),
    "the nearest is <x> away": lambda p, away: near(p, away),
    "a line⟦ through the origin⟧ has <n> of <n> points on «its¦their» side and the other⟦ <n>⟧ on it": quasi,
    "no line separates the classes: their hulls share <vector>": shared,
    "no line through the origin «separates them¦has all points on one side»: "
    "«all <n> s·x can cancel¦both s·x can cancel¦the only point is the origin»": balance,
    f"{WITH}the ⟦shortest ⟧minimum is at <norm*> = <x>⟦, up to rounding⟧{LOSS}": lambda p, _, l2, *rest: minimum(
        p, l2, *rest
    ),
    f"{WITH}the ⟦shortest ⟧minimum is at <best> = 0⟦, up to rounding⟧{LOSS}": lambda p, _, l2, *rest: minimum_at_zero(
        p, l2, *rest
    ),
    f"{WITH}there is no minimum": holds(lambda p, _, l2: not under(p, l2).has_minimum),
    f"{WITH}there is no minimum: <norm> → ∞ on the way to the infimum": (
        holds(lambda p, _, l2, symbol: not p.has_minimum and not p.l2 and ("b" in symbol or not p.one_class))
    ),
    f"{WITH}there is no minimum: the penalty leaves b free, and |b| → ∞ on the way to the infimum": (
        holds(lambda p, *_: not p.has_minimum and p.l2 and p.one_class and not p.decay[-1])
    ),
    f"{WITH}there is no minimum: |b| → ∞ on the way to the infimum": (
        holds(lambda p, *_: not p.has_minimum and p.l2 and p.one_class and not p.decay[-1])
    ),
    "the penalty leaves b free": holds(lambda p: p.l2 and p.fit_bias and not p.decay[-1]),
    "there the «loss¦objective» is <x>": lambda p, named, loss: least(p, named, loss),
    f"{WITH}there is a minimum, but float64 cannot reach it": holds(lambda p, _, l2: under(p, l2).has_minimum),
    "<norm> = <live>⟦[, «+¦changed by »<live> in the last decade]⟧": anything,
    "<norm> = <live>[, <live> % short of it]": is_kind("overlapping"),
    "<norm*> = <x>": lambda p, symbol, value: minimum(p, None, "" if p.is_full else "shortest", symbol, value),
    "theory: <x> a decade in the end": holds(lambda p, x: agrees(x, Decimal(10).ln() / p.direction()[1])),
    "Loss <live>": anything,
    "its infimum is 0": is_kind("separable"),
    "its «infimum¦minimum» is <x>⟦ > 0, and never reached⟧": lowest,
    "every direction⟦ that changes the loss⟧ costs at least c* = <x> per unit of <norm>, "
    "so <norm*> ≤ ln 2/c* = <x>": cost,
    "some directions cost nothing: along them every point gains": is_kind("separable"),
    "«some directions cost nothing: along them¦one direction costs nothing: along it» some points gain, and the others "
    "neither gain nor lose": lambda p, _: is_kind("quasi-separable")(p),
    "all points are at the origin: no direction changes the loss": holds(lambda p: not np.any(p.X)),
    "there is no <best>": grows,
    "along «<best>¦the max-margin direction¦ū¦the cheapest direction¦a direction that costs nothing»"
    "⟦ the loss falls «to r = <x>, then rises for ever¦for ever¦for ever, but not to 0»:⟧ at r = 10¹⁰ log₁₀ L = <x>": (
        lambda p, which, _, falls, how, least, end: ray(p, which, how, least, falls, end)
    ),
    "at the optimum «the¦<n>» misclassified point⟦s⟧ «lose¦loses» what the others gain: "
    "«the pulls on (w, b) cancel¦the arrows of all points close»": (
        lambda p, count, _, *rest: misclassified(p, count, *rest)
    ),
    "there no point is on either side: «the pulls on (w, b) cancel¦the arrows of all points close»": (
        holds(lambda p, _: p.has_minimum)
    ),
    "In the end <norm> ≈ [log(«γ¦γ_c»²ηt/n) + H]/«γ¦γ_c»: «γ¦γ_c» = <x>, n = <n>, so +<x> a decade": (
        lambda p, symbol, gap, _, __, margin, n, slope: growth_law(p, symbol, gap, _, margin, n, slope)
    ),
}


def near(points, away):
    assert agrees(away, points.margin())
