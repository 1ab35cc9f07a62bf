"""Two runs on one stage in a real browser: pinned, or side by side with two planes and a caption."""

import math

import pytest

SHOWN = """([body, name]) => {
  const plot = body.getRootNode().querySelector(`[data-testid=stage-${name}] .plot`);
  const cursor = plot._fullData.filter((t) => t.meta.role === 'cursor').map((t) => [t.meta.part, Array.from(t.x)]);
  return { title: plot._fullLayout.title.text, width: plot.clientWidth, height: plot.clientHeight,
           bottom: plot.getBoundingClientRect().bottom, cursor };
}"""


def chart(stage, name):
    return stage.root.evaluate_handle("(b) => b").evaluate("(body, name) => (" + SHOWN + ")([body, name])", name)


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
    first, second = chart(stage, "curve-0"), chart(stage, "curve-1")
    upper, lower = chart(stage, "plane-0"), chart(stage, "plane-1")
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
    norm = stage.root.evaluate(
        """(body) => {
          const plot = body.getRootNode().querySelector('[data-testid=stage-curve-1] .plot');
          const run = plot._fullData.find((t) => t.meta.part === 'run');
          return [10, 100].map((step) => run.y[Array.from(run.x).indexOf(step)]);
        }"""
    )
    words = caption(stage).split()
    assert words[:2] == ["Step", "100:"]
    assert math.isclose(float(words[2].rstrip(",")), norm[1], rel_tol=1e-3)
    assert math.isclose(float(words[3]), norm[1] - norm[0], rel_tol=1e-3)


def test_a_click_names_a_point_of_the_second_plane_and_changes_nothing_else(new_stage):
    stage = new_stage("/?pair=columns&steps=1000&n=12&click=flip")
    plane = "[data-testid=stage-plane-1]"

    def pixel(index):
        return stage.root.evaluate(
            """(body, index) => {
              const plot = body.getRootNode().querySelector('[data-testid=stage-plane-1] .plot');
              const { xaxis, yaxis } = plot._fullLayout, r = plot.getBoundingClientRect();
              const t = plot._fullData.find((t) => t.meta.part === 'class 1');
              return [r.left + xaxis._offset + xaxis.d2p(t.x[index]), r.top + yaxis._offset + yaxis.d2p(t.y[index])];
            }""",
            index,
        )

    before = stage.visit.finished
    stage.page.mouse.click(*pixel(1))
    stage.visit.wait_for_run(before)
    assert "asked for flip of" in stage.page.get_by_test_id("stText").inner_text()
    box = stage.page.locator(plane).bounding_box()
    before = stage.visit.finished
    stage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    stage.page.wait_for_timeout(500)
    assert stage.visit.finished == before, "a click beside all points asks for nothing"
    assert not stage.root.locator(".editor").is_visible()


def test_it_plays_by_itself_where_it_was_told_to_unless_less_motion_is_wished(new_stage):
    stage = new_stage("/?steps=1000&autoplay=1")
    stage.until(lambda: stage.said("playing") == "true" or stage.step == 1000)
    stage.until(lambda: stage.step > 3)
    calm = new_stage("/?steps=10&autoplay=1", reduced_motion="reduce")
    calm.page.wait_for_timeout(400)
    assert (calm.said("playing"), calm.step) == ("false", 10)
