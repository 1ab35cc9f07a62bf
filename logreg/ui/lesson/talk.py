"""Following a run sheet: from cue to cue, with the time that has passed; a reload goes on where it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import time

import streamlit as st

from logreg.ui import presses
from logreg.ui.address import go_to, note_move, read
from logreg.ui.lesson.link import Link, jump
from logreg.ui.lesson.scene import Lesson
from logreg.ui.shelf import Shelf
from logreg.ui.visitor import browser

_OF_A_PLACE = ("scene", "view")
_OF_A_CUE = (*_OF_A_PLACE, "step", "axis")
_OF_POINTS = ("points", "mine", "pts", "flip")
_MOST_BYTES = 2**20
_A_LECTURE = 7200.0  # seconds after which a page that is opened at the same scene is no reload
_clock = st.components.v2.component(
    "logreg_clock", html="<span></span>", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Talk:
    """Hold where a run sheet has come to: its name, the number of its cue, and when it was begun.

    Before its first cue that number is −1, after the last how many there are. Also what the address said of the points
    before a cue brought its own, and of the place that the cue led to.
    """

    sheet: str
    at: int
    began: float
    chosen: Mapping[str, str | None] = field(default_factory=dict)
    place: Mapping[str, str | None] = field(default_factory=dict)

    def is_followed(self, lesson: Lesson) -> bool:
        """Whether it is at one of its cues."""
        return 0 <= self.at < len(lesson.run_sheets[self.sheet])

    @property
    def is_here(self) -> bool:
        """Whether the address says the place that the last cue led to, in the same lecture."""
        return self.place == _said(_OF_A_PLACE) and self.passed < _A_LECTURE

    def said(self, lesson: Lesson) -> str:
        """Return what is to be said now, with the time that has passed beside the time that was planned."""
        cue, passed = lesson.run_sheets[self.sheet][self.at], int(self.passed)
        return f"**{passed // 60}\\:{passed % 60:02d}** of {cue.at} · {cue.say}"  # a colon alone parts it in two

    @property
    def passed(self) -> float:
        """Seconds since it was begun."""
        return time() - self.began

    def go_on(self) -> None:
        """Let the time that is said go on in the browser, until the page runs again."""
        _clock(key="clock", data={"passed": self.passed})


def talk_of(lesson: Lesson) -> Talk | None:
    """Return where the run sheet has come to, also after a reload at its cue; None where none was begun or chosen."""
    key, name = f"{lesson.name}_talk", browser()
    if key not in st.session_state and name is not None:
        kept = _shelf().find((name, lesson.name))
        if kept is not None and kept.is_followed(lesson) and kept.is_here:
            st.session_state[key] = kept
    talk: Talk | None = st.session_state.get(key)
    return talk


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf[Talk]:
    """Return where this server's run sheets have come to, by browser and lesson."""
    return Shelf(_MOST_BYTES)


def _keep(lesson: Lesson, talk: Talk) -> None:
    st.session_state[f"{lesson.name}_talk"] = talk
    if (name := browser()) is not None:
        _shelf().put((name, lesson.name), talk)


def _said(keys: Iterable[str]) -> dict[str, str | None]:
    """Return what the address says."""
    return {key: st.query_params.get(key) for key in keys}


def to_cue(link: Link, step: int) -> None:
    """Go cues on or back in the run sheet: the stage that is on the page moves, and projector mode stays.

    The points that were chosen stay too, and those that a cue brought go with it. After the last cue, and before the
    first one, the sheet waits to begin.
    """
    lesson = link.lesson
    talk = talk_of(lesson) or Talk(next(iter(lesson.run_sheets)), -1, 0.0)
    cues = lesson.run_sheets[talk.sheet]
    at = 0 if talk.at + step > len(cues) else max(talk.at + step, -1)
    began = time() if (at, step) == (0, 1) else talk.began
    chosen = _chosen(link, talk)
    if not 0 <= at < len(cues):
        go_to(**chosen)
        _keep(lesson, Talk(talk.sheet, at, began, chosen))
        return
    jump()
    ours = dict.fromkeys([*_OF_A_CUE, *(one.key for one in lesson.fields if one not in lesson.switches)])
    cue, fields = cues[at].link, (lesson.choice_of_scene, *lesson.fields)
    unsaid = dict.fromkeys(read({key: [text] for key, text in cue.items()}, fields).defaults(fields))
    points = dict.fromkeys(_OF_POINTS) if "points" in cue else chosen
    go_to(**{**ours, **points, **cue, **unsaid})
    _keep(lesson, Talk(talk.sheet, at, began, chosen, _said(_OF_A_PLACE)))


def _chosen(link: Link, talk: Talk) -> Mapping[str, str | None]:
    """Return what the address says of the points, or said before the last cue brought those on the screen."""
    here = _said(_OF_POINTS)
    cue = link.lesson.run_sheets[talk.sheet][talk.at].link if talk.is_followed(link.lesson) else {}
    brought = {key: cue[key] for key in _OF_POINTS if key in cue}
    return talk.chosen if brought and here == here | brought else here


def choose_sheet(lesson: Lesson, sheet: str) -> None:
    """Begin a run sheet: its first cue comes with the next press of N."""
    note_move()
    _keep(lesson, Talk(sheet, -1, 0.0))
    presses.close_what_is_open()
