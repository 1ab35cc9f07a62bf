"""Open thousands of random states of both pages and count what is wrong with them; prints each kind of fault once.

Run as `python -m tests.benchmarks.trial_states [states] [seed]`; else 1,000 states. See tests/ui/states.py.
"""

import logging
import random
import re
import sys
from collections import Counter

from tests.ui.states import draw_state, faults


def main(count=1000, seed=0):
    logging.disable(logging.WARNING)
    kinds, examples, pages = Counter(), {}, Counter()
    for number in range(count):
        state = draw_state(random.Random(f"{seed} {number}"))
        pages[state.page] += 1
        try:
            found = faults(state)
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
    main(*map(int, sys.argv[1:]))
