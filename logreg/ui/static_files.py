"""Streamlit's own files, a hundred of them at every first visit: compressed once, then answered from memory.

Streamlit reads each anew for each visitor and sends it uncompressed: for a lecture hall that is most of its work. Their
names carry a fingerprint, so what is kept never grows old, and there are no more of them than the wheel has.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOR_A_YEAR = "public, max-age=31536000, immutable"
_WORTH_IT = 0.9  # of its size: a font or a picture is compressed already
_LEVEL = 6


@dataclass(frozen=True)
class Kept:
    """Hold a file as it is sent to a browser that takes gzip.

    Parameters
    ----------
    body : bytes
        The file, compressed where that makes it smaller.
    is_compressed : bool
        Whether it does.
    media_type : str
        Its type, as text/javascript.
    etag : str
        A fingerprint of the file, in quotes.

    Examples
    --------
    >>> Kept.of(b"a" * 1000, "a.js").is_compressed, Kept.of(b"a", "a.js").is_compressed
    (True, False)
    """

    body: bytes
    is_compressed: bool
    media_type: str
    etag: str

    @staticmethod
    def of(content: bytes, name: str, level: int = _LEVEL) -> Kept:
        """Compress a file that has this name."""
        small = gzip.compress(content, compresslevel=level, mtime=0)
        is_smaller = len(small) < _WORTH_IT * len(content)
        media_type = _TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
        return Kept(small if is_smaller else content, is_smaller, media_type, f'"{sha256(content).hexdigest()[:16]}"')

    def answer(self, request: Headers, cache_control: str = FOR_A_YEAR) -> Response:
        """Return the answer to a request with these headers: nothing where the browser has the file already."""
        headers = {"Cache-Control": cache_control, "ETag": self.etag, "Vary": "Accept-Encoding"}
        if has_already(request.get("if-none-match", ""), self.etag):
            return Response(status_code=304, headers=headers)
        if self.is_compressed:
            headers["Content-Encoding"] = "gzip"
        return Response(self.body, headers=headers, media_type=self.media_type)


_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}  # whatever the machine calls them


def takes_gzip(accept_encoding: str) -> bool:
    """Return whether a browser with this Accept-Encoding takes gzip.

    Parameters
    ----------
    accept_encoding : str
        Its header.

    Returns
    -------
    bool

    Examples
    --------
    >>> takes_gzip("deflate, gzip;q=0.5"), takes_gzip("gzip;q=0, br"), takes_gzip("")
    (True, False, False)
    """
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "").rstrip("0") not in ("q=", "q=0.")
    return False


def has_already(if_none_match: str, etag: str) -> bool:
    """Return whether a browser that says this If-None-Match has the file already.

    Parameters
    ----------
    if_none_match : str
        Its header.
    etag : str
        The file's.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_already('"old", W/"new"', '"new"'), has_already("", '"new"')
    (True, False)
    """
    return any(part.strip().removeprefix("W/") in (etag, "*") for part in if_none_match.split(","))


def streamlit_files() -> dict[str, Path]:
    """Return Streamlit's files that carry a fingerprint in their names, by their addresses below the app's own."""
    folder = Path(st.__file__).parent / "static"
    paths = sorted(path for path in (folder / "static").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


class FilesFromMemory:
    """Answer for Streamlit's own files; hand all else on, and what a browser without gzip asks for.

    Parameters
    ----------
    app : ASGI application
        What answers the rest.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        base = (st.get_option("server.baseUrlPath") or "").strip("/")
        self._files = {f"/{base}/{name}".replace("//", "/"): path for name, path in streamlit_files().items()}
        self._kept: dict[str, asyncio.Future[Kept]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and scope["path"] in self._files and scope["method"] in ("GET", "HEAD"):
            headers = Headers(scope=scope)
            if takes_gzip(headers.get("accept-encoding", "")):
                kept = await self._read(scope["path"])
                await kept.answer(headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _read(self, address: str) -> Kept:
        """Return a file; of many who ask at once for a new one, one waits for the compression and all get it."""
        if address not in self._kept:
            self._kept[address] = asyncio.ensure_future(asyncio.to_thread(_read, self._files[address]))
        return await asyncio.shield(self._kept[address])


def _read(path: Path) -> Kept:
    return Kept.of(path.read_bytes(), path.name)


class Early:
    """Name files in the header of every page, so that a browser fetches them while Streamlit starts.

    Parameters
    ----------
    app : ASGI application
        What answers.
    links : iterable of str
        Values of the header Link.
    """

    def __init__(self, app: ASGIApp, links: Iterable[str]) -> None:
        self._app, self._link = app, ", ".join(links)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""

        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", self._link)
            await send(message)

        await self._app(scope, receive, with_link if scope["type"] == "http" else send)
