"""Rules: what can be wrong with a study, and how grave it is for whom."""

from qualdata.rules.finding import Finding, Level, Where
from qualdata.rules.report import Report
from qualdata.rules.rule import Rule, rule
from qualdata.rules.validating import validate
from qualdata.rules.waivers import Waived, Waiver

__all__ = ["Finding", "Level", "Report", "Rule", "Waived", "Waiver", "Where", "rule", "validate"]
