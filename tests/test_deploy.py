"""What deploy/ holds is true and works: three replicas behind nginx, one of them killed, each of them restarted."""

import asyncio
import gzip
import http.client
import re
import signal

import brotli
import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.ui.explorer.controls import OF_A_RUN
from logreg.ui.files.assets import asset_path
from logreg.ui.files.static import LIGHTER, streamlit_files
from logreg.ui.projector import EVERYWHERE
from logreg.ui.stage.points import LONGEST_LINK, encode_points
from tests.browser.driver import ROOT
from tests.deployment import PORTS, started
from tests.visitors import Visitor, hall, run

HALL = 20
KEY = "separable_blobs_gap"
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8")
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
PROXY = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def test_every_replica_of_the_compose_file_is_one_of_the_proxys():
    assert re.findall(r'STREAMLIT_SERVER_PORT: "(\d+)"', COMPOSE) == PORTS
    assert len(set(re.findall(r"ipv4_address: (\S+)}", COMPOSE))) == len(PORTS) + 1
    for port in PORTS:
        assert len(re.findall(rf"server app\d:{port} max_fails", PROXY)) == 1
        assert len(re.findall(rf"server app\d:{port} backup", PROXY)) == len(PORTS) - 1


def test_nothing_runs_as_root_or_on_a_disk_that_can_be_written():
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["app", "nginx"]
    assert {"read_only: true", "cap_drop: [ALL]", "tmpfs: [/tmp]"} <= {line.strip() for line in COMPOSE.splitlines()}
    assert "tmpfs: [/srv/proxy/run]" in COMPOSE  # memory that has the rights of the folder, and not its owner
    assert "RUN mkdir -m 1777 run" in DOCKERFILE
    assert "ip_hash" not in re.sub(r"#.*", "", PROXY)


def test_what_the_image_copies_is_there_and_is_sent_to_the_builder():
    everything, *rules = IGNORED.split()
    kept = [ROOT / rule[1:] for rule in rules if rule.startswith("!")]
    copied = [re.fullmatch(r"COPY ((?:[^-]\S* )+)\S+", line) for line in DOCKERFILE.splitlines()]
    sources = [ROOT / source for match in copied if match for source in match[1].split()]
    assert everything == "**"
    assert {ROOT / "requirements.txt", ROOT / "logreg"} < set(sources)
    assert [source for source in sources if not source.exists() or not {source, *source.parents} & set(kept)] == []


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    running = started(tmp_path_factory.mktemp("deployed"))
    yield running
    running.stop()


