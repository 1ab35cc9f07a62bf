"""What is sent to a stage: runs and figures in one piece of bytes, without what the browser fills in itself."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

from logreg.dataset import FloatArray
from logreg.trajectory import Trajectory

_KNOWN_QUANTITIES = ("loss", "weight_norm", "parameter_norm")
_LEFT_OUT: dict[tuple[str, str], tuple[str, ...]] = {
    ("field", "probability"): ("x", "y", "z"),
    ("boundary", "line"): ("x", "y", "showlegend"),
    ("boundary", "pinned"): ("x", "y", "showlegend", "name"),
    ("points", "class 0"): ("x", "y", "customdata", "hovertext", "showlegend"),
    ("points", "class 1"): ("x", "y", "customdata", "hovertext", "showlegend"),
    ("curve", "run"): ("x", "y", "hovertext"),
    ("curve", "pinned"): ("x", "y", "hovertext"),
    ("start", "start"): ("x", "y", "hovertext"),
    ("cursor", "marker"): ("x", "y", "hovertext"),
    ("cursor", "line"): ("x",),
}
"""By meaning of a trace, what the browser fills in itself."""


@dataclass(frozen=True, eq=False)
class RunView:
    """Name a run and hold it; the run's own points are those of its plane.

    Parameters
    ----------
    name : str
        What the reader sees where there are two.
    trajectory : Trajectory
        The run, of two features.
    """

    name: str
    trajectory: Trajectory


@dataclass(frozen=True, eq=False)
class Figures:
    """Hold the figures of a stage, from `logreg.figures`, at any step and on either axis.

    Parameters
    ----------
    plane : tuple of Figure
        From `decision_boundary` (`field=False` saves work): one, or one for each run.
    curves : tuple of Figure
        From `loss_curve` and `norm_growth`, top to bottom.
    plane_alt, curves_alt : tuple of str
        What each says in words.
    """

    plane: tuple[go.Figure, ...]
    curves: tuple[go.Figure, ...]
    plane_alt: tuple[str, ...] = ()
    curves_alt: tuple[str, ...] = ()


def payload(header: Mapping[str, Any], runs: Sequence[RunView], figures: Figures) -> bytes:
    """Pack everything for the browser: a JSON header, then float64 numbers.

    Parameters
    ----------
    header : mapping
        Plain values.
    runs : sequence of RunView
        Their steps, w, b and loss go as float64: float32 would turn 1e-300 into 0.
    figures : Figures
        Their JSON, without what the browser fills in itself.

    Returns
    -------
    bytes
        Four bytes with the header's length, the header, the numbers. In the header {"floats": [first, count]}
        stands for numbers. (Streamlit passes bytes on as they are, and without importing pandas.)
    """
    numbers: list[FloatArray] = []
    total = 0

    def floats(array: Any) -> dict[str, list[int]]:
        nonlocal total
        flat = np.ascontiguousarray(array, dtype="<f8").ravel()
        numbers.append(flat)
        total += flat.size
        return {"floats": [total - flat.size, flat.size]}

    sent = [_run(run, floats, with_points=i < max(len(figures.plane), 1)) for i, run in enumerate(runs)]
    charts = {
        "plane": [_slim(figure) for figure in figures.plane],
        "curves": [_slim(figure) for figure in figures.curves],
    }
    text = str(to_json_plotly({**header, "runs": sent, "figures": charts})).encode()
    return struct.pack("<I", len(text)) + text + b"".join(part.tobytes() for part in numbers)


def _run(run: RunView, floats: Callable[[Any], dict[str, list[int]]], *, with_points: bool) -> dict[str, Any]:
    path, data = run.trajectory, run.trajectory.dataset
    return {
        "name": run.name,
        "steps": floats(path.steps),
        "w1": floats(path.weights[:, 0]),
        "w2": floats(path.weights[:, 1]),
        "bias": floats(path.bias),
        "loss": floats(path.loss),
        "points": {"X": floats(data.X), "y": floats(data.y)} if with_points else None,
    }


def _slim(figure: go.Figure) -> dict[str, Any]:
    """Return a figure as plain values, without what depends on the step or follows from the run."""
    plain: dict[str, Any] = figure.to_plotly_json()
    layout = dict(plain["layout"])
    meta = dict(layout.get("meta") or {})
    known = meta.get("quantity", "loss") in _KNOWN_QUANTITIES
    data = [_slim_trace(trace) if known else trace for trace in plain["data"]]
    for name in ("step", "axis"):
        meta.pop(name, None)
    layout["meta"] = meta
    layout["title"] = {**layout.get("title", {}), "text": ""}
    if "quantity" not in meta:  # the plane's only note says that the line is out of sight: the browser knows when
        layout.pop("annotations", None)
    else:
        layout.pop("xaxis", None)  # both forms of it are in meta
        layout.pop("shapes", None)
    return {"data": data, "layout": layout}


def _slim_trace(trace: dict[str, Any]) -> dict[str, Any]:
    meta = trace.get("meta") or {}
    left_out = _LEFT_OUT.get((str(meta.get("role")), str(meta.get("part"))), ())
    return {name: _plain(value) for name, value in trace.items() if name not in left_out}


def _plain(value: Any) -> Any:
    """Return arrays as lists: the browser's own code reads them, not only Plotly."""
    if isinstance(value, np.ndarray):
        return [None if isinstance(v, float) and np.isnan(v) else v for v in value.tolist()]
    return value
