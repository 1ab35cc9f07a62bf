"""Maximum likelihood: the weight that makes the labels most probable, and how its product became a sum to minimise."""

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import four_points, headline, nielsens_neuron, online_course
from logreg.figures.copies_and_priors import copied_likelihood, copies_dial, prior_and_likelihood, prior_dial
from logreg.figures.likelihood import likelihood_over_weight, points_on_curve, three_forms, weight_dial
from logreg.figures.numbers import format_number
from logreg.figures.seven_steps import derivation, derivation_dial, few_points, round_weight
from logreg.figures.vanishing import end_of_product, factors_dial, lasting_sum, vanishing_product, zero_after
from logreg.theory.likelihood import curvature, is_best_at_zero, is_flat, likeliest_weight, one_weight
from logreg.ui.fields import Choice
from logreg.ui.lesson import Asked, Cue, Lesson, Points, Question, Scene, View, show
from logreg.ui.scripts import maximum_likelihood as scripts
from logreg.ui.stage import Script

FACTOR = Choice("factor", "Each factor", ("0.5", "0.9"), "0.5")


def about(asked: Asked) -> str:
    """Say what the one weight is."""
    if asked.dataset.n_features == 1:
        return "One feature, no bias: w is the only weight."
    line = one_weight(asked.dataset)
    if is_best_at_zero(line) or is_flat(line):
        return "Two features and a bias: the optimum is 0, so w is w₁ here, and x is x₁."
    if likeliest_weight(line) is not None:
        way, beside = "on the way to the optimum", ""
    elif line.X.all():
        way, beside = "on the way to the largest margin", ""
    else:
        way, beside = "in the direction that descent turns to", "; another (w, b) may reach a greater L"
    return f"Two features and a bias: w is the length of (w, b) {way}, and x the place along it{beside}."


def place_of(asked: Asked) -> str:
    return "x" if asked.dataset.n_features == 1 else "x: the place along (w, b)"


# ------------------------------------------------------------------ the scenes


def guess(asked: Asked) -> View:
    line = one_weight(asked.dataset)
    dial = weight_dial(line)
    pictures = [points_on_curve(line, dial, place=place_of(asked), theme=asked.theme)]
    if asked.is_answered:
        pictures.append(likelihood_over_weight(line, dial, theme=asked.theme))
    n = line.n_samples
    labels = "the only label has probability" if n == 1 else f"the probabilities of the {n} labels multiply to"
    script = Script(scripts.LIKELIHOOD, {"line": line})
    said = f"w = {{w}}: {labels} L = {{L_said}}."
    return View.of_dial(asked, dial, tuple(pictures), said, about(asked), script=script)


def best_of(line: Dataset) -> str:
    best = likeliest_weight(line)
    if best is None:
        return "Each step further makes these labels more likely: L climbs for ever, and no w is the best."
    if is_flat(line):
        return "Every point is at 0: no w makes any difference."
    return f"L is greatest at w* = {format_number(best)}; to both sides it falls."


def has_best(asked: Asked) -> int:
    line = one_weight(asked.dataset)
    return 2 if is_flat(line) else 1 if likeliest_weight(line) is None else 0


def why_best(asked: Asked) -> str:
    return best_of(one_weight(asked.dataset))


def seven(asked: Asked) -> View:
    few = few_points(one_weight(asked.dataset))
    dial = derivation_dial(few, round_weight(few))
    pictures = (
        derivation(few, dial, theme=asked.theme),
        points_on_curve(few, dial, place=place_of(asked), theme=asked.theme),
    )
    return View.of_dial(
        asked,
        dial,
        pictures,
        "{line}. {reason}.",
        "Line 7 has the minus that the notes leave out: argmax log L is argmin −log L.",
        about(asked),
    )


def vanishing(asked: Asked) -> View:
    factor = float(asked[FACTOR])
    dial = factors_dial(factor)
    return View.of_dial(
        asked,
        dial,
        (vanishing_product(dial, theme=asked.theme), lasting_sum(dial, theme=asked.theme)),
        f"{{n}} factors of {factor}: the product is {{product_said}}, the sum of logs is {{log_sum}}.",
        "At w = 0 every label has probability 1/2, and L is this product before the training starts."
        if factor == 0.5
        else "A factor is the probability of a label; L is the product of all.",
        without_points="all factors are equal",
        script=Script(scripts.VANISHING, numbers={"factor": factor}),
    )


