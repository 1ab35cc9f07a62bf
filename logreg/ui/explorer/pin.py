"""The run that is pinned beside the next one, and its way into the link and back: its settings and its own points.

A link holds no weights: the run is trained anew from what decided it, to the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.training.config import TrainingConfig
from logreg.training.trajectory import Trajectory
from logreg.ui import laboratory
from logreg.ui.address import read
from logreg.ui.explorer.controls import (
    BADLY_WRONG,
    CENTRED,
    OF_A_RUN,
    TrainingChoice,
    source_of,
    texts_of,
    training_of,
)
from logreg.ui.results import Source, centred_dataset, dataset_key, made_dataset, runs
from logreg.ui.slices import is_unfinished
from logreg.ui.stage import History
from logreg.ui.stage.changes import MARK, decode_changes, encode_changes
from logreg.ui.stage.points import LONGEST_LINK, decode_points

_PINNED = "explorer_pinned"
_BETWEEN = "*"
"""Stands between the words of a pin in a link; none of them has it, and an address shows it as it is."""


@dataclass(frozen=True, eq=False)
class Pinned:
    """Hold a run to be compared with, and what decided it.

    Parameters
    ----------
    trajectory : Trajectory
        The run.
    points : Dataset
        What it was trained on, before any centring.
    preset : Dataset
        The points that these were edited from.
    source : Source or None
        What makes the preset; None for a visitor's own points.
    training : TrainingChoice
        What was asked for; its steps are those of the run.
    centred : bool
        Whether the points were centred first.
    """

    trajectory: Trajectory
    points: Dataset
    preset: Dataset
    source: Source | None
    training: TrainingChoice
    centred: bool

    def start_for(self, preset: Dataset, start: str) -> TrainingConfig | None:
        """Return the config whose start another run shares: one that depends on the points stays as it was."""
        same = start == self.training.start == BADLY_WRONG and dataset_key(preset) == dataset_key(self.preset)
        return self.trajectory.config if same else None

    @property
    def missing(self) -> str:
        """What of it is not shown, in one sentence; empty where it is whole."""
        asked = int(self.training.steps)
        if self.trajectory.config.n_steps >= asked or not is_unfinished(
            self.trajectory, self.training.config(self.trajectory.dataset)
        ):
            return ""
        return f"Of the {asked:,} steps of the pinned run the link brings back the first {self.trajectory.last_step:,}."


@dataclass(frozen=True)
class PinInLink:
    """The pinned run in a link: any text, which `restore` reads once the points are known."""

    key: str = "pin"
    default: str | None = None

    def read(self, text: str) -> str:
        """Return the text."""
        return text


PIN = PinInLink()


def pinned() -> Pinned | None:
    """Return the run that is pinned."""
    return st.session_state.get(_PINNED)


def pin(run: Pinned | None) -> None:
    """Pin a run, or unpin with None."""
    st.session_state[_PINNED] = run


def restore(text: str | None, history: History) -> str | None:
    """Pin what a link says, or nothing; return a sentence, if it cannot be read.

    Parameters
    ----------
    text : str or None
        What `in_link` made.
    history : History
        The points on the screen, which the link's are.
    """
    try:
        pin(None if text is None else _trained(text, history))
    except ValueError:
        pin(None)
        return "The pinned run in the link is damaged, so none is pinned; the rest of the link is used."
    return None


def in_link(run: Pinned, history: History, points: str | None) -> tuple[str | None, str | None]:
    """Return a pinned run for the link, and a sentence where it does not fit into one.

    Parameters
    ----------
    run : Pinned
        The run.
    history : History
        The points on the screen.
    points : str or None
        What the link says of these already: both together may be as long as the points alone.

    Returns
    -------
    text, problem : str or None
    """
    said = texts_of(run.source, run.training, run.centred)
    words = [word for pair in said.items() for word in pair]
    if run.source is None or History(run.points, run.preset).is_edited:
        words += ["pts", _shortest(run, history.present)]
    text = _BETWEEN.join(words) or _BETWEEN
    if len(text) + len(points or "") > LONGEST_LINK:
        return None, "The pinned run does not fit into the link beside these points; the link holds all else."
    return text, None


def _shortest(run: Pinned, present: Dataset) -> str:
    """Return its points as what was changed of the points on the screen, or of its preset; or whole."""
    known = [present] if run.source is None else [present, run.preset]
    texts = [encode_changes(run.points, dataset) for dataset in known]
    whole, _ = laboratory.written(run.points)
    return min([*texts, *([whole] if whole else [])], key=len)


def _trained(text: str, history: History) -> Pinned:
    """Return the run that a link says; a ValueError for a text that `in_link` did not make."""
    words = [] if text == _BETWEEN else text.split(_BETWEEN)
    said = dict(zip(words[::2], words[1::2], strict=True))
    edited = said.pop("pts", None)
    found = read({key: [word] for key, word in said.items()}, OF_A_RUN)
    if found.faults or 2 * len(said) + 2 * (edited is not None) != len(words):
        raise ValueError("text: expected a pinned run.")
    source, training = source_of(found), training_of(found)
    if source is None and edited is None:
        raise ValueError("text: expected the points of a pinned run.")
    preset = history.preset if source is None else made_dataset(source)
    points = preset if edited is None else _points(edited, preset, history.present)
    dataset = centred_dataset(points) if found[CENTRED] else points
    run = runs().run(dataset, training.config(dataset))
    return Pinned(run, points, preset, source, training, found[CENTRED])


def _points(text: str, preset: Dataset, present: Dataset) -> Dataset:
    """Read points that are whole, or changes of either; a checksum says of which."""
    if not text.startswith(MARK):
        return decode_points(text)
    try:
        return decode_changes(text, preset)
    except ValueError:
        return decode_changes(text, present)
