"""The stage: one run, or two in step, that a browser plays, scrubs and edits without asking the server.

Python computes the whole run and builds the figures; the browser animates them from the run's own numbers. What
depends on the step is left out of what is sent, so that a rest of the stage sends nothing anew.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from plotly.io.json import to_json_plotly

from logreg.dataset import FloatArray
from logreg.figures.theme import LIGHT, Theme
from logreg.trajectory import Trajectory
from logreg.ui.assets import asset_path
from logreg.ui.stage.messages import (
    Axis,
    Edit,
    History,
    Rest,
    apply_edit,
    decode_points,
    encode_points,
    read_edit,
    read_edit_id,
    read_rest,
)

__all__ = [
    "Edit",
    "Figures",
    "History",
    "Rest",
    "RunView",
    "StageEvent",
    "apply_edit",
    "decode_points",
    "encode_points",
    "stage",
]

Layout = Literal["explorer", "pair"]

# The module comes from a route of the app, once; inline code would travel with every edit. (See logreg/ui/chart.)
_JS = f"""
const module = import(new URL("{asset_path("stage/stage.js")}", document.baseURI).href);
export default function (component) {{
  module.then((stage) => stage.show(component), () => {{
    component.parentElement.querySelector(".stage").textContent =
      "The stage could not be loaded. Reload the page to try again.";
  }});
  return () => module.then((stage) => stage.remove(component.parentElement), () => {{}});
}}
"""
_HTML = '<div class="stage" data-testid="stage" data-ready="false" data-playing="false"></div>'
_CSS = """.stage {
  min-height: 576px; /* reserved before anything is loaded, so that nothing below jumps */
}
"""

_component = st.components.v2.component("logreg_stage", html=_HTML, css=_CSS, js=_JS)

_KNOWN_QUANTITIES = ("loss", "weight_norm", "parameter_norm")
_LEFT_OUT = {
    ("field", "probability"): ("x", "y", "z"),
    ("boundary", "line"): ("x", "y"),
    ("boundary", "pinned"): ("x", "y"),
    ("points", "class 0"): ("x", "y", "customdata", "hovertext"),
    ("points", "class 1"): ("x", "y", "customdata", "hovertext"),
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


@dataclass(frozen=True)
class StageEvent:
    """Hold what the browser last said.

    Parameters
    ----------
    rest : Rest or None
        Where the stage rests, once it has been moved.
    edit : Edit or None
        An edit that came with this run of the page.
    problem : str or None
        A sentence, if what came was not understood.
    """

    rest: Rest | None = None
    edit: Edit | None = None
    problem: str | None = None


def stage(
    runs: Sequence[RunView],
    figures: Figures,
    *,
    key: str,
    layout: Layout = "explorer",
    axis: Axis = "log",
    step: int | None = None,
    seek: int = 0,
    scene: str = "",
    editable: bool | int = False,
    history: History | None = None,
    on_edit: Callable[[Edit], str | None] | None = None,
    on_rest: Callable[[Rest], None] | None = None,
    link: bool = True,
    points_in_link: str | None = None,
    message: str | None = None,
    autoplay: bool = False,
    theme: Theme = LIGHT,
) -> StageEvent | None:
    """Show one run, or two in step, with transport and editing.

    Parameters
    ----------
    runs : sequence of one or two RunView
        With one plane the second is drawn faint ("pinned"); with two planes each has its own.
    figures : Figures
        One plane or one for each run, and any curves.
    key : str
        Unique on the page; the same key is the same place, and keeps its step, its zoom and its playing.
    layout : {"explorer", "pair"}
        Curves beside the plane, or below two planes.
    axis : {"log", "linear"}
        The step axis at first; then the browser's.
    step : int or None
        The step at first, and again whenever `seek` changes; None is the last, and stays the last.
    seek : int
        Change it to move a stage that is on the page already.
    scene : str
        While it stays the same, window and zoom stay: name the data set, not its edited points.
    editable : bool or int
        Whether the points can be edited; a number says of which plane.
    history : History or None
        Says which of undo, redo and reset there is something for.
    on_edit : callable or None
        Called with an `Edit` before the page runs again; what it returns or raises as `ValueError` is a sentence for
        the reader, who then keeps the old points.
    on_rest : callable or None
        Called with a `Rest` before the page runs again.
    link : bool
        Whether step, axis and points go into the address; one stage of a page at most.
    points_in_link : str or None
        What `encode_points` made of edited points.
    message : str or None
        A sentence for the reader.
    autoplay : bool
        Whether it plays at first, where the reader's system does not ask for less motion.
    theme : Theme
        Its class colours mark the buttons of the classes.

    Returns
    -------
    StageEvent or None
        None before the browser has said anything.

    Raises
    ------
    ValueError
        If there are not one or two runs of two features, or planes and runs do not fit.
    """
    _check(runs, figures)
    last = max(run.trajectory.last_step for run in runs)
    notes = f"_{key}_stage"

    def edited() -> None:
        raw = _said(key, "edit")
        if raw is not None:
            st.session_state[notes] = _note_edit(raw, on_edit)

    def rested() -> None:
        raw = _said(key, "rest")
        if raw is None or on_rest is None:
            return
        try:
            on_rest(read_rest(raw, last))
        except ValueError as error:
            st.session_state[notes] = _Notes(0, StageEvent(problem=str(error)))

    noted: _Notes = st.session_state.pop(notes, _Notes())
    if noted.answered:
        st.session_state[f"{notes}_answered"] = noted.answered
    plane_count = len(figures.plane)
    header = {
        "layout": layout,
        "axis": axis,
        "step": _first_step(notes, step, seek),
        "seek": seek,
        "scene": scene,
        "editable": None if editable is False or not plane_count else int(editable) if editable is not True else 0,
        "can": {
            "undo": history is not None and history.can_undo,
            "redo": history is not None and history.can_redo,
            "reset": history is not None and history.is_edited,
        },
        "answered": st.session_state.get(f"{notes}_answered", 0),
        "link": link,
        "points": points_in_link,
        "message": noted.event.problem or message,
        "autoplay": autoplay,
        "colours": list(theme.classes),
        "alt": {"plane": list(figures.plane_alt), "curves": list(figures.curves_alt)},
    }
    result = _component(
        key=key,
        data=payload(header, runs, figures),
        on_edit_change=edited,
        on_rest_change=rested,
    )
    return _event(noted, getattr(result, "rest", None), last)


@dataclass(frozen=True)
class _Notes:
    """What an edit's callback leaves for the run of the page that follows it."""

    answered: int = 0
    event: StageEvent = StageEvent()


