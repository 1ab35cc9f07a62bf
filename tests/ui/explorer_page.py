"""The explorer through the frame, without a browser: how its tests open it and read it."""

from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.training.trainer import train
from logreg.ui.explorer.controls import TrainingChoice
from logreg.ui.explorer.pin import Pinned
from tests.ui.lessons import FRAME
from tests.ui.lessons import header as header_of_the_stage


def open_page(**parameters):
    at = AppTest.from_file(FRAME, default_timeout=600)
    for key, value in parameters.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def headline(at):
    return at.main.markdown[0].value


def verdict(at):
    return at.main.markdown[1].value.replace("\\*", "*").replace("\\", "")


def numbers(at):
    names, _, values = next(m.value for m in at.main.markdown if m.value.startswith("| ")).split("\n")
    return {name.strip(): value.strip() for name, value in zip(names.split("|"), values.split("|"), strict=True)}


def everything(at):
    return " ".join(m.value for m in [*at.main.markdown, *at.main.caption, *at.sidebar.caption])


def axis_titles(at):
    layout = header_of_the_stage(at)["figures"]["plane"][0]["layout"]
    return [layout[name]["title"]["text"] for name in ("xaxis", "yaxis")]


def pinned(at, **values):
    """Pin the run of the default data, trained as said; a stage's button cannot be pressed here."""
    source, history = at.session_state["laboratory_points"]
    choice = TrainingChoice(**{**DEFAULTS, **values})
    run = train(history.present, choice.config(history.present))
    at.session_state["explorer_pinned"] = Pinned(run, history.present, history.preset, source, choice, False)


DEFAULTS = {"learning_rate": "auto", "steps": "100", "l2": "0", "fit_bias": True, "penalise_bias": False} | {
    "start": "badly wrong",
    "typed": (0.0, 0.0, 0.0),
}


def start_sentence(at):
    return next(part for part in everything(at).split(". ") if "The run starts at" in part)


LINE = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]

NEARLY_XOR = [[0.1, 0.0], [0.2, 0.0], [-0.3, 0.0], [0.0, 1.0], [0.0, -1.0], [0.0, 0.0]]  # 0.1 + 0.2 − 0.3 is no 0

SHIFTED = [[1e8, 0.0], [1e8 + 1.0, 1.0], [1e8 + 2.0, 0.0], [1e8 + 3.0, 0.0], [1e8, 5.0]]


def open_with_points(X, y):
    at = AppTest.from_file(FRAME, default_timeout=600)
    at.query_params["data"] = "Your own points (CSV)"
    at.session_state["own_points"] = Dataset(X, y, "points")
    at.run()
    assert not at.exception, at.exception
    return at
