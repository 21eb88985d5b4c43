"""What the emulated programs do, on a project small enough to see through."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.independent import CODE_POINTS, NS, ONCE, UTF_16, members, quotes
from tests.official import project_schema
from tests.trips.deeds import all_of, unpacked
from tests.trips.programs import TRIPS, travelled
from tests.writing import QUOTES, WRITERS

MANNERS = {"nvivo": UTF_16, "nvivo-mac": UTF_16, "atlasti": ONCE, "maxqda": ONCE, "qualcoder": ONCE}


@pytest.mark.parametrize("target", TRIPS)
def test_a_trip_keeps_the_words_under_their_codes(target: str, tmp_path: Path) -> None:
    """Whatever else a program changes, codes stay on their words; what it gives out is valid."""
    from qualdata import convert

    start = WRITERS["NVivo for Windows"][0](tmp_path / "in.qdpx")
    convert(start, tmp_path / "out.qdpx", target=target)
    back = travelled(target, tmp_path / "out.qdpx", tmp_path / "back.qdpx")
    assert [(q.code, q.coder, (q.text or "").replace("\r\n", "\n")) for q in quotes(back, MANNERS[target])] == list(QUOTES)
    qde = next(data for name, data in members(back).items() if name.endswith(".qde"))
    project_schema().assertValid(etree.fromstring(qde))


def test_positions_are_moved_with_the_line_ends(tmp_path: Path) -> None:
    """LF to CR LF, in UTF-16 units, worked out by hand: one line end and one emoji before the word."""
    from tests.trips.deeds import places

    assert places("a\n\U0001f600b", "\r\n", UTF_16)(4) == 5
    assert places("a\r\nb", "\n", CODE_POINTS)(3) == 2
    assert places("a\r\nb", "\n", ONCE)(3) == 3
    assert places("a\n", "\r\n", CODE_POINTS)(9) == 10


def test_a_passage_with_two_codings_becomes_two(tmp_path: Path) -> None:
    from tests.trips.deeds import one_coding_each

    guid = "00000000-0000-4000-8000-{:012d}".format
    codings = "".join(f'<Coding guid="{guid(n)}"><CodeRef targetGUID="{guid(9)}"/></Coding>' for n in (1, 2, 3))
    selection = f'<PlainTextSelection guid="{guid(4)}" startPosition="0" endPosition="1">{codings}</PlainTextSelection>'
    source = f'<TextSource guid="{guid(5)}"><PlainTextContent>ab</PlainTextContent>{selection}</TextSource>'
    (tmp_path / "in.qde").write_text(f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources>{source}</Sources></Project>')
    project = unpacked(tmp_path / "in.qde")
    one_coding_each(project)
    assert [len(s.findall(f"{NS}Coding")) for s in all_of(project, "PlainTextSelection")] == [1, 1, 1]
    assert sorted(c.get("guid", "") for c in all_of(project, "Coding")) == [guid(1), guid(2), guid(3)]
