"""The bias: what a line through the origin misses, the bias as one more feature, and what a penalty does to it."""

from dataclasses import replace

import streamlit as st

from logreg.certificates.optimum import OptimumOutOfReach
from logreg.data.checks import BeyondFloat64, check_scale
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import around_zero, headline, moved_headline, online_course, rare_class
from logreg.data.registry import make_dataset
from logreg.figures.bias import (
    constant_timeline,
    count_wrong,
    lifted_points,
    tie_over_constant,
    tied_line,
    turning_timeline,
)
from logreg.figures.numbers import format_number
from logreg.figures.shifted import (
    L2,
    away_from_zero,
    centred_losses,
    centring_bounds,
    centring_timeline,
    iris,
    rare_share,
    rare_timeline,
    shift_timeline,
    shifted_accuracy,
    shifted_lines,
)
from logreg.figures.timeline import Timeline
from logreg.theory.constant_feature import is_mirrored, pulls_cancel, tie_of_limit, tie_of_run
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import PLAIN, Objective
from logreg.ui.lesson import Asked, Cue, Lesson, Points, Question, Scene, See, View, show
from logreg.ui.results import Analysis, analyse, dataset_key, runs
from logreg.ui.scripts import bias as scripts
from logreg.ui.stage import Script

LONG = 100_000
AWAY = "The same points, only their middle moves away from 0: "
HELD = "b would have to follow, and the penalty holds it."
FREE = "here the penalty on b changes no accuracy."
STILL = "here the move changes no accuracy."
CANCELLED = "But for rounding the pulls cancel: w = 0, b = 0 and p = ½, wherever they are."


def found_of(asked: Asked, fit_bias: bool) -> Analysis:
    return analyse(asked.dataset, Objective(fit_bias=fit_bias))


# ------------------------------------------------------------------ the scenes


def tied(asked: Asked) -> View:
    check_scale(asked.dataset.X)
    dial = turning_timeline(asked.dataset)
    margin = found_of(asked, True).proof_margin
    free = None if margin is None else Model(margin.weights, margin.bias)
    pictures = (tied_line(dial, asked.dataset, free, theme=asked.theme), count_wrong(dial, theme=asked.theme))
    return View.of_dial(
        asked,
        dial,
        pictures,
        "θ = {θ}°: the line is tied to the origin. On its wrong side, or on it: {wrong} of "
        f"{asked.dataset.n_samples}.",
        f"Without b: {found_of(asked, False).kind}. With b: {found_of(asked, True).kind}. "
        "A ring: wrong, or on the line.",
        script=Script(scripts.TIED, {"points": asked.dataset}),
    )


def right_of_tied(asked: Asked) -> int:
    without, with_b = (found_of(asked, fit_bias).kind == "separable" for fit_bias in (False, True))
    return 0 if without else 1 if with_b else 2


def why_tied(asked: Asked) -> str:
    least = int(turning_timeline(asked.dataset).columns["wrong"].min())
    without, with_b = found_of(asked, False), found_of(asked, True)
    said = f"Without b these points are {without.kind}, with b {with_b.kind}; the least here is {least}."
    return said + (" One class needs no line: b alone gets it right." if with_b.one_class else "")


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def constants_of(line: Dataset) -> Timeline:
    return constant_timeline(line)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def shifts_of(dataset: Dataset) -> Timeline:
    return shift_timeline(dataset)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Dataset: dataset_key})
def centring_of(dataset: Dataset) -> Timeline:
    return centring_timeline(dataset)


def one_more(asked: Asked) -> View:
    if asked.view == 1:
        shown = lifted_view(around_zero(), "The six points (x, K)", asked)
        return replace(shown, without_points="the other views have a feature of theirs")
    feature = asked.view - 2
    name = f"x{'₁₂'[feature]}"
    line = one_feature(asked.dataset, feature)
    if line is None:
        shown = lifted_view(around_zero(), "The six points (x, K)", asked)
        return replace(shown, without_points=f"by {name} alone no place separates their classes")
    return lifted_view(line, f"x is {name} of these points", asked)


def one_feature(dataset: Dataset, feature: int) -> Dataset | None:
    """Return one feature of the points; None where a place on its axis does not separate both classes."""
    check_scale(dataset.X)
    line = Dataset(dataset.X[:, [feature]], dataset.y, dataset.name)
    return line if len(set(line.y.tolist())) == 2 and analyse(line, PLAIN).limit is not None else None


