"""Visitors without browsers: they fetch files and speak Streamlit's protocol over its websocket, a whole hall.

Each holds what a browser would: its cookies, the widgets that it was shown, and where they stand.
"""

import asyncio
import contextlib
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 600
"""Seconds after which a visitor gives up, so that a test ends: many, for a busy machine is slow and not wrong."""

CONNECTIONS = 6  # at once, as a browser has


class Visitor:
    """One visitor of one page."""

    def __init__(self, url, path="/", query=()):
        self.url, self.path, self.query = url, path, dict(query)
        self.cookies, self.sliders, self.pages, self.places = {}, {}, {}, {}
        self.session, self.page, self.received, self.errors = None, "", 0, []
        self._socket, self._known = None, set()

    async def fetch(self, paths):
        """Fetch files over a few connections that stay open, and return how many bytes came."""
        left, parts = list(paths), urlsplit(self.url)

        async def connection():
            size = 0
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            while left:
                size += len(await self._get(reader, writer, parts.netloc, left.pop()))
            writer.close()
            return size

        return sum(await asyncio.gather(*[connection() for _ in range(min(CONNECTIONS, len(left)))]))

    async def read(self, path):
        """Return what one address answers."""
        parts = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        body = await self._get(reader, writer, parts.netloc, path)
        writer.close()
        return gzip.decompress(body).decode() if body.startswith(b"\x1f\x8b") else body.decode()

    async def _get(self, reader, writer, host, path):
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n{self._cookie_line()}\r\n"
        writer.write(request.encode())
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode("latin1")
        if not head.startswith("HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {head.splitlines()[0]}")
        self._take_cookies(re.findall(r"(?im)^set-cookie: (.*?)\r$", head))
        if length := re.search(r"(?im)^content-length: (\d+)", head):
            return await asyncio.wait_for(reader.readexactly(int(length[1])), PATIENCE)
        body = b""
        while size := int(await asyncio.wait_for(reader.readline(), PATIENCE), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return body

    def _cookie_line(self):
        return f"Cookie: {'; '.join(f'{k}={v}' for k, v in self.cookies.items())}\r\n" if self.cookies else ""

    def _take_cookies(self, lines):
        for line in lines:
            self.cookies |= {name: found.value for name, found in SimpleCookie(line.replace("Partitioned", "")).items()}

    async def enter(self):
        """Open the socket, for the session that there was if there was one, and see the page."""
        cookie = self._cookie_line().removeprefix("Cookie: ").strip()
        self._socket = await websockets.connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit", "no-token", *([self.session] if self.session else [])],
            additional_headers={"Cookie": cookie} if cookie else {},
            origin=self.url,
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self._take_cookies(self._socket.response.headers.get_all("Set-Cookie"))
        await self.look()
        return self

    async def look(self, fragment=""):
        """Let the page run, and read until it has."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.fragment_id = urlencode(self.query), self.page, fragment
        asked.page_name = "" if self.page else self.path.strip("/")
        asked.cached_message_hashes.extend(self._known)
        asked.context_info.url, asked.context_info.timezone = self.url + self.path, "Europe/Berlin"
        for name, value in self.places.items():
            widget = asked.widget_states.widgets.add()
            widget.id, _ = name, widget.double_array_value.data.append(value)
        await self._socket.send(message.SerializeToString())
        while not self._hear(await asyncio.wait_for(self._socket.recv(), PATIENCE)):
            pass

    def _hear(self, raw):
        """Take in one message; return whether the page has run."""
        message, self.received = ForwardMsg(), self.received + len(raw)
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page, self.session = message.new_session.page_script_hash, message.new_session.initialize.session_id
        if kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element, message.delta.fragment_id)
        if kind == "delta" and message.metadata.cacheable and message.hash:
            self._known.add(message.hash)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _see(self, element, fragment):
        kind = element.WhichOneof("type")
        if kind == "slider":
            self.sliders[element.slider.id] = (element.slider, fragment)
        if kind in ("exception", "alert"):
            self.errors.append(str(getattr(element, kind)))

    def slider(self, key):
        """Return the slider with this key, as it was last shown."""
        return next(slider for name, (slider, _) in self.sliders.items() if name.endswith(f"-{key}"))

    async def move(self, key, value):
        """Move a slider, as a browser does: its place is in the address too."""
        slider = self.slider(key)
        self.places[slider.id], self.query[key] = value, f"{value:g}"
        await self.look(self.sliders[slider.id][1])

    async def go_to(self, name):
        """Open another page from the menu."""
        self.page, self.path, self.sliders, self.query = self.pages[name], f"/{name}", {}, {}
        await self.look()

    def drop(self):
        """Lose the connection without a word."""
        self._socket.transport.abort()

    async def leave(self):
        """Close the page."""
        with contextlib.suppress(websockets.ConnectionClosed):
            await self._socket.close()

    async def stay(self):
        """Wait until the connection ends."""
        with contextlib.suppress(websockets.ConnectionClosed):
            while True:
                self._hear(await asyncio.wait_for(self._socket.recv(), PATIENCE))

    async def come_back(self):
        """Connect again until it works, as a browser does, and ask for what the address holds and no more."""
        self.places = {}
        for _ in range(100):
            with contextlib.suppress(OSError, websockets.WebSocketException):
                return await self.enter()
            await asyncio.sleep(0.1)
        raise RuntimeError("nobody answers")


async def hall(number, visit, over=0.0):
    """Let so many visitors come, spread over some seconds; return what each brings back."""

    async def late(i):
        await asyncio.sleep(over * i / number)
        return await visit(i)

    return await asyncio.gather(*[late(i) for i in range(number)])


def run(coroutine):
    """Run it in a thread of its own: the browser tests leave a loop running in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
