"""Names right of a plot, each beside what it names, none over another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from logreg.figures.theme import FONT_SIZE, Theme, note

ANSWER = "answer"
"""The name of notes that give the end of a run away: a stage shows them once it has been there."""

_LINE_HEIGHT = 1.3  # of its font size
_LETTER = 0.53  # how wide one is, of its font size
_BESIDE, _LEAST = 12, 40  # pixels: around a name, and for the last tick's label
_TIE = 4  # pixels: names nearer than this count as equally high


@dataclass(frozen=True)
class EndLabel:
    """Hold a name that stands right of the plot, beside what it names.

    Parameters
    ----------
    text : str
        May hold <br> and <b>; empty for none.
    height : float or None
        On the value axis, as a logarithm on a log axis; None for none.
    colour : str
        Of what it names.
    size : float
        Font size, pixels.
    """

    text: str
    height: float | None
    colour: str
    size: float = FONT_SIZE

    @property
    def pixels(self) -> float:
        """How high it is."""
        return (1 + self.text.count("<br>")) * self.size * _LINE_HEIGHT

    @property
    def across(self) -> float:
        """How wide it is, in pixels."""
        return max(len(re.sub("<[^>]*>", "", line)) for line in self.text.split("<br>")) * self.size * _LETTER


def room_for(labels: Sequence[EndLabel]) -> int:
    """Return the pixels that names need right of a plot.

    Examples
    --------
    >>> room_for([EndLabel("<b>A: grows</b>", 1.0, "", 17)]), room_for([])
    (84, 40)
    """
    return max([_LEAST, *(round(_BESIDE + label.across) for label in labels if label.height is not None)])


def end_labels(labels: Sequence[EndLabel], span: list[float], plot_height: float, theme: Theme) -> list[dict[str, Any]]:
    """Return names right of the plot, each as near to its height as the others allow.

    Parameters
    ----------
    labels : sequence of EndLabel
        Of two that are about equally high, the first is above.
    span : list of two floats
        The value axis' range.
    plot_height : float
        Pixels between the margins above and below, or fewer: in a higher plot they lie farther apart.

    Returns
    -------
    list of dict
        Annotations, one for each label that has something to write and somewhere to.
    """
    low, high = span
    scale = plot_height / (high - low)
    shown = [(label, label.height) for label in labels if label.text and label.height is not None]
    wanted = _level([(height - low) * scale for _, height in shown])
    places = push_apart(wanted, [label.pixels for label, _ in shown], plot_height)
    beside: dict[str, Any] = {"x": 1.0, "xanchor": "left", "xshift": 5, "yref": "y", "yanchor": "middle"}
    beside["name"] = ANSWER
    return [
        note(
            theme,
            label.text,
            **beside,
            y=low + middle / scale,
            yshift=at - middle,  # in pixels: it is the same on a plot of any height
            font={"size": label.size, "color": label.colour},
        )
        for (label, _), middle, at in zip(shown, wanted, places, strict=True)
    ]


def _level(heights: Sequence[float]) -> list[float]:
    """Return pixels with those that count as equally high made equal: on a higher plot they would part, or cross."""
    ranks = [round(height / _TIE) for height in heights]
    groups = {rank: [height for height, own in zip(heights, ranks, strict=True) if own == rank] for rank in ranks}
    return [sum(groups[rank]) / len(groups[rank]) for rank in ranks]


def push_apart(wanted: Sequence[float], sizes: Sequence[float], total: float) -> list[float]:
    """Move intervals on a line as little as makes them lie apart, in the order in which they are wanted.

    Parameters
    ----------
    wanted : sequence of float
        Their middles, 0 at the bottom. Of nearly equal ones the first goes on top.
    sizes : sequence of float
        Their lengths.
    total : float
        All stay between 0 and this, if they fit.

    Returns
    -------
    list of float
        Their middles, in the order given.

    Notes
    -----
    Intervals that would overlap become one block around the mean of their wishes; repeated until none do.

    Examples
    --------
    >>> push_apart([50.0, 50.0, 0.0], [20.0, 20.0, 20.0], 100.0)
    [60.0, 40.0, 10.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (round(wanted[i] / _TIE), -i))
    blocks: list[tuple[list[int], float]] = []  # members from below, and where the block begins
    for i in order:
        block = [i]
        start = _block_start(block, wanted, sizes, total)
        while blocks and blocks[-1][1] + sum(sizes[j] for j in blocks[-1][0]) > start:
            block = blocks.pop()[0] + block
            start = _block_start(block, wanted, sizes, total)
        blocks.append((block, start))
    places = [0.0] * len(wanted)
    for block, start in blocks:
        for i in block:
            places[i] = start + sizes[i] / 2
            start += sizes[i]
    return places


def _block_start(block: list[int], wanted: Sequence[float], sizes: Sequence[float], total: float) -> float:
    """Return where a block begins that is as near as can be to what its members want, between 0 and total."""
    before, wishes = 0.0, []
    for i in block:
        wishes.append(wanted[i] - before - sizes[i] / 2)
        before += sizes[i]
    return max(0.0, min(sum(wishes) / len(wishes), total - before))
