"""Where the server answers with something of ours: at its address, and at that below server.baseUrlPath."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route


def routes_at(address: str, serve: Callable[[Request], Response]) -> list[BaseRoute]:
    """Return the routes that serve an address, for `st.App(routes=...)`.

    Parameters
    ----------
    address : str
        From the app's own root on, as Starlette writes it.
    serve : callable
        Answers a request.

    Examples
    --------
    >>> [route.path for route in routes_at("/sheet", lambda request: Response())]
    ['/sheet', '/{base:path}/sheet']
    """
    return [Route(address, serve), Route("/{base:path}" + address, serve)]
