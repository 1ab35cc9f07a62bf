"""The sentences of Observation 3: what is certain before training, in words, and what the stage fills in step by step.

A caption is a template: {0.step}, {0.loss}, {0.norm}, {0.gain} and {0.short} of ‖w‖, {0.size}, {0.growth} and
{0.shortfall} of ‖(w, b)‖ are numbers of run A at the step shown, {1.…} those of B; what stands in […] is left out
where one of its numbers has no value; a line feed breaks it.
"""

from __future__ import annotations

from math import isfinite

from logreg.figures.compass import free_cone
from logreg.figures.numbers import counted, format_number
from logreg.theory.flow import FlowEnd
from logreg.theory.laws import law_error
from logreg.ui.observation_3.pair import N_STEPS, Pair, cheapest
from logreg.ui.observation_3.side import YEAR, Side
from logreg.ui.verdict import OUT_OF_REACH, ending, learning_rate, minimum, proof, sentence


def verdict(side: Side) -> str:
    """Say whether a line separates the points, by which proof, and what that means for the minimum; of a side."""
    return f"**{side.name}.** {sentence(proof(side.analysis))} {sentence(minimum(side.analysis, side.quantity))}"


def growth(side: Side, run: int) -> str:
    """Return the caption's part on the length of run 0 or 1, with what theory or the optimum says of it."""
    now = f"{side.symbol} = {_place(side, run, 'norm')}"
    if side.kind != "overlapping":
        theory = "" if side.per_decade is None else f"; theory: {format_number(side.per_decade)} a decade in the end"
        gain = ("+" if side.only_grows else "changed by ") + _place(side, run, "gain")
        return f"{now}[, {gain} in the last decade]{theory}."
    if side.optimum_norm is None:
        return f"{now}; the minimum is {OUT_OF_REACH}."
    if side.analysis.is_near_zero:
        return f"{now}; {minimum(side.analysis, side.quantity)}."
    short = f"[, {_place(side, run, 'short')} % short of it]"
    return f"{side.optimum_symbol} = {format_number(side.optimum_norm)}; {now}{short}."


def _place(side: Side, run: int, name: str) -> str:
    """Return the place of a number of ‖w‖, or of its counterpart of ‖(w, b)‖."""
    with_bias = {"norm": "size", "gain": "growth", "short": "shortfall"}
    return f"{{{run}.{with_bias[name] if side.fit_bias else name}}}"


def loss(side: Side, run: int) -> str:
    """Return the caption's part on the loss of run 0 or 1, and its infimum."""
    now = f"Loss {{{run}.loss}}"
    if side.kind == "separable":
        return f"{now}; its infimum is 0."
    if side.infimum is None:
        return f"{now}."
    value = format_number(side.infimum)
    if side.kind == "quasi-separable":
        return f"{now}; its infimum is {value} > 0, and never reached."
    return f"{now}; its minimum is {value}."


def caption(pair: Pair) -> str:
    """Return the caption of both runs, a line each.

    Examples
    --------
    >>> from logreg.data.lecture_sets import headline
    >>> from logreg.ui.observation_3.pair import make_pair
    >>> print(caption(make_pair(headline(), 4, fit_bias=False)).splitlines()[0])
    A, step {0.step}: ‖w‖ = {0.norm}[, +{0.gain} in the last decade]; theory: 1.628 a decade in the end.
    """
    a, b = (growth(side, run) for run, side in enumerate(pair.sides))
    return f"A, step {{0.step}}: {a}\nB: {b}"


def idea(pair: Pair) -> str:
    """Say in words what the two runs do, with a number of the step.

    Examples
    --------
    >>> from logreg.data.lecture_sets import headline
    >>> from logreg.ui.observation_3.pair import make_pair
    >>> idea(make_pair(headline(), 4, fit_bias=False))
    '[Ten times the steps: A has gained {0.gain}. ]One label flipped, and B settles at 0.9150.'
    """
    a, b = pair.sides
    grows = tuple(side.kind != "overlapping" for side in pair.sides)
    if grows == (True, False):
        end = "" if b.target is None else f" at {format_number(b.target)}"
        return f"[Ten times the steps: A has gained {_place(a, 0, 'gain')}. ]One label flipped, and B settles{end}."
    if grows == (False, True):
        return f"A settles. One label flipped, and {b.symbol} of B grows for ever."
    return "Neither set has a minimum: both grow for ever." if all(grows) else "Both sets overlap: both settle."


def norms(pair: Pair, hides_b: bool = False) -> str:
    """Return the caption's line of both lengths, without a word on what becomes of them."""
    b = "" if hides_b else f"; B: {pair.b.symbol} = {_place(pair.b, 1, 'norm')}"
    return f"Step {{0.step}}. A: {pair.a.symbol} = {_place(pair.a, 0, 'norm')}{b}."


