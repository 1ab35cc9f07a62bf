"""Our own modules as one file: a browser asks once in place of once for each, and finds no comment in it.

Each module becomes a function that runs once, after those that it imports from, and returns what it exports. What a
module may say for that is little, and `bundle` refuses any other import and export: names from a module beside it, each
on one line; an export where a function, a class or a constant is declared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter

_IMPORT = re.compile(r'^import \{ ([^}\n]+) \} from "\./([\w.]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)


def bundle(modules: Mapping[str, str], exporting: Sequence[str]) -> str:
    r"""Return one module that does what these do.

    Parameters
    ----------
    modules : mapping of str to str
        Each one's source by its file name. None imports from one that imports from it.
    exporting : sequence of str
        Those of which the whole exports what they export. What none of them needs is left out.

    Raises
    ------
    ValueError
        Of an import or export in another form, or from a module that is not there; graphlib's CycleError, of modules
        that need each other.

    Examples
    --------
    >>> print(bundle({"a.js": "export const one = 1;\n", "b.js": 'import { one as x } from "./a.js";\n'
    ...     "export function two() {\n  return x + x;\n}\n"}, ["b.js"]))
    const a_js = (() => {
    const one = 1;
    return { one };
    })();
    const b_js = (() => {
    const { one: x } = a_js;
    function two() {
      return x + x;
    }
    return { two };
    })();
    export const { two } = b_js;
    <BLANKLINE>
    """
    sources = {name: without_comments(source) for name, source in modules.items()}
    imported = {name: [beside for _, beside in _IMPORT.findall(source)] for name, source in sources.items()}
    needed, new = set[str](), set(exporting)
    while new:
        if missing := sorted(new - sources.keys()):
            raise ValueError(f"Expected modules that are there, got an import from {missing[0]!r}.")
        needed |= new
        new = {beside for name in new for beside in imported[name]} - needed
    order = TopologicalSorter({name: imported[name] for name in sorted(needed)}).static_order()
    exports = (f"export const {{ {_exported(sources[name])} }} = {_variable(name)};\n" for name in exporting)
    return "".join([*(_function(name, sources[name]) for name in order), *exports])


def without_comments(source: str) -> str:
    r"""Return JavaScript without the comments that stand on lines of their own: a quarter of what is sent.

    Parameters
    ----------
    source : str
        Where no text of several lines holds a line that looks like a comment.

    Examples
    --------
    >>> without_comments("// ours\n/** Return 1. */\nf = () => 1; // one\n/** @type {X} */ (f);\n")
    'f = () => 1; // one\n/** @type {X} */ (f);\n'
    """
    return _COMMENT.sub("", source)


def _function(name: str, source: str) -> str:
    def taken(found: re.Match[str]) -> str:
        return f"const {{ {found[1].replace(' as ', ': ')} }} = {_variable(found[2])};"

    code = _EXPORT.sub("", _IMPORT.sub(taken, source))
    if other := _OTHER.search(code):
        raise ValueError(f"{name}: expected imports and exports in the forms of a bundle, got {other[0]!r}.")
    return f"const {_variable(name)} = (() => {{\n{code.strip()}\nreturn {{ {_exported(source)} }};\n}})();\n"


def _exported(source: str) -> str:
    return ", ".join(_EXPORT.findall(source))


def _variable(name: str) -> str:
    return name.replace(".", "_")
