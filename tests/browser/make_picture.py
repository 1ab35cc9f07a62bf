"""Take the README's pictures of the app: `python -m tests.browser.make_picture` writes them into docs/."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.driver import CHROMIUM, FLAGS, ROOT, Server, Visit
from tests.browser.stage_driver import Stage

PAGES = {"explorer.png": "/?steps=100000&step=end", "observation_3.png": "/observation-3?step=end"}


def main():
    server = Server(Path(tempfile.mkdtemp()) / "log.txt")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, path in PAGES.items():
                visit = Visit(browser.new_page(viewport={"width": 1366, "height": 640}), server.url)
                Stage(visit).open(path)
                visit.page.screenshot(path=ROOT / "docs" / name)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
