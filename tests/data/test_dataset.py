"""The labelled points: what is no label, and whose name the sentence has."""

import pytest

from logreg import Dataset

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
