"""Labels from a true model: separable when they are few, and the more often the stronger the model."""

import numpy as np
import pytest

from logreg.certificates.separability import check_separability
from logreg.data.registry import make_dataset
from logreg.theory.cover import separable_share
from logreg.theory.signal import draw_from_model, separable_draws, separable_subsamples
from logreg.training.model import sigmoid

STRENGTHS, SIZES = (1.0, 2.0, 4.0, 8.0), (5, 10, 20, 40, 80)


@pytest.fixture(scope="module")
def shares():
    return np.array([[separable_draws(s, n, n_draws=300).share for n in SIZES] for s in STRENGTHS])


def test_a_stronger_model_is_separable_more_often_and_a_larger_sample_less_often(shares):
    assert (np.diff(shares, axis=0) >= -0.03).all()
    assert (np.diff(shares, axis=1) <= 0.03).all()
    assert shares[0, 0] > 0.6
    assert shares[0, -1] == 0 < shares[-1, 3]


@pytest.mark.parametrize("n", [6, 9])
def test_without_signal_covers_number_lies_in_the_interval(n):
    low, high = separable_draws(0.0, n, n_draws=1000, seed=2).interval
    assert low <= separable_share(n, 2) <= high


def test_the_labels_follow_the_model_that_they_are_drawn_from():
    data = draw_from_model(3.0, 20_000, 2, np.random.default_rng(0))
    for low in (-2.0, -0.5, 0.5):
        inside = (low < data.X[:, 0]) & (data.X[:, 0] < low + 0.2)
        expected = sigmoid(3.0 * data.X[inside, 0]).mean()
        assert data.y[inside].mean() == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(inside.sum()))


def test_the_exact_verdict_agrees_on_draws_and_knows_no_quasi_separable_one():
    rng = np.random.default_rng(7)
    kinds = [check_separability(draw_from_model(2.0, 10, 2, rng)).kind for _ in range(100)]
    assert set(kinds) == {"separable", "overlapping"}
    again = separable_draws(2.0, 10, n_draws=2000, seed=3)
    assert abs(kinds.count("separable") / 100 - again.share) < 0.2


def test_the_same_seed_gives_the_same_count_and_a_wrong_number_is_named():
    assert separable_draws(2.0, 12, n_draws=50, seed=1) == separable_draws(2.0, 12, n_draws=50, seed=1)
    with pytest.raises(ValueError, match="strength: expected a finite number of at least 0"):
        separable_draws(-1.0, 12, n_draws=1)
    with pytest.raises(ValueError, match="n_draws: expected a whole number from 1"):
        separable_draws(1.0, 12, n_draws=1.5)


def test_small_subsamples_of_a_table_that_overlaps_are_separable_and_the_whole_is_not():
    table = make_dataset("iris_versicolor_virginica")
    shares = [separable_subsamples(table, n, n_draws=60).share for n in (4, 30, 80, 100)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.9
    assert shares[-1] == 0
    with pytest.raises(ValueError, match="n_samples: expected a whole number from 1 to 100, got 101"):
        separable_subsamples(table, 101)
