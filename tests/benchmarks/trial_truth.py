"""Every clause that the two pages can write of a state, taken apart and checked by a second hand: `second_hand`.

A clause that no template below knows fails too, so that a new one comes with its check.

Run as `python -m pytest -n 0 tests/benchmarks/trial_truth.py`; TRUTH=n tries n times as much.
"""

import os
import re
from decimal import Decimal, localcontext

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from logreg.training.trajectory import StopReason
from logreg.ui.explorer import sentences as explorer
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.pair import make_pair
from logreg.ui.observation_3.questions import QUESTIONS
from logreg.ui.observation_3.scenes import SCENES
from logreg.ui.observation_3.view import Request
from logreg.ui.results import analyse
from logreg.ui.verdict import learning_rate
from tests.benchmarks.second_hand import DIGITS, Points, length

TIMES = int(os.environ.get("TRUTH", "1"))

# ── reading the screen ──────────────────────────────────────────────────────────────────────────────────────────────

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NOTHING = Decimal("1e-40")  # what 50 digits leave of 0
POWER = "10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
TOKENS = {
    "<x>": rf"(−?(?:[\d,]*\d(?:\.\d+)?(?:·{POWER})?|{POWER}|∞)|\(?1 [−+] [^)]*?[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?)",
    "<n>": r"([\d,]*\d)",
    "<norm>": r"(‖w‖|‖\(w, b\)‖)",
    "<norm*>": r"(‖w\*‖|‖\(w\*, b\*\)‖)",
    "<best>": r"(w\*|\(w\*, b\*\))",
    "<vector>": r"(\([^()]*\))",
    "<live>": r"\{\d\.\w+\}",
    "«": "(",
    "»": ")",
    "⟦": "(",
    "⟧": ")?",
    "¦": "|",
}


def pattern(template):
    """Return the expression that a template stands for: tokens, alternatives «a¦b», parts ⟦that may be missing⟧."""
    parts = re.split(f"({'|'.join(map(re.escape, TOKENS))})", template)
    return re.compile("".join(TOKENS.get(part, re.escape(part)) for part in parts))


def clauses(text):
    """Cut a text where a sentence or one of its clauses ends; an A or B of its own says whose what follows is."""
    text = text.replace("\\*", "*").replace("**", "").replace("\n", " ")
    cut = re.split(r"(?<=[^\d.][.?!])\s+|(?<=\d\.)\s+(?=[A-Z‖η])|; (?![^(]*\))", text)
    return [part.strip().rstrip(".") for part in cut if part.strip(" .")]


def read(text):
    """Return what a number on the screen says, and half a unit of its last digit: 0 for a whole number.

    "9688" is rounded, "9,688" is not; "139" may be rounded to three digits.
    """
    rounded = "," not in text and len(text) > 2
    text = text.strip("()").replace(",", "").replace("−", "-")
    if re.match(r"1 [-+] ", text):
        value, half = read(text[4:])
        return (1 - value if text[2] == "-" else 1 + value), half
    mantissa, power = (re.fullmatch(r"(-?[\d.]+)(?:·10(\S+))?", text) or re.fullmatch(r"(-?1)0(\S+)", text)).groups()
    scale = Decimal(10) ** int((power or "0").translate(SUPERSCRIPTS))
    digits = len(mantissa.partition(".")[2])
    return Decimal(mantissa) * scale, scale / 2 / 10**digits if digits or power or rounded else Decimal(0)


def agrees(text, value, digits=4):
    """Say whether a number on the screen is this one, rounded; zeros at its end may be missing."""
    said, half = read(text)
    value = value if abs(value) > NOTHING else Decimal(0)
    least = Decimal(10) ** ((value.adjusted() if value else 0) - digits + 1) / 2
    return abs(said - value) <= max(half, least) * Decimal("1.001") and (said == 0) == (value == 0)


# ── what a clause claims of points ──────────────────────────────────────────────────────────────────────────────────


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


