"""Random states of every page, as links of any kind and points of every size make them, and what is wrong with one.

`draw_state` takes any `random.Random`: hypothesis' own for the tests, a seeded one for the long trial
(`python -m tests.benchmarks.trial_states`).
"""

import re
import warnings
from dataclasses import dataclass
from functools import cache
from math import isfinite
from urllib.parse import urlencode

import numpy as np
from streamlit import config
from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS
from logreg.figures.numbers import format_number
from logreg.ui import laboratory
from logreg.ui.explorer import controls
from logreg.ui.fields import Choice, Number, Switch
from logreg.ui.stage import encode_points
from tests.ui import stages
from tests.ui.lessons import FRAME, LESSONS, ROOT, lesson_of, stages_of

_NO_NUMBER = re.compile(r"(?<!\w)(nan|NaN|inf|undefined|not a number)(?!\w)|(?<!→ )∞|(?:= |: |\()None\b")
_ENDS = (".", "?", "!", ":", "…", "”")
_INFINITE = ("ℓ∞", "0·∞", "logit(3/3) = ∞", "∞ for 3 of 3", "naively is −∞, whose product with 0 ends in NaN")


@dataclass(frozen=True)
class State:
    """One page, what its address says, and the points in it."""

    page: str
    parameters: dict[str, str]
    points: tuple[tuple[tuple[float, float], ...], tuple[int, ...]] | None = None

    @property
    def link(self):
        if self.points is None:
            return self.parameters
        return {**self.parameters, "pts": encode_points(Dataset(*self.points))}

    @property
    def path(self):
        return f"/{'' if self.page == 'explorer' else self.page.replace('_', '-')}?{urlencode(self.link)}"

    def __str__(self):
        said = "&".join(f"{key}={value}" for key, value in self.parameters.items())
        return f"{self.page}?{said} points={self.points}"


def draw_state(random):
    """Return any state of any page."""
    kind = random.random()
    if kind < 0.3:
        return _explorer(random)
    return draw_lesson(random, "observation_3" if kind < 0.6 else random.choice(LESSONS))


@cache
def lesson(name):
    """Return a lesson, read once."""
    return lesson_of(name)


def _explorer(random):
    points = draw_points(random) if random.random() < 0.7 else None
    spec = random.choice(list(DATASETS.values()))
    knobs = tuple(f"{name}_" for name in DATASETS if name != spec.name)
    parameters = {"data": spec.title if random.random() < 0.8 else controls.OWN_POINTS}
    for field in (*controls.FIELDS[1:], *laboratory.FIELDS[1:]):
        if random.random() < 0.3 and not field.key.startswith(knobs):
            parameters[field.key] = draw_text(random, field)
    return State("explorer", parameters, points)


def draw_lesson(random, name):
    """Return any state of a lesson's page: a scene, its view, its fields, and what the stage writes into the link."""
    told = lesson(name)
    number = random.randint(1, len(told.scenes))
    scene = told.scenes[number - 1]
    parameters = {"scene": str(number)}
    if scene.views:
        parameters["view"] = str(random.randint(1, len(scene.views)))
    points = draw_points(random) if random.random() < 0.8 else None
    if points is not None:
        parameters |= random.choice([{"mine": "true"}, {"points": "mine"}])
    elif random.random() < 0.5:
        parameters["points"] = random.choice(told.points).word
    fields = [*scene.fields, laboratory.STEP, laboratory.AXIS]
    fields.append(Number("flip", "", 0, (16 if points is None else len(points[1])) - 1, 0, whole=True))
    for field in fields:
        if random.random() < 0.3:
            parameters[field.key] = draw_text(random, field)
    for field in (*told.switches, *(one for one in scene.fields if isinstance(one, Switch))):
        if random.random() < 0.5:
            parameters[field.key] = "true"
    return State(name, parameters, points)


def draw_text(random, field):
    """Return what a link may say for a field, and what it may not."""
    if random.random() < 0.06:
        return random.choice(["", "nan", "inf", "-0", "1e400", "9" * 400, "1.5", "end", "true", "[a](b)", "∞", "0x1"])
    if isinstance(field, Choice):
        return random.choice(field.options)
    if isinstance(field, Switch):
        return random.choice(["true", "false"])
    if field is laboratory.STEP:
        return random.choice(["end", "0", str(random.randint(0, 20)), str(round(10 ** random.uniform(0, 12)))])
    assert isinstance(field, Number)
    low, high = field.minimum, field.maximum
    if random.random() < 0.3:
        return random.choice([str(low), str(high), "-0", "-0.0", "1e-320"])
    value = low + (high - low) * random.random() ** random.choice([1, 1, 10])
    return str(round(value)) if field.whole else repr(value)


