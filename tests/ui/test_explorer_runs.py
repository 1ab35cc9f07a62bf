"""The explorer's runs: how they start, rise, end, and stand beside a pinned one."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS, make_dataset
from logreg.figures.numbers import format_number
from logreg.figures.theme import DARK, LIGHT
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, smoothness
from logreg.training.trainer import train
from logreg.ui import results
from logreg.ui.explorer.run import shelf
from logreg.ui.explorer.sentences import n_rises
from logreg.ui.stage import Edit, encode_points
from tests.ui.explorer_page import (
    everything,
    header_of_the_stage,
    headline,
    numbers,
    open_page,
    pinned,
    start_sentence,
    verdict,
)

PENALISED, IRIS = {"l2": "0.01"}, {"data": DATASETS["iris_setosa_versicolor"].title}
ASKED = [{}, {"eta": "1"}, {"steps": "10"}, PENALISED, PENALISED | {"penalise": "true"}, {"bias": "false"}, IRIS]
ASKED += [IRIS | {"centred": "true"}, {"norm_with_bias": "true"}, {"start": "badly wrong"}, {"seed": "1"}]


def sent(link, is_pinned):
    at = open_page(**link)
    if is_pinned:
        pinned(at, steps="50")
        at.run()
    header = header_of_the_stage(at)
    return {name: header[name] for name in ("runs", "figures", "alt", "theme")}


def test_what_is_sent_of_a_run_is_made_once_and_is_what_would_be_drawn_anew(monkeypatch):
    states = [*((link, LIGHT, is_pinned) for link in ASKED for is_pinned in (False, True)), ({}, DARK, False)]
    shelf.clear()

    def shown(state):
        monkeypatch.setattr("logreg.figures.theme.theme_for", lambda _: state[1])
        return sent(state[0], state[2])

    first = [shown(state) for state in states]
    kept = len(shelf())
    assert [shown(state) for state in states] == first
    assert len(shelf()) == kept == len(states), "nothing was drawn twice, nor taken for something else"
    for state, found in zip(states, first, strict=True):
        shelf.clear()
        assert shown(state) == found


def test_the_run_never_claims_to_have_converged():
    at = open_page(data=DATASETS["overlapping_blobs"].title, steps="1000")
    assert "Stopped at the step limit, 1,000" in everything(at)
    assert "converged" not in everything(at)


def test_xor_from_zero_weights_stops_because_its_gradient_is_zero():
    at = open_page(data=DATASETS["xor"].title, xor_spread="0")
    assert "exactly zero" in everything(at)


def test_a_large_learning_rate_is_said_to_be_over_the_bound():
    at = open_page(eta="100")
    assert "the loss may rise" in everything(at)


def test_a_run_that_rises_is_said_first_of_all_with_its_numbers():
    link = {"data": DATASETS["overlapping_blobs"].title, "eta": "100", "steps": "500"}
    dataset = make_dataset("overlapping_blobs")
    run = train(dataset, TrainingConfig(learning_rate=100.0, n_steps=500))
    rises = int((np.diff(run.loss) > 1e-6).sum())
    times = format_number(100.0 * smoothness(dataset, Objective()) / 2.0, 3)
    assert 100 < rises < 400
    said = f"**η is {times} times 2/L: the loss rises, and the path is no descent.** Overlapping. No line"
    assert verdict(at := open_page(**link)).startswith(said)
    assert headline(at) == f"# Explorer.\n\nThe loss rises at {rises} of the first 500 steps."
    penalised = open_page(**link, l2="0.1")
    assert "The objective rises at" in headline(penalised)
    assert "the objective rises, and" in verdict(penalised)
    at = open_page(**{**link, "steps": "10000"})
    assert "of the first 1,000 steps" in headline(at)
    whole = results.runs().go_on(dataset, TrainingConfig(learning_rate=100.0, n_steps=10_000))
    assert f"of {whole.n_records - 1:,} recorded steps" in headline(at.run())


def test_a_run_over_the_bound_that_never_rises_is_not_said_to_rise():
    at = open_page(eta="100")
    assert "the loss may rise" in everything(at)
    assert "Gradient descent looks for" in headline(at)


def test_a_run_that_leaves_float64_is_said_to():
    at = open_page(data=DATASETS["overlapping_blobs"].title, eta="10000", l2="10", start="badly wrong")
    assert re.search(
        r"The objective rises at [\d,]+ of the first [\d,]+ steps, and the next step leaves float64\.", headline(at)
    )


@given(rate=st.floats(0.1, 50.0), seed=st.integers(0, 50), l2=st.sampled_from([0.0, 0.01, 1.0]))
@settings(max_examples=40, deadline=None)
def test_what_counts_as_a_rise_is_more_than_rounding_and_nothing_else(rate, seed, l2):
    dataset = make_dataset("overlapping_blobs", n_samples=12, seed=seed)
    objective = Objective(l2=l2)
    eta = rate / smoothness(dataset, objective)
    up = np.diff((run := train(dataset, TrainingConfig(learning_rate=eta, n_steps=300, objective=objective))).loss)
    found = n_rises(run)
    assert (up > 1e-12 * (1.0 + run.loss[1:])).sum() <= found <= (up > 0).sum()
    assert found == 0 or rate >= 2.0


def test_a_long_run_waits_for_its_button_once_its_first_hundred_thousand_steps_are_done():
    at = open_page(steps="200000", n="10")
    assert "The first 1,000 of 200,000 steps" in everything(at)
    assert "goes on" in header_of_the_stage(at)["message"]
    dataset = make_dataset("separable_blobs", n_samples=10)
    results.runs().go_on(dataset, TrainingConfig(n_steps=200_000))  # what the browser asks for
    at.run()
    assert "The first 100,000 of 200,000 steps" in everything(at)
    assert header_of_the_stage(at)["more"] is None
    assert [action["label"] for action in header_of_the_stage(at)["actions"]] == [
        "Pin this run",
        "Run all 200,000 steps",
    ]


@pytest.mark.parametrize("start", ["zero", "badly wrong", "typed"])
@pytest.mark.parametrize("bias", ["true", "false"])
def test_every_start_is_written_out(start, bias):
    at = open_page(start=start, bias=bias, w1="2.5")
    assert "The run starts at w = " in everything(at)
    assert ("w = (2.5, 0)" in everything(at)) == (start == "typed")


def test_a_pinned_run_is_drawn_beside_the_next_one_and_the_page_says_how_they_differ():
    at = open_page(start="badly wrong")
    pinned(at, l2="0.1")
    at.run()
    assert [run["name"] for run in header_of_the_stage(at)["runs"]] == ["this run", "pinned run"]
    assert [action["label"] for action in header_of_the_stage(at)["actions"]] == ["Unpin"]
    eta = format_number(at.session_state["explorer_pinned"].trajectory.learning_rate)
    assert f"The pinned run has η = {eta}, λ = 0.1, and starts at the same place. Equal steps" in everything(at)


def test_a_typed_start_stays_the_reader_s_beside_a_pinned_run():
    at = open_page(start="typed", w1="1")
    pinned(at, start="typed", typed=(1.0, 0.0, 0.0))
    at.number_input(key="w1").set_value(5.0).run()
    assert "starts at w = (5, 0)" in start_sentence(at)


def test_beside_a_pinned_run_other_labels_are_trained_from_the_same_start():
    at = open_page(start="badly wrong")
    pinned(at)
    preset = at.session_state["laboratory_points"][1].preset
    start = start_sentence(at)
    source, history = at.session_state["laboratory_points"]
    at.session_state["laboratory_points"] = source, history.apply(Edit("flip", index=0))
    at.run()
    assert start_sentence(at) == start
    assert "has other points, and starts at the same place" in everything(at)
    assert preset.y[0] != at.session_state["laboratory_points"][1].present.y[0]


@pytest.mark.parametrize("eta", ["0.0001", "100", "10000"])
@pytest.mark.parametrize("l2", ["0", "0.1", "10"])
@pytest.mark.parametrize("data", ["overlapping_blobs", "separable_blobs", "one_class"])
def test_diverging_and_overshooting_runs_are_shown_as_they_are(eta, l2, data):
    at = open_page(data=DATASETS[data].title, eta=eta, l2=l2, start="badly wrong", penalise="true")
    assert (f"the {'loss' if l2 == '0' else 'objective'} may rise" in everything(at)) == (eta != "0.0001")
    assert "nan" not in everything(at).replace("finan", "")
    if eta == "10000" and l2 == "10":
        assert "leaves float64" in everything(at)


def test_a_link_s_step_beyond_the_first_thousand_is_where_the_stage_will_go():
    header = header_of_the_stage(open_page(steps="10000", step="5000", seed="77"))
    assert header["step"] == 5000
    assert header_of_the_stage(open_page(steps="10000", step="10000"))["step"] is None
    assert header_of_the_stage(open_page(steps="10000", step="end"))["step"] is None
    assert "this run ends at step 100" in header_of_the_stage(open_page(steps="100", step="500"))["message"]


def test_the_numbers_name_their_step_and_the_objective_its_name():
    assert numbers(open_page(steps="100"))["step"] == "0"
    assert numbers(open_page(steps="100", step="end"))["step"] == "100"
    penalised = everything(at := open_page(steps="100", l2="0.1"))
    assert {"objective", "cross-entropy"} < numbers(at).keys()
    assert "loss" not in numbers(at)
    assert "There the objective is 0." in penalised


def test_an_underflow_is_not_called_zero():
    shown = numbers(open_page(eta="10000", steps="10", step="end"))
    assert shown["loss"] == shown["‖∇L‖"] == "0 in float64"


def test_at_2_over_l_the_loss_never_rises():
    points = encode_points(Dataset([[2.0, 2.0], [-2.0, -2.0]], [1, 0]))
    at = open_page(data="Your own points (CSV)", pts=points, bias="false", eta="1")
    assert "η = 1 = 2/L = 1: the loss never rises" in everything(at)
