"""What hinge comes to: the least sum by another program, the rest by another loop."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import linprog

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.theory.hinge_ends import hinge_end, least_hinge_sum
from logreg.theory.step_size import hinge_path, stops_at
from logreg.training.objective import THROUGH_0, smoothness
from tests.ui.hard_points import points_and_labels


@given(points_and_labels())
def test_the_least_sum_is_that_of_a_linear_program(points):
    dataset = Dataset(*points)
    least = least_hinge_sum(dataset)
    if least is None:
        return
    rows, n = dataset.signed_samples(fit_bias=False), dataset.n_samples
    program = linprog(
        np.r_[np.zeros(2), np.ones(n)],
        A_ub=-np.column_stack([rows / np.abs(rows).max(), np.eye(n)]),
        b_ub=-np.ones(n),
        bounds=[(None, None)] * 2 + [(0, None)] * n,
    )
    assert float(least) == pytest.approx(program.fun, abs=1e-6)


def test_a_least_sum_is_exact():
    assert least_hinge_sum(Dataset([[1.0, 0.0], [-3.0, 0.0], [0.0, 1.0]], [1, 1, 1])) == Fraction(8, 3) / 2
    assert least_hinge_sum(Dataset([[1.0, 0.0]], [1])) is None
    assert least_hinge_sum(Dataset([[1.0, 1.0], [2.0, 2.0]], [1, 0])) is None, "all on one line through 0"


def test_a_rest_is_where_the_plain_run_stays():
    rate = 0.1 / smoothness(headline(), THROUGH_0)
    path = hinge_path(headline(), rate, 100)
    end = hinge_end(headline(), rate, 100)
    assert end.rest == stops_at(path)
    assert end.weights == pytest.approx(path[-1])


def test_pulls_that_cancel_but_for_rounding_do_not_cancel():
    nearly = Dataset([[0.1, 0.0], [0.2, 0.0], [-0.3, 0.0]], [1, 1, 1])
    assert hinge_end(nearly, 1.0, 50).rest is None
    exactly = Dataset([[0.1, 0.0], [0.2, 0.0], [-0.1, 0.0], [-0.2, 0.0]], [1, 1, 1, 1])
    assert hinge_end(exactly, 1.0, 50).rest == 0


def test_a_round_is_named_by_its_steps():
    end = hinge_end(Dataset([[1.0], [1.0], [1.0]], [0, 1, 1]), 0.2, 100)
    assert (end.rest, end.period) == (None, 2)
