"""An authority's own forms: kept as versions that never change, and where each of them is used."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Organisation
from memos import form_uses, own_fields, shipped
from memos.form_draft import FormDraft
from memos.forms_data import validate_columns
from memos.models import FormVersion


class NotKept(Exception):
    """Nothing was saved; ``sentence`` says why, ``newest`` is the number to go on from."""

    def __init__(self, sentence: str, newest: int) -> None:
        super().__init__(sentence)
        self.sentence, self.newest = sentence, newest


def keep(organisation: Organisation, slug: str, base: int, draft: FormDraft) -> tuple[FormVersion, bool]:
    """The draft as the authority's next version, and whether it is a new one: equal words make none.

    ``slug`` is "" for a new form, which gets one of its own; ``base`` is the number of the authority's newest version
    as the page showed it, 0 for none. NotKept when somebody saved in between or the name is another form's,
    ValidationError when the columns are wrong. Locks the authority, so that no number is given twice.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        slug = slug or _new_slug(organisation)
        number = shipped.next_number(organisation, slug)
        if number - 1 != base:
            raise NotKept(
                _(
                    "มีผู้บันทึกแบบนี้เป็นรุ่นที่ %(n)s แล้วหลังจากที่ท่านเปิดหน้านี้ จึงยังไม่ได้บันทึก หากกดบันทึกอีกครั้ง ข้อความในหน้านี้จะเป็นรุ่นถัดไป"
                )
                % {"n": language.shown(number - 1)},
                number - 1,
            )
        _refuse_taken_name(organisation, slug, draft.title, base)
        version = _version(organisation, slug, number, draft)
        latest = organisation.form_versions.filter(slug=slug, number=base).first()
        if latest is not None and _facts(latest) == _facts(version):
            return latest, False
        version.save()
    return version, True


def withdraw(form: FormVersion) -> bool:
    """Offer the authority's own form no longer, by a version without columns; False when it was withdrawn already.

    Versions are never taken away: reports keep theirs, and the next one brings the form back.
    """
    organisation = form.organisation
    assert organisation is not None
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        newest = organisation.form_versions.filter(slug=form.slug).latest("number")
        if not newest.columns:
            return False
        FormVersion(
            organisation=organisation,
            slug=form.slug,
            number=newest.number + 1,
            title=newest.title,
            orientation=newest.orientation,
            columns=[],
        ).save()
    return True


def _version(organisation: Organisation, slug: str, number: int, draft: FormDraft) -> FormVersion:
    taken = own_fields.keys_in_use(organisation)

    def key_of(name: str) -> str:
        key = own_fields.new_key(name, taken)
        taken.add(key)
        return key

    columns = draft.columns(key_of, own_fields.known_to(organisation))
    validate_columns(columns)
    return FormVersion(
        organisation=organisation,
        slug=slug,
        number=number,
        title=draft.title,
        orientation=draft.orientation,
        columns=columns,
    )


def _facts(version: FormVersion) -> tuple[object, ...]:
    return version.title, version.orientation, version.columns


def _new_slug(organisation: Organisation) -> str:
    taken = set(organisation.form_versions.values_list("slug", flat=True))
    number = 1
    while f"own-{number}" in taken:
        number += 1
    return f"own-{number}"


def _refuse_taken_name(organisation: Organisation, slug: str, title: str, base: int) -> None:
    """Two forms of one name could not be told apart where one is chosen; what nobody sees is no difference."""
    for form in shipped.available_forms(organisation):
        if _seen(form.title) == _seen(title) and form.slug != slug:
            sentence = _("มีแบบตารางชื่อ “%(title)s” อยู่แล้ว โปรดตั้งชื่ออื่น") % {"title": thai.printed(title)}
            raise NotKept(sentence, base)


def _seen(title: str) -> str:
    """Without spaces, which Thai sets at will, and without marks that print nothing."""
    return "".join(letter for letter in title if letter.isprintable() and not letter.isspace())


# --- what there is, and where it is used


@dataclass(frozen=True)
class Listed:
    """A form as the list shows it; ``reports`` counts reports with a section in any version of it.

    It is counted as ``form_uses`` does.
    """

    form: FormVersion
    reports: int
    replaced: bool = False

    @property
    def headings(self) -> list[str]:
        return [column["heading"] for column in self.form.columns]


@dataclass(frozen=True)
class Forms:
    """The authority's own forms on offer, the shipped ones, and its own that are withdrawn, as they were last."""

    own: list[Listed]
    ready_made: list[Listed]
    withdrawn: list[Listed]


def listed(organisation: Organisation) -> Forms:
    """Each in its newest version. Five queries."""
    uses, uses_of_shipped = (form_uses.of_forms(organisation, owner) for owner in (organisation, None))
    offered = shipped.available_forms(organisation)
    own = [form for form in offered if form.organisation_id is not None]
    replaced = {form.slug for form in own}
    return Forms(
        [Listed(form, uses.get(form.slug, 0)) for form in own],
        [
            Listed(form, uses_of_shipped.get(form.slug, 0), form.slug in replaced)
            for form in shipped.shipped_forms()
        ],
        [Listed(form, uses.get(form.slug, 0)) for form in _withdrawn(organisation, replaced)],
    )


def _withdrawn(organisation: Organisation, offered: set[str]) -> list[FormVersion]:
    last: dict[str, FormVersion] = {}
    for version in organisation.form_versions.exclude(slug__in=offered).order_by("slug", "-number"):
        if version.columns:
            last.setdefault(version.slug, version)
    return list(last.values())


def versions_of(organisation: Organisation, form: FormVersion) -> list[tuple[FormVersion, int]]:
    """Every version of the same form, newest first, with the number of the authority's reports that use it.

    It is counted as ``form_uses`` does.
    """
    versions: QuerySet[FormVersion] = FormVersion.objects.filter(
        organisation=form.organisation_id, slug=form.slug
    )
    used = form_uses.of_versions(organisation, versions)
    return [(version, used[version.pk]) for version in versions.order_by("-number")]


def newest_number(organisation: Organisation, slug: str) -> int:
    return shipped.next_number(organisation, slug) - 1
