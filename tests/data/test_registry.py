"""The registry of made data: what its sets promise for any values in range, and what is refused."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.knobs import N_SAMPLES, SEED, Knob
from logreg.data.registry import DATASETS, DatasetSpec, make_dataset
from logreg.data.transforms import flip_label

RESIZABLE = [name for name, spec in DATASETS.items() if spec.size is None]
SEEDS = st.integers(0, 2**32 - 1)


def values_of(knob: Knob) -> st.SearchStrategy:
    if knob.integer:
        return st.integers(int(knob.minimum), int(knob.maximum))
    return st.floats(knob.minimum, knob.maximum)


def knobs_of(name: str, leave_out: tuple[str, ...] = ()) -> st.SearchStrategy:
    knobs = {knob.name: values_of(knob) for knob in DATASETS[name].knobs if knob.name not in leave_out}
    return st.fixed_dictionaries({}, optional=knobs)


def sizes(largest: int = 40) -> st.SearchStrategy:
    return st.one_of(st.integers(4, 8), st.integers(4, largest))


def arguments(name: str, largest: int = 40) -> st.SearchStrategy:
    n_samples = sizes(largest) if DATASETS[name].size is None else st.just(DATASETS[name].size)
    parts = (n_samples, SEEDS, knobs_of(name))
    return st.builds(lambda n, seed, knobs: {"n_samples": n, "seed": seed, **knobs}, *parts)


def hull_distance(dataset: Dataset) -> float:
    """Return the distance of the classes' hulls: the least distance between a point and an edge of the other class."""

    def to_segments(points, ends):
        starts, stops = (ends[k].reshape(-1, 2) for k in np.triu_indices(len(ends)))
        along = stops - starts
        length = np.maximum((along**2).sum(axis=1), 5e-324)
        t = np.clip(((points[:, None] - starts) * along).sum(axis=2) / length, 0.0, 1.0)
        return np.linalg.norm(points[:, None] - (starts + t[..., None] * along), axis=2).min()

    zeros, ones = dataset.X[dataset.y == 0], dataset.X[dataset.y == 1]
    return float(min(to_segments(zeros, ones), to_segments(ones, zeros)))


def test_the_registry_is_read_only():
    with pytest.raises(TypeError):
        DATASETS["mine"] = DATASETS["xor"]


@pytest.mark.parametrize("spec", DATASETS.values(), ids=DATASETS)
def test_every_spec_is_fit_for_a_menu(spec: DatasetSpec):
    assert DATASETS[spec.name] is spec
    assert spec.title
    assert spec.description.endswith(".")
    assert "\n" not in spec.description
    assert len({knob.name for knob in spec.knobs}) == len(spec.knobs)
    for knob in (*spec.knobs, N_SAMPLES, SEED):
        assert knob.minimum <= knob.default <= knob.maximum
        assert knob.step > 0
        assert knob.title
        assert knob.help.endswith(".")
        if knob.integer:
            assert all(isinstance(number, int) for number in (knob.minimum, knob.maximum, knob.default, knob.step))


@pytest.mark.parametrize("name", DATASETS)
@given(st.data())
@settings(deadline=None, max_examples=40)
def test_any_values_in_range_give_exactly_n_samples_of_both_classes_and_the_same_bits_again(name, data):
    given_values = data.draw(arguments(name, 2000))
    dataset = make_dataset(name, **given_values)
    again = DATASETS[name].make(**given_values)
    assert dataset.X.tobytes() == again.X.tobytes()
    assert dataset.y.tolist() == again.y.tolist()
    assert dataset.X.shape == (given_values["n_samples"], 2)
    assert len(set(dataset.y.tolist())) == (1 if name == "one_class" else 2)


@pytest.mark.parametrize("name", RESIZABLE)
def test_another_seed_gives_other_points_and_leaves_numpys_global_generator_alone(name):
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 - it is what must not change
    first, second = (make_dataset(name, seed=seed) for seed in (0, 1))
    assert first.X.tobytes() != second.X.tobytes()
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


@given(sizes(), SEEDS, knobs_of("separable_blobs", ("label_flips", "offset")))
@settings(deadline=None)
def test_hulls_of_separable_blobs_are_exactly_the_gap_apart(n_samples, seed, knobs):
    dataset = make_dataset("separable_blobs", n_samples=n_samples, seed=seed, **knobs)
    assert hull_distance(dataset) == pytest.approx(knobs.get("gap", 1.0), abs=1e-9, rel=1e-12)


