"""The config of a run: plain values, what is refused, and the learning rate “auto”."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig, resolve_learning_rate
from logreg.training.objective import Objective, smoothness
from logreg.training.trainer import train
from tests.training.runs import XOR, clouds


def test_a_config_is_plain_values_that_compare_and_hash_and_do_not_change():
    config = TrainingConfig(learning_rate=np.float64(0.5), n_steps=np.int64(7), initial_weights=np.array([1, 2]))
    assert config == TrainingConfig(learning_rate=0.5, n_steps=7, initial_weights=(1.0, 2.0))
    assert hash(config) == hash(replace(config))
    assert type(config.n_steps) is int
    assert type(config.learning_rate) is float
    with pytest.raises(FrozenInstanceError):
        config.n_steps = 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("learning_rate", value) for value in (0, -1.0, np.nan, np.inf, "fast", None, True, [0.1])],
        *[("n_steps", value) for value in (-1, 1.0, True, "10", None, 10**16)],
        *[("initial_weights", value) for value in (3.0, (), ("a",), (np.nan,), (1.0, np.inf), "12")],
        *[("initial_bias", value) for value in (np.nan, np.inf, "0", None)],
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_field(field, value):
    with pytest.raises(ValueError, match=rf"^{field}: expected"):
        TrainingConfig(**{field: value})


def test_a_start_of_the_bias_without_a_bias_is_refused():
    with pytest.raises(ValueError, match=r"^initial_bias: expected 0"):
        TrainingConfig(initial_bias=1.0, objective=Objective(fit_bias=False))


def test_a_start_of_another_number_of_features_is_refused():
    with pytest.raises(ValueError, match=r"^initial_weights: expected 2 numbers, got 1"):
        train(XOR, TrainingConfig(initial_weights=(1.0,)))


@given(st.integers(0, 1000), st.sampled_from([0.0, 0.1]), st.booleans())
def test_auto_is_one_over_the_smoothness_and_the_run_records_the_number(seed, l2, fit_bias):
    dataset = clouds(seed)
    config = TrainingConfig(n_steps=1, objective=Objective(fit_bias=fit_bias, l2=l2))
    assert train(dataset, config).learning_rate == 1 / smoothness(dataset, Objective(fit_bias=fit_bias, l2=l2))
    assert train(dataset, replace(config, learning_rate=0.25)).learning_rate == 0.25


def test_auto_says_where_it_has_no_number():
    with pytest.raises(BeyondFloat64, match=r"too large .* L is beyond float64\. Rescale them\.$"):
        train(Dataset([[1e200]], [1]))
    with pytest.raises(BeyondFloat64, match=r"too small .* 1/L is beyond float64\. Rescale them\.$"):
        train(Dataset([[1e-200]], [1]), TrainingConfig(objective=Objective(fit_bias=False)))
    assert resolve_learning_rate(Dataset([[0.0]], [1]), TrainingConfig(objective=Objective(fit_bias=False))) == 1.0
