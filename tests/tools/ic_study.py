"""A small study whose extracts are known by hand, and what people do to its files."""

from __future__ import annotations

import re
from pathlib import Path

import docx

from qualdata import Case, Code, Excerpt, Speaker, Study, TextSource, Value, Variable

ANN = (
    "INT: How did you come to move?\nAnn: The rent went up.\nINT: Mm.\nAnn: So we packed. [laughs]\n"
    "INT: And the children?\nAnn: They liked it.\nINT: Really?\nAnn: The garden, they did."
)
BEN = "INT: How did you come to move?\nBen: I didn't. I stayed, = as always.\nBen: It's *mine*, <that> house."
WORDS = [
    "The rent went up.", "So we packed. [laughs]", "They liked it.\nINT: Really?\nAnn: The garden, they did.",
    "I didn't. I stayed, = as always.", "It's *mine*, <that> house.",
]  # fmt: skip


def moving() -> Study:
    """Two interviews, Ben's first; all five passages are coded Moving, the last one also Own, under it; one rejected coding."""
    study = Study(id="moving-study", title="Moving house", abstract="Made up for tests.")
    study.add(Variable(id="age", name="Age"))
    study.add(Code(id="move", name="Moving", description="Leaving, or not.", include="Staying."))
    study.add(Code(id="own", name="Own place", parent="move"))
    for name, text in (("Ben", BEN), ("Ann", ANN)):
        speakers = [Speaker(label="INT", role="interviewer"), Speaker(label=name, case=f"c-{name}")]
        source = study.add(TextSource(id=f"s-{name}", name=f"Interview {name}", text=text, speakers=speakers))
        source.detect_turns()
    study.add(Case(id="c-Ann", name="Ann", sources=["s-Ann"], values=[Value(variable="age", value="41")]))
    study.add(Case(id="c-Ben", name="Ben", sources=["s-Ben"]))
    for n, words in enumerate(WORDS):
        coded(study, words, "move").id = f"k{n}"
    coded(study, WORDS[4], "own").id = "k5"
    coded(study, WORDS[0], "own").status = "rejected"
    return study


def coded(study: Study, words: str, code: str):
    """A new coding on these words."""
    source = next(s for s in study.sources if words in s.text)
    span = source.find(words)
    excerpt = next((e for e in source.excerpts if e.span == span), None) or source.excerpt(span)
    assert isinstance(excerpt, Excerpt)
    return excerpt.apply(code)


def paragraphs(path: Path) -> list[str]:
    """What a person sees in a file: the paragraphs of a Word document, or those of a Markdown file as they are typed."""
    if path.suffix == ".docx":
        return [p.text for p in docx.Document(str(path)).paragraphs]
    return path.read_text(encoding="utf-8").split("\n\n")


def labels(path: Path) -> dict[str, str]:
    """The label of each extract in a file, by its last words, white space and signs left out."""
    found = (re.match(r"(?:\*\*)?\[([^\]]+)\]", paragraph) for paragraph in paragraphs(path))
    return {key(found_in.string): found_in[1] for found_in in found if found_in}


def key(words: str) -> str:
    """The last letters of some words."""
    return "".join(c for c in words if c.isalpha())[-20:]


def label_of(path: Path, words: str) -> str:
    """The label of the extract that ends in these words."""
    (found,) = (label for end, label in labels(path).items() if end == key(words) or end.endswith(key(words)))
    return found


def typed(path: Path, section: str, *lines: tuple[str, str]) -> None:
    """Type headings (`h`), points (`p`) and bold lines (`b`) below a section, as a person would; python-docx is another program than ours."""
    if path.suffix == ".md":
        shown = "".join({"h": "### {}\n\n", "p": "{}\n\n", "b": "**{}**\n\n"}[kind].format(words) for kind, words in lines)
        text = path.read_text(encoding="utf-8")
        assert f"## {section}\n" in text
        path.write_text(text.replace(f"## {section}\n", f"## {section}\n\n{shown}"), encoding="utf-8")
        return
    document = docx.Document(str(path))
    after = [p.text for p in document.paragraphs].index(section) + 1
    following = document.paragraphs[after]
    for kind, words in lines:
        added = following.insert_paragraph_before("", style="Heading 3" if kind == "h" else None)
        added.add_run(words).bold = True if kind == "b" else None
    document.save(str(path))
