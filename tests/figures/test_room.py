"""What is written in a plot stands where nothing is drawn."""

import numpy as np
import pytest

from logreg.data.registry import make_dataset
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.room import Room, around
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.seen import only

WIDE, HIGH = 330.0, 110.0  # pixels of the smallest plot
LETTER, LINE = 7.5, 19.5
OVERLAP = make_dataset("overlapping_blobs", n_samples=60)


def box_of(note, picture):
    """Return where an annotation stands, in shares of the plot: left, right, bottom, top."""
    low, high = picture.figure.layout.yaxis.range
    y = (note.y - low) / (high - low) if note.yref == "y" else note.y
    wide, tall = LETTER * len(note.text) / WIDE, LINE / HIGH
    left = note.x - {"left": 0.0, "center": 0.5, "right": 1.0}[note.xanchor] * wide
    top = y + {"top": 0.0, "bottom": 1.0}[note.yanchor] * tall
    return left, left + wide, top - tall, top


def shares(trace, picture):
    """Return where the points of a trace stand, in shares of the plot."""
    layout, places = picture.figure.layout, []
    for values, axis in ((trace.x, layout.xaxis), (trace.y, layout.yaxis)):
        numbers = np.asarray(values, dtype=float)
        drawn = np.log10(numbers) if axis.type == "log" else numbers
        places.append((drawn - axis.range[0]) / (axis.range[1] - axis.range[0]))
    return np.column_stack(places)


@pytest.mark.parametrize(("l2", "eta"), [(0.0, 0.01), (0.0, 1.0), (0.0, 100.0), (0.0, 1000.0), (0.1, 1.0), (0.1, 10.0)])
@pytest.mark.parametrize("draw", [loss_curve, norm_growth])
def test_the_name_of_a_dashed_line_lies_on_no_record_and_not_on_the_ring_at_the_start(draw, l2, eta):
    run = train(OVERLAP, TrainingConfig(n_steps=1000, learning_rate=eta, objective=Objective(l2=l2)))
    picture = draw(run, **({"optimum_loss": 0.2} if draw is loss_curve else {"optimum_norm": 2.0}))
    named = next(note for note in picture.figure.layout.annotations if " = " in note.text)
    left, right, bottom, top = box_of(named, picture)
    for x, y in [*shares(only(picture, "curve", "run"), picture), *shares(only(picture, "start"), picture)]:
        assert not (left < x < right and bottom < y < top), named.text


def test_a_place_is_given_once_and_none_outside_the_plot():
    first, second, third = (0.0, 0.4, 0.0, 0.2), (0.5, 0.9, 0.0, 0.2), (0.5, 0.9, 0.8, 1.0)
    room = Room([around(0.7, 0.9)])
    assert [room.take([first, second, third]) for _ in range(3)] == [first, second, third]
    assert room.filled((0.8, 1.1, 0.5, 0.6)) == np.inf
    assert Room(room.lines).filled((0.6, 0.8, 0.8, 1.0)) == 1, "a dot is there"
