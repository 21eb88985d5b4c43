"""`qualdata codebook`: write the codebook of a study as a table, or bring one into a study and see what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from qualdata.cli.convert import aim, check_target, chosen_format
from qualdata.cli.losses import tell
from qualdata.cli.remarks import grouped, quoted, sentences
from qualdata.cli.tables import exact, for_people, give, number, output
from qualdata.cli.terminal import busy, say
from qualdata.errors import ReadError
from qualdata.formats import read, write
from qualdata.model.code import Code
from qualdata.model.set import Set
from qualdata.report.codebook import codebook_table
from qualdata.tools.codebook import Change, Changes, bring_in, record

__all__ = ["command"]

_SHOWN: Final = 3
"""How many of a kind are named."""
_FIELDS: Final = {"description": "the meaning", "in_vivo": "the mark in vivo", "include": "the use", "exclude": "the limits", "derived_from": "the origins"}
"""What fields are called, where it is not what they are named."""
_SENTENCES: Final[dict[str, Callable[[Change], str]]] = {
    "name": lambda c: f"{quoted(c.before)} is now {quoted(c.after)}",
    "parent": lambda c: f"{quoted(c.thing.name)} now stands {'under ' + quoted(c.after.name) if c.after else 'at the top'}",
    "codable": lambda c: f"{quoted(c.thing.name)} {'may now be laid on data' if c.after else 'now only groups other codes'}",
}
"""Changes that are told one by one; of others, the field is named once."""


class _Codebook(click.Group):
    """A group whose first word may be a study: then the codebook is exported."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = {*self.commands, *ctx.help_option_names}
        return super().parse_args(ctx, ["export", *args] if args and args[0] not in known else args)


@click.group("codebook", cls=_Codebook, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Work with the codebook of a study.

    `qualdata codebook STUDY` is short for `qualdata codebook export STUDY`. To write the codebook for another program, convert
    the study into a .qdc file.
    """


@command.command("export", short_help="Write the codebook of a study as a table.")
@click.argument("file", metavar="STUDY", type=click.Path(path_type=Path))
@output
@exact
@click.option("--counts", is_flag=True, help="Add how often each code was laid: codings, passages, cases, sources. Of what coders agreed on, only that counts.")
@click.option("--with-subcodes", is_flag=True, help="Add the same counts together with the codes under it.")
@click.option("--examples", type=int, callback=number, default=0, metavar="N", help="Add N coded extracts of each code, word for word, from as many cases as there are.")
def export(file: Path, out: Path | None, exact: bool, counts: bool, with_subcodes: bool, examples: int) -> None:
    """The codes of STUDY as a table, each with its meaning, in the order of the tree.

    CSV and XLSX can be edited and read back: `qualdata codebook import STUDY TABLE`. Word documents and Markdown are to be
    read: names are indented, ids and empty columns left out. Extracts repeat the words of participants.
    """
    people = for_people(out)
    with busy(f"Reading {file.name}"):
        study = read(file)
        table = codebook_table(study, counts=counts, with_subcodes=with_subcodes, examples=examples, for_people=people)
    give(table, out, exact, lambda: _codes(len(study.codes)))


@command.command("import", short_help="Bring a codebook into a study.")
@click.argument("study_file", metavar="STUDY", type=click.Path(path_type=Path))
@click.argument("codebook", metavar="CODEBOOK", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar="OUT", help="The file to write; its ending says the format. It may be STUDY.")
@click.option("--target", metavar="TARGET", help="The program it is for, as in `qualdata convert`.")
@click.option("--record", "keep_record", is_flag=True, help="Write the changes into the history of the codes, which study packages keep.")
def import_(study_file: Path, codebook: Path, out: Path, target: str | None, keep_record: bool) -> None:
    """Bring the codes of CODEBOOK into STUDY, write it as OUT, and tell what was added and changed.

    CODEBOOK is a .qdc file, a table (CSV or a workbook), or any study. Codes are matched by GUID, then by name and place in the tree. Nothing
    is deleted, and codings stay as they are.
    """
    check_target(chosen := chosen_format(out, None), target)
    with busy(f"Reading {study_file.name}"):
        study = read(study_file)
    with busy(f"Reading {codebook.name}"):
        book = read(codebook)
    if not book.codes:
        raise ReadError("there are no codes in it; nothing was written.", path=codebook)
    changes = bring_in(study, book)
    if keep_record:
        record(study, changes, date.today().isoformat())
    with busy(f"Writing {out.name}"):
        losses = write(study, out, target=target)
    for group in grouped(book.reading.remarks if book.reading else ()):
        say(" ".join(sentences(book, group)))
    for sentence in _sentences(changes):
        say(sentence)
    say(f"Saved {aim(chosen, target)} as {out}.")
    tell(losses, out)


def _sentences(changes: Changes) -> Iterator[str]:
    touched = len(changes.pairs) - len(changes.same)
    yield f"{_codes(len(changes.added))} added, {touched:,} changed{_told(changes.changed)}, {len(changes.same):,} as {'it was' if len(changes.same) == 1 else 'they were'}."
    if by_path := sum(pair.basis != "GUID" for pair in changes.pairs):
        yield f"{by_path:,} of {_codes(len(changes.pairs))} {'was' if by_path == 1 else 'were'} matched by name and place, as the GUIDs differ."
    if changes.ambiguous:
        yield f"It cannot be told which is meant by {_names({c.name: c for c in changes.ambiguous}.values())}: the name stands twice in one place. They were added beside yours."
    if n := len(changes.left):
        yield f"{_codes(n)} of the study {'is' if n == 1 else 'are'} not in the codebook; {'it stays' if n == 1 else 'they stay'}."
    if changes.sets_added or changes.sets_changed:
        yield f"Of sets, {len(changes.sets_added):,} added, {len({id(c.thing) for c in changes.sets_changed}):,} changed."
    if n := changes.memos:
        yield f"{n:,} {'memo' if n == 1 else 'memos'} about codes of the codebook {'was' if n == 1 else 'were'} not brought in."


def _codes(number: int) -> str:
    return f"{number:,} code{'' if number == 1 else 's'}"


def _told(changes: Iterable[Change]) -> str:
    """What was changed, in brackets."""
    kinds: dict[str, list[Change]] = {}
    for change in changes:
        kinds.setdefault(change.field, []).append(change)
    return f" ({'; '.join(_kind(field, of) for field, of in kinds.items())})" if kinds else ""


def _kind(field: str, changes: Sequence[Change]) -> str:
    if field in _SENTENCES:
        return _some([_SENTENCES[field](change) for change in changes])
    return f"{_FIELDS.get(field, 'the ' + field.replace('_', ' '))} of {_names(change.thing for change in changes)}"


def _names(things: Iterable[Code | Set]) -> str:
    return _some([quoted(thing.name) for thing in things])


def _some(words: list[str]) -> str:
    """The first of some words, and how many more there are."""
    return ", ".join(words[:_SHOWN]) + (f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else "")
