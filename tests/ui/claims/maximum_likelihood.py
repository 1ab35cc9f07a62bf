"""What maximum likelihood's lesson says of any points, done again along the direction that a second hand finds."""

from functools import cache
from math import exp, log

import numpy as np

from tests.ui.claims.seen import floats, losses, near, sigmoid, take

WAYS = {
    "overlapping": ("on the way to the optimum", None),
    "separable": ("on the way to the largest margin", None),
    "quasi-separable": ("in the direction that descent turns to", "another (w, b) may reach a greater L"),
}
ABOUT = (
    "Two features and a bias: w is the length of (w, b) «on the way to the optimum¦on the way to the largest margin¦in "
    "the direction that descent turns to», and x the place along it⟦; «another (w, b) may reach a greater L»⟧."
)
AT_ZERO = "Two features and a bias: the optimum is 0, so w is w₁ here, and x is x₁."


def line_of(seen):
    """Return the label-signed places along the direction that counts; None where the second hand does not find it."""
    points = seen.points(fit_bias=True)
    v = points.optimum() if points.kind == "overlapping" else points.direction()[0]
    if v is None:
        return None
    length = np.linalg.norm(floats(v))
    unit = floats(v) / length if length > 1e-12 else np.array([1.0, 0, 0])
    places = seen.lifted @ unit
    if points.kind == "quasi-separable":
        places[[i for i in range(len(places)) if i not in points.separated]] = 0
    return places


def best_of(places):
    """Return the most likely w, by halving; None where L climbs for ever; 0 where every w is as good."""
    if not places.any():
        return 0.0
    if not ((places > 0).any() and (places < 0).any()):
        return None
    slope = lambda w: (places * sigmoid(-w * places)).sum()  # noqa: E731
    high = 1.0 / np.abs(places).max()
    while slope(high) > 0 or slope(-high) < 0:
        high *= 2
    low = -high
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return (low + high) / 2


def checked(check):
    """Check a scene along the line of its points, where there is one."""

    def along(seen):
        assert seen.built is not None
        places = line_of(seen)
        if places is not None:
            best = best_of(places)
            check(seen, places, 0.0 if best is not None and abs(best) * np.abs(places).max() < 1e-9 else best)

    return along


def is_about(seen, text, best):
    if best == 0 and seen.kind(True) == "overlapping":
        assert text == AT_ZERO
    else:
        way, _, beside = take(ABOUT, text)
        assert (way, beside) == WAYS[seen.kind(True)]


def said_of_best(text, places, best):
    if best is None:
        assert text == "Each step further makes these labels more likely: L climbs for ever, and no w is the best."
    elif not places.any():
        assert text == "Every point is at 0: no w makes any difference."
    else:
        (said,) = take("L is greatest at w* = <x>; to both sides it falls.", text)
        assert near(said, best, least=1e-9 / np.abs(places).max(), rel=1e-5)


def is_product(said, logs):
    """Say whether a likelihood on the screen is this one; what float64 cannot hold is said to be so."""
    return logs < -740 if said == "0 in float64" else near(said, exp(logs), rel=1e-4 * (1 + abs(logs)))


@checked
def guess(seen, places, best):
    n = len(places)
    labels = "the only label has probability" if n == 1 else f"the probabilities of the {n} labels multiply to"
    for _, w, text in seen.captions():
        _, said, _ = take(f"w = <x>: {labels} L = «0 in float64¦<x>».", text)
        assert is_product(said, -losses(w * places).sum())
    is_about(seen, seen.built.lines[0], best)
    said_of_best(seen.because, places, best)
    answer = (
        "Every w is as good" if not places.any() else "No: further is always better" if best is None else "Yes, one"
    )
    assert seen.answer == answer


@checked
def seven(seen, places, best):
    texts = [text for _, _, text in seen.captions()]
    assert texts[0] == "1. Choose the w that makes the labels we saw most probable."
    assert texts[-1].startswith("7. Turned upside down, with a minus")
    assert seen.built.lines[0] == "Line 7 has the minus that the notes leave out: argmax log L is argmin −log L."
    is_about(seen, seen.built.lines[1], best)
    numbers, n = seen.dial.words["numbers"], len(places)
    chosen = places[np.unique(np.linspace(0, n - 1, min(n, 4)).round().astype(int))]
    _, said = take("below, numbers of <n> point⟦s⟧ at w = <x>", numbers[0])[0::2]
    w = float(said.replace("−", "-").replace(",", "")) if "10" not in said else None
    if w is not None:
        logs = -losses(w * chosen)
        assert all(
            near(f, exp(one), rel=1e-3) for f, one in zip(numbers[1].split(" · "), logs, strict=True) if "10" not in f
        )
        total, mean = take("<x>; over n: <x>", numbers[6])
        assert near(total, -logs.sum(), rel=1e-4)
        assert near(mean, -logs.mean(), rel=1e-4)


