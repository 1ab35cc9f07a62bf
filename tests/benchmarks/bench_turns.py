"""Time short requests while ten tabs ask for runs of a million steps; prints one table.

Run as `python -m tests.benchmarks.bench_turns [rounds]`. A short request is a run of 900 steps in three parts. "By
turns" is what the server does: one long run at a time, which gives way after every slice of 40 ms; "all at once" is its
rival.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Event

from logreg.data.registry import make_dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.ui import results, slices

TABS, SECONDS = 10, 4.0
SHORT = make_dataset("separable_blobs", n_samples=60)


def short_requests(seconds):
    """Return how long each took of those that fit into this time, with a pause of 20 ms between them."""
    waits, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.perf_counter()
        for part in range(3):
            train(SHORT, TrainingConfig(n_steps=300, learning_rate=0.1 + part))
            time.sleep(0.001)  # as a page does when it sends something
        waits.append(time.perf_counter() - began)
        time.sleep(0.02)
    return waits


def beside_long_runs(by_turns):
    """Return the waits of short requests, and how many parts of long runs were done meanwhile."""
    runs, stop, config = results.Runs(), Event(), TrainingConfig(n_steps=1_000_000)
    give_way = slices.give_way
    if not by_turns:
        runs._long_run, slices.give_way = nullcontext(), lambda: None

    def tab(seed):
        dataset, parts = make_dataset("separable_blobs", n_samples=200, seed=seed), 0
        while not stop.is_set():
            runs.go_on(dataset, config)
            parts += 1
        return parts

    with ThreadPoolExecutor(TABS) as pool:
        tabs = [pool.submit(tab, seed) for seed in range(TABS)]
        waits = short_requests(SECONDS)
        stop.set()
    slices.give_way = give_way
    return waits, sum(done.result() for done in tabs)


def main():
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    rows = {"alone": ([], 0), "by turns": ([], 0), "all at once": ([], 0)}
    for _ in range(rounds):
        for name in rows:
            found = (short_requests(SECONDS), 0) if name == "alone" else beside_long_runs(name == "by turns")
            rows[name] = (rows[name][0] + found[0], rows[name][1] + found[1])
    print("| short requests | median, ms | 95 %, ms | parts of long runs |\n| --- | --- | --- | --- |")
    for name, (waits, parts) in rows.items():
        waits.sort()
        middle, late = (1000 * waits[int(share * len(waits))] for share in (0.5, 0.95))
        print(f"| {name} | {middle:.1f} | {late:.1f} | {parts} |")


if __name__ == "__main__":
    main()
