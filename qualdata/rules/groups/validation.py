"""What there is to tell of validation itself. These rules run last, and nothing they find can be set aside."""

from __future__ import annotations

from qualdata.rules.dataset import Dataset
from qualdata.rules.rule import Found, rule

__all__: list[str] = []


@rule("val-input-unreadable", "error", unread=True)
def unreadable(data: Dataset) -> Found:
    """The file cannot be read at all, so nothing in it was looked at.

    A file that no program can open is no use to anyone who comes later.

    Get a fresh copy, or export it again from the program it comes from.
    """
    return data.noted("val-input-unreadable")


@rule("val-rule-crashed", "error", unread=True)
def crashed(data: Dataset) -> Found:
    """A rule failed on this dataset, so what it looks for may be there unseen.

    A rule that stops half-way must not look like one that found nothing.

    Report it to the makers of qualdata, or of the package that the rule comes from; all other rules went on.
    """
    return data.noted("val-rule-crashed")


@rule("val-profile-unknown", "warning", unread=True)
def unknown_profile(data: Dataset) -> Found:
    """The profile that was asked for is not known, so the profile `core` was taken.

    A dataset that is clean in `core` may not be what the archive asks for.

    Give the name of a profile, or the path of its TOML file.
    """
    return data.noted("val-profile-unknown")


@rule("val-profile-invalid", "warning", unread=True)
def invalid_profile(data: Dataset) -> Found:
    """The profile says something that has no effect: of a rule that there is not, or that a rule is less grave than it is.

    Whoever wrote it believes that more is looked at than is, or less.

    Correct the id of the rule, or take the row out: a profile may raise a rule, never lower it.
    """
    return data.noted("val-profile-invalid")


@rule("val-waiver-invalid", "warning", unread=True)
def invalid_waiver(data: Dataset) -> Found:
    """A waiver does not say its rule, place, reason, who and date; it sets nothing aside.

    Whoever receives the dataset must be able to see who set what aside, and why.

    Complete the waiver in `waivers.toml`.
    """
    return data.noted("val-waiver-invalid")


@rule("val-waiver-unused", "warning", unread=True)
def unused_waiver(data: Dataset) -> Found:
    """A waiver sets nothing aside.

    What it was for was mended or renamed; left there, it would one day hide something else.

    Take it out of `waivers.toml`, or correct its rule or place.
    """
    return data.noted("val-waiver-unused")
