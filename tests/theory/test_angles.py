"""The angle between two vectors: held against the arc tangent of the plane, from a billionth of a degree up."""

from math import atan2, cos, degrees, radians, sin

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from logreg.theory.angles import angle_between

ANGLES = st.one_of(st.floats(-9, 2.2).map(lambda k: 10.0**k), st.floats(0, 180))
COORDINATES = st.floats(-1e300, 1e300)
VECTORS = st.lists(COORDINATES, min_size=3, max_size=3)
ROUNDING = 1e-13  # degrees


@given(ANGLES, st.floats(0, 360), st.floats(-150, 150), st.floats(-150, 150))
@example(1e-9, 0.0, 0.0, 0.0)
@example(180.0, 45.0, 150.0, -150.0)
def test_an_angle_of_the_plane_comes_out_as_it_went_in_whatever_the_lengths(angle, turned, size, other):
    assume(angle <= 180)
    first, second = (radians(turned), radians(turned + angle))
    found = angle_between(
        10.0**size * np.array([cos(first), sin(first)]), 10.0**other * np.array([cos(second), sin(second)])
    )
    assert found == pytest.approx(angle, abs=1e-12)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=2, max_size=2))
def test_it_agrees_with_the_arc_tangent_of_cross_and_dot_product(pair):
    (a, b), (c, d) = pair
    assume(min(abs(a) + abs(b), abs(c) + abs(d)) > 1e-100)
    expected = degrees(abs(atan2(a * d - b * c, a * c + b * d)))
    assert angle_between([a, b], [c, d]) == pytest.approx(expected, abs=1e-12)


@given(VECTORS, VECTORS)
@example([1e300, 1e300, 1e300], [1e-300, 1e-300, 1e-300])
@example([5e-324, 0.0, 0.0], [0.0, 1e300, 0.0])
def test_it_is_the_same_both_ways_and_what_is_missing_to_a_straight_line_is_the_other_side(a, b):
    found = angle_between(a, b)
    if not (any(a) and any(b)):
        assert np.isnan(found)
        return
    assert 0 <= found <= 180
    assert angle_between(b, a) == found
    assert angle_between(a, [-x for x in b]) == pytest.approx(180 - found, abs=ROUNDING)


@given(VECTORS.filter(any))
def test_a_vector_makes_no_angle_with_itself(a):
    assert angle_between(a, a) == 0


def test_rows_are_taken_one_by_one_or_all_beside_one_vector():
    rows = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0], [-3.0, 0.0], [np.nan, 1.0]])
    np.testing.assert_array_equal(angle_between(rows, [5.0, 0.0]), [0.0, 90.0, np.nan, 180.0, np.nan])
    np.testing.assert_array_equal(angle_between(rows, rows), [0.0, 0.0, np.nan, 0.0, np.nan])
    assert angle_between(rows[None, :, :], rows[:2, None, :]).shape == (2, 5)
