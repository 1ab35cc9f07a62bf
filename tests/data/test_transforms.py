"""Other data from given data: what changes, what stays, and what is refused."""

import numpy as np
import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.data.transforms import centred, flip_label


def test_flipping_twice_gives_the_labels_back_and_leaves_the_argument_alone():
    dataset = make_dataset("xor", n_samples=6)
    flipped = flip_label(dataset, 2)
    assert np.flatnonzero(flipped.y != dataset.y).tolist() == [2]
    assert flip_label(flipped, 2).y.tolist() == dataset.y.tolist()


@pytest.mark.parametrize("index", [-1, 6, 1.0, "0", True])
def test_flipping_a_point_that_is_not_there_is_refused(index):
    with pytest.raises(ValueError, match="index: expected a whole number from 0 to 5"):
        flip_label(make_dataset("xor", n_samples=6), index)


def test_centring_moves_the_mean_to_zero_and_says_so_once():
    dataset = make_dataset("separable_blobs", offset=40)
    moved = centred(dataset)
    assert np.abs(moved.X.mean(axis=0)).max() < 1e-12
    assert moved.y.tolist() == dataset.y.tolist()
    assert moved.name == centred(moved).name == "Separable blobs (centred)"


def test_centring_beyond_float64_is_refused():
    with pytest.raises(BeyondFloat64, match="too large to centre"):
        centred(Dataset([[1.7e308], [1.7e308]], [0, 1]))
