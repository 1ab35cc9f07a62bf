"""The pictures of the sigmoid lesson: every bound trace follows a column that its timeline has."""

import numpy as np
import pytest

from logreg.data.lecture_sets import headline
from logreg.figures.sigmoid import (
    along_scores,
    along_x,
    confidence_and_distance,
    more_samples,
    on_the_curve,
    points_on_the_curve,
    score_and_probability,
    steep_sigmoid,
    steepness,
    two_histograms,
    two_label_sets,
)
from logreg.figures.theme import DARK, LIGHT
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train

RUN = train(headline(), TrainingConfig(n_steps=300, objective=Objective(fit_bias=False)))
CURVE = on_the_curve([RUN, RUN])


def pictures(theme):
    yield along_x(1.0, 0.5), score_and_probability(1.0, 0.5, theme=theme)
    yield along_x(0.0, 0.5), score_and_probability(0.0, 0.5, theme=theme)
    yield steepness(), (steep_sigmoid(theme=theme),)
    yield CURVE, [points_on_the_curve(CURVE, k, RUN.dataset, name="A", theme=theme) for k in (0, 1)]
    yield CURVE, confidence_and_distance(CURVE, RUN.dataset, theme=theme)
    yield more_samples(), two_histograms(more_samples(), theme=theme)
    yield along_scores(), (two_label_sets(theme=theme),)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_bound_trace_stands_at_the_first_row_of_its_columns(theme):
    n_bound = 0
    for dial, drawn in pictures(theme):
        known = {dial.name: dial.values, **dial.columns}
        for picture in drawn:
            assert picture.figure.data
            for trace in picture.data:
                bind = trace["meta"].get("bind", {})
                for axis in ("x", "y"):
                    if axis in bind and bind["how"] == "at":
                        row = np.ravel(known[bind[axis]][0])
                        shown = np.asarray(trace[axis])
                        assert np.array_equal(row if len(row) > 1 else np.full(len(shown), row[0]), shown, True)
                        n_bound += 1
    assert n_bound > 15


def test_the_sigmoid_ends_as_a_step():
    dial = steepness()
    assert (dial.values[0], dial.values[-1]) == (pytest.approx(0.1), pytest.approx(1000.0))
    last = dial.columns["curve"][-1]
    assert set(np.round(last, 6)) == {0.0, 0.5, 1.0}
    assert dial.columns["slope"] == pytest.approx(dial.values / 4)


def test_the_tie_is_named_in_words_and_none_is_where_w_is_0():
    assert "at x = −0.5" in score_and_probability(1.0, 0.5)[1].alt
    assert "there is no tie" in score_and_probability(0.0, 0.5)[1].alt


def test_decisions_follow_the_sign_of_the_score_and_0_is_a_tie():
    dial = along_scores()
    at = dict(zip(dial.values.tolist(), dial.words["decision"], strict=True))
    assert (at[-6.0], at[0.0], at[6.0]) == ("−1 and 0", "tie", "+1 and 1")
    assert not dial.columns["gap"].any()
