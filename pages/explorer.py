"""Explorer: choose or edit points, read the verdict, play the training, and watch boundary, loss and ‖w‖ together."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.figures.curves import loss_curve, loss_curve_alt, norm_growth, norm_growth_alt
from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.figures.theme import theme_for
from logreg.training.config import TrainingConfig
from logreg.training.trajectory import Trajectory
from logreg.ui import laboratory
from logreg.ui.address import complain, link_problems
from logreg.ui.explorer import sentences
from logreg.ui.explorer.controls import CENTRED, FIELDS, NORM_WITH_BIAS, TrainingChoice, choose_source, choose_training
from logreg.ui.explorer.own_points import own_points, save_points
from logreg.ui.explorer.point_table import point_table
from logreg.ui.results import (
    LONG_RUN,
    Analysis,
    analyse,
    centred_dataset,
    dataset_key,
    is_unfinished,
    made_dataset,
    runs,
)
from logreg.ui.stage import Action, Edit, Figures, History, RunView, stage
from logreg.ui.stage.messages import Op


def explorer() -> None:
    complain(link_problems(st.query_params.to_dict(), (*FIELDS, *laboratory.FIELDS)))
    with st.sidebar:
        choose_points()
        centre = CENTRED.toggle()
        training = choose_training()
        with_bias = NORM_WITH_BIAS.toggle(disabled=not training.fit_bias)
    experiment(training, centre, "parameter_norm" if with_bias else "weight_norm")


@st.fragment
def experiment(training: TrainingChoice, centre: bool, quantity: str) -> None:
    """Show all that depends on the points: an edit of theirs runs this again, without the sidebar."""
    history, pinned = laboratory.history(), laboratory.pinned()
    try:
        dataset = centred_dataset(history.present) if centre else history.present
        config = training.config(dataset, pinned.start_for(history.preset, training.start) if pinned else None)
        analysis, trajectory = analyse(dataset, config.objective), runs().first(dataset, config)
    except ValueError as error:  # numbers that float64 cannot train on, as 1e200
        out_of_reach(error, history)
        return
    run = Run(trajectory, config, analysis, pinned.trajectory if pinned else None)
    with st.container(gap="xsmall"):
        st.markdown(sentences.verdict(dataset, config, analysis))
        play(run, history, quantity, actions(run, history.preset, training.start), centre)
        st.markdown(sentences.table(sentences.numbers(trajectory, laboratory.rest_step(trajectory, config), analysis)))
        said = [
            sentences.ending(trajectory, config.n_steps, run.goes_on),
            f"{sentences.start(config)} {sentences.learning_rate(trajectory, analysis)}",
            sentences.beside(run.pinned, trajectory) if run.pinned else "",
            sentences.centred(history.present) if centre else "",
        ]
        st.caption("  \n".join(sentence for sentence in said if sentence))
    point_table(history.present)
    save_points(history.present)


def out_of_reach(error: ValueError, history: History) -> None:
    """Say why there is no run, and lead back to points that have one."""
    st.error(str(error))
    ways: tuple[tuple[str, Op, bool], ...] = (
        ("Undo", "undo", history.can_undo),
        ("Back to the preset", "reset", history.is_edited),
    )
    for name, op, can in ways:
        st.button(name, on_click=laboratory.edit_points, args=(Edit(op),), disabled=not can)
    point_table(history.present)


@dataclass(frozen=True, eq=False)
class Run:
    """Hold the run on the screen, what was asked for, what is known before training, and the pinned run."""

    trajectory: Trajectory
    config: TrainingConfig
    analysis: Analysis
    pinned: Trajectory | None

    @property
    def key(self) -> tuple[str, TrainingConfig]:
        """What it is known by."""
        return dataset_key(self.trajectory.dataset), self.config

    @property
    def goes_on(self) -> bool:
        """Whether the rest follows behind the picture of the first steps; a long rest only follows a click."""
        if not is_unfinished(self.trajectory, self.config):
            return False
        return self.trajectory.last_step < LONG_RUN or laboratory.goes_on(self.key)

    @property
    def progress(self) -> str | None:
        """A sentence while the training goes on."""
        if not self.goes_on:
            return None
        return f"Training goes on: step {self.trajectory.last_step:,} of {self.config.n_steps:,}."


def actions(run: Run, preset: Dataset, start: str) -> tuple[Action, ...]:
    """Return the page's own buttons on the stage."""
    if run.pinned is None:
        kept = laboratory.Pinned(run.trajectory, preset, start)
        what = "Keeps its curves and its boundary, faint, beside the next run. A reload drops it."
        pin = Action("pin", "Pin this run", what, partial(laboratory.pin, kept), "editor")
    else:
        pin = Action("unpin", "Unpin", "Lets the pinned run go.", partial(laboratory.pin, None), "editor")
    if not is_unfinished(run.trajectory, run.config) or run.trajectory.last_step < LONG_RUN:
        return (pin,)
    if run.goes_on:
        return pin, Action("stop", "Stop", "Ends the training where it is.", partial(laboratory.go_on_with, None))
    name = f"Run all {run.config.n_steps:,} steps"
    return pin, Action("run_all", name, "Trains on, to the last step.", partial(laboratory.go_on_with, run.key))


def choose_points() -> None:
    """Draw the controls of the data, and put what they ask for on the screen where it is new."""
    source = choose_source()
    preset = own_points() if source is None else made_dataset(source)
    laboratory.set_preset(preset, source or dataset_key(preset))


def play(run: Run, history: History, quantity: str, buttons: tuple[Action, ...], centre: bool) -> None:
    """Show the stage: this run and the pinned one, with plane, norm and loss."""
    views = [RunView("this run", run.trajectory)] + ([RunView("pinned run", run.pinned)] if run.pinned else [])
    points_in_link, too_long = laboratory.link_of(history)
    stage(
        views,
        figures(run, quantity),
        key="stage",
        axis=laboratory.shown_axis(),
        step=laboratory.shown_step(run.config),
        scene=dataset_key(history.preset),
        editable=not centre,  # centred points are not the ones that an edit changes
        history=history,
        actions=buttons,
        more=(run.key, run.trajectory.last_step) if run.goes_on else None,
        on_more=partial(runs().go_on, run.trajectory.dataset, run.config),
        on_edit=laboratory.edit_points,
        on_rest=laboratory.note_rest,
        points_in_link=points_in_link,
        message=run.progress or laboratory.step_out_of_reach(run.trajectory, run.config) or too_long,
        theme=theme_for(st.context.theme.type),
    )


def figures(run: Run, quantity: str) -> Figures:
    theme = theme_for(st.context.theme.type)
    trajectory, analysis, pinned = run.trajectory, run.analysis, run.pinned
    dataset, last = trajectory.dataset, trajectory.last_step
    proof = {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    norm = {"optimum_norm": analysis.optimum_norm(quantity), "no_minimum": analysis.no_optimum, "quantity": quantity}
    norm |= {"is_unique": analysis.is_unique}
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


explorer()
