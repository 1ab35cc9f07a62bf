"""What the address of the page says, which is all of its state: scene, flip, view and switches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.ui import laboratory
from logreg.ui.address import link_problems
from logreg.ui.fields import Choice, Field, Number, Switch
from logreg.ui.observation_3.side import FLOW_UNTIL
from logreg.ui.stage import decode_points, encode_points

FIRST, LAST, OPENING = 1, 9, 2

SCENE = Number("scene", "Scene", FIRST, LAST, OPENING, 1, whole=True)
WITH_BIAS = Switch(
    "with_bias", "With a bias b", False, "Then all lengths are of (w, b), and lines may miss the origin."
)
MINE = Switch(
    "mine", "Use my points from the explorer", False, "A is what the explorer shows; B flips one label of it."
)
FLOW = Switch("flow", "On to 10¹² steps", False, "Gradient flow continues both runs, on the axis of steps.")
PREDICT = Switch("predict", "Predict first", False, "Holds B’s curve back until you have answered.")
REVEAL = Switch("reveal", "Reveal", False, "Shows which is which, and how both go on.")
PENALTY = Choice(
    "penalty", "λ", tuple(f"{m * 10.0**k:.10g}" for k in range(-6, 1) for m in (1, 2, 5)), "0.01", "Adds λ/2·‖w‖²."
)
STEP = Number("step", "Step", 0, FLOW_UNTIL, 0, 1, whole=True)

_THIS_PAGE = str(Path(__file__).resolve().parents[3] / "pages" / "observation_3.py")
_CUE = "cue"  # a link to the page that is open leaves the address bar as it is; this says that one was followed
_OF_THE_SCENE = ("flip", "view", "step", "flow", "reveal")
_NOT_HERE = "The explorer has no points for this page yet: open it in this tab first. The lecture’s points stand in."


def flip_field(n_points: int) -> Number:
    """Return the field of the flipped point's number."""
    return Number("flip", "Flipped point", 0, n_points - 1, 0, 1, whole=True)


def view_field(n_views: int) -> Number:
    """Return the field of a scene's view."""
    return Number("view", "View", 1, max(n_views, 1), 1, 1, whole=True)


@dataclass(frozen=True)
class Link:
    """Hold what the address says, with defaults for what it does not say or says wrong.

    Parameters
    ----------
    scene, view : int
        From 1.
    flip : int or None
        Which point is flipped; None leaves it to the scene.
    with_bias, flow, predict, reveal : bool
        The switches.
    penalty : str
        λ.
    """

    scene: int = OPENING
    view: int = 1
    flip: int | None = None
    with_bias: bool = False
    flow: bool = False
    predict: bool = False
    reveal: bool = False
    penalty: str = PENALTY.default


def read_link(parameters: Mapping[str, str], n_points: int, n_views: Mapping[int, int]) -> tuple[Link, str | None]:
    """Read an address.

    Parameters
    ----------
    parameters : mapping
        The raw parameters.
    n_points : int
        How many points there are to flip.
    n_views : mapping of int to int
        How many views each scene has.

    Returns
    -------
    Link, str or None
        What holds, and one sentence that names what was not used.

    Examples
    --------
    >>> read_link({"scene": "7", "flip": "5"}, 16, {7: 2})[0].flip
    5
    >>> read_link({"scene": "10"}, 16, {})[1]
    'Not all of the link was used: “scene” must be a whole number from 1 to 9, not “10”. Defaults stand in.'
    """

    def good(field: Field) -> str | None:
        text = parameters.get(field.key)
        return None if text is None or field.problem(text) else text

    scene = int(float(good(SCENE) or OPENING))
    flip, view = flip_field(n_points), view_field(n_views.get(scene, 1))
    switches = (WITH_BIAS, MINE, FLOW, PREDICT, REVEAL)
    known = (SCENE, flip, view, *switches, PENALTY, STEP, laboratory.AXIS, laboratory.PTS)
    at = good(flip)
    link = Link(
        scene=scene,
        view=int(float(good(view) or 1)),
        flip=None if at is None else int(float(at)),
        penalty=good(PENALTY) or PENALTY.default,
        **{field.key: good(field) == "true" for field in switches if field is not MINE},
    )
    return link, link_problems(parameters, known)


def go_to(**changes: object) -> None:
    """Change the address; None drops a parameter. A new scene drops what belonged to the old one."""
    parameters = st.query_params.to_dict()
    if "scene" in changes:
        for key in _OF_THE_SCENE:
            parameters.pop(key, None)
    for key, value in changes.items():
        parameters.pop(key, None)
        if value is not None:
            parameters[key] = str(value).lower() if isinstance(value, bool) else str(value)
    st.query_params.from_dict(parameters)


def switch(field: Switch, value: bool, **more: str | None) -> None:
    """Draw a switch whose state is the address's; `more` goes into the address with it."""
    key = f"observation_3_{field.key}"
    st.session_state[key] = value

    def changed() -> None:
        go_to(**{field.key: True if st.session_state[key] else None}, **more)

    st.toggle(field.title, key=key, help=field.help, on_change=changed)


def points() -> tuple[Dataset, bool, str | None]:
    """Return A's points, whether they are the reader's own, and a sentence if those are asked for and missing."""
    parameters = st.query_params.to_dict()
    if parameters.get(MINE.key) != "true":
        return headline(), False, None
    text = parameters.get(laboratory.PTS.key)
    if text is not None and laboratory.PTS.problem(text) is None:
        return decode_points(text, "your points"), True, None
    kept = laboratory.points_of_this_visit()
    return (headline(), False, _NOT_HERE) if kept is None else (kept, True, None)


def points_text(dataset: Dataset | None) -> str | None:
    """Return points for the address; None where there are none, or too many."""
    try:
        return None if dataset is None else encode_points(dataset)
    except ValueError:
        return None


def linked_step(first: int | None) -> int | None:
    """Return the step that the address asks for, or else where the scene starts; None is the last."""
    text = st.query_params.get(STEP.key)
    return first if text is None or STEP.problem(text) else int(float(text))


def choose_view(names: tuple[str, ...], current: int) -> None:
    """Draw the names of a scene's views; choosing one changes the address."""
    key = "observation_3_view"
    st.session_state[key] = names[current - 1]

    def changed() -> None:
        go_to(view=names.index(st.session_state[key]) + 1, step=None, reveal=None, flow=None)

    st.segmented_control("View", names, key=key, required=True, on_change=changed, label_visibility="collapsed")


def choose_penalty(current: str) -> None:
    """Draw the dial of λ; moving it changes the address."""
    key = "observation_3_penalty"
    st.session_state[key] = current

    def changed() -> None:
        go_to(penalty=st.session_state[key])

    st.select_slider(
        PENALTY.title,
        PENALTY.options,
        key=key,
        format_func="λ = {}".format,
        on_change=changed,
        label_visibility="collapsed",
    )


def link_to(text: str, parameters: Mapping[str, str]) -> None:
    """Draw a link to a state of this page."""
    st.page_link(_THIS_PAGE, label=text, query_params={**parameters, _CUE: "1"})


def settle() -> None:
    """Write the address anew after a link of this page was followed: the browser then shows what the server has."""
    parameters = st.query_params.to_dict()
    if parameters.pop(_CUE, None) is not None:
        st.query_params.from_dict(parameters)
