"""The landscape holds the loss at its levels and the path of the run, and is a bowl or a valley in words."""

import numpy as np
import pytest

from logreg.figures.numbers import format_number
from logreg.figures.theme import LIGHT
from logreg.figures.weight_space import landscape, landscape_levels, landscape_window
from logreg.theory.asymptotics import asymptotics
from logreg.theory.landscape import loss_grid
from tests.figures.samples import AT_ORIGIN, OVERLAPPING, SEPARABLE, best, path_to
from tests.figures.seen import traces


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
    contour = traces(landscape(grid, pair[0][1], levels=levels, title="A"))["landscape", "loss"]
    for k, level in enumerate(levels):
        np.testing.assert_array_equal(contour.z >= np.float32(k), grid.loss >= level * (1 - 1e-6))
    assert (contour.contours.start, contour.contours.end, contour.contours.size) == (0, len(levels) - 1, 1)
    named = dict(zip(contour.colorbar.tickvals, contour.colorbar.ticktext, strict=True))
    assert named[int(np.flatnonzero(levels == 1.0)[0])] == "1"


def test_path_cursor_optimum_and_valley_are_the_runs_own(pair):
    paths, grids = pair
    levels, law = landscape_levels(grids), asymptotics(SEPARABLE, fit_bias=False)
    valley = traces(landscape(grids[0], paths[0], levels=levels, title="A", ray=law.direction[:2]))
    np.testing.assert_array_equal(np.column_stack([valley["path", "0"].x, valley["path", "0"].y]), paths[0])
    cursor, line = valley["cursor", "weights 0"], valley["proof", "valley"]
    assert (cursor.x[0], cursor.y[0]) == tuple(paths[0][-1])
    np.testing.assert_allclose(np.arctan2(line.y[1], line.x[1]), np.arctan2(*law.direction[1::-1]))
    assert line.x[1] > grids[0].w1[-1]
    bowl = landscape(grids[1], paths[1], levels=levels, title="B", run_index=1, optimum=best(OVERLAPPING))
    assert bowl.figure.layout.yaxis.scaleanchor == "x"
    assert traces(bowl)["path", "1"].line.color == LIGHT.run_b
    point = traces(bowl)["optimum", "point"]
    np.testing.assert_array_equal([point.x[0], point.y[0]], best(OVERLAPPING).weights)


def test_a_valley_starts_where_the_weights_rest(pair):
    picture = landscape(pair[1][0], pair[0][0], levels=[0.1, 1.0], title="A", ray=[2.0, 0.0], resting=[0.5, 0.25])
    line = traces(picture)["proof", "valley"]
    assert (line.x[0], line.y[0], line.y[1]) == (0.5, 0.25, 0.25)


def test_a_landscape_is_a_bowl_or_a_valley_in_words(pair):
    paths, grids = pair
    model, law = best(OVERLAPPING), asymptotics(SEPARABLE, fit_bias=False)
    said = landscape(grids[1], paths[1], levels=[1.0], title="B: a bowl", optimum=model).alt
    assert said.startswith("B: a bowl. Contours")
    assert "A minimum is at" in said
    for value in (*model.weights, grids[1].loss.min(), *paths[1][-1]):
        assert format_number(float(value)) in said
    assert "A valley runs off" in landscape(grids[0], paths[0], levels=[1.0], title="A", ray=law.direction[:2]).alt


@pytest.mark.parametrize(
    ("path", "levels", "named"),
    [(np.empty((0, 2)), [1.0], "path"), ([0.0, 0.0], [1.0], "path"), ([[0.0, 0.0]], [1.0, 0.5], "levels")],
)
def test_a_landscape_refuses_what_it_cannot_draw(pair, path, levels, named):
    with pytest.raises(ValueError, match=named):
        landscape(pair[1][0], path, levels=levels, title="A")


def test_a_loss_that_only_rounds_to_zero_is_not_called_zero():
    grid = loss_grid(SEPARABLE, (0.0, 1e4, 0.0, 1e4), (5, 5))
    assert grid.loss.min() == 0
    assert "from 0 in float64 to" in landscape(grid, [[0.0, 0.0]], levels=[1.0], title="A").alt
