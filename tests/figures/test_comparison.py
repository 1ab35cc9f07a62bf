"""Comparisons: two runs in one chart, no name over another, and nothing that tells what is hidden."""

import json
import re
from itertools import pairwise
from math import inf, isnan, log, nan

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures import comparison, one_weight, plane, regimes
from logreg.figures.labels import push_apart
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import STEP_ZERO, step_axis
from logreg.figures.theme import DARK, LIGHT
from logreg.training.model import Model
from logreg.training.objective import mean_cross_entropy


def figure_of(draw):
    return lambda *what, **how: draw(*what, **how).figure


def words_of(draw):
    return lambda *what, **how: draw(*what, **how).alt


two_norms, two_norms_alt = figure_of(comparison.two_norms), words_of(comparison.two_norms)
two_losses, two_losses_alt = figure_of(comparison.two_losses), words_of(comparison.two_losses)
three_regimes, three_regimes_alt = figure_of(regimes.three_regimes), words_of(regimes.three_regimes)
one_weight_loss, one_weight_loss_alt = figure_of(one_weight.one_weight_loss), words_of(one_weight.one_weight_loss)
decision_boundary = figure_of(plane.decision_boundary)
STEPS = np.array([0, 1, 10, 100, 1000])
A = RunCurve("A: grows", STEPS, [0.0, 0.7, 1.5, 2.5, 4.0], theory=([100, 1000], [2.4, 3.9]))
B = RunCurve("B: stops", STEPS, [0.0, 0.6, 0.8, 0.9, 0.91], target=0.92)
LOSS_A = RunCurve("A: falls", STEPS, [0.7, 0.5, 0.1, 0.01, 0.001], target=0.0, target_name="infimum")
LOSS_B = RunCurve("B: rests", STEPS, [0.7, 0.6, 0.5, 0.45, 0.45], target=0.44, target_name="minimum")
BROKEN = RunCurve("B: breaks", STEPS, [nan, 1.0, inf, -inf, nan], target=inf, theory=([], []))
SHORT = RunCurve("B: short", [0], [0.0])
DRAWINGS = [two_norms, two_losses]
TIMES = np.array([0.0, 1, 100, 1e4, 1e6])
REGIMES = [np.array([0.0, 2, 14, 26, 40]), np.array([0.0, 2, 14, 27, 41.5]), np.array([0.0, 2, 14, 28, 43])]
REGIME_NAMES = ["overlap", "touching", "gap"]
ALL_PLUS, ONE_MINUS = (Dataset([[1.0]] * 3, labels) for labels in ([1, 1, 1], [1, 1, 0]))


def only(figure, role, part):
    (found,) = (t for t in figure.data if (t.meta["role"], t.meta["part"]) == (role, part))
    return found


def labels(figure):
    return [note for note in figure.layout.annotations if note.visible]


def texts(figure):
    return [re.sub("<[^>]*>", "", note.text) for note in labels(figure)]


# two runs


def test_both_runs_come_out_with_their_own_numbers_and_the_cursor_on_each():
    figure = two_norms((A, B), 100)
    for curve, part, dot in ((A, "run", "marker"), (B, "pinned", "marker 1")):
        line, marker = only(figure, "curve", part), only(figure, "cursor", dot)
        assert line.x[1:] == pytest.approx(STEPS[1:])
        assert line.y == pytest.approx(curve.values)
        assert (marker.x[0], marker.y[0]) == (100, curve.values[3])
    assert set(only(figure, "cursor", "line").x) == {100}
    assert only(figure, "curve", "theory").y == pytest.approx([2.4, 3.9])
    assert set(only(figure, "optimum", "line 1").y) == {0.92}
    assert not only(figure, "optimum", "line").x
    assert figure.layout.title.text == "‖w‖ at step 100: A 2.5, B 0.9"
    assert texts(figure) == ["A: grows", "···· theory", "B: stops", "‖w*‖ = 0.92"]


