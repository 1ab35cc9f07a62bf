"""Points of any size that float64 holds: each function of theory answers, or says in a sentence why not; none warns."""

from contextlib import suppress

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import asymptotics
from logreg.theory.directions import least_cost
from logreg.theory.flow import FlowEnd, gradient_flow
from logreg.theory.growth import growth
from logreg.theory.laws import first_reliable_record, law_error
from logreg.theory.regularisation import angle_off_path, penalty_grid, penalty_of_norm, regularisation_path
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train

pytestmark = pytest.mark.sweep

POINTS = np.array([[1.0, 2.0], [2.0, 1.0], [0.3, 0.2], [-1.0, -2.0], [-2.0, -1.5], [-0.1, -1.0]])
LABELS = {"separable": [1, 1, 1, 0, 0, 0], "overlapping": [0, 1, 1, 0, 0, 0], "one class": [1] * 6}


def follow(data, fit_bias):
    with suppress(ValueError):
        run = train(data, TrainingConfig(n_steps=2000, objective=Objective(fit_bias=fit_bias)))
        angle_off_path(regularisation_path(data, [1.0], fit_bias=fit_bias), run)
        first = first_reliable_record(data, run.weights, run.bias, fit_bias=fit_bias)
        if first is not None:
            time, length = run.learning_rate * float(run.steps[first]), float(run.parameter_norm[first])
            law = growth(data, time, length, run.learning_rate * 1e12, fit_bias=fit_bias)
            assert law_error(law, run, run.last_step) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("size", "mixed"), [(1e-320, False), (1e-155, False), (1e-155, True), (1e8, True), (1e150, True), (8e307, False)]
)
def test_no_size_of_the_points_leads_to_anything_but_an_answer_or_a_sentence(size, mixed):
    X = size * POINTS
    if mixed:
        X[0] = (1e-150, 3e-150)
    for labels in LABELS.values():
        data = Dataset(X, labels)
        for fit_bias in (True, False):
            for penalise_bias in (True, False):
                flags = {"fit_bias": fit_bias, "penalise_bias": penalise_bias}
                path = regularisation_path(data, penalty_grid(data, **flags)[::40], **flags)
                assert path.parameter_norm.shape == (3,)
            penalty_of_norm(data, 1 / min(max(size, 1e-300), 1e300), fit_bias=fit_bias)
            least = least_cost(data, fit_bias=fit_bias)
            assert 0 <= least.cost < np.inf
            assert np.linalg.norm(least.direction) == pytest.approx(1)
            with suppress(ValueError):
                assert asymptotics(data, fit_bias=fit_bias).norm_at([1e3, 1e12]).shape == (2,)
            with suppress(ValueError):
                flow = gradient_flow(data, fit_bias=fit_bias)
                assert flow.reached == 1e12 or flow.ended is not FlowEnd.UNTIL
                assert np.isfinite(flow.parameter_norm).all()
            follow(data, fit_bias)