def minimum_at_zero(points, l2, best, rounding, tail=None, named=None, loss=None):
    assert loss is None or agrees(loss, Decimal(2).ln())
    assert under(points, l2).has_minimum
    assert points.is_zero != bool(rounding)
    if rounding:
        assert max(map(abs, points.gradient([Decimal(0)] * len(points.decay)))) < Decimal("1e-14") * points.size


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
    assert int(n or 1) == len(points.y)
    assert int(label) == points.y[0]


def quasi(points, origin, apart, n, on):
    assert points.kind == "quasi-separable"
    assert (int(apart), int(n), int(apart) + int(on)) == (len(points.separated), len(points.y), len(points.y))


def separable(points, origin, side, n, alone):
    assert points.kind == "separable"
    assert bool(origin) == (not points.fit_bias)
    assert int(n or 1) == len(points.y)


def balance(points, goal, which, n):
    assert points.kind == "overlapping"
    assert not points.fit_bias
    assert int(n or 1) == len(points.y)
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
    "«all <n> points have¦the only point has» label <n>, and the bias alone gets «it¦them» right": (
        lambda p, have, n, label, _: one_class(p, have, n, label)
    ),
    "a line⟦ through the origin⟧ «separates all <n> points¦has all <n> points on one side¦has the point on its side»"
    "⟦, <x> away⟧": (
        lambda p, origin, side, n, m, tail, away: (
            separable(p, origin, side, n or m, tail),
            near(p, away) if away else None,
        )
    ),
    "the nearest is <x> away": lambda p, away: near(p, away),
    "a line⟦ through the origin⟧ has <n> of <n> points on their side and the other <n> on it": quasi,
    "no line separates the classes: their hulls share <vector>": shared,
    "no line through the origin «separates them¦has all points on one side»: "
    "«all <n> s·x can cancel¦the only point is the origin»": balance,
    f"{WITH}the ⟦shortest ⟧minimum is at <norm*> = <x>⟦, up to rounding⟧{LOSS}": lambda p, _, l2, *rest: minimum(
        p, l2, *rest
    ),
    f"{WITH}the minimum is at <best> = 0⟦, up to rounding⟧{LOSS}": lambda p, _, l2, *rest: minimum_at_zero(
        p, l2, *rest
    ),
    f"{WITH}there is no minimum": holds(lambda p, _, l2: not under(p, l2).has_minimum),
    f"{WITH}there is no minimum: <norm> → ∞ on the way to the infimum": (
        holds(lambda p, _, l2, symbol: not p.has_minimum and not p.l2 and ("b" in symbol or not p.one_class))
    ),
    f"{WITH}there is no minimum: the penalty leaves b free, and |b| → ∞ on the way to the infimum": (
        holds(lambda p, *_: not p.has_minimum and p.l2 and p.one_class and not p.decay[-1])
    ),
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
    "some directions cost nothing: along them some points gain, and the others neither gain nor lose": (
        is_kind("quasi-separable")
    ),
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


# ── what a clause claims of a run ───────────────────────────────────────────────────────────────────────────────────


def parameters_at(side, step):
    model = side.trajectory.model_at(int(step.replace(",", "")))
    return [*map(Decimal, model.weights), Decimal(model.bias)][: 2 + side.fit_bias]


def angle(a, b):
    """Return degrees between two vectors: by their difference and sum, in 50 digits, so that none is too small."""
    a, b = ([x / length(v) for x in v] for v in (a, b))
    apart, together = (length([x + sign * y for x, y in zip(a, b, strict=True)]) for sign in (-1, 1))
    ratio = float(apart / together) if together else float("inf")
    return Decimal(float(np.degrees(2 * np.arctan(ratio))))


