"""What a clause of the screen claims of a run or of two, and the table of all clauses."""

from decimal import Decimal

import numpy as np
from hypothesis import assume

from logreg.training.trajectory import StopReason
from tests.benchmarks.claims_of_points import OF_POINTS
from tests.benchmarks.screen_text import NOTHING, agrees, clauses, pattern
from tests.benchmarks.second_hand import Points, length


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


def none_wrong_some_on_the_line(side, points, step, n_on, cancel, never):
    none_wrong(side, points, step, never)
    v = parameters_at(side, step)
    rows = [row for row in points.rows if any(row) and abs(sum(a * x for a, x in zip(row, v, strict=True))) < NOTHING]
    assert len(rows) == int(n_on)
    assert (not any(map(sum, zip(*rows, strict=True)))) == (cancel == "they cancel each other")


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
    "at step <n> no point is misclassified, but <n> points on the line pull for ever: "
    f"«they cancel each other¦they do not cancel yet», and with the rest {PULLS}": none_wrong_some_on_the_line,
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


def without_minimum(both):
    return [name for name, points in both.items() if points.kind != "overlapping"]


def settles_at(both, value):
    assert without_minimum(both) == ["A"]
    v = both["B"].optimum()
    assume(v is not None)
    assert value is None or agrees(value, length(v)) or length(v) * both["B"].size < Decimal("1e-11")


def named(with_minimum):
    """Return a check that the sets named are those with a minimum, or those without one."""

    def check(both, names, *_):
        free = without_minimum(both)
        assert names.split(" and ") == ([name for name in both if name not in free] if with_minimum else free)

    return check


def are_free(both, names, only=None):
    """Return whether all sets named have no minimum, and are of one kind if asked."""
    named_ones = names.split(" and ")
    return set(named_ones) <= set(without_minimum(both)) and all(only in (None, both[one].kind) for one in named_ones)


def kinds_of_flips(points):
    flips = ([1 - label if k == i else label for k, label in enumerate(points.y)] for i in range(len(points.y)))
    return [Points(points.X, y, points.fit_bias).kind for y in flips]


def all_of(n_without):
    return lambda both: _assert(len(without_minimum(both)) == n_without)


