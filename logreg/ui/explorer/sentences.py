"""The sentences and numbers of the screen, each computed from the state on the screen."""

from __future__ import annotations

from math import hypot

import numpy as np

from logreg.data.dataset import Dataset
from logreg.figures.numbers import UNDERFLOW, format_number, format_positive
from logreg.theory.laws import angle_to_limit
from logreg.training.config import TrainingConfig
from logreg.training.trajectory import StopReason, Trajectory
from logreg.ui.results import Analysis


def verdict(dataset: Dataset, config: TrainingConfig, analysis: Analysis) -> str:
    """Say in two sentences whether a line separates the points, and what that means for the minimum.

    Parameters
    ----------
    dataset, config : Dataset, TrainingConfig
        The points, and the objective that is trained on them.
    analysis : Analysis
        What is known before any training.

    Returns
    -------
    str
        Markdown.
    """
    return f"{_proof(dataset, config, analysis)} {_consequence(dataset, config, analysis)}"


def _proof(dataset: Dataset, config: TrainingConfig, analysis: Analysis) -> str:
    n, separability = dataset.n_samples, analysis.separability
    line = "A line" if config.objective.fit_bias else "A line through the origin"
    labels = set(dataset.y.tolist())
    if len(labels) == 1 and config.objective.fit_bias:
        have, them = ("the only point has", "it") if n == 1 else (f"all {n} points have", "them")
        return f"**One class only:** {have} label {labels.pop()}, and the bias alone gets {them} right."
    if separability.kind == "separable" and analysis.proof_margin is not None:
        margin = format_number(analysis.proof_margin.margin)
        return f"**Separable.** {line} has all {n} points on their own side; the nearest is {margin} away (the margin)."
    if separability.kind == "separable":
        return f"**Separable.** {line} has all {n} points on their own side."
    if separability.kind == "quasi-separable":
        apart = len(separability.separated)
        return (
            f"**Quasi-separable.** {line} has {apart} of {n} points on their own side and the other {n - apart} on it."
        )
    if config.objective.fit_bias and separability.common_point is not None:
        place = ", ".join(format_number(x) for x in separability.common_point)
        return f"**Overlapping.** No line separates the classes: their hulls share ({place})."
    count = len(separability.common_indices)
    goal = "separates the classes" if len(labels) == 2 else "has all points on one side"
    return f"**Overlapping.** No line through the origin {goal}: the hull of {count} ringed points s·x holds 0."


def _consequence(dataset: Dataset, config: TrainingConfig, analysis: Analysis) -> str:
    penalty = f"With λ = {format_number(config.objective.l2)} the" if config.objective.l2 else "The"
    if analysis.optimum is not None and analysis.optimum_loss is not None:
        norm, value = format_number(hypot(*analysis.optimum.weights)), format_number(analysis.optimum_loss)
        kind = "is finite:" if analysis.is_unique else "is finite but not unique; the shortest has"
        return f"{penalty} minimum {kind} ‖w*‖ = {norm}, {'objective' if config.objective.l2 else 'loss'} {value}."
    if analysis.no_optimum != "no minimum":
        return f"{penalty} minimum is finite, but out of float64's reach."
    if config.objective.l2:
        return "There is no minimum: the penalty leaves b free, and b grows without bound."
    if 0 < dataset.y.sum() < dataset.n_samples or not config.objective.fit_bias:
        return "There is no minimum: ‖w‖ grows without bound."
    if analysis.limit is None:
        return "There is no minimum: ‖(w, b)‖ grows without bound."
    if any(analysis.limit.weights):  # the limit direction is that of the points (x, 1)
        return "There is no minimum: b and ‖w‖ grow without bound."
    return "There is no minimum: b grows without bound, ‖w‖ does not."


def learning_rate(trajectory: Trajectory, analysis: Analysis) -> str:
    """Say which η is used and how it stands to the bound 2/L below which the loss falls at every step."""
    eta = trajectory.learning_rate
    if analysis.smoothness == 0:
        return f"η = {format_number(eta)}. L = 0: every point is at the origin, and no step moves w."
    bound = 2.0 / analysis.smoothness
    named = "objective" if trajectory.config.objective.l2 else "loss"
    if trajectory.config.learning_rate == "auto":
        return f"η = 1/L = {format_number(eta)}. The {named} never rises while η < 2/L = {format_number(bound)}."
    if eta < bound:
        return f"η = {format_number(eta)} < 2/L = {format_number(bound)}: the {named} never rises."
    return f"η = {format_number(eta)} ≥ 2/L = {format_number(bound)}: the {named} may rise."


def start(config: TrainingConfig) -> str:
    """Say where the run starts."""
    return f"The run starts at {_place(config)}."


