"""What descent's lesson says of any points, done again by plain loops and fractions."""

import re
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from logreg.data.lecture_sets import cycling_points, wus_toy
from tests.benchmarks.second_hand import Points
from tests.ui.claims.gradient import kind_of_pulling
from tests.ui.claims.seen import EARLY, curvature, descend, floats, is_vector, losses, near, take

SHARES = {2: 0.5, 3: 1.9, 4: 10.0}
ROUNDED = 1e-13


def one_step(seen):
    unit, gradient = curvature(seen.rows), -seen.rows.mean(axis=0) / 2
    for _, eta, text in seen.captions():
        said = take("η = <x>: one step from w = 0 leads to a loss of <x>. Gauge η·λmax(H)/2: <x>.", text)
        assert near(said[0], eta)
        assert near(said[1], losses(seen.rows @ (-eta * gradient)).mean())
        assert near(said[2], eta * unit / 2)
    assert [seen.dial.values[0], round(seen.dial.values[-1] * unit, 9)] == [0, 3]


def step(seen):
    one_step(seen)
    (said,) = seen.line("The loss is nowhere above the parabola: L = <x> bounds its curvature everywhere. At η = 2/L "
                        "the gauge "
                        "is at most 1.")  # fmt: skip
    assert near(said, curvature(seen.rows))


def along_a_run(seen):
    share, rows = SHARES[seen.view], seen.rows
    eta = share / curvature(rows)
    last = EARLY if share < 2 else 4  # further on rounding would decide
    path = descend(rows, eta, last)
    for _, at, text in seen.captions(until=last):
        _, loss, gauge = take("Step <n>: loss <x>, gauge <x>.", text)
        assert near(loss, losses(rows @ path[int(at)]).mean(), least=1e-300)
        assert near(gauge, eta * curvature(rows, path[int(at)]) / 2, least=1e-12)
    (said,) = seen.line(f"η = {share:g}/L = <x>. While the gauge is below 1 along the whole step, the loss cannot "
                        "rise; above 1 it may.")  # fmt: skip
    assert near(said, eta)


def points_of_race(seen):
    """Return points with a minimum: these, or with the first label flipped that makes one; None where none does."""
    X, y = seen.dataset.X.tolist(), seen.dataset.y.tolist()
    flips = [y, *([1 - k if i == flip else k for i, k in enumerate(y)] for flip in range(len(y)))]
    for labels in flips:
        points = Points(X, labels, fit_bias=False)
        if points.kind == "overlapping":
            return points, labels is y
    return None, False


def rates(seen):
    points, as_they_are = points_of_race(seen)
    if points is None:
        one_step(seen)
        tried = "No flip" if len(seen.rows) <= 24 else "None of 24 flips"
        assert seen.built.lines == (f"{tried} of one label gives these points a minimum, so no limit: one step, then.",)
        assert seen.answer == "Never repeat itself"
        assert seen.because == "These points have no minimum to settle at: ‖w‖ grows for ever."
        return
    best = points.optimum()
    if best is None:  # the second hand does not settle
        return
    best = floats(best)
    whose = "These points" if as_they_are else "These points with one label flipped"
    if seen.built.show.timeline.name == "η":
        one_step(seen)
        assert np.abs(best).max() * np.abs(seen.rows).max() < 1e-14
        (rounding,) = seen.line(f"{whose} have their minimum at w = 0⟦ but for rounding⟧, where every run starts: one "
                                "step, then.")  # fmt: skip
        assert seen.answer == (None if rounding else "Settle after all")
        end = "rounding decides where it leads" if rounding else "there the gradient is 0, and no rate moves w"
        assert seen.because.endswith(f"where every run starts: {end}.")
        return
    if 0 < np.abs(best).max() * np.abs(seen.rows).max() < 1e-9:
        return  # what is left of the way to 0 is rounding
    rows = np.array([floats(row) for row in points.rows])
    limit = 2 / curvature(rows, best)
    said = seen.line(
        f"{whose} have a minimum; the limit there is 2/λmax(H(w*)) = <x>. Left five runs, down to 10⁻⁹ above the "
        "least; right the same without the last. η = <x>, <x>, <x>, <x>, <x>."
    )
    assert near(said[0], limit, rel=1e-6)
    assert all(
        near(one, share * limit, rel=1e-6) for one, share in zip(said[1:], (0.02, 0.25, 0.95, 1.05, 2), strict=True)
    )
    paths = [descend(rows, share * limit, LOOKED_AT) for share in (0.02, 0.25, 0.95, 1.05, 2)]
    fates = [fate_of(path, best) for path in paths]
    for _, _, text in seen.captions():
        (told,) = re.fullmatch(r"Step \d+: of five rates (.*)\.", text).groups()
        counts = {}
        for part in told.split(", "):
            count, *what = re.fullmatch(COUNTED, part).groups()
            counts[next(filter(None, what))] = int(count)
        assert sum(counts.values()) == 5
        assert counts.get("settle", 0) <= fates.count("settles") + fates.count("falls")
        assert counts.get("go", 0) <= fates.count("goes round")
    inner, outer = seen.because.removeprefix("0.95 of the limit ").removesuffix(".").split("; 1.05 of it ")
    for text, path, fate in ((inner, paths[2], fates[2]), (outer, paths[3], fates[3])):
        if "settles" in text:
            assert fate in ("settles", "falls")
        elif "round in" in text:
            (period,) = take("goes round in <n> steps for ever", text)
            assert np.allclose(path[-1], path[-1 - int(period)], rtol=1e-5, atol=1e-6 * np.abs(path[-1]).max())
            assert not np.allclose(path[-1], path[-2], rtol=1e-5)
        else:
            assert text == "has neither settled nor come round in 5,000 steps"
            assert fate != "settles"
    answers = {"settles": "Settle after all", "for ever": "Go round for ever", "neither": None}
    assert seen.answer == next(answer for word, answer in answers.items() if word in outer)


