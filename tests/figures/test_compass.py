"""The circle of directions: what each costs, a free cone, a free ray, or the cheapest."""

from math import pi

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.figures.compass import direction_circle
from logreg.figures.numbers import format_number
from logreg.figures.theme import LIGHT
from logreg.theory.asymptotics import asymptotics
from logreg.theory.directions import direction_cost, least_cost
from tests.figures.samples import AT_ORIGIN, COLLINEAR, DATA, OVERLAPPING, QUASI, SEPARABLE, XOR
from tests.figures.seen import title, traces


@pytest.mark.parametrize("name", ["separable", "quasi-separable", "overlapping", "XOR", "one class"])
def test_the_cost_curve_is_one_plus_the_cost(name):
    curve = traces(direction_circle(DATA[name]))["cost", "curve"]
    angles = np.linspace(0, 2 * pi, len(curve.x))
    costs = direction_cost(DATA[name], angles, fit_bias=False)
    np.testing.assert_allclose(np.hypot(curve.x, curve.y), 1 + costs / costs.max(), rtol=1e-12)


def test_separable_data_have_a_cone_of_free_directions_with_exact_edges():
    rim = traces(direction_circle(SEPARABLE))["proof", "free directions"]
    angles = np.unwrap(np.arctan2(rim.y, rim.x))
    assert (direction_cost(SEPARABLE, angles, fit_bias=False) < 1e-14).all()
    assert (direction_cost(SEPARABLE, [angles[0] - 1e-4, angles[-1] + 1e-4], fit_bias=False) > 1e-6).all()
    width = format_number(round(float(np.degrees(angles[-1] - angles[0])), 6), 3)
    assert title(direction_circle(SEPARABLE)) == f"Free directions: a cone of {width}°"
    assert width in direction_circle(SEPARABLE).alt


def test_quasi_separable_data_have_one_free_direction():
    rim = traces(direction_circle(QUASI))["proof", "free directions"]
    np.testing.assert_allclose([rim.x[1], rim.y[1]], asymptotics(QUASI, fit_bias=False).direction[:2], atol=1e-12)
    assert "One free direction only" in direction_circle(QUASI).alt


@pytest.mark.parametrize("dataset", [OVERLAPPING, XOR])
def test_overlapping_data_have_no_free_direction_but_a_cheapest_one(dataset):
    found = least_cost(dataset, fit_bias=False)
    picture = direction_circle(dataset, cost_floor=found)
    assert not len(traces(picture)["proof", "free cone"].x)
    assert not len(traces(picture)["proof", "free directions"].x)
    point = traces(picture)["proof", "cheapest"]
    largest = direction_cost(dataset, np.linspace(0, 2 * pi, 361), fit_bias=False).max()
    np.testing.assert_allclose([point.x[0], point.y[0]], (1 + found.cost / largest) * found.direction)
    assert f"c* = {format_number(found.cost)}" in title(picture)
    assert format_number(found.cost) in direction_circle(dataset).alt


def test_directions_that_change_nothing_are_not_said_to_cost():
    assert "that changes L" in direction_circle(COLLINEAR).alt
    assert direction_circle(AT_ORIGIN).alt.endswith("All points at the origin: no direction changes L.")
    far_apart_in_size = Dataset([[1e16, 0.0], [1e16, 0.0], [0.0, 1.0], [0.0, 1.0]], [0, 1, 0, 1])
    for dataset in (OVERLAPPING, far_apart_in_size):
        assert "Every direction costs at least" in direction_circle(dataset).alt


@pytest.mark.parametrize(
    "points", [Dataset([[1, 2], [-1, -2]], [0, 0]), Dataset([[-2, -1], [2, 1], [4, 2]], [0, 1, 0])]
)
def test_the_name_of_the_area_is_not_on_the_line_of_the_cheapest_direction(points):
    picture = direction_circle(points)
    name = next(note for note in picture.layout["annotations"] if note["text"] == "cost")
    line = traces(picture)["proof", "cheapest line"]
    tip = np.array([line.x[1], line.y[1]])
    assert tip.any()
    assert np.dot(tip, [name["x"], name["y"]]) < 0, "it is on the other side of the origin"


def test_a_point_at_the_origin_leaves_the_free_cone_a_cone():
    dataset = Dataset([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], [1, 1, 0])
    assert title(direction_circle(dataset)) == "Free directions: a cone of 90°"


def test_the_run_heads_in_its_own_colour_and_nowhere_at_zero():
    for index, colour in enumerate((LIGHT.run, LIGHT.run_b)):
        cursor = traces(direction_circle(OVERLAPPING, run_index=index, weights=[3.0, 4.0]))
        cursor = cursor["cursor", f"direction {index}"]
        assert (cursor.x[0], cursor.y[0], cursor.marker.color) == (0.6, 0.8, colour)
    assert not len(traces(direction_circle(OVERLAPPING, weights=[0.0, 0.0]))["cursor", "direction 0"].x)


def box_of(note):
    """Return where a note stands, in units of the circle, as on a small plot: left, right, bottom, top."""
    wide, high = 0.085 * len(note["text"]), 0.2
    left = note["x"] - {"left": 0.0, "center": 0.5, "right": 1.0}[note["xanchor"]] * wide + note.get("xshift", 0) / 86
    bottom = note["y"] - {"bottom": 0.0, "middle": 0.5, "top": 1.0}[note["yanchor"]] * high + note.get("yshift", 0) / 86
    return left, left + wide, bottom, bottom + high


@pytest.mark.parametrize(
    "points",
    [
        Dataset([[0.1, 0], [0, 0.2], [-0.1, 0], [0, -0.2], [1000, 3]], [1, 1, 0, 0, 0]),
        Dataset([[1, 0], [2, 0], [-1, 0], [-3, 0]], [1, 1, 0, 1]),
        Dataset([[1, 0], [1, 0], [0, 0.05]], [1, 0, 1]),
        Dataset([[1, 0]], [1]),
        Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]),
    ],
)
def test_the_name_of_the_cheapest_direction_lies_on_no_axis_name_and_on_no_curve(points):
    picture = direction_circle(points)
    notes = {note["text"]: box_of(note) for note in picture.layout["annotations"]}
    left, right, bottom, top = next(box for text, box in notes.items() if text.startswith(("c*", "free")))
    for name in ("w₁", "w₂"):
        a, b, c, d = notes[name]
        assert min(b, right) <= max(a, left) or min(d, top) <= max(c, bottom)
    drawn = traces(picture)
    for part in (("cost", "curve"), ("circle", "line")):
        x, y = np.asarray(drawn[part].x), np.asarray(drawn[part].y)
        assert not ((left < x) & (x < right) & (bottom < y) & (y < top)).any()


@pytest.mark.parametrize(("near", "wide"), [(1e-9, "2.86·10⁻⁸°"), (1e-13, "less than 5.73·10⁻¹⁰°")])
def test_the_free_directions_of_separable_points_are_a_cone_however_narrow(near, wide):
    points = Dataset([[1, 1], [1 + near, 1], [1, 1 + near], [1 + near, 1 - near]], [1, 0, 1, 0])
    assert title(direction_circle(points)) == f"Free directions: a cone of {wide}"
