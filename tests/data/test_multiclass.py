"""Points of more than two classes: what is refused, and the three clouds."""

import numpy as np
import pytest

from logreg.data.multiclass import MulticlassDataset, three_blobs


@pytest.mark.parametrize(
    "y", [[0, 1, 3, 1], [1, 2, 3, 2], [0, 0, 0, 0], [0, 1, 2], [0.5, 1, 0, 2], ["a", "b", "a", "b"]]
)
def test_a_class_without_points_or_a_label_of_another_kind_is_refused(y):
    with pytest.raises(ValueError, match="y: expected a label 0, 1, … C − 1 for each of the 4 rows"):
        MulticlassDataset(np.zeros((4, 1)), y)


def test_points_that_are_no_table_are_refused_by_the_name_of_the_parameter():
    with pytest.raises(ValueError, match="X: expected finite numbers"):
        MulticlassDataset([[np.nan], [0.0]], [0, 1])


def test_it_is_copied_and_read_only():
    X = np.zeros((2, 1))
    data = MulticlassDataset(X, [0, 1])
    X[0] = 7
    assert data.X[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        data.y[0] = 1


def test_the_distance_moves_the_three_clouds_and_draws_no_others():
    near, far = three_blobs(0.5), three_blobs(2.0)
    moved = (far.X - near.X).reshape(3, 10, 2)
    np.testing.assert_allclose(np.linalg.norm(moved, axis=2), 1.5, atol=0.02)
    assert np.ptp(moved, axis=1).max() <= 0.021  # two decimals
    assert (near.n_classes, near.n_samples, near.n_features) == (3, 30, 2)
