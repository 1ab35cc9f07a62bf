"""What `streamlit run app.py` starts: one server around the frame script `logreg/ui/frame.py`."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from logreg.ui.hosts import KnownHosts
from logreg.ui.server import show_error_sentence, warm_up
from logreg.ui.stage.assets import routes

app = st.App(
    "logreg/ui/frame.py",
    lifespan=warm_up,
    routes=routes(),
    middleware=[Middleware(KnownHosts), Middleware(GZipMiddleware, minimum_size=1024, compresslevel=3)],
    on_script_error=show_error_sentence,
)
