"""What comes into sight while a dial is stepped: lines of the derivation, the zero of a product."""

LINES = "(plot) => Array.from(plot.querySelectorAll('.scatterlayer .textpoint text'), (e) => e.textContent)"


def test_the_lines_of_the_derivation_come_one_at_a_time(new_page):
    stage = new_page("/maximum-likelihood?scene=2")
    assert [line[:1] for line in stage.chart("curve-0", LINES)] == ["1"]
    for k in range(2, 8):
        stage.press("ArrowRight")
        stage.until(lambda k=k: "".join(line[:1] for line in stage.chart("curve-0", LINES)), "1234567"[:k])
    assert "argmin −log L" in stage.chart("curve-0", LINES)[-1]
    stage.press("ArrowLeft")
    stage.until(lambda: len(stage.chart("curve-0", LINES)), 6)


def test_the_product_of_halves_is_shown_as_zero_one_factor_after_the_floor(new_page):
    stage = new_page("/maximum-likelihood?scene=3")
    dial = stage.page.locator(".where")
    assert dial.inner_text() == "n = 0"
    stage.press("End")
    stage.wait_for_rest()
    while dial.inner_text() != "n = 1,075":
        stage.press("ArrowLeft")
    stage.until(lambda: stage.chart("curve-0", LINES), ["0"])
    assert "the product is 0" in stage.page.locator(".caption").inner_text()
    stage.press("ArrowLeft")
    stage.until(lambda: stage.chart("curve-0", LINES), [])
    assert "the product is 4.941·10⁻³²⁴" in stage.page.locator(".caption").inner_text()
