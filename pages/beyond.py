"""Beyond the notes: why separable is the normal case, which solution a run picks, and the same with three classes."""

from logreg.data.lecture_sets import headline
from logreg.data.registry import make_dataset
from logreg.figures.labellings import MOST_POINTS, shown_points
from logreg.figures.numbers import format_number
from logreg.figures.optimisers import (
    FIRST,
    HIGHEST,
    NAMES,
    adams_epsilon,
    angles_over_steps,
    directions,
    epsilon_timeline,
    margins_degrees,
    norms_on_linear_steps,
    norms_on_log_steps,
    optimiser_timeline,
)
from logreg.figures.signal import DRAWS, SHOWN, one_sample, rows_of_the_table, share_over_size, signal_timeline
from logreg.figures.three_classes import (
    Case,
    classes_of,
    classes_timeline,
    norm_of_classes,
    three_boundaries,
    verdict_of,
)
from logreg.theory.optimisers import RATES, signed_points
from logreg.training.objective import PLAIN
from logreg.ui.beyond import tosses
from logreg.ui.lesson import LECTURE_POINTS, Asked, Cue, Lesson, Points, Question, Scene, View, show
from logreg.ui.results import analyse
from logreg.ui.scripts import beyond as scripts
from logreg.ui.stage import Pictures, Script, Show

CASES: tuple[Case, ...] = ("apart", "one label", "mixed")


# ------------------------------------------------------------------ the scenes


def four(asked: Asked) -> View:
    if asked.view == 3:
        return epsilon(asked)
    dial, cut = optimiser_timeline(), ""
    if asked.view == 2:
        drawn = (norms_on_log_steps(dial, theme=asked.theme), norms_on_linear_steps(dial, theme=asked.theme))
        said = "Step {t}: ‖w‖ is {gd_norm} by gradient descent, {no_norm} by normalised steps."
        cut = f" Left: up to ‖w‖ = {format_number(HIGHEST)}; right: the first {FIRST:,} steps."
    else:
        drawn = (
            directions(dial, targets=asked.is_answered, theme=asked.theme),
            angles_over_steps(dial, targets=False, theme=asked.theme),  # the names at the ends lie on these levels
        )
        said = "Step {t}: gradient descent points to {gd_deg}°, sign descent to {si_deg}°, Adam to {ad_deg}°."
    rates = ", ".join(f"{format_number(rate)} for {NAMES[rule]}" for rule, rate in RATES.items())
    return View.of_dial(
        asked,
        dial,
        drawn,
        said,
        f"Three samples, labels multiplied in; no bias. η = {rates}.{cut}",
        without_points="three samples on which the optimisers part",
        script=Script(scripts.NORMS if asked.view == 2 else scripts.DIRECTIONS, {"points": signed_points()}),
    )


def epsilon(asked: Asked) -> View:
    dial = epsilon_timeline()
    return View.of_dial(
        asked,
        dial,
        (adams_epsilon(dial, theme=asked.theme),),
        "ε = {ε}: after 100,000 steps Adam points to {last}°; without ε it would be {without}°.",
        "Adam divides by √v + ε: far above ε like sign descent, far below like gradient descent.",
        without_points="three samples on which the optimisers part",
        script=Script(scripts.EPSILON, {"points": signed_points()}),
    )


def where_it_goes(asked: Asked) -> int:
    round_one, box = margins_degrees()
    return 0 if abs(round_one - box) < 1 else 1


def why_there(asked: Asked) -> str:
    round_one, box = margins_degrees()
    dial = optimiser_timeline()
    off = abs(float(dial.columns["gd_deg"][-1]) - round_one)
    return (
        f"To {format_number(round(round_one, 2))}°, the widest by ‖w‖, and to {format_number(round(box, 2))}°, the "
        f"widest by max |wⱼ|; gradient descent comes there so slowly that at step {dial.values[-1]:,.0f} it is still "
        f"{format_number(round(off, 2))}° off."
    )


