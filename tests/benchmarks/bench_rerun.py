"""CPU of a moved slider on the explorer, beside the same widgets with a stage of constant bytes; prints one ratio.

Run as `python -m tests.benchmarks.bench_rerun [moves]`. Both servers run in turn, in the same minutes; the seconds are
those of the processor, read from /proc, so that neighbours disturb them little. Wanted: at most 1.5.
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


async def moved(url, moves, seed):
    """Return nothing; move the gap to random places."""
    draw = random.Random(seed)
    visitor = await Visitor(url).enter()
    for _ in range(moves):
        await visitor.move(KEY, round(draw.uniform(0.0, 3.0), 2))
    await visitor.leave()


def main(moves):
    spent = dict.fromkeys(APPS, 0.0)
    servers = {name: Server(Path(tempfile.mkdtemp()) / "log.txt", app) for name, app in APPS.items()}
    for server in servers.values():
        asyncio.run(moved(server.url, 10, 0))  # what is imported and cached at first
    for turn in range(ROUNDS):
        for name, server in servers.items():
            before, _ = used([server.process.pid])
            asyncio.run(moved(server.url, moves, turn + 1))
            spent[name] += used([server.process.pid])[0] - before
    for server in servers.values():
        server.stop()
    each = {name: 1000 * seconds / (ROUNDS * moves) for name, seconds in spent.items()}
    print(f"{each['explorer']:.1f} ms a move, the floor {each['floor']:.1f}: {each['explorer'] / each['floor']:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
