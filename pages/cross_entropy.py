"""Cross-entropy: what a probability costs once the label is known, and why this loss and no other."""

from logreg.data.lecture_sets import HEADLINE, headline, nielsens_neuron, online_course
from logreg.figures.cross_entropy import (
    by_cases,
    by_formula,
    entropy_and_divergence,
    expected_losses,
    report_dial,
    soft_dial,
    truth_dial,
)
from logreg.figures.numbers import format_number
from logreg.figures.plane import decision_boundary
from logreg.figures.point_losses import (
    bar_for_each_point,
    losses_of_run,
    losses_over_margin,
    margins_of_run,
    pulls_over_margin,
    records_of_bars,
)
from logreg.theory.losses import MARGIN_LOSSES, best_report, expected_loss, loss_by_cases
from logreg.training.config import TrainingConfig
from logreg.training.objective import PLAIN
from logreg.training.trajectory import Trajectory
from logreg.ui.fields import Choice
from logreg.ui.lesson import Asked, Cue, Lesson, Points, Question, Scene, View, show
from logreg.ui.results import analyse, runs
from logreg.ui.scripts import cross_entropy as scripts
from logreg.ui.stage import Pictures, RunView, Script, Show
from logreg.ui.verdict import proof, sentence

N_STEPS = 10_000
TRUTH = Choice("q", "Truth q: the share of ones", ("0", "0.2", "0.5", "0.8", "1"), "0.2")
SURE, SURER = 0.9, 0.99
ASKED_TRUTH = 0.75
WIDE = 5.0


def run_of(asked: Asked) -> Trajectory:
    return runs().run(asked.dataset, TrainingConfig(n_steps=N_STEPS))


# ------------------------------------------------------------------ the scenes


def two_definitions(asked: Asked) -> View:
    dial = report_dial()
    return View.of_dial(
        asked,
        dial,
        (by_cases(dial, theme=asked.theme), by_formula(dial, theme=asked.theme)),
        "p = {p}: label 1 costs {one}, label 0 costs {zero}, by cases and by the formula.",
        "−[y·log p + (1 − y)·log(1 − p)]: the label, 1 or 0, switches one of the two terms off.",
        without_points="this is the cost of one sample, by its p",
        script=Script(scripts.REPORT),
    )


def how_much_more() -> float:
    return float(loss_by_cases(0, SURER) / loss_by_cases(0, SURE))


def costs_more(asked: Asked) -> int:
    times = (1, 2, 10)
    return min(range(3), key=lambda i: abs(times[i] - how_much_more()))


def why_more(asked: Asked) -> str:
    first, second = (format_number(float(loss_by_cases(0, p))) for p in (SURE, SURER))
    times = format_number(round(how_much_more(), 9))  # 1 − 0.99 is not quite 0.01
    return f"−log 0.1 = {first} and −log 0.01 = {second}: {times} times as much."


def bars(asked: Asked) -> View:
    run, dataset = run_of(asked), asked.dataset
    dial = losses_of_run(run)
    has_plane = dataset.n_features == 2
    plane = (
        (decision_boundary(dataset, run.model, compact=True, title="The line p = ½", theme=asked.theme),)
        if has_plane
        else ()
    )
    return View(
        Show(
            pictures=Pictures(plane, (bar_for_each_point(dataset, dial, theme=asked.theme),)),
            runs=(RunView("", records_of_bars(run)),),
            timeline=dial,
            caption="Step {step}: the mean of the bars is {mean}. "
            f"{{wrong}} of {dataset.n_samples} point{'s' if dataset.n_samples > 1 else ''} cost log 2 or more.",
            theme=asked.theme,
            script=Script(scripts.BARS, {"points": dataset}),
        ),
        (
            "The loss that is minimised is the mean of the bars. A bar is below log 2 = 0.6931 just where its point is "
            "on the right side of the line.",
        ),
    )


def bars_vanish(asked: Asked) -> int:
    return 0 if analyse(asked.dataset, PLAIN).kind == "separable" else 1


def why_bars(asked: Asked) -> str:
    found = sentence(proof(analyse(asked.dataset, PLAIN)))
    if bars_vanish(asked) == 0:
        return f"{found} So every bar can be made as small as you like, and none is ever 0."
    return f"{found} So at every step some point is on the wrong side or on the line, and costs log 2 or more."