def signal(asked: Asked) -> View:
    dial = signal_timeline()
    return View(
        Show(
            pictures=Pictures((), (one_sample(dial, theme=asked.theme), share_over_size(dial, theme=asked.theme))),
            timeline=dial,
            caption=f"True ‖w‖ = {{s}}: {{percent}} % of {DRAWS} samples of 20 points are separable. This one is "
            "{verdict}.",
            theme=asked.theme,
            script=Script(scripts.SIGNAL),
        ),
        (f"P(Y = 1) = s(‖w‖·x₁). At each n {DRAWS} samples; the band is a 95 % interval.", of_the_table()),
        about=tuple(f"Whole tables: {title} is {verdict}." for title, verdict in published()),
        without_points="only of a model that is known can the strength be turned",
    )


def of_the_table() -> str:
    """Say how often a few rows of a published table are separable, and that all of them are not."""
    taken = dict(rows_of_the_table())
    share = format_number(100 * taken[SHOWN].share, 3)
    return (
        f"Petals of Fisher’s irises, versicolor and virginica: {share} % of random choices of {SHOWN} rows are "
        f"separable, all {max(taken)} rows are not."
    )


def published() -> list[tuple[str, str]]:
    """Return real tables with their verdicts."""
    names = (
        ("setosa and versicolor (petals)", "iris_setosa_versicolor"),
        ("versicolor and virginica (petals)", "iris_versicolor_virginica"),
    )
    return [(title, analyse(make_dataset(name), PLAIN).kind) for title, name in names]


def ends_of_signal() -> tuple[float, float]:
    """Return the share of separable samples of 20 points without signal, and with the strongest."""
    share = signal_timeline().columns["at20"]
    return float(share[0]), float(share[-1])


def more_or_less(asked: Asked) -> int:
    first, last = ends_of_signal()
    return 0 if last > first else 1 if last < first else 2


def why_more(asked: Asked) -> str:
    first, last = ends_of_signal()
    return (
        f"Of {DRAWS} samples of 20 points {format_number(100 * first, 3)} % are separable without signal, "
        f"{format_number(100 * last, 3)} % at the strongest: the better the model, the more often its fit is infinite."
    )


def three(asked: Asked) -> View:
    case = CASES[asked.view - 1]
    dial = classes_timeline(case)
    pictures = (three_boundaries(dial, case, theme=asked.theme), norm_of_classes(dial, theme=asked.theme))
    return View.of_dial(
        asked,
        dial,
        pictures,
        "Step {t}: ‖W‖ = {norm}, and the loss is {loss}.",
        "Softmax with biases. A pair: a point, and a class that it is not of.",
        without_points="points of three classes are needed",
        script=Script(scripts.CLASSES, {"points": classes_of(case)}),
    )


def said_of(case: Case) -> str:
    verdict = verdict_of(case)
    pairs = f"{len(verdict.separated)} of 60 pairs"
    return {
        "separable": "separable, so ‖W‖ grows for ever.",
        "quasi-separable": f"quasi-separable: {pairs} can still be told apart, and ‖W‖ grows for ever.",
        "overlapping": "overlapping, so there is a minimum, and ‖W‖ settles.",
    }[verdict.kind]


def grows(asked: Asked) -> int:
    return 0 if verdict_of(CASES[asked.view - 1]).kind != "overlapping" else 1


def why_grows(asked: Asked) -> str:
    return f"These are {said_of(CASES[asked.view - 1])}"


# ------------------------------------------------------------------ the notes

_TOSSES = """
**Cover, 1965.** Of the 2ⁿ labellings of n points in general position in d dimensions, a hyperplane with a bias
separates 2·Σ C(n − 1, k), k = 0 … d. In the plane: 8, 14, 22, 32, 44, 58 for n = 3 … 8. The number does not depend on
the points, unless three of them are on one line: then there are fewer. n is whole: between two such n the curve, and
its numbers at 1.8 and 2.2, lie on the line from one to the next.

Bars are 95 % intervals (Wilson). In the plane all labellings that a line separates are listed in exact arithmetic,
and every toss is looked up among them. Beyond it a toss is decided in floats where these are enough: separable on a
direction whose margins exceed rounding, not separable on a combination of the samples shorter than 10⁻¹²; else by the
exact verdict.
"""
_FOUR = """
**Which solution does infinity pick?** All four reach loss 0 in the limit, at different ends. Gradient descent: the
widest margin (Soudry et al. 2018). Normalised steps go the same way, but ‖w‖ grows like t, a line on *linear* steps
(Ji and Telgarsky 2021). Sign descent: the widest ℓ∞ margin. Adam without ε goes with sign descent (Zhang, Zou and Cao
2024); with ε it turns to gradient descent’s end in the very end (Wang et al. 2022).
"""
_SIGNAL = """
**Small samples diverge.** Even where the labels come from a logistic model with a finite w, a sample can be
separable, and then its fit is infinite. For many features and samples there is a sharp border between the two (Candès
and Sur 2020). Statistics packages call it complete or quasi-complete separation (Albert and Anderson 1984).

**A real table does the same.** Dashed: random rows of Fisher’s irises (1936), petals of versicolor and virginica.
"""
_THREE = """
**The same with softmax.** W has a row a class; ‖W‖ is the root of the sum of all squares but the biases’. A point of
class y is right against class k where (w_y − w_k)·(x, 1) > 0: each such pair is a sample of a two-class problem
(Kesler’s construction), and the same exact verdict decides it.

**One wrong label is not enough to make ‖W‖ settle.** As long as one class can be told from the others, W has a
direction in which the loss falls for ever.
"""

