"""What could not travel, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from qualdata.cli.terminal import say
from qualdata.model.loss import Loss

__all__ = ["tell"]


def tell(losses: Sequence[Loss], *, err: bool = False) -> None:
    """Say what a file could not be told, each kind with its reason."""
    if not losses:
        say("Everything travelled.", err=err)
        return
    head = "1 kind of content cannot travel as it is:" if len(losses) == 1 else f"{len(losses):,} kinds of content cannot travel as they are:"
    say(head, err=err)
    for loss in losses:
        say(f"{loss.where}. {loss.why}", indent=2, hang=2, err=err)
