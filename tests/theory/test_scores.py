"""Scores, slopes and widths of the sigmoid lesson, against numbers of its own kind of proof."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.lecture_sets import headline
from logreg.theory.scores import (
    distances_over_steps,
    losses_of_both_label_sets,
    scores_over_steps,
    slope_at_tie,
    two_clouds,
    width,
)
from logreg.training.config import TrainingConfig
from logreg.training.model import sigmoid
from logreg.training.objective import Objective
from logreg.training.trainer import train

RUN = train(headline(), TrainingConfig(n_steps=1000, objective=Objective(fit_bias=False)))


@given(st.floats(0.1, 1000.0))
def test_the_slope_at_the_tie_is_a_quarter_of_c_and_the_width_4_394_over_c(c):
    h = 1e-4 / c
    assert slope_at_tie(c) == pytest.approx((sigmoid(np.array(c * h)) - sigmoid(np.array(-c * h))) / (2 * h), rel=1e-6)
    ends = sigmoid(np.array([-c * width(c) / 2, c * width(c) / 2]))
    assert ends == pytest.approx([0.1, 0.9], rel=1e-12)
    assert width(1.0) == pytest.approx(4.3944, abs=5e-5)


def test_a_width_needs_a_c_above_0():
    with pytest.raises(ValueError, match="c: expected"):
        width(0.0)


def test_scores_are_w_x_plus_b_of_the_records_and_distances_their_share_of_the_norm():
    steps = [0, 7, 1000]
    scores = scores_over_steps(RUN, steps)
    for row, step in zip(scores, steps, strict=True):
        model = RUN.model_at(step)
        assert row == pytest.approx(RUN.dataset.X @ model.weights + model.bias, rel=1e-12, abs=1e-15)
    lengths = distances_over_steps(RUN, steps)
    assert np.isnan(lengths[0]).all(), "w = 0 has no line"
    assert lengths[2] * RUN.weight_norm[-1] == pytest.approx(scores[2])


def test_two_clouds_differ_in_how_often_each_x_comes_and_not_in_the_share_of_ones():
    clouds = two_clouds(100_000)
    middle = slice(3, 9)
    assert np.abs(clouds.counts[0] - clouds.counts[1]).sum() > 100_000
    assert np.abs(clouds.shares[0] - clouds.shares[1])[middle].max() < 0.07
    centres = (clouds.edges[1:] + clouds.edges[:-1]) / 2
    for share in clouds.shares:
        assert share[middle] == pytest.approx(sigmoid(1.5 * centres[middle]), abs=0.07)


def test_more_samples_of_a_cloud_begin_with_the_samples_of_fewer():
    assert (two_clouds(1000).counts <= two_clouds(2000).counts).all()
    assert np.isnan(two_clouds(1).shares).any()


@given(st.floats(-700, 700))
def test_the_losses_of_both_label_sets_are_equal_to_the_last_digit(score):
    signs, bits = losses_of_both_label_sets([score])
    assert signs.tolist() == bits.tolist()
    assert signs[0, 0] - signs[1, 0] == pytest.approx(-score, rel=1e-9, abs=1e-12)


def test_at_the_tie_either_loss_is_log_2():
    assert losses_of_both_label_sets([0.0])[0].tolist() == [[log(2)], [log(2)]]
