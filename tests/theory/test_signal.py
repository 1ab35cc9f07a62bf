"""Labels from a true model: separable when they are few, and the more often the stronger the model."""

import numpy as np
import pytest

from logreg.certificates.separability import check_separability
from logreg.theory.cover import separable_share
from logreg.theory.signal import draw_from_model, separable_draws
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
    with pytest.raises(TypeError, match="n_draws: expected int"):
        separable_draws(1.0, 12, n_draws=1.5)
