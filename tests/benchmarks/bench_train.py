"""Time `train` against its floor and against textbook loops; prints one table of ratios.

Run as `python -m tests.benchmarks.bench_train [n_steps] [repeats]`; without arguments 10^6 steps of each, best of 5
(the textbook loops take a fifth and a tenth of the steps, since their cost per step is constant).
"""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that running it as a plain file works too

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train

RATE = 0.1


def blobs(n_samples):
    """Return two separable clouds, on which no run ends early, with a bias to fit."""
    rng = np.random.default_rng(0)
    y = np.arange(n_samples) % 2
    return Dataset(rng.normal(size=(n_samples, 2)).clip(-2, 2) + 5.0 * y[:, None], y)


def ours(dataset, n_steps):
    """Train, with every record that a trajectory has."""
    run = train(dataset, TrainingConfig(learning_rate=RATE, n_steps=n_steps))
    assert run.last_step == n_steps


def floor(dataset, n_steps):
    """Take the same NumPy calls as a step of ours, and record nothing."""
    columns = np.ascontiguousarray(dataset.signed_samples().T)
    pull = columns * (RATE / dataset.n_samples)
    w, update, residuals, ones = np.zeros(3), np.empty(3), np.empty(dataset.n_samples), np.ones(dataset.n_samples)
    margins_at, pull_of, exp, add, reciprocal = columns.T.dot, pull.dot, np.exp, np.add, np.reciprocal
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            margins_at(w, residuals)
            exp(residuals, residuals)
            add(residuals, ones, residuals)
            reciprocal(residuals, residuals)
            pull_of(residuals, update)
            add(w, update, w)


def tanh_floor(dataset, n_steps):
    """Take the five NumPy calls of the tanh form, which goes blind above a margin of 37."""
    columns = np.ascontiguousarray(dataset.signed_samples().T)
    half, pull = columns / 2, columns * (-RATE / dataset.n_samples / 2)
    constant = -pull.sum(axis=1)
    w, update, odds = np.zeros(3), np.empty(3), np.empty(dataset.n_samples)
    dot, tanh, add = np.dot, np.tanh, np.add
    for _ in range(n_steps):
        dot(w, half, odds)
        tanh(odds, odds)
        dot(pull, odds, update)
        add(update, constant, update)
        add(w, update, w)


def textbook(dataset, n_steps):
    """Descend as a lecture writes it, without any record."""
    X, y = np.column_stack([dataset.X, np.ones(dataset.n_samples)]), dataset.y
    w = np.zeros(3)
    for _ in range(n_steps):
        p = 1 / (1 + np.exp(-(X @ w)))
        w -= RATE * (X.T @ (p - y)) / len(y)


def textbook_with_history(dataset, n_steps):
    """Descend as a lecture writes it, with weights, norm and loss kept at every step."""
    X, y = np.column_stack([dataset.X, np.ones(dataset.n_samples)]), dataset.y
    w = np.zeros(3)
    history = []
    for _ in range(n_steps):
        p = 1 / (1 + np.exp(-(X @ w)))
        cross_entropy = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        history.append((w.copy(), np.linalg.norm(w), cross_entropy))
        w = w - RATE * (X.T @ (p - y)) / len(y)


def microseconds(dataset, n_steps, repeats):
    """Return each function's best time for one step; the functions take turns, so that all see the same machine."""
    lengths = {ours: n_steps, floor: n_steps, tanh_floor: n_steps, textbook: n_steps // 5}
    lengths[textbook_with_history] = n_steps // 10
    best = dict.fromkeys(lengths, np.inf)
    for _ in range(repeats):
        for function, length in lengths.items():
            started = time.perf_counter()
            function(dataset, length)
            best[function] = min(best[function], (time.perf_counter() - started) / length * 1e6)
    return best.values()


def main(n_steps=1_000_000, repeats=5):
    """Print the table."""
    print(f"{n_steps} steps, best of {repeats}; µs a step, and ratios")
    print("     n   train   floor    tanh  textbook  history | train/floor  train/tanh  textbook/train  history/train")
    for n_samples in (50, 200, 1000):
        t, f, h, b, r = microseconds(blobs(n_samples), n_steps, repeats)
        times = f"{n_samples:6d} {t:7.2f} {f:7.2f} {h:7.2f} {b:9.2f} {r:8.2f} |"
        print(f"{times} {t / f:11.2f} {t / h:11.2f} {b / t:15.1f} {r / t:14.1f}", flush=True)


if __name__ == "__main__":
    main(*(int(float(argument)) for argument in sys.argv[1:]))
