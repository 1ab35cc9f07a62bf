"""The menu Share: the link with its QR code, by mouse and by keys."""

import re
import urllib.error
import urllib.parse
import urllib.request

import segno

from logreg.ui.files.qr import LONGEST


def ask(url, link):
    """Return status and body of the answer to the wish for a QR code."""
    try:
        with urllib.request.urlopen(f"{url}/assets/qr.svg?{urllib.parse.urlencode({'link': link})}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_menu_gives_the_link_and_its_code_and_closes_by_escape(shared):
    page, panel = shared.page, shared.page.get_by_test_id("share")
    link = panel.get_by_label("The link of this screen")
    assert panel.bounding_box()["y"] >= 0, "the menu is on the screen"
    assert link.input_value() == page.url
    assert "step=10" in page.url
    code = panel.locator(".code img")
    shared.until(lambda: code.evaluate("(image) => image.complete && image.naturalWidth > 0"))
    assert urllib.parse.quote(page.url, safe="") in code.get_attribute("src")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Copy the link").click()
    shared.until(lambda: panel.locator(".said").inner_text(), "The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url

    panel.get_by_role("button", name="QR code, large").click()
    large = page.locator("dialog.hall img").bounding_box()
    assert min(large["width"], large["height"]) > 0.75 * page.viewport_size["height"]
    shared.press("Escape")
    assert page.locator("dialog.hall").is_hidden()
    assert panel.is_visible()
    shared.press("ArrowRight")  # the stage has its keys while the menu is open, and the menu follows
    shared.until(lambda: "step=11" in link.input_value())
    shared.press("Escape")
    assert panel.is_hidden()
    assert shared.page.get_by_role("button", name="Share").get_attribute("aria-expanded") == "false"


MODULES = """(image, n) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 8 * n, height: 8 * n });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0, 8 * n, 8 * n);
  const isDark = (row, column) => Number(pen.getImageData(8 * column + 4, 8 * row + 4, 1, 1).data[0] < 128);
  return Array.from({ length: n }, (_, row) => Array.from({ length: n }, (_, column) => isDark(row, column)));
}"""


def modules(image, link):
    """Return what a camera would read of a shown code, module by module, and what it is to read of a link."""
    wanted = [list(row) for row in segno.make_qr(link, error="m").matrix_iter(border=4)]
    return image.evaluate(MODULES, len(wanted)), wanted


def test_the_code_on_the_screen_is_that_of_the_link_beside_it_small_and_large(shared):
    panel = shared.page.get_by_test_id("share")
    link, codes = panel.get_by_label("The link of this screen"), shared.page.locator(".code img, dialog.hall img")
    for key in ("ArrowRight", "End"):
        before = link.input_value()
        shared.press(key)
        shared.until(lambda before=before: link.input_value() != before)
        for code in codes.all():
            shared.until(lambda code=code: code.evaluate("(image) => image.complete && image.naturalWidth > 0"))
            read, wanted = modules(code, link.input_value())
            assert read == wanted
            assert modules(code, link.input_value() + "&")[1] != wanted, "another link has another code"


def test_a_scene_in_which_nothing_moves_has_the_menu_alone(new_page):
    stage = new_page("/observation-3?scene=7&view=2")
    assert stage.root.locator(".transport").get_by_role("button").all_inner_texts() == ["Share"]
    assert stage.root.locator(".scrub").is_hidden()
    stage.button("Share").click()
    offers = stage.page.get_by_test_id("share").locator(".offers")
    assert offers.get_by_role("button", name="One HTML file").is_visible()
    assert offers.get_by_role("button", name="Python script").is_visible()
    assert offers.get_by_role("button", name=re.compile("Points|Run")).count() == 0, "no run of A or B is shown"


def test_the_menu_is_reached_by_keys_alone(new_stage):
    stage = new_stage("/?steps=1000")
    stage.root.locator(".transport").focus()
    panel = stage.page.get_by_test_id("share")
    for _ in range(20):
        stage.press("Tab")
        if stage.root.evaluate("(body) => body.getRootNode().activeElement?.dataset.share") == "open":
            break
    stage.press("Enter")
    assert panel.is_visible()
    stage.press("Tab", "Tab", "Escape")
    assert panel.is_hidden()
    assert stage.root.evaluate("(body) => body.getRootNode().activeElement.dataset.share") == "open"


def test_only_links_of_bounded_length_get_a_code(stage_server):
    status, svg = ask(stage_server.url, "https://example.org/?a=1&b=<2>")
    assert status == 200
    assert re.fullmatch(r"<svg [^<>]*>(<path [^<>]*/>)+</svg>", svg), "squares and nothing of the text"
    for bad in ["", "javascript:alert(1)", "https://example.org/\n", "https://" + "a" * LONGEST]:
        assert ask(stage_server.url, bad)[0] == 400
    assert ask(stage_server.url, "https://".ljust(LONGEST, "a"))[0] == 200
