"""Arrays that nobody can change, which every immutable record holds, and large ones in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def frozen(values: Any, dtype: DTypeLike = np.float64) -> NDArray[Any]:
    """Return a copy of numbers that cannot be written to.

    Parameters
    ----------
    values : array-like
        Any shape.
    dtype : data type
        Of the copy.

    Returns
    -------
    ndarray
        Of the same shape.

    Examples
    --------
    >>> frozen([1, 2]).flags.writeable
    False
    """
    array = np.array(values, dtype=dtype)
    array.setflags(write=False)
    return array


def freeze(record: object, *names: str, dtype: DTypeLike = np.float64) -> None:
    """Put a frozen copy in place of each named field of a frozen dataclass, as it is made; None stays None.

    Parameters
    ----------
    record : object
        Its fields may hold any array-like.
    *names : str
        Names of fields.
    dtype : data type
        Of the copies.
    """
    for name in names:
        if (values := getattr(record, name)) is not None:
            object.__setattr__(record, name, frozen(values, dtype))


@dataclass(frozen=True, eq=False)
class ReadOnly:
    """Let copies and pickles of a frozen dataclass be made as it was itself: their arrays are read-only too."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the fields, and check and freeze them."""
        self.__dict__.update(state)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check and freeze the fields."""


def blocks(n_rows: int, n_samples: int, most: int = 1 << 15) -> list[slice]:
    """Cut many rows into blocks, so that their margins with every sample stay in the processor's cache."""
    size = max(1, most // n_samples)
    return [slice(start, start + size) for start in range(0, n_rows, size)]
