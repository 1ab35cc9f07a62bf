"""A lesson's run sheets as one plain page, for a second window, a tablet or paper: no script, one file."""

from __future__ import annotations

import runpy
from contextvars import ContextVar
from functools import cache
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from logreg.ui.files.routes import routes_at
from logreg.ui.lesson.scene import Cue, Lesson
from logreg.ui.menu import PAGES, SHEET, PageOf

_FOUND: ContextVar[list[Lesson] | None] = ContextVar("_FOUND", default=None)
_KEYS = """Choose a sheet under More: then N goes to the next cue, Shift+N to the one before. Space plays, 1 to 9 lead
to scenes, P is projector mode, ? shows all keys."""
_STYLE = """
:root { color-scheme: light dark; font: 1.125rem/1.4 system-ui, sans-serif; }
body { max-width: 48rem; margin: 1.5rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td { padding: 0.4rem 0.75rem 0.4rem 0; vertical-align: top; border-top: 1px solid #8888; }
td:first-child, td:nth-child(2) { white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { a { color: inherit; } section { break-inside: avoid; } }
"""
_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "no-cache"}


def is_only_read(lesson: Lesson) -> bool:
    """Take note of a lesson whose page is only read; return whether it is, so that nothing is to be drawn."""
    found = _FOUND.get()
    if found is not None:
        found.append(lesson)
    return found is not None


@cache
def lesson_of(page: PageOf) -> Lesson | None:
    """Return the lesson that a page's file holds; None where it is no lesson. Nothing is drawn."""
    found: list[Lesson] = []
    token = _FOUND.set(found)
    try:
        if "show(LESSON)" in page.path.read_text(encoding="utf-8"):
            runpy.run_path(str(page.path))
    finally:
        _FOUND.reset(token)
    return found[0] if found else None


def sheet_html(lesson: Lesson, address: str) -> str:
    """Return the run sheets of a lesson as a page.

    Parameters
    ----------
    lesson : Lesson
        Whose run sheets.
    address : str
        The last part of its page's address, beside which the sheet stands.
    """
    sheets = "".join(_section(name, cues, address) for name, cues in lesson.run_sheets.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Run sheet: {escape(lesson.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(lesson.title)}</h1>
<p>{escape(lesson.claim)}</p>
<p>{_KEYS} <a href="../{escape(address)}">The page</a></p>
{sheets}</body>
</html>
"""


def _section(name: str, cues: tuple[Cue, ...], address: str) -> str:
    rows = "".join(_row(cue, address) for cue in cues)
    return f"<section>\n<h2>{escape(name)}</h2>\n<table>\n{rows}</table>\n</section>\n"


def _row(cue: Cue, address: str) -> str:
    link = escape(f"../{address}?{urlencode(cue.link)}" if cue.link else f"../{address}")
    scene = f"scene {escape(cue.link['scene'])}" if "scene" in cue.link else ""
    return f'<tr><td>{escape(cue.at)}</td><td>{scene}</td><td><a href="{link}">{escape(cue.say)}</a></td></tr>\n'


def sheet_routes() -> list[BaseRoute]:
    """Return the routes of all run sheets, for `st.App(routes=...)`."""
    return routes_at(f"/{{page}}/{SHEET}", _serve)


def _serve(request: Request) -> Response:
    return answer(request.path_params["page"])


def answer(address: str) -> Response:
    """Return the sheet of the page at an address, or that there is none."""
    page = PAGES.get(address)
    lesson = None if page is None else lesson_of(page)
    if page is None or lesson is None or not lesson.run_sheets:
        return Response("There is no run sheet of this page.", status_code=404, media_type="text/plain")
    return Response(sheet_html(lesson, page.address), media_type="text/html", headers=_HEADERS)
