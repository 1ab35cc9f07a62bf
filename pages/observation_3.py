"""Observation 3: two data sets, one label apart; one norm grows for ever, the other settles. Nine scenes say why."""

from logreg.ui.lesson import ANY_SIZE, Asked, Cue, Lesson, Question, Scene, See, show
from logreg.ui.observation_3 import balance, directions, growth, landscape, questions, regularisation
from logreg.ui.observation_3.shown import FLOW, PREDICT, REVEAL, WITH_BIAS, pair_of

# ------------------------------------------------------------------ the notes

_BY_HAND = """
Observation 3 on paper. With all samples at x = 1 and no bias the loss is least where h(1) equals the share k/n of
positive labels, so w* = logit(k/n): a number for k = 2 of 3, and ∞ for 3 of 3.

The notes write argmin as if it always existed. On separable data there is none: the infimum is approached for ever and
not attained.
"""
_TWO_NORMS = """
The notes call ‖w‖ → ∞ a “source of instability”. Descent only creeps: in the end ‖w‖ ≈ [log(γ²ηt/n) + H]/γ, so ten
times the steps add 2.303/γ. The real trouble is that no convergence test fires honestly, that probabilities grow
over-confident, and that log(1 − h) computed naively is −∞, whose product with 0 ends in NaN. (Soudry, Hoffer, Nacson,
Gunasekar, Srebro, 2018.)

The line of theory starts where every margin is at least 3. It follows the minima for ever smaller λ, the regularisation
path, near which descent stays, and is right long before the formula is.
"""
_PUSH = """
The notes push c·w·x + b with b fixed. Scale b too, c·(w·x + b): with w·x = 1 and b = −2 a positive point is
misclassified, but 10·1 − 2 > 0.

They push f to very large values for all points. It is the signed values s·f(x) that must grow; scaling helps only if
w already separates.
"""
_DIRECTIONS = """
That every ray goes to infinity does not yet make the minimum finite: the rays must rise uniformly. With overlap the
cheapest of the directions that change the loss costs c* > 0, so L(r·u) ≥ c*·r for them all, and ‖w*‖ ≤ ln 2/c*.
"""
_BALANCE = """
Observation 1 says that the gradient is a weighted sum of the data points: each pulls with σ(−m)·s·x/n. Where the sum
closes the gradient is zero. That there is always a misclassified sample must hold strictly, in every direction: points
on the line pull without ever being wrong.
"""
_THIRD = """
That points which are not separable have a finite norm is false under quasi-complete separation: ‖w‖ diverges, and the
loss tends to a positive infimum. Right: there is a minimum exactly if the classes overlap. (Albert, Anderson, 1984; Ji,
Telgarsky, 2019.)
"""
_NO_PROOF = """
A finite curve cannot tell a slow plateau from a straight line. The verdict comes from a certificate: a line that
separates the points, or positive weights with which the signed points cancel. Both are checked in exact arithmetic.
"""
_LANDSCAPE = """
The larger |f|, the more confident? |f| scales with ‖w‖, and on separable data ‖w‖ is set by how long you train. What is
geometric is f/‖w‖, the distance to the line: while ‖w‖ goes on growing, the line turns ever less.

A direction counts as settled once it stays within 1° of its limit, a length within 1 %; “long before” is in a tenth of
the steps, or of those there are.
"""
_REGULARISATION = """
With any λ > 0 there is a minimum, unless a single class meets a bias that is not penalised. On separable data it moves
off like log(1/λ)/γ as λ → 0. scikit-learn penalises by default: C = 1 means λ = 1/(nC) on the mean loss, so it answers
another question unless you ask it not to.
"""

# ------------------------------------------------------------------ two questions about B


def growth_of_b(asked: Asked) -> int:
    return questions.growth(pair_of(asked))


def why_it_grows(asked: Asked) -> str:
    return questions.growth_reason(pair_of(asked))


def third_case_of_b(asked: Asked) -> int:
    return questions.third(pair_of(asked, "quasi-separable"))


def why_the_third(asked: Asked) -> str:
    return questions.third_reason(pair_of(asked, "quasi-separable"))


