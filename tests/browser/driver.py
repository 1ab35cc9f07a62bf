"""A server, windows of a real Chromium, and a visit of a page: what the browser tests drive."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first costs a fifth less
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--process-per-site"]  # all windows of a profile in one process: it compiles a script once for all of them
SETTLED = """[data-testid=stApp][data-test-script-state=notRunning]:not(:has(
  [data-stale=true], [data-testid=stSkeleton]))"""
SCREEN = {"width": 1366, "height": 768}
BECOMES = """(element, [selector, most]) => new Promise((resolve) => {
  const look = (frames) => {
    if (element.isConnected && element.matches(selector)) resolve("is");
    else if (!element.isConnected || frames === most) resolve(element.isConnected ? "is not" : "is gone");
    else requestAnimationFrame(() => look(frames + 1));
  };
  look(0);
})"""
SAID = "(bodies) => bodies.map((body) => ({ ...body.dataset }))"
MOST_FRAMES = 18_000  # of the browser's own until a test gives up: five minutes, or more where the machine is busy
PATIENCE = 300_000
"""Milliseconds until a test gives up what it waits for: many, for a busy machine is slow and not wrong."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One `streamlit run app.py`, with its log."""

    def __init__(self, log, app="app.py", environment=(), **options):
        port = options.get("port") or free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._log = log
        options = {"port": port, "headless": "true", "address": "127.0.0.1"} | options
        said = [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
        self._environment = os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment)
        self._command = [sys.executable, "-m", "streamlit", "run", app, *said]
        self.start()

    def start(self):
        """Start, or start again on the same port after `stop`, with no session kept."""
        with self._log.open("a") as output:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=output, stderr=subprocess.STDOUT
            )
        while not self._is_up():
            if self._has_ended(0.05):
                raise RuntimeError(f"the server did not start:\n{self.log}")

    def _is_up(self):
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=10) as answer:
                return answer.read() == b"ok"
        except OSError:
            return False

    def _has_ended(self, seconds):
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    @property
    def log(self):
        return self._log.read_text()

    def stop(self, how=signal.SIGINT):
        self.process.send_signal(how)
        if not self._has_ended(20):
            self.kill()

    def kill(self):
        """End at once, as a machine that loses its power."""
        self.process.kill()
        self.process.wait()

    def pause(self):
        """Answer nothing until `resume`, while all connections stand."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)


class Windows:
    """Windows that are used again, in one profile a kind of device: a page costs a third where one has been before."""

    def __init__(self, chromium):
        self._chromium = chromium
        self._profiles, self._free = {}, {}

    @contextmanager
    def lent(self):
        """Give a function that lends windows; they come back at the end, and their profiles forget who they were."""
        taken = []

        def lend(url, viewport=SCREEN, color_scheme="light", reduced_motion="no-preference", **device):
            kind = tuple(sorted(device.items()))
            if kind not in self._profiles:
                self._profiles[kind], self._free[kind] = self._chromium.new_context(**device), []
            page = self._free[kind].pop() if self._free[kind] else self._profiles[kind].new_page()
            page.bring_to_front()  # Chromium draws three frames a second in a window that is behind four others
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
            visit = Visit(page, url)
            taken.append((kind, visit))
            return visit

        yield lend
        for kind, visit in taken:
            visit.leave()
            self._profiles[kind].clear_cookies()  # by a cookie, a browser finds its ways back and forward again
            self._free[kind].append(visit.page)


class Visit:
    """One page in the browser, that knows when the server has answered and what the console said."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        page.set_default_timeout(PATIENCE)
        self.finished, self.sent, self.console = 0, [], []
        self._heard = {"websocket": self._on_socket, "console": self._on_console, "pageerror": self._on_error}
        for event, listener in self._heard.items():
            page.on(event, listener)

    def _on_socket(self, socket):
        socket.on("framereceived", self._on_frame)
        socket.on("framesent", lambda frame: self.sent.append(frame))

    def _on_frame(self, frame):
        message = ForwardMsg()
        message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
        self.finished += message.WhichOneof("type") == "script_finished"

    def _on_console(self, message):
        if message.type in ("warning", "error"):
            self.console.append(message.text)

    def _on_error(self, error):
        self.console.append(str(error))

    def open(self, path="/"):
        self.act(lambda: self.page.goto(self.url + path))
        return self

    def act(self, action):
        """Do something that makes the server run, and wait for the end of the run; the browser may still draw."""
        before = self.finished
        action()
        self.until(lambda: self.finished > before)

    def until(self, read, expected=True):
        """Wait until something that can be read is as expected."""
        for _ in range(MOST_FRAMES):
            if (found := read()) == expected:
                return
            self.next_frame()
        raise AssertionError(f"expected {expected!r}, found {found!r}; the stages say {self.stages()}")

    def wait_for(self, locator, selector):
        """Wait until what is located, or what takes its place, is what a CSS selector says.

        The page looks at every frame; Playwright's own waiting looks, after a quarter of a second, twice a second.
        """
        while (found := locator.evaluate(BECOMES, [selector, MOST_FRAMES])) == "is gone":
            pass
        assert found == "is", f"never {selector}; the stages say {self.stages()}"

    def wait_for_page(self):
        """Wait until all of the page stands there that is not the stage's own."""
        self.wait_for(self.page.get_by_test_id("stApp"), SETTLED)

    def next_frame(self):
        self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def stages(self):
        """What the stages of the page say of themselves."""
        return self.page.get_by_test_id("stage").evaluate_all(SAID)

    def leave(self):
        """Hear no more of the page, and leave it for one that does nothing."""
        for event, listener in self._heard.items():
            self.page.remove_listener(event, listener)
        self.page.unroute_all()
        self.page.goto(f"{self.url}/_stcore/health")
