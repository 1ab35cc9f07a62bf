"""The sentences of Observation 3: what is certain before training, in words, and what the stage fills in step by step.

A caption is a template: {0.step}, {0.loss}, {0.norm}, {0.gain} and {0.short} of ‖w‖, {0.size}, {0.growth} and
{0.shortfall} of ‖(w, b)‖ are numbers of run A at the step shown, {1.…} those of B; what stands in […] is left out
where one of its numbers has no value; a line feed breaks it.
"""

from __future__ import annotations

import re

from logreg.figures.numbers import format_number
from logreg.theory.flow import FlowEnd
from logreg.training.trajectory import StopReason
from logreg.ui.observation_3.pair import N_STEPS, Pair, cheapest, tamed_norm
from logreg.ui.observation_3.side import Side

STOPPING_L2 = 0.01
"""The penalty of which the sentence about stopping speaks."""

YEAR = 31_536_000 * 10**6
"""Steps in a year of a million steps a second."""

OUT_OF_REACH = "too far out or too flat for float64 to reach"


def markdown(text: str) -> str:
    r"""Keep the stars of w*, b* and c* from being read as Markdown.

    Parameters
    ----------
    text : str
        Markdown with plain stars in formulas.

    Returns
    -------
    str

    Examples
    --------
    >>> print(markdown("**A.** ‖(w*, b*)‖"))
    **A.** ‖(w\*, b\*)‖
    """
    return re.sub(r"(?<=[wbc])\*", r"\\*", text)


def verdict(side: Side) -> str:
    """Say whether a line separates the points, by which proof, and what that means for the minimum.

    Parameters
    ----------
    side : Side
        A or B.

    Returns
    -------
    str
        Markdown; begins with the side's name.
    """
    return f"**{side.name}.** {_proof(side)}: {_minimum(side)}."


def _proof(side: Side) -> str:
    n, found = side.dataset.n_samples, side.analysis.separability
    line = "A line" if side.fit_bias else "A line through the origin"
    if side.one_class:
        return f"{f'All {n} points have one label' if n > 1 else 'There is one point'}, which the bias alone gets right"
    if side.kind == "separable":
        margin = _margin(side)
        nearest = "" if margin is None else f"; the nearest point is {format_number(margin)} away"
        return f"{line} separates all {n}{nearest}" if n > 1 else f"{line} has the point on its side{nearest}"
    if side.kind == "quasi-separable":
        apart = len(found.separated)
        return f"{line} separates {apart}; {n - apart} {'lies' if n - apart == 1 else 'lie'} on it"
    if side.fit_bias and found.common_point is not None:
        return f"The hulls cross at ({', '.join(format_number(x) for x in found.common_point)})"
    if side.fit_bias:
        return f"{line} separates no part of them"
    points = f"All {n} signed points s·x, with positive weights," if n > 1 else "The signed point s·x"
    return f"{points} {'combine to' if n > 1 else 'is'} zero"


def _margin(side: Side) -> float | None:
    """Return the distance of the nearest point from the widest line; one class has no classic margin."""
    if side.analysis.proof_margin is not None:
        return side.analysis.proof_margin.margin
    return None if side.fit_bias or side.analysis.limit is None else side.analysis.limit.margin


def _minimum(side: Side) -> str:
    if side.kind != "overlapping":
        return "there is no minimum"
    if side.optimum_norm is None:
        return f"there is a minimum, {OUT_OF_REACH}"
    if side.zero_optimum:
        return f"the minimum is at {_zero(side)}"
    which = "" if side.unique_optimum else "shortest "
    return f"the {which}minimum is at {side.optimum_symbol} = {format_number(side.optimum_norm)}"


def _zero(side: Side) -> str:
    return "(w*, b*) = 0" if side.fit_bias else "w* = 0"


def growth(side: Side, run: int) -> str:
    """Return the caption's part on a run's length, with what theory or the optimum says.

    Parameters
    ----------
    side : Side
        Whose.
    run : int
        0 for A, 1 for B.

    Returns
    -------
    str
        A template.
    """
    now = f"{side.symbol} = {_place(side, run, 'norm')}"
    if side.kind != "overlapping":
        theory = "" if side.per_decade is None else f"; theory says +{format_number(side.per_decade)} in the end"
        return f"{now}[, +{_place(side, run, 'gain')} in the last decade]{theory}."
    if side.optimum_norm is None:
        return f"{now}; the minimum is {OUT_OF_REACH}."
    if side.zero_optimum:
        return f"{now}; the pulls cancel at {_zero(side)}."
    short = f"[, {_place(side, run, 'short')} % short of it]"
    return f"{side.optimum_symbol} = {format_number(side.optimum_norm)}; {now}{short}."


def _place(side: Side, run: int, name: str) -> str:
    """Return the place of a number of ‖w‖, or of its counterpart of ‖(w, b)‖."""
    with_bias = {"norm": "size", "gain": "growth", "short": "shortfall"}
    return f"{{{run}.{with_bias[name] if side.fit_bias else name}}}"


def loss(side: Side, run: int) -> str:
    """Return the caption's part on a run's loss and its infimum.

    Parameters
    ----------
    side, run
        As for `growth`.

    Returns
    -------
    str
        A template.
    """
    now = f"Loss {{{run}.loss}}"
    if side.kind == "separable":
        return f"{now}; its infimum is 0."
    if side.infimum is None:
        return f"{now}."
    value = format_number(side.infimum)
    if side.kind == "quasi-separable":
        return f"{now}; its infimum is {value} > 0, and never reached."
    return f"{now}; its minimum is {value}."


