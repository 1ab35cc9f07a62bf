import csv
import io
import math
import os
import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from logreg.data import csv_files
from logreg.data.csv_columns import GROUPED, CsvReading
from logreg.data.csv_files import read_csv, read_table, to_csv
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset

MANY = 100 if os.environ.get("LONG") else 1  # LONG=1 tries every property with a hundred times the examples
PLAIN = "x1,x2,y\n0.5,-1,0\n2,3e-1,1\n"
POINTS = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 12), st.integers(2, 5)),
    elements=st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-3, 3).map(float)),
)


def same(left: Dataset, right: Dataset) -> bool:
    return left.X.tobytes() == right.X.tobytes() and left.y.tolist() == right.y.tolist()


@st.composite
def datasets(draw, points=POINTS, both=False) -> Dataset:
    X = draw(points)
    y = draw(st.lists(st.integers(0, 1), min_size=len(X), max_size=len(X)))
    return Dataset(X, [0, 1, *y[2:]] if both else y)


@given(datasets())
@settings(max_examples=100 * MANY)
def test_a_round_trip_gives_the_same_bits(dataset):
    assert same(read_csv(to_csv(dataset) + "\n"), dataset)
    assert same(read_csv(to_csv(dataset).encode()), dataset)


def test_every_kind_of_source_is_read(tmp_path):
    path = tmp_path / "two points.csv"
    path.write_text(PLAIN)
    expected = read_csv(PLAIN)
    assert expected.X.tolist() == [[0.5, -1.0], [2.0, 0.3]]
    assert expected.y.tolist() == [0, 1]
    for source in (
        path,
        str(path),
        PLAIN.encode(),
        bytearray(PLAIN.encode()),
        io.StringIO(PLAIN),
        io.BytesIO(PLAIN.encode()),
    ):
        assert same(read_csv(source), expected)
    assert read_csv(path).name == "two points"
    with path.open() as file:
        assert same(read_csv(file), expected)


