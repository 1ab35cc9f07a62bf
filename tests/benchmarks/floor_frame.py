"""The floor of a moved slider: the frame and the explorer's own widgets and texts, with a stage of constant bytes.

What it leaves out is everything that depends on the slider: data, verdict, training, figures, payload.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from logreg.data.registry import make_dataset  # noqa: E402
from logreg.ui import address, laboratory  # noqa: E402
from logreg.ui.explorer.controls import CENTRED, FIELDS, NORM_WITH_BIAS, choose_source, choose_training  # noqa: E402
from logreg.ui.explorer.own_points import save_points  # noqa: E402
from logreg.ui.explorer.point_table import point_table  # noqa: E402
from logreg.ui.heading import heading  # noqa: E402
from logreg.ui.legible import choose_size, projector_key  # noqa: E402
from logreg.ui.projector import enlarge  # noqa: E402
from logreg.ui.stage.player import _component  # noqa: E402

SENT = bytes(60_000)
POINTS = make_dataset("separable_blobs")
TABLE = "| step | w | b |\n| --- | --- | --- |\n| 1 | 2 | 3 |"

st.set_page_config(layout="wide", page_icon="📈", initial_sidebar_state=260)


def page():
    address.look((*FIELDS, *laboratory.FIELDS))
    with st.sidebar:
        choose_source()
        CENTRED.toggle()
        training = choose_training()
        NORM_WITH_BIAS.toggle(disabled=not training.fit_bias)
        choose_size()
    shown()


@st.fragment
def shown():
    with st.container(gap="xsmall"):
        with st.container(gap="xxsmall", key="verdict"):
            st.markdown(heading("Explorer", "A sentence."))
            st.markdown("**Separable.** A sentence.")
        _component(key="stage", data=SENT)
        st.markdown(TABLE)
        st.caption("Another sentence.")
    point_table(POINTS)
    save_points(POINTS)


floor = st.navigation([st.Page(page, title="Floor", default=True)], position="top")
st.html("<style></style>")
enlarge()
projector_key()
floor.run()
