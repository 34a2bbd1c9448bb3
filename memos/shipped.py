"""The forms and Word templates that ship with the system, and which of them or of an authority's own is current.

``load()`` turns memos/data/forms.json and templates_docx/*.docx into rows. A row is never changed: other words or
other bytes become the next number, and running reports keep the number they were made with.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from ita_core.models import Organisation
from memos.docx import compile_template
from memos.docx.placeholders import KINDS
from memos.forms_data import validate_columns
from memos.models import FormVersion, TemplateVersion

FORMS = Path(__file__).parent / "data" / "forms.json"
_FORM_FACTS = ("title", "orientation", "columns")
# The two tables of the usual report: what was planned, what came of it.
USUAL = ("plan", "result")
SHIPPED_TEMPLATES = tuple(TemplateVersion.Kind)
VersionT = TypeVar("VersionT", FormVersion, TemplateVersion)


@transaction.atomic
def load() -> int:
    """Insert the versions that the database does not hold yet. Returns rows added; a second run adds none.

    FileNotFoundError when a Word template is not in its folder, TemplateProblem when it cannot be filled,
    ValidationError when a form's columns are wrong.
    """
    forms = json.loads(FORMS.read_text(encoding="utf-8"))
    return sum(_load_form(row) for row in forms) + sum(map(_load_template, SHIPPED_TEMPLATES))


def _load_form(row: dict[str, Any]) -> bool:
    validate_columns(row["columns"])
    latest = _newest(FormVersion.objects.filter(organisation=None, slug=row["slug"]))
    if latest is not None and all(getattr(latest, fact) == row[fact] for fact in _FORM_FACTS):
        return False
    facts = {fact: row[fact] for fact in _FORM_FACTS}
    FormVersion(slug=row["slug"], number=_next(latest), **facts).save()
    return True


def next_number(organisation: Organisation, slug: str) -> int:
    """The number of the authority's next version of a form; its caller holds a lock on the authority."""
    return _next(_newest(organisation.form_versions.filter(slug=slug)))


def next_template_number(organisation: Organisation, kind: str) -> int:
    """The number of the authority's next Word template of a kind; its caller holds a lock on the authority."""
    return _next(_newest(organisation.template_versions.filter(kind=kind)))


def _load_template(kind: TemplateVersion.Kind) -> bool:
    data = (Path(settings.DOCX_TEMPLATES_DIR) / f"{kind.value}.docx").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    latest = _newest(TemplateVersion.objects.filter(organisation=None, kind=kind))
    if latest is not None and latest.sha256 == sha256:
        return False
    compile_template(data, KINDS[kind.value])
    TemplateVersion(kind=kind, number=_next(latest), sha256=sha256, docx=data).save()
    return True


def _newest(versions: QuerySet[VersionT]) -> VersionT | None:
    return versions.order_by("-number").first()


def _next(latest: FormVersion | TemplateVersion | None) -> int:
    return 1 if latest is None else latest.number + 1


def shipped_forms() -> list[FormVersion]:
    """The newest version of each form that ships with the system, in the order of their slugs."""
    return _newest_of_each(FormVersion.objects.filter(organisation=None))


def available_forms(organisation: Organisation) -> list[FormVersion]:
    """What a new section may use: one version of each form, the authority's own before the shipped one.

    A version without columns withdraws its form: no longer offered, and a shipped one of its name stands again.
    """
    own = [form for form in _newest_of_each(organisation.form_versions.all()) if form.columns]
    names = {form.slug for form in own}
    return own + [form for form in shipped_forms() if form.slug not in names]


def usual_forms(organisation: Organisation) -> list[FormVersion]:
    """The forms that a new report begins with, one for each of its sections: the authority's choice, else the usual two."""
    return [current_form(organisation, slug) for slug in organisation.usual_forms or USUAL]


def current_form(organisation: Organisation, slug: str) -> FormVersion:
    """The authority's newest version of a form, else the shipped one, else the last before it was withdrawn.

    FormVersion.DoesNotExist if there is none.
    """
    own = list(organisation.form_versions.filter(slug=slug).order_by("-number"))
    if own and own[0].columns:
        return own[0]
    ready_made = _newest(FormVersion.objects.filter(organisation=None, slug=slug))
    found = ready_made or next((version for version in own if version.columns), None)
    if found is None:
        raise FormVersion.DoesNotExist(f"The form {slug!r} is not loaded: run `manage.py load_facts`.")
    return found


def current_template(organisation: Organisation, kind: str) -> TemplateVersion:
    """The authority's newest Word template, else the shipped one. TemplateVersion.DoesNotExist if neither is there."""
    versions = TemplateVersion.objects.filter(Q(organisation=organisation) | Q(organisation=None), kind=kind)
    found = versions.order_by(F("organisation").desc(nulls_last=True), "-number").defer("docx").first()
    if found is None:
        raise _not_loaded(kind)
    return found


def current_templates(organisation: Organisation) -> dict[str, str]:
    """Kind → SHA-256 of the authority's newest Word template, else of the shipped one. One query.

    TemplateVersion.DoesNotExist if there is none for the memo or the table; a summary may be missing.
    """
    versions = TemplateVersion.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    found: dict[str, str] = {}
    for kind, sha256 in versions.order_by(F("organisation").desc(nulls_last=True), "-number").values_list(
        "kind", "sha256"
    ):
        found.setdefault(kind, sha256)
    for kind in (TemplateVersion.Kind.MEMO, TemplateVersion.Kind.MEASURES):
        if kind not in found:
            raise _not_loaded(kind)
    return found


def _not_loaded(kind: str) -> TemplateVersion.DoesNotExist:
    return TemplateVersion.DoesNotExist(f"The template {kind!r} is not loaded: run `manage.py load_facts`.")


def _newest_of_each(versions: QuerySet[FormVersion]) -> list[FormVersion]:
    newest: dict[str, FormVersion] = {}
    for version in versions.order_by("slug", "-number"):
        newest.setdefault(version.slug, version)
    return list(newest.values())