LOOKED_AT = 5000
COUNTED = (
    r"(\d) (?:(settle)s?|(go)(?:es)? round for ever|"
    r"(ha)(?:s|ve) (?:done neither|neither settled nor come round) in 5,000 steps)"
)


def fate_of(path, best):
    """Say by its steps alone what a run does: it is at w*, comes nearer at every step, comes round, or none of it."""
    off = np.linalg.norm(path - best, axis=1)
    if off[-64:].max() <= 1e-6 * max(off[0], np.linalg.norm(best)):
        return "settles"
    allowed = {"rtol": 1e-5, "atol": 1e-6 * np.abs(path[-1]).max()}
    rounds = (k for k in range(1, 33) if np.allclose(path[-64:], path[-64 - k : -k], **allowed))
    if next(rounds, 1) > 1:
        return "goes round"
    return "falls" if (np.diff(off[-500:]) < 1e-12 * off[0]).all() else "open"


def for_ever(seen):
    rows = np.array([1.0] * 34 + [-13.141])[:, None]
    w = descend(rows, 0.1, 4000)[-1]
    limit = 2 / curvature(rows, w)
    assert len({round(float(x), 3) for x in descend(rows, 0.9 * limit, 4000)[-80:, 0]}) == 8
    for share in (0.85, 0.95):
        assert abs(descend(rows, share * limit, 4000)[-1, 0] - w[0]) < 1e-6
    path, toy = descend(rows, 0.9 * limit, 80)[:, 0], wus_toy().signed_samples(fit_bias=False)
    toy_loss = losses(descend(toy, 8.0, 80) @ toy.T).mean(axis=1)
    for _, at, text in seen.captions():
        first, rest = text.split("\n")
        said = take("Step <n>: w is <x> on the left, the loss <x> on the right. || Step <n>: overlapping points can "
                    "send a run round for ever; separable points never do.", first)  # fmt: skip
        assert near(said[1], path[int(at)], least=1e-6)
        assert near(said[2], toy_loss[int(at)], rel=1e-5)
        take("Left: overlapping points, η = 0.9 of the limit 2/λmax(H(w*)). Right: separable ones, η = 8. || Left: 0.9 "
             "of the limit 2/λmax(H(w*)), and still no convergence: w is at 8 places in turn. At 0.85 and at 0.95 it "
             "settles. Right: any η works in the end.", rest)  # fmt: skip
    assert (cycling_points().signed_samples(fit_bias=False) == rows).all()


def batch_perceptron(rows, n_steps):
    w = np.zeros(rows.shape[1])
    for _ in range(n_steps + 1):
        yield w
        margins = rows @ w
        ties = np.abs(margins) <= 1e-12 * (np.abs(rows) @ (np.abs(w) + np.abs(rows).mean(axis=0)))
        w = w + (np.where(ties, 0.5, margins < 0)[:, None] * rows).mean(axis=0)


