"""The pictures of the maximum-likelihood lesson: what their timelines hold."""

from math import log

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import four_points, headline
from logreg.figures.copies_and_priors import copied_likelihood, copies_dial, prior_dial
from logreg.figures.likelihood import likelihood_over_weight, three_forms, weight_dial
from logreg.figures.seven_steps import derivation, derivation_dial, few_points
from logreg.figures.theme import LIGHT
from logreg.figures.vanishing import end_of_product, factors_dial, lasting_sum, vanishing_product
from logreg.theory.likelihood import curvature, likeliest_weight, one_weight, weights_around
from tests.figures.moving import check_moving
from tests.figures.seen import traces


@pytest.mark.parametrize("factor", [0.5, 0.9])
def test_the_product_and_the_sum_stand_alone_and_move(factor):
    dial = factors_dial(factor)
    check_moving(dial, [vanishing_product(dial), lasting_sum(dial)], LIGHT)


def test_the_product_of_halves_dies_after_1074_and_the_sum_goes_on():
    dial = factors_dial(0.5)
    n = dial.values.tolist()
    assert end_of_product(0.5) == 1074
    assert dial.columns["product"][n.index(1074)] == 5e-324
    assert dial.columns["product"][n.index(1075)] == 0
    assert dial.words["product_said"][n.index(1074)] == "4.941·10⁻³²⁴"
    assert dial.words["product_said"][n.index(1075)] == "0"
    assert dial.columns["log_sum"][n.index(1075)] == pytest.approx(-1075 * log(2))
    assert np.isnan(dial.columns["power"][n.index(1075) :]).all()
    assert np.isnan(dial.columns["zero"]).tolist() == (dial.columns["product"] > 0).tolist()


def test_the_product_of_nine_tenths_sticks_where_float64_rounds_it_back():
    dial = factors_dial(0.9)
    assert dial.columns["product"][-1] == 25 * 10**-1 * 1e-323
    assert dial.columns["log_sum"][-1] < -745.2  # the true product has no float64


def test_a_bar_reaches_from_the_wrong_label_up_to_the_curve_and_their_product_is_the_likelihood():
    line = four_points()
    dial = weight_dial(line)
    lengths = [np.abs(dial.columns[f"bars_{k}"][:, 1::3] - dial.columns[f"bars_{k}"][:, 0::3]) for k in (0, 1)]
    np.testing.assert_allclose(np.concatenate(lengths, axis=1).prod(axis=1), dial.columns["L"], rtol=1e-12)
    best = dial.columns["L"].argmax()
    assert best == dial.columns["log_L"].argmax() == dial.columns["loss"].argmin()
    assert dial.values[best] == likeliest_weight(line)


def test_what_gives_the_answer_away_is_drawn_as_an_answer():
    for points in (four_points(), headline()):
        line = one_weight(points)
        picture = likelihood_over_weight(line, weight_dial(line))
        assert next(trace["meta"]["role"] for trace in picture.data) == "optimum"
        assert all(note["name"] == "answer" for note in picture.layout["annotations"])


def test_the_level_that_is_never_reached_is_the_supremum():
    line = one_weight(headline())
    level = traces(likelihood_over_weight(line, weight_dial(line)))["optimum", "supremum"]
    assert level.y.tolist() == [1.0, 1.0]
    assert weight_dial(line).columns["L"].max() < 1


def test_where_every_weight_is_as_good_none_is_called_the_best():
    line = Dataset([[0.0], [0.0]], [0, 1])
    dial = weight_dial(line)
    assert np.ptp(dial.columns["L"]) == 0
    pictures = [
        likelihood_over_weight(line, dial),
        three_forms(line, dial),
        copied_likelihood(line, copies_dial(line)),
    ]
    for picture in pictures:
        assert "It is 0.25 at every w." in picture.alt
        assert not picture.layout["annotations"]
        assert not [trace for trace in picture.data if trace["meta"]["role"] == "optimum"]
        assert "best" not in {trace["meta"]["part"] for trace in picture.data}


def test_copies_keep_the_top_and_multiply_the_curvature():
    line = four_points()
    dial = copies_dial(line)
    best = likeliest_weight(line)
    np.testing.assert_allclose(dial.columns["bend"], dial.values * curvature(line, best), rtol=1e-12)
    tops = dial.columns["scaled"].argmax(axis=1)
    assert set(weights_around(line, 201)[tops]) == {best}
    np.testing.assert_allclose(dial.columns["sd"] * np.sqrt(dial.values), dial.columns["sd"][0], rtol=1e-12)
    for k, off in ((0, 0.12), (19, 0.04)):  # the more copies, the more it is a Gaussian of this width
        ends = np.interp(dial.columns["interval"][k], weights_around(line, 201), dial.columns["scaled"][k])
        np.testing.assert_allclose(ends, np.exp(-0.5), atol=off)


def test_without_a_maximum_copies_have_no_curvature_to_speak_of():
    dial = copies_dial(one_weight(headline()))
    assert np.isnan(dial.columns["bend"]).all()
    assert (np.diff(dial.columns["scaled"], axis=1) >= 0).all()


@pytest.mark.parametrize("points", [four_points(), headline()])
def test_the_top_of_the_product_stands_on_the_l2_optimum_for_every_penalty(points):
    dial = prior_dial(one_weight(points))
    np.testing.assert_allclose(dial.columns["best"], dial.columns["optimum"], rtol=1e-9)
    assert (np.diff(dial.columns["best"]) > 0).all(), "the weaker the prior, the longer w"
    assert dial.columns["sd"][0] == pytest.approx((points.n_samples * 10) ** -0.5)


def test_the_seven_lines_come_one_by_one_with_the_numbers_of_four_points():
    dial = derivation_dial(four_points(), 1.0)
    shown = np.array([~np.isnan(dial.columns[f"line_{k}"]) for k in range(1, 8)])
    np.testing.assert_array_equal(shown, np.tri(7, dtype=bool).T)
    numbers = dial.words["numbers"]
    assert numbers[1] == "0.881 · 0.269 · 0.731 · 0.881"
    assert numbers[2] == "h = 0.119, 0.269, 0.731, 0.881"
    assert numbers[3] == "L = 0.1525"
    assert numbers[5] == "− 0.127 − 1.313 − 0.313 − 0.127 = −1.880"
    assert numbers[6] == "1.880; over n: 0.4701"
    last = traces(derivation(four_points(), dial))["board", "line 7"]
    assert "argmin −log L" in last.text[0]


def test_of_many_points_four_are_written_out():
    few = few_points(one_weight(headline()))
    assert few.n_samples == 4
    assert set(few.y.tolist()) == {0, 1}
