"""What to say in front of a class, step by step; every step is a link to its scene."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cue:
    """Hold one step of a run sheet.

    Parameters
    ----------
    at : str
        When, as minutes and seconds from the start.
    say : str
        What to say or do.
    link : dict of str to str
        The parameters of the scene's address.
    """

    at: str
    say: str
    link: dict[str, str] = field(default_factory=dict)


RUN_SHEETS: dict[str, tuple[Cue, ...]] = {
    "60 seconds": (
        Cue("0:00", "Two data sets, one label apart. What will the norm of B do? Ask for hands.", {"predict": "true"}),
        Cue("0:15", "Press play: a straight line beside a plateau.", {"step": "0"}),
        Cue("0:35", "On to 10¹² steps: the line goes on, the plateau stays.", {"flow": "true"}),
        Cue("0:50", "Linear steps: now A seems to level off too. Only the log axis tells.", {"axis": "linear"}),
    ),
    "5 minutes": (
        Cue("0:00", "By hand: three samples at x = 1. logit(1) = ∞, logit(2/3) = ln 2.", {"scene": "1"}),
        Cue("0:40", "Predict, then play the two norms.", {"scene": "2", "predict": "true"}),
        Cue("1:30", "Push w along its ray: falls for ever, or falls and rises.", {"scene": "3"}),
        Cue("2:10", "Why every ray of B must rise: no direction is free. A has a cone of them.", {"scene": "4"}),
        Cue("2:40", "Not separable, and still infinite? Predict.", {"scene": "6", "predict": "true"}),
        Cue("3:20", "Which curve is which? Only the certificate decides.", {"scene": "7"}),
        Cue("4:00", "A valley without end beside a bowl.", {"scene": "8"}),
        Cue("4:30", "Regularise: any λ above 0 gives a minimum.", {"scene": "9"}),
    ),
}
"""By name."""
