"""Observation 3 through the frame, without a browser: every scene, what it says, and what a link can say to it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline
from logreg.data.registry import make_dataset
from logreg.ui.observation_3 import questions
from logreg.ui.observation_3.pair import default_flip, make_pair
from logreg.ui.stage import encode_points
from tests.ui.lessons import asked, lesson_of

ROOT = Path(__file__).resolve().parents[2]
FRAME = str(ROOT / "logreg/ui/frame.py")
LESSON = lesson_of("observation_3")
EVERY_VIEW = [(n, view) for n, scene in enumerate(LESSON.scenes, 1) for view in range(1, max(len(scene.views), 1) + 1)]
GRID = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
OWN = {
    "XOR": (GRID, [0, 1, 1, 0]),
    "XOR around the origin": ([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]], [0, 1, 1, 0]),
    "one point": ([[1.0, 1.0]], [1]),
    "one point at the origin": ([[0.0, 0.0]], [1]),
    "one class": ([[1.0, 1.0], [2.0, 1.0], [1.0, 3.0]], [1, 1, 1]),
    "one class around the origin": ([[1.0, 1.0], [-2.0, 1.0], [1.0, -3.0]], [0, 0, 0]),
    "collinear, through the origin": ([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]], [0, 1, 0]),
    "collinear, off the origin": ([[-1.0, 1.0], [1.0, 1.0], [2.0, 1.0], [3.0, 1.0]], [0, 1, 0, 1]),
    "twice the same place": ([[1.0, 1.0], [1.0, 1.0]], [0, 1]),
    "a gap of 2e-8": ([[1e8, 0.0], [1e8 + 2e-8, 0.0], [1e8, 1.0]], [0, 1, 1]),
    "very large": ([[1e150, 0.0], [-1e150, 1.0]], [0, 1]),
}


def open_page(mine=None, answered=True, **parameters):
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    at.switch_page("../../pages/observation_3.py")
    if mine is not None:
        parameters |= {"mine": "true", "pts": encode_points(Dataset(*mine))}
    for key, value in parameters.items():
        at.query_params[key] = str(value)
    at.run()
    assert not at.exception, at.exception
    return answer(at) if answered and not at.toast else at


def answer(at, number=0):
    """Answer the scene's question, where it has one."""
    for group in at.button_group:
        if group.key and group.key.endswith("_answer"):
            group.set_value(group.options[number]).run()
            assert not at.exception, at.exception
    return at


def header(at):
    sent = bytes(at.get("bidi_component")[0].proto.bytes)
    return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def caption(at):
    return header(at)["caption"]


def lines(at):
    return " ".join(m.value for m in at.main.markdown).replace("\\*", "*")


def said(at):
    return f"{caption(at)} {lines(at)} {' '.join(c.value for c in at.main.caption)}".replace("\\*", "*")


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
def test_every_scene_has_a_picture_a_caption_and_at_most_three_lines(scene, view, bias):
    at = open_page(scene=scene, view=view, with_bias=bias)
    assert not at.toast
    assert header(at)["figures"]["curves"] or header(at)["layout"] == "planes"
    assert len(header(at)["alt"]["curves"]) == len(header(at)["figures"]["curves"])
    assert 1 <= len(caption(at).split("\n")) <= 3
    assert max(map(len, caption(at).split("\n"))) <= 150
    assert at.button(key=f"scene_{scene}").proto.type == "primary"
    assert "nan" not in said(at)
    assert "converged" not in said(at).replace("not converged", "")


@pytest.mark.parametrize(("scene", "view"), EVERY_VIEW)
def test_a_caption_asks_only_for_what_the_stage_can_fill_in(scene, view):
    names = {"step", "loss", "norm", "gain", "short", "size", "growth", "shortfall"}
    at = open_page(scene=scene, view=view)
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


def test_with_a_bias_the_third_case_is_said_to_be_separable():
    assert "With this flip the points are separable" in caption(open_page(scene=6, with_bias="true"))


def test_with_a_bias_a_direction_is_a_point_of_a_sphere():
    assert "a point of a sphere" in lines(open_page(scene=4, with_bias="true"))


