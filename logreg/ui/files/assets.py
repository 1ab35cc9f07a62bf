"""The files that a browser loads for the stage: Plotly itself and our own modules, compressed once and cached.

Every address carries a fingerprint, so a browser may keep what it has for a year and still sees each new version.
"""

from __future__ import annotations

import os
import re
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from logreg.ui.files.kept import FOR_A_YEAR, WHILE_NEW, Kept
from logreg.ui.files.qr import qr_routes

OTHER_PLOTLY = "LOGREG_PLOTLY_JS"
"""An environment variable: a smaller build of the same version of Plotly, by its path, in place of the wheel's."""

_TYPES = (".js", ".css")
_PLOTLY = "plotly.min.js"
_NOT_OF_PAGES = ("stage/opened.js", "stage/contract.js")  # what starts a saved file, and types
_VERSION = re.compile(rb"plotly\.js (?:\([\w -]+\) )?v(\d+\.\d+\.\d+)")  # in the first lines of every build


def asset_path(name: str) -> str:
    """Return the address of a file, relative to the app's own.

    Parameters
    ----------
    name : str
        As "plotly.min.js" or "stage/stage.js".

    Raises
    ------
    ValueError
        If there is no such file.
    """
    if name not in _files():
        raise ValueError(f"name: expected one of {', '.join(_files())}, got {name!r}.")
    return f"assets/{_fingerprint()}/{name}"


def routes() -> list[BaseRoute]:
    """Return the routes that serve these files, for `st.App(routes=...)`.

    Returns
    -------
    list of route

    Notes
    -----
    The files are compressed here, once, rather than for each visitor: 1.3 MB of Plotly instead of 4.8.
    """
    for name in _files():
        _kept(name)
    address = "/assets/{fingerprint}/{name:path}"
    ours = [Route(address, _serve), Route("/{base:path}" + address, _serve)]  # the second for server.baseUrlPath
    return [*qr_routes(), *ours]


def asset_files() -> dict[str, Path]:
    """Return every file there is to serve, by its address below the app's own."""
    return {asset_path(name): path for name, path in _files().items()}


def plotly_version(path: Path) -> str:
    """Return the version of plotly.js that a build says it is.

    Parameters
    ----------
    path : Path
        The build.

    Raises
    ------
    ValueError
        If it is none.
    """
    with path.open("rb") as file:
        found = _VERSION.search(file.read(400))
    if found is None:
        raise ValueError(f"path: expected a build of plotly.js, got {path}.")
    return found[1].decode()


def early() -> list[str]:
    """Return the headers Link of a page that has a stage: a browser fetches its files while Streamlit starts.

    Returns
    -------
    list of str
        Relative to the page, as Streamlit's own files are. Our own come first: they import each other four deep, and
        would be asked for in as many rounds, one after the other, once Streamlit has started.

    Notes
    -----
    A preload would come sooner, but Chromium warns on the console of a slow machine, where the stage follows late.
    """
    own = [name for name in _files() if name not in (_PLOTLY, *_NOT_OF_PAGES)]
    return [f"<./{asset_path(name)}>; rel=prefetch" for name in [*own, _PLOTLY]]


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _files():
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    known = request.path_params["fingerprint"] == _fingerprint()
    kept, cache_control = _kept(name), FOR_A_YEAR if known else WHILE_NEW
    if (answer := kept.answer(request.headers, cache_control)) is not None:
        return answer
    headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    return Response(_files()[name].read_bytes(), headers=headers, media_type=kept.media_type)


@cache
def _files() -> dict[str, Path]:
    """Return every file there is to serve, by name; nothing else on the disk can be asked for."""
    found = {_PLOTLY: _plotly()}
    for path in sorted((Path(__file__).parents[1] / "stage").glob("*.*")):
        if path.suffix in _TYPES:
            found[f"stage/{path.name}"] = path
    return found


def _plotly() -> Path:
    """Return Plotly's file: the wheel's, or the build that whoever runs the server chose."""
    ours = _plotly_package() / "package_data" / _PLOTLY
    if not (chosen := os.environ.get(OTHER_PLOTLY)):
        return ours
    other = Path(chosen)
    if plotly_version(other) != plotly_version(ours):
        versions = f"version {plotly_version(ours)} of plotly.js, as the wheel has it, got {plotly_version(other)}"
        raise ValueError(f"{OTHER_PLOTLY}: expected {versions}.")
    return other


def _plotly_package() -> Path:
    """Return Plotly's folder without importing it."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("Plotly is not installed: pip install -r requirements.txt")
    return Path(package.origin).parent


@cache
def _fingerprint() -> str:
    digest = sha256()
    for path in _files().values():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _kept(name: str) -> Kept:
    return Kept.of(_files()[name].read_bytes(), name)
