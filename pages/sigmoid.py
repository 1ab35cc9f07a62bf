"""The sigmoid: how a score becomes a probability, and what ‖w‖ has to do with how sure the model is."""

from logreg.figures.numbers import format_number
from logreg.figures.sigmoid import (
    along_scores,
    along_x,
    confidence_and_distance,
    growing_scores,
    last_tenfold,
    more_samples,
    on_the_curve,
    points_on_the_curve,
    score_and_probability,
    steep_sigmoid,
    steepness,
    two_histograms,
    two_label_sets,
)
from logreg.ui.fields import Number
from logreg.ui.lesson import Asked, Cue, Lesson, Question, Scene, View, show
from logreg.ui.observation_3.pair import Pair, default_flip, make_pair
from logreg.ui.observation_3.side import Side
from logreg.ui.scripts import sigmoid as scripts
from logreg.ui.stage import Pictures, Script, Show

W = Number("w", "w", -5.0, 5.0, 1.0, 0.1)
B = Number("b", "b", -5.0, 5.0, 0.0, 0.1)


# ------------------------------------------------------------------ the scenes


def score(asked: Asked) -> View:
    w, b = asked[W], asked[B]
    tie = (
        f"Here that is {format_number(-b / w)}." if w else "With w = 0 the score is b everywhere, and there is no tie."
    )
    return View(
        Show(
            pictures=Pictures((), score_and_probability(w, b, theme=asked.theme)),
            timeline=along_x(w, b),
            layout="rows",
            caption="At x = {x} the score is {f}, so the probability of class 1 is {p}.",
            theme=asked.theme,
            script=Script(scripts.SCORE, numbers={"w": w, "b": b}),
        ),
        (f"The tie h = 1/2 is where w·x + b = 0, at x = −b/w. {tie}",),
        without_points="w and b are set by hand, for six samples on a line",
    )


def steep(asked: Asked) -> View:
    return View.of_dial(
        asked,
        steepness(),
        (steep_sigmoid(theme=asked.theme),),
        "c = {c}: the slope at the tie is {slope}; from 10 to 90 % it takes {width}.",
        "The slope is c/4, the width 2·ln 9/c. In f(x) = w·x + b this c is ‖w‖: the longer w, the steeper the step.",
        without_points="this is the sigmoid alone",
        script=Script(scripts.STEEP),
    )


def pair_of(asked: Asked) -> Pair:
    """Return the points A, and B with one label flipped, with their runs: the pair of Observation 3."""
    return make_pair(asked.dataset, default_flip(asked.dataset, "overlapping", fit_bias=False), fit_bias=False)


def on_curve(asked: Asked) -> View:
    pair = pair_of(asked)
    dial = on_the_curve([side.trajectory for side in pair.sides])
    pictures = tuple(
        points_on_the_curve(dial, k, side.trajectory, name=side.name, theme=asked.theme)
        for k, side in enumerate(pair.sides)
    )
    kinds = [side.kind for side in pair.sides]
    return View.of_dial(
        asked,
        dial,
        pictures,
        "Step {step}: the largest |score| is {far0} in A and {far1} in B.",
        f"A is {kinds[0]}, B, with one label flipped, is {kinds[1]}. No bias; every line goes through the origin.",
        script=Script(scripts.ON_THE_CURVE, {side.name: side.dataset for side in pair.sides}),
    )


def who_goes_on(asked: Asked) -> int:
    grows = [side.kind != "overlapping" for side in pair_of(asked).sides]
    return {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}[grows[0], grows[1]]


def why_they_go_on(asked: Asked) -> str:
    said = [
        f"{side.name} is {side.kind}: "
        + ("its scores settle" if side.kind == "overlapping" else "‖w‖ grows for ever, and the largest |f| with it")
        for side in pair_of(asked).sides
    ]
    return f"{'; '.join(said)}."


def confidence(asked: Asked) -> View:
    pair = pair_of(asked)
    run = pair.a.trajectory
    dial = growing_scores(run)
    return View.of_dial(
        asked,
        dial,
        confidence_and_distance(dial, run, theme=asked.theme),
        "Step {step}: ‖w‖ = {norm0}, and the largest |score| is {far0}.",
        f"A score is ‖w‖ times a distance: f(x) = ‖w‖·d(x). {what_settles(pair.a)}",
        script=Script(scripts.PAIR, {"A": pair.a.dataset}),
    )


def what_settles(side: Side) -> str:
    if not side.trajectory.weight_norm.any():
        return "These points leave w at 0, so there is no line to be far from."
    if side.kind == "overlapping":
        return "These points overlap, and in the end both settle."
    return last_tenfold(side.trajectory)


def what_grows(asked: Asked) -> int:
    return 0 if pair_of(asked).a.kind != "overlapping" else 2


def why_it_grows(asked: Asked) -> str:
    side = pair_of(asked).a
    if not side.trajectory.weight_norm.any():
        return "The pulls of these points cancel at w = 0, where the run starts: ‖w‖ stays 0."
    if side.kind == "overlapping":
        return "These points overlap: ‖w‖ settles, and with it both."
    return f"These points are {side.kind}: ‖w‖ has no bound, and a distance to a line has one."


