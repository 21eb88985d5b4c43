"""Make the files of the suite anew: `python -m tests.conformance.make`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

from tests.conformance.bad import BAD
from tests.conformance.case import Case
from tests.conformance.good import GOOD
from tests.conformance.misshapen import MISSHAPEN

__all__ = ["CASES", "INDEX", "make"]

CASES: Final[tuple[Case, ...]] = (*GOOD, *BAD, *MISSHAPEN)
INDEX: Final = "cases.json"


def make(root: Path) -> None:
    """Write all cases, and what there is to say of them, into a folder."""
    for name in ("valid", "invalid"):
        shutil.rmtree(root / name, ignore_errors=True)
    for case in CASES:
        case.write(root)
    (root / INDEX).write_text(index(), encoding="utf-8", newline="\n")


def index() -> str:
    """What there is to say of the cases, a line each."""
    lines = ",\n".join(f"  {json.dumps(case.entry(), ensure_ascii=False)}" for case in CASES)
    return f'{{"suite": "qualdata conformance suite", "standard": "1.0", "synthetic": true, "cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    make(Path(__file__).parent)
