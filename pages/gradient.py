"""The gradient: a sum of arrows, one a point; checked by differences; and why cross-entropy does not get stuck."""

import streamlit as st

from logreg.data.checks import check_scale
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline, online_course, online_course_line
from logreg.figures.arrow_sum import arrow_sum, arrow_timeline, pulling_points, where_its_line_goes
from logreg.figures.difference import (
    checked_at,
    chord,
    difference_error,
    difference_timeline,
    least_error,
    sigmoid_tangent,
    slope_bounds,
    slope_timeline,
)
from logreg.figures.numbers import format_number
from logreg.figures.picture import Picture
from logreg.figures.plateaus import RATE, feature_line, plateau, plateau_start, plateau_timeline
from logreg.figures.theme import Theme
from logreg.figures.timeline import Timeline
from logreg.figures.two_losses import (
    NIELSENS_RATE,
    bad_start,
    neuron_outputs,
    neuron_pulls,
    neuron_timeline,
    plane_of_two_losses,
    plane_timeline,
    right_labels,
    start_margin,
    where_both_lines_go,
)
from logreg.figures.who_pulls import few_points, left_over, pull_bars, share_timeline
from logreg.theory.arrows import least_cancelling, off_origin
from logreg.theory.asymptotics import asymptotics
from logreg.training.config import TrainingConfig
from logreg.training.objective import PLAIN, THROUGH_0
from logreg.training.trajectory import Trajectory
from logreg.ui.lesson import Asked, Cue, Lesson, Points, Question, Scene, See, View, show
from logreg.ui.results import Analysis, analyse, dataset_key, runs
from logreg.ui.scripts import gradient as scripts
from logreg.ui.stage import Pictures, Script, Show
from logreg.ui.verdict import vector

SHORT, LONG = 1_000, 100_000
STARTS = ((0.6, 0.9), (2.0, 2.0))
_OF_COURSE = (
    "x = 0 … 5, labels 0 0 0 1 1 1",
    " Not a local minimum: a plateau.",
    "squared error waits on a plateau, ‖∇‖ = {se_steep}; cross-entropy has {ce_steep}.",
    "the other views have a feature of theirs",
)
_OF_FEATURE = ("", "‖∇‖ is {se_steep} with squared error, {ce_steep} with cross-entropy.", "")


def run_of(dataset: Dataset, n_steps: int) -> Trajectory:
    return runs().run(dataset, TrainingConfig(n_steps=n_steps, objective=THROUGH_0))


def found_of(asked: Asked) -> Analysis:
    """Return what is known of the points that pull: one at the origin never does."""
    return analyse(off_origin(asked.dataset), THROUGH_0)


def all_pull(asked: Asked) -> bool:
    return off_origin(asked.dataset).n_samples == asked.dataset.n_samples


def whose(asked: Asked) -> str:
    return "These points" if all_pull(asked) else "Off the origin these points"


# ------------------------------------------------------------------ the scenes


