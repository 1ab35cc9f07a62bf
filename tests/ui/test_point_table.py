"""What a table reports becomes points, or one sentence."""

import pytest

from logreg.data.dataset import Dataset
from logreg.ui.explorer.point_table import after_table_edit

DATA = Dataset([[0.0, 0.5], [1.0, 1.5], [2.0, 2.5]], [0, 1, 0], "three")


def test_a_changed_cell_changes_one_number_and_the_data_set_given_stays():
    changed = after_table_edit(DATA, {"edited_rows": {1: {"x₂": -4.25}}})
    assert changed.X.tolist() == [[0.0, 0.5], [1.0, -4.25], [2.0, 2.5]]
    assert changed.y.tolist() == [0, 1, 0]
    assert DATA.X[1, 1] == 1.5


def test_added_deleted_and_relabelled_rows_come_together():
    changes = {
        "edited_rows": {"2": {"class": 1}},
        "deleted_rows": [0],
        "added_rows": [{"x₁": 9.0, "x₂": 8.0, "class": 0}],
    }
    changed = after_table_edit(DATA, changes)
    assert changed.X.tolist() == [[1.0, 1.5], [2.0, 2.5], [9.0, 8.0]]
    assert changed.y.tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    "changes",
    [
        {"edited_rows": {0: {"x₁": None}}},
        {"edited_rows": {0: {"x₁": "abc"}}},
        {"edited_rows": {0: {"x₁": float("inf")}}},
        {"edited_rows": {0: {"class": 2}}},
        {"added_rows": [{"x₁": 1.0}]},
        {"deleted_rows": [0, 1, 2]},
        {"added_rows": [{"x₁": 1.0, "x₂": 1.0, "class": 0}] * 2000},
    ],
)
def test_a_change_that_leaves_no_points_of_a_plane_is_refused_in_one_sentence(changes):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        after_table_edit(DATA, changes)
    assert "\n" not in str(refused.value)
