"""Setting up, fifth and sixth step: tables and register, Word template and garuda. Whatever is left alone works as shipped."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core.models import Organisation
from memos import archive, register, shipped, template_drafts
from memos.models import FormVersion, Register, TemplateVersion
from memos.template_drafts import Alternative
from workflows.setting_up_rows import problem

KEEP = ""
"""In place of a template's name: the one in use stays."""


def forms_on_offer(organisation: Organisation) -> list[FormVersion]:
    """The two of the usual report first, then the others by name."""
    offered = {form.slug: form for form in shipped.available_forms(organisation)}
    usual = [offered.pop(slug) for slug in shipped.USUAL if slug in offered]
    return usual + list(offered.values())


def chosen_forms(organisation: Organisation) -> list[str]:
    return list(organisation.usual_forms) or list(shipped.USUAL)


def choose_forms(organisation: Organisation, slugs: Sequence[str]) -> bool:
    """What a new report begins with, in the order on offer; True when that is something else than before.

    NotEntered for none, or for one that is not on offer.
    """
    offered = [form.slug for form in forms_on_offer(organisation)]
    if not slugs or not set(slugs) <= set(offered):
        unknown = ", ".join(sorted(set(slugs) - set(offered)))
        raise problem(
            _("โปรดเลือกแบบตารางอย่างน้อยหนึ่งแบบจากที่มี %(unknown)s") % {"unknown": unknown}, field="forms"
        )
    wanted = [slug for slug in offered if slug in slugs]
    if wanted == chosen_forms(organisation):
        return False
    organisation.usual_forms = [] if wanted == list(shipped.USUAL) else wanted
    organisation.save(update_fields=["usual_forms"])
    return True


def book(organisation: Organisation) -> Register:
    """The register that reports take their numbers from: the authority's own for memos."""
    books = register.of(organisation)
    return next((one for one in books if one.kind == Register.Kind.MEMO and one.office_id is None), books[0])


def memo_templates() -> list[Alternative]:
    return [one for one in template_drafts.ALTERNATIVES if one.kind == TemplateVersion.Kind.MEMO]


def template_in_use(organisation: Organisation) -> str:
    """The shipped alternative that memos are made with now; KEEP when it is one of the authority's own."""
    current = shipped.current_template(organisation, TemplateVersion.Kind.MEMO)
    names = {archive.sha256(one.read()): one.name for one in memo_templates()}
    return names.get(current.sha256, KEEP)


@transaction.atomic
def choose_template(organisation: Organisation, name: str) -> bool:
    """A shipped alternative as the authority's next template; True when it was another one before."""
    found = next((one for one in memo_templates() if one.name == name), None)
    if found is None:
        raise problem(_("ไม่มีแม่แบบชื่อ “%(name)s”") % {"name": name[:60]}, field="template")
    if template_in_use(organisation) == name:
        return False
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # Two at once would make one number.
    data = found.read()
    TemplateVersion(
        organisation=organisation,
        kind=TemplateVersion.Kind.MEMO,
        number=shipped.next_template_number(organisation, TemplateVersion.Kind.MEMO),
        sha256=archive.sha256(data),
        docx=data,
    ).save()
    return True


def choose_garuda(organisation: Organisation, picture: bytes | None) -> None:
    """The authority's own picture, or with None the one of the template. Checked by who took it in."""
    organisation.garuda = picture
    organisation.save(update_fields=["garuda"])
