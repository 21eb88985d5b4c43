"""Tables of a study, and what can be written of them: files for people, and files for programs."""

from qualdata.report.table import Cell, Indented, Table
from qualdata.report.writing import FORMS, Form, form_of, write_table

__all__ = ["FORMS", "Cell", "Form", "Indented", "Table", "form_of", "write_table"]
