"""Reports in the forms that people and programs read: plain words, JSON, SARIF, and a page to send to someone."""

from qualdata.rules.reports.document import as_json
from qualdata.rules.reports.page import as_html
from qualdata.rules.reports.sarif import as_sarif
from qualdata.rules.reports.words import verdict

__all__ = ["as_html", "as_json", "as_sarif", "verdict"]
