"""A visitor's own points: a CSV file in, and whatever is on the screen out."""

from __future__ import annotations

from functools import partial

import streamlit as st

from logreg.data.csv_files import read_csv, to_csv
from logreg.data.dataset import Dataset
from logreg.ui.explorer.controls import MOST_POINTS

_KEPT = "own_points"
_EXAMPLE = Dataset([[-1.0, 0.0], [0.0, 1.0], [1.0, 0.5], [2.0, -1.0]], [0, 0, 1, 1], "example points")


def own_points() -> Dataset:
    """Draw the place for a file; return its points, or the last good ones, or four example points.

    A bad file gives one sentence, and the points on the screen stay.
    """
    file = st.file_uploader(
        "CSV file", key="own_csv", help=f"Two columns of numbers and a label; at most {MOST_POINTS:,} rows."
    )
    if file is not None:
        try:
            st.session_state[_KEPT] = _in_the_plane(read_csv(file, max_rows=MOST_POINTS))
        except ValueError as error:
            st.error(str(error))
    elif _KEPT not in st.session_state:
        st.caption("Four example points, until you drop a file here.")
    kept: Dataset = st.session_state.get(_KEPT, _EXAMPLE)
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


def _in_the_plane(dataset: Dataset) -> Dataset:
    if dataset.n_features != 2:
        raise ValueError(
            f"The plane shows two columns of numbers; this file has {dataset.n_features}. Keep two and the label."
        )
    return dataset
