"""The labelled points: what is no label, and whose name the sentence has."""

import copy
import pickle

import numpy as np
import pytest

from logreg import Dataset, Model, MulticlassDataset, loss_grid, make_dataset, max_margin, train

X = [[0.0], [1.0]]


@pytest.mark.parametrize(("parameter", "build"), [("y", Dataset), ("signs", Dataset.from_signs)])
@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ([1], "expected one label for each of the 2 rows of X, got 1."),
        ([1, 1, 1], "expected one label for each of the 2 rows of X, got 3."),
        ([[1, 1]], r"one for each row of X, got shape \(1, 2\)."),
        ([1, 7], "one for each row of X, got 7 in row 1."),
    ],
)
def test_wrong_labels_are_told_by_the_name_of_their_parameter(parameter, build, labels, told):
    with pytest.raises(ValueError, match=f"^{parameter}: .*{told}$"):
        build(X, labels)


def test_signs_become_zeros_and_ones_and_back():
    dataset = Dataset.from_signs(X, [-1, 1])
    assert dataset.y.tolist() == [0, 1]
    assert dataset.signs.tolist() == [-1.0, 1.0]


@pytest.mark.parametrize("points", [Dataset([[0.0], [1.0]], [0, 1], "two"), MulticlassDataset([[0.0], [1.0]], [0, 1])])
@pytest.mark.parametrize("again", [copy.deepcopy, lambda points: pickle.loads(pickle.dumps(points))])
def test_copies_are_the_same_and_cannot_be_written_either(points, again):
    copied = again(points)
    assert type(copied) is type(points)
    assert getattr(copied, "name", None) == getattr(points, "name", None)
    for field in ("X", "y"):
        np.testing.assert_array_equal(getattr(copied, field), getattr(points, field))
        assert not getattr(copied, field).flags.writeable


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_copies_of_results_cannot_be_written_either(again):
    points = make_dataset("separable_blobs")
    for record in (Model([1.0]), train(points), max_margin(points, bias="free"), loss_grid(points, (-1, 1, -1, 1))):
        arrays = {name: value for name, value in vars(again(record)).items() if isinstance(value, np.ndarray)}
        assert arrays
        for name, array in arrays.items():
            np.testing.assert_array_equal(array, getattr(record, name))
            assert not array.flags.writeable, name
