"""Observation 3: two data sets, one label apart; one norm grows for ever, the other settles. Nine scenes say why."""

import streamlit as st

from logreg.data.checks import BeyondFloat64
from logreg.figures.theme import theme_for
from logreg.ui import laboratory
from logreg.ui.address import follow, go_to, link_to, switch
from logreg.ui.observation_3.link import (
    FIRST,
    FLOW,
    LAST,
    MINE,
    PAGE,
    PENALTY,
    PREDICT,
    REVEAL,
    WITH_BIAS,
    Link,
    read_link,
    to_scene,
)
from logreg.ui.observation_3.pair import Pair, default_flip, make_pair
from logreg.ui.observation_3.planes import planes
from logreg.ui.observation_3.questions import QUESTIONS
from logreg.ui.observation_3.run_sheets import RUN_SHEETS
from logreg.ui.observation_3.scenes import N_VIEWS, SCENES, Scene
from logreg.ui.observation_3.sentences import about, shared
from logreg.ui.observation_3.view import Request, SceneView
from logreg.ui.results import dataset_key
from logreg.ui.stage import Edit, Editing, Pictures, Place, Show, stage
from logreg.ui.verdict import markdown


def observation_3() -> None:
    link = read_link(N_VIEWS)
    scene = SCENES[link.scene - 1]
    with st.container(gap="xxsmall"):
        top = st.container(horizontal=True, gap="xxsmall", vertical_alignment="center")
        with top:
            choose_scene(link.scene)
        try:
            pair = pair_of(scene, link)
        except BeyondFloat64 as error:
            out_of_reach(error, link)
            pair = None
        with top:
            notes(scene, link, pair)
            more(link)
        if pair is not None:
            show(scene, link, pair)


def out_of_reach(error: ValueError, link: Link) -> None:
    """Say why there is no run, and lead back to points that have one."""
    st.error(str(error))
    if not link.own:
        return
    history = laboratory.history_of(link.points)
    with st.container(horizontal=True):
        st.button("Undo", on_click=undo, disabled=history is None or not history.can_undo)
        st.button("Back to the lecture’s points", on_click=lambda: go_to(mine=None, pts=None, flip=None, step=None))


def undo() -> None:
    """Take back the last edit of the explorer's points, here too."""
    laboratory.edit_points(Edit("undo"))
    go_to(pts=laboratory.written(laboratory.history().present)[0], flip=None, step=None)


def choose_scene(current: int) -> None:
    """Draw a button for every scene, with its number as its key, and two for a presenter's clicker."""
    for scene in SCENES:
        st.button(
            scene.title,
            key=f"scene_{scene.number}",
            type="primary" if scene.number == current else "secondary",
            shortcut=str(scene.number),
            on_click=to_scene,
            args=(scene.number,),
        )
    for text, key, step in (("‹", "pageup", -1), ("›", "pagedown", 1)):
        number = min(max(current + step, FIRST), LAST)
        st.button(text, key=key, shortcut=key, disabled=number == current, on_click=to_scene, args=(number,))


def pair_of(scene: Scene, link: Link) -> Pair:
    with_bias, flow = link.said[WITH_BIAS], link.said[FLOW] and link.view in scene.flows
    flipped = default_flip(link.points, scene.number, with_bias) if link.flip is None else link.flip
    return make_pair(link.points, flipped, with_bias, flow=flow)


def notes(scene: Scene, link: Link, pair: Pair | None) -> None:
    """Draw what the notes say here, where they slip, and the right form."""
    with st.popover("Notes", key="observation_3_notes", help="What the notes say, and the right form."):
        st.markdown(markdown(f"**{scene.title}**\n{scene.notes}"))
        if pair is not None and link.view not in scene.elsewhere:
            asks = link.said[PREDICT] and scene.number in QUESTIONS  # what is said of B would answer the question
            sides = pair.sides[:1] if asks else pair.sides
            st.caption(markdown("  \n".join([shared(pair), *(about(side) for side in sides)])))


def more(link: Link) -> None:
    """Draw the switches of the data and the lecturer's run sheets."""
    theirs = laboratory.points_of_this_visit()
    points = None if link.own or theirs is None else laboratory.written(theirs)[0]
    with st.popover("More", key="observation_3_more", help="Bias, your own points, run sheets."):
        switch(WITH_BIAS, link.said[WITH_BIAS], step=None)
        switch(MINE, link.own, pts=points, flip=None, step=None)
        for name, cues in RUN_SHEETS.items():
            st.markdown(f"**Run sheet: {name}**")
            for cue in cues:
                link_to(PAGE, f"{cue.at}  {cue.say}", cue.link)


