"""Descent: how long a step may be, what happens beyond, and why nobody does this with hinge."""

from dataclasses import replace

import streamlit as st

from logreg.data.checks import check_scale
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, cycling_points, headline, online_course, wus_toy
from logreg.figures.any_rate import (
    cycle,
    for_ever_timeline,
    perceptron,
    perceptron_distance,
    perceptron_limit,
    perceptron_timeline,
    survival,
)
from logreg.figures.hinge import HINGE_SHARE, Rest, hinge_margins, hinge_norms, hinge_rest, hinge_timeline
from logreg.figures.large_steps import SMALL_STEPS, Paying, paying, paying_steps
from logreg.figures.numbers import format_number
from logreg.figures.step_sizes import (
    Race,
    gauge_pictures,
    gauge_timeline,
    one_step,
    one_step_timeline,
    race,
    race_pictures,
    race_timeline,
)
from logreg.training.objective import THROUGH_0
from logreg.ui.lesson import Asked, Cue, Lesson, Points, Question, Scene, See, View, show
from logreg.ui.observation_3.pair import default_flip, flips_tried, make_pair
from logreg.ui.results import Analysis, analyse, dataset_key
from logreg.ui.scripts import descent as scripts
from logreg.ui.stage import ONCE_SEEN, Script
from logreg.ui.verdict import vector

RATES = {2: 0.5, 3: 1.9, 4: 10.0}  # views of the first scene: η of a run, in units of 1/L


def found_of(asked: Asked) -> Analysis:
    return analyse(asked.dataset, THROUGH_0)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def race_of(dataset: Dataset) -> Race | None:
    """Return the race to a minimum; None where there is none, or it is w = 0, where every run starts."""
    best = analyse(dataset, THROUGH_0).optimum
    return None if best is None or not best.weights.any() else race(dataset, best)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def paying_of(dataset: Dataset) -> Paying:
    return paying(dataset)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def rest_of(dataset: Dataset) -> Rest:
    return hinge_rest(dataset)


# ------------------------------------------------------------------ the scenes


