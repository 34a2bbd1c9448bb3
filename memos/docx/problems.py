"""The two ways in which paper can fail, each with a sentence for the officer who reads it."""

from __future__ import annotations


class TemplateProblem(Exception):
    """A Word file that cannot be used as a template. `str()` is a whole sentence in the reader's language."""


class DocumentProblem(Exception):
    """Contents that cannot be put on paper. `str()` is a whole sentence in the reader's language."""
