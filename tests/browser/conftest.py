"""The browser and the shared server, for what only a browser can show."""

import os

import pytest

from tests.browser.driver import CHROMIUM, FLAGS, ROOT, Server, Visit
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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def script(chromium):
    """Return a function that runs JavaScript in a page where our modules can be imported, without any server."""
    page = chromium.new_page()

    def serve(route):
        path = ROOT / "logreg/ui" / route.request.url.removeprefix("http://modules/")
        if path.is_file():
            return route.fulfill(body=path.read_bytes(), content_type="text/javascript")
        return route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**", serve)
    page.goto("http://modules/")
    yield page.evaluate
    page.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()


@pytest.fixture
def new_visit(chromium, server):
    """Return a function that opens a new window of the shared server."""
    contexts = []

    def visit(url=None, **options):
        context = chromium.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        contexts.append(context)
        return Visit(context.new_page(), url or server.url)

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def stage_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("stage") / "log.txt", app=STAGE_APP)
    yield running
    running.stop()


@pytest.fixture
def new_stage(chromium, stage_server):
    contexts, stages = [], []

    def opened(path="/", **options):
        context = chromium.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        contexts.append(context)
        stage = Stage(Visit(context.new_page(), stage_server.url))
        stages.append(stage)
        return stage.open(path)

    yield opened
    quiet = [line for stage in stages for line in stage.visit.console]
    for context in contexts:
        context.close()
    assert quiet == []
