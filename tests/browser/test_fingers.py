"""What a finger does on a phone by the way: it scrolls, closes the menu, turns the screen, and changes nothing."""

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SLIDER = "[data-testid=stSlider] [role=group]"


@pytest.fixture
def new_phone(new_page):
    return lambda path: new_page(path, **PHONE)


def flick(stage, place, by):
    """Put a finger down, move it and take it away; a browser scrolls by what is left of its way, or moves a slider."""
    touches = stage.page.context.new_cdp_session(stage.page)
    x, y = place
    for part in range(11):
        kind = "touchMove" if part else "touchStart"
        at = {"x": x + by[0] * part / 10, "y": y + by[1] * part / 10}
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        stage.visit.next_frame()
    touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touches.detach()


def open_menu(stage):
    stage.page.get_by_test_id("stExpandSidebarButton").tap()
    menu = stage.page.get_by_test_id("stSidebar")
    stage.until(lambda: menu.bounding_box()["x"], 0)
    return menu


def test_a_page_that_is_scrolled_from_the_slider_of_the_dial_leaves_it_where_it_was(new_phone):
    stage = new_phone("/observation-3?scene=2")
    main, scrub = stage.page.get_by_test_id("stMain"), stage.page.locator(".scrub").bounding_box()
    flick(stage, (scrub["x"] + scrub["width"] - 8, scrub["y"] + scrub["height"] / 2), (0, -400))
    stage.until(lambda: main.evaluate("(main) => main.scrollTop") > 100)
    stage.wait_for_rest()
    assert stage.step == 0
    assert stage.page.locator("[class*=_answer]").count() == 1, "nothing of the end was seen"
    assert "settles" not in stage.root.locator(".caption").inner_text()


def test_a_tap_beside_the_menu_closes_it_and_changes_no_point(new_phone):
    stage = new_phone("/?n=20")
    menu = open_menu(stage)
    plane = stage.root.get_by_test_id("stage-plane-0").bounding_box()
    stage.page.touchscreen.tap(350, plane["y"] + plane["height"] / 2)
    stage.until(lambda: (box := menu.bounding_box())["x"] + box["width"] <= 0)
    stage.wait_for_rest()
    assert "pts=" not in stage.page.url
    stage.page.touchscreen.tap(350, plane["y"] + plane["height"] / 2)
    stage.until(lambda: "pts=" in stage.page.url)


def test_a_finger_scrolls_the_menu_over_its_sliders_and_moves_them_by_their_thumbs(new_phone):
    stage = new_phone("/?n=20")
    open_menu(stage)
    inside = stage.page.get_by_test_id("stSidebarContent")
    track = stage.page.locator(SLIDER).nth(1).bounding_box()
    flick(stage, (track["x"] + 0.7 * track["width"], track["y"] + track["height"] / 2), (0, -200))
    stage.until(lambda: inside.evaluate("(menu) => menu.scrollTop") > 50)
    stage.wait_for_rest()
    assert stage.page.url.endswith("/?n=20")
    thumb = stage.page.locator(f"{SLIDER} > div > div:has(input)").nth(1).bounding_box()
    flick(stage, (thumb["x"] + 15, thumb["y"] - 3), (60, 0))  # beside it: a finger is broader than it
    stage.until(lambda: "spread=" in stage.page.url)


def test_a_panel_stays_on_the_screen_when_that_is_turned_and_gives_way_to_another(new_phone):
    stage = new_phone("/observation-3?scene=3")
    stage.button("Share").tap()
    share, legend = stage.root.locator(".share"), stage.root.locator(".legend")
    stage.page.set_viewport_size({"width": 640, "height": 360})
    stage.until(lambda: share.bounding_box()["y"] >= 0)
    stage.page.set_viewport_size(PHONE["viewport"])
    stage.root.locator("[data-do=legend]").tap()
    stage.until(lambda: (share.is_visible(), legend.is_visible()), (False, True))
    stage.button("Share").tap()
    stage.until(lambda: (share.is_visible(), legend.is_visible()), (True, False))
