r"""What is certain before any training, and why a run ended: one writer of clauses, from which every page makes lines.

A clause begins in small letters and has no full stop; `sentence` makes a sentence of it. Stars in formulas are plain,
as a caption wants them; `markdown` keeps them from being read as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

from logreg.figures.comparison import norm_name, starred
from logreg.figures.numbers import all_of, format_number
from logreg.training.trajectory import StopReason, Trajectory
from logreg.ui.results import Analysis

OUT_OF_REACH = "out of float64’s reach"


def sentence(clause: str) -> str:
    """Return a clause as a sentence; a Greek letter stays what it is."""
    return f"{clause[:1].upper() if clause[:1].isascii() else clause[:1]}{clause[1:]}."


def vector(values: Iterable[float]) -> str:
    """Return numbers as a vector; semicolons part those of which one has a comma.

    Examples
    --------
    >>> vector([0.5, 9125])
    '(0.5; 9,125)'
    """
    numbers = [format_number(value) for value in values]
    return f"({('; ' if ',' in ''.join(numbers) else ', ').join(numbers)})"


def markdown(text: str) -> str:
    r"""Keep the stars of w*, b* and c* from being read as Markdown.

    Examples
    --------
    >>> print(markdown("**A.** ‖(w*, b*)‖"))
    **A.** ‖(w\*, b\*)‖
    """
    return re.sub(r"(?<=[wbc])\*", r"\\*", text)


def proof(found: Analysis) -> str:
    """Say whether a line separates the points, and by which proof."""
    n, labels = found.dataset.n_samples, sorted(set(found.dataset.y.tolist()))
    line = "a line" if found.objective.fit_bias else "a line through the origin"
    if found.one_class:
        have, them = ("has", "it") if n == 1 else ("have", "them")
        return f"{all_of(n)} {have} label {labels[0]}, and the bias alone gets {them} right"
    if found.kind == "separable":
        nearest = "" if found.proof_margin is None else f"{format_number(found.proof_margin.margin)} away"
        if n == 1:
            return f"{line} has the point on its side" + (f", {nearest}" if nearest else "")
        both = "separates the two points" if n == 2 else f"separates {all_of(n)}"
        does = both if len(labels) == 2 else f"has {all_of(n)} on one side"
        return f"{line} {does}" + (f"; the nearest is {nearest}" if nearest else "")
    if found.kind == "quasi-separable":
        apart = len(found.separability.separated)
        side, other = "its" if apart == 1 else "their", "" if n - apart == 1 else f" {n - apart:,}"
        return f"{line} has {apart:,} of {n:,} points on {side} side and the other{other} on it"
    goal = "separates the classes" if found.objective.fit_bias else "separates them"
    goal = goal if len(labels) == 2 else "has all points on one side"
    return f"no{line[1:]} {goal}{_balance(found)}"


def _balance(found: Analysis) -> str:
    """Return what proves that no line separates: a point that both hulls hold, or signed points that cancel."""
    place = found.separability.common_point
    if found.objective.fit_bias and place is not None:
        return f": their hulls share {vector(place)}"
    if not found.objective.fit_bias and found.dataset.n_samples == 1:
        return ": the only point is the origin"
    if not found.objective.fit_bias:
        return f": {all_of(found.dataset.n_samples, 's·x')} can cancel"
    return ""


def minimum(found: Analysis, quantity: str) -> str:
    """Say whether the objective has a minimum, and where: its length, ‖w*‖ or ‖(w*, b*)‖ by `quantity`."""
    before = f"with λ = {format_number(found.objective.l2)} " if found.objective.l2 else ""
    if not found.has_minimum:
        return f"{before}there is no minimum"
    if found.optimum is None:
        return f"{before}there is a minimum, but float64 cannot reach it"
    which = "" if found.is_unique else "shortest "
    if found.is_near_zero:
        rounding = "" if found.is_zero else ", up to rounding"
        return f"{before}the {which}minimum is at {'(w*, b*)' if found.objective.fit_bias else 'w*'} = 0{rounding}"
    length = quantity if found.is_unique or not found.objective.fit_bias else "parameter_norm"
    norm = format_number(found.optimum_norm(length) or 0.0)
    if length == "weight_norm" and found.has_no_weights and norm != "0":
        norm = "0, up to rounding"
    return f"{before}the {which}minimum is at {starred(norm_name(length))} = {norm}"


def way_out(found: Analysis, quantity: str) -> str:
    """Say what has no bound where there is no minimum, and of a penalty why."""
    return f"{'the penalty leaves b free, and ' if found.objective.l2 else ''}{unbounded(found, quantity)}"


def unbounded(found: Analysis, quantity: str) -> str:
    """Say what must grow for the objective to near its infimum, where there is no minimum."""
    symbol = norm_name("parameter_norm" if found.one_class else quantity)  # of one class nothing is known of ‖w‖ alone
    return f"{'|b|' if found.objective.l2 else symbol} → ∞ on the way to the infimum"


def learning_rate(run: Trajectory, found: Analysis) -> str:
    """Say which η is used and how it stands to the bound 2/L up to which the objective never rises."""
    eta, named = format_number(run.learning_rate), "objective" if run.config.objective.l2 else "loss"
    if not found.smoothness and not run.dataset.X.any():
        return f"η = {eta}: every point is at the origin, and no step moves w"
    bound = _bound(found.smoothness)
    if run.config.learning_rate == "auto":
        return f"η = 1/L = {eta}: the {named} never rises while η < {bound}"
    share = found.smoothness * run.learning_rate / 2
    relation, will = "<" if share < 1 else "=" if share == 1 else ">", "never rises" if share <= 1 else "may rise"
    return f"η = {eta} {relation} {bound}: the {named} {will}"


def _bound(smoothness: float) -> str:
    """Write 2/L; where float64 ends before it does, say which end."""
    bound = 2.0 / smoothness if smoothness else inf
    if 0 < bound < inf:
        return f"2/L = {format_number(bound)}"
    return f"2/L, which is {'above 10³⁰⁷' if bound else 'below 10⁻³⁰⁷'}"


def ending(run: Trajectory) -> str:
    """Say why a run ended, in sentences of Markdown; they never say that it converged."""
    if run.stop_reason is StopReason.STEP_LIMIT:
        return f"**Stopped at the step limit, {run.last_step:,}.** That is a limit, not convergence."
    return f"**Stopped at step {run.last_step:,}.** {run.stop_reason.value}"
