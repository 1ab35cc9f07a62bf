"""What is public is documented as numpydoc has it, and what a docstring lists is what there is."""

import dataclasses
import importlib
import inspect
import pkgutil
import re

import pytest

import logreg
from tests import documents

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(logreg.__path__, "logreg.")
    if found.name != "logreg.ui.frame"  # a script: it draws as soon as it is imported
]
OWN = {
    f"{module.__name__}.{name}": thing
    for module in MODULES
    for name, thing in vars(module).items()
    if getattr(thing, "__module__", None) == module.__name__ and (inspect.isfunction(thing) or inspect.isclass(thing))
}
PUBLIC = {name: getattr(logreg, name) for name in logreg.__all__ if callable(getattr(logreg, name))}
MEMBERS = {
    f"{name}.{key}": member
    for name, thing in PUBLIC.items()
    if inspect.isclass(thing)
    for key, member in vars(thing).items()
    if not key.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
}


def written(thing) -> str:
    """Return the docstring that somebody wrote: not a base class's, and not the one that `dataclass` makes up."""
    text = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
    made_up = inspect.isclass(thing) and (text or "").startswith(f"{thing.__name__}(")
    return "" if made_up else inspect.cleandoc(text or "")


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^(\w[\w ]*)\n-{3,}$", text, flags=re.MULTILINE)
    return dict(zip(["Summary", *parts[1::2]], parts[0::2], strict=True))


def listed(section: str) -> list[str]:
    """Return the names that a section of parameters describes, in its order."""
    heads = re.findall(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: : .+)?$", section, flags=re.MULTILINE)
    return [name.strip("*") for head in heads for name in head.split(", ")]


def parameters(thing) -> list[str]:
    if dataclasses.is_dataclass(thing):
        inherited = {field.name for base in thing.__mro__[1:-1] for field in dataclasses.fields(base)}
        return [field.name for field in dataclasses.fields(thing) if field.init and field.name not in inherited]
    made_by = thing if inspect.isfunction(thing) else vars(thing).get("__init__")
    if inspect.isclass(thing) and issubclass(thing, Exception):
        return []  # who catches one does not make it
    return [name for name in inspect.signature(made_by).parameters if name != "self"] if made_by else []


def faults(thing) -> list[str]:
    """Say what numpydoc would miss in a function, a method, a property or a class."""
    found = sections(written(thing))
    summary = found["Summary"].split("\n\n")[0]
    wrong = [] if summary.endswith((".", ":")) else ["a sentence that says what it is"]
    if listed(found.get("Parameters", "")) != parameters(thing):
        wrong.append(f"Parameters: {', '.join(parameters(thing))}")
    if inspect.isfunction(thing):
        gives = inspect.signature(thing).return_annotation not in (None, "None")
        wrong += ["Returns"] if gives and not {"Returns", "Yields"} & found.keys() else []
        wrong += (
            ["Raises"]
            if re.search(r"^ +raise ", inspect.getsource(thing), re.MULTILINE) and "Raises" not in found
            else []
        )
    return wrong


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_documented_whole(name):
    assert not faults(PUBLIC[name])


@pytest.mark.parametrize("name", [name for name, thing in PUBLIC.items() if inspect.isfunction(thing)])
def test_a_public_function_shows_an_example(name):
    assert ">>> " in sections(written(PUBLIC[name])).get("Examples", "")


@pytest.mark.parametrize("name", MEMBERS)
def test_a_public_member_is_documented(name):
    assert written(MEMBERS[name])


@pytest.mark.parametrize("name", [name for name, thing in OWN.items() if "Parameters" in sections(written(thing))])
def test_a_list_of_parameters_is_whole(name):
    told_once = {"theme"} if name.startswith("logreg.figures.") else set()  # in the package's own docstring
    missing = set(parameters(OWN[name])) ^ set(listed(sections(written(OWN[name]))["Parameters"]))
    assert missing <= told_once


def test_what_a_figure_s_parameter_comes_from_is_there():
    said = {name: re.findall(r"`(\w+)` comes? from `(\w+)`", written(thing)) for name, thing in OWN.items()}
    assert sum(map(len, said.values())) > 20
    for name, sources in said.items():
        for parameter, source in sources:
            assert parameter in parameters(OWN[name]), name
            assert f"{OWN[name].__module__}.{source}" in OWN, name


def test_what_a_dataclass_says_of_itself_is_not_taken_for_documentation():
    @dataclasses.dataclass
    class Bare:
        x: float

    class HeirError(ValueError):
        pass

    assert Bare.__doc__
    assert faults(Bare) == ["a sentence that says what it is", "Parameters: x"]
    assert faults(HeirError) == ["a sentence that says what it is"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The documents, made from the docstrings; a warning of the tool's is an error."""
    folder = tmp_path_factory.mktemp("documents")
    documents.write(folder)
    return folder


@pytest.mark.parametrize("module", documents.MODULES)
def test_the_documents_show_every_public_name_and_write_no_type_out(pages, module):
    page = (pages / f"{module.replace('.', '/')}.html").read_text(encoding="utf-8")
    own = [name.rpartition(".")[2] for name in OWN if name.startswith(f"{module}.")]
    public = getattr(importlib.import_module(module), "__all__", [name for name in own if not name.startswith("_")])
    assert public
    assert set(public) <= set(re.findall(r'<section id="([^"]+)">', page))
    assert not re.search(r"_SupportsArray|numpy\.ndarray\[", re.sub(r"<[^>]+>", "", page))
