"""The dial of λ holds the path, and says only what the path says."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.transforms import flip_label
from logreg.figures.numbers import format_number
from logreg.figures.penalty import penalty_dial, penalty_losses, penalty_timeline
from logreg.theory.regularisation import regularisation_path
from tests.figures.seen import only, texts, title, traces
from tests.theory.test_regularisation import LAMBDAS, A

B = flip_label(A, 4)
PATH = regularisation_path(B, np.unique([*LAMBDAS, 0.01, 1 / 16]), fit_bias=False)
SEPARABLE = regularisation_path(A, np.unique([0.0, *LAMBDAS, 0.01, 1 / 16]), fit_bias=False)
UNEQUAL = Dataset([[1.0], [2.0], [3.0], [4.0], [5.0]], [0, 1, 0, 0, 0])


def test_the_dial_draws_the_path_and_marks_both_penalties():
    picture = penalty_dial(PATH, 0.01, sklearn_l2=1 / 16, limit_norm=0.914956)
    np.testing.assert_array_equal(only(picture, "curve", "path").y, PATH.parameter_norm)
    assert picture.figure.layout.xaxis.type == "log"
    assert only(picture, "chosen", "path").x[0] == 0.01
    np.testing.assert_allclose(only(picture, "sklearn", "marker").y[0], 0.800946, rtol=1e-5)
    assert set(only(picture, "optimum").y) == {0.914956}
    assert picture.figure.layout.meta == {"static": True, "title": "λ = {λ}: ‖w‖ = {norm}"}
    assert "‖w*‖ = 0.9150" in texts(picture)


def test_the_dial_of_separable_data_has_no_limit_and_leaves_lambda_zero_out():
    picture = penalty_dial(SEPARABLE, 1 / 16, sklearn_l2=None, name="A")
    assert title(picture) == "A: λ = 0.0625: ‖w‖ = 1.346"
    assert (only(picture, "curve", "path").x > 0).all()
    assert not {role for role, _ in traces(picture)} & {"optimum", "sklearn"}
    assert texts(picture) == ["λ → 0: no limit"]


def test_a_limit_out_of_reach_is_not_called_none():
    picture = penalty_dial(PATH, 0.01, sklearn_l2=None, limit_norm=np.nan)
    assert texts(picture) == ["λ → 0: a limit out of float64’s reach"]
    assert "there is a minimum, out of float64's reach" in picture.alt
    assert "not a number" not in picture.alt


def test_with_a_bias_the_dial_says_which_norm():
    path = regularisation_path(flip_label(A, 3), [0.01, 0.1, 1.0])
    assert "‖(w, b)‖" in title(penalty_dial(path, 0.1, sklearn_l2=None, limit_norm=1.0))


def test_the_losses_differ_by_the_penalty():
    picture = penalty_losses(PATH, 1 / 16)
    gap = np.array(only(picture, "curve", "objective").y) - only(picture, "curve", "data loss").y
    np.testing.assert_allclose(gap, PATH.l2 / 2 * PATH.parameter_norm**2, atol=1e-12)
    assert title(picture) == "λ = 0.0625: data loss 0.3097, objective 0.3297"
    assert picture.figure.layout.yaxis.range[0] == 0


def test_a_penalty_that_is_none_of_the_paths_is_refused():
    for l2 in (0.0, 0.0123):
        with pytest.raises(ValueError, match="l2"):
            penalty_dial(PATH, l2, sklearn_l2=None)
    with pytest.raises(ValueError, match="path"):
        penalty_losses(regularisation_path(B, [0.0], fit_bias=False), 0.1)


def test_as_lambda_grows_the_loss_tends_to_log_2_or_to_the_entropy_of_unequal_classes():
    equal = penalty_losses(PATH, 1 / 16)
    assert only(equal, "limit").y == pytest.approx([log(2)] * 2)
    assert "w = 0: log 2 = 0.6931" in texts(equal)
    entropy = -0.2 * log(0.2) - 0.8 * log(0.8)
    unequal = penalty_losses(regularisation_path(UNEQUAL, [0.1, 1000.0]), 0.1)
    assert only(unequal, "limit").y == pytest.approx([entropy] * 2)
    assert f"w = 0: {format_number(entropy)}" in texts(unequal)
    assert "log 2" not in unequal.alt + " ".join(texts(unequal))
    assert only(unequal, "curve", "data loss").y[-1] == pytest.approx(entropy, rel=1e-3)


def test_nothing_is_said_to_fall_that_rises():
    path = regularisation_path(UNEQUAL, [0.01, 1.0, 1000.0])
    assert path.parameter_norm[0] < path.parameter_norm[-1]
    alt = penalty_dial(path, 1.0, sklearn_l2=None, limit_norm=1.0).alt
    assert "fall" not in alt
    for value, l2 in zip(path.parameter_norm, ("0.01", "1", "1,000"), strict=True):
        assert f"{format_number(value)} at λ = {l2}" in alt


def test_the_words_carry_the_numbers():
    dial = penalty_dial(PATH, 0.01, sklearn_l2=1 / 16, limit_norm=0.914956).alt
    assert "scikit-learn's default C = 1 is λ = 0.0625, ‖w‖ = 0.8009." in dial
    assert "Dashed: ‖w*‖ = 0.9150." in dial
    assert "without bound" in penalty_dial(SEPARABLE, 0.01, sklearn_l2=None).alt
    assert "0.3097 + 0.02005 = objective 0.3297" in penalty_losses(PATH, 1 / 16).alt


def test_a_penalty_axis_that_reaches_past_float64_is_drawn():
    path = regularisation_path(A, [1e-307, 1.0, 1e307], fit_bias=False)
    picture = penalty_dial(path, 1.0, sklearn_l2=None, limit_norm=1.0)
    assert np.isfinite(only(picture, "optimum").x).all()
    assert np.isfinite(picture.figure.layout.xaxis.tickvals).all()


def test_a_minimum_out_of_reach_is_said_to_be_in_words():
    away = np.where(PATH.l2 == 0.01, np.nan, 1.0)
    path = replace(PATH, parameter_norm=away, data_loss=away, loss=away)
    dial, losses = penalty_dial(path, 0.01, sklearn_l2=0.01), penalty_losses(path, 0.01)
    told = penalty_timeline(path, [0.01, 1 / 16], {}).words
    assert title(dial) == "λ = 0.01: ‖w‖ = out of float64’s reach"
    assert "at λ = 0.01 both are out of float64’s reach." in losses.alt
    assert set(told) == {"norm", "data_loss", "objective"}
    assert set(told.values()) == {("out of float64’s reach", "1")}
    for picture in (dial, losses):
        assert "not a number" not in " ".join([picture.alt, str(picture.figure.to_plotly_json())])
