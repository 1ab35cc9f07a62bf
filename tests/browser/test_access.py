"""What axe-core cannot see: keys alone, a focus that is seen, numbers said aloud once, less motion, fingers."""

import re

import pytest

from tests.figures.test_theme import contrast
from tests.ui.lessons import lesson_of

PAGE = "/observation-3?scene=2"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

DEEP = """
  const all = (root) => Array.from(root.querySelectorAll("*"));
  const inside = (root) => all(root).flatMap((e) => [e, ...(e.shadowRoot ? inside(e.shadowRoot) : [])]);
  const named = (e) => e.getAttribute("aria-label") || e.textContent.trim() || e.outerHTML.slice(0, 90);
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().right > 0;
  const controls = () => inside(document).filter((e) => !e.disabled && e.getClientRects().length && isSeen(e)
    && e.matches(`a[href], button, select, textarea, summary, input:not([type=file]), [tabindex="0"]`));
"""
FOCUSED = f"""() => {{ {DEEP}
  let e = document.activeElement;
  while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  if (e === document.body) return null;
  e.dataset.reached = "";
  const style = getComputedStyle(e.closest(".choice") || e), bar = e.closest(".modebar");
  return {{ name: named(e), isOurs: e.getRootNode() !== document, line: style.outlineStyle, colour: style.outlineColor,
    width: parseFloat(style.outlineWidth), opacity: bar ? getComputedStyle(bar).opacity : "1" }};
}}"""
MISSED = f"""() => {{ {DEEP}
  // of a group of choices Tab leads to one, and the arrows to the others
  const group = (e) => e.matches("[type=radio], [role=radio]") && e.closest("fieldset, [role=radiogroup]");
  const isReached = (e) => "reached" in e.dataset || group(e) && group(e).querySelector("[data-reached]");
  return controls().filter((e) => !isReached(e)).map(named);
}}"""
OF_A_LIST = "Open"
"""The arrow of Streamlit's list: Tab leads to its field, which opens it by the arrow keys."""
PAPER = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
HEARD = """(stage) => {
  const heard = (window.heard = []);
  for (const place of stage.querySelectorAll("[aria-live=polite]")) {
    const listen = () => heard.push([place.className, place.textContent, stage.dataset.playing]);
    new MutationObserver(listen).observe(place, { childList: true, characterData: true, subtree: true });
  }
}"""
LONGEST = f"""() => {{ {DEEP}
  const seconds = (e) => ["transitionDuration", "animationDuration"].flatMap((name) =>
    getComputedStyle(e)[name].split(",").map(parseFloat));
  return Math.max(...inside(document).flatMap(seconds));
}}"""
LATE = f"""() => {{ {DEEP}
  const isLate = (e) => {{
    const now = getComputedStyle(e), before = now.order;
    e.style.order = "7";
    const isStill = now.order === before;
    e.style.order = "";
    return isStill;
  }};
  return inside(document.body).filter(isLate).map((e) => e.localName);
}}"""
"""What takes a style later than at once: as a transition, of which each costs more than the change itself."""
SMALL = f"""() => {{ {DEEP}
  const target = (e) => (e.closest("label") || e).getBoundingClientRect();
  return controls().filter((e) => Math.min(target(e).width, target(e).height) < 24).map(named);
}}"""


def hexed(colour):
    """Return a computed colour as #RRGGBB."""
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize(("path", "scheme"), [(PAGE, "light"), ("/", "dark")])
def test_tab_leads_to_all_that_a_click_reaches_and_where_it_is_is_seen(new_page, path, scheme):
    stage = new_page(path, color_scheme=scheme)
    stage.button("Share").click()
    paper, places = hexed(stage.page.evaluate(PAPER)), []
    while places.count(None) < 2:  # from Share on to the end, and from the beginning
        stage.press("Tab")
        places.append(stage.page.evaluate(FOCUSED))
    ours = [place for place in places if place and place["isOurs"]]
    assert len(ours) > 20
    for place in ours:
        assert (place["line"], place["opacity"], place["width"] >= 2) == ("solid", "1", True), place
        assert contrast(hexed(place["colour"]), paper) >= 3, place
    assert set(stage.page.evaluate(MISSED)) <= {OF_A_LIST}


def test_a_tab_right_after_a_click_keeps_the_focus_that_it_has_reached(new_page):
    stage = new_page()
    stage.page.evaluate("window.setTimeout = ((real) => (act) => real(act, 200))(window.setTimeout)")  # as when busy
    stage.button("Share").click()
    stage.press("Tab")
    stage.page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    reached = stage.page.evaluate(FOCUSED)
    assert reached
    assert reached["name"] == "QR code: show it large"


def test_a_control_that_is_clicked_after_tab_has_led_to_another_lets_go_of_the_keys(new_page):
    stage = new_page()
    stage.button("End").click()
    stage.until(lambda: stage.page.evaluate(FOCUSED), None)
    while (stage.page.evaluate(FOCUSED) or {"name": None})["name"] != "Restart":
        stage.press("Tab")
    stage.button("Step back").click()
    stage.until(lambda: stage.page.evaluate(FOCUSED), None)


