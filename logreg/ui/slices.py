"""A long run trained in slices, so that other visitors go first after each."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter, sleep

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.training.trajectory import StopReason, Trajectory

_SLICE, _SMALLEST_SLICE = 1_000_000, 500  # steps times points: some 40 ms
_PAUSE, _MOST_PAUSES = 0.002, 20  # seconds; a long run goes on in a full hall too, at half its pace or less


def is_unfinished(trajectory: Trajectory, config: TrainingConfig) -> bool:
    """Return whether there is more of the run that `config` asks for than `trajectory` holds."""
    return trajectory.stop_reason is StopReason.STEP_LIMIT and trajectory.config.n_steps < config.n_steps


def in_slices(dataset: Dataset, config: TrainingConfig, done: Trajectory | None = None) -> Trajectory:
    """Train as `train` does, to the same bits, and let other visitors go first after every short while.

    Parameters
    ----------
    dataset : Dataset
        What to learn from.
    config : TrainingConfig
        What decides the run.
    done : Trajectory, optional
        What has been done of it.
    """
    steps = max(_SMALLEST_SLICE, _SLICE // dataset.n_samples)
    while (end := (done.config.n_steps if done else 0) + steps) < config.n_steps:
        done = train(dataset, replace(config, n_steps=end), resume=done)
        if done.stop_reason is not StopReason.STEP_LIMIT:
            break
        give_way()
    return train(dataset, config, resume=done)


def give_way() -> None:
    """Pause until nobody else wants the interpreter, which one thread has at a time; but not for ever.

    A pause that ends late says that somebody does.
    """
    for _ in range(_MOST_PAUSES):
        began = perf_counter()
        sleep(_PAUSE)
        if perf_counter() - began < 2 * _PAUSE:
            return
