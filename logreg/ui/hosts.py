"""By which names the server may be reached: its own, addresses, and those that whoever runs it allows.

A page of a stranger can give its own name the address of this machine, and its scripts would then speak with this
server as if it were theirs (DNS rebinding). The browser still says that name in every request.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from socket import gethostname
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_REFUSED = """This server does not answer to the name in this address.

Whoever runs it can allow the name, here lecture.example.org, when it is started:

    streamlit run app.py --server.allowedHosts=lecture.example.org
"""


def is_known(host: str | None, allowed: Sequence[str] = ()) -> bool:
    """Return whether a request may be answered that was sent to this host.

    Parameters
    ----------
    host : str or None
        The Host of its header, with a port or without.
    allowed : sequence of str
        More names, as Streamlit takes them: "*.example.org" is every name under it, "*" is any.

    Returns
    -------
    bool
        True too for an address in numbers, which nobody else's name can stand for; for localhost; and for the name of
        this machine.

    Examples
    --------
    >>> is_known("127.0.0.1:8501"), is_known("[::1]:8501"), is_known("evil.example"), is_known("evil.example", ["*"])
    (True, True, False, True)
    """
    name = _name(host)
    if name is None:
        return False
    machine = gethostname().lower()
    return (
        _is_address(name)
        or name in ("localhost", machine, f"{machine.partition('.')[0]}.local")
        or name.endswith(".localhost")
        or _is_allowed(name, allowed)
    )


class KnownHosts:
    """Refuse, with a sentence, every request and every websocket that asks for another host.

    Parameters
    ----------
    app : ASGI application
        What answers the others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] in ("http", "websocket"):
            allowed = st.get_option("server.allowedHosts") or ()
            if not is_known(Headers(scope=scope).get("host"), allowed):
                await PlainTextResponse(_REFUSED, status_code=421)(scope, receive, send)
                return
            if scope["type"] == "websocket" and allowed:
                scope = _as_allowed(scope, allowed)
        await self._app(scope, receive, send)


def _as_allowed(scope: Scope, allowed: Sequence[str]) -> Scope:
    """Return a websocket to a name of this machine's own as one to a name that was allowed.

    Once a name is allowed Streamlit opens no websocket to any other: the page would be there, and connect for ever. A
    page of a stranger keeps its Origin, by which it is refused.
    """
    headers = MutableHeaders(raw=list(scope["headers"]))
    host, name = headers["host"], allowed[0].strip().replace("*", "any")
    if _is_allowed(_name(host) or "", allowed):
        return scope
    if headers.get("origin", "").partition("://")[2] == host:
        headers["origin"] = f"http://{name}"
    headers["host"] = name
    return {**scope, "headers": headers.raw}


def _name(host: str | None) -> str | None:
    """Return the name in a Host without its port, in small letters; None where it is none."""
    try:
        found = urlsplit(f"//{host or ''}")
        _ = found.port  # raises where it is no number
    except ValueError:
        return None
    if found.netloc != host or found.username is not None or not found.hostname:
        return None
    return found.hostname.rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_allowed(name: str, allowed: Sequence[str]) -> bool:
    return any(_matches(name, pattern.strip().lower().rstrip(".")) for pattern in allowed)


def _matches(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))