def test_the_sixty_seconds_are_given_by_keys_alone(new_page):
    stage = new_page(PAGE)
    for cue in lesson_of("observation_3").run_sheets["60 seconds"]:
        before = stage.said("seek")
        stage.press("n")
        stage.page.get_by_text(cue.say).wait_for()
        stage.until(lambda before=before: stage.said("seek") != before)
        stage.wait_for_rest()
        began = stage.step
        stage.press(" ")
        stage.until(lambda began=began: stage.step != began)
        stage.press("ArrowLeft")
        stage.wait_for_rest()
    stage.press("Home")
    stage.wait_for_rest()
    assert stage.step == 0


def test_the_numbers_of_a_step_are_said_aloud_once_it_rests_and_not_on_the_way(new_page):
    stage = new_page(PAGE)
    stage.root.evaluate(HEARD)
    stage.press(" ")
    stage.until(lambda: stage.step > 20)
    assert stage.page.evaluate("heard") == []
    stage.press(" ", "ArrowLeft", "ArrowLeft")
    stage.wait_for_rest()
    sentence, numbers = stage.root.locator(".caption > *").all_text_contents()
    assert sentence.endswith("?")
    heard = {place: text for place, text, playing in stage.page.evaluate("heard") if playing == "false"}
    assert heard == {"status": f"step {stage.step} of 100,000", "unseen": f"{sentence} {numbers}"}
    assert len(stage.page.evaluate("heard")) == 2


def test_the_page_and_the_scene_on_the_screen_are_named_as_the_current_ones(new_page):
    stage = new_page(PAGE)
    titles = [scene.title for scene in lesson_of("observation_3").scenes]
    current = stage.page.locator(".st-key-scenes [aria-current=true]")
    for number in (3, 4):
        stage.press(str(number))
        stage.until(lambda number=number: f"scene={number}" in stage.page.url)
        stage.until(lambda: [text.split("\n")[0] for text in current.all_inner_texts()], [titles[number - 1]])
    stage.page.get_by_text("The notes, section by section").click()
    stage.page.get_by_role("menuitem", name="Observation 3").wait_for()
    assert stage.page.locator("[role=menu] [aria-current=page]").all_inner_texts() == ["Observation 3"]


def test_with_less_motion_nothing_moves_but_what_is_played(new_page):
    stage = new_page(PAGE, reduced_motion="reduce")
    assert stage.page.evaluate(LONGEST) < 0.001
    assert stage.page.evaluate(LATE) == []
    stage.press(" ")
    stage.until(lambda: stage.step > 5)


@pytest.mark.parametrize("path", [PAGE, "/"])
def test_a_finger_finds_every_control_of_a_phone(new_page, path):
    assert new_page(path, **PHONE).page.evaluate(SMALL) == []


def test_on_a_phone_the_transport_has_two_rows_and_the_scene_that_a_link_names_is_in_sight(new_page):
    stage = new_page("/observation-3?scene=8&view=2", **PHONE)
    buttons = stage.root.locator(".transport > .button:visible")
    tops = {round(box["y"]) for box in (each.bounding_box() for each in buttons.all())}
    assert len(tops) == 2
    stage.page.locator(".st-key-scene_8 [aria-current=true]").wait_for()
    shown = stage.page.locator(".st-key-scene_8").bounding_box()
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= 390


def test_a_chart_says_first_what_it_is_and_what_comes_of_it_once_it_was_seen(new_page):
    stage = new_page(PAGE)
    chart = stage.root.get_by_test_id("stage-curve-0")
    assert chart.get_attribute("aria-label") == "‖w‖ at step 0: A 0, B 0. ‖w‖ over the steps."
    stage.press("End")
    stage.wait_for_rest()
    assert "A: 0 at step 0, 7.188 at step 100,000." in chart.get_attribute("aria-label")
    stage.open(f"{PAGE}&predict=true&step=1000")
    hidden = stage.root.get_by_test_id("stage-plane-1").get_attribute("aria-label")
    assert hidden.endswith("The plane with 9 points of class 0 and 7 of class 1. Its run is hidden.")
    stage.open("/observation-3?scene=6&predict=true&step=1000")  # of whose one plane the run is the second one
    hidden = stage.root.get_by_test_id("stage-plane-0").get_attribute("aria-label")
    assert hidden.endswith("Its run is hidden.")


def test_the_opening_of_a_text_is_its_first_sentence_without_a_number(calls):
    texts = {
        "The loss over 0.5 steps. A: 3.": "The loss over 0.5 steps.",
        "The share over n: 0.034 of them.": "The share over n.",
        "A: the sigmoid with 3 points; at last 2.": "A: the sigmoid with 3 points; at last 2.",
        "No end": "No end",
    }
    assert calls("/stage/aloud.js", "opening", [[text] for text in texts]) == list(texts.values())
