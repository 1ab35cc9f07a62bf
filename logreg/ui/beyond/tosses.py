"""Labels tossed by buttons: the tally of all tosses beside what was counted, and the buttons that toss on.

The address holds the whole state: how many tosses there were and which coins, so that a link shows the same tally. A
toss gives each of the points a coin, and the dial says how many of the points count: so one row of tosses has its
tally at every n.
"""

from __future__ import annotations

from functools import partial

from logreg.data.dataset import Dataset
from logreg.figures.labellings import (
    MOST_POINTS,
    MOST_TOSSES,
    dimension_timeline,
    share_over_n,
    sharper_with_dimension,
    shown_points,
    toss_timeline,
    tossed_points,
)
from logreg.figures.numbers import all_of, counted
from logreg.theory.cover import dependent_points, line_labellings, separable_labellings
from logreg.ui.address import but_default, go_to
from logreg.ui.fields import Number
from logreg.ui.lesson import Asked, View
from logreg.ui.scripts.beyond import DIMENSIONS
from logreg.ui.scripts.beyond import TOSSES as TOSSED
from logreg.ui.stage import Action, Pictures, Script, Show

TOSSES = Number("toss", "Tosses", 1, MOST_TOSSES, 1, whole=True)
COINS = Number("coins", "Coins", 1, 999_999, 1, whole=True)
FIELDS = (TOSSES, COINS)
MANY = 1_000
_HALF = 6
_WIDE, _HIGH = 4, 3


def grid() -> Dataset:
    """Return points on a grid, many of them on one line."""
    points = [(x, y) for x in range(_WIDE) for y in range(_HIGH)]
    return Dataset(points, [i % 2 for i in range(len(points))], "grid")


def toss_scene(asked: Asked) -> View:
    """Return the scene: tosses on the points of the page, or Cover's share in more dimensions."""
    return _more_dimensions(asked) if asked.view == 2 else _in_the_plane(asked)


def _in_the_plane(asked: Asked) -> View:
    tosses, coins = int(asked[TOSSES]), int(asked[COINS])
    dial = toss_timeline(asked.dataset, tosses, coins)
    pictures = (tossed_points(dial, asked.dataset, theme=asked.theme), share_over_n(dial, theme=asked.theme))
    seen = "this toss is {verdict}" if tosses == 1 else f"{{hits}} of {tosses:,} tosses are separable"
    return View(
        Show(
            pictures=Pictures((), pictures),
            timeline=dial,
            caption=f"n = {{n}}: {seen}; {{counted}}.",
            theme=asked.theme,
            script=Script(TOSSED, {"points": shown_points(asked.dataset)}, {"coins": coins, "tosses": tosses}),
        ),
        (position(asked.dataset), _what_is_tossed(asked.dataset, tosses)),
        about=("Other points get the same coins and a tally of their own; another n is another look at them.",),
        fields=(),
        actions=buttons(tosses, coins),
    )


def buttons(tosses: int, coins: int) -> tuple[Action, ...]:
    """Return the buttons that there is room for: one toss, a thousand, and another start."""
    more = {1: ("one", "Toss one"), MANY: ("many", f"Toss {MANY:,}")}
    found = [
        Action(name, label, "A coin for the label of each point.", partial(go_to, toss=tosses + k))
        for k, (name, label) in more.items()
        if tosses + k <= MOST_TOSSES
    ]
    other = coins % int(COINS.maximum) + 1
    again = Action("again", "Start again", "Lets go of all tosses and takes other coins.", partial(start_with, other))
    return (*found, again)


def start_with(coins: int) -> None:
    """Begin with the first toss of other coins."""
    go_to(toss=None, coins=but_default(COINS, coins))


def position(dataset: Dataset) -> str:
    """Say whether the points are in general position, so that Cover's number holds, and if not, why it does not."""
    odd = [str(i + 1) for i in dependent_points(shown_points(dataset).X)]
    if not odd:
        return "No three of these points are on one line, so Cover’s number holds."
    where = "at one place: no line parts them" if len(odd) == 2 else "on one line: none cuts off the middle one"
    return f"Points {', '.join(odd)} lie {where}, hence fewer than Cover’s number."


def _what_is_tossed(dataset: Dataset, tosses: int) -> str:
    """Say how tosses, points and dial go together, and where tossing ends."""
    if tosses + MANY > MOST_TOSSES:
        return f"Bars: 95 % (Wilson). More than {MOST_TOSSES:,} tosses are not counted."
    n, whole = min(MOST_POINTS, dataset.n_samples), dataset.n_samples
    points = all_of(n) if n == whole else f"the first {n} of {whole:,} points"
    return f"A toss gives {points} a coin each; the first n count. Bars: 95 % (Wilson)."


def _more_dimensions(asked: Asked) -> View:
    dial = dimension_timeline()
    return View(
        Show(
            pictures=Pictures((), (sharper_with_dimension(dial, theme=asked.theme),)),
            timeline=dial,
            caption="d = {d}: at 1.8 points per parameter {before} are separable, at 2.2 only {after}.",
            theme=asked.theme,
            script=Script(DIMENSIONS),
        ),
        ("One half is at n = 2·(d + 1) for every d: Observation 3 is then a coin’s toss.",),
        without_points="points in more than two dimensions are needed",
        fields=(),
    )


def _share_at_half(asked: Asked) -> tuple[int, int]:
    """Return how many labellings of the first six points a line separates, and of how many."""
    X = shown_points(asked.dataset).X[:_HALF]
    return len(line_labellings(X)), 2 ** len(X)


def how_often(asked: Asked) -> int:
    """Return 0 for hardly ever, 1 for about half the time, 2 for nearly always: the nearest."""
    separable, total = _share_at_half(asked)
    return 0 if 4 * separable < total else 1 if 4 * separable <= 3 * total else 2


def has_an_answer(asked: Asked) -> bool:
    """Return whether the plane of tosses is shown, and one of the three answers is right for its points."""
    separable, total = _share_at_half(asked)
    return asked.view == 1 and 8 * abs(separable - how_often(asked) * total / 2) <= total


def why_so_often(asked: Asked) -> str:
    """Say what was counted on the first six points, beside Cover's number."""
    separable, total = _share_at_half(asked)
    points = counted(min(_HALF, asked.dataset.n_samples))
    number = separable_labellings(min(_HALF, asked.dataset.n_samples), 2)
    return f"Counted on {points}: {separable} of {total} labellings are separable; Cover’s number is {number}."
