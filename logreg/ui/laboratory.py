"""The points on the screen: made by a control, read from a file or a link, edited by hand, with undo."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.trajectory import Trajectory
from logreg.ui.explorer.controls import BADLY_WRONG, Source
from logreg.ui.fields import Choice, Field, Number
from logreg.ui.results import dataset_key, is_unfinished
from logreg.ui.stage import Edit, History, Rest, decode_points, encode_points

_POINTS, _REST, _PINNED, _WANTED = (f"laboratory_{name}" for name in ("points", "rest", "pinned", "wanted"))


@dataclass(frozen=True)
class EditedPoints:
    """The edited points in a link: written by the stage, read once."""

    key: str = "pts"
    title: str = "Edited points"

    def problem(self, text: str) -> str | None:
        """Return None where `text` holds points."""
        try:
            decode_points(text)
        except ValueError:
            return "points as this page writes them"
        return None


PTS = EditedPoints()
STEP = Number("step", "Step", 0, 10**6, 0, 1, whole=True)
AXIS = Choice("axis", "Step axis", ("log", "linear"), "log")
FIELDS: tuple[Field, ...] = (PTS, STEP, AXIS)
"""What the stage writes into the link; the run on the screen may be shorter than the step says."""


def set_preset(preset: Dataset, source: Hashable) -> None:
    """Put the points that the controls ask for on the screen.

    A new source replaces edited points, and undo brings them back; the same source leaves them.

    Parameters
    ----------
    preset : Dataset
        What the controls ask for.
    source : hashable
        What decides the preset: a `Source`, or a key of the visitor's own points.
    """
    kept: tuple[Hashable, History] | None = st.session_state.get(_POINTS)
    if kept is None:
        points = History(_linked_points(preset), preset)
    elif kept[0] == source:
        points = kept[1]
    elif kept[1].is_edited or kept[1].can_undo or kept[1].can_redo:
        points = replace(kept[1].push(preset), preset=preset)
    else:
        points = History(preset, preset)
    st.session_state[_POINTS] = (source, points)


def history() -> History:
    """Return the points on the screen, edited or not, with their ways back."""
    kept: tuple[Hashable, History] = st.session_state[_POINTS]
    return kept[1]


def points_of_this_visit() -> Dataset | None:
    """Return the points that the explorer showed last, for another page; None before its first show."""
    kept: tuple[Hashable, History] | None = st.session_state.get(_POINTS)
    return None if kept is None else kept[1].present


def _linked_points(preset: Dataset) -> Dataset:
    text = st.query_params.get(PTS.key)
    return preset if text is None or PTS.problem(text) else decode_points(text, f"{preset.name}, edited")


def edit_points(edit: Edit) -> None:
    """Apply one edit from the stage to the points on the screen; a ValueError's sentence goes back to the reader."""
    source, kept = st.session_state[_POINTS]
    st.session_state[_POINTS] = (source, kept.apply(edit))


def replace_points(dataset: Dataset) -> None:
    """Put other points on the screen, as one step that undo takes back."""
    source, kept = st.session_state[_POINTS]
    st.session_state[_POINTS] = (source, kept.push(dataset))


def link_of(points: History) -> tuple[str | None, str | None]:
    """Return the points for the link where no control makes them, and a sentence where they do not fit into one."""
    source, _ = st.session_state[_POINTS]
    if isinstance(source, Source) and not points.is_edited:
        return None, None
    try:
        return encode_points(points.present), None
    except ValueError as error:
        return None, str(error)


def note_rest(rest: Rest) -> None:
    """Remember where the stage rests: for the numbers under it, and for the next look at the page."""
    st.session_state[_REST] = rest


def _rest() -> Rest | None:
    rest: Rest | None = st.session_state.get(_REST)
    return rest


def linked_axis() -> Literal["log", "linear"]:
    """Return the step axis that the link asks for."""
    return "linear" if st.query_params.get(AXIS.key) == "linear" else "log"


def shown_axis() -> Literal["log", "linear"]:
    """Return the step axis of the last look at the page, at first the link's."""
    rest = _rest()
    return linked_axis() if rest is None else rest.axis


def shown_step(config: TrainingConfig) -> int | None:
    """Return the step of the last look at the page, at first the link's; None is the last step."""
    if (rest := _rest()) is not None:
        return None if rest.at_end else rest.step
    text = st.query_params.get(STEP.key)
    if text is None or STEP.problem(text) or float(text) >= config.n_steps:
        return None
    return int(float(text))


def step_out_of_reach(trajectory: Trajectory, config: TrainingConfig) -> str | None:
    """Say why a step that the link asks for is not the one shown, until the reader goes elsewhere."""
    text = st.query_params.get(STEP.key)
    if _rest() is not None or text is None or STEP.problem(text) or float(text) <= trajectory.last_step:
        return None
    wanted = f"The link asks for step {int(float(text)):,}"
    if is_unfinished(trajectory, config):
        return f"{wanted}; the first {trajectory.last_step:,} have been done."
    return f"{wanted}; this run ends at step {trajectory.last_step:,}."


def rest_step(trajectory: Trajectory, config: TrainingConfig) -> int:
    """Return the recorded step at which the stage rests."""
    step = shown_step(config)
    wanted = trajectory.last_step if step is None else min(step, trajectory.last_step)
    return int(trajectory.steps[trajectory.index_at(wanted)])


@dataclass(frozen=True, eq=False)
class Pinned:
    """Hold a run to be compared with.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    preset : Dataset
        The points that its own were edited from.
    start : str
        How its start was chosen.
    """

    trajectory: Trajectory
    preset: Dataset
    start: str

    def start_for(self, preset: Dataset, start: str) -> TrainingConfig | None:
        """Return the config whose start another run shares: one that depends on the points stays as it was."""
        same = start == self.start == BADLY_WRONG and dataset_key(preset) == dataset_key(self.preset)
        return self.trajectory.config if same else None


def pinned() -> Pinned | None:
    """Return the run that was pinned."""
    return st.session_state.get(_PINNED)


def pin(run: Pinned | None) -> None:
    """Pin a run, or unpin with None. It lives in the session: a reload drops it."""
    st.session_state[_PINNED] = run


def go_on_with(run: Hashable | None) -> None:
    """Remember which long run is to be done to its end; None stops it."""
    st.session_state[_WANTED] = run


def goes_on(run: Hashable) -> bool:
    """Return whether this run is to be done to its end."""
    return bool(st.session_state.get(_WANTED) == run)