NAMES = "«A¦B¦A and B»"
ROADS = (
    "«early stopping is not a point of the λ path¦descent and the λ path are one road¦w stays at 0"
    "¦no λ was found to compare with»"
)
OF_IDEAS = {
    "[Ten times the steps: A has gained <live>": lambda both: _assert(without_minimum(both) == ["A"]),
    "]One label flipped, and B settles⟦ at <x>⟧": lambda both, _, value: settles_at(both, value),
    "A settles": lambda both: _assert(without_minimum(both) == ["B"]),
    "one label flipped, and <norm> of B grows for ever": lambda both, _: _assert(without_minimum(both) == ["B"]),
    "neither set has a minimum: both grow for ever": all_of(2),
    "both sets overlap: both settle": all_of(0),
    "step <live>": lambda both: None,
    "«A¦B»: <norm> = <live>": lambda both, *_: None,
    "every direction⟦ that changes the loss⟧ costs something in both sets: each has a minimum": (
        lambda both, which: _assert(not without_minimum(both) and all(p.is_full != bool(which) for p in both.values()))
    ),
    "no direction changes the loss in either set: every w is a minimum": (
        lambda both: _assert(not any(np.any(points.X) or points.fit_bias for points in both.values()))
    ),
    f"in {NAMES} there are directions that are free": lambda both, names: _assert(are_free(both, names)),
    f"in {NAMES} one direction is free": lambda both, names: _assert(are_free(both, names, only="quasi-separable")),
    "in «A¦B» there is one": lambda both, name: _assert(are_free(both, name, only="quasi-separable")),
    "in «A¦B» none is": lambda both, name: _assert(both[name].kind == "overlapping" and both[name].is_full),
    "in «A¦B» none that changes the loss is": (
        lambda both, name: _assert(both[name].kind == "overlapping" and not both[name].is_full)
    ),
    "without an optimum the pulls of all points never cancel": all_of(2),
    f"in {NAMES} the pulls of all points cancel at the optimum": named(with_minimum=True),
    "in «A¦B» they never do": named(with_minimum=False),
    "neither loss has a lowest point: the paths never end": all_of(2),
    f"{NAMES} «has¦have» «a¦more than one» lowest point": lambda both, names, _, how_many: (
        named(with_minimum=True)(both, names),
        _assert(all(points.is_full == (how_many == "a") for points in both.values())),
    ),
    "«A¦B» has none": named(with_minimum=False),
    "early stopping is not a point of the λ path": lambda both: None,
    f"in A {ROADS}": lambda both, _: None,
    f"in B {ROADS}": lambda both, _: None,
    f"here {ROADS}": lambda both, _: None,
    "the direction is settled long before the length": lambda both: None,
    "here the direction is not settled long before the length": lambda both: None,
    "in «A¦B» the direction is settled long before the length": lambda both, _: None,
    "in «A¦B» it is not": lambda both, _: None,
    "«A¦B» has no direction": lambda both, name: _assert(both[name].kind == "overlapping"),
    "the limit of «A¦B» is out of float64’s reach": lambda both, _: None,
    "neither run has a direction that could settle": all_of(0),
    "at step <n> «A¦B» is still <x>° off its limit direction": lambda both, *_: None,
    "at step <n> A is still <x>° off its limit direction and B is still <x>° off its limit direction": (
        lambda both, *_: None
    ),
}
OF_PAIRS = OF_IDEAS | {
    "step <live>: <norm> = <live> and <live>": lambda both, symbol: None,
    "one of them settles, the other grows for ever": lambda both: _assert(settling(both) == 1),
    "both settle": lambda both: _assert(settling(both) == 2),
    "both grow for ever": lambda both: _assert(settling(both) == 0),
    "not separable, and still no minimum: a finite minimum needs overlap": flip_gives("quasi-separable"),
    "no flip of one label gives these points the third case": lambda both: _assert(
        "quasi-separable" not in kinds_of_flips(both["A"])
    ),
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
    "two data sets, one label apart",
    "flip another to see the third case",
    "the third case needs points that stay on the line",
    "that is a limit, not convergence",
    "the cost of a unit direction u is the mean of (−a·u)₊: how fast its misclassified points "
    "raise the loss in the end",
    "L(r·u) ≥ c*·r for every such u, and L(0) = ln 2: the minimum is no further out than ln 2/c*",
    "the notes leave this step out",
    "with a bias a direction (w, b) is a point of a sphere, not of a circle: here is the cheapest",
    "the dot is the training, at its own length",
    "the arrows are the pulls on w",
    "those on b are not drawn",
    "same window and same levels on both sides",
    "a valley without end has no lowest point",
    "a bowl has one lowest point",
    "a trough is lowest along a whole line",
    "where all is level every point is lowest",
    "no finite piece of a curve decides: only the certificate, found before any training, does",
    "which curve is which?",
]
ABOUT_POINTS = {pattern(template): check for template, check in OF_POINTS.items()}
ABOUT_PAIRS = {pattern(template): check for template, check in OF_PAIRS.items()}
ABOUT_RUNS = {pattern(template): check for template, check in OF_RUNS.items()}


def check_text(text, points, side=None, both=None):
    """Check each clause of a text by the template that knows it."""
    for clause in clauses(text):
        clause = clause.removeprefix("Without a penalty ")  # as nothing else is said of it
        forms = (clause, clause[:1].lower() + clause[1:])
        for known, subject in ((ABOUT_POINTS, (points,)), (ABOUT_RUNS, (side, points)), (ABOUT_PAIRS, (both,))):
            found = next(((c, m) for p, c in known.items() for form in forms if (m := p.fullmatch(form))), None)
            if found is not None:
                found[0](*subject, *found[1].groups())
                break
        else:
            assert any(form in STATIC for form in forms), f"no template knows: {clause!r}, of {text!r}"
