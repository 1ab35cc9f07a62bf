"""Points from a CSV file and back: the way for a reader's own data to enter the path."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from logreg.data.checks import check_type, checked_whole, shown
from logreg.data.csv_columns import GROUPED, MISSING, NUMBER, Column, CsvTable, error_at, looks_numeric
from logreg.data.dataset import Dataset

if TYPE_CHECKING:
    from _csv import Reader

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[str] | IO[bytes]
Numbered = list[tuple[int, str]]  # lines, from 1
Record = tuple[int, list[str]]

_LONGEST_LINE, _MOST_COLUMNS = 2**17, 1000
_SAMPLE, _SAMPLE_WIDTH = 20, 4096  # lines and characters by which the delimiter is told
_SEP = re.compile(r'\s*"?sep=([^\w\s"]|[\t ])"?\s*', re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")


def read_csv(
    source: Source, *, label: str | None = None, features: Sequence[str] | None = None, max_rows: int | None = None
) -> Dataset:
    r"""Read columns of numbers and a label column.

    Encoding, delimiter (comma, semicolon, tab, pipe, spaces, or what a first line `sep=` says), decimal mark and
    header are told by the text. Blank lines, empty columns and row names as pandas and R write them are passed over;
    a row that lacks a value ("", NA, nan, ?, null) is left out. `logreg.data.csv_files.read_table` tells what was read.

    Parameters
    ----------
    source : str, path, bytes or file object
        Text with a line break (or "") is the content itself; other text is a path. Bytes are UTF-8, UTF-16 with
        a byte order mark, or else Windows-1252.
    label : str, optional
        Name of the label column ("column 3" without a header); by default the likely one.
    features : sequence of str, optional
        Names of the columns of numbers; by default all but one that only numbers the rows.
    max_rows : int, optional
        The most rows of data to accept.

    Returns
    -------
    Dataset
        Of labels 0 and 1, -1 and 1, or 1 and 2 the higher is 1; of two words, in any case, the second alphabetically.
        A file of one class is read if its label is a number. Named after the file, if that has a name.

    Raises
    ------
    ValueError
        With one sentence that names row (the line of the file, from 1) and column, whatever is wrong with the file.

    Examples
    --------
    >>> read_csv("x1,x2,kind\n0.5,1,cat\n2,3,dog\n").y.tolist()
    [0, 1]
    """
    return read_table(source, max_rows=max_rows).read(label, features).dataset


def read_table(source: Source, *, max_rows: int | None = None) -> CsvTable:
    r"""Read a file as columns of text, of which `CsvTable.read` chooses.

    Parameters
    ----------
    source, max_rows
        As for `read_csv`.

    Raises
    ------
    ValueError
        With one sentence that names row and column.

    Examples
    --------
    >>> reading = read_table("x,y,and\n0,1,0\n1,?,0\n1,1,1\n").read()
    >>> reading.label, reading.features, reading.left_out
    ('and', ('x', 'y'), (3,))
    """
    if max_rows is not None:
        checked_whole("max_rows", max_rows, 1, 10**15)
    text, name, encoding = _content(source)
    lines, delimiter = _lines(text, max_rows)
    records = list(_records(lines, delimiter))
    if not records:
        raise error_at(1, 1, "expected a table of numbers and labels, got an empty file; save it again")
    header = _header([cells for _, cells in records])
    body = records[bool(header) :]
    if not body:
        raise error_at(records[0][0] + 1, 1, "expected rows of data below the header, got none; add some")
    if max_rows is not None and len(body) > max_rows:
        raise error_at(body[max_rows][0], 1, f"expected at most {max_rows} rows of data, got more; keep a sample")
    width = _checked_width(records[len(records[0][1]) < len(header)][0], header, body)
    decimal = _decimal([cell for _, cells in body for cell in cells], delimiter)
    columns = _columns(header or [None] * width, body, decimal)
    if len(columns) < 3:
        what = f"expected two or more columns of numbers and a label column, got {len(columns)} in all"
        more = "separate the cells by commas" if len(columns) < 2 else "add the column that is missing"
        raise error_at(records[0][0], max(len(columns), 1), f"{what}; {more}")
    return CsvTable(name, columns, encoding, delimiter, decimal)


def to_csv(dataset: Dataset) -> str:
    r"""Write the data as text that `read_csv` reads back to the last bit.

    Parameters
    ----------
    dataset : Dataset
        Of any number of features, though `read_csv` takes a file with two or more.

    Returns
    -------
    str
        A header x1, x2, ..., y, then one line for each point, with the shortest decimals that give the same float64.

    Examples
    --------
    >>> to_csv(Dataset([[0.1, -2.0]], [1]))
    'x1,x2,y\n0.1,-2.0,1\n'
    """
    check_type(Dataset, dataset=dataset)
    header = ",".join([*(f"x{k + 1}" for k in range(dataset.n_features)), "y"])
    points = zip(dataset.X.tolist(), dataset.y.tolist(), strict=True)
    return "\n".join([header, *(",".join([*map(repr, row), str(label)]) for row, label in points), ""])


def _content(source: Source) -> tuple[str, str, str]:
    """Return the text, the data's name, and the encoding."""
    name = Path(str(getattr(source, "name", ""))).stem
    raw: object
    try:
        if isinstance(source, os.PathLike) or (isinstance(source, str) and source and not re.search("[\r\n]", source)):
            name, raw = Path(source).stem, Path(source).read_bytes()
        else:
            raw = source.read() if hasattr(source, "read") else source
    except UnicodeDecodeError as problem:
        raw = problem.object  # all that a text file had left: decoded below in our own way
    except (OSError, ValueError):
        raise ValueError(
            f"source: expected a file that can be read, or text with a line break, got {shown(source)}."
        ) from None
    text, encoding = _decoded(bytes(raw)) if isinstance(raw, bytes | bytearray | memoryview) else (raw, "")
    if not isinstance(text, str):
        raise ValueError(f"source: expected a path, text, bytes or a file object, got {shown(source)}.")
    return text.lstrip("\ufeff").replace("\N{MINUS SIGN}", "-"), name or "CSV file", encoding


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace"), "UTF-16"
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:  # a byte that is no text here either is reported with its row and column
        return raw.decode("cp1252", "surrogateescape"), "Windows-1252"


