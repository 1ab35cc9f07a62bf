"""The two small planes, A over B."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from logreg.figures.picture import Picture
from logreg.figures.plane import decision_boundary
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side
from logreg.ui.observation_3.view import Request


def planes(pair: Pair, request: Request) -> tuple[Picture, Picture]:
    """Return the planes of A and B; a verdict that is to be predicted is left out of B's.

    Parameters
    ----------
    pair : Pair
        A and B.
    request : Request
        Its theme and `hides_b` count.

    Returns
    -------
    pair of Picture
    """
    a, b = (_plane(side, pair.flipped, request) for side in pair.sides)
    return a, b


def _plane(side: Side, flipped: int, request: Request) -> Picture:
    hidden = request.hides_b and side.name == "B"
    analysis = side.analysis
    proof: dict[str, Any] = {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    title = f"{side.name}: {'one label flipped' if hidden else 'one class' if analysis.one_class else side.kind}"
    plane = decision_boundary(
        side.dataset,
        side.trajectory.model,
        **({} if hidden else proof),
        step=side.trajectory.last_step,
        theme=request.theme,
        compact=True,
        title=title,
        flipped=flipped if side.name == "B" else None,
    )
    return replace(plane, alt=f"{title}. {'Its run is hidden.' if hidden else plane.alt}")
