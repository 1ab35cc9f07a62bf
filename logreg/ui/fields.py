"""The kinds of settings a page has: each is one record that reads its value in a link and draws its widget.

The key of a field is what a link says (`?eta=0.5`). A widget that is bound to the address reads it by rules of
Streamlit's own; `logreg.ui.address` takes out what a field cannot use before any widget sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Protocol, TypeVar

import streamlit as st

Value = TypeVar("Value", covariant=True)

_BOOLEANS = {"true": True, "false": False}
_WORDS = _BOOLEANS | {"1": True, "yes": True, "0": False, "no": False}
_MOST_LISTED = 15


class Field(Protocol[Value]):
    """A setting: its key in the link, what holds where the link is silent, and what a text in a link means."""

    @property
    def key(self) -> str:
        """Name in the link and in the session."""

    @property
    def default(self) -> Value:
        """What holds where a link does not say it."""

    def read(self, text: str) -> Value:
        """Return the value that a link's text stands for, or raise a ValueError that says what it may be."""


@dataclass(frozen=True)
class Choice:
    """One of some words: a menu, a row of buttons or a slider over them."""

    key: str
    title: str
    options: tuple[str, ...]
    default: str
    help: str | None = None

    def read(self, text: str) -> str:
        """Return the word, or of numbers the one that is meant (1e-4 is 0.0001); a ValueError says which there are."""
        if text in self.options:
            return text
        if (number := _number(text)) is not None and number in (known := _numbers(self.options)):
            return known[number]
        raise ValueError(f"one of {_listed(self.options)}{_beside(text, self.options)}")

    def menu(self) -> str:
        """Draw a menu; return the word chosen."""
        index = self.options.index(self.default)
        return str(st.selectbox(self.title, self.options, index, key=self.key, help=self.help, bind="query-params"))

    def buttons(self) -> str:
        """Draw a row of buttons; return the word chosen."""
        chosen = st.segmented_control(
            self.title,
            self.options,
            default=self.default,
            required=True,
            key=self.key,
            help=self.help,
            bind="query-params",
        )
        return str(chosen or self.default)

    def slider(self) -> str:
        """Draw a slider over the words; return the word chosen."""
        return str(
            st.select_slider(self.title, self.options, self.default, key=self.key, help=self.help, bind="query-params")
        )


@dataclass(frozen=True)
class Switch:
    """Yes or no; where no widget is bound to it, a link may also say 1 or 0."""

    key: str
    title: str
    default: bool = False
    help: str | None = None
    bound: bool = False

    def read(self, text: str) -> bool:
        """Return what the word says, or raise a ValueError."""
        known = _BOOLEANS if self.bound else _WORDS
        if text.lower() not in known:
            raise ValueError("true or false" if self.bound else "1 or 0, yes or no, true or false")
        return known[text.lower()]

    def toggle(self, disabled: bool = False) -> bool:
        """Draw the switch, bound to the address; return its state."""
        return bool(
            st.toggle(self.title, self.default, key=self.key, help=self.help, disabled=disabled, bind="query-params")
        )


@dataclass(frozen=True)
class Number:
    """A number within a range; whole numbers only where `whole` is set."""

    key: str
    title: str
    minimum: float
    maximum: float
    default: float
    step: float = 1
    whole: bool = False
    help: str | None = None

    def read(self, text: str) -> float:
        """Return the number, or raise a ValueError that says the range."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not (isfinite(value) and self.minimum <= value <= self.maximum) or (self.whole and value % 1):
            raise ValueError(self._range())
        return self._typed(value)

    def slider(self) -> float:
        """Draw a slider; return its value, held to the range whatever a browser sends."""
        low, high, first, step = (self._typed(v) for v in (self.minimum, self.maximum, self.default, self.step))
        return self._held(
            st.slider(self.title, low, high, first, step, key=self.key, help=self.help, bind="query-params")
        )

    def box(self) -> float:
        """Draw a field to type the number into; return its value.

        It is a field of floats also for whole numbers: bounds of type int let `inf` in a link end the page.
        """
        value = st.number_input(
            self.title,
            float(self.minimum),
            float(self.maximum),
            float(self.default),
            step=float(self.step),
            format="%.0f" if self.whole else "%g",
            key=self.key,
            help=self.help,
            bind="query-params",
        )
        return self._held(value)

    def _held(self, value: float | None) -> float:
        number = self.default if value is None or not isfinite(value) else value
        return self._typed(min(max(number, self.minimum), self.maximum))

    def _typed(self, value: float) -> float:
        """Return an int for a field of whole numbers; else a float, and never −0.0, which NumPy tells from 0."""
        return int(value) if self.whole else float(value) + 0.0

    def _range(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        low, high = (f"{int(v):,}" if v % 1 == 0 else f"{v:g}" for v in (self.minimum, self.maximum))
        return f"{kind} from {low} to {high}" if low != high else low


def _beside(text: str, options: Sequence[str]) -> str:
    """Say between which two numbers of a slider a number lies."""
    known, wanted = _numbers(options), _number(text)
    if wanted is None or len(options) <= _MOST_LISTED:
        return ""
    below, above = [n for n in known if n < wanted], [n for n in known if n > wanted]
    return f" (beside it {known[max(below)]} and {known[min(above)]})" if below and above else ""


def _numbers(options: Sequence[str]) -> dict[float, str]:
    return {number: option for option in options if (number := _number(option)) is not None}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _listed(options: Sequence[str]) -> str:
    if len(options) <= _MOST_LISTED:
        return ", ".join(options)
    return f"{options[0]}, {options[1]} … {options[-1]}"
