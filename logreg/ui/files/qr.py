"""The QR code of a link, for a hall: a route of the app makes it, for whoever has Share open."""

from __future__ import annotations

from io import BytesIO

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from logreg.ui.files.routes import routes_at

LONGEST = 1200
"""Characters. A longer link makes squares too small for the back row."""


def qr_svg(link: str) -> bytes:
    """Return the QR code of a link as SVG: black on white, whatever the theme, with the border that readers need.

    Parameters
    ----------
    link : str
        Of at most `LONGEST` characters, beginning with http:// or https://.

    Raises
    ------
    ValueError
        If it is no such link.

    Examples
    --------
    >>> qr_svg("https://example.org")[:4]
    b'<svg'
    """
    if not link.startswith(("http://", "https://")) or not link.isprintable() or len(link) > LONGEST:
        raise ValueError(f"link: expected http(s)://… of at most {LONGEST} characters, got {link[:40]!r}.")
    svg = BytesIO()
    code = segno.make_qr(link, error="m")
    code.save(svg, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False)
    return svg.getvalue()


def qr_routes() -> list[BaseRoute]:
    """Return the routes of it, for `st.App(routes=...)`."""
    return routes_at("/assets/qr.svg", _serve)


def _serve(request: Request) -> Response:
    try:
        svg = qr_svg(request.query_params.get("link", ""))
    except ValueError as error:
        return Response(str(error), status_code=400, media_type="text/plain")
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return Response(svg, media_type="image/svg+xml", headers=headers)
