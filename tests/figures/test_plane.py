"""The plane holds points, line and proof by their meaning, for any data, and its words carry the numbers."""

import json
from math import isnan

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logreg.certificates.margin import max_margin
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.plane import decision_boundary
from logreg.figures.theme import LIGHT
from logreg.figures.window import ASPECT, data_window, line_in_window
from logreg.training.model import Model
from tests.figures.seen import only, title

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
XOR = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
TOUCHING = Dataset([[0, 0], [1, 0], [1, 0], [2, 0]], [0, 0, 1, 1])

# window and line

COORDINATES = st.one_of(st.floats(-10, 10), FLOATS)


@given(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=6))
@example([(0.0, 0.0)])
@example([(1e8, 1e8), (1e8 + 1e-8, 1e8)])
@example([(1e-300, 0.0), (3e-300, 0.0)])
@example([(-1.7e308, 0.0), (1.7e308, 0.0)])
def test_the_window_is_finite_not_empty_and_holds_every_point(points):
    X = np.array(points)
    xmin, xmax, ymin, ymax = data_window(Dataset(X, [0] * len(X)))
    assert np.isfinite([xmin, xmax, ymin, ymax]).all()
    assert xmin < xmax
    assert ymin < ymax
    near = np.clip(X, -1e300, 1e300)
    assert (xmin <= near[:, 0]).all()
    assert (near[:, 0] <= xmax).all()
    assert (ymin <= near[:, 1]).all()
    assert (near[:, 1] <= ymax).all()


def test_the_window_has_one_shape_for_all_data():
    for name in ("separable_blobs", "moons", "quasi_separable"):
        xmin, xmax, ymin, ymax = data_window(make_dataset(name))
        assert (xmax - xmin) / (ymax - ymin) == pytest.approx(ASPECT)


def test_three_features_cannot_be_drawn_as_a_plane():
    with pytest.raises(ValueError, match="expected 2 features"):
        data_window(Dataset([[1, 2, 3]], [0]))


SMALL = st.floats(-5, 5)


@given(SMALL, SMALL, SMALL)
@example(1.0, 0.0, 0.0)
@example(0.0, 1e-300, 0.0)
@example(1e308, 1e308, 0.0)
@example(1e-320, 0.0, 1.0)
def test_a_drawn_line_lies_in_the_window_and_on_the_boundary(w1, w2, b):
    window = (-2.5, 2.5, -2.0, 2.0)
    weights = np.array([w1, w2])
    ends = line_in_window(weights, b, window)
    if ends is None:
        corners = np.array([(x, y) for x in window[:2] for y in window[2:]])
        with np.errstate(over="ignore"):
            z = corners @ weights + b
        assert not weights.any() or (z >= 0).all() or (z <= 0).all()
        return
    assert (np.abs(ends) <= [2.5 + 1e-9, 2.0 + 1e-9]).all()
    scale = np.abs(weights).max()
    assert np.abs(ends @ (weights / scale) + b / scale).max() <= 1e-9


def test_a_line_far_from_the_origin_is_drawn_where_it_is():
    window = (1e8 - 1.25, 1e8 + 1.25, 1e8 - 1.0, 1e8 + 1.0)
    ends = line_in_window(np.array([1.0, -1.0]), 0.0, window)
    assert ends[:, 0] == pytest.approx(ends[:, 1], abs=1e-7)


# the plane


def test_the_plane_holds_the_points_by_class_in_colour_and_shape():
    data = make_dataset("overlapping_blobs", n_samples=40)
    plane = decision_boundary(data, Model([1.0, 0.5], 0.2))
    points = [only(plane, "points", f"class {label}") for label in (0, 1)]
    for label, trace in enumerate(points):
        assert np.column_stack([trace.x, trace.y]) == pytest.approx(data.X[data.y == label])
        assert trace.marker.color == LIGHT.classes[label]
    assert len({trace.marker.symbol for trace in points}) == 2


def test_the_colours_of_the_field_travel_with_the_plane():
    field = decision_boundary(XOR, Model([1.0, -2.0], 0.5)).figure.layout.meta["field"]
    assert [colour for _, colour in field["colorscale"]] == [LIGHT.classes[0], LIGHT.field_middle, LIGHT.classes[1]]
    assert 0 < field["opacity"] < 1


