"""What other programs write is read as it was: the csv module, pandas, R, spreadsheets."""

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from logreg.data.csv_columns import GROUPED
from logreg.data.csv_files import read_csv, to_csv
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from tests.data.tables import MANY, datasets, same

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
