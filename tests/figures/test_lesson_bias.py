"""The pictures of the bias' lesson: every column has its numbers."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import moved_headline
from logreg.figures.bias import turning_timeline, window_with_origin
from logreg.figures.shifted import (
    away_from_zero,
    centring_bounds,
    centring_timeline,
    iris,
    shift_timeline,
    shifted_lines,
)


def test_the_window_holds_the_points_and_the_origin():
    low, high, bottom, top = window_with_origin(moved_headline())
    assert low < 0 < high
    assert bottom < 0 < top
    assert ([high, top] > moved_headline().X).all()


def test_the_turning_line_has_at_least_four_wrong_and_rings_them():
    dial = turning_timeline(moved_headline())
    assert dial.columns["wrong"].min() == 4
    ringed = np.isfinite(dial.columns["ring_x"]).sum(axis=1)
    assert (ringed == dial.columns["wrong"]).all()


def test_the_numbers_of_the_penalty_and_of_centring_are_those_of_the_notes():
    dial = shift_timeline(iris())
    assert [dial.columns[name][row] for name in ("both", "free") for row in (0, -1)] == [0.91, 0.67, 0.95, 0.95]
    assert centring_bounds(iris()) == pytest.approx((0.279, 8.0), abs=5e-4)
    dial = centring_timeline(iris())
    assert dial.columns["centred"][-1] < dial.columns["raw"][-1]


def test_points_of_negative_coordinates_are_moved_away_from_the_origin_and_not_through_it():
    spots = [[-50.0, -51.0], [-51.0, -49.0], [-49.0, -52.0], [-50.0, -49.0], [-48.0, -50.0], [-52.0, -51.0]]
    far = Dataset(spots, [1, 1, 0, 0, 1, 0])
    mirrored = Dataset(-far.X, far.y)
    assert away_from_zero(far).tolist() == [-1.0, -1.0]
    ours, theirs = shift_timeline(far), shift_timeline(mirrored)
    assert ours.columns["both"] == pytest.approx(theirs.columns["both"])
    assert shifted_lines(ours, far).layout["xaxis"]["title"]["text"] == "x₁ + shift"
