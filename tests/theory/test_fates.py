"""What becomes of a run of a constant rate: what is said is proved or seen to rounding; the rest stays open."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from logreg.certificates.optimum import OptimumOutOfReach, optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.data.registry import DATASETS
from logreg.theory.fates import MOST_STEPS, fates, gaps_above, safe_gap
from logreg.theory.step_size import descend_at_rates, period_of, sharpness
from logreg.training.model import Model
from logreg.training.objective import THROUGH_0, gradient, hessian, loss
from tests.ui.hard_points import points_and_labels

SHARES = np.array([0.02, 0.25, 0.95, 1.05, 2.0])
OVERLAP = headline(HEADLINE.index((2.6, 2.4)))
SYMMETRIC = Dataset([[1.0, 1.0], [1.0, -1.0], [-0.4, 2.0], [-0.4, -2.0]], [1, 1, 1, 1])
"""The start has no part in the steepest way, exactly: nothing leads off w*."""


def limit_of(dataset, best):
    return 2 / sharpness(dataset, best.weights, THROUGH_0)


def kinds(dataset, shares=SHARES):
    best = optimum(dataset, THROUGH_0)
    return [fate.kind for fate in fates(dataset, best, shares * limit_of(dataset, best))]


def test_a_run_that_is_close_for_a_moment_beyond_the_limit_has_not_settled():
    assert kinds(OVERLAP) == ["settles"] * 3 + ["goes round", "open"]


def test_a_run_that_creeps_to_its_minimum_settles():
    iris = DATASETS["iris_versicolor_virginica"].make()
    best = optimum(iris, THROUGH_0)
    found = fates(iris, best, SHARES * limit_of(iris, best))
    assert [fate.kind for fate in found] == ["settles"] * 3 + ["goes round"] * 2
    assert found[0].reached is None, "5,000 steps are not enough for 1 %"
    path = descend_at_rates(iris, [0.25 * limit_of(iris, best)], 20_000, THROUGH_0)[0]
    assert np.linalg.norm(path[-1] - best.weights) < 1e-2 * np.linalg.norm(best.weights)
    assert (np.diff(gaps_above(iris, best, path[found[1].steps :])) < 1e-15).all()


def test_beyond_the_limit_a_run_without_a_part_in_the_steepest_way_settles():
    best = optimum(SYMMETRIC, THROUGH_0)
    vectors = np.linalg.eigh(hessian(best, SYMMETRIC, THROUGH_0))[1]
    assert abs(vectors[0, 1]) < 1e-12, "the steepest way is w₂"
    assert best.weights[1] == pytest.approx(0, abs=1e-12)
    assert kinds(SYMMETRIC, np.array([1.05]))[0] == "settles"


@given(points_and_labels(), st.floats(0.05, 0.99), st.integers(0, 5))
def test_below_the_safe_gap_no_step_raises_the_loss(points, share, seed):
    dataset = Dataset(*points)
    assume(check_separability(dataset, fit_bias=False).kind == "overlapping")
    try:
        best = optimum(dataset, THROUGH_0)
    except OptimumOutOfReach:
        assume(False)
    assume(best.weights.any())
    rate = share * limit_of(dataset, best)
    gap = safe_gap(dataset, best, rate)
    assert gap > 0
    way = np.random.default_rng(seed).normal(size=2)
    ends = np.array(
        [best.weights + t * way / np.linalg.norm(way) / np.abs(dataset.X).max() for t in np.logspace(-4, 2, 61)]
    )
    for w in ends[gaps_above(dataset, best, ends) <= gap]:
        after = w - rate * gradient(Model(w), dataset, THROUGH_0)
        before = loss(Model(w), dataset, THROUGH_0)
        assert loss(Model(after), dataset, THROUGH_0) <= before * (1 + 1e-13)


def test_the_safe_gap_of_three_points_at_one_is_what_its_formula_gives_by_hand():
    dataset = Dataset([[1.0], [1.0], [1.0]], [1, 1, 0])  # H(w*) = 2/9, and the limit of the rate is 9
    gap = safe_gap(dataset, optimum(dataset, THROUGH_0), 4.5)  # half of it: D = log 2, e^−D = 1/2
    assert gap == pytest.approx((0.5 - 1 + np.log(2)) * 2 / 9, rel=1e-12)


def test_there_is_no_safe_gap_from_the_limit_on():
    best = optimum(OVERLAP, THROUGH_0)
    assert safe_gap(OVERLAP, best, limit_of(OVERLAP, best) * 1.01) == 0


def test_a_curvature_that_floats_do_not_resolve_proves_nothing():
    narrow = Dataset([[1.0, 0.0], [2.0, 1e-8], [1.0, 0.0], [-1.0, 1e-8]], [1, 0, 0, 1])
    flat = Dataset([[1.0, 0.0], [2.0, 0.0], [1.0, 0.0], [-1.0, 0.0]], [1, 0, 0, 1])
    assert safe_gap(narrow, Model([-0.3, 0.0]), 1e-3) == 0
    assert safe_gap(flat, Model([-0.3, 0.0]), 1e-3) > 0, "exactly blind: no run moves there"


@pytest.mark.parametrize("name", ["moons", "circles", "iris_setosa_versicolor"])
def test_a_round_is_one_by_other_steps_too(name):
    dataset = DATASETS[name].make()
    best = optimum(dataset, THROUGH_0)
    rates = SHARES[3:] * limit_of(dataset, best)
    paths = descend_at_rates(dataset, rates, 2 * MOST_STEPS, THROUGH_0)
    found = fates(dataset, best, rates)
    assert [fate.kind for fate in found] == ["goes round"] * 2
    assert [fate.period for fate in found] == [period_of(path, 1e-9) for path in paths]


def test_where_the_start_is_nearly_the_minimum_rounding_decides_nothing():
    nearly = Dataset([[1.0, 0.0], [-1.0, 1e-9], [0.0, 1.0], [0.3, -1.0]], [1, 1, 1, 1])
    best = optimum(nearly, THROUGH_0)
    tiny = Dataset(np.vstack([nearly.X, nearly.X + 1e-9]), np.ones(8, dtype=int))
    assert kinds(nearly)[:3] == ["settles"] * 3
    near = optimum(tiny, THROUGH_0)
    start, end = gaps_above(tiny, near, np.array([[0.0, 0.0], near.weights]))
    assert start > end >= 0
    assert best.weights.any()
