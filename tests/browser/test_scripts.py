"""The Python script of every scene that has one, written by the browser's own code, run by Python alone."""

import base64
import os
import re
import subprocess
import sys

import pytest

from logreg.data.registry import make_dataset
from logreg.figures.numbers import format_number, format_positive
from logreg.ui.stage import payload
from tests.browser.driver import ROOT
from tests.ui.lessons import asked, lesson_of
from tests.ui.states import unpack

CLOUD = make_dataset("overlapping_blobs", n_samples=24, seed=3)
ALONE = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"PYTHONPATH": str(ROOT)}
ONE_BY_ONE = "import runpy, sys; [print('====') or runpy.run_path(path) for path in sys.argv[1:]]"
"""Runs files in one process, each by itself."""

TEXTS = """async ([sent, places]) => {
  const [{ unpack }, { Timeline }, { scriptOfScreen }] = await Promise.all(
    ["state", "timeline", "offers"].map((name) => import(`/stage/${name}.js`)));
  const header = unpack(Uint8Array.from(atob(sent), (sign) => sign.charCodeAt(0)));
  const timeline = header.timeline && new Timeline(header.timeline);
  const transport = { row: { dataset: {} } };
  const stage = { header, timeline, runs: header.runs, isPair: header.layout !== "explorer", transport };
  return places.map((step) => scriptOfScreen({ ...stage, step })("?"));
}"""


def scripts_of(script, ready, places):
    """Return the text that the menu gives at each place of the dial."""
    sent = base64.b64encode(payload(ready.header, ready.packed)).decode()
    return script(TEXTS, [sent, places])


def run(texts, folder):
    """Return what each script prints, run with nothing but logreg beside it."""
    paths = [folder / f"screen_{i}.py" for i in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", ONE_BY_ONE, *paths],
        **{"cwd": folder, "env": ALONE, "capture_output": True, "text": True, "check": False},
    )
    assert said.returncode == 0, said.stderr + texts[said.stdout.count("====") - 1]
    return [part.splitlines() for part in said.stdout.split("====\n")[1:]]


PLACE = re.compile(r"\{([^\W\d]\w*)\}")
NUMBER = r"-?\d[\d.]*(?:e[+-]\d+)?"


def is_said(text, shown):
    """Return whether what a script prints is what the screen shows: the same number, or one that is in the words."""
    if isinstance(shown, str):
        numbers = [float(number) for number in re.findall(NUMBER, text)]
        written = {*map(format_number, numbers), *(format_positive(number) for number in numbers if number >= 0)}
        if len(numbers) == 1 and 0 <= numbers[0] < 1e-15 and "·10⁻¹⁶" in shown:
            return True  # what rounding leaves
        return text == shown or bool(written & {word.rstrip(".,;") for word in re.split(r"[\s()]+", shown)})
    return float(text) == pytest.approx(shown, rel=1e-9, abs=1e-15)


def lines_with_places(caption):
    return [line for line in re.sub(r"\[[^\]]*\]", "", caption).split("\n") if PLACE.search(line)]


def printed_numbers(caption, lines):
    """Return what a script prints, by names: lines of its own, "name = number", then the caption with its numbers."""
    wanted = lines_with_places(caption)
    own, said = lines[: len(lines) - len(wanted)], lines[len(lines) - len(wanted) :]
    found = re.findall(rf"(\w+) = ({NUMBER})", "\n".join(own))
    for line, told in zip(wanted, said, strict=True):
        match = re.fullmatch("(.+?)".join(map(re.escape, PLACE.split(line)[::2])), told)
        assert match, f"{told!r} is not {line!r}"
        found += zip(PLACE.findall(line), match.groups(), strict=True)
    return found


def differences(caption, dial, row, lines):
    """Return what a script says otherwise than the screen; where the screen shows no number, it may say one."""
    found = [(name, text, dial[name][row]) for name, text in printed_numbers(caption, lines) if name in dial]
    return [one for one in found if one[2] == one[2] and not is_said(*one[1:])]


OFFERED = {
    "sigmoid": [(1, 1), (2, 1), (3, 1), (4, 1), (6, 1)],
    "cross_entropy": [(1, 1), (3, 1), (4, 1), (5, 1)],
    "maximum_likelihood": [(1, 1), (3, 1), (4, 1), (5, 1), (6, 1)],
    "gradient": [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (4, 3), (5, 1), (5, 2), (5, 3), (6, 1)],
    "observation_3": [(3, 1), (5, 1), (9, 1)],
    "bias": [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)],
    "descent": [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (3, 1), (4, 1), (4, 2), (5, 1), (6, 1)],
}
"""By lesson the scenes and views whose dial has a script."""


@pytest.mark.parametrize("points", ["lecture", "others"])
@pytest.mark.parametrize("name", OFFERED)
def test_the_script_of_a_dial_says_what_the_screen_says_with_all_digits(script, tmp_path, name, points):
    lesson, texts, wanted = lesson_of(name), [], []
    dataset = lesson.points[0].make() if points == "lecture" else CLOUD
    for number, view in OFFERED[name]:
        show = lesson.scenes[number - 1].build(asked(lesson, dataset, view=view)).show
        if show.script is None and points == "others":
            continue
        ready, last = show.ready, len(show.timeline.values) - 1
        rows = [last // 3, last]
        places = [float(show.timeline.values[row]) if show.timeline.name == "step" else row for row in rows]
        texts += scripts_of(script, ready, places)
        dial = unpack(payload(ready.header, ready.packed))[2]
        wanted += [((number, view), show.caption, dial, row) for row in rows]
    for (place, caption, dial, row), lines in zip(wanted, run(texts, tmp_path), strict=True):
        assert differences(caption, dial, row, lines) == [], (place, row)
