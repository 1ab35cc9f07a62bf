"""A visitor's own points: a CSV file in, and whatever is on the screen out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from logreg.data.csv_columns import CsvReading, CsvTable
from logreg.data.csv_files import read_table, to_csv
from logreg.data.dataset import Dataset
from logreg.figures.numbers import counted
from logreg.ui.stage.messages import MOST_POINTS
from logreg.ui.text import plain

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_KEPT, _SAID, _TABLE = "own_points", "own_points_said", "own_table"
_EXAMPLE = Dataset([[-1.0, 0.0], [0.0, 1.0], [1.0, 0.5], [2.0, -1.0]], [0, 0, 1, 1], "example points")
_LONGEST_NAME = 40
_OF_THE_LINK = (
    "These points came with the link. A file itself does not survive a reload or a restart of the server: "
    "drop it again for its other columns."
)
_HELP = f"Columns of numbers and a label of two classes; at most {MOST_POINTS:,} rows."


def own_points(linked: Dataset | None = None) -> Dataset:
    """Draw the place for a file and the menus of its columns; return its points, or the last good ones, or examples.

    What cannot be read gives one sentence, and the points on the screen stay, with what is said of them.

    Parameters
    ----------
    linked : Dataset or None
        The points of the link that is looked at first: they stand in for a file that is gone.
    """
    if linked is not None:
        st.session_state[_KEPT], st.session_state[_SAID] = replace(linked, name="points of the link"), _OF_THE_LINK
    file, still = st.file_uploader("CSV file", key="own_csv", help=_HELP), ""
    if file is not None:
        try:
            reading = _choose(_table(file), file.file_id)
            st.session_state[_KEPT], st.session_state[_SAID] = reading.dataset, _said(reading, _table(file))
        except ValueError as error:
            st.error(plain(str(error)))
            still = "Still shown: "
    kept: Dataset = st.session_state.get(_KEPT, _EXAMPLE)
    st.caption(still + st.session_state.get(_SAID, "Four example points, until you drop a file here."))
    return kept


def save_points(dataset: Dataset) -> None:
    """Draw the button that saves the points on the screen."""
    st.download_button(
        "Save the points (CSV)",
        partial(to_csv, dataset),  # written when it is asked for
        file_name="points.csv",
        mime="text/csv",
        key="save_points",
        on_click="ignore",
        icon=":material/download:",
    )


def _table(file: UploadedFile) -> CsvTable:
    """Return the file as columns, parsed once however often the page runs."""
    kept: tuple[str, CsvTable] | None = st.session_state.get(_TABLE)
    if kept is None or kept[0] != file.file_id:
        kept = st.session_state[_TABLE] = (file.file_id, read_table(file, max_rows=MOST_POINTS))
    return kept[1]


def _choose(table: CsvTable, file_id: str) -> CsvReading:
    """Draw a menu wherever the columns leave a choice; read what they say."""
    likely = table.likely_label()
    labels = [name for name in table.label_choices() if name != likely]
    label = _menu("Label", [likely, *labels], file_id)
    features = table.feature_choices(label)
    if len(features) <= 2:
        return table.read(label)
    across = _menu("Across (x₁)", features, file_id)
    return table.read(label, (across, _menu("Up (x₂)", [name for name in features if name != across], file_id)))


def _menu(title: str, names: Sequence[str], file_id: str) -> str:
    return names[0] if len(names) == 1 else st.selectbox(title, names, key=f"own {title} {file_id}", format_func=_short)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _said(reading: CsvReading, table: CsvTable) -> str:
    """Say which column is the label, which two are drawn, and what a reader might not expect."""
    names = (*reading.classes, reading.label, *reading.features)
    zero, one, label, x1, x2 = (plain(_short(name)) for name in names)
    classes = "" if (zero, one) == ("0", "1") else f" ({zero} is 0, {one} is 1)"
    said = [f"The label is “{label}”{classes}; x₁ is “{x1}”, x₂ is “{x2}”."]
    if gone := reading.left_out:
        rows = ", ".join(map(str, gone[:5])) + (" …" if len(gone) > 5 else "")
        n_rows = len(gone) + reading.dataset.n_samples
        lack, row = ("lacks", "row") if len(gone) == 1 else ("lack", "rows")
        said.append(f"Left out: {len(gone):,} of {counted(n_rows, 'row')}, which {lack} a value ({row} {rows}).")
    if table.decimal == ",":
        said.append("The comma is the decimal mark.")
    if table.encoding == "Windows-1252":
        said.append("The text is read as Windows-1252.")
    return " ".join(said)
