"""Film the README's moving picture of Observation 3: `python -m tests.browser.make_movie` writes it into docs/.

It is the run sheet "60 seconds", made shorter by holding each picture only as long as it takes to read. The browser's
clock is stopped while it plays, and moved on by one frame for each picture: so the film runs evenly on any machine.
"""

import io
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import expect

from tests.browser.driver import ROOT
from tests.browser.make_picture import stage_of_the_app
from tests.browser.stage_driver import Stage

FILE = ROOT / "docs" / "observation_3.webp"
SIZE = {"width": 1280, "height": 768}
FRAME = 100  # milliseconds
PATIENCE = 120_000  # milliseconds, on a busy machine
OPENING, READING, LAST = 3000, 2000, 5000  # milliseconds that a picture stands


@dataclass
class Film:
    """Pictures of a stage, and how many milliseconds each of them stands."""

    stage: Stage
    pictures: list[Image.Image] = field(default_factory=list)
    durations: list[int] = field(default_factory=list)

    def take(self, milliseconds):
        """Take a picture of what is on the screen."""
        self.pictures.append(Image.open(io.BytesIO(self.stage.page.screenshot())).convert("RGB"))
        self.durations.append(milliseconds)

    def hold(self, milliseconds):
        """Take one picture as soon as all of the page is there."""
        self.stage.wait_for_rest()
        expect(self.stage.page.get_by_test_id("stSkeleton")).to_have_count(0)
        self.take(milliseconds)

    def play(self):
        """Press Space, and take every frame until the stage is at its end."""
        clock = self.stage.page.clock
        clock.pause_at(self.stage.page.evaluate("Date.now()") + 1000)
        self.stage.press("Space")
        while self.stage.said("playing") == "true":
            clock.fast_forward(FRAME)
            self.take(FRAME)
        clock.resume()
        self.hold(READING)

    def save(self, path):
        first, *others = self.pictures
        first.save(path, save_all=True, append_images=others, duration=self.durations, loop=0, lossless=True, method=6)


def sixty_seconds(film):
    """Play the run sheet's cues: question, line and plateau, the answer, on to 10¹² steps, linear steps, and back."""
    stage = film.stage.open("/observation-3?scene=2&view=2")
    film.hold(OPENING)
    stage.page.get_by_text("The chart", exact=True).click()
    stage.page.get_by_text("Hide B", exact=True).wait_for()
    film.hold(READING)
    film.play()
    stage.page.get_by_text("It settles at a finite value").click()
    stage.page.get_by_text("B overlaps, and").wait_for()
    film.hold(OPENING)
    stage.page.get_by_text("On to 10¹² steps", exact=True).click()
    stage.until(lambda: stage.step, 10**12)
    film.hold(OPENING)
    for milliseconds in (OPENING, LAST):
        stage.press("l")
        film.hold(milliseconds)


if __name__ == "__main__":
    with stage_of_the_app(SIZE) as stage:
        stage.page.set_default_timeout(PATIENCE)
        stage.page.clock.install()
        film = Film(stage)
        sixty_seconds(film)
    film.save(FILE)
