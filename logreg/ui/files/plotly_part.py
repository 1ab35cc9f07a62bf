"""The part of Plotly that pages draw with, cut out of the wheel's file: a fifth of it, ready in a tenth of the time.

The file is a bundle. Its modules stand one after the other, `var name=W(…);`, run when another calls `name()`. One
registers what can stand around traces, the last one all kinds of traces. Here they register what is drawn, and what
that never calls is left out.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

KINDS = ("contour", "heatmap")
"""The kinds of traces that pages draw, besides `scatter`, which is always there."""

AROUND = ("annotations", "colorbar", "colorscale", "fx", "images", "legend", "modebar", "selections", "shapes")
"""What pages draw around traces, as Plotly calls it; `fx` is what hovers, and it needs `modebar` and `selections`."""

CUT_OF = "4.1.1"
"""The version of plotly.js that can be cut; of any other the whole file is sent."""

_VERSION = re.compile(r"plotly\.js v(\d+\.\d+\.\d+)")
_MODULE = re.compile(r"(?<=[;}])var (?:[\w$]+,)*([\w$]+)=(W|Ea)\((?:\(|[\w$]+=>)")
_ES_MODULE = "Ea"  # its functions stand before it; all of a module of the other kind stands in it
_REGISTERED = re.compile(r"(?<=\(\[)(?:[\w$]+\(\),?){9,}(?=\]\))")  # nothing else is a list of so many calls
_EXPORTED = re.compile(r"\.exports=([\w$]+)\(\)")
_KIND = re.compile(r'moduleType:"(?:trace|component)",name:"(\w+)"')
_CALLED = re.compile(r"(?<![\w$.])[\w$]+(?=\(\))")
_OF_MAPS = re.compile(r'\w+==="map"&&[\w$]+\(\),')  # calls for the style sheet of maps


def plotly_file() -> Path:
    """Return the wheel's file, without importing Plotly."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("Plotly is not installed: pip install -r requirements.txt")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"


def drawing_part(bundle: str, kinds: tuple[str, ...] = KINDS) -> str:
    """Return what of a bundle is needed to draw traces of these kinds; the bundle as it is, where it cannot be cut.

    Parameters
    ----------
    bundle : str
        The wheel's file.
    kinds : tuple of str
        As Plotly calls them, besides `scatter`.
    """
    version = _VERSION.search(bundle[:400])
    if version is None or version[1] != CUT_OF:
        return bundle
    licence, code = bundle[: bundle.index("(\n")], _unwrapped(bundle)
    modules = list(_MODULE.finditer(code))
    starts = [0, *(module.start() for module in modules), len(code)]
    pieces = [code[start:end] for start, end in pairwise(starts)]
    numbers = {module[1]: number for number, module in enumerate(modules, start=1)}

    def drawn(registered: re.Match[str]) -> str:
        calls = registered[0].split(",")
        return ",".join(call for call in calls if _kind(call, pieces, numbers) in {*kinds, *AROUND})

    drawing = [_REGISTERED.sub(drawn, _OF_MAPS.sub("", piece)) for piece in pieces]
    es_modules = {number for number, module in enumerate(modules, start=1) if module[2] == _ES_MODULE}
    return licence + "".join(drawing[number] for number in sorted(_needed(drawing, numbers, es_modules)))


def _unwrapped(bundle: str) -> str:
    """Return the code without the function around it, for which a browser would read all of it once more."""
    return bundle[bundle.index('"use strict";var Plotly=') : bundle.rindex("\nreturn Plotly;")]


def _kind(call: str, pieces: list[str], numbers: dict[str, int]) -> str | None:
    """Return which kind of traces, or what around them, a call brings; its module may hand another one on."""
    module = pieces[numbers[call.removesuffix("()")]]
    handed_on = _EXPORTED.search(module)
    kind = _KIND.search(pieces[numbers[handed_on[1]]] if handed_on else module)
    return kind and kind[1]


def _needed(pieces: list[str], numbers: dict[str, int], es_modules: set[int]) -> set[int]:
    """Return the pieces that the last one calls, one through the other; all are within the first one's function."""
    needed, new = set[int](), {0, len(pieces) - 1}
    while new:
        needed |= new
        named = {numbers[name] for number in new for name in _CALLED.findall(pieces[number]) if name in numbers}
        new = (named | {number - 1 for number in new & es_modules}) - needed
    return needed
