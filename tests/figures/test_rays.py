"""The ray holds the loss, its floor and its end, and says what a linear axis cannot show."""

from math import log

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.figures.numbers import format_number
from logreg.figures.rays import loss_ray
from logreg.theory.asymptotics import asymptotics
from logreg.theory.directions import direction_cost
from logreg.theory.landscape import loss_along_ray
from logreg.training.model import Model
from logreg.training.objective import loss
from tests.figures.samples import COLLINEAR, DATA, OVERLAPPING, QUASI, SEPARABLE, XOR, best, norm, target
from tests.figures.seen import texts, title, traces


@pytest.mark.parametrize("name", ["separable", "quasi-separable", "overlapping", "one class"])
def test_the_ray_holds_the_loss_and_never_falls_below_its_floor(name):
    dataset, model = DATA[name], target(DATA[name])
    drawn = traces(loss_ray(dataset, model))
    for panel in ("near", "far"):
        curve, floor = drawn["ray", f"loss {panel}"], drawn["proof", f"floor {panel}"]
        np.testing.assert_array_equal(curve.y, loss_along_ray(dataset, model, curve.x).loss)
        assert (curve.y >= np.interp(curve.x, floor.x, floor.y) - 1e-12).all()
    assert drawn["ray", "loss far"].x[-1] == 100


def test_the_floor_rises_with_the_cost_of_the_direction():
    model = best(OVERLAPPING)
    floor = traces(loss_ray(OVERLAPPING, model))["proof", "floor far"]
    cost = direction_cost(OVERLAPPING, np.arctan2(*model.weights[::-1]), fit_bias=False)
    assert floor.y[1] / floor.x[1] == pytest.approx(float(cost), rel=1e-12)
    assert floor.y[0] == 0


def test_the_minimum_on_the_ray_is_marked_in_both_panels():
    model = best(OVERLAPPING)
    picture = loss_ray(OVERLAPPING, model, marked=norm(model))
    for panel in ("near", "far"):
        point = traces(picture)["optimum", f"point {panel}"]
        assert point.x[0] == norm(model)
        assert point.y[0] == pytest.approx(loss(model, OVERLAPPING), rel=1e-12)
        assert point.y[0] <= traces(picture)["ray", f"loss {panel}"].y.min() + 1e-12
    assert title(picture) == "Least at ‖w*‖ = 0.9150, then it rises for ever"


def test_both_axes_of_the_ray_are_linear_and_show_the_fall_and_the_rise():
    model = best(OVERLAPPING)
    for dataset, m in ((SEPARABLE, target(SEPARABLE)), (OVERLAPPING, model)):
        layout = loss_ray(dataset, m, marked=norm(m) if dataset is OVERLAPPING else None).figure.layout
        for ax in (layout.xaxis, layout.yaxis, layout.xaxis2, layout.yaxis2):
            assert ax.type in (None, "linear")
    near = traces(loss_ray(OVERLAPPING, model, marked=norm(model)))["ray", "loss near"]
    assert near.y[0] > 2 * near.y.min()  # the bowl is seen
    assert near.y[-1] > 2 * near.y.min()


def test_the_words_give_the_logarithm_far_beyond_float64():
    model = target(SEPARABLE)
    far = format_number(float(loss_along_ray(SEPARABLE, model, 1e10).log10_loss))
    assert far.startswith("−6.1")
    assert far in loss_ray(SEPARABLE, model).alt


def test_a_separable_ray_falls_to_0_and_a_quasi_separable_one_to_its_infimum():
    assert title(loss_ray(SEPARABLE, target(SEPARABLE))) == "It falls towards 0 for ever: no minimum"
    infimum = format_number(asymptotics(QUASI, fit_bias=False).inf_loss)
    assert f"towards {infimum} for ever" in title(loss_ray(QUASI, target(QUASI)))
    assert infimum in loss_ray(QUASI, target(QUASI)).alt


def test_where_the_optimum_is_zero_there_is_no_ray():
    model = best(XOR)
    picture = loss_ray(XOR, model, marked=0.0)
    assert not picture.figure.data
    assert picture.figure.layout.xaxis.range == picture.figure.layout.yaxis.range == (0, 1)  # the stage asks for them
    assert "there is no ray" in " ".join(texts(picture))
    assert "there is no ray" in picture.alt


def test_a_marked_length_beyond_100_is_still_in_the_picture():
    picture = loss_ray(OVERLAPPING, best(OVERLAPPING), marked=130.0)
    assert traces(picture)["ray", "loss far"].x[-1] == 200
    assert "at r = 200;" in picture.alt


def test_a_loss_at_the_end_of_the_ray_that_only_rounds_to_zero_is_not_called_zero():
    far = loss_ray(Dataset([[1000.0], [-1000.0]], [1, 0]), Model([1.0])).alt
    assert "0 in float64 at r = 100; at r = 10¹⁰ the logarithm of the loss to base 10 is −4.343·10¹²" in far


def test_a_ray_that_changes_nothing_says_so():
    assert title(loss_ray(COLLINEAR, Model([1.0, -1.0]))) == "The loss stays the same along this ray"


def test_the_ray_says_in_words_where_it_is_least_and_how_it_rises():
    model = best(OVERLAPPING)
    said = loss_ray(OVERLAPPING, model, marked=norm(model)).alt
    for value in (norm(model), loss(model, OVERLAPPING), log(2)):
        assert format_number(value) in said
