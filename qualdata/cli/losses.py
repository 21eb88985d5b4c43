"""What could not travel, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qualdata.cli.terminal import say
from qualdata.formats.refi.sidecar import beside
from qualdata.model.loss import Loss

__all__ = ["tell"]


def tell(losses: Sequence[Loss], out: Path | None = None, *, err: bool = False) -> None:
    """Say what the file *out* could not be told, what its program is known not to bring back, and where it is kept."""
    if not losses:
        say("Everything travelled.", err=err)
        return
    inside = [loss for loss in losses if loss.in_file]
    kept, gone = [loss for loss in inside if loss.kept], [loss for loss in inside if not loss.kept]
    if inside:
        say("1 kind of content cannot travel as it is:" if len(inside) == 1 else f"{len(inside):,} kinds of content cannot travel as they are:", err=err)
        _tell_group(kept or gone, err)
    if kept and gone:
        say("Not kept beside the file either:", err=err)
        _tell_group(gone, err)
    behind = [loss for loss in losses if not loss.in_file]
    if behind:
        say("The file holds what follows, but it is known to stay behind in the program:", err=err)
        _tell_group(behind, err)
    if out is not None and any(loss.kept for loss in losses):
        say(f"{_what(losses)} kept in {beside(out)}: keep both files together.", err=err)


def _what(losses: Sequence[Loss]) -> str:
    if all(loss.kept for loss in losses):
        return "This is" if len(losses) == 1 else "All of it is"
    return "What can be is"


def _tell_group(losses: Iterable[Loss], err: bool) -> None:
    """Losses, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for loss in losses:
        reasons.setdefault(loss.why, []).append(loss.where)
    for why, where in reasons.items():
        say(f"{'; '.join(where)}. {why}", indent=2, hang=2, err=err)
