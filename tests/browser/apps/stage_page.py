"""The page of the scratch app: `?steps=1000`, `?n=200` and the like choose what it shows; see the `query` below."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import streamlit as st  # noqa: E402

from logreg.data.registry import make_dataset  # noqa: E402
from logreg.figures.one_run import loss_curve, norm_growth  # noqa: E402
from logreg.figures.plane import decision_boundary  # noqa: E402
from logreg.figures.theme import theme_for  # noqa: E402
from logreg.training.config import TrainingConfig  # noqa: E402
from logreg.training.objective import Objective  # noqa: E402
from logreg.training.trainer import train  # noqa: E402
from logreg.ui.stage import Editing, History, Pictures, Place, RunView, Show, decode_points, encode_points, stage  # noqa: E402

st.set_page_config(layout="wide")
query = st.query_params


@st.cache_resource
def run(X, y, steps, l2=0.0):
    from logreg.data.dataset import Dataset

    return train(Dataset(X, y, "points"), TrainingConfig(n_steps=steps, objective=Objective(l2=l2)))


def run_of(dataset, steps, l2=0.0):
    return run(tuple(map(tuple, dataset.X.tolist())), tuple(dataset.y.tolist()), steps, l2)


def start():
    if "pts" in query:
        try:
            return History(decode_points(query["pts"]), preset())
        except ValueError as error:
            st.session_state.note = str(error)
    return History(preset(), preset())


def preset():
    return make_dataset("overlapping_blobs", n_samples=int(query.get("n", 40)), seed=3)


if "history" not in st.session_state:
    st.session_state.history = start()
    st.session_state.linked_step = int(query["step"]) if query.get("step", "").isdigit() else None


def on_edit(edit):
    st.session_state.asked = edit
    if "click" in query:
        return "That one already." if edit.index == 0 else None
    st.session_state.history = st.session_state.history.apply(edit)


def on_rest(rest):
    st.session_state.rest = rest


steps = st.select_slider("Steps", [10, 1000, 10000, 100000], int(query.get("steps", 1000)), key="n_steps")
other = st.checkbox("Something else", key="other")
upper = st.container()
history = st.session_state.history
theme = theme_for(st.context.theme.type)
pair, pin = "pair" in query, "pin" in query
first = run_of(history.present, steps)
runs = [RunView("this run", first)]
if pair or pin:
    runs.append(RunView("λ = 0.01", run_of(history.present if pair else preset(), int(query.get("pin", steps)), 0.01)))
pinned = runs[1].trajectory if pin else None
pictures = Pictures(
    planes=tuple(
        decision_boundary(r.trajectory.dataset, r.trajectory.model, theme=theme) for r in (runs if pair else runs[:1])
    ),
    curves=(
        loss_curve(first, pinned=runs[1].trajectory if len(runs) > 1 else None, theme=theme),
        norm_growth(first, pinned=runs[1].trajectory if len(runs) > 1 else None, theme=theme),
    ),
)
plane = 1 if "click" in query else None if "fixed" in query else 0
show = Show(
    pictures=pictures,
    runs=tuple(runs),
    layout=query["pair"] if pair else "explorer",
    caption="Step {0.step}: {0.norm}[, +{0.gain}]\nB {1.norm}[, {1.short} % short]" if pair else "",
    targets=(None, float(np.linalg.norm(runs[1].trajectory.weights[-1]))) if pair else (),
    theme=theme,
)
stage(
    show,
    key="lab",
    place=Place(
        st.session_state.linked_step,
        "linear" if query.get("axis") == "linear" else "log",
        scene=f"blobs {query.get('n', 40)}",
    ),
    editing=Editing(on_edit, plane, query.get("click", "edit"), history),
    points_in_link=encode_points(history.present) if history.is_edited and len(history.present.y) < 500 else None,
    on_rest=on_rest,
    message=st.session_state.get("note"),
)
st.caption(f"points {len(history.present.y)} ones {int(history.present.y.sum())} rest {st.session_state.get('rest')}")
if query.get("twice") == "1" or ("twice" in query and other):
    if "second" not in st.session_state:
        st.session_state.second = History(preset(), preset())

    def on_second_edit(edit):
        st.session_state.second = st.session_state.second.apply(edit)

    second = run_of(st.session_state.second.present, 100)
    plane = decision_boundary(second.dataset, second.model, theme=theme)
    with upper if query["twice"] == "above" else st.container():
        stage(
            Show(
                pictures=Pictures((plane,), (loss_curve(second),)),
                runs=(RunView("second run", second),),
                layout="explorer",
                theme=theme,
            ),
            key="second_lab",
            editing=Editing(on_second_edit, history=st.session_state.second),
            link=False,
        )
if asked := st.session_state.get("asked"):
    st.text(f"asked for {asked.op} of {asked.index}")