def test_lengths_with_a_bias_say_so():
    figure = two_norms((A, B), 0, quantity="parameter_norm")
    assert figure.layout.yaxis.title.text == figure.layout.meta["label"] == "‖(w, b)‖"
    assert figure.layout.meta["quantity"] == "parameter_norm"
    with pytest.raises(ValueError, match="quantity"):
        two_norms((A, B), 0, quantity="bias")


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_traces_are_the_same_in_the_same_order_for_all_data(draw):
    reference = [t.meta for t in draw((A, B), 0).data]
    pairs = [(A, A), (A, SHORT), (SHORT, SHORT), (A, BROKEN), (BROKEN, BROKEN), (LOSS_A, LOSS_B)]
    for pair in pairs:
        for options in ({}, {"hidden": 0}, {"hidden": 1}, {"anonymous": True}, {"axis": "linear"}, {"flow_from": 1}):
            figure = draw(pair, 0, **options)
            assert [t.meta for t in figure.data] == reference
            assert len(figure.layout.annotations) == 7
            low, high = figure.layout.yaxis.range
            assert low < high
            json.loads(figure.to_json())


def test_numbers_that_are_not_finite_are_left_out_and_counted():
    figure = two_norms((A, BROKEN), 10)
    assert sum(isnan(y) for y in only(figure, "curve", "pinned").y) == 4
    assert figure.layout.annotations[-1].text == "not drawn: B: 4 records are not finite"
    assert not only(figure, "optimum", "line 1").x
    assert "‖w*‖ = ∞." in two_norms_alt((A, BROKEN), 10)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_step_zero_has_a_gutter_of_its_own(draw):
    figure = draw((LOSS_A, LOSS_B), 0)
    assert only(figure, "start", "start").x[0] == only(figure, "cursor", "marker 1").x[0] == STEP_ZERO
    assert isnan(only(figure, "curve", "run").x[0])
    assert only(draw((LOSS_A, LOSS_B), 0, axis="linear"), "curve", "pinned").x[0] == 0


def test_both_step_axes_travel_with_the_figure_and_nothing_jumps():
    figures = [two_norms((A, B), s, axis=k) for s in (0, 10, 1000) for k in ("log", "linear")]
    assert len({str((f.layout.margin, f.layout.height, f.layout.yaxis.range)) for f in figures}) == 1
    for figure in figures:
        assert {"log", "linear", "axis", "step", "quantity", "label"} <= figure.layout.meta.keys()
        assert figure.layout.meta["log"]["xaxis"]["type"] == "log"
        json.dumps(figure.layout.meta)


@pytest.mark.parametrize("draw", DRAWINGS)
@pytest.mark.parametrize("other", [BROKEN, SHORT, RunCurve("B", [0, 10**6], [3.0, 500.0], 900.0, "x", ([1], [700.0]))])
def test_nothing_in_the_figure_or_its_words_depends_on_a_hidden_run(draw, other):
    said = {two_norms: two_norms_alt, two_losses: two_losses_alt}[draw]
    assert draw((A, B), 10, hidden=1).to_json() == draw((A, other), 10, hidden=1).to_json()
    assert draw((B, A), 10, hidden=0).to_json() == draw((other, A), 10, hidden=0).to_json()
    assert said((A, B), 10, hidden=1) == said((A, other), 10, hidden=1)
    figure = draw((A, B), 10, hidden=1)
    hidden = [only(figure, "curve", "pinned"), only(figure, "cursor", "marker 1"), only(figure, "optimum", "line 1")]
    assert all(trace.visible is False and not trace.x for trace in hidden)  # also where the stage fills them in
    assert figure.layout.meta["hidden"] == 1


def test_an_anonymous_chart_tells_neither_names_nor_targets_nor_theory():
    a, b = RunCurve("Ada", STEPS, A.values, 7.5, "goal", A.theory), RunCurve("Bob", STEPS, B.values, 0.92, "goal")
    figure = two_norms((a, b), 100, anonymous=True)
    shown = figure.to_json() + two_norms_alt((a, b), 100, anonymous=True)
    assert not re.search("Ada|Bob|goal|theory</|7\\.5", shown)
    assert texts(figure) == ["?", "?"]
    assert len({only(figure, "curve", p).line.color for p in ("run", "pinned")}) == 1
    assert len({only(figure, "curve", p).line.width for p in ("run", "pinned")}) == 1
    assert {t.hoverinfo for t in figure.data} == {"skip"}
    assert figure.layout.yaxis.range[1] < 7
    assert two_norms((b, a), 100, anonymous=True).layout.title.text == figure.layout.title.text


def test_the_loss_axis_is_logarithmic_where_the_losses_fall_far_and_an_infimum_of_zero_lies_below_it():
    figure = two_losses((LOSS_A, LOSS_B), 10)
    assert figure.layout.yaxis.type == "log"
    assert "↓ A: infimum = 0" in texts(figure)
    assert "B: minimum = 0.44" in texts(figure)
    assert two_losses((LOSS_B, LOSS_B), 10).layout.yaxis.type == "linear"
    underflowed = RunCurve("A", STEPS, [0.7, 0.5, 0.01, 0.0, 0.0])
    assert two_losses((underflowed, LOSS_B), 10).layout.annotations[-1].text == "not drawn: A: 2 records are exactly 0"


