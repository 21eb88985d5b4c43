"""What changed, on one page: where `<!-- unreleased -->` stands, what is to be in the next version, then `CHANGELOG.md`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from sphinx.application import Sphinx

_MARK: Final = "<!-- unreleased -->"
_ROOT: Final = Path(__file__).parents[2]


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the fragments, by their kinds, and the versions in the place of the mark."""
    if _MARK in source[0]:
        for path in (*_ROOT.glob("changelog.d/*.md"), _ROOT / "CHANGELOG.md"):
            app.env.note_dependency(str(path))
        source[0] = source[0].replace(_MARK, f"{unreleased(_ROOT)}\n\n{_released(_ROOT)}")


def unreleased(root: Path) -> str:
    """The fragments as lists under the names of their kinds."""
    kinds = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]["type"]
    found = {kind["name"]: sorted(root.glob(f"changelog.d/*.{kind['directory']}.md")) for kind in kinds}
    return "\n\n".join(f"### {name}\n\n" + "\n".join(_item(path) for path in paths) for name, paths in found.items() if paths)


def _item(path: Path) -> str:
    return "- " + path.read_text(encoding="utf-8").strip().replace("\n", "\n  ")


def _released(root: Path) -> str:
    return (root / "CHANGELOG.md").read_text(encoding="utf-8").partition("-->\n")[2]