def turned(side, points, first, last, what, degrees, billionth, symbol, changed, still):
    before, after = parameters_at(side, first), parameters_at(side, last)
    assert int(last.replace(",", "")) == side.trajectory.last_step
    assert int(first.replace(",", "")) == side.trajectory.last_step // 10
    assert (what == "(w, b)") == points.fit_bias
    if degrees:
        assert agrees(degrees, angle(before, after), digits=3)
    else:
        assert angle(before, after) < Decimal("1.01e-9")
    gained(side, points, first, last, symbol, changed)


def gained(side, points, first, last, symbol, changed):
    before, after = length(parameters_at(side, first)), length(parameters_at(side, last))
    if changed is None:
        assert abs(after - before) <= Decimal("1.1e-12") * after
    else:
        assert agrees(changed, after - before, digits=3)


def at_zero(side, points, step):
    assert not any(parameters_at(side, step))


def none_wrong(side, points, step, never):
    assert points.kind != "overlapping"
    assert min(points.margins(parameters_at(side, step))) > -Decimal("1e-20")


def outweighs(side, points, step, do_not, never):
    v = parameters_at(side, step)
    slope = sum(g * x for g, x in zip(points.gradient(v), v, strict=True))
    assert points.kind != "overlapping"
    assert slope >= 0 if do_not else slope < 0


def ended(side, points, step):
    assert side.trajectory.last_step == int(step.replace(",", ""))
    assert side.trajectory.last_step < side.trajectory.config.n_steps


def gradient_at_the_end(side, points):
    return length(points.gradient(parameters_at(side, str(side.trajectory.last_step))))


def off_now(side, points, step, percent, way):
    eta, now = side.trajectory.learning_rate, length(parameters_at(side, step))
    off = Decimal(float(side.law.norm_at(eta * int(step.replace(",", ""))))) / now - 1
    assert (way == "long") == (off > 0)
    assert agrees(percent, abs(100 * off), digits=2)


PULLS = "«the pulls on (w, b) never cancel¦the arrows never close»"
OF_RUNS = {
    "from step <n> to <n> «w¦(w, b)» turned by «<x>°¦less than a billionth of a degree», while <norm> "
    "«changed by <x>¦stayed what it is, to rounding»": (
        lambda s, p, first, last, what, turn, degrees, symbol, change, value: turned(
            s, p, first, last, what, degrees, None, symbol, value, change
        )
    ),
    "from step <n> to <n> <norm> «changed by <x>¦stayed what it is, to rounding»": (
        lambda s, p, first, last, symbol, change, value: gained(s, p, first, last, symbol, value)
    ),
    "at 0, where it began, there is no direction": lambda s, p: None,
    "at step <n> the run is at 0, which has no direction": at_zero,
    f"at step <n> no point is misclassified: nothing to cancel, and {PULLS}": none_wrong,
    "at step <n> gains⟦ do not⟧ outweigh losses": lambda s, p, step, do_not: outweighs(s, p, step, do_not, None),
    f"{PULLS}, for there is no optimum": lambda s, p, _: _assert(not p.has_minimum),
    "at step <n>": lambda s, p, step: None,
    "stopped at the step limit, <n>": lambda s, p, step: _assert(
        s.trajectory.last_step == s.trajectory.config.n_steps == int(step.replace(",", ""))
    ),
    "stopped at step <n>": ended,
    StopReason.ZERO_GRADIENT.value.rstrip("."): lambda s, p: _assert(gradient_at_the_end(s, p) < NOTHING),
    StopReason.GRADIENT_ROUNDS_TO_ZERO.value.rstrip("."): (
        lambda s, p: _assert(gradient_at_the_end(s, p) < Decimal("1e-13") * p.size)
    ),
    StopReason.UPDATE_BELOW_RESOLUTION.value.rstrip("."): lambda s, p: _assert(gradient_at_the_end(s, p) > 0),
    StopReason.RESIDUALS_UNDERFLOWED.value.rstrip("."): (
        lambda s, p: _assert(min(p.margins(parameters_at(s, str(s.trajectory.last_step)))) > 700)
    ),
    "at step <n> this is <x> % too «long¦short»": off_now,
    "in descent w stays at 0": lambda s, p: _assert(not s.trajectory.weights.any()),
    "no λ was found whose minimum is as long as the w of descent": lambda s, p: None,
    "where both are as long, descent and the regularisation path point the same way": lambda s, p: same_road(s, p),
    "at step <n>, where ‖w‖ = <x>, descent points <x>° off the minimum of that length": lambda s, p, *said: (
        off_the_path(s, p, *said)
    ),
}


