"""A lecture hall on one server, beside the same hall on a bare Streamlit page; prints one table of ratios a scene.

    python -m tests.benchmarks.lecture_hall [join|rerun|drop|open|paint|files|kill] [visitors] [--deployed]

join: first visits within ten seconds, each its files, its socket and its page. rerun: everyone moves a slider to a
random place, or opens the other page, and thinks for ten seconds. drop: all lose their connection at once and come
back; how many find their session. open: visitors with points of their own come, one group after the other, and leave.
paint: real browsers come to both in turns; how long until each has its page, at a first visit and at the next one,
with nothing between them and the server, and on a line of 10 Mbit/s and 40 ms.
files: what a first visit sends, with Brotli as by https, and by gzip alone. kill: one replica of three is killed while
all are there. --deployed: three processes behind nginx, with the files of deploy/, in place of one process.

The visitors share the machine with the server, and with whatever else runs: the times are of that machine in that
minute, the ratios say more, and the processor's seconds, read from /proc, most.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np

from logreg.data.dataset import Dataset
from logreg.ui.stage import encode_points
from tests.browser.driver import CHROMIUM, FLAGS, PATIENCE, Server
from tests.browser.first_visit import BY_HTTP, SEEN, first_visit
from tests.deployment import Deployment
from tests.visitors import Visitor, hall

BARE = "tests/benchmarks/bare_page.py"
KEY = "separable_blobs_gap"
THINK, SECONDS, OVER = 10.0, 40.0, 10.0
WHO, WHAT = ("a new visitor", "the same once more"), ("a sketch", "all")
LINES = {  # between a browser and the server
    "": None,
    ", 10 Mbit/s": {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6},
}
AT_ONCE = 25  # visitors that come at the same moment where only their number matters


def used(processes):
    """Return the seconds of processor time that these processes have taken, and their memory in MB."""
    seconds = memory = 0.0
    for pid in processes:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        memory += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return seconds, memory


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def files_of_a_first_visit(url):
    """Return the addresses that a real browser fetches from this server at a first visit."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return sorted(first_visit(playwright, url, headers=BY_HTTP))


async def joined(url, number, files):
    """Return seconds until each of these first visits has its page, and the bytes of one."""

    async def visit(_):
        began, visitor = time.perf_counter(), Visitor(url)
        size = await visitor.fetch(files)
        await visitor.enter()
        return time.perf_counter() - began, size, visitor

    came = await hall(number, visit, over=OVER)
    await asyncio.gather(*[visitor.leave() for _, _, visitor in came])
    return [seconds for seconds, _, _ in came], came[0][1]


async def moved(url, number):
    """Return the seconds that each move of a slider took, once all are there."""
    ends, waits = time.monotonic() + THINK + SECONDS, []

    async def visit(i):
        visitor = Visitor(url)
        await visitor.enter()
        slider, draw = visitor.slider(KEY), random.Random(i)
        await asyncio.sleep(draw.random() * THINK)
        while time.monotonic() < ends:
            began = time.perf_counter()
            await step(visitor, slider, draw)
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(min(draw.expovariate(1 / THINK), max(0.0, ends - time.monotonic())))
        await visitor.leave()

    await hall(number, visit, over=THINK)
    return waits


async def step(visitor, slider, draw):
    """Move the slider, mostly; else open the other page, or come back from it."""
    other = next((name for name in visitor.pages if name), "")
    if other and (visitor.path != "/" or draw.random() < 0.1):
        await visitor.go_to("" if visitor.path != "/" else other)
    else:
        places = int((slider.max - slider.min) / slider.step) + 1
        await visitor.move(KEY, slider.min + slider.step * draw.randrange(places))


async def dropped(url, number):
    """Return how many of so many sessions are found again after all lost their connection at once."""
    visitors = [Visitor(url) for _ in range(number)]
    await in_groups([visitor.enter for visitor in visitors])
    before = [visitor.session for visitor in visitors]
    for visitor in visitors:
        visitor.drop()
    await asyncio.sleep(1)
    await in_groups([visitor.enter for visitor in visitors])
    await in_groups([visitor.leave for visitor in visitors])
    return sum(visitor.session == session for visitor, session in zip(visitors, before, strict=True))


async def in_groups(steps):
    for i in range(0, len(steps), AT_ONCE):
        await asyncio.gather(*[step() for step in steps[i : i + AT_ONCE]])


def join(url, processes, number):
    """First visits within ten seconds."""
    files = files_of_a_first_visit(url)
    asyncio.run(joined(url, 1, files))  # a server that has just started is not what a hall meets
    before, _ = used(processes)
    waits, size = asyncio.run(joined(url, number, files))
    return {"files": len(files), "MB a first visit": size / 1e6} | told(waits, before, processes)


def rerun(url, processes, number):
    """Moves of sliders."""
    before, _ = used(processes)
    waits = asyncio.run(moved(url, number))
    return {"moves a second": len(waits) / (THINK + SECONDS)} | told(waits, before, processes)


def told(waits, before, processes):
    seconds, memory = used(processes)
    return {
        "p50, s": quantile(waits, 0.5),
        "p95, s": quantile(waits, 0.95),
        "ms of Python each": 1000 * (seconds - before) / len(waits),
        "MB of memory": memory,
    }


def drop(url, processes, number):
    """All lose their connection at once."""
    return {"came back, of all": asyncio.run(dropped(url, number)) / number, "MB of memory": used(processes)[1]}


def open_(url, processes, number):
    """Visitors with points of their own come and leave; the memory after each eighth of them."""
    found, group = {}, number // 8
    for come in range(group, 8 * group + 1, group):
        asyncio.run(in_groups([partial(own_points, url, seed) for seed in range(come - group, come)]))
        found[f"MB of memory after {come}"] = used(processes)[1]
    return found


