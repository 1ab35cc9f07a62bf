"""The sentences and numbers of the screen, each computed from the state on the screen."""

from __future__ import annotations

import numpy as np

from logreg.data.dataset import Dataset
from logreg.figures.numbers import UNDERFLOW, format_number, format_positive
from logreg.theory.laws import angle_to_limit
from logreg.training.config import TrainingConfig
from logreg.training.trajectory import StopReason, Trajectory
from logreg.ui.results import Analysis
from logreg.ui.verdict import ending as verdict_ending
from logreg.ui.verdict import markdown, minimum, proof, sentence, way_out


def verdict(found: Analysis, quantity: str) -> str:
    """Say in two sentences of Markdown whether a line separates the points, and what that means for the minimum."""
    kind = "One class only" if found.one_class else found.kind.capitalize()
    where = minimum(found, quantity)
    if not found.has_minimum:
        where += f": {way_out(found, quantity)}"
    elif found.optimum_loss is not None:
        where += f", {'objective' if found.objective.l2 else 'loss'} {format_number(found.optimum_loss)}"
    return markdown(f"**{kind}.** {sentence(proof(found))} {sentence(where)}")


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


def ending(run: Trajectory, wanted: int, goes_on: bool) -> str:
    """Say why the run ended where it did, or that there is more to come."""
    if run.stop_reason is not StopReason.STEP_LIMIT or run.config.n_steps >= wanted:
        return verdict_ending(run)
    rest = "The rest follows." if goes_on else "The rest of a long run starts with “Run all”."
    return f"**The first {run.last_step:,} of {wanted:,} steps.** {rest}"


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
