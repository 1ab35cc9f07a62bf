"""What a link said: read before the widgets drop what they cannot use, so that the page can say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from logreg.ui.fields import Field
from logreg.ui.projector import LECTURE

_LONGEST_QUOTE, _SAID = 24, "links_said"
_NOT_OURS = ("embed", "embed_options", "utm_", "fbclid", "gclid")


def link_problems(parameters: Mapping[str, str], fields: Iterable[Field]) -> str | None:
    """Say in one sentence what in a link was not used.

    Parameters
    ----------
    parameters : mapping
        The raw parameters of the address.
    fields : iterable of Field
        Every control that a link may set.

    Returns
    -------
    str or None
        One sentence that names each bad value and what it may be, or None for a good link.
    """
    known = {field.key: field for field in (*fields, LECTURE)}
    faults = []
    for key, text in parameters.items():
        field = known.get(key)
        if field is None:
            if not key.startswith(_NOT_OURS):
                faults.append(f"there is no setting “{_quoted(key)}”")
        elif (expected := field.problem(text)) is not None:
            faults.append(f"“{key}” must be {expected}, not “{_quoted(text)}”")
    if not faults:
        return None
    return f"Not all of the link was used: {'; '.join(faults)}. Defaults stand in."


def complain(problem: str | None) -> None:
    """Say once what in an address was not used."""
    if problem and problem != st.session_state.get(_SAID):
        st.toast(problem, icon=":material/link_off:", duration=20)
    st.session_state[_SAID] = problem


def _quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() else "·" for c in text[:_LONGEST_QUOTE])
    for mark in "\\`*_[]$<>:#~":
        shown = shown.replace(mark, "\\" + mark)
    return shown + ("…" if len(text) > _LONGEST_QUOTE else "")
