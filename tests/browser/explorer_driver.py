"""What the explorer shows, and what a person does on it besides the stage."""

MAIN = "[data-testid=stMain]"


def read(stage, name, role):
    """Return x and y of the trace with this meaning, of this run where there are two."""
    return stage.chart(
        name,
        """(plot, role) => {
          const isIt = ({ meta }) => meta && meta.role === role && (role !== "curve" || meta.part === "run");
          const { x, y } = plot._fullData.find(isIt);
          return { x: Array.from(x), y: Array.from(y) };
        }""",
        role,
    )


def text(stage):
    return stage.page.inner_text(MAIN)


def press(stage, key, name):
    """Press a key on a slider of the page, and wait for the new run."""
    drawn = stage.said("drawn")
    stage.visit.act(lambda: stage.page.locator(f".st-key-{key} input[type=range]").press(name))
    stage.until(lambda: stage.said("drawn") != drawn)
    stage.wait_for_rest()


def link(stage):
    return stage.page.url.removeprefix(stage.visit.url)
