"""What stands above what is made of a study."""

from __future__ import annotations

from qualdata.model.study import Study

__all__ = ["titled"]


def titled(title: str, study: Study) -> str:
    """A title; made-up data say in it that they are, as nothing else of a page is as sure to be read."""
    return f"SYNTHETIC: {title}" if study.synthetic else title