def draw_points(random):
    """Return points of any size and shape, with labels."""
    n = random.choice([1, 2, 2, 3, 4, 4, 5, 6, 8, 12, 20, 40])
    shape = random.choice([_cloud, _corners, _on_a_line, _in_one_place, _mixed, _far_off, _whole])
    with np.errstate(over="ignore"):
        X = np.clip(shape(random, n), -1.7e308, 1.7e308) + 0.0
    middle = sorted(X[:, 0])[n // 2]
    kind = random.choice(["any", "any", "any", "one", "sides", "alternate"])
    y = {
        "any": [random.randint(0, 1) for _ in range(n)],
        "one": [random.randint(0, 1)] * n,
        "sides": [int(x > middle) for x in X[:, 0]],
        "alternate": [i % 2 for i in range(n)],
    }[kind]
    return tuple((float(a), float(b)) for a, b in X), tuple(y)


def draw_scale(random):
    """Return a size: ordinary, or anything that float64 has."""
    kind = random.random()
    if kind < 0.4:
        return 10.0 ** random.uniform(-12, 12)
    if kind < 0.65:
        return 10.0 ** random.uniform(-160, 153)
    if kind < 0.8:
        return random.choice([5e-324, 1e-323, 2.3e-308, 1e-306, 1e-155, 1e-154, 1e150, 1e154, 1.3e154, 1e300, 1.7e308])
    return 10.0 ** random.uniform(-323, 308)


def _gauss(random, n):
    return np.array([[random.gauss(0, 1), random.gauss(0, 1)] for _ in range(n)])


def _cloud(random, n):
    return _gauss(random, n) * draw_scale(random)


def _corners(random, n):
    corners = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])[[i % 4 for i in range(n)]]
    return (corners + random.choice([0.0, 1.0])) / 2 * draw_scale(random)


def _on_a_line(random, n):
    along = np.array([random.choice([-2.0, -1.0, 0.0, 1.0, 2.0, random.gauss(0, 1)]) for _ in range(n)])
    direction = np.array(random.choice([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 3.0]]))
    return np.outer(along, direction) / 8 * draw_scale(random)


def _in_one_place(random, n):
    return np.repeat(_cloud(random, 1), n, axis=0)


def _mixed(random, n):
    return _gauss(random, n) * [[draw_scale(random), draw_scale(random)] for _ in range(n)]


def _far_off(random, n):
    size = draw_scale(random)
    return size * random.choice([-1.0, 1.0]) + _gauss(random, n) * size * random.choice([1e-3, 1e-8, 1e-15])


def _whole(random, n):
    return np.array([[random.randint(-3, 3), random.randint(-3, 3)] for _ in range(n)], dtype=float)


def opened(state):
    """Return the page in this state; what warns raises."""
    config.set_option("client.showErrorDetails", "full")  # an exception's text, not a sentence in its place
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        at = AppTest.from_file(FRAME, default_timeout=600)
        if state.page != "explorer":
            at.run()
            at.switch_page(str(ROOT / "pages" / f"{state.page}.py"))
        for key, value in state.link.items():
            at.query_params[key] = value
        return at.run()


def faults(state):
    """Return what is wrong with a state: what failed, sentences without an end, numbers that are none."""
    at = opened(state)
    if at.exception:
        return [f"{e.message} {_place(e.stack_trace)}" for e in at.exception]
    texts = [e.value for e in [*at.main.markdown, *at.main.caption, *at.error, *at.warning]]
    texts += [re.sub("“[^”]*”", "it", toast.value) for toast in at.toast]  # what a link said is quoted
    found = []
    if not stages_of(at) and not at.error:
        found.append("no stage and no sentence")
    for stage in stages_of(at):
        header, columns, dial = unpack(bytes(stage.proto.bytes))
        texts += [header["message"] or "", *header["alt"]["plane"], *header["alt"]["curves"]]
        texts += [
            said for row in rows_of(dial) for said in re.split(r"\n| \|\| ", filled(header["caption"], dial, row))
        ]
        found += [f"{name} is not finite" for name, values in columns if not np.isfinite(values).all()]
        found += [f"{name} of the dial is infinite" for name, values in dial.items() if _is_infinite(values)]
        for figure in [*header["figures"]["plane"], *header["figures"]["curves"]]:
            found += figure_faults(figure, dial)
    found += [f for text in texts for f in sentence_faults(text)]
    return found


