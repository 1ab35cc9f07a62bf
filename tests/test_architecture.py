"""Who may import whom, what stays out of the first page, and how long a function may be."""

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("data", "training", "certificates", "theory", "estimator", "figures", "plots", "ui")
FILES = [*sorted((ROOT / "logreg").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
MODULES = {
    ".".join((path.parent if path.stem == "__init__" else path.with_suffix("")).relative_to(ROOT).parts): path
    for path in FILES
}
IN_SIGHT = 25
LONGER = {"stage"}  # one line for each field of what is sent to the browser


def imported(path: Path) -> set[str]:
    """Return every module that a file imports: at the top, inside a function, or for the type checker only."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: an import says its whole path"
            whole = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in MODULES else str(node.module) for name in whole.values()}
    return names


def imported_at_once(path: Path) -> set[str]:
    """Return every module that a file imports as soon as it is imported itself."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    body += [node for one in body if isinstance(one, ast.Try) for node in one.body]
    plain = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in body if isinstance(node, ast.ImportFrom)}


TOP = {name: imported_at_once(path) for name, path in MODULES.items()}
ARROWS = {name: imported(path) for name, path in MODULES.items()}


def floor(module: str) -> int:
    """Return how high up the path a module of ours lies; what is not ours lies below all."""
    parts = module.split(".")
    if parts[0] != "logreg":
        return len(FLOORS) + 1 if parts[0] in ("pages", "app") else -1
    if len(parts) == 1:
        return FLOORS.index("theory")  # the façade shows the core
    return FLOORS.index(parts[1])


def test_every_module_lies_on_a_floor_and_every_floor_has_modules():
    assert {floor(name) for name in MODULES} == set(range(len(FLOORS))) | {len(FLOORS) + 1}


@pytest.mark.parametrize("name", MODULES)
def test_imports_only_lead_down(name):
    assert not {other for other in ARROWS[name] if floor(other) > floor(name)}


def test_only_readers_outside_use_the_facade():
    assert not {name for name in MODULES if "logreg" in ARROWS[name]}


def test_plotly_starts_with_the_figures_and_streamlit_with_the_pages_controls():
    for name, arrows in ARROWS.items():
        banned = {"plotly"} if floor(name) < FLOORS.index("figures") else set()
        banned |= {"streamlit", "starlette"} if floor(name) < FLOORS.index("ui") else set()
        assert not {other for other in arrows if other.split(".")[0] in banned}, name


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("pages.")])
def test_pages_hold_no_numpy_and_no_mathematics(name):
    assert not {
        other for other in ARROWS[name] if other.split(".")[0] in ("numpy", "scipy", "sklearn", "math", "pages")
    }


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("logreg.ui.stage")])
def test_the_player_knows_no_page(name):
    of_pages = ("logreg.ui.explorer", "logreg.ui.lesson", "logreg.ui.observation_3", "logreg.ui.laboratory")
    assert not {other for other in ARROWS[name] if other.startswith(of_pages)}


OF_ONE_PAGE = ("explorer", "observation_3", "beyond", "in_code")
SHOWN_ELSEWHERE = {f"logreg.ui.observation_3.{name}" for name in ("pair", "side")}


@pytest.mark.parametrize("page", OF_ONE_PAGE)
def test_what_belongs_to_one_page_is_used_by_no_other_page(page):
    folder, own = f"logreg.ui.{page}", (f"logreg.ui.{page}", f"pages.{page}")
    others = {name: ARROWS[name] for name in MODULES if not name.startswith(own)}
    used = {other for arrows in others.values() for other in arrows if other.startswith(folder)}
    assert used <= SHOWN_ELSEWHERE | ({folder} if page == "observation_3" else set())


def test_imports_lead_up_the_table_of_the_document():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `((?:logreg|pages|app)[\w/.]*)` \|", text, re.MULTILINE)
    rows = [path.rstrip("/").removesuffix(".py").replace("/", ".") for path in listed]

    def row(name):
        return max((len(of), at) for at, of in enumerate(rows) if name == of or name.startswith(f"{of}."))[1]

    inside = [name for name in MODULES if name != "logreg"]
    arrows = {(name, other) for name in inside for other in ARROWS[name] if other in inside}
    assert len(rows) > 15
    assert not {(name, other) for name, other in arrows if row(other) > row(name)}


