"""Cuts: a server that is killed and started again, one that forgets its sessions, one that is silent for a while."""

from urllib.parse import unquote

import pytest

from logreg.data.registry import make_dataset
from logreg.ui.stage import encode_points
from tests.browser.driver import SCREEN, Server, Visit
from tests.browser.stage_driver import Stage

SOCKETS = """window.sockets = [];
const Plain = WebSocket;
window.WebSocket = class extends Plain {
  constructor(...how) { super(...how); window.sockets.push(this); }
};"""
CUT_AFTER_A_CLICK = """(frames) => window.addEventListener("pointerup", () => {
  const before = window.sockets.length;
  window.isBack = () => window.sockets.length > before;
  const cut = () => (frames-- > 0 ? requestAnimationFrame(cut) : window.sockets.at(-1).close());
  setTimeout(cut);
}, { once: true })"""

KEEPS = """  const root = component.parentElement;
  window.component = { shown: component, module: import.meta.url };"""
PUT_UP_ANEW = """async (isTakenOut) => {
  const { remove, show } = await import(window.component.module);
  const { parentElement: root } = window.component.shown;
  const { parentElement: place } = root.host;
  if (isTakenOut) root.host.remove();
  await remove(root);
  if (!isTakenOut) return;
  place.append(root.host);
  await show(window.component.shown);
}"""
"""What Streamlit does to a stage: it puts it up anew in another place; or only clears up after an older answer."""


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("cuts") / "log.txt")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def forgetful_server(tmp_path_factory):
    """One that forgets a session as soon as its window has gone."""
    running = Server(tmp_path_factory.mktemp("cuts") / "log.txt", disconnectedSessionTTL=0)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def window(chromium):
    page = chromium.new_page(viewport=SCREEN)
    page.add_init_script(SOCKETS)
    yield page
    page.context.close()


@pytest.fixture
def new_stage(window, own_server):
    visits = []

    def opened(path, server=own_server):
        visits.append(Visit(window, server.url))
        return Stage(visits[-1]).open(path)

    yield opened
    for visit in visits:
        visit.leave()


def is_connected(stage):
    return stage.page.get_by_test_id("stApp").get_attribute("data-test-connection-state") == "CONNECTED"


def wait_for_the_server(stage):
    """Wait until the browser has come back and the server has taken over its address."""
    stage.until(lambda: is_connected(stage) and "session=" not in stage.page.url)
    stage.wait_for_rest()


def restart(stage, server):
    """Kill the server and start it again; wait until the browser has come back to it and all rests."""
    server.kill()
    stage.until(lambda: is_connected(stage), False)
    server.start()
    wait_for_the_server(stage)


def screen(stage):
    """What is on the screen, as far as an address can say it."""
    return {
        "points": sorted(stage.points()),
        "step": stage.step,
        "axis": stage.chart("curve-0", "(plot) => plot._fullLayout.xaxis.type"),
        "address": unquote(stage.page.url),  # Python and the browser spell a * differently
        "titles": stage.root.locator(".gtitle").all_text_contents(),
        "caption": stage.root.locator(".caption").inner_text(),
        "text": stage.page.inner_text("[data-testid=stMain]"),
    }


def test_a_killed_server_loses_no_point_no_step_and_no_setting(new_stage, own_server):
    stage = new_stage("/?n=20&l2=0.01&pin=n*20*eta*0.1")
    stage.click(*stage.empty_place())
    stage.click(*stage.lonely_point()[:2])
    stage.button("Restart").click()
    for _ in range(3):
        stage.button("Step").click()
    stage.wait_for_rest()
    before = screen(stage)
    assert "pts=" in before["address"]
    assert "The pinned run has" in before["text"]
    assert stage.step == 3
    for _ in range(2):  # a server may be restarted more than once under the same page
        restart(stage, own_server)
        assert screen(stage) == before
    stage.click(*stage.empty_place())
    stage.until(lambda: stage.said("points"), "22")
    stage.wait_for_rest()
    assert unquote(stage.page.url) != before["address"], "the page is alive, and the address follows"


