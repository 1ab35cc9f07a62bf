"""The step of the descent: as a textbook writes it, and as fast as NumPy can take it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.training.descent import Descent, descend
from logreg.training.model import Model
from logreg.training.objective import Objective, gradient, smoothness
from tests.training.problems import problems


@settings(max_examples=50)
@given(problems(), st.sampled_from([0.0, 0.2]), st.booleans())
def test_a_step_of_descent_is_minus_the_learning_rate_times_the_gradient(problem, l2, penalise_bias):
    dataset, model = problem
    start = model.parameters
    after = Descent(dataset, 0.3, Objective(l2=l2, penalise_bias=penalise_bias)).advance(start, 1)
    assert after == pytest.approx(
        start - 0.3 * gradient(model, dataset, Objective(l2=l2, penalise_bias=penalise_bias)), rel=1e-12, abs=1e-12
    )


def test_a_step_still_moves_where_a_probability_has_rounded_to_one():
    dataset = Dataset([[1.0]], [1])
    start = np.array([40.0])
    after = Descent(dataset, 1e16, Objective(fit_bias=False)).advance(start, 1)
    assert after - start == pytest.approx(1e16 * np.exp(-40.0), rel=1e-12)


def test_a_step_does_not_depend_on_what_was_computed_before():
    dataset = Dataset([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]], [0, 1, 1])
    descent = Descent(dataset, 0.5)
    whole = descent.advance(np.zeros(3), 100)
    descent.advance(np.full(3, np.nan), 3)
    parts = descent.advance(descent.advance(np.zeros(3), 37), 63)
    assert whole.tobytes() == parts.tobytes() == Descent(dataset, 0.5).advance(np.zeros(3), 100).tobytes()


@settings(max_examples=50)
@given(problems(spread=3.0), st.sampled_from([0.0, 0.2]), st.booleans(), st.integers(0, 20))
def test_the_fast_steps_lead_where_the_textbook_steps_do(problem, l2, fit_bias, n_steps):
    dataset, model = problem
    objective = Objective(fit_bias=fit_bias, l2=l2)
    start = Model(model.weights, model.bias * fit_bias)
    rate = 1.0 / smoothness(dataset, objective)
    read = descend(start, dataset, learning_rate=rate, n_steps=n_steps, objective=objective)
    fast = Descent(dataset, rate, objective).advance(objective.parameters(start), n_steps)
    there = objective.parameters(read)
    assert np.linalg.norm(fast - there) <= 1e-9 * (1.0 + np.linalg.norm(there))


def test_a_textbook_step_that_leaves_float64_is_refused():
    dataset = Dataset([[1e200], [-1e200]], [1, 0])
    with np.errstate(over="ignore"), pytest.raises(ValueError, match=r"^weights: expected finite numbers"):
        descend(Model([0.0]), dataset, learning_rate=1e200, n_steps=2)
