"""The files of deploy/ on this machine: three replicas and nginx; nothing but ports is changed."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pwd import getpwuid

import pytest

from logreg.ui.files.publish import publish
from tests.browser.driver import ROOT, Server, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/sbin:/bin")
PORTS = re.findall(r"^ +server app\d:(\d+) max_fails", (ROOT / "deploy" / "nginx.conf").read_text(), re.MULTILINE)
SECRET = "of the test"


def started(folder):
    """Start it, or skip the test with a reason where there is no nginx; in CI that is a failure."""
    if NGINX is None and os.environ.get("CI"):
        pytest.fail("CI is set and no nginx was found")
    if NGINX is None:
        pytest.skip("no nginx was found (Debian: apt install nginx)")
    return Deployment(folder)


class Deployment:
    """Replicas of the app behind the proxy, as long as it is not stopped."""

    def __init__(self, folder, is_best=False):
        self._folder = folder
        self.ports = {port: free_port() for port in PORTS}
        with ThreadPoolExecutor() as pool:
            self.replicas = list(pool.map(self._replica, self.ports.values()))
        publish(folder / "www", is_best)
        (folder / "run").mkdir()
        self.url = f"http://127.0.0.1:{free_port()}"
        (folder / "nginx.conf").write_text(self._here())
        here = f"daemon off; user {getpwuid(os.geteuid()).pw_name};"
        with (folder / "nginx.txt").open("w") as log:
            command = [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-g", here]
            self._nginx = subprocess.Popen(command, stderr=log)
        while not self._is_up():
            if self._nginx.poll() is not None:
                raise RuntimeError(f"the proxy did not start:\n{self.log}")
            time.sleep(0.1)

    @property
    def log(self):
        """What the proxy said."""
        return (self._folder / "nginx.txt").read_text()

    def _here(self):
        """Return the proxy's configuration with this machine's ports."""
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for written, port in self.ports.items():
            text = re.sub(rf"app\d:{written}\b", f"127.0.0.1:{port}", text)
            text = text.replace(written, str(port))
        return text.replace("listen 8080", f"listen {self.url.rpartition(':')[2]}")

    def _replica(self, port):
        log = self._folder / f"{port}.txt"
        return Server(log, port=port, environment={"STREAMLIT_SERVER_COOKIE_SECRET": SECRET})

    def _is_up(self):
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health") as answer:
                return answer.read() == b"ok"
        except OSError:
            return False

    def at(self, port):
        """Return the number of the replica that listens here."""
        return list(self.ports.values()).index(int(port))

    def stop(self):
        """Stop all of it."""
        for replica in self.replicas:
            if replica.process.poll() is None:
                replica.stop()
        self._nginx.terminate()
        self._nginx.wait(20)
