"""Observation 3 through the frame, without a browser: every scene, what it says, and its two questions."""

import json
import re

import pytest

from logreg.data.lecture_sets import HEADLINE, headline
from logreg.ui.observation_3 import questions
from logreg.ui.observation_3.pair import make_pair
from logreg.ui.stage import ONCE_SEEN
from tests.ui.lessons import header
from tests.ui.observation_3_page import EVERY_VIEW, LESSON, answer, caption, lines, open_page, said


def test_it_opens_on_two_norms_with_a_straight_line_and_a_plateau():
    at = open_page()
    assert "theory: 1.628 a decade in the end" in caption(at)
    assert "‖w*‖ = 0.9150" in caption(at)
    assert "separates all 16 points; the nearest is 1.414 away. There is no minimum." in lines(at)
    assert "all 16 s·x can cancel" in lines(at)
    assert header(at)["targets"] == [None, pytest.approx(0.91496, abs=1e-5)]
    assert [run["name"] for run in header(at)["runs"]] == ["A", "B"]
    assert len(header(at)["figures"]["plane"]) == 2
    assert not at.toast
    assert not at.error


@pytest.mark.parametrize("bias", ["false", "true"])
@pytest.mark.parametrize(("scene", "view"), EVERY_VIEW)
def test_every_scene_has_a_picture_at_most_three_lines_and_a_caption_of_what_the_stage_can_fill_in(scene, view, bias):
    at = open_page(scene=scene, view=view, with_bias=bias)
    assert not at.toast
    assert header(at)["figures"]["curves"] or header(at)["layout"] == "planes"
    assert len(header(at)["alt"]["curves"]) == len(header(at)["figures"]["curves"])
    assert 1 <= len(caption(at).split("\n")) <= 3
    assert max(map(len, re.split(r"\n| \|\| ", caption(at)))) <= 150
    assert at.button(key=f"scene_{scene}").proto.type == "primary"
    assert "nan" not in said(at)
    assert "converged" not in said(at).replace("not converged", "")
    names = {"step", "loss", "norm", "gain", "short", "size", "growth", "shortfall"}
    sent = header(at)["timeline"]
    dial = set() if sent is None else {sent["name"], *sent["columns"], *sent["words"]}
    places = [place for place in re.findall(r"\{(.*?)\}", caption(at)) if place not in dial]
    assert {place.split(".")[1] for place in places} <= names
    assert {int(place.split(".")[0]) for place in places} <= set(range(len(header(at)["runs"])))
    assert "[" not in re.sub(r"\[[^\[\]]*\]", "", caption(at))


@pytest.mark.parametrize(
    ("scene", "view", "says"),
    [
        (1, 1, "ln 2 = 0.6931"),
        (1, 1, "w ≈ log(ηt), η = 4"),
        (3, 1, "log₁₀ L = −6.142·10⁹"),
        (3, 1, "Along w* the loss falls to r = 0.9150"),
        (4, 1, "Every direction costs at least c* = 0.09053 per unit of ‖w‖, so ‖w*‖ ≤ ln 2/c* = 7.657."),
        (5, 1, "1 misclassified point loses what the others gain"),
        (6, 1, "has 14 of 16 points on their side and the other 2 on it. There is no minimum."),
        (6, 1, "its infimum is 0.08664 > 0, and never reached"),
        (6, 1, "**Stopped at the step limit, 100,000.** That is a limit, not convergence."),
        (7, 1, "One of them settles, the other grows for ever"),
        (7, 2, "34.1 with an overlap of 0.01, 34.8 touching, 35.5 with a gap of 0.01"),
        (7, 2, "ends at 71.2"),
        (8, 2, "turned by 0.0422°, while ‖w‖ changed by 1.622"),
        (9, 1, "Without a penalty there is no minimum."),
        (9, 1, "λ = 1/(nC): with λ = 0.0625 the minimum is at ‖w*‖ = 1.346"),
        (9, 2, "6.31° off"),
        (9, 3, "cross-entropy 0.1309 → 0.8824"),
    ],
)
def test_a_scene_says_its_numbers(scene, view, says):
    assert says in said(open_page(scene=scene, view=view))


def test_with_a_bias_all_lengths_are_of_w_and_b():
    at = open_page(with_bias="true")
    assert "‖(w, b)‖ = {0.size}" in caption(at)
    assert "‖(w*, b*)‖ = 1.292" in caption(at)
    assert "‖w‖" not in caption(at)
    assert "their hulls share (2.270, 1.930)" in lines(at)


def test_that_no_flip_gives_the_third_case_is_said_where_none_does():
    none, another = "No flip of one label gives these points the third case.", "flip another to see the third case"
    assert none in caption(open_page(scene=6, with_bias="true"))
    assert none in caption(open_page(([[1, 1], [2, 0.5], [-1, 0.3]], [1, 0, 1]), scene=6))
    assert another in caption(open_page(([[1, 0], [2, 0], [0, 1]], [1, 1, 1]), scene=6, flip=2))
    itself = ([[1, 0], [2, 0], [0, 1], [1, 2], [-1, 2]], [1, 0, 1, 1, 1])
    assert "A itself is the third case" in caption(open_page(itself, scene=6))


