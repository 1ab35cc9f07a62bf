"""Streamlit's own files are answered compressed, from memory; all else is handed on as it came."""

import asyncio
import gzip
import re

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import HTMLResponse, PlainTextResponse

from logreg.ui.files import assets, static
from logreg.ui.files.kept import Kept, has_already, takes
from logreg.ui.files.publish import publish
from logreg.ui.files.static import Early, FilesFromMemory, streamlit_files
from tests.browser.driver import ROOT, Server
from tests.visitors import Visitor, run

FILES = streamlit_files()
SCRIPT = "/" + next(name for name in FILES if re.search(r"js/index\..*\.js$", name))
GZIP = {"Accept-Encoding": "gzip, deflate"}  # what browsers say by http
BROTLI = {"Accept-Encoding": "gzip, deflate, br, zstd"}  # by https
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


async def rest(scope, receive, send):
    """Stand for the app behind."""
    await PlainTextResponse("handed on")(scope, receive, send)


async def ask(app, path, headers=(), method="GET"):
    """Return status, headers and body of an answer."""
    said = []

    async def send(message):
        said.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in dict(headers).items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw, "query_string": b"", "root_path": ""}
    await app(scope, None, send)
    answered = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], answered, b"".join(message.get("body", b"") for message in said[1:])


def answer(path, headers=GZIP, method="GET"):
    return run(ask(FilesFromMemory(rest), path, headers, method))


def test_there_are_hundreds_of_files_and_kept_they_take_a_few_megabytes():
    kept = [Kept.of(path.read_bytes(), name) for name, path in FILES.items()]
    assert len(kept) > 200
    assert sum(len(body) for file in kept for body in file.bodies.values()) < 20e6
    for file, path in zip(kept, FILES.values(), strict=True):
        content = path.read_bytes()
        assert all(UNPACK[encoding](body) == content for encoding, body in file.bodies.items())
        assert max(len(body) for body in file.bodies.values()) <= len(content)


def test_what_a_browser_gets_by_https_is_smaller_by_a_twelfth():
    size = {"gzip": 0, "br": 0}
    streamlits = {name: path.read_bytes() for name, path in FILES.items()}
    for name, content in (streamlits | assets.asset_files()).items():
        bodies = Kept.of(content, name).bodies
        if set(bodies) == set(size):
            size = {encoding: size[encoding] + len(bodies[encoding]) for encoding in size}
    assert size["br"] < 11 / 12 * size["gzip"]


def test_a_file_comes_compressed_and_may_be_kept_for_a_year():
    status, headers, body = answer(SCRIPT)
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert int(headers["content-length"]) == len(body)
    assert gzip.decompress(body) == FILES[SCRIPT[1:]].read_bytes()


def test_by_https_a_file_comes_smaller():
    status, headers, body = answer(SCRIPT, BROTLI)
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "br", "Accept-Encoding")
    assert brotli.decompress(body) == FILES[SCRIPT[1:]].read_bytes()
    assert len(body) < len(answer(SCRIPT)[2])
    assert answer(SCRIPT, {"Accept-Encoding": "br"})[2] == body


def test_the_part_of_a_font_is_asked_for_again_each_time_and_sent_once():
    for path in static.LIGHTER.glob("*.woff2"):
        _, headers, body = answer(f"/static/media/{path.name}", BROTLI)
        assert body == path.read_bytes()
        assert (headers["cache-control"], headers["content-type"]) == ("no-cache", "font/woff2")
        assert "content-encoding" not in headers
        had = BROTLI | {"If-None-Match": headers["etag"]}
        assert answer(f"/static/media/{path.name}", had)[::2] == (304, b"")


def test_who_has_a_file_gets_none():
    etag = answer(SCRIPT)[1]["etag"]
    status, headers, body = answer(SCRIPT, GZIP | {"If-None-Match": f'"other", {etag}'})
    assert (status, body, headers["etag"]) == (304, b"", etag)
    assert answer(SCRIPT, GZIP | {"If-None-Match": '"other"'})[0] == 200


def test_a_browser_without_gzip_is_answered_by_streamlit():
    assert answer(SCRIPT, {})[2] == answer(SCRIPT, {"Accept-Encoding": "gzip;q=0"})[2] == b"handed on"


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_only_reading_is_answered(method):
    assert answer(SCRIPT, method=method)[2] == b"handed on"


@given(st.one_of(st.text(), st.text().map(lambda text: f"/static/{text}"), st.text().map(lambda text: SCRIPT + text)))
def test_no_other_path_is_answered(path):
    if path.removeprefix("/") not in FILES or not path.startswith("/"):
        assert answer(path)[2] == b"handed on"


@pytest.mark.parametrize(
    "path", ["/static/../index.html", "/static/js/../../../__init__.py", "//static/js", "/static/"]
)
def test_no_path_leads_out_of_the_folder(path):
    assert answer(path)[2] == b"handed on"


