"""docs/architecture.md tells the truth of "to add → touch": a copy of the tree grows by each, in just those places."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
OPEN = """
from streamlit.testing.v1 import AppTest
def open_page(page="", **parameters):
    at = AppTest.from_file("logreg/ui/frame.py", default_timeout=600)
    if page:
        at.run().switch_page(f"../../pages/{page}.py")
    for key, value in parameters.items():
        at.query_params[key] = value
    assert not at.run().exception, at.exception
    return at
def said(at):
    return " ".join(element.value for element in [*at.main.markdown, *at.main.caption, *at.title, *at.toast])
"""


def row(thing: str) -> set[str]:
    """Return the places that the table names for a thing: files, and folders for a new file."""
    (cell,) = re.findall(rf"^\| {re.escape(thing)} \| (.*) \|$", ARCHITECTURE, re.MULTILINE)
    return {place for place in re.findall(r"`([^`]+)`", cell) if "/" in place}


@dataclass
class Tree:
    """A copy of the repository, and which of its places were touched."""

    root: Path
    touched: set[str] = field(default_factory=set)

    def new(self, path: str, text: str) -> None:
        self.touched.add(f"{Path(path).parent}/")
        (self.root / path).write_text(text, encoding="utf-8")

    def insert(self, path: str, before: str, text: str) -> None:
        """Write a text before the one place that begins like this."""
        self.touched.add(path)
        whole = (self.root / path).read_text(encoding="utf-8")
        assert whole.count(before) == 1, f"{path} has not exactly one {before!r}"
        (self.root / path).write_text(whole.replace(before, text + before), encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        self.insert(path, old, new)
        whole = (self.root / path).read_text(encoding="utf-8")
        (self.root / path).write_text(whole.replace(new + old, new), encoding="utf-8")

    def run(self, code: str, *command: str) -> None:
        """Run code, or a module, in the copy; it fails where the code does."""
        call = [sys.executable, "-W", "error::RuntimeWarning", *(command or ("-c", OPEN + code))]
        done = subprocess.run(call, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path):
    for name in ("logreg", "pages", "tests", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "artifacts"))
    for name in ("app.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return Tree(tmp_path)


def test_a_data_set_is_a_maker_and_its_line_in_the_registry(tree):
    maker = '''def rows(rng: np.random.Generator, n_zeros: int, n_ones: int, knobs: Mapping[str, float]) -> Points:
    """Place each class on an upright line, `gap` apart."""
    x = knobs["gap"] / 2
    return np.array([[-x, k] for k in range(n_zeros)]), np.array([[x, k] for k in range(n_ones)])


'''
    line = '    DatasetSpec("rows", "Two rows", "Each class on a line of its own.", (GAP, BALANCE), makers.rows),\n'
    tree.insert("logreg/data/makers.py", "def _iris_petals", maker)
    tree.insert("logreg/data/registry.py", ")\n\nDATASETS", line)
    tree.run("""
from logreg import DATASETS, check_separability
assert check_separability(DATASETS["rows"].make(n_samples=12)).kind == "separable"
at = open_page(data="Two rows", rows_gap="3")
assert at.slider(key="rows_gap").value == 3
assert "nearest is 1.5 away" in said(at)
""")
    assert tree.touched == row("a data set")


def test_a_figure_is_a_function_and_its_test(tree):
    figure = '''"""How many points each class has."""

from logreg.data.dataset import Dataset
from logreg.figures.picture import Picture, picture, trace
from logreg.figures.theme import CURVE_HEIGHT, LIGHT, Theme, axis, frame


def class_sizes(dataset: Dataset, theme: Theme = LIGHT) -> Picture:
    """Draw a line from the size of class 0 to that of class 1."""
    sizes = [int((dataset.y == label).sum()) for label in (0, 1)]
    layout = frame(theme, height=CURVE_HEIGHT, title="Sizes", margin={"l": 60, "r": 10, "t": 30, "b": 40})
    axes = {"xaxis": axis(theme, "class"), "yaxis": axis(theme, "points")}
    return picture([trace("sizes", "line", [0, 1], sizes)], layout | axes, f"{sizes[0]} and {sizes[1]} points.")
'''
    test = """from logreg import make_dataset
from logreg.figures.class_sizes import class_sizes


def test_the_line_ends_at_the_sizes_of_the_classes():
    shown = class_sizes(make_dataset("separable_blobs", n_samples=10))
    assert shown.figure.data[0].y.tolist() == [5, 5]
    assert shown.alt == "5 and 5 points."