def test_the_flow_goes_on_to_10_to_the_12_steps_and_a_year_is_spelled_out():
    at = open_page(flow="true")
    assert "After 3.2·10¹³ steps, a year at a million a second, theory says ‖w‖ = 21.02." in lines(at)


@pytest.mark.parametrize(("scene", "view"), [(2, 1), (6, 1), (8, 2)])
def test_own_points_flow_on_to_10_to_the_12_steps_too(scene, view):
    iris = make_dataset("iris_setosa_versicolor")
    assert caption(open_page(mine=(iris.X, iris.y), scene=scene, view=view, flow="true"))


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
    assert titles == ["A: separable", "B: one label flipped"]
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
    assert titles == ["A: separable", "B: one label flipped"]
    assert "What will B do?" in caption(at)
    for word in ("overlap", "quasi", "settles at", "minimum", "0.9150"):
        assert word not in caption(at)
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


def test_a_scene_button_changes_the_scene_and_a_flip_a_step_and_the_flow_come_along():
    at = open_page(scene=2, flip=0, view=1, step=100, flow="true", reveal="true")
    at.button(key="scene_6").click().run()
    answer(at)
    assert at.query_params["scene"] == "6"
    assert [at.query_params[key] for key in ("flip", "step", "flow")] == ["0", "100", "true"]
    assert "14 of 16" in lines(at)
    at.button(key="scene_3").click().run()
    assert "step" not in at.query_params, "another dial"
    assert "flow" not in at.query_params, "no flow there"
    assert at.query_params["flip"] == "0"
    at.button(key="scene_6").click().run()
    at.button(key="pageup").click().run()
    assert at.query_params["scene"] == "5"


def test_the_first_scene_has_none_before_it_and_the_last_none_after():
    assert open_page(scene=1).button(key="pageup").disabled
    assert open_page(scene=9).button(key="pagedown").disabled


def test_a_switch_goes_into_the_link_and_out_of_it():
    at = open_page()
    at.toggle(key="address_with_bias").set_value(True).run()
    assert at.query_params["with_bias"] == "true"
    assert "‖(w, b)‖" in caption(at)
    at.toggle(key="address_with_bias").set_value(False).run()
    assert "with_bias" not in at.query_params
    assert "‖(w, b)‖" not in caption(at)


def test_the_dial_of_the_penalty_says_the_minimum_of_every_one_of_its_values():
    dial = header(open_page(scene=9))["timeline"]
    assert dial["name"] == "λ"
    assert len(dial["words"]["where"]) == 21
    assert "with λ = 0.01 the minimum is at ‖w*‖ = 2.113" in dial["words"]["where"]


def test_a_flip_in_the_link_flips_that_point():
    at = open_page(flip=HEADLINE.index((1.2, 3.0)))
    assert "‖w*‖ = 3.911" in caption(at)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("scene", "0"),
        ("scene", "10"),
        ("scene", "two"),
        ("flip", "16"),
        ("flip", "-1"),
        ("view", "3"),
        ("with_bias", "maybe"),
        ("flow", "2"),
        ("step", "1e99"),
        ("axis", "cubic"),
        ("pts", "AAAA"),
        ("no_such_setting", "1"),
    ],
)
def test_a_bad_value_in_a_link_falls_back_with_one_sentence(key, value):
    at = open_page(**{key: value})
    assert len(at.toast) == 1
    assert key.split("_")[0] in at.toast[0].value
    assert "What will B do?" in caption(at)
    at.button(key="scene_2").click().run()
    assert not at.toast  # once is enough


def test_the_points_of_the_explorer_come_into_the_link():
    at = open_page()
    at.radio(key="address_points").set_value("mine").run()
    assert not at.exception
    answer(at)
    assert at.query_params["points"] == "mine"
    assert "pts" in at.query_params
    assert "separates all 100 points" in lines(at)


def test_a_link_to_points_of_another_session_says_so():
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    at.switch_page("../../pages/observation_3.py")
    del at.session_state["laboratory_points"]
    at.query_params["mine"] = "true"
    at.run()
    assert "The explorer has no points" in at.toast[0].value
    assert len(header(at)["runs"]) == 2


def check_told(told):
    assert told
    assert "nan" not in told
    assert "not a number" not in told


