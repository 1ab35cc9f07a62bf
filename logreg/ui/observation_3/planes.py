"""The two small planes, A over B, and what each says in words."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side
from logreg.ui.observation_3.view import Request


def planes(pair: Pair, request: Request) -> tuple[tuple[go.Figure, go.Figure], tuple[str, str]]:
    """Return the planes of A and B; a verdict that is to be predicted is left out of B's.

    Parameters
    ----------
    pair : Pair
        A and B.
    request : Request
        Its theme and `hides_b` count.

    Returns
    -------
    pair of Figure, pair of str
        The figures, and what they show in words.
    """
    (a, a_words), (b, b_words) = (_plane(side, pair.flipped, request) for side in pair.sides)
    return (a, b), (a_words, b_words)


def _plane(side: Side, flipped: int, request: Request) -> tuple[go.Figure, str]:
    hidden = request.hides_b and side.name == "B"
    analysis, model = side.analysis, side.trajectory.model
    proof: dict[str, Any] = (
        {} if hidden else {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    )
    title = f"{side.name}: {'one label flipped' if hidden else 'one class' if side.one_class else side.kind}"
    figure = decision_boundary(
        side.dataset,
        model,
        **proof,
        theme=request.theme,
        field=False,
        compact=True,
        title=title,
        flipped=flipped if side.name == "B" else None,
    )
    last = side.trajectory.last_step
    words = "Its run is held back" if hidden else decision_boundary_alt(side.dataset, model, **proof, step=last)
    return figure, f"{title}. {words}"
