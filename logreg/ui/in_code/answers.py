"""The three answers for the points on the screen, computed once for all, and why they agree as far as they do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from logreg.data.dataset import Dataset
from logreg.figures.numbers import format_number
from logreg.theory.regularisation import sklearn_penalty
from logreg.theory.three_answers import MOST_DIGITS, Answer, agreeing_digits, by_hand, by_logreg, by_scikit_learn
from logreg.training.objective import Objective
from logreg.ui.results import analyse, dataset_key

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DIGITS = 10
_GOOD = 6  # digits that a minimum found by two ways shares at least


@st.cache_resource(max_entries=64, show_spinner="Three ways to fit …", hash_funcs={Dataset: dataset_key})
def answers(dataset: Dataset, n_steps: int, l2: float) -> tuple[Answer, ...]:
    """Return what the thirty lines, logreg, scikit-learn, and scikit-learn as it comes give; it refuses one class."""
    ours = by_logreg(dataset, n_steps, l2)  # first: it says in a sentence what float64 cannot hold
    theirs = (by_scikit_learn(dataset, l2), by_scikit_learn(dataset, l2, as_it_comes=True))
    found = [by_hand(dataset, n_steps, l2), ours, *theirs]
    return tuple(one for one in found if one is not None)


def table(found: Sequence[Answer]) -> str:
    """Return the answers as a table of Markdown."""
    n_features = found[0].model.n_features
    names = [*(f"w{j + 1}".translate(_SUBSCRIPTS) for j in range(n_features)), "b", "loss", "‖∇L‖"]
    lines = ["| | " + " | ".join(names) + " |", "| :-- |" + " --: |" * len(names)]
    for one in found:
        numbers = [*one.model.parameters.tolist(), one.loss]
        cells = [format_number(value, _DIGITS) for value in numbers] + [format_number(one.slope, 2)]
        lines.append(f"| {one.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def reasons(dataset: Dataset, found: Sequence[Answer], n_steps: int, l2: float) -> list[str]:
    """Say to how many digits the answers agree, and why not to more."""
    hand, ours, *theirs = found
    said = [
        f"**Thirty lines and logreg** agree in {_digits(hand, ours)}: the same {n_steps:,} steps, and at most rounding "
        "differs. Digits count from the largest of w and b on."
    ]
    if not theirs:
        return [*said, "**scikit-learn** refuses a single class."]
    said.append(f"**logreg and scikit-learn** agree in {_digits(ours, theirs[0])}: {_why(dataset, found, l2)}")
    own = sklearn_penalty(dataset)
    if l2 != own:
        said.append(
            f"**scikit-learn as it comes** has C = 1: a penalty of λ = 1/n = {format_number(own)} that nobody asked "
            "for, so it answers another question."
        )
    else:
        said.append(
            f"**scikit-learn as it comes** asks the same here, and agrees in {_digits(ours, theirs[1])}: its tolerance "
            "is 10⁻⁴."
        )
    return said


def _digits(a: Answer, b: Answer) -> str:
    count = agreeing_digits(a.model, b.model)
    if count == MOST_DIGITS:
        return f"all {count} digits"
    return "no digit" if count == 0 else "1 digit" if count == 1 else f"{count} digits"


def _why(dataset: Dataset, found: Sequence[Answer], l2: float) -> str:
    analysis = analyse(dataset, Objective(l2=l2))
    if not analysis.has_minimum:
        return f"{analysis.kind} points have no minimum, and each stopped somewhere on its way to infinity."
    if agreeing_digits(found[1].model, found[2].model) >= _GOOD:
        which = "one minimum" if analysis.is_unique else "the shortest of many minima, from 0"
        return f"two ways to {which}; scikit-learn’s tolerance (here 10⁻¹⁰) decides how many."
    behind = max(found[1:3], key=lambda one: one.loss)
    more = "; take more steps" if behind is found[1] else ", and its stopping rule was content"
    return f"there is a minimum, and {behind.name} is not there yet: its loss is larger{more}."
