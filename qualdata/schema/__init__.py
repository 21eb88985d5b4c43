"""The schemas that the library ships: JSON Schemas (2020-12) of the standard, and XML Schemas of REFI-QDA.

They are made: those of the standard from the classes of the model and the text under each field, those of REFI-QDA from its
binding. `python -m qualdata.schema FOLDER` makes the files anew; all else uses those that are shipped. A schema describes one document by
itself: that ids point at something, and that files are there, it cannot say.

Beside what it checks, each property of a JSON Schema has a `description`, `examples`, for a number what it counts (`x-unit`), and
where the same stands in REFI-QDA 1.5, if it does (`x-refi-qda`: `clauses` of the standard, `names` of elements and attributes). These
two are annotations: validators pass over them, but for those that must be told of words they do not know, as ajv is by
`addVocabulary(["x-unit", "x-refi-qda"])`.
"""

from qualdata.schema.checking import Checker, closed, validator
from qualdata.schema.classes import classes, described
from qualdata.schema.making import ID_OF_SCHEMA, Schema, made, text_of
from qualdata.schema.shipped import SHIPPED, all_made, schema, shipped

__all__ = ["ID_OF_SCHEMA", "SHIPPED", "Checker", "Schema", "all_made", "classes", "closed", "described", "made", "schema", "shipped", "text_of", "validator"]
