"""The explorer as a person meets it: in a real browser, from a fresh server on."""

import pytest

from tests.browser.driver import Server, Visit
from tests.browser.stage_driver import Stage

READ = """(box, role) => {
  const chart = box.querySelector(".plot")
  const isIt = ({meta}) => meta && meta.role === role && (role !== "curve" || meta.part === "run")
  const trace = chart._fullData.find(isIt)
  return {x: Array.from(trace.x), y: Array.from(trace.y)}
}"""
PLACES = {"plane": "stage-plane-0", "norm": "stage-curve-0", "loss": "stage-curve-1"}


def figure(visit, name):
    """Return the locator of a figure; Playwright looks into the component's shadow root by itself."""
    return visit.page.get_by_test_id(PLACES[name])


def read(visit, name, role):
    return figure(visit, name).evaluate(READ, role)


def wait_for_stage(visit):
    visit.page.locator("[data-testid=stage][data-ready=true]").wait_for()
    visit.page.wait_for_timeout(200)


def step_of(visit):
    return int(visit.page.get_by_test_id("stage").get_attribute("data-step"))


def button(visit, name):
    return visit.page.get_by_role("button", name=name, exact=True)


def wait_for_change(visit, name, role, before):
    for _ in range(200):
        if read(visit, name, role) != before:
            return
        visit.page.wait_for_timeout(25)
    pytest.fail("the figure did not change")


@pytest.fixture
def explorer(new_visit):
    def visit(path="/", **options):
        opened = new_visit(**options).open(path)
        wait_for_stage(opened)
        return opened

    return visit


def press(visit, key, name):
    visit.act(lambda: visit.page.locator(f".st-key-{key} input[type=range]").press(name))


def test_a_first_visit_to_a_link_on_a_fresh_server_shows_its_page_in_the_frame(chromium, tmp_path):
    server = Server(tmp_path / "log.txt")
    try:
        visit = Visit(chromium.new_page(viewport={"width": 1366, "height": 640}), server.url)
        visit.open("/?separable_blobs_gap=3.0&step=100")
        wait_for_stage(visit)
        assert "nearest is 1.5 away" in visit.page.inner_text("[data-testid=stMain]")
        assert step_of(visit) == 100
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
    assert figure(visit, "norm").evaluate("(box, kept) => box === kept", kept)
    assert "separable_blobs_gap=1.05" in visit.page.url
    assert button(visit, "Undo").is_disabled()
    assert visit.console == []


def test_nothing_jumps_when_controls_move_and_the_stage_needs_no_scrolling(explorer):
    visit = explorer()
    visit.page.set_viewport_size({"width": 1366, "height": 640})

    def boxes():
        return [button(visit, name).bounding_box() for name in ("Restart", "End")] + [
            figure(visit, name).bounding_box() for name in PLACES
        ]

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


@pytest.mark.parametrize(
    "link",
    [
        "data=Separable+only+with+a+bias&bias=false",
        "data=One+class+only&one_class_offset=10",
        "data=Overlapping+blobs&l2=0.1&penalise=true",
        "data=Quasi-separable",
        "data=Iris:+versicolor+and+virginica&l2=0.003",
        "data=One+class+only&bias=false",
    ],
)
def test_every_verdict_fits_its_line_so_that_the_stage_stands_where_it_always_does(explorer, link):
    places = [button(explorer(path), "Restart").bounding_box() for path in ("/", f"/?{link}")]
    assert places[0] == places[1]


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_projector_mode_enlarges_the_stage_and_it_fills_the_screen_without_scrolling(explorer, size):
    visit = explorer("/?lecture=1", viewport={"width": size[0], "height": size[1]})
    below = visit.page.locator(".stage .below").bounding_box()
    assert 0.93 * size[1] < below["y"] + below["height"] <= size[1]
    title = visit.page.locator("[data-testid=stage-plane-0] .gtitle").bounding_box()
    plain = explorer("/", viewport={"width": size[0], "height": size[1]})
    assert title["height"] > 1.1 * plain.page.locator("[data-testid=stage-plane-0] .gtitle").bounding_box()["height"]
    assert not visit.page.get_by_test_id("stSidebar").is_visible()
    place = figure(visit, "plane").evaluate(
        """(box) => {
  const layout = box.querySelector(".plot")._fullLayout, r = box.querySelector(".nsewdrag").getBoundingClientRect()
  const share = (axis, value) => (value - axis.range[0]) / (axis.range[1] - axis.range[0])
  return [r.x + r.width * share(layout.xaxis, -3.5), r.y + r.height * (1 - share(layout.yaxis, 3.0))]
}"""
    )
    visit.act(lambda: visit.page.mouse.click(*place))
    assert points(visit) == 101
    visit.page.wait_for_function("location.search.includes('pts=') && location.search.includes('lecture=1')")
    other = explorer(visit.page.url.replace(visit.url, ""))
    assert "hulls share" in other.page.inner_text("[data-testid=stMain]")


