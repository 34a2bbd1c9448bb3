"""How a sentence of the pure modules reaches its reader: Thai as it stands in the source, or translated.

Pure. The app hands the translator in when it starts (apps.py); until then sentences stay Thai.
"""

from __future__ import annotations

from collections.abc import Callable

_translators: list[Callable[[str], str]] = []
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def translate_with(translator: Callable[[str], str]) -> None:
    """``translator`` takes a Thai sentence of the source and gives it in the language of the moment."""
    _translators[:] = [translator]


def worded(sentence: str, /, **values: object) -> str:
    """The sentence with its ``%(name)s`` filled in. Whole numbers have Thai digits in Thai, Arabic ones else."""
    wording = _translators[0](sentence) if _translators else sentence
    if wording == sentence:
        values = {name: _thai_digits(value) for name, value in values.items()}
    return wording % values


def _thai_digits(value: object) -> object:
    return str(value).translate(_TO_THAI) if isinstance(value, int) else value


class Grouped(int):
    """A number written with its thousands apart: 20,000."""

    def __str__(self) -> str:
        return f"{int(self):,}"
