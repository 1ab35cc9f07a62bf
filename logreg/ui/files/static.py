"""Streamlit's own files, a hundred of them at every first visit: compressed once, then answered from memory.

Streamlit reads each anew for each visitor and sends it uncompressed: for a lecture hall that is most of its work. Their
names carry a fingerprint, so what is kept never grows old, and there are no more of them than the wheel has.

Two fonts are answered with a part of them: of 4,000 icons the hundred that have a name somewhere, of all letters those
of Latin, Greek and mathematics. Another app at this address would want its own, so a browser asks again each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from logreg.ui.files.kept import FOR_A_YEAR, WHILE_NEW, Kept, takes

LIGHTER = Path(__file__).parent / "lighter"
"""Where the parts of fonts lie, under the names, with the fingerprints, of those that they stand for."""


def streamlit_files() -> dict[str, Path]:
    """Return Streamlit's files that carry a fingerprint in their names, by their addresses below the app's own."""
    folder = Path(st.__file__).parent / "static"
    paths = sorted(path for path in (folder / "static").rglob("*") if path.is_file())
    lighter = {path.name: path for path in LIGHTER.iterdir()}
    return {path.relative_to(folder).as_posix(): lighter.get(path.name, path) for path in paths}


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
            if takes("br", accepted := headers.get("accept-encoding", "")) or takes("gzip", accepted):
                kept = await self._read(scope["path"])
                is_ours = self._files[scope["path"]].is_relative_to(LIGHTER)
                if answer := kept.answer(headers, WHILE_NEW if is_ours else FOR_A_YEAR):
                    return await answer(scope, receive, send)
        await self._app(scope, receive, send)

    async def _read(self, address: str) -> Kept:
        """Return a file; of many who ask at once for a new one, one waits for the compression and all get it."""
        if address not in self._kept:
            self._kept[address] = asyncio.ensure_future(asyncio.to_thread(_read, self._files[address]))
        return await asyncio.shield(self._kept[address])


def _read(path: Path) -> Kept:
    return Kept.of(path.read_bytes(), path.name)


class Early:
    """Name files in the header of every page of Streamlit's, so that a browser fetches them while it starts.

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
                is_page = headers.get("content-type", "").startswith("text/html")
                if is_page and "content-security-policy" not in headers:  # which would forbid them
                    headers.append("Link", self._link)
            await send(message)

        await self._app(scope, receive, with_link if scope["type"] == "http" else send)