@given(sizes(), SEEDS, knobs_of("separable_blobs", ("label_flips", "gap")), st.floats(1e-6, 10))
@settings(deadline=None)
def test_separable_blobs_are_separable_with_a_margin_of_half_the_gap(n_samples, seed, knobs, gap):
    verdict = check_separability(make_dataset("separable_blobs", n_samples=n_samples, seed=seed, gap=gap, **knobs))
    assert verdict.kind == "separable"
    assert verdict.margin == pytest.approx(gap / 2, abs=1e-9 if knobs.get("offset", 0.0) == 0.0 else 1e-12 * 100)


@given(sizes(), SEEDS, knobs_of("separable_blobs", ("label_flips", "gap")))
@settings(deadline=None)
def test_separable_blobs_without_a_gap_touch(n_samples, seed, knobs):
    dataset = make_dataset("separable_blobs", n_samples=n_samples, seed=seed, gap=0, **knobs)
    assert check_separability(dataset).kind == "quasi-separable"


@given(sizes(), SEEDS, knobs_of("hairs_breadth", ("offset", "decades")), st.integers(1, 12))
@settings(deadline=None)
def test_a_hairs_breadth_is_exact_to_many_digits(n_samples, seed, knobs, decades):
    dataset = make_dataset("hairs_breadth", n_samples=n_samples, seed=seed, decades=decades, **knobs)
    verdict = check_separability(dataset)
    assert verdict.kind == "separable"
    assert verdict.margin == pytest.approx(0.5 * 10.0**-decades, rel=1e-9)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("hairs_breadth", "separable"),
        ("overlapping_blobs", "overlapping"),
        ("one_flip_from_separable", "overlapping"),
        ("quasi_separable", "quasi-separable"),
        ("bias_only", "separable"),
        ("one_class", "separable"),
    ],
)
@given(st.data())
@settings(deadline=None, max_examples=150)
def test_a_promised_verdict_is_certified_for_any_values_in_range(name, kind, data):
    assert check_separability(make_dataset(name, **data.draw(arguments(name)))).kind == kind


@given(arguments("one_flip_from_separable"))
@settings(deadline=None)
def test_one_flip_of_the_named_point_separates_by_the_gap(given_values):
    index = DATASETS["one_flip_from_separable"].flip_index
    flipped = flip_label(make_dataset("one_flip_from_separable", **given_values), index)
    assert index == 0
    verdict = check_separability(flipped)
    assert verdict.kind == "separable"
    assert verdict.margin == pytest.approx(given_values.get("gap", 1.0) / 2, abs=1e-9)


@given(arguments("bias_only"))
@settings(deadline=None)
def test_separable_only_with_a_bias_overlaps_as_seen_from_the_origin(given_values):
    dataset = make_dataset("bias_only", **given_values)
    assert check_separability(dataset, fit_bias=False).kind == "overlapping"
    assert check_separability(dataset).margin == pytest.approx(given_values.get("gap", 1.0) / 2, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "species", "kind"),
    [("iris_setosa_versicolor", (0, 1), "separable"), ("iris_versicolor_virginica", (1, 2), "overlapping")],
)
def test_the_iris_pairs_are_scikit_learns_to_the_last_bit(name, species, kind):
    from sklearn.datasets import load_iris

    measurements, kinds = load_iris(return_X_y=True)
    chosen = np.isin(kinds, species)
    dataset = make_dataset(name)
    assert dataset.X.tobytes() == np.ascontiguousarray(measurements[chosen, 2:]).tobytes()
    assert dataset.y.tolist() == (kinds[chosen] == species[1]).tolist()
    assert check_separability(dataset).kind == kind


@pytest.mark.parametrize("name", [name for name in DATASETS if "label_flips" in DATASETS[name].defaults])
@given(st.data())
@settings(deadline=None, max_examples=20)
def test_label_flips_change_so_many_labels_no_point_and_the_name(name, data):
    flips = data.draw(st.integers(1, 20))
    plain, flipped = (make_dataset(name, seed=flips, label_flips=count) for count in (0, flips))
    assert plain.X.tobytes() == flipped.X.tobytes()
    assert int((plain.y != flipped.y).sum()) == flips
    assert flipped.name == f"{plain.name}, {flips} label{'s' * (flips > 1)} flipped"