def caption(pair: Pair, *, with_loss: bool = False) -> str:
    """Return the caption of both runs, a line each.

    Parameters
    ----------
    pair : Pair
        A and B.
    with_loss : bool
        Whether it also speaks of the loss.

    Returns
    -------
    str
        A template.

    Examples
    --------
    >>> from logreg.data.lecture_sets import headline
    >>> from logreg.ui.observation_3.pair import make_pair
    >>> print(caption(make_pair(headline(), 4, fit_bias=False)).splitlines()[0])
    A, step {0.step}: ‖w‖ = {0.norm}[, +{0.gain} in the last decade]; theory says +1.628 in the end.
    """
    lines = [growth(side, run) + (f" {loss(side, run)}" if with_loss else "") for run, side in enumerate(pair.sides)]
    return f"A, {step_of(pair)}: {lines[0]}\nB: {lines[1]}"


def step_of(pair: Pair) -> str:
    """Return "step {0.step}", of the run that has a record at every step shown."""
    return f"step {{{int(pair.a.stopped_at is not None)}.step}}"


def ending(side: Side, l2: float = STOPPING_L2) -> str:
    """Say why a run ended, and which penalty would stop it; it never says that it converged.

    Parameters
    ----------
    side : Side
        Whose run.
    l2 : float
        λ above 0.

    Returns
    -------
    str
    """
    if side.stopped_at is not None:
        return f"From step {side.stopped_at:,} on no step moves it: {_still(side)}."
    said = f"Stopped by the step limit {side.trajectory.last_step:,}, not converged"
    norm = None if side.kind == "overlapping" else tamed_norm(side, l2)
    if norm is None:
        return f"{said}."
    return f"{said}; λ = {format_number(l2)} would stop it at {side.symbol} = {format_number(norm)}."


def tamed(side: Side, l2: float) -> str:
    """Say where the minimum is with a penalty.

    Parameters
    ----------
    side : Side
        Whose.
    l2 : float
        λ above 0.

    Returns
    -------
    str
    """
    norm = tamed_norm(side, l2)
    return f"{side.symbol} = {format_number(norm)}" if norm is not None else "no length within float64’s reach"


def _still(side: Side) -> str:
    return {
        StopReason.ZERO_GRADIENT: "the gradient is exactly zero",
        StopReason.GRADIENT_ROUNDS_TO_ZERO: "the gradient rounds to zero, smaller than float64 can tell",
        StopReason.UPDATE_BELOW_RESOLUTION: "float64 cannot hold a change as small as the next",
        StopReason.RESIDUALS_UNDERFLOWED: "every residual is below the smallest float64, though not zero",
        StopReason.NOT_FINITE: "the next would leave float64",
    }[side.trajectory.stop_reason]


def cost(side: Side) -> str:
    """Say what the directions cost, and how far out the minimum can be.

    Parameters
    ----------
    side : Side
        A or B.

    Returns
    -------
    str
    """
    if side.kind != "overlapping":
        some = "every point gains" if side.kind == "separable" else "some points gain, the others neither gain nor lose"
        return f"Some directions cost nothing: {some}."
    found = cheapest(side)
    if found is None:
        return "Every direction costs something, so the minimum is finite."
    if found.cost == 0:
        return "All points are at the origin: no direction changes the loss."
    which = "" if side.unique_optimum else " that changes the loss"
    return (
        f"Every direction{which} costs at least {format_number(found.cost)} per unit of {side.symbol}, "
        f"so {side.optimum_symbol} ≤ ln 2/{format_number(found.cost)} = {format_number(found.norm_bound)}."
    )


def flow_end(side: Side) -> str | None:
    """Say why gradient flow ended before it was to.

    Parameters
    ----------
    side : Side
        A or B.

    Returns
    -------
    str or None
        None where it went all the way, or was not asked for.
    """
    if side.flow is None or side.flow.ended is FlowEnd.UNTIL:
        return None
    return f"**{side.name}.** At step {format_number(side.view.steps[-1], 3)}: {side.flow.ended.value}"


def after_a_year(side: Side) -> str | None:
    """Say how long the weights are after a year of a million steps a second; None where no law says it.

    Parameters
    ----------
    side : Side
        A or B.

    Returns
    -------
    str or None
    """
    if side.law is None or side.per_decade is None or side.reliable_from is None:
        return None
    norm = float(side.law.norm_at(side.trajectory.learning_rate * YEAR))
    years = f"{format_number(YEAR, 2)} steps, a year at a million a second"
    return f"**{side.name}.** After {years}, theory says {side.symbol} = {format_number(norm)}."


def shared(pair: Pair) -> str:
    """Say what both runs have in common.

    Parameters
    ----------
    pair : Pair
        A and B.

    Returns
    -------
    str
    """
    n = pair.a.dataset.n_samples
    bias = "a bias" if pair.fit_bias else "no bias"
    return (
        f"Same {n} point{'' if n == 1 else 's'} but for one label, same start 0, same η = 1/L = "
        f"{format_number(pair.learning_rate)}, {bias}, {N_STEPS:,} steps."
    )


def about(side: Side) -> str:
    """Say why a run ended, and write out the line of theory with its numbers, where there is one.

    Parameters
    ----------
    side : Side
        A or B.

    Returns
    -------
    str
    """
    said = f"{side.name}. {ending(side)}"
    if side.law is None or side.law.margin is None:
        return said
    margin, n = format_number(side.law.margin), side.dataset.n_samples
    slope = format_number(side.law.norm_per_decade)
    gap = "γ_c" if side.kind == "quasi-separable" else "γ"
    return f"{said} {side.symbol} ≈ [log({gap}²ηt/n) + H]/{gap} with {gap} = {margin}, n = {n}: +{slope} a decade."
