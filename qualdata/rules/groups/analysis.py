"""Analysis: that every finding leads back to what someone said, and nothing that was coded was forgotten."""

from __future__ import annotations

from typing import Final

from qualdata.model.base import fold
from qualdata.model.coding import Coding
from qualdata.model.nouns import counted
from qualdata.rules.dataset import Dataset
from qualdata.rules.evidence import Evidence, addressed_by_code, untraceable
from qualdata.rules.finding import nowhere
from qualdata.rules.printing import stands_in
from qualdata.rules.rule import Found, rule

__all__: list[str] = []

_ITERATIVE: Final = ("iterative categorization", "iterative categorisation")


@rule("ana-point-untraceable", "error")
def point_untraceable(data: Dataset) -> Found:
    """A point rests on no coding, or only on such as were rejected.

    What it says cannot be followed back to anyone's words.

    Name the codings it was reduced from. A point that compares with literature may name that instead.
    """
    for point, why in untraceable(data):
        yield data.at(point), why


@rule("ana-coding-unaddressed", "info")
def coding_unaddressed(data: Dataset) -> Found:
    """Codings with a code are not addressed by any point. It is said of a coding, not of a passage: one with two codes is to be addressed twice.

    In iterative categorization, every extract ends in a point; what is left out may be what does not fit.

    Go through the codings file of the code once more, and add the codings to a point, or make one for them.
    """
    study = data.study
    if not study.points:
        codings = data.index.of(Coding)
        if codings and any(word in (study.method or "").casefold() for word in _ITERATIVE):
            yield nowhere, f"none of {counted(len(codings), 'Coding')} is addressed by a point"
        return
    for code, number, addressed in addressed_by_code(data):
        if addressed < number:
            where, which = (nowhere, "codes that are not there") if code is None else (data.at(code), f'the code "{code.name}"')
            yield where, f"{addressed:,} of {number:,} codings with {which} are addressed by a point"


@rule("thm-no-evidence", "warning")
def theme_without_evidence(data: Dataset) -> Found:
    """A theme names nothing that it rests on: no passage, no coding, no point.

    Readers must take it on trust.

    Name the evidence of the theme, and what each piece does for it: supports, illustrates, qualifies or contradicts.
    """
    borne = {fold(theme.parent) for theme in data.study.themes if theme.parent is not None}
    for theme in data.study.themes:
        if not theme.evidence and theme.status != "dropped" and fold(theme.id) not in borne:
            yield data.at(theme), f'the theme "{theme.name}" names nothing that it rests on'


@rule("thm-single-participant", "info")
def theme_of_one(data: Dataset) -> Found:
    """All that a theme rests on comes from one participant, though there are others.

    It may be that person's story rather than a theme of the study.

    Look for it in the other interviews; if it is theirs alone, say so in the theme.
    """
    if len(data.study.cases) < 2 or not data.study.themes:
        return
    for theme in Evidence(data).of_one():
        if theme.status != "dropped":
            yield data.at(theme), f'all that the theme "{theme.name}" rests on comes from one participant'


@rule("thm-candidate-in-release", "warning")
def candidate_in_release(data: Dataset) -> Found:
    """A theme is still a candidate.

    A reader cannot tell whether it is a finding or a thought that was left lying.

    Review it and raise its status, or set it to `dropped`.
    """
    for theme in data.study.themes:
        if theme.status == "candidate":
            yield data.at(theme), f'the theme "{theme.name}" is still a candidate'


@rule("quo-not-in-excerpt", "warning")
def quote_not_in_excerpt(data: Dataset) -> Found:
    """A published quotation does not stand in the excerpt that it is said to come from. Cuts and additions in [brackets] are allowed.

    The passage may be the wrong one, or the words were changed on the way into print.

    Compare the two; correct the excerpt, mark edits with [brackets], or tell the publisher.
    """
    for quote in data.study.quotes:
        if stands_in(data, quote) is False:
            yield data.at(quote), "the quotation does not stand in its excerpt"
