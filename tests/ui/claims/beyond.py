"""What Beyond the notes says, done again by plain loops, by listing labellings, and by fractions."""

from fractions import Fraction
from itertools import combinations
from math import comb, log

import numpy as np
from scipy.optimize import linprog

from logreg.data.registry import make_dataset
from logreg.figures.three_classes import classes_of, run_of, verdict_of
from tests.benchmarks.second_hand import Points, cross, dot
from tests.ui.claims.seen import near, pulls, take

SIGNED = np.array([(1, 0.3), (0.6, 1.2), (2, 0.1)])
CASES = ("apart", "one label", "mixed")
ENDS = {
    "separable": "separable, so ‖W‖ grows for ever.",
    "quasi-separable": "quasi-separable: <n> of 60 pairs can still be told apart, and ‖W‖ grows for ever.",
    "overlapping": "overlapping, so there is a minimum, and ‖W‖ settles.",
}


def cover(n, d=2):
    return 2 * sum(comb(n - 1, k) for k in range(d + 1))


def listed(X):
    """Return how many labellings of points a line separates: each of all 2ⁿ gets its exact verdict."""
    labels = [[k >> i & 1 for i in range(len(X))] for k in range(2 ** len(X))]
    return sum(Points(X, y, fit_bias=True).kind == "separable" for y in labels)


def shown_labels(seen, row):
    """Return the points of the toss that is shown, and their labels."""
    at = [np.column_stack([seen.dial.columns[f"{name}_{axis}"][row] for axis in "xy"]) for name in ("zeros", "ones")]
    groups = [group[np.isfinite(group).all(axis=1)] for group in at]
    return np.concatenate(groups).tolist(), [0] * len(groups[0]) + [1] * len(groups[1])


def tosses(seen):
    X = seen.dataset.X[:12].tolist()
    for row in range(min(len(seen.dial.values), 5)):
        text = list(seen.captions(until=row + 1))[-1][2]
        number, verdict, counted = split(text)
        assert int(number) == row + 1
        points, labels = shown_labels(seen, row)
        assert sorted(map(tuple, points)) == sorted(map(tuple, X[: row + 1]))
        assert (verdict == "separable") == (Points(points, labels, fit_bias=True).kind == "separable")
        assert str(listed(X[: row + 1])) in counted.replace(",", "").split()
    odd = next(
        (found for size in (2, 3) for found in combinations(range(len(X)), size) if is_on_a_line(X, found)), None
    )
    line = seen.built.lines[0]
    if odd is None:
        assert line == "No three of these points are on one line, so Cover’s number holds."
    else:
        named = [int(part) - 1 for part in line.removeprefix("Points ").split(" lie ")[0].split(", ")]
        assert is_on_a_line(X, named)
        assert ("at one place" in line) == (len(named) == 2) == (len(odd) == 2)
        assert line.endswith("hence fewer than Cover’s number.")
    found, n = listed(X[:6]), min(len(X), 6)
    points = "1 point" if n == 1 else f"{n} points"
    assert (
        seen.because
        == f"Counted on {points}: {found} of {2**n} labellings are separable; Cover’s number is {cover(n)}."
    )
    share = found / 2**n
    assert seen.answer == ("Hardly ever" if share < 0.25 else "Half the time" if share <= 0.75 else "Nearly always")


def split(text):
    """Return n, the verdict and what was counted."""
    start, counted = text.removesuffix(".").split("; ", 1)
    number, verdict = start.removeprefix("n = ").split(": this toss is ")
    return number, verdict, counted


def is_on_a_line(X, chosen):
    rows = [[Fraction(x) for x in X[i]] + [Fraction(1)] for i in chosen]
    return X[chosen[0]] == X[chosen[1]] if len(rows) == 2 else dot(cross(rows[0], rows[1]), rows[2]) == 0


def more_dimensions(seen):
    def share(n, d):
        return cover(n, d) / 2**n

    for _, d, text in seen.captions():
        said = take("d = <x>: at 1.8 points per parameter <x> are separable, at 2.2 only <x>.", text)
        for one, ratio in zip(said[1:], (1.8, 2.2), strict=True):
            n = max(ratio * (d + 1), 1.0)
            low, high = share(int(n), int(d)), share(int(n) + 1, int(d))
            assert near(one, low + (n - int(n)) * (high - low), rel=1e-5)
    seen.line("One half is at n = 2·(d + 1) for every d: Observation 3 is then a coin’s toss.")
    assert all(share(2 * (d + 1), d) == 0.5 for d in (1, 2, 10, 50))


def walks(n_steps):
    """Yield t and the w of gradient descent, of normalised steps, of sign descent and of Adam."""
    w, first, second = np.zeros((4, 2)), np.zeros(2), np.zeros(2)
    for t in range(1, n_steps + 1):
        pull = [pulls(SIGNED, one).sum(axis=0) for one in w]
        first, second = 0.9 * first + 0.1 * pull[3], 0.999 * second + 0.001 * pull[3] ** 2
        adam = first / (1 - 0.9**t) / (np.sqrt(second / (1 - 0.999**t)) + 1e-8)
        w = np.add(w, [pull[0], 0.1 * pull[1] / np.linalg.norm(pull[1]), 0.1 * np.sign(pull[2]), 1e-3 * adam])
        yield t, w