def test_with_a_bias_a_direction_is_a_point_of_a_sphere():
    assert "a point of a sphere" in lines(open_page(scene=4, with_bias="true"))


def test_with_a_bias_the_training_moves_beside_the_ray_and_no_plane_is_there():
    shown = header(open_page(scene=4, with_bias="true"))
    assert shown["figures"]["plane"] == []
    assert shown["timeline"]["name"] == "step"
    moving = [one["meta"]["bind"] for one in shown["figures"]["curves"][1]["data"] if "bind" in one["meta"]]
    assert moving == [{"how": "at", "x": "length1", "y": "loss1"}] * 2


def test_the_flow_goes_on_to_10_to_the_12_steps_and_a_year_is_spelled_out():
    at = open_page(flow="true")
    assert "After 3.2·10¹³ steps, a year at a million a second, theory says ‖w‖ = 21.02." in lines(at)


def test_without_names_the_runs_end_at_a_thousand_steps_and_the_planes_are_gone():
    hidden, shown = header(open_page(scene=7)), header(open_page(scene=7, reveal="true"))
    assert hidden["figures"]["plane"] == []
    assert "‖w*‖" not in json.dumps(hidden, ensure_ascii=False)
    assert len(shown["figures"]["plane"]) == 2
    assert "‖w*‖ = 3.911" in shown["caption"]


@pytest.mark.parametrize("scene", [2, 6])
def test_a_question_hides_b_until_it_is_answered(scene):
    at = open_page(scene=scene, predict="true", answered=False)
    assert "{1." not in caption(at)
    titles = [figure["layout"]["title"]["text"] for figure in header(at)["figures"]["plane"]]
    assert titles[-1] == "B: one label flipped"
    answer(at)
    assert "You said" in lines(at)
    assert "{1." in caption(at)
    assert not [group for group in at.button_group if group.key.endswith("_answer")]
    at.button(key="scene_4").click().run()
    at.button(key=f"scene_{scene}").click().run()
    assert "You said" in lines(at), "what was answered stays"


@pytest.mark.parametrize("scene", [2, 6])
def test_while_a_question_is_open_nothing_is_said_of_what_b_will_do(scene):
    at = open_page(scene=scene, answered=False)
    titles = [figure["layout"]["title"]["text"] for figure in header(at)["figures"]["plane"]]
    assert titles[-1] == "B: one label flipped"
    question, _, rest = caption(at).partition(ONCE_SEEN)
    assert question.endswith("What will B do?")
    for word in ("overlap", "quasi", "settles at", "minimum", "0.9150"):
        assert word not in question + rest.partition("\n")[2]
    assert not re.search(r"\*\*B\.", lines(at))


@pytest.mark.parametrize(
    ("flip", "bias", "growth", "third"),
    [
        ((2.6, 2.4), False, 0, 0),
        ((0.5, 1.5), False, 2, 2),
        ((0.5, 1.5), True, 2, 1),
        ((1.2, 3.0), True, 0, 0),
    ],
)
def test_the_right_answer_follows_from_the_points(flip, bias, growth, third):
    pair = make_pair(headline(), HEADLINE.index(flip), bias)
    assert [questions.growth(pair), questions.third(pair)] == [growth, third]
    link = {"flip": HEADLINE.index(flip), "with_bias": str(bias).lower()}
    for scene, right in ((2, growth), (6, third)):
        at = answer(open_page(scene=scene, answered=False, **link), right)
        assert "**right.**" in lines(at)
        at = answer(open_page(scene=scene, answered=False, **link), (right + 1) % 3)
        assert f"It is: {LESSON.scenes[scene - 1].question.options[right]}" in lines(at)


def test_the_dial_of_the_penalty_says_the_minimum_of_every_one_of_its_values():
    dial = header(open_page(scene=9))["timeline"]
    assert dial["name"] == "λ"
    assert len(dial["words"]["where"]) == 21
    assert "with λ = 0.01 the minimum is at ‖w*‖ = 2.113" in dial["words"]["where"]


def test_a_run_that_no_step_moves_ends_where_it_ends_and_is_drawn_on_where_it_stays():
    b = make_pair(headline(), HEADLINE.index((2.6, 2.4)), fit_bias=False).b
    assert (b.trajectory.last_step, b.view.last_step) == (1152, 100_000)
    for name in ("weights", "loss", "parameter_norm"):
        drawn = b.view.column(name)
        assert len(drawn) == len(b.view.steps) == b.trajectory.n_records + 1
        assert drawn[-1].tolist() == drawn[-2].tolist()
    assert (b.trajectory.descent().advance(b.trajectory.weights[-1], 1000) == b.trajectory.weights[-1]).all()


def test_while_a_question_is_open_nothing_is_said_of_b():
    for scene in (2, 6):
        at = open_page(scene=scene, predict="true", answered=False)
        told = " ".join(element.value for element in at.main.caption)
        assert not re.search(r"\bB\b", told)
