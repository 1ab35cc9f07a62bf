"""Edited points: one edit, their history, their place in a link."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.ui.stage.messages import (
    MOST_POINTS,
    Edit,
)
from logreg.ui.stage.points import LONGEST_LINK, History, apply_edit, decode_points, encode_points
from tests.ui.stages import attempt, datasets, edits, same


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


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=6))
def test_a_drag_is_one_step_in_the_history_however_many_moves_it_had(places):
    dataset = Dataset([[1.0, 2.0], [3.0, 4.0]], [0, 1])
    start = History(dataset, dataset).apply(Edit("flip", index=0)).apply(Edit("undo"))
    history = start
    for x, y in places:
        history = history.apply(Edit("move", index=0, x=x, y=y, drag=7))
    assert same(history.present, start.apply(Edit("move", index=0, x=x, y=y)).present)
    assert same(history.apply(Edit("undo")).present, dataset)
    assert len(history.past) <= 1
    home = history.apply(Edit("move", index=0, x=1.0, y=2.0, drag=7))
    assert (home.can_undo, home.can_redo) == (False, True), "where it began, there was no drag"
    twice = history.apply(Edit("move", index=0, x=10.0, y=10.0, drag=8))
    assert same(twice.apply(Edit("undo")).present, history.present)


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
