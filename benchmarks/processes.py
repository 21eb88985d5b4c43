"""Projects to measure, and the processes that measure them.

The process that runs this stays small and measures nothing itself, as a child begins with its parent's peak of memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
GENERATOR = ROOT / "benchmarks" / "gen_qdpx.py"

T = TypeVar("T")


def python(*arguments: str | Path) -> str:
    """What a fresh Python prints."""
    return subprocess.run([sys.executable, *map(str, arguments)], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def say(what: str) -> None:
    """Progress, for whoever waits."""
    print(what, file=sys.stderr, flush=True)


def project(size: str, media_mb: int = 0) -> Path:
    """A generated project, made unless it is there and newer than its generator."""
    path = BUILD / f"{size}{media_mb or ''}.qdpx"
    if not truth(path).exists() or truth(path).stat().st_mtime < GENERATOR.stat().st_mtime:
        BUILD.mkdir(parents=True, exist_ok=True)
        python("-m", "benchmarks.gen_qdpx", "--size", size, "--media-mb", str(media_mb), "--out", path, "--truth", truth(path))
    return path


def truth(path: Path) -> Path:
    """Where the truth of a generated project is."""
    return path.with_suffix(".csv")


def output(work: str, path: Path) -> Path:
    """Where a work on a file writes."""
    return BUILD / f"{path.stem}-out{'.csv' if work.startswith('segments') else '.qdpx'}"


def measured(work: str, path: Path) -> dict[str, float]:
    """CPU seconds and peak bytes of one work on one file."""
    warm_up = project("XS")
    found: dict[str, float] = json.loads(python("-m", "benchmarks.work", work, warm_up, output(work, warm_up), path, output(work, path)))
    return found


def cpu_of(code: str) -> float:
    """CPU seconds of a whole Python process."""
    before = getrusage(RUSAGE_CHILDREN)
    python("-c", code)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pairs(count: int, one: Callable[[], T], other: Callable[[], T]) -> list[tuple[T, T]]:
    """Both, several times, taking turns at going first."""
    return [(one(), other()) if i % 2 == 0 else (other(), one())[::-1] for i in range(count)]
