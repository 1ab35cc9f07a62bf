"""The objective: loss, gradient, Hessian and the bound on its curvature."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.training.model import Model
from logreg.training.objective import Objective, gradient, hessian, loss, smoothness
from tests.training.problems import problems

EPS = np.finfo(float).eps


@given(problems())
def test_the_loss_of_the_zero_model_is_log_2(problem):
    dataset, model = problem
    assert loss(Model(np.zeros(model.n_features)), dataset) == pytest.approx(np.log(2), abs=1e-15)


@given(problems(spread=3.0), st.sampled_from([0.0, 0.3]), st.booleans())
def test_the_gradient_equals_a_central_difference(problem, l2, penalise_bias):
    dataset, model = problem
    h = 1e-5
    for j, exact in enumerate(gradient(model, dataset, Objective(l2=l2, penalise_bias=penalise_bias))):
        up, down = (
            loss(_moved(model, j, s * h), dataset, Objective(l2=l2, penalise_bias=penalise_bias)) for s in (1, -1)
        )
        assert (up - down) / (2 * h) == pytest.approx(exact, abs=1e-6)


@given(problems(spread=3.0), st.sampled_from([0.0, 0.3]), st.booleans())
def test_the_hessian_equals_a_central_difference_of_the_gradient(problem, l2, penalise_bias):
    dataset, model = problem
    h = 1e-5
    H = hessian(model, dataset, Objective(l2=l2, penalise_bias=penalise_bias))
    assert (H == H.T).all()
    for j, column in enumerate(H.T):
        up, down = (
            gradient(_moved(model, j, s * h), dataset, Objective(l2=l2, penalise_bias=penalise_bias)) for s in (1, -1)
        )
        assert (up - down) / (2 * h) == pytest.approx(column, abs=1e-5)


@given(problems(), st.sampled_from([0.0, 0.3]), st.booleans())
def test_smoothness_bounds_the_largest_eigenvalue_of_every_hessian(problem, l2, penalise_bias):
    dataset, model = problem
    bound = smoothness(dataset, Objective(l2=l2, penalise_bias=penalise_bias))
    for point in (model, Model(np.zeros(model.n_features))):
        assert np.linalg.eigvalsh(hessian(point, dataset, Objective(l2=l2, penalise_bias=penalise_bias)))[
            -1
        ] <= bound * (1 + 1e-12)


def test_smoothness_is_reached_at_the_zero_model_and_counts_the_bias_only_if_fitted():
    dataset = Dataset([[1.0, 2.0], [3.0, -1.0]], [0, 1])
    zero = hessian(Model([0.0, 0.0]), dataset)
    assert smoothness(dataset) == pytest.approx(np.linalg.eigvalsh(zero)[-1])
    assert smoothness(dataset, Objective(fit_bias=False)) == pytest.approx(np.linalg.eigvalsh(zero[:2, :2])[-1])
    assert smoothness(dataset, Objective(l2=0.5)) == pytest.approx(smoothness(dataset) + 0.5)
    assert smoothness(Dataset([[1e-170], [1e-170]], [0, 1]), Objective(fit_bias=False)) == 0.0
    assert smoothness(Dataset([[1e170], [1e170]], [0, 1])) == np.inf


def test_the_loss_is_never_rounded_to_zero_before_float64_ends():
    dataset = Dataset([[1.0], [-1.0]], [1, 0])
    assert loss(Model([69.0]), dataset) == pytest.approx(np.exp(-69.0), rel=1e-14)
    assert loss(Model([740.0]), dataset) > 0
    assert gradient(Model([69.0]), dataset)[0] == pytest.approx(-np.exp(-69.0), rel=1e-14)


def test_huge_margins_give_their_own_size_as_loss():
    wrong = Dataset([[1.0], [1.0], [1.0]], [0, 0, 0])
    assert loss(Model([1e6]), wrong) == 1e6
    assert loss(Model([1.7e308]), wrong) == pytest.approx(1.7e308)
    assert gradient(Model([1.7e308]), wrong).tolist() == [1.0, 1.0]
    assert hessian(Model([1e6]), wrong).tolist() == [[0, 0], [0, 0]]


def test_the_penalty_counts_the_bias_only_when_asked():
    dataset = Dataset([[1.0]], [1])
    model = Model([2.0], 3.0)
    assert loss(model, dataset, Objective(l2=0.5)) - loss(model, dataset) == pytest.approx(1.0)
    assert loss(model, dataset, Objective(l2=0.5, penalise_bias=True)) - loss(model, dataset) == pytest.approx(3.25)


@pytest.mark.parametrize("l2", [-1.0, -1e-9, np.nan, np.inf, "x", "0", None, True])
def test_a_bad_penalty_is_refused(l2):
    with pytest.raises(ValueError, match=r"^l2: expected a finite number of at least 0"):
        Objective(l2=l2)


@pytest.mark.parametrize("field", ["fit_bias", "penalise_bias"])
@pytest.mark.parametrize("value", [0, 1, "yes", None])
def test_a_flag_is_true_or_false(field, value):
    with pytest.raises(ValueError, match=rf"^{field}: expected True or False"):
        Objective(**{field: value})


def test_an_objective_is_plain_values_that_compare_hash_and_do_not_change():
    objective = Objective(l2=np.float64(0.5), fit_bias=np.bool_(True))
    assert objective == Objective(l2=0.5)
    assert hash(objective) == hash(Objective(l2=0.5))
    assert (type(objective.l2), type(objective.fit_bias)) == (float, bool)
    with pytest.raises(FrozenInstanceError):
        objective.l2 = 1.0


@pytest.mark.parametrize("function", [loss, gradient, hessian])
def test_without_a_bias_all_is_of_w_alone_and_a_bias_is_refused(function):
    dataset, plain = Dataset([[1.0, 2.0], [-0.5, 3.0]], [1, 0]), Objective(fit_bias=False)
    whole = np.asarray(function(Model([0.3, -0.2]), dataset))
    assert np.array_equal(function(Model([0.3, -0.2]), dataset, plain), whole[(slice(2),) * whole.ndim])
    with pytest.raises(ValueError, match=r"^model: expected a bias of 0 where none is fitted"):
        function(Model([0.3, -0.2], 1.0), dataset, plain)


@pytest.mark.parametrize("function", [loss, gradient, hessian])
def test_a_model_of_another_number_of_features_is_refused(function):
    with pytest.raises(ValueError, match=r"^model: expected 1 weights"):
        function(Model([1.0, 2.0]), Dataset([[1.0]], [1]))


def _moved(model, j, by):
    parameters = model.parameters
    parameters[j] += by
    return Model(parameters[:-1], parameters[-1])