def test_without_weights_there_is_no_line_and_the_title_says_so():
    plane = decision_boundary(XOR, Model([0.0, 0.0], 1.0))
    assert len(only(plane, "boundary", "line").x) == 0
    assert title(plane) == "w = 0: no boundary, p = 0.7311 everywhere"
    assert "w = 0: no boundary, p = 0.7311 everywhere." in plane.alt
    assert not only(plane, "boundary", "line").showlegend


def test_a_line_outside_the_window_is_announced():
    assert "It lies outside the window." in decision_boundary(XOR, Model([1.0, 0.0], 100.0)).alt
    assert "outside" not in decision_boundary(XOR, Model([1.0, 0.0], -0.5)).alt


@pytest.mark.parametrize("bias", ["free", "augmented"])
def test_the_margin_band_touches_the_support_vectors(bias):
    data = make_dataset("separable_blobs", n_samples=40, gap=1.0)
    best = max_margin(data, bias)
    plane = decision_boundary(data, Model([1.0, 0.0]), max_margin=best)
    band, rings = only(plane, "margin", "band"), only(plane, "margin", "support")
    rims = np.column_stack([band.x, band.y])
    rims = rims[np.isfinite(rims).all(axis=1)]
    assert len(rims) == 4
    assert np.abs(rims @ best.weights + best.bias) == pytest.approx(np.ones(4))
    assert np.column_stack([rings.x, rings.y]) == pytest.approx(data.X[best.support])


def test_overlap_is_proved_by_the_common_point_of_the_hulls():
    verdict = check_separability(XOR)
    plane = decision_boundary(XOR, Model([0.0, 0.0]), separability=verdict)
    point = only(plane, "proof", "common point")
    assert (point.x[0], point.y[0]) == verdict.common_point == (0.5, 0.5)
    joined = only(plane, "proof", "joined")
    drawn = {(x, y) for x, y in zip(joined.x, joined.y, strict=True) if not isnan(x)}
    assert drawn == {tuple(x) for x in XOR.X}


def test_touching_hulls_show_their_point_and_their_line():
    plane = decision_boundary(TOUCHING, Model([0.0, 0.0]), separability=check_separability(TOUCHING))
    assert only(plane, "proof", "common point").x[0] == 1
    assert set(only(plane, "proof", "touching line").x) == {1.0}


def test_a_place_with_points_of_both_classes_shows_both():
    data = Dataset([[0, 0], [0, 0], [-0.0, 0], [1, 2], [1, 2], [3, 3], [3, 3], [3, 3]], [0, 1, 1, 0, 0, 1, 0, 1])
    plane = decision_boundary(data, Model([0.0, 0.0]))
    disc = only(plane, "shared", "place")
    assert list(zip(disc.x, disc.y, strict=True)) == [(0, 0), (3, 3)]
    order = [trace["meta"]["part"] for trace in plane.data]
    assert order.index("class 0") < order.index("place") < order.index("class 1")
    diamond = only(plane, "points", "class 1").marker
    assert disc.marker.color == only(plane, "points", "class 0").marker.color
    assert disc.marker.size >= diamond.size * 1.3 + 4, "it is seen beyond the diamond's corners"
    assert only(decision_boundary(XOR, Model([0.0, 0.0])), "shared", "place").x.size == 0


HOSTILE = [
    Dataset([[0.0, 0.0]], [1]),
    Dataset([[1.0, 1.0]] * 3, [0, 1, 1]),
    Dataset([[1e-300, 0], [2e-300, 0]], [0, 1]),
    Dataset([[1e8, 0], [1e8 + 1e-7, 0]], [0, 1]),
    Dataset([[-1e308, 0], [1e308, 1]], [0, 1]),
    Dataset([[0, 0], [1, 1], [2, 2]], [0, 1, 0]),
]


