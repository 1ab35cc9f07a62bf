"""Explorer: choose points, read the verdict, train step by step, and watch boundary, loss and ‖w‖ together."""

import streamlit as st

from logreg.dataset import Dataset
from logreg.figures.curves import loss_curve, loss_curve_alt, norm_growth, norm_growth_alt
from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.figures.theme import Theme, theme_for
from logreg.trainer import TrainingConfig
from logreg.trajectory import Trajectory
from logreg.ui import sentences
from logreg.ui.chart import chart
from logreg.ui.controls import AXIS, CENTRED, FIELDS, NORM_WITH_BIAS, choose_source, choose_training
from logreg.ui.links import link_problems
from logreg.ui.own_points import own_points, save_points
from logreg.ui.results import Analysis, analyse, centred_dataset, made_dataset, runs
from logreg.ui.steps import STEP, choose_step

PLANE_HEIGHT, CURVE_HEIGHT = 460, 222


def explorer() -> None:
    if problem := link_problems(st.query_params.to_dict(), (*FIELDS, STEP)):
        st.toast(problem, icon=":material/link_off:", duration=20)
    with st.sidebar:
        dataset = choose_points()
        training = choose_training()
        config = training.config(dataset)
        try:
            analysis, trajectory = analyse(dataset, config), runs().run(dataset, config)
        except ValueError as error:  # numbers that float64 cannot train on, as 1e200
            st.error(str(error))
            st.stop()
        st.caption(sentences.learning_rate(trajectory, analysis))
        st.caption(sentences.start(config))
        save_points(dataset)
    with st.container(gap="xsmall"):
        st.markdown(sentences.verdict(dataset, config, analysis))
        stage(trajectory, analysis)
        st.caption(sentences.ending(trajectory, config.n_steps))
    if trajectory.last_step == trajectory.config.n_steps < config.n_steps:
        offer_the_rest(dataset, config, trajectory.last_step)


def choose_points() -> Dataset:
    source = choose_source()
    dataset = own_points() if source is None else made_dataset(source)
    return centred_dataset(dataset) if CENTRED.toggle() else dataset


@st.fragment
def stage(trajectory: Trajectory, analysis: Analysis) -> None:
    """Draw the three figures at one step, the numbers of that step, and the transport under them."""
    left, right = st.columns([560, 480], gap="small")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        step = choose_step(trajectory)
        axis = AXIS.buttons(show_title=False)
        with_bias = NORM_WITH_BIAS.toggle(disabled=not trajectory.config.fit_bias)
    with left:
        draw_plane(trajectory, step, analysis)
    with right:
        draw_norm(trajectory, step, analysis, axis, "parameter_norm" if with_bias else "weight_norm")
        draw_loss(trajectory, step, analysis, axis)
    show_numbers(sentences.numbers(trajectory, step, analysis))


def draw_plane(trajectory: Trajectory, step: int, analysis: Analysis) -> None:
    dataset, model = trajectory.dataset, trajectory.model_at(step)
    proof = {"separability": analysis.separability, "max_margin": analysis.proof_margin}
    figure = decision_boundary(dataset, model, **proof, theme=theme())
    chart(figure, key="plane", height=PLANE_HEIGHT, alt=decision_boundary_alt(dataset, model, **proof))


def draw_norm(trajectory: Trajectory, step: int, analysis: Analysis, axis: str, quantity: str) -> None:
    target = {"optimum_norm": analysis.optimum_norm(quantity), "no_minimum": analysis.no_optimum, "quantity": quantity}
    figure = norm_growth(trajectory, step, axis=axis, **target, theme=theme())
    chart(figure, key="norm", height=CURVE_HEIGHT, alt=norm_growth_alt(trajectory, step, **target))


def draw_loss(trajectory: Trajectory, step: int, analysis: Analysis, axis: str) -> None:
    target = {"optimum_loss": analysis.optimum_loss, "no_minimum": analysis.no_optimum}
    figure = loss_curve(trajectory, step, axis=axis, **target, theme=theme())
    chart(figure, key="loss", height=CURVE_HEIGHT, alt=loss_curve_alt(trajectory, step, **target))


def show_numbers(values: dict[str, str]) -> None:
    cells = st.columns([2 if name == "w" else 1 for name in values], gap="small")
    for cell, (name, value) in zip(cells, values.items(), strict=True):
        cell.markdown(f":small[:gray[{name}]]  \n{value}")


def theme() -> Theme:
    return theme_for(st.context.theme.type)


def offer_the_rest(dataset: Dataset, config: TrainingConfig, done: int) -> None:
    if st.button(f"Run all {config.n_steps:,} steps", key="run_all", type="primary"):
        bar = st.progress(done / config.n_steps, "A long run waits until no other is under way.")
        runs().run_all(
            dataset, config, lambda step: bar.progress(step / config.n_steps, f"Step {step:,} of {config.n_steps:,}")
        )
        st.rerun()


explorer()