def test_an_edit_made_while_the_server_is_away_is_kept_too(new_stage, own_server):
    stage = new_stage("/?n=20")
    stage.click(*stage.empty_place())
    own_server.kill()
    stage.until(lambda: is_connected(stage), False)
    stage.page.mouse.click(*stage.pixel(*stage.empty_place()))
    stage.until(lambda: stage.said("points"), "22")
    assert "answer" in stage.said("pending")
    own_server.start()
    wait_for_the_server(stage)
    kept = sorted(stage.points())
    assert len(kept) == 22
    stage.page.reload()
    stage.wait_for_rest()
    assert sorted(stage.points()) == kept


def test_a_killed_server_loses_nothing_of_observation_3(new_stage, own_server):
    points = encode_points(make_dataset("overlapping_blobs", n_samples=20))
    stage = new_stage(f"/observation-3?scene=2&mine=true&flip=5&pts={points}")
    stage.button("Restart").click()
    stage.button("Step").click()
    stage.wait_for_rest()
    before = screen(stage)
    assert stage.step == 1
    restart(stage, own_server)
    assert screen(stage) == before
    stage.button("Step").click()
    stage.wait_for_rest()
    assert "step=2" in stage.page.url
    assert "pts=" in stage.page.url


@pytest.fixture
def known_component(window):
    """The stage's modules, which keep what Streamlit hands to it."""

    def keep(route):
        answer = route.fetch()
        first, rest = answer.text().split(KEEPS.splitlines()[0], 1)
        route.fulfill(response=answer, body=first + KEEPS + rest)

    window.route("**/stage/bundle.js", keep)


@pytest.mark.usefixtures("known_component")
def test_a_stage_that_is_put_up_anew_in_the_middle_of_a_cut_keeps_the_edit(new_stage, own_server):
    stage = new_stage("/?n=20")
    own_server.kill()
    stage.until(lambda: is_connected(stage), False)
    stage.page.mouse.click(*stage.pixel(*stage.empty_place()))
    stage.until(lambda: stage.said("points"), "21")
    stage.page.evaluate(PUT_UP_ANEW, True)
    stage.until(lambda: stage.said("points"), "21")
    own_server.start()
    wait_for_the_server(stage)
    stage.until(lambda: "pts=" in stage.page.url)
    assert len(stage.points()) == 21


@pytest.mark.usefixtures("known_component")
def test_clearing_up_after_an_answer_that_was_overtaken_leaves_the_stage(new_stage):
    stage = new_stage("/?n=20")
    stage.button("Step").click()
    stage.page.evaluate(PUT_UP_ANEW, False)
    stage.button("Step").click()
    stage.page.mouse.click(*stage.pixel(*stage.empty_place()))
    stage.until(lambda: "pts=" in stage.page.url)
    assert len(stage.points()) == 21
    assert stage.step == 2


@pytest.mark.parametrize(("memory", "frames"), [("own_server", 1), ("forgetful_server", 0), ("forgetful_server", 2)])
def test_a_cut_right_after_an_edit_loses_neither_the_edit_nor_the_page(new_stage, request, memory, frames):
    stage = new_stage("/?n=20", request.getfixturevalue(memory))
    stage.page.evaluate(CUT_AFTER_A_CLICK, frames)
    stage.page.mouse.click(*stage.pixel(*stage.empty_place()))
    stage.until(lambda: stage.page.evaluate("window.isBack?.()"))
    wait_for_the_server(stage)
    stage.until(lambda: stage.said("points"), "21")
    stage.until(lambda: "pts=" in stage.page.url)
    assert len(stage.points()) == 21
    assert stage.page.get_by_text("Points as a table").is_visible()
    assert stage.page.locator("table td").first.inner_text() == f"{stage.step:,}"


def test_what_is_done_while_the_server_is_silent_is_kept_and_counted_once(new_stage, own_server):
    stage = new_stage("/?n=20")
    place = stage.pixel(*stage.empty_place())
    own_server.pause()
    stage.page.mouse.click(*place)
    stage.page.mouse.click(place[0] + 14, place[1])
    stage.until(lambda: "not answered yet" in stage.root.get_by_role("status").inner_text())
    own_server.resume()
    stage.wait_for_rest()
    assert len(stage.points()) == 22
    stage.page.reload()
    stage.wait_for_rest()
    assert len(stage.points()) == 22
