"""The Python script of every scene that has one, written by the browser's own code, run by Python alone."""

import base64
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.numbers import format_number, format_positive
from logreg.ui.explorer import controls
from logreg.ui.stage import ONCE_SEEN, encode_points, payload
from tests.browser.driver import ROOT
from tests.ui.explorer_page import open_page
from tests.ui.lessons import asked, lesson_of, open_lesson, stages_of
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


def sent_of(show):
    """Return what a stage is sent, but for what is the page's matter."""
    ready = show.ready
    return payload(ready.header, ready.packed)


def scripts_of(script, sent, places):
    """Return the text that the menu gives at each place of the dial."""
    return script(TEXTS, [base64.b64encode(sent).decode(), places])


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
        words = {word.rstrip(".,;") for word in re.split(r"[\s()]+|10\^", shown)}
        numbers = [float(number) for number in re.findall(NUMBER, text.replace("10^", ""))]
        return text == shown or (bool(numbers) and all(is_among(number, words) for number in numbers))
    return float(text) == pytest.approx(shown, rel=1e-9, abs=1e-15)


def is_among(number, words):
    """Return whether a number stands among words as the screen writes it, or both are what rounding leaves."""
    written = {format_number(number), *([format_positive(number)] if number >= 0 else [])}
    return bool(written & words) or (0 <= number < 1e-15 and any("·10⁻¹⁶" in word for word in words))


def lines_with_places(caption):
    plain = [line.partition(ONCE_SEEN)[0] for line in re.sub(r"\[[^\]]*\]", "", caption).split("\n")]
    return [line for line in plain if PLACE.search(line)]


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
    "sigmoid": [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1)],
    "cross_entropy": [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)],
    "maximum_likelihood": [(1, 1), (3, 1), (4, 1), (5, 1), (6, 1)],
    "gradient": [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (4, 3), (5, 1), (5, 2), (5, 3), (6, 1)],
    "observation_3": [(3, 1), (5, 1), (9, 1)],
    "bias": [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)],
    "descent": [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (3, 1), (4, 1), (4, 2), (5, 1), (6, 1)],
    "beyond": [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 1), (4, 1), (4, 2), (4, 3)],
}
"""By lesson the scenes and views whose dial has a script."""
COSTLY = {"beyond"}
"""Lessons whose scripts take seconds at the end of their dials; one scene of it depends on points and tosses."""
CHOSEN = {"beyond": {"toss": 100}, "cross_entropy": {"q": "1"}, "maximum_likelihood": {"factor": "0.9"}}
"""What is chosen beside other points."""


