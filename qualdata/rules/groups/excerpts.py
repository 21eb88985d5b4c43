"""Excerpts and codings: that each stands on the words it was meant for, and says whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from qualdata.formats.refi.evidence import Evidence
from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.positions import Profile
from qualdata.model.spans import AreaSpan, TextSpan, TimeSpan
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import nowhere
from qualdata.rules.graphemes import split
from qualdata.rules.quoting import better_reading, misquoted
from qualdata.rules.ranges import beyond, outside
from qualdata.rules.rule import Found, rule

__all__: list[str] = []


@rule("exc-range-invalid", "error")
def range_invalid(data: Dataset) -> Found:
    """An excerpt ends before it begins, reaches beyond its source, or marks an area in a text, say; or a replacement stands beyond its text.

    It cannot be shown, and the codings on it stand on nothing, or on other words than the coder meant.

    Look up the passage in the program it comes from and mark it again; if the text was changed after coding, put the old one back.
    """
    for holder in data.holders:
        for excerpt, why in outside(data, holder):
            yield data.at(excerpt, holder), why
    for replacement, why in beyond(data):
        yield data.at(replacement), why


@rule("exc-empty", "warning")
def empty(data: Dataset) -> Found:
    """An excerpt ends where it begins: it holds nothing.

    Whoever coded it meant some words; which, cannot be told any more.

    Mark the passage again, or delete it.
    """
    for holder in data.holders:
        passages = data.passages(holder)
        for excerpt in () if passages.only and passages.filled else holder.excerpts:
            span = excerpt.span
            if (span.__class__ is TextSpan or span.__class__ is TimeSpan) and span.start == span.end >= 0:
                yield data.at(excerpt, holder), f"the excerpt begins and ends at {span.start}"
            elif span.__class__ is AreaSpan and (span.left == span.right or span.top == span.bottom):
                yield data.at(excerpt, holder), "the area has no width or no height"


@rule("exc-quote-mismatch", "error")
def quote_mismatch(data: Dataset) -> Found:
    """The words at an excerpt's place are not those that it quotes.

    The text was changed after coding, or positions were counted in another way: codes stand beside the words they were meant for.

    Put the text back as it was coded. If counted in another way all quotations fit, tell the makers of the program that wrote the file.
    """
    for holder in data.texts:
        text = data.text(holder) if holder.excerpts else None
        if not text:
            continue
        wrong = list(misquoted(text, data.passages(holder)))
        reading = better_reading(data, holder, text, len(wrong)) if wrong else ""
        for excerpt in wrong:
            yield data.at_words(excerpt, holder), f"the words at its place are not those that it quotes{reading}"


@rule("exc-splits-grapheme", "warning")
def splits_grapheme(data: Dataset) -> Found:
    """An excerpt begins or ends inside what readers see as one character: between a letter and its accent, or within an emoji.

    The character will be shown broken, and the position was probably counted in another way than it is read.

    Mark the passage again in the program it comes from.
    """
    for holder in data.texts:
        text = data.text(holder) if holder.excerpts else None
        for excerpt, start, end in split(text, data.passages(holder)) if text else ():
            yield data.at_words(excerpt, holder), f"the excerpt from {start} to {end} begins or ends inside a character"


@rule("exc-offset-unit", "warning")
def offset_unit(data: Dataset) -> Found:
    """Positions fit the words better if they are counted in another way.

    Programs differ in whether an emoji, an accent or a line end counts as one character or as two, so codes end up beside their words.

    Look at a few passages after the first emoji of a text. If they are shifted, tell the makers of the program that wrote the file.
    """
    if data.kind == "refi":
        yield from data.noted("exc-offset-unit")
        return
    evidence = Evidence(Profile())
    for holder in data.texts:
        text = None if evidence.full or not holder.excerpts else data.text(holder)
        if text:
            evidence.look(text, False, holder.excerpts)
    better = evidence.better()
    if told := better[1] if better else evidence.doubt():
        yield nowhere, told


@rule("cod-not-codable", "warning")
def not_codable(data: Dataset) -> Found:
    """A code that only groups others is laid on data.

    Programs that keep groups and codes apart will drop the coding.

    Lay one of the codes under it instead, or let the group be a code.
    """
    for coding, holder, code in _codings_with(data, lambda code: not code.codable):
        yield data.at(coding, holder), f'the code "{code.name}" only groups others, but is laid on data'


@rule("cod-code-retired", "warning")
def code_retired(data: Dataset) -> Found:
    """A code was laid on data after it was retired.

    The codebook says that it is no longer used, so others will not look for it.

    Lay the code that took its place instead, or let the codebook say that it is in use.
    """
    ended = {fold(id): change.date for change in data.study.code_changes if change.action == "retire" and change.date for id in change.codes}
    for coding, holder, code in _codings_with(data, lambda code: code.status == "retired" and fold(code.id) in ended):
        end = ended[fold(code.id)] or ""
        if coding.created and coding.created[: len(end)] > end:
            yield data.at(coding, holder), f'the code "{code.name}" was retired on {end}, but was laid on {coding.created[:10]}'


def _codings_with(data: Dataset, wanted: Any) -> Iterator[tuple[Coding, Any, Code]]:
    """The codings with codes of a kind, each with the source, memo or transcript it stands in, and its code."""
    codes = {fold(code.id): code for code in data.study.codes if wanted(code)}
    if codes:
        for coding, _, holder in data.codings:
            if (code := codes.get(fold(coding.code))) is not None:
                yield coding, holder, code


@rule("cod-coder-missing", "warning")
def coder_missing(data: Dataset) -> Found:
    """Codings do not say who laid them.

    Agreement between coders cannot be computed, and no one can be asked.

    Export again with the users included; if one person coded all, say so in the study.
    """
    codings = data.index.of(Coding)
    if missing := [coding.coder for coding in codings].count(None):
        yield nowhere, f"{missing:,} of {len(codings):,} codings do not say who laid them"


@rule("cod-duplicate", "warning")
def duplicate(data: Dataset) -> Found:
    """The same coder laid the same code on the same place more than once.

    Counts of codings are then too high.

    Delete all but one of them; merging two copies of a project often leaves such.
    """
    yield from data.noted("cod-duplicate")
    folded = cache(fold)
    for holder in data.holders:
        for codings in _by_place(data, holder):
            if len({folded(coding.code) for coding in codings}) == len(codings):
                continue
            seen = set()
            for coding in codings:
                key = (folded(coding.code), folded(coding.coder or ""), coding.round)
                if key in seen:
                    yield data.at(coding, holder), "the same code was laid on the same place by the same coder before"
                seen.add(key)


def _by_place(data: Dataset, holder: Any) -> Iterator[list[Coding]]:
    """The codings on a source, place by place, where there are several."""
    passages = data.passages(holder)
    apart = passages.only and passages.apart
    places = (excerpt.codings for excerpt in holder.excerpts) if apart else _gathered(holder)
    return (codings for codings in (getattr(holder, "codings", []), *places) if len(codings) > 1)


def _gathered(holder: Any) -> Iterable[list[Coding]]:
    """The codings of excerpts, those of excerpts at the same place together."""
    places: dict[Any, list[Coding]] = {}
    shared: dict[Any, list[Coding]] = {}
    for excerpt in holder.excerpts:
        span = excerpt.span
        key = (span.start, span.end) if span.__class__ is TextSpan else span
        if key in places:
            shared.setdefault(key, [*places[key]]).extend(excerpt.codings)
        else:
            places[key] = excerpt.codings
    return (places | shared).values()
