"""Every scene of every page, light and dark, and what opens on it, held against WCAG 2.2 AA by axe-core.

One window goes through all pages by the menu: a page that is loaded anew would cost more than its scan.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.driver import ROOT, SCREEN
from tests.ui.lessons import LESSONS, lesson_of

PAGES = {path.stem for path in (ROOT / "pages").glob("*.py")}
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"page-has-heading-one": {"enabled": True}, "heading-order": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,  # nothing that these rules need
    "elementRef": True,
}
SCAN = """async (options) => {
  const { violations } = await axe.run(options);
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => ({ id, ...node })));
  return {
    planted: found.filter(({ element }) => element.matches("[data-planted]")).length,
    faults: found.filter(({ element }) => !element.matches("[data-planted]")).map(({ id, target, any, all, none }) =>
      [id, target.flat().join(" » "), ...[...any, ...all, ...none].map(({ message }) => message)].join("; ")),
  };
}"""
PLANT = """(stage) => stage.querySelector("[data-planted]")
  || stage.insertAdjacentHTML("beforeend", '<b role="img" data-planted></b>')"""
MENUS = "[data-testid=stTopNav] button"
WIDER = """Array.from(document.querySelectorAll("html, [data-testid=stMain]"),
  (e) => e.scrollWidth - e.clientWidth)"""


class Scanner:
    """Scans what is on the screen; a fault that is planted into the stage shows that axe-core looked into it."""

    def __init__(self, stage):
        self.stage, self.page, self.faults = stage, stage.page, {}
        self.page.evaluate(Axe().axe_script)

    @property
    def name(self):
        """The name of the page's file."""
        return self.page.url.split("?")[0].rpartition("/")[2].replace("-", "_") or "explorer"

    @property
    def has_stage(self):
        return self.name != "in_code"

    def settle(self):
        self.stage.visit.wait_for_page()
        if self.has_stage:
            self.stage.wait_for_rest()

    def scan(self, where):
        """Note what axe-core finds besides the planted fault."""
        self.settle()
        if self.has_stage:
            self.stage.root.evaluate(PLANT)
        found = self.page.evaluate(SCAN, OPTIONS)
        assert found["planted"] == int(self.has_stage), where
        if found["faults"]:
            self.faults[where] = found["faults"]

    def scan_scenes(self):
        """Scan what the page shows at first, then every other scene of a lesson."""
        self.settle()
        shown = int(self.stage.said("seek")) // 10 % 10 if self.name in LESSONS else 0
        self.scan(f"{self.name} {shown}")
        for number in range(1, 1 + (len(lesson_of(self.name).scenes) if self.name in LESSONS else 0)):
            if number != shown:
                seek = self.stage.said("seek")
                self.stage.press(str(number))
                self.stage.until(lambda seek=seek: self.stage.said("seek") != seek)
                self.scan(f"{self.name} {number}")

    def note_reflow(self):
        """Note where a window of 320 pixels would have to be scrolled sideways."""
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.settle()
        wider = self.page.evaluate(WIDER)
        if max(wider) > 0:
            self.faults[f"{self.name} at 320 pixels"] = wider
        self.page.set_viewport_size(SCREEN)

    def go_to(self, menu, item):
        """Go to a page by the menu."""
        self.page.locator(MENUS).nth(menu).click()
        self.stage.visit.act(self.page.get_by_role("menuitem").nth(item).click)

    def places(self):
        """Return every menu and item."""
        counts = []
        for menu in range(self.page.locator(MENUS).count()):
            self.page.locator(MENUS).nth(menu).click()
            self.page.get_by_role("menuitem").first.wait_for()
            counts.append(self.page.get_by_role("menuitem").count())
            self.stage.press("Escape")
            self.page.get_by_role("menu").wait_for(state="hidden")
        return [(menu, item) for menu, count in enumerate(counts) for item in range(count)]


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_scene_of_every_page_meets_wcag(new_page, scheme):
    scanner, seen = Scanner(new_page("/", color_scheme=scheme, reduced_motion="reduce")), set()
    for place in scanner.places():
        scanner.go_to(*place)
        scanner.scan_scenes()
        seen.add(scanner.name)
        if scheme == "light":
            scanner.note_reflow()
    assert scanner.faults == {}
    assert seen == PAGES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_meets_wcag(new_page, scheme):
    scanner = Scanner(new_page("/observation-3?scene=2", color_scheme=scheme, reduced_motion="reduce"))
    stage, page = scanner.stage, scanner.page
    stage.button("Share").click()
    scanner.scan("Share")
    stage.press("Escape", "?")
    scanner.scan("help of the keys")
    stage.press("?")
    page.locator(".st-key-scene_2 button").first.hover()
    scanner.scan("a button under the mouse")
    for name in ("notes", "more"):
        page.locator(f".st-key-lesson_{name} button").first.click()
        page.get_by_test_id("stPopoverBody").wait_for()
        scanner.scan(name)
        stage.press("Escape")
        page.get_by_test_id("stPopoverBody").wait_for(state="hidden")
    page.get_by_test_id("stButtonGroup").get_by_text("It settles at a finite value").click()
    page.get_by_text("You said").wait_for()
    stage.press("End")
    scanner.scan("the answer at the end")
    assert scanner.faults == {}
