"""How a file counts in its texts: chosen by who wrote it, confirmed or overruled by what the file shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import product
from typing import Final

from attrs import define, evolve, field

from qualdata.formats.refi.tools import Tool
from qualdata.model.excerpt import Excerpt
from qualdata.model.positions import Codec, Newline, Profile, Unit
from qualdata.model.reading import Remark
from qualdata.model.spans import TextSpan

__all__ = ["Evidence", "quotes"]

_UNITS: Final[tuple[Unit, ...]] = ("code point", "utf-16", "utf-8")
_NEWLINES: Final[tuple[Newline, ...]] = ("as written", "once")
_SAMPLE: Final = 200
_EACH: Final = 20
_ENOUGH: Final = 20
_SURE: Final = 0.95
Sample = dict[tuple[int, int], str | None]


@define
class Evidence:
    """What a sample of excerpts says for each way of counting, taken only where the ways differ."""

    own: Profile
    """The way of the program that wrote the file."""
    quoting: Counter[Profile] = field(factory=Counter)
    """For each way, how many names quote the text at their place."""
    quotes: int = 0
    """How many names quote it in at least one way."""
    whole: Counter[Profile] = field(factory=Counter)
    """For each way, how many excerpts begin and end between words."""
    places: int = 0
    """How many excerpts were looked at for that."""
    matters: bool = False
    """Whether the ways differ anywhere."""

    @property
    def full(self) -> bool:
        """Whether the sample is large enough to stop."""
        return self.quotes >= _SAMPLE or self.places >= 2 * _SAMPLE

    def look(self, text: str, bom: bool, excerpts: Iterable[Excerpt]) -> None:
        """Take in some excerpts of one text, from the first character on that can be counted in several ways."""
        first = 0 if bom else next((m.start() for m in _odd.finditer(text)), None)
        if first is None:
            return
        self.matters = True
        sample = _sample(excerpts, first)
        if sample and not self._agree(text, Codec(text, self.own, bom), sample):
            self._compare(text, bom, sample)

    def _agree(self, text: str, codec: Codec, sample: Sample) -> bool:
        """Whether the writer's own way fits all of a sample; then no other can fit better."""
        places = [(name, *codec.read(start, end)) for (start, end), name in sample.items()]
        if not all(quotes(name, text, start, end) if name else _whole(text, start, end) for name, start, end in places):
            return False
        named = sum(bool(name) for name, _, _ in places)
        self.quotes += named
        self.quoting[self.own] += named
        self.places += len(places)
        self.whole[self.own] += len(places)
        return True

    def _compare(self, text: str, bom: bool, sample: Sample) -> None:
        ways = [Profile(u, n, b) for u, n, b in product(_UNITS, _NEWLINES, (False, True) if bom else (False,))]
        cut = "\r\n" in text  # where it is not, both ways of counting line ends are one
        made = {way: Codec(text, way, bom) for way in ways if cut or way.newline == "as written"}
        codecs = {way: made.get(way) or made[evolve(way, newline="as written")] for way in ways}
        for (start, end), name in sample.items():
            places = {way: codec.read(start, end) for way, codec in codecs.items()}
            if len(set(places.values())) > 1:
                self._weigh(text, name, places)

    def _weigh(self, text: str, name: str | None, places: dict[Profile, tuple[int, int]]) -> None:
        fits = [way for way, (start, end) in places.items() if quotes(name, text, start, end)]
        self.quotes += bool(fits)
        self.quoting.update(fits)
        self.places += 1
        self.whole.update(way for way, (start, end) in places.items() if _whole(text, start, end))

    def choose(self, origin: str | None, tool: Tool | None, remarks: list[Remark]) -> tuple[Profile, str]:
        """The way of counting, and why. What is not certain is remarked on."""
        own = self.own
        basis = f"The file says it is from {origin}." if tool else "The file does not say a program that is known; positions are taken to count Unicode characters."
        if tool is None and self.matters and not self.confirmed:
            remarks.append(Remark("exc-offset-unit", f"it is not known how {origin or 'the program that wrote this file'} counts in texts; positions are taken as code points"))
        if better := self.better():
            message = f"{better[1]}; positions are taken as {better[0]}"
            remarks.append(Remark("exc-offset-unit", message))
            return better[0], message[0].upper() + message[1:] + "."
        if doubt := self.doubt():
            remarks.append(Remark("exc-offset-unit", f"{doubt}; positions were still taken as {own}"))
        return own, basis

    @property
    def confirmed(self) -> bool:
        """Whether the names show that the writer's own way is right."""
        return self.quotes >= _ENOUGH and self.quoting[self.own] >= _SURE * self.quotes

    def better(self) -> tuple[Profile, str] | None:
        """A way by which far more names quote the text than by the writer's own, and that in words; None where there is none."""
        own = self.own
        best, hits = max(self.quoting.items(), key=lambda w: (w[1], w[0] == own), default=(own, 0))
        if best == own or self.quotes < _ENOUGH or not hits >= _SURE * self.quotes > self.quoting[own]:
            return None
        return best, f"as {best}, {hits} of {self.quotes} names quote the text at their place, as {own} only {self.quoting[own]}"

    def doubt(self) -> str | None:
        """A way by which far more excerpts begin and end between words, in words; None where there is none."""
        own = self.own
        best, hits = max(self.whole.items(), key=lambda w: (w[1], w[0] == own), default=(own, 0))
        if best == own or self.places < _ENOUGH or hits < _SURE * self.places or self.whole[own] >= 0.8 * self.places:
            return None
        return f"as {best}, {hits} of {self.places} excerpts begin and end between words, as {own} only {self.whole[own]}"


def quotes(name: str | None, text: str, start: int, end: int) -> bool:
    """Whether a name quotes the text at a place: white space folded, a final … dropped, the text begins with it."""
    if not name or not 0 <= start < end:
        return False
    wanted = " ".join(name.split()).removesuffix("…").removesuffix("...").rstrip()
    near = min(end, start + 2 * len(name))  # there is rarely more white space
    return bool(wanted) and any(" ".join(text[start:to].split()).startswith(wanted) for to in (near, end))


def _sample(excerpts: Iterable[Excerpt], first: int) -> Sample:
    """A few places beyond a position, with the names that excerpts have there."""
    sample: Sample = {}
    for excerpt in excerpts:
        span = excerpt.span
        if isinstance(span, TextSpan) and span.end > first:
            sample.setdefault((span.start, span.end), excerpt.name)
            if len(sample) == _EACH:
                break
    return sample


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a place begins and ends between words."""
    return 0 <= start < end and _between_words(text, start) and _between_words(text, end)


_odd = re.compile("[^\x00-\x7f]|\r\n")
_word = re.compile(r"\w")


def _between_words(text: str, position: int) -> bool:
    around = text[max(position - 1, 0) : position + 1]
    return position in (0, len(text)) or len(around) < 2 or not (_word.match(around[0]) and _word.match(around[1]))
