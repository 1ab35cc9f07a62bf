"""What Python and JavaScript both do, they do alike: the modules themselves, in Chromium, on the same cases."""

import base64
import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.numbers import format_number, format_positive, format_power
from logreg.figures.one_run import loss_curve
from logreg.figures.plane import decision_boundary
from logreg.figures.steps import STEP_ZERO
from logreg.figures.window import data_window, line_in_window
from logreg.training.model import Model, sigmoid
from logreg.training.objective import Objective
from logreg.training.trainer import TrainingConfig, train
from logreg.ui.files.qr import LONGEST
from logreg.ui.stage import Edit, Pictures, RunView, apply_edit, pack, payload
from logreg.ui.stage.messages import LARGEST_COORDINATE, MOST_EDITS, MOST_POINTS
from tests.browser.modules import RECORDS, drawn

FLOATS = """async ([bytes, digits]) => {
  const { formatNumber } = await import("/stage/numbers.js");
  const values = new Float64Array(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)).buffer);
  return Array.from(values, (value) => formatNumber(value, digits));
}"""
NASTY = [
    *(0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308),
    *(1 - 2**-53, 1 + 2**-52, -1 + 2**-53, 0.99995, 0.999949999999, 9.9995, 9.99949, 99.99995, 9.5, 9999999.5, 1e22),
    *(1e21, 1e23, 2.0**53, 2.0**53 + 2, 10.0**7, 10.0**7 - 1, 1e-4, 9.9996e-5, 0.00012345, 0.1, 0.3, 2 / 3),
]


# ------------------------------------------------------------------ numbers


def floats(numbers):
    """Return numbers of JavaScript as floats: those of whole numbers arrive as int."""
    return [float(number) for number in numbers]


def ties(rng, digits, count):
    """Return floats whose exact decimal value has one digit more, a 5: in the middle between two shorter numbers."""
    decimals = rng.integers(1, min(digits, 10) + 1, count)
    halves = 10.0 ** (digits - decimals) * 2.0**decimals
    values = (2 * np.floor(halves * rng.uniform(0.5, 4.5, count)) + 1) / 2.0**decimals
    assert all(len(Decimal(value).as_tuple().digits) == digits + 1 for value in values if value > 1)
    return values


@pytest.mark.parametrize("digits", range(1, 16))
def test_every_float_is_the_same_text_in_python_and_in_the_browser(script, digits):
    rng = np.random.default_rng(digits)
    any_bits = rng.integers(0, 2**64, 1000, np.uint64).view(float)
    values = [*NASTY, *drawn(st.floats(), 500), *ties(rng, digits, 500), *any_bits]
    sent = base64.b64encode(np.array(values, dtype="<f8").tobytes()).decode()
    shown = script(FLOATS, [sent, digits])
    wanted = [format_number(value, digits) for value in values]
    assert [pair for pair in zip(values, wanted, shown, strict=True) if pair[1] != pair[2]] == []


def test_counts_powers_and_positive_quantities_are_the_same_text_too(calls):
    counts = [*range(1200), *drawn(st.integers(0, 10**15), 200)]
    assert calls("/stage/numbers.js", "formatCount", [[n] for n in counts]) == [f"{n:,}" for n in counts]
    powers = range(-400, 400)
    assert calls("/stage/numbers.js", "formatPower", [[k] for k in powers]) == [format_power(k) for k in powers]
    sizes = [0.0, *drawn(st.floats(0, allow_infinity=False), 200)]
    assert calls("/stage/numbers.js", "formatPositive", [[v] for v in sizes]) == [format_positive(v) for v in sizes]


def test_what_falls_short_of_a_target_by_less_than_all_of_it_is_never_said_to_be_100_percent_short(calls):
    shares = [0.0, 5e-7, 4.9e-6, 1e-9, 1e-300, 0.5, 1 - 1e-8, *drawn(st.floats(0, 1, exclude_max=True), 300)]
    said = calls("/stage/numbers.js", "formatShortfall", [[share, 1.0] for share in shares])
    assert said[:7] == ["100", "99.9999", "99.9995", "99.9999999", "(100 − 1.00·10⁻²⁹⁸)", "50", "1.00·10⁻⁶"]
    assert [(text == "100") == (share == 0) for share, text in zip(shares, said, strict=True)] == [True] * len(shares)


