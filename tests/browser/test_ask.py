"""Ask anything in a real browser: a mark or a term under the mouse or a finger, and the legend by a key."""

PLACE_OF_WORD = """(body, [where, word]) => {
  const place = document.querySelector(where) || body.getRootNode().querySelector(where);
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.nodeValue.indexOf(word), range = document.createRange();
    if (at < 0) continue;
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    const { left, top, width, height } = range.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  }
}"""
RIM_OF_RING = "(plot) => { const t = plot._fullData.find((t) => t.meta.part === 'support'); return [t.x[0], t.y[0]]; }"


def tip(stage):
    return stage.page.get_by_test_id("tip")


def word(stage, where, text):
    return stage.root.evaluate(PLACE_OF_WORD, [where, text])


def test_a_resting_mouse_is_told_what_a_ring_a_title_and_a_letter_are_and_the_keys_still_play(new_page):
    stage = new_page("/observation-3?scene=2&step=10")
    x, y = stage.pixel(*stage.chart("plane-0", RIM_OF_RING))
    stage.page.mouse.move(x + 8, y)
    stage.until(lambda: "support vector" in tip(stage).inner_text())
    assert tip(stage).evaluate("(tip) => getComputedStyle(tip).pointerEvents") == "none"
    stage.press(" ")
    stage.until(lambda: stage.said("playing"), "true")
    assert tip(stage).is_hidden(), "nothing covers what moves"
    stage.press(" ")
    stage.wait_for_rest()
    title = stage.root.get_by_test_id("stage-curve-0").locator(".gtitle").bounding_box()
    stage.page.mouse.move(title["x"] + 5, title["y"] + 8)
    stage.until(lambda: "The length of w" in tip(stage).inner_text())
    stage.page.mouse.move(5, 5)
    stage.until(lambda: tip(stage).is_hidden())
    stage.page.mouse.click(*word(stage, ".caption span", "‖w‖"))
    stage.until(lambda: "The length of w" in tip(stage).inner_text())
    stage.press("Escape")
    assert tip(stage).is_hidden()


def test_the_legend_lists_what_is_on_the_screen_and_goes_when_the_stage_plays(new_page):
    stage = new_page("/observation-3?scene=2")
    legend = stage.page.get_by_test_id("legend")
    stage.press("w")
    said = legend.inner_text()
    assert "convex hull of class 0" in said
    assert "The length of w" in said
    assert "theory’s law" not in said.lower(), "it is not on the screen before the end"
    assert legend.locator("li svg").count() == legend.locator("li").count()
    assert legend.evaluate("(panel) => panel === panel.getRootNode().activeElement"), "a screen reader reads it"
    stage.press("Escape")
    assert legend.is_hidden()
    stage.button("Legend: what is on the screen").click()
    stage.press("End")
    stage.wait_for_rest()
    assert "Theory’s law" in legend.inner_text()
    stage.press(" ")
    stage.until(lambda: stage.said("playing"), "true")
    assert legend.is_hidden()
    stage.press(" ")
    stage.wait_for_rest()


def test_a_tap_asks_where_it_does_nothing_else(new_page):
    stage = new_page("/?step=0", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    stage.page.touchscreen.tap(*word(stage, "[data-testid=stMain]", "‖w‖"))
    stage.until(lambda: "The length of w" in tip(stage).inner_text())
    before = len(stage.points())
    stage.page.touchscreen.tap(*stage.pixel(*stage.empty_place()))
    stage.until(lambda: len(stage.points()), before + 1)
    assert tip(stage).is_hidden(), "a tap on a plane adds a point"
    stage.open("/cross-entropy?scene=3")
    truth = "(plot) => { const t = plot._fullData.find((t) => t.meta.part === 'truth'); return [t.x[0], 1]; }"
    stage.page.touchscreen.tap(*stage.pixel(*stage.chart("curve-0", truth), name="curve-0"))
    stage.until(lambda: "a share q of the labels" in tip(stage).inner_text())
    least = (
        "(plot) => { const t = plot._fullData.find((t) => t.meta.part === 'entropy least'); return [t.x[0], t.y[0]]; }"
    )
    stage.page.touchscreen.tap(*stage.pixel(*stage.chart("curve-0", least), name="curve-0"))
    stage.until(
        lambda: tip(stage).locator("p").first.inner_text().strip(), "The report that cross-entropy rewards most."
    )
    stage.page.locator("[data-do=legend]").tap()
    assert tip(stage).is_hidden()
    assert "a share q of the labels" in stage.page.get_by_test_id("legend").inner_text()


def test_a_term_of_the_notes_is_asked_where_they_are_open(new_page):
    stage = new_page("/maximum-likelihood?scene=5")
    stage.page.get_by_test_id("stPopoverButton").filter(has_text="Notes").first.click()
    notes = "[data-testid=stPopoverBody] [data-testid=stMarkdownContainer]"
    stage.page.locator(notes).first.wait_for()
    stage.until(lambda: stage.page.evaluate("CSS.highlights.get('asked').size") > 3)
    stage.page.mouse.move(*word(stage, notes, "standard error"))
    stage.until(lambda: "typically off" in tip(stage).inner_text())


def test_terms_are_found_as_words_in_the_plural_and_letters_alone(script):
    found = script(
        """async () => {
          const { Terms } = await import("/stage/meanings.js");
          const terms = (lesson, scene, text) =>
            new Terms({ lesson, scene }).in(text).map(({ term, says }) => [term, says]);
          return [terms("", "", "Support\\nvectors of w* and w, a point’s p; step"), terms("", "", "2/L")[0][0],
            terms("cross_entropy", "Entropy and KL", "H")[0][1], terms("", "", "H")[0][1],
            terms("gradient", "Is it right?", "h")[0][1]];
        }"""
    )
    assert [term for term, _ in found[0]] == ["support vector", "w*", "w", "p"]
    assert found[1] == "2/L"
    assert "entropy" in found[2]
    assert "Hessian" in found[3]
    assert "chord" in found[4]


def test_terms_are_found_by_one_pattern_that_is_made_once_a_place(script):
    made = script(
        """async () => {
          const { Terms } = await import("/stage/meanings.js");
          const Own = RegExp, sources = [];
          window.RegExp = function (source, flags) { sources.push(source); return new Own(source, flags); };
          try {
            const terms = new Terms({ lesson: "bias", scene: "" });
            const found = [1, 2].map(() => terms.in("The gradient of the loss at w, and the margin γ").length);
            return [found, sources.length];
          } finally { window.RegExp = Own; }
        }"""
    )
    assert made == [[5, 5], 1]


def test_where_colours_are_forced_what_is_chosen_is_seen_and_no_word_is_painted_over(new_page):
    stage = new_page("/", forced_colors="active")
    colours = """(labels) => labels.map((label) => getComputedStyle(label).backgroundColor)"""
    chosen, other = stage.root.locator(".choice").filter(has_text="class").evaluate_all(colours)
    assert chosen != other
    stage.page.mouse.move(*word(stage, "[data-testid=stMain]", "infimum"))
    stage.until(lambda: tip(stage).is_visible())  # the words have been found by now
    assert stage.page.evaluate("CSS.highlights.size") == 0
