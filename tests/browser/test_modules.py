"""What the JavaScript modules do on their own: steps and clock, the queue to Python, what a stage has still to do."""

import numpy as np
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
  const { Outbox } = await import("/stage/messages.js"), { Agenda } = await import("/stage/agenda.js");
  const sent = [], body = document.createElement("div");
  const box = new Outbox(new Agenda(body), (kind, message) => sent.push([kind, message]), () => {});
  const pending = events.map((event) => {
    if (event === "answer") box.answered(sent.length ? sent.at(-1)[1].id : 0);
    else if (event === "another") box.answered(-1);
    else box.push({ kind: event, message: { number: sent.length } });
    return [sent.length, body.dataset.pending];
  });
  return { sent, pending };
}"""
EVENTS = st.lists(st.sampled_from(["edit", "act", "more", "answer", "another"]), max_size=20)


def test_requests_go_one_at_a_time_in_their_order_and_the_stage_says_that_one_is_unanswered(script):
    for events in [["edit", "edit", "another", "answer", "act", "answer", "answer"], *drawn(EVENTS, 100)]:
        found = script(QUEUE, events)
        asked, on_the_way, answered, pending = [], 0, 0, []
        for event in events:
            if event == "answer":
                answered += on_the_way > answered
            elif event != "another":
                asked.append(event)
            on_the_way = min(len(asked), answered + 1)
            pending.append([on_the_way, "answer" if on_the_way > answered else ""])
        assert [kind for kind, _ in found["sent"]] == asked[:on_the_way]
        assert found["pending"] == pending
        ids = [message["id"] for _, message in found["sent"]]
        assert ids == sorted(set(ids))


def test_a_rest_that_python_knows_is_not_told_and_the_end_is_the_end_whichever_step_it_is(script):
    told = script(
        """async (rests) => {
          const { RestReport } = await import("/stage/messages.js");
          const told = [], report = new RestReport({ later: (name, wait, act) => act() }, (rest) => told.push(rest));
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
