"""Arrays that nobody can change: what every immutable record of this package holds."""

from __future__ import annotations

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


def freeze(record: object, *names: str) -> None:
    """Put a frozen copy of floats in place of each named field of a frozen dataclass, as it is made.

    Parameters
    ----------
    record : object
        Its fields may hold any array-like.
    *names : str
        Names of fields.
    """
    for name in names:
        object.__setattr__(record, name, frozen(getattr(record, name)))
