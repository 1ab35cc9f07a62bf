"""Beyond the notes: its scenes built directly, with their numbers; the page opened once for each kind of thing."""

import re
from unittest import mock

import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from tests.certificates.verdicts import count_labellings
from tests.ui.claims.held import check_scenes_of_their_own
from tests.ui.lessons import HARD, asked, build, header, lesson_of, open_lesson, said
from tests.ui.meanings import check_meanings

LESSON = lesson_of("beyond")
POINTS = {one.word: one.make() for one in LESSON.points} | {name: HARD[name] for name in ("in one place", "one point")}
VIEWS = [(n, v) for n, scene in enumerate(LESSON.scenes, 1) for v in range(1, max(len(scene.views), 1) + 1)]


@pytest.mark.sweep
def test_what_the_scenes_say_is_what_a_second_hand_says():
    check_scenes_of_their_own("beyond")


@pytest.mark.parametrize(("number", "view"), VIEWS)
def test_every_mark_and_letter_of_every_view_has_its_sentence(number, view):
    check_meanings(LESSON, LESSON.scenes[number - 1], build(LESSON, number, headline(), view=view))


@pytest.mark.parametrize("points", POINTS)
def test_labels_are_tossed_on_any_points_and_the_answer_is_counted_on_them(points):
    question = LESSON.scenes[0].question
    screen = asked(LESSON, POINTS[points])
    found = count_labellings(POINTS[points].X[:6])
    share = found["separable"] / found.total()
    assert question.right(screen) == (0 if share < 0.25 else 1 if share <= 0.75 else 2)
    assert f": {found['separable']} of {found.total()} labellings" in question.because(screen)


def test_the_question_and_the_answer_are_of_as_many_points_as_there_are():
    question = LESSON.scenes[0].question
    assert question.text.startswith("A coin for each label of up to six points.")
    for n, points in ((1, "1 point"), (3, "3 points"), (6, "6 points"), (8, "6 points")):
        few = Dataset(headline().X[:n], headline().y[:n])
        assert question.because(asked(LESSON, few)).startswith(f"Counted on {points}: ")


def test_points_on_one_line_are_named_with_what_follows():
    assert "so Cover’s number holds" in build(LESSON, 1, headline()).lines[0]
    assert "Points 1, 2, 3 lie on one line: none cuts off the middle" in build(LESSON, 1, POINTS["grid"]).lines[0]
    assert "Points 1, 2 lie at one place: no line parts them" in build(LESSON, 1, POINTS["in one place"]).lines[0]


def test_the_first_toss_is_told_by_its_verdict_and_more_by_their_tally():
    assert build(LESSON, 1, headline()).show.caption == "n = {n}: this toss is {verdict}; {counted}."
    assert "{hits} of 2,001 tosses are separable" in build(LESSON, 1, headline(), toss=2001).show.caption
    assert "A toss gives the first 12 of 16 points a coin" in build(LESSON, 1, headline()).lines[1]


@pytest.mark.parametrize(("toss", "names"), [
    (1, ["Toss one", "Toss 1,000", "Start again"]),
    (99_500, ["Toss one", "Start again"]),
    (100_000, ["Start again"]),
])  # fmt: skip
def test_only_tosses_that_are_counted_are_offered(toss, names):
    view = build(LESSON, 1, headline(), toss=toss)
    assert [one.label for one in view.actions] == names
    assert ("More than 100,000 tosses are not counted" in view.lines[1]) == (len(names) < 3)


@pytest.mark.parametrize(("which", "toss", "coins"), [(0, ["6"], ["3"]), (1, ["1005"], ["3"]), (2, None, ["4"])])
def test_a_button_changes_the_tosses_or_the_coins_of_the_link_and_nothing_else(which, toss, coins):
    button = build(LESSON, 1, headline(), toss=5, coins=3).actions[which]
    before = {"toss": ["5"], "coins": ["3"], "step": ["7"]}
    with mock.patch("logreg.ui.address.parameters", return_value=before), mock.patch("logreg.ui.address.st") as st:
        st.session_state = {}
        button.run()
    after = {"toss": toss, "coins": coins, "step": ["7"]}
    assert st.query_params.from_dict.call_args.args[0] == {name: said for name, said in after.items() if said}


def test_one_wrong_label_of_three_classes_is_said_to_be_quasi_separable_with_its_pairs():
    because = LESSON.scenes[3].question.because(asked(LESSON, headline(), view=2))
    assert "quasi-separable: 40 of 60 pairs" in because


def test_a_real_table_stands_beside_the_true_model_with_its_own_verdict():
    built = build(LESSON, 3, headline())
    assert re.search(
        r": [67]\d\.?\d* % of random choices of 20 rows are separable, all 100 rows are not", built.lines[1]
    )
    assert built.about == (
        "Whole tables: setosa and versicolor (petals) is separable.",
        "Whole tables: versicolor and virginica (petals) is overlapping.",
    )


def test_the_page_opens_and_asks_first():
    at = open_lesson("beyond", scene="1", toss="1001", coins="2")
    assert not at.error
    assert "of 1,001 tosses" in header(at)["caption"]
    assert [button["label"] for button in header(at)["actions"]] == ["Toss one", "Toss 1,000", "Start again"]
    assert "No three of these" not in said(at)
    choice = next(one for one in at.get("button_group") if one.key.endswith("_answer"))
    choice.set_value("Half the time").run()
    assert not at.exception
    assert "**right.** Counted on 6 points: 32 of 64 labellings are separable" in said(at)
    assert "No three of these" in said(at)