LESSON = Lesson(
    name="beyond",
    title="Beyond the notes",
    claim="Why separable is the normal case, which of its solutions a run picks, and the same with three classes.",
    first="First: guess, then press Play.",
    scenes=(
        Scene(
            "Toss the labels",
            tosses.toss_scene,
            _TOSSES,
            views=("In the plane", "More dimensions"),
            fields=tosses.FIELDS,
            question=Question(
                "A coin for each label of up to six points. How often does a line separate them?",
                ("Hardly ever", "Half the time", "Nearly always"),
                tosses.how_often,
                tosses.why_so_often,
                applies=tosses.has_an_answer,
            ),
            more_room=3.5,
        ),
        Scene(
            "The optimiser picks the direction",
            four,
            _FOUR,
            views=("Directions", "Norms", "Adam’s ε"),
            question=Question(
                "Do gradient descent and sign descent end in one direction?",
                ("In one", "In two"),
                where_it_goes,
                why_there,
                applies=lambda asked: asked.view == 1,
            ),
        ),
        Scene(
            "How much signal?",
            signal,
            _SIGNAL,
            question=Question(
                "Labels from a true model, 20 points. A stronger model: separable more often?",
                ("More often", "Less often", "No difference"),
                more_or_less,
                why_more,
            ),
            more_room=0.5,
            least_height=18.0,
        ),
        Scene(
            "Three classes",
            three,
            _THREE,
            views=("Apart", "One wrong label", "Mixed"),
            question=Question("Train on. What will ‖W‖ do?", ("Grow for ever", "Settle"), grows, why_grows),
        ),
    ),
    points=(
        Points(LECTURE_POINTS, f"The lecture’s first {MOST_POINTS} points", lambda: shown_points(headline())),
        Points("grid", "A grid, with points on one line", tosses.grid),
    ),
    run_sheets={
        "60 seconds": (
            Cue(
                "0:00", "Six points, a coin for each label. How often separable? Play.", {"scene": "1", "toss": "1000"}
            ),
            Cue("0:20", "In more dimensions: a step at two points per parameter.", {"scene": "1", "view": "2"}),
            Cue("0:35", "Four optimisers, one set. One end? Predict, then play.", {"scene": "2"}),
            Cue("0:50", "Three classes, one wrong label: predict, then play.", {"scene": "4", "view": "2"}),
        ),
        "5 minutes": (
            Cue(
                "0:00",
                "A coin for each label: how often does a line separate six points? Hands up.",
                {"scene": "1", "toss": "1000"},
            ),
            Cue("1:00", "In more dimensions: half of all labellings at n = 2(d + 1).", {"scene": "1", "view": "2"}),
            Cue("1:45", "Separable: which direction does a run end in? Predict, then play.", {"scene": "2"}),
            Cue("2:30", "And how long do the weights get?", {"scene": "2", "view": "2"}),
            Cue("3:15", "Labels from a true model: predict, then play.", {"scene": "3"}),
            Cue("4:00", "Three classes: predict, then play.", {"scene": "4"}),
            Cue("4:20", "One wrong label: predict again.", {"scene": "4", "view": "2"}),
            Cue("4:40", "The classes mixed: and now?", {"scene": "4", "view": "3"}),
        ),
    },
)

show(LESSON)