def test_a_link_opened_in_a_new_window_shows_the_same_figures(explorer):
    visit = explorer("/?data=Overlapping+blobs")
    press(visit, "eta", "ArrowRight")
    visit.act(lambda: button(visit, "Step back").click())
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
    wait_for_stage(visit)
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


def test_back_to_a_bad_link_shows_the_defaults_again_and_the_next_step_back_leads_on(explorer):
    visit = explorer("/?seed=1.5&n=20")
    assert "seed" not in visit.page.url
    visit.page.go_back()
    visit.page.wait_for_url("**/?n=20*")
    assert visit.page.get_by_text("Something went wrong").count() == 0
    assert visit.page.get_by_test_id("stage").count() == 1
    visit.page.go_back()
    visit.page.wait_for_url("about:blank")


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
    font = figure(visit, "norm").evaluate("(box) => box.querySelector('.plot')._fullLayout.font.color")
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


def click_at(visit, x, y):
    """Click on the plane where the data have these coordinates, by Plotly's own axes."""
    where = figure(visit, "plane").evaluate(
        """(box, [x, y]) => {
  const plot = box.querySelector(".plot"), layout = plot._fullLayout, place = plot.getBoundingClientRect()
  return [place.x + layout.xaxis._offset + layout.xaxis.d2p(x), place.y + layout.yaxis._offset + layout.yaxis.d2p(y)]
}""",
        [x, y],
    )
    visit.act(lambda: visit.page.mouse.click(*where))


def points(visit):
    return int(visit.page.get_by_test_id("stage").get_attribute("data-points"))


def test_one_added_point_makes_infinite_finite_and_undo_takes_it_back(explorer):
    visit = explorer()
    click_at(visit, -3.5, 3.0)  # a point of class 1 deep on the side of class 0
    visit.page.get_by_text("Overlapping.").wait_for()
    assert points(visit) == 101
    assert "minimum is finite" in visit.page.inner_text("[data-testid=stMain]")
    visit.page.wait_for_function("location.search.includes('pts=')")
    other = explorer(visit.page.url.replace(visit.url, ""))
    assert points(other) == 101
    assert "Overlapping." in other.page.inner_text("[data-testid=stMain]")
    visit.act(lambda: button(visit, "Undo").click())
    visit.page.get_by_text("Separable.").wait_for()
    visit.page.wait_for_function("!location.search.includes('pts=')")
    assert visit.console == []


def test_reload_keeps_edited_points_and_the_step(explorer):
    visit = explorer("/?step=10")
    click_at(visit, -3.5, 3.0)
    visit.page.wait_for_function("location.search.includes('pts=')")
    visit.act(lambda: visit.page.reload())
    wait_for_stage(visit)
    assert points(visit) == 101
    assert step_of(visit) == 10


def test_a_playing_stage_moves_by_itself_and_the_numbers_follow_when_it_rests(explorer):
    visit = explorer("/?step=0")
    assert "none at 0" in visit.page.inner_text("[data-testid=stMain]")
    button(visit, "Play").click()
    visit.page.wait_for_timeout(1500)
    assert step_of(visit) > 0
    visit.act(lambda: button(visit, "Pause").click())
    visit.page.wait_for_function("location.search.includes('step=')")
    assert "none at 0" not in visit.page.inner_text("[data-testid=stMain]")


def table_cell(visit, row, column):
    """Where a cell of the table is on the screen: its canvas has a column for row numbers and three more."""
    table = visit.page.get_by_test_id("stDataFrame")
    table.wait_for()
    table.scroll_into_view_if_needed()
    visit.page.wait_for_timeout(500)
    cell = table.get_by_test_id(f"glide-cell-{column + 1}-{row}")
    cell.wait_for(state="attached")
    return cell


def test_the_table_shows_what_the_plane_does_and_changes_it(explorer):
    visit = explorer("/?n=4")
    visit.act(lambda: visit.page.get_by_text("Points as a table").click())
    before = read(visit, "plane", "points")
    box = table_cell(visit, 0, 0) and visit.page.get_by_test_id("stDataFrame").bounding_box()
    visit.page.mouse.click(box["x"] + 100, box["y"] + 52)
    visit.page.keyboard.press("Enter")
    field = visit.page.locator("#portal input")
    field.fill("-0.625")
    visit.act(lambda: field.press("Enter"))
    wait_for_change(visit, "plane", "points", before)
    assert -0.625 in read(visit, "plane", "points")["x"]
    assert "pts=" in visit.page.url
    visit.act(lambda: button(visit, "Undo").click())
    visit.page.wait_for_function("!location.search.includes('pts=')")
    assert table_cell(visit, 0, 0).inner_text() == "-0.5"
    visit.page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
    click_at(visit, -0.5, 0.0)  # flips the first point
    assert table_cell(visit, 0, 2).inner_text() == "1"
    assert visit.console == []


