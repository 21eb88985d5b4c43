"""What `qualdata schema` promises: the shipped schemas, to the terminal or into a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from tests import whole


def test_it_prints_the_schema(run) -> None:
    """JSON alone, so that it can go into another program; and a schema that refuses something."""
    result = run("schema")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert said["$id"] == "urn:qualdata:schema:1.0:study"
    assert Draft202012Validator(said).is_valid({"qualdata": "1.0", "study": {}})
    assert not Draft202012Validator(said).is_valid({"qualdata": "1.0"})


@pytest.mark.parametrize(("of", "file"), [("project", whole.PROJECT), ("codebook", whole.CODEBOOK)])
def test_it_prints_the_schemas_of_refi_qda(run, of: str, file: str) -> None:
    """XML alone; a schema that takes a file with everything in it, and not the same without a GUID."""
    result = run("schema", "--of", of)
    assert result.exit_code == 0
    schema = etree.XMLSchema(etree.fromstring(result.stdout_bytes))
    assert schema.validate(etree.fromstring(file.encode()))
    assert not schema.validate(etree.fromstring(file.replace(" guid=", " GUID=", 1).encode()))


def test_it_writes_the_same_into_a_file(run, tmp_path: Path) -> None:
    """Byte for byte, and says where."""
    result = run("schema", "-o", tmp_path / "s.json")
    assert result.exit_code == 0
    assert "s.json" in "".join(result.output.split())
    assert (tmp_path / "s.json").read_bytes() == run("schema").stdout_bytes


def test_it_writes_all_of_them_into_a_folder(run, tmp_path: Path) -> None:
    """Each with the name that it has among the schemas, and the bytes that it prints."""
    result = run("schema", "-o", tmp_path / "all")
    assert result.exit_code == 0
    assert "6 schemas" in result.output
    found = {path.relative_to(tmp_path / "all").as_posix() for path in (tmp_path / "all").rglob("*") if path.is_file()}
    standard = {f"1.0/{of}.schema.json" for of in ("study", "sidecar", "report", "table")}
    assert found == {*standard, "refi-qda/project.xsd", "refi-qda/codebook.xsd"}
    assert (tmp_path / "all/1.0/sidecar.schema.json").read_bytes() == run("schema", "--of", "sidecar").stdout_bytes


def test_a_folder_that_is_not_there_is_said(run, tmp_path: Path) -> None:
    """In one sentence, with the exit code of a file that cannot be written."""
    result = run("schema", "-o", tmp_path / "no" / "s.json")
    assert result.exit_code == 3
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output


def test_the_help_names_it(run) -> None:
    """Among the commands."""
    assert "schema" in run("--help").output
