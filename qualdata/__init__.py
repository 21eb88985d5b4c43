"""qualdata: read, check, convert and write the coded data of qualitative studies.

The names here load what they need when they are first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualdata._example import example as example
    from qualdata.errors import FormatError as FormatError
    from qualdata.errors import MediaError as MediaError
    from qualdata.errors import QualdataError as QualdataError
    from qualdata.errors import ReadError as ReadError
    from qualdata.errors import WriteError as WriteError
    from qualdata.formats import convert as convert
    from qualdata.formats import read as read
    from qualdata.formats import write as write
    from qualdata.model import *  # noqa: F403 # the same names, said once below
    from qualdata.rules import Report as Report
    from qualdata.rules import validate as validate

__version__ = "0.1.0.dev0"

_PLACES = {
    "qualdata.errors": "FormatError MediaError QualdataError ReadError WriteError",
    "qualdata._example": "example",
    "qualdata.formats": "convert read write",
    "qualdata.rules": "Report validate",
    "qualdata.model": "AreaSpan AudioSource Case Code CodeChange Coding Consent Contributor Difference Document Edge Evidence Excerpt Extension"
    " Graph Interview Link Loss Media Memo PageSpan PdfSource Permission PictureSource Point PublishedQuote Quote Reading Remark Replacement"
    " ResearchQuestion Segment Segments Set Source Speaker Study SyncPoint TextSource TextSpan Theme TimeSpan Transcript TranscriptSpan Turn"
    " Value Variable Vertex VideoSource differences",
}
_WHERE = {name: module for module, names in _PLACES.items() for name in names.split()}

__all__ = ["__version__", *_WHERE]  # noqa: PLE0604


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name not in _WHERE:
            raise AttributeError(f"module 'qualdata' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_WHERE[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