def directions_idea(pair: Pair) -> str:
    """Say in words what directions cost in both sets."""
    if not pair.a.dataset.X.any() and not pair.fit_bias:
        return "No direction changes the loss in either set: every w is a minimum."
    free = [side.name for side in pair.sides if side.kind != "overlapping"]
    which = "" if pair.a.analysis.is_unique else " that changes the loss"  # the same in both: labels play no part
    if not free:
        return f"Every direction{which} costs something in both sets: each has a minimum."
    paid = [side.name for side in pair.sides if side.name not in free]
    other = f"; in {paid[0]} none{which} is" if paid else ""
    rays = [side.name for side in pair.sides if _has_one_free_direction(side)]
    if rays == free:
        return f"In {' and in '.join(free)} one direction is free{other}."
    one = f"; in {rays[0]} there is one" if rays else ""
    return (
        f"In {' and '.join(name for name in free if name not in rays)} there are directions that are free{one}{other}."
    )


def _has_one_free_direction(side: Side) -> bool:
    cone = None if side.fit_bias else free_cone(side.dataset, cheapest(side.dataset, False))
    return cone is not None and cone[0] == cone[1]


def balance_idea(pair: Pair) -> str:
    """Say in words where gains and losses balance."""
    closed = [side.name for side in pair.sides if side.kind == "overlapping"]
    if not closed:
        return "Without an optimum the pulls of all points never cancel."
    never = "" if len(closed) > 1 else f"; in {'B' if closed == ['A'] else 'A'} they never do"
    return f"In {' and '.join(closed)} the pulls of all points cancel at the optimum{never}."


def landscape_idea(pair: Pair) -> str:
    """Say in words what the loss looks like over w."""
    lowest = [side.name for side in pair.sides if side.kind == "overlapping"]
    if not lowest:
        return "Neither loss has a lowest point: the paths never end."
    never = "" if len(lowest) > 1 else f"; {'B' if lowest == ['A'] else 'A'} has none"
    what = "a lowest point" if pair.a.analysis.is_unique else "more than one lowest point"
    return f"{' and '.join(lowest)} {'have' if len(lowest) > 1 else 'has'} {what}{never}."


def cost(side: Side) -> str:
    """Say what the directions cost, and how far out the minimum can be."""
    if side.kind == "separable":
        return "Some directions cost nothing: along them every point gains."
    if side.kind == "quasi-separable" and _has_one_free_direction(side):
        return "One direction costs nothing: along it some points gain, and the others neither gain nor lose."
    if side.kind == "quasi-separable":
        return "Some directions cost nothing: along them some points gain, and the others neither gain nor lose."
    found = cheapest(side.dataset, side.fit_bias)
    if not side.analysis.dataset.X.any() and not side.fit_bias:
        return "All points are at the origin: no direction changes the loss."
    which = "" if found.spans else " that changes the loss"
    if not isfinite(found.norm_bound):
        return f"Every direction{which} costs something, so there is a minimum; how much is beyond float64."
    return (
        f"Every direction{which} costs at least c* = {format_number(found.cost)} per unit of {side.symbol}, "
        f"so {side.optimum_symbol} ≤ ln 2/c* = {format_number(found.norm_bound)}."
    )


def flow_end(side: Side) -> str | None:
    """Say why gradient flow ended before it was to; None where it went all the way, or was not asked for."""
    if side.flow is None or side.flow.ended is FlowEnd.UNTIL:
        return None
    return f"**{side.name}.** At step {format_number(side.view.steps[-1], 3)}: {side.flow.ended.value}"


def after_a_year(side: Side) -> str | None:
    """Say how long the weights are after a year of a million steps a second; None where no law says it."""
    time = side.trajectory.learning_rate * YEAR
    if side.growth is None or side.growth.times[-1] < time:  # float64 may not follow that far
        return None
    norm = float(side.growth.norm_at(time))
    years = f"{format_number(YEAR, 2)} steps, a year at a million a second"
    return f"**{side.name}.** After {years}, theory says {side.symbol} = {format_number(norm)}."


def shared(pair: Pair) -> str:
    """Say what both runs have in common."""
    n, bias = pair.a.dataset.n_samples, "a bias" if pair.fit_bias else "no bias"
    same = f"Same {counted(n)} but for one label, same start 0, {bias}, {N_STEPS:,} steps."
    return f"{same} {sentence(learning_rate(pair.a.trajectory, pair.a.analysis))}"


def about(side: Side) -> str:
    """Say why a run ended, and write out the law of its end with its numbers, and how far off it is now."""
    said = f"{side.name}. {ending(side.trajectory)}"
    if side.law is None or not side.law.margin:
        return said
    gap, last = "γ_c" if side.kind == "quasi-separable" else "γ", side.trajectory.last_step
    off = law_error(side.law, side.trajectory, last)
    now = "" if off is None else f"; at step {last:,} this is {format_number(abs(100 * off), 2)} % too {_where(off)}"
    rate = "more than float64 can hold" if side.per_decade is None else f"+{format_number(side.per_decade)}"
    return (
        f"{said} In the end {side.symbol} ≈ [log({gap}²ηt/n) + H]/{gap}: {gap} = {format_number(side.law.margin)}, "
        f"n = {side.dataset.n_samples}, so {rate} a decade{now}."
    )


def _where(off: float) -> str:
    return "long" if off > 0 else "short"
