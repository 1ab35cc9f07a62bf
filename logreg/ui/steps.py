"""The step on the screen: buttons and a slider over the recorded steps of a run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

import streamlit as st

from logreg.trajectory import Trajectory
from logreg.ui.fields import Number

STEP = Number("step", "Step", 0, 10**6, 0, 1, whole=True)
"""What a link may say; the run on the screen may be shorter."""

_AT_LAST = "step_is_last"


def choose_step(trajectory: Trajectory) -> int:
    """Draw the transport; return a recorded step of this run.

    A longer or shorter run stays on the step shown, or the nearest record before it; at its last step it
    stays at its last step.

    Parameters
    ----------
    trajectory : Trajectory
        The run on the screen.

    Returns
    -------
    int
        A recorded step.
    """
    records = [int(step) for step in trajectory.steps]
    last = records[-1]
    wanted = last if st.session_state.get(_AT_LAST, True) else st.session_state.get(STEP.key, last)
    if STEP.key not in st.session_state:
        wanted = _linked_step(last)
    st.session_state[STEP.key] = step = records[max(bisect_right(records, wanted) - 1, 0)]
    st.session_state[_AT_LAST] = step == last
    here = records.index(step)
    moves: tuple[tuple[str, str, str, Callable[[], int]], ...] = (
        ("first", "First", "Step 0", lambda: 0),
        ("back", "Back", "To the record before", lambda: records[max(here - 1, 0)]),
        ("one", "+1", "One step on (past step 1,000: to the next record)", lambda: _at_least(records, step + 1)),
        ("ten", "+10", "Ten steps on (past step 1,000: or to the next record)", lambda: _at_least(records, step + 10)),
        ("times", "×10", "Ten times as many steps (from 0: step 1)", lambda: _at_least(records, max(10 * step, 1))),
        ("last", "Last", "The last step of the run", lambda: last),
    )
    for name, label, help_text, target in moves:
        at_end = step == 0 if name in ("first", "back") else step == last
        st.button(label, key=f"step_{name}", help=help_text, disabled=at_end, on_click=_go, args=(target, last))
    if last == 0:
        st.markdown("Step 0")
        return 0
    st.select_slider(
        "Step",
        records,
        key=STEP.key,
        on_change=_note,
        args=(last,),
        bind="query-params",
        format_func=str,
        label_visibility="collapsed",
    )
    return step


def _linked_step(last: int) -> int:
    text = st.query_params.get(STEP.key)
    return last if text is None or STEP.problem(text) else int(float(text))


def _at_least(records: list[int], step: int) -> int:
    return records[min(bisect_left(records, step), len(records) - 1)]


def _go(target: Callable[[], int], last: int) -> None:
    st.session_state[STEP.key] = target()
    _note(last)


def _note(last: int) -> None:
    st.session_state[_AT_LAST] = st.session_state[STEP.key] == last