def _place(config: TrainingConfig) -> str:
    weights = ", ".join(format_number(w) for w in config.initial_weights or ())
    place = f"w = ({weights})" if config.initial_weights else "w = 0"
    return place + (f", b = {format_number(config.initial_bias)}" if config.objective.fit_bias else "")


def centred(raw: Dataset) -> str:
    """Say what the plane shows instead of the points, and how to change them."""
    mean = ", ".join(format_number(x) for x in raw.X.mean(axis=0))
    edit = "Switch centring off to edit them; table and CSV hold the raw points."
    return f"Shown are the points minus their mean ({mean}). {edit}"


def beside(pinned: Trajectory, trajectory: Trajectory) -> str:
    """Say what a pinned run has that this one has not, and how far the two can be compared."""
    then, now = pinned.config, trajectory.config
    before, after = then.objective, now.objective
    other_rate = pinned.learning_rate != trajectory.learning_rate
    differences = [
        (not _same_points(pinned.dataset, trajectory.dataset), "other points"),
        (other_rate, f"η = {format_number(pinned.learning_rate)}"),
        (before.l2 != after.l2, f"λ = {format_number(before.l2)}"),
        (before.fit_bias != after.fit_bias, "a bias" if before.fit_bias else "no bias"),
        (before.penalise_bias != after.penalise_bias, "b penalised" if before.penalise_bias else "b not penalised"),
    ]
    said = [what for differs, what in differences if differs]
    same_start = (_weights(then), then.initial_bias) == (_weights(now), now.initial_bias)
    place = "starts at the same place" if same_start else f"starts at {_place(then)}"
    rates = " Equal steps are not equal ηt: the rates differ." if other_rate else ""
    has = f"has {', '.join(said)}, and " if said else ""
    return f"The pinned run {has}{place}.{rates}"


def _weights(config: TrainingConfig) -> tuple[float, ...] | None:
    """Return the first weights; None where all are 0."""
    return config.initial_weights if any(config.initial_weights or ()) else None


def _same_points(a: Dataset, b: Dataset) -> bool:
    return bool(np.array_equal(a.X, b.X) and np.array_equal(a.y, b.y))


def ending(trajectory: Trajectory, wanted: int, goes_on: bool) -> str:
    """Say why the run ended where it did, or that it goes on; it never says that it converged."""
    last = f"{trajectory.last_step:,}"
    if trajectory.stop_reason is not StopReason.STEP_LIMIT:
        return f"**Stopped at step {last}.** {trajectory.stop_reason.value}"
    if trajectory.config.n_steps < wanted:
        rest = "The rest follows." if goes_on else "The rest of a long run starts with “Run all”."
        return f"**The first {last} of {wanted:,} steps.** {rest}"
    return f"**Stopped at the step limit, {last}.** That is a limit, not convergence."


def numbers(trajectory: Trajectory, step: int, analysis: Analysis) -> dict[str, str]:
    """Return the numbers of a step by their names, in reading order.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    step : int
        A recorded step.
    analysis : Analysis
        Its `limit` gives the angle, where there is one.

    Returns
    -------
    dict of str to str
        Every number written by `format_number`, so that nothing is rounded to 0 or 1.
    """
    i = trajectory.index_at(step)
    underflows = trajectory.loss[i] == 0  # a cross-entropy is positive, whatever float64 says
    named = "objective" if trajectory.config.objective.l2 else "loss"
    rows = {
        "step": f"{step:,}",
        "w": "(" + ", ".join(format_number(w) for w in trajectory.weights[i]) + ")",
        "b": format_number(trajectory.bias[i]) if trajectory.config.objective.fit_bias else "none",
        "‖w‖": format_number(trajectory.weight_norm[i]),
        "‖(w, b)‖": format_number(trajectory.parameter_norm[i]),
        named: format_positive(trajectory.loss[i]),
        "‖∇L‖": UNDERFLOW if underflows else format_number(trajectory.gradient_norm[i]),
        "accuracy": _share(trajectory.accuracy[i], trajectory.dataset.n_samples),
    }
    if trajectory.config.objective.l2:
        rows["cross-entropy"] = format_positive(trajectory.data_loss[i])
    if analysis.limit is not None and not trajectory.config.objective.l2:
        angle = angle_to_limit(trajectory.model_at(step), analysis.limit)
        rows["∠ to limit"] = "none at 0" if angle is None else f"{format_number(angle)}°"
    return rows


def table(values: dict[str, str]) -> str:
    """Write numbers under their names, as one table of Markdown: one element on the page, however many numbers."""
    names, numbers = (" | ".join(row) for row in (values.keys(), values.values()))
    return f"| {names} |\n|{' --- |' * len(values)}\n| {numbers} |"


def _share(accuracy: float, n: int) -> str:
    right = round(accuracy * n)
    return f"{right} of {n}"
