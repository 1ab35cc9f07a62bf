"""The step axis: a gutter for step 0, few labels however long the run, the line at which gradient flow begins."""

import json

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logreg.figures.steps import step_axes, step_axis, step_position
from logreg.figures.theme import LIGHT


@given(st.lists(st.integers(1, 10**15), min_size=1), st.sampled_from(["log", "linear"]))
def test_every_step_but_zero_stands_at_its_own_value(steps, kind):
    assert step_position(steps, kind).tolist() == steps


@given(st.integers(0, 10**15))
def test_the_step_axis_holds_the_whole_run_with_few_labels(last):
    for kind in ("log", "linear"):
        axis = step_axis(kind, last)
        low, high = axis["range"]
        ends = step_position([0, max(last, 1)], kind)
        ends = np.log10(ends) if kind == "log" else ends
        assert low < ends[0]
        assert ends[1] < high
    assert len(step_axis("log", last)["tickvals"]) <= 9


@given(st.integers(0, 10**15))
def test_only_labels_that_may_be_long_are_measured_before_they_are_shown(last):
    assert step_axis("log", last)["ticklabeloverflow"] == "allow"
    assert max(map(len, step_axis("log", last)["ticktext"])) <= 4
    assert "ticklabeloverflow" not in step_axis("linear", last)


@given(st.integers(10**7, 10**18))
@example(10**12)
@example(2 * 10**7 - 1)
def test_a_long_linear_step_axis_has_few_short_labels(last):
    axis = step_axis("linear", last)
    assert 3 <= len(axis["tickvals"]) <= 7
    assert axis["tickvals"][-1] <= last
    assert max(map(len, axis["ticktext"])) <= 9


def test_both_forms_travel_together_as_plain_values():
    axes = step_axes(1000.5, LIGHT)
    assert [axes[kind]["xaxis"]["type"] for kind in ("log", "linear")] == ["log", "linear"]
    assert axes["log"]["xaxis"]["ticktext"][:3] == ["0", "1", "10"]
    assert [len(axes[kind]["shapes"]) for kind in ("log", "linear")] == [1, 0]  # a line keeps step 0 apart
    json.dumps(axes)


@pytest.mark.parametrize(("start", "said"), [(10, "10"), (10**11, "10¹¹"), (0, "0"), (345, "345")])
def test_gradient_flow_begins_at_a_line_and_the_axis_says_where(start, said):
    axes = step_axes(1e12 + 0.5, LIGHT, flow_from=start)
    for kind in ("log", "linear"):
        line = axes[kind]["shapes"][-1]
        assert line["x0"] == line["x1"] == step_position(start, kind)
        assert axes[kind]["xaxis"]["title"]["text"].endswith(f", flow from {said} on")
