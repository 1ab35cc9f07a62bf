"""By which names the server answers: properties, and real requests to a started server."""

import base64
import http.client
import os
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.ui.hosts import is_known
from tests.browser.driver import Server

OWN = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), "192.168.1.20", "app.localhost", "LOCALHOST"]
STRANGE = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example.", "1.2.3.4.5", "[::1"]
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z][a-z0-9]{1,10}){1,3}", fullmatch=True)


@given(st.ip_addresses().map(lambda a: f"[{a}]" if a.version == 6 else str(a)), st.sampled_from(["", ":80", ":8501"]))
def test_every_address_in_numbers_is_known(address, port):
    assert is_known(address + port)


@given(NAMES.filter(lambda name: not name.endswith((".local", ".localhost")) and name != socket.gethostname()))
def test_a_name_is_known_once_it_is_allowed(name):
    assert not is_known(name)
    assert not is_known(f"{name}:8501", ["other.example", f"*.{name}"])
    assert is_known(f"{name}:8501", ["other.example", name])
    assert is_known(f"a.{name}", [f"*.{name}"])
    assert is_known(name, ["*"])


@pytest.mark.parametrize("host", [*STRANGE, None, "", ":80", "a b", "user@localhost", "localhost/x", "localhost:x"])
def test_what_is_no_known_host_is_refused(host):
    assert not is_known(host)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()


def status(server, path, host, **headers):
    """Return the status of the answer to a request with this Host."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.putrequest("GET", path, skip_host=True)
    for name, value in {"Host": host, **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse().status
    connection.close()
    return answer


def websocket_status(server, host, origin):
    key = base64.b64encode(os.urandom(16)).decode()
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": key}
    return status(server, "/_stcore/stream", host, Origin=origin, Sec_WebSocket_Protocol="streamlit", **upgrade)


@pytest.mark.parametrize("host", OWN)
def test_a_started_server_answers_to_its_own_names(server, host):
    port = server.url.rpartition(":")[2]
    assert status(server, "/", f"{host}:{port}") == 200
    assert websocket_status(server, f"{host}:{port}", f"http://{host}:{port}") == 101


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80"])
def test_a_started_server_refuses_the_name_of_a_stranger(server, host):
    assert status(server, "/", host) == 421
    assert status(server, "/_stcore/health", host) == 421
    assert websocket_status(server, host, f"http://{host}") in (403, 421)


@settings(max_examples=8)
@given(
    NAMES.filter(lambda name: not name.endswith((".local", ".localhost")) and name != socket.gethostname()),
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", ":80", ":8501"]),
)
def test_no_page_of_a_stranger_opens_a_websocket(server, name, scheme, port):
    own = server.url.removeprefix("http://")
    assert websocket_status(server, own, f"{scheme}://{name}{port}") == 403
    assert websocket_status(server, own, f"{scheme}://127.0.0.1.{name}") == 403


def test_a_page_without_an_address_opens_no_websocket(server):
    assert websocket_status(server, server.url.removeprefix("http://"), "null") == 403


@pytest.fixture(scope="module", params=["lecture.example.org", "*.example.org"])
def public(request, tmp_path_factory):
    """A server of which a name was allowed."""
    allowed = {"STREAMLIT_SERVER_ALLOWED_HOSTS": request.param}
    running = Server(tmp_path_factory.mktemp("public") / "log.txt", environment=allowed)
    yield running
    running.stop()


def test_a_name_that_was_allowed_is_answered(public):
    assert status(public, "/", "lecture.example.org") == 200
    assert websocket_status(public, "lecture.example.org", "https://lecture.example.org") == 101
    assert websocket_status(public, "evil.example", "https://evil.example") in (403, 421)


@pytest.mark.parametrize("host", OWN)
def test_a_server_with_a_public_name_answers_to_its_own_names_still(public, host):
    test_a_started_server_answers_to_its_own_names(public, host)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null"])
def test_a_public_name_opens_no_websocket_for_a_stranger(public, origin):
    for host in (public.url.removeprefix("http://"), "lecture.example.org"):
        assert websocket_status(public, host, origin) == 403
