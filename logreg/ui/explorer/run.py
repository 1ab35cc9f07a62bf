"""The run on the explorer's screen: where its stage rests, which run is pinned beside it, and how far it is done."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from logreg.training.config import TrainingConfig
from logreg.training.trajectory import Trajectory
from logreg.ui.address import Said
from logreg.ui.explorer.first_visit import note_play
from logreg.ui.explorer.pin import Pinned
from logreg.ui.laboratory import AXIS, END, STEP
from logreg.ui.results import LONG_RUN, Analysis, dataset_key
from logreg.ui.shelf import Shelf
from logreg.ui.slices import is_unfinished
from logreg.ui.stage import Ready, Rest, Show
from logreg.ui.stage.contract import Axis

_REST, _WANTED = "explorer_rest", "explorer_wanted"
_MOST_BYTES = 32 * 2**20  # of what is sent of runs; one of 1,000 steps has 60 KB


@dataclass(frozen=True, eq=False)
class Run:
    """Hold the run on the screen, what was asked for, what is known before training, the pinned run, and the address.

    Parameters
    ----------
    trajectory : Trajectory
        What has been done.
    config : TrainingConfig
        What was asked for.
    analysis : Analysis
        What is known before any training.
    beside : Pinned or None
        The run that was pinned.
    said : Said
        What the address said at the last look at the page.
    """

    trajectory: Trajectory
    config: TrainingConfig
    analysis: Analysis
    beside: Pinned | None
    said: Said

    @property
    def pinned(self) -> Trajectory | None:
        """The pinned run."""
        return None if self.beside is None else self.beside.trajectory

    @property
    def key(self) -> tuple[str, TrainingConfig]:
        """What it is known by."""
        return dataset_key(self.trajectory.dataset), self.config

    def ready(self, make: Callable[[], Show], *asked: Hashable) -> Ready:
        """Return what is sent of it and the pinned run, made once for everyone who asks for the same."""
        shown = [(dataset_key(done.dataset), done.config) for done in (self.trajectory, self.pinned) if done]
        return shelf().once((*shown, *asked), lambda: make().ready)

    @property
    def is_unfinished(self) -> bool:
        """Whether there is more of it than has been done."""
        return is_unfinished(self.trajectory, self.config)

    @property
    def goes_on(self) -> bool:
        """Whether the rest follows behind the picture of the first steps; a long rest only follows a click."""
        wanted = self.trajectory.last_step < LONG_RUN or st.session_state.get(_WANTED) == self.key
        return self.is_unfinished and wanted

    def go_on(self, wanted: bool) -> None:
        """Remember whether this run, a long one, is to be done to its end."""
        st.session_state[_WANTED] = self.key if wanted else None

    @property
    def axis(self) -> Axis:
        """The step axis of the last look at the stage, at first the address's."""
        rest = _rest()
        return ("linear" if self.said[AXIS] == "linear" else "log") if rest is None else rest.axis

    @property
    def shown_step(self) -> int | None:
        """The step of the last look at the stage, at first the address's, or the start; None is the last step."""
        if (rest := _rest()) is not None:
            return None if rest.at_end else rest.step
        return None if self._linked == END or self._linked >= self.config.n_steps else self._linked

    @property
    def rest_step(self) -> int:
        """The recorded step at which the stage rests."""
        last, step = self.trajectory.last_step, self.shown_step
        return int(self.trajectory.steps[self.trajectory.index_at(last if step is None else min(step, last))])

    @property
    def message(self) -> str | None:
        """What the stage has to say: that training goes on, or why a linked step is not the one shown."""
        last = self.trajectory.last_step
        if self.goes_on:
            return f"Training goes on: step {last:,} of {self.config.n_steps:,}."
        if _rest() is not None or self._linked <= last:
            return None
        end = f"the first {last:,} have been done" if self.is_unfinished else f"this run ends at step {last:,}"
        return f"The link asks for step {self._linked:,}; {end}."

    @property
    def _linked(self) -> int:
        return self.said[STEP] or 0


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf[Ready]:
    """Return this server's pictures of runs, as they are sent."""
    return Shelf(_MOST_BYTES)


def note_rest(rest: Rest) -> None:
    """Remember where the stage rests: for the numbers under it, and for the next look at the page."""
    if rest.at_end or rest.step:
        note_play()
    st.session_state[_REST] = rest


def _rest() -> Rest | None:
    rest: Rest | None = st.session_state.get(_REST)
    return rest
