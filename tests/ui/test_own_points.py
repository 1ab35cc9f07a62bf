"""A visitor's file: what is read is said, what else could be read is a menu, what cannot be read leaves the points."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from logreg.ui.text import plain


def sidebar():
    import streamlit as st

    from logreg.ui.explorer.own_points import own_points

    st.session_state["shown"] = own_points()


@pytest.fixture
def at():
    return AppTest.from_function(sidebar, default_timeout=600).run()


def upload(at, content, name="file.csv"):
    content = content if isinstance(content, bytes) else content.encode()
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception, at.exception
    return at


def shown(at):
    return at.session_state["shown"].X.tolist(), at.session_state["shown"].y.tolist()


def menus(at):
    return {menu.label: (menu.value, menu.options) for menu in at.selectbox}


def test_four_example_points_wait_for_a_file(at):
    assert at.session_state["shown"].n_samples == 4
    assert "Four example points" in at.caption[0].value


def test_a_file_without_a_choice_is_read_and_said_in_one_line(at):
    upload(at, "a,b,kind\n0,1,cat\n2,3,dog\n")
    assert shown(at) == ([[0, 1], [2, 3]], [0, 1])
    assert not at.selectbox
    assert [caption.value for caption in at.caption] == [
        "The label is “kind” (cat is 0, dog is 1); x₁ is “a”, x₂ is “b”."
    ]


def test_rows_left_out_decimal_commas_and_a_guessed_encoding_are_said(at):
    upload(at, "a;b;kind\r\n0,5;1;süß\r\n;3;sauer\r\n2,5;3;sauer\r\n".encode("cp1252"))
    (said,) = (caption.value for caption in at.caption)
    assert "Left out: 1 of 3 rows, which lacks a value (row 3)." in said
    assert "The comma is the decimal mark." in said
    assert "Windows-1252" in said
    upload(at, "a,b,kind\n" + "1,,x\n" * 7 + "1,2,x\n2,3,y\n")
    assert "Left out: 7 of 9 rows, which lack a value (rows 2, 3, 4, 5, 6 …)." in at.caption[0].value


def test_another_label_and_other_columns_are_chosen_from_menus(at):
    upload(at, "id,a,b,c,colour,sick\n7,1,2,3,red,0\n8,4,5,6,blue,1\n9,7,8,9,red,1\n")
    assert menus(at) == {
        "Label": ("sick", ["sick", "colour"]),
        "Across (x₁)": ("a", ["a", "b", "c", "id"]),
        "Up (x₂)": ("b", ["b", "c", "id"]),
    }
    at.selectbox[1].set_value("c").run()
    assert shown(at)[0] == [[3, 2], [6, 5], [9, 8]]
    at.selectbox[0].set_value("colour").run()
    assert shown(at)[1] == [1, 0, 1]
    assert at.selectbox[1].options == ["a", "b", "c", "sick", "id"]
    assert "The label is “colour” (blue is 0, red is 1);" in at.caption[0].value


def test_a_bad_choice_gives_one_sentence_and_the_points_and_menus_stay(at):
    upload(at, "a,b,c,label\n1,2,3,0\n4,5,oh,1\n7,8,9,1\n")
    before = shown(at)
    at.selectbox[0].set_value("c").run()
    assert [error.value for error in at.error] == [
        "Row 3, column 3 ('c'): expected a number, got 'oh'; correct it, or empty it to leave the row out."
    ]
    assert shown(at) == before
    at.selectbox[0].set_value("b").run()
    assert not at.error
    assert shown(at)[0] == [[2, 1], [5, 4], [8, 7]]


def test_a_named_label_of_three_classes_leaves_the_other_labels_to_choose(at):
    upload(at, "a,b,class,old\n1,2,x,0\n4,5,y,1\n7,8,z,1\n")
    assert "got a third label 'z'" in at.error[0].value
    assert at.session_state["shown"].n_samples == 4
    at.selectbox[0].set_value("old").run()
    assert shown(at) == ([[1, 2], [4, 5], [7, 8]], [0, 1, 1])


@pytest.mark.parametrize("content", [b"", b"\n" * 10**6, b"\x89PNG\r\n\x1a\n", b"a,b\n1,2\n", b"1,2,0\n" * 2001])
def test_a_file_that_cannot_be_read_gives_one_sentence_and_the_points_stay(at, content):
    upload(at, "a,b,kind\n0,1,cat\n2,3,dog\n")
    before = shown(at)
    upload(at, content)
    assert len(at.error) == 1
    assert at.caption[0].value.startswith("Still shown: The label is “kind” (cat is 0, dog is 1)")
    assert shown(at) == before


def test_the_points_stay_when_the_file_goes_and_so_does_what_is_said_of_them(at):
    upload(at, "a,b,kind\n0,1,cat\n2,3,dog\n")
    before = shown(at)
    at.file_uploader[0].set_value(None).run()
    assert shown(at) == before
    assert "“kind”" in at.caption[0].value


def test_names_and_cells_are_shown_as_text(at):
    picture, icon = "![a](http://host/x.png)", ":smile:"
    upload(at, f"{picture},b,label\n1,2,{icon}\n3,4,*b*\n")
    assert f"({plain('*b*')} is 0, {plain(icon)} is 1); x₁ is “{plain(picture)}”," in at.caption[0].value
    upload(at, f"a,b,label\n1,2,0\n{picture},4,1\n")
    assert plain(picture) in at.error[0].value


def test_a_new_file_has_its_own_menus_and_the_same_file_is_parsed_once(at, monkeypatch):
    from logreg.ui.explorer import own_points

    parsed = []
    read_table = own_points.read_table
    monkeypatch.setattr(own_points, "read_table", lambda *a, **k: parsed.append(1) or read_table(*a, **k))
    upload(at, "a,b,c,label\n1,2,3,0\n4,5,6,1\n")
    at.selectbox[0].set_value("c").run()
    at.run()
    assert len(parsed) == 1
    upload(at, "a,b,c,label\n7,8,9,0\n4,5,6,1\n")
    assert shown(at)[0] == [[7, 8], [4, 5]]


def test_points_of_any_size_are_taken(at):
    points = np.random.default_rng(3).normal(size=(2000, 2))
    upload(at, "u,v,w\n" + "".join(f"{a!r},{b!r},{int(a > b)}\n" for a, b in points.tolist()))
    assert shown(at)[0] == points.tolist()


def test_a_name_of_any_length_is_cut_where_it_is_shown(at):
    long = "n" * 50_000
    upload(at, f"{long},b,c,kind\n0,1,2,{long}\n2,3,4,dog\n")
    assert shown(at) == ([[0, 1], [2, 3]], [1, 0])
    assert max(map(len, [at.caption[0].value, *at.selectbox[0].options])) < 200
