"""Explorer: choose or edit points, read the verdict, play the training, and watch boundary, loss and ‖w‖ together."""

from dataclasses import replace
from functools import partial

import streamlit as st

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.figures.comparison import Quantity
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.picture import Picture
from logreg.figures.plane import decision_boundary
from logreg.figures.theme import Theme, theme_for
from logreg.ui import address, laboratory
from logreg.ui.address import Said
from logreg.ui.explorer import sentences
from logreg.ui.explorer.controls import CENTRED, FIELDS, NORM_WITH_BIAS, TrainingChoice, choose_source, choose_training
from logreg.ui.explorer.first_visit import next_thing
from logreg.ui.explorer.own_points import own_points, save_points
from logreg.ui.explorer.pin import PIN, Pinned, in_link, pin, pinned, restore
from logreg.ui.explorer.point_table import point_table
from logreg.ui.explorer.run import Run, note_rest
from logreg.ui.legible import choose_size
from logreg.ui.results import LONG_RUN, analyse, centred_dataset, dataset_key, made_dataset, runs
from logreg.ui.stage import Action, Edit, Editing, History, Pictures, Place, RunView, Show, stage
from logreg.ui.stage.contract import Op
from logreg.ui.verdict import learning_rate, sentence


def explorer() -> None:
    said = address.look((*FIELDS, laboratory.LINKED, laboratory.STEP, laboratory.AXIS, PIN))
    is_first = laboratory.is_first_look()
    with st.sidebar:
        choose_points(said)
        centre = CENTRED.toggle()
        training = choose_training()
        with_bias = NORM_WITH_BIAS.toggle(disabled=not training.fit_bias)
        choose_size()
    if is_first and (problem := restore(said[PIN], laboratory.history())):
        address.complain(problem)
    experiment(training, centre, "parameter_norm" if with_bias else "weight_norm", said)


@st.fragment
def experiment(training: TrainingChoice, centre: bool, quantity: Quantity, said: Said) -> None:
    """Show all that depends on the points: an edit of theirs runs this again, without the sidebar."""
    history, beside = laboratory.history(), pinned()
    try:
        dataset = centred_dataset(history.present) if centre else history.present
        config = training.config(dataset, beside.start_for(history.preset, training.start) if beside else None)
        analysis, trajectory = analyse(dataset, config.objective), runs().first(dataset, config)
    except BeyondFloat64 as error:
        out_of_reach(error, history)
        return
    run = Run(trajectory, config, analysis, beside, said)
    first = next_thing(has_edited=history.can_undo or history.is_edited, is_editable=not centre)
    with st.container(gap="xsmall"):
        with st.container(gap="xxsmall", key="verdict"):
            st.markdown(sentences.headline(trajectory, analysis, first))
            st.markdown(sentences.verdict(trajectory, analysis, quantity))
        play(run, history, quantity, actions(run, history, training, centre), centre)
        st.markdown(sentences.table(sentences.numbers(trajectory, run.rest_step, analysis)))
        st.caption(small_print(run, history.present, centre))
        if centre and (history.is_edited or history.can_undo):
            ways_back(history)
    point_table(history.present)
    save_points(history.present)


def small_print(run: Run, raw: Dataset, centre: bool) -> str:
    """Say how the run ended, where it started, and what it is shown beside or minus."""
    trajectory, config, beside = run.trajectory, run.config, run.beside
    notes = [
        sentences.ending(trajectory, config.n_steps, run.goes_on),
        f"{sentences.start(config)} {sentence(learning_rate(trajectory, run.analysis))}",
        f"{sentences.beside(beside.trajectory, trajectory)} {beside.missing}" if beside else "",
        sentences.centred(raw) if centre else "",
    ]
    return "  \n".join(note for note in notes if note)


def out_of_reach(error: ValueError, history: History) -> None:
    """Say why there is no run, and lead back to points that have one. No stage writes the address, so this does."""
    points, run, _ = in_address(history, pinned())
    address.say(laboratory.LINKED, points)
    address.say(PIN, run)
    st.error(str(error))
    ways_back(history)
    point_table(history.present)


def ways_back(history: History) -> None:
    """Draw what the stage offers where it can be edited."""
    ways: tuple[tuple[str, Op, bool], ...] = (
        ("Undo", "undo", history.can_undo),
        ("Back to the preset", "reset", history.is_edited),
    )
    with st.container(horizontal=True):
        for name, op, can in ways:
            st.button(name, on_click=laboratory.edit_points, args=(Edit(op),), disabled=not can)


