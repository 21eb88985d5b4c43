"""The one converter between the model and JSON: snake_case, absent left out, sources and spans told apart by `type`.

It has two forms: a fast one for good documents, and a detailed one, used again when the fast one fails, whose
errors name the place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache
from types import NoneType
from typing import Any, Final, TypeVar, get_args

from attrs import Attribute, fields, has, resolve_types
from cattrs import Converter
from cattrs.cols import is_sequence, list_structure_factory
from cattrs.errors import BaseValidationError, CattrsError, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from qualdata import model as m
from qualdata.errors import QualdataError, WriteError
from qualdata.model.base import REF, unchecked, without_prefix
from qualdata.model.source import AnySource
from qualdata.model.spans import Span

__all__ = ["LARGEST", "SOURCES", "SPANS", "TAGS", "explain", "files", "forgiven", "left_out", "structure", "unstructure"]

T = TypeVar("T")
EXTRA: Final = dict[str, Any] | None
"""The type of `extra`."""
LARGEST: Final = 2**53 - 1
"""The largest whole number that every program reads as it is written (RFC 7493, section 2.2)."""
Structure = Callable[[Any, Any], Any]
"""What makes a value of the model from one of JSON; its second argument is the type that is wanted."""
SOURCES: Final[dict[str, type]] = {"text": m.TextSource, "picture": m.PictureSource, "pdf": m.PdfSource, "audio": m.AudioSource, "video": m.VideoSource}
"""The `type` of each kind of source."""
SPANS: Final[dict[str, type]] = {"text": m.TextSpan, "time": m.TimeSpan, "area": m.AreaSpan, "page": m.PageSpan, "transcript": m.TranscriptSpan}
"""The `type` of each kind of span."""
TAGS: Final = {cls: tag for tags in (SOURCES, SPANS) for tag, cls in tags.items()}
"""The `type` that things of a class carry in JSON."""

files: ContextVar[Callable[[Any], Any]] = ContextVar("files")
"""What stands for a file: from a handle to the path in the package when writing, and back when reading."""
forgiven: ContextVar[Callable[[], object]] = ContextVar("forgiven", default=lambda: None)
"""What is told when something is read that the standard forbids though it can be understood: a null for what is absent, or a value without its type."""

_UNSAID: Final = object()

resolve_types(m.Excerpt, localns={"TextSource": m.TextSource, "Span": Span})
resolve_types(m.Study)


def left_out(f: Attribute[Any]) -> bool:
    """Whether a field is no part of the document."""
    return not f.init or f.name == "reading"


def _overrides(cls: Any) -> dict[str, Any]:
    return {f.name: override(omit=True) if left_out(f) else override(rename=f.alias if f.alias != f.name else None) for f in fields(cls)}


# ---- to JSON ----
def _path_of(media: m.Media) -> Any:
    return files.get()(media)


def _writing() -> Converter:
    converter = Converter(omit_if_default=True)

    def write(cls: Any) -> Callable[[Any], dict[str, Any]]:
        plain = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **_overrides(cls))
        tag = TAGS.get(cls)
        return plain if tag is None else lambda thing: {"type": tag, **plain(thing)}

    converter.register_unstructure_hook_factory(has, write)
    converter.register_unstructure_hook(m.Media, _path_of)
    converter.register_unstructure_hook(int, _whole_written)
    converter.register_unstructure_hook_factory(lambda t: t == EXTRA, lambda _: _extra_written)
    for union in (AnySource, Span, Span | None):
        converter.register_unstructure_hook(union, converter.unstructure)
    return converter


def _whole_written(value: int) -> int:
    if not -LARGEST <= value <= LARGEST:
        raise WriteError(f"a whole number in the study is too large to be written: none may be beyond {LARGEST:,}. Correct it.")
    return value


# ---- from JSON ----
def _reading(detailed: bool) -> Converter:
    converter = Converter(detailed_validation=detailed, forbid_extra_keys=True)

    def read(cls: Any) -> Structure:
        overrides = _overrides(cls)
        for f in fields(cls):
            if not detailed and f.metadata.get("role") == REF["role"] and "list" not in str(f.type):
                shared = _shared_or_none if "None" in str(f.type) else _shared
                overrides[f.name] = override(struct_hook=shared, rename=overrides[f.name].rename)
        plain = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=detailed, **overrides)
        tag = TAGS.get(cls)

        def checked(value: Any, cls: Any) -> Any:
            if value.__class__ is not dict:
                raise TypeError(f"an object is expected here, not {_shown(value)}")
            if tag is not None:
                value = value.copy()
                if (given := value.pop("type", _UNSAID)) is _UNSAID:
                    forgiven.get()()
                elif given != tag:
                    raise TypeError(f"its type must be {tag}, not {_shown(given)}")
            return plain(value, cls)

        return checked if detailed or tag is not None else plain

    converter.register_structure_hook_factory(lambda t: isinstance(t, type) and has(t), read)
    converter.register_structure_hook_factory(_may_be_none, lambda t: _or_none(t, converter))
    converter.register_structure_hook_factory(lambda t: t is AnySource, lambda _: _one_of(SOURCES, converter))
    converter.register_structure_hook_factory(lambda t: t is Span, lambda _: _one_of(SPANS, converter))
    converter.register_structure_hook_factory(lambda t: t == EXTRA, lambda _: _extra)
    converter.register_structure_hook(m.Media, lambda value, _: files.get()(value))
    converter.register_structure_hook_factory(is_sequence, lambda t: _list(list_structure_factory(t, converter)))
    for kind, words in ((str, "a text"), (bool, "true or false"), (float, "a number")):
        converter.register_structure_hook(kind, _only(kind, words))
    converter.register_structure_hook(int, _whole)
    return converter


def _extra(value: Any, _: Any) -> dict[str, Any] | None:
    """What is in `extra`, as it is; each name has a prefix."""
    if value is None:
        forgiven.get()()
    elif value.__class__ is not dict:
        raise TypeError(f"an object is expected here, not {_shown(value)}")
    if (bare := without_prefix(value)) is not None:
        raise TypeError(f"the name {_shown(bare)} has no prefix in small letters, as lab:{bare[:40]}")
    found: dict[str, Any] | None = value
    return found


def _extra_written(value: dict[str, Any] | None) -> Any:
    if (bare := without_prefix(value)) is not None:
        raise WriteError(f"a name in extra has no prefix in small letters: {bare!r}. Write it as lab:{bare}, say, and lab in the extensions of the study.")
    return value


def _one_of(tags: dict[str, type], converter: Converter) -> Structure:
    """Things of several classes, told apart by their `type`."""
    hooks = {cls: converter.get_structure_hook(cls) for cls in tags.values()}

    def structure(value: Any, _: Any) -> Any:
        cls = _tagged(value, tags)
        return hooks[cls](value, cls)

    return structure


def _may_be_none(t: Any) -> bool:
    return NoneType in get_args(t) and len(get_args(t)) == 2


def _or_none(t: Any, converter: Converter) -> Structure:
    """Something or null; cattrs itself would look for the hook again at each value."""
    inner = next(a for a in get_args(t) if a is not NoneType)
    structure = converter.get_structure_hook(inner)
    return lambda value, _: _null() if value is None else structure(value, inner)


def _null() -> Any:
    """A null for what is absent."""
    forgiven.get()()


def _only(kind: type, words: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is kind or (kind is float and value.__class__ is int):
            return value
        raise TypeError(f"{words} is expected here, not {_shown(value)}")

    return structure


def _whole(value: Any, _: Any) -> int:
    """A whole number; JSON has one kind of number, so `4.0` is one too (JSON Schema, validation, 6.1.1)."""
    whole: int = value
    if value.__class__ is int and -LARGEST <= whole <= LARGEST:
        return whole
    if value.__class__ is float and value.is_integer() and -LARGEST <= value <= LARGEST:
        return int(value)
    beyond = value.__class__ in (int, float) and abs(value) > LARGEST
    raise TypeError(f"a whole number is expected here{f' that is not beyond {LARGEST:,}' if beyond else f', not {_shown(value)}'}")


def _list(structure: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def checked(value: Any, t: Any) -> Any:
        if value.__class__ is not list:
            raise TypeError(f"a list is expected here, not {_shown(value)}")
        return structure(value, t)

    return checked


def _shared(value: Any, _: Any = None) -> str:
    """An id that others have too: equal ones become one string."""
    if value.__class__ is str:
        return sys.intern(value)
    raise TypeError(f"a text is expected here, not {_shown(value)}")


def _shared_or_none(value: Any, _: Any = None) -> str | None:
    return _null() if value is None else _shared(value)


def _tagged(value: Any, tags: dict[str, type]) -> type:
    """The class that a `type` names."""
    tag = value.get("type") if isinstance(value, dict) else None
    if not isinstance(tag, str) or tag not in tags:
        none = isinstance(value, dict) and "type" not in value
        raise TypeError(f"its type must be one of {', '.join(tags)}{'; it is missing' if none else f', not {_shown(tag)}'}")
    return tags[tag]


@cache
def _converter(form: str) -> Converter:
    return _writing() if form == "writing" else _reading(form == "detailed")


def unstructure(thing: Any) -> Any:
    """A thing of the model as JSON values. `files` must be set."""
    return _converter("writing").unstructure(thing)


def structure(value: Any, cls: type[T]) -> T:
    """JSON values as a thing of the model; raises whatever it comes upon first. `files` must be set.

    Characters are not looked at: see `qualdata.formats.package.document`.
    """
    with unchecked():
        return _converter("fast").structure(value, cls)


def explain(value: Any, cls: Any, path: str = "") -> list[str]:
    """What is wrong with JSON values, each with its place, as `sources[3].excerpts[17].span.end: it is missing`."""
    try:
        _converter("detailed").structure(value, cls)
    except BaseValidationError as error:
        return list(_problems(error, path))
    except (CattrsError, TypeError, ValueError, KeyError) as error:
        return [f"{path}: {_said(error)}" if path else _said(error)]
    return []


def _problems(error: BaseException, path: str) -> Iterator[str]:
    if not isinstance(error, BaseValidationError):
        yield f"{path}: {_said(error)}"
        return
    with_notes, without = error.group_exceptions()  # type: ignore[attr-defined]
    for inner, note in with_notes:
        yield from _problems(inner, f"{path}[{note.index!r}]" if isinstance(note, IterableValidationNote) else f"{path}.{note.name.lstrip('_')}".lstrip("."))
    for inner in without:
        yield f"{path or 'the study'}: {_said(inner)}"


def _said(error: BaseException) -> str:
    if isinstance(error, KeyError):
        return "it is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        return f"there is no field {', '.join(sorted(error.extra_fields))} here"
    if isinstance(error, QualdataError):
        return error.message
    text = str(error)
    if "typing.Literal" in text:
        value, _, words = text.partition(" not in literal typing.Literal")
        return f"{value!r} is not one of {words[1:-1]}"
    return text or "it cannot be read"


def _shown(value: Any) -> str:
    """A wrong value, short."""
    if value is None:
        return "null"
    text = "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