def on_the_path(points, norm):
    """Return the w of the minimiser, for some λ, whose ‖w‖ is this: by secants in log λ; None where they miss it."""

    def log_length(log_l2):
        v = points.with_penalty(log_l2.exp()).optimum()
        return None if v is None else length(v[:2]).ln(), v

    low, high = Decimal(-2), Decimal(0)
    (at_low, _), (at_high, v) = log_length(low), log_length(high)
    for _ in range(25):
        if None in (at_low, at_high) or at_low == at_high:
            return None
        low, high = high, max(min(high + (norm.ln() - at_high) * (high - low) / (at_high - at_low), high + 5), high - 5)
        at_low, (at_high, v) = at_high, log_length(high)
        if at_high is not None and abs(at_high - norm.ln()) < Decimal("1e-12"):
            return v[:2]
    return None


def off_the_path(side, points, step, norm, degrees):
    w = parameters_at(side, step)[:2]
    assert agrees(norm, length(w))
    near = on_the_path(points, length(w))
    assume(near is not None)
    assert agrees(degrees, angle(w, near), digits=3)


def same_road(side, points):
    for step in {1, side.trajectory.last_step // 2, side.trajectory.last_step}:
        w = parameters_at(side, str(step))[:2]
        near = on_the_path(points, length(w)) if any(w) else None
        assert near is None or angle(w, near) < Decimal("1e-5")


def _assert(fact):
    assert fact


def settling(both):
    return sum(points.kind == "overlapping" for points in both.values())


def flip_gives(*kinds):
    return lambda both: _assert(both["B"].kind in kinds)


OF_PAIRS = {
    "step <live>: <norm> = <live> and <live>": lambda both, symbol: None,
    "one of them settles, the other grows for ever": lambda both: _assert(settling(both) == 1),
    "both settle": lambda both: _assert(settling(both) == 2),
    "both grow for ever": lambda both: _assert(settling(both) == 0),
    "not separable, and still no minimum: a finite minimum needs overlap": flip_gives("quasi-separable"),
    "with this flip the points are separable": flip_gives("separable"),
    "with this flip the points overlap": flip_gives("overlapping"),
    "scikit-learn’s default C = 1 is λ = 1/(nC)⟦ (but it refuses a single class)⟧: with λ = <x> the minimum is at "
    "<norm*> = <x>": lambda both, one, l2, symbol, value: default_penalty(both["A"], one, l2, symbol, value),
    "scikit-learn’s default C = 1 is λ = 1/(nC)⟦ (but it refuses a single class)⟧: with λ = <x> the minimum is at "
    "<best> = 0⟦, up to rounding⟧": lambda both, one, l2, best, rounding: default_penalty(both["A"], one, l2, "", "0"),
    "each picture is a slice at one b (A at «the optimum¦step <n>» and B at «the optimum¦step <n>»)": (
        lambda both, a, _, b, __: _assert(
            (a == "the optimum") <= both["A"].has_minimum and (b == "the optimum") <= both["B"].has_minimum
        )
    ),
    "the path, which moves in b too, lies over it": lambda both: None,
    "in «A¦B¦A and B» the slice has a lowest point, the loss over (w, b) has none": (
        lambda both, names: [_assert(bowl_over_a_valley(both[name])) for name in names.split(" and ")]
    ),
    "no picture of λ here: with λ = <x> there is no minimum: "
    "the penalty leaves b free, and |b| → ∞ on the way to the infimum": (
        lambda both, l2: _assert(any(points.one_class for points in both.values()))
    ),
}


def default_penalty(points, one, l2, symbol, value):
    assert bool(one) == (len(set(points.y)) == 1)
    assert agrees(l2, Decimal(1) / len(points.y))
    v = points.with_penalty(Decimal(1) / len(points.y)).optimum()
    assume(v is not None)
    assert agrees(value, length(v), digits=3) if symbol else length(v) < Decimal("1e-9")


def bowl_over_a_valley(points):
    without_b = Points(points.X, points.y, fit_bias=False)
    return points.kind != "overlapping" and without_b.kind == "overlapping"


STATIC = [
    "flip another to see the third case",
    "the third case needs points that stay on the line",
    "that is a limit, not convergence",
    "the cost of a unit direction u is the mean of (−a·u)₊: how fast its misclassified points "
    "raise the loss in the end",
    "L(r·u) ≥ c*·r for every such u, and L(0) = ln 2: the minimum is no further out than ln 2/c*",
    "the notes leave this step out",
    "with a bias a direction (w, b) is a point of a sphere, not of a circle: here is the cheapest",
    "the arrows are the pulls on w",
    "those on b are not drawn",
    "same window and same levels on both sides",
    "a valley without end has no lowest point",
    "a bowl has one",
    "no finite piece of a curve decides: only the certificate, found before any training, does",
    "which curve is which?",
]

ABOUT_POINTS = {pattern(template): check for template, check in OF_POINTS.items()}
ABOUT_PAIRS = {pattern(template): check for template, check in OF_PAIRS.items()}
ABOUT_RUNS = {pattern(template): check for template, check in OF_RUNS.items()}


def check_text(text, points, side=None, both=None):
    """Check each clause of a text by the template that knows it."""
    for clause in clauses(text):
        forms = (clause, clause[:1].lower() + clause[1:])
        for known, subject in ((ABOUT_POINTS, (points,)), (ABOUT_RUNS, (side, points)), (ABOUT_PAIRS, (both,))):
            found = next(((c, m) for p, c in known.items() for form in forms if (m := p.fullmatch(form))), None)
            if found is not None:
                found[0](*subject, *found[1].groups())
                break
        else:
            assert any(form in STATIC for form in forms), f"no template knows: {clause!r}, of {text!r}"


# ── states ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SHAPES = {
    "XOR": ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]),
    "XOR around 0": ([[-1, -1], [-1, 1], [1, -1], [1, 1]], [0, 1, 1, 0]),
    "AND": ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]),
    "touching": ([[1, 0], [1, 1], [1, -1], [0, 1], [2, 1], [0, -2]], [0, 1, 0, 0, 1, 0]),
    "quasi": ([[1, 3], [2, 0], [3, -1], [3, 4], [3, 1], [4, 0], [5, 2]], [0, 0, 0, 0, 1, 1, 1]),
    "mirrored": ([[1, 2], [2, 1], [-1, -2], [-2, -1], [3, 1], [-3, -1]], [1, 1, 0, 0, 0, 1]),
    "one class around 0": ([[1, 1], [-2, 1], [1, -3]], [1, 1, 1]),
    "one class and its negative": ([[1, 2], [-1, -2]], [0, 0]),
    "in one place": ([[1, 1], [1, 1], [1, 1]], [0, 1, 1]),
    "at 0": ([[0, 0]], [1]),
    "nearly cancelling": ([[0.1, 0], [0.2, 0], [-0.3, 0], [0, 1], [0, -1], [0, 0]], [1, 1, 1, 0, 0, 0]),
    "collinear": ([[-1, 1], [1, 1], [2, 1], [3, 1]], [0, 1, 0, 1]),
    "collinear through 0": ([[-2, -1], [2, 1], [4, 2]], [0, 1, 0]),
}


