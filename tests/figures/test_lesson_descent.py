"""The pictures of descent's lesson: every column has its numbers, every moving trace its columns."""

import numpy as np
import pytest

from logreg.certificates.optimum import optimum
from logreg.data.lecture_sets import HEADLINE, headline, wus_toy
from logreg.figures.any_rate import (
    PERIOD,
    cycle,
    for_ever_timeline,
    perceptron,
    perceptron_distance,
    perceptron_timeline,
    survival,
)
from logreg.figures.hinge import hinge_margins, hinge_norms, hinge_rest, hinge_timeline
from logreg.figures.large_steps import paying, paying_steps
from logreg.figures.step_sizes import (
    gauge_pictures,
    gauge_timeline,
    one_step,
    one_step_timeline,
    race,
    race_pictures,
    race_timeline,
)
from logreg.figures.theme import DARK, LIGHT
from logreg.training.objective import THROUGH_0, smoothness
from tests.figures.moving import check_moving
from tests.figures.samples import DATA

OVERLAP = headline(HEADLINE.index((2.6, 2.4)))
SOMEWHERE = {name: data for name, data in DATA.items() if data.X.any()}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", SOMEWHERE)
def test_pictures_of_any_points_stand_alone_and_move(name, theme):
    dataset = SOMEWHERE[name]
    dial = one_step_timeline(dataset)
    check_moving(dial, [one_step(dial, theme=theme)], theme)
    dial = gauge_timeline(dataset, 10.0)
    check_moving(dial, gauge_pictures(dial, theme=theme), theme)
    dial = hinge_timeline(dataset)
    check_moving(dial, [hinge_norms(dial, theme=theme), hinge_margins(dial, theme=theme)], theme)


@pytest.mark.parametrize("name", ["separable", "overlapping", "XOR", "one class"])
def test_steps_that_pay_stand_alone_and_move(name):
    runs = paying(SOMEWHERE[name])
    check_moving(runs.timeline, [paying_steps(runs)], LIGHT)


def test_pictures_with_data_of_their_own_stand_alone_and_move():
    dial = for_ever_timeline()
    check_moving(dial, [cycle(dial), survival(dial)], LIGHT)
    dial = perceptron_timeline(wus_toy())
    check_moving(dial, [perceptron(dial, wus_toy()), perceptron_distance(dial)], LIGHT)


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
    dial = race_timeline(run)
    check_moving(dial, race_pictures(dial, run), LIGHT)


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
