"""Characters that XML, and so a Word document or an Excel workbook, cannot hold."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["REPLACED", "xml_text"]

REPLACED: Final = "\ufffd"
"""What stands for each of them."""
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """A text without them (XML 1.0, production 2)."""
    return text if text.isprintable() else _UNFIT.sub(REPLACED, text)
