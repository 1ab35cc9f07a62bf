"""Edited points in the explorer's link: what was changed of a preset, short and exact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS, make_dataset
from logreg.ui.stage import Edit, History, encode_points
from logreg.ui.stage.changes import MARK, _check, decode_changes, encode_changes
from logreg.ui.stage.messages import LARGEST_COORDINATE, MOST_POINTS
from logreg.ui.stage.points import to_text
from tests.ui.explorer_page import open_page
from tests.ui.lessons import header
from tests.ui.stages import same

PRESET = make_dataset("separable_blobs")
NUMBER = st.floats(-LARGEST_COORDINATE, LARGEST_COORDINATE)
PLACES = st.sampled_from([0.0, -0.0, 1.0]) | NUMBER  # some of them more than once
EDITS = st.one_of(
    st.builds(lambda x, y, label: Edit("add", x=x, y=y, label=label), PLACES, PLACES, st.integers(0, 1)),
    st.builds(lambda i, x, y: Edit("move", index=i, x=x, y=y), st.integers(0, 11), PLACES, PLACES),
    st.builds(lambda op, i: Edit(op, index=i), st.sampled_from(["flip", "delete"]), st.integers(0, 11)),
    st.builds(Edit, st.sampled_from(["undo", "redo"])),
)
POINTS = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 1)), min_size=1, max_size=12).map(
    lambda rows: Dataset([row[:2] for row in rows], [row[2] for row in rows])
)


def edited(preset, edits):
    history = History(preset, preset)
    for edit in edits:
        try:
            history = history.apply(edit)
        except ValueError:
            continue
    return history.present


@given(POINTS, st.lists(EDITS, max_size=15))
def test_edits_of_any_points_survive_the_link_to_the_last_bit(preset, edits):
    points = edited(preset, edits)
    assert same(decode_changes(encode_changes(points, preset), preset), points)


@given(POINTS, POINTS)
def test_any_points_can_be_told_as_changes_of_any_others(preset, points):
    assert same(decode_changes(encode_changes(points, preset), preset), points)


@pytest.mark.parametrize("name", DATASETS)
def test_ten_edits_of_a_data_set_take_at_most_six_hundred_characters(name):
    preset, rng = make_dataset(name), np.random.default_rng(1234)
    for _ in range(20):
        edits = []
        for op in rng.choice(["add", "move", "flip", "delete"], 10):
            where = {"index": int(rng.integers(preset.n_samples))} if op != "add" else {"label": 1}
            place = dict(zip("xy", rng.normal(size=2).tolist(), strict=True)) if op in ("add", "move") else {}
            edits.append(Edit(op, **where, **place))
        points = edited(preset, edits)
        text = encode_changes(points, preset)
        assert len(text) <= 600
        assert same(decode_changes(text, preset), points)


@given(st.text(max_size=40) | st.binary(max_size=60).map(to_text), st.booleans())
def test_any_other_text_is_refused_in_one_sentence(text, is_marked):
    with pytest.raises(ValueError, match=r"damaged, or belong to other settings than the link's\.$"):
        decode_changes(MARK * is_marked + text, PRESET)


@given(st.binary(min_size=1, max_size=60))
def test_a_forged_checksum_gives_points_or_the_same_sentence(body):
    try:
        points = decode_changes(MARK + to_text(_check(PRESET, body) + body), PRESET)
    except ValueError:
        return
    assert 1 <= points.n_samples <= MOST_POINTS
    assert np.isfinite(points.X).all()


@given(st.data())
def test_a_link_with_a_letter_changed_or_for_another_preset_is_refused(data):
    text = encode_changes(edited(PRESET, [Edit("flip", index=3), Edit("add", x=0.1, y=0.2, label=1)]), PRESET)
    at = data.draw(st.integers(1, len(text) - 1))
    letter = data.draw(st.sampled_from("ABCabc019-_").filter(lambda c: c != text[at]))
    for damaged in (text[:at], text[:at] + letter + text[at + 1 :]):
        with pytest.raises(ValueError, match="damaged"):
            decode_changes(damaged, PRESET)
    with pytest.raises(ValueError, match="other settings"):
        decode_changes(text, make_dataset("separable_blobs", seed=1))


def test_the_last_digits_of_a_preset_may_differ_between_machines():
    text = encode_changes(edited(PRESET, [Edit("add", x=0.1, y=0.2, label=1)]), PRESET)
    other = Dataset(np.nextafter(PRESET.X, np.inf), PRESET.y)
    points = decode_changes(text, other)
    assert np.array_equal(points.X, [*other.X, (0.1, 0.2)])
    assert points.y.tolist() == [*PRESET.y, 1]


# ------------------------------------------------------------------ the explorer


def test_a_short_link_opens_with_its_points_and_is_written_again():
    preset = make_dataset("separable_blobs", n_samples=20, seed=2)
    points = edited(preset, [Edit("move", index=4, x=0.5, y=-0.25), Edit("delete", index=0)])
    text = encode_changes(points, preset)
    at = open_page(n="20", seed="2", pts=text)
    assert not at.toast
    assert same(at.session_state["laboratory_points"][1].present, points)
    assert header(at)["points"] == text
    assert header(at)["can"]["reset"]


def test_a_short_link_with_other_settings_says_so_once_and_shows_what_these_make():
    text = encode_changes(edited(PRESET, [Edit("flip", index=3)]), PRESET)
    at = open_page(seed="5", pts=text)
    assert [toast.value for toast in at.toast] == [
        "The edited points in the link are damaged, or belong to other settings than the link's."
    ]
    assert header(at)["points"] is None
    at.run()
    assert not at.toast


def test_a_link_with_whole_points_is_still_read():
    points = edited(PRESET, [Edit("flip", index=3)])
    at = open_page(pts=encode_points(points))
    assert not at.toast
    assert same(at.session_state["laboratory_points"][1].present, points)
    assert len(header(at)["points"]) < 20


def test_many_points_with_a_few_edits_fit_into_a_link():
    at = open_page(n="2000")
    source, history = at.session_state["laboratory_points"]
    at.session_state["laboratory_points"] = source, history.apply(Edit("flip", index=1999))
    at.run()
    assert len(header(at)["points"]) < 20
    assert header(at)["message"] is None
