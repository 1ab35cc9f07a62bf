"""The files that a browser loads for the stage: Plotly itself and our own modules, compressed once and cached.

Every address carries a fingerprint, so a browser may keep what it has for a year and still sees each new version.
"""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FOR_A_YEAR = "public, max-age=31536000, immutable"


def asset_path(name: str) -> str:
    """Return the address of a file, relative to the app's own.

    Parameters
    ----------
    name : str
        As "plotly.min.js" or "stage/stage.js".

    Returns
    -------
    str

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
    The files are compressed here, once, rather than for each visitor: 1.4 MB of Plotly instead of 4.8.
    """
    for name in _files():
        _compressed(name)
    address = "/assets/{fingerprint}/{name:path}"
    return [Route(address, _serve), Route("/{base:path}" + address, _serve)]  # the second for server.baseUrlPath


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _files():
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    known = request.path_params["fingerprint"] == _fingerprint()
    headers = {"Cache-Control": _FOR_A_YEAR if known else "no-cache", "Vary": "Accept-Encoding"}
    media_type = _TYPES[Path(name).suffix]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_compressed(name), headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return Response(_files()[name].read_bytes(), headers=headers, media_type=media_type)


@cache
def _files() -> dict[str, Path]:
    """Return every file there is to serve, by name; nothing else on the disk can be asked for."""
    found = {"plotly.min.js": _plotly_package() / "package_data" / "plotly.min.js"}
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in _TYPES:
            found[f"stage/{path.name}"] = path
    return found


def _plotly_package() -> Path:
    """Return Plotly's folder without importing it."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("Plotly is not installed: pip install -r requirements.txt")
    return Path(package.origin).parent


@cache
def _fingerprint() -> str:
    digest = sha256(version("plotly").encode())
    for name, path in _files().items():
        if name != "plotly.min.js":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(_files()[name].read_bytes(), compresslevel=6, mtime=0)
