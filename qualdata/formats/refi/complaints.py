"""What libxml2 says of a file that does not fit a schema, in plain words."""

from __future__ import annotations

import re
from typing import Final

from qualdata.formats.refi.vocabulary import colour, guid

__all__ = ["in_words"]

_LONGEST: Final = 80
"""Of a longer value only its beginning is said."""
_MANY: Final = 6
"""How many elements are listed at most."""
_KINDS: Final = {
    guid.facets[0][1]: "a GUID",
    colour.facets[0][1]: "a colour such as #1F77B4",
    "xs:integer": "a whole number",
    "xs:decimal": "a number",
    "xs:boolean": "true or false",
    "xs:date": "a date such as 2024-05-17",
    "xs:dateTime": "a date and a time such as 2024-05-17T09:30:00Z",
}
"""What a value must be, by its pattern or its type."""

_WHERE: Final = r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: "
_EXPECTED: Final = r"(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?"
_SENTENCES: Final = {
    r"The attribute '(?P<what>[^']*)' is required but missing\.": "<{element}> has no {what}; REFI-QDA asks for one.",
    r"The attribute '(?P<what>[^']*)' is not allowed\.": "<{element}> has an attribute {what}, which REFI-QDA does not know there.",
    r"\[facet 'pattern'\] The value '(?P<value>.*)' is not accepted by the pattern '(?P<kind>.*)'\.": "{subject} {value}; it must be {kind}.",
    r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{(?P<words>.*)\}\.": "{subject} {value}; it must be one of {words}.",
    r"'(?P<value>.*)' is not a valid value of the (?:local )?atomic type '(?P<kind>.*)'\.": "{subject} {value}; it must be {kind}.",
    rf"This element is not expected\.{_EXPECTED}": "<{element}> has no place here{instead}.",
    rf"Missing child element\(s\)\.{_EXPECTED}": "<{element}> ends too early; it must hold {allowed}.",
    r"Character content other than whitespace is not allowed.*": "<{element}> holds text where only elements may stand.",
    r"Character content is not allowed.*": "<{element}> holds text; it must be empty.",
    r"Element content is not allowed, because the content type is empty\.": "<{element}> holds an element; it must be empty.",
    r"Element content is not allowed.*": "<{element}> holds an element where only text may stand.",
    r"The element is not 'nillable'\.": "<{element}> has an attribute nil, which REFI-QDA does not know there.",
    r"No matching global declaration available for the validation root\.": "<{element}> begins no file of this kind: its name or its namespace is another.",
}
_TABLE: Final = [(re.compile(_WHERE + pattern, re.DOTALL), sentence) for pattern, sentence in _SENTENCES.items()]
_namespaces = re.compile(r"\{[^{}\s]*\}(?=\w)")


def in_words(complaint: str) -> str:
    """A complaint as one sentence, names without their namespaces; in libxml2's own words if it is none that is known."""
    for pattern, sentence in _TABLE:
        if found := pattern.fullmatch(complaint):
            return sentence.format(**_parts(**found.groupdict()))
    return _namespaces.sub("", complaint)


def _parts(element: str, attribute: str | None = None, what: str = "", value: str = "", kind: str = "", words: str = "", expected: str | None = None) -> dict[str, str]:
    """What stands in the sentences, by the names of their places."""
    allowed = _either(expected or "")
    return {
        "element": _local(element),
        "what": _local(what),
        "subject": f"{_local(attribute)} of <{_local(element)}> is" if attribute else f"<{_local(element)}> holds",
        "value": repr(value if len(value) <= _LONGEST else value[:_LONGEST] + "…"),
        "kind": _KINDS.get(kind, kind),
        "words": words.replace("'", ""),
        "allowed": allowed,
        "instead": f"; REFI-QDA allows {allowed} here" if allowed else "",
    }


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _either(names: str) -> str:
    """A list of elements, the last after an or; of a long list the first, as libxml2 itself may have left some out."""
    listed = [f"<{_local(name)}>" for name in names.split(", ")] if names else [""]
    *others, last = listed if len(listed) <= _MANY else [*listed[: _MANY - 1], "others"]
    return f"{', '.join(others)} or {last}" if others else last