def makes_sense(asked: Asked) -> View:
    dial = truth_dial()
    rivals = "cross-entropy and (y − p)² are least at p = {best_entropy}, |y − p| at {best}."
    alone = "cross-entropy is least at p = {best_entropy}: it pays to report the truth."
    return View.of_dial(
        asked,
        dial,
        (expected_losses(dial, rivals=asked.is_answered, theme=asked.theme),),
        f"If a share q = {{q}} of the labels is 1, {rivals if asked.is_answered else alone}",
        "A loss makes sense if the truth is its cheapest report. At p = 1/2 no loss depends on q: there they turn.",
        without_points="all that counts is the share q of ones",
        script=Script(scripts.TRUTH),
    )


def cheapest(asked: Asked) -> int:
    return (ASKED_TRUTH, 1.0, 0.5).index(float(best_report(ASKED_TRUTH, "absolute")))


def why_cheapest(asked: Asked) -> str:
    honest, bold = (format_number(float(expected_loss(ASKED_TRUTH, p, "absolute"))) for p in (ASKED_TRUTH, 1.0))
    return f"On average |y − p| is {honest} at p = {ASKED_TRUTH} and {bold} at p = 1: lying pays."


def entropy_and_kl(asked: Asked) -> View:
    truth = float(asked[TRUTH])
    dial = soft_dial(truth)
    kind = "A hard label, 0 or 1, has no entropy: all of the cost is KL, and it can go to 0."
    if 0 < truth < 1:
        kind = "Soft labels have an entropy that no report can save; what is minimised is KL alone."
    return View.of_dial(
        asked,
        dial,
        (entropy_and_divergence(dial, truth, theme=asked.theme),),
        "p = {p}: {H} is the labels’ own entropy; {KL} is for reporting p instead of q.",
        kind,
        without_points="all that counts is the share q of ones",
        script=Script(scripts.ENTROPY, numbers={"q": truth}),
    )


def rivals(asked: Asked) -> View:
    dataset, dial = asked.dataset, margins_of_run(run_of(asked))
    pictures = (
        losses_over_margin(dataset, dial, theme=asked.theme),
        pulls_over_margin(dataset, dial, theme=asked.theme),
    )
    return View.of_dial(
        asked,
        dial,
        pictures,
        "Step {step}: margins from {least} to {largest}[; points beyond the picture: {beyond}].",
        "The run minimises the logistic loss; the same points are shown on its rivals. Hinge lets go at m = 1, the "
        "squared loss pushes back, the logistic pull gets small and is never 0.",
        script=Script(scripts.MARGINS, {"points": dataset}),
    )


def pulls_back(asked: Asked) -> int:
    return min(range(len(MARGIN_LOSSES)), key=lambda i: float(MARGIN_LOSSES[i].pull(WIDE)))


def why_back(asked: Asked) -> str:
    pulls = ", ".join(f"{one.name} {format_number(float(one.pull(WIDE)))}" for one in MARGIN_LOSSES)
    return f"The pulls at m = 5: {pulls}. A slope that rises again punishes points for being too right."


# ------------------------------------------------------------------ the notes

