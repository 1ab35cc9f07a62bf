"""What a browser that has never been here fetches: every file of a first visit, and how many bytes came for it."""

from tests.browser.driver import CHROMIUM, FLAGS, PATIENCE

SEEN = "[data-testid=stage][data-ready=true], .stMarkdown:has-text('The slider is at')"
BY_HTTP = {"Accept-Encoding": "gzip, deflate"}
"""What a browser says by http to any machine but its own: it takes no Brotli there."""


def arrivals(page, url, path="/"):
    """Open a page; return the bytes that came for each file, headers too, by its address, the largest first."""
    names, came, files = {}, {}, {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda said: names.update({said["requestId"]: said["request"]["url"]}))
    network.on("Network.loadingFinished", lambda said: came.update({said["requestId"]: said["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(url + path)
    page.locator(SEEN).first.wait_for()
    page.wait_for_load_state("networkidle")
    for request, size in came.items():
        if names[request].startswith(f"{url}/"):  # else it came out of the page itself
            name = names[request].removeprefix(url)
            files[name] = files.get(name, 0) + int(size)
    return dict(sorted(files.items(), key=lambda file: -file[1]))


def first_visit(playwright, url, path="/", headers=()):
    """Visit with a browser that is new."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(extra_http_headers=dict(headers))
    page.set_default_timeout(PATIENCE)
    files = arrivals(page, url, path)
    browser.close()
    return files
