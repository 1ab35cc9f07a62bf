"""One file as browsers get it: compressed once, with a fingerprint by which they know whether they have it already."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

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

    Examples
    --------
    >>> has_already('"old", W/"new"', '"new"'), has_already("", '"new"')
    (True, False)
    """
    return any(part.strip().removeprefix("W/") in (etag, "*") for part in if_none_match.split(","))
