"""The right answers to the two questions about B, computed from the points on the screen."""

from __future__ import annotations

from logreg.figures.numbers import format_number
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side
from logreg.ui.verdict import minimum, sentence


def growth(pair: Pair) -> int:
    """Return 0 if B settles, 1 if it grows for ever but no faster than A, 2 if faster than A or where A settles."""
    if pair.b.kind == "overlapping":
        return 0
    return 2 if pair.a.kind == "overlapping" or _gain(pair.b) > _gain(pair.a) * (1 + 1e-9) else 1


def _gain(side: Side) -> float:
    """Return what a decade adds: in the end, or where no law says it, in the run."""
    return side.per_decade or side.gained


def growth_reason(pair: Pair) -> str:
    """Say why, with the numbers of both."""
    a, b = pair.sides
    if b.kind == "overlapping":
        return sentence(f"B overlaps, and {minimum(b.analysis, b.quantity)}")
    in_the_end = all(side.per_decade for side in pair.sides if side.kind != "overlapping")
    when = "in the end a decade adds" if in_the_end else f"the last decade to step {a.n_steps:,} added"
    rates = f"{when} {format_number(_gain(b))} in B"
    if a.kind != "overlapping":
        rates += f" and {format_number(_gain(a))} in A"
    return f"B is {b.kind}, so it has no minimum; {rates}."


def third(pair: Pair) -> int:
    """Return 0 if B settles, 1 if it is separable, 2 if it is quasi-separable."""
    return {"overlapping": 0, "separable": 1, "quasi-separable": 2}[pair.b.kind]


def third_reason(pair: Pair) -> str:
    """Say why, with the numbers of B."""
    b = pair.b
    if b.kind == "separable":
        return "B is separable: the loss can be made as small as you like, and has no minimum."
    if b.kind == "overlapping":
        return growth_reason(pair)
    on_line = b.dataset.n_samples - len(b.analysis.separability.separated)
    floor = "" if b.infimum is None else f", inf L = {format_number(b.infimum)}"
    return f"{on_line} point{'s' if on_line > 1 else ''} can only be on the line, and the rest pull on{floor}."
