"""What is sent to a stage: runs and figures in one piece of bytes, without what the browser fills in itself.

contract.py has the types of it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from logreg.data.dataset import Dataset, FloatArray
from logreg.data.multiclass import MulticlassDataset
from logreg.figures.picture import Picture, Trace
from logreg.figures.timeline import Timeline
from logreg.ui.stage import contract
from logreg.ui.stage.run_view import RunView
from logreg.ui.stage.script import Script

_KNOWN_QUANTITIES = ("loss", "weight_norm", "parameter_norm")
_LEFT_OUT: dict[tuple[str, str], tuple[str, ...]] = {
    ("boundary", "line"): ("x", "y", "showlegend"),
    ("boundary", "pinned"): ("x", "y", "showlegend", "name"),
    ("points", "class 0"): ("x", "y", "showlegend"),
    ("points", "class 1"): ("x", "y", "showlegend"),
    ("shared", "place"): ("x", "y"),
    ("start", "start"): ("x", "y", "hovertext"),
    ("cursor", "marker"): ("x", "y", "hovertext"),
    ("cursor", "marker 1"): ("x", "y", "hovertext"),
    ("cursor", "line"): ("x",),
    ("path", "0"): ("x", "y"),
    ("path", "1"): ("x", "y"),
}
"""By meaning of a trace, what the browser fills in itself."""
_CURVES = (("curve", "run"), ("curve", "pinned"), ("curve", "part"))
"""These too, where they show a quantity that follows from the run."""


@dataclass(frozen=True, eq=False)
class Pictures:
    """Hold the pictures of a stage, from `logreg.figures`, with their cursors at the end.

    Parameters
    ----------
    planes : tuple of Picture
        From `decision_boundary`: none, one, or one for each run; `layout.meta["run"]` says whose one is.
    curves : tuple of Picture
        In reading order.
    """

    planes: tuple[Picture, ...]
    curves: tuple[Picture, ...]

    @property
    def words(self) -> contract.Words:
        """What each says in words, as the browser asks for it."""
        return {"plane": [plane.alt for plane in self.planes], "curves": [curve.alt for curve in self.curves]}


@dataclass(frozen=True, eq=False)
class Packed:
    """Hold what is sent of runs and figures, packed: the larger part of a payload, and the same for every visitor.

    Parameters
    ----------
    text : bytes
        JSON; {"floats": [first, count]} stands for numbers.
    numbers : bytes
        These, as float64.
    """

    text: bytes
    numbers: bytes


def pack(
    layout: contract.Layout,
    runs: Sequence[RunView],
    pictures: Pictures,
    timeline: Timeline | None = None,
    script: Script | None = None,
) -> Packed:
    """Pack runs, figures and script for the browser.

    Parameters
    ----------
    layout : {"explorer", "rows", "columns", "planes"}
        In the explorer's a second run is the pinned one, of which only the line is shown.
    runs : sequence of RunView
        Their steps, w, b and loss go as float64: float32 would turn 1e-300 into 0.
    pictures : Pictures
        Their figures, without what the browser fills in itself.
    timeline : Timeline or None
        Its columns, likewise.
    script : Script or None
        With its points.
    """
    numbers, is_pinned = _Numbers(), layout == "explorer"
    sent: contract.Body = {
        "runs": [_run(run, numbers, with_points=i == 0 or not is_pinned) for i, run in enumerate(runs)],
        "timeline": None if timeline is None else _timeline(timeline, numbers),
        "script": None if script is None else _script(script, numbers),
        "figures": {
            "plane": [_slim_plane(plane, numbers, not is_pinned) for plane in pictures.planes],
            "curves": [_slim(curve, numbers, follows_dial=timeline is not None) for curve in pictures.curves],
        },
    }
    return Packed(_json(sent), b"".join(part.tobytes() for part in numbers.parts))


def payload(header: contract.Header, packed: Packed) -> bytes:
    """Return what is sent to a stage: four bytes with the length of the JSON, the JSON, the numbers.

    Parameters
    ----------
    header : Header
        All that is neither run nor figure.
    packed : Packed
        Runs and figures.

    Returns
    -------
    bytes
        Streamlit passes bytes on as they are, and without importing pandas.
    """
    text = _json(header)[:-1] + b"," + packed.text[1:]  # two objects as one
    return struct.pack("<I", len(text)) + text + packed.numbers


class _Numbers:
    """The numbers of one payload, in the order in which the header refers to them."""

    def __init__(self) -> None:
        self.parts: list[FloatArray] = []
        self.total = 0
        self._points: dict[Dataset | MulticlassDataset, contract.Points] = {}

    def of_points(self, data: Dataset | MulticlassDataset) -> contract.Points:
        """Put points aside, those of several runs once."""
        if data not in self._points:
            self._points[data] = {"X": self(data.X), "y": self(data.y)}
        return self._points[data]

    def __call__(self, array: Any) -> contract.Floats:
        """Put numbers aside; return what stands for them in the header."""
        flat = np.ascontiguousarray(array, dtype="<f8").ravel()
        self.parts.append(flat)
        self.total += flat.size
        return {"floats": [self.total - flat.size, flat.size]}


def _run(run: RunView, numbers: _Numbers, *, with_points: bool) -> contract.Run:
    data, weights = run.trajectory.dataset, run.column("weights")
    return {
        "name": run.name,
        "steps": numbers(run.steps),
        "w1": numbers(weights[:, 0]),
        "w2": numbers(weights[:, 1] if weights.shape[1] > 1 else np.zeros(len(weights))),
        "bias": numbers(run.column("bias")),
        "loss": numbers(run.column("loss")),
        "part": numbers(run.column("data_loss")) if run.trajectory.config.objective.l2 and run.flow is None else None,
        "points": numbers.of_points(data) if with_points else None,
        "config": repr(replace(run.trajectory.config, learning_rate=run.trajectory.learning_rate)),
        "flow": None if run.flow is None else {"first": run.n_own, "until": run.flow.until},
    }


def _timeline(timeline: Timeline, numbers: _Numbers) -> contract.Timeline:
    columns = {name: numbers(column) for name, column in timeline.columns.items()}
    words = {name: list(texts) for name, texts in timeline.words.items()}
    return {"name": timeline.name, "values": numbers(timeline.values), "columns": columns, "words": words}


def _script(script: Script, numbers: _Numbers) -> contract.Script:
    points: dict[str, contract.NamedPoints] = {
        name: {"kind": type(data).__name__, **numbers.of_points(data)} for name, data in script.points.items()
    }
    return {"imports": script.imports, "points": points, "body": script.body}


def _slim_plane(picture: Picture, numbers: _Numbers, keeps_title: bool) -> contract.Figure:
    """Return a plane; the browser writes its title where that is the equation of the line."""
    plain = _slim(picture, numbers)
    if not keeps_title:
        plain["layout"]["title"] = {**plain["layout"].get("title", {}), "text": ""}
    return plain


def _slim(picture: Picture, numbers: _Numbers, *, follows_dial: bool = False) -> contract.Figure:
    """Return a figure as plain values, without what depends on the step or follows from the run."""
    layout = dict(picture.layout)
    meta = layout.setdefault("meta", {})
    follows = meta.get("quantity") in _KNOWN_QUANTITIES
    data = [_slim_trace(trace, follows, follows_dial) for trace in picture.data]
    if "quantity" in meta:
        layout.pop("xaxis", None)  # both forms of it are in meta
        layout.pop("shapes", None)
        layout["title"] = {**layout.get("title", {}), "text": ""}
    # a picture's numbers go as they are: only Plotly reads them, and not the browser's own code
    return {"data": [_plain(trace, numbers) for trace in data] if "static" in meta else data, "layout": layout}


def _slim_trace(trace: Trace, follows: bool, follows_dial: bool) -> Trace:
    meta = trace.get("meta") or {}
    key = str(meta.get("role")), str(meta.get("part"))
    left_out = ("x", "y", "hovertext") if follows and key in _CURVES else _LEFT_OUT.get(key, ())
    if "y" in left_out and key[0] in ("curve", "cursor", "path") and not len(trace.get("y", ())):
        left_out = ("hovertext",)  # an empty one says that the run is hidden
    if follows_dial and "bind" in meta:
        left_out = tuple(name for name in ("x", "y") if name in meta["bind"])
    return {name: value for name, value in trace.items() if name not in left_out}


def _json(sent: contract.Header | contract.Body) -> bytes:
    """Return values as JSON; most have no number that it lacks, and need not be looked through for one."""
    try:
        return json.dumps(sent, allow_nan=False, separators=(",", ":"), default=_known_to_json).encode()
    except ValueError:
        return json.dumps(_plain(sent, _listed), allow_nan=False, separators=(",", ":")).encode()


def _known_to_json(value: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain(value, _listed)
    raise TypeError(f"value: expected a number, a text or a container of these, got {type(value).__name__}.")


def _plain(value: Any, array: Callable[[NDArray[Any]], Any]) -> Any:
    """Return a value as JSON has it; `array` says how rows of numbers go."""
    if isinstance(value, dict):
        return {name: _plain(part, array) for name, part in value.items()}
    if isinstance(value, np.ndarray):
        return array(value) if value.ndim == 1 and value.dtype.kind in "fiu" else _listed(value)
    if isinstance(value, (list, tuple)):
        return [_plain(part, array) for part in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not isfinite(value) else value


def _listed(array: NDArray[Any]) -> list[Any]:
    """Return numbers as a list, with null where there is none."""
    plain: list[Any] = array.tolist()
    is_plain = array.dtype.kind in "biu" or (array.dtype.kind == "f" and bool(np.isfinite(array).all()))
    return plain if is_plain else _plain(plain, _listed)
