"""The exact arithmetic and geometry under the certificates."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.exact import float_view, integer_rows, kernel, label_signed, sqrt_ratio
from logreg.certificates.plane import convex_hull
from logreg.data.dataset import Dataset
from tests.certificates.verdicts import TINY


def test_floats_become_integers_and_come_back_unchanged() -> None:
    X = np.array([[0.1, -TINY], [1e308, 3.0]])
    rows, k = integer_rows(X)
    assert [[Fraction(v, 2**k) for v in row] for row in rows] == [[Fraction(v) for v in row] for row in X.tolist()]
    assert float_view([2**2000, -(2**1999)]).tolist() == [2.0**52, -(2.0**51)]
    assert sqrt_ratio(1, 2**2000) == 2.0**-1000


def test_points_become_integers_once_for_all_who_ask() -> None:
    data = Dataset([[0.5], [3.0]], [0, 1])
    assert label_signed(data, fit_bias=True) is label_signed(data, fit_bias=True)
    assert label_signed(data, fit_bias=False) == (((-1,), (6,)), 1)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 4), min_size=1, max_size=5))
def test_the_kernel_is_all_that_the_rows_send_to_zero(rows: list[tuple[int, ...]]) -> None:
    found = kernel(rows, 4)
    assert not (np.array(rows) @ np.array(found).reshape(-1, 4).T).any()
    assert len(found) == 4 - np.linalg.matrix_rank(np.array(rows))
    assert not found or np.linalg.matrix_rank(np.array(found)) == len(found)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 2), min_size=1, max_size=9))
def test_the_hulls_corners_turn_left_and_hold_all_points(points: list[tuple[int, int]]) -> None:
    corners = convex_hull(points, range(len(points)))
    for i, j in pairwise([*corners, corners[0]] if len(corners) > 2 else []):
        (a, b), (c, d) = points[i], points[j]
        sides = [(c - a) * (y - b) - (d - b) * (x - a) for x, y in points]
        assert min(sides) == 0
        # A corner in the middle of an edge would be no corner.
        assert all(
            side > 0 for k, side in zip(range(len(points)), sides, strict=True) if k in corners and k not in (i, j)
        )
    assert len(corners) > 2 or np.linalg.matrix_rank(np.array(points) - points[0]) < 2