LAYOUTS = {
    "commas": "0.5,-1,0\n2,0.3,1\n",
    "semicolons": "0.5;-1;0\n2;0.3;1\n",
    "decimal commas": "0,5;-1;0\n2;0,3;1\n",
    "decimal commas throughout": "0,5;-1,0;0,0\n2;0,3;1,0\n",
    "tabs": "0.5\t-1\t0\n2\t0.3\t1\n",
    "tabs and decimal commas": "0,5\t-1\t0\n2\t0,3\t1\n",
    "a byte order mark": "\ufeff0.5,-1,0\r\n2,0.3,1\r\n",
    "old Macs": "0.5,-1,0\r2,0.3,1",
    "blank lines and rows": "\n  \n0.5 , -1 ,0  \n,,\n\n2,0.3, 1\n\n",
    "quotes": '"x1","x2","y"\n"0.5","-1","0"\n"2", "0.3" ,"1"\n',
    "quoted decimal commas": '"x1","x2","y"\n"0,5","-1","0"\n"2","0,3","1"\n',
    "a header and decimal commas": "x1;x2;y\n0,5;-1;0\n2;0,3;1\n",
    "signs": "0.5,-1,-1\n2,0.3,+1\n",
    "minus signs": "0.5,\u22121,\u22121\n2,0.3,1\n",
    "bare points": "0.5,-1,0.0\n+2.,.3,1.0\n",
    "words": "0.5,-1,cat\n2,0.3,dog\n",
    "plus and minus as words": "0.5,-1,-\n2,0.3,+\n",
    "plus, minus and decimal commas": "a;b;c\n0,5;-1,0;-\n2;0,3;+\n",
    "1 and 2": "0.5,-1,1\n2,0.3,2\n",
    "no and yes": "a,b,c\n0.5,-1,no\n2,0.3,yes\n",
    "a label in front": "Label,a,b\n0,0.5,-1\n1,2,.3\n",
    "a label in the middle": "a,CLASS,b\n0.5,minus,-1\n2,plus,.3\n",
    "named numbers": "a,b,class\n0.5,-1,2\n2,.3,4\n",
    "x, y and a label": "x,y,label\n0.5,-1,0\n2,.3,1\n",
    "y in front": "y,x1,x2\n0,0.5,-1\n1,2,.3\n",
    "tabs after commas": "0.5,\t-1,\t0\n2,\t.3,\t1\n",
    "pipes": "x1|x2|y\n0.5|-1|0\n2|.3|1\n",
    "a table of pipes": "| x1 | x2 | y |\n| 0.5 | -1 | 0 |\n| 2 | .3 | 1 |\n",
    "aligned by spaces": "  x1   x2 y\n 0.5   -1 0 \n   2   .3 1\n",
    "spaces and decimal commas": "0,5 -1 0\n2 0,3 1\n",
    "sep=": "sep=;\r\nx1;x2;y\r\n0.5;-1;0\r\n2;.3;1\r\n",
    "sep= of the reader's own": "sep=:\nx1:x2:y\n0.5:-1:0\n2:.3:1\n",
    "pandas' index": ",x1,x2,y\n0,0.5,-1,0\n1,2,.3,1\n",
    "pandas' index, shuffled": ",x1,x2,y\n7,0.5,-1,0\n3,2,.3,1\n",
    "pandas' index, saved twice": ",Unnamed: 0,x1,x2,y\n0,0,0.5,-1,0\n1,1,2,.3,1\n",
    "pandas' index of words": ",x1,x2,y\nann,0.5,-1,0\nbob,2,.3,1\n",
    "pandas' columns without names": ",0,1,2\n0,0.5,-1,0\n1,2,.3,1\n",
    "pandas' columns without names and index": "0,1,2\n0.5,-1,0\n2,.3,1\n",
    "pandas' columns without names but for the label": ",0,1,kind\n0,0.5,-1,cat\n1,2,.3,dog\n",
    "write.csv of R": '"","x1","x2","y"\n"1",0.5,-1,"a"\n"2",2,.3,"b"\n',
    "write.table of R": '"x1" "x2" "y"\n"1" 0.5 -1 "a"\n"2" 2 .3 "b"\n',
    "row names of R": '"mpg","hp","am"\n"Mazda RX4",0.5,-1,0\n"Datsun 710",2,.3,1\n',
    "savetxt of NumPy": "# x1 x2 y\n5.00e-01 -1.0e+00 0.0e+00\n2.0e+00 3.0e-01 1.0e+00\n",
    "trailing separators": "x1,x2,y,\n0.5,-1,0,\n2,.3,1,\n",
    "trailing separators in the header alone": "x1,x2,y,\n0.5,-1,0\n2,.3,1\n",
    "trailing separators in the rows alone": "x1;x2;y\n0.5;-1;0;;\n2;.3;1;\n",
    "trailing separators without a header": "0.5,-1,0,\n2,.3,1,\n",
    "line breaks in cells": 'x1,"x2\n(cm)",note,y\n0.5,-1,"one\n\n,,\ntwo",0\n2,.3,"three ""four""\n",1\n',
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_every_accepted_layout_gives_the_same_points(text):
    for source in (text, text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        dataset = read_csv(source)
        assert dataset.X.tolist() == [[0.5, -1.0], [2.0, 0.3]]
        assert dataset.y.tolist() == [0, 1]


def reading(text: str) -> CsvReading:
    return read_table(text).read()


@pytest.mark.parametrize(
    ("header", "rows", "label"),
    [
        ("x,y,and", ["0,0,0", "0,1,0", "1,0,0", "1,1,1"], "and"),
        ("and,x,y", ["0,0,0", "0,0,1", "0,1,0", "1,1,1"], "and"),
        ("x,and,y", ["0,0,0", "0,0,1", "1,0,0", "1,1,1"], "and"),
        ("x,y,color", ["0,1,red", "1,0,blue"], "color"),
        ("color,x,y", ["red,0,1", "blue,1,0"], "color"),
        ("x,y,z,color", ["0,1,1,red", "1,0,1,blue"], "color"),
        ("target,x1,x2", ["0,0.5,1", "1,2,0", "1,3,1"], "target"),
        ("survival,x1,x2", ["0,0.5,1", "1,2,0", "1,3,1"], "survival"),
        ("y,x1,x2", ["0,0.5,1", "1,2,0"], "y"),
        ("x1,x2,y,group", ["0.5,1,0,a", "2,3,1,b"], "group"),
        ("x,y,label,class,target", ["0,1,0,a,0", "1,1,1,b,1"], "target"),
        ("x,w,y", ["0,1,0", "1,0,1"], "w"),  # with x, y is a coordinate
        ("User ID,Gender,Age,EstimatedSalary,Purchased", ["8,Male,19,9000,0", "9,Female,35,8000,1"], "Purchased"),
        ("default,student,balance,income", ["No,Yes,729.5,44361", "Yes,No,817.2,12106"], "default"),
        ("PassengerId,Survived,Sex,Age,Fare", ["1,0,male,22,7.2", "2,1,female,38,71.3"], "Survived"),
        ("id,diagnosis,radius,texture", ["842302,M,18,10.4", "842517,B,20.6,17.8"], "diagnosis"),
        ("admit,gre,gpa,rank", ["0,380,3.61,3", "1,660,3.67,3", "1,800,4,1"], "admit"),
        ("mpg,wt,vs,am", ["21,2.62,0,1", "22.8,2.32,1,1", "21.4,3.2,1,0"], "am"),
        ("dose,sex,age,dead", ["10,1,55,0", "20,1,33.5,1", "10,2,44,0", "20,2,31,1"], "dead"),
        ("a,b,grade", ["0.5,1,3", "2,3,7", "4,5,7", "4,6,3"], "grade"),
        ("one,a,b,colour", ["1,2,3,red", "1,4,5,blue"], "colour"),
        ("colour,a,b,one", ["red,2,3,1", "blue,4,5,1"], "colour"),
    ],
)
def test_the_label_is_told_by_the_whole_header_and_the_values(header, rows, label):
    assert reading("\n".join([header, *rows, ""])).label == label


def test_and_is_read_as_and():
    said = reading("x,y,and\n0,0,0\n0,1,0\n1,0,0\n1,1,1\n")
    assert (said.label, said.features, said.classes) == ("and", ("x", "y"), ("0", "1"))
    assert said.dataset.X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert said.dataset.y.tolist() == [0, 0, 0, 1]


def test_other_columns_are_chosen_by_name():
    table = read_table("id,a,b,c,colour,old\n8,1,2,3,x,0\n9,4,5,6,y,1\n")
    assert table.likely_label() == "old"
    assert set(table.label_choices()) == {"colour", "old"}
    assert table.feature_choices("colour") == ("a", "b", "c", "old", "id")
    said = table.read("colour", ("c", "old"))
    assert said.dataset.X.tolist() == [[3.0, 0.0], [6.0, 1.0]]
    assert (said.label, said.features, said.classes) == ("colour", ("c", "old"), ("x", "y"))
    assert read_csv("1,2,3,0\n4,5,6,1\n", features=("column 3", "column 1")).X.tolist() == [[3.0, 1.0], [6.0, 4.0]]
    assert read_csv("1,2,0,5\n4,5,1,5\n", label="column 3").y.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("label", "features", "sentence"),
    [
        ("no", None, "label: expected one of the columns 'a', 'b', 'kind', got 'no'."),
        ("kind", ["a", "no"], "features: expected one of the columns 'a', 'b', 'kind', got 'no'."),
        ("a", None, "Row 4, column 1 ('a'): expected labels 0 and 1, -1 and +1, or two words, got a third label 3"),
        ("kind", ["a", "kind"], "Row 2, column 3 ('kind'): expected a number, got 'x'"),
    ],
)
def test_a_column_that_cannot_be_chosen_is_refused_by_name(label, features, sentence):
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        read_csv("a,b,kind\n1,2,x\n2,5,y\n3,6,x\n", label=label, features=features)


def test_rows_that_lack_a_value_are_left_out_and_named():
    text = (
        "a,b,note,kind\n1,NA,,x\n2,5,,y\n?,6,,x\n3,,,x\n4,nan,,y\n\n5,6,,N/A\n6,7,,x\n7,#N/A,,y\n8,NULL,,y\n9,-nan,,y\n"
    )
    said = reading(text)
    assert said.left_out == (2, 4, 5, 6, 8, 10, 11, 12)
    assert said.dataset.X.tolist() == [[2.0, 5.0], [6.0, 7.0]]
    assert read_table(text).read(features=("a",)).left_out == (4, 8)


def test_words_in_any_case_are_one_label_and_shown_as_first_written():
    said = reading("a,b,ok\n1,2,Yes\n2,3,no\n2,4,YES\n2,5,yes\n5,6,No\n")
    assert (said.dataset.y.tolist(), said.classes) == ([1, 0, 1, 1, 0], ("no", "Yes"))
    assert reading("1,2,TRUE\n2,3,False\n3,4,true\n").classes == ("False", "TRUE")


def test_of_two_words_the_first_alphabetically_is_class_0():
    assert read_csv("1,2,dog\n3,4,cat\n5,6,dog\n").y.tolist() == [1, 0, 1]
    assert read_csv("1,2,Zoe\n3,4,ann\n").y.tolist() == [1, 0]


@pytest.mark.parametrize(("label", "expected"), [("0", 0), ("1", 1), ("-1", 0), ("+1", 1)])
def test_one_class_is_read_if_its_label_is_a_number(label, expected):
    assert read_csv(f"1,2,{label}\n3,4,{label}\n").y.tolist() == [expected, expected]


def test_encoding_delimiter_and_decimal_mark_are_said():
    text = "Länge;Größe;Art\r\n0,5;1;süß\r\n2;3;sauer\r\n"
    for encoding, said in (("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")):
        table = read_table(text.encode(encoding))
        assert (table.encoding, table.delimiter, table.decimal) == (said, ";", ",")
        assert table.feature_choices("Art") == ("Länge", "Größe")
        assert table.read().classes == ("sauer", "süß")


def test_columns_of_one_name_are_told_apart():
    assert read_table("a,a,a,y\n1,2,3,0\n4,5,6,1\n").feature_choices("y") == ("a", "a (column 2)", "a (column 3)")


def test_a_row_of_numbers_is_data_also_where_it_looks_like_column_numbers():
    assert read_csv("0,1,2\n1,1,1\n0,0,2\n").n_samples == 3
    assert read_csv("0,1,cat\n1,1,dog\n2,2,cat\n").n_samples == 3


LABELS = "expected labels 0 and 1, -1 and +1, or two words"
OTHERS = "keep the rows of two classes, or name another column as the label"
CORRECT = "correct it, or empty it to leave the row out"
MARKS = "write numbers without thousands separators, and all with one decimal mark"
COMPLETE = "complete the row, or quote text that holds a delimiter"
NO_TEXT = "expected text, got a control character or a byte of no known encoding; save it as CSV (UTF-8)"
OPEN = "expected a cell whose quotes are closed, got an open one; close it"
BAD = {
    "a word for a number": (
        "x1,x2,y\n1,2,0\n3,abc,1\n",
        f"Row 3, column 2 ('x2'): expected a number, got 'abc'; {CORRECT}.",
    ),
    "only words for numbers": (
        "x1,x2,label\n1,few,0\n3,many,1\n",
        f"Row 2, column 2 ('x2'): expected a number, got 'few'; {CORRECT}.",
    ),
    "a word for a number, no header": (
        "1,abc,0\n3,4,1\n",
        f"Row 1, column 2: expected a number, got 'abc'; {CORRECT}.",
    ),
    "inf": ("1,2,0\n3,-inf,1\n", f"Row 2, column 2: expected a finite number, got '-inf'; {CORRECT}."),
    "beyond float64": ("1,2,0\n3,1e999,1\n", f"Row 2, column 2: expected a finite number, got '1e999'; {CORRECT}."),
    "an underscore": ("1,2,0\n3,1_0,1\n", f"Row 2, column 2: expected a number, got '1_0'; {CORRECT}."),
    "digits of another script": ("1,2,0\n3,١,1\n", f"Row 2, column 2: expected a number, got '١'; {CORRECT}."),
    "thousands": ('1,2,0\n3,"1,234",1\n', f"Row 2, column 2: expected a number, got '1,234'; {MARKS}."),
    "thousands everywhere": (
        'a,b,c\n"1,234","5,678",0\n"2,345","6,789",1\n',
        f"Row 2, column 1 ('a'): expected a number, got '1,234'; {MARKS}.",
    ),
    "thousands and decimals": (
        'a,b,c\n"1,234.5",2.5,0\n3,4,1\n',
        f"Row 2, column 1 ('a'): expected a number, got '1,234.5'; {MARKS}.",
    ),
    "thousands in German": (
        "a;b;c\n1.234,5;2,5;0\n3;4;1\n",
        f"Row 2, column 1 ('a'): expected a number, got '1.234,5'; {MARKS}.",
    ),
    "thousands in French": (
        "a;b;c\n1 234;2,5;0\n3;4;1\n",
        f"Row 2, column 1 ('a'): expected a number, got '1 234'; {MARKS}.",
    ),
    "two decimal marks": (
        "a;b;c\n1,5;2,5;0\n3.5;4,5;1\n",
        f"Row 3, column 1 ('a'): expected a number, got '3.5'; {MARKS}.",
    ),
    "no label in any row": (
        "a,b,y\n1,2, \n2,3,NA\n",
        f"Row 2, column 3 ('y'): {LABELS}, got none; {OTHERS}.",
    ),
    "no whole row": (
        "a,b,y\n1,,0\n2,3,\n,3,1\n",
        "Row 2, column 3 ('y'): expected a row with a value in every column that is read, got none; choose others.",
    ),
    "a short row": ("a,b,y\n1,2,0\n3,4\n", f"Row 3, column 3 ('y'): expected 3 cells as in row 1, got 2; {COMPLETE}."),
    "a long row": ("1,2,0\n3,4,1,5\n", f"Row 2, column 4: expected 3 cells as in row 1, got 4; {COMPLETE}."),
    "a third label": ("1,2,0\n3,4,1\n5,6,2\n", f"Row 3, column 3: {LABELS}, got a third label 2; {OTHERS}."),
    "a third word": ("1,2,a\n3,4,b\n5,6,c\n", f"Row 3, column 3: {LABELS}, got a third label 'c'; {OTHERS}."),
    "three species": (
        "Id,length,width,Species\n1,5.1,3.5,setosa\n2,7,3.2,versicolor\n3,6.3,3.3,virginica\n",
        f"Row 4, column 4 ('Species'): {LABELS}, got a third label 'virginica'; {OTHERS}.",
    ),
    "ten classes without a header": (
        "0,0,5,0\n0,1,6,1\n0,1,7,2\n0,0,8,3\n",
        f"Row 3, column 4: {LABELS}, got a third label 2; {OTHERS}.",
    ),
    "three classes beside a column of ones": (
        "one,a,b,colour\n1,2,3,red\n1,4,5,blue\n1,6,8,green\n",
        f"Row 4, column 4 ('colour'): {LABELS}, got a third label 'green'; {OTHERS}.",
    ),
    "a label of many numbers": (
        "a,b,on,target\n1,2,0,151\n3,4,1,75\n5,6,1,141\n",
        f"Row 4, column 4 ('target'): {LABELS}, got a third label 141; {OTHERS}.",
    ),
    "labels 0 and -1": ("1,2,0\n3,4,-1\n", f"Row 2, column 3: {LABELS}, got 0 and -1; {OTHERS}."),
    "a number and a word": ("1,2,1\n3,4,cat\n", f"Row 2, column 3: {LABELS}, got 1 and 'cat'; {OTHERS}."),
    "no label column": ("1.5,2,3\n3,4,5\n", f"Row 2, column 3: {LABELS}, got 3 and 5; {OTHERS}."),
    "one word only": (
        "1,2,cat\n3,4,cat\n",
        f"Row 1, column 3: {LABELS}, got only 'cat'; write a single class as 0 or 1.",
    ),
    "nothing": ("", "Row 1, column 1: expected a table of numbers and labels, got an empty file; save it again."),
    "nothing but blanks": (
        "\r\n \n,,\n",
        "Row 1, column 1: expected a table of numbers and labels, got an empty file; save it again.",
    ),
    "a header only": ("x1,x2,y\n", "Row 2, column 1: expected rows of data below the header, got none; add some."),
    "one column of numbers": (
        "1,0\n2,1\n",
        "Row 1, column 2: expected two or more columns of numbers and a label column, got 2 in all; "
        "separate the cells by commas.",
    ),
    "an index and one column of numbers": (
        ",x,label\n0,5,a\n1,6,b\n",
        "Row 2, column 3 ('label'): expected two columns of numbers beside the label, got fewer; add one.",
    ),
    "an open quote": ('1,2,a\n3,4,"b\n5,6,a\n', f"Row 2, column 3: {OPEN}."),
    "an open quote that another one seems to close": ('1,2,a\n3,4,"b\n5,6,"a"\n', f"Row 2, column 3: {OPEN}."),
    "an open quote before much": ('1,2,a\n3,"4,b\n' + "5,6,a\n" * 30_000, f"Row 2, column 2: {OPEN}."),
    "a NUL": (b"1,2,0\n3,4\x000,1\n", f"Row 2, column 2: {NO_TEXT}."),
    "UTF-16 without its mark": ("1,2,0\n".encode("utf-16-le"), f"Row 1, column 1: {NO_TEXT}."),
    "a byte that Windows-1252 lacks": (b"1,2,a\n3,4,\x8d\n", f"Row 2, column 3: {NO_TEXT}."),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", f"Row 2, column 1: {NO_TEXT}."),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00", f"Row 1, column 1: {NO_TEXT}."),
    "a giant cell": (
        "1,2,0\n3," + "9" * 200_000 + ",1\n",
        "Row 2, column 1: expected a line of at most 131072 characters, got 200005; "
        "save the table with one line for each point.",
    ),
    "too many columns": (
        "1," * 1000 + "0\n",
        "Row 1, column 1001: expected at most 1000 columns, got more; leave some out.",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_file_gives_one_sentence_with_row_column_and_a_way_out(source, sentence):
    with pytest.raises(ValueError, match="Row") as caught:
        read_csv(source)
    assert str(caught.value) == sentence


def test_a_text_file_opened_in_the_wrong_encoding_is_read_in_ours(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("1;2;a\n3;4;é\n".encode("latin-1"))
    with path.open(encoding="utf-8") as file:
        assert read_table(file).read().classes == ("a", "é")


def test_more_rows_than_the_limit_are_refused_at_the_first_one_too_many():
    assert read_csv(PLAIN, max_rows=2).n_samples == 2
    with pytest.raises(ValueError, match="Row 3, column 1: expected at most 1 rows of data, got more"):
        read_csv(PLAIN, max_rows=1)
    with pytest.raises(ValueError, match="max_rows: expected"):
        read_csv(PLAIN, max_rows=0)


def test_blank_lines_between_all_rows_are_within_the_limit():
    assert read_csv("1,2,0\r\r\n3,4,1\r\r\n" * 1000, max_rows=2000).n_samples == 2000


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 10**6,
        "\r" * 10**6,
        "\r\n" * 500_000,
        "9" * 10**6,
        "," * 10**6,
        (";" * 998 + "\n") * 1000,
        '1,2,"' + "a\n" * 500_000,
        "1,2,0\n" * 160_000,
        '"' * 10**6,
        " " * 10**6,
    ],
    ids=[
        "line feeds",
        "returns",
        "both",
        "a cell",
        "commas",
        "rows of semicolons",
        "a quote",
        "rows",
        "quotes",
        "spaces",
    ],
)
def test_a_million_characters_of_nonsense_are_refused_before_they_are_parsed(text, monkeypatch):
    parsed = []

    reader = csv.reader

    def counting(lines, *args, **kwargs):
        return reader((parsed.append(len(line)) or line for line in lines), *args, **kwargs)

    monkeypatch.setattr(csv_files.csv, "reader", counting)
    with pytest.raises(ValueError, match=r"^Row \d+, column \d+: expected .*; .*\.$"):
        read_csv(text.encode(), max_rows=2000)
    assert sum(parsed) < 500_000
    assert len(parsed) < 10_000


@pytest.mark.parametrize("source", ["no such file.csv", "a\0b", 3, None, object()])
def test_what_is_no_source_is_refused_by_name(source):
    with pytest.raises(ValueError, match=r"^source: expected .*\.$"):
        read_csv(source)


def result_or_sentence(source) -> None:
    try:
        dataset, problem = read_csv(source), None
    except ValueError as error:
        dataset, problem = None, error
    if dataset is None:
        assert type(problem) is ValueError
        assert str(problem).startswith(("Row ", "source: "))
        assert len(str(problem).splitlines()) == 1
    else:
        assert dataset.n_features >= 2
        assert same(read_csv(to_csv(dataset)), dataset)


CELLS = st.one_of(
    st.integers(-2, 2).map(str),
    st.floats().map(repr),
    st.sampled_from(
        ["", "y", "x", "id", "label", "cat", "dog", "DOG", '"', '"1"', '"1,5"', "1,5", "\u22121", " ", "\0"]
    ),
    st.sampled_from(["\r", "nan", "\ufeff", "\u2028", "NA", "?", "inf", "1,234", "1.234,5", "sep=", "#", "+", "-"]),
    st.text(max_size=3),
)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6)


