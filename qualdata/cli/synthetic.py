"""An invented study of two short interviews, with all that programs stumble over in texts."""

from __future__ import annotations

from typing import Final

from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.contributor import Contributor
from qualdata.model.memo import Memo
from qualdata.model.set import Set
from qualdata.model.source import TextSource
from qualdata.model.study import Study
from qualdata.model.variable import Value, Variable

__all__ = ["study"]

_NOTE: Final = "[Synthetic: invented to demonstrate qualdata. No one said this.]"

ONE: Final = f"""{_NOTE}
I: How did you come to live here? \U0001f642
P: We moved in 2019 \U0001f69a\U0001f4e6, the four of us \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 and a cat \U0001f408.
I: And the neighbours?
P: They said \u05e9\u05dc\u05d5\u05dd and \u4f60\u597d before they knew our names. I trust them more than I trust the office.
P: The form asks <name> & "status", so I left it empty \U0001f937\U0001f3fd\u200d\u2640\ufe0f. Nobody called.
""".replace("\n", "\r\n")

TWO: Final = f"""{_NOTE}
I: Tell me about the cafe\u0301 on the corner.
P: It is my office, my kitchen, my everything \u2615\U0001f60a. Rene\u0301e lends me a key.
I: What if it closed?
P: Then I would move again \U0001f69a. Third time \U0001f62e\u200d\U0001f4a8. One gets tired of boxes.
"""

_CODES: Final = (
    ("Belonging", None, "Words about having a place among others."),
    ("Neighbours", "Belonging", "People next door, and what they do for each other."),
    ("Trust", "Neighbours", "Relying on someone, or not."),
    ("Moving", None, "Leaving, arriving, boxes."),
    ("Reasons", "Moving", "Why someone moved, or would."),
    ("Offices & forms", None, "Dealing with the state."),
)
_PASSAGES: Final = (
    (0, "We moved in 2019 \U0001f69a\U0001f4e6, the four of us \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 and a cat \U0001f408", ("Moving", "A"), ("Moving", "B")),
    (0, "the four of us \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", ("Belonging", "B")),
    (0, "\u05e9\u05dc\u05d5\u05dd and \u4f60\u597d", ("Neighbours", "A")),
    (0, "I trust them more than I trust the office.", ("Trust", "A"), ("Offices & forms", "B")),
    (0, '<name> & "status", so I left it empty \U0001f937\U0001f3fd\u200d\u2640\ufe0f', ("Offices & forms", "A")),
    (1, "the cafe\u0301 on the corner", ("Belonging", "A")),
    (1, "Rene\u0301e lends me a key", ("Trust", "A"), ("Neighbours", "B")),
    (1, "Third time \U0001f62e\u200d\U0001f4a8. One gets tired of boxes", ("Reasons", "A"), ("Moving", "B")),
)
_PEOPLE: Final = (("Participant 1", "Interview 1 (synthetic)", ONE, "41", "true"), ("Participant 2", "Interview 2 (synthetic)", TWO, "67", "false"))


def study() -> Study:
    """The study, made anew."""
    made = Study(title="Two invented interviews", created="2024-05-06T09:00:00Z", abstract="Synthetic: made to demonstrate qualdata.")
    coders = {letter: made.add(Contributor(name=f"Coder {letter}", initials=letter, roles=["coder"])) for letter in "AB"}
    codes: dict[str, Code] = {}
    for name, parent, description in _CODES:
        codes[name] = made.add(Code(name=name, parent=codes[parent].id if parent else None, description=description))
    codes["Trust"].include = "Also when trust is withheld."
    codes["Trust"].origin = "inductive"
    texts = _people(made)
    for n, words, *by in _PASSAGES:
        excerpt = texts[n].excerpt(texts[n].find(words))
        for code, letter in by:
            excerpt.apply(codes[code], coders[letter], created="2024-05-07T10:30:00Z")
    memo = made.add(Memo(name="On trust", text="Trust is spoken of with keys and names, not with the word \U0001f511.", kind="analytic", created_by=coders["A"].id))
    codes["Trust"].memos.append(memo.id)
    made.add(Set(name="First round", sources=[s.id for s in made.sources], codes=[codes["Trust"].id]))
    return made


def _people(made: Study) -> list[TextSource]:
    """The cases, and their interviews."""
    texts = []
    age, moved = made.add(Variable(name="Age", type="Integer")), made.add(Variable(name="Moved once or more", type="Boolean"))
    for name, title, text, years, yes in _PEOPLE:
        source = made.add(TextSource(name=title, text=text))
        texts.append(source)
        values = [Value(variable=age.id, type="Integer", value=years), Value(variable=moved.id, type="Boolean", value=yes)]
        made.add(Case(name=name, sources=[source.id], values=values))
    return texts