def _place(trace):
    """Return where in our code something failed."""
    ours = [line for line in trace if "/logreg/" in line or "/pages/" in line]
    return " ".join((ours or [*trace, ""])[-1].split("/")[-1].split())


def unpack(sent):
    """Return the stage's header, the numbers of its runs by name, and the columns of its timeline by name, if any.

    A column of the timeline has a row for every value of the dial; one of words is a list of texts.
    """
    header, at = stages.unpack(sent)
    columns = [
        (f"{name} of {run['name'] or 'the run'}", at(run[name]))
        for run in header["runs"]
        for name in ("steps", "w1", "w2", "bias", "loss")
    ]
    told = header["timeline"]
    if told is None:
        return header, columns, {}
    values = at(told["values"])
    columns.append(("the dial", values))
    dial = {told["name"]: values}
    for name, place in told["columns"].items():
        rows, rest = divmod(len(at(place)), len(values))
        assert not rest, f"{name} has not as many numbers in every row"
        dial[name] = at(place).reshape(len(values), rows) if rows > 1 else at(place)
    return header, columns, dial | told["words"]


def rows_of(dial):
    """Return the rows of a timeline at which its texts are read: both ends and two between; 0 where there is none."""
    last = len(next(iter(dial.values()))) - 1 if dial else 0
    return sorted({0, last // 3, 2 * last // 3, last})


def filled(template, dial, row):
    """Return a caption or title at a row of the timeline; what belongs to a run stays as it is.

    As in the browser, a part in […] goes where one of its numbers has no value.
    """

    def value(match):
        rows = dial.get(match[1])
        if rows is None:
            return match[0]
        return rows[row] if isinstance(rows[row], str) else format_number(float(rows[row]))

    def part(match):
        gone = any(_is_gap(dial.get(name), row) for name in _PLACE.findall(match[1]))
        return "" if gone else match[1]

    kept = re.sub(r"\[([^\]]*)\]", lambda m: part(m) if dial and _PLACE.search(m[1]) else m[0], template)
    return _PLACE.sub(value, kept)


_PLACE = re.compile(r"\{([\w.λη]+)\}")


def _is_gap(rows, row):
    return rows is not None and not isinstance(rows[row], str) and not np.isfinite(rows[row])


def _is_infinite(rows):
    return not isinstance(rows, list) and bool(np.isinf(rows).any())


def _has_no_number(text):
    for known in _INFINITE:
        text = text.replace(known, "")
    return _NO_NUMBER.search(text) is not None


def sentence_faults(text):
    found = [f"no number: {line}" for line in text.split("\n") if _has_no_number(line)]
    for line in filter(None, map(str.strip, re.split(r"  \n|\n\n|\n(?=\||B: )", text))):
        if line.startswith(("|", "<", "#", "[")) or (line.startswith("**") and "**" not in line[2:-2]):
            continue
        if not line.rstrip("*]) ").endswith(_ENDS):
            found.append(f"no end: {line}")
    return found


def figure_faults(figure, dial=None):
    dial = dial or {}
    layout = figure["layout"]
    texts = [layout.get("title", {}).get("text") or "", *(a.get("text") or "" for a in layout.get("annotations", ()))]
    texts = [filled(text, dial, row) for text in texts for row in (rows_of(dial) if "{" in text else [0])]
    found = [f"no number in a figure: {text}" for text in texts if _has_no_number(text)]
    for name, axis in [*layout.items(), *_axes_of(layout.get("meta") or {})]:
        ends = axis.get("range") if "axis" in name and isinstance(axis, dict) else None
        if ends is not None and not _is_drawable(*ends):
            found.append(f"range of {name}: {ends}")
    return found


def _is_drawable(low, high):
    """Return whether Plotly can give every pixel of an axis a number of its own."""
    if not all(isinstance(end, (int, float)) and isfinite(end) for end in (low, high)):
        return False
    return 1e-303 < high - low < 1.7e308 and high - low > 1e-13 * max(abs(low), abs(high))


def _axes_of(meta):
    return [(name, axis) for group in meta.values() if isinstance(group, dict) for name, axis in group.items()]
