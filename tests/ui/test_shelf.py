"""What is kept for everyone is bounded in bytes, the latest is kept, and each result is made once."""

import ast
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.registry import make_dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.ui.shelf import Shelf, size_of
from tests.test_architecture import FILES

KEYS = st.integers(0, 8)


@given(st.lists(st.tuples(KEYS, st.integers(0, 3000)), min_size=1), st.integers(1, 5000))
def test_a_shelf_is_never_larger_than_its_bound_but_for_one_result(puts, most):
    shelf = Shelf[bytes](most)
    for key, size in puts:
        shelf.put(key, bytes(size))
        assert shelf.find(key) == bytes(size)
        assert shelf.size <= most or len(shelf) == 1
        assert shelf.size == sum(size_of(found) for i in range(9) if (found := shelf.find(i)) is not None)


@given(st.lists(KEYS, min_size=1))
def test_those_go_first_that_nobody_asked_for(asked):
    shelf = Shelf[bytes](9 * size_of(bytes(100)))
    for i in range(9):
        shelf.put(i, bytes(100))
    for key in asked:
        shelf.find(key)
    shelf.put("new", bytes(100))
    latest = list(dict.fromkeys(reversed(asked)))
    gone = [i for i in range(9) if shelf.find(i) is None]
    assert gone == ([min(set(range(9)) - set(asked))] if len(latest) < 9 else [latest[-1]])


def test_of_many_who_ask_for_the_same_at_once_one_makes_it():
    shelf, made, together = Shelf[object](1000), [], Barrier(8)

    def ask(_):
        together.wait()
        return shelf.once("key", lambda: made.append(1) or object())

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert len(made) == 1


def test_what_cannot_be_made_is_asked_for_anew():
    shelf = Shelf[int](1000)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            shelf.once("key", lambda: 1 // 0)
    assert shelf.once("key", lambda: 1) == 1


def test_a_run_counts_with_all_its_arrays_and_its_points():
    run = train(make_dataset("separable_blobs", n_samples=200), TrainingConfig(n_steps=2000))
    arrays = [a for holder in (run, run.dataset) for a in vars(holder).values() if isinstance(a, np.ndarray)]
    assert len(arrays) >= 10
    assert sum(a.nbytes for a in arrays) < size_of(run) < 1.1 * sum(a.nbytes for a in arrays) + 5000
    assert size_of((run, run)) - size_of(run) < 100


def test_every_cache_of_the_pages_has_a_bound():
    """A function that is called with something else each time is kept for so many calls and no more."""
    found = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for mark in getattr(node, "decorator_list", []):
                if "cache_resource" in (text := ast.unparse(mark)) or "cache_data" in text:
                    found[f"{path.name}: {node.name}"] = "max_entries" in text or not node.args.args
    assert len(found) > 5
    assert [name for name, is_bounded in found.items() if not is_bounded] == []