def step(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    return along_a_run(asked) if asked.view in RATES else one_step_of(asked)


def one_step_of(asked: Asked) -> View:
    dial = one_step_timeline(asked.dataset)
    unit = found_of(asked).smoothness
    return View.of_dial(
        asked,
        dial,
        (one_step(dial, theme=asked.theme),),
        "η = {η}: one step from w = 0 leads to a loss of {loss}. Gauge η·λmax(H)/2: {gauge}.",
        f"The loss is nowhere above the parabola: L = {format_number(unit)} bounds its curvature everywhere. "
        f"At η = 2/L the gauge is at most 1.",
        script=Script(scripts.ONE_STEP, {"points": asked.dataset}),
    )


def along_a_run(asked: Asked) -> View:
    share = RATES[asked.view]
    dial = gauge_timeline(asked.dataset, share)
    eta = share / found_of(asked).smoothness
    return View.of_dial(
        asked,
        dial,
        gauge_pictures(dial, theme=asked.theme),
        "Step {step}: loss {loss}, gauge {gauge}.",
        f"η = {share:g}/L = {format_number(eta)}. While the gauge is below 1 along the whole step, the loss cannot "
        "rise; above 1 it may.",
        script=Script(scripts.GAUGE, {"points": asked.dataset}, {"η": eta}),
    )


def overlapping_of(asked: Asked) -> Analysis:
    """Return the points if they have a minimum; else the same with one label flipped, as in Observation 3."""
    found = found_of(asked)
    if found.has_minimum:
        return found
    flipped = make_pair(asked.dataset, default_flip(asked.dataset, "overlapping", fit_bias=False), fit_bias=False)
    return analyse(flipped.b.dataset, THROUGH_0)


def rates(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    found = overlapping_of(asked)
    run = race_of(found.dataset)
    if run is None:
        return no_race(asked)
    dial = race_timeline(run)
    lanes = ", ".join(format_number(float(rate)) for rate in run.rates)
    return View.of_dial(
        asked,
        dial,
        race_pictures(dial, run, theme=asked.theme),
        "Step {t}: " + (run.outcome if asked.is_answered else "five rates, one start."),
        f"{raced(asked)} have a minimum; the limit there is 2/λmax(H(w*)) = {format_number(run.limit)}. Left five "
        f"runs, down to 10⁻⁹ above the least; right the same without the last. η = {lanes}.",
        script=Script(scripts.RATES, {"points": found.dataset}),
    )


def raced(asked: Asked) -> str:
    return "These points" if overlapping_of(asked) is found_of(asked) else "These points with one label flipped"


def no_race(asked: Asked) -> View:
    """Show one step in place of a race, and say why."""
    return replace(one_step_of(asked), lines=(f"{why_no_race(asked)}: one step, then.",))


def why_no_race(asked: Asked) -> str:
    found = overlapping_of(asked)
    if found.optimum is not None:
        where = "at w = 0" if found.is_zero else "at w = 0 but for rounding"
        which = "their" if found.is_unique else "a"
        return f"{raced(asked)} have {which} minimum {where}, where every run starts"
    if found.has_minimum:
        return f"{raced(asked)} have a minimum that float64 cannot hold, so no limit is known"
    return f"{flips_tried(asked.dataset)} of one label gives these points a minimum, so no limit"


def has_race(asked: Asked) -> bool:
    return race_of(overlapping_of(asked).dataset) is not None


def crossing(asked: Asked) -> str:
    found = overlapping_of(asked)
    if not found.has_minimum:
        return "These points have no minimum to settle at: ‖w‖ grows for ever."
    run = race_of(found.dataset)
    if run is not None:
        return f"0.95 of the limit {run.behaviours[2]}; 1.05 of it {run.behaviours[3]}."
    if found.optimum is None:
        return f"{raced(asked)} have a minimum that float64 cannot hold."
    if found.is_zero:
        return "The minimum is w = 0, where every run starts: there the gradient is 0, and no rate moves w."
    return "The minimum is w = 0 but for rounding, where every run starts: rounding decides where it leads."


def right_of_crossing(asked: Asked) -> int | None:
    found = overlapping_of(asked)
    if not found.has_minimum:
        return 2
    run = race_of(found.dataset)
    if run is None:
        return 0 if found.is_zero else None
    return {"settles": 0, "goes round": 1, "open": None}[run.fates[3].kind]


def for_ever(asked: Asked) -> View:
    dial = for_ever_timeline()
    return View.of_dial(
        asked,
        dial,
        (cycle(dial, theme=asked.theme), survival(dial, theme=asked.theme)),
        f"Step {{t}}: w is {{w}} on the left, the loss {{toy}} on the right.{ONCE_SEEN}"
        "Step {t}: overlapping points can send a run round for ever; separable points never do.\n"
        f"Left: overlapping points, η = 0.9 of the limit 2/λmax(H(w*)). Right: separable ones, η = 8.{ONCE_SEEN}"
        "Left: 0.9 of the limit 2/λmax(H(w*)), and still no convergence: w is at 8 places in turn. At 0.85 and at "
        "0.95 it settles. Right: any η works in the end.",
        without_points="such a cycle needs points made for it",
        script=Script(scripts.FOR_EVER, {"overlapping": cycling_points(), "separable": wus_toy()}),
    )


def to_perceptron(asked: Asked) -> View:
    if asked.view == 2:
        return their_perceptron(asked)
    said = "Wu’s toy, 15 steps from 0. Dashed: the batch perceptron. With η → ∞ the sigmoid of a margin is a step."
    shown = perceptron_of(wus_toy(), 1.0, asked, said)
    return replace(shown, without_points="this is Wu’s toy; “These points” has them")


def their_perceptron(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    limit = perceptron_limit(asked.dataset)
    last = len(limit.path) - 1
    ends = f"is at {vector(limit.path[-1])} then, and has not come to rest"
    if limit.rest is not None:
        ends = f"comes to rest at step {limit.rest}, at {vector(limit.path[-1])}"
    said = f"These points, {last} steps from 0, no bias. Dashed: the batch perceptron, which {ends}."
    return perceptron_of(asked.dataset, 1 / found_of(asked).smoothness, asked, said)


def perceptron_of(dataset: Dataset, unit: float, asked: Asked, said: str) -> View:
    dial = perceptron_timeline(dataset, unit)
    pictures = (perceptron(dial, dataset, theme=asked.theme), perceptron_distance(dial, theme=asked.theme))
    script = Script(scripts.PERCEPTRON, {"points": dataset}, {"n_steps": len(perceptron_limit(dataset).path) - 1})
    caption = "η = {η}: the path of w/η is {off} off the perceptron’s."
    return View.of_dial(asked, dial, pictures, caption, said, script=script)


def hinge(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    dial = hinge_timeline(asked.dataset)
    return View.of_dial(
        asked,
        dial,
        (hinge_norms(dial, theme=asked.theme), hinge_margins(dial, theme=asked.theme)),
        "Step {step}: ‖w‖ is {logistic} with the logistic loss and {hinge} with hinge.",
        f"Violet: logistic. Pink: hinge. η = {HINGE_SHARE:g}/L for both, no bias.",
        script=Script(scripts.HINGE, {"points": asked.dataset}, {"η": HINGE_SHARE / found_of(asked).smoothness}),
    )


def who_stops(asked: Asked) -> int | None:
    stops = rest_of(asked.dataset).stops
    return None if stops is None else 1 - stops


def why_it_stops(asked: Asked) -> str:
    return rest_of(asked.dataset).because


def pays(asked: Asked) -> View:
    check_scale(asked.dataset.X, moves=True)
    runs = paying_of(asked.dataset)
    there = [
        f"more than {SMALL_STEPS:,} steps" if step is None else f"{step:,} step{'' if step == 1 else 's'}"
        for step in runs.reached
    ]
    etas = [format_number(rate) for rate in runs.rates]
    return View.of_dial(
        asked,
        runs.timeline,
        (paying_steps(runs, theme=asked.theme),),
        "Step {step}: {small_gap} above the least with small steps, {large_gap} with large ones.\n"
        f"λ = 10⁻⁵, no bias. Small steps: 1/L = {etas[0]}. Large: 1.9/λmax(H(w*)) = {etas[1]}.{ONCE_SEEN}"
        f"λ = 10⁻⁵, no bias. To stay within 10⁻⁵ of the least: {there[0]} of 1/L = {etas[0]}, {there[1]} of "
        f"1.9/λmax(H(w*)) = {etas[1]}.{' Here large steps do not pay.' if runs.is_in_vain else ''}",
        script=Script(scripts.LARGE_STEPS, {"points": asked.dataset}),
    )


# ------------------------------------------------------------------ the notes

_STEP = """
w ← w − η∇L. With L = λmax(AᵀA)/(4n) the loss lies below L(w) − η‖∇L‖²·(1 − ηL/2): **1/L** lands at the bottom of this
parabola, **2/L** at equal height. So η < 2/L lowers the loss at every step: sufficient, not necessary.

What counts is the curvature where the run is: the gauge η·λmax(H(w))/2. On standardised iris petals
(versicolor, virginica) 14.9 times 2/L still works.

The notes sum over the samples; our loss is the mean: their step is n times ours.
"""
_RATES = """
Near the optimum of overlapping points the loss is a bowl of curvatures up to λmax(H(w*)). There a run below half the
limit comes from one side, above it swings; beyond the limit 2/λmax(H(w*)) the steepest way leads off w*. Many runs go
round in two places then, further out in more.

That a run settles is proved by η < 2/L, or by a loss so low that no later step can raise it; rest and rounds are seen,
to rounding.
"""
_FOR_EVER = """
Is a rate below the limit 2/λmax(H(w*)) enough? For one weight, below HALF of it, yes; between half and the whole some
data have cycles (Meng, Orvieto, Cao, De Sa 2024). Here 34 points at 1 and one at −13.141, η = 7.470: eight
places, for ever.

On separable points any constant rate works: the loss may rise at first; where no ‖x‖ is above 1, it falls for ever once
it is below both 1/η and log 2/n (Wu, Bartlett, Telgarsky, Yu 2024). On Wu’s toy with η = 8: ten rises, the last at
step 15.
"""
_PERCEPTRON = """
A residual is σ(−m). With w = η·u the margins are η·(a·u), and for η → ∞ the residual is 1 for wrong points, 0 for
right ones, ½ at a tie: the batch perceptron (Tyurin 2024). On Wu’s toy both end at (−0.25, 1.3); at η = 10⁴ they agree
to 2·10⁻¹⁶. On points that a line through the origin separates the perceptron always comes to rest; on others it may
wander for ever.
"""
_HINGE = """
**Why was this not done for the linear model and hinge loss?** max(0, 1 − m) is exactly 0 from margin 1 on, and so is
its gradient: on separable data a run stops, at a finite ‖w‖ that depends on η and the start. There its infimum 0 is
attained; that of the logistic loss never is. That is why Observation 3 is a matter of the logistic loss.

On other data hinge can rest only where the pulls of all points inside margin 1 cancel.
"""
_PAYS = """
On separable points a small penalty makes the minimum finite and flat: on the lecture’s λmax(H(w*)) is twenty
thousand times below L, so the limit of the rate near the optimum is twenty thousand times 2/L. Steps just below it rise
at first and are there soon (Wu, Marion, Bartlett 2025): 39 of them, against 16,997 of 1/L. On other points they need
not pay.
"""

LESSON = Lesson(
    name="descent",
    title="Descent",
    claim="A step along −∇L: how long may it be, and what happens if it is longer?",
    first="First: press Play.",
    scenes=(
        Scene("One step", step, _STEP, views=("One step", "Run, 0.5/L", "1.9/L", "10/L"), more_room=1.5),
        Scene(
            "Rates",
            rates,
            _RATES,
            question=Question(
                "Near w* the limit of η is 2/λmax(H(w*)). Just beyond, at 1.05 of it: what will the run do?",
                ("Settle after all", "Go round for ever", "Never repeat itself"),
                right_of_crossing,
                crossing,
                has_race,
            ),
            more_room=0.25,
        ),
        Scene(
            "For ever",
            for_ever,
            _FOR_EVER,
            see=(See("observation_3", "Observation 3: ‖w‖ of both kinds of points", {"scene": "2"}),),
        ),
        Scene(
            "η → ∞ is the perceptron",
            to_perceptron,
            _PERCEPTRON,
            views=("Wu’s toy", "These points"),
            chosen_view=2,
            more_room=1.5,
        ),
        Scene(
            "Why not with hinge?",
            hinge,
            _HINGE,
            question=Question(
                "Train with hinge in place of the logistic loss. Will ‖w‖ stop?",
                ("Yes, it comes to rest", "No, it goes on"),
                who_stops,
                why_it_stops,
            ),
            see=(See("cross_entropy", "Cross-entropy: hinge and its rivals, side by side", {"scene": "5"}),),
        ),
        Scene(
            "Large steps pay", pays, _PAYS, see=(See("observation_3", "Observation 3: λ as a dial", {"scene": "9"}),)
        ),
    ),
    points=(
        Points("lecture", "The lecture’s points", headline),
        Points("overlap", "One label flipped: they overlap", lambda: headline(HEADLINE.index((2.6, 2.4)))),
        Points("course", "The online course’s six points", online_course),
        Points("wu", "Wu’s toy: four points", wus_toy),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "One step: up to 2/L the parabola promises a fall. Play.", {"scene": "1"}),
            Cue("0:20", "Five rates, one start. What happens beyond the limit?", {"scene": "2"}),
            Cue("0:40", "Round for ever, or safe at any speed.", {"scene": "3"}),
            Cue("0:50", "Large steps pay: 39 in place of 16,997.", {"scene": "6"}),
        ),
        "5 minutes": (
            Cue("0:00", "One step, and the parabola above it.", {"scene": "1"}),
            Cue(
                "0:50",
                "A run of 10/L: where the gauge is above 1, the loss may rise. Play.",
                {"scene": "1", "view": "4", "points": "overlap"},
            ),
            Cue("1:30", "Five rates: predict, then play.", {"scene": "2"}),
            Cue("2:20", "For ever: overlapping on the left, separable on the right.", {"scene": "3"}),
            Cue("3:00", "Turn η up: the perceptron appears.", {"scene": "4"}),
            Cue("3:40", "Why not with hinge? Predict, then play.", {"scene": "5"}),
            Cue("4:20", "Large steps pay.", {"scene": "6"}),
        ),
    },
)

show(LESSON)