@pytest.mark.sweep
@pytest.mark.parametrize("points", ["lecture", "others"])
@pytest.mark.parametrize("name", OFFERED)
def test_the_script_of_a_dial_says_what_the_screen_says_with_all_digits(script, tmp_path, name, points):
    lesson, texts, wanted = lesson_of(name), [], []
    dataset, said = (lesson.points[0].make(), {}) if points == "lecture" else (CLOUD, CHOSEN.get(name, {}))
    for number, view in OFFERED[name] if points == "lecture" or name not in COSTLY else [(1, 1)]:
        show = lesson.scenes[number - 1].build(asked(lesson, dataset, view=view, **said)).show
        if show.script is None and points == "others":
            continue
        sent, last = sent_of(show), len(show.timeline.values) - 1
        rows = [last // 3, 2 * last // 3 if name in COSTLY else last]
        places = [float(show.timeline.values[row]) if show.timeline.name == "step" else row for row in rows]
        texts += scripts_of(script, sent, places)
        dial = unpack(sent)[2]
        wanted += [((number, view), show.caption, dial, row) for row in rows]
    for (place, caption, dial, row), lines in zip(wanted, run(texts, tmp_path), strict=True):
        assert differences(caption, dial, row, lines) == [], (place, row)


def test_the_script_of_a_scene_in_which_nothing_moves_says_its_numbers(script, tmp_path):
    lesson = lesson_of("observation_3")
    show = lesson.scenes[6].build(asked(lesson, lesson.points[0].make(), view=2)).show
    (lines,) = run(scripts_of(script, sent_of(show), [0]), tmp_path)
    numbers = [format_number(float(line.split()[-1]), 3) for line in lines]
    said = re.search(r"‖w‖ = (\S+) with .*, (\S+) touching, (\S+) with .* ends at (\S+);", show.caption)
    assert numbers == [*said.groups()]


TRAINED = [(1, 1), (2, 1), (2, 2), (4, 1), (5, 2), (6, 1), (7, 1), (8, 1), (8, 2), (9, 2), (9, 3)]
"""The scenes and views of Observation 3 that play runs."""
CONTINUED = [(1, 1), (2, 1), (6, 1), (8, 2)]
"""Those that gradient flow can continue."""


def records(sent, step):
    """Return what each run of a stage has at a step: its name, w, b and the loss."""
    header, columns, _ = unpack(sent)
    at, found = dict(columns), []
    for told in header["runs"]:
        name = told["name"] or "the run"
        row = int(np.searchsorted(at[f"steps of {name}"], step, side="right")) - 1
        found.append(
            (
                told["name"] or "the run",
                *(float(at[f"{column} of {name}"][row]) for column in ("w1", "w2", "bias", "loss")),
            )
        )
    return found


def printed_records(lines):
    """Return what a script prints of each run, with 0 for a second weight where there is none."""
    found = []
    for line in lines:
        match = re.fullmatch(r"(.+): step \S+, ‖w‖ = (\S+), w = \[(.*)\], b = (\S+), loss = (\S+)", line)
        name, norm, w, b, loss = match.groups()
        w1, w2 = (*map(float, w.split(", ")), 0.0)[:2]
        assert float(norm) == pytest.approx(np.hypot(w1, w2), rel=1e-15)
        found.append((name, w1, w2, float(b), float(loss)))
    return found


@pytest.mark.parametrize("flow", [False, True])
def test_the_script_of_a_training_gives_the_record_of_the_screen_to_the_last_bit(script, tmp_path, flow):
    lesson, said, wanted = lesson_of("observation_3"), {"flow": "true"} if flow else {}, {}
    for number, view in CONTINUED if flow else TRAINED:
        show = lesson.scenes[number - 1].build(asked(lesson, lesson.points[0].make(), view=view, **said)).show
        sent = sent_of(show)
        step = max(float(run.steps[-(-len(run.steps) // 2) if not flow else -2]) for run in show.runs)
        (text,) = scripts_of(script, sent, [step])
        wanted[text] = records(sent, step)
        assert ("continue_run" in text) == flow
    for records_there, lines in zip(wanted.values(), run([*wanted], tmp_path), strict=True):
        assert printed_records(lines) == records_there


def of_a_file():
    """Return the explorer with a file of the visitor's."""
    at = open_page(data=controls.OWN_POINTS, steps="100")
    at.file_uploader[0].set_value(("file.csv", b"a,b,kind\n0.1,-1e-300,cat\n2,3.3,dog\n1,1,cat\n", "text/csv")).run()
    return at


POINTS = [[0.1, -1e-7], [2.0, 1 / 3], [-0.0, 5.0], [1e3, 7.0]], [0, 1, 1, 0]
OWN = {
    "a file": of_a_file,
    "edited points": lambda: open_page(pts=encode_points(Dataset(*POINTS)), steps="100"),
    "edited points in a lesson": lambda: open_lesson("observation_3", POINTS, scene=2),
}


@pytest.mark.parametrize("whose", OWN)
def test_a_script_carries_the_visitor_s_own_points(script, tmp_path, whose):
    (stage,) = stages_of(OWN[whose]())
    sent = bytes(stage.proto.bytes)
    (lines,) = run(scripts_of(script, sent, [60]), tmp_path)
    assert printed_records(lines) == records(sent, 60)


def test_the_menu_of_a_dial_gives_the_script_of_its_value(new_page, tmp_path):
    stage = new_page("/observation-3?scene=9")
    stage.press("ArrowRight")
    stage.until(lambda: stage.page.locator(".where").inner_text(), "λ = 2·10⁻⁶")
    stage.wait_for_rest()  # the address follows a little later
    stage.button("Share").click()
    with stage.page.expect_download() as download:
        stage.page.get_by_test_id("share").get_by_role("button", name="Python script").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert f"# {stage.page.url}\n" in text
    assert "\nλ = 0.000002  # the dial\n" in text
    (lines,) = run([text], tmp_path)
    norm = float(re.search(r"a length of (\S+)\.$", lines[-1])[1])
    assert f"= {format_number(norm)}." in stage.root.locator(".caption").inner_text()
