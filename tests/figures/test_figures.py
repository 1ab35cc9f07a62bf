"""Figures hold the numbers they were given, say what they leave out, and never jump."""

import json
from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures import curves, plane
from logreg.figures.curves import value_at
from logreg.figures.numbers import format_number
from logreg.figures.steps import STEP_ZERO, step_axis, step_position
from logreg.figures.theme import DARK, LIGHT, theme_for
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.training.trainer import train

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
TOUCHING = Dataset([[0, 0], [1, 0], [1, 0], [2, 0]], [0, 0, 1, 1])


def figure_of(draw):
    return lambda *what, **how: draw(*what, **how).figure


def words_of(draw):
    return lambda *what, **how: draw(*what, **how).alt


loss_curve, loss_curve_alt = figure_of(curves.loss_curve), words_of(curves.loss_curve)
norm_growth, norm_growth_alt = figure_of(curves.norm_growth), words_of(curves.norm_growth)
decision_boundary = figure_of(plane.decision_boundary)


def traces(figure, role, part=None):
    return [t for t in figure.data if t.meta["role"] == role and part in (None, t.meta["part"])]


def only(figure, role, part=None):
    (found,) = traces(figure, role, part)
    return found


@pytest.fixture(scope="module")
def run():
    return train(make_dataset("separable_blobs", n_samples=30), TrainingConfig(n_steps=3000))


# theme


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_and_lines_stand_out_from_the_page(theme):
    for colour in (theme.text, theme.muted, theme.certain, theme.boundary, theme.run):
        assert contrast(colour, theme.background) >= 4.5
    for colour in theme.classes:
        assert contrast(colour, theme.background) >= 3
    assert contrast("#FFFFFF", theme.primary) >= 4  # Streamlit writes white on it


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_colour_in_a_figure_comes_from_its_theme(theme, run):
    known = {c.lower() for c in (*vars(theme).values(), *theme.classes) if isinstance(c, str)}
    figures = [decision_boundary(XOR, Model([1, 1]), separability=check_separability(XOR), theme=theme)]
    figures += [loss_curve(run, 3, theme=theme, optimum_loss=0.1), norm_growth(run, 3, theme=theme)]
    for figure in figures:
        text = figure.to_json().lower()
        used = {text[i : i + 7] for i in range(len(text)) if text[i] == "#" and text[i - 1] == '"'}
        assert used
        assert used <= known


def test_an_unknown_appearance_is_light():
    assert [theme_for(name) for name in ("dark", "light", None, "sepia")] == [DARK, LIGHT, LIGHT, LIGHT]


# curves


@pytest.mark.parametrize("draw", [loss_curve, norm_growth])
@pytest.mark.parametrize("kind", ["log", "linear"])
def test_a_curve_holds_the_run_and_its_cursor_the_step(draw, kind, run):
    figure = draw(run, 700, axis=kind)
    values = run.loss if draw is loss_curve else run.weight_norm
    curve, cursor = only(figure, "curve", "run"), only(figure, "cursor", "marker")
    assert curve.x[1:] == pytest.approx(run.steps[1:])
    assert curve.y == pytest.approx(values)
    assert (cursor.x[0], cursor.y[0]) == (700, values[700])
    assert set(only(figure, "cursor", "line").x) == {700}
    assert figure.layout.xaxis.type == kind
    assert format_number(values[700]) in figure.layout.title.text


def test_step_zero_has_a_gutter_of_its_own_on_the_log_axis(run):
    figure = loss_curve(run, 0, axis="log")
    assert only(figure, "start").x[0] == only(figure, "cursor", "marker").x[0] == STEP_ZERO
    assert isnan(only(figure, "curve", "run").x[0])  # no line from the gutter to step 1
    assert figure.layout.xaxis.ticktext[:3] == ("0", "1", "10")
    assert len(figure.layout.shapes) == 1
    assert only(loss_curve(run, 0, axis="linear"), "curve", "run").x[0] == 0


@given(st.lists(st.integers(1, 10**15), min_size=1), st.sampled_from(["log", "linear"]))
def test_every_step_but_zero_stands_at_its_own_value(steps, kind):
    assert step_position(steps, kind).tolist() == steps


@given(st.integers(0, 10**15))
def test_the_step_axis_holds_the_whole_run_with_few_labels(last):
    for kind in ("log", "linear"):
        axis = step_axis(kind, last)
        low, high = axis["range"]
        ends = step_position([0, max(last, 1)], kind)
        ends = np.log10(ends) if kind == "log" else ends
        assert low < ends[0]
        assert ends[1] < high
    assert len(step_axis("log", last)["tickvals"]) <= 9


def test_an_unknown_axis_or_quantity_or_step_is_refused(run):
    with pytest.raises(ValueError, match="axis"):
        loss_curve(run, 0, axis="log1p")
    with pytest.raises(ValueError, match="quantity"):
        norm_growth(run, 0, quantity="bias")
    with pytest.raises(ValueError, match="step"):
        loss_curve(run, 3001)


def test_the_cursor_between_two_records_shows_the_runs_own_number(run):
    step = int(run.steps[-2]) + 1
    assert step not in run.steps
    exact = run.model_at(step)
    assert value_at(run, step, "weight_norm") == pytest.approx(np.linalg.norm(exact.weights), rel=1e-15)


