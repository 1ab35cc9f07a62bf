"""A long run in slices has the bits of one in one piece, and others go first between them."""

import numpy as np
import pytest

from logreg.data.registry import make_dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.ui import slices
from logreg.ui.results import FIRST_STEPS

DATA = make_dataset("separable_blobs", n_samples=20)


def test_a_run_in_slices_is_the_run_to_the_bit():
    for n_samples, n_steps in ((20, 120_000), (500, 5_001), (2000, 1_200)):
        data, config = make_dataset("overlapping_blobs", n_samples=n_samples), TrainingConfig(n_steps=n_steps)
        sliced, whole = slices.in_slices(data, config), train(data, config)
        for name in ("steps", "weights", "bias", "loss"):
            np.testing.assert_array_equal(getattr(sliced, name), getattr(whole, name))
        assert (sliced.stop_reason, sliced.config) == (whole.stop_reason, whole.config)


def test_others_go_first_after_every_slice_of_a_run(monkeypatch):
    gave_way = []
    monkeypatch.setattr(slices, "give_way", lambda: gave_way.append(1))
    slices.in_slices(make_dataset("overlapping_blobs", n_samples=2000), TrainingConfig(n_steps=2600))
    assert len(gave_way) == 5  # of 500 steps each
    slices.in_slices(DATA, TrainingConfig(n_steps=FIRST_STEPS))
    assert len(gave_way) == 5


@pytest.mark.parametrize(("late", "pauses"), [(0, 1), (1, 2), (3, 4), (10**6, slices._MOST_PAUSES)])
def test_a_run_gives_way_until_a_pause_ends_on_time_but_not_for_ever(monkeypatch, late, pauses):
    slept, now = [], [0.0]

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds * (5 if len(slept) <= late else 1)

    monkeypatch.setattr(slices, "sleep", sleep)
    monkeypatch.setattr(slices, "perf_counter", lambda: now[0])
    slices.give_way()
    assert len(slept) == pauses
    assert sum(slept) < 0.1
