"""What a caption that a dial fills in claims at its values: the columns and words of its timeline, by a second hand."""

import re
from decimal import Decimal

from hypothesis import assume

from tests.benchmarks.claims_of_runs import check_text, parameters_at
from tests.benchmarks.screen_text import agrees, read
from tests.benchmarks.second_hand import corners, decimals, dot, length, sigmoid

SETS = ("A", "B")


def rows_of(dial):
    """Return the rows that are looked at: both ends and some between."""
    last = len(dial.values) - 1
    return sorted({0, 1, last // 4, last // 2, 3 * last // 4, last})


def rays(points, side):
    """Return the directions that w may be pushed along: of the cheapest there can be several."""
    if side.limit is not None:
        v = points.optimum() if points.kind == "overlapping" else points.direction()[0]
        assume(v is not None)
        return [v]
    units = [[x / length(u) for x in u] for u in map(decimals, corners(points.exact))]
    costs = [sum(max(-dot(a, u), Decimal(0)) for a in points.rows) for u in units]
    return [u for u, cost in zip(units, costs, strict=True) if cost <= min(costs) + Decimal("1e-9") * points.size]


def pushed(dial, points, sides):
    """Far out a free direction among several cheapest ones gives another loss: one of them must agree."""
    assert dial.name == "r"
    assert list(dial.values) == sorted(dial.values)
    for k, name in enumerate(SETS):
        directions = rays(points[name], sides[name])
        for row in rows_of(dial) if directions else ():
            found = [points[name].log10_along(u, Decimal(float(dial.values[row]))) for u in directions]
            said, loss = dial.words[f"said{k}"][row], Decimal(float(dial.columns[f"loss{k}"][row]))
            assert any(is_loss(said, log10) for log10 in found) or not is_certain(sides[name])
            assert "^" in said or is_loss(said, loss.log10())


def is_certain(side):
    """Say whether the direction is one that theory names; the cheapest of many is an optimum of a linear program."""
    return side.limit is not None


def is_loss(said, log10):
    power = re.fullmatch(r"10\^\((.*)\)", said)
    if power:
        return agrees(power[1], log10)
    value, half = read(said)
    exact = Decimal(10) ** log10
    return abs(value - exact) <= max(half, exact * Decimal("5e-4")) * Decimal("1.01")


def place_of(points, side):
    """Return the (w, b) at c = 1: the optimum, or where none is known the end of the run."""
    if side.analysis.optimum is None:
        return parameters_at(side, str(side.trajectory.last_step))
    v = points.optimum()
    assume(v is not None)
    return v


def balanced(dial, points, sides):
    assert dial.name == "c"
    assert [dial.values[0], dial.values[-1]] == [0.0, 3.0]
    for k, name in enumerate(SETS):
        margins = points[name].margins(place_of(points[name], sides[name]))
        for row in rows_of(dial):
            pulls = [m * sigmoid(-Decimal(float(dial.values[row])) * m) / len(margins) for m in margins]
            gains, losses = sum(max(p, Decimal(0)) for p in pulls), sum(max(-p, Decimal(0)) for p in pulls)
            near = Decimal("1e-5") * max(gains, losses) + Decimal("1e-12")
            assert abs(Decimal(float(dial.columns[f"gains{k}"][row])) - gains) <= near
            assert abs(Decimal(float(dial.columns[f"losses{k}"][row])) - losses) <= near


def penalised(dial, points, sides):
    assert dial.name == "λ"
    for row in rows_of(dial):
        said, l2 = dial.words["where"][row], Decimal(str(float(dial.values[row])))
        assert agrees(re.match(r"with λ = (\S+) ", said)[1], l2)
        check_text(said, points["A"], sides["A"], points)
        v = points["A"].with_penalty(l2).optimum()
        known = {name: Decimal(float(dial.columns[name][row])) for name in ("norm", "data_loss", "objective")}
        if v is not None and all(number.is_finite() for number in known.values()):
            near = Decimal("1e-5")
            assert abs(known["norm"] - length(v)) * points["A"].size <= near * (1 + length(v) * points["A"].size)
            assert abs(known["data_loss"] - points["A"].loss(v)) <= near
            assert abs(known["objective"] - points["A"].with_penalty(l2).loss(v)) <= near


OF_DIALS = {
    "Pushed out to r = {r}, A’s loss is {said0} and B’s is {said1}.": pushed,
    "At c = {c} times the weights: A gains {gains0} and loses {losses0}, B gains {gains1} and loses {losses1}.": (
        balanced
    ),
    "{where}.": penalised,
}


def check_dial(text, dial, points, sides):
    """Check a line that a dial fills in; say whether this is one."""
    if text not in OF_DIALS:
        return False
    OF_DIALS[text](dial, points, sides)
    return True
