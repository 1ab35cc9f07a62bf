"""Points from a CSV file and back: the way for a reader's own data to enter the path."""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from logreg.data.dataset import Dataset

LABEL_NAMES = ("label", "class", "y")  # in this order, so that "x, y, label" has two features

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[str] | IO[bytes]

_NUMBER_LIKE = re.compile(
    r"[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|nan|inf|infinity)", re.ASCII | re.IGNORECASE
)  # "nan" and "inf" too: they belong to a row of data, to be refused there
_BINARY = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_ALPHABET = "expected labels 0 and 1, -1 and +1, or two words"


def read_csv(source: Source, *, max_rows: int | None = None) -> Dataset:
    r"""Read two or more numeric columns and a label column.

    The delimiter (comma, semicolon or tab) and the header are detected: a first row without any number is the header.
    The label column is the one named `label`, `class` or `y` in any case (the first of these that occurs), else the
    last. Beside semicolons and tabs a decimal comma is read too. Blank lines and rows of empty cells are skipped.

    Parameters
    ----------
    source : str, path, bytes or file object
        Text with a line break (or "") is the content itself; other text is a path. Bytes are UTF-8.
    max_rows : int, optional
        The most rows of data to accept.

    Returns
    -------
    Dataset
        Labels 0 and 1 as they are, -1 as 0, +1 as 1; of two words the first alphabetically (by code point) is 0.
        A file of one class is read if its label is a number. Named after the file, if it has a name.

    Raises
    ------
    ValueError
        With one sentence that names row (the line of the file, from 1) and column, whatever is wrong with the file.

    Examples
    --------
    >>> read_csv("x1,x2,kind\n0.5,1,cat\n2,3,dog\n").y.tolist()
    [0, 1]
    """
    if max_rows is not None and (not isinstance(max_rows, int) or max_rows < 1):
        raise ValueError(f"max_rows: expected a whole number of at least 1 or None, got {max_rows!r}.")
    text, name = _content(source)
    delimiter = _delimiter(text)
    records = _records(text, delimiter)
    first = next(records, None)
    if first is None:
        raise _error(1, 1, "expected a table of numbers and labels, got an empty file")
    layout = _layout(*first, decimal_comma=delimiter != ",")
    features: list[list[float]] = []
    labels, row = _Labels(layout), first[0]
    for row, cells in records if layout.has_header else chain([first], records):
        if max_rows is not None and len(features) >= max_rows:
            raise _error(row, 1, f"expected at most {max_rows} rows of data, got more")
        features.append(_features(row, cells, layout))
        labels.add(row, cells[layout.label])
    if not features:
        raise _error(row + 1, 1, "expected rows of data below the header, got none")
    return Dataset(features, labels.as_zeros_and_ones(), name)


def to_csv(dataset: Dataset) -> str:
    r"""Write the data as text that `read_csv` reads back to the last bit.

    Parameters
    ----------
    dataset : Dataset
        Of any number of features, though `read_csv` takes two or more.

    Returns
    -------
    str
        A header x1, x2, ..., y, then one line for each point, with the shortest decimals that give the same float64.

    Examples
    --------
    >>> to_csv(Dataset([[0.1, -2.0]], [1]))
    'x1,x2,y\n0.1,-2.0,1\n'
    """
    header = ",".join([*(f"x{k + 1}" for k in range(dataset.n_features)), "y"])
    points = zip(dataset.X.tolist(), dataset.y.tolist(), strict=True)
    return "\n".join([header, *(",".join([*map(repr, row), str(label)]) for row, label in points), ""])


@dataclass(frozen=True)
class _Layout:
    """What the first row tells: column names ("" without a header), which column is the label, where it stood."""

    row: int
    width: int
    names: tuple[str, ...]
    label: int
    has_header: bool
    decimal_comma: bool

    def error(self, row: int, column: int, what: str) -> ValueError:
        """Return the error for a column counted from 0."""
        return _error(row, column + 1, what, self.names[column] if column < len(self.names) else "")


class _Labels:
    """Collect label cells in order and refuse the first one that fits no alphabet."""

    def __init__(self, layout: _Layout) -> None:
        self._layout = layout
        self._seen: dict[str | float, int] = {}  # label -> row where it first stood
        self._all: list[str | float] = []

    def add(self, row: int, cell: str) -> None:
        number = _number(cell, decimal_comma=self._layout.decimal_comma)
        label = cell if number is None else number
        if label not in self._seen:
            self._seen[label] = row
            self._check(row, label)
        self._all.append(label)

    def as_zeros_and_ones(self) -> list[int]:
        words = [label for label in self._seen if isinstance(label, str)]
        if len(words) == 1:
            raise self._error(
                self._seen[words[0]], f"{_ALPHABET}, got only {_shown(words[0])} (one class needs a number)"
            )
        one = max(words) if words else 1.0
        return [int(label == one) for label in self._all]

    def _check(self, row: int, label: str | float) -> None:
        seen = list(self._seen)
        got = " and ".join(_shown(one) for one in seen)
        if len(seen) > 2:
            raise self._error(row, f"{_ALPHABET}, got a third label {_shown(label)}")
        words = [isinstance(one, str) for one in seen]
        if not all(words) and not (set(seen) <= {0.0, 1.0} or set(seen) <= {-1.0, 1.0}):
            raise self._error(row, f"{_ALPHABET}, got {got}")

    def _error(self, row: int, what: str) -> ValueError:
        return self._layout.error(row, self._layout.label, what)


