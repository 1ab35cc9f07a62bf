"""One window with a stage, and what a person does with it."""

import time


class Stage:
    """A stage in a window."""

    def __init__(self, visit):
        self.visit, self.page = visit, visit.page
        self.root = self.page.get_by_test_id("stage")
        self.sent = []
        self.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: self.sent.append(frame)))

    def open(self, path="/"):
        self.visit.open(path)
        self.page.wait_for_selector("[data-testid=stage][data-ready=true]", timeout=30_000)
        return self

    def said(self, name):
        return self.root.get_attribute(f"data-{name}")

    @property
    def step(self):
        return int(self.said("step"))

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def until(self, condition, seconds=20):
        deadline = time.time() + seconds
        while not condition():
            assert time.time() < deadline, f"step {self.said('step')}, playing {self.said('playing')}"
            self.page.wait_for_timeout(20)

    def caption(self):
        return self.page.locator("[data-testid=stCaptionContainer]").last.inner_text()

    def counts(self):
        words = self.caption().split()
        return int(words[1]), int(words[3])

    def colours(self):
        """The colours of a chart's title and of the line p = 1/2, and the page's background."""
        return self.root.evaluate(
            """(body) => {
              const plot = body.getRootNode().querySelector('[data-testid=stage-plane-0] .plot');
              const line = plot._fullData.find((t) => t.meta.role === 'boundary' && t.meta.part === 'line');
              return [getComputedStyle(plot.querySelector('.gtitle')).fill, line.line.color,
                      getComputedStyle(document.querySelector('.stApp')).backgroundColor];
            }"""
        )

    def hovered(self):
        """What Plotly says where the mouse is."""
        return self.root.evaluate(
            "(body) => Array.from(body.getRootNode().querySelectorAll('.hovertext'), (e) => e.textContent)"
        )

    def pixel(self, x, y):
        """Where a point of the plane is on the screen, by Plotly's own axes."""
        return self.root.evaluate(
            """(body, [x, y]) => {
              const root = body.getRootNode();
              const plot = root.querySelector('[data-testid=stage-plane-0] .plot');
              const { xaxis, yaxis } = plot._fullLayout, r = plot.getBoundingClientRect();
              return [r.left + xaxis._offset + xaxis.d2p(x), r.top + yaxis._offset + yaxis.d2p(y)];
            }""",
            [x, y],
        )

    def points(self):
        """The points that Plotly draws, as [x, y, label]."""
        return self.root.evaluate(
            """(body) => {
              const root = body.getRootNode();
              const data = root.querySelector('[data-testid=stage-plane-0] .plot')._fullData;
              return data.filter((t) => t.meta.role === 'points').flatMap((t) =>
                Array.from(t.x, (x, i) => [x, t.y[i], Number(t.meta.part.at(-1))]).filter((p) => p[0] !== null));
            }"""
        )

    def ranges(self):
        return self.root.evaluate(
            """(body) => {
              const root = body.getRootNode();
              return ['plane-0', 'curve-0'].map((name) => {
                const { xaxis, yaxis } = root.querySelector(`[data-testid=stage-${name}] .plot`)._fullLayout;
                return [...xaxis.range, ...yaxis.range].map(Number);
              });
            }"""
        )

    def boundary(self):
        return self.root.evaluate(
            """(body) => {
              const root = body.getRootNode();
              const paths = root.querySelectorAll('[data-testid=stage-plane-0] .scatterlayer .js-line');
              return Array.from(paths, (path) => path.getAttribute('d')).join(' ');
            }"""
        )

    def empty_place(self):
        """A place in the plane with no point near, as data."""
        (x0, x1, y0, y1), _ = self.ranges()
        taken = [self.pixel(x, y) for x, y, _ in self.points()]
        for i in range(2, 9):
            for j in range(2, 9):
                x, y = x0 + (x1 - x0) * i / 10, y0 + (y1 - y0) * j / 10
                px, py = self.pixel(x, y)
                if all((px - a) ** 2 + (py - b) ** 2 > 40**2 for a, b in taken):
                    return x, y
        raise AssertionError("the plane is full")

    def lonely_point(self):
        """A point with no other near it."""
        places = [(self.pixel(x, y), (x, y, label)) for x, y, label in self.points()]
        return max(
            places,
            key=lambda p: min((p[0][0] - q[0][0]) ** 2 + (p[0][1] - q[0][1]) ** 2 for q in places if q is not p),
        )[1]

    def click(self, x, y, **options):
        """Click on the plane and wait for Python's answer; a key may be held."""
        held = options.pop("held", None)
        px, py = self.pixel(x, y)
        before = self.visit.finished
        if held:
            self.page.keyboard.down(held)
        self.page.mouse.click(px, py, **options)
        if held:
            self.page.keyboard.up(held)
        self.visit.wait_for_run(before)

    def swipe(self, start, end, steps=12):
        """Move one finger over the screen."""
        devices = self.page.context.new_cdp_session(self.page)

        def touch(kind, *places):
            points = [{"x": x, "y": y} for x, y in places]
            devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            self.page.wait_for_timeout(16)

        touch("touchStart", start)
        for i in range(1, steps + 1):
            touch("touchMove", tuple(a + (b - a) * i / steps for a, b in zip(start, end, strict=True)))
        touch("touchEnd")
        self.page.wait_for_timeout(400)

    def scrolled(self):
        """How far the page is scrolled, in pixels."""
        return self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


def near(a, b, room=1e-9):
    return all(abs(p - q) <= room * max(1, abs(q)) for p, q in zip(a, b, strict=True))