@given(LINES, st.sampled_from(",;\t| "), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=250 * MANY)
def test_anything_like_a_table_is_read_or_refused_in_one_sentence(lines, delimiter, end):
    result_or_sentence(end.join(delimiter.join(cells) for cells in lines) + end)


@given(st.one_of(st.binary(max_size=200), st.text(st.characters(), max_size=200).map(lambda text: text + "\n")))
@settings(max_examples=300 * MANY)
def test_any_bytes_and_any_text_are_read_or_refused_in_one_sentence(source):
    result_or_sentence(source)


@given(LINES, st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "utf-16-le", "utf-32", "latin-1"]))
@settings(max_examples=100 * MANY)
def test_a_table_in_any_encoding_is_read_or_refused_in_one_sentence(lines, encoding):
    result_or_sentence("\n".join(";".join(cells) for cells in lines).encode(encoding, "replace"))


NAMES = [
    "petal length (cm)",
    "Größe",
    "a,b",
    "a;b",
    'say "x"',
    "weight|kg",
    "x 1",
    "x1",
    "x2",
    "X",
    "T°",
    "Age",
    "sepal_width",
]
PAIRS = [
    ("0", "1"),
    ("-1", "1"),
    ("1", "2"),
    ("cat", "dog"),
    ("No", "Yes"),
    ("FALSE", "TRUE"),
    ("-", "+"),
    ("größer", "kleiner"),
]


