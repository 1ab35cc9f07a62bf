"""The stage's Python side: what a browser says is checked as if anyone had written it."""

import json
import math
import re
import struct
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.plane import decision_boundary
from logreg.theory.flow import continue_run
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from logreg.ui.stage import Action, Editing, Pictures, RunView, Show, payload, stage
from logreg.ui.stage.messages import (
    LARGEST_COORDINATE,
    MOST_EDITS,
    MOST_POINTS,
    NEEDS,
    Edit,
    Rest,
    read_edit,
    read_edits,
    read_id,
    read_rest,
)
from logreg.ui.stage.points import LONGEST_LINK, History, apply_edit, decode_points, encode_points

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run():
    return train(make_dataset("overlapping_blobs", n_samples=200, seed=3), TrainingConfig(n_steps=1000))


finite = st.floats(allow_nan=False, allow_infinity=False)
drawable = st.floats(-LARGEST_COORDINATE, LARGEST_COORDINATE)
labels = st.integers(0, 1)


@st.composite
def datasets(draw, largest=12):
    rows = draw(st.lists(st.tuples(finite, finite, labels), min_size=1, max_size=largest))
    return Dataset([row[:2] for row in rows], [row[2] for row in rows])


@st.composite
def edits(draw):
    op = draw(st.sampled_from(["add", "flip", "move", "delete", "undo", "redo", "reset"]))
    index = draw(st.integers(0, 14))
    if op == "add":
        return Edit(op, x=draw(drawable), y=draw(drawable), label=draw(labels))
    if op == "move":
        return Edit(op, index=index, x=draw(drawable), y=draw(drawable))
    return Edit(op, index=index) if op in ("flip", "delete") else Edit(op)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def attempt(function, *arguments):
    """Return (result, None), or (None, the sentence of the ValueError)."""
    try:
        return function(*arguments), None
    except ValueError as error:
        return None, str(error)


def same(a, b):
    return a.X.tobytes() == b.X.tobytes() and a.y.tolist() == b.y.tolist()


# ------------------------------------------------------------------ what the browser sends


@given(json_values)
def test_anything_at_all_is_an_edit_or_a_value_error(raw):
    edit, problem = attempt(read_edit, raw)
    assert isinstance(edit, Edit) or problem.endswith(".")
    assert read_id(raw) >= 0


@given(
    st.fixed_dictionaries(
        {"op": st.sampled_from(["add", "flip", "move", "delete"])},
        optional=dict.fromkeys(("index", "x", "y", "label", "id"), json_values),
    )
)
def test_an_edit_that_is_read_holds_only_plain_values_in_range(raw):
    try:
        edit = read_edit(raw)
    except ValueError:
        return
    for value in (edit.x, edit.y):
        assert value is None or (type(value) is float and abs(value) <= LARGEST_COORDINATE)
    assert edit.index is None or (type(edit.index) is int and 0 <= edit.index < MOST_POINTS)
    assert edit.label in (None, 0, 1)
    assert not isinstance(edit.label, bool)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "add",
        {},
        {"op": "explode"},
        {"op": ["add"]},
        {"op": "add", "x": 1.0, "y": 2.0},
        {"op": "add", "x": 1.0, "y": 2.0, "label": 2},
        {"op": "add", "x": 1.0, "y": 2.0, "label": True},
        {"op": "add", "x": "1", "y": 2.0, "label": 1},
        {"op": "add", "x": math.nan, "y": 2.0, "label": 1},
        {"op": "add", "x": math.inf, "y": 2.0, "label": 1},
        {"op": "add", "x": 10**400, "y": 2.0, "label": 1},
        {"op": "flip"},
        {"op": "flip", "index": -1},
        {"op": "flip", "index": 0.5},
        {"op": "flip", "index": True},
        {"op": "delete", "index": 10**30},
        {"op": "move", "index": 0, "x": 1.0},
    ],
)
def test_a_bad_edit_is_refused_with_one_sentence(raw):
    with pytest.raises(ValueError, match="was not understood") as caught:
        read_edit(raw)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 140


good_edits = st.one_of(
    st.builds(lambda x, y, label: {"op": "add", "x": x, "y": y, "label": label}, drawable, drawable, labels),
    st.builds(lambda op, index: {"op": op, "index": index}, st.sampled_from(["flip", "delete"]), st.integers(0, 9)),
    st.builds(
        lambda index, x, y: {"op": "move", "index": index, "x": x, "y": y}, st.integers(0, 9), drawable, drawable
    ),
    st.sampled_from([{"op": op} for op in ("undo", "redo", "reset")]),
)
batches = st.lists(good_edits | json_values, max_size=8)


