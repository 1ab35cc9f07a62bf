"""Gains and losses are those of the theory, and cross where the loss is least."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.figures.balance import balance
from logreg.figures.numbers import format_number
from logreg.theory.landscape import ray_balance
from logreg.training.model import Model
from tests.figures.samples import ONE_CLASS, OVERLAPPING, QUASI, SEPARABLE, XOR, best, target
from tests.figures.seen import texts, title, traces


def test_gains_and_losses_are_those_of_ray_balance_and_cross_at_the_optimum():
    model = best(OVERLAPPING)
    drawn = traces(balance(OVERLAPPING, model))
    sides = ray_balance(OVERLAPPING, model, drawn["balance", "gains"].x)
    np.testing.assert_array_equal(drawn["balance", "gains"].y, sides.gains)
    np.testing.assert_array_equal(drawn["balance", "losses"].y, sides.losses)
    assert drawn["optimum", "point"].x[0] == 1.0
    assert title(balance(OVERLAPPING, model)) == "Gains = losses at c = 1"
    assert format_number(float(ray_balance(OVERLAPPING, model, 1.0).gains)) in balance(OVERLAPPING, model).alt


def test_off_the_optimum_the_crossing_is_found():
    model = best(OVERLAPPING)
    point = traces(balance(OVERLAPPING, Model(model.weights / 2)))["optimum", "point"]
    assert point.x[0] == pytest.approx(2.0, rel=1e-9)
    assert ("optimum", "point") not in traces(balance(OVERLAPPING, Model(model.weights / 4)))
    assert "Gains outweigh" in balance(OVERLAPPING, Model(model.weights / 4)).alt
    assert "Losses outweigh" in balance(OVERLAPPING, Model(-model.weights)).alt


@pytest.mark.parametrize("dataset", [SEPARABLE, QUASI, ONE_CLASS])
def test_without_losses_there_is_nothing_to_balance(dataset):
    picture = balance(dataset, target(dataset))
    assert not traces(picture)["balance", "losses"].y.any()
    assert title(picture) == "No losses: nothing to balance"
    assert ("optimum", "point") not in traces(picture)
    assert "nothing to balance" in balance(dataset, target(dataset)).alt


def test_where_the_optimum_is_zero_there_is_no_ray():
    picture = balance(XOR, best(XOR), name="A")
    assert texts(picture) == ["w = 0: there is no ray to follow"]
    assert "there is no ray" in picture.alt
    assert picture.figure.layout.xaxis.range == picture.figure.layout.yaxis.range == (0, 1)  # the stage asks for them


def test_points_at_the_origin_do_not_balance_and_w_is_not_called_zero():
    picture = balance(Dataset([[0.0, 0.0]], [1]), Model([1.0, 1.0]))
    assert "w = 0" not in " ".join(texts(picture)) + picture.alt


def test_with_a_bias_the_way_is_along_w_and_b():
    picture = balance(OVERLAPPING, Model([1.0, 1.0], 0.5))
    assert picture.figure.layout.xaxis.title.text == "c, along c · (w, b)"
    assert "Along c times (w, b):" in picture.alt
