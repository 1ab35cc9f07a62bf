"""The page of a lesson: claim, scenes, stage, one sentence, question, notes; the same for all."""

from __future__ import annotations

from typing import Any

import streamlit as st

from logreg.data.checks import BeyondFloat64, check_scale
from logreg.ui import laboratory
from logreg.ui.address import but_default, follow, go_to, link_to, note_move, switch
from logreg.ui.fields import Choice, Field, Number, Switch
from logreg.ui.formula import formula, keys_of
from logreg.ui.heading import heading
from logreg.ui.legible import choose_size
from logreg.ui.lesson.asked import LECTURE_POINTS, OWN_POINTS
from logreg.ui.lesson.link import Link, arrive, page_path, read_link, to_neighbour, to_points, to_scene
from logreg.ui.lesson.scene import ANY_SIZE, Lesson, Question, Scene, View
from logreg.ui.lesson.sheet import is_only_read
from logreg.ui.lesson.talk import choose_sheet, talk_of, to_cue
from logreg.ui.menu import SHEET, PageOf
from logreg.ui.presses import button
from logreg.ui.stage import Edit, Place, stage
from logreg.ui.verdict import markdown

_LINE = 1.75  # of the small sentences, in lines of 16 pixels
_MOST_BUTTONS = 4
"""Of so few words buttons are drawn, of more a slider."""


def show(lesson: Lesson) -> None:
    """Draw a lesson; where its page is only read for its run sheets, nothing."""
    if is_only_read(lesson):
        return
    link = read_link(lesson)
    _leave_room(link.scene, lesson.room)
    with st.container(gap="xxsmall"):
        _heading(link)
        top, place = st.container(), st.container()
        try:
            if link.asked.own:
                check_scale(link.asked.dataset.X, lesson.sizes, moves=lesson.sizes != ANY_SIZE, whose="lesson")
            view = link.scene.build(link.ready)
        except BeyondFloat64 as error:
            view = None
            _out_of_reach(error, link)
        if view is not None and link.is_at_end:
            link.close()
        with top:
            _top(link, () if view is None else view.about)
        if view is not None:
            with st.container(key="below"):
                _below(link, view)
            with place:
                _play(link, view)
    arrive(link)


def _leave_room(scene: Scene, lines: float) -> None:
    """Leave room round the charts of a scene, in lines of 16 pixels; of two wishes the later one counts."""
    st.html(f"<style>:root {{ --room: {lines + scene.room}rem; --least: {scene.least_height}rem; }}</style>")


def _heading(link: Link) -> None:
    """Say what the lesson shows and what to do first; while a run sheet is followed, its cue."""
    lesson, talk = link.lesson, talk_of(link.lesson)
    is_talk = talk is not None and talk.is_followed(lesson)
    said = talk.said(lesson) if talk and is_talk else f"{lesson.claim} :gray[{lesson.first}]"
    with st.container(key="talk" if is_talk else "claim"):
        st.markdown(f"{heading(lesson.title, markdown(said))}\n\n## {link.number}. {link.scene.title}")
        if talk and is_talk:
            talk.go_on()


def _top(link: Link, about: tuple[str, ...]) -> None:
    """Draw a button for every scene, with its number as its key, two for a clicker, the notes and the rest."""
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center", key="scenes"):
        last = len(link.lesson.scenes)
        for number, scene in enumerate(link.lesson.scenes, 1):
            look = "primary" if number == link.number else "secondary"
            button(scene.title, f"scene_{number}", str(number), to_scene, link, number, type=look)
        for text, key, step in (("Previous scene", "pageup", -1), ("Next scene", "pagedown", 1)):
            beyond = not 1 <= link.number + step <= last
            button(text, key, key, to_neighbour, link, step, disabled=beyond)
        for text, key, shortcut, step in (
            ("Previous cue", "previous_cue", "shift+n", -1),
            ("Next cue", "next_cue", "n", 1),
        ):
            button(text, key, shortcut, to_cue, link, step)
        _notes(link, about)
        _more(link)


def _notes(link: Link, about: tuple[str, ...]) -> None:
    with st.popover("Notes", key="lesson_notes", help="What the notes say, and the right form."):
        st.markdown(markdown(f"**{link.scene.title}**\n\n{link.scene.notes}"))
        if about:
            st.caption(markdown("  \n".join(about)))
        for one in link.scene.see:
            link_to(page_path(one.page), f"→ {one.say}", one.link)


def _more(link: Link) -> None:
    """Draw what is not of one scene: the points, the run sheets."""
    what = "Other points, projector mode (P), size of the text, run sheets."
    with st.popover("More", key="lesson_more", help=what):
        names = {one.word: one.title for one in link.lesson.points} | {OWN_POINTS: "My points from the explorer"}
        look = {"label": "Points", "options": tuple(names), "format_func": names.__getitem__}
        now = OWN_POINTS if link.asked.own else link.asked[link.lesson.choice_of_points]
        follow(st.radio, "points", now, lambda word: to_points(str(word)), **look)
        for one in link.lesson.switches:
            switch(one, link.asked[one], step=None)
        choose_size()
        if link.lesson.run_sheets:
            sheet = f"{PageOf(link.lesson.name, link.lesson.title).address}/{SHEET}"
            st.markdown(f"[The run sheets, to print or in a second window]({sheet})")
        for name, cues in link.lesson.run_sheets.items():
            st.button(
                f"Run sheet: {name}",
                key=f"sheet_{name}",
                help="Then N leads from cue to cue, Shift+N back.",
                on_click=choose_sheet,
                args=(link.lesson, name),
            )
            for cue in cues:
                link_to(link.page, f"{cue.at}  {cue.say}", cue.link)