def conditional(asked: Asked) -> View:
    dial = more_samples()
    return View.of_dial(
        asked,
        dial,
        two_histograms(dial, theme=asked.theme),
        "n = {n}: the two P(X) differ by {apart}; in the middle the shares of + by at most {differ}.",
        "Differ: half the sum of |differences| of the bins; the largest difference of shares in the six middle "
        "bins, by chance and their width. One h drew both.",
        without_points="both clouds must have one h that is known",
        script=Script(scripts.CLOUDS),
    )


def label_sets(asked: Asked) -> View:
    return View.of_dial(
        asked,
        along_scores(),
        (two_label_sets(theme=asked.theme),),
        "f = {f}: the loss is {plus} for a positive sample and {minus} for a negative one, both ways.",
        "Dots: log(1 + e^(−y·f)) with y = ±1. Rings: −ȳ·log h − (1 − ȳ)·log(1 − h) with ȳ = (y + 1)/2 in {0, 1}.",
        without_points="this is the loss of one sample, by its score",
        script=Script(scripts.LABELS),
    )


# ------------------------------------------------------------------ the notes

_SCORE = """
f(x) = w·x + b is the score, h(x) = s(f(x)) with s(a) = 1/(1 + e^(−a)) the model of P(Y = 1 | X = x).

**Do the limits 0 and 1 make s a probability?** The notes take them as a sign of it. Every distribution function has
these limits; what the logistic one says besides is that the log-odds log h/(1 − h) are linear in x. And for finite w
the values stay inside (0, 1).
"""
_STEEP = """
s(c·a) has slope c/4 at a = 0 and goes from 10 to 90 % within 2·ln 9/c = 4.394/c. For c → ∞ it becomes a step.

With a unit vector u and w = c·u the score is c·(u·x + b/c): **c is ‖w‖**, and the notes' s(c·a) is what Observation 3
is about.
"""
_ON_CURVE = """
On separable data no finite w is best: the run pushes every point towards its end of the curve, for ever. On
overlapping data the pushes balance in the end, and the points stay where they are then. The lecture's points are of
the first kind, and with one label flipped of the second. That is Observation 3, seen on the sigmoid.
"""
_CONFIDENCE = """
**Is a larger |f(x)| more confident?** The notes say so. |f| = ‖w‖·distance, and on separable data ‖w‖ is set by how
long you train. The geometric part, f/‖w‖, has a limit, and comes to it as slowly as the direction of w does.
"""
_CONDITIONAL = """
**Why P(Y | X) and not P(X, Y)?** The question is what y is at a given x. P(X, Y) = P(Y | X)·P(X): the model of P(X)
would be extra work, and could be wrong, without changing the answer. Two data sets with different P(X) ask for the
same h.
"""
_LABELS = """
With labels in {−1, +1} the loss of a sample is log(1 + e^(−y·f)), and the prediction is the sign of f. With labels in
{0, 1} it is −ȳ·log h − (1 − ȳ)·log(1 − h), and the prediction is h against 1/2. ȳ = (y + 1)/2 turns one into the
other. f = 0 is a tie either way.
"""

LESSON = Lesson(
    name="sigmoid",
    title="Sigmoid",
    claim="A linear score becomes a probability; the length of w says how sharply.",
    first="First: press Play.",
    scenes=(
        Scene("From a score to a probability", score, _SCORE, fields=(W, B), formula="f(x) = {w}·x + {b}"),
        Scene("Steeper and steeper", steep, _STEEP),
        Scene(
            "Points on the curve",
            on_curve,
            _ON_CURVE,
            question=Question(
                "Whose points will go on along the curve for ever?",
                ("A’s", "B’s", "Both", "Neither"),
                who_goes_on,
                why_they_go_on,
            ),
        ),
        Scene(
            "Confidence or distance?",
            confidence,
            _CONFIDENCE,
            question=Question(
                "Train on and on. What goes on growing?",
                ("The scores |f|", "The distances |f|/‖w‖", "Neither"),
                what_grows,
                why_it_grows,
            ),
        ),
        Scene("Why P(Y | X)?", conditional, _CONDITIONAL),
        Scene("Two label sets", label_sets, _LABELS),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "A score becomes a probability; 0.5 is the tie.", {"scene": "1"}),
            Cue("0:15", "Play: the same curve, steeper and steeper. c is ‖w‖.", {"scene": "2"}),
            Cue("0:30", "Whose points go on for ever? Hands up, then play.", {"scene": "3"}),
            Cue("0:50", "Confidence or distance? Predict, then play.", {"scene": "4"}),
        ),
        "5 minutes": (
            Cue("0:00", "From a score to a probability; change w and b.", {"scene": "1"}),
            Cue("1:00", "s(c·a): slope c/4, width 4.394/c, in the end a step.", {"scene": "2"}),
            Cue("2:00", "A and B on the curve: predict, then play.", {"scene": "3"}),
            Cue("3:00", "Confidence or distance? Predict, then play.", {"scene": "4"}),
            Cue("3:45", "Why P(Y | X): two histograms, and one curve of shares. Play.", {"scene": "5"}),
            Cue("4:30", "Two label sets, one loss.", {"scene": "6"}),
        ),
    },
)

show(LESSON)