async def own_points(url, seed):
    draw = np.random.default_rng(seed)
    points = encode_points(Dataset(draw.normal(size=(100, 2)), np.arange(100) % 2))
    visitor = await Visitor(url, query={"pts": points}).enter()
    await visitor.move(KEY, 2.0)
    await visitor.leave()


def paint(ours, theirs, number):
    """Let visitors come to both servers in turns, each with a profile that is new, and once more; return the seconds
    until there is something to see, a first sketch, and until all is there.

    The first visitor of each server is not counted: nothing there is warm for him.
    """
    from playwright.sync_api import sync_playwright

    waits = {(f"{who}{line}", what): [] for who, line, what in product(WHO, LINES, WHAT)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for _ in range(1 + number):
            for line, conditions in LINES.items():
                profiles = {url: browser.new_context() for url in (ours, theirs)}
                for who in WHO:
                    pairs = zip(
                        *[seen_after(profile, url, conditions) for url, profile in profiles.items()], strict=True
                    )
                    for what, seconds in zip(WHAT, pairs, strict=True):
                        waits[f"{who}{line}", what].append(seconds)
                for profile in profiles.values():
                    profile.close()
        browser.close()
    return {", ".join(name): pairs[1:] for name, pairs in waits.items()}


def seen_after(profile, url, line=None):
    """Return the seconds until a page of this profile has a sketch of what it is for, and until it shows that."""
    page = profile.new_page()
    page.set_default_timeout(PATIENCE)
    if line:
        network = profile.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", line)
    began = time.perf_counter()
    page.goto(url)
    seconds = []
    for sign in (f".sketch, {SEEN}", SEEN):
        page.locator(sign).first.wait_for()
        seconds.append(time.perf_counter() - began)
    page.wait_for_load_state("networkidle")  # so that the next visit finds all that this one keeps
    page.close()
    return seconds


def print_paint(waits):
    print("| paint, median of pairs | this app, s | a bare page, s | ratio |\n| --- | --- | --- | --- |")
    for name, pairs in waits.items():
        ours, theirs = zip(*pairs, strict=True)
        ratio = quantile([mine / its for mine, its in pairs], 0.5)
        print(f"| {name} | {quantile(ours, 0.5):.2f} | {quantile(theirs, 0.5):.2f} | {ratio:.2f} |")


def print_files(url, rows=12):
    """Print what a first visit of two pages sends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        for path, (name, headers) in product(("/", "/observation-3"), (("https", {}), ("http", BY_HTTP))):
            files = first_visit(playwright, url, path, headers)
            print(f"| {path} as by {name}: {len(files)} files | {sum(files.values()):,} |\n| --- | ---: |")
            for file in list(files)[:rows]:
                print(f"| {file} | {files[file]:,} |")


def kill(folder, number):
    """Kill one of three replicas; return how many came back, how many to what their link holds, and after how long."""
    deployed = Deployment(folder)

    async def scene():
        visitors = [Visitor(deployed.url) for _ in range(number)]
        await in_groups([visitor.enter for visitor in visitors])
        await in_groups([partial(visitor.move, KEY, 2.0) for visitor in visitors])
        killed = visitors[0].cookies["replica"]
        gone = [visitor for visitor in visitors if visitor.cookies["replica"] == killed]
        deployed.replicas[deployed.at(killed)].kill()
        began = time.perf_counter()
        await asyncio.gather(*[visitor.stay() for visitor in gone])
        await asyncio.gather(*[visitor.come_back() for visitor in gone])
        seconds, shown = time.perf_counter() - began, [visitor.slider(KEY).value for visitor in gone]
        await asyncio.gather(*[visitor.leave() for visitor in visitors])
        return len(gone), shown.count([2.0]), seconds

    try:
        return asyncio.run(scene())
    finally:
        deployed.stop()


SCENES = {"join": join, "rerun": rerun, "drop": drop, "open": open_}


@contextmanager
def started(app, folder, is_deployed=False):
    """Start an app, or the deployment; give its address and the numbers of its Python processes."""
    server = Deployment(folder, is_best=True) if is_deployed else Server(folder / f"{Path(app).stem}.txt", app)
    try:
        yield server.url, [replica.process.pid for replica in getattr(server, "replicas", [server])]
    finally:
        server.stop()


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="join", choices=[*SCENES, "paint", "files", "kill"])
    parser.add_argument("visitors", nargs="?", type=int, default=300)
    parser.add_argument("--deployed", action="store_true")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    if asked.what == "kill":
        gone, found, seconds = kill(folder, asked.visitors)
        print(f"{gone} of {asked.visitors} sat at the killed replica.")
        print(f"{found} of them found what their link holds, in {seconds:.2f} s.")
        return
    if asked.what == "files":
        with started("app.py", folder, asked.deployed) as (url, _):
            return print_files(url)
    if asked.what == "paint":
        with started(BARE, folder) as (theirs, _), started("app.py", folder, asked.deployed) as (ours, _):
            return print_paint(paint(ours, theirs, asked.visitors))
    with started(BARE, folder) as (url, processes):
        theirs = SCENES[asked.what](url, processes, asked.visitors)
    with started("app.py", folder, asked.deployed) as (url, processes):
        ours = SCENES[asked.what](url, processes, asked.visitors)
    print(f"| {asked.what}, {asked.visitors} | this app | a bare page | ratio |\n| --- | --- | --- | --- |")
    for name in ours:
        print(f"| {name} | {ours[name]:.3g} | {theirs[name]:.3g} | {ours[name] / theirs[name]:.2f} |")


if __name__ == "__main__":
    main()