@given(json_values | st.builds(lambda edits, more: {"edits": edits, "id": more}, json_values | batches, json_values))
def test_any_message_of_edits_gives_edits_and_sentences_and_never_raises(raw):
    edits, problems = read_edits(raw)
    assert all(isinstance(edit, Edit) for edit in edits)
    assert all("was not understood" in problem or "were not understood" in problem for problem in problems)
    told = raw.get("edits") if isinstance(raw, dict) else None
    if isinstance(told, list) and told:
        assert len(edits) + len(problems) == len(told)
    else:
        assert (edits, len(problems)) == ([], 1)


def test_a_message_holds_a_bounded_number_of_edits():
    flip = {"op": "flip", "index": 0}
    assert len(read_edits({"edits": [flip] * MOST_EDITS})[0]) == MOST_EDITS
    assert read_edits({"edits": [flip] * (MOST_EDITS + 1)})[0] == []


class Screen:
    """A page with a stage, whose browser says what a test has it say."""

    def __init__(self, monkeypatch, run):
        import streamlit

        self.state, self.given, self.run = {}, {}, run
        monkeypatch.setattr(streamlit, "session_state", self.state)
        monkeypatch.setattr("logreg.ui.stage._component", lambda **given: self.given.update(given))
        self.history = History(run.dataset, run.dataset)
        self.draw()

    def on_edit(self, edit):
        self.history = self.history.apply(edit)

    def draw(self):
        show = Show(pictures=pictures(self.run), runs=(RunView("it", self.run),), layout="explorer")
        self.event = stage(show, key="it", editing=Editing(self.on_edit))
        return unpack(self.given["data"])[0]

    def say(self, raw):
        self.state["it"] = type("Said", (), {"edit": raw})
        self.given["on_edit_change"]()
        return self.draw()


@given(st.lists(batches, max_size=4))
def test_edits_that_come_together_do_what_they_do_one_by_one_and_a_bad_one_leaves_the_others(run, messages):
    with pytest.MonkeyPatch.context() as monkeypatch:
        screen = Screen(monkeypatch, run)
        wanted = screen.history
        for number, edits in enumerate(messages, start=1):
            bad = not edits
            for raw in edits:
                try:
                    wanted = wanted.apply(read_edit(raw))
                except ValueError:
                    bad = True
            header = screen.say({"edits": edits, "id": number})
            assert header["answered"] == number
            assert (header["message"] is not None) == bad
        assert same(screen.history.present, wanted.present)


def test_a_message_that_comes_twice_counts_once(run, monkeypatch):
    screen = Screen(monkeypatch, run)
    add = {"edits": [{"op": "add", "x": 0.5, "y": 0.5, "label": 1}], "id": 5}
    for _ in range(3):
        assert screen.say(add)["answered"] == 5
    assert screen.history.present.n_samples == run.dataset.n_samples + 1
    screen.say({**add, "id": 6})
    assert screen.history.present.n_samples == run.dataset.n_samples + 2


def test_the_first_sentence_of_several_is_said_with_the_number_of_the_others(run, monkeypatch):
    screen = Screen(monkeypatch, run)
    header = screen.say({"edits": [{"op": "flip", "index": 1999}, {"op": "flip", "index": 0}, "x"], "id": 1})
    assert "not a record" in header["message"]
    assert header["message"].endswith(". 1 more could not be used either.")
    assert screen.event.edits == (Edit("flip", index=0),)


@given(json_values, st.integers(0, 10**6))
def test_anything_at_all_is_a_rest_within_the_run_or_a_value_error(raw, last):
    for value in (raw, {"step": raw, "axis": "log"}, {"step": 0, "axis": raw}):
        rest, problem = attempt(read_rest, value, last)
        if rest is None:
            assert "was not understood" in problem
        else:
            assert 0 <= rest.step <= last
            assert rest.axis in ("log", "linear")


def test_a_rest_is_read():
    assert read_rest({"step": 3.0, "axis": "linear"}, 3) == Rest(3, "linear")


def test_a_rest_of_a_longer_run_is_held_to_the_last_step_and_the_end_stays_the_end():
    assert read_rest({"step": 900, "axis": "log"}, 100) == Rest(100, "log")
    assert read_rest({"step": 50, "axis": "log", "at_end": True}, 100) == Rest(100, "log", at_end=True)