# ------------------------------------------------------------------ the plane

FLAT = st.lists(st.tuples(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300)), min_size=1, max_size=8)
NEAR = st.builds(
    lambda at, size, points: [(at + size * x, at - size * y) for x, y in points],
    st.sampled_from([0.0, 3.0, -1e8, 1e12]),
    st.sampled_from([1e-8, 1.0, 1e5]),
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=8),
)


def test_a_window_shows_the_same_part_of_the_plane(calls):
    clouds = drawn(FLAT | NEAR, 300)
    rows = [[[value for point in cloud for value in point]] for cloud in clouds]
    wanted = [list(data_window(Dataset(cloud, [1] * len(cloud)))) for cloud in clouds]
    assert [floats(window) for window in calls("/stage/geometry.js", "windowOf", rows)] == wanted


def test_places_of_both_classes_are_the_same(calls):
    place = st.tuples(*[st.sampled_from([0.0, -0.0, 1.0, 0.1 + 0.2, 0.3, 1e-300])] * 2)
    clouds = drawn(st.lists(st.tuples(place, st.integers(0, 1)), min_size=1, max_size=12), 300)
    rows = [[{"X": [value for at, _ in cloud for value in at], "y": [label for _, label in cloud]}] for cloud in clouds]
    found = 0
    for cloud, both in zip(clouds, calls("/stage/places.js", "sharedPlaces", rows), strict=True):
        plane = decision_boundary(Dataset(*map(list, zip(*cloud, strict=True))), Model([0.0, 0.0]))
        disc = next(trace for trace in plane.data if trace["meta"]["role"] == "shared")
        wanted = list(zip(disc["x"].tolist(), disc["y"].tolist(), strict=True))
        assert sorted(zip(both["x"], both["y"], strict=True)) == wanted
        found += bool(wanted)
    assert found > 50


def lines(rng, count):
    """Return w1, w2, b and a window: lines through it and past it, far from the origin too."""
    at = rng.choice([0.0, 1.0, -1e4, 1e8], (count, 2)) + rng.normal(size=(count, 2))
    half = 10.0 ** rng.uniform(-3, 3, count)
    windows = np.column_stack([at[:, 0] - 1.25 * half, at[:, 0] + 1.25 * half, at[:, 1] - half, at[:, 1] + half])
    weights = rng.normal(size=(count, 2)) * 10.0 ** rng.integers(-12, 12, (count, 1))
    weights[rng.random((count, 2)) < 0.1] = 0
    through = at + half[:, None] * rng.uniform(-2, 2, (count, 2))
    return weights, -(weights * through).sum(axis=1), windows


def test_a_line_crosses_a_window_at_the_same_places(calls):
    weights, biases, windows = lines(np.random.default_rng(0), 3000)
    rows = [[*w, b, window] for w, b, window in zip(weights.tolist(), biases.tolist(), windows.tolist(), strict=True)]
    crossed = 0
    for row, ends in zip(rows, calls("/stage/geometry.js", "lineInWindow", rows), strict=True):
        *w, b, window = row
        wanted = line_in_window(np.array(w), b, tuple(window))
        assert (ends is None) == (wanted is None), row
        if ends is not None:
            room = 1e-9 * (window[1] - window[0])
            found = np.array(sorted([ends[:2], ends[2:]]))
            same = min(np.abs(found - wanted).max(), np.abs(found[::-1] - wanted).max())
            assert same <= room + 4 * np.spacing(np.abs(window).max()), row
            crossed += 1
    assert 1000 < crossed < 2900


def test_a_probability_is_the_same_number_to_the_last_bits(calls):
    z = [0.0, -0.0, 745.2, -745.2, -1e308, 1e308, *drawn(st.floats(-800, 800), 300)]
    shown = np.array(calls("/stage/geometry.js", "sigmoid", [[value] for value in z]))
    assert np.allclose(shown, sigmoid(np.array(z)), rtol=1e-15, atol=5e-324)


