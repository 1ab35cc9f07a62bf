"""A timeline: one dial, and what a picture shows at each of its values. A stage plays it; figures name its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from logreg.data.arrays import ReadOnly, frozen
from logreg.data.dataset import FloatArray
from logreg.figures.picture import Trace

How = Literal["at", "along"]
STEP = "step"
"""The dial of a training: its axis may be logarithmic, with a place of its own for 0; a decade takes equal time."""

_NUMBERS, _FEWEST_ROWS = 40_000, 12  # in the columns of many points at most, about; of the dial at least


@dataclass(frozen=True, eq=False)
class Timeline(ReadOnly):
    """Hold the values of one dial with columns of numbers and words, a row for each value.

    Parameters
    ----------
    name : str
        Symbol of the dial, as "c", "λ" or "step"; "step" is played in log time.
    values : array-like of shape (n_values,)
        Rising or falling, finite; the stage opens at the first.
    columns : mapping of str to array-like of shape (n_values,) or (n_values, n_points)
        What figures are bound to, and the numbers of captions and titles (`{name}`); NaN where there is none.
    words : mapping of str to sequence of str
        Texts of captions and titles, one a value.

    Raises
    ------
    ValueError
        If there are no values, they do not rise or fall, or a column has not as many rows.

    Examples
    --------
    >>> dial = Timeline("c", [1.0, 2.0, 4.0], {"slope": [0.25, 0.5, 1.0]})
    >>> dial.columns["slope"][-1].item()
    1.0
    """

    name: str
    values: FloatArray
    columns: Mapping[str, FloatArray] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = frozen(self.values)
        if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
            raise ValueError("values: expected at least one finite number.")
        steps = np.diff(values)
        if len(steps) and not ((steps > 0).all() or (steps < 0).all()):
            raise ValueError("values: expected numbers that rise, or that fall.")
        columns = {name: frozen(column) for name, column in self.columns.items()}
        words = {name: tuple(texts) for name, texts in self.words.items()}
        n_rows = [(name, len(column)) for name, column in columns.items()]
        n_rows += [(name, len(texts)) for name, texts in words.items()]
        for name, rows in n_rows:
            if rows != len(values):
                raise ValueError(f"columns: expected {len(values)} rows, as there are values; {name!r} has {rows}.")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "words", words)


def log_spaced_steps(last: int, most: int) -> NDArray[np.int64]:
    """Return at most so many steps from 0 to the last, evenly in log(1 + step).

    Examples
    --------
    >>> log_spaced_steps(100, 7).tolist()
    [0, 1, 4, 9, 21, 46, 100]
    """
    return np.unique(np.round(np.expm1(np.linspace(0, np.log1p(last), most)))).astype(np.int64)


def log_spaced_records(last: int, most: int = 120) -> FloatArray:
    """Return at most so many whole steps, of at least three: 0, and from 1 to the last evenly in log(step).

    Examples
    --------
    >>> log_spaced_records(1000, 5).tolist(), log_spaced_records(0).tolist()
    ([0.0, 1.0, 10.0, 100.0, 1000.0], [0.0])
    """
    if not last:
        return np.zeros(1)
    return np.concatenate([[0.0], np.unique(np.rint(np.logspace(0.0, np.log10(last), most - 1)))])


def rows_for(numbers: int, most: int = 120) -> int:
    """Return how many values a dial has room for where each takes so many numbers: a payload of 0.3 MB, or 12 values.

    Examples
    --------
    >>> rows_for(10), rows_for(1000), rows_for(100_000)
    (120, 40, 12)
    """
    return max(_FEWEST_ROWS, min(most, _NUMBERS // numbers))


def bound(drawn: Trace, how: How, **columns: str) -> Trace:
    """Return a trace that moves with a timeline.

    Parameters
    ----------
    drawn : Trace
        As it stands at the first value, or whole: the figure shows it where nothing plays.
    how : {"at", "along"}
        "at": x and y are the row of their columns at the dial's value, one point or many. "along": the curve is
        whole, its columns have one number a value, and it grows up to the dial's value; without columns it stays as
        it is drawn, over an axis of the dial, and is uncovered up to the dial's value.
    **columns
        By "x" and "y" the names of columns; what is not named stays as it is. The dial itself has its own name;
        step 0 stands in the gutter of a log axis.

    Raises
    ------
    ValueError
        If neither x nor y is bound "at" a value, or something else is.

    Examples
    --------
    >>> from logreg.figures.picture import trace
    >>> bound(trace("curve", "slope", [1.0], [0.25]), "at", x="c", y="slope")["meta"]["bind"]
    {'how': 'at', 'x': 'c', 'y': 'slope'}
    """
    if columns.keys() - {"x", "y"} or (how == "at" and not columns):
        raise ValueError(f"columns: expected x, y or both, got {', '.join(columns) or 'none'}.")
    meta: dict[str, Any] = {**drawn.get("meta", {}), "bind": {"how": how, **columns}}
    return {**drawn, "meta": meta}
