"""The pictures of descent's lesson: every column has its numbers."""

import numpy as np
import pytest

from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.data.registry import DATASETS
from logreg.data.transforms import flip_label
from logreg.figures.any_rate import PERIOD, for_ever_timeline
from logreg.figures.hinge import Rest, hinge_rest
from logreg.figures.large_steps import paying
from logreg.figures.step_sizes import one_step_timeline, race, race_pictures, race_timeline
from logreg.theory.step_size import descend_at_rates, objective_at, steps_until
from logreg.training.objective import THROUGH_0, Objective, loss, smoothness
from logreg.ui.observation_3.pair import default_flip
from tests.figures.samples import DATA

FAR = Dataset([[0.1, 0], [0, 0.2], [-0.1, 0], [0, -0.2], [1000, 3]], [1, 1, 0, 0, 0])
PAID = Objective(fit_bias=False, l2=1e-5)
OVERLAP = headline(HEADLINE.index((2.6, 2.4)))


def flipped(dataset):
    """Return points with a minimum: these, or with one label flipped as the lesson flips it."""
    if check_separability(dataset, fit_bias=False).kind == "overlapping":
        return dataset
    return flip_label(dataset, default_flip(dataset, "overlapping", fit_bias=False))


def test_one_step_of_1_over_l_lands_at_the_bottom_and_2_over_l_at_equal_height():
    dial = one_step_timeline(headline())
    unit = 1 / smoothness(headline(), THROUGH_0)
    above = dial.columns["parabola"]
    assert dial.values[int(np.argmin(above))] == pytest.approx(unit)
    assert np.interp(2 * unit, dial.values, above) == pytest.approx(above[0])
    assert dial.columns["gauge"][80] == pytest.approx(1.0)


def test_the_race_is_told_by_what_its_rates_do():
    run = race(OVERLAP, optimum(OVERLAP, THROUGH_0))
    said = "settles: its loss has come 99 % of its way after {} steps"
    assert run.behaviours[:2] == (said.format(34), said.format(3))
    assert run.behaviours[2].startswith("swings, and settles")
    assert run.behaviours[3:] == (
        "goes round in 2 steps for ever",
        "has neither settled nor come round in 5,000 steps",
    )
    assert run.outcome == "of five rates 3 settle, 1 goes round for ever, 1 has done neither in 5,000 steps."


def test_a_slow_run_and_one_that_is_close_for_a_moment_are_told_apart():
    blobs, iris = (flipped(DATASETS[name].make()) for name in ("separable_blobs", "iris_versicolor_virginica"))
    assert race(blobs, optimum(blobs, THROUGH_0)).outcome.startswith("of five rates 3 settle, 1 goes round")
    run = race(iris, optimum(iris, THROUGH_0))
    assert run.outcome == "of five rates 3 settle, 2 go round for ever."
    assert run.behaviours[0] == "settles, but its loss has not come 99 % of its way after 5,000 steps"


def test_what_a_race_shows_is_in_its_window_or_is_said_to_be_cut():
    for dataset in (flipped(DATASETS["iris_versicolor_virginica"].make()), FAR, OVERLAP):
        run = race(dataset, optimum(dataset, THROUGH_0))
        dial = race_timeline(run)
        shown = race_pictures(dial, run)[1]
        half = shown.figure.layout.yaxis.range[1]
        notes = " ".join(note.text for note in shown.figure.layout.annotations)
        swings = np.abs([dial.columns[f"swing{k}"] for k in range(4)])
        assert swings[:, 10:].max() < half
        assert bool(notes) == (swings.max() > half)
        assert notes in shown.alt
    assert notes == "Cut off early on: up to 3.927 off w*"


def test_the_cycle_on_the_screen_has_come_round():
    w = for_ever_timeline().columns["w"]
    assert w[-1 - PERIOD] == pytest.approx(w[-1], abs=1e-3)
    assert np.abs(np.diff(w[-PERIOD:])).min() > 1


def test_hinge_rests_on_separable_points():
    rest = hinge_rest(headline())
    assert (rest.stops, rest.step) == (True, 21)
    assert rest.because == "Hinge stops for good at step 21, ‖w‖ = 0.7209: every margin is at least 1."
    assert hinge_rest(DATA["XOR"]).step == 0
    assert hinge_rest(Dataset([[1.0, 0.0], [0.99, 0.01], [1.01, -0.01]], [1, 1, 1])).stops


def test_hinge_rests_where_copies_cancel_later_than_what_is_drawn():
    rest = hinge_rest(Dataset([[1, 0], [1, 0], [0, 0.05]], [1, 0, 1]))
    assert (rest.stops, rest.step) == (True, 2000)
    said = "Hinge stops for good at step 2,000, ‖w‖ = 20.00: the pulls of all points inside margin 1 cancel."
    assert rest.because == f"{said} The first 1,000 steps are drawn."


def test_where_hinge_never_rests_there_is_a_reason():
    said = "Hinge can rest only where its loss is least, and only if n times that is a whole number; here it is"
    assert hinge_rest(OVERLAP) == Rest(False, f"{said} 3.5.")
    rounding = hinge_rest(Dataset([[0.1, 0], [0.2, 0], [-0.3, 0], [0, 1], [0, -1]], [1, 1, 1, 1, 1]))
    assert not rounding.stops
    assert rounding.because.startswith(f"{said} 5 but for ")
    one_place = hinge_rest(Dataset([[1, 1], [1, 1], [1, 1]], [0, 1, 1]))
    assert one_place == Rest(False, "By step 10 hinge goes round in 2 steps, for ever.")


def test_hinge_is_not_decided_where_nothing_decides_it():
    many = DATASETS["overlapping_blobs"].make(n_samples=400)
    rest = hinge_rest(many)
    assert rest.stops is None
    assert rest.because == "In 20,000 steps of this η hinge has not come to rest, and nothing else decides it."


def test_steps_that_pay_are_thousands_against_tens():
    runs = paying(headline())
    assert runs.reached[1] == 39
    gaps = objective_at(headline(), descend_at_rates(headline(), runs.rates[:1], 17_000, PAID)[0], PAID)
    gaps -= loss(optimum(headline(), PAID), headline(), PAID)
    assert runs.reached[0] == steps_until(gaps, 0.0, 1e-5) == 16_997, "though a long run has not a record of every step"
    assert runs.timeline.words["large_gap"][-1] == "less than rounding"
