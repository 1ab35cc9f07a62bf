"""The points as a table: what is edited there shows on the stage, and the other way round."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.ui import laboratory
from logreg.ui.results import dataset_key
from logreg.ui.stage.messages import MOST_POINTS

_SENTENCE, _BASE, _COUNT = "table_sentence", "table_base", "table_count"


def point_table(dataset: Dataset) -> None:
    """Draw the table on demand: it loads pandas, which the first page does without.

    An edit of the stage gives a fresh table; one of the table's own leaves it as it is.

    Parameters
    ----------
    dataset : Dataset
        The points on the screen, of two features.
    """
    table = st.expander("Points as a table", on_change="rerun", key="table")
    if not table.open:
        return
    base, key = _base(dataset)
    with table:
        if sentence := st.session_state.pop(_SENTENCE, None):
            st.error(sentence)
        st.data_editor(
            {"x₁": base.X[:, 0].tolist(), "x₂": base.X[:, 1].tolist(), "class": base.y.tolist()},
            num_rows="dynamic",
            key=key,
            column_config={
                "x₁": st.column_config.NumberColumn(required=True, default=0.0, format="plain"),
                "x₂": st.column_config.NumberColumn(required=True, default=0.0, format="plain"),
                "class": st.column_config.SelectboxColumn(options=[0, 1], required=True, default=0),
            },
            on_change=_take_over,
            args=(base, key),
        )
        st.caption("A cell takes digits, a sign and a point; it drops any other letter. For 1e-9 load a CSV.")


def _base(dataset: Dataset) -> tuple[Dataset, str]:
    """Return what the table was opened with, and its key: both stay while all changes are the table's own.

    A table with another key is another table, which the reader's cursor has left.
    """
    kept: tuple[Dataset, str, str] | None = st.session_state.get(_BASE)
    now = dataset_key(dataset)
    if kept is None or kept[2] != now or kept[1] not in st.session_state:
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
        st.session_state[_BASE] = kept = (dataset, f"points_{st.session_state[_COUNT]}", now)
    return kept[0], kept[1]


def _take_over(base: Dataset, key: str) -> None:
    try:
        points = after_table_edit(base, st.session_state[key])
    except ValueError as error:
        st.session_state[_SENTENCE] = f"The table's change was not used, and the points stay as they were. {error}"
        st.session_state.pop(_BASE, None)
        return
    laboratory.replace_points(points)
    st.session_state[_BASE] = (base, key, dataset_key(points))


def after_table_edit(dataset: Dataset, changes: dict[str, Any]) -> Dataset:
    """Return the points after a table's changes.

    Parameters
    ----------
    dataset : Dataset
        The points that the table showed.
    changes : dict
        As `st.data_editor` reports them: edited_rows, added_rows, deleted_rows.

    Raises
    ------
    ValueError
        With a sentence: a cell that is no number, another label, too many points, none left.

    Examples
    --------
    >>> after_table_edit(Dataset([[0.0, 0.0], [1.0, 1.0]], [0, 1]), {"deleted_rows": [0]}).y.tolist()
    [1]
    """
    names = ("x₁", "x₂", "class")
    rows = [dict(zip(names, (*x, label), strict=True)) for x, label in zip(dataset.X.tolist(), dataset.y, strict=True)]
    for index, change in changes.get("edited_rows", {}).items():
        rows[int(index)] |= change
    deleted = set(changes.get("deleted_rows", ()))
    rows = [row for i, row in enumerate(rows) if i not in deleted] + list(changes.get("added_rows", ()))
    if len(rows) > MOST_POINTS:
        raise ValueError(f"At most {MOST_POINTS:,} points fit.")
    for number, row in enumerate(rows, start=1):
        if missing := [name for name in names if row.get(name) is None]:
            raise ValueError(f"Row {number} has no {missing[0]}.")
    if not rows:
        raise ValueError("At least one point must stay.")
    return Dataset([[row["x₁"], row["x₂"]] for row in rows], [row["class"] for row in rows], dataset.name)