def test_a_tiny_data_set_keeps_both_classes_and_its_name_tells_how_many_labels_were_flipped():
    dataset = make_dataset("separable_blobs", n_samples=4, label_flips=20)
    assert set(dataset.y.tolist()) == {0, 1}
    assert dataset.name == "Separable blobs, 2 labels flipped"


def test_balance_is_the_share_of_class_1():
    assert make_dataset("moons", n_samples=200, balance=0.25).y.sum() == 50


def test_offset_shifts_and_rotation_turns_every_point():
    plain = make_dataset("moons")
    assert np.array_equal(make_dataset("moons", offset=3.5).X, plain.X + 3.5)
    quarter = make_dataset("moons", rotation=90).X
    assert np.array_equal(quarter, np.column_stack([-plain.X[:, 1], plain.X[:, 0]]))
    assert np.allclose(make_dataset("moons", rotation=-90).X, -quarter, atol=0)
    third = make_dataset("moons", rotation=30)
    assert np.allclose(np.linalg.norm(third.X, axis=1), np.linalg.norm(plain.X, axis=1))


def test_without_noise_curves_and_corners_are_exact():
    assert np.unique(make_dataset("xor", spread=0, n_samples=8).X, axis=0).tolist() == [
        [-1, -1],
        [-1, 1],
        [1, -1],
        [1, 1],
    ]
    dataset = make_dataset("xor", spread=0, n_samples=8)
    assert dataset.y.tolist() == (dataset.X[:, 0] * dataset.X[:, 1] < 0).astype(int).tolist()
    rings = make_dataset("circles", noise=0, inner_radius=0.25)
    assert np.allclose(np.linalg.norm(rings.X, axis=1), np.where(rings.y == 1, 0.25, 1.0))


def test_moons_are_scikit_learns_moons():
    from sklearn.datasets import make_moons

    X, y = make_moons(40, shuffle=False)
    ours = make_dataset("moons", noise=0, n_samples=40)
    assert np.allclose(ours.X, X)
    assert ours.y.tolist() == y.tolist()


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("blob", {}, "name: expected one of separable_blobs, overlapping_blobs, .*, got 'blob'"),
        ("xor", {"gap": 1}, r"gap: expected a knob of xor \(spread, balance, .*\), got an unknown one"),
        ("xor", {"n_samples": 3}, "n_samples: expected a whole number from 4 to 2000, got 3"),
        ("xor", {"n_samples": 2001}, "n_samples: expected a whole number from 4 to 2000, got 2001"),
        ("xor", {"n_samples": 10.5}, "n_samples: expected a whole number"),
        ("xor", {"n_samples": "10"}, "n_samples: expected a whole number from 4 to 2000, got '10'"),
        ("xor", {"n_samples": "None"}, "n_samples: expected a whole number from 4 to 2000, got 'None'"),
        ("xor", {"seed": -1}, "seed: expected a whole number from 0 to 4294967295, got -1"),
        ("xor", {"spread": float("nan")}, "spread: expected a number from 0 to 1, got nan"),
        ("xor", {"label_flips": float("inf")}, "label_flips: expected a whole number from 0 to 20, got inf"),
        ("separable_blobs", {"gap": -0.1}, "gap: expected a number from 0 to 10, got -0.1"),
        ("separable_blobs", {"gap": [1.0]}, "gap: expected a number from 0 to 10"),
        ("iris_setosa_versicolor", {"n_samples": 50}, "n_samples: expected 100, the fixed size of iris_setosa"),
        ("online_course", {"n_samples": 100}, "n_samples: expected 6, the fixed size of online_course, got 100"),
    ],
)
def test_a_wrong_argument_is_refused_by_name_with_what_was_expected_and_given(name, values, message):
    with pytest.raises(ValueError, match=message):
        make_dataset(name, **values)


@pytest.mark.parametrize("name", DATASETS)
def test_minus_zero_is_zero_for_every_knob(name):
    zeros = {knob.name for knob in DATASETS[name].knobs if knob.minimum <= 0 <= knob.maximum}
    made = make_dataset(name, **dict.fromkeys(zeros, -0.0))
    assert made.X.tobytes() == make_dataset(name, **dict.fromkeys(zeros, 0.0)).X.tobytes()


def test_made_data_load_neither_scipy_nor_scikit_learn():
    code = (
        "import sys; from logreg.data.registry import DATASETS\n"
        "for spec in DATASETS.values(): spec.make()\n"
        "assert not {'scipy', 'sklearn', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
