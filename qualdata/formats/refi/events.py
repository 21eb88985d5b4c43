"""The events of one XML file: where the reader stands, and what happens to what its table does not know."""

from __future__ import annotations

from collections.abc import Callable
from pyexpat import ExpatError, ParserCreate
from typing import Any, Final, Protocol

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.refi.aside import Window, canonical, prefixes
from qualdata.formats.refi.xml import KEY, content, quoted
from qualdata.model.memory import building
from qualdata.model.reading import Remark

__all__ = ["DEPTH", "Events", "Readable", "Table", "no_doctype"]

DEPTH: Final = 256
"""How deep elements may stand in each other; deeper files are refused."""
SCHEMA_HINTS: Final = tuple(f"http://www.w3.org/2001/XMLSchema-instance}}{name}" for name in ("schemaLocation", "noNamespaceSchemaLocation"))
"""Attributes of the root that say where a schema lies, and nothing of the study."""

_HANDLERS: Final = ("StartElementHandler", "EndElementHandler", "CharacterDataHandler", "CommentHandler", "ProcessingInstructionHandler")

_ENCODINGS: Final = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-", "iso8859-", "latin", "windows-125", "cp125", "koi8-", "mac-", "macroman")

Attributes = dict[str, str]
Handler = Callable[[Attributes], None]


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """So many of the next bytes."""
        ...


def no_doctype(*_: object) -> None:
    """Refuse a document type: there is none in REFI-QDA, and entities can do harm."""
    raise ReadError("the file declares a document type (<!DOCTYPE …>), which no REFI-QDA file needs and which can do harm; it is not read.")


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

    __slots__ = ("buffer", "close", "cur", "held", "hints", "kids", "parser", "remarks", "root", "scope", "stack", "window")

    def __init__(self) -> None:
        self.parser = parser = ParserCreate(namespace_separator="}")
        parser.buffer_text, parser.buffer_size = True, 1 << 16
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.stray
        parser.StartNamespaceDeclHandler, parser.EndNamespaceDeclHandler = self.open_namespace, self.close_namespace
        parser.CommentHandler, parser.ProcessingInstructionHandler = self.comment, self.instruction
        parser.StartDoctypeDeclHandler = no_doctype
        parser.XmlDeclHandler = self.declaration
        self.window = Window()
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
        parser, window = self.parser, self.window
        try:
            with building():
                while block := file.read(1 << 18):
                    window.add(block, parser.CurrentByteIndex)
                    parser.Parse(block, False)
                parser.Parse(b"", True)
        except ExpatError as error:
            raise ReadError(f"this is not well-formed XML: {_plain(error)}. Export the file again.", line=error.lineno) from error
        except (ValueError, LookupError) as error:
            if isinstance(error, QualdataError):
                raise
            raise ReadError(f"the XML cannot be read: {error}. Export the file again.", line=self.parser.CurrentLineNumber) from error
        finally:
            self.parser.StartElementHandler = None  # parser and reader hold each other
        root, self.root, self.cur = self.root, None, None  # so do reader and tables, and until they are found the study would stay
        if self.held:
            root.extra = {KEY: [*map(list, self.held), *((root.extra or {}).get(KEY, ()))]}
        return root

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
    def note(self, message: str, rule: str = "refi-structure-invalid", at: Any = None) -> None:
        """Remark on the line that is being read, and on a thing, else the one that is being read; the root has no id of its own yet."""
        thing = self.cur if at is None else at
        id = None if self.root is None or thing is self.root else getattr(thing, "id", None)
        self.remarks.append(Remark(rule, message, self.parser.CurrentLineNumber, id))

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
            self.note(f"unknown attribute {', '.join(n.rpartition('}')[2] for n in a)}; kept aside", at=thing)
            self.add(thing, place, self.attributes(a))

    def attributes(self, a: Attributes) -> str:
        """Attributes as they stand in a start tag, with the namespaces they need."""
        declared, out = {}, []
        for n, v in a.items():
            uri, _, local = n.rpartition("}")
            if uri:
                prefix = "xml" if uri.endswith("/XML/1998/namespace") else self.prefix(uri, local)
                local = f"{prefix}:{local}"
                if prefix != "xml":
                    declared[prefix] = uri
            out.append(f'{local}="{quoted(v)}"')
        return " ".join([*(f'xmlns:{p}="{quoted(u)}"' for p, u in declared.items()), *out])

    def prefix(self, uri: str, local: str) -> str:
        """The prefix that an attribute of the current start tag is written with."""
        known = [p for p, uris in self.scope.items() if p and uris and uris[-1] == uri]
        if len(known) > 1:
            written = prefixes(self.window.tag(self.parser.CurrentByteIndex)).get(local, [])
            known = [p for p in known if p in written] or known
        return known[0]

    def stray(self, text: str) -> None:
        if not text.isspace():
            self.note("text where only elements may stand; kept aside")
            self.keep(content(text))

    def comment(self, text: str) -> None:
        self.keep(f"<!--{text}-->")

    def instruction(self, target: str, text: str) -> None:
        self.keep(f"<?{target} {text}?>" if text else f"<?{target}?>")

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        """Take only encodings in which a byte order mark or plain letters mean what they say."""
        name = (encoding or "utf-8").casefold().replace("_", "-")
        if not name.startswith(_ENCODINGS):
            raise ReadError(f"the file says it is encoded as {encoding}, which is not read. Save it as UTF-8.", line=self.parser.CurrentLineNumber)
        if not name.startswith("utf-16"):
            self.window.encoding = name

    def open_namespace(self, prefix: str | None, uri: str | None) -> None:
        self.scope.setdefault(prefix or "", []).append(uri or "")

    def close_namespace(self, prefix: str | None) -> None:
        self.scope[prefix or ""].pop()

    def capture(self, name: str, a: Attributes, why: Exception) -> None:
        """Keep an element whole: the table does not know it here, or it lacks what it must have."""
        self.note(f"<{name.rpartition('}')[2]}> was not understood and is kept aside: {_reason(why)}")
        parser, window = self.parser, self.window
        usual = {handler: getattr(parser, handler) for handler in _HANDLERS}
        scope = {prefix: uris[-1] for prefix, uris in self.scope.items() if uris}
        begin = window.keep = parser.CurrentByteIndex
        depth = 0

        def start(*_: object) -> None:
            nonlocal depth
            depth += 1
            if depth > DEPTH:
                raise ReadError(f"elements stand in each other more than {DEPTH} deep; such a file is not read.", line=parser.CurrentLineNumber)

        def end(*_: object) -> None:
            nonlocal depth
            depth -= 1
            if not depth:
                window.keep = None
                for handler, function in usual.items():
                    setattr(parser, handler, function)
                self.keep(canonical(window.element(begin, parser.CurrentByteIndex), scope))

        for handler in _HANDLERS:
            setattr(parser, handler, None)
        parser.StartElementHandler, parser.EndElementHandler = start, end
        start()


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