def _lines(text: str, max_rows: int | None) -> tuple[Numbered, str]:
    """Return the lines that are not blank, and the delimiter; what would take long is refused before it is parsed."""
    most = None if max_rows is None else 4 * max_rows + 100  # blank lines and line breaks in cells are welcome
    lines: Numbered = []
    for row, line in enumerate(io.StringIO(text, newline=""), 1):
        if most is not None and row > most:
            raise error_at(
                row, 1, f"expected at most {max_rows} rows of data, got more than {most} lines; keep a sample"
            )
        if len(line) > _LONGEST_LINE:
            what = f"expected a line of at most {_LONGEST_LINE} characters, got {len(line)}"
            raise error_at(row, 1, f"{what}; save the table with one line for each point")
        if line.strip(" \t\r\n,;|"):
            lines.append((row, line))
    said = _SEP.fullmatch(lines[0][1]) if lines else None
    lines = lines[bool(said) :]
    delimiter = said[1] if said else _likely_delimiter([line[:_SAMPLE_WIDTH] for _, line in lines[:_SAMPLE]])
    for row, line in lines if _NO_TEXT.search(text) else ():
        if bad := _NO_TEXT.search(line):
            what = "expected text, got a control character or a byte of no known encoding; save it as CSV (UTF-8)"
            raise error_at(row, line.count(delimiter, 0, bad.start()) + 1, what)
    return lines, delimiter


def _likely_delimiter(lines: list[str]) -> str:
    """Return the delimiter that makes the most numbers, and among equals the most cells.

    The `Sniffer` of the csv module takes a letter where letters are regular, and decimal commas for delimiters.
    """

    def gain(delimiter: str) -> tuple[int, int]:
        cells: list[str] = []
        with suppress(csv.Error):  # reported by the reading proper
            for row in _reader(lines, delimiter):
                cells += (cell.strip() for cell in row if cell.strip(" |"))
        return sum(map(looks_numeric, cells)), len(cells)

    return max(",;\t| ", key=gain)


def _reader(lines: Iterable[str], delimiter: str, *, strict: bool = False) -> Reader:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != " ", strict=strict)


