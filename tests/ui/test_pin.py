"""A pinned run in the link: what decided it comes back to the last bit, and what is damaged is said in one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS
from logreg.ui import results
from logreg.ui.explorer import pin
from logreg.ui.explorer.controls import (
    FIELDS,
    L2,
    LEARNING_RATE,
    OF_A_RUN,
    TrainingChoice,
    source_of,
    texts_of,
    training_of,
)
from logreg.ui.explorer.pin import Pinned, in_link, restore
from logreg.ui.results import Source, centred_dataset, made_dataset, runs
from logreg.ui.stage import Edit, History
from logreg.ui.stage.points import LONGEST_LINK
from tests.ui.explorer_page import everything, header_of_the_stage, open_page
from tests.ui.stages import datasets, same

DAMAGED = "The pinned run in the link is damaged, so none is pinned; the rest of the link is used."


@pytest.fixture
def session(monkeypatch):
    kept = {}
    monkeypatch.setattr(pin.st, "session_state", kept)
    return kept


@st.composite
def sources(draw):
    spec = DATASETS[draw(st.sampled_from(sorted(DATASETS)))]
    knobs = [
        (knob.name, draw(st.integers(int(knob.minimum), int(knob.maximum)) if knob.integer else finite(knob)))
        for knob in spec.knobs
    ]
    size = draw(st.integers(4, 40)) if spec.size is None else spec.size
    return Source(spec.name, size, draw(st.integers(0, 9999)), tuple(knobs))


def finite(knob):
    return st.floats(knob.minimum, knob.maximum).map(lambda number: number + 0.0)


numbers = st.floats(-1000.0, 1000.0).map(lambda number: number + 0.0)
trainings = st.builds(
    TrainingChoice,
    learning_rate=st.sampled_from(LEARNING_RATE.options),
    steps=st.integers(1, 10**6).map(str),
    l2=st.sampled_from(L2.options),
    fit_bias=st.booleans(),
    penalise_bias=st.booleans(),
    start=st.sampled_from(["zero", "badly wrong", "typed"]),
    typed=st.tuples(numbers, numbers, numbers),
)


@given(sources(), trainings, st.booleans())
@settings(max_examples=200, deadline=None)
def test_what_decided_a_run_is_read_from_a_link_as_it_was_written(source, training, centred):
    said = pin.read({key: [text] for key, text in texts_of(source, training, centred).items()}, OF_A_RUN)
    assert not said.faults
    assert source_of(said) == source
    assert training_of(said) == training


def test_no_word_of_a_pin_has_the_sign_that_stands_between_them():
    words = [field.key for field in OF_A_RUN] + [word for field in FIELDS for word in getattr(field, "options", ())]
    assert not [word for word in words if "*" in word]


def pinned_run(source, training, points, centred=False):
    preset = made_dataset(source) if source else points
    dataset = centred_dataset(points) if centred else points
    return Pinned(runs().run(dataset, training.config(dataset)), points, preset, source, training, centred)


BLOBS = Source("separable_blobs", 20, 3, tuple((knob.name, knob.default) for knob in DATASETS["separable_blobs"].knobs))
SHORT = TrainingChoice("auto", "100", "0", True, False, "zero", (0.0, 0.0, 0.0))


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("start", ["zero", "badly wrong"])
@pytest.mark.parametrize("edits", [0, 1, 10])
def test_a_pinned_run_comes_back_to_the_last_bit_from_a_short_link(session, edits, start, centred):
    training = TrainingChoice("0.1", "100", "0.01", True, True, start, (0.0, 0.0, 0.0))
    history = History(made_dataset(BLOBS), made_dataset(BLOBS))
    for number in range(edits):
        history = history.apply(Edit("move", index=number, x=0.1 * number, y=-0.5))
    run = pinned_run(BLOBS, training, history.present, centred)
    there = history.apply(Edit("flip", index=3))
    text, problem = in_link(run, there, None)
    assert problem is None
    assert len(text) < 120 + 30 * edits
    assert restore(text, there) is None
    back = session["explorer_pinned"]
    assert same(back.points, run.points)
    assert back.trajectory.config == run.trajectory.config
    assert back.trajectory.weights.tobytes() == run.trajectory.weights.tobytes()
    assert back.start_for(there.preset, "badly wrong") == run.start_for(there.preset, "badly wrong")


@given(datasets(), datasets())
@settings(max_examples=50, deadline=None)
def test_own_points_of_a_pinned_run_come_back_beside_any_others(points, present):
    run = Pinned(None, points, points, None, SHORT, False)
    text, _ = in_link(run, History(present, present), None)
    edited = text.split("*")[-1]
    assert same(pin._points(edited, present, present), points)
    same_points, _ = in_link(run, History(points, points), None)
    assert len(same_points) < 60, "the points on the screen need not be said twice"


def test_a_pin_that_does_not_fit_beside_the_points_is_left_out_and_said_to_be(session):
    many = Dataset([[0.1 * n, 1.0 / (n + 1)] for n in range(300)], [n % 2 for n in range(300)])
    run = pinned_run(None, SHORT, many)
    other = Dataset([[0.0, 1.0]], [1])
    assert len(in_link(run, History(other, other), None)[0]) <= LONGEST_LINK
    text, problem = in_link(run, History(other, other), "x" * 4000)
    assert text is None
    assert problem == "The pinned run does not fit into the link beside these points; the link holds all else."


@pytest.mark.parametrize(
    "text",
    ["", "*", "**", "eta", "eta*2", "steps*0", "steps*1e9", "fly*1", "steps*5*steps*6", "pts*.AAAA", "eta*1*pts*.",
     "data*Your own points (CSV)", "data*Your own points (CSV)*pts*AAAA", "steps*nan", "l2*0.1*", "日*本"],
)  # fmt: skip
def test_any_text_of_a_pin_pins_a_run_or_is_said_to_be_damaged(session, text):
    preset = made_dataset(BLOBS)
    problem = restore(text, History(preset, preset))
    assert (problem is None) == (session["explorer_pinned"] is not None) == (text == "*")
    assert problem in (None, DAMAGED)


@given(st.text(max_size=30) | st.lists(st.sampled_from(["eta", "1", "pts", ".AAAA", "steps", "data"])).map("*".join))
@settings(max_examples=100, deadline=None)
def test_no_text_of_a_pin_ends_in_an_error(text):
    preset = made_dataset(BLOBS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pin.st, "session_state", {})
        assert restore(text, History(preset, preset)) in (None, DAMAGED)


# ------------------------------------------------------------------ the page


def test_a_link_with_a_pinned_run_opens_with_it_and_writes_it_again():
    at = open_page(eta="1", pin="eta*0.1*steps*50")
    header = header_of_the_stage(at)
    assert [run["name"] for run in header["runs"]] == ["this run", "pinned run"]
    assert header["pin"] == "eta*0.1*steps*50"
    assert "The pinned run has η = 0.1" in everything(at)
    assert not at.toast


def test_a_damaged_pin_is_said_once_and_the_rest_of_the_link_is_used():
    at = open_page(eta="0.1", pin="eta*7")
    header = header_of_the_stage(at)
    assert [toast.value for toast in at.toast] == [DAMAGED]
    assert len(header["runs"]) == 1
    assert header["pin"] is None
    assert at.select_slider(key="eta").value == "0.1"
    assert not at.run().toast


def test_of_a_long_pinned_run_a_link_brings_back_the_first_part_and_says_so(monkeypatch):
    monkeypatch.setattr(results, "LONG_RUN", 200)
    at = open_page(n="7", pin="n*7*steps*500")
    said = "Of the 500 steps of the pinned run the link brings back the first 200."
    assert said in everything(at)
    assert header_of_the_stage(at)["pin"] == "steps*500*n*7"


def test_a_file_s_points_come_back_with_the_link_and_the_page_says_that_the_file_does_not():
    points = Dataset([[1.0, 2.0], [3.0, 4.5]], [0, 1])
    at = open_page(data="Your own points (CSV)", pts=pin.laboratory.written(points)[0])
    assert "came with the link. A file itself does not survive a reload" in everything(at)
    history = at.session_state["laboratory_points"][1]
    assert same(history.present, points)
    assert same(history.preset, points), "“Back to the preset” leads to no examples"
    assert header_of_the_stage(at)["points"] == pin.laboratory.written(points)[0]