def check_perceptron(seen, rows, n_steps):
    limit = np.array(list(batch_perceptron(rows, n_steps)))
    size, decided = np.abs(rows).max(), 2 / curvature(rows)
    for _, eta, text in seen.captions():
        said = take("η = <x>: the path of w/η is <x> off the perceptron’s.", text)
        if eta > decided and kind_of_pulling(seen).kind != "separable" and seen.view == 2:
            continue  # such a run never comes to rest, and rounding decides where it is
        off = np.abs(descend(rows, eta, n_steps) / eta - limit).max()
        assert near(said[0], eta)
        assert near(said[1], off, least=1e-6 * off + (ROUNDED + 1e-15 * eta * curvature(rows)) * size)
    return limit


def perceptron_of_toy(seen):
    rows = wus_toy().signed_samples(fit_bias=False)
    limit = check_perceptron(seen, rows, 15)
    assert np.allclose(limit[-1], [-0.25, 1.3])
    assert seen.dial.columns["apart"][-1] < 3e-16
    seen.line("Wu’s toy, 15 steps from 0. Dashed: the batch perceptron. With η → ∞ the sigmoid of a margin is a step.")


def perceptron(seen):
    line = seen.built.lines[0]
    start, _, end = line.partition(", which ")
    (n,) = take("These points, <n> steps from 0, no bias. Dashed: the batch perceptron", start)
    limit = check_perceptron(seen, seen.rows, int(n))
    if "has not" in end:
        (there,) = take("is at <vector> then, and has not come to rest.", end)
        assert int(n) == 60
    else:
        step, there = take("comes to rest at step <n>, at <vector>.", end)
        assert np.array_equal(*list(batch_perceptron(seen.rows, int(step) + 1))[-2:])
    assert is_vector(there, limit[-1], least=1e-13 * np.abs(seen.rows).max())


def exact_hinge(rows, eta, most=150):
    """Return step and w where hinge comes to rest, in fractions; None where a margin of 1 is too near to be decided."""
    a = [[Fraction(float(x)) for x in row] for row in rows]
    share, w = Fraction(float(eta)) / len(a), [Fraction(0)] * rows.shape[1]
    for step in range(most):
        margins = [sum(x * y for x, y in zip(row, w, strict=True)) for row in a]
        if any(abs(m - 1) < Fraction(1, 10**9) for m in margins):
            return None
        inside = [row for row, m in zip(a, margins, strict=True) if m < 1]
        move = [share * sum(row[j] for row in inside) for j in range(len(w))]
        if not any(move):
            return step, np.array([float(x) for x in w]), not inside
        w = [x + y for x, y in zip(w, move, strict=True)]
    return None


def hinge(seen):
    eta = 0.1 / curvature(seen.rows)
    logistic, w, path = descend(seen.rows, eta, EARLY), np.zeros(2), []
    for _ in range(EARLY + 1):
        path.append(w)
        w = w + eta / len(seen.rows) * seen.rows[seen.rows @ w < 1].sum(axis=0)
    first = next((k for k, v in enumerate(path) if (np.abs(seen.rows @ v - 1) < 1e-9).any()), EARLY)
    size = eta * np.abs(seen.rows).max()
    for _, at, text in seen.captions(until=first):
        said = take("Step <n>: ‖w‖ is <x> with the logistic loss and <x> with hinge.", text)
        assert near(said[1], np.linalg.norm(logistic[int(at)]), least=1e-13 * size)
        assert near(said[2], np.linalg.norm(path[int(at)]), least=1e-13 * size)
    assert seen.built.lines == ("Violet: logistic. Pink: hinge. η = 0.1/L for both, no bias.",)
    rest, apart = exact_hinge(seen.rows, eta), kind_of_pulling(seen).kind == "separable"
    if seen.because.startswith("Hinge stops"):
        step, norm, why, drawn = take(
            "Hinge stops for good at step <n>, ‖w‖ = <x>: «every margin is at least 1¦the pulls of all points inside "
            "margin 1 cancel».⟦ The first 1,000 steps are drawn.⟧",
            seen.because,
        )
        assert seen.answer == "Yes, it comes to rest"
        assert bool(drawn) == (int(step.replace(",", "")) > 1000)
        if rest is not None:
            assert int(step) == rest[0]
            assert near(norm, np.linalg.norm(rest[1]), least=1e-13 * size)
            assert (why == "every margin is at least 1") == rest[2]
        return
    assert rest is None
    why_not_at_rest(seen, apart)


