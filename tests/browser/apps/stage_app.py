"""A small app around one stage, or a pair, for the browser tests."""

from pathlib import Path

import streamlit as st

from logreg.ui.files.assets import routes

app = st.App(str(Path(__file__).with_name("stage_page.py")), routes=routes())
