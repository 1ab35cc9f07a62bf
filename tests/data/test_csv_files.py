import io
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from logreg.data.csv_files import read_csv, to_csv
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset

PLAIN = "x1,x2,y\n0.5,-1,0\n2,3e-1,1\n"


def same(left: Dataset, right: Dataset) -> bool:
    return left.X.tobytes() == right.X.tobytes() and left.y.tolist() == right.y.tolist()


@given(
    hnp.arrays(
        np.float64,
        st.tuples(st.integers(1, 12), st.integers(2, 5)),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    ),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_a_round_trip_gives_the_same_bits(X, random):
    dataset = Dataset(X, [random.randint(0, 1) for _ in X])
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


@pytest.mark.parametrize(
    "text",
    [
        "0.5,-1,0\n2,0.3,1\n",
        "0.5;-1;0\n2;0.3;1\n",
        "0,5;-1;0\n2;0,3;1\n",
        "0,5;-1,0;0,0\n2;0,3;1,0\n",
        "0.5\t-1\t0\n2\t0.3\t1\n",
        "0,5\t-1\t0\n2\t0,3\t1\n",
        "\ufeff0.5,-1,0\r\n2,0.3,1\r\n",
        "0.5,-1,0\r2,0.3,1",
        "\n  \n0.5 , -1 ,0  \n,,\n\n2,0.3, 1\n\n",
        '"x1","x2","y"\n"0.5","-1","0"\n"2", "0.3" ,"1"\n',
        "x1;x2;y\n0,5;-1;0\n2;0,3;1\n",
        "0.5,-1,-1\n2,0.3,+1\n",
        "0.5,\u22121,\u22121\n2,0.3,1\n",
        "0.5,-1,0.0\n+2.,.3,1.0\n",
        "0.5,-1,cat\n2,0.3,dog\n",
        "a,b,c\n0.5,-1,no\n2,0.3,yes\n",
        "Label,a,b\n0,0.5,-1\n1,2,.3\n",
        "a,CLASS,b\n0.5,minus,-1\n2,plus,.3\n",
        "x,y,label\n0.5,-1,0\n2,.3,1\n",
        "y,x1,x2\n0,0.5,-1\n1,2,.3\n",
        "0.5,\t-1,\t0\n2,\t.3,\t1\n",
    ],
)
def test_every_accepted_layout_gives_the_same_points(text):
    for source in (text, text.encode()):
        dataset = read_csv(source)
        assert dataset.X.tolist() == [[0.5, -1.0], [2.0, 0.3]]
        assert dataset.y.tolist() == [0, 1]


def test_of_two_words_the_first_alphabetically_is_class_0():
    assert read_csv("1,2,dog\n3,4,cat\n5,6,dog\n").y.tolist() == [1, 0, 1]


@pytest.mark.parametrize(("label", "expected"), [("0", 0), ("1", 1), ("-1", 0), ("+1", 1)])
def test_one_class_is_read_if_its_label_is_a_number(label, expected):
    assert read_csv(f"1,2,{label}\n3,4,{label}\n").y.tolist() == [expected, expected]


BAD = {
    "a word for a number": ("x1,x2,y\n1,2,0\n3,abc,1\n", "Row 3, column 2 ('x2'): expected a number, got 'abc'."),
    "a word for a number, no header": ("1,abc,0\n3,4,1\n", "Row 1, column 2: expected a number, got 'abc'."),
    "nan": ("1,2,0\nNaN,4,1\n", "Row 2, column 1: expected a finite number, got 'NaN'."),
    "nan in the first row": ("nan,inf,cat\n1,4,dog\n", "Row 1, column 1: expected a finite number, got 'nan'."),
    "inf": ("1,2,0\n3,-inf,1\n", "Row 2, column 2: expected a finite number, got '-inf'."),
    "beyond float64": ("1,2,0\n3,1e999,1\n", "Row 2, column 2: expected a finite number, got '1e999'."),
    "an underscore": ("1,2,0\n3,1_0,1\n", "Row 2, column 2: expected a number, got '1_0'."),
    "digits of another script": ("1,2,0\n3,١,1\n", "Row 2, column 2: expected a number, got '١'."),
    "a decimal comma beside commas": ('1,2,0\n3,"1,5",1\n', "Row 2, column 2: expected a number, got '1,5'."),
    "an empty cell": ("1,2,0\n\n3,,1\n", "Row 3, column 2: expected a value, got an empty cell."),
    "an empty label": ("a,b,y\n1,2, \n", "Row 2, column 3 ('y'): expected a value, got an empty cell."),
    "a short row": ("a,b,y\n1,2,0\n3,4\n", "Row 3, column 3 ('y'): expected 3 cells as in row 1, got 2."),
    "a long row": ("1,2,0\n3,4,1,5\n", "Row 2, column 4: expected 3 cells as in row 1, got 4."),
    "a third label": (
        "1,2,0\n3,4,1\n5,6,2\n",
        "Row 3, column 3: expected labels 0 and 1, -1 and +1, or two words, got a third label 2.",
    ),
    "a third word": (
        "1,2,a\n3,4,b\n5,6,c\n",
        "Row 3, column 3: expected labels 0 and 1, -1 and +1, or two words, got a third label 'c'.",
    ),
    "labels 0 and -1": (
        "1,2,0\n3,4,-1\n",
        "Row 2, column 3: expected labels 0 and 1, -1 and +1, or two words, got 0 and -1.",
    ),
    "a number and a word": (
        "1,2,1\n3,4,cat\n",
        "Row 2, column 3: expected labels 0 and 1, -1 and +1, or two words, got 1 and 'cat'.",
    ),
    "no label column": (
        "1.5,2,3\n3,4,5\n",
        "Row 1, column 3: expected labels 0 and 1, -1 and +1, or two words, got 3.",
    ),
    "one word only": (
        "1,2,cat\n3,4,cat\n",
        "Row 1, column 3: expected labels 0 and 1, -1 and +1, or two words, got only 'cat' (one class needs a number).",
    ),
    "nothing": ("", "Row 1, column 1: expected a table of numbers and labels, got an empty file."),
    "nothing but blanks": (
        "\r\n \n,,\n",
        "Row 1, column 1: expected a table of numbers and labels, got an empty file.",
    ),
    "a header only": ("x1,x2,y\n", "Row 2, column 1: expected rows of data below the header, got none."),
    "one column of numbers": (
        "1,0\n2,1\n",
        "Row 1, column 2: expected two or more numeric columns and a label column, got 2 in all.",
    ),
    "a nameless column": (",x1,x2,y\n0,1,2,0\n", "Row 1, column 1: expected a column name, got an empty cell."),
    "two label columns": ("y,x,Y\n0,1,1\n", "Row 1, column 3: expected one label column, got a second one named 'Y'."),
    "an open quote": (
        '1,2,a\n3,4,"b\n5,6,a\n',
        "Row 2, column 3: expected a cell on one line, got a line break inside quotes.",
    ),
    "Latin-1": (
        "a;b;Größe\n1;2;0\n".encode("latin-1"),
        "Row 1, column 3: expected UTF-8 text, got other bytes or a control character.",
    ),
    "a NUL": (b"1,2,0\n3,4\x000,1\n", "Row 2, column 2: expected UTF-8 text, got other bytes or a control character."),
    "UTF-16": (
        "1,2,0\n".encode("utf-16"),
        "Row 1, column 1: expected UTF-8 text, got other bytes or a control character.",
    ),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "Row 1, column 1: expected UTF-8 text, got other bytes or a control character.",
    ),
    "a giant cell": (
        "1,2,0\n3," + "9" * 200_000 + ",1\n",
        "Row 2, column 2: expected cells of at most 131072 characters, got more (a quote that is not closed?).",
    ),
}


