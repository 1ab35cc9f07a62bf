"""Whoever hands a public function something else than it asks for is told which parameter was meant."""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import partial
from importlib import import_module
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest

import logreg
from logreg import Dataset, Model, Objective, TrainingConfig
from logreg.estimator import GradientDescentClassifier
from logreg.theory.arrows import arrow_sums
from logreg.theory.hinge_ends import hinge_end
from logreg.theory.optimisers import optimise
from logreg.theory.scores import two_clouds
from logreg.theory.seven_steps import seven_steps

MIXED = Dataset([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [3.0, 1.0]], [0, 0, 1, 1, 1])
APART = Dataset([[0.0, 1.0], [1.0, 2.0], [3.0, 0.0], [4.0, 1.0]], [0, 0, 1, 1])
THREE = logreg.MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2])
MODEL = Model([0.3, -0.2], 0.1)
RUN = logreg.train(APART, TrainingConfig(n_steps=3000))
FLOORS = ("data", "training", "certificates", "theory")
"""The folders below the figures."""
HOME = Path(logreg.__file__).parent
MODULES = [path for floor in FLOORS for path in sorted((HOME / floor).glob("*.py"))]
# What each public function is called with here: all of it right.
CALLS: dict[str, dict[str, object]] = {
    "make_dataset": {"name": "overlapping_blobs", "n_samples": 20, "seed": 1},
    "flip_label": {"dataset": MIXED, "index": 2},
    "centred": {"dataset": MIXED},
    "read_csv": {"source": b"x1,x2,y\n1,2,0\n2,1,1\n", "label": "y", "features": ["x1"], "max_rows": 9},
    "to_csv": {"dataset": MIXED},
    "train_softmax": {"dataset": THREE, "config": TrainingConfig(n_steps=5)},
    "check_classes": {"dataset": THREE, "fit_bias": True},
    "sigmoid": {"z": [0.0, 1.0]},
    "log_sigmoid": {"z": [0.0, 1.0]},
    "loss": {"model": MODEL, "dataset": MIXED, "objective": Objective()},
    "gradient": {"model": MODEL, "dataset": MIXED, "objective": Objective()},
    "hessian": {"model": MODEL, "dataset": MIXED, "objective": Objective()},
    "smoothness": {"dataset": MIXED, "objective": Objective()},
    "descend": {"model": MODEL, "dataset": MIXED, "learning_rate": 0.1, "n_steps": 2, "objective": Objective()},
    "train": {"dataset": APART, "config": TrainingConfig(n_steps=5), "resume": None},
    "check_separability": {"dataset": MIXED, "fit_bias": True},
    "proves": {"separability": logreg.check_separability(MIXED), "dataset": MIXED},
    "max_margin": {"dataset": APART, "bias": "free"},
    "optimum": {"dataset": MIXED, "objective": Objective()},
    "is_unique": {"dataset": MIXED, "objective": Objective()},
    "gradient_flow": {"dataset": APART, "until": 100.0, "fit_bias": True},
    "continue_run": {"trajectory": RUN, "until": 1e6},
    "asymptotics": {"dataset": APART, "fit_bias": True},
    "growth": {"dataset": APART, "time": 1e3, "norm": 5.0, "until": 1e6, "fit_bias": True},
    "law_error": {"law": logreg.asymptotics(APART), "run": RUN, "at": 1000.0},
    "angle_to_limit": {"model": MODEL, "limit": logreg.max_margin(APART)},
    "direction_cost": {"dataset": MIXED, "angle": [0.0, 1.0], "fit_bias": False},
    "least_cost": {"dataset": MIXED, "fit_bias": True},
    "loss_along_ray": {"dataset": MIXED, "model": MODEL, "lengths": [1.0, 2.0]},
    "ray_balance": {"dataset": MIXED, "model": MODEL, "scales": [1.0, 2.0]},
    "point_pulls": {"dataset": MIXED, "model": MODEL, "fit_bias": True},
    "loss_grid": {"dataset": MIXED, "window": (-1.0, 1.0, -1.0, 1.0), "shape": (3, 4), "bias": 0.0},
    "regularisation_path": {"dataset": MIXED, "l2": [0.1, 1.0], "fit_bias": True, "penalise_bias": False},
    "penalty_of_norm": {"dataset": MIXED, "norm": 0.1, "fit_bias": True, "penalise_bias": False},
    "sklearn_penalty": {"dataset": MIXED, "C": 1.0},
    "on_path": {"path": logreg.regularisation_path(APART), "norm": [0.5]},
    "angle_off_path": {"path": logreg.regularisation_path(APART, penalise_bias=True), "run": RUN},
    "held_out": {"trajectory": RUN, "dataset": APART},
    "train_and_held_out": {},
    "Dataset": {"X": [[0.0], [1.0]], "y": [0, 1], "name": "two"},
    "MulticlassDataset": {"X": [[0.0], [1.0]], "y": [0, 1]},
    "Model": {"weights": [1.0], "bias": 0.0},
    "Objective": {"fit_bias": True, "l2": 0.1, "penalise_bias": False},
    "TrainingConfig": {
        "learning_rate": 0.1,
        "n_steps": 5,
        "objective": Objective(),
        "initial_weights": (0.0, 0.0),
        "initial_bias": 0.0,
    },
}
WRONG = {"None": None, "text": "x", "number": 3, "list": [], "object": object()}
NUMBERS = (
    "make_dataset.seed",
    "flip_label.index",
    "read_csv.max_rows",
    "descend.learning_rate",
    "descend.n_steps",
    "gradient_flow.until",
    "growth.time",
    "growth.norm",
    "law_error.at",
    "loss_grid.bias",
    "penalty_of_norm.norm",
    "sklearn_penalty.C",
    "Model.bias",
    "Objective.l2",
    "TrainingConfig.learning_rate",
    "TrainingConfig.n_steps",
    "TrainingConfig.initial_bias",
)
ARRAYS = (
    "sigmoid.z",
    "log_sigmoid.z",
    "direction_cost.angle",
    "loss_along_ray.lengths",
    "ray_balance.scales",
    "on_path.norm",
)
OPTIONAL = (
    "make_dataset.n_samples",
    "read_csv.label",
    "read_csv.features",
    "read_csv.max_rows",
    "train.config",
    "train_softmax.config",
    "train.resume",
    "regularisation_path.l2",
    "TrainingConfig.initial_weights",
)
"""What takes a value of this kind: nothing is wrong with it there."""
WELCOME = {
    "None": OPTIONAL,
    "text": ("Dataset.name",),
    "number": NUMBERS + ARRAYS,
    "list": (*ARRAYS, "regularisation_path.l2"),
    "object": (),
}


