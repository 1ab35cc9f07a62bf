"""A sample that the pointer is on in one chart is named in the others."""


def place_of_bar(stage, sample):
    """Return where the head of a sample's bar is on the screen, and its sample's place in the plane."""
    x, y = stage.chart(
        "curve-0",
        """(plot, sample) => {
          const bars = plot._fullData.find(({ meta }) => meta.samples?.includes(sample));
          const at = bars.meta.samples.lastIndexOf(sample);
          return [bars.x[at], bars.y[at]];
        }""",
        sample,
    )
    return stage.pixel(x, y, "curve-0")


def labels(stage, name):
    return stage.chart(name, "(plot) => Array.from(plot.querySelectorAll('.hovertext'), (e) => e.textContent)")


def test_a_bar_and_its_point_light_each_other_up(new_page):
    stage = new_page("/cross-entropy?scene=2&step=10")
    stage.page.mouse.move(*place_of_bar(stage, 4))
    stage.until(lambda: [text[:8] for text in labels(stage, "plane-0")], ["point 5:"])
    assert labels(stage, "curve-0")[0].startswith("point 5 at (2.6, 2.4)")
    x1, x2, _ = stage.points()[-1]  # a point of the class that is drawn last
    stage.page.mouse.move(*stage.pixel(x1, x2))
    stage.until(lambda: len(labels(stage, "curve-0")), 1)
    named = labels(stage, "plane-0")[0].split(":")[0]
    stage.until(lambda: labels(stage, "curve-0")[0].split(" at ")[0], named)
    stage.page.mouse.move(2, 2)
    stage.until(lambda: labels(stage, "curve-0") + labels(stage, "plane-0"), [])


def test_a_line_says_what_it_is_where_the_pointer_is_on_it(new_page):
    stage = new_page("/cross-entropy?scene=3&step=20")
    q = 0.04 + 20 * 0.02
    stage.page.mouse.move(*stage.pixel(q, 1.2, "curve-0"))
    stage.until(lambda: labels(stage, "curve-0"), ["the truth q"])