@pytest.mark.parametrize("data", HOSTILE)
@pytest.mark.parametrize("weights", [(0.0, 0.0), (1e300, -1e300), (1e-320, 0.0), (1.0, 2.0)])
def test_hostile_points_and_models_are_drawn_with_the_same_traces(data, weights):
    reference = decision_boundary(XOR, Model([1.0, 1.0])).figure
    plane = decision_boundary(data, Model(weights, -1.0), separability=check_separability(data))
    assert [t.meta for t in plane.figure.data] == [t.meta for t in reference.data]
    ours, theirs = plane.layout["margin"], reference.layout.margin.to_plotly_json()
    assert {**ours, "l": theirs["l"]} == theirs
    assert theirs["l"] <= ours["l"] <= 160
    json.loads(plane.figure.to_json())
    assert plane.alt


def test_the_words_of_the_plane_carry_its_numbers():
    data = Dataset([[0, 0], [2, 0]], [0, 1])
    words = decision_boundary(data, Model([1.0, 0.0], -1.0), max_margin=max_margin(data, "free"), step=1000).alt
    assert "At step 1,000 the line" in words
    assert "2 of 2 points" in words
    assert "reaches 1 to each side" in words
    assert "(0.5, 0.5)" in decision_boundary(XOR, Model([0.0, 0.0]), separability=check_separability(XOR)).alt


def test_a_point_on_the_line_is_on_no_side_of_it():
    data = Dataset([[0, 0], [0, 0], [2, 0]], [0, 1, 1])
    assert "has 1 of 3 points on its right side and goes through 2." in decision_boundary(data, Model([1.0, 0.0])).alt


def test_a_small_plane_has_no_legend_no_axis_titles_and_a_ring_around_the_flipped_point():
    data, model = make_dataset("separable_blobs", n_samples=20), Model([1.0, 2.0])
    small, usual = decision_boundary(data, model, compact=True, flipped=3), decision_boundary(data, model)
    assert [t.meta for t in small.figure.data] == [t.meta for t in usual.figure.data]
    ring = small.figure.data[-1]
    assert ring.meta == {"role": "flipped", "part": "point"}
    assert (ring.x[0], ring.y[0]) == tuple(data.X[3])
    assert not len(usual.figure.data[-1].x)
    layout = small.figure.layout
    assert layout.showlegend is False
    assert layout.xaxis.title.text == layout.yaxis.title.text == layout.title.text == ""
    assert title(decision_boundary(data, model, compact=True, title="A")) == "A"
    assert title(usual).endswith("= 0")
    with pytest.raises(ValueError, match="flipped"):
        decision_boundary(data, model, flipped=20)


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize(("scale", "offset"), [(1.0, 0.0), (1e6, 0.0), (1e-6, 0.0), (1.0, 1e8)])
def test_the_left_margin_holds_the_labels_of_the_values_whatever_their_scale(compact, scale, offset):
    points = Dataset(np.array([[1, 2], [2, 1], [-1, 0.5], [-2, -1]]) * scale + offset, [0, 1, 0, 1])
    layout = decision_boundary(points, Model([1.0, 1.0]), compact=compact).layout
    signs = {1.0: "−1", 1e6: "−1×10⁶", 1e-6: "−1×10⁻⁶"}[scale] if not offset else "1.00000001×10⁸"
    title = 0 if compact else 22
    assert layout["margin"]["l"] >= 6.5 * len(signs) + title
    assert layout["margin"]["l"] == (34 if compact else 62) or len(signs) > 4
    is_long = offset or (compact and scale != 1.0)
    assert layout["xaxis"].get("nticks") == (2 if is_long else 5 if compact else None)


@pytest.mark.parametrize("name", ["separable_blobs", "quasi_separable"])
def test_lines_of_the_proof_go_on_beyond_the_window_which_may_be_moved(name):
    points = make_dataset(name)
    proof = max_margin(points, bias="free") if name == "separable_blobs" else None
    drawn = decision_boundary(points, Model([0.0, 0.0]), separability=check_separability(points), max_margin=proof)
    part = "line" if proof else "touching line"
    line = next(one for one in drawn.data if one["meta"]["part"] == part and one["meta"]["role"] != "boundary")
    places = np.array([line["x"], line["y"]])
    ranges = np.array([drawn.layout[axis]["range"] for axis in ("xaxis", "yaxis")])
    span = (ranges[:, 1] - ranges[:, 0])[:, None]
    assert ((places < ranges[:, :1] - 0.9 * span) | (places > ranges[:, 1:] + 0.9 * span)).any(axis=0).all()
