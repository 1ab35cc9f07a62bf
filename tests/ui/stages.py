"""What the tests of the stage's Python side share."""

import json
import re
import struct
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.plane import decision_boundary
from logreg.ui.stage import Editing, Pictures, RunView, Show, stage
from logreg.ui.stage.messages import (
    LARGEST_COORDINATE,
    Edit,
)
from logreg.ui.stage.points import History

ROOT = Path(__file__).resolve().parents[2]


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


good_edits = st.one_of(
    st.builds(lambda x, y, label: {"op": "add", "x": x, "y": y, "label": label}, drawable, drawable, labels),
    st.builds(lambda op, index: {"op": op, "index": index}, st.sampled_from(["flip", "delete"]), st.integers(0, 9)),
    st.builds(
        lambda index, x, y: {"op": "move", "index": index, "x": x, "y": y}, st.integers(0, 9), drawable, drawable
    ),
    st.sampled_from([{"op": op} for op in ("undo", "redo", "reset")]),
)

batches = st.lists(good_edits | json_values, max_size=8)


class Screen:
    """A page with a stage, whose browser says what a test has it say."""

    def __init__(self, monkeypatch, run):
        import streamlit

        self.state, self.given, self.run = {}, {}, run
        monkeypatch.setattr(streamlit, "session_state", self.state)
        monkeypatch.setattr("logreg.ui.stage.player._component", lambda **given: self.given.update(given))
        self.history = History(run.dataset, run.dataset)
        self.draw()

    def on_edit(self, edit):
        self.history = self.history.apply(edit)

    def draw(self, **more):
        show = Show(pictures=pictures(self.run), runs=(RunView("it", self.run),), layout="explorer")
        stage(show, key="it", editing=Editing(self.on_edit), **more)
        return unpack(self.given["data"])[0]

    def hear(self, name, raw):
        self.state["it"] = type("Said", (), {name: raw})
        self.given[f"on_{name}_change"]()

    def say(self, raw):
        self.hear("edit", raw)
        return self.draw()


def unpack(raw):
    """Return what a stage was sent: the header, and how to read the numbers at a place of it."""
    (length,) = struct.unpack("<I", raw[:4])
    header = json.loads(raw[4 : 4 + length])
    numbers = np.frombuffer(raw, dtype="<f8", offset=4 + length)
    return header, lambda place: numbers[place["floats"][0] : sum(place["floats"])]


def pictures(run):
    return Pictures((decision_boundary(run.dataset, run.model),), (loss_curve(run), norm_growth(run)))


FAR = 10**12

PLUS_MINUS = Dataset([[-1.0], [1.0]], [0, 1])


def typedef(name):
    """Return the properties of a type of the contract between Python and the browser, or its alternatives."""
    text = (ROOT / "logreg/ui/stage/contract.js").read_text()
    (block,) = (block for block in text.split("/**") if f"@typedef {{object}} {name}" in block)
    return re.findall(r"@property \{.*\} (\w+)", block)