def show(scene: Scene, link: Link, pair: Pair) -> None:
    """Draw the stage of a scene, and under it the question or the lines, with the scene's switches beside them."""
    place = st.container()
    left = st.container()
    if has_switches(scene, link):
        left, right = st.columns([12, 7], gap="small")
        with right:
            switches(scene, link)
    question = QUESTIONS.get(scene.number)
    asks = question is not None and link.said[PREDICT]
    with left:
        answer = ask(scene.number, pair, asks) if question is not None else None
        request = request_of(scene, link, hides_b=asks and answer is None)
        view = scene.build(pair, request)
        if scene.number == 9 and link.view == 1:
            choose_penalty(link.said[PENALTY])
        lines = view.lines
        if question is not None and answer is not None:
            lines = (question.verdict(pair, answer), *lines[1:])
        if answer is not None or not asks:
            st.markdown(markdown("  \n".join(lines)))
    with place:
        play(scene, pair, view, request, link)


def request_of(scene: Scene, link: Link, *, hides_b: bool) -> Request:
    """Return what the address asks of a scene."""
    return Request(
        view=link.view,
        axis="linear" if link.said[laboratory.AXIS] == "linear" else "log",
        hides_b=hides_b,
        reveals=link.said[REVEAL],
        flow=link.said[FLOW] and link.view in scene.flows,
        l2=float(link.said[PENALTY]),
        theme=theme_for(st.context.theme.type),
    )


def has_switches(scene: Scene, link: Link) -> bool:
    """Whether there is anything to choose, and room to be left for it."""
    return bool(scene.views) or scene.number in QUESTIONS or link.view in scene.flows or scene.number == 7


def switches(scene: Scene, link: Link) -> None:
    """Draw what can be chosen in a scene."""
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if scene.views:
            choose_view(scene.views, link.view)
        if scene.number in QUESTIONS:
            switch(PREDICT, link.said[PREDICT])
        if link.view in scene.flows:
            switch(FLOW, link.said[FLOW], step=None)
        if scene.number == 7 and link.view == 1:
            switch(REVEAL, link.said[REVEAL], step=None)


def choose_view(names: tuple[str, ...], now: int) -> None:
    """Draw the names of a scene's views."""

    def go(name: object) -> None:
        go_to(view=names.index(str(name)) + 1, step=None, reveal=None, flow=None)

    look = {"label": "View", "options": names, "required": True, "label_visibility": "collapsed"}
    follow(st.segmented_control, "view", names[now - 1], go, **look)


def choose_penalty(now: str) -> None:
    """Draw the dial of λ."""
    look = {"label": PENALTY.title, "options": PENALTY.options, "label_visibility": "collapsed"}
    follow(st.select_slider, PENALTY.key, now, lambda l2: go_to(penalty=l2), format_func="λ = {}".format, **look)


def ask(number: int, pair: Pair, asks: bool) -> str | None:
    """Draw a question until it is answered; return the answer. One that is not asked is forgotten."""
    key = f"observation_3_answer_{number}_{dataset_key(pair.b.dataset)}_{pair.fit_bias}"
    kept = f"{key}_kept"
    if not asks:
        st.session_state.pop(kept, None)
    if not asks or kept in st.session_state:
        return st.session_state.get(kept)
    question = QUESTIONS[number]

    def keep() -> None:
        st.session_state[kept] = st.session_state[key]

    return st.segmented_control(f"**{question.text}**", question.options, key=key, on_change=keep)


def play(scene: Scene, pair: Pair, view: SceneView, request: Request, link: Link) -> None:
    """Show the stage."""
    number = scene.number * 10 + request.view
    show = Show(
        pictures=Pictures(planes=planes(pair, request) if view.planes else (), curves=view.curves),
        runs=view.runs,
        layout=view.arrangement,
        caption=view.caption,
        targets=view.targets,
        hidden=1 if request.hides_b else None,
        theme=request.theme,
    )
    step = view.step if link.step is None else link.step
    points_in_link, too_long = laboratory.written(link.points) if link.own else (None, None)
    stage(
        show,
        key="observation_3",
        place=Place(step, request.axis, 2 * number + request.reveals, pair.a.dataset.name),
        editing=Editing(lambda edit: flip(edit, pair.flipped), plane=1, click="flip"),
        points_in_link=points_in_link,
        message=too_long,
    )


def flip(edit: Edit, flipped: int) -> str | None:
    """Make the point that was clicked in B the one whose label is flipped."""
    if edit.op != "flip":
        return "Here a click flips a label; nothing else can be edited."
    if edit.index == flipped:
        return "This label is the flipped one. Click another point, and its label is flipped instead."
    go_to(flip=edit.index)
    return None


observation_3()