@st.composite
def points_and_labels(draw):
    """Draw a few points: a shape of the list, a scatter, points on a line; then copies, a scale, an offset."""
    number = st.integers(-6, 6).map(lambda k: k / 2) | st.floats(-3, 3).map(lambda x: round(x, 3))
    label = st.integers(0, 1)
    scatter = st.lists(st.tuples(number, number, label), min_size=1, max_size=7)
    line = st.lists(st.tuples(number, st.just(1.0), label), min_size=2, max_size=5)
    rows = (
        scatter
        | line
        | st.sampled_from(list(SHAPES.values())).map(lambda s: [(*x, y) for x, y in zip(*s, strict=True)])
    )
    drawn = draw(rows)
    if draw(st.booleans()):
        drawn = [*drawn, draw(st.sampled_from(drawn))]
    scale, offset = draw(st.sampled_from([(1.0, 0.0)] * 4 + [(1e-6, 0.0), (1e6, 0.0), (100.0, 0.0), (1.0, 100.0)]))
    return [[scale * x + offset, scale * y + offset] for x, y, _ in drawn], [label for *_, label in drawn]


OBJECTIVES = st.builds(
    Objective, fit_bias=st.booleans(), l2=st.sampled_from([0.0, 0.0, 0.01, 1.0]), penalise_bias=st.booleans()
)