@pytest.mark.parametrize(("source", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_file_gives_one_sentence_with_row_and_column(source, sentence):
    with pytest.raises(ValueError, match="Row") as caught:
        read_csv(source)
    assert str(caught.value) == sentence


def test_a_text_file_in_another_encoding_gives_row_and_column(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("1;2;a\n3;4;é\n".encode("latin-1"))
    with path.open(encoding="utf-8") as file, pytest.raises(ValueError, match="Row 2, column 3: expected UTF-8 text"):
        read_csv(file)


def test_more_rows_than_the_limit_are_refused_at_the_first_one_too_many():
    assert read_csv(PLAIN, max_rows=2).n_samples == 2
    with pytest.raises(ValueError, match="Row 3, column 1: expected at most 1 rows of data, got more"):
        read_csv(PLAIN, max_rows=1)
    with pytest.raises(ValueError, match="max_rows: expected"):
        read_csv(PLAIN, max_rows=0)


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
    st.sampled_from(["", "y", "cat", "dog", '"', '"1"', "1,5", "\u22121", " ", "\0", "\r", "nan", "\ufeff", "\u2028"]),
    st.text(max_size=3),
)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5)


@given(LINES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(deadline=None, max_examples=250)
def test_anything_like_a_table_is_read_or_refused_in_one_sentence(lines, delimiter, end):
    result_or_sentence(end.join(delimiter.join(cells) for cells in lines) + end)


@given(st.one_of(st.binary(max_size=200), st.text(st.characters(), max_size=200).map(lambda text: text + "\n")))
@settings(deadline=None, max_examples=300)
def test_any_bytes_and_any_text_are_read_or_refused_in_one_sentence(source):
    result_or_sentence(source)


def test_ten_thousand_rows_round_trip():
    X = np.random.default_rng(0).normal(size=(10_000, 3)) * 10.0 ** np.arange(-5, 10, 5)
    dataset = Dataset(X, np.arange(10_000) % 2)
    assert same(read_csv(to_csv(dataset)), dataset)


def test_a_made_data_set_round_trips_through_a_file(tmp_path):
    dataset = make_dataset("hairs_breadth", decades=12, rotation=31, offset=math.pi)
    path = tmp_path / "hair.csv"
    path.write_text(to_csv(dataset))
    assert same(read_csv(path), dataset)
