"""What the server does around the pages: warm up once, and turn an error into one sentence."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit.runtime import memory_session_storage

MOST_AWAY = 1000
"""So many visitors may be away at once, their Wi-Fi lost, and find their page as they left it."""

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


class RoomForAHall(memory_session_storage.MemorySessionStorage):
    """Keep a lecture hall that has lost its Wi-Fi, where Streamlit keeps 128 visitors.

    Parameters
    ----------
    maxsize : int
        How many are kept; who has been away for longest goes first.
    ttl_seconds : int
        How long: Streamlit gives its `server.disconnectedSessionTTL`.
    """

    def __init__(self, maxsize: int = MOST_AWAY, ttl_seconds: int = 120) -> None:
        super().__init__(maxsize, ttl_seconds)


def make_room_for_a_hall() -> None:
    """Let every server of this process, made from now on, keep `MOST_AWAY` visitors who are away.

    No option of Streamlit says how many (1.67), so its storage is replaced by one of ours where it looks for it; a test
    holds that it still does.
    """
    memory_session_storage.MemorySessionStorage = RoomForAHall  # type: ignore[misc]


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