# ------------------------------------------------------------------ points

COORDINATE = st.floats(-LARGEST_COORDINATE, LARGEST_COORDINATE)
EDITS = st.one_of(
    st.builds(lambda x, y, label: Edit("add", x=x, y=y, label=label), COORDINATE, COORDINATE, st.integers(0, 1)),
    st.builds(lambda index, x, y: Edit("move", index=index, x=x, y=y), st.integers(0, 7), COORDINATE, COORDINATE),
    st.builds(lambda op, index: Edit(op, index=index), st.sampled_from(["flip", "delete"]), st.integers(0, 7)),
)


def plain(points):
    return {"X": points.X.ravel().tolist(), "y": points.y.tolist()}


def test_an_edit_gives_the_same_points_as_python_will_send_back(script):
    rng, cases = np.random.default_rng(0), []
    for edit in drawn(EDITS, 300):
        n = int(rng.integers(max(2, (edit.index or 0) + 1), 10))
        cases.append((Dataset(rng.normal(size=(n, 2)), rng.integers(0, 2, n)), edit))
    shown = script(
        """async (cases) => {
          const { applyEdit } = await import("/stage/state.js");
          const plain = ({ X, y }) => ({ X: Array.from(X), y: Array.from(y) });
          return cases.map(([points, edit]) => plain(applyEdit(points, edit)));
        }""",
        [[plain(points), {"op": e.op, "index": e.index, "x": e.x, "y": e.y, "label": e.label}] for points, e in cases],
    )
    wanted = [plain(apply_edit(points, edit)) for points, edit in cases]
    assert [{"X": floats(points["X"]), "y": points["y"]} for points in shown] == wanted


def test_what_is_packed_is_unpacked_to_the_last_bit(script):
    run = train(make_dataset("overlapping_blobs", n_samples=9), TrainingConfig(n_steps=50, objective=Objective(l2=0.1)))
    pictures = Pictures((decision_boundary(run.dataset, run.model),), (loss_curve(run),))
    said = {"layout": "explorer", "step": None, "caption": "‖w‖ = {0.norm}"}
    sent = payload(said, pack("explorer", [RunView("A", run)], pictures))
    header = script(
        """async (text) => {
          const { unpack } = await import("/stage/state.js");
          const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
          const plain = (key, value) => (value instanceof Float64Array ? Array.from(value) : value);
          return JSON.parse(JSON.stringify(unpack(bytes), plain));
        }""",
        base64.b64encode(sent).decode(),
    )
    assert (header["layout"], header["step"], header["caption"]) == ("explorer", None, "‖w‖ = {0.norm}")
    told = header["runs"][0]
    assert told["name"] == "A"
    for name, values in {
        "steps": run.steps,
        "w1": run.weights[:, 0],
        "w2": run.weights[:, 1],
        "bias": run.bias,
        "loss": run.loss,
        "part": run.data_loss,
    }.items():
        assert told[name] == values.tolist(), name
    assert told["points"] == plain(run.dataset)
    assert len(header["figures"]["plane"][0]["data"]) == len(pictures.planes[0].figure.data)


# ------------------------------------------------------------------ steps


def test_every_step_shows_the_record_that_python_shows(calls):
    rng = np.random.default_rng(0)
    rows = [[steps, int(step)] for steps in drawn(RECORDS, 200) for step in rng.integers(0, steps[-1] + 1, 5)]
    shown = calls("/stage/state.js", "recordAt", rows)
    assert shown == [int(np.searchsorted(steps, step, side="right")) - 1 for steps, step in rows]


def test_the_constants_that_both_sides_hold_are_the_same(script):
    constants = "Promise.all(['state', 'geometry', 'messages', 'share'].map((name) => import(`/stage/${name}.js`)))"
    told = script(f"async () => Object.assign({{}}, ...await {constants})")
    assert told["MOST_POINTS"] == MOST_POINTS
    assert told["MOST_EDITS"] == MOST_EDITS
    assert told["LONGEST_CODE"] == LONGEST
    assert math.isclose(10 ** told["GUTTER"], STEP_ZERO)
