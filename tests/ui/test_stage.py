"""The stage's Python side: what a browser says is checked as if anyone had written it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.ui.stage import apply_edit
from logreg.ui.stage.messages import (
    LARGEST_COORDINATE,
    MOST_EDITS,
    MOST_POINTS,
    Edit,
    Rest,
    read_edit,
    read_edits,
    read_id,
    read_rest,
)
from tests.ui.stages import (
    Screen,
    attempt,
    batches,
    json_values,
    same,
)


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
        {"op": "move", "index": 0, "x": 1.0, "y": 2.0, "drag": "7"},
        {"op": "move", "index": 0, "x": 1.0, "y": 2.0, "drag": -1},
    ],
)
def test_a_bad_edit_is_refused_with_one_sentence(raw):
    with pytest.raises(ValueError, match="was not understood") as caught:
        read_edit(raw)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 140


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


def test_a_visitor_has_one_long_run_at_most_the_one_on_the_screen_while_the_browser_asks_for_more(run, monkeypatch):
    screen, went_on = Screen(monkeypatch, run), []

    def shows(name):
        return screen.draw(more=name, on_more=lambda: went_on.append(name))["more"]

    first = shows("first")
    assert went_on == [], "nothing goes on by itself"
    screen.hear("more", {"part": first, "id": 1})
    second = shows("second")
    screen.hear("more", {"part": first, "id": 2})  # it has left the screen
    for part in (None, "", 0, [second]):
        screen.hear("more", {"part": part, "id": 3})
    assert went_on == ["first"]
    for _ in range(2):  # once more, since the answer was long in coming
        screen.hear("more", {"part": second, "id": 4})
    assert went_on == ["first", "second"]


def test_the_first_sentence_of_several_is_said_with_the_number_of_the_others(run, monkeypatch):
    screen = Screen(monkeypatch, run)
    header = screen.say({"edits": [{"op": "flip", "index": 1999}, {"op": "flip", "index": 0}, "x"], "id": 1})
    assert "not a record" in header["message"]
    assert header["message"].endswith(". 1 more could not be used either.")
    assert same(screen.history.present, apply_edit(run.dataset, Edit("flip", index=0)))


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
