"""What the JavaScript modules do on their own: steps and clock, the queue to Python, what a stage has still to do."""

import itertools

import numpy as np
import pytest
from hypothesis import strategies as st

from tests.browser.modules import RECORDS, drawn


def test_every_button_of_the_transport_leads_to_a_record(calls):
    rng = np.random.default_rng(0)
    rows = [[steps, int(rng.choice(steps))] for steps in drawn(RECORDS, 300)]
    for (steps, step), leads in zip(rows, calls("/stage/state.js", "neighbours", rows), strict=True):
        assert set(leads.values()) <= set(steps)
        assert leads["back"] < step or step == 0
        assert leads["next"] > step or step == steps[-1]
        assert leads["tenth"] <= step / 10
        assert leads["timesTen"] >= min(10 * step, steps[-1])


def test_the_clock_of_a_step_shows_that_step_and_a_place_on_the_scrub_bar_its_record(script):
    steps = [0, *drawn(st.integers(1, 10**7), 300)]
    clocks = "(steps) => import('/stage/state.js').then((s) => steps.map((step) => s.stepOfClock(s.clockOf(step))))"
    assert script(clocks, steps) == steps
    thumbs = """([rows, axis]) => import('/stage/state.js').then((s) =>
      rows.map(([steps, step]) => s.stepNear(steps, s.positionOf(step, axis), axis)))"""
    rows = [[records, records[len(records) // 2]] for records in drawn(RECORDS, 200)]
    for axis in ("log", "linear"):
        assert script(thumbs, [rows, axis]) == [step for _, step in rows]


def test_the_page_s_theme_is_asked_for_once_a_change(script):
    asked = script(
        """async () => {
          const { ThemeWatch } = await import("/stage/page_theme.js");
          const asked = [], watch = new ThemeWatch(document.body, (seen) => asked.push(seen));
          for (const [colour, drawnFor] of [["black", "light"], ["white", "light"], ["white", "light"],
            ["white", "dark"], ["black", "dark"], ["black", "dark"], ["black", "light"], ["white", "light"]]) {
            document.body.style.color = colour;
            watch.check(drawnFor);
          }
          return asked;
        }"""
    )
    assert asked == ["dark", "light", "dark"]


QUEUE = """async (events) => {
  const { Outbox } = await import("/stage/messages.js");
  const sent = [], said = [];
  let later = null;
  const agenda = { later: (name, wait, action) => { later = action; }, drop: () => { later = null; } };
  const box = new Outbox(agenda, (kind, message) => sent.push([kind, message]), () => said.push(sent.length));
  let number = 0;
  const pending = events.map((event) => {
    if (event === "answer") box.answered(sent.length ? sent.at(-1)[1].id : 0);
    else if (event === "another") box.answered(-1);
    else if (event === "silence") later?.();
    else box.push({ kind: event, message: { number: number += 1 } });
    return [sent.length, later !== null, box.edits.length];
  });
  return { sent, pending, said };
}"""
EVENTS = st.lists(st.sampled_from(["edit", "edit", "act", "more", "answer", "another", "silence"]), max_size=25)
QUICK = ["edit"] * 700 + ["answer"] * 3


def queue(events):
    """Say by rules of this test's own what is sent: edits that wait together go together, all else alone."""
    waiting, under_way, sent, pending, number = [], [], [], [], 0

    def start():
        nonlocal under_way
        under_way = waiting[:1]
        if under_way and under_way[0][0] == "edit":
            under_way = list(itertools.takewhile(lambda request: request[0] == "edit", waiting))[:300]
        if under_way:
            sent.append((under_way[0][0], [n for _, n in under_way]))

    for event in events:
        if event == "answer" and under_way:
            del waiting[: len(under_way)]
            start()
        elif event == "silence" and under_way:
            sent.append(sent[-1])
        elif event in ("edit", "act", "more"):
            number += 1
            waiting.append((event, number))
            if not under_way:
                start()
        pending.append([len(sent), bool(under_way), sum(kind == "edit" for kind, _ in waiting)])
    return sent, pending


def test_requests_go_in_their_order_edits_together_and_what_is_not_answered_once_more(script):
    for events in [["edit", "edit", "another", "answer", "act", "answer", "answer"], QUICK, *drawn(EVENTS, 150)]:
        found = script(QUEUE, events)
        sent, pending = queue(events)
        said = [(kind, [n["number"] for n in message.get("edits", [message])]) for kind, message in found["sent"]]
        assert said == sent
        assert found["pending"] == pending
        ids = {}
        for (_, numbers), (_, message) in zip(sent, found["sent"], strict=True):
            assert ids.setdefault(tuple(numbers), message["id"]) == message["id"], "once more is the same message"
        assert list(ids.values()) == sorted(set(ids.values()))


def test_a_drag_is_followed_ten_times_a_second_and_the_slower_the_answer_the_less(calls):
    took = [[0], [60], [100], [250], [350], [10_000]]
    assert calls("/stage/edit_follow.js", "pauseAfter", took) == [100, 100, 100, 250, 1250, 15_000]


def test_a_stage_that_waits_for_an_answer_says_so(script):
    pending = script(
        """async () => {
          const { Outbox } = await import("/stage/messages.js"), { Agenda } = await import("/stage/agenda.js");
          const body = document.createElement("div"), ids = [];
          const box = new Outbox(new Agenda(body), (kind, message) => ids.push(message.id), () => {});
          box.push({ kind: "edit", message: {} });
          const before = body.dataset.pending;
          box.answered(ids[0]);
          return [before, body.dataset.pending];
        }"""
    )
    assert pending == ["answer", ""]


def test_a_rest_that_python_knows_is_not_told_and_the_end_is_the_end_whichever_step_it_is(script):
    told = script(
        """async (rests) => {
          const { RestReport } = await import("/stage/messages.js");
          const agenda = { later: (name, wait, act) => act() }, told = [];
          const report = new RestReport(agenda, (rest) => told.push(rest), () => false);
          report.known(rests[0]);
          for (const rest of rests) report.later(rest);
          return told.map(({ step }) => step);
        }""",
        [
            {"step": step, "axis": axis, "at_end": at_end}
            for step, axis, at_end in [
                *[(7, "log", False), (7, "log", False), (8, "log", False), (8, "linear", False)],
                *[(100, "linear", True), (90, "linear", True), (90, "linear", False)],
            ]
        ],
    )
    assert told == [8, 8, 100, 90]


def test_a_rest_waits_for_what_a_key_asks_of_python_and_is_told_then(script):
    waits, asking = script(
        """async () => {
          const { RestReport } = await import("/stage/messages.js");
          const { isAsking } = await import("/stage/connection.js");
          const asked = [true, true, false], waits = [], told = [];
          const agenda = { later: (name, wait, act) => { waits.push(wait); act(); } };
          new RestReport(agenda, (rest) => told.push(rest), () => asked.shift()).later({ step: 7 });
          const before = isAsking();
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
          return [[waits.length, told.length, asked.length], [before, isAsking()]];
        }"""
    )
    assert waits == [3, 1, 0]
    assert asking == [False, True]


def test_a_stage_says_what_it_has_still_to_do(script):
    said = script(
        """async () => {
          const { Agenda } = await import("/stage/agenda.js");
          const body = document.createElement("div"), agenda = new Agenda(body), said = [], done = [];
          const say = () => said.push(body.dataset.pending);
          let end;
          const drawing = agenda.during(new Promise((resolve) => (end = resolve)));
          for (const name of ["first", "second"]) agenda.later("report", 0, () => done.push(name));
          agenda.later("hover", 1e6, () => {});
          say();
          agenda.drop("hover");
          await new Promise((resolve) => agenda.later("last", 0, resolve));
          say();
          end();
          await drawing;
          say();
          return [said, done];
        }"""
    )
    assert said == [["drawing report hover", "drawing", ""], ["second"]]


SAYS_AFTER_A_CUT = """async (answered) => {
  const { default: show } = await import("/formula.js");
  const said = [], parentElement = document.createElement("div").attachShadow({ mode: "open" });
  parentElement.innerHTML = '<div class="formula"></div><p class="said"></p>';
  const field = { key: "w", title: "w", value: 1, minimum: -5, maximum: 5, step: 0.1 };
  const answer = (session, answered) => show({
    parentElement, data: { parts: [field], answered, session }, setTriggerValue: (_, { value }) => said.push(value),
  });
  answer("one", 0);
  Object.assign(parentElement.querySelector("input"), { value: "3" }).dispatchEvent(new Event("change"));
  answer("one", answered);
  answer("two", answered);
  return said;
}"""


@pytest.mark.parametrize(("answered", "said"), [(0, [3, 3]), (1, [3])])
def test_a_number_of_a_formula_that_a_cut_swallowed_is_said_once_more(script, answered, said):
    assert script(SAYS_AFTER_A_CUT, answered) == said


LINK = """(stages) => import("/stage/address.js").then(({ linkPoints }) => stages.map(
  ([stage, isFirst]) => {
    history.replaceState({}, "", "/?step=9&scene=3");
    const header = { points: null, pin: null, home: "start", more: null, ...stage.header };
    linkPoints({ ...stage, header }, isFirst);
    return location.search;
  }))"""


def stands(step, last, wanted=None, axis="log", **header):
    """Return what the address needs to know of a stage that was asked for a step and stands at one."""
    rests = {"step": step, "axis": axis, "at_end": False}
    return {"whereItRests": rests, "last": last, "wanted": step if wanted is None else wanted, "header": header}


def test_the_address_of_a_new_stage_says_where_it_stands_and_not_what_a_link_asked_for(script):
    asked = [
        (stands(1000, 1000, wanted=10**9), True),  # the run ends earlier
        (stands(69_798, 10**5, wanted=70_000), True),  # there is no such record
        (stands(100, 100, wanted=500, more="the rest"), True),  # that step is still to come
        (stands(0, 100, axis="linear"), True),
        (stands(3, 100), False),
    ]
    said = ["step=1000", "step=69798", "step=500", "axis=linear", "step=9"]
    found = [link.removeprefix("?").replace("scene=3", "").strip("&") for link in script(LINK, asked)]
    assert found == said


LABELS = st.lists(st.tuples(st.floats(1, 60), st.floats(5, 80)), min_size=1, max_size=12)
"""How far each label stands from the one before it, and how wide it is."""


def crowd(found):
    """Return labels, the places of their middles and their widths."""
    gaps, widths = zip(*found, strict=True)
    return [[f"label {i}" for i in range(len(gaps))], list(itertools.accumulate(gaps)), list(widths)]


def test_labels_of_an_axis_stand_evenly_as_many_as_have_room_and_the_first_always(calls):
    rows, strides = [crowd(found) for found in drawn(LABELS, 300)], set()
    for (labels, places, widths), said in zip(rows, calls("/stage/series.js", "withoutCrowd", rows), strict=True):
        count, stand = len(labels), {i for i, text in enumerate(said) if text}
        assert said == [label if i in stand else "" for i, label in enumerate(labels)]

        def meet(a, b, places=places, widths=widths):
            return places[b] - places[a] < (widths[a] + widths[b]) / 2

        def wanted(stride, meet=meet, count=count):
            return {0, *range(1 + stride * meet(0, 1), count, stride)}

        roomy = [n for n in range(1, count) if not any(itertools.starmap(meet, itertools.pairwise(sorted(wanted(n)))))]
        assert stand == (wanted(roomy[0]) if roomy else {0})
        strides.add((roomy[0], 1 in stand) if roomy and len(stand) > 2 else len(stand))
    assert {1, (1, True), (2, True), (2, False), (3, False)} <= strides, "they have spread"


def test_a_second_label_that_lies_on_the_first_leaves_its_place_to_the_others(calls):
    row = [["0", "1", "10", "100"], [0, 10, 100, 200], [20, 20, 20, 20]]
    assert calls("/stage/series.js", "withoutCrowd", [row]) == [["0", "", "10", "100"]]


def test_lines_are_said_aloud_as_sentences_with_one_mark_at_the_end(calls):
    lines = [["A settles.", "Step 1"], ["Which curve is which?", "A", "B"], ["One", "", "Two."], []]
    stages = [
        [{"header": {"caption": "said"}, "captionPlace": {"children": [{"textContent": text} for text in texts]}}]
        for texts in lines
    ]
    said = ["A settles. Step 1", "Which curve is which? A. B", "One. Two.", ""]
    assert calls("/stage/aloud.js", "spokenOf", stages) == said


CUT = """async () => {
  const { Growth } = await import("/stage/growth.js");
  const growth = new Growth(document.createElement("div"));
  growth.covered = [0];
  growth.openTo(2);
  const lines = { x: [1, 2, 3, null, 1, 2, 3], y: [0, 1, 2, null, 3, 4, 5] };
  return growth.cut([lines, lines]).map(({ x, y }) => [x, y]);
}"""


def test_a_picture_has_of_every_line_of_a_trace_what_the_window_shows(script):
    whole = [[1, 2, 3, None, 1, 2, 3], [0, 1, 2, None, 3, 4, 5]]
    assert script(CUT) == [[[1, 2, None, 1, 2], [0, 1, None, 3, 4]], whole]
