"""Between a lesson and the address: read once, with what is missing or wrong said in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.figures.theme import theme_for
from logreg.ui import laboratory, presses
from logreg.ui.address import CUE, NO_POINTS, NOT_MINE, Said, but_default, go_to, look, parameters, read
from logreg.ui.fields import Field, Number, Switch
from logreg.ui.lesson.asked import LECTURE_POINTS, OWN_POINTS, Asked
from logreg.ui.lesson.scene import Answer, Lesson, Scene
from logreg.ui.menu import FOLDER
from logreg.ui.results import dataset_key

_MOVES, _KEYS, _AT_END = "lesson_moves", "lesson_keys", "lesson_at_end"
MINE = Switch("mine", "My points from the explorer")
"""How links of before said `points=mine`."""


@dataclass(frozen=True)
class Flip:
    """Which point is flipped, from 0; None leaves it to the scene."""

    n_points: int
    key: str = "flip"
    default: int | None = None

    def read(self, text: str) -> int | None:
        """Return the point's number, or raise a ValueError."""
        return int(Number(self.key, "", 0, self.n_points - 1, 0, whole=True).read(text))


def page_path(name: str) -> str:
    """Return the path of a page by its file's name without ending."""
    return str(FOLDER / f"{name}.py")


@dataclass(frozen=True, eq=False)
class Link:
    """Hold where a lesson is: its scene, what it is asked for, its views, how often a cue, or a key, has moved it."""

    lesson: Lesson
    number: int
    asked: Asked
    choice_of_view: Number
    moves: int
    keys: int

    @property
    def has_chosen_points(self) -> bool:
        """Whether the points are others than those that the lesson opens with."""
        return _is_chosen(self.asked.own, self.asked[self.lesson.choice_of_points])

    @property
    def scene(self) -> Scene:
        """The scene on the screen."""
        return self.lesson.scenes[self.number - 1]

    @property
    def page(self) -> str:
        """The path of the page."""
        return page_path(self.lesson.name)

    @property
    def answer_key(self) -> str:
        """The name of the answer to this scene's question, for these points."""
        return f"{self.lesson.name}_{self.number}_{dataset_key(self.asked.dataset)}_answer"

    @property
    def answer(self) -> Answer | None:
        """What was answered here, on this visit of the page."""
        answer: Answer | None = st.session_state.get(f"{self.answer_key}_kept")
        return answer

    @property
    def waits(self) -> bool:
        """Whether a question applies here of which another answer, or none, was given."""
        question, answer = self.scene.question, self.answer
        if question is None or not question.applies(self.asked):
            return False
        return answer is None or answer.because != question.because(self.asked)

    @property
    def is_open(self) -> bool:
        """Whether the scene's question is to be answered: not while the end is on the screen, which answers it."""
        return not self.is_at_end and self.waits

    def close(self, said: str = "") -> None:
        """Close the question of the scene by one of its options; or by its end, if it waits."""
        if self.scene.question is not None and self.waits:
            because = self.scene.question.because(self.asked)
            st.session_state[f"{self.answer_key}_kept"] = Answer(said, because)

    @property
    def seek(self) -> int:
        """Where the stage is to be: whenever this changes, it goes to the step of the address."""
        return 100 * self.moves + 10 * self.number + self.asked.view

    @property
    def is_at_end(self) -> bool:
        """Whether the stage is at its end: the address asks for it, or the stage said so last."""
        return self.asked.step is None or st.session_state.get(_AT_END) == (self.lesson.name, self.seek)

    def rest(self, is_at_end: bool) -> None:
        """Take note of where the stage rests."""
        st.session_state[_AT_END] = (self.lesson.name, self.seek) if is_at_end else None

    @property
    def ready(self) -> Asked:
        """What the scene is asked for now."""
        return replace(self.asked, is_answered=not self.is_open)


def read_link(lesson: Lesson) -> Link:
    """Read the address, and say in one toast what of it cannot be used."""
    if CUE in parameters():
        _count(_MOVES)
        presses.close_what_is_open()
    points = lesson.choice_of_points
    scene = lesson.choice_of_scene
    first = read(parameters(), (scene, points, MINE, laboratory.PTS))
    number = int(first[scene])
    dataset, own, is_missing = _points(lesson, first)
    here = lesson.scenes[number - 1]
    opening = here.chosen_view if _is_chosen(own, first[points]) else 1
    view = Number("view", "View", 1, max(len(here.views), 1), opening, whole=True)
    flip = Flip(dataset.n_samples)
    fields: tuple[Field[object], ...] = (scene, view, points, MINE, flip, *lesson.fields, *laboratory.FIELDS)
    why = first.faults.get(laboratory.PTS.key, NO_POINTS)  # damaged points are not said to be missing too
    missing = {points.key: why, MINE.key: why} if is_missing else {}
    said = look(fields, missing if own else {**missing, laboratory.PTS.key: NOT_MINE})
    theme = theme_for(st.context.theme.type)
    asked = Asked(dataset, own, said[flip], int(said[view]), said, False, theme)
    return Link(lesson, number, asked, view, st.session_state.get(_MOVES, 0), st.session_state.get(_KEYS, 0))


def _is_chosen(own: bool, word: str) -> bool:
    return own or word not in (LECTURE_POINTS, OWN_POINTS)


def _points(lesson: Lesson, said: Said) -> tuple[Dataset, bool, bool]:
    """Return the points, whether they are the reader's own, and whether these are asked for and missing."""
    word = said[lesson.choice_of_points]
    if word != OWN_POINTS and not said[MINE]:
        return next(one.make() for one in lesson.points if one.word == word), False, False
    own = said[laboratory.PTS] or laboratory.points_of_this_visit()
    return (lesson.points[0].make(), False, True) if own is None else (own, True, False)


def to_scene(link: Link, number: int) -> None:
    """Go to a scene; what belonged to the old one alone is dropped, a flip and a step of training come along.

    But not the end to a question that it would answer.
    """
    view = link.lesson.scenes[number - 1].chosen_view if link.has_chosen_points else 1
    there = replace(link, number=number, asked=replace(link.asked, view=view))
    gives_away = link.is_at_end and there.waits
    keeps = link.scene.keeps_step and there.scene.keeps_step and not gives_away
    own = {one.key for one in link.scene.fields} - {one.key for one in there.scene.fields}
    st.session_state[_went(link.lesson)] = number
    _count(_KEYS)
    scene = but_default(link.lesson.choice_of_scene, number)
    go_to(**dict.fromkeys(own), view=None, scene=scene, **({} if keeps else {"step": None}))


def to_neighbour(link: Link, step: int) -> None:
    """Go scenes on or back, from where the last key has led to, though that may not have been drawn yet."""
    now = st.session_state.get(_went(link.lesson), link.number)
    to_scene(link, min(max(now + step, 1), len(link.lesson.scenes)))


def arrive(link: Link) -> None:
    """Take note that the scene is drawn."""
    st.session_state.pop(_went(link.lesson), None)


def _went(lesson: Lesson) -> str:
    return f"{lesson.name}_went"


def jump() -> None:
    """Have the stage go to the step of the address, also where scene and view stay."""
    _count(_MOVES)
    _count(_KEYS)
    presses.close_what_is_open()


def _count(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1


def to_points(word: str) -> None:
    """Put other points on the screen."""
    theirs = laboratory.points_of_this_visit() if word == OWN_POINTS else None
    pts = None if theirs is None else laboratory.written(theirs)[0]
    go_to(points=None if word == LECTURE_POINTS else word, mine=None, flip=None, pts=pts, step=None)
