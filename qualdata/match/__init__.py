"""Who is who in two readings of one project, and where a quotation stands in a text."""

from qualdata.match.anchoring import Anchor, Anchored, Anchorer, anchor, anchor_all
from qualdata.match.pairing import Pair, Pairing, Round, paired
from qualdata.match.studies import Matches, match_studies, match_texts
from qualdata.match.texts import between, quote_hash, text_hash

__all__ = [
    "Anchor",
    "Anchored",
    "Anchorer",
    "Matches",
    "Pair",
    "Pairing",
    "Round",
    "anchor",
    "anchor_all",
    "between",
    "match_studies",
    "match_texts",
    "paired",
    "quote_hash",
    "text_hash",
]
