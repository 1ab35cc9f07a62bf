"""What a scene of Observation 3 is asked for besides the points, and how its parts become a view of a lesson."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from logreg.figures.picture import Picture
from logreg.figures.timeline import Timeline
from logreg.ui.address import go_to
from logreg.ui.fields import Choice, Number, Switch
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.pair import Flip, Pair, default_flip, make_pair
from logreg.ui.observation_3.planes import planes
from logreg.ui.observation_3.side import Side
from logreg.ui.stage import Edit, Editing, Pictures, RunView, Script, Show

WITH_BIAS = Switch("with_bias", "With a bias b", help="Then all lengths are of (w, b), and lines may miss the origin.")
FLOW = Switch("flow", "On to 10¹² steps", help="Gradient flow continues both runs, on the axis of steps.")
PREDICT = Switch("predict", "Hide B", help="Hides B’s curve until you have answered, or the end is seen.")
REVEAL = Switch("reveal", "Reveal", help="Shows which is which, and how both go on.")

Field = Switch | Choice | Number
A, B = 0, 1
"""The runs, by number."""


def pair_of(asked: Asked, wanted: Flip = "overlapping", *, flows: bool = False) -> Pair:
    """Return A and B: the points asked for, and with one label flipped, by the link or as the scene wants it."""
    with_bias = asked[WITH_BIAS]
    flipped = default_flip(asked.dataset, wanted, with_bias) if asked.flip is None else asked.flip
    return make_pair(asked.dataset, flipped, with_bias, flow=flows and asked[FLOW])


def is_open(asked: Asked) -> bool:
    """Whether a question about B waits for its answer: until then nothing is said of what B will do."""
    return not asked.is_answered


def hides_b(asked: Asked) -> bool:
    """Whether B's curve is hidden until the question is answered."""
    return asked[PREDICT] and is_open(asked)


def shown(
    asked: Asked,
    pair: Pair,
    curves: tuple[Picture, ...],
    caption: str,
    lines: tuple[str, ...] = (),
    *,
    runs: tuple[RunView, ...] | None = None,
    timeline: Timeline | None = None,
    planes_of: Sequence[int] = (),
    without_points: str = "",
    fields: tuple[Field, ...] | None = None,
    **look: Any,
) -> View:
    """Return the view of a scene: A and B in step, with planes where they matter; there a click flips a label of B.

    Parameters
    ----------
    asked : Asked
        What the scene is asked for.
    pair : Pair
        A and B.
    curves : tuple of Picture
        Right of the planes.
    caption, lines : str, tuple of str
        As `Show` and `View` have them.
    runs : tuple of RunView or None
        Where they are not those of A and B.
    timeline : Timeline or None
        What moves the curves.
    planes_of : sequence of int
        Whose planes are shown: 0 is A, 1 is B.
    without_points : str
        As `View` has it, of a scene that has points of its own.
    fields : tuple or None
        As `View` has them.
    **look
        Other fields of `Show`.
    """
    hidden = hides_b(asked)
    drawn = planes(pair, planes_of, asked.theme, is_open=is_open(asked))
    show = Show(
        pictures=Pictures(drawn, curves),
        runs=(pair.a.view, pair.b.view) if runs is None else runs,
        timeline=timeline,
        caption=caption,
        targets=pair.targets,
        hidden=1 if hidden else None,
        theme=asked.theme,
        **look,
    )
    said_of = pair.sides[:1] if is_open(asked) else pair.sides
    about = () if without_points else (sentences.shared(pair), *(sentences.about(side) for side in said_of))
    editing = Editing(lambda edit: _flip(edit, pair.flipped), 1, "flip")
    return View(show, lines, editing, about, fields, without_points=without_points)


def script_of(code: str, *sides: Side) -> Script:
    """Return a script about A, or about A and B."""
    return Script(code, {side.name: side.dataset for side in sides}, {"fit_bias": sides[0].fit_bias})


def _flip(edit: Edit, flipped: int) -> str | None:
    """Make the point that was clicked in B the one whose label is flipped."""
    if edit.op != "flip":
        return "Here a click flips a label; nothing else can be edited."
    if edit.index == flipped:
        return "This label is the flipped one. Click another point, and its label is flipped instead."
    go_to(flip=edit.index)
    return None
