"""CPU of a moved slider on the explorer, beside the same widgets with a stage of constant bytes; prints two ratios.

Run as `python -m tests.benchmarks.bench_rerun [moves]`. One visitor moves the gap to places where nobody has been: the
points are made, judged and trained on. Then another one moves it to the same places: what was found is kept, as for
most of a hall, where 300 share the 201 places of the slider. Both servers run in turn, in the same minutes; the
seconds are those of the processor, read from /proc, so that neighbours disturb them little. Wanted: at most 1.5.
"""

import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.lecture_hall import KEY, used
from tests.browser.driver import Server
from tests.visitors import Visitor

APPS = {"explorer": "app.py", "floor": "tests/benchmarks/floor_frame.py"}
ROUNDS = 4
WHERE = ("where nobody has been", "where others have been")


async def moved(url, places):
    """Let one visitor move the gap to these places."""
    visitor = await Visitor(url).enter()
    for place in places:
        await visitor.move(KEY, place)
    await visitor.leave()


def main(moves):
    draw, spent = random.Random(0), {(where, name): 0.0 for where in WHERE for name in APPS}
    servers = {name: Server(Path(tempfile.mkdtemp()) / "log.txt", app) for name, app in APPS.items()}
    for server in servers.values():
        asyncio.run(moved(server.url, [1.0 + i / 8 for i in range(10)]))  # what is imported at first
    for _ in range(ROUNDS):
        places = [round(draw.uniform(0.0, 3.0), 5) for _ in range(moves)]
        for where in WHERE:
            for name, server in servers.items():
                before, _ = used([server.process.pid])
                asyncio.run(moved(server.url, places))
                spent[where, name] += used([server.process.pid])[0] - before
            draw.shuffle(places)
    for server in servers.values():
        server.stop()
    for where in WHERE:
        ours, floor = (1000 * spent[where, name] / (ROUNDS * moves) for name in APPS)
        print(f"{where}: {ours:.1f} ms a move, the floor {floor:.1f}: {ours / floor:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