def why_not_at_rest(seen, apart):
    if seen.because.startswith("A line"):
        take("A line through the origin separates the points that pull, so hinge comes to rest, later than at step "
             "20,000.", seen.because)  # fmt: skip
        assert (seen.answer, apart) == ("Yes, it comes to rest", True)
        return
    assert not apart
    assert seen.answer == (None if seen.because.startswith("In 20,000") else "No, it goes on")
    if seen.because.startswith("Hinge can"):
        (least,) = re.fullmatch(
            "Hinge can rest only .* a whole number; here it is ([^ ]+)( but for .*)?[.]", seen.because
        ).groups()[:1]
        assert near(least, least_hinge(seen.rows), rel=1e-6)
    else:
        take("«By step <n> hinge goes round in <n> steps, for ever.¦In <n> steps of this η hinge «has not come to rest¦"
             "moves by less than rounding», and nothing else decides it.»", seen.because)  # fmt: skip


def least_hinge(rows):
    """Return the least sum of hinge losses, as a linear program."""
    n, scale = len(rows), np.abs(rows).max()
    found = linprog(
        np.r_[np.zeros(2), np.ones(n)],
        A_ub=-np.column_stack([rows / scale, np.eye(n)]),
        b_ub=-np.ones(n),
        bounds=[(None, None)] * 2 + [(0, None)] * n,
    )
    return float(found.fun)


def pays(seen):
    rows, l2 = seen.rows, 1e-5
    points = seen.points().with_penalty(type(seen.points().l2)(l2))
    best = points.optimum()
    if best is None:
        return
    least, w = float(points.loss(best)), floats(best)
    rates = 1 / (curvature(rows) + l2), 1.9 / (curvature(rows, w) + l2)
    gaps = [penalised_gaps(rows, eta, l2, least) for eta in rates]
    for _, at, text in seen.captions(until=20):
        first, rest = text.split("\n")
        parts = take("Step <n>: «less than rounding¦<x>» above the least with small steps, «less than rounding¦<x>» "
                     "with large ones.", first)  # fmt: skip
        for said, gap in zip(parts[1::2], gaps, strict=True):
            assert (
                gap[int(at)] < 2e-15
                if said == "less than rounding"
                else near(said, gap[int(at)], least=2e-15, rel=1e-5)
            )
    amount = "«more than 20,000 steps¦<n> step⟦s⟧»"
    first, _, at_the_end = rest.partition(" || ")
    said = take("λ = 10⁻⁵, no bias. Small steps: 1/L = <x>. Large: 1.9/λmax(H(w*)) = <x>.", first)
    assert near(said[0], rates[0])
    assert near(said[1], rates[1], rel=1e-5)
    said = take(f"λ = 10⁻⁵, no bias. To stay within 10⁻⁵ of the least: {amount} of 1/L = <x>, {amount} of "
                "1.9/λmax(H(w*)) = <x>.⟦ Here large steps do not pay.⟧", at_the_end)  # fmt: skip
    assert near(said[3], rates[0])
    assert near(said[7], rates[1], rel=1e-5)
    small, large = (None if one is None else int(one.replace(",", "")) for one in (said[1], said[5]))
    assert bool(said[-1]) == (small is not None and (large is None or large >= small))
    for count, gap in ((small, gaps[0]), (large, gaps[1])):
        if count is not None and count < 1000:
            assert all(one <= 1.0001e-5 for one in gap[count:])
            assert int(count) == 0 or gap[int(count) - 1] > 0.9999e-5


def penalised_gaps(rows, eta, l2, least):
    path = descend(rows, eta, 1500, decay=l2)
    return losses(path @ rows.T).mean(axis=1) + l2 / 2 * (path**2).sum(axis=1) - least


OF_POINTS = {
    (1, 1): step,
    **dict.fromkeys([(1, 2), (1, 3), (1, 4)], along_a_run),
    (2, 1): rates,
    (4, 2): perceptron,
    (5, 1): hinge,
    (6, 1): pays,
}
OF_ITS_OWN = {(3, 1): for_ever, (4, 1): perceptron_of_toy}
