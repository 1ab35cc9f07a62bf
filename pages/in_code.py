"""In code: the thirty lines that do it all, run on the points of the page, beside logreg and scikit-learn."""

from collections.abc import Callable

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, headline, online_course
from logreg.theory.regularisation import sklearn_penalty
from logreg.ui import laboratory
from logreg.ui.address import NO_POINTS, NOT_MINE, Said, but_default, follow, go_to, look, parameters, read
from logreg.ui.fields import Choice
from logreg.ui.heading import heading
from logreg.ui.in_code.answers import answers, reasons, table
from logreg.ui.in_code.listing import STYLE, listing
from logreg.ui.in_code.notebook import NAME, notebook
from logreg.ui.text import plain

MINE = "mine"
POINTS: dict[str, tuple[str, Callable[[], Dataset]]] = {
    "lecture": ("The lecture’s points", headline),
    "overlap": ("One label flipped: they overlap", lambda: headline(HEADLINE.index((2.6, 2.4)))),
    "course": ("The online course’s six points", online_course),
}
NAMES = {word: name for word, (name, _) in POINTS.items()} | {MINE: "My points from the explorer"}
WHICH = Choice("points", "Points", tuple(NAMES), "lecture")
STEPS = Choice("steps", "Steps", ("100", "1000", "10000"), "1000")
PENALTY = Choice("penalty", "Penalty", ("none", "C = 1"), "none", help="C = 1, scikit-learn’s default, is λ = 1/n.")
FIELDS = (WHICH, STEPS, PENALTY, laboratory.PTS)


def in_code() -> None:
    first = read(parameters(), FIELDS)
    own = first[laboratory.PTS] or laboratory.points_of_this_visit()
    is_missing = first[WHICH] == MINE and own is None
    missing = {WHICH.key: NO_POINTS} if is_missing else {}
    said = look(FIELDS, missing if first[WHICH] == MINE else {laboratory.PTS.key: NOT_MINE})
    word = "lecture" if is_missing else said[WHICH]
    dataset = own if word == MINE and own is not None else POINTS[word][1]()
    what = "Thirty lines of NumPy do it all; run here on your points, beside logreg and scikit-learn."
    st.markdown(heading("In code", f"{what} :gray[First: point at a formula.]"))
    left, right = st.columns([9, 12], gap="medium")
    with left:
        st.html(STYLE)
        st.html(listing())
    with right:
        choose(said)
        if word == MINE and (too_long := laboratory.written(dataset)[1]):
            st.caption(plain(too_long))
        show_answers(dataset, int(said[STEPS]), sklearn_penalty(dataset) if said[PENALTY] != "none" else 0.0)


def choose(said: Said) -> None:
    """Draw what can be chosen; the address follows."""
    with st.container(horizontal=True, gap="small"):
        look_of = {"label": WHICH.title, "options": WHICH.options, "format_func": NAMES.__getitem__}
        follow(st.selectbox, WHICH.key, said[WHICH], to_points, **look_of)
        for field in (STEPS, PENALTY):
            words = {"label": field.title, "options": field.options, "required": True, "help": field.help}
            follow(st.segmented_control, field.key, said[field], setter(field), **words)


def setter(field: Choice) -> Callable[[object], None]:
    """Return what writes a choice into the address."""
    return lambda word: go_to(**{field.key: but_default(field, word)})


def to_points(word: object) -> None:
    """Put other points on the screen; the reader's own go into the link."""
    own = laboratory.points_of_this_visit() if word == MINE else None
    go_to(points=but_default(WHICH, word), pts=None if own is None else laboratory.written(own)[0])


def show_answers(dataset: Dataset, n_steps: int, l2: float) -> None:
    """Draw the three answers, why they agree as far as they do, and the notebook."""
    try:
        found = answers(dataset, n_steps, l2)
    except ValueError as error:  # points so large or small that one of the three leaves float64
        st.error(plain(str(error)))
        return
    st.markdown(table(found))
    st.markdown("  \n".join(reasons(dataset, found, n_steps, l2)))
    st.download_button(
        "Open in a notebook",
        notebook(dataset, n_steps, l2),
        file_name=NAME,
        mime="application/x-ipynb+json",
        on_click="ignore",
        help="These points and settings, the thirty lines, and both comparisons; it runs from top to bottom.",
    )


in_code()
