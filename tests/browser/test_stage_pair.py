"""Two runs on one stage in a real browser: pinned, or side by side with two planes and a caption."""

import math

import pytest

SHOWN = """(plot) => ({ width: plot.clientWidth, height: plot.clientHeight,
                       bottom: plot.getBoundingClientRect().bottom })"""


def caption(stage):
    return stage.root.locator(".caption").inner_text()


def test_a_pinned_run_stands_behind_and_the_steps_are_those_of_this_run(new_stage):
    stage = new_stage("/?pin=100&steps=10")
    stage.button("Restart").click()
    stage.button("Step").click()
    stage.button("Step").click()
    assert stage.step == 2
    stage.button("End").click()
    assert stage.step == 10, "though the pinned run is longer"
    assert "λ = 0.01" in stage.root.inner_text()
    assert stage.page.locator("[data-testid=stage-plane-1]").count() == 0


@pytest.mark.parametrize("layout", ["rows", "columns"])
def test_two_planes_play_in_step_beside_rows_or_columns_of_curves(new_stage, layout):
    stage = new_stage(f"/?pair={layout}&steps=1000")
    stage.button("Restart").click()
    stage.button("Play").click()
    stage.until(lambda: stage.step > 3)
    stage.button("Pause").click()
    first, second, upper, lower = (stage.chart(name, SHOWN) for name in ("curve-0", "curve-1", "plane-0", "plane-1"))
    assert abs(upper["height"] - lower["height"]) <= 1
    if layout == "rows":
        assert abs(first["height"] - upper["height"]) <= 1
        assert first["width"] > 2.5 * upper["width"]
    else:
        assert abs(first["bottom"] - second["bottom"]) <= 1
        assert abs(first["height"] - 2 * upper["height"]) < 20


def test_the_caption_holds_the_numbers_of_the_step_while_it_moves(new_stage):
    stage = new_stage("/?pair=columns&steps=1000&n=12")
    stage.button("Restart").click()
    assert caption(stage) == "Step 0: 0\nB 0, 100 % short"
    for _ in range(3):
        stage.button("Times ten").click()
    assert stage.step == 100
    norm = stage.chart(
        "curve-1",
        """(plot) => {
          const run = plot._fullData.find((t) => t.meta.part === 'run');
          return [10, 100].map((step) => run.y[Array.from(run.x).indexOf(step)]);
        }""",
    )
    words = caption(stage).split()
    assert words[:2] == ["Step", "100:"]
    assert math.isclose(float(words[2].rstrip(",")), norm[1], rel_tol=1e-3)
    assert math.isclose(float(words[3]), norm[1] - norm[0], rel_tol=1e-3)


def test_a_click_names_a_point_of_the_second_plane_and_changes_nothing_else(new_stage):
    stage = new_stage("/?pair=columns&steps=1000&n=12&click=flip")
    ones = [point[:2] for point in stage.points("plane-1") if point[2] == 1]
    stage.page.mouse.click(*stage.pixel(*ones[1], "plane-1"))
    stage.until(lambda: "asked for flip of" in stage.page.get_by_test_id("stText").inner_text())
    stage.wait_for_rest()
    sent = len(stage.visit.sent)
    box = stage.page.locator("[data-testid=stage-plane-1]").bounding_box()
    stage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    stage.wait_for_rest()
    assert len(stage.visit.sent) == sent, "a click beside all points asks for nothing"
    assert not stage.root.locator(".editor").is_visible()