# ── the explorer ────────────────────────────────────────────────────────────────────────────────────────────────────


def known_digits(text, value):
    """Say whether a number is right to the digits that it shows: they may be few where rounding eats them."""
    said, half = read(text)
    return abs(said - value) <= max(half, abs(value) * Decimal("5.1e-16")) * Decimal("1.3")


def check_numbers(points, run, step, shown):
    v = [*map(Decimal, run.weights[run.index_at(step)]), Decimal(float(run.bias[run.index_at(step)]))][
        : len(points.decay)
    ]
    margins, gradient, value = points.margins(v), length(points.gradient(v)), points.loss(v)
    assert agrees(shown["‖w‖"], length(v[:2]))
    assert agrees(shown["‖(w, b)‖"], length(v))
    named = shown["objective" if points.l2 else "loss"]
    assert value < Decimal("1e-307") if named == "0 in float64" else known_digits(named, value)
    size = points.size * max(map(abs, [*v, Decimal(1)]))
    if "rounding" in shown["‖∇L‖"]:
        assert gradient <= Decimal("1e-13") * points.size * (1 + size)
    elif "float64" not in shown["‖∇L‖"]:
        assert known_digits(shown["‖∇L‖"], gradient) if shown["‖∇L‖"] != "0" else gradient < Decimal("1e-45")
    right = [m > 0 or (m == 0 and label) for m, label in zip(margins, points.y, strict=True)]
    if all(m == 0 or abs(m) > Decimal("1e-12") * size for m in margins):
        assert shown["accuracy"] == f"{sum(right)} of {len(right)}"
    if (shown_angle := shown.get("∠ to limit", "none at 0")) != "none at 0":
        off = angle(v, points.direction()[0])
        assert off < Decimal("1.1e-12") if "rounding" in shown_angle else agrees(shown_angle.rstrip("°"), off)


def check_rate(points, text, rate):
    rows = np.array(points.rows, dtype=float)
    size = np.abs(rows).max() or 1.0
    smooth = size**2 * np.linalg.eigvalsh((rows / size).T @ (rows / size))[-1] / (4 * len(rows)) + float(points.l2)
    if "origin" in text:
        assert not rows.any()
        return
    auto = pattern("η = 1/L = <x>: the «loss¦objective» never rises while η < 2/L = <x>").fullmatch(text)
    given = pattern("η = <x> «<¦≥» 2/L = <x>: the «loss¦objective» «never rises¦may rise»").fullmatch(text)
    eta, bound = (auto[1], auto[3]) if auto else (given[1], given[3])
    assert agrees(eta, Decimal(rate))
    assert agrees(bound, Decimal(2 / smooth))
    if given and abs(rate * smooth - 2) > 1e-9:
        assert given[2] == ("<" if rate * smooth < 2 else "≥")
        assert (given[2] == "<") == (given[5] == "never rises")


