"""The kinds of controls a page has: each is one record that draws its widget and checks its value in a link.

The key of a field is what a link says (`?eta=0.5`). Streamlit drops a bad value from a link without a
word; `problem` finds it first, so that the page can say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Protocol

import streamlit as st


class Field(Protocol):
    """A control: its key in the link, its title, its widget, and what is wrong with a text from a link."""

    @property
    def key(self) -> str:
        """Name in the link and in the session."""

    @property
    def title(self) -> str:
        """Label on the screen."""

    def problem(self, text: str) -> str | None:
        """Say what a link may hold instead of `text`, or None where it is good."""


@dataclass(frozen=True)
class Choice:
    """One of some words: a menu, a row of buttons or a slider over them."""

    key: str
    title: str
    options: tuple[str, ...]
    default: str
    help: str | None = None

    def problem(self, text: str) -> str | None:
        """Say which words are known, or None where `text` is one of them."""
        if text in self.options:
            return None
        return f"one of {_listed(self.options)}"

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
    """Yes or no."""

    key: str
    title: str
    default: bool
    help: str | None = None

    def problem(self, text: str) -> str | None:
        """Return None where `text` is true or false."""
        return None if text in ("true", "false") else "true or false"

    def toggle(self, disabled: bool = False) -> bool:
        """Draw the switch; return its state."""
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
    step: float
    whole: bool = False
    help: str | None = None

    def problem(self, text: str) -> str | None:
        """Say the range, or None where `text` is a number in it."""
        kind = "a whole number" if self.whole else "a number"
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if isfinite(value) and self.minimum <= value <= self.maximum and not (self.whole and value % 1):
            return None
        low, high = (f"{int(v):,}" if v % 1 == 0 else f"{v:g}" for v in (self.minimum, self.maximum))
        return f"{kind} from {low} to {high}" if low != high else low

    def slider(self) -> float:
        """Draw a slider; return its value, held to the range whatever a browser sends."""
        cast = int if self.whole else float
        value = st.slider(
            self.title,
            cast(self.minimum),
            cast(self.maximum),
            cast(self.default),
            cast(self.step),
            key=self.key,
            help=self.help,
            bind="query-params",
        )
        return self._held(value)

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
        held = min(max(number, self.minimum), self.maximum)
        return int(held) if self.whole else float(held)


def _listed(options: Sequence[str], most: int = 15) -> str:
    if len(options) <= most:
        return ", ".join(options)
    return f"{options[0]}, {options[1]} … {options[-1]}"
