"""The charts of a stage: their files, their layers, their words, and what stands there without Plotly."""

from tests.browser.driver import Visit

HOLD_MOVES = """() => {
  const { animate } = Plotly;
  window.held = [];
  Plotly.animate = (...how) => Promise.all([animate(...how), new Promise((go) => held.push(go))]);
}"""


def test_the_layers_of_a_chart_lie_on_each_other(new_stage):
    tops = new_stage().root.evaluate(
        """(body) => Array.from(body.getRootNode().querySelectorAll("[data-testid=stage-curve-0] .main-svg"),
             (layer) => layer.getBoundingClientRect().top)"""
    )
    assert len(tops) > 1
    assert len(set(tops)) == 1


def test_a_chart_says_the_step_shown_and_what_it_shows_in_words(new_stage):
    stage = new_stage()
    for name in ("Restart", "Step"):
        stage.button(name).click()
        said = f"Loss at step {stage.step:,}: "
        stage.until(lambda said=said: stage.page.get_by_role("figure", name=said).count() == 1)
        words = stage.page.get_by_role("figure", name=said).get_attribute("aria-label")
        assert "over the steps. This run: 0.6931 at step 0" in words


def test_one_sentence_stands_in_for_charts_whose_library_does_not_load(new_visit, stage_server):
    visit = new_visit(stage_server.url)
    visit.page.route("**/plotly.min.js", lambda route: route.abort())
    visit.open()
    visit.page.get_by_text("The charts could not be drawn. Reload the page to try again.").wait_for()
    assert any("The stage was not drawn" in line for line in visit.console)
    visit.console.clear()


def test_every_file_of_the_charts_comes_once_compressed_and_for_the_browser_to_keep(chromium, stage_server):
    context = chromium.new_context()
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer) if "/assets/" in answer.url else None)
    Visit(page, stage_server.url).open()
    page.wait_for_selector("[data-testid=stage][data-ready=true]")
    names = [answer.url.rsplit("/", 1)[1] for answer in answers]
    assert len(names) == len(set(names))
    assert {"plotly.min.js", "bundle.js", "stage.css"} == set(names)
    for answer in answers:
        assert answer.headers["content-encoding"] == "br"
        assert "immutable" in answer.headers["cache-control"]
    context.close()


def test_a_picture_to_scale_fills_its_place_in_a_window_that_has_become_larger(new_page):
    scale = "({ _fullLayout: { xaxis, yaxis } }) => [...xaxis.range, ...yaxis.range]"
    stage = new_page("/observation-3?scene=4&lecture=1", viewport={"width": 1366, "height": 640})
    stage.page.set_viewport_size({"width": 1920, "height": 1080})
    stage.until(lambda: stage.chart("curve-0", "(plot) => plot._fullLayout.width === plot.clientWidth"))
    stage.wait_for_rest()
    grown = stage.chart("curve-0", scale)
    stage.page.reload()
    stage.wait_for_rest()
    assert grown == stage.chart("curve-0", scale)


def test_the_contours_of_a_landscape_stay_while_the_run_plays_over_them(new_page):
    stage = new_page("/observation-3?scene=8&view=1&step=0", viewport={"width": 1366, "height": 640})
    fields = stage.page.locator(".contourlayer .contour")
    assert fields.count() == 2
    stage.press("ArrowRight", "End", "Home")
    stage.wait_for_rest()
    assert fields.count() == 2
    stage.page.set_viewport_size({"width": 1280, "height": 720})

    stage.until(lambda: stage.chart("curve-0", "(plot) => plot._fullLayout.width === plot.clientWidth"))
    assert fields.count() == 2, "one drawing, of the new size"
    stage.go("/observation-3?scene=8&view=2")
    assert fields.count() == 0


def test_plotly_learns_from_the_parts_of_a_trace_which_of_them_are_arrays(new_page):
    stage = new_page("/observation-3?scene=8&view=1&step=0")
    stage.press("End")
    stage.wait_for_rest()
    told, found, searches = stage.root.evaluate(
        """async (body) => {
          // another Plotly, which goes through all names that a part of a trace may have
          const frame = document.body.appendChild(document.createElement("iframe"));
          const script = frame.contentDocument.createElement("script");
          script.src = document.querySelector("script[src*='plotly.min.js']").src;
          await new Promise((done) => { script.onload = done; frame.contentDocument.head.append(script); });
          const traces = Array.from(body.querySelectorAll(".plot")).flatMap((plot) => plot._fullData);
          const kinds = [{ marker: { color: ["red"] } }, { x: Float64Array.of(1) }, { x: [null, 1] }];
          traces.push(...kinds.map((kind) => ({ ...traces.find(({ type }) => type === "scatter"), ...kind })));
          const tell = (library) => traces.map((trace) => library.PlotSchema.findArrayAttributes(trace));
          const [told, found] = [tell(window.Plotly), tell(frame.contentWindow.Plotly)];
          frame.remove();
          const { crawl } = window.Plotly.PlotSchema;
          let searches = 0;
          window.Plotly.PlotSchema.crawl = (...about) => { searches += 1; crawl(...about); };
          tell(window.Plotly);
          window.Plotly.PlotSchema.crawl = crawl;
          return [told, found, searches];
        }"""
    )
    assert told == found
    assert searches == 0, "what it has been told it knows"
    assert {("x", "y"), ("x", "y", "marker.color"), ("z", "x", "y")} <= {tuple(arrays) for arrays in found}


def test_planes_that_have_left_the_page_ask_for_nothing(new_page):
    stage = new_page("/observation-3?scene=2")
    old = stage.page.get_by_test_id("stage-plane-0").element_handle()
    stage.page.evaluate("Plotly.purge = () => {}")  # two seconds after it has left nobody could hear it any more
    stage.page.evaluate(HOLD_MOVES)
    stage.page.mouse.click(*stage.pixel(1.2, 3.0, "plane-1"))
    stage.until(lambda: stage.page.evaluate("held.length") > 2)  # the click's own, and Python's answer in both planes
    stage.press("3")
    stage.until(lambda: stage.root.get_by_test_id("stage-plane-0").count() == 0)
    stage.page.evaluate("held.forEach((go) => go())")
    stage.wait_for_rest()
    for event in ("plotly_relayout", "plotly_relayouting"):
        old.evaluate("(box, event) => box.querySelector('.plot').emit(event, {})", event)
