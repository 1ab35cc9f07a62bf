"""Observation 3 on the reader's own points, of any kind, and the ways back from points that do not work."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.data.registry import make_dataset
from logreg.figures.theme import DARK, LIGHT
from logreg.ui.observation_3.pair import default_flip, make_pair
from logreg.ui.stage import encode_points
from tests.ui.lessons import FRAME, asked, header
from tests.ui.observation_3_page import (
    EVERY_VIEW,
    LESSON,
    OWN,
    TOO_LARGE,
    answer,
    caption,
    check_drawn,
    check_told,
    lines,
    open_page,
    press,
    said,
)

pytestmark = pytest.mark.sweep


@pytest.mark.parametrize(("scene", "view"), [(2, 1), (6, 1), (8, 2)])
def test_own_points_flow_on_to_10_to_the_12_steps_too(scene, view):
    iris = make_dataset("iris_setosa_versicolor")
    assert caption(open_page(mine=(iris.X, iris.y), scene=scene, view=view, flow="true"))


def test_the_points_of_the_explorer_come_into_the_link():
    at = open_page()
    at.radio(key="address_points").set_value("mine").run()
    assert not at.exception
    answer(at)
    assert at.query_params["points"] == "mine"
    assert "pts" in at.query_params
    assert "separates all 100 points" in lines(at)


def test_a_link_to_points_of_another_session_says_so():
    at = AppTest.from_file(FRAME, default_timeout=600).run()
    at.switch_page("../../pages/observation_3.py")
    del at.session_state["laboratory_points"]
    at.query_params["mine"] = "true"
    at.run()
    assert "the explorer has no points for this page yet" in at.toast[0].value
    assert "mine" not in at.query_params, "a reload does not say it again"
    assert len(header(at)["runs"]) == 2


@pytest.mark.parametrize("fit_bias", [False, True])
@pytest.mark.parametrize("name", OWN)
def test_own_points_of_any_kind_get_sentences_in_every_scene(name, fit_bias):
    points = Dataset(*OWN[name])
    for scene, view in EVERY_VIEW:
        built = LESSON.scenes[scene - 1].build(asked(LESSON, points, view=view, with_bias=str(fit_bias).lower()))
        check_drawn(built, LIGHT)
        assert built.show.caption
        for line in (built.show.caption, *built.lines, *built.about):
            check_told(line)


@pytest.mark.parametrize("fit_bias", [False, True])
def test_every_picture_has_the_colours_of_the_dark_theme_too(fit_bias):
    for scene, view in EVERY_VIEW:
        link = {"view": view, "with_bias": str(fit_bias).lower(), "theme": DARK}
        built = LESSON.scenes[scene - 1].build(asked(LESSON, headline(), **link))
        check_drawn(built, DARK)


@pytest.mark.parametrize(("scene", "view"), [(3, 1), (4, 1), (5, 1), (5, 2)])
def test_large_random_data_can_be_drawn_in_few_bytes(scene, view):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2)) * 50
    dataset = Dataset(X, (X @ [1.0, 2.0] + 60 * rng.normal(size=200) > 0).astype(int))
    for shown in LESSON.scenes[scene - 1].build(asked(LESSON, dataset, view=view)).show.pictures.curves:
        assert len(shown.figure.to_json()) < 120_000


def test_own_points_of_any_kind_come_through_the_link():
    for (scene, view), points in zip(EVERY_VIEW, OWN.values(), strict=False):
        at = open_page(mine=points, scene=scene, view=view, with_bias="true")
        assert not at.toast
        assert header(at)["scene"].endswith("edited points")
        check_told(said(at))


def test_xor_has_its_optimum_at_zero_and_no_ray():
    assert "The minimum is at w* = 0. Along the cheapest direction" in lines(open_page(mine=OWN["XOR"], scene=3))


def test_points_too_large_to_train_on_get_one_sentence():
    at = open_page(mine=([[1e200, 0.0], [-1e200, 1.0]], [0, 1]))
    assert len(at.error) == 1
    assert "Rescale" in at.error[0].value


def test_points_too_large_to_train_on_lead_back_to_the_lecture_s():
    at = open_page(mine=TOO_LARGE, scene=4, with_bias="true", step=3)
    assert next(button for button in at.button if button.label == "Undo").disabled
    press(at, "Back to the lecture’s points")
    assert not at.error
    assert set(at.query_params) == {"scene", "with_bias"}
    assert "edited" not in header(at)["scene"]


@pytest.mark.parametrize("says_points", [True, False])
def test_the_last_edit_of_the_explorer_s_points_can_be_taken_back_here(says_points):
    at = AppTest.from_file(FRAME, default_timeout=600).run()
    source, history = at.session_state["laboratory_points"]
    at.session_state["laboratory_points"] = source, history.push(Dataset(*TOO_LARGE))
    at.switch_page("../../pages/observation_3.py")
    at.query_params["mine"] = "true"
    if says_points:
        at.query_params["pts"] = encode_points(Dataset(*TOO_LARGE))
    at.run()
    assert len(at.error) == 1
    press(at, "Undo")
    assert not at.error
    assert header(at)["points"] == encode_points(history.present)


def test_points_that_do_not_fit_into_a_link_are_said_so_once():
    at = AppTest.from_file(FRAME, default_timeout=600).run()
    source, history = at.session_state["laboratory_points"]
    many = make_dataset("overlapping_blobs", n_samples=500)
    at.session_state["laboratory_points"] = source, history.push(many)
    at.switch_page("../../pages/observation_3.py")
    at.query_params["mine"] = "true"
    at.run()
    assert not at.exception
    assert (header(at)["points"], header(at)["message"]) == (
        None,
        "500 points do not fit into a link; save them as a CSV instead.",
    )
    few = make_dataset("overlapping_blobs", n_samples=50)
    at.session_state["laboratory_points"] = source, history.push(few)
    at.run()
    assert (header(at)["points"], header(at)["message"]) == (encode_points(few), None)


def test_the_default_flip_shows_what_the_scene_is_about():
    wanted = {"overlapping": (2.6, 2.4), "quasi-separable": (0.5, 1.5), "slow": (1.2, 3.0)}
    assert {n: HEADLINE[default_flip(headline(), n, fit_bias=False)] for n in wanted} == wanted
    square = Dataset([[1.0, 0.0], [2.0, 0.0], [-1.0, 0.0], [-2.0, 0.5]], [1, 1, 0, 0])
    pair = make_pair(square, default_flip(square, "quasi-separable", fit_bias=True), fit_bias=True)
    assert pair.b.kind == "quasi-separable"
    assert default_flip(square, "overlapping", fit_bias=True) == 0, "no flip makes these points overlap"


def test_a_slice_with_a_lowest_point_is_not_called_a_valley_though_there_is_no_minimum():
    points = [[1.0, 2.0], [-2.0, 1.0], [0.0, -3.0], [1.0, 1.0]]
    assert check_separability(Dataset(points, [1, 1, 1, 1]), fit_bias=False).kind == "overlapping"
    at = open_page(mine=(points, [1, 1, 1, 1]), scene=8, with_bias="true")
    assert "In A and B the slice has a lowest point, the loss over (w, b) has none." in lines(at)
