"""Explorer: choose points, read the verdict, train step by step, and watch boundary, loss and ‖w‖ together."""

import streamlit as st
from logreg.figures.curves import loss_curve, loss_curve_alt, norm_growth, norm_growth_alt
from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.figures.theme import theme_for
from logreg.ui.chart import chart

from logreg.dataset import Dataset
from logreg.trainer import TrainingConfig
from logreg.trajectory import Trajectory
from logreg.ui import sentences
from logreg.ui.controls import AXIS, CENTRED, FIELDS, NORM_WITH_BIAS, choose_source, choose_training
from logreg.ui.links import link_problems
from logreg.ui.own_points import own_points, save_points
from logreg.ui.results import Analysis, analyse, centred_dataset, made_dataset, runs
from logreg.ui.steps import STEP, choose_step

PLANE_HEIGHT, CURVE_HEIGHT = 460, 228


def explorer() -> None:
    if problem := link_problems(st.query_params.to_dict(), (*FIELDS, STEP)):
        st.toast(problem, icon=":material/link_off:", duration="infinite")
    with st.sidebar:
        dataset = choose_points()
        training = choose_training()
    config = training.config(dataset)
    analysis = analyse(dataset, config)
    trajectory = runs().run(dataset, config)
    with st.sidebar:
        st.caption(sentences.learning_rate(trajectory, analysis))
        st.caption(sentences.start(config))
    st.markdown(sentences.verdict(dataset, config, analysis))
    if trajectory.config.n_steps < config.n_steps and trajectory.last_step == trajectory.config.n_steps:
        offer_the_rest(dataset, trajectory, config)
    stage(dataset, trajectory, analysis, config.n_steps)


def choose_points() -> Dataset:
    source = choose_source()
    dataset = own_points() if source is None else made_dataset(source)
    centre = CENTRED.toggle()
    dataset = centred_dataset(dataset) if centre else dataset
    save_points(dataset)
    return dataset


def offer_the_rest(dataset: Dataset, trajectory: Trajectory, config: TrainingConfig) -> None:
    if st.button(f"Run all {config.n_steps:,} steps", key="run_all", type="primary"):
        bar = st.progress(trajectory.last_step / config.n_steps, "A long run waits until no other is under way.")
        runs().run_all(
            dataset, config, lambda step: bar.progress(step / config.n_steps, f"Step {step:,} of {config.n_steps:,}")
        )
        st.rerun()


@st.fragment
def stage(dataset: Dataset, trajectory: Trajectory, analysis: Analysis, wanted: int) -> None:
    theme = theme_for(st.context.theme.type or "light")
    left, right = st.columns([560, 480], gap="small")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        step = choose_step(trajectory)
        axis = AXIS.buttons()
        with_bias = NORM_WITH_BIAS.toggle(disabled=not trajectory.config.fit_bias)
    quantity = "parameter_norm" if with_bias else "weight_norm"
    model = trajectory.model_at(step)
    with left:
        chart(
            decision_boundary(
                dataset, model, separability=analysis.separability, max_margin=analysis.proof_margin, theme=theme
            ),
            key="plane",
            height=PLANE_HEIGHT,
            alt=decision_boundary_alt(dataset, model, analysis.separability),
        )
    with right:
        norm = analysis.optimum_norm(quantity)
        chart(
            norm_growth(
                trajectory,
                step,
                axis=axis,
                optimum_norm=norm,
                no_minimum=analysis.no_optimum,
                quantity=quantity,
                theme=theme,
            ),
            key="norm",
            height=CURVE_HEIGHT,
            alt=norm_growth_alt(trajectory, step, optimum_norm=norm, quantity=quantity),
        )
        chart(
            loss_curve(
                trajectory,
                step,
                axis=axis,
                optimum_loss=analysis.optimum_loss,
                no_minimum=analysis.no_optimum,
                theme=theme,
            ),
            key="loss",
            height=CURVE_HEIGHT,
            alt=loss_curve_alt(trajectory, step, optimum_loss=analysis.optimum_loss),
        )
    st.markdown(
        " · ".join(f"{name} = {value}" for name, value in sentences.numbers(trajectory, step, analysis).items())
    )
    st.caption(sentences.ending(trajectory, wanted))


explorer()
