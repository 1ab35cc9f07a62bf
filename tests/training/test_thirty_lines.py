"""The thirty lines: they are the package's own run, and as few as they say."""

import ast
import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg import Dataset, Model, Objective, TrainingConfig, make_dataset, smoothness, train
from logreg import gradient as exact_gradient
from logreg import loss as exact_loss
from logreg.training import thirty_lines

MIXED, APART = make_dataset("overlapping_blobs"), make_dataset("separable_blobs")


@pytest.mark.parametrize("dataset", [MIXED, APART], ids=["mixed", "apart"])
@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_they_take_the_steps_of_the_package(dataset, l2):
    w, b = thirty_lines.train(dataset.X, dataset.y, 500, l2)
    run = train(dataset, TrainingConfig(n_steps=500, objective=Objective(l2=l2)))
    np.testing.assert_allclose([*w, b], run.model.parameters, rtol=1e-10, atol=1e-13)
    assert thirty_lines.largest_safe_rate(dataset.X, l2) == pytest.approx(run.learning_rate, rel=1e-13)


@given(st.lists(st.floats(-30, 30), min_size=3, max_size=3), st.floats(0, 2))
def test_loss_and_gradient_are_those_of_the_package(parameters, l2):
    *w, b = parameters
    arguments = (np.array(w), b, MIXED.X, MIXED.y, l2)
    slope, slope_of_b = thirty_lines.gradient(*arguments)
    expected = exact_gradient(Model(w, b), MIXED, Objective(l2=l2))
    np.testing.assert_allclose([*slope, slope_of_b], expected, rtol=1e-9, atol=1e-12)
    assert thirty_lines.loss(*arguments) == pytest.approx(exact_loss(Model(w, b), MIXED, Objective(l2=l2)), rel=1e-12)


def test_no_log_odds_overflow():
    assert thirty_lines.sigmoid(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]


def test_they_are_thirty_and_need_numpy_alone():
    source = inspect.getsource(thirty_lines)
    counted = [line for line in source.splitlines()[1:] if line.strip()]
    assert len(counted) <= 30
    modules = {
        alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names
    }
    assert modules == {"numpy"}
    assert "ImportFrom" not in ast.dump(ast.parse(source))
    assert smoothness(MIXED) > 0


def test_one_point_of_one_class_is_trained_too():
    w, b = thirty_lines.train(np.array([[1.0, 2.0]]), np.array([1]), 50)
    assert np.isfinite([*w, b]).all()
    assert Dataset([[1.0, 2.0]], [1]).n_samples == 1