def with_scikit_learn(arrows: dict[str, set[str]]) -> set[str]:
    return {name for name, others in arrows.items() if any(other.split(".")[0] == "sklearn" for other in others)}


def test_scikit_learn_starts_with_the_estimator_and_waits_in_one_function_of_theory():
    of_it = {name for name, arrows in ARROWS.items() if "logreg.estimator" in arrows}
    assert not {name for name in of_it if name.startswith("logreg")}
    assert with_scikit_learn(TOP) == {"logreg.estimator"}
    assert with_scikit_learn(ARROWS) == {"logreg.estimator", "logreg.theory.three_answers"}


def test_every_page_is_in_the_menu_once():
    menu = (ROOT / "logreg/ui/menu.py").read_text(encoding="utf-8")
    listed = re.findall(r'^ +PageOf\("(\w+)", ', menu, re.MULTILINE)
    assert sorted([*listed, "explorer"]) == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    assert (ROOT / "logreg/ui/frame.py").read_text(encoding="utf-8").count("st.navigation(") == 1


def circle(arrows: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_imports_run_in_a_circle():
    assert not circle({name: arrows & MODULES.keys() for name, arrows in ARROWS.items()})


def test_no_two_folders_import_each_other():
    folders: dict[str, set[str]] = {}
    for name, arrows in ARROWS.items():
        here = str(MODULES[name].parent)
        folders.setdefault(here, set()).update(str(MODULES[other].parent) for other in arrows & MODULES.keys())
        folders[here].discard(here)
    assert not circle(folders)


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, source: list[str]) -> int:
    """Count a body's lines without its docstring, comments and blank lines."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    lines = source[body[0].lineno - 1 : function.end_lineno] if body else []
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def long_functions() -> dict[str, int]:
    found = {}
    for path in FILES:
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[node.name] = max(found.get(node.name, 0), code_lines(node, source.splitlines()))
    return {name: lines for name, lines in found.items() if lines > IN_SIGHT}


def test_every_function_fits_in_sight():
    assert long_functions().keys() == LONGER, "split it: about 10 lines a function, 25 at most"


def run_python(code: str, *flags: str) -> list[str]:
    done = subprocess.run([sys.executable, *flags, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_importing_logreg_brings_numpy_and_nothing_else():
    code = """
import sys
import numpy.random  # and what it brings along
before = set(sys.modules)
import logreg
print(*{name.split(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)
"""
    assert set(run_python(code, "-W", "error")) - {"numpy"} == {"logreg"}


def test_the_first_page_paints_without_scikit_learn_scipy_or_pandas():
    code = """
import sys
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
at = AppTest.from_file("logreg/ui/frame.py", default_timeout=600).run()
assert not at.exception, at.exception
print(*{"scipy", "sklearn", "pandas"} & (set(sys.modules) - before))
"""
    assert not run_python(code)


def test_the_configured_colours_are_the_themes():
    from logreg.figures import theme

    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        ours = theme.theme_for(name)
        assert config[name] == {
            "primaryColor": ours.primary,
            "backgroundColor": ours.background,
            "secondaryBackgroundColor": ours.panel,
            "textColor": ours.text,
        }


def test_the_document_lists_every_folder_in_the_order_of_the_floors_and_names_only_what_there_is():
    plan = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)` \|", plan, re.MULTILINE)
    assert {f"{path.parent.relative_to(ROOT)}/" for path in FILES} - {"./", "logreg/"} <= set(listed)
    code = [name for name in listed if name not in ("deploy/", "tests/")]
    heights = [floor(name.rstrip("/").removesuffix(".py").replace("/", ".")) for name in code]
    assert heights == sorted(heights)
    assert not {path for path in re.findall(r"`([\w./]+/[\w./]*)`", plan) if not (ROOT / path).exists()}


def test_every_record_that_freezes_its_arrays_has_copies_that_are_read_only_too():
    freezing = {
        f"{path.stem}.{node.name}": {getattr(base, "id", "") for base in node.bases}
        for path in (ROOT / "logreg").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and re.search(r"\bfreeze\(self|\bfrozen\(|setflags\(", ast.unparse(node))
    }
    assert len(freezing) > 20
    assert {name for name, bases in freezing.items() if not bases & {"ReadOnly", "Measures"}} == set()