class Unreadable:
    """What NumPy cannot make numbers of, and says so by an exception of its own."""

    def __float__(self) -> float:
        raise RuntimeError

    def __len__(self) -> int:
        return 2

    def __getitem__(self, index: int) -> float:
        raise KeyError(index)


ODD = (
    *(nan, inf, -1, 5e-324, 1e308, 10**400, 10**5000, True, 1 + 2j, np.float16(inf), "1", b"1", {}, len, Unreadable()),
    *(
        [],
        [None, 1.0],
        ["1", "2"],
        [1j, 2.0],
        [1e308, -1e308],
        [[1.0], [1.0, 2.0]],
        [[[]]],
        [[nan, 0.0]],
        (Unreadable(),),
    ),
    *(np.empty((0, 2)), np.ones((2, 2, 2)), np.array(1.0), np.array([nan, inf]), np.array(["a", "b"])),
    *(np.ma.array([1.0, 2.0], mask=[True, False]), np.zeros(2, [("a", float)]), np.array(["2020"], "datetime64[D]")),
    *(Model([1.0]), Model([1e308, -1e308], 1e308), Model([5e-324, 0.0]), Objective(l2=1e308), THREE, MIXED),
    *(Dataset([[1e308, 0.0], [-1e308, 1.0], [0.0, 1e308]], [0, 1, 1]), Dataset([[5e-324, 0.0], [0.0, 0.0]], [0, 1])),
    *(Dataset([[1.0, 2.0]], [1]), Dataset([[1.0], [2.0]], [1, 0]), Dataset(np.zeros((3, 2)), [0, 1, 0])),
)
"""Wrong kinds, shapes and sizes; here and there one of them is right."""


def refusal(call: Callable[[], object]) -> Exception | None:
    try:
        call()
    except (TypeError, ValueError) as error:
        return error
    return None