@pytest.mark.parametrize("fit_bias", [False, True])
@pytest.mark.parametrize("name", OWN)
def test_own_points_of_any_kind_get_sentences_in_every_scene(name, fit_bias):
    points = Dataset(*OWN[name])
    for scene, view in EVERY_VIEW:
        built = LESSON.scenes[scene - 1].build(asked(LESSON, points, view=view, with_bias=str(fit_bias).lower()))
        assert built.show.caption
        for line in (built.show.caption, *built.lines, *built.about):
            check_told(line)


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


TOO_LARGE = ([[1e200, 0.0], [-1e200, 1.0]], [0, 1])


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_points_too_large_to_train_on_lead_back_to_the_lecture_s():
    at = open_page(mine=TOO_LARGE, scene=4, with_bias="true", step=3)
    assert next(button for button in at.button if button.label == "Undo").disabled
    press(at, "Back to the lecture’s points")
    assert not at.error
    assert set(at.query_params) == {"scene", "with_bias"}
    assert "edited" not in header(at)["scene"]


@pytest.mark.parametrize("says_points", [True, False])
def test_the_last_edit_of_the_explorer_s_points_can_be_taken_back_here(says_points):
    at = AppTest.from_file(FRAME, default_timeout=60).run()
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
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    source, history = at.session_state["laboratory_points"]
    many = make_dataset("overlapping_blobs", n_samples=500)
    at.session_state["laboratory_points"] = source, history.push(many)
    at.switch_page("../../pages/observation_3.py")
    at.query_params["mine"] = "true"
    at.run()
    assert not at.exception
    assert (header(at)["points"], header(at)["message"]) == (
        None,
        "500 edited points do not fit into a link; save them as a CSV instead.",
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


def test_a_run_that_no_step_moves_ends_where_it_ends_and_is_drawn_on_where_it_stays():
    b = make_pair(headline(), HEADLINE.index((2.6, 2.4)), fit_bias=False).b
    assert (b.trajectory.last_step, b.view.last_step) == (1152, 100_000)
    for name in ("weights", "loss", "parameter_norm"):
        drawn = b.view.column(name)
        assert len(drawn) == len(b.view.steps) == b.trajectory.n_records + 1
        assert drawn[-1].tolist() == drawn[-2].tolist()
    assert (b.trajectory.descent().advance(b.trajectory.weights[-1], 1000) == b.trajectory.weights[-1]).all()


def test_every_cue_of_the_run_sheets_is_a_good_link():
    for cues in LESSON.run_sheets.values():
        for cue in cues:
            assert not open_page(answered=False, **cue.link).toast


def test_a_followed_link_is_written_into_the_address():
    at = open_page(scene=3, cue="1")
    assert not at.toast
    assert "cue" not in at.query_params
    assert at.query_params["scene"] == "3"


def test_the_page_opens_without_scipy_scikit_learn_or_pandas():
    code = f"""
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
at = AppTest.from_file({FRAME!r}, default_timeout=60).run()
at.switch_page("../../pages/observation_3.py").run()
assert not at.exception, at.exception
assert len(at.get("bidi_component")) == 1
print(*[m for m in ("scipy", "sklearn", "pandas") if m in sys.modules and m not in before])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_run_sheets_are_links_of_this_page():
    links = open_page().get("page_link")
    assert len(links) == sum(map(len, LESSON.run_sheets.values()))
    assert {link.proto.page for link in links} == {"observation-3"}


def test_a_slice_with_a_lowest_point_is_not_called_a_valley_though_there_is_no_minimum():
    points = [[1.0, 2.0], [-2.0, 1.0], [0.0, -3.0], [1.0, 1.0]]
    assert check_separability(Dataset(points, [1, 1, 1, 1]), fit_bias=False).kind == "overlapping"
    at = open_page(mine=(points, [1, 1, 1, 1]), scene=8, with_bias="true")
    assert "In A and B the slice has a lowest point, the loss over (w, b) has none." in lines(at)


def test_while_a_question_is_open_nothing_is_said_of_b():
    for scene in (2, 6):
        at = open_page(scene=scene, predict="true", answered=False)
        told = " ".join(element.value for element in at.main.caption)
        assert not re.search(r"\bB\b", told)


def test_theory_is_said_to_hold_in_the_end():
    assert "theory: 1.628 a decade in the end" in caption(open_page())
