"""Results kept for everyone who asks for the same: the latest, up to a number of bytes, and each computed once."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

Result = TypeVar("Result")
_HOLD_NOTHING = (int, float, str, bytes, bool, type(None))  # most of what is met, and told soonest


def size_of(value: object) -> int:
    """Return about how many bytes a value takes, with what it holds.

    Parameters
    ----------
    value : object
        A dataclass, an array, a container of these, or anything small.

    Returns
    -------
    int
        What is held twice counts once.

    Examples
    --------
    >>> size_of(np.zeros(1000)) - size_of(np.zeros(0))
    8000
    """
    return _size(value, set())


def _size(value: object, seen: set[int]) -> int:
    if id(value) in seen:
        return 0
    seen.add(id(value))
    own = sys.getsizeof(value)
    if type(value) in _HOLD_NOTHING:
        return own
    if isinstance(value, np.ndarray):
        return own if value.base is None else own + value.nbytes
    if isinstance(value, Mapping):
        return own + sum(_size(key, seen) + _size(item, seen) for key, item in value.items())
    if isinstance(value, tuple | list | set | frozenset):
        return own + sum(_size(item, seen) for item in value)
    if is_dataclass(value):
        return own + sum(_size(getattr(value, field.name), seen) for field in fields(value))
    return own


class Shelf(Generic[Result]):
    """Keep the latest results of this server; when they are too many bytes, those that nobody asked for go first.

    Parameters
    ----------
    most : int
        How many bytes, keys aside. One result alone may be larger.

    Examples
    --------
    >>> shelf = Shelf[str](1000)
    >>> shelf.once("a", lambda: "made"), shelf.once("a", lambda: "made again")
    ('made', 'made')
    """

    def __init__(self, most: int) -> None:
        self._most, self.size = most, 0
        self._results: OrderedDict[Hashable, tuple[Result, int]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._results)

    def find(self, key: Hashable) -> Result | None:
        """Return a result that is kept."""
        with self._lock:
            if key not in self._results:
                return None
            self._results.move_to_end(key)
            return self._results[key][0]

    def put(self, key: Hashable, result: Result) -> Result:
        """Keep a result, in the place of what there was, and return it."""
        size = size_of(result)
        with self._lock:
            self.size += size - self._results.pop(key, (result, 0))[1]
            self._results[key] = (result, size)
            while self.size > self._most and len(self._results) > 1:
                self.size -= self._results.popitem(last=False)[1][1]
        return result

    def once(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return a result that is kept, or make it; of many who ask at the same time for the same, one makes it."""
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        try:
            with turn:
                found = self.find(key)
                return self.put(key, make()) if found is None else found
        finally:
            with self._lock:
                self._making.pop(key, None)
