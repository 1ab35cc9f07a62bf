"""Every clause that explorer and Observation 3 can write of a state, taken apart and checked by a `second_hand`.

A clause that no template knows fails too, so that a new one comes with its check.

Run as `python -m pytest -n 0 tests/benchmarks/trial_truth.py`; TRUTH=n tries n times as much.
"""

import os
import re
from decimal import Decimal, localcontext

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from logreg.ui.explorer import sentences as explorer
from logreg.ui.observation_3 import questions, sentences
from logreg.ui.observation_3.pair import make_pair
from logreg.ui.results import analyse
from logreg.ui.verdict import learning_rate
from tests.benchmarks.claims_of_dials import check_dial
from tests.benchmarks.claims_of_runs import angle, check_text
from tests.benchmarks.screen_text import agrees, pattern, read
from tests.benchmarks.second_hand import DIGITS, Points, length
from tests.ui.hard_points import points_and_labels
from tests.ui.lessons import build, lesson_of

LESSON = lesson_of("observation_3")
OF_OTHER_POINTS = {(1, 1), (7, 2), (9, 3)}
"""Scenes and views that show points of their own: their numbers are held by tests of these."""
QUESTIONS = {2: (questions.growth, questions.growth_reason), 6: (questions.third, questions.third_reason)}
TIMES = int(os.environ.get("TRUTH", "1"))


# ── states ──────────────────────────────────────────────────────────────────────────────────────────────────────────

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
    given = pattern("η = <x> «<¦=¦>» 2/L = <x>: the «loss¦objective» «never rises¦may rise»").fullmatch(text)
    eta, bound = (auto[1], auto[3]) if auto else (given[1], given[3])
    assert agrees(eta, Decimal(rate))
    assert agrees(bound, Decimal(2 / smooth))
    if given and abs(rate * smooth - 2) > 1e-9:
        assert given[2] == ("<" if rate * smooth < 2 else ">")
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
        run = train(dataset, TrainingConfig(learning_rate=rate, n_steps=30, objective=objective))
        said = explorer.verdict(run, found, quantity).replace("**", "")
        title, _, rest = said.partition("no descent. ")[2 if "no descent" in said else 0].partition(". ")
        assert title.lower() == ("one class only" if points.one_class else points.kind)
        check_text(rest, points)
        check_rate(points, learning_rate(run, found), run.learning_rate)
        for step in (0, 1, run.last_step):
            if step <= run.last_step:
                check_numbers(points, run, step, explorer.numbers(run, step, found))


# ── Observation 3 ───────────────────────────────────────────────────────────────────────────────────────────────────


def check_question(number, pair, sides):
    """Check which answer is counted as right, and why."""
    right_for, reason_for = QUESTIONS[number]
    right, because = right_for(pair), reason_for(pair)
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
    for line in [*re.split(r"\n| \|\| ", view.show.caption), *view.lines]:
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
        said = {"flip": flip, "with_bias": str(fit_bias).lower()}
        for number, scene in enumerate(LESSON.scenes, 1):
            for view in {1, max(len(scene.views), 1)} - {v for n, v in OF_OTHER_POINTS if n == number}:
                shown = build(LESSON, number, Dataset(X, y), view=view, **said)
                dial = shown.show.timeline
                last = ""
                for name, text in told(shown):
                    last = name or last if number in (6, 9) else name  # a second line of a caption goes on
                    if dial is not None and check_dial(text, dial, points, sides):
                        continue
                    check_text(text, points[last or "A"], sides[last or "A"], points)
