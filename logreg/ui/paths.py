"""Which addresses lead to a page: one that nearly does is led there, any other to the first page, which says so.

Streamlit itself answers any path with the app, which then shows its first page behind a dialog.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from logreg.ui.menu import FIRST, PAGES, SHEET, nearest
from logreg.ui.text import plain

UNKNOWN = "unknown"
"""The parameter in which the first page is told the path that there is no page for."""

_LONGEST = 60
_OF_STREAMLIT = frozenset({"_stcore", "static", "media", "component", "app", "auth", "oauth2callback", "assets"})
_SEARCHED = ("/_stcore/health", "/_stcore/host-config")


@dataclass(frozen=True)
class Way:
    """Say what becomes of a request.

    Parameters
    ----------
    to : str or None
        Where it is led to, relative to its own address, so that no proxy, base path or host can lead it astray; None
        is nowhere.
    is_page : bool
        Whether it leads to a page or a file: then it is handed on.
    """

    to: str | None = None
    is_page: bool = False


ON = Way(is_page=True)
NOWHERE = Way()


def way(raw: str, base: str = "") -> Way:
    """Return what becomes of a request for a path.

    Parameters
    ----------
    raw : str
        As it was asked for, percent-escapes and all, without the query.
    base : str
        `server.baseUrlPath`, without slashes at its ends.

    Examples
    --------
    >>> way("/sigmoid") == ON, way("/Sigmoid/").to, way("/sigmiod").to, way("/sigmoid/_stcore/health") == NOWHERE
    (True, '../sigmoid', './?unknown=sigmiod', True)
    """
    top = f"/{base}" if base else ""
    inside = raw.removeprefix(top)
    path = unquote(inside)
    if not raw.startswith(top) or not inside.startswith("/") or path.startswith("//") or path == "/":
        return ON  # not of this app; refused by Streamlit; the first page
    first = path[1:].partition("/")[0]
    if first in _OF_STREAMLIT or path[1:] in _files():
        return ON
    if path.endswith(_SEARCHED):
        return NOWHERE
    if inside.endswith(f"/{SHEET}") and inside[1:].removesuffix(f"/{SHEET}") in PAGES:
        return ON
    up = "../" * (inside.count("/") - 1) or "./"
    word = path.strip("/").lower().replace("_", "-")
    if word == FIRST.address:
        return Way(up)
    if word in PAGES:
        return ON if inside == f"/{word}" else Way(up + word)
    shown = path.strip("/")
    return Way(f"{up}?{UNKNOWN}={quote(shown[:_LONGEST] + ('…' if len(shown) > _LONGEST else ''), safe='')}")


def sentence(path: str) -> str:
    """Return what the first page says of a path that there is no page for, as Markdown."""
    shown = path.strip("/")
    said = plain(f"There is no page “/{shown}”; here is the start.")
    if (near := nearest(shown)) is None:
        return said
    return f"{said} Did you mean [{plain(near.title)}]({'.' if near is FIRST else near.address})?"


class KnownPaths:
    """Lead a browser that asks for an unknown page to the first one, and for a page by a crooked address to the page.

    Below a page's address Streamlit's frontend looks for its server first. It takes any refusal for an answer, and a
    browser writes every error (400 and up) on its console: so it is told by 300 that there is nothing here.

    Parameters
    ----------
    app : ASGI application
        What answers the others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        answer = _answer(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (answer or self._app)(scope, receive, send)


def _answer(scope: Scope) -> Response | None:
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    found = way(raw.decode("latin-1"), (st.get_option("server.baseUrlPath") or "").strip("/"))
    if found.is_page:
        return None
    if found.to is None:
        return PlainTextResponse("The server is at the top of this app's address.", status_code=300)
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return None  # no browser that would show a page: an icon, a robot
    query = "" if "?" in found.to or not scope["query_string"] else f"?{scope['query_string'].decode('latin-1')}"
    return Response(status_code=302, headers={"Location": found.to + query, "Cache-Control": "no-store"})


@cache
def _files() -> frozenset[str]:
    return frozenset(path.name for path in (Path(st.__file__).parent / "static").iterdir() if path.is_file())