def arrows(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    run = run_of(asked.dataset, SHORT)
    dial = arrow_timeline(run)
    off = "" if all_pull(asked) else " off the origin"
    pictures = (
        pulling_points(dial, asked.dataset, theme=asked.theme),
        arrow_sum(dial, asked.dataset, theme=asked.theme),
    )
    return View.of_dial(
        asked,
        dial,
        pictures,
        f"Step {{step}}: every point{off} pulls w; {{total}} of pulling in all, {{length}} in the sum.",
        "An arrow is (y − p)·x/n, in the colour of its class; their sum is −∇L, and a step goes along it. "
        f"No bias, so w has two parts.{where_its_line_goes(run)}",
        script=Script(scripts.ARROWS, {"points": asked.dataset}),
    )


def closes(asked: Asked) -> int:
    return {"separable": 0, "overlapping": 1}.get(found_of(asked).kind, 2)


def why_it_closes(asked: Asked) -> str:
    kind = found_of(asked).kind
    return {
        "separable": f"{whose(asked)} are separable through the origin: every point gets confident, and lets go.",
        "overlapping": f"{whose(asked)} overlap: they pull against each other, until the arrows close into a ring.",
    }.get(kind, f"{whose(asked)} are quasi-separable: those on the line pull on, in balance; the others let go.")


def check(asked: Asked) -> View:
    check_scale(asked.dataset.X)
    at = checked_at(asked.dataset)
    dial = difference_timeline(asked.dataset, at)
    pictures = (
        chord(dial, asked.dataset, at, theme=asked.theme),
        difference_error(dial, theme=asked.theme),
    )
    return View.of_dial(
        asked,
        dial,
        pictures,
        "h = {h}: chord and formula differ by {off} of the gradient.",
        f"At w = {vector(at.weights)}, without a bias: (L(w + h·e) − L(w − h·e))/2h for each weight, beside the "
        "formula.",
        script=Script(scripts.CHECK, {"points": asked.dataset}, {"w": tuple(at.weights.tolist())}),
    )


def best_step(asked: Asked) -> str:
    dial = difference_timeline(asked.dataset, checked_at(asked.dataset))
    best, least = least_error(dial)
    return f"Here the error is least, {format_number(least)}, at h = {format_number(best)}: below it rounding wins."


def slope_dies(asked: Asked) -> View:
    dial = slope_timeline()
    return View.of_dial(
        asked,
        dial,
        (sigmoid_tangent(dial, theme=asked.theme), slope_bounds(dial, theme=asked.theme)),
        "a = {a}: the sigmoid’s slope is {slope}; the notes’ bound is {bound}.",
        "s′(a) = s(a)·(1 − s(a)) is at most 1/4; far out it falls by a factor e with each unit of a, to both sides.",
        without_points="this is the slope of the sigmoid alone",
        script=Script(scripts.SLOPE),
    )


def two_starts(asked: Asked) -> View:
    return on_the_plane(asked) if asked.view > len(STARTS) else one_neuron(asked)


def one_neuron(asked: Asked) -> View:
    dial = neuron_timeline(STARTS[asked.view - 1])
    return View.of_dial(
        asked,
        dial,
        (neuron_outputs(dial, theme=asked.theme), neuron_pulls(dial, theme=asked.theme)),
        "Epoch {epoch}: squared error still says {se_a}, cross-entropy {ce_a}; the truth is 0.",
        f"One neuron, one sample: x = 1, y = 0. η = {NIELSENS_RATE:g} for both losses; squared error is ½(a − y)². "
        "Pink: squared error. Violet: cross-entropy.",
        without_points="“On the plane” has them",
        script=Script(scripts.NEURON, numbers={"start": STARTS[asked.view - 1]}),
    )


def on_the_plane(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    eta = run_of(asked.dataset, SHORT).learning_rate
    dial = plane_timeline(asked.dataset, eta)
    pictures = (
        plane_of_two_losses(dial, asked.dataset, theme=asked.theme),
        right_labels(dial, theme=asked.theme),
    )
    return View.of_dial(
        asked,
        dial,
        pictures,
        "Step {step}: mean p of the right label is {se_right} with squared error, {ce_right} with cross-entropy.",
        f"Both start from the same w, at a mean margin of {format_number(start_margin(asked.dataset))}, by steps "
        f"of η = {format_number(eta)}. No bias. Pink: squared error. Violet: cross-entropy."
        f"{where_both_lines_go(asked.dataset)}",
        script=two_losses(asked.dataset, tuple(bad_start(asked.dataset).tolist()), eta, fit_bias=False),
    )


def two_losses(points: Dataset, start: tuple[float, ...], eta: float, *, fit_bias: bool) -> Script:
    return Script(scripts.TWO_LOSSES, {"points": points}, {"start": start, "η": eta, "fit_bias": fit_bias})


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def flat_parts(line: Dataset, eta: float, theme: Theme) -> tuple[Timeline, tuple[Picture, ...]]:
    dial = plateau_timeline(line, eta)
    return dial, tuple(plateau(dial, line, short, theme=theme) for short in ("se", "ce"))


def plateaus(asked: Asked) -> View:
    line, eta, whose, end, said, without = online_course_line(), RATE, *_OF_COURSE
    if asked.view > 1:
        check_scale(asked.dataset.X)
        line, whose = feature_line(asked.dataset, asked.view - 2)
        eta, end, said, without = 1 / analyse(line, PLAIN).smoothness, *_OF_FEATURE
    dial, pictures = flat_parts(line, eta, asked.theme)
    line_of_all = f"both runs start at the ×, η = {format_number(eta)}. Grey: ‖∇‖ < 0.001, in the window |w|, |b| ≤ 10."
    script = two_losses(line, plateau_start(line), eta, fit_bias=True)
    show = Show(
        pictures=Pictures((), pictures),
        timeline=dial,
        caption=f"Step {{step}}: {said}",
        theme=asked.theme,
        script=script,
    )
    return View(show, (f"{whose}; {line_of_all}{end}",), without_points=without)


def who_pulls(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    found = found_of(asked)
    pulling = found.dataset
    dial = share_timeline(run_of(pulling, LONG))
    shares = asymptotics(pulling, fit_bias=False).shares if found.kind == "separable" else None
    floor = least_cancelling(pulling, found.limit.margin) if found.limit is not None else None
    known = floor if asked.is_answered else None  # whether the pulls cancel is what is asked
    pictures = (pull_bars(dial, pulling, shares, theme=asked.theme), left_over(dial, known, theme=asked.theme))
    ends = {
        "separable": "Separable: the support vectors pull alone in the end, and their pulls never cancel.",
        "overlapping": "Overlapping: at the optimum the pulls cancel, and nothing is left in the sum.",
    }.get(found.kind, "Quasi-separable: the points on the line cancel each other, and the rest lets go.")
    no_bar = "" if all_pull(asked) else " A point at the origin pulls nothing: no bar."
    return View.of_dial(
        asked,
        dial,
        pictures,
        f"Step {{step}}: {few_points(pulling)} {{few}} of all pulls; {{kept}} of all pulling is left in the sum.",
        f"A bar is a point’s σ(−m)/Σσ(−m), in the colour of its class. {ends}{no_bar}",
        script=Script(scripts.WHO_PULLS, {"points": pulling}),
    )


def left_in_the_end(asked: Asked) -> int:
    return {"separable": 1}.get(found_of(asked).kind, 0)


def why_left(asked: Asked) -> str:
    found = found_of(asked)
    if found.kind != "separable" or found.limit is None:
        return "No line through the origin separates these points, and at the infimum of the loss all pulls cancel."
    floor = format_number(least_cancelling(found.dataset, found.limit.margin))
    return (
        f"A line through the origin separates these points: along it every pull gains, at least {floor} of its length."
    )


# ------------------------------------------------------------------ the notes

_ARROWS = """
∇L = (1/n) Σ xᵢ·(h(xᵢ) − yᵢ). **Observation 1**: the gradient is a weighted sum of the data points, and the weight of
each is by how much it is wrong. A point that is right and sure has a short arrow.

The notes write the sum without 1/n and without b. Our loss is the mean: a step η on the mean is η/n on the sum. With a
bias every xᵢ gets one more coordinate, 1.
"""
_CHECK = """
(L(w + h) − L(w − h))/2h differs from L′(w) by L‴·h²/6, and rounding adds about ε/h. The best h is near
ε^(1/3) = 6·10⁻⁶, with ε = 2.2·10⁻¹⁶ of float64. Smaller is not better: at h = 10⁻¹⁴ hardly a digit is left.
"""
_SLOPE = """
**The notes' bounds.** s′(a) = s(a)·(1 − s(a)) = e^(−a)/(1 + e^(−a))². For a ≥ 0 it is at most e^(−a); for a < 0 the
notes bound it by 1/(1 + e^(−a)) = s(a), which is about e^a. So it dies exponentially on both sides.
"""
_BAD_START = """
**Observation 2: the loss gradient does not get exponentially small.** With the limit that belongs to it: not for WRONG
points. For correct points it does, and should. At y = 1, a = −10 the cross-entropy still pulls with 0.99995, squared
error with 4.5·10⁻⁵; at a = −20 with 1.0 and 2.1·10⁻⁹.

The neuron is Nielsen's (Neural Networks and Deep Learning, chapter 3). He takes η = 0.005 for cross-entropy, and is
then at 0.4177 and 0.7796 after 300 epochs; with the same η for both, as here, the losses can be compared.
"""
_PLATEAUS = """
**Local minima?** Often said of squared error with a sigmoid. For x = 0 … 5 there is none on a fine grid of this
window; but ‖∇‖ is below 0.001 on 32 % of it, below 0.0001 on 21 %. There a run waits so long that it seems to have
converged. The cross-entropy is convex: where its gradient is below 0.001, no place of this window is lower by as much
as 0.03. On x = 0 … 5 it is nowhere that small.
"""
_WHO = """
Residuals σ(−m) fall like e^(−m), so the points of the smallest margin are left alone with the pulling: the support
vectors. Their shares tend to the weights of the largest-margin line; dashes show them at the end.

‖Σ pulls‖/Σ‖pull‖ is 0 at an optimum. If a line separates the points with margin γ, it never falls below γ/max‖a‖: each
pull gains along that line. So there is no optimum: **Observation 3**, read off the arrows.
"""

LESSON = Lesson(
    name="gradient",
    title="The gradient",
    claim="The gradient is a sum of arrows, one a point, as long as the point is wrong.",
    first="First: press Play.",
    scenes=(
        Scene(
            "A sum of arrows",
            arrows,
            _ARROWS,
            question=Question(
                "Train on. What will become of the arrows?",
                ("All shrink away", "They close into a ring", "Some close, the others shrink"),
                closes,
                why_it_closes,
            ),
            see=(See("observation_3", "Observation 3: at its balance the arrows close", {"scene": "5", "view": "2"}),),
        ),
        Scene(
            "Is it right?",
            check,
            _CHECK,
            question=Question(
                "We make h smaller and smaller. Does the check get better and better?",
                ("Yes", "No, it turns"),
                lambda asked: 1,
                best_step,
            ),
        ),
        Scene(
            "s′ dies",
            slope_dies,
            _SLOPE,
            see=(See("sigmoid", "Sigmoid: c is ‖w‖, and makes it steep", {"scene": "2"}),),
        ),
        Scene(
            "Same bad start, two losses",
            two_starts,
            _BAD_START,
            views=("w 0.6, b 0.9", "w = b = 2", "On the plane"),
            chosen_view=3,
            see=(See("cross_entropy", "Cross-entropy: the slope of each loss", {"scene": "5"}),),
            more_room=1.5,
        ),
        Scene(
            "Plateaus",
            plateaus,
            _PLATEAUS,
            views=("x = 0 … 5", "x₁ of these", "x₂ of these"),
            chosen_view=2,
            more_room=1.5,
        ),
        Scene(
            "Who still pulls?",
            who_pulls,
            _WHO,
            question=Question(
                "In the end, will the pulls cancel?",
                ("Yes: nothing is left in the sum", "No: a share is always left"),
                left_in_the_end,
                why_left,
            ),
            see=(See("observation_3", "Observation 3: a share that is left drives ‖w‖ for ever", {"scene": "2"}),),
            more_room=0.25,
        ),
    ),
    points=(
        Points("lecture", "The lecture’s points", headline),
        Points("overlap", "One label flipped: they overlap", lambda: headline(HEADLINE.index((2.6, 2.4)))),
        Points("course", "The online course’s six points", online_course),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "Every point pulls w. Add the arrows by eye; then play.", {"scene": "1"}),
            Cue(
                "0:20",
                "The same with one label flipped: predict again, then play.",
                {"scene": "1", "points": "overlap"},
            ),
            Cue("0:35", "Same bad start, two losses: who learns first?", {"scene": "4", "view": "2"}),
            Cue("0:50", "Why: plateaus, not local minima.", {"scene": "5"}),
        ),
        "5 minutes": (
            Cue("0:00", "A sum of arrows: predict, then play.", {"scene": "1"}),
            Cue("0:45", "One label flipped: predict again.", {"scene": "1", "points": "overlap"}),
            Cue("1:20", "Is the formula right? Predict, then play.", {"scene": "2"}),
            Cue("2:00", "The sigmoid’s slope dies on both sides.", {"scene": "3"}),
            Cue("2:30", "One neuron, a bad start, two losses.", {"scene": "4"}),
            Cue("3:00", "A worse start: squared error waits.", {"scene": "4", "view": "2"}),
            Cue("3:30", "The same with all points.", {"scene": "4", "view": "3"}),
            Cue("4:00", "Plateaus: where it waits.", {"scene": "5"}),
            Cue("4:30", "Who still pulls? Predict, then play.", {"scene": "6"}),
        ),
    },
)

show(LESSON)
