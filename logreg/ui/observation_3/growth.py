"""Scenes over steps: by hand, two norms, the third case, and why no curve is a proof."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
import streamlit as st

from logreg.certificates.optimum import optimum
from logreg.data.lecture_sets import hairs_breadth
from logreg.figures.comparison import two_losses, two_norms
from logreg.figures.numbers import format_number
from logreg.figures.one_weight import one_weight_loss
from logreg.figures.picture import Picture
from logreg.figures.regimes import three_regimes
from logreg.figures.series import Series
from logreg.theory.flow import gradient_flow
from logreg.training.objective import Objective
from logreg.ui.observation_3 import sentences
from logreg.ui.observation_3.pair import SOLVER, Pair, by_hand_pair, make_pair
from logreg.ui.observation_3.view import Request, SceneView

WHICH_AT = 1000
"""The step at which the reader is asked which run is which."""

_GAPS = (-0.01, 0.0, 0.01)
_MARK = 1e4
_REGIMES = ("overlap 0.01", "touching", "gap 0.01")


def by_hand(pair: Pair, request: Request) -> SceneView:
    """Show three samples at x = 1, whose minimum is found on paper; the points on the screen play no part."""
    hand = by_hand_pair(request.flow)
    a, b = hand.sides
    optima = (None, log(2.0))
    names = ("A: + + +", "B: + + −")
    data = [side.dataset for side in hand.sides]
    return SceneView(
        runs=(a.view, b.view),
        curves=(one_weight_loss(data, names, optima, theme=request.theme), norm_chart(hand, request)),
        caption=(
            "A (+ + +), step {0.step}: w = {0.norm}[, +{0.gain} in the last decade]; "
            "w* = logit(3/3) = ∞.\n"
            "B (+ + −): w* = logit(2/3) = ln 2 = 0.6931; w = {1.norm}[, {1.short} % short of it]."
        ),
        lines=(
            "Three samples at x = 1, no bias. The loss is least where h(1) is the share of +: 3/3 in A, 2/3 in B.",
            f"σ(w) = 1 for no number w: A has no minimum; in the end w ≈ log(ηt), "
            f"η = {format_number(hand.learning_rate)}. "
            "One flipped label makes it ln 2.",
        ),
        targets=hand.targets,
        planes=False,
    )


def two_norms_scene(pair: Pair, request: Request) -> SceneView:
    """Show the headline: a straight line beside a plateau."""
    a, b = (sentences.verdict(side) for side in pair.sides)
    caption = sentences.caption(pair)
    year = sentences.after_a_year(pair.a) or sentences.after_a_year(pair.b)
    if request.flow and year:
        a = year
    b = sentences.flow_end(pair.b) or b
    a = sentences.flow_end(pair.a) or a
    if request.hides_b:
        caption, b = caption.split("\n", maxsplit=1)[0], "**B.** The same points, but for one label (ringed)."
    return SceneView((pair.a.view, pair.b.view), (norm_chart(pair, request),), caption, (a, b), pair.targets)


def third_case(pair: Pair, request: Request) -> SceneView:
    """Show norm and loss side by side: quasi-separable data have both a norm that grows and a loss above 0."""
    curves = (norm_chart(pair, request), loss_chart(pair, request))
    b = pair.b
    said = {
        "quasi-separable": "Not separable, and still no minimum: a finite minimum needs overlap.",
        "separable": "With this flip the points are separable; flip another to see the third case.",
        "overlapping": "With this flip the points overlap; the third case needs points that stay on the line.",
    }[b.kind]
    caption = f"B, step {{1.step}}: {sentences.growth(b, 1)}\n{sentences.loss(b, 1)}"
    lines = (sentences.verdict(b), sentences.flow_end(b) or sentences.flow_end(pair.a) or said)
    if request.hides_b:
        caption = f"A, step {{0.step}}: {sentences.growth(pair.a, 0)} {sentences.loss(pair.a, 0)}"
        lines = (sentences.verdict(pair.a), "**B.** Another label is flipped (ringed).")
    views = pair.a.view, b.view
    return SceneView(views, curves, caption, lines, pair.targets)


def no_proof(pair: Pair, request: Request) -> SceneView:
    """Show two runs that nothing but a certificate tells apart."""
    return hairs_breadth_view(pair, request) if request.view == 2 else which_is_which(pair, request)


def which_is_which(pair: Pair, request: Request) -> SceneView:
    """Show both runs up to 10³ steps without names; or, revealed, all of them with names."""
    if request.reveals:
        return two_norms_scene(pair, request)
    short = make_pair(pair.a.dataset, pair.flipped, pair.fit_bias, n_steps=WHICH_AT)
    curves = (short.a.norm_curve(), short.b.norm_curve())
    symbol, name = pair.a.symbol, "size" if pair.fit_bias else "norm"
    return SceneView(
        runs=(short.a.view, short.b.view),
        curves=(two_norms(curves, quantity=short.a.quantity, anonymous=True, theme=request.theme),),
        caption=(f"Step {{0.step}}: {symbol} = {{0.{name}}} and {{1.{name}}}.\n{_which(pair)} Which curve is which?"),
        lines=("No finite piece of a curve decides: only the certificate, found before any training, does.",),
        planes=False,
    )


def _which(pair: Pair) -> str:
    settling = [side for side in pair.sides if side.kind == "overlapping"]
    if len(settling) == 1:
        return "One of them settles, the other grows for ever."
    return "Both settle." if settling else "Both grow for ever."


def hairs_breadth_view(pair: Pair, request: Request) -> SceneView:
    """Show one set with overlap 0.01, touching, and with gap 0.01; the points on the screen play no part."""
    curves = hairs_breadth_norms()
    regimes = three_regimes(curves, mark=_MARK, theme=request.theme)
    here = [format_number(one.value_at(_MARK), 3) for one in curves]
    limit = float(curves[0].target or 0.0)
    return SceneView(
        runs=(pair.a.view, pair.b.view),
        curves=(regimes,),
        caption=(
            f"At ηt = 10⁴: ‖w‖ = {here[0]} with an overlap of 0.01, {here[1]} touching, {here[2]} with a gap of 0.01.\n"
            f"The first ends at {format_number(limit, 3)}; the other two never end."
        ),
        lines=(
            "42 points, no bias; the sets differ in two points, by 0.005 from one to the next. One picture up to "
            "ηt = 10⁴, three theorems: only the certificate decides.",
        ),
        planes=False,
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


def norm_chart(pair: Pair, request: Request) -> Picture:
    """Return the chart of both lengths."""
    curves = (pair.a.norm_curve(), pair.b.norm_curve())
    return two_norms(_shown(curves, request), quantity=pair.a.quantity, **look(pair, request))


def loss_chart(pair: Pair, request: Request) -> Picture:
    """Return the chart of both losses."""
    return two_losses(_shown((pair.a.loss_curve(), pair.b.loss_curve()), request), **look(pair, request))


def _shown(curves: tuple[Series, Series], request: Request) -> tuple[Series, ...]:
    return curves[:1] if request.hides_b else curves


def look(pair: Pair, request: Request) -> dict[str, Any]:
    """Return what all charts over steps are asked for: where gradient flow begins, the theme."""
    return {"flow_from": flow_from(pair), "theme": request.theme}


def flow_from(pair: Pair) -> float | None:
    """Return the step from which on gradient flow continues the runs."""
    return None if pair.a.flow is None and pair.b.flow is None else float(pair.a.n_steps)
