"""How wide the labels of a value axis are: a margin must hold them, for a label that is cut off says another number."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

from logreg.figures.theme import FONT_SIZE

_DIGIT, _SMALL, _POINT = 7.2, 5.2, 3.6  # pixels of a digit or sign, of one of an exponent, of a decimal point
_TICK, _TITLE = 9.0, 1.7 * FONT_SIZE  # of a tick with its gap, of a title with its
_POWERS_FROM = 4  # decades off 1 beyond which Plotly writes powers of ten
_FEWEST, _MOST = 4, 10  # labels that Plotly may draw: the more there are, the more digits they need
_WIDEST = 160  # pixels of a margin: with a wider one no plot would be left on a phone
_SLACK = 3.0  # pixels by which a margin may be short of an estimate


def margin_for(axis: dict[str, Any], margin: float) -> float:
    """Return the pixels that an upright axis needs left of it: at least a margin, more for long labels.

    Parameters
    ----------
    axis : dict
        Keywords of a Plotly axis.
    margin : float
        Pixels that it has.

    Examples
    --------
    >>> margin_for({"range": [-1.5, 2.5]}, 34), margin_for({"range": [-1.5e6, 2.5e6]}, 34)
    (34, 62)
    """
    if "range" not in axis or "tickvals" in axis or axis.get("type") == "log" or axis.get("visible") is False:
        return margin
    title = _TITLE if axis.get("title", {}).get("text") else 0.0
    low, high = axis["range"]
    needed = _TICK + label_width(low, high, axis.get("nticks") or _MOST) + title
    return max(margin, min(ceil(needed), _WIDEST)) if needed > margin + _SLACK else margin


def label_width(low: float, high: float, most: int = _MOST) -> float:
    """Return the pixels of the widest label that Plotly writes between two values, at the size of every axis.

    Parameters
    ----------
    low, high : float
        The ends of the axis.
    most : int
        How many labels there may be.

    Examples
    --------
    >>> label_width(0.0, 1.0), label_width(0.0, 1e6) > 40
    (18.0, True)
    """
    largest = max(abs(low), abs(high))
    if not largest or not 0 < high - low < float("inf"):
        return _DIGIT
    power = floor(log10(largest) + 0.01)
    exponent = power if abs(power) > _POWERS_FROM else 0
    decimals = max(0, exponent - floor(log10((high - low) / max(most, _FEWEST)) + 0.3))
    whole = max(1, power - exponent + 1)
    digits = whole + decimals + (low < 0)
    if exponent:
        return _DIGIT * (digits + 3) + _POINT * (decimals > 0) + _SMALL * len(str(exponent))
    return _DIGIT * digits + _POINT * (decimals > 0)