def optimisers(seen):
    known = dict(walks(40))
    for _, at, text in seen.captions(until=40):
        w = known[int(at)]
        if seen.view == 1:
            said = take("Step <n>: gradient descent points to <x>°, sign descent to <x>°, Adam to <x>°.", text)[1:]
            values = [np.degrees(np.arctan2(w[k][1], w[k][0])) for k in (0, 2, 3)]
        else:
            said = take("Step <n>: ‖w‖ is <x> by gradient descent, <x> by normalised steps.", text)[1:]
            values = [np.linalg.norm(w[k]) for k in (0, 1)]
        assert all(near(one, value, rel=1e-5) for one, value in zip(said, values, strict=True))
    cut = " Left: up to ‖w‖ = 30; right: the first 1,000 steps." if seen.view == 2 else ""
    seen.line("Three samples, labels multiplied in; no bias. η = 1 for GD, 0.1 for normalised, 0.1 for sign, 0.001 for "
              f"Adam.{cut}")  # fmt: skip
    if seen.view == 1:
        round_one, box, step, off = take(
            "To <x>°, the widest by ‖w‖, and to <x>°, the widest by max |wⱼ|; gradient descent comes there so slowly "
            "that at step <n> it is still <x>° off.",
            seen.because,
        )
        first = np.zeros(2)
        for _ in range(int(step.replace(",", ""))):
            first = first + pulls(SIGNED, first).sum(axis=0)
        assert abs(float(off) - abs(np.degrees(np.arctan2(first[1], first[0])) - float(round_one))) < 0.02
        turned = np.radians(np.arange(0, 90, 0.01))
        units = np.array([np.cos(turned), np.sin(turned)])
        widest = [np.degrees(turned[(SIGNED @ (units / norm)).min(axis=0).argmax()]) for norm in (1, units.max(axis=0))]
        assert abs(float(round_one) - widest[0]) < 0.02
        assert abs(float(box) - widest[1]) < 0.02
        assert seen.answer == "In two"


def epsilon(seen):
    for row, at, text in seen.captions():
        said = take("ε = <x>: after 100,000 steps Adam points to <x>°; without ε it would be <x>°.", text)
        assert near(said[0], at)
        assert near(said[1], seen.dial.columns["last"][row])
        assert near(said[2], 44.0, least=0.1), "as the theory of Adam without ε has it, on the way to 45°"
    assert (np.diff(seen.dial.columns["last"]) > 0).all(), "the smaller ε, the more like sign descent"
    seen.line("Adam divides by √v + ε: far above ε like sign descent, far below like gradient descent.")


def signal(seen):
    for row, at, text in seen.captions():
        said = take("True ‖w‖ = <x>: <x> % of 250 samples of 20 points are separable. This one is "
                    "«separable¦quasi-separable¦overlapping».", text)  # fmt: skip
        assert near(said[0], at)
        assert near(said[1], 100 * seen.dial.columns["at20"][row])
        points, labels = shown_labels(seen, row)
        assert said[2] == Points(points, labels, fit_bias=True).kind
    assert seen.dial.columns["at20"][0] <= 0.004, "without signal Cover’s share at n = 20 is 0.0004"
    seen.line("P(Y = 1) = s(‖w‖·x₁). At each n 250 samples; the band is a 95 % interval.")
    (share,) = seen.line(
        "Petals of Fisher’s irises, versicolor and virginica: <x> % of random choices of 20 rows are separable, all "
        "100 rows are not.",
        1,
    )
    again = share_of_rows(make_dataset("iris_versicolor_virginica"), 20, 120)
    assert abs(float(share) - 100 * again) < 25, "five standard errors of both draws"
    first, last = take("Of 250 samples of 20 points <x> % are separable without signal, <x> % at the strongest: the "
                       "better the model, the more often its fit is infinite.", seen.because)  # fmt: skip
    ends = 100 * seen.dial.columns["at20"][[0, -1]]
    assert near(first, ends[0])
    assert near(last, ends[1])
    assert (seen.answer == "More often") == (ends[1] > ends[0])


def share_of_rows(table, n, n_draws):
    """Return the share of random rows that a line separates: some w has every margin at least 1."""
    chance = np.random.default_rng(99)
    lifted = (2.0 * table.y - 1)[:, None] * np.column_stack([table.X, np.ones(len(table.X))])
    found = 0
    for _ in range(n_draws):
        rows = lifted[chance.choice(len(lifted), n, replace=False)]
        found += linprog(np.zeros(3), -rows, -np.ones(n), bounds=(None, None), method="highs").status == 0
    return found / n_draws


def three_classes(seen):
    case = CASES[seen.view - 1]
    data, eta = classes_of(case), run_of(case).learning_rate
    rows, W = np.column_stack([data.X, np.ones(len(data.X))]), np.zeros((3, 3))
    truth, known = np.eye(3)[data.y], {}
    for t in range(41):
        scores = rows @ W.T
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        known[t] = np.sqrt((W[:, :2] ** 2).sum()), -np.log(p[np.arange(len(rows)), data.y]).mean()
        W = W - eta * (p - truth).T @ rows / len(rows)
    assert abs(known[0][1] - log(3)) < 1e-12
    for _, at, text in seen.captions(until=40):
        said = take("Step <n>: ‖W‖ = <x>, and the loss is <x>.", text)
        assert all(near(one, value, rel=1e-6) for one, value in zip(said[1:], known[int(at)], strict=True))
    seen.line("Softmax with biases. A pair: a point, and a class that it is not of.")
    kind = verdict_of(case).kind
    take(f"These are {ENDS[kind]}", seen.because)
    assert seen.answer == ("Settle" if kind == "overlapping" else "Grow for ever")
    steps = np.diff(seen.dial.columns["norm"][-20:])
    assert (steps.min() > 1e-3) == (kind != "overlapping"), "the end of the run says the same"


OF_POINTS = {(1, 1): tosses}
OF_ITS_OWN = {
    (1, 2): more_dimensions,
    **{(2, 1): optimisers, (2, 2): optimisers, (2, 3): epsilon, (3, 1): signal},
    **dict.fromkeys([(4, 1), (4, 2), (4, 3)], three_classes),
}
