"""Every press of a key counts once, in its order: quick ones, and those of a moment in which no server answers."""

import pytest

from tests.browser.driver import Server
from tests.browser.stage_driver import GO, Stage
from tests.ui.lessons import lesson_of

ENLARGED = "() => getComputedStyle(document.documentElement).getPropertyValue('--chart-zoom').trim() === '1.3'"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("presses") / "log.txt")
    yield running
    running.stop()


@pytest.fixture
def new_own_page(new_visit, own_server):
    return lambda path, **options: Stage(new_visit(own_server.url, **options)).open(path)


def shows(stage, scene, lecture):
    """Whether screen and link both are at a scene, with projector mode on or off."""
    heading = stage.page.locator("h2").first.inner_text()
    said = stage.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    is_here = heading.startswith(f"{scene}. ") and said.get("scene") == str(scene)
    return is_here and stage.page.evaluate(ENLARGED) == lecture == (said.get("lecture") == "true")


PRESSED = {
    "PageDown PageDown PageDown p PageUp": (4, True),
    "7 3 PageDown PageUp": (3, True),
    "5 p PageDown p PageDown": (7, True),
    "p 1 7 2 5": (5, False),
    "p p 4": (4, False),
    "p p p": (4, True),
    "p p p p p p 3": (3, True),
}
"""Keys, one row after the other from the second scene on, and which scene they lead to, in projector mode or not."""


@pytest.mark.parametrize("is_paused", [True, False])
def test_keys_pressed_at_once_all_count_in_their_order(new_own_page, own_server, is_paused):
    stage = new_own_page("/observation-3?scene=2")
    for keys, there in PRESSED.items():
        if is_paused:
            own_server.pause()
        stage.press(*keys.split())
        if is_paused:
            own_server.resume()
        stage.until(lambda there=there: shows(stage, *there))
        stage.wait_for_rest()
        assert shows(stage, *there), f"{keys}: what was sent before the last key brings nothing back"


@pytest.mark.parametrize("path", ["/", "/in-code"])
def test_projector_mode_pressed_three_times_at_once_is_on(new_visit, own_server, path):
    visit = new_visit(own_server.url).open(path)
    visit.page.locator("[data-presses=counted]").wait_for(state="attached")  # before it, two presses count once
    own_server.pause()
    for _ in range(3):
        visit.page.keyboard.press("p")
    own_server.resume()
    visit.until(lambda: visit.page.evaluate(ENLARGED))
    visit.page.keyboard.press("p")
    visit.until(lambda: not visit.page.evaluate(ENLARGED))
    visit.until(lambda: "lecture" not in visit.page.url)


def test_a_link_says_projector_mode_and_size_on_every_page_that_they_are_kept_on(new_own_page):
    stage = new_own_page("/sigmoid?lecture=1&text=120")
    stage.page.evaluate(GO, "/bias")
    stage.until(lambda: "/bias" in stage.page.url and "lecture=true" in stage.page.url and "text=120" in stage.page.url)
    stage.wait_for_rest()
    assert stage.page.evaluate(ENLARGED)


@pytest.mark.parametrize(
    ("path", "key", "menu", "item", "address", "title"),
    [
        ("/gradient", "3", "Explore", "Explorer", "/", "Explorer."),
        ("/gradient", "PageDown", "The notes", "Cross-entropy", "/cross-entropy", "Cross-entropy."),
        ("/beyond", "3", "Further", "In code", "/in-code", "In code."),
    ],
)
def test_a_page_that_is_left_before_its_key_was_answered_leaves_the_next_one_bare(
    new_own_page, own_server, path, key, menu, item, address, title
):
    stage = new_own_page(path)
    stage.page.locator("[data-presses=counted]").wait_for(state="attached")
    own_server.pause()
    stage.press(key)
    stage.page.get_by_test_id("stTopNav").get_by_role("button", name=menu).click()
    stage.page.get_by_role("menuitem", name=item).click()
    own_server.resume()
    stage.page.get_by_role("heading", name=title, level=1).wait_for()
    stage.visit.wait_for_page()
    assert stage.page.url.endswith(address)
    assert stage.page.get_by_test_id("stToast").count() == 0


def test_shift_and_n_lead_to_the_cue_before(new_own_page):
    stage, cues = new_own_page("/sigmoid"), lesson_of("sigmoid").run_sheets["60 seconds"]
    for key, cue in (("n", 0), ("n", 1), ("n", 2), ("Shift+N", 1), ("Shift+N", 0), ("n", 1)):
        stage.press(key)
        stage.until(lambda cue=cue: cues[cue].say in "".join(stage.page.locator(".st-key-talk p").all_inner_texts()))
        stage.until(lambda cue=cue: stage.page.url.endswith(f"scene={cues[cue].link['scene']}") or cue == 0)


def passed(clock):
    """Return the seconds that a time says."""
    minutes, seconds = clock.inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


def test_the_time_beside_a_cue_goes_on_by_itself(new_own_page):
    stage = new_own_page("/sigmoid")
    stage.press("n")
    stage.until(lambda: stage.page.locator(".st-key-talk strong").count(), 1)
    stage.wait_for_rest()
    clock, runs = stage.page.locator(".st-key-talk strong"), stage.visit.finished
    before = passed(clock)
    stage.until(lambda: passed(clock) >= before + 2)
    assert stage.visit.finished == runs


def test_a_run_sheet_goes_on_after_a_reload_at_its_cue_and_not_elsewhere(new_own_page):
    stage, cues = new_own_page("/sigmoid"), lesson_of("sigmoid").run_sheets["60 seconds"]
    said = stage.page.locator(".st-key-talk p")
    for act, cue in (("n", 0), ("n", 1), ("reload", 1), ("n", 2)):
        if act == "reload":
            stage.page.reload()
        else:
            stage.press(act)
        stage.until(lambda cue=cue: cues[cue].say in "".join(said.all_inner_texts()))
        stage.wait_for_rest()
    stage.visit.open("/sigmoid?scene=6")
    stage.wait_for_rest()
    assert stage.page.locator(".st-key-claim p").first.is_visible()
    assert said.count() == 0


def test_a_link_does_not_say_what_is_the_default(new_own_page):
    stage = new_own_page("/observation-3?scene=3&lecture=false&text=100")
    stage.until(lambda: stage.page.url.endswith("/observation-3?scene=3"))


def test_a_key_that_is_typed_or_held_with_another_presses_nothing(new_own_page):
    stage = new_own_page("/sigmoid?scene=1")
    stage.press("Control+5", "Alt+5", "Shift+P")
    stage.page.get_by_role("spinbutton", name="w", exact=True).fill("5")
    stage.press("p", "Enter")
    stage.until(lambda: "w=5" in stage.page.url)
    stage.wait_for_rest()
    assert "scene=5" not in stage.page.url
    assert not stage.page.evaluate(ENLARGED)
