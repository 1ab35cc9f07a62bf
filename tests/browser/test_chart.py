"""The chart component: the same place, no blank moment, a zoom that stays, and words for those who cannot see it."""

import pytest

APP = """
import sys

sys.path.insert(0, {root!r})
import streamlit as st
from logreg.ui.assets import routes

app = st.App({script!r}, routes=routes())
"""

SCRIPT = """
import plotly.graph_objects as go
import streamlit as st

from logreg.figures.theme import theme_for
from logreg.ui.chart import chart


def first():
    st.write("A page without a chart.")


def second():
    top = st.slider("top", 1, 20, 3, key="top", bind="query-params")
    figure = go.Figure(go.Scatter(x=[0, 1, 2], y=[0, top, 1]), {"height": 300, "uirevision": "kept"})
    theme = theme_for(st.context.theme.type)
    figure.update_layout(font_color=theme.text)
    chart(figure, key="it", alt=f"A line that rises to {top}.", theme=theme)


st.navigation([st.Page(first, default=True), st.Page(second, url_path="second")]).run()
"""

CHART = '[data-testid="chart-it"]'
WATCH = f"""() => {{
  const host = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector('{CHART}'));
  const node = host.shadowRoot.querySelector('{CHART}');
  Object.assign(window, {{ node, layer: node.querySelector(".main-svg"), blank: 0, frames: 0 }});
  const look = () => {{
    window.frames += 1;
    window.blank += !node.isConnected || !node.querySelector(".scatterlayer .trace path");
    requestAnimationFrame(look);
  }};
  look();
}}"""


@pytest.fixture(scope="module")
def chart_server(tmp_path_factory):
    from tests.browser.driver import ROOT, Server

    folder = tmp_path_factory.mktemp("chart")
    script, app = folder / "frame.py", folder / "app.py"
    script.write_text(SCRIPT)
    app.write_text(APP.format(root=str(ROOT), script=str(script)))
    running = Server(folder / "log.txt", str(app))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def visit(chart_server, chromium):
    """One visit to a page that lies below the root; it keeps what it heard."""
    from tests.browser.driver import Visit

    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    visit = Visit(context.new_page(), chart_server.url)
    visit.answers = []
    visit.page.on("response", lambda answer: visit.answers.append(answer) if "/assets/" in answer.url else None)
    visit.open("/second?top=4")
    visit.page.wait_for_selector(f"{CHART}[data-ready=true]", timeout=30_000)
    visit.page.evaluate(WATCH)
    yield visit
    context.close()


def move(visit):
    drawn = visit.page.evaluate("+node.dataset.drawn")
    visit.page.locator(".st-key-top input[type=range]").press("ArrowRight")
    visit.page.wait_for_function(f"+node.dataset.drawn > {drawn}")


def test_a_control_changes_the_figure_in_the_same_place_without_a_blank_frame(visit):
    assert visit.page.evaluate("Math.max(...node._fullData[0].y)") == 4
    for _ in range(5):
        move(visit)
    assert visit.page.evaluate("Math.max(...node._fullData[0].y)") == 9
    assert visit.page.evaluate("[node.isConnected, layer.isConnected, blank]") == [True, True, 0]
    assert visit.page.evaluate("frames") > 5


def test_a_zoom_stays_when_the_data_change(visit):
    visit.page.evaluate("Plotly.relayout(node, { 'xaxis.range': [0.5, 1.5] })")
    move(visit)
    assert visit.page.evaluate("node._fullLayout.xaxis.range") == [0.5, 1.5]


def test_the_layers_of_a_chart_lie_on_each_other(visit):
    tops = visit.page.evaluate("[...node.querySelectorAll('.main-svg')].map((e) => e.getBoundingClientRect().top)")
    assert len(tops) > 1
    assert len(set(tops)) == 1


def test_the_figure_says_its_message_and_follows_it(visit):
    for _ in range(2):
        move(visit)
        top = visit.page.evaluate("Math.max(...node._fullData[0].y)")
        assert visit.page.get_by_role("figure", name=f"A line that rises to {top:g}.").count() == 1


def test_a_chart_follows_a_switch_of_light_and_dark(visit):
    for scheme, colour in [("dark", "#F2F4F8"), ("light", "#1B1E24")]:
        visit.page.emulate_media(color_scheme=scheme)
        visit.page.wait_for_function(f"node._fullLayout.font.color === '{colour}'")


def test_the_chart_follows_the_width_of_the_window(visit):
    visit.page.set_viewport_size({"width": 700, "height": 600})
    visit.page.wait_for_function("Math.abs(layer.getBoundingClientRect().width - node.clientWidth) < 1")
    assert visit.page.evaluate("node.clientWidth") < 700


def test_one_sentence_stands_in_for_a_chart_whose_library_does_not_load(chart_server, new_visit):
    visit = new_visit(chart_server.url)
    visit.page.route("**/plotly.min.js", lambda route: route.abort())
    visit.open("/second")
    visit.page.get_by_text("This chart could not be drawn").wait_for(timeout=10_000)


def test_plotly_is_served_once_compressed_and_for_the_browser_to_keep(visit):
    names = sorted(answer.url.rsplit("/", 1)[1] for answer in visit.answers)
    assert names == ["chart.js", "page_theme.js", "plotly.min.js", "plotly_loader.js"]
    for answer in visit.answers:
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
