"""What every picture must satisfy, and what those that a timeline moves."""

import json
import re

import numpy as np

from logreg.figures.steps import step_position
from logreg.figures.timeline import STEP, Timeline

PLACE = re.compile(r"\{(\w+)\}")


def check_moving(dial: Timeline, pictures, theme):
    """Hold a scene's pictures to its timeline: names, first rows, titles."""
    assert len(dial.values) <= 180
    bound = 0
    for shown in pictures:
        check_picture(shown, theme)
        check_names(dial, shown.layout["title"]["text"])
        across = shown.layout["xaxis"]["type"]
        bound += sum(check_bound(dial, trace, across) for trace in shown.data)
    assert bound, "something moves"


def check_picture(shown, theme):
    """A picture says in words what it shows, names its parts, has ranges, a height and its theme's colours."""
    parts = [(trace["meta"]["role"], trace["meta"]["part"]) for trace in shown.data]
    assert len(set(parts)) == len(parts)
    assert shown.alt.endswith(".")
    for no_word in ("nan", "<", "{"):
        assert no_word not in shown.alt
    for axis in ("xaxis", "yaxis"):
        low, high = shown.layout[axis]["range"]
        assert low < high
    check_margins(shown.layout)
    assert shown.layout.get("width") is None
    assert shown.layout["height"] > 0
    assert shown.layout["font"]["color"] == theme.text
    plain = [trace for trace in shown.data if trace["type"] != "contour"]  # shades between two
    used = set(re.findall('"(#[0-9a-f]{6})"', json.dumps([plain, shown.layout], default=str).lower()))
    assert used <= {c.lower() for c in (*vars(theme).values(), *theme.classes) if isinstance(c, str)}
    json.loads(shown.figure.to_json())


def check_margins(layout):
    """Labels that Plotly does not measure, to hide those that the chart would cut, have room in the margins."""
    for name, axis in layout.items():
        if name[1:].startswith("axis") and axis.get("ticklabeloverflow") == "allow":
            half = 0.25 * max(map(len, axis["ticktext"])) if name[0] == "x" else 0.65  # of a label, in its font's size
            for side in "lr" if name[0] == "x" else "tb":
                assert layout["margin"][side] >= half * axis["tickfont"]["size"], f"{side} of {name}"


def check_names(dial: Timeline, text: str):
    """Every place in a text is a column, words or the dial."""
    for name in PLACE.findall(text):
        assert name == dial.name or name in dial.columns or name in dial.words, f"{name} is no column"
        if name in dial.columns:
            assert dial.columns[name].ndim == 1, f"{name} is not one number"


def check_bound(dial: Timeline, trace, across) -> bool:
    """A bound trace names columns, and stands alone as it is at the first value, or whole; step 0 in its gutter."""
    binding = trace["meta"].get("bind")
    if binding is None:
        return False
    for axis in ("x", "y"):
        name = binding.get(axis)
        if name is None:
            continue
        column = dial.values if name == dial.name else dial.columns[name]
        if binding["how"] == "at":
            row, own = np.atleast_1d(column[0]), trace[axis]
            row = step_position(row, across) if axis == "x" and name == dial.name == STEP else row
            assert np.array_equal(own, np.broadcast_to(row, own.shape) if len(row) == 1 else row, equal_nan=True)
        else:
            assert column.ndim == 1
    return True
