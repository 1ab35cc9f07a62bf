"""CSV files that are read: layouts, labels, columns, and what is said of them."""

import io
import re

import pytest
from hypothesis import given, settings

from logreg.data.csv_columns import CsvReading
from logreg.data.csv_files import read_csv, read_table, to_csv
from tests.data.tables import MANY, PLAIN, datasets, same


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
        (
            "kind",
            ["a", "kind"],
            "features: expected columns beside the label, each once, got the column of labels, 'kind'",
        ),
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


@pytest.mark.parametrize(
    ("features", "what"), [(["x", "k"], "the column of labels, 'k'"), (["x", "x"], "it twice, 'x'")]
)
def test_the_label_is_no_feature_and_no_feature_comes_twice(features, what):
    with pytest.raises(ValueError, match=f"features: expected columns beside the label, each once, got {what}"):
        read_csv("x,y,k\n1,2,0\n2,3,1\n", label="k", features=features)