def test_of_many_who_ask_for_a_new_file_at_once_one_waits_for_its_compression(monkeypatch):
    read, real = [], static._read
    monkeypatch.setattr(static, "_read", lambda path: read.append(path) or real(path))

    async def hall():
        app = FilesFromMemory(rest)
        return await asyncio.gather(*[ask(app, SCRIPT, GZIP) for _ in range(50)])

    assert len({body for _, _, body in run(hall())}) == len(read) == 1


@given(
    st.sampled_from(["gzip", "br"]),
    st.lists(st.sampled_from(["gzip", "br", "deflate", "*", "identity"]), unique=True),
    st.floats(0.001, 1),
)
def test_what_is_named_with_some_weight_is_taken(encoding, names, weight):
    header = ", ".join(f"{name};q={weight:.3f}" for name in names)
    assert takes(encoding, header) == bool({encoding, "*"} & set(names))
    assert not takes(encoding, header.replace(f"{weight:.3f}", "0.000"))
    assert not takes(encoding, f"{encoding};q=0, *, identity")


@given(
    st.lists(st.from_regex(r'(W/)?"[a-z0-9]{1,8}"', fullmatch=True)), st.from_regex(r'"[a-z0-9]{1,8}"', fullmatch=True)
)
def test_a_file_is_had_where_its_fingerprint_is_named(tags, etag):
    assert has_already(", ".join(tags), etag) == (etag in [tag.removeprefix("W/") for tag in tags])
    assert has_already(", ".join([*tags, etag]), etag)


def test_pages_and_nothing_else_name_what_to_fetch_early():
    async def answers():
        page = await ask(Early(HTMLResponse("<p>"), ["<./a.js>; rel=prefetch"]), "/")
        closed = HTMLResponse("<p>", headers={"Content-Security-Policy": "default-src 'none'"})
        others = [await ask(Early(one, ["<./a.js>; rel=prefetch"]), "/") for one in (rest, closed)]
        return page, *others

    page, *others = run(answers())
    assert page[1]["link"] == "<./a.js>; rel=prefetch"
    assert not ["link" for _, headers, _ in others if "link" in headers], (
        "nor a page whose own policy would forbid them"
    )


def test_all_that_the_stage_is_made_of_is_named_and_a_proxy_has_room_for_it():
    links = assets.early()
    assert {re.sub("^<./(.*)>; rel=prefetch$", r"\1", link) for link in links} == assets.asset_files().keys()
    assert len(", ".join(links)) < 3000, "nginx takes 4 KB of headers, unless it is told otherwise"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()


def test_every_file_that_streamlits_page_names_is_one_of_these_and_answered(server):
    async def first_visit():
        visitor = Visitor(server.url)
        await visitor.fetch(["/", "/observation-3"])
        return await visitor.fetch([f"/{name}" for name in named])

    page = (FILES[SCRIPT[1:]].parents[2] / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'"\./(static/[^"]+)"', page)
    assert len(named) > 30
    assert set(named) <= FILES.keys()
    kept = [Kept.of(FILES[name].read_bytes(), name) for name in named]
    small = sum(len(file.bodies.get("gzip", file.bodies.get(""))) for file in kept)
    assert run(first_visit()) == small


def test_the_style_that_is_sent_holds_every_style_sheet():
    sent = assets._files()["stage/stage.css"].decode()
    sheets = [path.read_text(encoding="utf-8") for path in (ROOT / "logreg/ui/stage").glob("*.css")]
    assert len(sent) == sum(map(len, sheets))
    assert all(sheet in sent for sheet in sheets)


def test_a_folder_for_a_proxy_holds_every_file_and_its_compressed_forms(tmp_path):
    number = publish(tmp_path, is_best=False)
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    files = {name for name in written if not name.endswith(".gz") and not name.startswith("br/")}
    assert len(files) == number > len(FILES)
    assert files >= FILES.keys()
    assert {name.split("/")[0] for name in files} == {"static", "assets"}
    packed = {name for name in files if name.endswith((".js", ".css")) and len(written[name]) >= 200}
    for name in packed:
        assert gzip.decompress(written[f"{name}.gz"]) == brotli.decompress(written[f"br/{name}"]) == written[name]
    assert written.keys() - files == {
        form for name in files for form in (f"{name}.gz", f"br/{name}") if form in written
    }


def test_where_there_are_minutes_files_get_smaller_still():
    content = FILES[SCRIPT[1:]].read_bytes()
    quick, best = (Kept.of(content, SCRIPT, is_best).bodies for is_best in (False, True))
    assert len(best["br"]) < 0.95 * len(quick["br"])
    assert len(best["gzip"]) < 0.97 * len(quick["gzip"])
    assert brotli.decompress(best["br"]) == gzip.decompress(best["gzip"]) == content


def test_below_an_address_of_its_own_the_files_are_found_there_alone(monkeypatch):
    monkeypatch.setattr(static.st, "get_option", {"server.baseUrlPath": "/lectures/logreg/"}.get)
    assert answer(f"/lectures/logreg{SCRIPT}")[1]["content-encoding"] == "gzip"
    assert answer(SCRIPT)[2] == b"handed on"
