"""Points for which there is little to draw: the charts are drawn all the same.

`python -m tests.benchmarks.trial_states 500 0 browser` is the long form.
"""

from tests.ui.states import State

CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
ZERO = [(CORNERS, (0, 1, 1, 0)), (((1.0, 1.0), (1.0, 1.0)), (0, 1))]
EXTREME = (((1e150, 1e-150), (-1e-150, 1e150), (0.0, 0.0)), (0, 1, 0)), (((5e-324, 0.0), (0.0, 5e-324)), (1, 0))


def test_the_balance_is_drawn_where_the_optimum_is_zero_or_out_of_reach(new_page):
    link = {"scene": "5", "mine": "true", "with_bias": "true"}
    states = [State("observation_3", link | {"view": view}, points) for points in (*ZERO, *EXTREME) for view in "12"]
    stage = new_page(states[0].path)
    for state in states:
        if state is not states[0]:
            stage.go(state.path)
        assert "could not" not in stage.page.get_by_role("status").inner_text(), state
        assert stage.title("curve-0").startswith("A"), state
