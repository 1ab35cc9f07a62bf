"""The arrows are the pulls of the points, put head to tail; their sum is minus the gradient."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.figures.numbers import format_number
from logreg.figures.pulls import pulls
from logreg.theory.landscape import point_pulls
from logreg.training.model import Model
from tests.figures.samples import DATA, OVERLAPPING, SEPARABLE, XOR, best, headline, target
from tests.figures.seen import texts, traces


def arrows(picture):
    """Return every arrow drawn, as differences of its ends."""
    found = []
    for label in (0, 1):
        t = traces(picture)["pulls", f"class {label}"]
        ends = np.column_stack([t.x, t.y]).reshape(-1, 3, 2)
        found.append(ends[:, 1] - ends[:, 0])
    return np.concatenate(found)


@pytest.mark.parametrize("name", DATA)
def test_the_arrows_are_the_pulls_of_the_points(name):
    dataset, model = DATA[name], target(DATA[name])
    ours, theirs = arrows(pulls(dataset, model)), point_pulls(dataset, model, fit_bias=False)
    ours, theirs = (a[np.lexsort(a.round(9).T)] for a in (ours, theirs))
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


@pytest.mark.parametrize("dataset", [OVERLAPPING, XOR, headline(5)])
def test_at_the_optimum_the_arrows_close_and_form_a_convex_polygon(dataset):
    picture = pulls(dataset, best(dataset), is_optimum=True)
    assert len(traces(picture)["optimum", "closed"].x) == 1
    assert ("gradient", "arrow") not in traces(picture)
    assert "∇L = 0" in picture.alt


def test_arrows_turn_left_all_the_way():
    theirs = point_pulls(OVERLAPPING, best(OVERLAPPING), fit_bias=False)
    picture = pulls(OVERLAPPING, best(OVERLAPPING), is_optimum=True)
    ends = np.concatenate(
        [
            np.column_stack([t.x, t.y]).reshape(-1, 3, 2)
            for t in (traces(picture)["pulls", f"class {k}"] for k in (0, 1))
        ]
    )
    here, chain = np.zeros(2), []
    left = list(ends)
    while left:  # each arrow begins where the last one ends
        k = int(np.argmin([np.linalg.norm(e[0] - here) for e in left]))
        assert np.linalg.norm(left[k][0] - here) < 1e-12
        chain.append(left[k][1] - left[k][0])
        here = left.pop(k)[1]
    chain = np.array(chain)
    turns = chain[:-1, 0] * chain[1:, 1] - chain[:-1, 1] * chain[1:, 0]
    assert len(chain) == len(theirs)
    assert (turns > -1e-12).all()


def test_off_the_optimum_the_thick_arrow_is_minus_the_gradient():
    model = target(SEPARABLE)
    total = point_pulls(SEPARABLE, model, fit_bias=False).sum(axis=0)
    arrow = traces(pulls(SEPARABLE, model))["gradient", "arrow"]
    np.testing.assert_allclose([arrow.x[1], arrow.y[1]], total, rtol=1e-12)
    assert (arrow.x[0], arrow.y[0]) == (0, 0)
    assert format_number(float(np.hypot(*total))) in pulls(SEPARABLE, model).alt


def test_pulls_ask_for_a_plane():
    with pytest.raises(ValueError, match="expected 2 features"):
        pulls(Dataset([[1.0]], [1]), Model([1.0]))


def test_with_a_bias_the_sum_is_not_the_whole_gradient():
    picture = pulls(SEPARABLE, Model([1.0, 1.0], 0.5))
    assert texts(picture) == [" −∂L/∂w "]
    assert "‖∂L/∂w‖ =" in picture.alt
    assert texts(pulls(SEPARABLE, Model([1.0, 1.0]))) == [" −∇L "]


def test_the_name_of_a_sum_too_short_to_be_seen_stands_off_the_arrows():
    points = Dataset([[1, 0], [1, 0], [0, 0.05]], [1, 0, 1])  # two arrows along w₁ that cancel
    name = next(note for note in pulls(points, Model([0.0, 124.0])).layout["annotations"] if "∇L" in note["text"])
    assert name.get("xshift", 0) == 0
    assert abs(name["yshift"]) >= 18


def test_labels_that_are_powers_of_ten_are_few_and_upright():
    one = Dataset([[1.0, 1.0]], [1])
    small, large = (pulls(one, Model([size, size])).layout["xaxis"] for size in (6.0, 0.0))
    assert (small["nticks"], small["tickangle"]) == (3, 0)
    assert "tickangle" not in large
    assert large["nticks"] > 3


def test_a_sum_that_is_small_and_not_0_is_not_called_0_where_there_is_no_minimum():
    apart = Dataset([[1, 1], [1 + 1e-9, 1], [1, 1 + 1e-9], [1 + 1e-9, 1 - 1e-9]], [1, 0, 1, 0])
    picture = pulls(apart, Model([0.0, 0.0]))
    assert "do not close: ‖∇L‖ = 3.536·10⁻¹⁰" in picture.alt
    assert ("gradient", "arrow") in traces(picture)
