"""The gradient, descent and the bias in a real browser: every picture of every scene moves, and every scene fits."""

import pytest

from tests.ui.lessons import lesson_of

SCENES = {"gradient": 6, "descent": 6, "bias": 4}
PLACES = "(plot) => plot._fullData.map(({ meta, x, y }) => [meta.part, Array.from(x || []), Array.from(y || [])])"


@pytest.mark.parametrize("name", SCENES)
def test_every_picture_of_every_scene_moves_and_fits_a_small_screen(new_page, name):
    scenes = lesson_of(name).scenes
    assert len(scenes) == SCENES[name]
    stage = new_page(f"/{name}")
    stage.page.set_viewport_size({"width": 1366, "height": 640})
    main = stage.page.get_by_test_id("stMain")
    for number, scene in enumerate(scenes, 1):
        for view in range(1, max(len(scene.views), 1) + 1):
            if (number, view) != (1, 1):
                stage.go(f"/{name}?scene={number}&view={view}")
            curves = [f"curve-{k}" for k in range(stage.page.locator(".box.curve").count())]
            first = [stage.chart(curve, PLACES) for curve in curves]
            stage.press("ArrowRight", "ArrowRight")
            stage.wait_for_rest()
            for curve, before in zip(curves, first, strict=True):
                assert stage.chart(curve, PLACES) != before, (number, view, curve)
            stage.press("End")
            stage.wait_for_rest()
            said = stage.page.locator(".caption").inner_text()
            assert "–" not in said, said
            stage.until(lambda: main.evaluate("(e) => e.scrollHeight - e.clientHeight") <= 0)
