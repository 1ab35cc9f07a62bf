"""The formula of the gradient stands beside differences, and the slope of the sigmoid below the notes' bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.theory.differences import BEST_STEP, central_difference, difference_errors, sigmoid_slope, slope_bound
from logreg.training.model import Model
from logreg.training.objective import Objective, gradient

STEPS = np.logspace(-1, -14, 131)


@pytest.mark.parametrize("objective", [Objective(fit_bias=False), Objective(), Objective(l2=0.1, penalise_bias=True)])
def test_the_error_is_a_v_with_its_bottom_near_the_cube_root_of_epsilon(objective):
    model = Model([0.6, -0.2], 0.3 if objective.fit_bias else 0.0)
    errors = difference_errors(model, headline(), STEPS, objective)
    bottom = STEPS[np.argmin(errors)]
    assert pytest.approx(6.06e-6, abs=5e-9) == BEST_STEP
    assert BEST_STEP / 10 < bottom < 10 * BEST_STEP
    assert errors.min() < 1e-10
    left, right = STEPS < 1e-8, STEPS > 1e-3
    slopes = [np.polyfit(np.log10(STEPS[part]), np.log10(errors[part]), 1)[0] for part in (left, right)]
    assert slopes[0] == pytest.approx(-1, abs=0.25), "rounding"
    assert slopes[1] == pytest.approx(2, abs=0.1), "curvature"


def test_a_wrong_formula_would_be_seen():
    model = Model([0.6, -0.2])
    wrong = -gradient(model, headline(), Objective(fit_bias=False))
    found = central_difference(model, headline(), BEST_STEP, Objective(fit_bias=False))
    assert np.linalg.norm(found - wrong) > 1.9 * np.linalg.norm(wrong)


def test_there_is_no_relative_error_of_a_gradient_of_zero():
    with pytest.raises(ValueError, match="model: expected a gradient above 0"):
        difference_errors(Model([0.0]), Dataset([[1.0], [1.0]], [0, 1]), [1e-3])


@given(st.floats(-700, 700))
def test_the_slope_stays_below_the_notes_bounds(a):
    assert 0 < sigmoid_slope(a) <= slope_bound(a) * (1 + 1e-12)
    assert slope_bound(a) == pytest.approx(np.exp(-a) if a >= 0 else 1 / (1 + np.exp(-a)))


def test_the_slope_dies_by_a_factor_e_for_each_unit():
    assert sigmoid_slope(0.0) == 0.25
    assert sigmoid_slope([10.0, 20.0]) == pytest.approx([4.5396e-5, 2.0612e-9], rel=1e-4)
