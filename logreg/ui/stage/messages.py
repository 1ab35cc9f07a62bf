"""What the stage's browser side may say, checked as if anyone had written it; contract.py has the types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard, cast

from logreg.ui.stage.contract import NEEDS, Axis, Edit, Op, Rest

MOST_POINTS = 2000
LARGEST_COORDINATE = 1e300
"""An edit may not go further out: a browser cannot draw what lies beyond."""
MOST_EDITS = 300
"""Of one message."""

_LARGEST_STEP = 2**53


def read_edit(raw: object) -> Edit:
    """Return the edit that a browser sent.

    Raises
    ------
    ValueError
        With a sentence for the reader, if it is not an edit: unknown or missing fields, wrong types, numbers that
        are not finite or out of range.

    Examples
    --------
    >>> read_edit({"op": "flip", "index": 3})
    Edit(op='flip', index=3, x=None, y=None, label=None, drag=None)
    """
    if not isinstance(raw, Mapping):
        raise ValueError("The edit was not understood: it is not a record of named values.")
    op = raw.get("op")
    if not isinstance(op, str) or op not in NEEDS:
        raise ValueError(f"The edit was not understood: it must be one of {', '.join(NEEDS)}.")
    values: dict[str, Any] = {}
    for name in NEEDS[op]:
        check = {"index": checked_index, "label": checked_label}.get(name, checked_coordinate)
        values[name] = check(raw.get(name))
    if op == "move" and raw.get("drag") is not None:
        values["drag"] = _checked_drag(raw["drag"])
    return Edit(cast(Op, op), **values)


def read_edits(raw: object) -> tuple[list[Edit], list[str]]:
    """Return the edits of a message, in their order, and a sentence for each that is none.

    Returns
    -------
    edits : list of Edit
    problems : list of str

    Examples
    --------
    >>> edits, problems = read_edits({"edits": [{"op": "flip", "index": 3}, {"op": "fly"}], "id": 7})
    >>> edits, len(problems)
    ([Edit(op='flip', index=3, x=None, y=None, label=None, drag=None)], 1)
    """
    found = raw.get("edits") if isinstance(raw, Mapping) else None
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_EDITS:
        return [], [f"The edits were not understood: there must be a list of 1 to {MOST_EDITS} of them."]
    edits: list[Edit] = []
    problems: list[str] = []
    for each in found:
        try:
            edits.append(read_edit(each))
        except ValueError as error:
            problems.append(str(error))
    return edits, problems


def read_id(raw: object) -> int:
    """Return the number by which the browser knows its request; 0 if it has none that can be used."""
    value = raw.get("id") if isinstance(raw, Mapping) else None
    return value if _is_whole(value) and 0 <= value <= _LARGEST_STEP else 0


def read_rest(raw: object, last_step: int) -> Rest:
    """Return the step and axis that a browser reports.

    Parameters
    ----------
    raw : object
        Anything.
    last_step : int
        The last step of the run on the screen; a report from a longer run is held to it.

    Raises
    ------
    ValueError
        With a sentence, if it is not a step and an axis.

    Examples
    --------
    >>> read_rest({"step": 10, "axis": "log"}, 100)
    Rest(step=10, axis='log', at_end=False, seek=0)
    """
    if not isinstance(raw, Mapping):
        raise ValueError("The step was not understood: it is not a record of named values.")
    step, seek = _as_whole(raw.get("step")), _as_whole(raw.get("seek", 0))
    axis, at_end = raw.get("axis"), raw.get("at_end", False)
    if not _is_whole(seek):
        raise ValueError("The step was not understood: it must name the picture that it is of.")
    if not _is_whole(step) or not 0 <= step <= _LARGEST_STEP or not isinstance(at_end, bool):
        raise ValueError(f"The step was not understood: it must be a whole number from 0 to {last_step:,}.")
    if axis not in ("log", "linear"):
        raise ValueError("The axis was not understood: it must be log or linear.")
    return Rest(last_step if at_end else min(step, last_step), cast(Axis, axis), at_end, seek)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def checked_index(value: object) -> int:
    """Return the number of a point, or raise `ValueError`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not _is_whole(value) or not 0 <= value < MOST_POINTS:
        raise ValueError("The edit was not understood: it names no point.")
    return value


def _checked_drag(value: object) -> int:
    if not _is_whole(value) or not 0 <= value <= _LARGEST_STEP:
        raise ValueError("The edit was not understood: a drag is named by a whole number.")
    return value


def _as_whole(value: object) -> object:
    return (
        int(value) if isinstance(value, float) and value.is_integer() else value
    )  # JavaScript has one kind of numbers


def checked_label(value: object) -> int:
    """Return a label, or raise `ValueError`."""
    if not _is_whole(value) or value not in (0, 1):
        raise ValueError("The edit was not understood: a label must be 0 or 1.")
    return value


def checked_coordinate(value: object) -> float:
    """Return a finite coordinate, or raise `ValueError`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST_COORDINATE:
        raise ValueError(f"The edit was not understood: a coordinate must be a number within ±{LARGEST_COORDINATE:g}.")
    return float(value)