def lifted_view(line: Dataset, whose: str, asked: Asked) -> View:
    dial = constants_of(line)
    run = runs().run(line, TrainingConfig(n_steps=LONG))
    now = format_number(tie_of_run(run))
    if is_mirrored(line):
        now = "0, as at every step: each class mirrors the other"
    end = format_number(tie_of_limit(line, 1.0))
    pictures = (lifted_points(dial, line, theme=asked.theme), tie_over_constant(dial, line, theme=asked.theme))
    return View.of_dial(
        asked,
        dial,
        pictures,
        "K = {K}: a boundary through the origin cuts the line x₀ = K at x = {cut}.",
        f"{whose}, and their widest boundary. Descent with a bias goes to that of K = 1, at {end}; at step "
        f"{run.last_step:,} it is at {now}.",
        script=Script(scripts.LIFTED, {"line": line}),
    )


def shifted_points(asked: Asked) -> Dataset:
    """Return the points that are moved: the petals, or those on the screen."""
    if asked.view == 1:
        return iris()
    check_scale(asked.dataset.X)
    if len(set(asked.dataset.y.tolist())) == 1:
        raise BeyondFloat64("All points have one label: with λ on w alone there is no minimum, for b has no end.")
    return asked.dataset


def shifts(asked: Asked) -> Timeline:
    try:
        return shifts_of(shifted_points(asked))
    except OptimumOutOfReach:
        raise BeyondFloat64("Moved so far, these points have a minimum that float64 cannot reach.") from None


def reached(asked: Asked) -> View:
    dial, dataset = shifts(asked), shifted_points(asked)
    whose = "Iris petals, versicolor and virginica" if asked.view == 1 else "These points"
    shown = View.of_dial(
        asked,
        dial,
        (shifted_lines(dial, dataset, theme=asked.theme), shifted_accuracy(dial, theme=asked.theme)),
        "Moved by {shift}: a share of {both} is right with λ on w and b, {free} with λ on w alone.",
        f"{whose}, λ = {L2:g}. " + (CANCELLED if pulls_cancel(dataset) else AWAY + what_comes_of_it(dial)),
        script=None if pulls_cancel(dataset) else script_of_shift(dataset),
    )
    return replace(shown, without_points="these are petals; “These points” has them") if asked.view == 1 else shown


def what_comes_of_it(dial: Timeline) -> str:
    both, free = dial.columns["both"], dial.columns["free"]
    return FREE if (both == free).all() else STILL if (both == both[0]).all() else HELD


def script_of_shift(dataset: Dataset) -> Script:
    return Script(scripts.SHIFTED, {"points": dataset}, {"away": tuple(away_from_zero(dataset).tolist())})


def right_of_reached(asked: Asked) -> int:
    both = shifts(asked).columns["both"]
    return 1 if both[-1] < both[0] else 2 if both[-1] > both[0] else 0


def why_reached(asked: Asked) -> str:
    dial = shifts(asked)
    both = dial.columns["both"]
    first, last, low, high = (format_number(float(share)) for share in (both[0], both[-1], both.min(), both.max()))
    said = f"A share of {first} of the points is right unmoved, {last} moved by {format_number(float(dial.values[-1]))}"
    ends = (first, last)
    way = [*([f"down to {low}"] if low not in ends else []), *([f"up to {high}"] if high not in ends else [])]
    said += f" (on the way {' and '.join(way)})" if way else ""
    return said + (": the penalty on b ties the line to the origin." if right_of_reached(asked) == 1 else ".")


def centring(asked: Asked) -> View:
    if asked.view == 2:
        return rare(asked)
    if asked.view == 3:
        check_scale(asked.dataset.X)
        return eased(asked.dataset, "These points", asked)
    return replace(eased(iris(), "Iris petals", asked), without_points="these are petals; “These points” has them")


def eased(dataset: Dataset, whose: str, asked: Asked) -> View:
    dial = centring_of(dataset)
    raw, middle = (format_number(bound) for bound in centring_bounds(dataset))
    return View.of_dial(
        asked,
        dial,
        (centred_losses(dial, theme=asked.theme),),
        "Step {step}: the loss is {raw} on the points as they are, {centred} on them centred.",
        f"{whose}, each run by steps of its own 1/L. Safe steps reach up to 2/L = {raw} as they are, {middle} centred.",
        script=Script(scripts.CENTRED, {"points": dataset}),
    )


def rare(asked: Asked) -> View:
    dial = rare_timeline()
    return View.of_dial(
        asked,
        dial,
        (rare_share(dial, theme=asked.theme),),
        "λ = {λ}: on average p is {mean_p}; the true share of class 1 is {rate}.",
        "300 points, 14 of class 1, centred; λ on w and b. At the minimum the mean of p is the share − λ·b, "
        "exactly: with b held near 0 it cannot be small.",
        without_points="a rare class needs a sample of its own",
        script=Script(scripts.RARE, {"points": rare_class()}),
    )