# ------------------------------------------------------------------ edits


@given(datasets(), edits())
def test_an_edit_gives_a_new_data_set_or_a_sentence_and_never_changes_the_old_one(dataset, edit):
    before = dataset.X.tobytes(), dataset.y.tolist()
    after, problem = attempt(apply_edit, dataset, edit)
    if after is None:
        assert problem.endswith(".")
    else:
        assert after.n_samples == dataset.n_samples + {"add": 1, "delete": -1}.get(edit.op, 0)
        assert after.name == dataset.name
    assert (dataset.X.tobytes(), dataset.y.tolist()) == before


def test_each_edit_does_what_it_says():
    dataset = Dataset([[0.0, 1.0], [2.0, 3.0]], [0, 1])
    assert apply_edit(dataset, Edit("add", x=4.0, y=5.0, label=0)).X.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert apply_edit(dataset, Edit("move", index=0, x=9.0, y=8.0)).X.tolist() == [[9, 8], [2, 3]]
    assert apply_edit(dataset, Edit("flip", index=1)).y.tolist() == [0, 0]
    assert apply_edit(dataset, Edit("delete", index=0)).X.tolist() == [[2, 3]]


def test_the_last_point_stays_and_there_is_a_largest_number_of_points():
    with pytest.raises(ValueError, match="last point stays"):
        apply_edit(Dataset([[0.0, 0.0]], [1]), Edit("delete", index=0))
    full = Dataset(np.zeros((MOST_POINTS, 2)), np.zeros(MOST_POINTS, dtype=int))
    with pytest.raises(ValueError, match="no room"):
        apply_edit(full, Edit("add", x=0.0, y=0.0, label=1))
    with pytest.raises(ValueError, match="no point 6"):
        apply_edit(Dataset([[0.0, 0.0]], [1]), Edit("flip", index=5))


@given(datasets(), st.lists(edits(), max_size=12))
def test_undoing_everything_gives_the_first_points_and_redoing_everything_the_last(dataset, wanted):
    history = History(dataset, dataset)
    for edit in wanted:
        try:
            history = history.apply(edit)
        except ValueError:
            continue
    for _ in range(len(history.future)):
        history = history.redo()
    last = history.present
    while history.can_undo:
        history = history.undo()
    assert same(history.present, dataset)
    while history.can_redo:
        history = history.redo()
    assert same(history.present, last)


def test_back_to_the_preset_is_an_edit_that_can_be_undone():
    preset = Dataset([[0.0, 0.0]], [0])
    history = History(preset, preset).apply(Edit("flip", index=0))
    assert history.is_edited
    back = history.apply(Edit("reset"))
    assert not back.is_edited
    assert back.apply(Edit("undo")).present.y.tolist() == [1]


def test_a_new_edit_forgets_what_was_undone():
    preset = Dataset([[0.0, 0.0]], [0])
    history = History(preset, preset).apply(Edit("flip", index=0)).apply(Edit("undo"))
    assert history.can_redo
    assert not history.apply(Edit("add", x=1.0, y=1.0, label=1)).can_redo


# ------------------------------------------------------------------ the link


@given(datasets(40))
def test_points_survive_the_link_to_the_last_bit(dataset):
    text = encode_points(dataset)
    assert text.isascii()
    assert not set(text) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert same(decode_points(text), dataset)


def test_two_hundred_points_take_about_four_kilobytes_and_too_many_give_a_sentence():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(600, 2)), rng.integers(0, 2, 600)
    assert 4000 < len(encode_points(Dataset(X[:200], y[:200]))) < 4400
    assert len(encode_points(Dataset(X[:380], y[:380]))) <= LONGEST_LINK
    with pytest.raises(ValueError, match="CSV"):
        encode_points(Dataset(X, y))


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda b: b.decode("latin1")))
def test_any_other_text_is_damaged_or_a_finite_data_set(text):
    dataset, problem = attempt(decode_points, text)
    if dataset is None:
        assert problem == "The points in the link are damaged."
    else:
        assert np.isfinite(dataset.X).all()


@given(datasets(), st.data())
def test_a_link_cut_short_is_damaged(dataset, data):
    text = encode_points(dataset)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    try:
        shorter = decode_points(cut)
    except ValueError:
        return
    assert shorter.n_samples < dataset.n_samples


# ------------------------------------------------------------------ what is sent


