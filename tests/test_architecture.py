"""Who may import whom, what stays out of the first page, and what must agree across files."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("data", "training", "certificates", "theory")
CORE = sorted(path for floor in FLOORS for path in (ROOT / "logreg" / floor).glob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))


def imported(path):
    """Return every module a file imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_core_modules_are_found():
    assert {"dataset", "model", "trainer", "separability"} <= {path.stem for path in CORE}
    assert PAGES


@pytest.mark.parametrize("path", CORE, ids=lambda p: p.stem)
def test_the_core_imports_neither_streamlit_nor_plotly_nor_a_higher_layer(path):
    banned = ("streamlit", "plotly", "logreg.figures", "logreg.ui", "pages")
    assert not [name for name in imported(path) if name.startswith(banned)]


@pytest.mark.parametrize("path", sorted((ROOT / "logreg/figures").glob("*.py")), ids=lambda p: p.stem)
def test_figures_import_neither_streamlit_nor_the_pages(path):
    assert not [name for name in imported(path) if name.startswith(("streamlit", "logreg.ui", "pages"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_pages_hold_no_numpy_and_no_mathematics(path):
    assert not [name for name in imported(path) if name.split(".")[0] in ("numpy", "scipy", "sklearn", "math")]


def test_the_core_has_no_import_cycles():
    arrows = {
        path.stem: {
            name.split(".")[1]
            for name in imported(path)
            if name.startswith("logreg.") and name.split(".")[1] in {p.stem for p in CORE}
        }
        for path in CORE
        if path.stem != "__init__"
    }
    arrows["trajectory"].discard("trainer")  # for the type checker only: a trajectory carries its config
    left = dict(arrows)
    while left:
        free = [name for name, needs in left.items() if not needs & left.keys()]
        assert free, f"a cycle among {sorted(left)}"
        for name in free:
            del left[name]


def run_python(code):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_importing_logreg_brings_neither_scipy_nor_sklearn_nor_streamlit_nor_plotly():
    code = "import sys, logreg; print(*[m for m in ('scipy', 'sklearn', 'streamlit', 'plotly') if m in sys.modules])"
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_first_page_paints_without_scikit_learn_scipy_or_pandas():
    code = """
import sys, warnings
warnings.simplefilter("default")
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
before = {m for m in ("scipy", "sklearn", "pandas") if m in sys.modules}
from streamlit.testing.v1 import AppTest
before = {m for m in ("scipy", "sklearn", "pandas") if m in sys.modules}
at = AppTest.from_file("logreg/ui/frame.py", default_timeout=60).run()
assert not at.exception, at.exception
print(*[m for m in ("scipy", "sklearn", "pandas") if m in sys.modules and m not in before])
"""
    done = run_python(code.replace('"-W", "error"', ""))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_configured_colours_are_the_themes():
    from logreg.figures import theme

    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]
    for name in ("light", "dark"):
        ours = theme.theme_for(name)
        assert config[name] == {
            "primaryColor": ours.primary,
            "backgroundColor": ours.background,
            "secondaryBackgroundColor": ours.panel,
            "textColor": ours.text,
        }


def test_every_public_name_is_documented():
    import logreg

    assert logreg.__all__
    for name in logreg.__all__:
        thing = getattr(logreg, name)
        if callable(thing):
            assert thing.__doc__, name
