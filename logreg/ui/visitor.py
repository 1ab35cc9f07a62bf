"""Which browser a visitor comes with: a cookie of ours, by which a reload finds what no link holds."""

from __future__ import annotations

import secrets

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COOKIE = "logreg_browser"
_LONGEST = 64


def browser() -> str | None:
    """Return the name of the visitor's browser; None where it takes no cookies."""
    name = st.context.cookies.get(_COOKIE)
    return name if name and len(name) <= _LONGEST else None


class NamedBrowsers:
    """Give every browser a name of its own with the first page: random, for as long as it is open.

    A browser that was closed has no name any more, but it may still have the page, and is only told so (304).

    Parameters
    ----------
    app : ASGI application
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""

        async def with_name(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                still_has_it = message["status"] == 304 and "text/html" in Headers(scope=scope).get("accept", "")
                if still_has_it or headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", f"{_COOKIE}={secrets.token_hex(16)}; Path=/; HttpOnly; SameSite=Lax")
            await send(message)

        is_new = scope["type"] == "http" and not _has_name(scope)
        await self._app(scope, receive, with_name if is_new else send)


def _has_name(scope: Scope) -> bool:
    said = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    return _COOKIE in cookie_parser(said.decode("latin-1"))