@cache
def products(factor):
    found, product = [1.0], 1.0
    for _ in range(9000):
        product *= factor
        found.append(product)
    return found


def vanishing(seen):
    known = products(0.5)
    for _, n, text in seen.captions():
        count, product, total = take("<n> factors of 0.5: the product is <x>, the sum of logs is <x>.", text)
        assert int(count.replace(",", "")) == n
        assert near(product, known[int(n)])
        assert (product == "0") == (known[int(n)] == 0)
        assert near(total, n * log(0.5))
    half = "At w = 0 every label has probability 1/2, and L is this product before the training starts."
    seen.line(half)
    assert seen.because == "0.5 to the power 1,074 is the smallest float64; one factor more, and it is exactly 0."
    assert known[1074] == 5e-324
    assert known[1075] == 0
    assert seen.answer == "After 1,075 factors"
    sticks = products(0.9)
    assert sticks[7050] == sticks[-1] > 0
    assert sticks[7049] > sticks[7050]


@checked
def one_maximiser(seen, places, best):
    for _, w, text in seen.captions():
        _, said, _, logs, loss = take("w = <x>: L = «0 in float64¦<x>», log L = <x>, −(1/n)·log L = <x>.", text)
        total = losses(w * places).sum()
        assert is_product(said, -total)
        assert near(logs, -total, least=1e-300, rel=1e-5)
        assert near(loss, total / len(places), least=1e-300, rel=1e-5)
    end = " The logarithm rises, and the minus turns the top into a bottom."
    assert seen.built.lines[0].endswith(end)
    said_of_best(seen.built.lines[0].removesuffix(end), places, best)
    is_about(seen, seen.built.lines[1], best)


@checked
def copies(seen, places, best):
    start = "L of k copies is L to the power k. "
    if not places.any():
        caption, line, answer = "still every w is as good.", "Copies change no place.", "There is none, as before"
    elif best is None:
        caption, line = "still there is no best w.", "Copies make the climb steeper, and give it no end."
        answer = "There is none, as before"
    else:
        caption = "the best w stays, the curvature is <x>: the likelihood believes w* ± <x>."
        line = "Nothing new was seen, yet ± shrinks like 1/√k: copies are not independent, and the product assumes it."
        answer = "The same w, and more certain"
        bend = (places**2 * sigmoid(best * places) * sigmoid(-best * places)).sum()
    assert seen.built.lines == (start + line,)
    assert seen.answer == answer
    for _, k, text in seen.captions():
        said = take(f"Copies k = <n>: {caption}", text)
        assert int(said[0]) == k
        if len(said) > 1:
            assert near(said[1], k * bend, rel=1e-4)
            assert near(said[2], (k * bend) ** -0.5, rel=1e-4)
    if best is None or not places.any():
        said_of_best(seen.because, places, best)
    else:
        said = take(
            "w* = <x> for every k; the curvature of log L there is <x> for one copy and <x> for ten.", seen.because
        )
        assert near(said[0], best, least=1e-9 / np.abs(places).max(), rel=1e-5)
        assert near(said[1], bend, rel=1e-4)
        assert near(said[2], 10 * bend, rel=1e-4)


@checked
def prior(seen, places, best):
    n = len(places)
    for _, l2, text in seen.captions():
        said = take("λ = <x>, a prior of standard deviation <x>: the most probable w is <x>, the L2 optimum.", text)
        assert near(said[0], l2)
        assert near(said[1], (n * l2) ** -0.5)
        slope = lambda w: (places * sigmoid(-w * places)).mean() - l2 * w  # noqa: E731, B023
        high = np.abs(places).mean() / l2 + 1e-300
        low = -high
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) > 0 else (low, middle)
        assert near(said[2], (low + high) / 2, least=1e-9 / (np.abs(places).max() or 1), rel=1e-5)
    line = "The weaker the prior, the nearer is the most probable w to the most likely one."
    if not places.any():
        line = "Every point is at 0: the prior alone decides, and asks for w = 0."
    elif best is None:
        line = "Without a prior no w is the best; with one there always is, however weak the prior."
    elif best == 0:
        line = "Prior and likelihood agree: both ask for w = 0."
    assert seen.built.lines[0] == line
    is_about(seen, seen.built.lines[1], best)


OF_POINTS = {(1, 1): guess, (2, 1): seven, (4, 1): one_maximiser, (5, 1): copies, (6, 1): prior}
OF_ITS_OWN = {(3, 1): vanishing}