@st.composite
def tables(draw) -> tuple[Dataset, list[str], str, list[str]]:
    """Draw points, the names of their columns, and how the label is called and written."""
    dataset = draw(datasets(both=True))
    names = draw(
        st.lists(st.sampled_from(NAMES), min_size=dataset.n_features, max_size=dataset.n_features, unique=True)
    )
    label = draw(st.sampled_from(["label", "Class", "y", "target", "kind", "Art", "is it one?"]))
    assume(not (label == "y" and "X" in names))  # the y beside an x is a coordinate
    pair = draw(st.sampled_from(PAIRS))
    case = draw(st.sampled_from([str, str.upper, str.lower]))
    return dataset, names, label, [case(pair[k]) if draw(st.booleans()) else pair[k] for k in dataset.y]


def cells_of(table, decimal=".", label_first=False) -> list[list[str]]:
    dataset, names, label, labels = table
    points = [[repr(value).replace(".", decimal) for value in row] for row in dataset.X.tolist()]
    rows = zip([label, *labels], [names, *points], strict=True)
    return [[word, *row] if label_first else [*row, word] for word, row in rows]


def written(rows, **style) -> str:
    out = io.StringIO()
    csv.writer(out, **style).writerows(rows)
    return out.getvalue()


@given(
    tables(),
    st.sampled_from(",;\t| "),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([".", ","]),
)
@settings(max_examples=200 * MANY)
def test_what_the_csv_module_writes_is_read_as_it_was(table, delimiter, quoting, encoding, end, decimal):
    rows = cells_of(table, decimal)
    numbers = [cell for row in rows[1:] for cell in row[:-1] if "," in cell]
    assume(delimiter == ";" or not numbers or not all(map(GROUPED.fullmatch, numbers)))  # 1,234 may be either
    text = written(rows, delimiter=delimiter, quoting=quoting, lineterminator=end)
    assert same(read_csv(text.encode(encoding)), table[0])