def ask(deployed, path, **headers):
    connection = http.client.HTTPConnection(deployed.url.removeprefix("http://"), timeout=600)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_proxy_answers_for_files_with_what_was_compressed_before(deployed):
    name, path = next((name, path) for name, path in streamlit_files().items() if "/index." in name)
    answer, body = ask(deployed, f"/{name}", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(body) == path.read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    assert ask(deployed, f"/{name}", If_None_Match=answer.headers["ETag"], Accept_Encoding="gzip")[0].status == 304
    assert answer.headers["Vary"] == "Accept-Encoding"
    plain, whole = ask(deployed, f"/{name}")
    assert (plain.headers["Content-Encoding"], whole) == (None, path.read_bytes())
    assert ask(deployed, f"/{asset_path('plotly.min.js')}")[0].headers["Server"] == "nginx"
    of_another_version = asset_path("stage/bundle.js").replace("assets/", "assets/old")
    assert ask(deployed, f"/{of_another_version}")[0].headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("accepted", ["gzip, deflate, br, zstd", "br"])
def test_by_https_files_come_from_the_proxy_smaller_still(deployed, accepted):
    name, path = next((name, path) for name, path in streamlit_files().items() if "/js/index." in name)
    answer, body = ask(deployed, f"/{name}", Accept_Encoding=accepted)
    assert (answer.headers["Server"], answer.headers["Content-Encoding"]) == ("nginx", "br")
    assert brotli.decompress(body) == path.read_bytes()
    assert answer.headers.get_all("Content-Type") == ["application/javascript"]
    assert answer.headers.get_all("Vary") == ["Accept-Encoding"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert ask(deployed, f"/{name}", If_None_Match=answer.headers["ETag"], Accept_Encoding=accepted)[0].status == 304
    assert ask(deployed, f"/br/{name}", Accept_Encoding=accepted)[1] != body


@pytest.mark.parametrize("accepted", ["br;q=0, gzip", "brx, gzip", "gzip, x-br"])
def test_who_takes_no_brotli_gets_none(deployed, accepted):
    answer, _ = ask(deployed, f"/{asset_path('stage/bundle.js')}", Accept_Encoding=accepted)
    assert (answer.headers["Server"], answer.headers["Content-Encoding"]) == ("nginx", "gzip")


def test_the_proxy_sends_the_parts_of_two_fonts_and_a_browser_asks_for_them_again(deployed):
    parts = {name: path for name, path in streamlit_files().items() if path.is_relative_to(LIGHTER)}
    assert len(parts) == 2
    for name, path in parts.items():
        answer, body = ask(deployed, f"/{name}", Accept_Encoding="gzip, br")
        assert (answer.headers["Server"], answer.headers["Cache-Control"]) == ("nginx", "no-cache")
        assert (answer.headers["Content-Encoding"], body) == (None, path.read_bytes())
        assert ask(deployed, f"/{name}", If_None_Match=answer.headers["ETag"])[0].status == 304


def test_the_longest_link_that_the_app_writes_passes_the_proxy(deployed):
    draw = np.random.default_rng(0)
    points = Dataset(draw.normal(size=(381, 2)), np.arange(381) % 2)
    link = f"/?pts={encode_points(points)}&" + "&".join(f"{field.key}={10**12}" for field in EVERYWHERE + OF_A_RUN)
    assert len(link) > LONGEST_LINK, "as long as points may be, and all else beside them"
    said = ask(deployed, link, Referer=(deployed.url + link)[:4096], Cookie="c" * 1000)  # as much as a browser says
    assert said[0].status == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics?families=active_sessions", "/_stcore/agent/x"])
def test_what_is_nobodys_business_is_closed(deployed, path):
    assert ask(deployed, path)[0].status == 404


def test_a_cookie_may_stand_in_the_frame_of_another_site_where_the_way_there_is_safe(deployed):
    safe = ask(deployed, "/_stcore/health", X_Forwarded_Proto="https")[0].headers.get_all("Set-Cookie")
    plain = ask(deployed, "/_stcore/health")[0].headers.get_all("Set-Cookie")
    assert len(safe) == len(plain) == 2
    for cookie in safe:
        assert {"SameSite=None", "Secure", "Partitioned", "Path=/"} <= set(cookie.split("; "))
        assert "SameSite=Lax" not in cookie
    for cookie in plain:
        assert not {"Secure", "Partitioned"} & set(cookie.split("; "))


async def seated(deployed):
    """Let a hall in; everyone moves the gap to a place of their own, none to the default."""
    visitors = [Visitor(deployed.url) for _ in range(HALL)]

    async def visit(i):
        await visitors[i].fetch(["/"])
        await visitors[i].enter()
        await visitors[i].move(KEY, 0.55 + i / 10)

    await hall(HALL, visit)
    return visitors


async def come_back(visitors):
    await hall(len(visitors), lambda i: visitors[i].come_back())
    assert not [error for visitor in visitors for error in visitor.errors]


async def find_their_link(visitors):
    """Let those whose replica has ended come back: another shows them what their address holds."""
    await hall(len(visitors), lambda i: visitors[i].stay())
    await come_back(visitors)
    for visitor in visitors:
        assert visitor.slider(KEY).value[0] == pytest.approx(float(visitor.query[KEY]))


def sit_at(visitors, port):
    return [visitor for visitor in visitors if visitor.cookies["replica"] == port]


def test_a_hall_finds_seats_at_all_replicas_and_keeps_its_sessions_when_the_wifi_drops(deployed):
    async def scene():
        visitors = await seated(deployed)
        before = [(visitor.cookies["replica"], visitor.session) for visitor in visitors]
        assert len({seat for seat, _ in before}) > 1
        for visitor in visitors:
            visitor.drop()
        await come_back(visitors)
        assert [(visitor.cookies["replica"], visitor.session) for visitor in visitors] == before
        await hall(HALL, lambda i: visitors[i].leave())

    run(scene())


def test_when_a_replica_is_killed_its_visitors_find_what_their_link_holds_at_another(deployed):
    async def scene():
        visitors = await seated(deployed)
        killed = visitors[0].cookies["replica"]
        gone, sessions = sit_at(visitors, killed), {visitor: visitor.session for visitor in visitors}
        deployed.replicas[deployed.at(killed)].kill()
        await find_their_link(gone)
        await hall(HALL, lambda i: visitors[i].look())
        assert not sit_at(visitors, killed)
        assert {visitor for visitor in visitors if visitor.session != sessions[visitor]} == set(gone)
        await hall(HALL, lambda i: visitors[i].leave())
        return deployed.replicas[deployed.at(killed)]

    run(scene()).start()


def test_when_one_replica_after_the_other_is_restarted_nothing_that_a_link_holds_is_lost(deployed):
    async def scene():
        visitors = await seated(deployed)
        for replica, port in zip(deployed.replicas, deployed.ports.values(), strict=True):
            here = sit_at(visitors, str(port))
            replica.stop(signal.SIGTERM)
            await find_their_link(here)
            await asyncio.to_thread(replica.start)
        await hall(HALL, lambda i: visitors[i].leave())

    run(scene())