def test_the_optimum_is_a_dashed_line_with_its_number_inside_the_axis(run):
    figure = norm_growth(run, 5, optimum_norm=88.6)
    target = only(figure, "optimum")
    assert set(target.y) == {88.6}
    assert target.line.dash == "dash"
    assert figure.layout.annotations[2].text == "‖w*‖ = 88.6"
    assert figure.layout.yaxis.range[1] > 88.6


def test_a_missing_minimum_is_said_in_the_figure_and_in_words(run):
    assert loss_curve(run, 5, no_minimum="no minimum").layout.annotations[0].text == "no minimum"
    assert "no minimum" in loss_curve_alt(run, 5, no_minimum="no minimum")
    assert "‖(w*, b*)‖ = 2.5" in norm_growth_alt(run, 5, optimum_norm=2.5, quantity="parameter_norm")


def test_the_loss_axis_is_logarithmic_for_a_loss_that_falls_far_and_says_so(run):
    assert loss_curve(run, 0).layout.yaxis.type == "log"
    assert "log scale" in loss_curve(run, 0).layout.yaxis.title.text
    flat = train(XOR, TrainingConfig(n_steps=20))
    assert loss_curve(flat, 0).layout.yaxis.type == "linear"
    assert loss_curve(flat, 0).layout.yaxis.title.text == "Loss"


def test_a_loss_of_zero_is_left_out_of_the_log_axis_and_counted(run):
    underflowed = replace(run, loss=np.where(run.steps > 900, 0.0, run.loss))
    zeros = int((run.steps > 900).sum())
    figure = loss_curve(underflowed, run.last_step)
    assert np.isnan(only(figure, "curve", "run").y).sum() == zeros
    assert figure.layout.annotations[1].text == f"not drawn: {zeros} records are 0 in float64"
    assert figure.layout.title.text.endswith(": 0 in float64")


def test_with_a_penalty_the_objective_and_its_cross_entropy_are_drawn_apart(run):
    assert only(loss_curve(run, 0), "curve", "part").y.size == 0
    penalised = train(run.dataset, TrainingConfig(n_steps=50, objective=Objective(l2=0.1)))
    figure = loss_curve(penalised, 50)
    assert figure.layout.title.text.startswith("Objective at step 50: ")
    np.testing.assert_array_equal(only(figure, "curve", "part").y[1:], penalised.data_loss[1:])
    np.testing.assert_array_equal(only(figure, "curve", "run").y[1:], penalised.loss[1:])
    assert [a.text for a in figure.layout.annotations if a.visible] == ["dotted: cross-entropy"]
    assert "cross-entropy alone" in loss_curve_alt(penalised, 50)


def test_a_note_stands_where_the_curve_does_not_end(run):
    falls = loss_curve(run, 0, no_minimum="no minimum")
    rises = norm_growth(run, 0, no_minimum="no minimum")
    assert falls.layout.annotations[0].yanchor == "top"
    assert rises.layout.annotations[0].yanchor == "bottom"
    shrinks = replace(run, weight_norm=run.weight_norm[::-1])
    assert norm_growth(shrinks, 0, no_minimum="no minimum").layout.annotations[0].yanchor == "top"


def test_a_minimiser_that_is_not_the_only_one_is_called_the_shortest(run):
    figure = norm_growth(run, 0, optimum_norm=1.5, is_unique=False)
    assert "shortest minimiser: ‖w*‖ = 1.5" in [a.text for a in figure.layout.annotations]
    assert "shortest" not in norm_growth_alt(run, 0, optimum_norm=1.5)
    assert "shortest" in norm_growth_alt(run, 0, optimum_norm=1.5, is_unique=False)


def test_both_step_axes_travel_with_the_figure(run):
    meta = norm_growth(run, 9, axis="log").layout.meta
    assert meta["log"]["xaxis"]["type"] == "log"
    assert meta["linear"]["xaxis"]["type"] == "linear"
    assert (meta["axis"], meta["step"]) == ("log", 9)
    json.dumps(meta)


def test_nothing_jumps_when_the_step_or_the_axis_changes(run):
    figures = [loss_curve(run, s, axis=k) for s in (0, 7, 3000) for k in ("log", "linear")]
    assert len({str(f.layout.margin) + str(f.layout.height) + str(f.layout.yaxis.range) for f in figures}) == 1
    assert all([t.meta for t in f.data] == [t.meta for t in figures[0].data] for f in figures)
    assert not figures[0].layout.xaxis.automargin


def test_a_pinned_run_and_a_theory_line_are_drawn_beside_the_run(run):
    short = train(run.dataset, TrainingConfig(n_steps=10, learning_rate=0.01))
    figure = norm_growth(run, 5, pinned=short, theory=([10, 1000], [1.0, 2.0]))
    assert only(figure, "curve", "pinned").y == pytest.approx(short.weight_norm)
    assert list(only(figure, "curve", "theory").x) == [10, 1000]


def test_a_run_without_a_single_step_is_drawn():
    run = train(XOR, TrainingConfig(n_steps=0))
    for figure in (loss_curve(run, 0), norm_growth(run, 0), loss_curve(run, 0, axis="linear")):
        low, high = figure.layout.yaxis.range
        assert low < high
