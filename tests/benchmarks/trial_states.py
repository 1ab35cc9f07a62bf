"""Open thousands of random states of both pages and count what is wrong with them; prints each kind of fault once.

Run as `python -m tests.benchmarks.trial_states [states] [seed] [browser]`; else 1,000 states. See tests/ui/states.py.
"""

import logging
import random
import re
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser.driver import CHROMIUM, FLAGS, Server, Visit
from tests.ui.states import draw_state, faults

DRAWN = """() => document.querySelector("[data-testid=stAlert]") || [...document.querySelectorAll("*")].some((e) => {
  const stage = e.shadowRoot?.querySelector("[data-testid=stage]");
  return stage?.dataset.ready === "true" || /could not/.test(stage?.querySelector(".status")?.textContent);
})"""


@contextmanager
def in_python():
    """Give the function that finds what is wrong with a state, through the frame and without a browser."""
    yield faults


@contextmanager
def in_a_browser():
    """Give one that looks at what a browser says of it, and draws."""
    server = Server(Path(tempfile.mkdtemp()) / "log.txt")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visit = Visit(browser.new_page(), server.url)

        def look(state):
            visit.console.clear()
            try:
                visit.open(state.path)
                visit.page.wait_for_function(DRAWN)
            except (AssertionError, Error) as error:
                return [f"not drawn: {error}"]
            if visit.page.get_by_text("Something went wrong").count():
                return ["the error page"]
            return list(visit.console)

        yield look
        browser.close()
    server.stop()


def main(count="1000", seed="0", place="python"):
    logging.disable(logging.WARNING)
    with {"python": in_python, "browser": in_a_browser}[place]() as look:
        report(int(count), seed, look)


def report(count, seed, look):
    kinds, examples, pages = Counter(), {}, Counter()
    for number in range(count):
        state = draw_state(random.Random(f"{seed} {number}"))
        pages[state.page] += 1
        try:
            found = look(state)
        except Exception as error:  # the harness itself must go on
            found = [f"{type(error).__name__}: {error}"]
        for kind in {re.sub(r"[-−]?\d[\d.,e·⁻⁰¹²³⁴⁵⁶⁷⁸⁹+-]*", "#", fault) for fault in found}:
            kinds[kind] += 1
            if kind not in examples:
                examples[kind] = number, state
                print(f"[{number}] {kind}\n    {state}", flush=True)
    print(f"\n{count} states, seed {seed}: {dict(pages)}")
    for kind, times in kinds.most_common():
        print(f"{times:6}  {kind}  (state {examples[kind][0]})")
    print("nothing wrong" if not kinds else f"{len(kinds)} kinds of faults")


if __name__ == "__main__":
    main(*sys.argv[1:])
