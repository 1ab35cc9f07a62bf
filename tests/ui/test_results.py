"""Runs are done once, shown early, and gone on with behind the picture of their first steps."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from threading import enumerate as enumerate_threads

import numpy as np

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.ui import results, slices
from logreg.ui.results import FIRST_STEPS, LONG_RUN, Runs
from logreg.ui.slices import is_unfinished

DATA = make_dataset("separable_blobs", n_samples=20)


def done_to_the_end(runs, config):
    parts = [runs.first(DATA, config)]
    while is_unfinished(parts[-1], config):
        parts.append(runs.go_on(DATA, config))
        assert runs.first(DATA, config) is parts[-1]
    return parts


def test_the_first_steps_of_a_run_come_at_once_and_the_rest_when_it_is_gone_on_with():
    runs, config = Runs(), TrainingConfig(n_steps=50_000)
    first, whole = done_to_the_end(runs, config)
    assert (first.last_step, whole.last_step) == (FIRST_STEPS, 50_000)
    np.testing.assert_array_equal(whole.weights, train(DATA, config).weights)


def test_a_long_run_grows_part_by_part_to_the_bits_of_one_run():
    config = TrainingConfig(n_steps=2 * LONG_RUN + 5)
    parts = done_to_the_end(Runs(), config)
    assert [part.last_step for part in parts] == [FIRST_STEPS, LONG_RUN, 2 * LONG_RUN, config.n_steps]
    np.testing.assert_array_equal(parts[-1].weights, train(DATA, config).weights)


def test_a_run_that_ended_by_itself_is_not_unfinished():
    xor = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    config = TrainingConfig(n_steps=50_000)
    assert not is_unfinished(Runs().first(xor, config), config)


def test_a_run_of_fewer_steps_is_shown_whole():
    assert Runs().first(DATA, TrainingConfig(n_steps=10)).last_step == 10


def test_the_steps_done_of_a_longer_run_are_shown_before_the_rest():
    runs = Runs()
    done_to_the_end(runs, TrainingConfig(n_steps=LONG_RUN))
    assert runs.first(DATA, TrainingConfig(n_steps=10 * LONG_RUN)).last_step == LONG_RUN


def test_long_runs_take_turns_and_short_ones_wait_for_none(monkeypatch):
    runs, going, at_once, go = Runs(), [], [], Event()
    configs = [TrainingConfig(n_steps=10 * LONG_RUN, learning_rate=rate) for rate in (0.1, 0.2, 0.3)]
    for config in configs:
        runs.first(DATA, config)
    real = slices.in_slices

    def slow(dataset, config, done=None):
        if config.n_steps <= FIRST_STEPS:
            return real(dataset, config, done)
        going.append(config)
        at_once.append(len(going))
        go.wait(60)
        going.remove(config)
        return done

    monkeypatch.setattr(results, "in_slices", slow)
    with ThreadPoolExecutor(3) as pool:
        long = [pool.submit(runs.go_on, DATA, config) for config in configs]
        assert runs.first(DATA, TrainingConfig(learning_rate=0.7)).last_step == 1000  # while they go, or wait
        assert not any(run.done() for run in long)
        go.set()
    assert at_once == [1, 1, 1]


def test_a_run_that_nobody_watches_stops_after_the_part_that_was_asked_for(monkeypatch):
    runs, config, trained, real = Runs(), TrainingConfig(n_steps=10 * LONG_RUN), [], slices.in_slices
    monkeypatch.setattr(results, "in_slices", lambda *a: trained.append(a[1].n_steps) or real(*a))
    threads = set(enumerate_threads())
    runs.first(DATA, config)
    assert runs.go_on(DATA, config) is runs.first(DATA, config)
    assert trained == [FIRST_STEPS, LONG_RUN]
    assert set(enumerate_threads()) <= threads, "nothing goes on behind the answer"


def test_the_runs_of_a_server_are_bounded_in_bytes():
    most = 300_000
    runs = Runs(most)
    for i in range(40):
        config = TrainingConfig(n_steps=50 + 20 * i, learning_rate=0.1 + i / 100)
        run = runs.first(DATA, config)
        assert runs.first(DATA, config) is run
        assert runs._runs.size <= most
    assert 2 < len(runs._runs) < 40
