"""Tosses: the float decision against the exact verdict, and Cover's number inside the interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.theory import tosses
from logreg.theory.cover import separable_share
from logreg.theory.tosses import Proportion, are_separable, is_separable, random_labels, toss_labels, which_separate

NORMAL = {d: np.random.default_rng(d).normal(size=(110, d)) for d in (2, 10, 50)}


@given(
    st.integers(1, 5).flatmap(
        lambda d: st.lists(st.tuples(st.tuples(*[st.integers(-2, 2)] * d), st.integers(0, 1)), min_size=1, max_size=9)
    ),
    st.booleans(),
)
@settings(max_examples=300)
def test_on_grids_the_float_decision_is_the_exact_verdict(rows, fit_bias):
    dataset = Dataset([x for x, _ in rows], [y for _, y in rows])
    exact = check_separability(dataset, fit_bias=fit_bias).kind == "separable"
    assert is_separable(dataset, fit_bias=fit_bias) == exact


@given(st.integers(1, 4), st.integers(1, 8), st.integers(1, 70), st.integers(0, 10**6), st.booleans())
@settings(max_examples=60)
def test_many_sets_at_once_have_the_verdict_that_each_has_alone(d, n, n_sets, seed, fit_bias):
    rng = np.random.default_rng(seed)
    X, labels = rng.integers(-2, 3, size=(n_sets, n, d)).astype(float), rng.integers(0, 2, size=(n_sets, n))
    alone = [
        check_separability(Dataset(*one), fit_bias=fit_bias).kind == "separable" for one in zip(X, labels, strict=True)
    ]
    assert are_separable(X, labels, fit_bias=fit_bias) == alone


def test_nearly_all_draws_are_decided_at_once(monkeypatch):
    asked = []
    monkeypatch.setattr(tosses, "is_separable", lambda *_, **__: asked.append(1) or True)
    rng = np.random.default_rng(0)
    are_separable(rng.normal(size=(1000, 20, 2)), rng.integers(0, 2, size=(1000, 20)))
    assert len(asked) < 60


@pytest.mark.parametrize("exponent", [-300, 0, 300])
def test_the_scale_of_the_points_decides_nothing(exponent):
    X = np.ldexp(NORMAL[10][:22], exponent)
    for labels in random_labels(22, 20, seed=3):
        dataset = Dataset(X, labels)
        assert is_separable(dataset) == (check_separability(dataset).kind == "separable")


@pytest.mark.parametrize("gap", [1e-4, 1e-9, 1e-13])
def test_a_gap_that_floats_cannot_tell_goes_to_the_exact_verdict(gap):
    X = [[0.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.5, 0.5, gap], [0.3, 0.3, 2 * gap]]
    assert is_separable(Dataset(X, [0, 0, 1, 1])) or gap < 1e-12
    assert not is_separable(Dataset([*X, [0.2, 0.2, -gap]], [0, 0, 1, 1, 1]))


def test_where_the_least_squares_run_out_of_iterations_the_exact_verdict_decides(monkeypatch):
    def tired(*_):
        raise RuntimeError

    monkeypatch.setattr("scipy.optimize.nnls", tired)
    assert is_separable(Dataset([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]], [0, 1]))


@pytest.mark.parametrize(("d", "n"), [(2, 5), (2, 6), (2, 9), (10, 18), (10, 22), (10, 26), (50, 102)])
def test_covers_number_lies_in_the_interval_of_a_thousand_tosses(d, n):
    n_tosses = 1000 if d < 50 else 300
    low, high = toss_labels(NORMAL[d][:n], n_tosses, seed=5).interval
    assert low <= separable_share(n, d) <= high


@pytest.mark.parametrize(("n", "fit_bias"), [(8, True), (8, False), (34, True)])
def test_in_the_plane_every_toss_gets_the_exact_verdict(n, fit_bias, monkeypatch):
    monkeypatch.setattr(tosses, "are_separable", None)  # it would fail if it were asked
    X = NORMAL[2][:n]
    labels = [*random_labels(n, 40, seed=1), X[:, 0] > 0]
    exact = [check_separability(Dataset(X, row), fit_bias=fit_bias).kind == "separable" for row in labels]
    assert which_separate(X, labels, fit_bias=fit_bias) == exact
    assert {True, False} == set(exact)


@pytest.mark.parametrize("labels", [[[0, 1]], [[0, 1, 2]], [0, 1, 0]])
def test_labels_that_are_none_are_named(labels):
    with pytest.raises(ValueError, match="labels: expected rows of 3 labels, each 0 or 1, got shape"):
        which_separate(NORMAL[2][:3], labels)


def test_equal_and_opposite_labellings_are_decided_once(monkeypatch):
    asked = []
    monkeypatch.setattr(tosses, "are_separable", lambda _, labels, **__: asked.extend(labels) or [True] * len(labels))
    assert which_separate(NORMAL[10][:3], random_labels(3, 200, seed=0)) == [True] * 200
    assert len(asked) == 4  # a labelling and its opposite have one verdict


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_wilsons(counts):
    judge = binomtest(*counts).proportion_ci(0.95, method="wilson")
    assert Proportion(*counts).interval == pytest.approx((judge.low, judge.high), abs=1e-12)


@pytest.mark.parametrize(("hits", "n", "name"), [(0, 0, "tosses"), (5, 4, "hits"), (-1, 4, "hits")])
def test_a_wrong_count_is_named(hits, n, name):
    with pytest.raises(ValueError, match=f"^{name}: expected"):
        Proportion(hits, n)


@pytest.mark.parametrize("n_tosses", [0, -1, 1.5])
def test_a_number_of_tosses_that_is_none_is_named(n_tosses):
    with pytest.raises(ValueError, match=f"n_tosses: expected a whole number from 1 to .*, got {n_tosses}"):
        toss_labels(NORMAL[2][:3], n_tosses, seed=0)
