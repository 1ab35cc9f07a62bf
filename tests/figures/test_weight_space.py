"""Figures of weight space hold logreg's numbers, keep their traces in order, and say what they show."""

from itertools import product
from math import log, pi

import numpy as np
import pytest

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.figures import (
    DARK,
    LIGHT,
    balance,
    balance_alt,
    direction_circle,
    direction_circle_alt,
    format_number,
    landscape,
    landscape_alt,
    landscape_levels,
    landscape_window,
    loss_ray,
    loss_ray_alt,
    pulls,
    pulls_alt,
    turning,
    turning_alt,
)
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import STEP_ZERO
from logreg.theory.asymptotics import asymptotics
from logreg.theory.directions import direction_cost, least_cost
from logreg.theory.landscape import loss_along_ray, loss_grid, point_pulls, ray_balance
from logreg.theory.laws import angle_to_limit
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective, loss
from logreg.training.trainer import train

POINTS = np.array([(0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3), (3, 1.2), (2, 3.1)])


def headline(flipped=None):
    labels = np.repeat([1, 0], 8)
    if flipped is not None:
        labels[flipped] = 0
    return Dataset(np.concatenate([POINTS, -POINTS]), labels)


SEPARABLE, QUASI, OVERLAPPING = headline(), headline(0), headline(4)
XOR = Dataset([[-1, -1], [1, 1], [-1, 1], [1, -1]], [0, 0, 1, 1])
ONE_CLASS = Dataset([[1.0, 0.5], [2.0, 1.0], [0.5, 2.0]], [1, 1, 1])
COLLINEAR = Dataset([[1.0, 1.0], [2.0, 2.0], [1.0, 1.0]], [1, 1, 0])
AT_ORIGIN = Dataset([[0.0, 0.0], [0.0, 0.0]], [0, 1])
DATA = {
    "separable": SEPARABLE,
    "quasi-separable": QUASI,
    "overlapping": OVERLAPPING,
    "XOR": XOR,
    "one class": ONE_CLASS,
    "collinear": COLLINEAR,
    "at the origin": AT_ORIGIN,
}
THEMES = (LIGHT, DARK)


def best(dataset):
    return optimum(dataset, Objective(fit_bias=False))


def target(dataset):
    """Return the optimum, or where there is none the direction that the run turns to."""
    law = asymptotics(dataset, fit_bias=False)
    return best(dataset) if law.direction is None else Model(law.direction[:2])


def norm(model):
    return float(np.linalg.norm(model.weights))


def traces(figure):
    return {(t.meta["role"], t.meta["part"]): t for t in figure.data}


def texts(figure):
    return " ".join(a.text for a in figure.layout.annotations)


def path_to(dataset, n_steps=200):
    return train(dataset, TrainingConfig(n_steps=n_steps, objective=Objective(fit_bias=False))).weights


