"""Two questions to answer before the curve is shown; the right answer is computed from the points on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from logreg.figures.numbers import format_number
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side
from logreg.ui.verdict import minimum, sentence


@dataclass(frozen=True)
class Question:
    """Hold a question about B.

    Parameters
    ----------
    text : str
        The question.
    options : tuple of str
        Three answers.
    right : callable
        Returns the number of the right one for a pair.
    because : callable
        Returns the reason for a pair, with its numbers.
    """

    text: str
    options: tuple[str, str, str]
    right: Callable[[Pair], int]
    because: Callable[[Pair], str]

    def verdict(self, pair: Pair, answer: str) -> str:
        """Return the sentence that follows an answer.

        Parameters
        ----------
        pair : Pair
            The points on the screen.
        answer : str
            One of the options.

        Returns
        -------
        str
            Markdown.
        """
        right = self.options[self.right(pair)]
        if answer == right:
            return f"You said “{answer}”: **right.** {self.because(pair)}"
        return f"You said “{answer}”. **It is: {right}.** {self.because(pair)}"


def _growth(pair: Pair) -> int:
    """Return 0 if B settles, 1 if it grows for ever but no faster than A, 2 if faster than A or where A settles."""
    if pair.b.kind == "overlapping":
        return 0
    return 2 if pair.a.kind == "overlapping" or _gain(pair.b) > _gain(pair.a) * (1 + 1e-9) else 1


def _gain(side: Side) -> float:
    """Return what a decade adds: in the end, or where no law says it, in the run."""
    return side.per_decade or side.gained


def _growth_reason(pair: Pair) -> str:
    a, b = pair.sides
    if b.kind == "overlapping":
        return sentence(f"B overlaps, and {minimum(b.analysis, b.quantity)}")
    in_the_end = all(side.per_decade for side in pair.sides if side.kind != "overlapping")
    when = "in the end a decade adds" if in_the_end else f"the last decade to step {a.n_steps:,} added"
    rates = f"{when} {format_number(_gain(b))} in B"
    if a.kind != "overlapping":
        rates += f" and {format_number(_gain(a))} in A"
    return f"B is {b.kind}, so it has no minimum; {rates}."


def _third(pair: Pair) -> int:
    return {"overlapping": 0, "separable": 1, "quasi-separable": 2}[pair.b.kind]


def _third_reason(pair: Pair) -> str:
    b = pair.b
    if b.kind == "separable":
        return "B is separable: the loss can be made as small as you like, and has no minimum."
    if b.kind == "overlapping":
        return _growth_reason(pair)
    on_line = b.dataset.n_samples - len(b.analysis.separability.separated)
    floor = "" if b.infimum is None else f", inf L = {format_number(b.infimum)}"
    return f"{on_line} point{'s' if on_line > 1 else ''} can only be on the line, and the rest pull on{floor}."


QUESTIONS: dict[int, Question] = {
    2: Question(
        "B has one label flipped. What will its norm do?",
        ("It settles at a finite value", "It grows for ever, no faster than A’s", "It grows for ever, faster than A’s"),
        _growth,
        _growth_reason,
    ),
    6: Question(
        "Another label is flipped. What will B do now?",
        (
            "The norm settles",
            "The norm grows for ever, the loss falls to 0",
            "The norm grows for ever, the loss stays above a positive number",
        ),
        _third,
        _third_reason,
    ),
}
"""By scene."""
