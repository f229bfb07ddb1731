"""Measures the compiler beside its peers on workloads that grow, and writes the table into `README.md`.

    python benchmarks/run.py

Every measurement is of whole processes, ours and theirs in turn, each on a fresh copy of its workload with empty
caches; the median counts. How a process is measured is `processes.py`'s, what the workloads say is `workloads.py`'s.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from itertools import count
from pathlib import Path
from statistics import linear_regression, median

import journeys
import workloads
from processes import Failed, Run, peak_memory, timed

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
BEGIN = "<!-- measured: begin; run.py writes what stands between these two lines -->"
END = "<!-- measured: end -->"

PEERS = ("@typespec/compiler", "@typespec/openapi3")
OLDEST_NODE = 22
OPERATIONS = 10  # of each service, in both languages

FASTER_THAN_TYPESPEC = 6.0
MEMORY_OF_TYPESPEC = 0.5
CHECK_TO_PARSE = 2.5
GROWTH = 1.1
VERSION_TO_CLICK = 1.5
LONG_JOURNEYS = (250, 500, 1000, 2000)  # steps, with three times as many transitions
LONG_JOURNEY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    sizes: tuple[int, ...]
    at: int
    rounds: int
    growth_rounds: int
    version_rounds: int


@dataclass(slots=True)
class Table:
    """The lines of the report, in order."""

    lines: list[str] = field(default_factory=list)

    def say(self, line: str = "") -> None:
        """Add a line, and show it at once."""
        self.lines.append(line)
        print(line, flush=True)

    def row(self, *cells: str) -> None:
        """Add a row of a table."""
        self.say(f"| {' | '.join(cells)} |")

    def head(self, *cells: str) -> None:
        """Add a head of a table; all columns but the first are numbers."""
        self.row(*cells)
        self.row("---", *["--:"] * (len(cells) - 1))


@dataclass(frozen=True, slots=True)
class Bench:
    """The programs to measure, and a folder for their workloads."""

    folder: Path
    cxc: tuple[str, ...]
    tsp: tuple[str, ...]
    numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def fresh(self, source: Path) -> Iterator[Path]:
        """Lend a copy of a workload that no compiler has seen; it is removed afterwards."""
        copy = self.folder / f"run-{next(self.numbers)}"
        shutil.copytree(source, copy, symlinks=True)
        try:
            yield copy
        finally:
            shutil.rmtree(copy)

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment of a measured process: this one's, with caches of its own below `home`."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("CXC_", "XDG_"))}
        return own | {"XDG_CACHE_HOME": str(home / ".cache"), "NO_COLOR": "1"}

    def time(self, command: Sequence[str], source: Path, look: Callable[[Path], None] | None = None) -> Run:
        """Time `command` in a fresh copy of `source`, and `look` at what it wrote there."""
        with self.fresh(source) as copy:
            done = timed(command, copy, self.environment(copy))
            if look:
                look(copy)
            return done

    def memory(self, command: Sequence[str], source: Path) -> float:
        """Measure the peak memory (MiB) of `command` in a fresh copy of `source`."""
        with self.fresh(source) as copy:
            return peak_memory(command, copy, self.environment(copy))

    def workload(self, kind: str, size: int) -> Path:
        """Return the folder of a workload, written when it is first asked for."""
        folder = self.folder / f"{kind}-{size}"
        if not folder.exists():
            if kind == "typespec":
                workloads.write(workloads.typespec_files(size), folder)
                (folder / "node_modules").symlink_to(HERE / "node_modules", target_is_directory=True)
            elif kind in journeys.SHAPES:
                shape = next(known for known in journeys.SHAPES if known == kind)
                workloads.write(journeys.journey_files(shape, size), folder)
            else:
                chosen = next(known for known in workloads.KINDS if known == kind)
                workloads.write(workloads.blueprint_files(chosen, size), folder)
        return folder


# ---- what is measured -----------------------------------------------------------------------------------------------


def beside_typespec(bench: Bench, options: Options, table: Table) -> None:
    """Compare `cxc build --target openapi` with `tsp compile` on the same API model."""
    size = options.at
    ours, theirs = bench.workload("api", size), bench.workload("typespec", size)
    build, compile_ = (*bench.cxc, "build", "--target", "openapi"), (*bench.tsp, "compile", ".")
    bench.time(build, bench.workload("api", 3), _expect_operations("generated/openapi/*.yaml", 3, at_least=True))
    bench.time(compile_, bench.workload("typespec", 3))
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(options.rounds):
        seconds[0].append(
            bench.time(build, ours, _expect_operations("generated/openapi/*.yaml", size, at_least=True)).seconds
        )
        seconds[1].append(bench.time(compile_, theirs, _expect_operations("tsp-output/*.yaml", size)).seconds)
    cxc_s, tsp_s = median(seconds[0]), median(seconds[1])
    cxc_mib, tsp_mib = bench.memory(build, ours), bench.memory(compile_, theirs)
    table.say(f"### `api`, {size} services: to OpenAPI, beside TypeSpec")
    table.say()
    table.head("", "`cxc build --target openapi`", "`tsp compile`", "ratio", "aim")
    table.row(
        "wall time, median",
        f"{cxc_s:.2f} s",
        f"{tsp_s:.2f} s",
        f"{tsp_s / cxc_s:.1f} times faster",
        f"≥ {FASTER_THAN_TYPESPEC:g}",
    )
    table.row("wall time, from–to", _spread(seconds[0]), _spread(seconds[1]), "", "")
    table.row(
        "peak memory",
        f"{cxc_mib:.0f} MiB",
        f"{tsp_mib:.0f} MiB",
        f"{cxc_mib / tsp_mib:.2f}",
        f"≤ {MEMORY_OF_TYPESPEC:g}",
    )
    table.say()


def beside_a_bare_parse(bench: Bench, options: Options, table: Table) -> None:
    """Compare `cxc check` with a process that only parses the same text."""
    size = options.at
    source = bench.workload("full", size)
    check, bare = (*bench.cxc, "check"), (sys.executable, str(HERE / "bare_parse.py"), ".")
    bench.time(check, bench.workload("full", 3))
    bench.time(bare, bench.workload("full", 3))
    ours: list[float] = []
    whole: list[float] = []
    parsing: list[float] = []
    for _ in range(options.rounds):
        ours.append(bench.time(check, source).seconds)
        run = bench.time(bare, source)
        whole.append(run.seconds)
        parsing.append(float(run.output))
    characters = sum(len(path.read_text(encoding="utf-8")) for path in source.rglob("*.blueprint"))
    checked = median(ours)
    table.say(f"### `full`, {size} services, {characters / 1e6:.1f} MB: checked, beside a bare parse")
    table.say()
    table.head("", "seconds, median", "from–to", "`cxc check` takes", "aim")
    table.row("`cxc check`", f"{checked:.2f}", _spread(ours), "", "")
    table.row(
        "bare lark parse, whole process",
        f"{median(whole):.2f}",
        _spread(whole),
        f"{checked / median(whole):.2f} times",
        f"≤ {CHECK_TO_PARSE:g}",
    )
    table.row(
        "the parsing in it alone",
        f"{median(parsing):.2f}",
        _spread(parsing),
        f"{checked / median(parsing):.2f} times",
        "",
    )
    table.say()


def growth(bench: Bench, options: Options, table: Table) -> None:
    """Measure how the time grows with the number of services, as the exponent of N."""
    commands = {
        "api": ("`cxc build --target openapi`, `api`", (*bench.cxc, "build", "--target", "openapi")),
        "full": ("`cxc check`, `full`", (*bench.cxc, "check")),
    }
    seconds: dict[tuple[str, int], list[float]] = {}
    for _ in range(options.growth_rounds):
        for size in options.sizes:
            for kind, (_, command) in commands.items():
                took = bench.time(command, bench.workload(kind, size)).seconds
                seconds.setdefault((kind, size), []).append(took)
    table.say("### Growth with the number of services N")
    table.say()
    table.head("seconds, median", *(f"N = {size}" for size in options.sizes), "grows as", "last step", "aim")
    for kind, (label, _) in commands.items():
        medians = [median(seconds[kind, size]) for size in options.sizes]
        table.row(
            label,
            *(f"{took:.2f}" for took in medians),
            f"N^{_exponent(options.sizes, medians):.2f}",
            f"N^{_exponent(options.sizes[-2:], medians[-2:]):.2f}",
            f"≤ N^{GROWTH:g}",
        )
    table.say()


def journey(bench: Bench, options: Options, table: Table) -> None:
    """Measure how the time to check one journey grows with its steps."""
    command = (*bench.cxc, "check")
    seconds: dict[tuple[str, int], list[float]] = {}
    for _ in range(options.growth_rounds):
        for size in LONG_JOURNEYS:
            for shape in journeys.SHAPES:
                took = bench.time(command, bench.workload(shape, size)).seconds
                seconds.setdefault((shape, size), []).append(took)
    table.say("### One long journey: N steps, 3 N transitions, 12 channels, checked")
    table.say()
    table.head("seconds, median", *(f"N = {size}" for size in LONG_JOURNEYS), "grows as", "last step", "aim")
    for shape in journeys.SHAPES:
        medians = [median(seconds[shape, size]) for size in LONG_JOURNEYS]
        table.row(
            f"`cxc check`, `{shape}`",
            *(f"{took:.2f}" for took in medians),
            f"N^{_exponent(LONG_JOURNEYS, medians):.2f}",
            f"N^{_exponent(LONG_JOURNEYS[-2:], medians[-2:]):.2f}",
            f"≤ {LONG_JOURNEY_SECONDS:g} s",
        )
    table.say()


def start(bench: Bench, options: Options, table: Table) -> None:
    """Compare `cxc --version` with importing click, which every such command needs."""
    version, click = (*bench.cxc, "--version"), (sys.executable, "-c", "import click")
    empty = bench.folder / "empty"
    empty.mkdir()
    ours: list[float] = []
    theirs: list[float] = []
    for warm in range(-2, options.version_rounds):
        pair = bench.time(version, empty).seconds, bench.time(click, empty).seconds
        if warm >= 0:
            ours.append(pair[0])
            theirs.append(pair[1])
    table.say("### Start")
    table.say()
    table.head("", "`cxc --version`", '`python -c "import click"`', "ratio", "aim")
    table.row(
        "wall time, median",
        f"{median(ours) * 1000:.0f} ms",
        f"{median(theirs) * 1000:.0f} ms",
        f"{median(ours) / median(theirs):.2f}",
        f"≤ {VERSION_TO_CLICK:g}",
    )
    table.say()


PARTS: dict[str, Callable[[Bench, Options, Table], None]] = {
    "typespec": beside_typespec,
    "parse": beside_a_bare_parse,
    "growth": growth,
    "journey": journey,
    "start": start,
}


def _expect_operations(pattern: str, size: int, *, at_least: bool = False) -> Callable[[Path], None]:
    """Return a look at the output that fails where operations are missing: nobody is fast by doing less."""

    def look(folder: Path) -> None:
        found = sum(
            len(re.findall(r"^ +operationId:", path.read_text(encoding="utf-8"), re.MULTILINE))
            for path in folder.glob(pattern)
        )
        wanted = size * OPERATIONS
        if found < wanted or (found > wanted and not at_least):
            raise Failed(f"{pattern} has {found} operations, not {wanted}")

    return look


def _exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    return linear_regression([math.log(size) for size in sizes], [math.log(took) for took in seconds]).slope


def _spread(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.2f}–{max(seconds):.2f} s"


# ---- the machine and its programs -----------------------------------------------------------------------------------


def install() -> None:
    """Install the peers as the lock says."""
    npm = shutil.which("npm")
    if npm is None:
        raise Failed("npm is missing: the peers are installed with it")
    subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)


def node() -> str:
    """Return the Node to run the peers with: the one that came with them, else the machine's own."""
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    bundled = HERE / "node_modules" / f"node-{platform.system().lower()}-{machine}" / "bin" / "node"
    found = str(bundled) if bundled.exists() else shutil.which("node")
    if found is None or int(_said(found, "--version").lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise Failed(f"TypeSpec needs Node {OLDEST_NODE} or later")
    return found


def compiler() -> tuple[str, ...]:
    """Return the command of the compiler that belongs to this Python."""
    beside = Path(sys.executable).with_name("cxc")
    if not beside.exists():
        raise Failed(
            "cxc is not installed for this Python: install it, or start this script with the Python that has it"
        )
    return (str(beside),)


def describe(bench: Bench) -> str:
    """Say what the numbers were measured on, without naming the machine."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists() and (named := re.search(r"model name\s*:\s*(.+)", information.read_text())):
        model = named[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    peers = ", ".join(f"{name} {_installed(name)}" for name in PEERS)
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB of memory, {platform.system()}; "
        f"{platform.python_implementation()} {platform.python_version()}, cxc {metadata.version('cxc')}, "
        f"lark {metadata.version('lark')}; Node {_said(bench.tsp[0], '--version').lstrip('v')}, {peers}."
    )


def _installed(package: str) -> str:
    text = (HERE / "node_modules" / package / "package.json").read_text(encoding="utf-8")
    found = re.search(r'"version":\s*"([^"]+)"', text)
    return found[1] if found else "of unknown version"


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


# ---- the command ----------------------------------------------------------------------------------------------------


def record(table: Table) -> None:
    """Put the table between the markers of the README."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    body = "\n".join(table.lines).strip()
    README.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8", newline="\n")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def main() -> int:
    """Measure the compiler beside its peers and write the table into the README of this folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "--sizes",
        type=_positive,
        nargs="+",
        default=[100, 200, 500, 1000],
        help="numbers of services for the growth",
    )
    parser.add_argument("--at", type=_positive, default=500, help="number of services for the comparisons")
    parser.add_argument("--rounds", type=_positive, default=5, help="rounds of each comparison")
    parser.add_argument("--growth-rounds", type=_positive, default=3, help="rounds of the growth")
    parser.add_argument("--version-rounds", type=_positive, default=40, help="rounds of the start")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="measure some parts and leave the README as it is")
    parser.add_argument("--skip-install", action="store_true", help="take the npm packages as they are")
    given = parser.parse_args()
    sizes = tuple(sorted(set(given.sizes)))
    if len(sizes) < 2:
        parser.error("--sizes needs two sizes or more")
    options = Options(sizes, given.at, given.rounds, given.growth_rounds, given.version_rounds)
    table = Table()
    try:
        if not given.skip_install:
            install()
        with tempfile.TemporaryDirectory(prefix="cxc-bench-") as folder:
            tsp = HERE / "node_modules" / "@typespec" / "compiler" / "cmd" / "tsp.js"
            bench = Bench(Path(folder), compiler(), (node(), str(tsp)))
            table.say(f"Measured on {describe(bench)}")
            table.say()
            table.say(f"By `{' '.join(['python', 'benchmarks/run.py', *sys.argv[1:]])}`.")
            table.say()
            for name in given.only or PARTS:
                PARTS[name](bench, options, table)
    except (Failed, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    if not given.only:
        record(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
