"""How the documentation is built: `make docs`."""

import sys
from pathlib import Path

import qualdata

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "qualdata"
author = "The qualdata authors"
version = release = qualdata.__version__

extensions = [
    "sphinx.ext.autodoc", "sphinx.ext.doctest", "myst_parser",
    "changes", "diagram", "links", "mapping", "programs", "reference", "rules", "standard", "tables", "webannotation",
]  # fmt: skip
exclude_patterns = ["_ext"]
default_role = "literal"  # docstrings write `names` as Markdown does
highlight_language = "none"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource", "show-inheritance": True}
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 90
toc_object_entries_show_parents = "hide"

# Nothing is fetched while building, so what other projects document has no page to link to.
nitpick_ignore_regex = [
    ("py:.*", r"(collections\.abc|contextlib|datetime|os|pathlib|typing|zipfile)\..*"),  # the standard library
    ("py:.*", r"(Any|Callable|Iterable|Iterator|Literal|Path|PathLike)"),  # the same by their short names, in annotations
    ("py:.*", r"hypothesis\..*|st\..*"),  # Hypothesis
    ("py:.*", r"(T|P)|qualdata\..*\.(T|P)"),  # type variables
    ("py:class", r"Role|Level|Kind|Check|Found"),  # a choice of words, or a kind of function, spelt out where a field has it
]

# Examples in docstrings run one after another, each module by itself, in a folder that is then removed.
doctest_global_setup = """
import os, tempfile
import qualdata
_away = tempfile.TemporaryDirectory()
os.chdir(_away.name)
"""
doctest_global_cleanup = """
os.chdir("/")
_away.cleanup()
"""

html_theme = "furo"
html_title = "qualdata"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_favicon = "_static/qualdata.svg"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
