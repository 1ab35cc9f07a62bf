"""Take the README's picture of the app: `python -m tests.browser.make_picture` writes docs/explorer.png."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.driver import CHROMIUM, FLAGS, ROOT, Server, Visit


def main():
    server = Server(Path(tempfile.mkdtemp()) / "log.txt")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            visit = Visit(browser.new_page(viewport={"width": 1366, "height": 640}), server.url)
            visit.open("/?steps=100000")
            visit.page.locator("[data-testid=stage][data-ready=true]").wait_for()
            visit.page.wait_for_timeout(500)
            visit.page.screenshot(path=ROOT / "docs" / "explorer.png")
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
