"""Squared error beside cross-entropy: Nielsen's numbers, slow starts and plateaus, by independent code."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.lecture_sets import headline, nielsens_neuron, online_course_line
from logreg.theory.two_losses import descend_on, flat_share, loss_slopes, steepness
from logreg.training.descent import descend
from logreg.training.model import Model, sigmoid

ETA = 0.15


def outputs(kind, start, eta=ETA):
    """Return Nielsen's a of every epoch."""
    return sigmoid(descend_on(kind, nielsens_neuron(), start, eta, 300).sum(axis=1))


def test_nielsens_neuron_learns_as_published():
    near, far = (outputs("squared error", start) for start in ((0.6, 0.9), (2.0, 2.0)))
    assert near[[0, 300]] == pytest.approx([0.8176, 0.0940], abs=5e-5)
    assert far[[0, 150, 300]] == pytest.approx([0.9820, 0.9334, 0.2028], abs=5e-5)
    near, far = (outputs("cross-entropy", start) for start in ((0.6, 0.9), (2.0, 2.0)))
    assert [near[300], far[300]] == pytest.approx([0.0116, 0.0120], abs=5e-5)
    near, far = (outputs("cross-entropy", start, 0.005) for start in ((0.6, 0.9), (2.0, 2.0)))
    assert [near[300], far[300]] == pytest.approx([0.4177, 0.7796], abs=5e-5)


def test_a_plain_loop_finds_the_same():
    w, b = 2.0, 2.0
    for _ in range(300):
        a = 1 / (1 + np.exp(-(w + b)))
        w, b = w - ETA * a * a * (1 - a), b - ETA * a * a * (1 - a)
    assert descend_on("squared error", nielsens_neuron(), (2, 2), ETA, 300)[-1] == pytest.approx([w, b], rel=1e-12)


def test_cross_entropy_takes_the_steps_of_the_trainer():
    path = descend_on("cross-entropy", headline(), (0.5, -1.0, 0.2), 0.3, 50)
    model = descend(Model([0.5, -1.0], 0.2), headline(), learning_rate=0.3, n_steps=50)
    assert path[-1] == pytest.approx(model.parameters, rel=1e-12)


@given(st.floats(-30, 30), st.integers(0, 1))
def test_a_slope_is_the_derivative_of_its_loss(z, y):
    h = 1e-5
    p = [1 / (1 + np.exp(-(z + side))) for side in (-h, h)]
    numeric = (0.5 * (p[1] - y) ** 2 - 0.5 * (p[0] - y) ** 2) / (2 * h)
    assert loss_slopes("squared error", np.array(z), y) == pytest.approx(numeric, abs=1e-9)
    assert loss_slopes("cross-entropy", np.array(z), y) == pytest.approx(1 / (1 + np.exp(-z)) - y, abs=1e-12)


def test_a_wrong_point_still_pulls_with_one_loss_only():
    wrong = np.array([-10.0, -20.0])
    assert -loss_slopes("cross-entropy", wrong, 1) == pytest.approx([0.99995, 1.0], abs=5e-6)
    assert -loss_slopes("squared error", wrong, 1) == pytest.approx([4.5e-5, 2.1e-9], rel=0.02)


@pytest.mark.parametrize(("threshold", "share"), [(1e-3, 0.319), (1e-4, 0.208)])
def test_a_fifth_to_a_third_of_the_window_is_flat_for_squared_error_and_none_for_cross_entropy(threshold, share):
    line, reach = online_course_line(), (10.0, 10.0)
    assert flat_share("squared error", line, reach, threshold) == pytest.approx(share, abs=5e-4)
    assert flat_share("cross-entropy", line, reach, threshold) == 0


def test_the_plateaus_hold_no_local_minimum():
    axes = [np.linspace(-10, 10, 161)] * 2
    x, y = np.arange(6.0), np.array([0, 0, 0, 1, 1, 1])
    z = np.add.outer(axes[1], np.multiply.outer(axes[0], x))
    error = (0.5 * (1 / (1 + np.exp(-z)) - y) ** 2).mean(axis=-1)
    inner = error[1:-1, 1:-1]
    around = [np.roll(error, (i, j), (0, 1))[1:-1, 1:-1] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    assert not (inner < np.min(around, axis=0)).any()
    assert steepness("cross-entropy", online_course_line(), *axes).min() > 1e-3


def test_no_other_loss_and_no_plane_is_taken():
    with pytest.raises(ValueError, match="kind: expected one of cross-entropy, squared error, got 'hinge'"):
        loss_slopes("hinge", np.zeros(1), 1)
    with pytest.raises(ValueError, match="dataset: expected 1 feature, got 2"):
        steepness("squared error", headline(), np.zeros(1), np.zeros(1))
