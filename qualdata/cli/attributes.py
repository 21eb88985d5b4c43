"""`qualdata attributes`: bring a table of attributes into a study, and see what it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, get_args

import click

from qualdata.cli.convert import aim, check_target, chosen_format
from qualdata.cli.losses import tell
from qualdata.cli.remarks import quoted
from qualdata.cli.terminal import busy, say
from qualdata.errors import ReadError
from qualdata.formats import read, write
from qualdata.formats.sheet import Sheet, read_sheet
from qualdata.model.nouns import called, counted, noun
from qualdata.model.study import Study
from qualdata.model.variable import VariableType
from qualdata.tools.attributes import Brought, Differing, Match, bring_values

__all__ = ["command"]

_SHOWN: Final = 5
"""How many of a kind are named."""


def _types(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> dict[str, VariableType]:
    """The types that are given as `COLUMN=TYPE`."""
    known = {type.casefold(): type for type in get_args(VariableType)}
    parts = [word.rpartition("=") for word in words]
    for column, _, word in parts:
        if not column or word.casefold() not in known:
            raise click.BadParameter(f"write it as COLUMN=TYPE, with one of the types {', '.join(known.values())}.", ctx, param)
    return {column: known[word.casefold()] for column, _, word in parts}


@click.command("attributes")
@click.argument("study_file", metavar="STUDY", type=click.Path(path_type=Path))
@click.argument("table_file", metavar="TABLE", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar="OUT", help="The file to write; its ending says the format. It may be STUDY.")
@click.option("--match", type=click.Choice(get_args(Match)), default="case", show_default=True, help="What the rows of the table are about.")
@click.option("--key", metavar="COLUMN", help="The column that names it, by name or id; else the first.")
@click.option("--type", "types", callback=_types, multiple=True, metavar="COLUMN=TYPE", help="The type of a new variable; may be given for several columns.")
@click.option("--replace", is_flag=True, help="Where the study has another value, take that of the table.")
@click.option("--target", metavar="TARGET", help="The program it is for, as in `qualdata convert`.")
def command(
    study_file: Path, table_file: Path, out: Path, match: Match, key: str | None, types: dict[str, VariableType], replace: bool, target: str | None
) -> None:
    """Give the cases of STUDY the values that TABLE has of them, write it as OUT, and tell what was matched.

    TABLE is a CSV file or an Excel workbook (.xlsx), of which the first sheet is read: a row for each case, a column for
    each variable. Cases are found by id or name; capitals and spaces do not matter. Variables are found by name; one that is
    new becomes Text, unless all its values are plain numbers, dates, or true and false. Values stay as they are written:
    1,5 is text. Empty cells say nothing.
    """
    check_target(chosen := chosen_format(out, None), target)
    with busy(f"Reading {study_file.name}"):
        study = read(study_file)
    with busy(f"Reading {table_file.name}"):
        table = read_sheet(table_file)
    try:
        brought = bring_values(study, table, match=match, key=key, types=types, replace=replace)
    except ReadError as error:
        error.path = str(table_file)
        raise
    if not brought.matched:
        raise ReadError(f"none of its rows is about a {match} of the study{_there(study, match)}; nothing was written.", path=table_file)
    with busy(f"Writing {out.name}"):
        losses = write(study, out, target=target)
    for sentence in _sentences(table, brought, match):
        say(sentence)
    say(f"Saved {aim(chosen, target)} as {out}.")
    tell(losses, out)


def _there(study: Study, match: Match) -> str:
    things = getattr(study, f"{match}s")
    return f", which has {_some([called(thing) for thing in things])}" if things else ", which has none"


def _sentences(table: Sheet, brought: Brought, match: Match) -> Iterator[str]:
    rows = len(table.rows)
    missing = f"; {_some(brought.not_found)} not found" if brought.not_found else ""
    yield f"Read {table.note}. The column {quoted(brought.key)} names the {noun(match, 2)}."
    yield f"{brought.matched:,} of {rows:,} matched{missing}."
    if brought.left:
        yield f"{counted(len(brought.left), match)} of the study {'is' if len(brought.left) == 1 else 'are'} not in the table: {_some([called(thing) for thing in brought.left])}."
    if brought.variables:
        yield f"New variables: {', '.join(f'{quoted(v.name)} ({v.type})' for v in brought.variables)}."
    yield f"{counted(brought.set, 'Value')} set, {brought.same:,} {'was' if brought.same == 1 else 'were'} there already."
    if brought.differing:
        yield f"{counted(len(brought.differing), 'Value')} differed and {'took that of the table' if brought.replaced else 'stayed'}: {_differing(brought.differing)}."
        if not brought.replaced:
            yield "With --replace those of the table are taken."
    if brought.not_allowed:
        yield f"Set, but none of the values that the variable allows: {_some([f'{called(d.thing)} {quoted(d.variable.name)} {quoted(d.after)}' for d in brought.not_allowed])}."
    if table.replaced:
        yield f"Characters that a study cannot hold were replaced by \ufffd in {table.replaced:,} cells."


def _differing(values: Iterable[Differing]) -> str:
    return _some([f"{called(d.thing)} {quoted(d.variable.name)} {quoted(d.before)}, in the table {quoted(d.after)}" for d in values], "; ")


def _some(words: Sequence[str], between: str = ", ") -> str:
    return between.join(words[:_SHOWN]) + (f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else "")
