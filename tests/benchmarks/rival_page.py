"""The stage's rival: the same run in three `st.plotly_chart`, a button that flips a label, and no component."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from logreg.data.registry import make_dataset  # noqa: E402
from logreg.figures.one_run import loss_curve, norm_growth  # noqa: E402
from logreg.figures.plane import decision_boundary  # noqa: E402
from logreg.training.config import TrainingConfig  # noqa: E402
from logreg.training.trainer import train  # noqa: E402
from logreg.ui.stage import Edit, apply_edit  # noqa: E402

st.set_page_config(layout="wide")
if "points" not in st.session_state:
    st.session_state.points = make_dataset("overlapping_blobs", n_samples=200, seed=3)
    st.session_state.flips = 0


def flip():
    st.session_state.points = apply_edit(st.session_state.points, Edit("flip", index=st.session_state.flips))
    st.session_state.flips += 1


st.button("Flip", on_click=flip)
run = train(st.session_state.points, TrainingConfig(n_steps=1000))
pictures = [
    decision_boundary(run.dataset, run.model),
    loss_curve(run),
    norm_growth(run),
]
for place, picture in zip(st.columns(3), pictures, strict=True):
    picture.figure.update_layout(title_text=f"after {st.session_state.flips} flips")
    place.plotly_chart(picture.figure)
