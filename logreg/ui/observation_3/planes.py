"""The two small planes, A over B."""

from __future__ import annotations

from typing import Any

from logreg.figures.picture import Picture
from logreg.figures.plane import decision_boundary
from logreg.figures.theme import Theme
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side


def planes(pair: Pair, theme: Theme, *, is_open: bool, large: bool = False) -> tuple[Picture, Picture]:
    """Return the planes of A and B; a verdict that is to be predicted is left out of B's.

    Parameters
    ----------
    pair : Pair
        A and B.
    theme : Theme
        Colours.
    is_open : bool
        Whether a question about B is open: its verdict and proof are left out.
    large : bool
        Whether the planes have the stage to themselves.

    Returns
    -------
    pair of Picture
    """
    a = _plane(pair.a, None, theme, is_open=False, large=large)
    b = _plane(pair.b, pair.flipped, theme, is_open=is_open, large=large)
    return a, b


def _plane(side: Side, flipped: int | None, theme: Theme, *, is_open: bool, large: bool) -> Picture:
    analysis = side.analysis
    proof: dict[str, Any] = {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    title = f"{side.name}: {'one label flipped' if is_open else 'one class' if analysis.one_class else side.kind}"
    return decision_boundary(
        side.dataset,
        side.trajectory.model,
        **({} if is_open else proof),
        step=side.trajectory.last_step,
        theme=theme,
        compact=not large,
        title=title,
        flipped=flipped,
    )
