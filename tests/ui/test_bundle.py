"""Our modules as one file: all of their code, in an order in which each finds what it needs, and no comment."""

import re
from graphlib import CycleError
from pathlib import Path

import pytest

from logreg.ui.files import assets
from logreg.ui.files.bundle import bundle

FOLDER = Path(assets.__file__).parents[1] / "stage"
SENT = assets.asset_files()[assets.asset_path("stage/bundle.js")].decode()
PARTS = dict(re.findall(r"^const (\w+)_js = \(\(\) => \{\n(.*?)^\}\)\(\);$", SENT, re.MULTILINE | re.DOTALL))


def code_of(rows):
    """Return the rows that hold code, found in another way than by a pattern: row by row."""
    code, is_comment = [], False
    for row in map(str.rstrip, rows):
        text = row.strip()
        begins = text.startswith("/*") and text.find("*/") in (-1, len(text) - 2)
        if not (is_comment or begins or text.startswith("//")):
            code.append(row)
        is_comment = (is_comment or begins) and not text.endswith("*/")
    return code


def test_the_bundle_is_every_module_that_a_page_or_a_saved_file_needs():
    assert {f"{name}.js" for name in PARTS} == {path.name for path in FOLDER.glob("*.js")} - {"contract.js"}
    assert re.findall(r"^export const \{ (.*) \}", SENT, re.MULTILINE) == ["show, remove", "open"]
    assert len(SENT) - sum(map(len, PARTS.values())) < 60 * len(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_each_has_all_of_its_code_after_what_it_imports_and_no_row_of_comment(name):
    rows = (FOLDER / f"{name}.js").read_text(encoding="utf-8").splitlines()
    code = [row for row in code_of(rows) if row]
    imports = [row for row in code if row.startswith("import ")]
    own = [row.removeprefix("export ") for row in code[len(imports) :]]
    *sent, returned = [row for row in PARTS[name].splitlines() if row]
    assert sent[len(imports) :] == own
    exported = re.findall(r"^export (?:async )?\w+ (\w+)", "\n".join(code), re.MULTILINE)
    assert re.findall(r"\w+", returned) == ["return", *exported]
    wanted = [re.fullmatch(r'import \{ (.*) \} from "\./(\w+)\.js";', row).groups() for row in imports]
    taken = [re.fullmatch(r"const \{ (.*) \} = (\w+)_js;", row).groups() for row in sent[: len(imports)]]
    assert taken == [(names.replace(" as ", ": "), beside) for names, beside in wanted]
    assert {beside for _, beside in taken} <= set(list(PARTS)[: list(PARTS).index(name)])


@pytest.mark.parametrize(
    "line",
    [
        "export default function one() {}",
        'import * as other from "./b.js";',
        'import other from "./b.js";',
        'import { other } from "plotly";',
        "export { one };",
        "export let one = 1;",
    ],
)
def test_what_a_bundle_cannot_say_is_refused(line):
    with pytest.raises(ValueError, match="expected imports and exports in the forms of a bundle, got "):
        bundle({"a.js": f"{line}\n", "b.js": "export const other = 1;\n"}, ["a.js"])


def test_modules_that_need_each_other_are_refused():
    with pytest.raises(CycleError):
        bundle(
            {name: f'import {{ x }} from "./{other}";\n' for name, other in (("a.js", "b.js"), ("b.js", "a.js"))},
            ["a.js"],
        )


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"got an import from 'b\.js'"):
        bundle({"a.js": 'import { one } from "./b.js";\n'}, ["a.js"])
