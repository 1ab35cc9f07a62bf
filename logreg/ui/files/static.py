"""Streamlit's own files, a hundred of them at every first visit: compressed once, then answered from memory.

Streamlit reads each anew for each visitor and sends it uncompressed: for a lecture hall that is most of its work. Their
names carry a fingerprint, so what is kept never grows old, and there are no more of them than the wheel has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from logreg.ui.files.kept import Kept, takes_gzip


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
