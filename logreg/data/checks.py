"""What an argument must be, wherever one is handed in: each error names the parameter, what was expected, what came."""

from __future__ import annotations

from contextlib import suppress
from math import inf, isfinite
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

SQUARABLE_TWICE = (1e-50, 1e50)
"""Sizes whose squares' squares float64 can hold."""


class BeyondFloat64(ValueError):  # noqa: N818 - named for what the reader is told
    """Points or settings whose numbers float64 cannot hold; the message is a sentence for whoever chose them."""


def check_scale(
    points: ArrayLike, within: tuple[float, float] = SQUARABLE_TWICE, *, moves: bool = False, whose: str = "scene"
) -> None:
    """Refuse points of a size that what is shown of them cannot be reckoned with.

    Parameters
    ----------
    points : array-like
        Coordinates.
    within : pair of float
        Where the largest coordinate must lie, unless all are 0.
    moves : bool
        Whether some point must be off the origin.
    whose : str
        What cannot be shown, in the sentence.

    Raises
    ------
    BeyondFloat64
        If the largest coordinate lies outside, or all are 0 where some must not be.

    Examples
    --------
    >>> check_scale([[1e60, 0.0]])
    Traceback (most recent call last):
    logreg.data.checks.BeyondFloat64: These points are too large for this scene. Rescale them.
    """
    size = float(np.abs(np.asarray(points, dtype=np.float64)).max())
    if size and not within[0] < size < within[1]:
        raise BeyondFloat64(f"These points are too {'large' if size > 1 else 'small'} for this {whose}. Rescale them.")
    if moves and size == 0:
        raise BeyondFloat64("Every point lies at the origin: there no step moves w.")


def check_type(kind: type, **arguments: object) -> None:
    """Raise a TypeError that names the first argument that is not of this kind.

    Parameters
    ----------
    kind : type
        What every argument must be an instance of.
    **arguments : object
        The arguments by the names of their parameters.

    Raises
    ------
    TypeError
        If one is of another kind.

    Examples
    --------
    >>> check_type(int, n_steps="many")
    Traceback (most recent call last):
    TypeError: n_steps: expected int, got 'many'.
    """
    for parameter, value in arguments.items():
        if not isinstance(value, kind):
            raise TypeError(f"{parameter}: expected {kind.__name__}, got {shown(value)}.")


def shown(value: object) -> str:
    """Return a value as a sentence quotes it: on one line and not too long."""
    text = type(value).__name__
    with suppress(Exception):  # an int of 5,000 digits, say, has no repr
        text = ascii(value) if isinstance(value, bytes) else " ".join(repr(value).split())
    text = text.removesuffix(".0") if isinstance(value, float) else text
    return text if len(text) <= 60 else text[:57] + "..."


def checked_choice(parameter: str, value: object, *choices: str) -> str:
    """Return value if it is one of a few words, or raise a ValueError that names the parameter."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{parameter}: expected one of {', '.join(choices)}, got {shown(value)}.")
    return value


def checked_flag(parameter: str, value: object) -> bool:
    """Return value as True or False, or raise a ValueError that names the parameter."""
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{parameter}: expected True or False, got {shown(value)}.")
    return bool(value)


def checked_number(parameter: str, value: object, at_least: float = -inf) -> float:
    """Return value as a finite float, or raise a ValueError that names the parameter."""
    number = inf
    if isinstance(value, (Real, np.floating, np.integer)) and not isinstance(value, bool):
        with suppress(OverflowError):
            number = float(value)
    if not (isfinite(number) and number >= at_least):
        raise ValueError(f"{parameter}: expected a finite number{_from(at_least)}, got {shown(value)}.")
    return number


def checked_positive(parameter: str, value: object, *words: str) -> float:
    """Return value as a finite float above 0, or raise a ValueError; `words` are what else the parameter may be."""
    with suppress(ValueError):
        if (number := checked_number(parameter, value)) > 0:
            return number
    expected = " or ".join([*map(repr, words), "a finite number above 0"])
    raise ValueError(f"{parameter}: expected {expected}, got {shown(value)}.")


def checked_whole(parameter: str, value: object, low: int, high: int) -> int:
    """Return value as an int from low to high, or raise a ValueError that names the parameter."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or not low <= value <= high:
        ends = f"{low} to {high}" if high < 10**15 else f"{low} to 10^15"
        got = repr(value) if isinstance(value, float) else shown(value)  # 2.0 is not told that 2 is expected
        raise ValueError(f"{parameter}: expected a whole number from {ends}, got {got}.")
    return int(value)


def checked_array(parameter: str, values: ArrayLike, at_least: float = -inf) -> NDArray[np.float64]:
    """Return values as a finite float array, or raise a ValueError that names the parameter."""
    expected = f"{parameter}: expected finite numbers{_from(at_least)}"
    array = as_floats(values, expected)
    if not (np.isfinite(array) & (array >= at_least)).all():
        raise ValueError(f"{expected}, got {shown(values)}.")
    return array


def as_floats(values: object, expected: str) -> NDArray[np.float64]:
    """Return a new array of values, or raise a ValueError that says what was expected.

    Text, complex numbers, masked values and rows of several lengths are no real numbers, though NumPy would make some.
    """
    with suppress(Exception):  # whatever NumPy, or an object of another library, raises
        array = np.array(values)
        mask = getattr(values, "mask", None)
        if array.dtype.kind == "O":  # NumPy would make NaN of None
            array = np.array([float(value) for value in array.ravel()]).reshape(array.shape)
        if array.dtype.kind in "biuf" and not (isinstance(mask, np.ndarray) and mask.any()):
            return array.astype(np.float64, copy=False)
    raise ValueError(f"{expected}, got {shown(values)}.")


def _from(at_least: float) -> str:
    return f" of at least {at_least:g}" if at_least > -inf else ""
