"""The sigmoid and the model: one point of weight space, and what it says of points."""

from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.training.model import Model, log_sigmoid, sigmoid

EPS = np.finfo(float).eps
any_float = st.floats(allow_nan=False)


@given(any_float)
def test_sigmoid_is_finite_symmetric_and_between_0_and_1_for_any_float(z):
    p = sigmoid(z)
    assert 0 <= p <= 1
    assert abs(p - (1 - sigmoid(-z))) <= EPS


@given(st.floats(-700, 700))
def test_sigmoid_keeps_its_relative_accuracy_in_both_tails(z):
    getcontext().prec = 50
    exact = 1 / (1 + (-Decimal(z)).exp())
    assert abs(Decimal(float(sigmoid(z))) / exact - 1) < Decimal(4 * EPS)


@given(any_float)
def test_log_sigmoid_is_never_above_zero_and_is_z_itself_far_below(z):
    value = log_sigmoid(z)
    assert value <= 0
    assert not np.isnan(value)
    assert z > -40 or value == z


def test_the_sigmoids_take_scalars_arrays_infinities_and_a_million():
    assert sigmoid([-np.inf, -1e6, 0, 1e6, np.inf]).tolist() == [0, 0, 0.5, 1, 1]
    assert log_sigmoid([-np.inf, -1e6, 0, 1e6, np.inf]).tolist() == [-np.inf, -1e6, -np.log(2), 0, 0]
    assert sigmoid(np.zeros((2, 3))).shape == (2, 3)
    assert float(sigmoid(-745)) == 5e-324
    assert float(sigmoid(-746)) == 0


def test_the_sigmoids_raise_no_floating_point_flag_that_a_strict_caller_would_see():
    with np.errstate(all="raise"):
        sigmoid([-1e308, -745.0, 745.0, 1e308])
        log_sigmoid([-1e308, -745.0, 745.0, 1e308])


def test_a_model_copies_its_weights_and_makes_them_read_only():
    source = np.ones(2)
    model = Model(source, 1)
    source[0] = 5
    assert model.weights.tolist() == [1, 1]
    assert type(model.bias) is float
    with pytest.raises(ValueError, match="read-only"):
        model.weights[0] = 2


@pytest.mark.parametrize(
    ("weights", "bias", "name"),
    [
        ([], 0, "weights"),
        ([[1.0]], 0, "weights"),
        ([np.nan], 0, "weights"),
        ([np.inf], 0, "weights"),
        (["a"], 0, "weights"),
        (None, 0, "weights"),
        ([1.0], np.inf, "bias"),
        ([1.0], None, "bias"),
        ([1.0], 10**400, "bias"),
    ],
)
def test_a_bad_model_is_refused_by_the_name_of_its_parameter(weights, bias, name):
    with pytest.raises(ValueError, match=rf"^{name}: expected"):
        Model(weights, bias)


def test_a_tie_is_class_1_and_probability_one_half():
    model = Model([1.0, 1.0], -1.0)
    X = [[0.5, 0.5], [0.0, 0.0], [1.0, 1.0]]
    assert model.predict(X).tolist() == [1, 0, 1]
    assert model.predict_proba(X)[0] == 0.5
    assert model.decision_function(X).tolist() == [0, -1, 1]


@pytest.mark.parametrize("X", [[[1.0]], [1.0, 2.0], [[1.0, 2.0, 3.0]]])
def test_points_of_another_number_of_features_are_refused(X):
    with pytest.raises(ValueError, match=r"^X: expected shape"):
        Model([1.0, 2.0]).predict(X)