"""
    tree.new("logreg/figures/class_sizes.py", figure)
    tree.new("tests/figures/test_class_sizes.py", test)
    tree.run("", "-m", "pytest", "-q", "-n", "0", "tests/figures/test_class_sizes.py")
    assert tree.touched == row("a figure")


def test_a_recorded_quantity_is_a_field_of_the_measures_and_its_value(tree):
    path = "logreg/training/trajectory.py"
    tree.insert(path, "    weight_norm : ndarray", "    weight_sum : ndarray of shape (n_records,)\n        Σ_j w_j.\n")
    tree.insert(path, "    weight_norm: FloatArray", "    weight_sum: FloatArray\n")
    tree.insert(path, "            weight_norm=", "            weight_sum=weights.sum(axis=1),\n")
    tree.run("""
from logreg import TrainingConfig, make_dataset, train
dataset = make_dataset("separable_blobs")
whole = train(dataset, TrainingConfig(n_steps=3000))
assert (whole.weight_sum == whole.weights.sum(axis=1)).all()
continued = train(dataset, TrainingConfig(n_steps=3000), resume=train(dataset, TrainingConfig(n_steps=50)))
assert (continued.weight_sum == whole.weight_sum).all()
""")
    assert tree.touched == row("a recorded quantity")


def test_a_lesson_is_a_page_and_its_line_in_the_frame(tree):
    page = '''"""One sentence."""

from logreg import TrainingConfig, train
from logreg.figures.plane import decision_boundary
from logreg.ui.lesson import Asked, Lesson, Scene, View, show
from logreg.ui.stage import Pictures, RunView, Show


def one_run(asked: Asked) -> View:
    """Show one run."""
    run = train(asked.dataset, TrainingConfig(n_steps=50))
    plane = decision_boundary(asked.dataset, run.model)
    shown = Show(pictures=Pictures((plane,), ()), runs=(RunView("", run),), caption="One line.")
    return View(shown, ("It turns.",))


LESSON = Lesson(
    name="new_lesson",
    title="The lesson",
    claim="Here is what is new.",
    first="First: press Play.",
    scenes=(Scene("One run", one_run),),
)

show(LESSON)
'''
    tree.new("pages/new_lesson.py", page)
    tree.insert("logreg/ui/menu.py", '        PageOf("observation_3"', '        PageOf("new_lesson", "New"),\n')
    tree.run("""
at = open_page("new_lesson", scene="1")
assert at.button(key="scene_1").label == "One run"
assert "The lesson" in said(at) and "It turns." in said(at)
""")
    assert tree.touched == row("a lesson")


def test_a_scene_is_a_function_and_its_line_in_the_lesson_s_page(tree):
    scene = '''def losses(asked: Asked) -> View:
    """Show both losses."""
    pair = pair_of(asked)
    return shown(asked, pair, (growth.loss_chart(pair, asked),), "Two losses.", ("One falls for ever.",))


'''
    page = "pages/observation_3.py"
    tree.insert(page, "def growth_of_b", scene)
    tree.insert(page, "FLOW, PREDICT, REVEAL, WITH_BIAS, pair_of", "shown, ")
    tree.insert(page, "ANY_SIZE, Asked, Cue, Lesson", "View, ")
    tree.replace(page, 'Scene("Push w out", directions.push, _PUSH, least_height=21.0)', 'Scene("Losses", losses)')
    tree.run("""
at = open_page("observation_3", scene="3")
assert at.button(key="scene_3").label == "Losses"
assert "One falls for ever." in said(at)
""")
    assert tree.touched == row("a scene")


def test_a_colour_is_a_field_of_the_theme_with_its_two_values(tree):
    path = "logreg/figures/theme.py"
    tree.insert(path, "    outline : str", "    held_out : str\n        Points that the run has not seen.\n")
    tree.insert(path, "    outline: str", "    held_out: str\n")
    tree.insert(path, '    outline="#FFFFFF"', '    held_out="#888888",\n')
    tree.insert(path, '    outline="#0E1117"', '    held_out="#AAAAAA",\n')
    tree.run("""
from logreg.figures.theme import theme_for
assert [theme_for(name).held_out for name in ("light", "dark")] == ["#888888", "#AAAAAA"]
assert "Separable" in said(open_page())
""")
    assert tree.touched == row("a colour")


def test_a_control_is_a_record_and_the_place_where_it_is_drawn(tree):
    controls = "logreg/ui/explorer/controls.py"
    tree.insert(controls, "def _field(", 'COUNT = Switch("count", "Count the points", False)\n\n\n')
    tree.insert(controls, "    NORM_WITH_BIAS,\n", "    COUNT,\n")
    page = "pages/explorer.py"
    tree.insert(page, "CENTRED, FIELDS", "COUNT, ")
    tree.insert(page, "        training = choose_training()", "        counts = COUNT.toggle()\n")
    tree.insert(page, "    experiment(training", '    if counts:\n        st.caption("They are counted.")\n')
    tree.run("""
assert "They are counted." in said(open_page(count="true"))
assert "They are counted." not in said(open_page())
assert "true or false" in said(open_page(count="perhaps"))
""")
    assert tree.touched == row("a control")
