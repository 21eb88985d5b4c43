"""Measures of speed and memory, against lxml and pyrefiqda: `make bench`."""