def unpack(raw):
    (length,) = struct.unpack("<I", raw[:4])
    header = json.loads(raw[4 : 4 + length])
    numbers = np.frombuffer(raw, dtype="<f8", offset=4 + length)
    return header, lambda entry: numbers[entry["floats"][0] : sum(entry["floats"])]


def pictures(run):
    return Pictures((decision_boundary(run.dataset, run.model),), (loss_curve(run), norm_growth(run)))


def test_the_payload_holds_the_run_exactly(run):
    header, floats = unpack(payload({"layout": "explorer"}, [RunView("this run", run)], pictures(run)))
    sent = header["runs"][0]
    assert floats(sent["steps"]).tolist() == run.steps.tolist()
    assert floats(sent["w1"]).tobytes() == run.weights[:, 0].tobytes()
    assert floats(sent["bias"]).tobytes() == run.bias.tobytes()
    assert floats(sent["loss"]).tobytes() == run.loss.tobytes()
    assert floats(sent["points"]["X"]).tolist() == run.dataset.X.ravel().tolist()


def test_two_thousand_records_and_points_take_less_than_150_kilobytes():
    rng = np.random.default_rng(0)
    dataset = Dataset(rng.normal(size=(2000, 2)), rng.integers(0, 2, 2000))
    run = train(dataset, TrainingConfig(n_steps=1000))
    long = [RunView("this run", run)]
    size = len(payload({}, long, pictures(run)))
    per_record = 5 * 8
    assert size + (2000 - run.n_records) * per_record < 150_000


FAR = 10**12
PLUS_MINUS = Dataset([[-1.0], [1.0]], [0, 1])


@given(st.floats(-4, 2).map(lambda k: 10.0**k), st.integers(1, 4), st.integers(1, 10**12))
@example(0.0625, 3, FAR)
def test_a_flow_stands_at_the_steps_it_was_asked_for_whatever_the_learning_rate(eta, n_steps, far):
    run = train(PLUS_MINUS, TrainingConfig(learning_rate=eta, n_steps=n_steps, objective=Objective(fit_bias=False)))
    last = run.last_step + far
    view = RunView("A", run, continue_run(run, last * run.learning_rate))
    assert view.steps[-1] == view.last_step == last
    assert (np.diff(view.steps) > 0).all()
    assert view.steps[: run.n_records].tolist() == run.steps.tolist()
    assert len(view.column("loss")) == len(view.steps)


def test_every_trace_that_the_browser_fills_in_is_there_by_its_meaning(run):
    shown = pictures(run)
    for picture, expected in [
        (shown.planes[0], {("boundary", "line"), ("boundary", "pinned"), ("points", "class 0"), ("points", "class 1")}),
        (shown.curves[0], {("curve", "run"), ("start", "start"), ("cursor", "line"), ("cursor", "marker")}),
    ]:
        assert expected <= {(trace.meta["role"], trace.meta["part"]) for trace in picture.figure.data}
    assert {"log", "linear", "quantity"} <= set(shown.curves[0].figure.layout.meta)


def typedef(name):
    """Return the properties of a type of the contract between Python and the browser, or its alternatives."""
    text = (ROOT / "logreg/ui/stage/contract.js").read_text()
    (block,) = (block for block in text.split("/**") if f"@typedef {{object}} {name}" in block)
    return re.findall(r"@property \{.*\} (\w+)", block)


def test_the_contract_names_all_that_is_sent_and_may_be_said(run, monkeypatch):
    sent = []
    monkeypatch.setattr("logreg.ui.stage._component", lambda **given: sent.append(given["data"]))
    show = Show(pictures=pictures(run), runs=(RunView("this run", run),), layout="explorer")
    stage(show, key="it", actions=[Action("a", "A", "a", print)])
    header, _ = unpack(sent[0])
    assert set(typedef("Payload")) == header.keys()
    assert set(typedef("Run")) == header["runs"][0].keys()
    assert set(typedef("Points")) == header["runs"][0]["points"].keys()
    assert set(typedef("Rest")) == {field.name for field in fields(Rest)}
    kinds = re.findall(r"\{\{op: (.*?)\}\}", (ROOT / "logreg/ui/stage/contract.js").read_text())
    named = {op: set(re.findall(r"(\w+): number", kind)) for kind in kinds for op in re.findall(r'"(\w+)"', kind)}
    assert named == {op: set(needs) for op, needs in NEEDS.items()}
