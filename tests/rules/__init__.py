"""Tests of validation. The examples come first: their modules use each other."""

from tests.rules import examples as examples
