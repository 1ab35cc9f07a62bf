"""What `pip install .` gives: a wheel that NumPy alone carries, and versions that agree wherever they are written."""

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from logreg import DATASETS, train

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare_python(wheel, tmp_path_factory):
    """A fresh environment with NumPy and the wheel. Without an index, pip fails if the wheel needs anything else."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder)
    python = folder / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    numpy = distribution("numpy")
    for name in {file.parts[0] for file in numpy.files} - {".."}:
        (site / name).symlink_to(numpy.locate_file(name))  # in place of a download
    run(*PIP, "--python", python, "install", "-q", "--no-index", wheel, cwd=folder)
    return python


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {str(path.relative_to(ROOT)) for path in (ROOT / "logreg").rglob("*.*") if path.suffix != ".pyc"}
    assert names == ours
    assert {".py", ".js", ".css", ".csv", ".typed"} <= {Path(name).suffix for name in ours}


def test_the_wheel_carries_its_licence(wheel):
    (licence,) = (name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("licenses/LICENSE"))
    assert zipfile.ZipFile(wheel).read(licence) == (ROOT / "LICENSE").read_bytes()


def test_installed_beside_numpy_alone_it_trains_as_the_checkout_does(bare_python, tmp_path):
    code = """
import logreg
print(logreg.__file__)
print(*(logreg.train(spec.make()).weight_norm[-1].hex() for spec in logreg.DATASETS.values()))
"""
    where, *norms = run(bare_python, "-W", "error", "-c", code, cwd=tmp_path).split()
    assert Path(where).is_relative_to(bare_python.parents[1])
    assert norms == [train(spec.make()).weight_norm[-1].hex() for spec in DATASETS.values()]


@pytest.mark.parametrize(
    ("module", "extra", "whose"),
    [
        ("plots", "figures", "Plotly draws the figures of logreg, and is not installed"),
        ("estimator", "estimator", "The classifier of logreg is one of scikit-learn, which is not installed"),
    ],
)
def test_a_module_says_in_one_sentence_which_package_it_lacks(bare_python, tmp_path, module, extra, whose):
    code = f"""
try:
    import logreg.{module}
except ImportError as error:
    print(error)
"""
    (wanted,) = PROJECT["project"]["optional-dependencies"][extra]
    assert run(bare_python, "-c", code, cwd=tmp_path) == f'{whose}: pip install "{wanted}"\n'


def pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").split("\n")
    return {(found := Requirement(line)).name: found for line in lines if line and not line.startswith("-r")}


def ranges(extra=""):
    """Every requirement of an extra by its name, those of the extras that it includes too."""
    project = PROJECT["project"]
    found = {}
    for text in project["optional-dependencies"][extra] if extra else project["dependencies"]:
        one = Requirement(text)
        found |= {one.name: one} if one.name != "logreg" else ranges(*one.extras)
    return ranges() | found if extra else found


PINS = pins("requirements.txt") | pins("deploy/requirements.txt") | pins("tests/requirements.txt")


def test_the_requirements_name_what_the_extras_name():
    assert pins("requirements.txt").keys() == ranges("app").keys() | {"pytest"}
    assert pins("deploy/requirements.txt").keys() == ranges("deploy").keys() - ranges("app").keys()
    assert PINS.keys() == ranges("test").keys()
    assert {Requirement(text).name for text in PROJECT["build-system"]["requires"]} <= pins(
        "tests/requirements.txt"
    ).keys()


@pytest.mark.parametrize("pin", PINS.values(), ids=str)
def test_every_pinned_version_lies_in_the_range_of_the_package(pin):
    (least,) = (clause.version for clause in pin.specifier)
    assert ranges("test")[pin.name].specifier.contains(least)


def test_the_citation_and_the_changelog_tell_the_version_of_the_package():
    ours = PROJECT["project"]["version"]
    assert f"\nversion: {ours}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+?),", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first
    assert first[1] == ours
