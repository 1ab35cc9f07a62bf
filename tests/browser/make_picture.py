"""Take the README's picture of the Explorer: `python -m tests.browser.make_picture` writes it into docs/."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.driver import CHROMIUM, FLAGS, ROOT, Server, Visit
from tests.browser.stage_driver import Stage

SIZE = {"width": 1366, "height": 640}


@contextmanager
def stage_of_the_app(size):
    """Give a stage of a window of this size, at a server of its own."""
    server = Server(Path(tempfile.mkdtemp()) / "log.txt")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield Stage(Visit(browser.new_page(viewport=size), server.url))
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    with stage_of_the_app(SIZE) as stage:
        stage.open("/?steps=100000&step=end")
        stage.page.screenshot(path=ROOT / "docs" / "explorer.png")
