"""`python -m qualdata.schema FOLDER`: make the schemas anew."""

import sys
from pathlib import Path

from qualdata.schema.shipped import all_made

for name, text in all_made():
    path = Path(sys.argv[1], name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
