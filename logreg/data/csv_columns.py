"""What the columns of a CSV file mean: which is the label, which hold numbers, which rows have all that is read."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from logreg.data.checks import shown
from logreg.data.dataset import Dataset

LABEL_NAMES = ("label", "class", "target")  # always meant
OFTEN_LABELS = ("y", "outcome", "response", "diagnosis", "species", "default", "survived", "group", "kind")
MISSING = frozenset(("", "na", "n/a", "#n/a", "nan", "-nan", "null", "?"))

NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf|infinity)", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([,.' ])\d{3}(\1\d{3})*([.,]\d+)?", re.ASCII)
_COORDINATE = re.compile(r"(x|feature)[ _]?[\d₀-₉]*")
_INDEX = re.compile(r"(?i:|#|index|unnamed: [\d.]+|row[ ._]?(names?|number)|(.*[\W_])?id)|.*I[dD]")
_USUAL = ((0.0, 1.0), (-1.0, 1.0), (1.0, 2.0))
_ALPHABET = "expected labels 0 and 1, -1 and +1, or two words"
_WAY_OUT = "keep the rows of two classes, or name another column as the label"

Label = str | float


@dataclass(frozen=True)
class Column:
    """Hold a column of text: its place from 1, its header (None in a file without), its cells and their rows."""

    position: int
    header: str | None
    rows: tuple[int, ...]
    cells: tuple[str, ...]
    decimal: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.header or f"column {self.position}"

    @property
    def key(self) -> str:
        """Its header, whatever the case."""
        return (self.header or "").casefold()

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """The cells as numbers, None where there is none."""
        return tuple(number(cell, self.decimal) for cell in self.cells)

    @cached_property
    def missing(self) -> tuple[bool, ...]:
        """Where a value is missing."""
        return tuple(cell.casefold() in MISSING for cell in self.cells)

    @cached_property
    def is_numeric(self) -> bool:
        """Whether numbers are meant, right or wrong: at least half of the values look like some."""
        n_alike = sum(value is not None or looks_numeric(c) for value, c in zip(self.numbers, self.cells, strict=True))
        return n_alike > 0 and 2 * n_alike >= self.missing.count(False)

    @cached_property
    def is_index(self) -> bool:
        """Whether it only tells rows apart: words or whole numbers, all different, under a header that says so."""
        if self.header is None or not _INDEX.fullmatch(self.header):
            return False
        return len(set(self.cells)) == len(self.cells) and all(n is None or n % 1 == 0 for n in self.numbers)

    @cached_property
    def labels(self) -> tuple[Label | None, ...]:
        """The cells as labels, None where one is missing: numbers, or words, of which "Yes" and "yes" are one."""
        first: dict[str, str] = {}
        words = (first.setdefault(cell.casefold(), cell) for cell in self.cells)
        values = zip(words, self.numbers, self.missing, strict=True)
        return tuple(None if gone else word if value is None else value for word, value, gone in values)

    @cached_property
    def classes(self) -> tuple[Label, Label] | None:
        """The labels that stand for 0 and 1, or None if these are not the labels of two classes.

        Two numbers that are rarely labels, as 2 and 4, are some if each occurs twice or the header says so.
        """
        counts = Counter(label for label in self.labels if label is not None)
        words = sorted((label for label in counts if isinstance(label, str)), key=str.casefold)
        if len(words) == len(counts) == 2 and not self.is_numeric:
            return (words[1], words[0]) if words == ["+", "-"] else (words[0], words[1])
        values = sorted(label for label in counts if isinstance(label, float))
        if words or not values or len(values) > 2:
            return None
        if len(values) == 2 and (min(counts.values()) > 1 or self.key in LABEL_NAMES):
            return (values[0], values[1])
        return next((pair for pair in _USUAL[: 1 + len(values)] if {*values} <= {*pair}), None)

    def error(self, k: int, what: str) -> ValueError:
        """Return the error for the cell with index `k`."""
        return error_at(self.rows[k], self.position, what, self.header)

    def no_labels(self) -> ValueError:
        """Return the error that says why there are no `classes`."""
        seen = [label for label in dict.fromkeys(self.labels) if label is not None][:3]
        last, got, way_out = self.labels.index(seen[-1]) if seen else 0, [*map(shown, seen)], _WAY_OUT
        what = f"a third label {got[2]}" if len(got) == 3 else " and ".join(got) or "none"
        if len(got) == 1 and isinstance(seen[0], str):
            what, way_out = f"only {got[0]}", "write a single class as 0 or 1"
        return self.error(last, f"{_ALPHABET}, got {what}; {way_out}")

    def finite(self, k: int) -> float:
        """Return the number in the cell with index `k`; a ValueError says why there is none."""
        value, cell = self.numbers[k], self.cells[k]
        if value is not None and math.isfinite(value):
            return value
        what = "a number" if value is None else "a finite number"
        way_out = "correct it, or empty it to leave the row out"
        if value is None and looks_numeric(cell):
            way_out = "write numbers without thousands separators, and all with one decimal mark"
        raise self.error(k, f"expected {what}, got {shown(cell)}; {way_out}")


@dataclass(frozen=True)
class CsvReading:
    """Say what was read of a file.

    Parameters
    ----------
    dataset : Dataset
        The points.
    label : str
        Name of the label column.
    classes : tuple of str
        How the file writes 0 and 1.
    features : tuple of str
        Names of the columns of `dataset.X`.
    left_out : tuple of int
        Rows (lines of the file, from 1) that lack the label or a feature.
    """

    dataset: Dataset
    label: str
    classes: tuple[str, str]
    features: tuple[str, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True)
class CsvTable:
    """Hold a file as columns of text, and choose what is read of it.

    Parameters
    ----------
    name : str
        What the data are called.
    columns : tuple of Column
        At least three, of the same rows, with different names.
    encoding, delimiter, decimal : str
        How it was read: "UTF-8", "UTF-16" or "Windows-1252" ("" for text), what separates cells, and "." or ",".
    """

    name: str
    columns: tuple[Column, ...]
    encoding: str
    delimiter: str
    decimal: str

    def label_choices(self) -> tuple[str, ...]:
        """Return the names of the columns that can be the label."""
        return tuple(column.name for column in self.columns if column.classes and not column.is_index)

    def feature_choices(self, label: str) -> tuple[str, ...]:
        """Return the names of the columns of numbers beside the label, those that only tell rows apart last."""
        numeric = [column for column in self.columns if column.is_numeric and column.name != label]
        return tuple(column.name for column in sorted(numeric, key=lambda column: column.is_index))

    def likely_label(self) -> str:
        """Return the name of the column that is the label by the whole header and the values.

        One named `label`, `class` or `target` wins. Any other must hold two classes and leave two columns of numbers:
        a name that labels often have is better, that of a coordinate worse (`x2`; beside `x` also `y` and `z`), so
        are numbers that labels rarely are; of equals it is the last.
        """
        keys = {column.key for column in self.columns}

        def likelihood(column: Column) -> tuple[float, ...]:
            n_labels, words = len({*column.labels} - {None}), not column.is_numeric
            is_first, is_last = column is self.columns[0], column is self.columns[-1]
            free = not _COORDINATE.fullmatch(column.key) and not (column.key in ("y", "z") and "x" in keys)
            often = free and column.key in OFTEN_LABELS
            told = is_last or often or (n_labels == 2 and (words or is_first or column.header is not None))
            is_able = column.classes and told and not column.is_index and len(self._numeric(column)) > 1
            fit = (n_labels + (words or column.classes in _USUAL)) if is_able else 0
            complaint = column.header is None and is_last, words or n_labels > 1, -max(n_labels, 2), column.position
            return column.key in LABEL_NAMES, fit * often, fit * free, fit, often, *complaint

        return max(self.columns, key=likelihood).name

    def read(self, label: str | None = None, features: Sequence[str] | None = None) -> CsvReading:
        """Read points and labels.

        Parameters
        ----------
        label : str, optional
            The label column; by default `likely_label`.
        features : sequence of str, optional
            The columns of numbers; by default all but those that only tell rows apart.

        Raises
        ------
        ValueError
            With one sentence, if there is no such column, or a cell of it is no label or no number.
        """
        chosen = self._column("label", self.likely_label() if label is None else label)
        if chosen.classes is None:
            raise chosen.no_labels()
        drawn = self._all_features(chosen) if features is None else self._features(features, chosen)
        gone = [any(cells) for cells in zip(*(column.missing for column in (chosen, *drawn)), strict=True)]
        kept = [k for k, left_out in enumerate(gone) if not left_out]
        if not kept:
            raise chosen.error(0, "expected a row with a value in every column that is read, got none; choose others")
        X = [[column.finite(k) for column in drawn] for k in kept]
        y = [int(chosen.labels[k] == chosen.classes[1]) for k in kept]
        zero, one = (label if isinstance(label, str) else shown(label) for label in chosen.classes)
        names = tuple(column.name for column in drawn)
        left_out = tuple(row for row, missing in zip(chosen.rows, gone, strict=True) if missing)
        return CsvReading(Dataset(X, y, self.name), chosen.name, (zero, one), names, left_out)

    def _features(self, names: object, label: Column) -> list[Column]:
        if isinstance(names, str) or not isinstance(names, Sequence) or not names:
            raise ValueError(f"features: expected a list with names of columns, got {shown(names)}.")
        chosen = [self._column("features", name) for name in names]
        for at, column in enumerate(chosen):
            if column is label or column in chosen[:at]:
                what = "the column of labels" if column is label else "it twice"
                raise ValueError(
                    f"features: expected columns beside the label, each once, got {what}, {shown(column.name)}."
                )
        return chosen

    def _column(self, parameter: str, name: str) -> Column:
        for column in self.columns:
            if isinstance(name, str) and column.name == name:
                return column
        names = ", ".join(shown(column.name) for column in self.columns)
        raise ValueError(f"{parameter}: expected one of the columns {names}, got {shown(name)}.")

    def _all_features(self, label: Column) -> list[Column]:
        if len(numeric := self._numeric(label)) > 1:
            return numeric
        for column in self.columns:
            if column is not label and not column.is_numeric and not column.is_index and not all(column.missing):
                column.finite(column.missing.index(False))
        raise label.error(0, "expected two columns of numbers beside the label, got fewer; add one")

    def _numeric(self, label: Column) -> list[Column]:
        return [c for c in self.columns if c is not label and c.is_numeric and not c.is_index]


def number(cell: str, decimal: str) -> float | None:
    """Return the number in a cell, perhaps infinite; None if it is none with this decimal mark."""
    if decimal == ",":
        cell = cell.replace(".", "?").replace(",", ".")
    # float() alone would also take 1_000 and the digits of every script.
    return float(cell) if NUMBER.fullmatch(cell) else None


def looks_numeric(cell: str) -> bool:
    """Return whether a cell is meant as a number, with either decimal mark or thousands separators."""
    return (NUMBER.fullmatch(cell.replace(",", ".")) or GROUPED.fullmatch(cell)) is not None


def error_at(row: int, column: int, what: str, header: str | None = None) -> ValueError:
    """Return the error for one cell: row and column from 1, what was expected, what came, a way out."""
    return ValueError(f"Row {row}, column {column}{f' ({shown(header)})' if header else ''}: {what}.")
