"""Runs are done once, shown early, and gone on with behind the picture of their first steps."""

import numpy as np

from logreg.datasets import make_dataset
from logreg.trainer import TrainingConfig, train
from logreg.ui.results import FIRST_STEPS, LONG_RUN, Runs

DATA = make_dataset("separable_blobs", n_samples=20)


def test_the_first_steps_of_a_run_come_at_once_and_the_whole_run_once_it_is_done():
    runs, config = Runs(), TrainingConfig(n_steps=50_000)
    assert runs.first(DATA, config).last_step == FIRST_STEPS
    told = []
    whole = runs.run_all(DATA, config, told.append)
    assert whole.last_step == told[-1] == 50_000
    assert told == sorted(told)
    assert len(told) > 1
    assert runs.first(DATA, config) is whole
    np.testing.assert_array_equal(whole.weights, train(DATA, config).weights)


def test_a_run_of_fewer_steps_is_shown_whole():
    assert Runs().first(DATA, TrainingConfig(n_steps=10)).last_step == 10


def test_the_steps_done_of_a_longer_run_are_shown_before_the_rest():
    runs = Runs()
    runs.run_all(DATA, TrainingConfig(n_steps=LONG_RUN), lambda step: None)
    assert runs.first(DATA, TrainingConfig(n_steps=10 * LONG_RUN)).last_step == LONG_RUN