def _said(key: str, name: str) -> object:
    """Return what the browser set under a name; it arrives before the page runs."""
    state = st.session_state.get(key)
    return None if state is None else getattr(state, name, None)


def _note_edit(raw: object, on_edit: Callable[[Edit], str | None] | None) -> _Notes:
    answered = read_edit_id(raw)
    try:
        edit = read_edit(raw)
        problem = on_edit(edit) if on_edit is not None else None
    except ValueError as error:
        return _Notes(answered, StageEvent(problem=str(error)))
    return _Notes(answered, StageEvent(edit=edit, problem=problem))


def _event(noted: _Notes, rest: object, last: int) -> StageEvent | None:
    if rest is None:
        return noted.event if noted.event != StageEvent() else None
    try:
        return StageEvent(read_rest(rest, last), noted.event.edit, noted.event.problem)
    except ValueError:  # of a longer run that was on the screen before
        return noted.event


def _first_step(notes: str, step: int | None, seek: int) -> int | None:
    """Return the step a stage was mounted or last moved with: a rest must not change what is sent."""
    kept = st.session_state.get(f"{notes}_seek")
    if kept is None or kept[0] != seek:
        st.session_state[f"{notes}_seek"] = kept = (seek, step)
    return kept[1]


def _check(runs: Sequence[RunView], figures: Figures) -> None:
    if not 1 <= len(runs) <= 2:
        raise ValueError(f"runs: expected one or two, got {len(runs)}.")
    if len(figures.plane) not in (0, 1, len(runs)):
        raise ValueError(f"figures: expected one plane, or one for each run, got {len(figures.plane)}.")
    if any(run.trajectory.dataset.n_features != 2 for run in runs):
        raise ValueError("runs: expected runs of two features, which a plane can show.")


def payload(header: dict[str, Any], runs: Sequence[RunView], figures: Figures) -> bytes:
    """Pack everything for the browser: a JSON header, then float64 numbers.

    Parameters
    ----------
    header : dict
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
    text = to_json_plotly({**header, "runs": sent, "figures": charts}).encode()
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
    left_out = _LEFT_OUT.get((meta.get("role"), meta.get("part")), ())
    return {name: _plain(value) for name, value in trace.items() if name not in left_out}


def _plain(value: Any) -> Any:
    """Return arrays as lists: the browser's own code reads them, not only Plotly."""
    if isinstance(value, np.ndarray):
        return [None if isinstance(v, float) and np.isnan(v) else v for v in value.tolist()]
    return value

