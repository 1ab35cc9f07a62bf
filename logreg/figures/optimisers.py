"""Four optimisers on three samples: where w points, and how ‖w‖ grows, on linear and on log steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from logreg.certificates.margin import max_margin
from logreg.data.dataset import FloatArray
from logreg.figures.board import Axis, Board, coloured, log_axis
from logreg.figures.labels import push_apart
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.figures.picture import Picture, Trace
from logreg.figures.theme import CLASS_SYMBOLS, LIGHT, Theme, dot
from logreg.figures.timeline import Timeline, bound
from logreg.theory.optimisers import (
    EPSILON,
    RATES,
    RULES,
    OptimiserRun,
    Rule,
    adam_runs,
    box_direction,
    optimise,
    signed_points,
)

LAST = 100_000
"""Steps that are taken."""
NAMES: dict[Rule, str] = {"gradient descent": "GD", "normalised": "normalised", "sign": "sign", "Adam": "Adam"}
"""What each is called beside its line; its column is the first two letters, small."""

FIRST = 1_000
"""Steps on the linear axis."""
HIGHEST = 30.0
"""‖w‖ on the log axis: gradient descent and Adam fit."""

_DEGREES, _NORMS, _LINES = (15.0, 50.0), (0.0, HIGHEST), (0.0, 150.0)  # what the axes of the three charts show
_HEIGHT, _NAME = 150.0, 20.0  # pixels of a low chart, and of a name in it
_RADII = (1.0, 0.84, 0.68, 0.52)


def _steps() -> list[int]:
    return sorted({round(10**power) for power in np.linspace(0.0, np.log10(LAST), 101)})


@once
def four_runs() -> dict[Rule, OptimiserRun]:
    """Follow each rule with its own learning rate on the three signed points."""
    plain = (optimise(signed_points(), rule, _steps(), learning_rate=RATES[rule]) for rule in RULES if rule != "Adam")
    return {run.rule: run for run in (*plain, _adam()[EPSILON])}


@once
def _adam() -> dict[float, OptimiserRun]:
    """Follow Adam for every ε of the dial and for none, all at once: that takes hardly longer than one."""
    epsilons = [10.0**-power for power in range(2, 21)] + [0.0]
    runs = adam_runs(signed_points(), epsilons, _steps(), learning_rate=RATES["Adam"])
    return dict(zip(epsilons, runs, strict=True))


def margins_degrees() -> tuple[float, float]:
    """Return the directions of the widest ℓ2 and ℓ∞ margins of the three signed points."""
    round_one, box = max_margin(signed_points(), "none").weights, box_direction(signed_points())
    first, second = (float(np.degrees(np.arctan2(u[1], u[0]))) for u in (round_one, box))
    return first, second


@once
def optimiser_timeline() -> Timeline:
    """Return the four runs over their steps, the dial t.

    Returns
    -------
    Timeline
        Of t: for "gd", "no", "si" and "ad" the angle ("gd_deg"), the norm ("gd_norm") and a hand of its own length at
        that angle ("gd_x", "gd_y"); where its name stands beside the angle, and beside the norm on log and on linear
        steps ("gd_deg_name", "gd_norm_name", "gd_line_name").
    """
    columns: dict[str, FloatArray] = {}
    for (rule, run), radius in zip(four_runs().items(), _RADII, strict=True):
        turn, short = np.radians(run.degrees), _short(rule)
        columns |= {f"{short}_deg": run.degrees, f"{short}_norm": run.norms}
        for axis, along in (("x", np.cos(turn)), ("y", np.sin(turn))):
            columns[f"{short}_{axis}"] = np.column_stack([np.zeros(len(turn)), radius * along])
    for of, name, span in (("deg", "deg", _DEGREES), ("norm", "norm", _NORMS), ("norm", "line", _LINES)):
        heights = _apart(np.column_stack([columns[f"{_short(rule)}_{of}"] for rule in RULES]), span)
        columns |= {f"{_short(rule)}_{name}_name": own for rule, own in zip(RULES, heights.T, strict=True)}
    return Timeline("t", np.array(_steps(), dtype=np.float64), columns)


def _apart(values: FloatArray, span: tuple[float, float]) -> FloatArray:
    """Return where names stand beside the values of each row, none on another; NaN where a value is out of sight."""
    low, high = span
    scale, places = _HEIGHT / (high - low), np.full(values.shape, np.nan)
    for row, place in zip(values, places, strict=True):
        seen = np.flatnonzero((low <= row) & (row <= high))
        seen = seen[np.argsort(-row[seen], kind="stable")]  # of two names near each other the higher line's is on top
        middles = push_apart(((row[seen] - low) * scale).tolist(), [_NAME] * len(seen), _HEIGHT)
        place[seen] = low + np.array(middles) / scale
    return places


def directions(timeline: Timeline, *, targets: bool = True, theme: Theme = LIGHT) -> Picture:
    """Draw the four directions as hands of a clock, the samples, and if asked the widest margins', dashed."""
    across = Axis(title="w₁", span=(-0.06, 2.15))
    board = Board(x=across, y=Axis(title="w₂", span=(-0.06, 1.32)), theme=theme, is_square=True)
    quarter = np.radians(np.linspace(0.0, 90.0, 61))
    traces: list[Trace] = [board.line("circle", np.cos(quarter), np.sin(quarter), theme.muted, 1.5)]
    for part, degrees in _margins(targets):
        turn = np.radians(degrees)
        x, y = [0.0, 1.16 * np.cos(turn)], [0.0, 1.16 * np.sin(turn)]
        traces.append(board.line(part, x, y, theme.certain, 2.5, dash="dash"))
    traces += [_hand(board, timeline, rule, theme) for rule in reversed(RULES)]
    samples = {"symbol": CLASS_SYMBOLS[1], "size": 12, "color": theme.classes[1]}
    x, y = signed_points().X.T
    traces.append(board.dots("samples", x, y, samples))
    notes = [_margin_name(board, name, degrees, theme) for name, degrees in _margins(targets)]
    ends_at = ", ".join(f"{NAMES[rule]} {format_number(float(run.degrees[-1]))}°" for rule, run in four_runs().items())
    words = f"Three samples and the direction of w by four optimisers; after {LAST:,} steps: {ends_at}. Dashed: the "
    words += "widest ℓ2 margin at {:.2f}°, the widest ℓ∞ margin at {:.0f}°.".format(*margins_degrees())
    return board.picture(traces, title=_title(RULES, "deg", theme, "°"), alt=words, notes=notes)