# ------------------------------------------------------------------ the notes

_TIED = """
w·x = 0 holds at x = 0 whatever w is: without a bias the boundary goes through the origin, and can only turn about it.
With b it can go anywhere.

**Observation 4** adds b by one more feature, constant: x → (x, 1), w → (w, b). So everything said of w·x holds of
w·x + b as well.
"""
_ONE_MORE = """
**Is the bias included only approximately?** The notes say so. Without a penalty it is included exactly: same model,
same infimum. What changes is what depends on the length of (w, b): a penalty, the step bound, descent’s path
and its limit.

The limit is the widest boundary of (x, 1), in the (x, x₀) plane, not of x. With x₀ = K instead of 1 the weight of the
constant is b/K, cheaper the larger K; for K → ∞ it is free, as in the classic SVM. On the six points the tie is at
−K²/3 until the middle of the gap, −2, is reached at K = √6 = 2.449. Descent comes near its limit only like 1/log t.
"""
_REACHED = """
**Observation 4, the caveat.** With the constant among the features λ‖w‖² holds b too. On iris petals with λ = 0.01:
0.91 against 0.95 with a free bias; moved by 100, 0.67. Most libraries leave b out of the penalty. A free bias makes the
fit the same wherever the points are.
"""
_CENTRING = """
**Do features of mean zero help?** On the iris petals, yes, twice: the harm of the penalty on b is gone (0.95 both
ways), and the step bound 2/L grows from 0.279 to 8.0, since a common offset of the points no longer stretches the loss.

**Always?** No. Where one class is rare b must be far from 0 also on centred points. With 4.7 % of class 1 and λ = 0.1
the mean of p is 0.19.
"""

LESSON = Lesson(
    name="bias",
    title="The bias",
    claim="A bias is the weight of a feature that is always 1.",
    first="First: press Play.",
    scenes=(
        Scene(
            "Tied to the origin",
            tied,
            _TIED,
            question=Question(
                "Can a line through the origin (●) separate these points?",
                ("Yes", "No, but one with a bias can", "No, and no other line"),
                right_of_tied,
                why_tied,
            ),
        ),
        Scene(
            "One more feature",
            one_more,
            _ONE_MORE,
            views=("Six points", "x₁ of these", "x₂ of these"),
            chosen_view=2,
            more_room=1.5,
            least_height=18.0,
        ),
        Scene(
            "The penalty reaches b",
            reached,
            _REACHED,
            question=Question(
                "The points move away from 0, with λ on w and b. How does the accuracy end?",
                ("As it began", "Lower", "Higher"),
                right_of_reached,
                why_reached,
            ),
            views=("Iris petals", "These points"),
            chosen_view=2,
            see=(See("observation_3", "Observation 3: λ as a dial", {"scene": "9"}),),
            more_room=2.0,
        ),
        Scene(
            "Centring",
            centring,
            _CENTRING,
            views=("It eases the step", "A rare class", "These points"),
            chosen_view=3,
            see=(See("descent", "Descent: why 2/L bounds a step", {"scene": "1"}),),
            more_room=1.5,
        ),
    ),
    points=(
        Points("lecture", "The lecture’s points, moved by (3, 3)", moved_headline),
        Points("unmoved", "The lecture’s points", headline),
        Points("behind", "Two blobs, one behind the other", lambda: make_dataset("bias_only", n_samples=24)),
        Points("course", "The online course’s six points", online_course),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "Can a line through the origin do it? Hands up, then play.", {"scene": "1"}),
            Cue("0:20", "The bias is one more feature.", {"scene": "2"}),
            Cue("0:40", "A penalty on b, too: predict, then play.", {"scene": "3"}),
        ),
        "5 minutes": (
            Cue("0:00", "Tied to the origin: predict, then play.", {"scene": "1"}),
            Cue("1:00", "The points where they were: predict again, then play.", {"scene": "1", "points": "unmoved"}),
            Cue("1:30", "One more feature, of height K.", {"scene": "2"}),
            Cue("2:40", "The penalty reaches b: predict, then play.", {"scene": "3"}),
            Cue("3:40", "Centring eases the step: 0.279 becomes 8.", {"scene": "4"}),
            Cue("4:20", "Where it does not help: a rare class.", {"scene": "4", "view": "2"}),
        ),
    },
)

show(LESSON)
