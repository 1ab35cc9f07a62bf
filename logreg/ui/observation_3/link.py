"""What the address of Observation 3 says, which is all of its state: scene, flip, view and switches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.ui import laboratory
from logreg.ui.address import Said, go_to, look, parameters, read
from logreg.ui.fields import Choice, Field, Number, Switch

FIRST, LAST, OPENING = 1, 9, 2
PAGE = str(Path(__file__).resolve().parents[3] / "pages" / "observation_3.py")

SCENE = Number("scene", "Scene", FIRST, LAST, OPENING, whole=True)
WITH_BIAS = Switch("with_bias", "With a bias b", help="Then all lengths are of (w, b), and lines may miss the origin.")
MINE = Switch("mine", "Use my points from the explorer", help="A is what the explorer shows; B flips one label of it.")
FLOW = Switch("flow", "On to 10¹² steps", help="Gradient flow continues both runs, on the axis of steps.")
PREDICT = Switch("predict", "Predict first", help="Hides B’s curve until you have answered.")
REVEAL = Switch("reveal", "Reveal", help="Shows which is which, and how both go on.")
PENALTY = Choice("penalty", "λ", tuple(f"{m * 10.0**k:.10g}" for k in range(-6, 1) for m in (1, 2, 5)), "0.01")
FIELDS: tuple[Field[object], ...] = (SCENE, WITH_BIAS, MINE, FLOW, PREDICT, REVEAL, PENALTY, *laboratory.FIELDS)
"""All that a link can say besides the flipped point and the view, whose ranges follow from the points and the scene."""

_OF_THE_SCENE = ("flip", "view", "step", "flow", "reveal")
_NOT_HERE = "The explorer has no points for this page yet: open it in this tab first. The lecture’s points stand in."


@dataclass(frozen=True)
class Flip:
    """Which point is flipped, from 0; None leaves it to the scene."""

    n_points: int
    key: str = "flip"
    default: int | None = None

    def read(self, text: str) -> int | None:
        """Return the point's number, or raise a ValueError."""
        return int(Number(self.key, "", 0, self.n_points - 1, 0, whole=True).read(text))


@dataclass(frozen=True)
class Link:
    """Hold what the address says, with defaults for what it does not say or says wrong.

    Parameters
    ----------
    said : Said
        What could be read.
    points : Dataset
        A's points.
    own : bool
        Whether they are the reader's own.
    scene, view : int
        From 1.
    flip : int or None
        Which point is flipped; None leaves it to the scene.
    """

    said: Said
    points: Dataset
    own: bool
    scene: int
    view: int
    flip: int | None

    @property
    def step(self) -> int | None:
        """The step that the address asks for; None is none."""
        said = self.said[laboratory.STEP]
        return None if said == laboratory.END else said


def read_link(n_views: Mapping[int, int]) -> Link:
    """Read the address; `n_views` says how many views each scene has."""
    first = read(parameters(), (SCENE, MINE, laboratory.PTS))
    scene = int(first[SCENE])
    points, missing = _points(first)
    flip, view = Flip(points.n_samples), Number("view", "View", 1, max(n_views[scene], 1), 1, whole=True)
    said = look((flip, view, *FIELDS), missing)
    return Link(said, points, said[MINE] and missing is None, scene, int(said[view]), said[flip])


def _points(said: Said) -> tuple[Dataset, str | None]:
    """Return A's points, and a sentence if the reader's own are asked for and missing."""
    own = said[laboratory.PTS] or laboratory.points_of_this_visit()
    if not said[MINE]:
        return headline(), None
    return (headline(), _NOT_HERE) if own is None else (own, None)


def to_scene(number: int) -> None:
    """Go to a scene: what belonged to the old one is dropped."""
    go_to(**dict.fromkeys(_OF_THE_SCENE), scene=number)
