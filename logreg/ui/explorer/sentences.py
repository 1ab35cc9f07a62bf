"""The sentences and numbers of the screen, each computed from the state on the screen."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np

from logreg.data.dataset import Dataset
from logreg.figures.numbers import UNDERFLOW, format_number, format_positive
from logreg.theory.laws import angle_to_limit
from logreg.training.config import TrainingConfig
from logreg.training.model import sigmoid
from logreg.training.trajectory import StopReason, Trajectory
from logreg.ui.heading import heading
from logreg.ui.results import Analysis
from logreg.ui.verdict import ending as verdict_ending
from logreg.ui.verdict import markdown, minimum, proof, sentence, unbounded, vector

_EPSILON = 2.0**-51
_SMALLEST_ANGLE = 1e-12  # degrees; below, an angle is what rounding makes of it


def verdict(run: Trajectory, found: Analysis, quantity: str) -> str:
    """Say the page's idea in bold, and the rest in small, in one paragraph of Markdown.

    The idea is whether a line separates the points, and what that means for the minimum; of a path that is no descent,
    it is that.
    """
    kind = f"{'One class only' if found.one_class else found.kind.capitalize()}."
    where, known, more = minimum(found, quantity), sentence(proof(found)), ""
    rises = _rises(run, found)
    if not found.has_minimum:
        where += f": {unbounded(found, quantity)}"
        more = " The penalty leaves b free." if found.objective.l2 else ""
    elif found.optimum_loss is not None and not rises:  # else the line is long without it
        more = f" There the {_named(run)} is {format_number(found.optimum_loss)}."
    if rises:
        return markdown(f"**{_no_descent(run, found)}** {kind} {known} {sentence(where)}{more}")
    return markdown(f"**{kind} {sentence(where)}** {known}{more}")


def headline(run: Trajectory, found: Analysis, first: str) -> str:
    """Say in Markdown what the page is, and `first`; of a path that is no descent, how often it rises.

    Parameters
    ----------
    run : Trajectory
    found : Analysis
        Of the same points and objective.
    first : str
        What to do first, or next.
    """
    if rises := _rises(run, found):
        return heading("Explorer", sentence(", and ".join(rises)))
    what = "Gradient descent looks for the line between two classes."
    return heading("Explorer", what + (f" :gray[{first}]" if first else ""))


def _named(run: Trajectory) -> str:
    return "objective" if run.config.objective.l2 else "loss"


def _no_descent(run: Trajectory, found: Analysis) -> str:
    """Say by how much η is over 2/L."""
    times = _times(run, found)
    eta = f"η is {format_number(times, 3)} times 2/L" if isfinite(times) else f"η = {format_number(run.learning_rate)}"
    does = "rises" if n_rises(run) else "leaves float64"
    return f"{eta}: the {_named(run)} {does}, and the path is no descent."


def _times(run: Trajectory, found: Analysis) -> float:
    """Return how many times the learning rate is 2/L."""
    return found.smoothness * run.learning_rate / 2.0


def _rises(run: Trajectory, found: Analysis) -> list[str]:
    """Say how often the loss rises, and whether it ends beyond float64; nothing of a run that is a descent."""
    if _times(run, found) < 1.0:
        return []  # it cannot rise: what rises is rounding
    rises, n_steps = n_rises(run), run.n_records - 1
    leaves = run.stop_reason is StopReason.NOT_FINITE
    steps = f"the first {n_steps:,} steps" if n_steps == run.last_step else f"{n_steps:,} recorded steps"
    at = "the only step" if n_steps == 1 else f"{rises:,} of {steps}"
    said = [f"the {_named(run)} rises at {at}"] * bool(rises)
    return said + ["the next step leaves float64"] * leaves


def n_rises(run: Trajectory) -> int:
    """Count the records whose objective is higher than that of the record before by more than rounding can make.

    Examples
    --------
    >>> from logreg.training.trainer import train
    >>> n_rises(train(Dataset([[-1.0], [2.0]], [0, 1]), TrainingConfig(n_steps=9)))
    0
    """
    up, size = np.diff(run.loss), np.append(np.abs(run.dataset.X).mean(axis=0), 1.0)
    with np.errstate(all="ignore"):
        most = _EPSILON * (np.column_stack([np.abs(run.weights), np.abs(run.bias)]) @ size + run.data_loss)
    # `most` is cheap to have, and leaves few records open
    unsure = np.flatnonzero((up > 0) & ~(up > most[:-1] + most[1:])).tolist()
    clear = int((up > 0).sum()) - len(unsure)
    return clear + sum(bool(up[i] > _noise(run, i)[0] + _noise(run, i + 1)[0]) for i in unsure)


def start(config: TrainingConfig) -> str:
    """Say where the run starts."""
    return f"The run starts at {_place(config)}."


def _place(config: TrainingConfig) -> str:
    place = f"w = {vector(config.initial_weights)}" if config.initial_weights else "w = 0"
    return place + (f", b = {format_number(config.initial_bias)}" if config.objective.fit_bias else "")


def centred(raw: Dataset) -> str:
    """Say what the plane shows instead of the points, and how to change them."""
    edit = "Switch centring off to edit them; table and CSV hold the raw points."
    return f"Shown are the points minus their mean {vector(raw.X.mean(axis=0))}. {edit}"


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


def numbers(run: Trajectory, step: int, found: Analysis) -> dict[str, str]:
    """Return the numbers of a recorded step by their names, in reading order: no digit that float64 does not know."""
    i, objective = run.index_at(step), run.config.objective
    noise = _noise(run, i)
    rows = {
        "step": f"{step:,}",
        "w": vector(run.weights[i]),
        "b": format_number(run.bias[i]) if objective.fit_bias else "none",
        "‖w‖": format_number(run.weight_norm[i]),
        "‖(w, b)‖": format_number(run.parameter_norm[i]),
        "objective" if objective.l2 else "loss": _known(run.loss[i], noise[0]),
        "‖∇L‖": UNDERFLOW if run.loss[i] == 0 else _gradient(run, i, noise[1]),
        "accuracy": f"{round(run.accuracy[i] * run.dataset.n_samples)} of {run.dataset.n_samples}",
    }
    if objective.l2:
        rows["cross-entropy"] = _known(run.data_loss[i], noise[0])
    if found.limit is not None and not objective.l2:
        angle = angle_to_limit(run.model_at(step), found.limit)
        some = "0° to rounding" if angle is not None and angle < _SMALLEST_ANGLE else f"{format_number(angle or 0.0)}°"
        rows["∠ to limit"] = "none at 0" if angle is None else some
    return rows


def _gradient(run: Trajectory, i: int, noise: float) -> str:
    is_proved = run.stop_reason is StopReason.ZERO_GRADIENT and i == run.n_records - 1
    return "0" if is_proved else _known(run.gradient_norm[i], noise)


def _known(value: float, noise: float) -> str:
    """Write a number that is not negative to as many of four digits as rounding leaves of it."""
    if not isfinite(value):
        return "beyond float64"
    if not 0 < noise < inf:
        return format_positive(value)
    digits = int(np.log10(max(value / noise, 1.0))) - 1
    return format_positive(value, min(digits, 4)) if digits > 0 else "0 to rounding"


def _noise(run: Trajectory, i: int) -> tuple[float, float]:
    """Return what rounding may make of the loss and of the gradient: margins are known to δ_i = ε Σ_j |a_ij v_j|."""
    fit_bias = run.config.objective.fit_bias
    rows, v = run.dataset.signed_samples(fit_bias=fit_bias), np.append(run.weights[i], [run.bias[i]] * fit_bias)
    with np.errstate(all="ignore"):
        margins, lengths = rows @ v, np.linalg.norm(rows, axis=1)
        unsure, pulls = _EPSILON * (np.abs(rows) @ np.abs(v)), sigmoid(-margins)
        of_loss = np.mean(pulls * unsure) + _EPSILON * run.data_loss[i]
        of_gradient = np.mean(lengths * pulls * (sigmoid(margins) * unsure + _EPSILON))
        of_gradient += _EPSILON * run.config.objective.l2 * run.parameter_norm[i]
    return float(of_loss), float(of_gradient)


def table(values: dict[str, str]) -> str:
    """Write numbers under their names, as one table of Markdown: one element on the page, however many numbers."""
    names, numbers = (" | ".join(row) for row in (values.keys(), values.values()))
    return f"| {names} |\n|{' --- |' * len(values)}\n| {numbers} |"
