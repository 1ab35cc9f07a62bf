"""Write the documents of the public API from its docstrings: `python -m tests.documents FOLDER`.

pdoc does it: it reads numpydoc, follows `__all__`, and its pages need no server and no network. What it has to complain
of is an error. Formulas are written in plain letters (‖w‖, γ, λ), so nothing has to typeset them.
"""

import inspect
import re
import sys
import warnings
from pathlib import Path
from unittest.mock import patch

import pdoc
from numpy.typing import ArrayLike

MODULES = ("logreg", "logreg.estimator", "logreg.plots")
_ARRAY = re.compile(r"numpy\.ndarray\[tuple\[(?:typing\.Any|int), \.\.\.\], numpy\.dtype\[\w+\.(\w+)\]\]")
_formatted = inspect.formatannotation
_ARRAY_LIKE = _formatted(ArrayLike)
_ITS_KINDS = _ARRAY_LIKE.removeprefix("Union[").removesuffix("]")  # as they stand beside None


def _short(annotation, *of_module, **style):
    """Name an array's type as the code does: written out, it is longer than a line of the page."""
    text = _formatted(annotation, *of_module, **style)
    text = text.replace(_ARRAY_LIKE, "ArrayLike").replace(_ITS_KINDS, "ArrayLike")
    return _ARRAY.sub(r"NDArray[\1]", text)


def write(folder):
    """Write a page for each module, and an index that leads to the first."""
    pdoc.render.configure(docformat="numpy")
    with warnings.catch_warnings(), patch.object(inspect, "formatannotation", _short):
        warnings.simplefilter("error")
        with patch.object(pdoc.doc, "formatannotation", _short):
            pdoc.pdoc(*MODULES, output_directory=folder)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write(folder)
    print(f"Open {folder.resolve() / 'index.html'} in a browser.")
