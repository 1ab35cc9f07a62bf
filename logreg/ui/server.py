"""What the server does around the pages: warm up once, and turn an error into one sentence."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

_log = logging.getLogger("logreg")


@asynccontextmanager
async def warm_up(app: st.App) -> AsyncIterator[None]:
    """Import what the first page draws with, so that its first visitor does not wait for it.

    The garbage collector then leaves these long-lived modules alone (`gc.freeze`): each of its full
    passes over them would stop every visitor's run.

    Parameters
    ----------
    app : streamlit.App
        The application that starts.
    """
    import plotly.graph_objects

    plotly.graph_objects.Figure()  # builds Plotly's validators once
    gc.collect()
    gc.freeze()
    yield


def show_error_sentence(error: Exception) -> bool:
    """Show one sentence in place of a traceback, and log the error whole.

    Parameters
    ----------
    error : Exception
        What a page did not catch.

    Returns
    -------
    bool
        True: the error has been shown.
    """
    _log.error("A page failed.", exc_info=error)
    st.error(
        "Something went wrong on this page; the error is in the server's log. "
        "Reload the page, or open it without the settings in its address.",
        icon=":material/error:",
    )
    return True
