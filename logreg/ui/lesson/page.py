"""The page of a lesson: claim, scenes, stage, one sentence, question, notes; the same for all."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg.data.checks import BeyondFloat64
from logreg.ui import laboratory
from logreg.ui.address import follow, go_to, link_to, switch
from logreg.ui.fields import Choice, Number, Switch
from logreg.ui.lesson.asked import LECTURE_POINTS, OWN_POINTS, Asked
from logreg.ui.lesson.link import Link, read_link, to_points, to_scene, turn_projector
from logreg.ui.lesson.scene import Lesson, Question, View
from logreg.ui.projector import LECTURE, is_lecture
from logreg.ui.stage import Place, stage
from logreg.ui.text import plain
from logreg.ui.verdict import markdown

_STYLE = "<style>:root { --room: 18.75rem; }</style>"
"""Room above and below the charts, for the claim, the sentence and the question: the same for all scenes."""
_MOST_BUTTONS = 4
"""Of so few words buttons are drawn, of more a slider."""


def show(lesson: Lesson) -> None:
    """Draw a lesson."""
    link = read_link(lesson)
    st.html(_STYLE)
    with st.container(gap="xxsmall"):
        st.markdown(markdown(f"**{lesson.title}.** {lesson.claim} :gray[{lesson.first}]"))
        _top(link)
        place = st.container()
        try:
            view = link.scene.build(link.ready)
        except BeyondFloat64 as error:
            _out_of_reach(error)
            return
        _below(link, view)
        with place:
            _play(link, view)


def _top(link: Link) -> None:
    """Draw a button for every scene, with its number as its key, two for a clicker, the notes and the rest."""
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center", key="scenes"):
        last = len(link.lesson.scenes)
        for number, scene in enumerate(link.lesson.scenes, 1):
            st.button(
                scene.title,
                key=f"scene_{number}",
                type="primary" if number == link.number else "secondary",
                shortcut=str(number),
                on_click=to_scene,
                args=(number,),
            )
        for text, key, step in (("‹", "pageup", -1), ("›", "pagedown", 1)):
            number = min(max(link.number + step, 1), last)
            st.button(text, key=key, shortcut=key, disabled=number == link.number, on_click=to_scene, args=(number,))
        st.button("Projector mode", key="projector", shortcut="p", on_click=turn_projector)
        _notes(link)
        _more(link)


def _notes(link: Link) -> None:
    with st.popover("Notes", key="lesson_notes", help="What the notes say, and the right form."):
        st.markdown(markdown(f"**{link.scene.title}**\n\n{link.scene.notes}"))


def _more(link: Link) -> None:
    """Draw what is not of one scene: the points, the run sheets."""
    with st.popover("More", key="lesson_more", help="Other points, projector mode (P), run sheets."):
        names = {one.word: one.title for one in link.lesson.points} | {OWN_POINTS: "My points from the explorer"}
        look = {"label": "Points", "options": tuple(names), "format_func": names.__getitem__}
        now = link.asked[link.lesson.choice_of_points]
        follow(st.radio, "points", now, lambda word: to_points(str(word)), **look)
        switch(LECTURE, is_lecture())
        for name, cues in link.lesson.run_sheets.items():
            st.markdown(f"**Run sheet: {name}**")
            for cue in cues:
                link_to(link.page, f"{cue.at}  {cue.say}", cue.link)


def _play(link: Link, view: View) -> None:
    asked = link.asked
    points_in_link, too_long = laboratory.written(asked.dataset) if asked.own else (None, None)
    stage(
        view.show,
        key=link.lesson.name,
        place=Place(asked.step, asked.axis, 10 * link.number + asked.view, f"{link.number} {asked.dataset.name}"),
        editing=view.editing,
        points_in_link=points_in_link,
        message=too_long,
        opens_at_start=True,
    )


def _below(link: Link, view: View) -> None:
    """Draw the small sentences, or the question before them; beside them what can be chosen."""
    scene, asked = link.scene, link.ready
    has_choices = bool(scene.fields or scene.views)
    left, right = st.columns([11, 8], gap="small") if has_choices else (st.container(), None)
    with left:
        lines = view.lines
        if scene.question is not None:
            answer = _ask(link, scene.question)
            lines = lines if answer is None else (scene.question.verdict(asked, answer), *lines[:1])
        if asked.is_answered:
            st.markdown(markdown("  \n".join(lines)))
    if right is not None:
        with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            if scene.views:
                _choose_view(scene.views, asked.view)
            for field in scene.fields:
                _choose(field, asked)


def _ask(link: Link, question: Question) -> str | None:
    """Draw a question until it is answered; the answer stays until the page is left."""
    if link.answer is not None:
        return link.answer

    def keep() -> None:
        st.session_state[f"{link.answer_key}_kept"] = st.session_state[link.answer_key]

    with st.container(key="question"):
        st.segmented_control(f"**{question.text}**", question.options, key=link.answer_key, on_change=keep)
    return None


def _choose_view(names: tuple[str, ...], now: int) -> None:
    def go(name: object) -> None:
        go_to(view=names.index(str(name)) + 1, step=None)

    look = {"label": "View", "options": names, "required": True, "label_visibility": "collapsed"}
    follow(st.segmented_control, "view", names[now - 1], go, **look)


def _choose(field: Switch | Choice | Number, asked: Asked) -> None:
    """Draw what a scene lets choose; the address follows."""
    if isinstance(field, Switch):
        switch(field, asked[field])
    elif isinstance(field, Choice):
        few = len(field.options) <= _MOST_BUTTONS
        draw = st.segmented_control if few else st.select_slider
        words: dict[str, Any] = {"options": field.options, "help": field.help} | ({"required": True} if few else {})
        follow(draw, field.key, asked[field], lambda word: go_to(**{field.key: word}), label=field.title, **words)
    else:
        ends: dict[str, Any] = {"min_value": float(field.minimum), "max_value": float(field.maximum)}
        ends |= {"step": float(field.step)} | ({"format": "%d"} if field.whole else {})
        now = float(asked[field])
        follow(st.slider, field.key, now, lambda value: go_to(**{field.key: value}), label=field.title, **ends)


def _out_of_reach(error: ValueError) -> None:
    """Say why these points show nothing here, and lead back to points that do."""
    st.error(plain(str(error)))
    st.button("Back to the lecture’s points", on_click=to_points, args=(LECTURE_POINTS,))
