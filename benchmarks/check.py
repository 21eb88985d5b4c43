"""Is what qualdata reads true? Compares a project's segments with the generator's table.

    python -m benchmarks.check TRUTH FILE

prints nothing and ends with 0 when they are the same, in any order.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

Row = tuple[str, ...]


def truth(path: Path) -> Counter[Row]:
    """The rows of the generator's table, or of one like it."""
    with path.open(encoding="utf-8", newline="") as stream:
        return Counter(tuple(row) for row in list(csv.reader(stream))[1:])


def found(path: Path) -> Counter[Row]:
    """The same rows, from a project as qualdata reads it."""
    import qualdata

    rows = ((s.source.name, s.code and s.code.name, s.coder and s.coder.name, s.start, s.end, s.text) for s in qualdata.read(path).segments())
    return Counter(tuple("" if value is None else str(value) for value in row) for row in rows)


def main(table: str, path: str) -> None:
    """Compare, and say what differs."""
    right, ours = truth(Path(table)), truth(Path(path)) if path.endswith(".csv") else found(Path(path))
    if ours == right:
        return
    missing, wrong = right - ours, ours - right
    first = "".join(f"\n  {sign} {row}" for sign, rows in (("missing:", missing), ("wrong:", wrong)) for row in list(rows)[:3])
    sys.exit(f"{path} is not read right: {missing.total()} of {right.total()} segments are missing, {wrong.total()} are wrong.{first}")


if __name__ == "__main__":
    main(*sys.argv[1:])
