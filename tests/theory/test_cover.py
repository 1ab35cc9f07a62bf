"""Cover's number, the exact count of all labellings, and what stands in the way of general position."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.exact import kernel
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.theory.cover import (
    dependent_points,
    line_labellings,
    separable_labellings,
    separable_share,
)
from tests.certificates.verdicts import count_labellings

GRID = st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=1, max_size=6)


def regions(points, fit_bias):
    """Count the regions of the planes (x, 1)·u = 0 by Whitney's sum over all subsets: no verdict is asked."""
    rows = [(*p, 1) if fit_bias else p for p in points]
    width, total = len(rows[0]), 0
    for size in range(len(rows) + 1):
        for chosen in combinations(rows, size):
            total += (-1) ** (size - (width - len(kernel(chosen, width))))
    return total


def circle(n):
    return [(t, t * t) for t in range(n)]  # no three points of a parabola are on a line


def test_covers_numbers_in_the_plane_are_the_published_ones():
    assert [separable_labellings(n, 2) for n in range(3, 11)] == [8, 14, 22, 32, 44, 58, 74, 92]
    assert [separable_labellings(n, 2, fit_bias=False) for n in range(2, 9)] == [2 * n for n in range(2, 9)]


@pytest.mark.parametrize("d", [1, 2, 10, 50])
@pytest.mark.parametrize("fit_bias", [True, False])
def test_one_half_is_reached_at_twice_the_number_of_parameters(d, fit_bias):
    parameters = d + fit_bias
    assert separable_share(2 * parameters, d, fit_bias=fit_bias) == Fraction(1, 2)
    assert separable_share(parameters, d, fit_bias=fit_bias) == 1
    assert separable_share(parameters + 1, d, fit_bias=fit_bias) < 1


@pytest.mark.parametrize("n", range(3, 9))
def test_the_exact_verdict_counts_covers_number_to_the_unit(n):
    for points in (circle(n), np.random.default_rng(n).normal(size=(n, 2))):
        assert dependent_points(points) == ()
        separable = separable_labellings(n, 2)
        assert count_labellings(points) == Counter(separable=separable, overlapping=2**n - separable)


@given(GRID.filter(len), st.integers(-200, 200))
@settings(max_examples=60)
def test_what_lines_separate_is_what_the_exact_verdict_calls_separable(points, exponent):
    X = np.ldexp(points, exponent)
    labellings = list(product((0, 1), repeat=len(points)))
    separable = [row for row in labellings if check_separability(Dataset(X, row)).kind == "separable"]
    assert line_labellings(X) == {sum(label << i for i, label in enumerate(row)) for row in separable}


def test_on_a_line_what_lines_separate_are_the_cuts_between_places():
    assert line_labellings([[3.0], [1.0], [2.0], [2.0]]) == {0, 0b0001, 0b0010, 0b1101, 0b1110, 0b1111}
    with pytest.raises(ValueError, match="at most 2 features, got 3"):
        line_labellings([[0.0, 0.0, 0.0]])


@given(GRID, st.booleans())
@settings(max_examples=60)
def test_in_any_position_the_count_is_the_number_of_regions_of_the_arrangement(points, fit_bias):
    if not fit_bias and (0, 0) in points:
        assert count_labellings(points, fit_bias=False)["separable"] == 0  # no plane has the origin on one side
    else:
        assert count_labellings(points, fit_bias=fit_bias)["separable"] == regions(points, fit_bias)


def test_points_on_a_line_get_the_number_of_a_line_and_three_of_four_a_quasi_separable_verdict():
    assert count_labellings([(t, 2 * t) for t in range(5)])["separable"] == separable_labellings(5, 1) == 10
    count = count_labellings([(0, 0), (1, 0), (2, 0), (1, 1)])
    assert count["separable"] < separable_labellings(4, 2)
    assert count["quasi-separable"] > 0


@given(GRID, st.booleans())
def test_dependent_points_are_dependent_and_none_are_named_just_in_general_position(points, fit_bias):
    rows = [(*p, 1) if fit_bias else p for p in points]
    full = len(rows[0])
    found = dependent_points(points, fit_bias=fit_bias)
    ranks = {c: np.linalg.matrix_rank(np.array([rows[i] for i in c])) for c in combinations(range(len(rows)), full)}
    if found:
        assert np.linalg.matrix_rank(np.array([rows[i] for i in found])) < len(found)
    else:
        assert all(rank == full for rank in ranks.values())


def test_a_wrong_number_of_points_is_named():
    with pytest.raises(ValueError, match="n_samples: expected at least 1, got 0"):
        separable_labellings(0, 2)
    with pytest.raises(ValueError, match="n_features: expected at least 1, got -1"):
        separable_labellings(3, -1)
    with pytest.raises(ValueError, match="X: expected finite numbers of shape"):
        dependent_points([1.0, 2.0])