def _records(lines: Numbered, delimiter: str) -> Iterator[Record]:
    """Yield (line number, clean cells) of every row that is not blank."""
    reader = _reader((line for _, line in lines), delimiter)
    while (begin := reader.line_num) < len(lines):
        row, line = lines[begin]
        try:
            cells = next(reader)
            if reader.line_num > begin + 1:  # a line break in quotes: do they close where they should?
                cells = next(_reader([line for _, line in lines[begin : reader.line_num]], delimiter, strict=True))
        except csv.Error:
            column = len(next(_reader([line], delimiter)))
            raise error_at(row, column, "expected a cell whose quotes are closed, got an open one; close it") from None
        if len(cells) > _MOST_COLUMNS:
            raise error_at(
                row, _MOST_COLUMNS + 1, f"expected at most {_MOST_COLUMNS} columns, got more; leave some out"
            )
        cells = [" ".join(cell.split()) for cell in cells]
        if any(cells):
            yield row, [*filter(None, cells)] if delimiter == " " else cells


def _header(rows: list[list[str]]) -> list[str]:
    """Return the names of the columns if the first row holds them, else nothing."""
    first, second = rows[0], rows[1] if len(rows) > 1 else []
    if not _is_counted(first, rows[1:]) and any(
        looks_numeric(cell) or cell.casefold() in MISSING - {""} for cell in first
    ):
        return []
    header = [first[0].lstrip("# "), *first[1:]]  # NumPy writes "# x1 x2 y"
    if second and second[-1] and _most_have(len(header) + 1, rows[1:]):
        header.insert(0, "")  # R has no name for the row names
    elif len(header) == len(second) + 1 and not header[0]:
        header.pop(0)
    while len(header) > len(second) > 0 and not header[-1]:
        header.pop()
    return [f"{name} (column {k + 1})" if name and name in header[:k] else name for k, name in enumerate(header)]


def _most_have(width: int, rows: list[list[str]]) -> bool:
    return 2 * sum(len(row) == width for row in rows) > len(rows)


def _is_counted(first: list[str], below: list[list[str]]) -> bool:
    """Return whether the first row names columns 0, 1, ..., as pandas does, and stands out from the rows below."""
    numbers = [cell for cell in first if looks_numeric(cell)]
    if len(numbers) < 2 or numbers != [str(k) for k in range(len(numbers))]:
        return False
    own = [k for k, cell in enumerate(first) if not looks_numeric(cell) or k == len(first) - 1]
    return first[0] == "" or not any(first[k] in (row[k] for row in below if k < len(row)) for k in own)


def _checked_width(first_row: int, header: list[str], body: list[Record]) -> int:
    """Return the number of columns, as in the first row; refuse another length, empty cells at the end aside."""
    width = len(header or body[0][1])
    for row, cells in body:
        if len(cells) < width or any(cells[width:]):
            what = f"expected {width} cells as in row {first_row}, got {len(cells)}"
            way_out = "complete the row" if len(cells) < width else "take out what is too much"
            if width == 1:  # a title, a date
                what, way_out = (
                    f"row {first_row} has one cell, this one {len(cells)}",
                    "take out the lines above the header",
                )
            column = min(len(cells), width)
            name = header[column] if column < len(header) else None
            raise error_at(row, column + 1, f"{what}; {way_out}, or quote text that holds a delimiter", name)
    return width


def _decimal(cells: list[str], delimiter: str) -> str:
    """Return the decimal mark of most numbers; "1,234" tells none, but for a delimiter that avoids the comma."""
    commas = [cell for cell in cells if "," in cell and NUMBER.fullmatch(cell.replace(",", "."))]
    points = sum("." in cell and NUMBER.fullmatch(cell) is not None for cell in cells)
    is_told = delimiter == ";" or not all(map(GROUPED.fullmatch, commas))
    return "," if is_told and len(commas) > points else "."


def _columns(header: Sequence[str | None], body: list[Record], decimal: str) -> tuple[Column, ...]:
    """Return the columns that have a name or a value."""
    rows = tuple(row for row, _ in body)
    columns = enumerate(zip(header, zip(*(cells for _, cells in body), strict=False), strict=False), 1)
    return tuple(Column(k, name, rows, cells, decimal) for k, (name, cells) in columns if name or any(cells))