GROWTH = Question(
    "B has one label flipped. What will its norm do?",
    ("It settles at a finite value", "It grows for ever, no faster than A’s", "It grows for ever, faster than A’s"),
    growth_of_b,
    why_it_grows,
)
THIRD_CASE = Question(
    "Another label is flipped. What will B do now?",
    (
        "The norm settles",
        "The norm grows for ever, the loss falls to 0",
        "The norm grows for ever, the loss stays above a positive number",
    ),
    third_case_of_b,
    why_the_third,
)

# ------------------------------------------------------------------ the lesson

LESSON = Lesson(
    name="observation_3",
    title="Observation 3",
    claim="If a line separates the classes, ‖w‖ grows for ever; if they overlap, it settles.",
    first="First: press Play.",
    opening=2,
    room=17.25,
    sizes=ANY_SIZE,
    switches=(WITH_BIAS,),
    scenes=(
        Scene("On paper", growth.by_hand, _BY_HAND, fields=(FLOW,), keeps_step=True, more_room=2.5),
        Scene(
            "Two norms",
            growth.two_norms_scene,
            _TWO_NORMS,
            ("The chart", "Both planes"),
            fields=(PREDICT, FLOW),
            question=GROWTH,
            keeps_step=True,
            more_room=2.0,
        ),
        Scene("Push w out", directions.push, _PUSH, least_height=21.0),
        Scene("What directions cost", directions.directions, _DIRECTIONS, keeps_step=True, more_room=3.0),
        Scene(
            "Balance",
            balance.balance_scene,
            _BALANCE,
            ("Gains and losses", "The arrows"),
            keeps_step=True,
            see=(See("observation_3", "A tie: one direction is free, no minimum", {"scene": "4", "flip": "0"}),),
            more_room=1.25,
        ),
        Scene(
            "The third case",
            growth.third_case,
            _THIRD,
            fields=(PREDICT, FLOW),
            question=THIRD_CASE,
            keeps_step=True,
            more_room=1.5,
        ),
        Scene("No proof", growth.no_proof, _NO_PROOF, ("Which is which?", "A hair’s breadth"), fields=(REVEAL,)),
        Scene(
            "Landscape",
            landscape.landscape_scene,
            _LANDSCAPE,
            ("The landscape", "Direction against length"),
            fields=(FLOW,),
            keeps_step=True,
            more_room=2.5,
        ),
        Scene(
            "Regularisation",
            regularisation.regularisation_scene,
            _REGULARISATION,
            ("λ as a dial", "Early stopping", "So what"),
            more_room=2.75,
        ),
    ),
    run_sheets={
        "60 seconds": (
            Cue("0:00", "Two data sets, one label apart. What will B do? Hands up.", {"scene": "2", "view": "2"}),
            Cue("0:15", "Press play: the norms of A and B, step by step.", {"scene": "2", "step": "0"}),
            Cue("0:35", "On to 10¹² steps. Play.", {"scene": "2", "flow": "true", "step": "100000"}),
            Cue(
                "0:50",
                "Linear steps: now A seems to level off too. No curve proves it; the line that separates does.",
                {"scene": "2", "step": "end", "axis": "linear"},
            ),
        ),
        "5 minutes": (
            Cue("0:00", "On paper: three samples at x = 1. logit(1) = ∞, logit(2/3) = ln 2.", {"scene": "1"}),
            Cue("0:40", "Predict, then play the two norms.", {"scene": "2", "predict": "true"}),
            Cue("1:30", "Push w along its ray: falls for ever, or falls and rises.", {"scene": "3"}),
            Cue("2:10", "Why every ray of B must rise: no direction is free. A has a cone of them.", {"scene": "4"}),
            Cue(
                "2:40",
                "The third case: a line separates all but the points on it. Predict, then play.",
                {"scene": "6", "predict": "true"},
            ),
            Cue("3:20", "Which curve is which? Only the certificate decides.", {"scene": "7"}),
            Cue("4:00", "A valley without end beside a bowl.", {"scene": "8"}),
            Cue("4:30", "Regularise: any λ above 0 gives a minimum.", {"scene": "9"}),
        ),
    },
)

show(LESSON)
