"""What `streamlit run app.py` starts: one server around the frame script `logreg/ui/frame.py`."""

import streamlit as st
from starlette.middleware import Middleware

from logreg.ui.files.assets import early, routes
from logreg.ui.files.static import Early, FilesFromMemory
from logreg.ui.hosts import KnownHosts
from logreg.ui.lesson.sheet import sheet_routes
from logreg.ui.paths import KnownPaths
from logreg.ui.server import make_room_for_a_hall, show_error_sentence, warm_up
from logreg.ui.visitor import NamedBrowsers

make_room_for_a_hall()
app = st.App(
    "logreg/ui/frame.py",
    lifespan=warm_up,
    routes=[*routes(), *sheet_routes()],
    middleware=[
        Middleware(KnownHosts),
        Middleware(FilesFromMemory),
        Middleware(KnownPaths),
        Middleware(NamedBrowsers),
        Middleware(Early, links=early()),
    ],
    on_script_error=show_error_sentence,
)
