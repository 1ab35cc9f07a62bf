"""Numbers that no reader chooses are computed once, also where a whole class opens the page at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import ParamSpec, TypeVar

_MOST = 64  # results that are kept of each function: readers have points of their own

Given = ParamSpec("Given")
Made = TypeVar("Made")


def once(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Keep what a function returns for each of its arguments; those who come while it works wait for it.

    Parameters
    ----------
    make : callable
        Of arguments that hash, with results that nobody changes.

    Examples
    --------
    >>> calls = []
    >>> double = once(lambda x: calls.append(x) or 2 * x)
    >>> double(3), double(3), calls
    (6, 6, [3])
    """
    kept, lock = lru_cache(maxsize=_MOST)(make), Lock()

    @wraps(make)
    def kept_once(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with lock:
            return kept(*args, **kwargs)  # type: ignore[arg-type]  # a cache wants to know that they hash

    return kept_once
