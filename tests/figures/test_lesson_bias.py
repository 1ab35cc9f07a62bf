"""The pictures of the bias' lesson: every column has its numbers, every moving trace its columns."""

import numpy as np
import pytest

from logreg.data.lecture_sets import around_zero, moved_headline
from logreg.figures.bias import (
    constant_timeline,
    count_wrong,
    lifted_points,
    tie_over_constant,
    tied_line,
    turning_timeline,
    window_with_origin,
)
from logreg.figures.shifted import (
    centred_losses,
    centring_bounds,
    centring_timeline,
    iris,
    rare_share,
    rare_timeline,
    shift_timeline,
    shifted_accuracy,
    shifted_lines,
)
from logreg.figures.theme import DARK, LIGHT
from logreg.training.model import Model
from tests.figures.moving import check_moving
from tests.figures.samples import DATA

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
FREE = Model([1.0, 1.0], -6.0)


@THEMES
@pytest.mark.parametrize("name", DATA)
def test_a_line_tied_to_the_origin_stands_alone_and_moves(name, theme):
    dial = turning_timeline(DATA[name])
    check_moving(dial, [tied_line(dial, DATA[name], FREE, theme=theme), count_wrong(dial, theme=theme)], theme)


@THEMES
def test_pictures_with_data_of_their_own_stand_alone_and_move(theme):
    line = around_zero()
    dial = constant_timeline(line)
    check_moving(dial, [lifted_points(dial, line, theme=theme), tie_over_constant(dial, line, theme=theme)], theme)
    dial = shift_timeline(iris())
    check_moving(dial, [shifted_lines(dial, iris(), theme=theme), shifted_accuracy(dial, theme=theme)], theme)
    dial = centring_timeline(iris())
    check_moving(dial, [centred_losses(dial, theme=theme)], theme)
    dial = rare_timeline()
    check_moving(dial, [rare_share(dial, theme=theme)], theme)


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