def test_gradient_flow_begins_at_a_line_on_both_axes():
    flow = RunCurve("A", [0, 10, 100, 1e12 + 0.5], [0.0, 1.0, 2.0, 12.0])
    figure = two_norms((flow, B.at_rest_until(1e12)), 1e6, flow_from=100)
    for kind in ("log", "linear"):
        line = figure.layout.meta[kind]["shapes"][-1]
        assert line["x0"] == line["x1"] == 100
        assert "gradient flow" in line["label"]["text"]
    assert only(figure, "cursor", "marker 1").x[0] == 1e6
    assert "From step 100 on gradient flow" in two_norms_alt((flow, B), 5, flow_from=100)


def test_the_words_carry_the_numbers():
    words = two_norms_alt((A, B), 100)
    for part in (
        "At step 100 it",
        "4 at step 1,000",
        "it is 2.5",
        "it is 0.9",
        "‖w*‖ = 0.92",
        "ends at 3.9",
    ):
        assert part in words
    assert "infimum = 0." in two_losses_alt((LOSS_A, LOSS_B), 0)


def test_wrong_curves_steps_and_names_are_refused():
    for steps, values in (([0, 1], [1.0]), ([], []), ([1, 0], [0.0, 1.0]), ([-1, 0], [0.0, 1.0]), ([nan], [1.0])):
        with pytest.raises(ValueError, match="steps"):
            RunCurve("A", steps, values)
    for step in (-1, 1001, nan):
        with pytest.raises(ValueError, match="step"):
            two_norms((A, B), step)
    with pytest.raises(ValueError, match="hidden"):
        two_norms((A, B), 0, hidden=2)
    with pytest.raises(ValueError, match="axis"):
        two_norms((A, B), 0, axis="log1p")


def test_a_curve_says_its_records_and_lies_on_lines_between_them():
    assert (A.value_at(10), A.value_at(55), A.value_at(10**9)) == (1.5, 2.0, 4.0)
    assert [A.record_at(step) for step in (0, 9, 10, 10**9)] == [0, 1, 2, 4]
    assert B.at_rest_until(10**6).values[-1] == B.values[-1]
    assert B.at_rest_until(1000) is B


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_colour_comes_from_the_theme(theme):
    known = {c.lower() for c in (*vars(theme).values(), *theme.classes) if isinstance(c, str)}
    figures = [two_norms((A, B), 3, theme=theme, flow_from=10), two_losses((LOSS_A, LOSS_B), 3, theme=theme)]
    figures += [two_norms((A, B), 3, theme=theme, anonymous=True)]
    figures += [three_regimes(TIMES, REGIMES, REGIME_NAMES, [50.0, None, None], mark=1e4, theme=theme)]
    figures += [one_weight_loss([ALL_PLUS, ONE_MINUS], ["A", "B"], [None, log(2)], theme=theme)]
    figures += [decision_boundary(make_dataset("moons"), Model([1, 1]), theme=theme, compact=True, flipped=1)]
    for figure in figures:
        used = set(re.findall('"(#[0-9a-f]{6})"', figure.to_json().lower()))
        assert used
        assert used <= known
    assert theme.run_b.lower() in figures[0].to_json().lower()


# names at the ends


@given(st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 60)), max_size=6))
@example([(100.0, 20.0)] * 3)
def test_names_never_lie_over_one_another_nor_outside_and_stay_where_there_is_room(boxes):
    wanted, sizes = [w for w, _ in boxes], [s for _, s in boxes]
    places = push_apart(wanted, sizes, 400.0)
    spans = sorted((p - s / 2, p + s / 2) for p, s in zip(places, sizes, strict=True))
    assert all(above[0] >= below[1] - 1e-9 for below, above in pairwise(spans))
    assert all(low >= -1e-9 and high <= 400 + 1e-9 for low, high in spans)
    free = sorted((w - s / 2, w + s / 2) for w, s in boxes)
    if all(b[0] > a[1] for a, b in pairwise(free)) and all(a >= 0 and b <= 400 for a, b in free):
        assert places == pytest.approx(wanted)


