"""The laboratory's controls: widgets in, frozen values out. Every one is a record that links are checked against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.knobs import N_SAMPLES, SEED, Knob
from logreg.data.registry import DATASETS, DatasetSpec
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.ui.address import Said, text_of
from logreg.ui.fields import Choice, Field, Number, Switch
from logreg.ui.results import Source

OWN_POINTS = "Your own points (CSV)"
AUTO: Literal["auto"] = "auto"

_SPECS = {spec.title: spec for spec in DATASETS.values()}
_ALWAYS_SHOWN = 2  # knobs of a data set above the "more" line


def _decade_grid(first: int, last: int, mantissas: tuple[float, ...]) -> tuple[str, ...]:
    numbers = [m * 10.0**k for k in range(first, last) for m in mantissas] + [10.0**last]
    return tuple(f"{number:.10g}" for number in numbers)


_FINE = (1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2)

DATA = Choice("data", "Data set", (*_SPECS, OWN_POINTS), next(iter(_SPECS)))
CENTRED = Switch("centred", "Centre the points", False, "Subtracts each feature's mean before all else.", bound=True)
LEARNING_RATE = Choice(
    "eta",
    "Learning rate η",
    (AUTO, *_decade_grid(-4, 4, _FINE)),
    AUTO,
    "Step length on the mean loss, on a log scale. “auto” is 1/L, with which the loss falls at every step.",
)
STEPS = Choice("steps", "Steps", _decade_grid(0, 6, (1, 2, 5)), "1000", "How many steps gradient descent takes.")
L2 = Choice(
    "l2",
    "L2 penalty λ",
    ("0", *_decade_grid(-8, 1, (1, 3))),
    "0",
    "Adds λ/2·‖w‖² to the mean loss. At 0 nothing is added.",
)
FIT_BIAS = Switch("bias", "Fit a bias b", True, "Without it every boundary passes through the origin.", bound=True)
PENALISE_BIAS = Switch("penalise", "Penalise b too", False, "Adds λ/2·b² as well.", bound=True)
BADLY_WRONG = "badly wrong"
START = Choice("start", "Start", ("zero", BADLY_WRONG, "typed"), "zero", "Where w and b begin.")
START_BOXES = tuple(
    Number(key, title, -1000.0, 1000.0, 0.0, 0.5) for key, title in (("w1", "w₁"), ("w2", "w₂"), ("b0", "b"))
)
NORM_WITH_BIAS = Switch("norm_with_bias", "Count b in the norm", False, "Draws ‖(w, b)‖ in place of ‖w‖.", bound=True)


def _field(spec: DatasetSpec, knob: Knob) -> Number:
    title = f"{knob.title} ({knob.unit})" if knob.unit else knob.title
    key = f"{spec.name}_{knob.name}"
    return Number(key, title, knob.minimum, knob.maximum, knob.default, knob.step, knob.integer, knob.help or None)


_SIZE = Number("n", "Points", N_SAMPLES.minimum, N_SAMPLES.maximum, N_SAMPLES.default, 1, True, N_SAMPLES.help)
_SEED = Number("seed", "Seed", 0, 9999, SEED.default, 1, True, SEED.help)
_KNOBS = {spec.name: tuple(_field(spec, knob) for knob in spec.knobs) for spec in DATASETS.values()}

FIELDS: tuple[Field[object], ...] = (
    DATA,
    _SIZE,
    _SEED,
    CENTRED,
    LEARNING_RATE,
    STEPS,
    L2,
    FIT_BIAS,
    PENALISE_BIAS,
    START,
    *START_BOXES,
    NORM_WITH_BIAS,
    *(field for fields in _KNOBS.values() for field in fields),
)
"""Every control of the laboratory that a link can set."""

_ANY_STEPS = Number(STEPS.key, STEPS.title, 1, 10**6, 1000, whole=True)
OF_A_RUN: tuple[Field[object], ...] = (
    *(field for field in FIELDS if field not in (STEPS, NORM_WITH_BIAS)),
    _ANY_STEPS,
)
"""What decides a run that is done already: of the controls those that the points and the training have, and any number
of steps."""


def choose_source() -> Source | None:
    """Draw the controls of the data; return what to make, or None for the visitor's own points."""
    title = DATA.menu()
    if title == OWN_POINTS:
        return None
    spec = _SPECS[title]
    st.caption(spec.description)
    fields = _KNOBS[spec.name]
    values = [field.slider() for field in fields[:_ALWAYS_SHOWN]]
    with st.expander("More about the data"):
        values += [field.slider() for field in fields[_ALWAYS_SHOWN:]]
        n_samples = int(_SIZE.slider()) if spec.size is None else spec.size
        seed = int(_SEED.box())
    return Source(spec.name, n_samples, seed, tuple(zip((k.name for k in spec.knobs), values, strict=True)))


def source_of(said: Said) -> Source | None:
    """Return what a link says is to be made; None for a visitor's own points."""
    if said[DATA] == OWN_POINTS:
        return None
    spec = _SPECS[said[DATA]]
    knobs = tuple((knob.name, said[field]) for knob, field in zip(spec.knobs, _KNOBS[spec.name], strict=True))
    return Source(spec.name, int(said[_SIZE]) if spec.size is None else spec.size, int(said[_SEED]), knobs)


