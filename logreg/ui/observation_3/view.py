"""What a scene is asked for, and what it gives the page to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from logreg.figures.picture import Picture
from logreg.figures.theme import LIGHT, Theme
from logreg.ui.stage import RunView


@dataclass(frozen=True)
class Request:
    """Hold everything besides the points that decides a scene.

    Parameters
    ----------
    view : int
        Which of the scene's views, from 1.
    axis : {"log", "linear"}
        The step axis at first.
    hides_b : bool
        Whether B's curve is hidden until a question is answered.
    reveals : bool
        Whether names are shown where the scene would hide them.
    flow : bool
        Whether the runs are continued by gradient flow.
    l2 : float
        The penalty λ that is chosen.
    theme : Theme
        Colours.
    """

    view: int = 1
    axis: Literal["log", "linear"] = "log"
    hides_b: bool = False
    reveals: bool = False
    flow: bool = False
    l2: float = 0.01
    theme: Theme = LIGHT


@dataclass(frozen=True, eq=False)
class SceneView:
    """Hold what the page shows.

    Parameters
    ----------
    runs : tuple of RunView
        A and B, played in step; or one of the scene's own.
    curves : tuple of Picture
        At the right.
    caption : str
        The large sentence: a template for the stage.
    lines : tuple of str
        Short static sentences under it, Markdown.
    targets : pair of float or None
        The lengths that the runs tend to, for the caption.
    arrangement : {"rows", "columns"}
        Of the figures.
    planes : bool
        Whether the planes of A and B are shown.
    step : int or None
        Where the scene starts; None is the last step.
    """

    runs: tuple[RunView, ...]
    curves: tuple[Picture, ...]
    caption: str
    lines: tuple[str, ...]
    targets: tuple[float | None, float | None] = (None, None)
    arrangement: Literal["rows", "columns"] = "columns"
    planes: bool = True
    step: int | None = None
