"""What the address asks of a lesson, which is all of the lesson's state: scene, view, points, switches, step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from logreg.data.dataset import Dataset
from logreg.figures.theme import Theme
from logreg.ui import laboratory
from logreg.ui.address import Said
from logreg.ui.fields import Field

LECTURE_POINTS = "lecture"
"""The word for a lesson's own points in a link; each of its presets has another, and the reader's own are "mine"."""
OWN_POINTS = "mine"

Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Asked:
    """Hold what a scene is asked for; `asked[FIELD]` is the value of a switch or dial of the scene.

    Parameters
    ----------
    dataset : Dataset
        The points: the lecture's, a preset's or the reader's own.
    own : bool
        Whether they are the reader's own.
    flip : int or None
        Which point's label the link flips; None leaves it to the scene.
    view : int
        Which of the scene's views, from 1.
    said : Said
        What else the address says.
    is_answered : bool
        Whether the scene's question has been answered; True where it has none.
    theme : Theme
        Colours.
    """

    dataset: Dataset
    own: bool
    flip: int | None
    view: int
    said: Said
    is_answered: bool
    theme: Theme

    def __getitem__(self, field: Field[Value]) -> Value:
        return self.said[field]

    @property
    def step(self) -> int | None:
        """Where the link wants the dial: at its beginning unless it says otherwise; None is the end."""
        said = self.said[laboratory.STEP]
        return None if said == laboratory.END else said or 0

    @property
    def axis(self) -> Literal["log", "linear"]:
        """The step axis that the link wants."""
        return "linear" if self.said[laboratory.AXIS] == "linear" else "log"
