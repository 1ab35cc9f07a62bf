"""The planes of A and B."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from logreg.figures.picture import Picture
from logreg.figures.plane import decision_boundary
from logreg.figures.theme import Theme
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.side import Side


def planes(pair: Pair, runs: Sequence[int], theme: Theme, *, is_open: bool) -> tuple[Picture, ...]:
    """Return the planes of A and B, or of one of them; a verdict that is to be predicted is left out of B's.

    Parameters
    ----------
    pair : Pair
        A and B.
    runs : sequence of int
        Whose: 0 is A, 1 is B.
    theme : Theme
        Colours.
    is_open : bool
        Whether a question about B is open: its verdict and proof are left out.

    Returns
    -------
    tuple of Picture
        Each says in `layout.meta["run"]` whose it is.
    """
    return tuple(_of_run(pair, run, theme, is_open) for run in runs)


def _of_run(pair: Pair, run: int, theme: Theme, is_open: bool) -> Picture:
    flipped, asks = (pair.flipped, is_open) if run else (None, False)
    plane = _plane(pair.sides[run], flipped, theme, is_open=asks)
    return replace(plane, layout={**plane.layout, "meta": {**plane.layout["meta"], "run": run}})


def _plane(side: Side, flipped: int | None, theme: Theme, *, is_open: bool) -> Picture:
    analysis = side.analysis
    proof: dict[str, Any] = {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    title = f"{side.name}: {'one label flipped' if is_open else 'one class' if analysis.one_class else side.kind}"
    return decision_boundary(
        side.dataset,
        side.trajectory.model,
        **({} if is_open else proof),
        step=side.trajectory.last_step,
        theme=theme,
        compact=True,
        title=title,
        flipped=flipped,
    )
