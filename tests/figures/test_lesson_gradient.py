"""The pictures of the gradient's lesson: every column has its numbers."""

import numpy as np
import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline, online_course_line
from logreg.data.registry import make_dataset
from logreg.figures.arrow_sum import arrow_lines, arrow_sum, arrow_timeline, point_traces, pulling_points, shown_rows
from logreg.figures.board import Axis, Board
from logreg.figures.difference import checked_at, chord, difference_error, difference_timeline
from logreg.figures.plateaus import feature_line, plateau, plateau_timeline
from logreg.figures.theme import LIGHT
from logreg.figures.two_losses import bad_start, start_margin
from logreg.figures.who_pulls import left_over, pull_bars, share_timeline
from logreg.theory.asymptotics import asymptotics
from logreg.theory.two_losses import flat_share
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, gradient
from logreg.training.trainer import train

RUN = TrainingConfig(n_steps=300, objective=Objective(fit_bias=False))


def arrows(dataset, theme):
    dial = arrow_timeline(train(dataset, RUN))
    return dial, [arrow_sum(dial, dataset, theme=theme), pulling_points(dial, dataset, theme=theme)]


def differences(dataset, theme):
    dial = difference_timeline(dataset, checked_at(dataset))
    return dial, [chord(dial, dataset, checked_at(dataset), theme=theme), difference_error(dial, theme=theme)]


def who(dataset, theme):
    dial, law = share_timeline(train(dataset, RUN)), asymptotics(dataset, fit_bias=False)
    return dial, [pull_bars(dial, dataset, law.shares, theme=theme), left_over(dial, 0.3, theme=theme)]


def test_the_chain_of_arrows_ends_at_minus_the_gradient():
    run = train(headline(), RUN)
    dial, (chain, _) = arrows(headline(), LIGHT)
    for row, step in ((0, 0), (-1, 300)):
        tip = [dial.columns[f"sum_{axis}"][row, 1] for axis in "xy"]
        assert tip == pytest.approx(-gradient(run.model_at(step), headline(), RUN.objective))
        assert dial.columns["length"][row] == pytest.approx(np.hypot(*tip))
    assert "At first they are 1.393 long together and their sum 1.331" in chain.alt


def test_a_head_is_short_where_its_arrow_is():
    lines = arrow_lines(np.zeros((2, 2)), np.array([[10.0, 0.0], [0.1, 0.0]]), 1.0).reshape(2, 6, 2)
    heads = np.linalg.norm(lines[:, 2] - lines[:, 1], axis=1)
    assert heads == pytest.approx([1.0, 0.04], rel=1e-3)
    assert np.isnan(lines[:, 5]).all()


def test_shown_rows_are_few_and_hold_both_ends():
    run = train(headline(), TrainingConfig(n_steps=20_000, objective=Objective(fit_bias=False)))
    rows = shown_rows(run)
    assert len(rows) <= 111
    assert (rows[0], rows[-1]) == (0, run.n_records - 1)


def test_a_bad_start_has_most_points_wrong():
    margins = headline().signed_samples(fit_bias=False) @ bad_start(headline())
    assert np.abs(margins).mean() == pytest.approx(6.0)
    assert (margins < 0).mean() > 0.8


def test_the_mean_margin_of_a_bad_start_is_below_0_and_less_deep_where_a_point_is_right():
    assert start_margin(headline()) == pytest.approx(-6.0)
    assert start_margin(headline(4)) == pytest.approx(-4.97, abs=0.005)
    assert start_margin(Dataset([[1.0, 1.0], [1.0, 1.0]], [0, 1])) == 0.0


def test_one_error_is_least_between_its_two_sides():
    dial, (_, v) = differences(headline(), LIGHT)
    assert 1e-7 < dial.values[np.argmin(dial.columns["error"])] < 1e-4
    assert "6.055·10⁻⁶" in v.alt


def test_the_check_is_made_where_the_points_matter_whatever_their_scale():
    for scale in (1e-4, 1.0, 1e5):
        scaled = Dataset(headline().X * scale, headline().y)
        dial = difference_timeline(scaled, checked_at(scaled))
        assert np.nanmin(dial.columns["error"]) < 1e-9
        assert np.abs(scaled.X @ checked_at(scaled).weights).max() < 10
    with pytest.raises(BeyondFloat64, match="nothing to check"):
        checked_at(Dataset([[0.0, 0.0]], [1]))


def test_of_many_points_few_rows_are_sent_and_no_heads():
    many = make_dataset("moons", n_samples=400)
    dial = arrow_timeline(train(many, RUN))
    assert len(dial.values) <= 25
    assert sum(column.nbytes for column in dial.columns.values()) < 1e6
    assert dial.columns["ones_at_x"].shape[1] == 0


def test_the_bars_are_the_shares_of_one_whole():
    dial, (bars, _) = who(headline(), LIGHT)
    heights = np.fmax(dial.columns["zeros"], dial.columns["ones"])
    assert np.nansum(heights, axis=1) == pytest.approx(np.ones(len(dial.values)))
    assert dial.columns["few"][0] == pytest.approx(0.25)
    targets = next(trace for trace in bars.data if trace["meta"]["role"] == "optimum")
    assert targets["y"][0] == pytest.approx(0.25)


def test_four_points_have_all_pulls_of_four():
    run = train(Dataset([[1e6, 1e6], [1e6 + 2, 1e6], [1e6, 1e6 + 2], [1e6 + 2, 1e6 + 1]], [1, 0, 1, 0]), RUN)
    assert (share_timeline(run).columns["few"] == 1).all()


def test_a_minimum_between_the_places_of_the_grid_is_not_called_nowhere_flat():
    overlap, _ = feature_line(make_dataset("overlapping_blobs"), 0)
    for word, line in [("flat only round its minimum", overlap), ("flat nowhere", online_course_line())]:
        picture = plateau(plateau_timeline(line), line, "ce")
        assert word in picture.layout["title"]["text"]
        assert word.removeprefix("flat ") in picture.alt


def test_a_share_of_a_few_places_of_the_grid_is_not_told_in_digits():
    line = Dataset([[1.0], [1.0], [-1.0], [-1.0]], [1, 0, 0, 1])  # its minimum, 0, is a place of the grid
    picture = plateau(plateau_timeline(line), line, "ce")
    assert flat_share("cross-entropy", line, (10, 10), 1e-3) > 0
    assert " % " not in picture.alt
    assert "only round its minimum" in picture.alt


@pytest.mark.parametrize(
    ("X", "y"),
    [([[1, 1], [1 + 1e-9, 1], [1, 1 + 1e-9], [1 + 1e-9, 1 - 1e-9]], [1, 0, 1, 0]), ([[1, 2], [-1, -2]], [0, 1])],
)
def test_a_bad_start_is_bad_however_small_the_mean_of_the_samples(X, y):
    assert start_margin(Dataset(X, y)) < 0


def test_a_circle_that_a_diamond_would_hide_is_larger():
    board = Board(x=Axis(title="", span=(0, 2)), y=Axis(title="", span=(0, 2)), theme=LIGHT)
    zeros, ones = point_traces(board, Dataset([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0]], [0, 0, 1]))
    hidden, free = zeros["marker"]["size"]
    assert hidden > ones["marker"]["size"][0] + 4 > free
    assert point_traces(board, Dataset([[1.0, 1.0]], [0]))[0]["marker"]["size"] == free
