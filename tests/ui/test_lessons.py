"""Every lesson, every scene, on the lecture's points and on hard ones: a picture, a sentence, no error page."""

import re

import pytest

from logreg.data.dataset import Dataset
from logreg.ui.lesson.talk import Talk
from logreg.ui.stage import encode_points
from tests.figures.seen import told_by_colour_alone
from tests.ui.hard_points import SHAPES
from tests.ui.lessons import LESSONS, ROOT, header, lesson_of, link_of, open_lesson, said, scenes_of
from tests.ui.meanings import unexplained

PLACE = re.compile(r"\{([^{}]*)\}")
RUN_NUMBERS = re.findall(r"^    (\w+): \(\) =>", (ROOT / "logreg/ui/stage/caption.js").read_text("utf-8"), re.MULTILINE)
"""What a caption may say of a run: the browser writes "–" for any other name."""
HARD = {name: SHAPES[name] for name in ("one point", "one class around 0", "XOR", "collinear", "in one place")} | {
    "very large": ([[1e150, 0.0], [-1e150, 1.0]], [0, 1]),
}


def questions(at):
    """Return the answers to choose from, of the question that waits, if one does."""
    return [group for group in at.button_group if group.key and group.key.endswith("_answer")]


def check_scene(at):
    sent = header(at)
    assert sent is not None or at.error, "a picture, or a sentence that says why there is none"
    if sent is None:
        return
    assert sent["home"] == "start"
    assert sent["caption"].strip()
    assert len(sent["caption"].split("\n")) <= 3
    dial = sent["timeline"]
    known = set() if dial is None else {dial["name"], *dial["columns"], *dial["words"]}
    titles = [figure["layout"]["title"]["text"] for figure in sent["figures"]["curves"]]
    for text in [sent["caption"], *titles]:
        for place in PLACE.findall(text):
            of_a_run = place[:2] in ("0.", "1.") and place[2:] in RUN_NUMBERS
            assert place in known or of_a_run, f"{place} of {text!r} has no number"
    for figure in sent["figures"]["curves"]:
        for trace in figure["data"]:
            bind = trace["meta"].get("bind") or {}
            assert {bind[axis] for axis in ("x", "y") if axis in bind} <= known
    assert all(alt.strip() for alt in [*sent["alt"]["plane"], *sent["alt"]["curves"]])
    about, figures = sent["about"], [*sent["figures"]["plane"], *sent["figures"]["curves"]]
    notes = f"**{about['scene']}**\n"
    seen = (part.value.partition("\n\n## ")[0] for part in at.main.markdown)  # a scene's heading is only listened to
    texts = [sent["caption"], *(text for text in seen if not text.startswith(notes))]
    assert unexplained(about["lesson"], about["scene"], figures, texts) == [], "each needs its sentence in says*.js"
    for figure in figures:
        assert told_by_colour_alone(figure["data"]) == set()


@pytest.mark.parametrize("name", LESSONS)
def test_every_scene_opens_at_its_beginning_with_a_picture_and_a_sentence(name):
    at, opening = open_lesson(name), lesson_of(name).opening
    for scene in range(1, scenes_of(at) + 1):
        at.button(key=f"scene_{scene}").click().run()
        assert not at.exception, (scene, at.exception)
        assert link_of(at).get("scene") == (None if scene == opening else str(scene)), "a link says no default"
        check_scene(at)
        assert header(at)["step"] == 0


@pytest.mark.sweep
@pytest.mark.parametrize("points", HARD)
@pytest.mark.parametrize("name", LESSONS)
def test_every_scene_stands_hard_points(name, points):
    at = open_lesson(name, HARD[points])
    for scene in range(1, scenes_of(at) + 1):
        at.button(key=f"scene_{scene}").click().run()
        assert not at.exception, (scene, at.exception)
        check_scene(at)


@pytest.mark.parametrize("name", LESSONS)
def test_a_question_is_asked_before_the_lines_and_its_right_answer_is_said_to_be_right(name):
    at = open_lesson(name)
    asked = 0
    for scene in range(1, scenes_of(at) + 1):
        at.button(key=f"scene_{scene}").click().run()
        waiting = questions(at)
        if not waiting:
            continue
        asked += 1
        verdicts = []
        for option in waiting[0].options:
            again = open_lesson(name, scene=scene)
            (question,) = questions(again)
            question.set_value(option).run()
            assert not again.exception, again.exception
            verdicts.append(said(again))
        assert sum("**right.**" in verdict for verdict in verdicts) == 1
        assert sum("It is:" in verdict for verdict in verdicts) == len(verdicts) - 1
    assert asked >= 2, "two or three questions a page"


@pytest.mark.parametrize("name", LESSONS)
def test_the_end_closes_a_question_and_leaves_nothing_to_be_said_of_an_answer(name):
    at = open_lesson(name, step="end")
    for scene in range(1, scenes_of(at) + 1):
        at = open_lesson(name, scene=scene, step="end")
        assert not questions(at)
        question = lesson_of(name).scenes[scene - 1].question
        if question is not None:
            assert "You said" not in said(at)
            assert any(f"**{option}.** " in said(at) for option in question.options)


def test_a_question_of_which_another_answer_is_right_now_is_asked_anew():
    at = open_lesson("maximum_likelihood", scene=3)
    (question,) = questions(at)
    question.set_value("After 1,075 factors").run()
    assert "You said “After 1,075 factors”: **right.**" in said(at)
    at.query_params["factor"] = "0.9"
    at.run()
    assert "You said" not in said(at)
    assert "Never" not in said(at)
    (question,) = questions(at)
    question.set_value("Never").run()
    assert "You said “Never”: **right.**" in said(at)


