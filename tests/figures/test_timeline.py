"""A timeline holds one row a value, and a trace says by name which columns move it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.figures.board import Axis
from logreg.figures.picture import trace
from logreg.figures.theme import LIGHT
from logreg.figures.timeline import Timeline, bound, log_spaced_records


def test_a_timeline_keeps_its_own_read_only_copy():
    values, slopes = np.array([1.0, 2.0]), np.array([[0.0, 1.0], [2.0, 3.0]])
    dial = Timeline("c", values, {"slope": slopes})
    values[0] = slopes[0, 0] = 9.0
    assert dial.values.tolist() == [1.0, 2.0]
    assert dial.columns["slope"].tolist() == [[0.0, 1.0], [2.0, 3.0]]
    with pytest.raises(ValueError, match="read-only"):
        dial.columns["slope"][0, 0] = 1.0


@pytest.mark.parametrize("values", [[], [1.0, 1.0], [1.0, 3.0, 2.0], [np.nan], [[1.0]]])
def test_values_that_no_dial_can_have_are_refused(values):
    with pytest.raises(ValueError, match="values: expected"):
        Timeline("c", values)


def test_a_column_with_another_number_of_rows_is_refused_by_its_name():
    with pytest.raises(ValueError, match="'slope' has 1"):
        Timeline("c", [1.0, 2.0], {"slope": [1.0]})
    with pytest.raises(ValueError, match="'verdict' has 1"):
        Timeline("c", [1.0, 2.0], words={"verdict": ["yes"]})


def test_a_bound_trace_names_its_columns_and_keeps_its_meaning():
    moving = bound(trace("curve", "slope", [1.0], [0.25]), "along", y="slope")
    assert moving["meta"] == {"role": "curve", "part": "slope", "bind": {"how": "along", "y": "slope"}}
    with pytest.raises(ValueError, match="got none"):
        bound(moving, "at")
    with pytest.raises(ValueError, match="got z"):
        bound(moving, "at", z="slope")


@pytest.mark.parametrize("span", [(3.0, 3.0), (0.0, 0.0), (1e27, 1e27 * (1 + 2**-52))])
def test_an_axis_too_narrow_for_a_browser_is_widened_around_what_it_shows(span):
    low, high = Axis(title="a", span=span).keywords(LIGHT)["range"]
    assert low < span[0] <= span[1] < high
    assert high - low > 1e-6 * abs(high)


@given(st.integers(1, 10**6), st.integers(3, 200))
def test_records_begin_at_0_end_at_the_last_step_and_rise(last, most):
    records = log_spaced_records(last, most)
    assert records[0] == 0
    assert records[-1] == last
    assert (np.diff(records) > 0).all()
    assert len(records) <= most
