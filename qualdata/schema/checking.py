"""Checking JSON by a schema, in a closed world: a schema refers to itself and to those that are shipped, and nothing is ever fetched.

The verdict is that of jsonschema-rs where it is installed (the extra `fast`), else that of jsonschema, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, NoReturn

from attrs import define

from qualdata.errors import ReadError
from qualdata.schema.making import DIALECT, Schema
from qualdata.schema.shipped import json_schemas, schema

__all__ = ["Checker", "closed", "validator"]

_REFERENCES: Final = ("$ref", "$dynamicRef")
_PATTERNS: Final = ("pattern", "patternProperties")


@define(slots=False)
class Checker:
    """What tells whether JSON is as a schema asks. The schema must be closed."""

    schema: Schema
    """The schema."""
    fast: bool = True
    """Whether jsonschema-rs gives the verdict where it is installed."""

    def is_valid(self, value: Any) -> bool:
        """Whether a value is as the schema asks."""
        return bool(self.judge.is_valid(value))

    def errors(self, value: Any) -> Iterator[Any]:
        """What is wrong with a value: each a `jsonschema.ValidationError`, which has the place and the words."""
        if not self.is_valid(value):
            yield from self.teller.iter_errors(value)

    @cached_property
    def judge(self) -> Any:
        """What gives the verdict."""
        return (_fast(self.schema) if self.fast else None) or self.teller

    @cached_property
    def teller(self) -> Any:
        """A `jsonschema.Draft202012Validator`."""
        from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

        return Draft202012Validator(self.schema, registry=self.registry)

    @cached_property
    def registry(self) -> Any:
        """All that the schema can refer to: itself, and what is shipped."""
        from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY

        known = {**json_schemas(), self.schema.get("$id", ""): self.schema}
        return EMPTY_REGISTRY.with_resources((id, DRAFT202012.create_resource(one)) for id, one in known.items())


def _fast(schema: Schema) -> Any:
    """A validator of jsonschema-rs; None where that is not installed."""
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError:
        return None
    return Draft202012Validator(schema, retriever=_shipped)


def _shipped(uri: str) -> Schema:
    """A schema that is shipped, by its `$id`; what jsonschema-rs asks in place of the network."""
    return json_schemas().get(uri) or _refused(uri)


def _refused(uri: str) -> NoReturn:
    raise ReadError(f"the schema refers to {uri}, which is another file; nothing is fetched. Copy what it needs into its own $defs.")


def closed(document: Schema) -> Checker:
    """A checker by a schema that came from elsewhere. Raises ReadError where it is none (JSON Schema 2020-12), or refers to another file.

    One with patterns is left to jsonschema, as the two do not read all patterns alike, and the verdict must not depend on what is installed.
    """
    from jsonschema import Draft202012Validator, SchemaError

    if str(document.get("$schema", DIALECT)).rstrip("#") != DIALECT:
        raise ReadError(f"the schema is written in another version of JSON Schema than {DIALECT}. Rewrite it for that.")
    try:
        Draft202012Validator.check_schema(document)
    except SchemaError as error:
        raise ReadError(f"this is no JSON Schema: at {error.json_path}, {error.message[:200]}.") from error
    checker = Checker(document, fast=not any(True for _ in _under(document, _PATTERNS)))
    for reference in _under(document, _REFERENCES):
        if isinstance(reference, str):
            _followed(checker, reference)
    return checker


def _followed(checker: Checker, reference: str) -> None:
    from referencing.exceptions import Unresolvable

    own = checker.schema.get("$id", "")
    if not reference.startswith("#") and reference.partition("#")[0] not in (own, *json_schemas()):
        _refused(reference)
    try:
        checker.registry.resolver(own).lookup(reference)
    except Unresolvable as error:
        raise ReadError(f"the schema refers to {reference}, which is not in it.") from error


def _under(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    """All that stands under some keys in a schema, at any depth."""
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, Mapping):
            yield from (value[key] for key in keys if key in value)
        todo += value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()


def validator(of: str = "study") -> Any:
    """A `jsonschema.Draft202012Validator` of documents, by the name of their schema in `SHIPPED`. Nothing is fetched."""
    return Checker(schema(of)).teller