def angles_over_steps(timeline: Timeline, *, targets: bool = True, theme: Theme = LIGHT) -> Picture:
    """Draw the angle of w over log steps by the four optimisers, and if asked the two margins as levels."""
    board = _log_board(theme, Axis(title="angle of w, degrees", span=_DEGREES))
    traces: list[Trace] = [board.level(name, degrees, theme.certain) for name, degrees in _margins(targets)]
    for rule in RULES:
        traces += _growing(board, timeline, rule, "deg", theme)
    words = "The angle of w over the steps (log scale). " + _ends("degrees")
    return board.picture(traces, title="The angle of w", alt=words, right=96)


def norms_on_log_steps(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw ‖w‖ over log steps: gradient descent's is a line."""
    board = _log_board(theme, Axis(title="‖w‖", span=_NORMS))
    traces = [part for rule in RULES for part in _growing(board, timeline, rule, "norm", theme)]
    words = "‖w‖ over the steps (log scale), up to 30: gradient descent’s becomes a straight line. " + _ends("norms")
    title = f"Log steps: {_title(('gradient descent', 'Adam'), 'norm', theme)}"
    return board.picture(traces, title=title, alt=words, right=96)


def norms_on_linear_steps(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw ‖w‖ over the first 1,000 steps: those of normalised and of sign descent are lines."""
    ticks = {0.0: "0", 250.0: "250", 500.0: "500", 750.0: "750", 1000.0: "1,000"}
    x = Axis(title="step (linear)", span=(-10.0, 1.02 * FIRST), ticks=ticks)
    board = Board(x=x, y=Axis(title="‖w‖", span=_LINES), theme=theme)
    traces = [part for rule in RULES for part in _growing(board, timeline, rule, "norm", theme, beside="line")]
    row = int(np.searchsorted(timeline.values, FIRST))
    at = {rule: run.norms[row] for rule, run in four_runs().items()}
    words = "‖w‖ over the first 1,000 steps (linear scale): normalised and sign descent go along straight lines. At "
    words += (
        "step 1,000: " + ", ".join(f"{NAMES[rule]} {format_number(float(norm))}" for rule, norm in at.items()) + "."
    )
    title = f"Linear steps: {_title(('normalised', 'sign'), 'norm', theme)}"
    return board.picture(traces, title=title, alt=words, right=96)


# ------------------------------------------------------------------ Adam's ε


@once
def epsilon_timeline() -> Timeline:
    """Return Adam's angle over its steps for smaller and smaller ε, the dial.

    Returns
    -------
    Timeline
        Of ε: the curve ("angle"), its end ("last"), and the end with ε = 0 ("without").
    """
    runs = {epsilon: run for epsilon, run in _adam().items() if epsilon}
    angles = np.array([run.degrees for run in runs.values()])
    without = np.full(len(runs), _adam()[0.0].degrees[-1])
    return Timeline("ε", np.array(list(runs)), {"angle": angles, "last": angles[:, -1], "without": without})


def adams_epsilon(timeline: Timeline, *, theme: Theme = LIGHT) -> Picture:
    """Draw Adam's angle over log steps for the dial's ε, with the two margins as levels."""
    board = _log_board(theme, Axis(title="angle of w, degrees", span=_DEGREES))
    traces: list[Trace] = [board.level(name, degrees, theme.certain) for name, degrees in _margins(True)]
    curve = board.line("Adam", _steps(), timeline.columns["angle"][0], _colour("Adam", theme), 4.5)
    traces.append(bound(curve, "at", y="angle"))
    notes = [
        board.name(f"{name} {degrees:.2f}°", 1.2, degrees, theme.certain, yanchor="bottom", yshift=3)
        for name, degrees in _margins(True)
    ]
    first, last, without = (float(timeline.columns[name][i]) for name, i in (("last", 0), ("last", -1), ("without", 0)))
    words = f"Adam’s angle over the steps (log scale). After {LAST:,} steps: {format_number(first)}° with ε = "
    words += f"{format_number(float(timeline.values[0]))}, {format_number(last)}° with ε = "
    words += f"{format_number(float(timeline.values[-1]))}, {format_number(without)}° without ε."
    return board.picture(traces, title="ε = {ε}: {last}° after 100,000 steps", alt=words, notes=notes)


# ------------------------------------------------------------------ parts


def _margins(shown: bool) -> list[tuple[str, float]]:
    """Return the names of the two margins with their directions; none where they would give an answer away."""
    return list(zip(("ℓ2", "ℓ∞"), margins_degrees(), strict=True)) if shown else []


def _short(rule: Rule) -> str:
    return "gd" if rule == "gradient descent" else rule[:2].lower()


def _colour(rule: Rule, theme: Theme) -> str:
    looks = (theme.run, theme.run_b, theme.text, theme.muted)
    return dict(zip(RULES, looks, strict=True))[rule]


def _hand(board: Board, timeline: Timeline, rule: Rule, theme: Theme) -> Trace:
    x, y = (timeline.columns[f"{_short(rule)}_{axis}"][0] for axis in "xy")
    marker = dot(theme, _colour(rule, theme), 13)
    hand = board.line(rule, x, y, _colour(rule, theme), 4.5) | {"mode": "lines+markers", "marker": marker}
    return bound(hand, "at", x=f"{_short(rule)}_x", y=f"{_short(rule)}_y")


def _margin_name(board: Board, name: str, degrees: float, theme: Theme) -> dict[str, object]:
    turn = np.radians(degrees)
    text = f"widest {name}<br>margin, {degrees:.2f}°"
    return board.name(text, float(1.18 * np.cos(turn)), float(1.18 * np.sin(turn)), theme.certain)


def _title(rules: Sequence[Rule], column: str, theme: Theme, unit: str = "") -> str:
    """Return the rules' names, each in the colour of its line, with their numbers."""
    return ", ".join(
        f"{coloured(NAMES[rule], _colour(rule, theme))} {{{_short(rule)}_{column}}}{unit}" for rule in rules
    )


def _log_board(theme: Theme, y: Axis) -> Board:
    span = (0.9, 1.3 * LAST)
    return Board(x=log_axis("step", span), y=y, theme=theme)


def _growing(
    board: Board, timeline: Timeline, rule: Rule, column: str, theme: Theme, *, beside: str = ""
) -> list[Trace]:
    """Return a line that grows, and its name beside its end."""
    name, colour = f"{_short(rule)}_{column}", _colour(rule, theme)
    at = f"{_short(rule)}_{beside or column}_name"
    values, heights = timeline.columns[name], timeline.columns[at]
    line = board.line(rule, timeline.values, values, colour, 4)
    label = board.words(f"{rule} name", timeline.values[:1], heights[:1], [f"  {NAMES[rule]}"], colour)
    return [bound(line, "along", x="t", y=name), bound({**label, "cliponaxis": False}, "at", x="t", y=at)]


def _ends(what: str) -> str:
    unit = "°" if what == "degrees" else ""
    last = (f"{NAMES[rule]} {format_number(float(getattr(run, what)[-1]))}{unit}" for rule, run in four_runs().items())
    return f"After {LAST:,} steps: {', '.join(last)}."
