"""Fields beyond the known ones: an authority names one in Thai, its key is made here and stays the same in every version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q

from ita_core.models import Organisation
from memos.forms_data import FIELDS, field_label
from memos.models import FormVersion

# Keys that read well in an export; other names are numbered.
_ENGLISH = {
    "งบประมาณ": "budget",
    "เป้าหมาย": "target",
    "ตัวชี้วัดความสำเร็จ": "indicator",
    "หมายเหตุ": "remark",
    "วัตถุประสงค์": "objective",
    "ปัญหาและอุปสรรค": "obstacle",
}


def known_to(organisation: Organisation) -> dict[str, str]:
    """Key → name of every field of the authority's own, in all versions of all its forms, as named last."""
    rows = organisation.form_versions.order_by("created_at", "pk").values_list("columns", flat=True)
    return in_columns(column for columns in rows for column in columns)


def in_columns(columns: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        key: field_label(column, key) for column in columns for key in column["fields"] if key not in FIELDS
    }


def keys_in_use(organisation: Organisation) -> set[str]:
    """Keys of any field the authority can have: a new one is none of them, for reports are copied and compared by key."""
    forms = FormVersion.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    rows = forms.values_list("columns", flat=True)
    return {key for columns in rows for column in columns for key in column["fields"]}


def new_key(name: str, taken: Collection[str]) -> str:
    """``budget`` for งบประมาณ; for a name that is not known or whose key is taken ``own_1``, ``own_2``, …"""
    readable = _ENGLISH.get(name.strip())
    if readable and readable not in taken:
        return readable
    number = 1
    while f"own_{number}" in taken:
        number += 1
    return f"own_{number}"