def _play(link: Link, view: View) -> None:
    asked = link.asked
    points_in_link, too_long = laboratory.written(asked.dataset) if asked.own else (None, None)
    is_beyond = asked.step is not None and asked.step > view.show.last
    beyond = f"Step {asked.step:,} is beyond the end, which is shown." if is_beyond else None
    stage(
        view.show,
        key=link.lesson.name,
        place=Place(asked.step, asked.axis, link.seek, f"{link.number} {asked.dataset.name}"),
        editing=view.editing,
        actions=view.actions,
        points_in_link=points_in_link,
        message=too_long or beyond,
        on_rest=lambda rest: link.rest(rest.at_end and view.show.last > 0),
        on_word=laboratory.note_word,
        opens_at_start=True,
        about=(link.lesson.name, link.scene.title),
    )


def _below(link: Link, view: View) -> None:
    """Draw the small sentences, or the question before them, and beside them what can be chosen."""
    scene, asked = link.scene, link.ready
    fields = scene.fields if view.fields is None else view.fields
    no_points = (view.no_points,) if view.no_points and link.has_chosen_points else ()
    if no_points:
        _leave_room(scene, link.lesson.room + _LINE)
    right, left = st.columns([8, 11], gap="small") if fields or scene.views else (None, st.container())
    with left:
        if asked.is_answered:
            said = (scene.question.verdict(asked, link.answer),) if scene.question and link.answer else ()
            st.markdown(markdown("  \n".join((*said, *view.lines, *no_points))))
        elif scene.question is not None:
            st.markdown(markdown("  \n".join((f"**{scene.question.text}**", *no_points))))
    if right is not None:
        with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            _choices(link, fields)
    if scene.question is not None and not asked.is_answered:
        _answers(link, scene.question)


def _choices(link: Link, fields: tuple[Switch | Choice | Number, ...]) -> None:
    """Draw what can be chosen of a scene: its view, the numbers in its formula, what else it is asked for."""
    scene, asked = link.scene, link.asked
    if scene.views:
        _choose_view(scene.views, link)
    if scene.formula:
        inside = keys_of(scene.formula)
        numbers = {one: asked[one] for one in fields if isinstance(one, Number) and one.key in inside}
        by_key = {one.key: one for one in numbers}
        formula(scene.formula, numbers, key="formula", on_change=lambda key, value: _go(by_key[key], value))
    for field in fields:
        if field.key not in keys_of(scene.formula):
            _choose(field, link)


def _answers(link: Link, question: Question) -> None:
    """Draw the answers of a question; the one that is chosen stays until the page is left."""

    def keep() -> None:
        note_move()
        link.close(st.session_state[link.answer_key])

    st.segmented_control(
        question.text, question.options, key=link.answer_key, on_change=keep, label_visibility="collapsed"
    )


def _choose_view(names: tuple[str, ...], link: Link) -> None:
    def go(name: object) -> None:
        go_to(view=but_default(link.choice_of_view, names.index(str(name)) + 1), step=None)

    look = {"label": "View", "options": names, "required": True, "label_visibility": "collapsed"}
    follow(st.segmented_control, "view", names[link.asked.view - 1], go, link.keys, **look)


def _go(field: Field[object], value: object) -> None:
    go_to(**{field.key: but_default(field, value)})


def _choose(field: Switch | Choice | Number, link: Link) -> None:
    """Draw what a scene lets choose; the address follows."""
    asked, key = link.asked, field.key
    if isinstance(field, Switch):
        switch(field, asked[field], link.keys)
    elif isinstance(field, Choice):
        few = len(field.options) <= _MOST_BUTTONS
        draw = st.segmented_control if few else st.select_slider
        words: dict[str, Any] = {"options": field.options, "help": field.help} | ({"required": True} if few else {})
        follow(draw, key, asked[field], lambda word: _go(field, word), link.keys, label=field.title, **words)
    else:
        ends: dict[str, Any] = {"min_value": float(field.minimum), "max_value": float(field.maximum)}
        ends |= {"step": float(field.step)} | ({"format": "%d"} if field.whole else {})
        now = float(asked[field])
        follow(st.slider, key, now, lambda value: _go(field, value), link.keys, label=field.title, **ends)


def _out_of_reach(error: ValueError, link: Link) -> None:
    """Say why these points show nothing here, and lead to views that may, and back to points that do."""
    st.error(str(error))
    with st.container(horizontal=True):
        _choices(link, link.scene.fields)
        if link.asked.own:
            history = laboratory.history_of(link.asked.dataset)
            st.button("Undo", on_click=_undo, disabled=history is None or not history.can_undo)
        st.button("Back to the lecture’s points", on_click=to_points, args=(LECTURE_POINTS,))


def _undo() -> None:
    """Take back the last edit of the explorer's points, here too."""
    laboratory.edit_points(Edit("undo"))
    go_to(pts=laboratory.written(laboratory.history().present)[0], flip=None, step=None)
