"""Hypothesis strategies for whole studies, and the law that a loss must obey::

    from hypothesis import given
    from qualdata.testing import studies, without

    @given(studies())
    def test_nothing_is_lost_unsaid(study):
        losses = write(study, "out.qdpx")
        assert read("out.qdpx") == without(study, losses)

What is drawn is small, and awkward on purpose: characters beyond the basic plane, combining marks, all
newlines, same names, cyclic parents, references to no one, positions out of range, unknown content.
It comes from the fields of the model, so a new field is drawn as soon as it is declared.
"""

try:
    import hypothesis as _  # noqa: F401
except ImportError as error:
    raise ImportError("qualdata.testing draws its examples with Hypothesis, which is not installed: pip install 'qualdata[testing]'.") from error

from qualdata.model.law import value_at, without
from qualdata.testing.making import sources, studies
from qualdata.testing.words import colours, dates, foreign, ids, moments, names, paths, texts, values

__all__ = ["colours", "dates", "foreign", "ids", "moments", "names", "paths", "sources", "studies", "texts", "value_at", "values", "without"]
