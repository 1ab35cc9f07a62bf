"""The files that a browser loads for the stage: Plotly, our own modules and their style, compressed once and cached.

Every address carries a fingerprint, so a browser may keep what it has for a year and still sees each new version.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from logreg.ui.files.bundle import bundle
from logreg.ui.files.kept import FOR_A_YEAR, WHILE_NEW, Kept
from logreg.ui.files.plotly_part import drawing_part, plotly_file
from logreg.ui.files.qr import qr_routes
from logreg.ui.files.routes import routes_at

_PLOTLY, _STAGE, _STYLE = "plotly.min.js", "stage/bundle.js", "stage/stage.css"
_SHEETS = ("charts.css", "controls.css", "panels.css", "narrow.css")  # of the style, in the order in which rules win
_EXPORTING = ("component.js", "opened.js")  # what Streamlit calls, and what starts a saved file


def asset_path(name: str) -> str:
    """Return the address of a file, relative to the app's own.

    Parameters
    ----------
    name : str
        As "plotly.min.js" or "stage/bundle.js".

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
    The files are compressed here, once, rather than for each visitor: 0.3 MB of Plotly instead of 1.0.
    """
    for name in _files():
        _kept(name)
    return [*qr_routes(), *routes_at("/assets/{fingerprint}/{name:path}", _serve)]


def asset_files() -> dict[str, bytes]:
    """Return every file there is to serve, by its address below the app's own."""
    return {asset_path(name): content for name, content in _files().items()}


def early() -> list[str]:
    """Return the headers Link of a page that has a stage: a browser fetches its files while Streamlit starts.

    Returns
    -------
    list of str
        Relative to the page, as Streamlit's own files are.

    Notes
    -----
    A preload would come sooner, but Chromium warns on the console of a slow machine, where the stage follows late.
    """
    return [f"<./{asset_path(name)}>; rel=prefetch" for name in (_STAGE, _STYLE, _PLOTLY)]


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _files():
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    known = request.path_params["fingerprint"] == _fingerprint()
    kept, cache_control = _kept(name), FOR_A_YEAR if known else WHILE_NEW
    if (answer := kept.answer(request.headers, cache_control)) is not None:
        return answer
    headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    return Response(_files()[name], headers=headers, media_type=kept.media_type)


@cache
def _files() -> dict[str, bytes]:
    """Return every file there is to serve, by name; nothing else on the disk can be asked for."""
    folder = Path(__file__).parents[1] / "stage"
    modules = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.js")}
    return {
        _PLOTLY: drawing_part(plotly_file().read_text(encoding="utf-8")).encode(),
        _STAGE: bundle(modules, _EXPORTING).encode(),
        _STYLE: b"".join((folder / name).read_bytes() for name in _SHEETS),
    }


@cache
def _fingerprint() -> str:
    digest = sha256()
    for content in _files().values():
        digest.update(content)
    return digest.hexdigest()[:12]


@cache
def _kept(name: str) -> Kept:
    return Kept.of(_files()[name], name)