@given(tables(), st.booleans(), st.sampled_from(",;\t"), st.sampled_from([".", ","]), st.randoms(use_true_random=False))
@settings(max_examples=50 * MANY)
def test_what_pandas_writes_is_read_as_it_was(table, index, delimiter, decimal, random):
    pandas = pytest.importorskip("pandas")
    dataset, names, label, labels = table
    frame = pandas.DataFrame(dataset.X, columns=names).assign(**{label: labels})
    order = random.sample(range(dataset.n_samples), dataset.n_samples)
    frame = frame.iloc[order]  # a shuffled index, as a split leaves it
    numbers = [repr(value).replace(".", ",") for value in dataset.X.ravel().tolist()]
    assume(decimal == "." or delimiter == ";" or not all(map(GROUPED.fullmatch, filter(lambda n: "," in n, numbers))))
    text = frame.to_csv(index=index, sep=delimiter, decimal=decimal)
    assert same(read_csv(text), Dataset(dataset.X[order], dataset.y[order]))


@given(datasets(both=True), st.booleans())
@settings(max_examples=50 * MANY)
def test_what_pandas_writes_of_an_array_is_read_as_it_was(dataset, index):
    pandas = pytest.importorskip("pandas")
    text = pandas.DataFrame(np.column_stack([dataset.X, dataset.y])).to_csv(index=index)
    assert same(read_csv(text), dataset)


