"""In code: the listing is what runs, the notebook runs from top to bottom, and the page says why answers differ."""

import json
import re
import sys
from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline, online_course
from logreg.data.registry import make_dataset
from logreg.theory.regularisation import sklearn_penalty
from logreg.theory.three_answers import by_logreg
from logreg.training import thirty_lines
from logreg.ui.in_code.answers import answers, reasons, table
from logreg.ui.in_code.listing import FORMULAS, STYLE, listing, short_source
from logreg.ui.in_code.notebook import notebook
from logreg.ui.stage import encode_points
from tests.ui.lessons import link_of, open_lesson, said

MIXED, OVERLAP = make_dataset("overlapping_blobs"), headline(HEADLINE.index((2.6, 2.4)))
HUGE = Dataset(OVERLAP.X * 1e150, OVERLAP.y)
QUASI = Dataset([[0.0, 0.0], [1.0, 0.0], [0.5, 0.0], [2.0, 1.0]], [0, 0, 1, 1])
MANY = np.random.default_rng(0).normal(size=(2000, 30))
ODD = Dataset([[0.1 + 0.2, -1e-7], [1 / 3, 5.0], [1e9, 2.0]], [0, 1, 1])


def run_cells(text):
    """Execute the code cells of a notebook in order, as a kernel does; return the names that are left."""
    names = {}
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "cell", "exec"), names)
    return names


# ------------------------------------------------------------------ the listing


def test_the_lines_shown_are_those_that_run():
    names = {}
    exec(compile(short_source(), "shown", "exec"), names)
    w, b = names["train"](MIXED.X, MIXED.y, 100, 0.1)
    ours = thirty_lines.train(MIXED.X, MIXED.y, 100, 0.1)
    assert (w == ours[0]).all()
    assert b == ours[1]
    assert names["loss"](w, b, MIXED.X, MIXED.y) == thirty_lines.loss(w, b, MIXED.X, MIXED.y)
    shown = unescape(re.sub("<[^>]+>", "", listing().partition("<pre>")[2]))
    assert shown == short_source()


def test_every_formula_has_just_one_line_and_a_rule_that_lights_both_up():
    for k, (_, beginning) in enumerate(FORMULAS, 1):
        assert sum(line.strip().startswith(beginning) for line in short_source().split("\n")) == 1
        assert listing().count(f'data-k="{k}"') == 2
        assert STYLE.count(f'data-k="{k}"') == 2


def test_the_lines_fit_their_column():
    assert max(map(len, short_source().split("\n"))) <= 76


# ------------------------------------------------------------------ the notebook


@pytest.mark.parametrize("l2", [0.0, 0.125])
@pytest.mark.parametrize("dataset", [MIXED, ODD, Dataset([[1.0, 2.0]], [1])], ids=["mixed", "odd", "one point"])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_notebook_runs_from_top_to_bottom_on_the_points_of_the_page(dataset, l2, capsys):
    names = run_cells(notebook(dataset, 200, l2))
    assert (names["X"] == dataset.X).all()
    assert (names["y"] == dataset.y).all()
    expected = by_logreg(dataset, 200, l2).model
    np.testing.assert_allclose([*names["w"], names["b"]], expected.parameters, rtol=1e-7)
    assert "largest difference from above" in capsys.readouterr().out


def test_without_logreg_and_scikit_learn_the_notebook_runs_all_the_same(monkeypatch, capsys):
    for name in ("logreg", "sklearn", "sklearn.linear_model"):
        monkeypatch.setitem(sys.modules, name, None)
    run_cells(notebook(MIXED, 50, 0.0))
    printed = capsys.readouterr().out
    assert "logreg is not installed" in printed
    assert "scikit-learn is not installed" in printed


def test_the_notebook_is_of_the_format_that_it_names():
    found = json.loads(notebook(MIXED, 10, 0.0))
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in found["cells"]}) == len(found["cells"])
    for cell in found["cells"]:
        assert {"cell_type", "metadata", "source", "id"} <= cell.keys()
        assert ({"outputs", "execution_count"} <= cell.keys()) == (cell["cell_type"] == "code")


# ------------------------------------------------------------------ the answers


