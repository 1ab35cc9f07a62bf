"""The explorer as a person meets it: in a real browser, from a fresh server on."""

import pytest
from conftest import Server, Visit

READ = """(chart, role) => {
  const trace = chart._fullData.find((t) => t.meta && t.meta.role === role)
  return {x: Array.from(trace.x), y: Array.from(trace.y), title: chart._fullLayout.title.text}
}"""


def figure(visit, key):
    """Return the locator of a chart; Playwright looks into the component's shadow root by itself."""
    return visit.page.get_by_test_id(f"chart-{key}")


def read(visit, key, role):
    return figure(visit, key).evaluate(READ, role)


def wait_for_charts(visit):
    for key in ("plane", "norm", "loss"):
        visit.page.locator(f"[data-testid=chart-{key}][data-ready=true]").wait_for()


def wait_for_change(visit, key, role, before):
    for _ in range(200):
        if read(visit, key, role) != before:
            return
        visit.page.wait_for_timeout(25)
    pytest.fail("the figure did not change")


@pytest.fixture
def explorer(new_visit):
    def visit(path="/", **options):
        opened = new_visit(**options).open(path)
        wait_for_charts(opened)
        return opened

    return visit


def press(visit, key, name):
    visit.act(lambda: visit.page.locator(f".st-key-{key} input[type=range]").press(name))


def test_a_first_visit_to_a_link_on_a_fresh_server_shows_its_page_in_the_frame(chromium, tmp_path):
    server = Server(tmp_path / "log.txt")
    try:
        visit = Visit(chromium.new_page(viewport={"width": 1366, "height": 640}), server.url)
        visit.open("/?separable_blobs_gap=3.0&step=100")
        wait_for_charts(visit)
        assert "nearest is 1.5 away" in visit.page.inner_text("[data-testid=stMain]")
        assert "step 100" in read(visit, "norm", "curve")["title"]
        assert visit.page.title() == "Explorer"
        assert visit.page.get_by_text("Page not found").count() == 0
        assert visit.console == []
        assert "Warning" not in server.log
        assert "Traceback" not in server.log
        visit.page.context.close()
    finally:
        server.stop()


def test_moving_a_control_changes_the_figures_in_place(explorer):
    visit = explorer()
    before = read(visit, "norm", "curve")
    kept = figure(visit, "norm").element_handle()
    press(visit, "separable_blobs_gap", "ArrowRight")
    wait_for_change(visit, "norm", "curve", before)
    assert figure(visit, "norm").evaluate("(chart, kept) => chart === kept", kept)
    assert "separable_blobs_gap=1.05" in visit.page.url
    assert visit.console == []


def test_nothing_jumps_when_controls_move_and_the_stage_needs_no_scrolling(explorer):
    visit = explorer()
    visit.page.set_viewport_size({"width": 1366, "height": 640})

    def boxes():
        keys = (".st-key-step_first", ".st-key-step_last", ".st-key-axis")
        return [visit.page.locator(key).bounding_box() for key in keys]

    start = boxes()
    assert max(box["y"] + box["height"] for box in start) <= 640
    for key, name in [
        ("separable_blobs_gap", "End"),
        ("eta", "End"),
        ("l2", "End"),
        ("steps", "Home"),
        ("eta", "Home"),
    ]:
        press(visit, key, name)
        assert boxes() == start, key
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_link_opened_in_a_new_window_shows_the_same_figures(explorer):
    visit = explorer("/?data=Overlapping+blobs")
    press(visit, "eta", "ArrowRight")
    visit.act(lambda: visit.page.locator(".st-key-step_back button").first.click())
    visit.page.wait_for_function("location.search.includes('step=999')")
    other = explorer(visit.page.url.replace(visit.url, ""))
    for key in ("plane", "norm", "loss"):
        role = "boundary" if key == "plane" else "curve"
        assert read(visit, key, role) == read(other, key, role)


def test_reload_keeps_the_screen(explorer):
    visit = explorer("/?data=Moons")
    press(visit, "steps", "ArrowLeft")
    before = read(visit, "loss", "curve")
    visit.act(lambda: visit.page.reload())
    wait_for_charts(visit)
    assert read(visit, "loss", "curve") == before


def test_a_bad_link_gives_one_sentence_and_the_defaults(explorer):
    visit = explorer("/?eta=abc&n=inf&step=-5&data=%3Cscript%3E")
    toast = visit.page.get_by_test_id("stToast")
    toast.wait_for()
    assert toast.count() == 1
    for key in ("eta", "n", "step", "data"):
        assert f"“{key}”" in toast.inner_text() or toast.get_by_text("view more").count()
    assert "Separable." in visit.page.inner_text("[data-testid=stMain]")
    assert visit.console == []


def test_an_unknown_address_shows_the_first_page(explorer):
    visit = explorer("/no-such-page")
    assert "Separable." in visit.page.inner_text("[data-testid=stMain]")


def test_a_file_of_points_replaces_the_data_and_a_bad_one_keeps_them(explorer, tmp_path):
    visit = explorer("/?data=Your+own+points+%28CSV%29")
    good = tmp_path / "good.csv"
    good.write_text("a,b,kind\n0,0,cat\n1,0,dog\n0,1,cat\n3,1,dog\n")
    visit.act(lambda: visit.page.locator("input[type=file]").set_input_files(str(good)))
    visit.page.get_by_text("has all 4 points").wait_for()
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b,kind\n0,zero,cat\n1,0,dog\n")
    visit.act(lambda: visit.page.locator("input[type=file]").set_input_files(str(bad)))
    visit.page.get_by_text("Row 2, column 2").wait_for()
    assert visit.page.get_by_text("has all 4 points").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_visitors_system(explorer, scheme):
    visit = explorer(color_scheme=scheme)
    visit.page.wait_for_timeout(500)
    color = visit.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert color == {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 17, 23)"}[scheme]
    font = figure(visit, "norm").evaluate("(chart) => chart._fullLayout.font.color")
    assert font.lower() == {"light": "#1b1e24", "dark": "#f2f4f8"}[scheme]
    assert visit.console == []


def test_an_error_in_a_page_shows_one_sentence_and_goes_to_the_log_whole(chromium, tmp_path):
    (tmp_path / "frame.py").write_text("import streamlit as st\nst.title('Page')\nraise RuntimeError('inner secret')\n")
    (tmp_path / "failing_app.py").write_text(
        "import streamlit as st\nfrom logreg.ui.server import show_error_sentence\n"
        f"app = st.App({str(tmp_path / 'frame.py')!r}, on_script_error=show_error_sentence)\n"
    )
    server = Server(tmp_path / "log.txt", app=str(tmp_path / "failing_app.py"))
    try:
        visit = Visit(chromium.new_page(), server.url).open("/")
        text = visit.page.inner_text("[data-testid=stMain]")
        assert "Something went wrong on this page" in text
        assert "secret" not in text
        assert "Traceback" not in text
        assert "RuntimeError: inner secret" in server.log
        visit.page.context.close()
    finally:
        server.stop()