@given(tables(), st.sampled_from(["write.csv", "write.csv2", "write.table", "row names"]))
@settings(max_examples=100 * MANY)
def test_what_r_writes_is_read_as_it_was(table, writer):
    header, *rows = cells_of(table, "," if writer == "write.csv2" else ".")
    head = ['"' + name.replace('"', '""') + '"' for name in header]
    names = [f'"car {k}"' if writer == "row names" else f'"{k}"' for k in range(1, 1 + len(rows))]
    body = [[name, *row[:-1], f'"{row[-1]}"'] for name, row in zip(names, rows, strict=True)]
    if writer.startswith("write.csv"):
        head = ['""', *head]
    delimiter = {"write.csv": ",", "write.csv2": ";", "write.table": " ", "row names": ","}[writer]
    assert same(read_csv("\n".join(map(delimiter.join, [head, *body])) + "\n"), table[0])


@given(tables(), st.sampled_from(["German", "Unicode text", "English", "LibreOffice"]), st.booleans(), st.booleans())
@settings(max_examples=100 * MANY)
def test_what_a_spreadsheet_writes_is_read_as_it_was(table, program, trailing, says_sep):
    decimal = "." if program == "English" else ","
    rows = cells_of(table, decimal, label_first=table[2] == "label")
    delimiter = {"German": ";", "Unicode text": "\t", "English": ",", "LibreOffice": ","}[program]
    numbers = [cell for row in rows[1:] for cell in row if "," in cell]
    assume(delimiter == ";" or not numbers or not all(map(GROUPED.fullmatch, numbers)))
    quoting = csv.QUOTE_ALL if program == "LibreOffice" else csv.QUOTE_MINIMAL
    text = written([[*row, *[""] * trailing] for row in rows], delimiter=delimiter, quoting=quoting)
    text = f"sep={delimiter}\r\n" * says_sep + text + (delimiter * len(rows[0]) + "\r\n") * trailing
    assert same(
        read_csv(text.encode({"German": "cp1252", "Unicode text": "utf-16"}.get(program, "utf-8-sig"))), table[0]
    )


def test_ten_thousand_rows_round_trip():
    X = np.random.default_rng(0).normal(size=(10_000, 3)) * 10.0 ** np.arange(-5, 10, 5)
    dataset = Dataset(X, np.arange(10_000) % 2)
    assert same(read_csv(to_csv(dataset)), dataset)


def test_a_made_data_set_round_trips_through_a_file(tmp_path):
    dataset = make_dataset("hairs_breadth", decades=12, rotation=31, offset=math.pi)
    path = tmp_path / "hair.csv"
    path.write_text(to_csv(dataset))
    assert same(read_csv(path), dataset)