def test_a_csv_file_comes_in_and_goes_out_and_a_bad_one_leaves_the_points(explorer, tmp_path):
    visit = explorer("/?data=Your+own+points+(CSV)")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("x1,x2,label\n0.1,0.2,-1\n1,1,1\n2,1,1\n")
    bad.write_text("x1,x2,label\n0.1,zero,-1\n")
    drop = visit.page.get_by_test_id("stFileUploaderDropzoneInput")
    visit.act(lambda: drop.set_input_files(good))
    visit.page.wait_for_function("document.querySelector('[data-testid=stMain]').innerText.includes('all 3 points')")
    assert points(visit) == 3
    visit.act(lambda: drop.set_input_files(bad))
    assert "zero" in visit.page.get_by_test_id("stAlert").inner_text()
    assert points(visit) == 3
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Save the points (CSV)").click()
    assert "0.1,0.2,0" in waiting.value.path().read_text()


def test_a_run_is_pinned_and_let_go_by_the_stage_s_own_button(explorer):
    visit = explorer("/?data=Overlapping+blobs")
    visit.act(lambda: button(visit, "Pin this run").click())
    press(visit, "l2", "End")
    drawn = """(box) => box.querySelector(".plot")._fullData.filter(({meta, x}) =>
        meta.role === "curve" && ["run", "pinned"].includes(meta.part) && x.length > 2).map(({y}) => Math.max(...y))"""
    visit.page.wait_for_timeout(500)
    here, there = sorted(figure(visit, "norm").evaluate(drawn))
    assert here < 0.5 < 2.9 < there
    assert "The pinned run has" in visit.page.inner_text("[data-testid=stMain]")
    visit.act(lambda: button(visit, "Unpin").click())
    visit.page.wait_for_timeout(500)
    assert len(figure(visit, "norm").evaluate(drawn)) == 1
    assert visit.console == []


def test_a_long_run_grows_on_the_screen_once_asked_and_can_be_stopped(new_visit):
    visit = new_visit().open("/?n=10&steps=1000000&seed=3")
    stage = Stage(visit)
    stage.until(lambda: stage.said("ready") == "true" and stage.step == 100_000)
    stage.button("Run all 1,000,000 steps").click()
    stage.until(lambda: stage.step >= 200_000)
    stage.button("Stop").click()
    stage.button("Run all 1,000,000 steps").wait_for()
    stage.page.wait_for_timeout(1000)
    rests = stage.step
    assert 200_000 <= rests < 1_000_000
    stage.button("Run all 1,000,000 steps").click()
    stage.until(lambda: stage.step == 1_000_000, seconds=60)
    assert stage.button("Stop").count() == stage.button("Run all 1,000,000 steps").count() == 0
    assert visit.console == []


def test_what_lies_outside_the_window_is_said(explorer):
    visit = explorer("/?data=Overlapping+blobs")
    note = figure(visit, "plane").locator(".note")
    assert not note.is_visible()
    figure(visit, "plane").evaluate(
        "(box) => Plotly.relayout(box.querySelector('.plot'), { 'xaxis.range': [10, 12.5], 'yaxis.range': [0, 2] })"
    )
    visit.page.wait_for_timeout(300)
    assert note.inner_text() == "Outside this window: 100 points and the line p = 1/2"


def test_a_long_run_follows_behind_the_picture_of_its_first_thousand_steps(new_visit):
    visit = new_visit().open("/?n=200&steps=100000&seed=7")
    stage = Stage(visit)
    stage.until(lambda: stage.said("ready") == "true" and stage.step == 100_000)
    seen = "(body) => { window.seen = []; new MutationObserver(() => window.seen.push(Number(body.dataset.step)))"
    stage.root.evaluate(seen + ".observe(body, { attributes: true, attributeFilter: ['data-drawn'] }); }")
    stage.click(*stage.empty_place())
    stage.until(lambda: len(stage.page.evaluate("window.seen")) > 1)
    first, *_, last = stage.page.evaluate("window.seen")
    assert first == 1_000 < last
    assert visit.console == []


def test_points_that_the_server_has_trained_before_can_still_be_edited(new_visit):
    stages = [Stage(new_visit().open("/?n=20&seed=11")) for _ in range(2)]  # two visitors with one link
    for stage in stages:
        stage.until(lambda stage=stage: stage.said("ready") == "true")
        where = stage.empty_place()
        labels = stage.points()
        for _ in range(3):  # added, flipped, flipped back: points that were there before
            stage.click(*where)
        assert stage.said("points") == "21"
        stage.button("Undo").click()
        stage.until(lambda stage=stage: len(stage.points()) == 21)
        for _ in range(2):
            before = stage.visit.finished
            stage.button("Undo").click()
            stage.visit.wait_for_run(before)
        stage.until(lambda stage=stage, labels=labels: sorted(stage.points()) == sorted(labels))