_TWO = """
ℓ = −log h(x) if y = 1, and −log(1 − h(x)) if y = 0; or ℓ = −[y·log h(x) + (1 − y)·log(1 − h(x))].

**Why are the two equivalent?** y and 1 − y are 1 and 0, or 0 and 1: one term is left, and it is that of the case.

**Put right:** under Observation 3 the notes have the loss for y = +1 as log h; it is **−**log h, or it would be below
0. In float64 the formula is not quite equivalent: at p = 1 and y = 1 it gives 0·∞, no number at all; the cases give 0.
"""
_BARS = """
L(w, b) = (1/n) Σ ℓᵢ, and training looks for argmin L.

**Put right:** an argmin is taken for granted. If a line separates the points, the bars have no smallest mean: 0 is
never reached (Observation 3). If none does, at least one bar is log 2 or more for every line, and the mean stays away
from 0. The mean, not the sum: a step η on the mean is η/n on the sum.
"""
_SENSE = """
**Does a log-probability make sense as a loss?** Yes: if a share q of the labels is 1, the expected loss
−q·log p − (1 − q)·log(1 − p) is least at p = q, where its slope −q/p + (1 − q)/(1 − p) is 0. Such a loss is called
proper. (y − p)² is proper too; |y − p| is not: it is a straight line in p, least at an end.

What the logarithm adds: being sure and wrong costs without bound, and probabilities of independent samples multiply, so
their logarithms add (next lesson).
"""
_KL = """
CE(q, p) = −q·log p − (1 − q)·log(1 − p) = H(q) + KL(q‖p), with the entropy H(q) = CE(q, q) and
KL(q‖p) = q·log(q/p) + (1 − q)·log((1 − q)/(1 − p)) ≥ 0.

The notes' side note on KL is this picture: H(q) does not depend on the model, so minimising cross-entropy is
minimising KL. With hard labels H = 0 and both are the same. In bits, divide by log 2.
"""
_RIVALS = """
With m = s·f(x): logistic log(1 + e^(−m)), hinge max(0, 1 − m), squared (1 − m)², 0/1: 1 where m ≤ 0. A point's share in
−∇L is its pull times s·x. Hinge and squared are at or above 0/1 everywhere; the logistic one is so after dividing
by log 2.

**Why was ‖w‖ → ∞ not met with the hinge?** Its pull is 0 once every margin is 1: the run stops there. The logistic
pull σ(−m) is never 0 for finite m, and on separable data the run never stops.
"""

LESSON = Lesson(
    name="cross_entropy",
    title="Cross-entropy",
    claim="A prediction costs minus the logarithm of the probability that it gave to what happened.",
    first="First: press Play.",
    scenes=(
        Scene(
            "Two definitions, one number",
            two_definitions,
            _TWO,
            question=Question(
                "The label is 0, the model said p = 0.9 for label 1; then 0.99. What does the second cost?",
                ("About the same", "Twice as much", "Ten times as much"),
                costs_more,
                why_more,
            ),
        ),
        Scene(
            "A bar a point",
            bars,
            _BARS,
            question=Question(
                "Train for ever. Does every bar go to 0?",
                ("Yes, every one", "No, one stays at log 2 or more"),
                bars_vanish,
                why_bars,
            ),
            more_room=0.25,
        ),
        Scene(
            "Does it make sense as a loss?",
            makes_sense,
            _SENSE,
            question=Question(
                "3 of 4 labels are 1. You pay |y − p|. Which p do you report?",
                ("0.75, the truth", "1", "0.5, to be safe"),
                cheapest,
                why_cheapest,
            ),
        ),
        Scene("Entropy and KL", entropy_and_kl, _KL, fields=(TRUTH,), more_room=3.0),
        Scene(
            "Against its rivals",
            rivals,
            _RIVALS,
            question=Question(
                "A point is on the right side by a wide margin, m = 5. Which loss pushes it back?",
                tuple(one.name for one in MARGIN_LOSSES),
                pulls_back,
                why_back,
            ),
        ),
    ),
    points=(
        Points("lecture", "The lecture’s points", headline),
        Points("overlap", "One label flipped: they overlap", lambda: headline(HEADLINE.index((2.6, 2.4)))),
        Points("course", "The online course’s six points", online_course),
        Points("neuron", "Nielsen’s neuron: x = 1, y = 0", nielsens_neuron),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "What does a wrong 99 % cost? Predict, then play.", {"scene": "1"}),
            Cue("0:20", "Every point has its bar; the loss is their mean. Play.", {"scene": "2"}),
            Cue("0:40", "Why this loss, and not |y − p|? Predict, then play.", {"scene": "3"}),
        ),
        "5 minutes": (
            Cue("0:00", "Two definitions: predict, then play p from 0 to 1.", {"scene": "1"}),
            Cue("1:00", "A bar a point: will every bar vanish?", {"scene": "2"}),
            Cue("1:45", "One label flipped: predict again.", {"scene": "2", "points": "overlap"}),
            Cue("2:30", "Does it make sense? The dial is the truth.", {"scene": "3"}),
            Cue("3:30", "Soft labels: entropy stays, KL can be saved.", {"scene": "4"}),
            Cue("4:00", "A hard label has no entropy.", {"scene": "4", "q": "1"}),
            Cue("4:20", "The rivals: predict, then play.", {"scene": "5"}),
        ),
    },
)

show(LESSON)