def all_figures(dataset, theme=LIGHT):
    model, path, law = target(dataset), path_to(dataset), asymptotics(dataset, fit_bias=False)
    free = law.direction is not None
    grid = loss_grid(dataset, landscape_window([path]), (20, 25))
    curve = RunCurve("A: turns", [0, 1, 10], [np.nan, 40.0, 4.0])
    return {
        "loss_ray": loss_ray(dataset, model, marked=None if free else norm(model), theme=theme),
        "balance": balance(dataset, model, theme=theme),
        "direction_circle": direction_circle(dataset, weights=path[-1], theme=theme),
        "pulls": pulls(dataset, model, theme=theme),
        "landscape": landscape(
            grid,
            path,
            -1,
            levels=landscape_levels([grid]),
            optimum=None if free else model,
            ray=law.direction if free else None,
            theme=theme,
        ),
        "turning": turning((curve, curve), 1, theme=theme),
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("name", DATA)
def test_every_figure_keeps_its_traces_in_order_for_any_data(name, theme):
    for kind, figure in all_figures(DATA[name], theme).items():
        reference = all_figures(SEPARABLE)[kind]
        assert [t.meta for t in figure.data] == [t.meta for t in reference.data]
        assert figure.layout.title.text
        assert figure.layout.meta.get("static", False) != (kind == "turning")
        assert figure.to_json()


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_height_title_and_text_colour_are_as_given(theme):
    model = best(OVERLAPPING)
    for draw in (loss_ray, balance, pulls):
        figure = draw(OVERLAPPING, model, theme=theme, height=195, title="B")
        assert (figure.layout.height, figure.layout.title.text) == (195, "B")
        assert figure.layout.font.color == theme.text


# the ray


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
    figure = loss_ray(OVERLAPPING, model, marked=norm(model))
    for panel in ("near", "far"):
        point = traces(figure)["optimum", f"point {panel}"]
        assert point.x[0] == norm(model)
        assert point.y[0] == pytest.approx(loss(model, OVERLAPPING), rel=1e-12)
        assert point.y[0] <= traces(figure)["ray", f"loss {panel}"].y.min() + 1e-12
    assert "‖w*‖ = 0.915" in texts(figure)
    assert figure.layout.title.text == "Least at ‖w*‖ = 0.9150, then it rises for ever"


def test_both_axes_of_the_ray_are_linear_and_show_the_fall_and_the_rise():
    model = best(OVERLAPPING)
    for dataset, m in ((SEPARABLE, target(SEPARABLE)), (OVERLAPPING, model)):
        layout = loss_ray(dataset, m, marked=norm(m) if dataset is OVERLAPPING else None).layout
        for ax in (layout.xaxis, layout.yaxis, layout.xaxis2, layout.yaxis2):
            assert ax.type in (None, "linear")
    near = traces(loss_ray(OVERLAPPING, model, marked=norm(model)))["ray", "loss near"]
    assert near.y[0] > 2 * near.y.min()  # the bowl is seen
    assert near.y[-1] > 2 * near.y.min()


def test_the_note_gives_the_logarithm_far_beyond_float64():
    model = target(SEPARABLE)
    far = format_number(float(loss_along_ray(SEPARABLE, model, 1e10).log10_loss))
    assert far.startswith("−6.1")
    assert far in texts(loss_ray(SEPARABLE, model))
    assert far in loss_ray_alt(SEPARABLE, model)


def test_a_separable_ray_falls_to_0_and_a_quasi_separable_one_to_its_infimum():
    assert loss_ray(SEPARABLE, target(SEPARABLE)).layout.title.text == "It falls towards 0 for ever: no minimum"
    infimum = format_number(asymptotics(QUASI, fit_bias=False).inf_loss)
    assert f"towards {infimum} for ever" in loss_ray(QUASI, target(QUASI)).layout.title.text
    assert infimum in loss_ray_alt(QUASI, target(QUASI))


def test_where_the_optimum_is_zero_there_is_no_ray():
    model = best(XOR)
    figure = loss_ray(XOR, model, marked=0.0)
    assert all(not len(t.x) for t in figure.data)
    assert "there is no ray" in texts(figure)
    assert "there is no ray" in loss_ray_alt(XOR, model)
    assert "there is no ray" in balance_alt(XOR, model)
    assert "there is no ray" in texts(balance(XOR, model))


def test_a_marked_length_beyond_100_is_still_in_the_picture():
    figure = loss_ray(OVERLAPPING, best(OVERLAPPING), marked=130.0)
    assert traces(figure)["ray", "loss far"].x[-1] == 200


def test_a_ray_that_changes_nothing_says_so():
    assert loss_ray(COLLINEAR, Model([1.0, -1.0])).layout.title.text == "The loss stays the same along this ray"


def test_the_ray_says_in_words_where_it_is_least_and_how_it_rises():
    model = best(OVERLAPPING)
    said = loss_ray_alt(OVERLAPPING, model, marked=norm(model))
    for value in (norm(model), loss(model, OVERLAPPING), log(2)):
        assert format_number(value) in said


# the balance


def test_gains_and_losses_are_those_of_ray_balance_and_cross_at_the_optimum():
    model = best(OVERLAPPING)
    drawn = traces(balance(OVERLAPPING, model))
    sides = ray_balance(OVERLAPPING, model, drawn["balance", "gains"].x)
    np.testing.assert_array_equal(drawn["balance", "gains"].y, sides.gains)
    np.testing.assert_array_equal(drawn["balance", "losses"].y, sides.losses)
    assert drawn["optimum", "point"].x[0] == 1.0
    assert balance(OVERLAPPING, model).layout.title.text == "Gains = losses at c = 1"
    assert format_number(float(ray_balance(OVERLAPPING, model, 1.0).gains)) in balance_alt(OVERLAPPING, model)


def test_off_the_optimum_the_crossing_is_found():
    model = best(OVERLAPPING)
    point = traces(balance(OVERLAPPING, Model(model.weights / 2)))["optimum", "point"]
    assert point.x[0] == pytest.approx(2.0, rel=1e-9)
    assert not len(traces(balance(OVERLAPPING, Model(model.weights / 4)))["optimum", "point"].x)
    assert "Gains outweigh" in balance_alt(OVERLAPPING, Model(model.weights / 4))
    assert "Losses outweigh" in balance_alt(OVERLAPPING, Model(-model.weights))


@pytest.mark.parametrize("dataset", [SEPARABLE, QUASI, ONE_CLASS])
def test_without_losses_there_is_nothing_to_balance(dataset):
    figure = balance(dataset, target(dataset))
    assert not traces(figure)["balance", "losses"].y.any()
    assert figure.layout.title.text == "No losses: nothing to balance"
    assert not len(traces(figure)["optimum", "point"].x)
    assert "nothing to balance" in balance_alt(dataset, target(dataset))


# the circle


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
    assert direction_circle(SEPARABLE).layout.title.text == f"Free directions: a cone of {width}°"
    assert width in direction_circle_alt(SEPARABLE)


def test_quasi_separable_data_have_one_free_direction():
    rim = traces(direction_circle(QUASI))["proof", "free directions"]
    np.testing.assert_allclose([rim.x[1], rim.y[1]], asymptotics(QUASI, fit_bias=False).direction[:2], atol=1e-12)
    assert "One free direction only" in direction_circle_alt(QUASI)


@pytest.mark.parametrize("dataset", [OVERLAPPING, XOR])
def test_overlapping_data_have_no_free_direction_but_a_cheapest_one(dataset):
    found = least_cost(dataset, fit_bias=False)
    figure = direction_circle(dataset, cost_floor=found)
    assert not len(traces(figure)["proof", "free cone"].x)
    assert not len(traces(figure)["proof", "free directions"].x)
    point = traces(figure)["proof", "cheapest"]
    largest = direction_cost(dataset, np.linspace(0, 2 * pi, 361), fit_bias=False).max()
    np.testing.assert_allclose([point.x[0], point.y[0]], (1 + found.cost / largest) * found.direction)
    assert f"c* = {format_number(found.cost)}" in figure.layout.title.text
    assert format_number(found.cost) in direction_circle_alt(dataset)


def test_directions_that_change_nothing_are_not_said_to_cost():
    assert "that changes L" in direction_circle_alt(COLLINEAR)
    assert "no direction changes L" in direction_circle_alt(AT_ORIGIN)


def test_a_point_at_the_origin_leaves_the_free_cone_a_cone():
    dataset = Dataset([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], [1, 1, 0])
    assert direction_circle(dataset).layout.title.text == "Free directions: a cone of 90°"


def test_the_run_heads_in_its_own_colour_and_nowhere_at_zero():
    for index, colour in enumerate((LIGHT.run, LIGHT.run_b)):
        cursor = traces(direction_circle(OVERLAPPING, run_index=index, weights=[3.0, 4.0]))
        cursor = cursor["cursor", f"direction {index}"]
        assert (cursor.x[0], cursor.y[0], cursor.marker.color) == (0.6, 0.8, colour)
    assert not len(traces(direction_circle(OVERLAPPING, weights=[0.0, 0.0]))["cursor", "direction 0"].x)


# the pulls


def arrows(figure):
    """Return every arrow drawn, as differences of its ends."""
    found = []
    for label in (0, 1):
        t = traces(figure)["pulls", f"class {label}"]
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
    figure = pulls(dataset, best(dataset))
    assert len(traces(figure)["optimum", "closed"].x) == 1
    assert not len(traces(figure)["gradient", "arrow"].x)
    assert "∇L = 0" in pulls_alt(dataset, best(dataset))


def test_arrows_turn_left_all_the_way():
    theirs = point_pulls(OVERLAPPING, best(OVERLAPPING), fit_bias=False)
    figure = pulls(OVERLAPPING, best(OVERLAPPING))
    ends = np.concatenate(
        [np.column_stack([t.x, t.y]).reshape(-1, 3, 2) for t in (traces(figure)["pulls", f"class {k}"] for k in (0, 1))]
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
    assert format_number(float(np.hypot(*total))) in pulls_alt(SEPARABLE, model)


def test_pulls_ask_for_a_plane():
    with pytest.raises(ValueError, match="expected 2 features"):
        pulls(Dataset([[1.0]], [1]), Model([1.0]))


# the landscape


@pytest.fixture(scope="module")
def pair():
    paths = [path_to(SEPARABLE, 20_000), path_to(OVERLAPPING, 20_000)]
    window = landscape_window(paths)
    return paths, [loss_grid(d, window) for d in (SEPARABLE, OVERLAPPING)]


def test_one_window_shows_both_paths_and_the_origin(pair):
    paths, _ = pair
    low1, high1, low2, high2 = landscape_window(paths)
    for points in (*paths, np.zeros((1, 2))):
        assert (points > [low1, low2]).all()
        assert (points < [high1, high2]).all()
    assert (high1 - low1) / (high2 - low2) == pytest.approx(1.1)
    assert landscape_window([np.zeros((3, 2))])[1] > 0


def test_levels_grow_and_ring_the_bowl(pair):
    levels, bowl = landscape_levels(pair[1]), pair[1][1].loss.min()
    assert (np.diff(levels) > 0).all()
    assert ((levels > bowl) & (levels < 1.3 * bowl)).sum() >= 2
    assert levels[0] < 0.01 * bowl  # the valley goes on far below it
    assert len(landscape_levels([loss_grid(AT_ORIGIN, (-1, 1, -1, 1), (5, 5))])) == 2


def test_contours_stand_at_the_levels(pair):
    grid, levels = pair[1][1], landscape_levels(pair[1])
    contour = traces(landscape(grid, pair[0][1], 0, levels=levels))["landscape", "loss"]
    for k, level in enumerate(levels):
        np.testing.assert_array_equal(contour.z >= np.float32(k), grid.loss >= level * (1 - 1e-6))
    assert (contour.contours.start, contour.contours.end, contour.contours.size) == (0, len(levels) - 1, 1)
    named = dict(zip(contour.colorbar.tickvals, contour.colorbar.ticktext, strict=True))
    assert named[int(np.flatnonzero(levels == 1.0)[0])] == "1"


def test_path_cursor_optimum_and_valley_are_the_runs_own(pair):
    paths, grids = pair
    levels, law = landscape_levels(grids), asymptotics(SEPARABLE, fit_bias=False)
    valley = traces(landscape(grids[0], paths[0], 7, levels=levels, ray=law.direction[:2]))
    np.testing.assert_array_equal(np.column_stack([valley["path", "0"].x, valley["path", "0"].y]), paths[0])
    cursor, line = valley["cursor", "weights 0"], valley["proof", "valley"]
    assert (cursor.x[0], cursor.y[0]) == tuple(paths[0][7])
    np.testing.assert_allclose(np.arctan2(line.y[1], line.x[1]), np.arctan2(*law.direction[1::-1]))
    assert line.x[1] > grids[0].w1[-1]
    bowl = landscape(grids[1], paths[1], 7, levels=levels, run_index=1, optimum=best(OVERLAPPING))
    assert bowl.layout.yaxis.scaleanchor == "x"
    assert traces(bowl)["path", "1"].line.color == LIGHT.run_b
    point = traces(bowl)["optimum", "point"]
    np.testing.assert_array_equal([point.x[0], point.y[0]], best(OVERLAPPING).weights)


def test_a_valley_starts_where_the_weights_rest(pair):
    figure = landscape(pair[1][0], pair[0][0], 0, levels=[0.1, 1.0], ray=[2.0, 0.0], resting=[0.5, 0.25])
    line = traces(figure)["proof", "valley"]
    assert (line.x[0], line.y[0], line.y[1]) == (0.5, 0.25, 0.25)


def test_a_landscape_is_a_bowl_or_a_valley_in_words(pair):
    paths, grids = pair
    model, law = best(OVERLAPPING), asymptotics(SEPARABLE, fit_bias=False)
    said = landscape_alt(grids[1], paths[1], -1, optimum=model)
    assert "A minimum is at" in said
    for value in (*model.weights, grids[1].loss.min(), *paths[1][-1]):
        assert format_number(float(value)) in said
    assert "A valley runs off" in landscape_alt(grids[0], paths[0], -1, ray=law.direction[:2])


@pytest.mark.parametrize(
    ("path", "index", "levels", "named"),
    [([[0.0, 0.0]], 1, [1.0], "path"), ([0.0, 0.0], 0, [1.0], "path"), ([[0.0, 0.0]], 0, [1.0, 0.5], "levels")],
)
def test_a_landscape_refuses_what_it_cannot_draw(pair, path, index, levels, named):
    with pytest.raises(ValueError, match=named):
        landscape(pair[1][0], path, index, levels=levels)


# the angle


@pytest.fixture(scope="module")
def curves():
    found = []
    for name, dataset in (("A: separable", SEPARABLE), ("B: overlapping", OVERLAPPING)):
        run = train(dataset, TrainingConfig(n_steps=3000, objective=Objective(fit_bias=False)))
        limit = max_margin(dataset, "none") if dataset is SEPARABLE else best(dataset)
        angles = [angle_to_limit(Model(w), limit) for w in run.weights]
        found.append(RunCurve(name, run.steps, [np.nan if a is None else a for a in angles]))
    return tuple(found)


@pytest.mark.parametrize("kind", ["log", "linear"])
def test_the_angle_has_one_entry_for_every_record(curves, kind):
    figure = turning(curves, 100, axis=kind)
    for part, curve in zip(("run", "pinned"), curves, strict=True):
        line = traces(figure)["curve", part]
        assert len(line.x) == len(line.y) == len(curve.steps)
        np.testing.assert_array_equal(line.y[1:], np.where(curve.values > 0, curve.values, np.nan)[1:])
        assert np.isnan(line.y[0])  # w = 0 has no direction
        np.testing.assert_array_equal(line.x[1:], curve.steps[1:])


def test_the_angles_meta_is_what_the_stage_needs(curves):
    figure = turning(curves, 100)
    meta = figure.layout.meta
    assert {"log", "linear", "axis", "step", "quantity", "label"} <= set(meta)
    assert (meta["quantity"], meta["label"], meta["unit"], meta["step"]) == ("angle", "Angle to the limit", "°", 100)
    assert figure.layout.yaxis.type == "log"
    assert meta["log"]["xaxis"]["tickvals"][0] == STEP_ZERO


def test_the_cursors_stand_at_the_angles(curves):
    figure = turning(curves, 100)
    for part, curve in zip(("marker", "marker 1"), curves, strict=True):
        marker = traces(figure)["cursor", part]
        assert (marker.x[0], marker.y[0]) == (100, curve.values[curve.record_at(100)])
    assert format_number(float(curves[0].values[100]), 3) in figure.layout.title.text
    assert format_number(float(curves[0].values[100]), 3) in turning_alt(curves, 100)
    assert "below 0.001°" in turning_alt(curves, 3000)


def test_a_run_that_never_leaves_zero_has_no_direction(curves):
    still = RunCurve("B: rests", [0, 1], [np.nan, np.nan])
    assert "B: rests: no direction" in texts(turning((curves[0], still), 1))
    assert "no direction" in turning_alt((still, still), 1)


@pytest.mark.parametrize(("step", "kind", "named"), [(-1, "log", "step"), (1e9, "log", "step"), (1, "cube", "axis")])
def test_the_angle_refuses_unknown_steps_and_axes(curves, step, kind, named):
    with pytest.raises(ValueError, match=named):
        turning(curves, step, axis=kind)


def test_figures_of_large_random_data_can_be_drawn():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2)) * 50
    dataset = Dataset(X, (X @ [1.0, 2.0] + 60 * rng.normal(size=200) > 0).astype(int))
    for kind, theme in product(("loss_ray", "balance", "pulls", "direction_circle"), THEMES):
        assert len(all_figures(dataset, theme)[kind].to_json()) < 120_000