@settings(max_examples=40 * TIMES)
@given(
    points_and_labels(),
    OBJECTIVES,
    st.sampled_from(["weight_norm", "parameter_norm"]),
    st.sampled_from(["auto", 0.5, 1e4]),
)
def test_what_the_explorer_says_of_a_state_is_true(drawn, objective, quantity, rate):
    X, y = drawn
    dataset = Dataset(X, y)
    with localcontext(DIGITS):
        points = Points(X, y, objective.fit_bias, objective.l2, objective.penalise_bias)
        found = analyse(dataset, objective)
        title, _, rest = explorer.verdict(found, quantity).partition(".** ")
        assert title.strip("*").lower() == ("one class only" if points.one_class else points.kind)
        check_text(rest, points)
        run = train(dataset, TrainingConfig(learning_rate=rate, n_steps=30, objective=objective))
        check_rate(points, learning_rate(run, found), run.learning_rate)
        for step in (0, 1, run.last_step):
            if step <= run.last_step:
                check_numbers(points, run, step, explorer.numbers(run, step, found))


# ── Observation 3 ───────────────────────────────────────────────────────────────────────────────────────────────────


def check_question(number, pair, sides):
    """Check which answer is counted as right, and why."""
    question = QUESTIONS[number]
    right, because = question.right(pair), question.because(pair)
    a, b = sides
    if number == 2:
        assert (right == 0) == (b.kind == "overlapping")
        if b.kind != "overlapping" and a.kind != "overlapping" and pair.a.law and pair.b.law:
            assert (right == 2) == (1 / b.direction()[1] > 1 / a.direction()[1] * Decimal("1.0000001"))
    else:
        assert right == ["overlapping", "separable", "quasi-separable"].index(b.kind)
    for number in re.findall(r"a decade adds (\S+) in B", because):
        assert agrees(number, Decimal(10).ln() / b.direction()[1])
    for number in re.findall(r"and (\S+) in A", because):
        assert "in the end" not in because or agrees(number.rstrip("."), Decimal(10).ln() / a.direction()[1])
    for number in re.findall(r"inf L = (\S+)\.$", because):
        assert agrees(number, b.infimum())


def told(view):
    """Return what a scene says, cut by whose it is; an empty name stands for both."""
    for line in [*view.caption.split("\n"), *view.lines]:
        whose = re.match(r"(?:\*\*)?([AB])(?:\.\*\*|, step \{\d\.step\}:|:) ", line)
        yield ("", line) if whose is None else (whose[1], line[whose.end() :])


@settings(max_examples=6 * TIMES)
@given(points_and_labels(), st.integers(0, 9), st.booleans())
def test_what_the_scenes_say_of_two_sets_is_true(drawn, flip, fit_bias):
    X, y = drawn
    flip %= len(y)
    pair = make_pair(Dataset(X, y), flip, fit_bias)
    other = [1 - label if i == flip else label for i, label in enumerate(y)]
    with localcontext(DIGITS):
        points = {"A": Points(X, y, fit_bias), "B": Points(X, other, fit_bias)}
        sides = {"A": pair.a, "B": pair.b}
        check_rate(points["A"], sentences.shared(pair).partition(" steps. ")[2].rstrip("."), pair.learning_rate)
        for name, side in sides.items():
            check_text(sentences.about(side).partition(". ")[2], points[name], side)
        for number in QUESTIONS:
            check_question(number, pair, (points["A"], points["B"]))
        for scene in SCENES:
            for view in {1, len(scene.views)} - {0, *scene.elsewhere}:
                last = ""
                for name, text in told(scene.build(pair, Request(view=view))):
                    last = name or last if scene.number in (6, 9) else name  # a second line of a caption goes on
                    check_text(text, points[last or "A"], sides[last or "A"], points)
