"""What is sent to a stage: exact, small, and all that the contract names."""

import re
from dataclasses import fields
from typing import get_args, get_type_hints

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.figures.picture import Picture
from logreg.theory.flow import continue_run
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from logreg.ui.stage import Action, Pictures, Place, RunView, Show, contract, pack, payload, player, stage
from logreg.ui.stage.contract import NEEDS, Rest
from tests.ui.stages import FAR, PLUS_MINUS, ROOT, pictures, typedef, unpack


def test_the_payload_holds_the_run_exactly(run):
    header, floats = unpack(
        payload({"layout": "explorer"}, pack("explorer", [RunView("this run", run)], pictures(run)))
    )
    sent = header["runs"][0]
    assert floats(sent["steps"]).tolist() == run.steps.tolist()
    assert floats(sent["w1"]).tobytes() == run.weights[:, 0].tobytes()
    assert floats(sent["bias"]).tobytes() == run.bias.tobytes()
    assert floats(sent["loss"]).tobytes() == run.loss.tobytes()
    assert floats(sent["points"]["X"]).tolist() == run.dataset.X.ravel().tolist()


@pytest.mark.parametrize("gap", [float("nan"), np.float64("inf"), np.array([1.0, float("nan")])])
def test_a_number_that_json_lacks_is_sent_as_null_and_all_else_as_it_is(gap):
    curve = Picture(({"x": [np.int64(1), gap, (2.0, "é")]},), {}, "A curve.")
    header, _ = unpack(payload({"layout": "rows"}, pack("rows", (), Pictures((), (curve,)))))
    sent = None if np.ndim(gap) == 0 else [1.0, None]
    assert header["figures"]["curves"][0]["data"][0]["x"] == [1, sent, [2.0, "é"]]


def test_two_thousand_records_and_points_take_less_than_150_kilobytes():
    rng = np.random.default_rng(0)
    dataset = Dataset(rng.normal(size=(2000, 2)), rng.integers(0, 2, 2000))
    run = train(dataset, TrainingConfig(n_steps=1000))
    long = [RunView("this run", run)]
    size = len(payload({"layout": "explorer"}, pack("explorer", long, pictures(run))))
    per_record = 5 * 8
    assert size + (2000 - run.n_records) * per_record < 150_000


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


@pytest.mark.parametrize("name", ["Payload", "Run", "Timeline", "Points"])
def test_both_files_of_the_contract_name_the_same(name):
    assert set(typedef(name)) == set(get_type_hints(getattr(contract, name)))


def test_both_files_of_the_contract_have_the_same_words():
    text = (ROOT / "logreg/ui/stage/contract.js").read_text()
    for words in (contract.Axis, contract.Layout, contract.Click, contract.Row):
        assert "|".join(f'"{word}"' for word in get_args(words)) in text
    assert get_args(contract.Op) == tuple(NEEDS)


def test_the_contract_names_all_that_is_sent_and_may_be_said(run, monkeypatch):
    sent = []
    monkeypatch.setattr("logreg.ui.stage.player._component", lambda **given: sent.append(given["data"]))
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


def test_a_rest_of_a_picture_that_was_there_before_is_not_heard(run, monkeypatch):
    drawn, heard = {}, []
    said = {"step": 3, "axis": "log", "at_end": True}
    monkeypatch.setattr(player, "_component", lambda **sent: drawn.update(sent))
    for seek, is_heard in ((31, False), (41, True)):
        monkeypatch.setattr(player, "_said", lambda *_, now=seek: {**said, "seek": now})
        show = Show(pictures=pictures(run), runs=(RunView("this run", run),), layout="explorer")
        stage(show, key="x", place=Place(0, "log", 41), on_rest=heard.append)
        drawn["on_rest_change"]()
        assert bool(heard) == is_heard
    assert heard == [Rest(run.last_step, "log", at_end=True, seek=41)]