def test_an_answer_for_one_view_is_none_for_another_that_has_other_points():
    at = open_lesson("beyond", scene=4)
    (question,) = questions(at)
    question.set_value("Grow for ever").run()
    assert "**right.**" in said(at)
    at.query_params["view"] = "2"
    at.run()
    assert "You said" not in said(at)
    assert questions(at)


def test_the_end_of_one_scene_is_not_taken_along_to_the_question_of_another():
    at = open_lesson("observation_3", scene=5, step="end")
    at.button(key="scene_6").click().run()
    assert header(at)["step"] == 0
    assert questions(at)


@pytest.mark.parametrize("name", LESSONS)
def test_what_a_link_says_wrong_is_said_in_one_sentence(name):
    at = open_lesson(name, scene=99, nonsense=1)
    (toast,) = at.toast
    assert "“scene” must be" in toast.value
    assert "there is no setting “nonsense”" in toast.value
    check_scene(at)


def test_that_the_reader_s_own_points_are_missing_is_said_once_and_not_at_a_reload():
    at = open_lesson("sigmoid")
    del at.session_state["laboratory_points"]  # as if the explorer had not been open
    at.query_params["points"] = "mine"
    assert len(at.run().toast) == 1
    assert "points" not in at.query_params
    for scene in (2, 3):
        at.button(key=f"scene_{scene}").click().run()
        assert not at.toast


@pytest.mark.parametrize("name", LESSONS)
def test_the_cues_of_the_run_sheets_lead_to_scenes_views_and_points_that_there_are(name):
    lesson = lesson_of(name)
    cues = [cue for sheet in lesson.run_sheets.values() for cue in sheet]
    assert len(cues) >= 8, "60 seconds and 5 minutes"
    for cue in cues:
        scene = lesson.scenes[int(cue.link["scene"]) - 1]
        assert 1 <= int(cue.link.get("view", 1)) <= max(len(scene.views), 1)
        assert cue.link.get("points", "lecture") in {one.word for one in lesson.points} | {"lecture"}


@pytest.mark.parametrize("name", LESSONS)
def test_a_scene_that_leads_elsewhere_leads_to_a_scene_that_there_is(name):
    for scene in lesson_of(name).scenes:
        for one in scene.see:
            assert one.page in LESSONS
            other = lesson_of(one.page).scenes[int(one.link.get("scene", 1)) - 1]
            assert int(one.link.get("view", 1)) <= max(len(other.views), 1)


def test_the_notes_lead_to_another_pages_scene():
    at = open_lesson("gradient")
    (link,) = [link.proto for link in at.get("page_link") if "at its balance" in link.proto.label]
    assert link.page == "observation-3"
    assert "scene=5" in link.query_string


@pytest.mark.parametrize(("name", "sheet"), [(name, sheet) for name in LESSONS for sheet in lesson_of(name).run_sheets])
def test_one_key_leads_from_cue_to_cue_and_moves_the_stage_every_time(name, sheet):
    at = open_lesson(name, lecture="true")
    at.session_state[f"{name}_talk"] = Talk(sheet, -1, 0.0)
    cues = lesson_of(name).run_sheets[sheet]
    moved = [header(at)["seek"]]
    for cue in cues:
        at.button(key="next_cue").click().run()
        assert not at.exception, at.exception
        assert not at.toast, "a good link"
        assert cue.link.items() - link_of(at).items() <= {("scene", str(lesson_of(name).opening))}
        assert link_of(at).items() <= cue.link.items() | {("lecture", "true")}, "nothing of the cue before is left"
        assert cue.say in said(at).replace("\\*", "*")
        moved.append(header(at)["seek"])
    assert len(set(moved)) == len(moved)
    at.button(key="previous_cue").click().run()
    assert cues[-2].say in said(at).replace("\\*", "*")
    assert cues[-2].link.items() - link_of(at).items() <= {("scene", str(lesson_of(name).opening))}
    for _ in range(2):
        at.button(key="next_cue").click().run()
    assert lesson_of(name).first in said(at), "after the last cue the sheet is at its end"
    assert "points" not in link_of(at), "and with it the points that it brought are gone"
    at.button(key="previous_cue").click().run()
    assert cues[-1].say in said(at).replace("\\*", "*")
    at.button(key="next_cue").click().run()
    at.button(key="next_cue").click().run()
    assert cues[0].say in said(at).replace("\\*", "*"), "and begins anew"


def test_points_that_were_chosen_stay_through_a_run_sheet_and_those_of_a_cue_go_with_it():
    points = encode_points(Dataset([[0, 0], [1, 2], [2, -1]], [0, 1, 1]))
    for chosen in ({"points": "course"}, {"points": "mine", "pts": points}, {"flip": "2"}):
        at = open_lesson("gradient", **chosen)
        at.session_state["gradient_talk"] = Talk("5 minutes", -1, 0.0)
        for cue in lesson_of("gradient").run_sheets["5 minutes"]:
            at.button(key="next_cue").click().run()
            assert not at.toast, "a good link"
            wanted = {"points": cue.link["points"]} if "points" in cue.link else chosen
            assert {key: text for key, text in link_of(at).items() if key in ("points", "pts", "flip")} == wanted
