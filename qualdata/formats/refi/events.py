"""The events of one XML file: where the reader stands, and what happens to what its table does not know."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from pyexpat import ExpatError, ParserCreate
from typing import Any, Final, Protocol
from xml.etree.ElementTree import C14NWriterTarget

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.memory import building
from qualdata.formats.refi.xml import KEY, content, quoted
from qualdata.model.reading import Remark

__all__ = ["DEPTH", "Events", "Table"]

DEPTH: Final = 256
"""How deep elements may stand in each other; deeper files are refused."""
SCHEMA_HINTS: Final = tuple(f"http://www.w3.org/2001/XMLSchema-instance}}{name}" for name in ("schemaLocation", "noNamespaceSchemaLocation"))
"""Attributes of the root that say where a schema lies, and nothing of the study."""

_HANDLERS: Final = ("StartElementHandler", "EndElementHandler", "CharacterDataHandler", "CommentHandler", "ProcessingInstructionHandler", "StartNamespaceDeclHandler")

Attributes = dict[str, str]
Handler = Callable[[Attributes], None]


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """So many of the next bytes."""
        ...


def no_doctype(*_: object) -> None:
    """Refuse a document type: there is none in REFI-QDA, and entities can do harm."""
    raise ReadError("the file declares a document type (<!DOCTYPE …>), which REFI-QDA has not and which can do harm; it is not read.")


class Unknown(ValueError):
    """An element that may not stand here."""


class Table(dict[str, Handler]):
    """What may stand at one position of an element, and the name of that position in `extra`."""

    def __init__(self, place: Callable[[Any], str]) -> None:
        super().__init__()
        self.place = place

    def __missing__(self, name: str) -> Handler:
        raise Unknown("it has no place here")


class Events:
    """Feeds tables with the events of one file; keeps aside, as canonical XML, what they do not know."""

    __slots__ = ("buffer", "close", "cur", "held", "hints", "kids", "parser", "remarks", "root", "scope", "stack")

    def __init__(self) -> None:
        self.parser = parser = ParserCreate(namespace_separator="}")
        parser.buffer_text, parser.buffer_size = True, 1 << 16
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.stray
        parser.StartNamespaceDeclHandler, parser.EndNamespaceDeclHandler = self.open_namespace, self.close_namespace
        parser.CommentHandler, parser.ProcessingInstructionHandler = self.comment, self.instruction
        parser.StartDoctypeDeclHandler = no_doctype
        self.remarks: list[Remark] = []
        self.root: Any = None
        self.cur: Any = None
        self.kids: Table
        self.close: Callable[[], None] | None = None
        self.stack: list[tuple[Any, Table, Callable[[], None] | None]] = []
        self.buffer: list[str] = []
        self.scope: dict[str, list[str]] = {}
        self.held: list[tuple[str, str]] = []
        self.hints: list[str] = []

    def parse(self, file: Readable) -> Any:
        """The root object that a file makes. Raises ReadError with the line."""
        try:
            with building():
                while block := file.read(1 << 18):
                    self.parser.Parse(block, False)
                self.parser.Parse(b"", True)
        except ExpatError as error:
            raise ReadError(f"this is not well-formed XML: {_plain(error)}. Export the project again.", line=error.lineno) from error
        except (ValueError, LookupError) as error:
            if isinstance(error, QualdataError):
                raise
            raise ReadError(f"the XML cannot be read: {error}. Export the project again.", line=self.parser.CurrentLineNumber) from error
        finally:
            self.parser.StartElementHandler = None  # parser and reader hold each other
        if self.held:
            self.root.extra = {KEY: [*map(list, self.held), *((self.root.extra or {}).get(KEY, ()))]}
        return self.root

    # what the table knows
    def start(self, name: str, a: Attributes) -> None:
        try:
            self.kids[name](a)
        except (KeyError, ValueError) as error:
            if isinstance(error, QualdataError):
                raise
            self.capture(name, a, error)

    def end(self, name: str) -> None:
        if self.close is not None:
            self.close()
        self.cur, self.kids, self.close = self.stack.pop()

    # what it does not know
    def note(self, message: str, rule: str = "refi-structure-invalid") -> None:
        """Remark on the line that is being read."""
        self.remarks.append(Remark(rule, message, self.parser.CurrentLineNumber, getattr(self.cur, "id", None)))

    def keep(self, xml: str) -> None:
        """Keep foreign XML where the reader stands."""
        if self.cur is None:
            self.held.append(("after" if self.root is not None else "before", xml))
        else:
            self.add(self.cur, self.kids.place(self.cur), xml)

    def add(self, thing: Any, place: str, xml: str) -> None:
        """Keep foreign XML at a place of a thing."""
        if thing.extra is None:
            thing.extra = {}
        thing.extra.setdefault(KEY, []).append([place, xml])

    def left_over(self, thing: Any, place: str, a: Attributes) -> None:
        """Keep attributes that the table does not know."""
        if self.root is None:
            self.hints += [self.attributes({n: a.pop(n)}) for n in SCHEMA_HINTS if n in a]
        if a:
            self.note(f"unknown attribute {', '.join(n.rpartition('}')[2] for n in a)}; kept aside")
            self.add(thing, place, self.attributes(a))

    def attributes(self, a: Attributes) -> str:
        """Attributes as they stand in a start tag, with the namespaces they need."""
        declared, out = {}, []
        for n, v in a.items():
            uri, _, local = n.rpartition("}")
            if uri:
                prefix = "xml" if uri.endswith("/XML/1998/namespace") else next(p for p, us in self.scope.items() if p and us and us[-1] == uri)
                local = f"{prefix}:{local}"
                if prefix != "xml":
                    declared[prefix] = uri
            out.append(f'{local}="{quoted(v)}"')
        return " ".join([*(f'xmlns:{p}="{quoted(u)}"' for p, u in declared.items()), *out])

    def stray(self, text: str) -> None:
        if not text.isspace():
            self.note("text where only elements may stand; kept aside")
            self.keep(content(text))

    def comment(self, text: str) -> None:
        self.keep(f"<!--{text}-->")

    def instruction(self, target: str, text: str) -> None:
        self.keep(f"<?{target} {text}?>")

    def open_namespace(self, prefix: str | None, uri: str | None) -> None:
        self.scope.setdefault(prefix or "", []).append(uri or "")

    def close_namespace(self, prefix: str | None) -> None:
        self.scope[prefix or ""].pop()

    def capture(self, name: str, a: Attributes, why: Exception) -> None:
        """Keep an element whole: the table does not know it here, or it lacks what it must have."""
        self.note(f"<{name.rpartition('}')[2]}> was not understood and is kept aside: {_reason(why)}")
        parser = self.parser
        usual = {handler: getattr(parser, handler) for handler in _HANDLERS}

        def done(xml: str) -> None:
            for handler, function in usual.items():
                setattr(parser, handler, function)
            self.keep(xml)

        copy = _Copy({p: us[-1] for p, us in self.scope.items() if us}, done)

        def open_namespace(prefix: str | None, uri: str | None) -> None:
            self.open_namespace(prefix, uri)
            copy.target.start_ns(prefix or "", uri or "")

        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = copy.start, copy.end, copy.target.data
        parser.CommentHandler, parser.ProcessingInstructionHandler, parser.StartNamespaceDeclHandler = copy.target.comment, copy.target.pi, open_namespace
        copy.start(name, a)


class _Copy:
    """One foreign element, being written as canonical XML."""

    def __init__(self, scope: dict[str, str], done: Callable[[str], None]) -> None:
        self.out, self.done, self.depth, self.bare = StringIO(), done, 0, False
        self.target: Any = C14NWriterTarget(self.out.write, with_comments=True)
        for prefix, uri in scope.items():
            self.target.start_ns(prefix, uri)

    def start(self, name: str, a: Attributes) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise ReadError(f"elements stand in each other more than {DEPTH} deep; such a file is not read.")
        self.bare = self.bare or "}" not in name
        self.target.start(_clark(name), {_clark(k): v for k, v in a.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.target.end(_clark(name))
        if not self.depth:
            xml = self.out.getvalue()
            if self.bare and ' xmlns="' not in xml[: xml.index(">")]:
                xml = re.sub(r"^<[^\s>/]+", lambda m: m[0] + ' xmlns=""', xml)  # it will stand in a default namespace
            self.done(xml)


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def _plain(error: ExpatError) -> str:
    return str(error).partition(": line")[0]


def _reason(error: Exception) -> str:
    """Why an element could not be built, in words."""
    if isinstance(error, Unknown):
        return str(error)
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]}"
    text = str(error)
    return f"{text.rpartition(': ')[2]} is not a whole number" if text.startswith("invalid literal") else text
