"""The pictures of /beyond: every number that the page names is computed."""

import threading

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.figures import labellings, optimisers, signal, three_classes
from logreg.figures.numbers import format_number
from logreg.figures.once import once
from logreg.theory.cover import separable_labellings, separable_share
from logreg.theory.optimisers import RULES
from tests.figures.seen import only

GRID = Dataset([(x, y) for x in range(4) for y in range(3)], [0, 1] * 6)


@pytest.fixture(scope="module")
def on_grid():
    return labellings.toss_timeline(GRID, 1000)


@pytest.fixture(scope="module")
def tossed():
    return labellings.toss_timeline(headline(), 1000)


def test_on_the_lectures_points_covers_numbers_are_counted_to_the_unit(tossed):
    counted = [f"counted, {k} of all {2**n}, as Cover says" for n, k in
               zip(range(3, 9), (8, 14, 22, 32, 44, 58), strict=True)]  # fmt: skip
    assert list(tossed.words["counted"][2:8]) == counted
    assert tossed.columns["number"].tolist() == [separable_labellings(n, 2) for n in range(1, 13)]
    assert tossed.columns["cover"][5] == 0.5


def test_the_intervals_of_the_tosses_hold_covers_share(tossed):
    low, high = tossed.columns["bar"].T
    inside = (low <= tossed.columns["cover"]) & (tossed.columns["cover"] <= high)
    assert inside.sum() >= 11  # of 12, each with 95 %
    assert (tossed.columns["seen"] * 1000 == tossed.columns["hits"]).all()


def test_on_a_grid_fewer_are_separable_than_in_general_position(on_grid):
    assert on_grid.words["counted"][2] == "counted, 6 of all 8, Cover’s number is 8"
    assert on_grid.words["counted"][-1] == "counted, 100 of all 4,096, Cover’s number is 134"
    low, high = on_grid.columns["bar"].T
    assert ((low <= on_grid.columns["count"]) & (on_grid.columns["count"] <= high)).sum() >= 11
    assert high[-3] < on_grid.columns["cover"][-3]


def test_the_count_is_drawn_just_where_it_is_not_covers_number(on_grid, tossed):
    drawn = [[one.meta["part"] for one in labellings.share_over_n(dial).figure.data] for dial in (on_grid, tossed)]
    assert ["counted" in parts for parts in drawn] == [True, False]


def test_a_toss_more_leaves_the_tosses_before_and_other_coins_are_others():
    assert (labellings.coins(7, 3) == labellings.coins(1007, 3)[:7]).all()
    assert (labellings.coins(7, 3) != labellings.coins(7, 4)).any()
    one, more = (labellings.toss_timeline(headline(), k) for k in (1000, 1001))
    grown = more.columns["hits"] - one.columns["hits"]
    assert grown.tolist() == [float(kind == "separable") for kind in more.words["verdict"]]


def test_the_toss_shown_has_every_point_once_and_a_line_just_where_one_separates(tossed):
    for row, verdict in enumerate(tossed.words["verdict"]):
        shown = np.isfinite([tossed.columns["zeros_x"][row], tossed.columns["ones_x"][row]])
        assert (shown.sum(axis=0) == (np.arange(12) <= row)).all()
        if verdict == "overlapping":
            assert np.isnan(tossed.columns["line_x"][row]).all()


def test_the_fall_gets_steeper_with_the_dimension_and_the_tosses_lie_on_it():
    dial = labellings.dimension_timeline()
    assert (np.diff(dial.columns["before"]) > 0).all()
    assert (np.diff(dial.columns["after"]) < 0).all()
    for d in (2, 10, 50):
        places = labellings.tosses_in(d)
        cover = [float(separable_share(round(ratio * (d + 1)), d)) for ratio, _ in places]
        inside = [one.interval[0] <= p <= one.interval[1] for (_, one), p in zip(places, cover, strict=True)]
        assert sum(inside) >= len(inside) - 1


def test_the_names_of_the_four_lines_stand_apart_at_every_step():
    dial = optimisers.optimiser_timeline()
    for name, span in (("deg", 35.0), ("norm", 30.0), ("line", 150.0)):
        columns = [dial.columns[f"{rule}_{name}_name"] for rule in ("gd", "no", "si", "ad")]
        of = "norm" if name == "line" else name
        values = np.column_stack([dial.columns[f"{rule}_{of}"] for rule in ("gd", "no", "si", "ad")])
        for row, places in zip(values, np.column_stack(columns), strict=True):
            seen = np.flatnonzero(np.isfinite(places))
            pairs = [(i, j) for i in seen for j in seen if row[i] > row[j]]
            assert all(places[i] > places[j] for i, j in pairs), "the name of the higher line stands higher"
        heights = np.sort(np.column_stack(columns))
        assert np.nanmin(np.diff(heights)) > 0.13 * span, "20 of 150 pixels"
        assert np.isfinite(heights).sum() > 150


