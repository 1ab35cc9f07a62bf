"""The app behind the proxy of deploy/, in a real browser: a replica is killed, and the page goes on at another."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.ui.stage.points import LONGEST_LINK, encode_points
from tests.browser.driver import SCREEN, Visit
from tests.browser.stage_driver import Stage
from tests.browser.test_cuts import is_connected, screen, wait_for_the_server
from tests.deployment import started


@pytest.fixture(scope="module")
def deployed(chromium, tmp_path_factory):
    running = started(tmp_path_factory.mktemp("deployed"))
    yield running
    running.stop()


@pytest.fixture
def stage(chromium, deployed):
    page = chromium.new_page(viewport=SCREEN)
    yield Stage(Visit(page, deployed.url)).open("/?n=20&l2=0.01")
    page.close()


def seat(stage):
    return next(cookie["value"] for cookie in stage.page.context.cookies() if cookie["name"] == "replica")


def test_a_page_whose_replica_is_killed_shows_the_same_at_another_without_a_click(stage, deployed):
    stage.click(*stage.empty_place())
    stage.wait_for_rest()
    before, sat = screen(stage), seat(stage)
    assert "pts=" in before["address"]
    killed = deployed.replicas[deployed.at(sat)]
    killed.kill()
    stage.until(lambda: is_connected(stage) and seat(stage) != sat)
    wait_for_the_server(stage)
    assert screen(stage) == before
    killed.start()
    stage.click(*stage.empty_place())
    stage.until(lambda: stage.said("points"), "22")
    stage.wait_for_rest()
    assert seat(stage) != sat, "a page stays where its session is, though its first replica is back"


def test_the_longest_link_shows_its_points_behind_the_proxy(stage):
    draw = np.random.default_rng(0)
    points = encode_points(Dataset(draw.normal(size=(381, 2)), np.arange(381) % 2))
    assert LONGEST_LINK - 20 < len(points) <= LONGEST_LINK
    stage.open(f"/?pts={points}&steps=100")
    assert stage.said("points") == "381"
    assert f"pts={points}" in stage.page.url


def test_the_page_in_the_frame_of_another_site_draws_and_says_nothing_on_the_console(chromium, deployed):
    page, said = chromium.new_page(viewport=SCREEN), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(deployed.url.replace("127.0.0.1", "localhost") + "/_stcore/health")  # to a browser that is another site
    page.set_content(f'<iframe src="{deployed.url}/?embed=true&n=20" width="1200" height="700"></iframe>')
    page.frame_locator("iframe").locator("[data-testid=stage][data-ready=true]").first.wait_for()
    assert said == []
    page.close()