@pytest.mark.parametrize(
    ("dataset", "n_steps", "l2", "reason"),
    [
        (headline(), 1000, 0.0, "agree in no digit: separable points have no minimum"),
        (OVERLAP, 10_000, 0.0, "two ways to one minimum"),
        (OVERLAP, 100, 0.0, "logreg is not there yet: its loss is larger; take more steps"),
        (online_course(), 10_000, sklearn_penalty(online_course()), "asks the same here, and agrees in"),
        (headline(), 1000, 0.0, "a penalty of λ = 1/n = 0.0625 that nobody asked for"),
        (HUGE, 10_000, 0.0, "scikit-learn is not there yet: its loss is larger, and its stopping rule was content"),
        (Dataset([[1.0, 2.0], [2.0, 0.0]], [1, 1]), 10, 0.0, "refuses a single class"),
        (QUASI, 1000, 0.0, "agree in no digit: quasi-separable points have no minimum"),
        (QUASI, 10_000, 0.25, "two ways to one minimum"),
        (Dataset(MIXED.X[:, [0, 0]], MIXED.y), 10_000, 0.0, "two ways to the shortest of many minima, from 0"),
        (Dataset([[1.0], [1.0]], [0, 1]), 10, 0.0, "agree in all 16 digits"),
    ],
)
def test_it_is_said_why_they_agree_as_far_as_they_do(dataset, n_steps, l2, reason):
    found = answers(dataset, n_steps, l2)
    told = " ".join(reasons(dataset, found, n_steps, l2))
    assert reason in told
    assert "nan" not in table(found) + told


def test_the_table_has_a_row_for_each_answer_with_its_numbers():
    lines = table(answers(OVERLAP, 10_000, 0.0)).split("\n")
    assert lines[0] == "| | w₁ | w₂ | b | loss | ‖∇L‖ |"
    assert [line.split(" | ")[0] for line in lines[2:]] == [
        "| thirty lines",
        "| logreg",
        "| scikit-learn",
        "| scikit-learn as it comes",
    ]
    assert lines[2].split(" | ")[1:5] == lines[3].split(" | ")[1:5]


def test_thirty_features_have_a_column_each():
    heading = table(answers(Dataset(MANY, MANY[:, 0] > 0), 100, 0.1)).split("\n")[0]
    assert "| w₉ | w₁₀ | w₁₁ |" in heading
    assert "| w₃₀ | b |" in heading


def test_points_too_many_for_a_link_are_said_to_be_missing_in_it():
    at = open_lesson("in_code")
    source, kept = at.session_state["laboratory_points"]
    many = Dataset(MANY[:, :2], MANY[:, 0] > 0)
    at.session_state["laboratory_points"] = (source, replace(kept, present=many))
    at.query_params["points"] = "mine"
    at.run()
    assert "2,000 points do not fit into a link" in said(at)
    assert "Thirty lines and logreg" in said(at)


def test_points_beyond_float64_are_said_to_be_so():
    with pytest.raises(BeyondFloat64, match="too large to train on"):
        answers(Dataset(MIXED.X * 1e300, MIXED.y), 10, 0.0)


# ------------------------------------------------------------------ the page


def test_the_page_shows_what_its_link_says():
    at = open_lesson("in_code", points="overlap", steps="10000", penalty="C = 1")
    assert "one minimum" in said(at)
    assert "0.5252" in said(at)
    assert "asks the same here" in said(at)
    assert at.get("download_button")


def test_the_page_says_once_what_of_a_link_it_cannot_use():
    at = open_lesson("in_code", points="nowhere", steps="7")
    assert len(at.toast) == 1
    assert "“points” must be" in at.toast[0].value
    assert "Thirty lines and logreg" in said(at)


def test_the_points_of_the_explorer_are_taken_over():
    at = open_lesson("in_code", points="mine")
    assert not at.toast
    assert said(at) != said(open_lesson("in_code"))


def test_points_of_a_link_that_asks_for_others_are_named_and_left_out():
    pts = encode_points(ODD)
    at = open_lesson("in_code", pts=pts, points="course")
    assert "“pts” are the points of “points=mine” alone" in at.toast[0].value
    assert link_of(at) == {"points": "course"}
    assert link_of(open_lesson("in_code", pts=pts, points="mine")) == {"pts": pts, "points": "mine"}
