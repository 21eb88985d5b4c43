"""JSON: a list of objects, one a row, on a line each; the head gives the names."""

from __future__ import annotations

from pathlib import Path

from qualdata.report.table import Table

__all__ = ["write_json"]


def write_json(table: Table, path: Path, exact: bool = False) -> list[str]:
    """Write a table as a file; what is not there is null. It can hold all."""
    import orjson

    with path.open("wb") as file:
        between = b"[\n"
        for row in table.rows:
            file.write(between + orjson.dumps(dict(zip(table.head, row, strict=True))))
            between = b",\n"
        file.write(b"\n]\n" if between == b",\n" else b"[]\n")
    return []
