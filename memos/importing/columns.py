"""The columns of one table match as its form has them: which field, at which level, and what is not taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from memos.forms_data import FIELDS
from memos.importing.joining import Shape
from memos.importing.mapping import FormLike, TableMatch
from memos.importing.texts import in_two, period
from memos.importing.vocabulary import NUMBERS, squashed


@dataclass(frozen=True, slots=True)
class Columns:
    """``fields`` and ``levels`` by column of the file; ``order`` the form's activity fields that the file has."""

    form: FormLike
    fields: tuple[tuple[str, ...], ...]
    shape: Shape
    all_fields: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, match: TableMatch, form: FormLike) -> Columns:
        levels = {key: column["level"] for column in form.columns for key in column["fields"]}
        fields = tuple(tuple(key for key in column.fields if key in levels) for column in match.columns)
        shape = Shape.of([(keys, levels[keys[0]] if keys else "") for keys in fields])
        by_level = {
            level: tuple(key for key, its in levels.items() if its == level)
            for level in ("measure", "activity")
        }
        return cls(form, fields, shape, by_level)

    def cells(self, level: str, texts: Sequence[str]) -> dict[str, str]:
        """Every field of that level, "" where the file has nothing."""
        found = dict.fromkeys(self.all_fields[level], "")
        for column in self.shape.measure if level == "measure" else self.shape.activity:
            keys, text = self.fields[column], texts[column]
            if len(keys) == 2:
                first, second, _sure = in_two(text, self._names(keys[1]))
                found |= {keys[0]: first, keys[1]: second}
            else:
                found[keys[0]] = period(text) if keys[0] == "period" else text
        return found

    def guessed(self, texts: Sequence[str]) -> list[str]:
        """Names of the second fields that were told from the first by nothing but a line's end."""
        pairs = [(keys, texts[column]) for column, keys in enumerate(self.fields) if len(keys) == 2]
        names = [(self._names(keys[1]), text) for keys, text in pairs]
        return [its[0] for its, text in names if text and not in_two(text, its)[2]]

    def _names(self, key: str) -> list[str]:
        labels = [
            label
            for column in self.form.columns
            for name, label in zip(column["fields"], column.get("labels", ()), strict=False)
            if name == key
        ]
        return [*labels, FIELDS.get(key, key)]


def doubts(match: TableMatch, columns: Columns) -> Iterator[str]:
    """A sentence for every column that is left out, or taken over without being sure."""
    for column, keys in zip(match.columns, columns.fields, strict=True):
        heading = column.heading or _("(ไม่มีหัว)")
        if not keys and squashed(column.heading) not in NUMBERS:
            if column.fields:
                sentence = _("คอลัมน์ “%(heading)s” ไม่มีในแบบ “%(form)s” จึงไม่นำเข้า")
            else:
                sentence = _("ไม่ทราบว่าคอลัมน์ “%(heading)s” คือช่องใดของแบบ “%(form)s” จึงไม่นำเข้า")
            yield sentence % {"heading": heading, "form": columns.form.title}
        elif keys and not column.is_sure:
            names = " + ".join(FIELDS.get(key, key) for key in keys)
            yield _("คอลัมน์ “%(heading)s” ถือเป็น“%(names)s” โปรดตรวจ") % {"heading": heading, "names": names}