def actions(run: Run, history: History, training: TrainingChoice, centre: bool) -> tuple[Action, ...]:
    """Return the page's own buttons on the stage."""
    if run.pinned is None:
        done = replace(training, steps=str(run.trajectory.config.n_steps))
        kept = Pinned(run.trajectory, history.present, history.preset, laboratory.source(), done, centre)
        what = "Keeps its curves and its boundary, faint, beside the next run, and in the link."
        keep = Action("pin", "Pin this run", what, partial(pin, kept), "editor")
    else:
        keep = Action("unpin", "Unpin", "Lets the pinned run go.", partial(pin, None), "editor")
    if not run.is_unfinished or run.trajectory.last_step < LONG_RUN:
        return (keep,)
    if run.goes_on:
        return keep, Action("stop", "Stop", "Ends the training where it is.", partial(run.go_on, False), "editor")
    name = f"Run all {run.config.n_steps:,} steps"
    return keep, Action("run_all", name, "Trains on, to the last step.", partial(run.go_on, True), "editor")


def choose_points(said: Said) -> None:
    """Draw the controls of the data, and put what they ask for on the screen where it is new."""
    source = choose_source()
    linked = said[laboratory.LINKED] if laboratory.is_first_look() else None
    own = linked if source is None and isinstance(linked, Dataset) else None
    preset = own_points(own) if source is None else made_dataset(source)
    problem = laboratory.set_preset(preset, source or dataset_key(preset), None if own else linked)
    if problem is not None:
        address.complain(problem)


def play(run: Run, history: History, quantity: Quantity, buttons: tuple[Action, ...], centre: bool) -> None:
    """Show the stage: this run and the pinned one, with plane, norm and loss."""
    features, theme = () if centre else laboratory.features(), theme_for(st.context.theme.type)
    points_in_link, pin_in_link, too_long = in_address(history, run.beside)
    # centred points are not the ones that an edit changes
    editing = None if centre else Editing(laboratory.edit_points, history=history)
    stage(
        run.ready(partial(drawn, run, quantity, features, theme), quantity, features, theme.name),
        key="stage",
        place=Place(run.shown_step, run.axis, scene=dataset_key(history.preset)),
        editing=editing,
        actions=buttons,
        more=(run.key, run.trajectory.last_step) if run.goes_on else None,
        on_more=partial(runs().go_on, run.trajectory.dataset, run.config),
        on_rest=note_rest,
        on_word=laboratory.note_word,
        opens_at_start=True,
        points_in_link=points_in_link,
        pin_in_link=pin_in_link,
        message=run.message or too_long,
    )


def in_address(history: History, beside: Pinned | None) -> tuple[str | None, str | None, str | None]:
    """Return the points and the pinned run for the link, and a sentence where they do not fit into one."""
    points, too_long = laboratory.link_of(history)
    run, run_too_long = in_link(beside, history, points) if beside else (None, None)
    return points, run, too_long or run_too_long


def drawn(run: Run, quantity: Quantity, features: tuple[str, ...], theme: Theme) -> Show:
    """Draw this run and the pinned one."""
    views = [RunView("this run", run.trajectory)] + ([RunView("pinned run", run.pinned)] if run.pinned else [])
    shown = pictures(run, quantity, features, theme)
    return Show(pictures=shown, runs=tuple(views), layout="explorer", theme=theme)


def plane(run: Run, features: tuple[str, ...], theme: Theme) -> Picture:
    return decision_boundary(
        run.trajectory.dataset,
        run.trajectory.model,
        separability=run.analysis.separability,
        max_margin=run.analysis.proof_margin,
        step=run.trajectory.last_step,
        theme=theme,
        features=features,
    )


def pictures(run: Run, quantity: Quantity, features: tuple[str, ...], theme: Theme) -> Pictures:
    trajectory, analysis = run.trajectory, run.analysis
    norm = norm_growth(
        trajectory,
        quantity=quantity,
        optimum_norm=analysis.optimum_norm(quantity),
        is_unique=analysis.is_unique,
        no_minimum=analysis.no_optimum,
        pinned=run.pinned,
        theme=theme,
    )
    loss = loss_curve(
        trajectory,
        optimum_loss=analysis.optimum_loss,
        no_minimum=analysis.no_optimum,
        pinned=run.pinned,
        theme=theme,
    )
    return Pictures((plane(run, features, theme),), (norm, loss))


explorer()
