"""The bias as a constant feature: what a line through the origin misses, K, and the penalty, by independent numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import around_zero, headline, moved_headline, rare_class
from logreg.data.registry import make_dataset
from logreg.data.transforms import centred
from logreg.theory.constant_feature import accuracy, best_angle, lifted, penalised, tie_of_limit, wrong_through_origin
from logreg.theory.flow import gradient_flow
from logreg.training.objective import Objective, smoothness

IRIS = make_dataset("iris_versicolor_virginica")
ALL_ROUND = np.arange(0.0, 360.0, 1.0)


def test_the_moved_points_need_a_bias_and_the_unmoved_do_not():
    moved = moved_headline()
    assert [check_separability(moved, fit_bias=b).kind for b in (False, True)] == ["overlapping", "separable"]
    assert wrong_through_origin(moved, ALL_ROUND).sum(axis=1).min() == 4
    assert wrong_through_origin(headline(), ALL_ROUND).sum(axis=1).min() == 0


@given(st.floats(0, 360), st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.booleans()), min_size=1))
def test_a_point_is_wrong_where_its_margin_is_not_above_zero(angle, points):
    dataset = Dataset([[float(a), float(b)] for a, b, _ in points], [int(c) for *_, c in points])
    w = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    margins = np.where(dataset.y == 1, 1, -1) * (dataset.X @ w)
    clear = np.abs(margins) > 1e-9
    assert (wrong_through_origin(dataset, [angle])[0][clear] == (margins < 0)[clear]).all()


@given(st.lists(st.tuples(st.floats(-4, 4), st.floats(-4, 4), st.booleans()), min_size=1, max_size=9))
def test_no_angle_has_fewer_wrong_than_the_best_and_a_separable_set_has_none(points):
    dataset = Dataset([[round(a, 2), round(b, 2)] for a, b, _ in points], [int(c) for *_, c in points])
    least = int(wrong_through_origin(dataset, [best_angle(dataset)]).sum())
    assert least <= wrong_through_origin(dataset, ALL_ROUND).sum(axis=1).min()
    assert (least == 0) == (check_separability(dataset, fit_bias=False).kind == "separable")


@pytest.mark.parametrize("constant", [0.25, 1.0, 2.0, 2.4, 2.5, 40.0])
def test_the_tie_is_at_minus_k_squared_over_3_until_the_middle_is_reached(constant):
    assert tie_of_limit(around_zero(), constant) == pytest.approx(max(-(constant**2) / 3, -2.0))


@pytest.mark.parametrize("constant", [1.0, 3.0])
def test_descent_goes_to_the_tie_of_its_constant(constant):
    ties = []
    for until in (1e3, 1e12):
        model = gradient_flow(lifted(around_zero(), constant), until, fit_bias=False).model
        ties.append(-model.weights[1] * constant / model.weights[0])
    limit = tie_of_limit(around_zero(), constant)
    assert abs(ties[1] - limit) < 0.6 * abs(ties[0] - limit)
    assert ties[1] == pytest.approx(limit, abs=0.2)


def test_the_penalty_reaches_the_bias_and_the_shift_decides():
    both = [accuracy(penalised(IRIS, s, 0.01, penalise_bias=True), Dataset(IRIS.X + s, IRIS.y)) for s in (0, 100)]
    free = [accuracy(penalised(IRIS, s, 0.01, penalise_bias=False), Dataset(IRIS.X + s, IRIS.y)) for s in (0, 100)]
    assert both == [0.91, 0.67]
    assert free == [0.95, 0.95]
    middle = centred(IRIS)
    assert [accuracy(penalised(middle, 0, 0.01, penalise_bias=b), middle) for b in (True, False)] == [0.95, 0.95]


def test_a_free_bias_moves_along_with_the_points():
    still, moved = (penalised(IRIS, s, 0.01, penalise_bias=False) for s in (0.0, 100.0))
    assert moved.weights == pytest.approx(still.weights, rel=1e-6)
    assert moved.bias == pytest.approx(still.bias - 100 * still.weights.sum(), rel=1e-6)


def test_centring_eases_the_step():
    moved = Dataset(IRIS.X + 100, IRIS.y)
    bounds = [2 / smoothness(data) for data in (IRIS, moved, centred(IRIS))]
    assert bounds == pytest.approx([0.279, 0.00037, 8.0], rel=0.02)


@pytest.mark.parametrize("l2", [0.001, 0.1, 1.0])
def test_a_rare_class_is_overestimated_also_when_centred(l2):
    data = rare_class()
    assert np.abs(data.X.mean(axis=0)).max() < 1e-12
    model = optimum(data, Objective(l2=l2, penalise_bias=True))
    mean_p = model.predict_proba(data.X).mean()
    assert mean_p == pytest.approx(data.y.mean() - l2 * model.bias, abs=1e-9)
    if l2 == 0.1:
        assert (data.y.mean(), mean_p) == (pytest.approx(0.047, abs=5e-4), pytest.approx(0.19, abs=0.005))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="dataset: expected 2 features, got 1"):
        wrong_through_origin(around_zero(), [0.0])
    with pytest.raises(ValueError, match="constant: expected a finite number above 0, got 0"):
        lifted(headline(), 0.0)
    with pytest.raises(ValueError, match="dataset: expected 1 feature, got 2"):
        tie_of_limit(headline(), 1.0)


def test_a_point_at_the_origin_does_not_turn_the_best_line():
    pair = [[1.0, 1.0], [-1.0, 1.0]]
    assert best_angle(Dataset(pair, [1, 1])) == pytest.approx(90.0)
    assert best_angle(Dataset([*pair, [0.0, 0.0]], [1, 1, 0])) == pytest.approx(90.0)
    assert best_angle(Dataset([[0.0, 0.0], [0.0, 0.0]], [0, 1])) == 0.0
