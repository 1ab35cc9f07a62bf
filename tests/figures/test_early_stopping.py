"""Two roads to one length: the regularisation path and descent, where they lie apart."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.transforms import flip_label
from logreg.figures.early_stopping import early_stopping, furthest, off_path
from logreg.figures.numbers import format_number
from logreg.theory.regularisation import regularisation_path
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.seen import only, texts, title
from tests.theory.test_regularisation import A

CONFIG = TrainingConfig(n_steps=100, objective=Objective(fit_bias=False))
B = flip_label(A, 4)
PATH, RUN = regularisation_path(B, fit_bias=False), train(B, CONFIG)


def test_the_plane_holds_both_roads_and_the_runs_end():
    picture = early_stopping(PATH, RUN, run_index=1, name="B")
    np.testing.assert_array_equal(only(picture, "path", "1").x, RUN.weights[:, 0])
    road = only(picture, "curve", "path")
    assert (road.x[-1], road.y[-1]) == (0, 0)
    end = only(picture, "cursor", "weights 1")
    assert (end.x[0], end.y[0]) == tuple(RUN.weights[-1])
    assert picture.figure.layout.yaxis.scaleanchor == "x"
    assert title(picture) == "B: two roads to one length"
    assert set(texts(picture)) == {"regularisation path", "gradient descent"}


def test_the_window_shows_where_the_roads_lie_apart():
    layout = early_stopping(PATH, RUN).figure.layout
    x, y = RUN.weights[11]
    assert layout.xaxis.range[0] < 0 < x < layout.xaxis.range[1]
    assert layout.yaxis.range[0] < 0 < y < layout.yaxis.range[1]


def test_the_words_say_where_the_roads_lie_furthest_apart():
    off = off_path(PATH, RUN)
    assert furthest(off) == np.nanargmax(off)
    words = early_stopping(PATH, RUN).alt
    assert "furthest apart at step 11, where ‖w‖ = 0.8787: 6.31° between them." in words
    assert f"The run ends at step 100, where ‖w‖ = {format_number(RUN.weight_norm[-1])}" in words


def test_roads_that_only_rounding_tells_apart_are_one():
    line = Dataset([[1.0, 1.0], [2.0, 2.0], [1.0, 1.0]], [1, 1, 0])
    run = train(line, CONFIG)
    assert "They are one road." in early_stopping(regularisation_path(line, fit_bias=False), run).alt


def test_weights_that_stay_at_zero_have_no_road():
    xor = Dataset([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]], [0, 0, 1, 1])
    picture = early_stopping(regularisation_path(xor, fit_bias=False), train(xor, CONFIG))
    assert picture.figure.layout.xaxis.range[0] < picture.figure.layout.xaxis.range[1]
    assert "In descent w stays at 0." in picture.alt


def test_one_feature_is_no_plane():
    data = Dataset([[1.0], [2.0], [-1.0]], [1, 0, 1])
    with pytest.raises(ValueError, match="expected 2 features"):
        early_stopping(regularisation_path(data, fit_bias=False), train(data, CONFIG))
