"""Points for which there is little to draw: the charts are drawn all the same.

`python -m tests.benchmarks.trial_states 500 0 browser` is the long form.
"""

import pytest

from tests.ui.states import State

CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
ZERO = [(CORNERS, (0, 1, 1, 0)), (((1.0, 1.0), (1.0, 1.0)), (0, 1))]
EXTREME = (((1e150, 1e-150), (-1e-150, 1e150), (0.0, 0.0)), (0, 1, 0)), (((5e-324, 0.0), (0.0, 5e-324)), (1, 0))


@pytest.mark.parametrize("points", [*ZERO, *EXTREME])
@pytest.mark.parametrize("view", ["1", "2"])
def test_the_balance_is_drawn_where_the_optimum_is_zero_or_out_of_reach(new_page, view, points):
    link = {"scene": "5", "view": view, "mine": "true", "with_bias": "true"}
    stage = new_page(State("observation_3", link, points).path)
    assert "could not" not in stage.page.get_by_role("status").inner_text()
    assert stage.title("curve-0").startswith("A")
