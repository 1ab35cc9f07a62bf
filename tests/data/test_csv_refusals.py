"""CSV files that are refused: one sentence with row, column and a way out; nonsense never crashes."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data import csv_files
from logreg.data.csv_files import read_csv, read_table, to_csv
from tests.data.tables import MANY, PLAIN, same

LABELS = "expected labels 0 and 1, -1 and +1, or two words"
OTHERS = "keep the rows of two classes, or name another column as the label"
CORRECT = "correct it, or empty it to leave the row out"
MARKS = "write numbers without thousands separators, and all with one decimal mark"
COMPLETE = "complete the row, or quote text that holds a delimiter"
SHORTEN = "take out what is too much, or quote text that holds a delimiter"
LONG = f"expected 3 cells as in row 1, got 4; {SHORTEN}."
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
    "a long row": ("1,2,0\n3,4,1,5\n", f"Row 2, column 4: expected 3 cells as in row 1, got 4; {SHORTEN}."),
    "a long row below a header": ("a,b,y\n1,2,0,5\n3,4,1\n", f"Row 2, column 4: {LONG}"),
    "a long row below blank lines": (
        "\n\na,b,y\n\n1,2,0,5\n\n3,4,1\n",
        f"Row 5, column 4: {LONG.replace('row 1', 'row 3')}",
    ),
    "a long row after a mark": ("\ufeffa,b,y\n1,2,0,5\n3,4,1\n", f"Row 2, column 4: {LONG}"),
    "a long row of semicolons": ("a;b;y\n1,5;2;0;5\n3;4;1\n", f"Row 2, column 4: {LONG}"),
    "a decimal comma among commas": ("a,b,y\n1,5,2,0\n3,4,1\n1,2,0\n", f"Row 2, column 4: {LONG}"),
    "a long row of blanks": ("a b y\n1 2 0 5\n3 4 1\n", f"Row 2, column 4: {LONG}"),
    "a long first row": ("1,2,0,5\n3,4,1\n", f"Row 2, column 4: expected 4 cells as in row 1, got 3; {COMPLETE}."),
    "a title above the header": (
        "My data\n\na,b,y\n1,2,0\n3,4,1\n",
        "Row 3, column 2: row 1 has one cell, this one 3; take out the lines above the header, or quote text that "
        "holds a delimiter.",
    ),
    "a short row with R's names": (
        "a,b,y\np,1,2,0\nq,3,4,1\nr,5,1\n",
        f"Row 4, column 4 ('y'): expected 4 cells as in row 2, got 3; {COMPLETE}.",
    ),
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
        "add the column that is missing.",
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


@pytest.mark.parametrize("source", ["no such file.csv", "a\0b"])
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
