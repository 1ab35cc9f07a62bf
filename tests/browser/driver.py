"""A server on a free port and a window of a real Chromium: what the browser tests drive."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Server:
    """One `streamlit run app.py`, with its log."""

    def __init__(self, log, app="app.py"):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = log
        command = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port)]
        command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
        paths = {"PYTHONPATH": str(ROOT)}
        with log.open("w") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | paths, stdout=output, stderr=subprocess.STDOUT
            )
        self._wait()

    def _wait(self):
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"the server did not start:\n{self.log}")

    @property
    def log(self):
        return self._log.read_text()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Visit:
    """One page in the browser, that knows when the server has answered and what the console said."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.finished, self.console = 0, []
        page.on("websocket", lambda socket: socket.on("framereceived", self._on_frame))
        page.on("console", lambda m: self.console.append(m.text) if m.type in ("warning", "error") else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _on_frame(self, frame):
        message = ForwardMsg()
        message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
        self.finished += message.WhichOneof("type") == "script_finished"

    def open(self, path="/"):
        before = self.finished
        self.page.goto(self.url + path)
        self.wait_for_run(before)
        return self

    def wait_for_run(self, before):
        """Wait until the server has finished a run after the count `before`, and charts are drawn."""
        deadline = time.time() + 60
        while self.finished <= before:
            assert time.time() < deadline, "the server did not finish a run"
            self.page.wait_for_timeout(20)
        self.page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]")
        self.page.wait_for_timeout(150)

    def act(self, action):
        """Do something that makes the server run once, and wait for it."""
        before = self.finished
        action()
        self.wait_for_run(before)