def _content(source: Source) -> tuple[str, str]:
    """Return the text without its byte order mark, and the data's name."""
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
            f"source: expected a file that can be read, or text with a line break, got {_shown(source)}."
        ) from None
    if isinstance(raw, bytes | bytearray | memoryview):
        raw = bytes(raw).decode("utf-8", "surrogateescape")  # a bad byte is then reported with its row and column
    if not isinstance(raw, str):
        raise ValueError(f"source: expected a path, text, bytes or a file object, got {_shown(source)}.")
    return raw.removeprefix("\ufeff"), name or "CSV file"


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, clean cells) of every row that is not blank."""
    for row, cells in _rows(text, delimiter):
        yield row, [_clean(row, column, cell) for column, cell in enumerate(cells, 1)]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    while True:
        row = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            what = (
                f"expected cells of at most {csv.field_size_limit()} characters, got more (a quote that is not closed?)"
            )
            raise _error(row, _long_column(text, row, delimiter), what) from None
        if any(cells):
            yield row, cells


def _long_column(text: str, row: int, delimiter: str) -> int:
    """Return the column (from 1) at which the csv module gave up: the first long piece of its line, else the last."""
    line = next(islice(io.StringIO(text), row - 1, None), "")
    pieces = line.split(delimiter)
    return next((k for k, piece in enumerate(pieces, 1) if len(piece) > csv.field_size_limit()), len(pieces))


def _clean(row: int, column: int, cell: str) -> str:
    bad = _BINARY.search(cell)
    if bad and bad[0] in "\r\n":
        raise _error(row, column, "expected a cell on one line, got a line break inside quotes")
    if bad:
        raise _error(row, column, "expected UTF-8 text, got other bytes or a control character")
    return cell.replace("\N{MINUS SIGN}", "-")


def _delimiter(text: str) -> str:
    """Return the delimiter that makes the most numbers of the first rows, and among equals the most cells."""
    return max((",", ";", "\t"), key=lambda delimiter: _yield_of(text, delimiter))


def _yield_of(text: str, delimiter: str) -> tuple[int, int]:
    cells: list[str] = []
    with suppress(ValueError):  # a giant cell is reported by the reading proper, with the right delimiter
        for _, row in islice(_rows(text, delimiter), 20):
            cells += [cell.replace("\N{MINUS SIGN}", "-") for cell in row if re.search(r"\w", cell)]
    return sum(_number(cell, decimal_comma=delimiter != ",") is not None for cell in cells), len(cells)


def _layout(row: int, cells: list[str], *, decimal_comma: bool) -> _Layout:
    """Read the first row: a header if it holds no number, and the place of the label."""
    if len(cells) < 3:
        raise _error(
            row, len(cells), f"expected two or more numeric columns and a label column, got {len(cells)} in all"
        )
    if any(_NUMBER_LIKE.fullmatch(cell.replace(",", ".")) for cell in cells):
        return _Layout(row, len(cells), (), len(cells) - 1, False, decimal_comma)
    if "" in cells:
        raise _error(row, cells.index("") + 1, "expected a column name, got an empty cell")
    names = [cell.casefold() for cell in cells]
    for name in LABEL_NAMES:
        if names.count(name) > 1:
            second = names.index(name, names.index(name) + 1)
            raise _error(row, second + 1, f"expected one label column, got a second one named {_shown(cells[second])}")
        if name in names:
            return _Layout(row, len(cells), tuple(cells), names.index(name), True, decimal_comma)
    return _Layout(row, len(cells), tuple(cells), len(cells) - 1, True, decimal_comma)


def _features(row: int, cells: list[str], layout: _Layout) -> list[float]:
    if len(cells) != layout.width:
        first = min(len(cells), layout.width)
        raise layout.error(row, first, f"expected {layout.width} cells as in row {layout.row}, got {len(cells)}")
    if "" in cells:
        raise layout.error(row, cells.index(""), "expected a value, got an empty cell")
    features = []
    for column, cell in enumerate(cells):
        if column != layout.label:
            number = _number(cell, decimal_comma=layout.decimal_comma)
            if number is None or not math.isfinite(number):
                what = "a number" if number is None else "a finite number"
                raise layout.error(row, column, f"expected {what}, got {_shown(cell)}")
            features.append(number)
    return features


def _number(cell: str, *, decimal_comma: bool) -> float | None:
    """Return the number in a cell (perhaps nan or infinite), None if it is none."""
    if decimal_comma and cell.count(",") == 1:
        cell = cell.replace(",", ".")
    # float() alone would also take 1_000 and the digits of every script.
    return float(cell) if _NUMBER_LIKE.fullmatch(cell) else None


def _shown(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else ascii(value) if isinstance(value, bytes) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _error(row: int, column: int, what: str, name: str = "") -> ValueError:
    return ValueError(f"Row {row}, column {column}{f' ({_shown(name)})' if name else ''}: {what}.")