def test_the_four_hands_end_where_theory_says():
    dial = optimisers.optimiser_timeline()
    ends = {name: dial.columns[f"{name}_deg"][-1] for name in ("gd", "no", "si", "ad")}
    assert ends == pytest.approx({"gd": 31.3, "no": 23.97, "si": 45.0, "ad": 37.9}, abs=0.05)
    row = dial.values.tolist().index(1000)
    assert [dial.columns[f"{n}_norm"][row] for n in ("no", "si")] == pytest.approx([99.91, 141.42], abs=5e-3)
    assert optimisers.margins_degrees() == pytest.approx((23.96, 45.0), abs=5e-3)
    for name, radius in zip(("gd", "no", "si", "ad"), (1.0, 0.84, 0.68, 0.52), strict=True):
        tip = [dial.columns[f"{name}_{axis}"][-1, 1] for axis in "xy"]
        assert np.hypot(*tip) == pytest.approx(radius)
        assert np.degrees(np.arctan2(tip[1], tip[0])) == pytest.approx(ends[name])
    assert len(RULES) == 4


def test_a_smaller_epsilon_keeps_adam_longer_on_its_way():
    dial = optimisers.epsilon_timeline()
    assert dial.columns["without"][0] == pytest.approx(43.9, abs=0.05)
    usual = dial.values.tolist().index(1e-8)
    assert dial.columns["last"][usual] == pytest.approx(37.9, abs=0.05)
    assert dial.columns["last"][-1] > 43.5 > dial.columns["last"][usual] > dial.columns["last"][0]


def test_signal_makes_samples_separable_and_without_it_cover_holds():
    dial = signal.signal_timeline()
    assert (np.diff(dial.columns["at20"]) >= -0.02).all()
    cover = np.array([float(separable_share(n, 2)) for n in signal.SIZES])
    high, low = dial.columns["band"][0, :12], dial.columns["band"][0, :11:-1]
    assert ((low <= cover) & (cover <= high)).sum() >= 11
    assert dial.words["verdict"][0] == "overlapping"
    assert dial.words["verdict"][-1] == "separable"


def test_two_classes_norms_grow_and_one_settles():
    ends = {case: three_classes.classes_timeline(case).columns["norm"] for case in ("apart", "one label", "mixed")}
    kinds = {case: three_classes.verdict_of(case).kind for case in ends}
    assert kinds == {"apart": "separable", "one label": "quasi-separable", "mixed": "overlapping"}
    assert all(ends[case][-1] > ends[case][60] + 1 for case in ("apart", "one label"))
    assert ends["mixed"][-1] == pytest.approx(ends["mixed"][60], rel=1e-4)
    assert {three_classes.classes_timeline(case).values[-1] for case in ends} == {three_classes.STEPS}


@pytest.mark.parametrize("case", ["apart", "one label", "mixed"])
def test_on_a_boundary_two_classes_are_equal_and_the_third_is_below(case):
    dial, run = three_classes.classes_timeline(case), three_classes.run_of(case)
    row = run.steps.tolist().index(int(dial.values[50]))
    ends = np.column_stack([dial.columns["edges_x"][50], dial.columns["edges_y"][50], np.ones(9)])
    ends = ends[np.isfinite(ends).all(axis=1)]
    assert len(ends) >= 4
    scores = np.sort(ends @ run.weights[row].T, axis=1)
    np.testing.assert_allclose(scores[:, 2], scores[:, 1], atol=1e-9)


def test_the_words_say_the_last_numbers():
    dial = three_classes.classes_timeline("mixed")
    shown = three_classes.norm_of_classes(dial)
    assert f"{format_number(float(dial.columns['norm'][-1]))} at step 10,000" in shown.alt
    assert only(shown, "board", "now").y[0] == dial.columns["norm"][0]


def test_a_class_that_comes_at_once_has_it_computed_once():
    calls, start = [], threading.Barrier(8)

    @once
    def slow(x):
        calls.append(x)
        return x

    def visit():
        start.wait()
        slow(1)

    visits = [threading.Thread(target=visit) for _ in range(8)]
    for one in visits:
        one.start()
    for one in visits:
        one.join()
    assert calls == [1]