def when_zero(asked: Asked) -> int:
    return 0 if zero_after(float(asked[FACTOR])) is None else 1


def why_zero(asked: Asked) -> str:
    factor = float(asked[FACTOR])
    last, end = end_of_product(factor), zero_after(factor)
    if end is None:
        return (
            f"After {last:,} factors of {factor} float64 rounds the product back where it was: it sticks, and is wrong."
        )
    return f"{factor} to the power {last:,} is the smallest float64; one factor more, and it is exactly 0."


def one_maximiser(asked: Asked) -> View:
    line = one_weight(asked.dataset)
    dial = weight_dial(line)
    return View.of_dial(
        asked,
        dial,
        (three_forms(line, dial, theme=asked.theme),),
        "w = {w}: L = {L_said}, log L = {log_L}, −(1/n)·log L = {loss}.",
        f"{best_of(line)} The logarithm rises, and the minus turns the top into a bottom.",
        about(asked),
        script=Script(scripts.LIKELIHOOD, {"line": line}),
    )


def copies(asked: Asked) -> View:
    line = one_weight(asked.dataset)
    dial = copies_dial(line)
    said = "the best w stays, the curvature is {bend}: the likelihood believes w* ± {sd}."
    seen = "Nothing new was seen, yet ± shrinks like 1/√k: copies are not independent, and the product assumes it."
    if is_flat(line):
        said, seen = "still every w is as good.", "Copies change no place."
    elif likeliest_weight(line) is None:
        said, seen = "still there is no best w.", "Copies make the climb steeper, and give it no end."
    if not asked.is_answered:
        said = "their likelihood over its top."
    return View.of_dial(
        asked,
        dial,
        (copied_likelihood(line, dial, names_best=asked.is_answered, theme=asked.theme),),
        f"Copies k = {{k}}: {said}",
        f"L of k copies is L to the power k. {seen}",
        script=Script(scripts.COPIES, {"line": line}) if has_best(asked) == 0 else None,
    )


def what_copies_do(asked: Asked) -> int:
    return 0 if has_best(asked) == 0 else 3


def why_copies(asked: Asked) -> str:
    line = one_weight(asked.dataset)
    if (best := likeliest_weight(line)) is None or is_flat(line):
        return best_of(line)
    bend = curvature(line, best)
    many = f"{format_number(bend)} for one copy and {format_number(10 * bend)} for ten"
    return f"w* = {format_number(best)} for every k; the curvature of log L there is {many}."


def prior(asked: Asked) -> View:
    line = one_weight(asked.dataset)
    dial = prior_dial(line)
    ends = "Without a prior no w is the best; with one there always is, however weak the prior."
    if is_flat(line):
        ends = "Every point is at 0: the prior alone decides, and asks for w = 0."
    elif is_best_at_zero(line):
        ends = "Prior and likelihood agree: both ask for w = 0."
    elif likeliest_weight(line) is not None:
        ends = "The weaker the prior, the nearer is the most probable w to the most likely one."
    return View.of_dial(
        asked,
        dial,
        (prior_and_likelihood(line, dial, theme=asked.theme),),
        "λ = {λ}, a prior of standard deviation {sd}: the most probable w is {best}, the L2 optimum.",
        ends,
        about(asked),
        script=None if is_best_at_zero(line) or is_flat(line) else Script(scripts.PRIOR, {"line": line}),
    )


# ------------------------------------------------------------------ the notes

