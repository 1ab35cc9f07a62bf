"""Explorer: choose or edit points, read the verdict, play the training, and watch boundary, loss and ‖w‖ together."""

from dataclasses import replace

import streamlit as st

from logreg.dataset import Dataset
from logreg.figures.curves import loss_curve, loss_curve_alt, norm_growth, norm_growth_alt
from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.figures.theme import theme_for
from logreg.trainer import TrainingConfig
from logreg.trajectory import Trajectory
from logreg.ui import laboratory, sentences
from logreg.ui.controls import CENTRED, FIELDS, NORM_WITH_BIAS, TrainingChoice, choose_source, choose_training
from logreg.ui.links import link_problems
from logreg.ui.own_points import own_points, save_points
from logreg.ui.point_table import point_table
from logreg.ui.results import LONG_RUN, Analysis, analyse, centred_dataset, dataset_key, made_dataset, runs
from logreg.ui.stage import Figures, History, RunView, stage


def explorer() -> None:
    if problem := link_problems(st.query_params.to_dict(), (*FIELDS, *laboratory.FIELDS)):
        st.toast(problem, icon=":material/link_off:", duration=20)
    with st.sidebar:
        choose_points()
        centre = CENTRED.toggle()
        training = choose_training()
    experiment(training, centre)


@st.fragment
def experiment(training: TrainingChoice, centre: bool) -> None:
    """Show all that depends on the points: an edit of theirs runs this again, without the sidebar."""
    history = laboratory.history()
    dataset = centred_dataset(history.present) if centre else history.present
    config = training.config(dataset)
    try:
        analysis, trajectory = analyse(dataset, config), runs().first(dataset, config)
    except ValueError as error:  # numbers that float64 cannot train on, as 1e200
        st.error(str(error))
        return
    with st.container(gap="xsmall"):
        st.markdown(sentences.verdict(dataset, config, analysis))
        place = st.container()
        with st.container(horizontal=True, vertical_alignment="center"):
            compare(trajectory)
            with_bias = NORM_WITH_BIAS.toggle(disabled=not config.fit_bias)
        with place:
            play(trajectory, analysis, history, "parameter_norm" if with_bias else "weight_norm", centre)
        show_numbers(sentences.numbers(trajectory, laboratory.rest_step(trajectory), analysis))
        st.caption(sentences.ending(trajectory, config.n_steps))
        st.caption(f"{sentences.start(config)} {sentences.learning_rate(trajectory, analysis)}")
        rest = st.container()
    point_table(history.present)
    save_points(history.present)
    if trajectory.last_step == trajectory.config.n_steps < config.n_steps:
        with rest:
            go_on(dataset, config, trajectory.last_step)


def choose_points() -> None:
    """Draw the controls of the data, and put what they ask for on the screen where it is new."""
    source = choose_source()
    preset = own_points() if source is None else made_dataset(source)
    laboratory.set_preset(preset, source or dataset_key(preset))


def play(trajectory: Trajectory, analysis: Analysis, history: History, quantity: str, centre: bool) -> None:
    """Show the stage: this run and the pinned one, with plane, norm and loss."""
    pinned = laboratory.pinned_run()
    views = [RunView("this run", trajectory)] + ([RunView("pinned run", pinned)] if pinned else [])
    points_in_link, too_long = laboratory.link_of(history)
    stage(
        views,
        figures(trajectory, analysis, pinned, quantity),
        key="stage",
        axis=laboratory.linked_axis(),
        step=laboratory.linked_step(trajectory),
        scene=history.preset.name if history.preset else "",
        editable=not centre,  # centred points are not the ones that an edit changes
        history=history,
        on_edit=laboratory.edit_points,
        on_rest=laboratory.note_rest,
        points_in_link=points_in_link,
        message=too_long,
        theme=theme_for(st.context.theme.type),
    )


def figures(trajectory: Trajectory, analysis: Analysis, pinned: Trajectory | None, quantity: str) -> Figures:
    theme = theme_for(st.context.theme.type)
    dataset, last = trajectory.dataset, trajectory.last_step
    proof = {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    norm = {"optimum_norm": analysis.optimum_norm(quantity), "no_minimum": analysis.no_optimum, "quantity": quantity}
    loss = {"optimum_loss": analysis.optimum_loss, "no_minimum": analysis.no_optimum}
    plane = {**proof, "pinned_model": pinned.model if pinned else None}
    return Figures(
        plane=(decision_boundary(dataset, trajectory.model, **plane, theme=theme, field=False),),
        curves=(
            norm_growth(trajectory, last, **norm, pinned=pinned, theme=theme),
            loss_curve(trajectory, last, **loss, pinned=pinned, theme=theme),
        ),
        plane_alt=(decision_boundary_alt(dataset, trajectory.model, **proof, step=last),),
        curves_alt=(norm_growth_alt(trajectory, last, **norm), loss_curve_alt(trajectory, last, **loss)),
    )


def compare(trajectory: Trajectory) -> None:
    """Draw the button that pins this run, or lets the pinned one go."""
    if laboratory.pinned_run() is None:
        help_text = "Keeps its curves and its boundary, faint, beside the next run. A reload drops it."
        st.button("Pin this run", key="pin", help=help_text, on_click=laboratory.pin, args=(trajectory,))
    else:
        st.button("Unpin", key="unpin", on_click=laboratory.pin, args=(None,))


def show_numbers(values: dict[str, str]) -> None:
    cells = st.columns([2 if name == "w" else 1 for name in values], gap="small")
    for cell, (name, value) in zip(cells, values.items(), strict=True):
        cell.markdown(f":small[:gray[{name}]]  \n{value}")


def go_on(dataset: Dataset, config: TrainingConfig, done: int) -> None:
    """Do the rest of the run behind the picture of its first steps; a long rest only after a click."""
    wanted = config
    if done < LONG_RUN:
        wanted = replace(config, n_steps=min(config.n_steps, LONG_RUN))
    elif not st.button(f"Run all {config.n_steps:,} steps", key="run_all", type="primary"):
        return
    waiting = "A long run waits until no other is under way."
    bar = st.progress(done / wanted.n_steps, waiting if wanted.n_steps > LONG_RUN else f"Step {done:,}")
    runs().run_all(
        dataset, wanted, lambda step: bar.progress(step / wanted.n_steps, f"Step {step:,} of {wanted.n_steps:,}")
    )
    st.rerun()


explorer()
