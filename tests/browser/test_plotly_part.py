"""The part of Plotly that is sent draws what the wheel's whole file draws."""

from logreg.ui.files.plotly_part import KINDS, drawing_part, plotly_file

WHOLE = plotly_file().read_text(encoding="utf-8")
DRAW = """async (kinds) => {
  let seed = 1;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647; // of which Plotly makes names
  const grid = { x: [1, 2, 3], y: [1, 2, 4], z: [[1, 2, 3], [2, 4, 7], [3, 9, 8]] };
  const traces = [
    { type: "scatter", mode: "lines+markers+text", x: [1, 2, 3], y: [2, 1, 4], text: ["a", "b<sub>1</sub>", "c"] },
    { type: "scatter", x: [1, 3], y: [1, 3], fill: "tozeroy", line: { dash: "dot", shape: "spline" } },
    ...kinds.map((type) => ({ type, ...grid })),
    { type: "contour", ...grid, contours: { type: "constraint", operation: ">", value: 3 }, showlegend: true },
  ];
  const layout = {
    width: 500, height: 400, title: { text: "‖w‖" }, xaxis: { type: "log", title: { text: "steps" } },
    annotations: [{ x: 0.3, y: 2, text: "here", ax: 20 }],
    shapes: [{ type: "rect", x0: 1, x1: 2, y0: 1, y1: 2 }, { type: "line", x0: 1, x1: 2, y0: 3, y1: 1 }],
  };
  const drawn = await Plotly.toImage({ data: traces, layout }, { format: "svg", imageDataOnly: true });
  const page = document.body.appendChild(document.createElement("div"));
  await Plotly.newPlot(page, traces, { ...layout, dragmode: "pan" }, { displayModeBar: false });
  const [has, known] = [Plotly, Plotly.PlotSchema.get().traces].map((of) => Object.keys(of).sort());
  return { drawn, onPage: page.innerHTML, has, known };
}"""


def drawn_by(chromium, script):
    """Return a picture of all that pages draw, and what there is."""
    page = chromium.new_context().new_page()
    page.add_script_tag(content=script)
    found = page.evaluate(DRAW, KINDS)
    page.context.close()
    return found


def test_the_part_draws_what_the_whole_draws(chromium):
    whole, part = drawn_by(chromium, WHOLE), drawn_by(chromium, drawing_part(WHOLE))
    assert len(whole["drawn"]) > 10_000
    assert part["drawn"] == whole["drawn"]
    assert part["onPage"] == whole["onPage"]
    assert part["has"] == whole["has"]
    assert part["known"] == sorted(["scatter", *KINDS])
    assert len(whole["known"]) > 40
