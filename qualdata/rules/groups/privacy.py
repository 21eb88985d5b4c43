"""Privacy: that no one can be recognised who was promised not to be. What is found is never shown: only where it stands, and of what kind it is."""

from __future__ import annotations

from qualdata.model.source import AudioSource, MediaSource, PictureSource, VideoSource
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.identifiers import home_folder, login
from qualdata.rules.keys import keys_in
from qualdata.rules.labels import names_in_labels, pseudonyms
from qualdata.rules.leaks import leaks
from qualdata.rules.marks import unlogged
from qualdata.rules.rare import old, rare
from qualdata.rules.rule import Found, Kind, rule

__all__: list[str] = []


@rule("prv-possible-identifier", "warning")
def possible_identifier(data: Dataset) -> Found:
    """A text holds what may give someone away: an e-mail or web address, a handle, a telephone or id number, a bank account, a postcode, a home folder.

    Such things are found by a search engine in seconds.

    Look at the line. Replace what is a person's; what is public, such as a helpline, may stay: set it aside with a waiver.
    """
    for holder, signs, _ in data.signs:
        for where, kind in data.at_signs(holder, signs):
            yield where, f"{kind} may stand here"


@rule("prv-date-in-text", "info")
def date_in_text(data: Dataset) -> Found:
    """A text names a day: that of a birth, or one on which something happened.

    A day and a place are often enough to find someone, in a register or a newspaper.

    Say the month or the year instead, or how long ago it was, where the day does not matter.
    """
    for holder, _, named in data.signs:
        for where, kind in data.at_signs(holder, named):
            yield where, f"{kind} stands here"


@rule("prv-log-leak", "error", unread=True)
def log_leak(data: Dataset) -> Found:
    """A name or place of your list still stands in the study, or in a file that lies there. Told as a warning if it stands there otherwise than in the list.

    It was meant to be replaced everywhere; one place that was overlooked gives away all others.

    Replace it there as elsewhere. The report names it by a hash, never itself, so that it may be sent on.
    """
    for where, leak in leaks(data) if data.terms else ():
        if isinstance(leak, str):
            yield where, leak, "warning"
        elif leak.exact:
            yield where, f"a listed term stands here (hash {leak.term.hash})"
        else:
            yield where, f"a listed term stands here in another form (hash {leak.term.hash})", "warning"


@rule("prv-name-in-label", "warning")
def name_in_label(data: Dataset) -> Found:
    """The name of a file, a case, a source or a code looks like that of a person.

    Labels are seen first and cleaned last; they stay in exports and tables when the texts are replaced.

    Give it a number or a pseudonym. If it is a pseudonym, or a public figure, set it aside with a waiver.
    """
    for where, kind in names_in_labels(data):
        yield where, f"the name of this {kind} looks like that of a person"


_PATHS = ("path", "current_path", "rich_path")


@rule("prv-path-or-login", "warning")
def path_or_login(data: Dataset) -> Found:
    """A path leads through someone's home folder, or a contributor is named by a login.

    It gives away who worked on the data and on which machine, often also the name of a project or a client.

    Export again without it, or let qualdata write the study as a package, which keeps no such paths. Name people as they wish to be named.
    """
    if data.study.base_path and home_folder(data.study.base_path):
        yield nowhere, "the base path leads through someone's home folder"
    for holder in data.holders:
        if any(home_folder(path) for name in _PATHS if (path := getattr(holder, name, None))):
            yield data.at(holder), "a path leads through someone's home folder"
    for person in data.study.contributors:
        if person.name and login(person.name.strip()):
            data.concealed.add(person.name.strip())
            yield data.at(person), "the contributor is named by a login"


@rule("prv-key-in-package", "error", unread=True)
def key_in_package(data: Dataset) -> Found:
    """The key is in the package: the file that says who is behind which pseudonym, or what was replaced by what.

    Whoever gets the package gets the names with it.

    Take it out, keep it apart under lock, and look who has had the package so far.
    """
    for name, why in keys_in(data):
        yield Where(file=name), why


_OVER: tuple[Kind, ...] = ("package", "study")


@rule("prv-replacement-unlogged", "warning", over=_OVER)
def replacement_unlogged(data: Dataset) -> Found:
    """Something stands in [brackets] that is no sign of transcription, and is not in the log of replacements.

    Whether words were replaced there, or added by the transcriber, cannot be told; nor by what rule.

    Log the replacement. If it is a sign of transcription, name it in [brackets] in the rules of transcription.
    """
    found: dict[int, list[int]] = {}
    sources = {}
    for source, text, at in unlogged(data):
        sources[id(source)] = source, text
        found.setdefault(id(source), []).append(at)
    for key, places in found.items():
        for where in data.at_places(*sources[key], places):
            yield where, "what stands in [brackets] here is not in the log of replacements"


@rule("prv-pseudonym-inconsistent", "warning")
def pseudonym_inconsistent(data: Dataset) -> Found:
    """One person goes by two names, or two by one: a speaker is labelled otherwise than the case, or the key says two things.

    What one person said is taken for what two said, or the other way round; and the older name may be the real one.

    Decide on one pseudonym for each person, and use it everywhere.
    """
    yield from pseudonyms(data)


@rule("prv-rare-combination", "info")
def rare_combination(data: Dataset) -> Found:
    """A participant shares their attributes with fewer than two others, or is 90 or older.

    Who knows a few things about someone can find them in the table. Only attributes count that are declared to be indirectly identifying.

    Use broader groups, such as age bands, or leave an attribute out.
    """
    for case, number, names in rare(data):
        yield data.at(case), f"only {number} participant{'s' if number > 1 else ''} {'have' if number > 1 else 'has'} this combination of {names}"
    for case in old(data):
        yield data.at(case), "the age is 90 or more"


@rule("prv-media-identifiable", "warning")
def media_identifiable(data: Dataset) -> Found:
    """A recording or a picture is here, and not kept closed or restricted.

    Voices and faces identify; they cannot be made anonymous by replacing words.

    Take it out, or give it the access `restricted` or `closed`. A picture without people may stay: set it aside with a waiver.
    """
    for source in data.study.sources:
        if isinstance(source, AudioSource | VideoSource | PictureSource) and _open(data, source):
            yield data.at(source), f"a {'picture' if isinstance(source, PictureSource) else 'recording'} is here for anyone who gets the study"


def _open(data: Dataset, source: MediaSource) -> bool:
    return source.media is not None and (source.access or data.study.access) not in ("restricted", "closed")