@dataclass(frozen=True)
class TrainingChoice:
    """Hold what the training controls say; the start depends on the data, so `config` takes them."""

    learning_rate: str
    steps: str
    l2: str
    fit_bias: bool
    penalise_bias: bool
    start: str
    typed: tuple[float, float, float]

    def config(self, dataset: Dataset, beside: TrainingConfig | None = None) -> TrainingConfig:
        """Return the run's config for these data; it starts where the run `beside` it did, if there is one."""
        weights, bias = self._start(dataset) if beside is None else (beside.initial_weights, beside.initial_bias)
        return TrainingConfig(
            learning_rate=AUTO if self.learning_rate == AUTO else float(self.learning_rate),
            n_steps=int(float(self.steps)),
            initial_weights=weights,
            initial_bias=bias if self.fit_bias else 0.0,
            objective=Objective(
                fit_bias=self.fit_bias, l2=float(self.l2), penalise_bias=self.penalise_bias and self.fit_bias
            ),
        )

    def _start(self, dataset: Dataset) -> tuple[tuple[float, ...] | None, float]:
        if self.start == "typed":
            return self.typed[:2], self.typed[2]
        return badly_wrong_start(dataset) if self.start == BADLY_WRONG else (None, 0.0)


def choose_training() -> TrainingChoice:
    """Draw the controls of the training; return what they say."""
    learning_rate = LEARNING_RATE.slider()
    steps = STEPS.slider()
    l2 = L2.slider()
    with st.expander("More about the training"):
        fit_bias = FIT_BIAS.toggle()
        penalise_bias = PENALISE_BIAS.toggle(disabled=not fit_bias)
        start = START.buttons()
        typed = tuple(box.box() for box in START_BOXES) if start == "typed" else (0.0, 0.0, 0.0)
    w1, w2, b0 = typed
    return TrainingChoice(learning_rate, steps, l2, fit_bias, penalise_bias, start, (w1, w2, b0))


def training_of(said: Said) -> TrainingChoice:
    """Return what a link says of a run that is done already."""
    w1, w2, b0 = (said[box] for box in START_BOXES)
    switches = said[FIT_BIAS], said[PENALISE_BIAS]
    return TrainingChoice(said[LEARNING_RATE], str(said[_ANY_STEPS]), said[L2], *switches, said[START], (w1, w2, b0))


def texts_of(source: Source | None, training: TrainingChoice, centred: bool) -> dict[str, str]:
    """Return what a link says of a run, defaults left out: `source_of` and `training_of` read it."""
    values: list[tuple[Field[object], object]] = [
        (CENTRED, centred),
        (LEARNING_RATE, training.learning_rate),
        (_ANY_STEPS, int(training.steps)),
        (L2, training.l2),
        (FIT_BIAS, training.fit_bias),
        (PENALISE_BIAS, training.penalise_bias),
        (START, training.start),
        *zip(START_BOXES, training.typed, strict=True),
    ]
    if source is None:
        values.append((DATA, OWN_POINTS))
    else:
        spec = DATASETS[source.name]
        values += [(DATA, spec.title), (_SEED, source.seed)]
        values += [] if spec.size else [(_SIZE, source.n_samples)]
        values.extend((field, value) for field, (_, value) in zip(_KNOBS[spec.name], source.knobs, strict=True))
    return {field.key: text_of(value) for field, value in values if value != field.default}


def badly_wrong_start(dataset: Dataset) -> tuple[tuple[float, ...], float]:
    """Return weights and a bias that give each class's mean a log-odds of 10 for the other class.

    With d the difference of the class means and c the point halfway: f(x) = -20·d·(x - c)/‖d‖². Where there is
    no such direction (one class, or equal means) the first axis stands in for d.

    Returns
    -------
    tuple of float, float
        Weights of shape (n_features,) and bias.

    Raises
    ------
    BeyondFloat64
        Where float64 has no such numbers.

    Examples
    --------
    >>> badly_wrong_start(Dataset([[-1.0, 0.0], [1.0, 0.0]], [0, 1]))
    ((-10.0, 0.0), 0.0)
    """
    direction, middle = np.eye(dataset.n_features)[0] * 2.0, np.zeros(dataset.n_features)
    with np.errstate(all="ignore"):
        if 0 < dataset.y.sum() < dataset.n_samples:
            means = [dataset.X[dataset.y == label].mean(axis=0) for label in (0, 1)]
            if np.any(difference := means[1] - means[0]):
                direction, middle = difference, (means[0] + means[1]) / 2.0
        weights = -20.0 * direction / (direction @ direction) + 0.0
        bias = 0.0 - weights @ middle
    if not (np.isfinite(weights).all() and np.isfinite(bias)):
        raise BeyondFloat64(
            "These points are too far apart or too close for a badly wrong start: choose another start."
        )
    return tuple(float(w) for w in weights), float(bias)