def made_of() -> set[str]:
    """The public functions, and the classes that a user builds."""
    functions = {name for name in logreg.__all__ if inspect.isfunction(getattr(logreg, name))}
    return functions | {"Dataset", "MulticlassDataset", "Model", "Objective", "TrainingConfig"}


def of_the_core() -> set[str]:
    """The classes of ours below the figures, public or not."""
    return {name for path in MODULES for name in re.findall(r"^class (\w+)", path.read_text("utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("thing", [*(getattr(logreg, name) for name in logreg.__all__), GradientDescentClassifier])
def test_what_a_public_name_takes_gives_or_raises_is_public_too(thing: object) -> None:
    named = re.findall(r"(?m)`(\w+)`|^ *(\w+)$| : (\w+)", inspect.getdoc(thing) or "")  # in text, Returns or Raises
    signature = re.findall(r"\w+", str(inspect.signature(thing))) if inspect.isfunction(thing) else []
    told = {name for names in named for name in names} | {*signature}
    assert not told & of_the_core() - {*logreg.__all__}


def test_every_public_function_is_called_here() -> None:
    assert made_of() == CALLS.keys()
    for name, right in CALLS.items():
        getattr(logreg, name)(**right)
        parameters = inspect.signature(getattr(logreg, name)).parameters.values()
        assert right.keys() == {p.name for p in parameters if p.kind is not p.VAR_KEYWORD}


def array_fields(kind: type) -> list[str]:
    types = {field.name: str(field.type) for field in fields(kind)}
    return [name for name, written in types.items() if "array" in written.lower() and "Callable" not in written]


def holders() -> set[type]:
    """The public dataclasses of the core that hold arrays, but for those that only others are made of."""
    modules = [import_module(f"logreg.{path.parent.name}.{path.stem}") for path in MODULES]
    kinds = {thing for module in modules for thing in vars(module).values() if isinstance(thing, type)}
    public = {kind for kind in kinds if is_dataclass(kind) and not kind.__name__.startswith("_")}
    return {kind for kind in public if not kind.__subclasses__() and array_fields(kind)}


def test_no_array_of_a_public_record_can_be_changed_by_who_made_it_or_has_it() -> None:
    made = [getattr(logreg, name)(**right) for name, right in CALLS.items()]
    made += [arrow_sums(MIXED, [[0.0, 1.0]]), optimise(APART, "sign", [1, 2], learning_rate=0.1), two_clouds(9)]
    made += [seven_steps(Dataset([[1.0], [2.0]], [0, 1]), 0.5), logreg.asymptotics(MIXED)]
    made += [hinge_end(MIXED, 0.1, 9)]
    records = [one for thing in made for one in (thing if isinstance(thing, tuple) else (thing,)) if is_dataclass(one)]
    assert holders() <= {type(one) for one in records}
    for record in records:
        given = {name: np.array(getattr(record, name)) for name in array_fields(type(record))}
        given = {name: array for name, array in given.items() if getattr(record, name) is not None}
        for one in (record, replace(record, **given)):
            held = {name: getattr(one, name) for name in given}
            assert not [name for name, array in held.items() if array.flags.writeable], type(record)
            assert not [name for name, array in held.items() if np.shares_memory(array, given[name])], type(record)


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("argument", [f"{name}.{parameter}" for name, right in CALLS.items() for parameter in right])
def test_a_wrong_type_is_refused_by_the_name_of_its_parameter(argument: str, kind: str) -> None:
    name, parameter = argument.split(".")
    call = partial(getattr(logreg, name), **CALLS[name] | {parameter: WRONG[kind]})
    if argument in WELCOME[kind]:
        call()
    else:
        with pytest.raises((TypeError, ValueError), match=rf"\b{parameter}\b"):
            call()


@pytest.mark.parametrize("argument", [f"{name}.{parameter}" for name, right in CALLS.items() for parameter in right])
def test_whatever_is_given_is_used_or_refused_in_a_sentence_of_ours(argument: str) -> None:
    name, parameter = argument.split(".")
    call, right = getattr(logreg, name), CALLS[name]
    refused = [error for value in ODD if (error := refusal(partial(call, **right | {parameter: value})))]
    places = [Path(traceback.extract_tb(error.__traceback__)[-1].filename) for error in refused]
    assert not [error for error, place in zip(refused, places, strict=True) if not place.is_relative_to(HOME)]
    assert not [error for error in refused if not str(error).endswith(".")]
