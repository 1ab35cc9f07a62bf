"""A formula whose numbers can be dragged, typed or stepped by the arrow keys, where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from logreg.ui.fields import Number
from logreg.ui.stage.session import has_answered, last_answered, session_name

_PLACE = re.compile(r"\{(\w+)\}")
_CSS = """
.formula {
  color: var(--st-text-color);
  font: 600 1.5rem / 1.4 var(--st-font);
  text-align: right;
  white-space: nowrap;
}
input {
  box-sizing: content-box;
  appearance: textfield;
  padding: 0;
  border: 0;
  border-bottom: 2px dotted var(--st-primary-color);
  background: none;
  color: inherit;
  font: inherit;
  font-variant-numeric: tabular-nums;
  text-align: center;
  cursor: ew-resize;
  touch-action: pan-y;
}
input::-webkit-inner-spin-button {
  appearance: none;
}
input:focus-visible {
  outline: 2px solid var(--st-primary-color);
}
.place {
  position: relative;
}
.said:not(:empty) {
  position: absolute;
  z-index: 2;
  right: 0;
  bottom: 100%;
  width: max-content;
  max-width: min(32rem, 90vw);
  margin: 0;
  padding: 4px 8px;
  border: 1px solid var(--st-border-color);
  border-radius: 4px;
  background: var(--st-secondary-background-color);
  color: var(--st-text-color);
  font: 400 1rem / 1.4 var(--st-font);
}
"""
_component = st.components.v2.component(
    "logreg_formula",
    html='<div class="place"><div class="formula"></div><p class="said" role="status"></p></div>',
    css=_CSS,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def keys_of(template: str) -> tuple[str, ...]:
    """Return the keys of the numbers in a formula.

    Examples
    --------
    >>> keys_of("f(x) = {w}·x + {b}")
    ('w', 'b')
    """
    return tuple(_PLACE.findall(template))


def formula(template: str, now: Mapping[Number, float], *, key: str, on_change: Callable[[str, float], None]) -> None:
    """Draw a formula.

    Parameters
    ----------
    template : str
        As "f(x) = {w}·x + {b}", with the keys of the numbers.
    now : mapping of Number to float
        Every one of them, with its value.
    key : str
        Unique on the page.
    on_change : callable
        Called with a number's key and its new value, before the page runs again. What a browser sends that is no value
        of the number changes nothing.

    Raises
    ------
    KeyError
        If the template names a number that is not there.
    """
    fields = {field.key: (field, value) for field, value in now.items()}

    def told() -> None:
        said = getattr(st.session_state.get(key), "number", None)
        if not isinstance(said, Mapping):
            return
        has_answered(key, said["id"] if isinstance(said.get("id"), int) else 0)
        field = fields.get(str(said.get("key")))
        try:
            value = None if field is None else field[0].read(str(said.get("value")))
        except ValueError:
            return
        if field is not None and value is not None:
            on_change(field[0].key, value)

    texts = enumerate(_PLACE.split(template))  # every second one is a key
    parts = [_part(*fields[text]) if at % 2 else text for at, text in texts]
    _component(
        key=key,
        data={"parts": parts, "answered": last_answered(key), "session": session_name()},
        on_number_change=told,
    )


def _part(field: Number, value: float) -> dict[str, Any]:
    ends = {"minimum": field.minimum, "maximum": field.maximum, "step": field.step}
    return {"key": field.key, "title": field.title, "value": value, **ends}