@pytest.mark.parametrize("height", [195, 300, 400])
@pytest.mark.parametrize("end", [4.0, 3.99, 0.01, 4.5])
def test_names_at_the_ends_stay_apart_in_pixels(height, end):
    near = RunCurve("B: near", STEPS, [0.0, 0.1, 0.2, 0.3, end], target=end, theory=([10, 1000], [1.0, end]))
    figure = two_norms((A, near), 0, height=height)
    low, high = figure.layout.yaxis.range
    scale = (height - figure.layout.margin.t - figure.layout.margin.b) / (high - low)
    middles = sorted((note.y * scale, note.font.size) for note in labels(figure))
    assert len(middles) == 5
    for (below, size), (above, other) in pairwise(middles):
        assert above - below >= 0.6 * (size + other)
    assert all(low <= note.y <= high for note in labels(figure))


# three regimes


def test_three_regimes_hold_their_numbers_and_the_mark():
    figure = three_regimes(TIMES, REGIMES, REGIME_NAMES, [88.6, None, None], mark=1e4)
    for i, row in enumerate(REGIMES):
        assert only(figure, "curve", f"run {i}").y == pytest.approx(row[1:])
    assert only(figure, "mark", "dots").y == pytest.approx([26, 27, 28])
    assert set(only(figure, "mark", "line").x) == {1e4}
    assert set(only(figure, "optimum", "line 0").y) == {88.6}
    assert figure.layout.title.text == "‖w‖ at ηt = 10,000: 26, 27, 28"
    assert figure.layout.yaxis.range[1] > 88.6
    assert dict(figure.layout.meta) == {"static": True}
    words = three_regimes_alt(TIMES, REGIMES, REGIME_NAMES, [88.6, None, None], mark=1e4)
    assert "overlap: 26 at ηt = 10,000, 40 at ηt = 1,000,000; a dashed line at ‖w*‖ = 88.6." in words


def test_a_run_that_ends_early_is_drawn_as_far_as_it_goes():
    early = [REGIMES[0], np.where(TIMES > 1e4, nan, REGIMES[1]), np.full(5, nan)]
    figure = three_regimes(TIMES, early, REGIME_NAMES, [None] * 3, mark=100)
    assert texts(figure) == ["overlap", "touching"]
    assert "27 at ηt = 10,000" in three_regimes_alt(TIMES, early, REGIME_NAMES, [None] * 3, mark=100)
    with pytest.raises(ValueError, match="mark"):
        three_regimes(TIMES, REGIMES, REGIME_NAMES, [None] * 3, mark=1e7)
    with pytest.raises(ValueError, match="norms"):
        three_regimes(TIMES, REGIMES, ["one"], [None] * 3, mark=100)


# one weight


def test_a_single_weight_has_its_minimum_at_log_two_or_none():
    figure = one_weight_loss([ALL_PLUS, ONE_MINUS], ["A: + + +", "B: + + −"], [None, log(2)])
    falling, bowl = only(figure, "curve", "run 0"), only(figure, "curve", "run 1")
    assert falling.y == pytest.approx(np.log1p(np.exp(-falling.x)))
    assert (np.diff(falling.y) < 0).all()
    minimum = only(figure, "optimum", "point 1")
    assert minimum.x[0] == log(2)
    assert minimum.y[0] == pytest.approx(mean_cross_entropy(np.array([log(2), log(2), -log(2)])))
    assert minimum.y[0] <= min(bowl.y)
    assert not only(figure, "optimum", "point 0").x
    assert any("falls for ever" in text for text in texts(figure))
    assert any("w* = 0.6931" in text for text in texts(figure))
    words = one_weight_loss_alt([ALL_PLUS, ONE_MINUS], ["A", "B"], [None, log(2)])
    assert "A: no minimum" in words
    assert "0.6365 at w* = 0.6931" in words


def test_a_loss_that_falls_to_the_left_is_shown_there():
    figure = one_weight_loss([Dataset([[2.0]], [0])], ["−"], [None])
    w = only(figure, "curve", "run 0").x
    assert -w[0] > w[-1]
    with pytest.raises(ValueError, match="feature"):
        one_weight_loss([Dataset([[1, 2]], [0])], ["−"], [None])


# the long linear axis


@given(st.integers(10**7, 10**18))
@example(10**12)
@example(2 * 10**7 - 1)
def test_a_long_linear_step_axis_has_few_short_labels(last):
    axis = step_axis("linear", last)
    assert 3 <= len(axis["tickvals"]) <= 7
    assert axis["tickvals"][-1] <= last
    assert max(map(len, axis["ticktext"])) <= 9