_GUESS = """
L(w) = Π h(xᵢ)^(yᵢ)·(1 − h(xᵢ))^(1 − yᵢ) with h(x) = σ(w·x): the probability that the model gives to the labels that
were seen, as a function of w.

**Put right:** the notes take the maximiser for granted. On separable and on quasi-separable data there is none: L
climbs towards its supremum and never reaches it. L = 1 is loss 0: Observation 3 again.
"""
_SEVEN = """
argmax P(all labels) → independence → the model → L(w) → log L(w) → a sum → argmin −log L(w).

**Put right:** the notes' step 7 says argmin log L(w), which would make the labels as improbable as can be; it is
argmin **−**log L(w). And where they write P(x₁)^(y₁) in the likelihood, it is **h**(x₁)^(y₁): the model's probability
of label 1 at x₁, not the probability of x₁.
"""
_VANISHING = """
**Why the logarithm?** For the mathematics a sum is easier to differentiate. For a computer it is a must: float64 ends
at 5·10⁻³²⁴ = 0.5^1074, and the product of 1,075 halves is exactly 0: then every w looks equally bad. The sum of logs is
then −745.1 and no trouble at all.

Factors of 0.9 end otherwise: near the floor the spacing of float64 is 5·10⁻³²⁴ itself, and 0.9 of a few such steps
rounds back to as many.
"""
_FORMS = """
argmax L = argmax log L = argmin −(1/n)·log L: a function that rises, as log does, keeps the place of a maximum, and
1/n changes no place. The last is the mean cross-entropy of the lesson before.

On separable data L → 1, log L → 0 and the loss → 0 as w → ∞, and no w is the argmax of any of them.
"""
_COPIES = """
log L of k copies is k·log L: the same maximiser, k times the slope and the curvature. The curvature at w* is the
(observed) information, and 1/√curvature the standard error that statistics packages print.

**What does independence buy?** The product. Samples that are copies, or frames of one film, are not independent, and
the likelihood is then too sure of itself. The mean loss (1/n) hides this: it is the same for every k.
"""
_PRIOR = """
MAP: argmax P(w)·L(w). With P(w) = N(0, 1/(nλ)) this is argmin −(1/n)·log L(w) + (λ/2)·w², the cross-entropy with an L2
penalty. That is the notes' side note on Bayes: a penalty is a prior.

The variance is 1/(nλ) since our loss is a mean; for the sum of the losses it would be 1/λ. On separable data the most
probable w is finite for every λ > 0, and grows like log(1/λ) as λ → 0.
"""

LESSON = Lesson(
    name="maximum_likelihood",
    title="Maximum likelihood",
    claim="Choose the weights that make the labels you saw most probable; turned over, that is cross-entropy.",
    first="First: press Play.",
    scenes=(
        Scene(
            "Guess first",
            guess,
            _GUESS,
            question=Question(
                "Play w. Is there one w that makes these labels most likely?",
                ("Yes, one", "No: further is always better", "Every w is as good"),
                has_best,
                why_best,
            ),
        ),
        Scene("Seven steps", seven, _SEVEN, more_room=2.0, least_height=21.0),
        Scene(
            "A product that vanishes",
            vanishing,
            _VANISHING,
            fields=(FACTOR,),
            question=Question(
                "Multiply equal factors in float64. When is the product exactly 0?",
                ("Never", "After 1,075 factors", "After a million"),
                when_zero,
                why_zero,
            ),
            more_room=2.0,
        ),
        Scene("One maximiser", one_maximiser, _FORMS, more_room=2.0),
        Scene(
            "What independence buys",
            copies,
            _COPIES,
            question=Question(
                "Copy every sample ten times. What happens to the best w?",
                ("The same w, and more certain", "The same w, as certain", "A larger w", "There is none, as before"),
                what_copies_do,
                why_copies,
            ),
            least_height=17.0,
        ),
        Scene("A prior", prior, _PRIOR, more_room=2.0),
    ),
    points=(
        Points("lecture", "Four points that overlap", four_points),
        Points("apart", "Four points, separable", lambda: four_points(flipped=True)),
        Points("headline", "Observation 3’s points", headline),
        Points("course", "The online course’s six points", online_course),
        Points("neuron", "Nielsen’s neuron: x = 1, y = 0", nielsens_neuron),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "Which w makes these four labels most likely? Predict, then play.", {"scene": "1"}),
            Cue("0:20", "One label flipped: predict again, then play.", {"scene": "1", "points": "apart"}),
            Cue("0:40", "Why we sum logs: predict, then play.", {"scene": "3"}),
        ),
        "5 minutes": (
            Cue("0:00", "Guess w: predict, then play.", {"scene": "1"}),
            Cue("0:45", "Seven steps, one at each →; mind the minus.", {"scene": "2"}),
            Cue("1:45", "When is the product 0? Predict, then play.", {"scene": "3"}),
            Cue("2:20", "Factors of 0.9: predict again, then play.", {"scene": "3", "factor": "0.9"}),
            Cue("2:45", "Three curves, one w.", {"scene": "4"}),
            Cue("3:15", "The same on separable data: no w.", {"scene": "4", "points": "apart"}),
            Cue("3:40", "Ten copies: predict, then play.", {"scene": "5"}),
            Cue("4:20", "A prior makes it finite, also here.", {"scene": "6", "points": "apart"}),
        ),
    },
)

show(LESSON)
