"""The derivation from maximum likelihood to cross-entropy in seven lines, each with the numbers of a few points."""

from __future__ import annotations

from math import floor, log10
from typing import Any

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.figures.likelihood import curves_at
from logreg.figures.numbers import counted, format_number, format_positive
from logreg.figures.picture import Picture, picture, trace
from logreg.figures.theme import FONT_SIZE, LIGHT, PICTURE_HEIGHT, Theme, frame
from logreg.figures.timeline import Timeline, bound
from logreg.theory.likelihood import weights_around
from logreg.theory.seven_steps import SevenSteps, seven_steps

N_LINES = 7
_FEW = 4  # points whose numbers fit into a line
_FORMULAS = (
    "argmax P(all labels | all x; w)",
    "= argmax P(y₁|x₁) · … · P(yₙ|xₙ)",
    "with P(y|x) = h(x)<sup>y</sup>·(1 − h(x))<sup>1−y</sup>",
    "= argmax L(w), the product of these",
    "= argmax log L(w)",
    "= argmax Σ y·log h + (1−y)·log(1−h)",
    "= argmin −log L(w)",
)
_REASONS = (
    "Choose the w that makes the labels we saw most probable",
    "The samples are independent, so the probabilities multiply",
    "The model gives each label its probability: h for label 1, 1 − h for label 0",
    "Together they are the likelihood, a function of w alone",
    "The logarithm rises, so the best w stays where it is",
    "The logarithm of a product is a sum: nothing can vanish any more",
    "Turned upside down, with a minus: what is left is the cross-entropy, a loss to descend",
)


def few_points(line: Dataset) -> Dataset:
    """Return four of the points, evenly through their order; all where there are no more."""
    chosen = np.unique(np.linspace(0, line.n_samples - 1, min(line.n_samples, _FEW)).round().astype(np.int64))
    return Dataset(line.X[chosen], line.y[chosen], line.name)


def round_weight(few: Dataset) -> float:
    """Return a weight of one digit at which the numbers are shown: near the best one, or on the way of the climb.

    Examples
    --------
    >>> round_weight(Dataset([[-2.0], [-1.0], [1.0], [2.0]], [0, 1, 1, 1]))
    1.0
    """
    around = weights_around(few)
    return float(f"{around[len(around) // 2]:.0e}") or 1.0


def derivation_dial(few: Dataset, weight: float) -> Timeline:
    """Return the dial of the lines, 1 to 7, with what each says and its numbers.

    Parameters
    ----------
    few : Dataset
        At most four points of one feature, from `few_points`.
    weight : float
        w, at which the numbers are taken.

    Returns
    -------
    Timeline
        "line_1" … "line_7", the heights of the lines, NaN before their turn; "curve", "bars_0" and "bars_1" as
        `points_on_curve` has them. Words: "reason" and "numbers".

    Examples
    --------
    >>> derivation_dial(Dataset([[1.0], [1.0]], [0, 1]), 0.0).words["numbers"][3]
    'L = 0.25'
    """
    turn = np.arange(1.0, N_LINES + 1)
    columns = {f"line_{k:.0f}": np.where(turn >= k, -k, np.nan) for k in turn} | {"now": -turn}
    still = curves_at(few, np.full(N_LINES, weight))
    for name in ("bars_0", "bars_1"):  # nothing is multiplied before the second line
        still[name] = np.where(turn[:, None] >= 2, still[name], np.nan)
    words = {"reason": _REASONS, "numbers": tuple(_numbers(seven_steps(few, weight)))}
    return Timeline("line", turn, columns | still, words)


def derivation(few: Dataset, dial: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Write the derivation line by line, the newest with a mark, each with the numbers of the points under it.

    `dial` comes from `derivation_dial`.
    """
    traces = []
    for k, (formula, numbers) in enumerate(zip(_FORMULAS, dial.words["numbers"], strict=True), 1):
        said = f"<b>{k}  {formula}</b><br>     {numbers}"
        colour = theme.certain if k == N_LINES else theme.text
        look: dict[str, Any] = {"mode": "text", "text": [said], "textposition": "middle right"}
        look["textfont"] = {"size": FONT_SIZE, "color": colour}
        height = dial.columns[f"line_{k}"][:1]
        traces.append(bound(trace("board", f"line {k}", [0.02], height, **look), "at", y=f"line_{k}"))
    mark = {"symbol": "line-ns", "size": 34, "line": {"width": 5, "color": theme.run}}
    cursor = trace("board", "now", [0.0], [-1.0], mode="markers", marker=mark)
    blank: dict[str, Any] = {"visible": False, "type": "linear", "fixedrange": True}
    layout = frame(theme, height=PICTURE_HEIGHT, title="", margin={"l": 14, "r": 4, "t": 8, "b": 4})
    layout["xaxis"] = {**blank, "range": [0, 1]}
    layout["yaxis"] = {**blank, "range": [-N_LINES - 0.55, -0.45]}
    layout |= {"annotations": [], "meta": {"static": True}}
    said = " ".join(f"{k}: {reason}." for k, reason in enumerate(_REASONS, 1))
    alt = f"The derivation for {counted(few.n_samples)}, in seven lines with their numbers. {said}"
    return picture([bound(cursor, "at", y="now"), *traces], layout, alt)


def _numbers(at: SevenSteps) -> list[str]:
    """Return what stands under each line; for at most four points."""
    factors = [format_number(v, 3) for v in at.factors]
    logs = _as_parts(at.log_sum, at.logs)
    product, total = format_positive(at.product), format_number(at.log_sum)
    w = format_number(at.weight, 3)
    return [
        f"below, numbers of {counted(len(factors))} at w = {w}",
        " · ".join(factors),
        f"h = {', '.join(format_number(h, 3) for h in at.probability)}",
        f"L = {product}",
        f"log {product} = {total}",
        f"{' '.join(_signed(text) for text in logs)} = {total}",
        f"{format_number(-at.log_sum)}; over n: {format_number(at.mean_loss)}",
    ]


def _as_parts(total: float, parts: FloatArray) -> list[str]:
    """Return the parts of a sum with its last digit, so that what is written adds up but for rounding."""
    shown = 4 - _before_the_point(total)  # digits after the point
    return [format_number(part, min(max(_before_the_point(part) + shown, 1), 15)) for part in parts.tolist()]


def _before_the_point(value: float) -> int:
    """Return how many digits a number has before its point: 3 for 100, 0 for 0.1, −1 for 0.01."""
    return floor(log10(abs(value))) + 1 if value else 1


def _signed(text: str) -> str:
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"
