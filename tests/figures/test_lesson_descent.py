"""The pictures of descent's lesson: every column has its numbers."""

import numpy as np
import pytest

from logreg.certificates.optimum import optimum
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.figures.any_rate import PERIOD, for_ever_timeline
from logreg.figures.hinge import hinge_rest
from logreg.figures.large_steps import paying
from logreg.figures.step_sizes import one_step_timeline, race
from logreg.training.objective import THROUGH_0, smoothness
from tests.figures.samples import DATA

OVERLAP = headline(HEADLINE.index((2.6, 2.4)))


def test_one_step_of_1_over_l_lands_at_the_bottom_and_2_over_l_at_equal_height():
    dial = one_step_timeline(headline())
    unit = 1 / smoothness(headline(), THROUGH_0)
    above = dial.columns["parabola"]
    assert dial.values[int(np.argmin(above))] == pytest.approx(unit)
    assert np.interp(2 * unit, dial.values, above) == pytest.approx(above[0])
    assert dial.columns["gauge"][80] == pytest.approx(1.0)


def test_the_race_is_told_by_what_its_rates_do():
    run = race(OVERLAP, optimum(OVERLAP, THROUGH_0))
    assert run.behaviours[:2] == ("settles: within 1 % after 34 steps", "settles: within 1 % after 3 steps")
    assert run.behaviours[2].startswith("swings, and settles")
    assert run.behaviours[3:] == ("goes round in 2 steps for ever", "never repeats itself")


def test_the_cycle_on_the_screen_has_come_round():
    w = for_ever_timeline().columns["w"]
    assert w[-1 - PERIOD] == pytest.approx(w[-1], abs=1e-3)
    assert np.abs(np.diff(w[-PERIOD:])).min() > 1


def test_hinge_rests_on_separable_points_only():
    rest = hinge_rest(headline())
    assert (rest.step, rest.norm, rest.is_beyond) == (21, pytest.approx(0.72091, abs=5e-6), True)
    xor = hinge_rest(DATA["XOR"])
    assert (xor.step, xor.norm, xor.is_beyond) == (0, 0.0, False)
    assert hinge_rest(OVERLAP) is None


def test_steps_that_pay_are_thousands_against_tens():
    runs = paying(headline())
    assert runs.reached[1] == 39
    assert runs.reached[0] == pytest.approx(17_031, rel=0.01)
    assert runs.timeline.words["large_gap"][-1] == "less than rounding"
