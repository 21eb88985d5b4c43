"""Schemas of extensions: what the names in `extra` that begin with a prefix may hold.

Such a schema is a JSON Schema (2020-12) with the address of the extension as its `$id`; by that it is found, whatever the prefix is in
a study. It describes an object with one property: the class that something was added to (`TextSource`, `Turn`), which
holds what was added, each name without its prefix:

    {"TextSource": {"conventions": {"system": "Jefferson"}}}

It refers to nothing but itself and the schemas that qualdata ships; nothing is fetched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from qualdata.errors import ReadError
from qualdata.model.base import Part
from qualdata.model.extension import Extension
from qualdata.schema import Checker, closed

__all__ = ["RESERVED", "Extensions", "extensions_in", "own_names"]

RESERVED: Final = ("anno", "newer", "qualdata", "refi", "sidecar")
"""Prefixes of the standard itself."""
_LARGEST: Final = 1 << 24
_WORDS: Final = {
    "const": "it must be {}",
    "enum": "it must be one of {}",
    "exclusiveMaximum": "it must be less than {}",
    "exclusiveMinimum": "it must be more than {}",
    "format": "it must be of the form {}",
    "maxItems": "it must have at most {} items",
    "maxLength": "it must have at most {} characters",
    "maximum": "it must be at most {}",
    "minItems": "it must have at least {} items",
    "minLength": "it must have at least {} characters",
    "minimum": "it must be at least {}",
    "multipleOf": "it must be a multiple of {}",
    "pattern": "it must match {}",
    "type": "it must be of the type {}",
    "uniqueItems": "it must not have one item twice",
}
"""What the keywords of a schema ask for; never what stands there instead, which may give someone away."""
_NAMING: Final = ("additionalProperties", "dependentRequired", "required", "unevaluatedProperties")
"""Keywords whose own message names fields, and nothing else."""


@frozen
class Extensions:
    """The schemas of extensions that were given."""

    checkers: dict[str, Checker] = field(factory=dict)
    """Each by the address of its extension."""

    def knows(self, extension: Extension) -> bool:
        """Whether the schema of an extension was given."""
        return extension.url in self.checkers

    def wrong_in(self, extension: Extension, part: Part) -> Iterator[str]:
        """What is wrong with what an extension adds to a part of a study, in sentences without a full stop."""
        for error in self.checkers[extension.url].errors({type(part).__name__: own_names(part, extension.prefix)}):
            yield f"{_place(extension.prefix, list(error.absolute_path)[1:])}: {_worded(error, type(part).__name__)}"


def own_names(part: Part, prefix: str) -> dict[str, Any]:
    """What stands in the `extra` of a part under a prefix, by names without it."""
    return {name.removeprefix(f"{prefix}:"): value for name, value in (part.extra or {}).items() if name.startswith(f"{prefix}:")}


def _place(prefix: str, steps: list[str | int]) -> str:
    """A place in what was added, as `ca:conventions.symbols[2]`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"{prefix}:{path.removeprefix('.')}" if steps else prefix


def _worded(error: Any, cls: str) -> str:
    if not error.absolute_path:
        return f"the extension adds nothing to a {cls}"
    if error.validator in _NAMING:
        return str(error.message)
    asked = json.dumps(error.validator_value, ensure_ascii=False).strip("[]")
    return _WORDS.get(error.validator, "it is not as its schema asks ({0.validator})").format(asked if error.validator in _WORDS else error)


# ---- reading the schemas ----
def extensions_in(paths: Iterable[str | os.PathLike[str]]) -> Extensions:
    """The schemas in some files. Raises ReadError for a file that is none."""
    return Extensions(dict(map(_read, map(Path, paths))))


def _read(path: Path) -> tuple[str, Checker]:
    try:
        return _checked(path)
    except ReadError as error:
        error.path = str(path)
        raise
    except OSError as error:
        raise ReadError(f"the schema cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error
    except (ValueError, RecursionError) as error:
        raise ReadError("the schema is not JSON, or too deep. Get a fresh copy of it.", path=path) from error


def _checked(path: Path) -> tuple[str, Checker]:
    if path.stat().st_size > _LARGEST:
        raise ReadError(f"a schema has no more than {_LARGEST:,} bytes; it is not read.")
    document = json.loads(path.read_bytes())
    if not isinstance(document, dict) or not isinstance(document.get("$id"), str):
        raise ReadError('the schema does not say which extension it is of: give it an "$id", the url under which a study declares it.')
    return document["$id"], closed(document)
