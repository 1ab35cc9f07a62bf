"""Scenes over steps: by hand, two norms, the third case, and why no curve is a proof."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
import streamlit as st

from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.lecture_sets import hairs_breadth
from logreg.data.transforms import flip_label
from logreg.figures.comparison import two_losses, two_norms
from logreg.figures.numbers import format_number
from logreg.figures.one_weight import one_weight_loss, one_weight_timeline
from logreg.figures.picture import Picture
from logreg.figures.regimes import three_regimes
from logreg.figures.series import Series
from logreg.theory.flow import gradient_flow
from logreg.training.objective import Objective
from logreg.ui.lesson import Asked, View
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.pair import SOLVER, Pair, by_hand_pair, first_flip, flips_tried, make_pair
from logreg.ui.observation_3.shown import FLOW, REVEAL, A, B, hides_b, is_open, pair_of, shown
from logreg.ui.scripts.observation_3 import HAIRS_BREADTH
from logreg.ui.stage import ONCE_SEEN, Script

WHICH_AT = 1000
"""The step at which the reader is asked which run is which."""

_GAPS = (-0.01, 0.0, 0.01)
_MARK = 1e4
_REGIMES = ("overlap 0.01", "touching", "gap 0.01")


def by_hand(asked: Asked) -> View:
    """Show three samples at x = 1, whose minimum is found on paper; the points on the screen play no part."""
    hand = by_hand_pair(asked[FLOW])
    a, b = hand.sides
    names, optima = ("A: + + +", "B: + + −"), (None, log(2.0))
    data, views = [side.dataset for side in hand.sides], (a.view, b.view)
    dial = one_weight_timeline(data, [v.steps for v in views], [v.column("weights")[:, 0] for v in views])
    return shown(
        asked,
        hand,
        (one_weight_loss(data, names, optima, dial=dial, theme=asked.theme), norm_chart(hand, asked)),
        "Three of three are +: w has no end. Two of three: it ends at ln 2.\n"
        "A (+ + +), step {0.step}: w = {0.norm}[, +{0.gain} in the last decade]; w* = logit(3/3) = ∞.\n"
        "B (+ + −): w* = logit(2/3) = ln 2 = 0.6931; w = {1.norm}[, {1.short} % short of it].",
        (
            "Three samples at x = 1, no bias. The loss is least where h(1) is the share of +: 3/3 in A, 2/3 in B. "
            f"σ(w) = 1 for no number w; in the end w ≈ log(ηt), η = {format_number(hand.learning_rate)}.",
        ),
        timeline=dial,
        without_points="three samples, so that every number can be worked out by hand",
    )


def two_norms_scene(asked: Asked) -> View:
    """Show the headline, a straight line beside a plateau; or both planes large, before the chart takes over."""
    pair = pair_of(asked, flows=True)
    return both_planes(asked, pair) if asked.view == 2 else _two_norms(asked, pair)


def both_planes(asked: Asked, pair: Pair) -> View:
    """Show A and B side by side, one label apart."""
    lines = () if is_open(asked) else tuple(sentences.verdict(side) for side in pair.sides)
    return shown(
        asked,
        pair,
        (),
        f"Two data sets, one label apart.\n{sentences.norms(pair)}",
        lines,
        planes_of=(A, B),
        layout="planes",
        fields=(),
    )


def _two_norms(asked: Asked, pair: Pair) -> View:
    chart = norm_chart(pair, asked)
    if is_open(asked):
        caption = _question("One label is flipped.", sentences.idea(pair), asked, pair)
        return shown(asked, pair, (chart,), caption, planes_of=(A, B))
    a, b = (sentences.flow_end(side) or sentences.verdict(side) for side in pair.sides)
    year = sentences.after_a_year(pair.a) or sentences.after_a_year(pair.b)
    if asked[FLOW] and year and not sentences.flow_end(pair.a):
        a = year
    caption = f"{sentences.idea(pair)}\n{sentences.caption(pair)}"
    return shown(asked, pair, (chart,), caption, (a, b), planes_of=(A, B))


def _question(change: str, answer: str, asked: Asked, pair: Pair) -> str:
    """Return a caption that asks first, and answers once both runs have been seen."""
    hidden = hides_b(asked)
    return f"{change} What will B do?{'' if hidden else ONCE_SEEN + answer}\n{sentences.norms(pair, hides_b=hidden)}"


def third_case(asked: Asked) -> View:
    """Show norm and loss beside the plane of B: quasi-separable data have both a norm that grows and a loss above 0."""
    pair = pair_of(asked, "quasi-separable", flows=True)
    curves = (norm_chart(pair, asked), loss_chart(pair, asked))
    b = pair.b
    said = {
        "quasi-separable": "Not separable, and still no minimum: a finite minimum needs overlap.",
        "separable": "With this flip the points are separable; flip another to see the third case.",
        "overlapping": "With this flip the points overlap; the third case needs points that stay on the line.",
    }[b.kind]
    if b.kind == "separable":
        said = _no_third_case(pair) or said
    if is_open(asked):
        return shown(asked, pair, curves, _question("Another label is flipped.", said, asked, pair), planes_of=(B,))
    caption = f"{said}\nB, step {{1.step}}: {sentences.growth(b, 1)}\n{sentences.loss(b, 1)}"
    ended = sentences.flow_end(b) or sentences.flow_end(pair.a)
    lines = (sentences.verdict(b), *([ended] if ended else []))
    return shown(asked, pair, curves, caption, lines, planes_of=(B,))


def _no_third_case(pair: Pair) -> str:
    """Say that these points are the third case without a flip, or that no flip makes it; nothing where one does."""
    if pair.a.kind == "quasi-separable":
        return "A itself is the third case: its norm grows for ever, and its loss stays above a positive number."
    points = pair.a.dataset
    best = first_flip(points, "quasi-separable", pair.fit_bias)
    if check_separability(flip_label(points, best), fit_bias=pair.fit_bias).kind == "quasi-separable":
        return ""
    return f"{flips_tried(points)} of one label gives these points the third case."


def no_proof(asked: Asked) -> View:
    """Show two runs that nothing but a certificate tells apart."""
    return hairs_breadth_view(asked) if asked.view == 2 else which_is_which(asked)


def which_is_which(asked: Asked) -> View:
    """Show both runs up to 10³ steps without names; or, revealed, all of them with names."""
    pair = pair_of(asked, "slow")
    if asked[REVEAL]:
        return _two_norms(asked, pair)
    short = make_pair(pair.a.dataset, pair.flipped, pair.fit_bias, n_steps=WHICH_AT)
    curves = (short.a.norm_curve(), short.b.norm_curve())
    symbol, name = pair.a.symbol, "size" if pair.fit_bias else "norm"
    return shown(
        asked,
        pair,
        (two_norms(curves, quantity=short.a.quantity, anonymous=True, theme=asked.theme),),
        f"{_which(pair)} Which curve is which?\nStep {{0.step}}: {symbol} = {{0.{name}}} and {{1.{name}}}.",
        ("No finite piece of a curve decides: only the certificate, found before any training, does.",),
        runs=(short.a.view, short.b.view),
    )


def _which(pair: Pair) -> str:
    settling = [side for side in pair.sides if side.kind == "overlapping"]
    if len(settling) == 1:
        return "One of them settles, the other grows for ever."
    return "Both settle." if settling else "Both grow for ever."


def hairs_breadth_view(asked: Asked) -> View:
    """Show one set with overlap 0.01, touching, and with gap 0.01; the points on the screen play no part."""
    curves = hairs_breadth_norms()
    here = [format_number(one.value_at(_MARK), 3) for one in curves]
    limit = float(curves[0].target or 0.0)
    return shown(
        asked,
        pair_of(asked, "slow"),
        (three_regimes(curves, mark=_MARK, theme=asked.theme),),
        "One picture up to ηt = 10⁴, three theorems: only the certificate decides.\n"
        f"At ηt = 10⁴: ‖w‖ = {here[0]} with an overlap of 0.01, {here[1]} touching, {here[2]} with a gap of 0.01. "
        f"The first ends at {format_number(limit, 3)}; the other two never end.",
        ("42 points, no bias; the sets differ in two points, by 0.005 from one to the next.",),
        without_points="three sets that differ by a hair’s breadth",
        script=Script(HAIRS_BREADTH, dict(zip(("overlap", "touching", "gap"), map(hairs_breadth, _GAPS), strict=True))),
        fields=(),
    )


@st.cache_resource(show_spinner=False)
def hairs_breadth_norms() -> tuple[Series, ...]:
    """Return ‖w‖ of the three regimes over times ηt, with ‖w*‖ of the overlapping one."""
    times = 10.0 ** (np.arange(241) / 40)
    with SOLVER:
        flows = [gradient_flow(hairs_breadth(gap), float(times[-1]), fit_bias=False) for gap in _GAPS]
    norms = [np.interp(np.log(times), np.log(flow.times[1:]), flow.weight_norm[1:]) for flow in flows]
    best = optimum(hairs_breadth(_GAPS[0]), Objective(fit_bias=False))
    targets = (float(np.linalg.norm(best.weights)), None, None)
    return tuple(Series(*known) for known in zip(_REGIMES, [times] * 3, norms, targets, strict=True))


def norm_chart(pair: Pair, asked: Asked) -> Picture:
    """Return the chart of both lengths."""
    curves = (pair.a.norm_curve(), pair.b.norm_curve())
    return two_norms(_shown(curves, asked), quantity=pair.a.quantity, **look(pair, asked))


def loss_chart(pair: Pair, asked: Asked) -> Picture:
    """Return the chart of both losses."""
    return two_losses(_shown((pair.a.loss_curve(), pair.b.loss_curve()), asked), **look(pair, asked))


def _shown(curves: tuple[Series, Series], asked: Asked) -> tuple[Series, ...]:
    return curves[:1] if hides_b(asked) else curves


def look(pair: Pair, asked: Asked) -> dict[str, Any]:
    """Return what all charts over steps are asked for: where gradient flow begins, the theme."""
    return {"flow_from": flow_from(pair), "theme": asked.theme}


def flow_from(pair: Pair) -> float | None:
    """Return the step from which on gradient flow continues the runs."""
    return None if pair.a.flow is None and pair.b.flow is None else float(pair.a.n_steps)
