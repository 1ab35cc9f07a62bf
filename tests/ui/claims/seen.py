"""A scene as its reader sees it, and the plain mathematics that its sentences are held against."""

from dataclasses import dataclass
from functools import cached_property
from math import floor, log10
from typing import Any

import numpy as np

from tests.benchmarks.screen_text import pattern, read
from tests.benchmarks.second_hand import Points
from tests.ui.lessons import asked
from tests.ui.states import filled, rows_of

EARLY = 60
"""Steps of a run that are done again by plain loops."""


@dataclass(frozen=True, eq=False)
class Seen:
    """Hold a view of a scene of some points, as a page builds it."""

    lesson: Any
    number: int
    view: int
    dataset: Any
    said: Any = ()

    @property
    def scene(self):
        return self.lesson.scenes[self.number - 1]

    @cached_property
    def screen(self):
        return asked(self.lesson, self.dataset, view=self.view, **dict(self.said))

    @cached_property
    def built(self):
        return self.scene.build(self.screen)

    @property
    def dial(self):
        return self.built.show.timeline

    @cached_property
    def rows(self):
        """Label-signed samples s·x."""
        return (2.0 * self.dataset.y - 1.0)[:, None] * self.dataset.X

    @cached_property
    def lifted(self):
        """Label-signed samples s·(x, 1)."""
        return (2.0 * self.dataset.y - 1.0)[:, None] * np.column_stack([self.dataset.X, np.ones(len(self.dataset.X))])

    @cached_property
    def because(self):
        return self.scene.question.because(self.screen)

    @property
    def answer(self):
        """The right answer; None where nothing decides it."""
        right = self.scene.question.right(self.screen)
        return None if right is None else self.scene.question.options[right]

    def kind(self, fit_bias=False):
        return self.points(fit_bias).kind

    def points(self, fit_bias=False):
        X = self.dataset.X
        X = X if X.shape[1] > 1 else np.column_stack([X, np.zeros(len(X))])  # a feature that is 0 decides nothing
        return Points(X.tolist(), self.dataset.y.tolist(), fit_bias)

    def captions(self, until=None):
        """Yield the row, the dial's value and the sentence there: of a run the steps up to one, else some places."""
        columns = {self.dial.name: self.dial.values, **self.dial.columns, **self.dial.words}
        rows = rows_of(columns) if until is None else np.flatnonzero(self.dial.values <= until)
        for row in rows:
            yield int(row), float(self.dial.values[row]), filled(self.built.show.caption, columns, row)

    def line(self, template, number=0):
        """Return the parts of a smaller sentence that its template leaves open."""
        return take(template, self.built.lines[number])


def take(template, text):
    """Return what a sentence says at the open places of a template, which must be all of it."""
    match = pattern(template).fullmatch(text)
    assert match is not None, f"{text!r} is not {template!r}"
    return match.groups()


def near(text, value, least=0.0, rel=1e-7):
    """Say whether a number on the screen is this one, rounded; `least` is what rounding leaves of 0."""
    said, half = read(text)
    unit = 10.0 ** (floor(log10(abs(value))) - 3) / 2 if value and abs(value) > 1e-300 else 0.0
    return abs(float(said) - value) <= 1.001 * max(float(half), unit) + least + rel * abs(value)


def is_vector(text, values, least=0.0):
    """Say whether a vector on the screen is this one; semicolons part numbers that have commas."""
    parts = text.strip("()").split("; " if ";" in text else ", ")
    return all(near(part, value, least) for part, value in zip(parts, values, strict=True))


# ── mathematics ─────────────────────────────────────────────────────────────────────────────────────────────────────


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


def losses(margins):
    return np.maximum(-margins, 0.0) + np.log1p(np.exp(-np.abs(margins)))


def pulls(rows, w):
    """Return each sample's pull σ(−m)·a/n."""
    return sigmoid(-(rows @ w))[:, None] * rows / len(rows)


def descend(rows, eta, n_steps, start=None, decay=0.0):
    """Return w after 0, 1, … steps of the mean cross-entropy, with λ a number or one a weight."""
    path = [np.zeros(rows.shape[1]) if start is None else np.array(start, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] + eta * (pulls(rows, path[-1]).sum(axis=0) - decay * path[-1]))
    return np.array(path)


def curvature(rows, w=None):
    """Return λmax of the Hessian at w; without a w the bound L, which holds everywhere."""
    share = np.full(len(rows), 0.25) if w is None else sigmoid(rows @ w) * sigmoid(-(rows @ w))
    return float(np.linalg.eigvalsh((rows.T * share) @ rows)[-1]) / len(rows)


def floats(vector):
    return np.array([float(x) for x in vector])
