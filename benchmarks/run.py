"""How fast is qualdata, and how much memory does it take? Ratios against lxml and pyrefiqda, pair by pair.

    python -m benchmarks.run [--sizes S,M] [--pairs 5] [--quick] [--strict]

Each measurement is a process of its own; a ratio is taken of two that ran one right after the other. What is read
and written is compared with the generator's truth first: nothing is measured of a reader that reads wrongly.
Absolute times say more about the machine than about the program, so they are not shown.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.gen_qdpx import SIZES
from benchmarks.processes import cpu_of, measured, output, pairs, project, python, say, truth
from benchmarks.table import HEAD, Limit, Row

JUDGED = ("M", "L")
"""The sizes that limits are meant for; in smaller ones, fixed costs weigh more."""
SLOW_PAIRS = 2
MEDIA_MB = 200


@dataclass(frozen=True)
class Comparison:
    """Two works on one file, and what is asked of the first by the second."""

    work: str
    other: str
    limits: tuple[Limit, ...]
    slow: bool = False
    """Whether to make few pairs of it, and none of the largest project."""


COMPARISONS = (
    Comparison("read", "read with lxml", (Limit("read ÷ lxml tree", 2.2), Limit("  the same, peak memory", 0.4, quantity="peak"))),
    Comparison("round trip as standard", "round trip with lxml", (Limit("read + write standard ÷ lxml", 1.5), Limit("  the same, peak memory", quantity="peak"))),
    Comparison("round trip as-read", "round trip with lxml", (Limit("read + write as-read ÷ lxml", 1.5), Limit("  the same, peak memory", quantity="peak"))),
    Comparison("segments", "segments with lxml", (Limit("segments to CSV ÷ lxml loop", 1.2),)),
    Comparison("read package", "read json", (Limit("read package ÷ json.loads", 2.0),)),
    Comparison("read package", "read", (Limit("read package ÷ read, peak memory", 1.3, quantity="peak"),)),
    Comparison("validate", "read", (Limit("validate ÷ read", 2.0), Limit("  the same, peak memory", quantity="peak"))),
    Comparison("validate package", "read package", (Limit("validate ÷ read, package as a folder", 2.0), Limit("  the same, peak memory", quantity="peak"))),
    Comparison("validate zipped package", "read zipped package", (Limit("validate ÷ read, package as a file", 2.0), Limit("  the same, peak memory", quantity="peak"))),
    Comparison("read with pyrefiqda", "read", (Limit("pyrefiqda ÷ read", 6, least=True),), slow=True),
    Comparison("round trip with pyrefiqda", "round trip as standard", (Limit("pyrefiqda ÷ read + write", 6, least=True),), slow=True),
)
IMPORTS = {
    "import qualdata": Limit("import qualdata ÷ lxml.etree", 2.0),
    "from qualdata import read": Limit("  with what reading needs"),
}
GROWTH = Limit("read, cost per coding, {} ÷ S", 1.5)
MEDIA = Limit("convert {} MB of media, extra MB", 8)


def check(size: str) -> None:
    """Stop unless all that is compared says what is true."""
    say(f"{size}: making and checking")
    path = project(size)
    python("-m", "benchmarks.check", truth(path), path)
    measured("make packages", path)
    for work in ("round trip as standard", "round trip as-read", "round trip with lxml", "segments", "segments with lxml"):
        measured(work, path)
        python("-m", "benchmarks.check", truth(path), output(work, path))


def compare(size: str, count: int) -> Iterator[Row]:
    """All comparisons on a project of one size."""
    for comparison in COMPARISONS:
        if comparison.slow and size == "L":
            continue
        say(f"{size}: {comparison.work} ÷ {comparison.other}")
        path = project(size)
        times = min(count, SLOW_PAIRS) if comparison.slow else count
        found = pairs(times, partial(measured, comparison.work, path), partial(measured, comparison.other, path))
        for limit in comparison.limits:
            asked = limit if size in JUDGED else replace(limit, bound=None)
            yield Row(asked, [one[limit.quantity] / other[limit.quantity] for one, other in found])


def grow(size: str, count: int) -> Row:
    """What a coding costs in a large project, by what it costs in a small one."""
    say(f"{size} ÷ S: read")
    found = pairs(count, partial(measured, "read", project(size)), partial(measured, "read", project("S")))
    scale = SIZES["S"].codings / SIZES[size].codings
    return Row(replace(GROWTH, title=GROWTH.title.format(size)), [scale * one["cpu"] / other["cpu"] for one, other in found])


def imports(count: int) -> Iterator[Row]:
    """Whole processes that only import."""
    for code, limit in IMPORTS.items():
        say(code)
        cpu_of(code)
        yield Row(limit, [one / other for one, other in pairs(count, partial(cpu_of, code), partial(cpu_of, "import lxml.etree"))])


def media(megabytes: int, count: int) -> Row:
    """How much more memory a conversion takes when there is a large recording to copy."""
    say(f"convert: {megabytes} MB of media")
    found = pairs(count, partial(measured, "convert", project("XS", megabytes)), partial(measured, "convert", project("XS")))
    return Row(replace(MEDIA, title=MEDIA.title.format(megabytes)), [(one["peak"] - other["peak"]) / 2**20 for one, other in found])


def rows(sizes: list[str], count: int, megabytes: int) -> Iterator[Row | str]:
    """The lines of the table, with headings."""
    for size in sizes:
        check(size)
        yield f"{size}: {SIZES[size].interviews:,} interviews, {SIZES[size].codings:,} codings"
        yield from compare(size, count)
    yield "whole"
    for size in sizes:
        if size in JUDGED:
            yield grow(size, count)
    yield from imports(max(count, 5))
    yield media(megabytes, min(count, SLOW_PAIRS))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure qualdata against lxml and pyrefiqda.")
    parser.add_argument("--sizes", default="S,M", help=f"of {', '.join(SIZES)}, with commas; {' and '.join(JUDGED)} are held to the limits")
    parser.add_argument("--pairs", type=int, default=5, help="how often each comparison is made")
    parser.add_argument("--quick", action="store_true", help="S only, two pairs, little media: does it run at all?")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a limit is missed")
    given = parser.parse_args()
    sizes, count, megabytes = (["S"], 2, 20) if given.quick else (given.sizes.split(","), given.pairs, MEDIA_MB)
    if unknown := set(sizes) - set(SIZES):
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} CPUs; CPU time where nothing else is said\n\n{HEAD}")
    missed = False
    try:
        for row in rows(sizes, count, megabytes):
            print(f"\n{row}" if isinstance(row, str) else row, flush=True)
            missed |= isinstance(row, Row) and row.verdict == "MISS"
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd[1:])} failed; nothing more is measured.")
    return int(missed and given.strict)


if __name__ == "__main__":
    sys.exit(main())
