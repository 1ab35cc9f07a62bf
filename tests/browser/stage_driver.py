"""One window with a stage, and what a person does with it."""

import math

RESTS = "[data-ready=true][data-playing=false][data-pending='']"

HIDDEN = "(main) => [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth]"
"""By how many pixels the page would have to be scrolled, down and sideways."""

GO = """(path) => {
  history.pushState({}, "", path);
  window.dispatchEvent(new PopStateEvent("popstate"));
}"""


class Stage:
    """A stage in a window: the first one of its page, unless it is given another."""

    def __init__(self, visit, root=None):
        self.visit, self.page, self.until = visit, visit.page, visit.until
        self.root = root or self.page.get_by_test_id("stage").first

    def open(self, path="/"):
        self.visit.open(path)
        self.visit.wait_for_page()
        self.wait_for_rest()
        return self

    def go(self, path):
        """Come to another scene or page without loading the app anew, as Back does, and wait until it stands there."""
        before = self.said("seek")
        self.page.evaluate(GO, path)
        self.until(lambda: self.said("seek") != before)
        self.wait_for_rest()

    def wait_for_rest(self):
        """Wait until nothing is under way: it does not play, Python has answered, and all is drawn."""
        self.visit.next_frame()  # by then the page has taken the keys and clicks of before
        self.visit.wait_for(self.root, RESTS)

    def said(self, name):
        return self.root.get_attribute(f"data-{name}")

    @property
    def step(self):
        return math.ceil(float(self.said("step")))  # of a flow as the address has it

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def caption(self):
        return self.page.locator("[data-testid=stCaptionContainer]").last.inner_text()

    def counts(self):
        words = self.caption().split()
        return int(words[1]), int(words[3])

    def chart(self, name, script, argument=None):
        """Return what a script finds in a drawn chart: it gets Plotly's element, and an argument."""
        box = self.root.get_by_test_id(f"stage-{name}")
        return box.locator(".plot").evaluate(f"(plot, argument) => ({script})(plot, argument)", argument)

    def title(self, name):
        return self.root.get_by_test_id(f"stage-{name}").locator(".gtitle").text_content()

    def colours(self):
        """The colours of a chart's title and of the line p = 1/2, and the page's background."""
        return self.chart(
            "plane-0",
            """(plot) => {
              const line = plot._fullData.find((t) => t.meta.role === 'boundary' && t.meta.part === 'line');
              return [getComputedStyle(plot.querySelector('.gtitle')).fill, line.line.color,
                      getComputedStyle(document.querySelector('.stApp')).backgroundColor];
            }""",
        )

    def hovered(self):
        """What Plotly says where the mouse is."""
        return self.root.evaluate(
            "(body) => Array.from(body.getRootNode().querySelectorAll('.hovertext'), (e) => e.textContent)"
        )

    def pixels(self, places, name="plane-0"):
        """Where places of a chart, given as [x, y], are on the screen, by Plotly's own axes."""
        return self.chart(
            name,
            """(plot, places) => {
              const { xaxis, yaxis } = plot._fullLayout, { left, top } = plot.getBoundingClientRect();
              return places.map(([x, y]) => [left + xaxis._offset + xaxis.d2p(x), top + yaxis._offset + yaxis.d2p(y)]);
            }""",
            places,
        )

    def pixel(self, x, y, name="plane-0"):
        return self.pixels([[x, y]], name)[0]

    def points(self, name="plane-0"):
        """The points that Plotly draws, as [x, y, label]."""
        return self.chart(
            name,
            """(plot) => plot._fullData.filter((t) => t.meta.role === 'points').flatMap((t) =>
                 Array.from(t.x, (x, i) => [x, t.y[i], Number(t.meta.part.at(-1))]).filter((p) => p[0] !== null))""",
        )

    def ranges(self):
        script = "({ _fullLayout: { xaxis, yaxis } }) => [...xaxis.range, ...yaxis.range].map(Number)"
        return [self.chart(name, script) for name in ("plane-0", "curve-0")]

    def boundary(self):
        return self.chart(
            "plane-0",
            """(plot) => Array.from(plot.querySelectorAll(".scatterlayer .js-line"), (path) => path.getAttribute("d"))
                 .join(" ")""",
        )

    def empty_place(self):
        """A place in the plane with no point near, as data."""
        (x0, x1, y0, y1), _ = self.ranges()
        grid = [[x0 + (x1 - x0) * i / 10, y0 + (y1 - y0) * j / 10] for i in range(2, 9) for j in range(2, 9)]
        taken = self.pixels([point[:2] for point in self.points()])
        for place, pixel in zip(grid, self.pixels(grid), strict=True):
            if all(math.dist(pixel, other) > 40 for other in taken):
                return place
        raise AssertionError("the plane is full")

    def lonely_point(self):
        """A point with no other near it."""
        points = self.points()
        places = self.pixels([point[:2] for point in points])
        room = [min(math.dist(a, b) for b in places if b is not a) for a in places]
        return points[room.index(max(room))]

    def click(self, x, y, held=None):
        """Click on the plane and wait until Python has answered and all is drawn; a key may be held."""
        if held:
            self.page.keyboard.down(held)
        self.page.mouse.click(*self.pixel(x, y))
        if held:
            self.page.keyboard.up(held)
        self.wait_for_rest()

    def drag(self, start, end):
        """Drag from one place of the screen to another."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=6)
        self.page.mouse.up()
        self.wait_for_rest()

    def swipe(self, start, end, steps=12):
        """Move one finger over the screen."""
        between = [tuple(a + (b - a) * i / steps for a, b in zip(start, end, strict=True)) for i in range(1, steps + 1)]
        self.touch(("touchStart", start), *(("touchMove", place) for place in between), ("touchEnd",))

    def pinch(self, x, y, apart=50, steps=6):
        """Put one finger down, move it a little, put another beside it, and draw them apart."""
        wider = [("touchMove", (x - 10 * i, y), (x + apart + 10 * i, y)) for i in range(1, steps + 1)]
        here = (x - 6, y), (x + apart, y)
        self.touch(("touchStart", (x, y)), ("touchMove", here[0]), ("touchStart", *here), *wider, ("touchEnd",))

    def touch(self, *events):
        """Dispatch touches, each with its kind and where the fingers are."""
        devices = self.page.context.new_cdp_session(self.page)
        for kind, *places in events:
            points = [{"x": x, "y": y} for x, y in places]
            devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            self.visit.next_frame()
        devices.detach()
        self.wait_for_rest()

    def scrolled(self):
        """How far the page is scrolled, in pixels."""
        return self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")

    def scroll_rests(self):
        """Whether the page stands where it stood a frame ago."""
        before = self.scrolled()
        self.visit.next_frame()
        return self.scrolled() == before


def near(a, b, room=1e-9):
    return all(abs(p - q) <= room * max(1, abs(q)) for p, q in zip(a, b, strict=True))
