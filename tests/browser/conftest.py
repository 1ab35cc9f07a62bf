"""The browser and the shared server, for what only a browser can show."""

import os

import pytest

from tests.browser.driver import CHROMIUM, FLAGS, PATIENCE, ROOT, Server, Windows
from tests.browser.modules import CALLS
from tests.browser.stage_driver import Stage

STAGE_APP = "tests/browser/apps/stage_app.py"


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI is set and no Chromium was found")
        pytest.skip("no Chromium was found")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def script(chromium):
    """Return a function that runs JavaScript in a page where our modules can be imported, without any server."""
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)

    def serve(route):
        path = ROOT / "logreg/ui" / route.request.url.removeprefix("http://modules/")
        if path.is_file():
            return route.fulfill(body=path.read_bytes(), content_type="text/javascript")
        return route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**", serve)
    page.goto("http://modules/")
    yield page.evaluate
    page.close()


@pytest.fixture
def calls(script):
    """Return a function that calls one function of a module once a row."""
    return lambda path, name, rows: script(CALLS, [path, name, rows])


@pytest.fixture(scope="session")
def windows(chromium):
    return Windows(chromium)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def stage_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("stage") / "log.txt", app=STAGE_APP)
    yield running
    running.stop()


@pytest.fixture
def new_visit(windows):
    """Return a function that opens a window, and see that no page says anything on its console."""
    visits = []
    with windows.lent() as lend:

        def opened(url, **options):
            visits.append(lend(url, **options))
            return visits[-1]

        yield opened
        said = [line for visit in visits for line in visit.console]
    assert said == []


@pytest.fixture
def new_page(new_visit, server):
    """Return a function that opens a page of the app, and its stage."""
    return lambda path="/", **options: Stage(new_visit(server.url, **options)).open(path)


@pytest.fixture
def new_stage(new_visit, stage_server):
    """Return a function that opens the scratch app around one stage, or two."""
    return lambda path="/", **options: Stage(new_visit(stage_server.url, **options)).open(path)


@pytest.fixture
def shared(new_stage):
    """A stage at a step, with its menu open."""
    stage = new_stage("/?steps=1000&step=10")
    stage.page.get_by_role("button", name="Share").click()
    return stage
